"""Compare what a student's code gave with what was expected, kindly: NumPy, pandas, tensors, lists and floats alike.

A difference is told in kind and shape, never by giving the expected value away.
"""

from typing import Any

import numpy as np
import pandas as pd

from helpers.quiz.model import Words

_OTHER_VALUE = Words("That is not the expected result yet.", "아직 기대한 결과가 아닙니다.")
_NONE = Words("It gives None: did you forget `return`?", "결과가 None입니다. `return`을 빠뜨리지 않았나요?")


def difference(expected: Any, got: Any, tol: float) -> Words | None:
    """Return in words how a result differs from the expected one, or None if it is as expected.

    Args:
        expected: the right result.
        got: the student's result.
        tol: absolute tolerance for numbers; the default 1e-6 also holds relative to the number's size.
    """
    try:
        return _difference(expected, got, tol)
    except Exception:  # an object that cannot even be compared is not the expected one
        return _OTHER_VALUE


def _difference(expected: Any, got: Any, tol: float) -> Words | None:
    if got is None and expected is not None:
        return _NONE
    expected, got = _simple(expected), _simple(got)
    if _kind(expected) != _kind(got):
        return _wrong_kind(_kind(expected), _kind(got))
    if isinstance(expected, dict):
        return _dict_difference(expected, got, tol)
    same = _close(expected, got, tol) if isinstance(expected, np.ndarray) else bool(expected == got)
    return None if same else _OTHER_VALUE


def _dict_difference(expected: dict, got: dict, tol: float) -> Words | None:
    if set(expected) != set(got):
        return Words("The keys of the dictionary differ.", "딕셔너리의 키가 다릅니다.")
    found = (_difference(value, got[key], tol) for key, value in expected.items())
    return next((words for words in found if words is not None), None)


def _simple(value: Any) -> Any:
    """Turn everything that holds numbers into a NumPy array; leave text, True/False, dict and the like alone."""
    if isinstance(value, str | bool | bytes | dict | set | type(None)):
        return value
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index):
        value = value.to_numpy()
    elif callable(getattr(value, "numpy", None)):  # tensors of TensorFlow and PyTorch
        value = value.numpy()
    array = np.asarray(value)
    if array.dtype.kind in "OT" and array.ndim and all(isinstance(part, str) for part in array.flat):
        array = array.astype(str)  # pandas keeps texts as objects
    if array.dtype == bool and array.ndim == 0:
        return bool(array)
    if array.dtype.kind == "U" and array.ndim == 0:
        return str(array)
    return array if array.dtype.kind in "biufcU" or array.ndim else value


def _close(expected: np.ndarray, got: np.ndarray, tol: float) -> bool:
    if expected.dtype.kind in "iufc" and got.dtype.kind in "iufc":
        relative = 1e-6 if tol == 1e-6 else 0.0
        return bool(np.allclose(got, expected, rtol=relative, atol=tol, equal_nan=True))
    return bool(np.all(expected == got))


def _kind(value: Any) -> Words:
    if isinstance(value, bool):
        return Words("True or False", "True 또는 False")
    if isinstance(value, str):
        return Words("a text", "문자열")
    if isinstance(value, dict):
        return Words("a dictionary", "딕셔너리")
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return Words("a single number", "숫자 하나")
        if value.dtype.kind == "U":
            return Words(f"texts in shape {value.shape}", f"shape {value.shape}의 문자열들")
        return Words(f"values in shape {value.shape}", f"shape {value.shape}의 값들")
    if callable(value):
        return Words("a function", "함수")
    name = f"`{type(value).__name__}`"
    return Words(f"an object of type {name}", f"{name} 타입의 객체")


def _wrong_kind(expected: Words, got: Words) -> Words:
    return Words(
        f"Expected is {expected.en}, but this is {got.en}.",
        f"기대한 것은 {expected.ko}인데 결과는 {got.ko}입니다.",
    )
