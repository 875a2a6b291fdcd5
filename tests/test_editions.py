"""The committed notebooks: two editions of one code stream, and nothing of the machine that built them."""

import html
import itertools
import re
from collections import Counter

import nbformat
import pytest

from helpers.paths import COURSE
from helpers.syllabus import syllabus

pytestmark = pytest.mark.one_lane

LESSONS = syllabus().written
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
each_edition = pytest.mark.parametrize(
    ("lesson", "lang"),
    list(itertools.product(LESSONS, ("en", "ko"))),
    ids=lambda value: value if isinstance(value, str) else value.name,
)
HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
# What the syllabus promises: each lesson covers these rows of the lectures and corrects these errors.
PROMISED = {
    "01": (
        "S1-02 S2-01…05 S3-01 S3-12 S4-06 S5-01…07",
        "E-32 E-44 E-52",
    ),
    "02": (
        "S1-03…13 S1-31 S2-06…14 S3-06 S5-34",
        "E-04…07 E-17 E-18 E-56 E-58 E-62",
    ),
    "03": (
        "S2-15…26 S2-28…33 S3-04…05 S3-07…11 S3-13 S4-02…05 S4-07…10 S4-12 S4-55",
        "E-08…10 E-26 E-30 E-51 E-61",
    ),
    "04": (
        "S1-31 S2-31 S3-15 S3-23 S5-16…36",
        "E-10 E-45…48",
    ),
    "05": (
        "S1-33 S1-36…54 S2-34 S2-62 S3-02…03 S3-14 S3-16…26 S4-11 S4-14…17 S4-54 S4-71",
        "E-12…16 E-19 E-50 E-53 E-63",
    ),
    "06": (
        "S1-34…35 S1-51…53 S1-62 S2-52…56 S2-62 S3-22 S3-26 S4-13 S4-19…20 S4-45 S5-08…13 S5-15",
        "E-29 E-35",
    ),
    "07": (
        "S1-14…16 S2-64…66 S3-37…48 S4-73…75",
        "E-31 E-42 E-57",
    ),
    "08": (
        "S1-16…24 S1-27 S1-29…30 S1-32 S2-67…68 S3-49 S3-51…53 S5-53…60",
        "E-01…03 E-54",
    ),
    "09": (
        "S1-26 S1-63…70 S2-63 S2-69…71 S3-54…61 S4-56…62 S4-69 S4-75 S5-14 S5-43…52",
        "E-11 E-20 E-21 E-41 E-55 E-60",
    ),
    "10": (
        "S1-25 S1-28 S3-50 S4-68 S4-70 S5-36…42",
        "E-40 E-48",
    ),
    "11": (
        "S1-55…61 S5-61…72",
        "E-43",
    ),
    "12": (
        "S4-21…37",
        "E-33 E-34",
    ),
    "13": (
        "S2-27 S2-35…51 S3-27…28 S4-38…44",
        "E-36…39 E-59",
    ),
    "14": (
        "S1-71…88 S2-57…59 S4-63…67",
        "E-22…25 E-27",
    ),
    "15": (
        "S1-89…93 S2-60…61 S3-29…36 S4-46…53 S4-72",
        "E-28 E-29",
    ),
    "16": (
        "S1-01 S1-12 S1-62 S1-94 S3-61 S4-44",
        "E-21 E-42 E-49",
    ),
}


