"""Learning curves that grow while `fit` runs: in JupyterLab, VS Code and Colab; in a script nothing is shown."""

import base64
import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from matplotlib.figure import Figure

from helpers.curves import describe, is_better_high
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.plots.base import GREY, ORANGE, TRAIN, VALIDATION, caption, new_figure, png
from helpers.plots.curves import epoch_axis

SHARE = 4  # after a drawing that took t seconds, training gets at least SHARE * t seconds to itself


class LivePlot(keras.callbacks.Callback):
    """Draw the learning curves while a model trains.

    The picture is drawn when an epoch ends, but not more often than every `every` seconds and never for more than a
    fifth of the time; a last time, with the best epoch marked, when training ends. The caption follows then. Works
    with `model.fit` and with `helpers.training.fit`. One object serves several fits; each begins a new picture.

    Args:
        metric: what is drawn: "loss", "accuracy", …; its validation curve too, where there is one.
        every: seconds between two pictures at least.
        clock: tells the time in seconds.

    Attributes:
        figure: the last figure drawn, outside of pyplot; None before.

    Raises:
        CourseError: `every` is below 0, or, at the end of the first epoch, there is no such metric.
    """

    def __init__(self, metric: str = "loss", every: float = 0.5, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        if not every >= 0:
            raise CourseError(
                say(
                    en=f"every={every!r}: give the seconds between two pictures, 0 or more.",
                    ko=f"every={every!r}: 그림을 새로 그리는 간격을 0 이상의 초로 지정하세요.",
                )
            )
        self.metric, self.every, self.clock = metric, every, clock
        self.figure: Figure | None = None
        self._start_again()

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Begin a new picture."""
        self._start_again()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Note the epoch's values, and draw if it is time."""
        logs = logs or {}
        if self.metric not in logs:
            raise CourseError(
                say(
                    en=f"There is no {self.metric!r} to draw: choose one of {', '.join(logs)}.",
                    ko=f"그릴 {self.metric!r} 값이 없습니다. 있는 값: {', '.join(logs)}.",
                )
            )
        for name, (epochs, values) in self._curves.items():
            if name in logs:
                epochs.append(epoch + 1)
                values.append(float(logs[name]))
        if self.clock() >= self._not_before:
            self._show()

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Draw the whole run and say what it shows."""
        if not self._curves[self.metric][0]:
            return
        self._show(finished=True)
        if self._handle is not None:
            caption(self._finding())

    def _start_again(self) -> None:
        """Forget the run before: the curves, the picture on the page, and when it was drawn."""
        self._curves: dict[str, tuple[list[int], list[float]]] = {
            self.metric: ([], []),
            f"val_{self.metric}": ([], []),
        }
        self._handle: Any = None
        self._not_before = -np.inf

    def _show(self, finished: bool = False) -> None:
        """Put a new picture in the place of the one before."""
        if not _has_page():
            if finished:
                self.figure = self._draw(finished)
            return
        from IPython.display import display

        began = self.clock()
        self.figure = self._draw(finished)
        picture = {"image/png": base64.b64encode(png(self.figure, quick=not finished)).decode(), "text/plain": "Figure"}
        if self._handle is None:
            self._handle = display(picture, raw=True, display_id=True)
        else:
            self._handle.update(picture, raw=True)
        ended = self.clock()
        self._not_before = ended + max(self.every, SHARE * (ended - began))

    def _draw(self, finished: bool) -> Figure:
        figure = new_figure()
        axes = figure.add_subplot()
        (epochs, values), (val_epochs, val_values) = self._curves.values()
        dots = {"marker": "."} if len(epochs) == 1 else {}
        axes.plot(epochs, values, label="training", **TRAIN, **dots)
        if val_epochs:
            axes.plot(val_epochs, val_values, label="validation", **VALIDATION, **dots)
            if finished and not np.isnan(val_values).all():
                pick = np.nanargmax if is_better_high(self.metric) else np.nanargmin
                best = int(pick(val_values))
                axes.axvline(val_epochs[best], color=GREY, linewidth=1, linestyle=":")
                label = f"best: epoch {val_epochs[best]}"
                axes.plot(
                    val_epochs[best], val_values[best], "*", markersize=14, color=ORANGE, linestyle="none", label=label
                )
        epoch_axis(axes, self.metric)
        planned = (self.params or {}).get("epochs", epochs[-1])
        axes.set_xlim(min(epochs[0], 1) if len(epochs) > 1 else 0.5, max(epochs[-1] if finished else planned, 2))
        axes.set_title(f"{self.metric} after {epochs[-1]} of {planned} epochs")
        axes.legend()
        return figure

    def _finding(self) -> str:
        """Say in words what the finished curves show, or why they cannot be read."""
        columns = {name: values for name, (_, values) in self._curves.items() if values}
        try:
            return describe(columns, self.metric)
        except CourseError as error:
            return str(error)


def _has_page() -> bool:
    """Tell whether there is a notebook to draw in; a script and a terminal have none."""
    try:
        from IPython import get_ipython
    except ModuleNotFoundError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None
