"""Assemble a lesson's notebook from its source: header, setup cell, cells, closing; no outputs yet."""

import re

import nbformat
import yaml
from nbformat import NotebookNode

from helpers.paths import COURSE
from helpers.syllabus import Lesson, Syllabus, syllabus
from tools import source

SETUP_TAGS = ("setup", "nbval-ignore-output")
CLAIM_TAG = "nbval-check-output"  # compared also where other outputs are not, on Colab's versions

# The same in every notebook but for the lesson, the language and what course.yml says of the address.
SETUP = """\
# Setup: run this first. It finds or fetches the course, fixes the seeds and says what you have.
import os, sys
from pathlib import Path

places = [Path.cwd(), *Path.cwd().parents, Path.cwd() / "{folder}"]
course = next((place for place in places if (place / "course.yml").exists()), places[-1])
fetch = f'git clone -q --depth 1 --branch {release} {repository} "{{course}}"'
if not (course / "course.yml").exists() and os.system(fetch):
    sys.exit("No course here and no way to fetch it: connect to the internet and run this cell again. / "
             "강의 파일을 찾거나 내려받지 못했습니다. 인터넷에 연결하고 이 셀을 다시 실행하세요.")
sys.path[:0] = [] if str(course) in sys.path else [str(course)]
from helpers.bootstrap import start
start("{lesson}", lang="{lang}")"""

_WORDS = {
    "en": {
        "badge": "Open in Colab",
        "able": "What you will be able to do",
        "time": "About {minutes} minutes; every cell together runs in {seconds} s on two cores.",
        "before": "Before this: {lessons}.",
        "rows": "Covers rows {rows} of the five lectures.",
        "other": "한국어",
        "terms": "Words of this lesson",
        "head": "| English | Korean | What it means |",
        "pages": "[All words of the course](../../docs/glossary.en.md) · "
        "[All corrections to the lectures](../../docs/errata.md)",
        "next": "Next",
        "end": "This is the last lesson written so far.",
        "last": "This was the last lesson.",
    },
    "ko": {
        "badge": "Colab에서 열기",
        "able": "이 레슨을 마치면",
        "time": "약 {minutes}분. 2코어 컴퓨터에서 모든 셀을 실행하는 데 {seconds}초 걸립니다.",
        "before": "먼저 볼 레슨: {lessons}.",
        "rows": "다섯 강의 자료 중 {rows} 항목을 다룹니다.",
        "other": "English",
        "terms": "이 레슨의 용어",
        "head": "| 용어 | 영어 | 뜻 |",
        "pages": "[용어집 전체](../../docs/glossary.ko.md) · [강의 바로잡기 전체](../../docs/errata.ko.md)",
        "next": "다음 레슨",
        "end": "지금까지 나온 마지막 레슨입니다.",
        "last": "마지막 레슨이었습니다.",
    },
}


def assemble(lesson: Lesson, lang: str) -> NotebookNode:
    """Return the notebook of one edition, without outputs.

    Args:
        lesson: a written lesson of the syllabus.
        lang: "en" or "ko".
    """
    cells = [
        _markdown(f"{lesson.id}-header", header(lesson, lang)),
        _code(f"{lesson.id}-setup", setup(lesson, lang), SETUP_TAGS),
    ]
    for cell in source.read(source.source_path(lesson)):
        tags = (*cell.tags, CLAIM_TAG) if is_claim(cell) else cell.tags
        cells.append(_markdown(cell.id, cell.prose[lang]) if cell.prose else _code(cell.id, cell.code, tags))
    cells.append(_markdown(f"{lesson.id}-closing", closing(lesson, lang)))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.nbformat_minor = 5
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        course={"lesson": lesson.id, "lang": lang},
    )
    return notebook


def is_claim(cell: source.Cell) -> bool:
    """Tell whether a code cell states a rule and its verdict, or reveals what was to be predicted."""
    states = re.search(r'"Rule:|\breveal\(|\.claim\(', cell.code or "")
    return bool(states) and "nbval-ignore-output" not in cell.tags


