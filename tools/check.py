"""Rules that sources, built notebooks and the question bank keep; `python -m tools check` prints what breaks one.

Each rule is a function that returns the faults it finds as sentences. Rules on a notebook take it as an argument, so
that tests can hand them one that breaks the rule.
"""

import argparse
import re

import nbformat
from markdown_it import MarkdownIt
from nbformat import NotebookNode

from helpers.errors import CourseError
from helpers.i18n import LANGUAGES
from helpers.paths import COURSE
from helpers.quiz import bank
from helpers.quiz.model import Bank
from helpers.syllabus import Lesson, syllabus
from tools import errata, glossary, legacy, readme, source
from tools.notebook import assemble, badge

LONGEST_CELL = 25  # lines of code
WIDEST_LINE = 100  # characters; a wider line has to be scrolled sideways
MOST_VARYING = 1 / 3  # of the cells with output
IGNORE = "nbval-ignore-output"
LEAST = {"predictions": 1, "quiz questions": 6, "code exercises": 2}
BOX = {"en": "> **In the lecture**", "ko": "> **강의에서는**"}

# Calls of Keras 2 (and private paths) that no longer work or no longer mean what they did.
KERAS_2 = {
    r"\b(?:tensorflow|tf)\.keras\b": "import keras",
    r"\bfrom tensorflow import keras\b": "import keras",
    r"\btensorflow\.python\b|\bkeras\.src\b": "the public keras API",
    r"\btf\.random\.set_seed\b": "keras.utils.set_random_seed",
    r"[(,]\s*input_(?:dim|shape)\s*=(?!=)": "keras.Input(shape)",
    r"[(,]\s*lr\s*=(?!=)": "learning_rate=",
    r"\bmetrics\s*=\s*['\"]": "metrics=[…]",
    r"\.(?:h5|hdf5|ckpt)['\"]": ".keras or .weights.h5",
    r"\bfit_generator\b|\bevaluate_generator\b|\bpredict_generator\b": "fit, evaluate, predict",
    r"\boptimizers\.legacy\b": "keras.optimizers",
    r"[(,]\s*decay\s*=(?!=)": "a learning-rate schedule",
    r"\bnp_utils\b": "keras.utils.to_categorical",
    r"\bpredict_classes\b": "predict and argmax",
    r"[(,]\s*save_format\s*=(?!=)": "the ending of the file name",
    r"[(,]\s*period\s*=(?!=)": "save_freq=",
    r"[(,]\s*(?:workers|use_multiprocessing|max_queue_size)\s*=(?!=)": "keras.utils.PyDataset",
    r"\bload_model\(['\"][^'\"]*\.h5": "a .keras file",
}
ALLOWED = re.compile(r"\.weights\.h5")


def main(args: list[str]) -> int:
    """Check everything; prints each fault and returns 1 if there is any."""
    argparse.ArgumentParser(prog="python -m tools check").parse_args(args)
    found = faults()
    for fault in found:
        print(f"✗ {fault}")
    if syllabus().is_placeholder:
        print(
            f"! The public address is still the placeholder {syllabus().repository}: set `repository` in course.yml, "
            "then build; until then the Colab badges lead nowhere."
        )
    print(f"{len(found)} fault(s)." if found else "✓ Sources, notebooks and quizzes keep the rules.")
    return 1 if found else 0


def faults() -> list[str]:
    """Return every fault of the course as a sentence."""
    found = [fault for lesson in syllabus().written for fault in check_lesson(lesson)]
    pages = readme.stale() + legacy.stale() + errata.stale() + glossary.stale()
    return found + orphans() + pages + quiz_bank()


def check_lesson(lesson: Lesson) -> list[str]:
    """Apply every rule on lessons to the source and to both editions of one."""
    try:
        cells = source.read(source.source_path(lesson))
    except (CourseError, OSError) as error:
        return [f"lessons/{lesson.name}.py: {error}"]
    of_source = coverage(lesson, cells) + lecture_boxes(lesson.name, cells) + predictions(lesson, cells)
    return of_source + [fault for lang in LANGUAGES for fault in check_built(lesson, lang)]


