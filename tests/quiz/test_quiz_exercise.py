"""Code exercises: every kind of answer a student may hand in gets a sentence, never a traceback."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import i18n
from helpers.errors import CourseError
from helpers.quiz import card, exercise, progress
from helpers.quiz.compare import difference
from helpers.quiz.exercise import ExerciseView
from helpers.quiz.grade import grade
from helpers.quiz.model import Case, Code, Words


class Tensor:
    """Stands for a tensor of TensorFlow or PyTorch."""

    def __init__(self, values):
        self._values = np.asarray(values)

    def numpy(self):
        return self._values


class Hostile:
    """An object whose every use raises."""

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __eq__ = __array__ = __repr__
    __hash__ = None


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (2, 2), (2, 2.0), (2, np.int64(2)), (2.0, np.float32(2)), (2, np.array(2)), (2, Tensor(2)), (0.3, 0.1 + 0.2),
        ([1, 2], (1, 2)), ([1, 2], np.array([1.0, 2.0])), (np.array([1, 2]), pd.Series([1, 2])),
        ([1, 2], Tensor([1, 2])),
        ([[1, 2]], pd.DataFrame({"a": [1], "b": [2]})), (float("nan"), np.nan), (True, np.bool_(True)),
        ("a", np.str_("a")),
        (["a", "b"], pd.Series(["a", "b"])), ({"a": 1}, {"a": 1.0}), (None, None), ({1, 2}, {2, 1}), ([], ()),
        (1e12, 1e12 + 1),
    ],
)  # fmt: skip
def test_what_counts_as_equal(expected, got):
    assert difference(expected, got, 1e-6) is None


@pytest.mark.parametrize(
    ("expected", "got", "says"),
    [
        (2, 3, "not the expected result"), (2, None, "forget `return`"), (2, "2", "a text"), (2, [2], "shape (1,)"),
        (2, True, "True or False"), (True, 1, "single number"), ([1, 2], [1, 2, 3], "shape (2,)"),
        ([1], 1, "shape (1,)"),
        ("a", "b", "not the expected"), ({"a": 1}, {"b": 1}, "keys"), ({"a": 1}, {"a": 2}, "not the expected"),
        ({"a": 1}, {"a": "x"}, "a text"), (2, len, "function"), (2, object(), "object of type"),
        (2, np.inf, "not the expected"),
        (2, Hostile(), "not the expected"), ([1, 2], ["a", "b"], "texts in shape"), (2, {1: 2}, "dictionary"),
        ([1.0, 2.0], [1.0, float("nan")], "not the expected"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_kind_and_shape(expected, got, says):
    assert says in difference(expected, got, 1e-6).en


def test_the_expected_value_is_not_given_away():
    for got in (1, "x", [1], None, object()):
        assert "1234" not in str(difference(1234, got, 1e-6))


def best(body):
    names = {"np": np}
    exec(f"def best_epoch(val_loss):\n    {body}", names)
    return names["best_epoch"]


STARTERS = ("...", "pass", "return ...", "return [..., 1]", '"Doc."')


@pytest.mark.parametrize("answer", [..., None, *map(best, STARTERS)])
def test_not_attempted(questions, answer):
    assert grade(questions["05.e1"], answer).outcome == "unanswered"


@pytest.mark.parametrize("body", STARTERS)
def test_not_attempted_within_an_expression(questions, body):
    question = replace(questions["05.e1"], cases=(Case("best_epoch([1]).size + 1", "2", Words("No.", "아닙니다.")),))
    assert grade(question, best(body)).outcome == "unanswered"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("1 / 0", "ZeroDivisionError"), ("raise KeyError('x')", "KeyError"), ("raise SystemExit", "SystemExit"),
        ("return best_epoch(val_loss)", "RecursionError"), ("return unknown", "NameError"),
       ("x = 2", "forget `return`"),
        ("return '2'", "a text"), ("assert False", "AssertionError"), ("return 0", "Epochs count from 1"),
    ],
)  # fmt: skip
def test_a_wrong_function_gets_a_sentence(questions, body, says):
    result = grade(questions["05.e1"], best(body))
    text = " ".join(reason.text.en for reason in result.reasons)
    assert result.outcome == "wrong" and result.failed_case == 1
    assert says in text and "best_epoch([0.9, 0.5, 0.7])" in text


@pytest.mark.parametrize(
    "answer", [5, "best_epoch", len, lambda: 2, Hostile(), int, [1], np.array([1, 2]), pd.DataFrame()]
)
def test_anything_may_be_handed_in(questions, answer):
    for name in ("05.e1", "05.e2"):
        result = grade(questions[name], answer)
        assert result.outcome == "wrong" and all(reason.text.en and reason.text.ko for reason in result.reasons)


def test_a_case_does_not_see_what_another_changed(questions):
    assert grade(questions["05.e1"], best("val_loss.sort(); return 2")).failed_case == 2


def shown(monkeypatch, call, *arguments):
    """Call a function that displays and return what it showed."""
    seen = []
    monkeypatch.setattr(card, "display", seen.append)
    call(*arguments)
    return seen[0]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("not attempted", "Not yet", "Right")), ("ko", ("풀지 않았습니다", "아직 아닙니다", "맞았습니다"))],
)
def test_check_shows_symbol_and_word(monkeypatch, lang, words):
    i18n.set_language(lang)
    answers = (best("return ..."), best("return 7"), best("return int(np.argmin(val_loss)) + 1"))
    for answer, symbol, word in zip(answers, "○✗✓", words, strict=True):
        seen = shown(monkeypatch, exercise.check, "05.e1", answer)
        for text in (repr(seen), seen.html, seen.widget.children[1].value):
            assert symbol in text and word in text


def test_only_answers_are_recorded(monkeypatch):
    shown(monkeypatch, exercise.check, "05.e1", ...)
    assert progress.latest("05.e1") is None
    shown(monkeypatch, exercise.check, "05.e1", best("return 2"))
    assert progress.latest("05.e1").answer == {"failed_case": 2}


def test_the_buttons_show_hints_and_the_solution(questions):
    view = ExerciseView(questions["05.e1"], best("return 2"))
    view.hint_button._handle_custom_msg({"event": "click"}, [])
    assert "Hint 1 of 1" in view.hints.value and "counts from 0" in view.hints.value
    view.hint_button.click()
    assert view.hints.value.count("Hint 1 of 1") == 1
    view.solution_button.click()
    assert "np.argmin(val_loss)" in view.solution.value
    assert ExerciseView(questions["05.e1"], best("return 3")) and progress.latest("05.e1").hints == 1


def test_hint_and_solution_by_hand(monkeypatch):
    assert "counts from 0" in repr(shown(monkeypatch, exercise.hint, "05.e1"))
    assert "def best_epoch" in repr(shown(monkeypatch, exercise.solution, "05.e1"))


def test_checking_again_closes_the_former_widgets(monkeypatch):
    first = shown(monkeypatch, exercise.check, "05.e1", best("return 2"))
    second = shown(monkeypatch, exercise.check, "05.e1", best("return 3"))
    assert first.widget.comm is None and second.widget.comm is not None


@pytest.mark.parametrize("call", [exercise.check, exercise.hint, exercise.solution])
def test_an_unknown_exercise_is_said(call):
    with pytest.raises(CourseError, match=r"05\.e9"):
        call("05.e9")


def test_what_students_write_is_shown_as_text(questions):
    bad = best("raise ValueError('<script>alert(1)</script><img src=x onerror=alert(2)>`')")
    view = ExerciseView(questions["05.e1"], bad)
    for text in (view.shown.html, view.widget.children[1].value):
        assert "<script" not in text and "<img" not in text and "&lt;script" in text


def test_the_kind_is_code(questions):
    assert isinstance(questions["05.e1"], Code)
