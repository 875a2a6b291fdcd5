"""Bring what `fit` is given into the form that Keras trains on: arrays in memory, split and weighted."""

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pandas as pd


def each(change: Callable, structure: Any) -> Any:
    """Change every array of a nested structure; None stays None."""
    return keras.tree.map_structure(lambda leaf: None if leaf is None else change(leaf), structure)


def as_arrays(structure: Any) -> Any:
    """Convert every leaf of a structure to an array as Keras does.

    Floats become `keras.config.floatx()`, a DataFrame its values, a Series of n values an array of shape (n, 1).

    Args:
        structure: an array, frame, series, tensor or None, or nested lists, tuples and dictionaries of them.
    """
    return each(_as_array, structure)


def split(structure: Any, share: float) -> tuple[Any, Any]:
    """Cut off the last rows of every array for validation, as `validation_split` does.

    Args:
        structure: arrays of n rows, nested or not; None stays None.
        share: the share of rows to cut off, between 0 and 1.

    Returns:
        The arrays of the first floor(n · (1 - share)) rows and those of the rest.
    """
    start = math.floor(rows(structure) * (1 - share))
    return each(lambda array: array[:start], structure), each(lambda array: array[start:], structure)


def rows(structure: Any) -> int:
    """Return how many rows the arrays have."""
    return next(array for array in keras.tree.flatten(structure) if array is not None).shape[0]


def weights_of_classes(y: np.ndarray, class_weight: dict[int, float]) -> np.ndarray:
    """Return one weight a row: that of its class, 1 for a class that is not listed.

    Args:
        y: class numbers of shape (n,) or (n, 1), or one-hot rows of shape (n, classes).
        class_weight: weight by class number.
    """
    classes = y.argmax(axis=-1) if y.ndim > 1 and y.shape[-1] != 1 else y.reshape(len(y))
    listed = [class_weight.get(int(number), 1.0) for number in np.round(classes)]
    return np.asarray(listed, dtype=keras.config.floatx())


def per_output(weight: Any, y: Any) -> Any:
    """Repeat one array of sample weights for every output, where a model has several."""
    if weight is None or not keras.tree.is_nested(y) or keras.tree.is_nested(weight):
        return weight
    return keras.tree.map_structure(lambda _: weight, y)


def _as_array(leaf: Any) -> np.ndarray:
    array = np.asarray(leaf)[:, None] if isinstance(leaf, pd.Series) else np.asarray(leaf)
    return array.astype(keras.config.floatx()) if array.dtype.kind == "f" else array
