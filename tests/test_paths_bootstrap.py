"""The student's folder, the start of a notebook, and errors that are one sentence."""

import builtins
import os
import re
import tempfile

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from helpers import bootstrap, i18n, paths
from helpers.errors import CourseError


@pytest.fixture
def homeless(tmp_path, monkeypatch):
    """A system without a HOME, as in some containers; the temporary folder is the test's own."""
    for name in ("COURSE_HOME", "HOME", "XDG_DATA_HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    paths._warn_temporary.cache_clear()
    yield tmp_path
    paths._warn_temporary.cache_clear()


# --- home ------------------------------------------------------------------------------------------------------------


def test_home_is_made_where_course_home_says(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "new" / "folder"))
    assert paths.home() == tmp_path / "new" / "folder"
    assert paths.home().is_dir()


def test_home_knows_the_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COURSE_HOME", "~/work")
    assert paths.home() == tmp_path / "work"


@pytest.mark.skipif(os.name == "nt", reason="Windows has another folder for data")
def test_home_is_the_users_data_folder_otherwise(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("COURSE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert paths.home().name == "train-the-best-model"
    assert tmp_path in paths.home().parents
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("lang", "words"), [("en", "set it to a folder you can write to"), ("ko", "쓸 수 없습니다")])
def test_course_home_that_cannot_be_written_is_an_error(tmp_path, monkeypatch, lang, words):
    i18n.set_language(lang)
    (tmp_path / "file").write_text("not a folder")
    place = str(tmp_path / "file" / "below")
    monkeypatch.setenv("COURSE_HOME", place)
    with pytest.raises(CourseError, match=words) as caught:
        paths.home()
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


def test_read_only_course_home_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(CourseError, match="cannot be written"):
        paths.home()


@pytest.mark.skipif(os.name == "nt", reason="there is always a home on Windows")
def test_without_home_a_temporary_folder_serves_and_this_is_said_once(homeless, monkeypatch, capsys):
    monkeypatch.chdir(homeless)
    first, second = paths.home(), paths.home()
    assert first == second
    assert first.parent == homeless
    assert first.is_dir()
    told = capsys.readouterr().out
    assert told.count("for this session only") == 1
    assert str(first) in told
    assert not (homeless / "~").exists()


# --- start -----------------------------------------------------------------------------------------------------------


def test_start_refuses_an_unknown_lesson_and_language():
    with pytest.raises(CourseError, match="choose one of"):
        bootstrap.start("99")
    with pytest.raises(CourseError, match="레슨이 없습니다"):
        bootstrap.start("99", lang="ko")
    with pytest.raises(CourseError, match="'fr'"):
        bootstrap.start("05", lang="fr")


@pytest.mark.parametrize(("lang", "words"), [("en", "This kernel lacks"), ("ko", "패키지가 없습니다")])
def test_missing_packages_are_named_in_one_sentence(monkeypatch, lang, words):
    monkeypatch.setattr(bootstrap, "NEEDED", ("yaml", "no_such_package", "nor_this_one"))
    with pytest.raises(CourseError, match=words) as caught:
        bootstrap.start("05", lang=lang)
    text = str(caught.value)
    assert "no_such_package, nor_this_one" in text
    assert "yaml" not in text
    assert "make lab" in text and "Colab" in text
    assert "\n" not in text


@pytest.mark.parametrize("tested", [bootstrap.TESTED, bootstrap.COLAB])
def test_banner_in_both_languages(monkeypatch, tested):
    monkeypatch.setattr(bootstrap, "version", tested.get)
    title = {"en": "Curves", "ko": "곡선"}
    numbers = ", ".join(f"{package} {number}" for package, number in tested.items())
    assert bootstrap.banner("05", title, "CPU").splitlines() == [
        "Lesson 05 · Curves",
        f"You have {numbers} on CPU (tested with exactly these versions).",
        "Seeds are fixed at 42.",
    ]
    i18n.set_language("ko")
    assert bootstrap.banner("05", title, "GPU").splitlines() == [
        "레슨 05 · 곡선",
        f"현재 환경: {numbers}, GPU (바로 이 버전에서 시험했습니다).",
        "시드는 42로 고정했습니다.",
    ]


def test_banner_says_what_was_tested_where_versions_differ(monkeypatch):
    monkeypatch.setattr(bootstrap, "version", lambda package: "9.9")
    text = bootstrap.banner("05", {"en": "Curves", "ko": "곡선"}, "CPU")
    assert "You have tensorflow 9.9, keras 9.9 on CPU (tested with tensorflow 2.21.0, keras 3.15.1)" in text


def test_pins_are_those_of_the_project():
    project = (paths.COURSE / "pyproject.toml").read_text(encoding="utf-8")
    colab = (paths.COURSE / "tests" / "colab-constraints.txt").read_text(encoding="utf-8")
    for package in bootstrap.TESTED:
        assert f'"{package}=={bootstrap.TESTED[package]}"' in project
        assert re.search(rf"^{package}=={re.escape(bootstrap.COLAB[package])}$", colab, re.MULTILINE)


def test_start_fixes_the_seeds_again_each_time(capsys):
    keras = pytest.importorskip("keras")
    drawn = []
    for _ in range(2):
        bootstrap.start("05", lang="ko")
        drawn.append(keras.random.normal((3,)).numpy().tolist())
    assert drawn[0] == drawn[1]
    out = capsys.readouterr().out
    assert out.count("레슨 05") == 2
    assert len(out.splitlines()) == 6


# --- errors ----------------------------------------------------------------------------------------------------------


def test_notebook_shows_a_course_error_as_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    kept = builtins.__dict__.copy()
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    try:
        with capture_output() as shown:
            result = shell.run_cell("from helpers.errors import CourseError\nraise CourseError('Do this <first>.')")
    finally:
        shell.restore_sys_module_state()
        builtins.__dict__.clear()
        builtins.__dict__.update(kept)
    assert isinstance(result.error_in_exec, CourseError)
    assert (shown.stdout + shown.stderr).strip() == "✗ Do this <first>."
