"""`python -m tools run`: a notebook becomes an executed notebook and a page, or one sentence says why not."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.errors import CourseError
from tools import __main__, run


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with one tiny notebook, built as lesson 01 in both languages."""
    for lang, title in (("en", "# Try"), ("ko", "# 해 보기")):
        put(tmp_path, lang, new_markdown_cell(title), *tiny("x = 6", r"print('\ue000en\ue001ko\ue002', x * 7)"))
    monkeypatch.setattr(run, "COURSE", tmp_path)
    monkeypatch.setattr(run, "BUILD", tmp_path / "build")
    monkeypatch.delenv("LANG_EDITION", raising=False)
    return tmp_path


def tiny(*texts):
    """Return code cells as a build leaves them: numbered, with outputs of then."""
    return [
        new_code_cell(text, execution_count=number, outputs=[new_output("stream", text="of the build")])
        for number, text in enumerate(texts, start=1)
    ]


def put(folder, lang, *cells):
    path = folder / "notebooks" / lang / "01_workflow.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=list(cells)), path)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_run_writes_notebook_and_page(course, capsys, lang):
    assert run.main(["01", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert f"01_workflow.{lang}.ipynb" in out and f"01_workflow.{lang}.html" in out
    assert sorted(file.name for file in (course / "build").iterdir()) == [
        f"01_workflow.{lang}.html",
        f"01_workflow.{lang}.ipynb",
    ]
    executed = nbformat.read(course / "build" / f"01_workflow.{lang}.ipynb", as_version=4)
    assert executed.cells[2].outputs == [new_output("stream", text=f"{lang} 42\n")]
    assert executed.cells[1].outputs == []
    page = (course / "build" / f"01_workflow.{lang}.html").read_text(encoding="utf-8")
    assert f"{lang} 42" in page
    assert {"en": "<title>01 · The workflow", "ko": "<title>01 · 환경"}[lang] in page
    assert {"en": "Try", "ko": "해 보기"}[lang] in page
    assert "of the build" not in page


@pytest.mark.slow
def test_edition_can_come_from_make(course, monkeypatch):
    monkeypatch.setenv("LANG_EDITION", "ko")
    assert run.main(["workflow"]) == 0
    assert (course / "build" / "01_workflow.ko.html").exists()


@pytest.mark.slow
def test_failing_cell_is_named_and_nothing_is_written(course):
    put(course, "en", *tiny("x = 1", "# Divide:\nx / 0", "x = 2", "x = 3"))
    with pytest.raises(CourseError) as caught:
        run.main(["01"])
    assert str(caught.value) == (
        "01_workflow: the cell that begins with '# Divide:' raised ZeroDivisionError: division by zero"
    )
    assert not (course / "build").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["99"], "There is no lesson '99'"),
        (["01", "99"], "There is no lesson '99'"),
        (["01", "--lang", "fr"], "There is no edition 'fr': use en or ko"),
        (["02"], "02_sampling.ipynb is not there: make it with `make build LESSON=02`"),
    ],
)
def test_mistakes_get_one_sentence(course, args, words, monkeypatch, capsys):
    monkeypatch.setattr(run, "execute", lambda notebook, *args, **environment: notebook)
    assert __main__.main(["run", *args]) == 1
    told = capsys.readouterr().err
    assert words in told
    assert told.startswith("✗ ") and told.count("\n") == 1


def test_commands_are_listed(capsys):
    assert __main__.main([]) == 0
    assert __main__.main(["--help"]) == 0
    assert __main__.main(["no-such-command"]) == 2
    out = capsys.readouterr().out
    assert all(out.count(f"\n  {command} ") == 3 for command in __main__.COMMANDS)
