"""Building: streams merged, outputs cleaned and put into one language, the same bytes each time."""

import dataclasses
import os
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import i18n
from helpers.errors import CourseError
from helpers.paths import COURSE
from helpers.syllabus import Lesson, Syllabus, syllabus
from tools import build, check, errata, execute, glossary, legacy, notebook, readme, source

pytestmark = pytest.mark.one_lane

MARKED = "\ue000one\ue001하나\ue002"


def stream(text, name="stdout"):
    return new_output("stream", text=text, name=name)


def shown(**data):
    return new_output("display_data", {kind.replace("_", "/"): value for kind, value in data.items()})


# --- streams ---------------------------------------------------------------------------------------------------------


def test_neighbouring_pieces_of_a_stream_are_joined():
    outputs = [stream("a\n"), stream("b"), shown(text_plain="x"), stream("c"), stream("d")]
    merged = build.merge_streams(outputs)
    assert [output.get("text", "x") for output in merged] == ["a\nb", "x", "cd"]
    assert [output.get("text", "x") for output in outputs] == ["a\n", "b", "x", "c", "d"]  # the argument is left alone
    assert build.merge_streams([]) == []


def test_how_a_marked_text_is_cut_does_not_matter():
    pieces = [stream(character) for character in MARKED]
    (merged,) = build.merge_streams(pieces)
    assert build.clean(merged, "ko", 1).text == "하나"


def test_words_on_stderr_are_refused():
    with pytest.raises(CourseError, match=r"stderr.*'UserWarning: look out'"):
        build.merge_streams([stream("a"), stream("UserWarning: look out\n", "stderr")])


# --- one output ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "text"), [("en", "one"), ("ko", "하나")])
def test_clean_leaves_one_language(lang, text):
    assert build.clean(stream(f"{MARKED} 1\n"), lang, 1).text == f"{text} 1\n"
    output = build.clean(shown(text_html=f"<p>{MARKED}</p>", text_plain=MARKED), lang, 1)
    assert output.data == {"text/html": f"<p>{text}</p>", "text/plain": text}
    assert output.metadata == {"course": {"localised": True}}


def test_clean_says_nothing_of_an_output_that_is_the_same_in_both():
    output = shown(image_png="iVBOR", text_plain="Figure")
    output.metadata = {"needs_background": "light", "execution": {"iopub.execute_input": "2026"}}
    assert build.clean(output, "ko", 1).metadata == {}
    assert output.metadata  # the argument is left alone


def test_clean_removes_the_widget_and_keeps_what_is_readable_without_it():
    output = new_output("display_data", {build.WIDGET_VIEW: {"model_id": "ab12"}, "text/html": "<b>Quiz</b>"})
    assert build.clean(output, "en", 1).data == {"text/html": "<b>Quiz</b>"}


def test_clean_counts_results_anew():
    assert (
        build.clean(new_output("execute_result", {"text/plain": "3"}, execution_count=7), "en", 2).execution_count == 2
    )


@pytest.mark.parametrize(
    "text",
    [
        "<object object at {}>",
        "<keras.Layer object at {}>",
        "<function build at {}>",
        "<function <lambda> at {}>",
        "<function f.<locals>.g at {}>",
        "<bound method Model.fit of <Model at {}>>",
        "<built-in method append of list object at {}>",
        "[1, <_io.BytesIO object at {}>]",
    ],
)
@pytest.mark.parametrize("address", ["0x7f3cc905a4d0", "0x000001F2AB34CD56"])
def test_address_in_memory_is_refused(text, address):
    for output in (
        stream(text.format(address)),
        shown(text_plain=text.format(address)),
        shown(text_html=text.format(address)),
    ):
        with pytest.raises(CourseError, match=f"Cell 4 shows an address in memory.*at {address}"):
            build.clean(output, "en", 4)


@pytest.mark.parametrize("text", ["look at 0.5", "<Figure size 792x440 with 1 Axes>", "0x7f is 127", "<b>at</b> 0x10"])
def test_other_text_is_no_address(text):
    assert build.clean(stream(text), "en", 1).text == text


# --- an edition ------------------------------------------------------------------------------------------------------


