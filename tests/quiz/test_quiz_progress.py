"""Progress: nothing is lost when notebooks write at once, a kernel restarts, the file is damaged or locked."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import i18n
from helpers.quiz import progress

ROOT = Path(__file__).resolve().parents[2]
WRITE = """
import sys
from helpers.quiz import progress
for number in range(25):
    progress.record(f"05.q{sys.argv[1]}", number, "wrong", number / 100)
assert progress.take_notice() == ""
"""


def rows(home):
    with sqlite3.connect(home / progress.FILE) as database:
        return database.execute("SELECT question, answer FROM attempts ORDER BY id").fetchall()


def test_latest_best_and_summary():
    assert progress.latest("05.q1") is progress.best("05.q1") is None
    for answer, outcome, score in (("a", "wrong", 0.0), ("b", "right", 1.0), ("c", "wrong", 0.0)):
        progress.record("05.q1", answer, outcome, score, hints=2)
    progress.record("05.q10", ["a", "한글"], "partly", 0.5)
    progress.record("06.q1", None, "recorded")
    assert progress.latest("05.q1").answer == "c"
    assert progress.best("05.q1").answer == "b" and progress.best("05.q1").hints == 2
    assert {name: one.outcome for name, one in progress.summary("05").items()} == {"05.q1": "right", "05.q10": "partly"}
    assert progress.latest("05.q10").answer == ["a", "한글"]
    assert progress.latest("05.q10").at.endswith("+00:00")


def test_nothing_is_changed_or_deleted(course_home):
    for answer in "aab":
        progress.record("05.q1", answer, "wrong")
    assert [json.loads(answer) for _, answer in rows(course_home)] == ["a", "a", "b"]


def test_several_kernels_write_at_once_and_all_is_there_afterwards(course_home):
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(n)], cwd=ROOT) for n in range(1, 5)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    assert len(rows(course_home)) == 100
    assert progress.latest("05.q4").answer == 24  # this process is the restarted kernel


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_damaged_file_is_moved_aside_and_its_new_name_is_said(course_home, lang):
    i18n.set_language(lang)
    (course_home / progress.FILE).write_bytes(b"this is no database" * 100)
    assert progress.latest("05.q1") is None
    moved = [path.name for path in course_home.glob("progress.damaged-*")]
    assert len(moved) == 1 and moved[0] in progress.take_notice()
    progress.record("05.q1", "a", "wrong")
    assert progress.latest("05.q1").answer == "a" and progress.take_notice() == ""


def test_a_file_cut_in_the_middle(course_home):
    for number in range(200):
        progress.record("05.q1", "x" * 100 + str(number), "wrong")
    path = course_home / progress.FILE
    path.write_bytes(path.read_bytes()[:9000])
    progress.record("05.q2", "b", "right", 1.0)
    assert progress.latest("05.q2").answer == "b"
    assert "damaged" in progress.take_notice()


def test_a_locked_file_is_said_once_and_written_later(course_home, monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", 0.1)
    progress.record("05.q1", "a", "wrong")
    blocker = sqlite3.connect(course_home / progress.FILE, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    progress.record("05.q1", "b", "wrong")
    progress.record("05.q2", "c", "right", 1.0)
    assert progress.latest("05.q1").answer == "b" and progress.best("05.q2").score == 1
    assert set(progress.summary("05")) == {"05.q1", "05.q2"}
    assert progress.take_notice().count("cannot be written") == 1 and progress.take_notice() == ""
    blocker.execute("ROLLBACK")
    blocker.close()
    progress.record("05.q3", "d", "wrong")
    assert [question for question, _ in rows(course_home)] == ["05.q1", "05.q1", "05.q2", "05.q3"]
    assert len(progress._unsaved) == 0


def test_a_place_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "file" / "below"))
    progress.record("05.q1", "a", "wrong")
    assert progress.latest("05.q1").answer == "a"
    assert progress.take_notice().count("cannot be written") >= 1
    progress.record("05.q1", "b", "wrong")
    assert progress.take_notice() == ""


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file(course_home):
    progress.record("05.q1", "a", "wrong")
    (course_home / progress.FILE).chmod(stat.S_IREAD)
    progress.record("05.q1", "b", "wrong")
    assert progress.latest("05.q1").answer == "b" and progress.take_notice()


def test_a_full_disk_or_a_foreign_table_does_not_stop_the_quiz(course_home):
    with sqlite3.connect(course_home / progress.FILE) as database:
        database.execute("CREATE TABLE attempts (something TEXT)")
    progress.record("05.q1", "a", "wrong")
    assert progress.latest("05.q1").answer == "a" and progress.take_notice()


def test_an_answer_that_is_no_json_reads_as_none(course_home):
    progress.record("05.q1", "a", "wrong")
    with sqlite3.connect(course_home / progress.FILE) as database:
        database.execute("UPDATE attempts SET answer = '{'")
    assert progress.latest("05.q1").answer is None
