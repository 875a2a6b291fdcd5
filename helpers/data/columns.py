"""What a column of a table gives away about itself: an id, or the target under another name."""

import re

import numpy as np
import pandas as pd

_ID_NAME = re.compile(
    r"(^|[\s_\-.])(id|ids|idx|index|uid|uuid|key|serial|no|num|number|unnamed: \d+)\.?$|[a-z](Id|ID|No)$"
    r"|번호$|순번$|학번$|사번$|일련번호|식별자|아이디$"
)
_MANY = 0.5  # a column called id that repeats more often than this names groups, such as a region


def same_partition(codes: np.ndarray, y: np.ndarray) -> bool:
    """Tell whether a column and the labels say the same, value for value, whatever the values are called.

    Args:
        codes: int, (rows,): the distinct values of the column, numbered.
        y: int64 labels, (rows,).
    """
    pairs = len(np.unique(codes * (y.max() + 1) + y))  # one number for each pair that occurs
    return pairs == len(np.unique(codes)) == len(np.unique(y))


def names_rows(name: str, numeric: np.ndarray | None, text: pd.Series) -> bool:
    """Tell whether a column only names the rows, as an id does.

    So does text or a whole number that differs in every row, and a column called id, no, 번호, ... that mostly does.

    Args:
        name: the name of the column.
        numeric: float64 with NaN, or None if the column is text.
        text: the values as they stand in the file, "" where missing.
    """
    values = text.to_numpy(str) if numeric is None else numeric
    if numeric is not None and (np.isnan(numeric).any() or (numeric % 1).any()):
        return False
    distinct = len(np.unique(values))
    called_id = _ID_NAME.search(name) or _ID_NAME.search(name.casefold())
    return distinct == len(values) or (bool(called_id) and distinct > _MANY * len(values))


def gives_label_away(values: np.ndarray | pd.Series, y: np.ndarray) -> bool:
    """Tell whether the labels, in the order of an id, stand in blocks: then the id predicts the class.

    Counts the runs of equal labels and compares them with what a shuffled order gives on average,
    1 + n - sum(n_k^2) / n (Wald and Wolfowitz, 1940); a quarter of that is far beyond chance.

    Args:
        values: the id, text or numbers, (rows,).
        y: int64 labels, (rows,).
    """
    ordered = y[np.argsort(np.asarray(values), kind="stable")]
    runs = 1 + np.count_nonzero(ordered[1:] != ordered[:-1])
    by_chance = 1 + len(y) - np.sum(np.bincount(y).astype(float) ** 2) / len(y)
    return runs <= max(len(np.unique(y)), by_chance / 4)
