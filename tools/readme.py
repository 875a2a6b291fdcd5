"""The part of both READMEs that follows from course.yml: the lessons with their badges, and where the course is."""

import re
from pathlib import Path

from helpers.errors import CourseError
from helpers.paths import COURSE
from helpers.syllabus import syllabus
from tools.notebook import badge

FILES = {"en": COURSE / "README.md", "ko": COURSE / "README.ko.md"}
_MARKED = re.compile(r"(<!-- from course\.yml -->\n).*?(<!-- end -->)", re.DOTALL)
_WORDS = {
    "en": {
        "head": "| | lesson | minutes | |",
        "more": "{count} more follow; `course.yml` lists all {total} with the rows of the lectures they cover.",
        "address": "In Colab the first cell fetches release {release} from <{repository}>.",
        "placeholder": "**The course has no public address yet.** Until `repository` in `course.yml` is set and the "
        "notebooks are built again, the badges lead nowhere; use one of the other ways.",
    },
    "ko": {
        "head": "| | 레슨 | 분 | |",
        "more": "{count}개 레슨이 더 이어집니다. 전체 {total}개 레슨과 각 레슨이 다루는 강의 항목은 "
        "`course.yml`에 있습니다.",
        "address": "Colab에서는 첫 번째 셀이 <{repository}>에서 {release} 판을 내려받습니다.",
        "placeholder": "**아직 공개 주소가 정해지지 않았습니다.** `course.yml`의 `repository`를 정하고 노트북을 다시 "
        "만들기 전까지 배지는 동작하지 않습니다. 그때까지는 다른 방법을 쓰세요.",
    },
}


def derived(lang: str) -> str:
    """Return what stands between the marks of one README."""
    course, words = syllabus(), _WORDS[lang]
    rows = [
        f"| {lesson.id} | [{lesson.title[lang]}](notebooks/{lang}/{lesson.name}.ipynb) | {lesson.minutes} "
        f"| {badge(lesson, lang)} |"
        for lesson in course.written
    ]
    where = words["placeholder" if course.is_placeholder else "address"]
    left = len(course.lessons) - len(course.written)
    return "\n".join(
        [
            words["head"],
            "|---|---|---|---|",
            *rows,
            "",
            *([words["more"].format(count=left, total=len(course.lessons)), ""] if left else []),
            where.format(release=course.release, repository=course.repository),
            "",
        ]
    )


def updated(path: Path, lang: str) -> str:
    """Return a README's text with its derived part as it should be.

    Raises:
        CourseError: the marks around that part are gone.
    """
    text, count = _MARKED.subn(lambda match: match[1] + derived(lang) + match[2], path.read_text(encoding="utf-8"))
    if not count:
        raise CourseError(
            f"{path.name} has lost its marks: put back the lines <!-- from course.yml --> and <!-- end -->."
        )
    return text


def write() -> None:
    """Bring both READMEs up to date."""
    for lang, path in FILES.items():
        path.write_text(updated(path, lang), encoding="utf-8")


def stale() -> list[str]:
    """Return a fault for each README that does not say what course.yml says."""
    return [
        f"{path.name} is not what course.yml says: run `python -m tools build`."
        for lang, path in FILES.items()
        if derived(lang) not in path.read_text(encoding="utf-8")
    ]
