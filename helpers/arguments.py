"""What a reader passes: checked in one place, answered in one sentence."""

from collections.abc import Collection
from typing import TypeVar

from helpers.errors import CourseError
from helpers.i18n import say

Value = TypeVar("Value")


def one_of(value: Value, allowed: Collection[Value], name: str) -> Value:
    """Return the value of the argument `name` if it is among the allowed ones.

    Raises:
        CourseError: it is not; the message lists them.
    """
    if value not in allowed:
        listed = ", ".join(map(repr, allowed))
        raise CourseError(
            say(
                en=f"{name}={value!r} is not known: choose one of {listed}.",
                ko=f"{name}={value!r}: {listed} 가운데 고르세요.",
            )
        )
    return value
