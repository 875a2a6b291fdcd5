"""Grading: examples that people meet, and properties that hold for every answer."""

import contextlib
import itertools
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import CourseError
from helpers.quiz import bank
from helpers.quiz.grade import grade, parse_number
from helpers.quiz.model import Number, Words

COURSE = Path(__file__).resolve().parents[1] / "fixtures" / "quizzes"
OUTCOMES = {"right", "partly", "wrong", "unanswered", "recorded"}
QUESTIONS = {q.id: q for q in bank.load_file(COURSE / "quizzes" / "05_learning_curves.yaml", COURSE).questions}
WORDS = Words("Because.", "그렇습니다.")


def number(answer, **more):
    return Number("05.q9", "number", 1, WORDS, WORDS, (WORDS,), "here", answer=answer, reason=WORDS, **more)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25), ("1e-3", 1e-3), ("1E+2", 100), ("0,5", 0.5), (".5", 0.5), ("5.", 5), ("1/8", 0.125), ("½", 0.5),
        ("90 %", 0.9), ("90%", 0.9), (" −3 ", -3), ("- 3", -3), ("+2", 2), ("1 000", 1000), ("1 000 000", 1e6),
        ("０．５", 0.5), ("0,125", 0.125), ("1 / 8", 0.125), ("1,5e-3", 0.0015), ("1e-999", 0),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(text, value):
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "nan", "inf", "-inf", "1e999", "1/0", "0/0", "1/", "/2", "1/2/3", "%", "1%%", "%5", "1 2", "1_000",
     "0x1f", "one", "1,000", "1,234,567", "1e", "--1", "1" * 50, "9" * 10_000, "1e99999999", "٣",
     "1/1e-999", "\x00", "()", "1j"],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(text):
    with pytest.raises(CourseError) as refused:
        parse_number(text)
    assert len(str(refused.value)) < 200


@given(st.text() | st.text(alphabet="0123456789.,/%eE+- −", max_size=50))
def test_any_text_is_a_finite_number_or_refused(text):
    with contextlib.suppress(CourseError):
        assert math.isfinite(parse_number(text))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_back(value):
    assert parse_number(repr(value)) == value


def test_percent_with_a_unit_of_percent():
    question = number(90.0, absolute=0.5, unit=Words("%", "%"))
    assert grade(question, "90 %").outcome == grade(question, "90").outcome == "right"
    assert grade(number(0.9, absolute=0.01), "90 %").outcome == "right"


def test_the_unit_may_be_typed_too():
    for text in ("25 steps", "25steps", "25 스텝", "25"):
        assert grade(QUESTIONS["05.q3"], text).outcome == "right"


def test_known_mistakes_are_explained():
    assert grade(QUESTIONS["05.q3"], "32").reasons[0].text.en == "That is the batch size."
    assert grade(QUESTIONS["05.q3"], "1000").reasons[0].text.en == "One step uses a whole batch."
    assert "hint" in grade(QUESTIONS["05.q3"], "7").reasons[0].text.en


@pytest.mark.parametrize(
    ("typed", "outcome"), [("0.4", "right"), ("0.2", "right"), ("0.41", "wrong"), ("x", "unanswered")]
)
def test_tolerance_counts_its_edges_in(typed, outcome):
    assert grade(number(0.3, absolute=0.1), typed).outcome == outcome


def test_the_wider_tolerance_counts():
    assert grade(number(100, absolute=1, relative=0.02), "102").outcome == "right"
    assert grade(number(-100, relative=0.02), "-102").outcome == "right"


@given(st.floats(-1e9, 1e9), st.floats(0, 10), st.floats(0, 1))
def test_the_right_number_is_always_right(answer, absolute, relative):
    assert grade(number(answer, absolute=absolute, relative=relative), repr(answer)).score == 1


ANSWERS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.lists(st.sampled_from("abcd") | st.text(max_size=2) | st.integers(), max_size=5)
    | st.permutations(["build", "compile", "fit", "plot"]) | st.dictionaries(st.text(max_size=2), st.none(), max_size=2)
)  # fmt: skip


@given(st.sampled_from(sorted(QUESTIONS)), ANSWERS)
def test_grading_never_raises_and_scores_lie_between_0_and_1(name, answer):
    result = grade(QUESTIONS[name], answer)
    assert result.outcome in OUTCOMES and 0 <= result.score <= 1
    assert (result.score == 1) == (result.outcome == "right")
    assert (0 < result.score < 1) == (result.outcome == "partly")
    assert result.reasons or result.outcome == "recorded"


def test_single():
    question = QUESTIONS["05.q1"]
    assert [grade(question, letter).outcome for letter in "abc"] == ["wrong", "right", "wrong"]
    assert grade(question, "a").reasons[0].text is question.options[0].reason
    assert grade(question, "z").outcome == grade(question, None).outcome == grade(question, "").outcome == "unanswered"


def test_multiple_gives_partial_credit_and_the_reasons_of_what_was_chosen():
    question = QUESTIONS["05.q2"]  # a and c are right
    scores = {
        "".join(ids): grade(question, list(ids)).score for n in range(1, 4) for ids in itertools.combinations("abc", n)
    }
    assert scores == {"a": 0.5, "b": 0, "c": 0.5, "ab": 0, "ac": 1, "bc": 0, "abc": 0.5}
    result = grade(question, ["a", "b"])
    assert [reason.right for reason in result.reasons] == [True, False]
    assert grade(question, ["a"]).reasons[-1].text.en == "There is more to choose."


@given(st.permutations(["build", "compile", "fit", "plot"]))
def test_order_scores_the_pairs(given_order):
    result = grade(QUESTIONS["05.q4"], given_order)
    backwards = grade(QUESTIONS["05.q4"], given_order[::-1])
    assert result.score + backwards.score == pytest.approx(1)
    assert (result.outcome == "right") == (given_order == ["build", "compile", "fit", "plot"])


@pytest.mark.parametrize(
    "answer", [["build"], ["build"] * 4, ["build", "compile", "fit", "x"], "build", [], [1, 2, 3, 4]]
)
def test_an_incomplete_order_is_unanswered(answer):
    assert grade(QUESTIONS["05.q4"], answer).outcome == "unanswered"


def test_a_prediction_is_recorded_not_judged():
    assert {grade(QUESTIONS["05.p1"], letter).outcome for letter in "abc"} == {"recorded"}
    assert grade(QUESTIONS["05.p1"], "z").outcome == "unanswered"


def test_grading_needs_no_notebook():
    heavy = "{'IPython', 'ipywidgets', 'keras'}"
    code = f"import sys, helpers.quiz.grade, helpers.quiz.bank; print({heavy} & set(sys.modules))"
    root = COURSE.parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
