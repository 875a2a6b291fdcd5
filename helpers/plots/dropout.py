"""Figures of lesson 15: a network before and after dropout, for one sample and one step."""

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.plots.base import BLUE, GREY, ORANGE, Captioned, new_figure


def thinned(kept: Sequence[Sequence[bool]]) -> Captioned:
    """Draw a network as it is, and beside it what dropout leaves of it for one sample.

    Args:
        kept: for each column of units, from the input to the output, whether each unit is kept.

    Raises:
        CourseError: fewer than two columns, or an empty one.
    """
    columns = [np.asarray(column, dtype=bool) for column in kept]
    if len(columns) < 2 or any(column.ndim != 1 or not len(column) for column in columns):
        raise CourseError(
            say(
                en="kept needs at least two columns of units, each a list of True and False.",
                ko="kept에는 유닛의 열이 둘 이상 있어야 하고, 열마다 True와 False의 리스트여야 합니다.",
            )
        )
    figure = new_figure(9.0, 3.4)
    left, right = figure.subplots(1, 2)
    draw_thinned(left, [np.ones_like(column) for column in columns])
    draw_thinned(right, columns)
    left.set_title("(a) standard network")
    right.set_title("(b) after dropout: one sample, one step")
    units, dropped = sum(map(len, columns)), sum(int(np.sum(~column)) for column in columns)
    pairs = list(itertools.pairwise(columns))
    lines, left_over = sum(len(a) * len(b) for a, b in pairs), sum(int(a.sum() * b.sum()) for a, b in pairs)
    return Captioned(
        figure,
        say(
            en=f"{dropped} of {units} units put out 0 for this sample (crosses), so {left_over} of {lines} connections "
            "carry anything. The units and their weights are still there.",
            ko=f"유닛 {units}개 가운데 {dropped}개가 이 샘플에서 0을 출력하고(가위표), 연결 {lines}개 가운데 "
            f"{left_over}개만 값을 나릅니다. 유닛과 가중치가 없어진 것은 아닙니다.",
        ),
    )


def draw_thinned(axes: Axes, kept: Sequence[np.ndarray], names: Sequence[str] = ()) -> None:
    """Draw columns of units, those that are dropped as crosses without connections.

    Args:
        axes: where.
        kept: for each column a bool array, one value a unit.
        names: what stands below each column.
    """
    tall = max(map(len, kept))
    heights = [np.linspace(1, -1, len(column)) * (len(column) - 1) / max(1, tall - 1) for column in kept]
    heights = [np.zeros(1) if len(column) == 1 else places for column, places in zip(kept, heights, strict=True)]
    for place in range(1, len(kept)):
        ends = [(a, b) for a in heights[place - 1][kept[place - 1]] for b in heights[place][kept[place]]]
        if ends:
            axes.plot([place - 1, place], np.array(ends).T, color=GREY, linewidth=0.6, alpha=0.45)
    for place, (column, places) in enumerate(zip(kept, heights, strict=True)):
        gone = places[~column]
        axes.plot(np.full(column.sum(), place), places[column], "o", markersize=9, color=BLUE, zorder=3)
        axes.plot(np.full(len(gone), place), gone, "x", markersize=8, markeredgewidth=2, color=ORANGE, zorder=3)
    for place, name in enumerate(names):
        axes.text(place, -1.2, name, ha="center", va="top", fontsize=9)
    axes.set(xlim=(-0.4, len(kept) - 0.6), ylim=(-1.75 if names else -1.2, 1.2))
    axes.axis("off")
