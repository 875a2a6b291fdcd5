"""What the labs that train take from a student's data: flat rows with a class number each."""

from typing import Any

import numpy as np

from helpers.errors import CourseError
from helpers.experiments import given
from helpers.i18n import say

VALIDATION_ROWS = 500  # enough to judge by, few enough for a lab that answers at once


def class_rows(dataset: Any, least: int, most: int | None = None) -> tuple[np.ndarray, ...]:
    """Return x, y, x_val, y_val: features flattened to float32, class numbers as int32, 500 validation rows at most.

    Args:
        dataset: in any form that `experiments.compare` takes.
        least: training rows that the lab needs.
        most: training rows that it takes, from the first on; all without it.

    Raises:
        CourseError: no data set, labels that are not class numbers, or too few training rows.
    """
    x, y, x_val, y_val, *_ = given.as_parts(dataset)
    labels = np.concatenate([np.ravel(y), np.ravel(y_val)])
    if len(labels) != len(y) + len(y_val) or (labels != np.round(labels)).any() or labels.min() < 0:
        raise CourseError(
            say(
                en="This lab needs one class number (0, 1, 2, …) for each row as y.",
                ko="이 실습의 y에는 행마다 클래스 번호(0, 1, 2, …)가 하나씩 있어야 합니다.",
            )
        )
    if len(x) < least:
        raise CourseError(
            say(
                en=f"This lab needs at least {least} training rows, here are {len(x)}.",
                ko=f"이 실습에는 훈련 데이터가 {least}행 이상 필요합니다. 지금은 {len(x)}행입니다.",
            )
        )
    parts = ((x[:most], y[:most]), (x_val[:VALIDATION_ROWS], y_val[:VALIDATION_ROWS]))
    return tuple(
        array
        for features, numbers in parts
        for array in (np.reshape(features, (len(features), -1)).astype("float32"), np.ravel(numbers).astype("int32"))
    )
