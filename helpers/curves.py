"""Read learning curves: the best epoch, the gap and what they say, computed from a history. Pure, no drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.errors import CourseError
from helpers.i18n import say

TOLERANCE = 0.05  # a final value within 5 % of the best counts as level
TAIL = 0.05  # a best epoch within the last 5 % of the run counts as still improving


@dataclass(frozen=True)
class CurveReading:
    """What a pair of curves says.

    Attributes:
        metric: the name without "val_", for example "loss".
        epochs: how many epochs were recorded.
        best_epoch: the epoch, counted from 1, at which the validation curve is best (the first one on a tie).
        best, last: validation value there and at the end.
        train_first, train_best, train_last: training value at the start, at the best epoch and at the end.
        verdict: "overfits", "still improving", "level" or "unstable"; the rule is in `read_curves`.
    """

    metric: str
    epochs: int
    best_epoch: int
    best: float
    last: float
    train_first: float
    train_best: float
    train_last: float
    verdict: str

    @property
    def gap(self) -> float:
        """How far validation stands from training at the last epoch."""
        return abs(self.last - self.train_last)


def as_columns(history: Any) -> dict[str, np.ndarray]:
    """Return a history's columns as float arrays of shape (epochs,).

    Args:
        history: a `keras.callbacks.History`, its `.history` dictionary, or a DataFrame made from it.

    Raises:
        CourseError: it is none of these, or it is empty.
    """
    table = getattr(history, "history", history)
    is_table = isinstance(table, Mapping) or hasattr(table, "columns")
    if not is_table or any(np.ndim(table[name]) != 1 for name in table):
        raise CourseError(
            say(
                en=f"A history is what model.fit returns, this is of the type {type(history).__name__}: "
                "write history = model.fit(…).",
                ko=f"history는 model.fit이 돌려주는 값입니다({type(history).__name__}은 안 됩니다). "
                "history = model.fit(…)처럼 쓰세요.",
            )
        )
    columns = {str(name): np.asarray(table[name], dtype=float) for name in table}
    if not columns or not len(next(iter(columns.values()))):
        raise CourseError(
            say(
                en="This history has no epochs: call model.fit with epochs=1 or more first.",
                ko="이 history에는 에포크가 없습니다. 먼저 model.fit을 epochs=1 이상으로 실행하세요.",
            )
        )
    return columns


def is_better_high(metric: str) -> bool:
    """Tell whether more is better: losses and errors should fall, accuracies and the like should rise."""
    falling = ("loss", "error", "mse", "mae", "mape", "msle", "crossentropy", "hinge", "divergence")
    return not any(word in metric for word in falling)


def read_curves(history: Any, metric: str = "loss") -> CurveReading:
    """Find the best epoch and judge the end of the run.

    The verdict: "still improving" when the best epoch lies in the last 5 % of the run, else "overfits" when the
    validation value has moved more than 5 % of the best value away from it by the end, else "level". It is
    "unstable" instead when the run ends without a number, or when the training value got worse as much meanwhile.

    Args:
        history: see `as_columns`; it must hold `metric` and `val_<metric>`.
        metric: "loss", "accuracy", …

    Raises:
        CourseError: a column is missing, the two differ in length, or validation has not a single number; the
            sentence says what to do.
    """
    columns = as_columns(history)
    train, validation = _column(columns, metric), _column(columns, f"val_{metric}")
    _refuse_unusable(metric, train, validation)
    sign = -1 if is_better_high(metric) else 1
    best_index = int(np.nanargmin(sign * validation))
    best, last, epochs = float(validation[best_index]), float(validation[-1]), len(validation)
    lost, train_lost = sign * (last - best), sign * float(train[-1] - train[best_index])
    much = TOLERANCE * abs(best)
    if np.isnan(last):
        verdict = "unstable"
    elif best_index + 1 > epochs * (1 - TAIL):
        verdict = "still improving"
    elif lost > much:
        verdict = "overfits" if train_lost <= much else "unstable"
    else:
        verdict = "level"
    return CurveReading(
        metric,
        epochs,
        best_index + 1,
        best,
        last,
        float(train[0]),
        float(train[best_index]),
        float(train[-1]),
        verdict,
    )


def sentence(reading: CurveReading) -> str:
    """Say in words what the curves show."""
    r = reading
    if is_better_high(r.metric):
        peak, peak_ko = "highest", "가장 높습니다"
    else:
        peak, peak_ko = "lowest", "가장 낮습니다"
    endings = {
        "overfits": say(
            en="while the training curve goes on improving: overfitting.",
            ko="그동안에도 훈련 곡선은 계속 좋아졌습니다. 과적합입니다.",
        ),
        "unstable": say(
            en="so the run is unstable rather than overfitted: try a smaller learning rate, look for missing values.",
            ko="과적합이라기보다 훈련이 불안정합니다. 학습률을 줄여 보고, 데이터에 결측값이 있는지도 확인하세요.",
        ),
        "still improving": say(
            en="so the best epoch may lie beyond this run.", ko="더 오래 훈련하면 더 좋아질 수도 있습니다."
        ),
        "level": say(en="so little was lost by going on.", ko="더 훈련했지만 잃은 것은 거의 없습니다."),
    }
    return (
        say(
            en=f"Training {r.metric} goes from {r.train_first:.3f} to {r.train_last:.3f} in {r.epochs} epochs. "
            f"Validation {r.metric} is {peak} at epoch {r.best_epoch} ({r.best:.3f}) and ends at {r.last:.3f}, ",
            ko=f"{r.epochs}에포크 동안 훈련 {r.metric}: {r.train_first:.3f} → {r.train_last:.3f}. "
            f"검증 {r.metric} 값은 {r.best_epoch}번째 에포크에서 {peak_ko}({r.best:.3f}). "
            f"마지막 값은 {r.last:.3f}이고, ",
        )
        + endings[r.verdict]
    )


def describe(history: Any, metric: str = "loss") -> str:
    """Say in words what the curves of a history show, with or without a validation curve.

    Args:
        history: see `as_columns`.
        metric: "loss", "accuracy", …

    Raises:
        CourseError: the history lacks the metric.
    """
    columns = as_columns(history)
    if f"val_{metric}" in columns:
        return sentence(read_curves(columns, metric))
    values = _column(columns, metric)
    return say(
        en=f"Training {metric} goes from {values[0]:.3f} to {values[-1]:.3f} in {len(values)} epochs. "
        "It says nothing about rows that were not trained on.",
        ko=f"{len(values)}에포크 동안 훈련 {metric}: {values[0]:.3f} → {values[-1]:.3f}. "
        "훈련에 쓰지 않은 데이터에 대해서는 아무것도 알려 주지 않습니다.",
    )


def _refuse_unusable(metric: str, train: np.ndarray, validation: np.ndarray) -> None:
    """Stop where there is no validation value for each epoch, or no number among them."""
    if len(train) != len(validation):
        raise CourseError(
            say(
                en=f"This history has {len(train)} values of {metric} and {len(validation)} of val_{metric}: "
                "train again without validation_freq.",
                ko=f"이 history에는 {metric} 값이 {len(train)}개, val_{metric} 값이 {len(validation)}개 있습니다. "
                "validation_freq 없이 다시 훈련하세요.",
            )
        )
    if np.isnan(validation).all():
        raise CourseError(
            say(
                en=f"val_{metric} is NaN in every epoch: look for missing values in the data or try a smaller "
                "learning rate.",
                ko=f"val_{metric}이(가) 모든 에포크에서 NaN입니다. 데이터에 결측값이 있는지 확인하거나 학습률을 줄여 "
                "보세요.",
            )
        )


def _column(columns: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    if name in columns:
        return columns[name]
    listed = ", ".join(columns)
    if name.startswith("val_") and not any(column.startswith("val_") for column in columns):
        raise CourseError(
            say(
                en=f"This history has no {name} ({listed}): give fit validation_data=(x_val, y_val).",
                ko=f"이 history에는 {name}이(가) 없습니다({listed}). fit에 validation_data=(x_val, y_val)를 넣으세요.",
            )
        )
    raise CourseError(
        say(
            en=f"This history has no {name!r}: it has {listed}.",
            ko=f"이 history에는 {name!r}이(가) 없습니다. 있는 값은 {listed}입니다.",
        )
    )
