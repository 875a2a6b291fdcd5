"""The setup cell, run as it is by a fresh Python: in the course, in VS Code's workspace, alone, without a network."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.paths import COURSE
from helpers.syllabus import syllabus
from tools.notebook import setup

LESSON = syllabus().lesson("05")
FOLDER = syllabus().folder
START = 'start("05", lang="{}")'
SENTENCE = "No course here and no way to fetch it"
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """A bare repository that holds the working tree under the release's tag, as the public one will."""
    if not shutil.which("git") or not (COURSE / ".git").exists():
        pytest.skip("there is no git repository to publish from")
    listed = git(COURSE, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    tree = tmp_path_factory.mktemp("tree")
    for name in filter(None, listed):
        if (COURSE / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(COURSE / name, tree / name)
    git(tree, "init", "-q")
    git(tree, "add", "-A", "--force")
    who = ("-c", "user.name=Course", "-c", "user.email=course@example.org", "-c", "commit.gpgsign=false")
    git(tree, *who, "commit", "-q", "-m", "The release")
    git(tree, "tag", syllabus().release)
    bare = tmp_path_factory.mktemp("public") / "course.git"
    git(tree, "clone", "-q", "--bare", ".", str(bare))
    return bare


def git(folder, *args):
    return subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True, text=True).stdout


def python(code, folder, repository):
    """Run code in a fresh Python in `folder`, where the public address leads to `repository` and nowhere else."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{Path(repository).as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": syllabus().repository,
        "GIT_TERMINAL_PROMPT": "0",
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


def cell(lang="en", start='print("started")'):
    """Return the setup cell; `start` stands for the call that imports TensorFlow."""
    code = setup(LESSON, lang)
    assert START.format(lang) in code
    return code.replace(START.format(lang), start)


def clone(release, tmp_path):
    git(tmp_path, "clone", "-q", str(release), "course")
    return tmp_path / "course"


# --- the text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("lesson", syllabus().written, ids=lambda lesson: lesson.name)
def test_cell_is_short_and_installs_nothing(lesson, lang):
    code = setup(lesson, lang)
    assert len([line for line in code.splitlines() if line.strip()]) <= 12
    assert not re.search(r"\bpip\b|\bconda\b|\binstall|^[!%]", code, re.MULTILINE)
    assert code.splitlines()[-1] == f'start("{lesson.id}", lang="{lang}")'
    assert f"--branch {syllabus().release} {syllabus().repository} " in code
    assert max(map(len, code.splitlines())) <= 120


# --- in the course ---------------------------------------------------------------------------------------------------


@slow
@pytest.mark.parametrize(
    ("folder", "lang"), [("notebooks/en", "en"), ("notebooks/ko", "ko"), (".", "en")], ids=["en", "ko", "workspace"]
)
def test_course_is_found_from_a_clone(release, tmp_path, folder, lang):
    course = clone(release, tmp_path)
    tell = 'import helpers; print("started", helpers.__file__)'
    done = python(cell(lang, tell), course / folder, tmp_path / "nowhere")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["started", str(course / "helpers" / "__init__.py")]
    assert done.stderr == ""
    assert not list(course.rglob(f"**/{FOLDER}"))  # nothing was fetched


# --- alone -----------------------------------------------------------------------------------------------------------


@slow
def test_alone_it_fetches_the_release_and_starts(release, tmp_path):
    pytest.importorskip("tensorflow")
    done = python(setup(LESSON, "ko"), tmp_path, release)
    assert done.returncode == 0, done.stderr
    head, have, _ = done.stdout.splitlines()
    assert head == f"레슨 05 · {LESSON.title['ko']}"
    assert have.startswith("현재 환경: tensorflow ")
    assert [path.name for path in tmp_path.iterdir()] == [FOLDER]
    assert git(tmp_path / FOLDER, "describe", "--tags").strip() == syllabus().release
    assert git(tmp_path / FOLDER, "rev-list", "--count", "HEAD").strip() == "1"


@slow
def test_second_run_fetches_nothing_and_adds_no_path(release, tmp_path):
    twice = f"""
import os, sys
calls, real = [], os.system
os.system = lambda command: calls.append(command) or real(command)
for _ in range(2):
    exec({cell()!r})
    (course / "mine.txt").write_text("kept")
print(len(calls), sys.path.count(str(course)), sys.path[0] == str(course))
"""
    done = python(twice, tmp_path, release)
    assert done.stdout.split() == ["started", "started", "1", "1", "True"], done.stderr
    assert (tmp_path / FOLDER / "mine.txt").exists()
    again = python(cell(), tmp_path, tmp_path / "nowhere")  # a new kernel, without a network
    assert (again.returncode, again.stdout) == (0, "started\n"), again.stderr
    assert [path.name for path in tmp_path.iterdir()] == [FOLDER]


@slow
def test_folder_with_spaces_and_korean(release, tmp_path):
    folder = tmp_path / "내 강의 (1)"
    folder.mkdir()
    done = python(cell(), folder, release)
    assert (done.returncode, done.stdout) == (0, "started\n"), done.stderr
    assert (folder / FOLDER / "course.yml").exists()


@slow
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_without_a_network_one_sentence_in_both_languages(tmp_path, lang):
    done = python(cell(lang), tmp_path, tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stdout == ""
    sentence = done.stderr.splitlines()[-1]
    assert sentence.startswith(SENTENCE)
    assert sentence.endswith("인터넷에 연결하고 이 셀을 다시 실행하세요.")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@slow
def test_other_release_is_not_taken_instead(release, tmp_path):
    code = cell().replace(f"--branch {syllabus().release} ", "--branch v99.0.0 ")
    done = python(code, tmp_path, release)
    assert done.returncode == 1
    assert SENTENCE in done.stderr
    assert list(tmp_path.iterdir()) == []