def check_built(lesson: Lesson, lang: str) -> list[str]:
    """Apply every rule on built notebooks to one edition of a lesson."""
    path = COURSE / "notebooks" / lang / f"{lesson.name}.ipynb"
    name = f"notebooks/{lang}/{lesson.name}.ipynb"
    if not path.exists():
        return [f"{name} is not there: run `python -m tools build {lesson.id}`."]
    notebook = nbformat.read(path, as_version=4)
    return [
        f"{name}: {fault}"
        for fault in (
            *stale(notebook, assemble(lesson, lang)),
            *wrong_badge(notebook, badge(lesson, lang)),
            *unfinished(notebook),
            *long_cells(notebook),
            *wordless_pictures(notebook),
            *keras_2_calls(notebook),
            *broken_emphasis(notebook),
            *too_many_varying(notebook),
        )
    ]


def stale(notebook: NotebookNode, expected: NotebookNode) -> list[str]:
    """A built notebook is what its source says: same cells, in the same order, with the same ids and tags."""

    def shape(node: NotebookNode) -> list[tuple]:
        return [(cell.id, cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in node.cells]

    built, wanted = shape(notebook), shape(expected)
    if built == wanted:
        return []
    odd = next((cell for cell, other in zip(built, wanted, strict=False) if cell != other), (built or wanted)[-1])
    first = (odd[2].splitlines() or [""])[0]
    return [f"is not what its source says, from the cell {first[:60]!r} on: build the lesson again."]


def wrong_badge(notebook: NotebookNode, expected: str) -> list[str]:
    """The badge of the first cell points at this very file."""
    first = notebook.cells[0].source if notebook.cells else ""
    return [] if expected in first else ["the Colab badge in its first cell does not point at this file."]


def unfinished(notebook: NotebookNode) -> list[str]:
    """Every code cell has been run, in order, without an error that the lesson does not mean."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        return ["its cells were not all run in order: build the lesson again."]
    return [
        f"the cell {_first(cell)!r} shows an error."
        for cell in code
        if any(output.output_type == "error" for output in cell.outputs)
    ]


def long_cells(notebook: NotebookNode) -> list[str]:
    """A code cell holds one idea in at most 25 lines, none of them too wide for the page."""
    found = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        lines = cell.source.splitlines()
        if len(lines) > LONGEST_CELL:
            found.append(f"the cell {_first(cell)!r} has {len(lines)} lines; {LONGEST_CELL} at most.")
        found += [
            f"the line {line.strip()[:60]!r} has {len(line)} characters; {WIDEST_LINE} at most."
            for line in lines
            if len(line) > WIDEST_LINE and "setup" not in cell.metadata.get("tags", [])
        ]
    return found


def wordless_pictures(notebook: NotebookNode) -> list[str]:
    """Every picture has its caption in words: an output with the caption's class follows it in the same cell."""
    found = []
    for cell in notebook.cells:
        outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
        for place, data in enumerate(outputs):
            if any(kind.startswith("image/") for kind in data):
                after = outputs[place + 1] if place + 1 < len(outputs) else {}
                if "course-caption" not in after.get("text/html", ""):
                    found.append(f"the picture of the cell {_first(cell)!r} has no caption in words after it.")
    return found


def keras_2_calls(notebook: NotebookNode) -> list[str]:
    """A call of Keras 2 stands only in a cell tagged "lecture", which shows the lecture's own code."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and "lecture" not in cell.metadata.get("tags", []):
            code = cell.source
        elif cell.cell_type == "markdown" and not cell.source.startswith(tuple(BOX.values())):
            code = "\n".join(re.findall(r"```.*?```", cell.source, re.DOTALL))
        else:
            continue
        for pattern, instead in KERAS_2.items():
            if call := re.search(pattern, ALLOWED.sub("", code)):
                found.append(
                    f'the cell {_first(cell)!r} uses {call.group()!r} outside an "In the lecture" box: use {instead}.'
                )
    return found


def broken_emphasis(notebook: NotebookNode) -> list[str]:
    """Every * of the prose is rendered: after a quotation mark and before a Korean particle it would stay visible."""
    found = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "markdown"):
        inline = [child for token in MarkdownIt().parse(cell.source) for child in token.children or ()]
        found += [
            f"a * stays visible in {child.content.strip()[:60]!r}: move it away from the punctuation, or leave it out."
            for child in inline
            if child.type == "text" and re.search(r"\*\S|\S\*", child.content)
        ]
    return found


def too_many_varying(notebook: NotebookNode) -> list[str]:
    """At most a third of the cells with output may be left out of the strict comparison."""
    with_output = [cell for cell in notebook.cells if cell.get("outputs")]
    varying = [cell for cell in with_output if IGNORE in cell.metadata.get("tags", [])]
    if len(varying) <= MOST_VARYING * len(with_output):
        return []
    return [f"{len(varying)} of {len(with_output)} cells with output are tagged {IGNORE}; a third at most."]


def coverage(lesson: Lesson, cells: list[source.Cell]) -> list[str]:
    """The cells of a lesson teach exactly the rows and errata of the lectures that course.yml gives it."""
    found = []
    for kind, wanted in (("rows", lesson.rows), ("errata", lesson.errata)):
        taught = {row for cell in cells for row in getattr(cell, kind)}
        if missing := sorted(set(wanted) - taught):
            found.append(f"lessons/{lesson.name}.py: no cell teaches the {kind} {', '.join(missing)} of course.yml.")
        if extra := sorted(taught - set(wanted)):
            found.append(f"lessons/{lesson.name}.py: {', '.join(extra)} is not among its {kind} in course.yml.")
    return found


def lecture_boxes(name: str, cells: list[source.Cell]) -> list[str]:
    """Errata stand in boxes in both languages, and a cell tagged "lecture" follows such a box."""
    found, in_box = [], False
    for cell in cells:
        if cell.prose:
            boxed = {lang: cell.prose[lang].startswith(BOX[lang]) for lang in LANGUAGES}
            if boxed["en"] != boxed["ko"]:
                found.append(f'lessons/{name}.py: a box begins with "{BOX["en"]}" and "{BOX["ko"]}" in both languages.')
            if cell.errata and not boxed["en"]:
                found.append(f'lessons/{name}.py: {", ".join(cell.errata)} stands outside an "In the lecture" box.')
            in_box = boxed["en"]
        elif "lecture" in cell.tags and not in_box:
            found.append(f"lessons/{name}.py: the lecture cell {cell.code.splitlines()[0]!r} follows no box.")
    return found


def predictions(lesson: Lesson, cells: list[source.Cell]) -> list[str]:
    """A lesson asks for a prediction, tells the truth, and ends with its quiz and two exercises or more."""
    code = "\n".join(cell.code for cell in cells if cell.code)

    def calls(begin: str) -> int:
        return len(re.findall(rf"(?<![\w.]){re.escape(begin)}", code))  # model.predict(…) is none

    needed = ('predict("', 'reveal("', f'quiz("{lesson.id}")')
    found = [f"lessons/{lesson.name}.py: there is no {call}" for call in needed if not calls(call)]
    if calls('check("') < 2:
        found.append(f"lessons/{lesson.name}.py: there are fewer than two exercises with check(…).")
    return found


def orphans() -> list[str]:
    """Every file in lessons/, notebooks/ and quizzes/ belongs to a written lesson."""
    names = {lesson.name for lesson in syllabus().written}
    places = {"lessons": ".py", "notebooks/en": ".ipynb", "notebooks/ko": ".ipynb", "quizzes": ".yaml"}
    return [
        f"{folder}/{path.name} belongs to no written lesson of course.yml."
        for folder, ending in places.items()
        for path in sorted((COURSE / folder).glob(f"*{ending}"))
        if path.stem not in names
    ]


def quiz_bank() -> list[str]:
    """The question bank loads and keeps its rules, and every lesson has enough questions."""
    try:
        banks = bank.load_all()
    except CourseError as error:
        return [str(error)]
    return [*bank.rules(banks), *(fault for each in banks for fault in too_few_questions(each))]


def too_few_questions(lesson_bank: Bank) -> list[str]:
    """A lesson has a prediction, six questions in its quiz and two code exercises, or more."""
    kinds = [question.kind for question in lesson_bank.questions]
    counts = {"predictions": kinds.count("predict"), "code exercises": kinds.count("code")}
    counts["quiz questions"] = len(lesson_bank.quiz)
    return [
        f"quizzes for lesson {lesson_bank.lesson}: there are {counts[what]} {what}, {least} at least."
        for what, least in LEAST.items()
        if counts[what] < least
    ]


def _first(cell: NotebookNode) -> str:
    return (cell.source.splitlines() or [""])[0][:60]
