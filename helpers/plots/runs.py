"""Figures of comparisons over seeds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from helpers.curves import is_better_high
from helpers.errors import CourseError
from helpers.experiments.runs import quartiles
from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure, picture, png
from helpers.plots.curves import epoch_axis

if TYPE_CHECKING:
    from helpers.experiments.claims import Claim
    from helpers.experiments.runs import Runs

LOOKS = tuple(zip((BLUE, ORANGE, GREEN, PURPLE, GREY), ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1))), strict=True))


def bands(
    runs: "Runs",
    metric: str = "val_loss",
    *,
    variants: Sequence[str] | None = None,
    title: str | None = None,
    first: int = 1,
    log: bool = False,
) -> Captioned:
    """Draw each variant's median over the seeds as a line, with a band from the lower to the upper quartile.

    Where some of a variant's runs have stopped, the line goes on over those that train still.

    Args:
        runs: what `compare` returned.
        metric: a column of the histories.
        variants: those to draw; all by default.
        title: a title of your own.
        first: the epoch to begin with, to leave out a steep start.
        log: a logarithmic axis of epochs, for long runs.

    Raises:
        CourseError: no such variant or column, or a first epoch that some variant does not reach.
    """
    names = [variants] if isinstance(variants, str) else list(variants or runs.variants)
    _require_drawable(runs, metric, names, first)
    figure = new_figure()
    axes = figure.add_subplot()
    ends = {}
    for place, name in enumerate(names):
        curves = runs.history[metric][runs.place(name)]
        curves = curves[:, : runs.epochs[runs.place(name)].max()][:, first - 1 :]
        low, middle, high = quartiles(curves, axis=0)
        colour, line = LOOKS[place % len(LOOKS)]
        epochs = np.arange(first, first + len(middle))
        axes.plot(epochs, middle, color=colour, linestyle=line, label=name)
        axes.fill_between(epochs, low, high, color=colour, alpha=0.2, linewidth=0)
        ends[name] = middle
    epoch_axis(axes, metric)
    if log:
        axes.set_xscale("log")
    axes.set_title(title or f"{metric}: median and quartiles over {len(runs.seeds)} seeds")
    axes.legend()
    return Captioned(figure, _say_bands(ends, metric, first, len(runs.seeds)))


def _say_bands(medians: dict[str, np.ndarray], metric: str, first: int, seeds: int) -> str:
    high = is_better_high(metric)
    parts = []
    for name, curve in medians.items():
        if np.isnan(curve).all():
            parts.append(say(en=f"{name} has no number there", ko=f"{name}: 값이 없음"))
            continue
        best = int(np.nanargmax(curve) if high else np.nanargmin(curve))
        parts.append(
            say(
                en=f"{name} is best at epoch {best + first} ({curve[best]:.3f}) and ends at {curve[-1]:.3f}",
                ko=f"{name}: {best + first}번째 에포크에서 가장 좋고({curve[best]:.3f}) 마지막은 {curve[-1]:.3f}",
            )
        )
    head = say(en=f"Medians of {metric} over {seeds} seeds: ", ko=f"시드 {seeds}개의 {metric} 중앙값. ")
    return head + "; ".join(parts) + "."


def _require_drawable(runs: "Runs", metric: str, names: Sequence[str], first: int) -> None:
    if metric not in runs.history:
        raise CourseError(
            say(
                en=f"There is no column {metric!r}: choose one of {', '.join(runs.history)}.",
                ko=f"{metric!r}라는 열은 없습니다. 있는 열: {', '.join(runs.history)}.",
            )
        )
    last = min(int(runs.epochs[runs.place(name)].max()) for name in names)
    if not 1 <= first <= last:
        raise CourseError(
            say(
                en=f"first={first}: choose an epoch from 1 to {last}, which every variant reaches.",
                ko=f"first={first}: 모든 변형이 이르는 1~{last} 가운데 고르세요.",
            )
        )


def show_evidence(claim: "Claim") -> None:
    """Show a claim's picture with its numbers, and below it what it shows in words that are the same everywhere."""
    text = say(
        en=f"Borne out: {claim.text}. A dot is one seed, the bar their median.",
        ko=f"확인됨: {claim.text}. 점 하나가 시드 하나이고, 막대는 중앙값입니다.",
    )
    picture(png(evidence(claim)), text)


def evidence(claim: "Claim"):
    """Draw one dot a seed: the two variants one above the other, the two dots of a seed joined, or one and its bound.

    A row's dots stand a little above one another in the order of the seeds, so that equal values can be told apart.
    The numbers stand in the picture: in a cell's text they would differ from machine to machine.
    """
    figure = new_figure(7.2, 1.5 + 0.65 * len(claim.names))
    axes = figure.add_subplot()
    heights = np.arange(len(claim.names))[::-1]
    places = heights[:, None] + np.linspace(-0.22, 0.22, claim.values.shape[1])
    if len(claim.names) == 2:
        axes.plot(claim.values, places, color=GREY, linewidth=0.8, alpha=0.5)
    for height, place, row, (colour, _), marker in zip(heights, places, claim.values, LOOKS, "os", strict=False):
        axes.plot(row, place, marker, color=colour, alpha=0.75, linestyle="none")
        axes.plot(quartiles(row)[1], height, "|", color="black", markersize=30, markeredgewidth=2)
    if claim.bound is not None and claim.statistic != "spread":  # a spread is no place on this axis
        axes.axvline(claim.bound, color=GREY, linestyle="--", linewidth=1.2)
    _name_rows(axes, [_row_label(name, row) for name, row in zip(claim.names, claim.values, strict=True)], heights)
    if claim.agreeing is not None:
        axes.set_title(f"true for {claim.agreeing} of {claim.values.shape[1]} seeds", fontsize=11)
    axes.set_xlabel(f"{claim.label}\na dot for each seed, median and quartiles")
    return figure


def _row_label(name: str, row: np.ndarray) -> str:
    low, middle, high = quartiles(row)
    return f"{name}\n{middle:.4g} ({low:.4g} to {high:.4g})"


def _name_rows(axes: Axes, names: Sequence[str], heights: np.ndarray) -> None:
    axes.set_yticks(heights, names)
    axes.set_ylim(heights.min() - 0.6, heights.max() + 0.6)
    axes.grid(axis="y", visible=False)