def setup(lesson: Lesson, lang: str) -> str:
    """Return the setup cell of a lesson, derived from course.yml."""
    course = syllabus()
    return SETUP.format(
        folder=course.folder, release=course.release, repository=course.repository, lesson=lesson.id, lang=lang
    )


def badge(lesson: Lesson, lang: str) -> str:
    """Return the Open-in-Colab badge that points at this edition's own file in the tagged release."""
    course = syllabus()
    place = course.repository.removeprefix("https://github.com/")
    url = f"https://colab.research.google.com/github/{place}/blob/{course.release}/notebooks/{lang}/{lesson.name}.ipynb"
    return f"[![{_WORDS[lang]['badge']}](https://colab.research.google.com/assets/colab-badge.svg)]({url})"


def header(lesson: Lesson, lang: str) -> str:
    """Return the opening cell: badge, title, objectives, minutes, prerequisites, rows covered."""
    words = _WORDS[lang]
    other = "ko" if lang == "en" else "en"
    facts = [words["time"].format(minutes=lesson.minutes, seconds=lesson.seconds)]
    if lesson.prerequisites:
        before = ", ".join(_link(syllabus().lesson(name), lang) for name in lesson.prerequisites)
        facts.append(words["before"].format(lessons=before))
    facts.append(words["rows"].format(rows=_ranges(lesson.rows)))
    return "\n".join(
        [
            f"{badge(lesson, lang)} · [{words['other']}](../{other}/{lesson.name}.ipynb)",
            "",
            f"# {lesson.id} · {lesson.title[lang]}",
            "",
            f"**{words['able']}**",
            "",
            *(f"- {objective[lang]}" for objective in lesson.objectives),
            "",
            *facts,
        ]
    )


def closing(lesson: Lesson, lang: str) -> str:
    """Return the last cell: the lesson's glossary terms, the pages with all terms and corrections, and the way on."""
    words = _WORDS[lang]
    rows = [_term_row(glossary()[term], lang) for term in lesson.terms]
    table = [words["head"], "|---|---|---|", *rows]
    return "\n".join([f"## {words['terms']}", "", *table, "", words["pages"], "", _way_on(lesson, lang)])


def glossary() -> dict[str, dict]:
    """Read docs/glossary.yml: terms with their English and Korean names and meanings."""
    return yaml.safe_load((COURSE / "docs" / "glossary.yml").read_text(encoding="utf-8"))


def _term_row(term: dict, lang: str) -> str:
    other = "ko" if lang == "en" else "en"
    return f"| **{term[lang]}** | {term[other]} | {term['meaning'][lang]} |"


def _way_on(lesson: Lesson, lang: str) -> str:
    course: Syllabus = syllabus()
    later = [other for other in course.written if other.id > lesson.id]
    words = _WORDS[lang]
    if later:
        return f"**{words['next']}:** {_link(later[0], lang)}"
    return words["last" if lesson.id == course.lessons[-1].id else "end"]


def _link(lesson: Lesson, lang: str) -> str:
    return f"[{lesson.id} · {lesson.title[lang]}]({lesson.name}.ipynb)"


def _ranges(rows: tuple[str, ...]) -> str:
    """Shorten S1-03, S1-04, S1-05 to S1-03…05."""
    groups: list[list[str]] = []
    for row in rows:
        deck, number = row.split("-")
        last = groups[-1][-1].split("-") if groups else None
        if last and last[0] == deck and int(last[1]) + 1 == int(number):
            groups[-1].append(row)
        else:
            groups.append([row])
    return ", ".join(g[0] if len(g) == 1 else f"{g[0]}…{g[-1].split('-')[1]}" for g in groups)


def _markdown(identity: str, text: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(tildes_kept(text), id=identity)


def tildes_kept(text: str) -> str:
    """Return prose with every ~ escaped outside code and formulas: JupyterLab strikes out what stands between two."""
    parts = re.split(r"(```.*?```|`[^`]*`|\$[^$]*\$)", text, flags=re.DOTALL)
    return "".join(part if place % 2 else re.sub(r"(?<!\\)~", r"\~", part) for place, part in enumerate(parts))


def _code(identity: str, text: str, tags: tuple[str, ...] = ()) -> NotebookNode:
    cell = nbformat.v4.new_code_cell(text, id=identity)
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell
