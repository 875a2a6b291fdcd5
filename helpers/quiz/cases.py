"""Try a student's code on the cases of an exercise.

The code runs in this very kernel with all its rights, without a sandbox: it is the student's own notebook.
"""

import dis
import functools
import reprlib
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np
import pandas as pd

from helpers.quiz.compare import difference
from helpers.quiz.model import Case, Code, Reason, Result, Words

_NOT_ATTEMPTED = Result(
    "unanswered",
    0.0,
    (
        Reason(
            Words(
                "Replace `...` with your answer and run the cell again.", "`...`를 답으로 바꾸고 셀을 다시 실행하세요."
            )
        ),
    ),
)
_PASSED = Words("Every case gives the right result.", "모든 경우에 결과가 맞습니다.")


def grade_code(question: Code, answer: Any) -> Result:
    """Grade a function or a value that a student wrote.

    Args:
        question: the exercise.
        answer: the object itself. `...` or None, or a function that still returns `...`, is not attempted.
    """
    if answer is None or answer is ...:
        return _NOT_ATTEMPTED
    for number, case in enumerate(question.cases, start=1):
        try:
            got = eval(case.call.strip(), _names(question, _watched(answer)))
        except _NotAttempted:
            return _NOT_ATTEMPTED
        except (Exception, SystemExit) as error:  # whatever the student's code raises is feedback, not our failure
            return Result("wrong", 0.0, (Reason(_raised(case, error), False),), number)
        expected = eval(case.expect.strip(), _names(question, None))
        found = difference(expected, got, case.tol)
        if found is not None:
            return Result("wrong", 0.0, (Reason(_gave(case, got, found), False), Reason(case.feedback)), number)
    return Result("right", 1.0, (Reason(_PASSED, True),))


def run(question: Code, code: str) -> Any:
    """Run code that stands in the bank (solution, starter, wrong answer) and return what it defines.

    Raises:
        Exception: whatever the code raises; KeyError if it does not define the exercise's name.
    """
    names = _names(question, None)
    exec(code, names)
    return names[question.name]


def _names(question: Code, answer: Any) -> dict[str, Any]:
    """Return fresh names for one evaluation, so that no case sees what another has changed."""
    names: dict[str, Any] = {"np": np, "pd": pd}
    exec(question.setup, names)
    if answer is not None:
        names[question.name] = answer
    return names


class _NotAttempted(BaseException):
    """The function still returns `...`. Not an Exception, so that no student's `except` catches it."""


def _watched(answer: Any) -> Any:
    """Let a function tell when it still returns `...`, also from within an expression such as `len(f(x))`."""
    if not isinstance(answer, FunctionType):
        return answer

    @functools.wraps(answer)
    def watched(*args: Any, **kwargs: Any) -> Any:
        got = answer(*args, **kwargs)
        if got is ... or (isinstance(got, list | tuple) and any(part is ... for part in got)):
            raise _NotAttempted
        if got is None and _does_nothing(answer):
            raise _NotAttempted
        return got

    return watched


def _does_nothing(function: FunctionType) -> bool:
    """Tell whether a function's body is only `...`, `pass` or a docstring."""
    nothing = {"RESUME", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "NOP"}
    return all(step.opname in nothing for step in dis.get_instructions(function))


def _raised(case: Case, error: BaseException) -> Words:
    what = _code(f"{type(error).__name__}: {_text(error)}".rstrip(": "))
    return Words(
        f"{_code(case.call)} stopped with {what}.", f"{_code(case.call)}을(를) 실행하다가 {what} 오류로 멈췄습니다."
    )


def _gave(case: Case, got: Any, found: Words) -> Words:
    call, value = _code(case.call), _code(_text(got, reprlib.repr))
    en = f"{value}." if call == value else f"{call} gives {value}."
    ko = f"{call}의 결과가 {value}입니다."
    return Words(f"{en} {found.en}", f"{ko} {found.ko}")


def _text(thing: Any, form: Callable[[Any], str] = str) -> str:
    """Return a short text of anything, even of an object whose own str() raises."""
    try:
        return form(thing)[:200]
    except Exception:
        return type(thing).__name__


def _code(text: str) -> str:
    """Set a text as code in the quiz markup, on one line."""
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"
