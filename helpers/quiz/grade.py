"""Grade an answer: pure functions that need no notebook and never raise on what a student may type."""

from collections.abc import Iterable
from functools import singledispatch
from itertools import combinations
from numbers import Real
from typing import Any

from helpers.errors import CourseError
from helpers.quiz import cases
from helpers.quiz.model import Choice, Code, Number, Order, Predict, Question, Reason, Result, Words
from helpers.quiz.numerals import parse_number

__all__ = ["grade", "parse_number"]

_ROUNDING = 1e-9  # 0.3 + 0.1 counts as within 0.1 of 0.3

_CHOOSE = Words("Choose an option, or type its letter.", "보기를 고르거나 보기의 글자를 입력하세요.")
_CHOOSE_MORE = Words(
    "Choose one or more options, or type their letters.", "보기를 하나 이상 고르거나 보기의 글자를 입력하세요."
)
_MORE = Words("There is more to choose.", "더 골라야 할 보기가 있습니다.")
_TYPE_NUMBER = Words("Type a number, for example 0.001 or 1e-3.", "0.001이나 1e-3처럼 숫자를 입력하세요.")
_NOT_IT = Words(
    "That is not the number. Calculate again, or take a hint.", "답이 아닙니다. 다시 계산하거나 힌트를 보세요."
)
_ALL_ITEMS = Words(
    "Move the items, or type all their letters in your order.",
    "항목을 옮기거나 글자를 모두 원하는 순서대로 입력하세요.",
)


@singledispatch
def grade(question: Question, answer: Any) -> Result:
    """Grade one answer.

    Args:
        question: any question of a bank.
        answer: single, predict: the id of an option; multiple: ids of options; number: a number or a text;
            order: the ids of all items; code: the function or value that the student wrote.
            None (or an answer that names nothing that exists) is unanswered.

    Returns:
        Outcome, score from 0 to 1, and the reasons to show.
    """
    raise TypeError(f"no way to grade a {type(question).__name__}")


@grade.register
def _(question: Choice, answer: Any) -> Result:
    chosen = [option for option in question.options if option.id in _ids(answer)]
    if not chosen or (question.kind == "single" and len(chosen) > 1):
        return _unanswered(_CHOOSE if question.kind == "single" else _CHOOSE_MORE)
    right = sum(option.correct for option in chosen)
    wrong = len(chosen) - right
    score = max(0.0, (right - wrong) / len(question.right))
    reasons = [Reason(option.reason, option.correct, option) for option in chosen]
    if not wrong and right < len(question.right):
        reasons.append(Reason(_MORE))
    return Result(_outcome(score), score, tuple(reasons))


@grade.register
def _(question: Predict, answer: Any) -> Result:
    known = {option.id for option in question.options} & _ids(answer)
    return Result("recorded") if len(known) == 1 else _unanswered(_CHOOSE)


@grade.register
def _(question: Number, answer: Any) -> Result:
    try:
        value = _value(question, answer)
    except CourseError as error:
        return _unanswered(Words(str(error), str(error)))
    if value is None:
        return _unanswered(_TYPE_NUMBER)
    if _within(value, question.answer, question):
        return Result("right", 1.0, (Reason(question.reason, True),))
    return Result("wrong", 0.0, (Reason(_mistake(question, value), False),))


@grade.register
def _(question: Order, answer: Any) -> Result:
    right = [item.id for item in question.items]
    given = list(answer) if isinstance(answer, list | tuple) else []
    if not all(isinstance(name, str) for name in given) or sorted(given) != sorted(right):
        return _unanswered(_ALL_ITEMS)
    pairs = list(combinations(right, 2))
    good = sum(given.index(first) < given.index(second) for first, second in pairs)
    score = good / len(pairs)
    if score == 1:
        return Result("right", 1.0, (Reason(question.reason, True),))
    count = Words(
        f"{good} of {len(pairs)} pairs stand in the right order.",
        f"{len(pairs)}쌍 가운데 {good}쌍의 순서가 맞습니다.",
    )
    return Result(_outcome(score), score, (Reason(count),))


@grade.register
def _(question: Code, answer: Any) -> Result:
    return cases.grade_code(question, answer)


def _unanswered(what_to_do: Words) -> Result:
    return Result("unanswered", 0.0, (Reason(what_to_do),))


def _outcome(score: float) -> str:
    return "right" if score == 1 else "partly" if score > 0 else "wrong"


def _ids(answer: Any) -> set[str]:
    if isinstance(answer, str):
        return {answer}
    if isinstance(answer, Iterable):
        return {name for name in answer if isinstance(name, str)}
    return set()


def _value(question: Number, answer: Any) -> float | None:
    if isinstance(answer, Real) and not isinstance(answer, bool):
        answer = str(answer)
    if not isinstance(answer, str) or not answer.strip():
        return None
    text, percent = answer.strip(), False
    if question.unit:
        percent = question.unit.en == "%"
        for unit in () if percent else (question.unit.en, question.unit.ko):
            text = text.removesuffix(unit)
    return parse_number(text, percent=percent)


def _within(value: float, target: float, question: Number) -> bool:
    width = max(question.absolute, question.relative * abs(target))
    return abs(value - target) <= width + _ROUNDING * abs(target)


def _mistake(question: Number, value: float) -> Words:
    for known in question.wrong:
        if known.range and known.range[0] <= value < known.range[1]:
            return known.reason
        if known.value is not None and _within(value, known.value, question):
            return known.reason
    return _NOT_IT
