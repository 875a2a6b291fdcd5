"""Questions, exercises and progress: load, grade, show, keep.

    from helpers.quiz import check, hint, predict, quiz, reveal, solution

The names that draw widgets are imported when they are first used, so that `helpers.quiz.grade` runs without IPython.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "quiz": "view",
    "predict": "prediction",
    "reveal": "prediction",
    "check": "exercise",
    "hint": "exercise",
    "solution": "exercise",
}
__all__ = ["check", "hint", "predict", "quiz", "reveal", "solution"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"helpers.quiz.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
