"""Build `notebooks/en` and `notebooks/ko` from `lessons/`: code executed once, outputs shared by both editions."""

import argparse
import copy
import re

import nbformat
from nbformat import NotebookNode

from helpers.errors import CourseError
from helpers.i18n import LANGUAGES, is_marked, pick
from helpers.paths import COURSE
from helpers.syllabus import Lesson, syllabus
from tools import errata, glossary, legacy, readme
from tools.execute import execute
from tools.notebook import assemble

NOTEBOOKS = COURSE / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def main(args: list[str]) -> int:
    """Build the lessons named in `args` (ids or slugs), or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tools build")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="ids such as 05; all when left out")
    parser.add_argument("--prose", action="store_true", help="only the words have changed: keep the outputs there are")
    given = parser.parse_args(args)
    for lesson in [syllabus().lesson(name) for name in given.lessons] or syllabus().written:
        (reword if given.prose else build)(lesson)
    readme.write()
    legacy.write()
    errata.write()
    glossary.write()
    return 0


def build(lesson: Lesson) -> None:
    """Execute a lesson once and write both editions."""
    folder = NOTEBOOKS / "en"
    folder.mkdir(parents=True, exist_ok=True)
    executed = execute(assemble(lesson, "en"), folder, lesson.name, COURSE_LANG="both")
    for lang in LANGUAGES:
        path = NOTEBOOKS / lang / f"{lesson.name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(edition(assemble(lesson, lang), executed, lang), path)


def reword(lesson: Lesson) -> None:
    """Write the prose of both editions anew and execute nothing: for words, titles, links and measured seconds.

    Raises:
        CourseError: the lesson was never built, or its code is not what was executed.
    """
    for lang in LANGUAGES:
        path = NOTEBOOKS / lang / f"{lesson.name}.ipynb"
        if not path.exists():
            raise CourseError(f"{path.name} was never built in {lang!r}: build it without --prose.")
        built, notebook = nbformat.read(path, as_version=4), assemble(lesson, lang)
        before, now = _code(built), _code(notebook)
        if [(cell.source, cell.metadata) for cell in now] != [(cell.source, cell.metadata) for cell in before]:
            raise CourseError(f"The code of lesson {lesson.id} has changed too: build it without --prose.")
        for cell, executed in zip(now, before, strict=True):
            cell.update(execution_count=executed.execution_count, outputs=executed.outputs)
        nbformat.write(notebook, path)


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def edition(notebook: NotebookNode, executed: NotebookNode, lang: str) -> NotebookNode:
    """Give the cells of one edition the outputs of the executed notebook, in that edition's language."""
    outputs = {cell.id: cell for cell in _code(executed)}
    for number, cell in enumerate(_code(notebook), start=1):
        cell.execution_count = number
        cell.outputs = [clean(output, lang, number) for output in merge_streams(outputs[cell.id].outputs)]
    return notebook


def merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of one stream: how they are cut is a matter of timing.

    Raises:
        CourseError: something was written to stderr; a lesson shows warnings by printing them.
    """
    merged: list[NotebookNode] = []
    for output in copy.deepcopy(outputs):
        if output.output_type == "stream" and output.name == "stderr":
            raise CourseError(f"A cell wrote to stderr, show warnings by printing them: {output.text.strip()[:200]!r}")
        if merged and output.output_type == "stream" and merged[-1].output_type == "stream":
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def clean(output: NotebookNode, lang: str, number: int) -> NotebookNode:
    """Return an output in one language, without widget views, metadata of the run or addresses in memory.

    Raises:
        CourseError: it shows an address in memory.
    """
    output = localise(output, lang)
    if "execution_count" in output:
        output.execution_count = number
    text = nbformat.v4.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])]))
    if address := re.search(r"[\w.<> -]* at 0x[0-9a-fA-F]+", text):
        raise CourseError(f"Cell {number} shows an address in memory, which differs each time: {address.group()}")
    return output


def localise(output: NotebookNode, lang: str) -> NotebookNode:
    """Return an output in one language; a widget gives way to what stands in for it where no kernel runs."""
    output = copy.deepcopy(output)
    if output.output_type == "stream":
        output.text = pick(output.text, lang)
    if "data" in output:
        localised = any(is_marked(text) for text in output.data.values() if isinstance(text, str))
        output.metadata = NotebookNode({"course": {"localised": True}} if localised else {})
        output.data.pop(WIDGET_VIEW, None)
        for kind, value in output.data.items():
            output.data[kind] = pick(value, lang) if isinstance(value, str) else value
    return output
