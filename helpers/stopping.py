"""What Keras's EarlyStopping does to a recorded curve, without Keras: the replay behind the lab of lesson 09. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from helpers.errors import CourseError
from helpers.i18n import say


@dataclass(frozen=True)
class Stop:
    """How training ended. Keras counts epochs from 0, so do the attributes that bear its names.

    Attributes:
        epochs: how many epochs were trained.
        stopped_epoch: the epoch after which the callback stopped training; 0 if it did not stop it.
        best_epoch: the last epoch that counted as an improvement; 0 if none was watched.
        best: the value there; None if no epoch was watched.
        restored: whether the weights of `best_epoch` were put back when training ended.
    """

    epochs: int
    stopped_epoch: int
    best_epoch: int
    best: float | None
    restored: bool

    @property
    def early(self) -> bool:
        """Whether the callback stopped the training."""
        return self.stopped_epoch > 0

    @property
    def kept_epoch(self) -> int:
        """The epoch, counted from 0, whose weights the model has afterwards."""
        return self.best_epoch if self.restored else self.epochs - 1


def simulate(
    values: Sequence[float | None],
    *,
    patience: int = 0,
    min_delta: float = 0.0,
    mode: Literal["min", "max"] = "min",
    baseline: float | None = None,
    start_from_epoch: int = 0,
    restore_best_weights: bool = False,
) -> Stop:
    """Replay `keras.callbacks.EarlyStopping` on the values that it would have watched.

    The rule is that of Keras 3 (3.13 and 3.15 alike, for a callback that is used for the first time): an epoch improves
    if its value beats the best one so far by more than `min_delta`; only an improvement that beats `baseline` too
    starts the waiting anew; an epoch that does not improve ends the training when `patience` epochs have been waited.
    Values are compared as 32-bit numbers, as Keras compares them.

    Args:
        values: one for each epoch of a run that was not stopped, at least one; None where it was not measured.
        patience, min_delta, baseline, start_from_epoch, restore_best_weights: as in `keras.callbacks.EarlyStopping`.
        mode: whether smaller ("min") or larger ("max") is better. Keras's "auto" needs the name of the metric.

    Raises:
        CourseError: there are no values, or the mode is neither.
    """
    _refuse(len(values), mode)
    sign = 1 if mode == "min" else -1  # smaller is better from here on
    measured = sign * np.array([np.nan if value is None else value for value in values], dtype=float)
    bars, reached = measured.astype(np.float32), (measured + abs(min_delta)).astype(np.float32)
    level = None if baseline is None else np.float32(sign * baseline)
    best, wait = None, 0
    for epoch, value in enumerate(values):
        if value is None or epoch < start_from_epoch:
            continue
        wait += 1
        if best is None or reached[epoch] < bars[best]:
            best = epoch
            if level is None or reached[epoch] < level:
                wait = 0
        elif wait >= patience:
            return _stop(values, epoch + 1, epoch, best, restore_best_weights)
    return _stop(values, len(values), 0, best, restore_best_weights)


def _stop(values: Sequence[float | None], epochs: int, stopped: int, best: int | None, restore: bool) -> Stop:
    if best is None:
        return Stop(epochs, stopped, 0, None, False)
    return Stop(epochs, stopped, best, float(values[best]), bool(restore))


def _refuse(count: int, mode: str) -> None:
    if not count:
        raise CourseError(say(en="There is no epoch to replay.", ko="다시 돌려 볼 에포크가 없습니다."))
    if mode not in ("min", "max"):
        raise CourseError(
            say(
                en=f'mode={mode!r}: choose "min" (smaller is better) or "max".',
                ko=f'mode={mode!r}: "min"(작을수록 좋음)이나 "max" 가운데 고르세요.',
            )
        )
