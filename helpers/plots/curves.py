"""Figures of training histories."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.curves import as_columns, describe, is_better_high, read_curves, sentence
from helpers.i18n import say
from helpers.plots.base import BLUE, GREY, ORANGE, TRAIN, VALIDATION, Captioned, caption, new_figure


def learning_curves(history: Any, metric: str = "loss", title: str | None = None) -> Captioned:
    """Draw training and validation curves with the best epoch marked.

    Args:
        history: what `model.fit` returned, its dictionary, or a DataFrame; with validation columns.
        metric: "loss", "accuracy", …
        title: a title of your own.

    Raises:
        CourseError: the history lacks a column.
    """
    reading = read_curves(history, metric)
    figure = new_figure()
    axes = figure.add_subplot()
    draw_curves(axes, history, metric)
    axes.axvline(reading.best_epoch, color=GREY, linewidth=1, linestyle=":")
    axes.plot(reading.best_epoch, reading.best, marker="*", markersize=14, color=ORANGE, linestyle="none")
    axes.annotate(
        f"best: epoch {reading.best_epoch}",
        (reading.best_epoch, reading.best),
        textcoords="offset points",
        xytext=(8, -14 if is_better_high(metric) else 12),
    )
    axes.set_title(title or f"Learning curves: {metric}")
    axes.legend()
    return Captioned(figure, sentence(reading))


def caption_curve(history: Any, metric: str = "loss") -> None:
    """Show in words what a figure you drew yourself says: call it right after `plt.show()`.

    Args:
        history: what was drawn; without validation columns the sentence tells of the training curve alone.
        metric: "loss", "accuracy", …
    """
    caption(describe(history, metric))


def draw_curves(axes: Axes, history: Any, metric: str) -> None:
    """Put both curves of a history on axes; epochs are counted from 1."""
    columns = as_columns(history)
    epochs = np.arange(1, len(columns[metric]) + 1)
    axes.plot(epochs, columns[metric], label="training", **TRAIN)
    axes.plot(epochs, columns[f"val_{metric}"], label="validation", **VALIDATION)
    epoch_axis(axes, metric)


def curves_over_seeds(histories: Sequence[Any], metric: str = "loss", title: str | None = None) -> Captioned:
    """Draw the validation curves of the same training under several seeds, each best epoch marked.

    Args:
        histories: one history a seed, all of the same length.
        metric: "loss", "accuracy", …
        title: a title of your own.
    """
    readings = [read_curves(history, metric) for history in histories]
    figure = new_figure()
    axes = figure.add_subplot()
    curves = np.array([as_columns(history)[f"val_{metric}"] for history in histories])
    epochs = np.arange(1, curves.shape[1] + 1)
    axes.plot(epochs, curves.T, color=ORANGE, alpha=0.45, linewidth=1.2)
    axes.plot(epochs, curves.mean(axis=0), color=BLUE, linewidth=2.4, label="mean over seeds")
    axes.plot(
        [reading.best_epoch for reading in readings],
        [reading.best for reading in readings],
        marker="*",
        markersize=13,
        linestyle="none",
        color=ORANGE,
        markeredgecolor="black",
        label="best epoch of each seed",
    )
    epoch_axis(axes, f"validation {metric}")
    axes.set_title(title or f"One curve a seed: validation {metric}")
    axes.legend()
    best = sorted(reading.best_epoch for reading in readings)
    listed = ", ".join(map(str, best))
    text = say(
        en=f"With {len(best)} seeds and nothing else changed, the best epoch is {listed}: "
        f"it ranges from {best[0]} to {best[-1]}.",
        ko=f"시드 {len(best)}개로, 다른 것은 그대로 두고 훈련했을 때 가장 좋은 에포크: {listed}. "
        f"{best[0]}부터 {best[-1]}까지 흩어져 있습니다.",
    )
    return Captioned(figure, text)


def epoch_axis(axes: Axes, ylabel: str) -> None:
    """Label the axes; epochs are whole numbers, so are the marks of their axis."""
    axes.set(xlabel="epoch", ylabel=ylabel)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