def read(lesson, lang):
    return nbformat.read(COURSE / "notebooks" / lang / f"{lesson.name}.ipynb", as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def pairs(lesson):
    """Return the code cells of both editions side by side."""
    return zip(code_cells(read(lesson, "en")), code_cells(read(lesson, "ko")), strict=True)


def texts(output):
    """Return every text of an output by its kind, pictures left out."""
    if output.output_type == "stream":
        return {"stream": output.text}
    return {kind: str(value) for kind, value in output.get("data", {}).items() if not kind.startswith("image/")}


def is_localised(output):
    return bool(output.get("metadata", {}).get("course", {}).get("localised"))


def numbers(text):
    """Count the numbers in a text; a full stop that ends a sentence belongs to none, neither does &#x27;."""
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", html.unescape(text)))


def spread(rows):
    """Write S1-03…05 as S1-03 S1-04 S1-05."""
    found = []
    for row in rows.split():
        first, _, last = row.partition("…")
        deck, number = first.split("-")
        found += [f"{deck}-{n:02}" for n in range(int(number), int(last or number) + 1)]
    return tuple(found)


# --- what the syllabus promises --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", PROMISED)
def test_syllabus_keeps_its_promise(lesson):
    rows, errata = PROMISED[lesson]
    entry = syllabus().lesson(lesson)
    assert entry.rows == spread(rows)
    assert entry.errata == spread(errata)


def test_promises_are_spread_as_meant():
    assert spread("S1-02 S2-09…11 E-04…05") == ("S1-02", "S2-09", "S2-10", "S2-11", "E-04", "E-05")
    counts = [16, 23, 36, 25, 43, 25, 21, 27, 41, 12, 19, 17, 27, 26, 24, 6]
    assert [len(spread(rows)) for rows, _ in PROMISED.values()] == counts


# --- the same code ---------------------------------------------------------------------------------------------------


@each_lesson
def test_cells_are_the_same_in_both_editions(lesson):
    english, korean = read(lesson, "en"), read(lesson, "ko")

    def shape(notebook):
        return [
            (cell.id, cell.cell_type, cell.metadata, cell.get("execution_count"), len(cell.get("outputs", [])))
            for cell in notebook.cells
        ]

    assert shape(english) == shape(korean)
    english.metadata.course.lang = "ko"
    assert english.metadata == korean.metadata


@each_lesson
def test_code_is_the_same_but_for_the_language_of_the_setup_cell(lesson):
    (setup, korean_setup), *others = [(cell.source, other.source) for cell, other in pairs(lesson)]
    assert setup.count('lang="en"') == 1
    assert setup.replace('lang="en"', 'lang="ko"') == korean_setup
    assert others
    for cell, other in others:
        assert cell == other


@each_lesson
def test_prose_is_in_the_edition_s_language(lesson):
    for cell, other in zip(read(lesson, "en").cells, read(lesson, "ko").cells, strict=True):
        if cell.cell_type == "markdown":
            assert HANGUL.search(other.source)
            assert cell.source != other.source


# --- the same outputs ------------------------------------------------------------------------------------------------


@each_lesson
def test_outputs_are_the_same_but_for_their_words(lesson):
    for cell, other in pairs(lesson):
        for output, korean in zip(cell.outputs, other.outputs, strict=True):
            if output == korean:
                continue
            assert is_localised(output) or output.output_type == "stream", cell.source
            assert output.output_type == korean.output_type
            assert output.get("metadata") == korean.get("metadata")
            assert set(output.get("data", {})) == set(korean.get("data", {}))
            for kind, value in output.get("data", {}).items():
                assert not kind.startswith("image/") or value == korean.data[kind]


@each_lesson
def test_numbers_are_the_same_in_both_editions(lesson):
    for cell, other in pairs(lesson):
        for output, korean in zip(cell.outputs, other.outputs, strict=True):
            for kind, text in texts(output).items():
                if kind != "text/html" or "course-caption" in text:  # a card's reasons are prose of their own
                    assert numbers(text) == numbers(texts(korean)[kind]), cell.source


@each_lesson
def test_each_edition_speaks_its_language(lesson):
    for cell, other in pairs(lesson):
        for output, korean in zip(cell.outputs, other.outputs, strict=True):
            assert not HANGUL.search(" ".join(texts(output).values())), cell.source
            if is_localised(korean) or output != korean:
                assert HANGUL.search(" ".join(texts(korean).values())), cell.source


@each_lesson
def test_there_is_something_to_compare(lesson):
    outputs = [output for cell, _ in pairs(lesson) for output in cell.outputs]
    assert sum(map(is_localised, outputs)) >= 4
    assert any("image/png" in output.get("data", {}) for output in outputs)


# --- nothing of the machine ------------------------------------------------------------------------------------------


@each_edition
def test_no_mark_of_the_builder_is_left(lesson, lang):
    assert not re.search("[\ue000-\ue002]", nbformat.writes(read(lesson, lang)))


@each_edition
def test_no_widget_state(lesson, lang):
    notebook = read(lesson, lang)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "course"}
    for cell in code_cells(notebook):
        assert not any("widget" in kind for output in cell.outputs for kind in output.get("data", {}))


@each_edition
def test_no_path_of_a_machine_and_no_time_of_day(lesson, lang):
    notebook = read(lesson, lang)
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}
        for text in (cell.source, *(text for output in cell.get("outputs", []) for text in texts(output).values())):
            assert not MACHINE.search(text), text
            assert not TIME.search(text), text
        for output in cell.get("outputs", []):
            assert set(output.get("metadata", {})) <= {"course"}


MACHINE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|usr|opt|var|Users|private|mnt)/|\b[A-Z]:\\+\w|\bipykernel_\d+")
TIME = re.compile(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d|\b\d\d:\d\d:\d\d\b")


@pytest.mark.parametrize(
    "text",
    [
        "/" + "root/x.py",
        "'/" + "home/me'",
        "File /" + "tmp/ipykernel",
        "C:" + "\\Users",
        "2026-01-02 03:04",
        "03:04:05",
    ],
)
def test_paths_and_times_would_be_found(text):
    assert MACHINE.search(text) or TIME.search(text)
