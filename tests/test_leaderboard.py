"""The leaderboard: entries with spread, the test set once, and a file that survives whatever happens to it."""

import json
import subprocess
import sys

import numpy as np
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n, leaderboard
from helpers.errors import CourseError
from helpers.leaderboard import FILE, board, submit
from helpers.paths import COURSE


@pytest.fixture(autouse=True)
def nothing_unsaved():
    leaderboard._unsaved.clear()
    yield
    leaderboard._unsaved.clear()


def test_an_empty_board_says_so():
    assert board("digits").entries == () and board("digits").test is None
    assert "nothing submitted yet" in leaderboard.as_text(board("digits"))
    assert "nothing submitted yet" in leaderboard.as_html(board("digits"))


def test_entries_are_ranked_by_their_mean():
    submit("digits", "small", [0.90, 0.91, 0.92], seconds=3)
    submit("digits", "large", [0.95, 0.96, 0.97], seconds=30)
    submit("cancer", "other", [1, 1, 1], seconds=1)
    first, second = board("digits").entries
    assert (first.name, second.name) == ("large", "small")
    assert first.mean == pytest.approx(0.96)
    assert first.standard_error == pytest.approx(0.01 / 3**0.5)
    assert "large leads by more than two standard errors." in leaderboard.as_text(board("digits"))


def test_a_lead_within_the_spread_is_called_unclear():
    submit("digits", "a", [0.90, 0.95, 0.97], seconds=3)
    submit("digits", "b", [0.89, 0.95, 0.97], seconds=3)
    assert "leads, but not clearly" in leaderboard.as_text(board("digits"))


def test_the_same_name_replaces_the_former_entry():
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    submit("digits", "mine", [0.8, 0.8, 0.8], seconds=3)
    assert [entry.mean for entry in board("digits").entries] == [pytest.approx(0.8)]


@pytest.mark.parametrize(
    ("name", "scores", "seconds", "says"),
    [
        ("mine", [0.9, 0.9], 1, "at least 3"),
        ("mine", [0.9, 0.9, 90], 1, "from 0 to 1"),
        ("mine", [0.9, 0.9, float("nan")], 1, "from 0 to 1"),
        ("mine", [96, 97, 95], 1, "0.93 for 93 %"),
        ("mine", 0.9, 1, "a list of numbers"),
        ("mine", ["good", "good", "bad"], 1, "a list of numbers"),
        ("mine", np.full((2, 3), 0.9), 1, "several models"),
        ("mine", [0.9, 0.9, 0.9], 60.4, "took 60.4 s, the budget is 60 s"),
        ("mine", [0.9, 0.9, 0.9], "3", "as a number"),
        ("mine", [0.9, 0.9, 0.9], float("nan"), "as a number"),
        ("mine", [0.9, 0.9, 0.9], -1, "as a number"),
        (" ", [0.9, 0.9, 0.9], 1, "a name"),
        (None, [0.9, 0.9, 0.9], 1, "a name"),
    ],
)
def test_what_cannot_stand_on_a_board_is_refused(name, scores, seconds, says):
    submit("digits", "before", [0.9, 0.9, 0.9], seconds=3)
    with pytest.raises(CourseError, match=says) as caught:
        submit("digits", name, scores, seconds=seconds)
    assert "\n" not in str(caught.value)
    assert [entry.name for entry in board("digits").entries] == ["before"]


def test_the_row_of_a_comparison_of_one_can_be_submitted_as_it_is():
    assert submit("digits", "mine", np.array([[0.9, 0.8, 0.7]]), seconds=3).scores == (0.9, 0.8, 0.7)


def test_a_misspelt_task_names_the_others():
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    assert leaderboard.as_text(board("digitz")) == "digitz: nothing submitted yet. There are models for: digits."


def test_the_test_set_is_evaluated_once(capsys):
    looks = []

    def evaluate():
        looks.append(1)
        return 0.9

    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    first = leaderboard.test_once("digits", "mine", evaluate)
    assert first.score == 0.9 and capsys.readouterr().out == ""
    assert leaderboard.test_once("digits", "another", evaluate) == first
    assert looks == [1]
    assert "has been used already" in capsys.readouterr().out
    assert "Test set, looked at once: 90.0% (mine)." in leaderboard.as_text(board("digits"))
    leaderboard.forget("digits")
    assert board("digits").test is None


def test_only_a_model_with_validation_scores_is_tested():
    with pytest.raises(CourseError, match="submit its validation scores first"):
        leaderboard.test_once("digits", "mine", lambda: pytest.fail("looked"))


def test_a_failed_look_is_no_look():
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    with pytest.raises(ZeroDivisionError):
        leaderboard.test_once("digits", "mine", lambda: 1 / 0)
    assert board("digits").test is None


@pytest.mark.parametrize("answer", [[0.3, 0.9], 3.2, float("nan"), "0.9", None])
def test_a_look_that_gives_no_score_is_no_look(answer):
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    with pytest.raises(CourseError, match=r"take \[1\] for the accuracy"):
        leaderboard.test_once("digits", "mine", lambda: answer)
    assert board("digits").test is None


def test_a_number_in_place_of_the_function_is_told():
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    with pytest.raises(CourseError, match="Pass a function"):
        leaderboard.test_once("digits", "mine", 0.9)


def test_the_file_outlives_the_process(course_home):
    code = "from helpers.leaderboard import submit; submit('digits', 'mine', [0.9, 0.9, 0.9], seconds=3)"
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)
    assert [entry.name for entry in board("digits").entries] == ["mine"]
    assert json.loads((course_home / FILE).read_text(encoding="utf-8"))["digits"]["test"] is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"digits": {}}', '{"digits": {"entries": {"a": 1}, "test": null}}'])
def test_a_damaged_file_is_moved_aside(course_home, capsys, text):
    (course_home / FILE).write_text(text, encoding="utf-8")
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    assert "was damaged" in capsys.readouterr().out
    assert len(board("digits").entries) == 1
    assert next(course_home.glob("leaderboard.damaged-*.json")).read_text(encoding="utf-8") == text


def test_what_cannot_be_written_is_kept_until_the_end(course_home, capsys):
    (course_home / FILE).mkdir()
    (course_home / FILE / "inside").touch()
    leaderboard._unsaved.update({"": {"entries": {}, "test": None}})  # the file cannot be read either
    submit("digits", "mine", [0.9, 0.9, 0.9], seconds=3)
    assert [entry.name for entry in board("digits").entries] == ["mine"]
    assert not list(course_home.glob(f"{FILE}.*"))


def test_shown_as_table_in_both_languages(shell):
    submit("digits", "<b>", [0.9, 0.9, 0.9], seconds=3)
    for lang, word in (("en", "lowest to highest"), ("ko", "최저–최고")):
        i18n.set_language(lang)
        with capture_output() as captured:
            shell.display_formatter.format(board("digits"))
        page = captured.outputs[0].data["text/html"]
        assert word in page and "&lt;b&gt;" in page and "<b>" not in page


def test_computing_does_not_need_ipython():
    code = "import sys; import helpers.leaderboard; sys.exit('IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=False).returncode == 0