def test_edition_takes_outputs_by_id_and_numbers_cells_from_one():
    def assembled():
        return new_notebook(
            cells=[new_code_cell("a", id="a"), new_markdown_cell("t", id="t"), new_code_cell("b", id="b")]
        )

    executed = assembled()
    executed.cells.reverse()
    executed.cells[0].outputs, executed.cells[2].outputs = [stream("of b")], [stream(MARKED)]
    korean = build.edition(assembled(), executed, "ko")
    assert [cell.get("execution_count") for cell in korean.cells] == [1, None, 2]
    assert [cell.outputs[0].text for cell in korean.cells if cell.cell_type == "code"] == ["하나", "of b"]


# --- a whole lesson --------------------------------------------------------------------------------------------------

LESSON = """\
# %% [markdown] lang="en" rows="S1-01"
# ## Try

# %% [markdown] lang="ko" rows="S1-01"
# ## 해 보기

# %%
from helpers import plots
from helpers.i18n import say

print("a", end="", flush=True)
print(say(en="one", ko="하나"))
print(say(en="one", ko="하나"))

# %%
plots.split_roles(60, 20, 20)

# %%
1 + 1

# %%
1 + 1
"""


@pytest.fixture
def example(tmp_path, monkeypatch):
    """A lesson of its own: its source, its syllabus and a folder for what is built."""
    lesson = Lesson(
        "98",
        "example",
        {"en": "Example", "ko": "보기"},
        ({"en": "try", "ko": "해 보기"},),
        terms=("epoch",),
        rows=("S1-01",),
    )
    course = Syllabus("https://github.com/OWNER/example", "v1.0.0", {"en": "Course", "ko": "강의"}, (lesson,))
    (tmp_path / "lessons").mkdir()
    monkeypatch.setattr(source, "LESSONS", tmp_path / "lessons")
    monkeypatch.setattr(build, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(readme, "FILES", {"en": tmp_path / "README.md", "ko": tmp_path / "README.ko.md"})
    for module in (legacy, errata, glossary):
        files = {lang: tmp_path / f"{module.__name__}.{lang}.md" for lang in ("en", "ko")}
        monkeypatch.setattr(module, "FILES", files)
    for path in readme.FILES.values():
        path.write_text("# Before\n\n<!-- from course.yml -->\nof last year\n<!-- end -->\n\nAfter\n", encoding="utf-8")
    for module in (build, notebook, readme):
        monkeypatch.setattr(module, "syllabus", lambda: course)
    setup = f"import sys\nsys.path.insert(0, {str(COURSE)!r})\nprint('{{lesson}}')  # {{lang}}"
    monkeypatch.setattr(notebook, "SETUP", setup)
    source.source_path(lesson).write_text(LESSON, encoding="utf-8")
    return tmp_path / "notebooks"


@pytest.mark.slow
def test_lesson_is_built_twice_to_the_same_bytes(example):
    assert build.main(["98"]) == 0
    files = sorted(example.rglob("*.ipynb"))
    assert [str(file.relative_to(example)) for file in files] == ["en/98_example.ipynb", "ko/98_example.ipynb"]
    first = [file.read_bytes() for file in files]
    assert build.main([]) == 0
    assert [file.read_bytes() for file in files] == first

    assert readme.stale() == []

    english, korean = (nbformat.read(file, as_version=4) for file in files)
    for built in (english, korean):
        nbformat.validate(built)
        assert not re.search("[\ue000-\ue002]", nbformat.writes(built))
        assert [cell.execution_count for cell in built.cells if cell.cell_type == "code"] == [1, 2, 3, 4, 5]
        assert "widgets" not in built.metadata
    assert [cell.id for cell in english.cells] == [cell.id for cell in korean.cells]
    assert len({cell.id for cell in english.cells}) == len(english.cells) == 8
    assert (english.cells[2].source, korean.cells[2].source) == ("## Try", "## 해 보기")
    assert [cell.outputs for cell in (english.cells[3], korean.cells[3])] == [
        [stream("aone\none\n")],
        [stream("a하나\n하나\n")],
    ]
    (picture, words), (same_picture, other_words) = english.cells[4].outputs, korean.cells[4].outputs
    assert picture == same_picture and picture.data["image/png"]
    assert words.data["text/plain"].startswith("Of 100 rows")
    assert other_words.data["text/plain"].startswith("100행 중")
    assert english.cells[6].outputs[0].data == {"text/plain": "2"}


@pytest.mark.parametrize("place", ["99", "05", "sample"])
def test_unknown_lesson_is_refused(example, place):
    with pytest.raises(CourseError, match="choose one of 98"):
        build.main([place])


@pytest.mark.slow
def test_lesson_that_fails_leaves_the_built_files_alone(example):
    path = example / "ko" / "98_example.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("as before")
    text = LESSON.replace("1 + 1\n\n# %%\n1 + 1", "# a comment\n1 / 0")
    source.source_path(build.syllabus().lesson("98")).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="'# a comment' raised ZeroDivisionError: division by zero"):
        build.main(["98"])
    assert path.read_text() == "as before"
    assert not (example / "en" / "98_example.ipynb").exists()


