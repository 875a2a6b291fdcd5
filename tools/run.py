"""Execute one lesson without a browser and write the executed notebook and an HTML page to `build/`."""

import argparse
import os

import nbformat
from nbconvert import HTMLExporter

from helpers.errors import CourseError
from helpers.i18n import LANGUAGES
from helpers.paths import COURSE
from helpers.syllabus import syllabus
from tools.build import localise
from tools.execute import execute

BUILD = COURSE / "build"


def main(args: list[str]) -> int:
    """Run the lessons named in `args`; `--lang ko` (or LANG_EDITION=ko) runs the Korean edition."""
    parser = argparse.ArgumentParser(prog="python -m tools run")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="ids such as 05")
    parser.add_argument("--lang", default=os.environ.get("LANG_EDITION") or "en")
    options = parser.parse_args(args)
    if options.lang not in LANGUAGES:
        raise CourseError(f"There is no edition {options.lang!r}: use en or ko.")
    if not options.lessons:
        listing = ", ".join(lesson.id for lesson in syllabus().written)
        raise CourseError(f"Name a lesson, for example `make run LESSON=05`; there are {listing}.")
    for name in options.lessons:
        run(name, options.lang)
    return 0


def run(name: str, lang: str) -> None:
    """Execute the built notebook of a lesson and write `build/NN_slug.<lang>.ipynb` and `.html`."""
    lesson = syllabus().lesson(name)
    source = COURSE / "notebooks" / lang / f"{lesson.name}.ipynb"
    if not source.exists():
        raise CourseError(f"{source.relative_to(COURSE)} is not there: make it with `make build LESSON={lesson.id}`.")
    # In both languages, as the builder does: then labs and quizzes show what can be read without a kernel.
    notebook = execute(nbformat.read(source, as_version=4), source.parent, lesson.name, COURSE_LANG="both")
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs = [localise(output, lang) for output in cell.outputs]
    BUILD.mkdir(exist_ok=True)
    target = BUILD / f"{lesson.name}.{lang}.ipynb"
    nbformat.write(notebook, target)
    page, _ = HTMLExporter(embed_images=True).from_notebook_node(
        notebook, resources={"metadata": {"name": f"{lesson.id} · {lesson.title[lang]}"}}
    )
    target.with_suffix(".html").write_text(page, encoding="utf-8")
    print(f"Wrote {target.relative_to(COURSE)} and {target.with_suffix('.html').relative_to(COURSE)}.")
