"""The words of the course: `docs/glossary.yml` as a page in each language, with the lessons that introduce them."""

from helpers.paths import COURSE
from helpers.syllabus import Lesson, syllabus
from tools import pages
from tools.notebook import glossary

FILES = {"en": COURSE / "docs" / "glossary.en.md", "ko": COURSE / "docs" / "glossary.ko.md"}
_WORDS = {
    "en": {
        "title": "# Glossary",
        "intro": """The words of the course in both languages, and the lessons that list them.

`python -m tools build` writes this page from `glossary.yml`. [한국어](glossary.ko.md)""",
        "head": "| Term | Korean | Meaning | Lessons |",
    },
    "ko": {
        "title": "# 용어집",
        "intro": """과정에 나오는 용어를 두 언어로 모았습니다. 오른쪽은 그 용어를 다루는 레슨입니다.

이 페이지는 `python -m tools build`가 `glossary.yml`로 만듭니다. [English](glossary.en.md)""",
        "head": "| 용어 | 영어 | 뜻 | 레슨 |",
    },
}


def page(lang: str) -> str:
    """Return the page in one language, sorted by the names in it."""
    words = _WORDS[lang]
    listed = sorted(glossary().items(), key=lambda entry: (entry[1][lang].casefold(), entry[0]))
    lines = [_line(key, term, lang) for key, term in listed]
    table = "\n".join([words["head"], "|---|---|---|---|", *lines])
    return "\n\n".join([words["title"], words["intro"], table]) + "\n"


def write() -> None:
    """Bring the page up to date in both languages."""
    pages.write(FILES, page)


def stale() -> list[str]:
    """Return a fault for each language whose page does not say what `docs/glossary.yml` says."""
    return pages.stale(FILES, page, "docs/glossary.yml")


def _line(key: str, term: dict, lang: str) -> str:
    other = "ko" if lang == "en" else "en"
    lessons = " ".join(_link(lesson, lang) for lesson in syllabus().written if key in lesson.terms)
    cells = (f"**{term[lang]}**", term[other], term["meaning"][lang], lessons)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _link(lesson: Lesson, lang: str) -> str:
    return f"[{lesson.id}](../notebooks/{lang}/{lesson.name}.ipynb)"