@pytest.mark.slow
def test_prose_alone_is_written_without_executing_anything(example, monkeypatch):
    lesson = build.syllabus().lesson("98")
    with pytest.raises(CourseError, match="never built"):
        build.main(["98", "--prose"])
    build.main(["98"])
    files = sorted(example.rglob("*.ipynb"))
    before = [file.read_text() for file in files]
    monkeypatch.setattr(build, "execute", lambda *_, **__: pytest.fail("something was executed"))
    assert build.main(["98", "--prose"]) == 0
    assert [file.read_text() for file in files] == before

    source.source_path(lesson).write_text(LESSON.replace("## 해 보기", "## 이렇게 해 보기"), encoding="utf-8")
    assert build.main(["98", "--prose"]) == 0
    assert files[0].read_text() == before[0]
    assert files[1].read_text() == before[1].replace("## 해 보기", "## 이렇게 해 보기")

    source.source_path(lesson).write_text(LESSON.replace("1 + 1", "1 + 2"), encoding="utf-8")
    with pytest.raises(CourseError, match="code of lesson 98 has changed"):
        build.main(["98", "--prose"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0~255이던 밝기가 0~1이", r"0\~255이던 밝기가 0\~1이"),
        (r"0\~1", r"0\~1"),
        ("`a~b~c` and $x~y$ and ~", r"`a~b~c` and $x~y$ and \~"),
        ("```\n~/x ~/y\n```\n1~2", "```\n~/x ~/y\n```\n1\\~2"),
    ],
)
def test_tildes_strike_nothing_out(written, kept):
    assert notebook.tildes_kept(written) == kept


# --- READMEs ---------------------------------------------------------------------------------------------------------


def test_readmes_say_what_the_syllabus_says(example):
    assert readme.stale() == [
        "README.md is not what course.yml says: run `python -m tools build`.",
        "README.ko.md is not what course.yml says: run `python -m tools build`.",
    ]
    readme.write()
    assert readme.stale() == []
    english, korean = (path.read_text(encoding="utf-8") for path in readme.FILES.values())
    for text in (english, korean):
        assert text.startswith("# Before\n\n<!-- from course.yml -->\n| |")
        assert text.endswith("\n<!-- end -->\n\nAfter\n")
        assert "of last year" not in text
    lesson = build.syllabus().lesson("98")
    assert f"| 98 | [Example](notebooks/en/98_example.ipynb) | 0 | {notebook.badge(lesson, 'en')} |" in english
    assert f"| 98 | [보기](notebooks/ko/98_example.ipynb) | 0 | {notebook.badge(lesson, 'ko')} |" in korean
    assert "no public address yet" in english and "공개 주소가 정해지지 않았습니다" in korean
    readme.write()
    assert [path.read_text(encoding="utf-8") for path in readme.FILES.values()] == [english, korean]


