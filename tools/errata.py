"""What the lectures say and what is true: `docs/errata.yml` as records, and the page in both languages."""

from dataclasses import dataclass
from functools import cache

import yaml

from helpers.paths import COURSE
from helpers.syllabus import Lesson, syllabus
from tools import pages

DATA = COURSE / "docs" / "errata.yml"
FILES = {"en": COURSE / "docs" / "errata.md", "ko": COURSE / "docs" / "errata.ko.md"}
SEVERITIES = ("A", "B", "C")
_WORDS = {
    "en": {
        "title": "# Corrections to the lectures",
        "intro": """What the five lectures (S1 to S5) say and what is true. The lessons named beside a correction show
it by running something. The lectures are long and made with care; most of what they say is right, and this page lists
only what is not.

**A** wrong and harmful · **B** misleading · **C** a matter of wording or typing

`python -m tools build` writes this page from `errata.yml`. [한국어](errata.ko.md)""",
        "count": "{count} corrections: {shares}.",
        "head": "| | | The lecture says | What is true | Lessons |",
    },
    "ko": {
        "title": "# 강의 바로잡기",
        "intro": """다섯 강의(S1~S5)의 설명 가운데 사실과 다른 것과 바른 내용입니다. 오른쪽에 적은 레슨에서 직접 실행해
확인합니다. 강의는 길고 정성껏 만들어졌으며 대부분 맞습니다. 여기에는 틀린 것만 모았습니다.

**A** 틀렸고 해로움 · **B** 오해를 부름 · **C** 용어나 오타

이 페이지는 `python -m tools build`가 `errata.yml`로 만듭니다. [English](errata.md)""",
        "count": "모두 {count}개: {shares}.",
        "head": "| | | 강의의 설명 | 바른 내용 | 레슨 |",
    },
}


@dataclass(frozen=True)
class Erratum:
    """One correction; `said` and `correct` are dictionaries with "en" and "ko".

    Attributes:
        id: "E-01" to "E-63".
        severity: "A" wrong and harmful, "B" misleading, "C" wording.
        lectures: where it is said, "S1" to "S5".
        lessons: the ids of the lessons that show it.
    """

    id: str
    severity: str
    lectures: tuple[str, ...]
    lessons: tuple[str, ...]
    said: dict[str, str]
    correct: dict[str, str]


@cache
def errata() -> tuple[Erratum, ...]:
    """Read `docs/errata.yml` once."""
    raw = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple(
        Erratum(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
        for row in raw["rows"]
    )


def page(lang: str) -> str:
    """Return the page in one language."""
    words = _WORDS[lang]
    shares = ", ".join(f"{kind} {sum(row.severity == kind for row in errata())}" for kind in SEVERITIES)
    lessons = {lesson.id: lesson for lesson in syllabus().lessons}
    parts = [words["title"], words["intro"], words["count"].format(count=len(errata()), shares=shares)]
    parts.append("\n".join([words["head"], "|---|---|---|---|---|", *(_line(row, lessons, lang) for row in errata())]))
    return "\n\n".join(parts) + "\n"


def write() -> None:
    """Bring the page up to date in both languages."""
    pages.write(FILES, page)


def stale() -> list[str]:
    """Return a fault for each language whose page does not say what `docs/errata.yml` says."""
    return pages.stale(FILES, page, "docs/errata.yml")


def _line(row: Erratum, lessons: dict[str, Lesson], lang: str) -> str:
    shown = " ".join(_link(lessons[number], lang) for number in row.lessons if number in lessons)
    said, correct = (text[lang].replace("|", r"\|") for text in (row.said, row.correct))
    return f"| {row.id}<br>{' '.join(row.lectures)} | {row.severity} | {said} | {correct} | {shown} |"


def _link(lesson: Lesson, lang: str) -> str:
    return f"[{lesson.id}](../notebooks/{lang}/{lesson.name}.ipynb)" if lesson.written else lesson.id