def test_readmes_name_the_address_once_there_is_one(example, monkeypatch):
    lessons = (*syllabus().lessons[:-1], dataclasses.replace(syllabus().lessons[-1], objectives=()))
    course = Syllabus("https://github.com/somebody/course", "v1.0.0", {}, lessons)
    monkeypatch.setattr(readme, "syllabus", lambda: course)
    text = readme.derived("en")
    assert "fetches release v1.0.0 from <https://github.com/somebody/course>" in text
    assert "no public address" not in text
    assert "1 more follow; `course.yml` lists all 16" in text


# --- what is assembled -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("lesson", syllabus().written, ids=lambda lesson: lesson.name)
def test_assembled_notebook(lesson, lang):
    built = notebook.assemble(lesson, lang)
    nbformat.validate(built)
    assert built.metadata.course == {"lesson": lesson.id, "lang": lang}
    head, setup, *_, closing = built.cells
    for objective in lesson.objectives:
        assert f"- {objective[lang]}\n" in head.source
    assert f"# {lesson.id} · {lesson.title[lang]}" in head.source
    other = "ko" if lang == "en" else "en"
    assert f"](../{other}/{lesson.name}.ipynb)" in head.source
    assert setup.source.endswith(f'start("{lesson.id}", lang="{lang}")')
    assert setup.metadata["tags"] == ["setup", "nbval-ignore-output"]
    assert all(notebook.glossary()[term][lang] in closing.source for term in lesson.terms)
    for page in (glossary.FILES[lang], errata.FILES[lang]):
        assert f"](../../docs/{page.name})" in closing.source and page.exists()
    assert not check.stale(built, notebook.assemble(lesson, lang))
    assert check.stale(built, notebook.assemble(lesson, other))


def test_header_of_a_lesson(example):
    head = notebook.header(build.syllabus().lesson("98"), "en")
    assert head.splitlines()[0] == (
        "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
        "(https://colab.research.google.com/github/OWNER/example/blob/v1.0.0/notebooks/en/98_example.ipynb)"
        " · [한국어](../ko/98_example.ipynb)"
    )
    assert "Covers rows S1-01 of the five lectures." in head


@pytest.mark.parametrize(
    ("cell", "claim"),
    [
        (source.Cell("a", code='runs.claim("it is higher", "gap", direction="higher", than=0)'), True),
        (source.Cell("a", code='print("Rule: it must be higher.")'), True),
        (source.Cell("a", code='reveal("05.p1", best)'), True),
        (source.Cell("a", code='print("Rule: it must be higher.")', tags=("nbval-ignore-output",)), False),
        (source.Cell("a", code="print(1)"), False),
        (source.Cell("a", prose={"en": 'reveal("05.p1", 1)', "ko": ""}), False),
    ],
)
def test_claims_are_told_from_other_cells(cell, claim):
    assert notebook.is_claim(cell) is claim


@pytest.mark.parametrize("lesson", syllabus().written, ids=lambda lesson: lesson.name)
def test_every_lesson_has_claims_that_are_always_compared(lesson):
    tags = [cell.metadata.get("tags", []) for cell in notebook.assemble(lesson, "en").cells]
    assert sum(notebook.CLAIM_TAG in cell_tags for cell_tags in tags) >= 2
    assert not any({notebook.CLAIM_TAG, "nbval-ignore-output"} <= set(cell_tags) for cell_tags in tags)


@pytest.mark.parametrize(
    ("rows", "short"),
    [
        ((), ""),
        (("S1-03",), "S1-03"),
        (("S1-03", "S1-04", "S1-05"), "S1-03…05"),
        (("S1-03", "S1-05", "S2-06"), "S1-03, S1-05, S2-06"),
        (("S1-09", "S1-10", "S2-11"), "S1-09…10, S2-11"),
    ],
)
def test_rows_are_shortened(rows, short):
    assert notebook._ranges(rows) == short


def test_environment_of_a_run_is_put_back(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("COURSE_LANG", "en")
    monkeypatch.delenv("NEW_ONE", raising=False)
    before = dict(os.environ)
    with execute._environment({"COURSE_LANG": "both", "NEW_ONE": "1"}):
        assert (os.environ["COURSE_LANG"], os.environ["NEW_ONE"]) == ("both", "1")
        assert "MPLBACKEND" not in os.environ
    assert dict(os.environ) == before
