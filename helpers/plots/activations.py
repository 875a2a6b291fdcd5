"""Histograms of the activations of every layer of a stack, side by side."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from helpers.i18n import say
from helpers.initialization import row_std, saturated, verdict
from helpers.plots.base import BLUE, GREY, ORANGE, Captioned, new_figure

SPAN = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, 3.0), "linear": (-3.0, 3.0)}
BINS = 31  # odd: the middle of the span is in the middle of a bin
TALLEST = 0.25  # share of the activations at which a bar is cut off
WORDY = 6  # layers up to which there is room for words above each
ROOM = 1.25  # from the beginning of a layer's histogram to that of the next one


def activation_histograms(stacks: Mapping[str, Any], activation: str, title: str = "") -> Captioned:
    """Draw a row of histograms, one for each layer, for each way to begin.

    Args:
        stacks: an array of shape (layers, rows, units) as `helpers.initialization.activations` returns it, by name.
        activation: the activation function that was used.
        title: the figure's title.
    """
    figure = new_figure(9.0, 0.55 + 1.55 * len(stacks))
    axes = figure.subplots(len(stacks), 1, squeeze=False)[:, 0]
    for panel, (name, layers) in zip(axes, stacks.items(), strict=True):
        draw_layers(panel, layers, activation)
        panel.set_ylabel(name, fontsize=11, fontweight="bold")
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    axes[-1].set_xlabel(f"activation after {activation}; height: share of the activations, cut off at {TALLEST:.0%}")
    return Captioned(figure, " ".join(_say(name, layers, activation) for name, layers in stacks.items()))


def draw_layers(axes: Axes, layers: Any, activation: str, before: tuple[Any, str] | None = None) -> None:
    """Draw the histograms of the layers into one pair of axes, from left to right.

    Values beyond the drawn span are counted in its last bins; a bar that is cut off has its share written above it.

    Args:
        axes: where to draw.
        layers: an array of shape (layers, rows, units).
        activation: its span is drawn.
        before: other layers and their activation, drawn as grey outlines.
    """
    low, high = SPAN[activation]
    if before is not None:
        others = np.array([shares_of(layer, before[1]) for layer in before[0][: len(layers)]])
        axes.stairs(*_side_by_side(others), baseline=None, color=GREY, linewidth=1.2, zorder=3)
    shares = np.array([shares_of(layer, activation) for layer in layers])
    axes.stairs(*_side_by_side(shares), fill=True, color=BLUE, alpha=0.75)
    starts = ROOM * np.arange(len(layers))
    axes.hlines(np.zeros(len(layers)), starts, starts + 1, color="black", linewidth=0.8)
    for number, (start, layer) in enumerate(zip(starts, layers, strict=True)):
        for run in _runs(shares[number] > TALLEST):
            left, right = run[0] / BINS, (run[-1] + 1) / BINS
            at, side = (0, "left") if left < 0.25 else (1, "right") if right > 0.75 else ((left + right) / 2, "center")
            share = f"{shares[number][run].sum():.0%}"
            axes.text(start + at, TALLEST * 1.02, share, ha=side, va="bottom", fontsize=8, color=ORANGE)
        name = f"layer {number + 1}: std" if len(layers) <= WORDY else f"{number + 1}:" + " std" * (number == 0)
        axes.text(start + 0.5, TALLEST * 1.17, f"{name} {_short(layer.std())}", ha="center", fontsize=9)
    marks = {0: f"{low:g}", 0.5: f"{(low + high) / 2:g}", 1: f"≥{high:g}" if activation == "relu" else f"{high:g}"}
    if len(layers) > WORDY:
        del marks[0.5]
    axes.set_xticks((starts[:, None] + list(marks)).ravel(), [*marks.values()] * len(layers), fontsize=8)
    axes.set(xlim=(-0.1, len(layers) * ROOM - ROOM + 1.1), ylim=(0, TALLEST * 1.32), yticks=(0, 0.1, 0.2))
    axes.tick_params(axis="y", labelsize=8)
    axes.grid(visible=False)


def shares_of(layer: np.ndarray, activation: str) -> np.ndarray:
    """Return the share of a layer's activations in each of 31 bins over the span of the activation function."""
    low, high = SPAN[activation]
    counts, _ = np.histogram(np.clip(layer, low, high), bins=BINS, range=(low, high))
    return counts / layer.size


def say_layer(layer: np.ndarray, activation: str, *, by_row: bool = True) -> str:
    """Say what a layer's activations are like, with the number that decides.

    Args:
        layer: activations of shape (rows, units).
        activation: the activation function.
        by_row: whether to look at what comes from the rows too, which a histogram does not show.
    """
    seen = verdict(layer, activation)
    seen = "spread" if seen == "alike" and not by_row else seen
    ends = f"{saturated(layer, activation):.0%}"
    std = _short(layer.std())
    return {
        "ends": say(
            en=f"{ends} of the activations sit at the ends, where the curve is flat",
            ko=f"활성화값의 {ends}가 곡선이 평평한 양 끝에 몰려 있습니다",
        ),
        "crowded": say(
            en=f"they are crowded together (standard deviation {std})",
            ko=f"활성화값이 한곳에 몰려 있습니다(표준편차 {std})",
        ),
        "exploding": say(
            en=f"they explode (standard deviation {std})",
            ko=f"활성화값이 터무니없이 커졌습니다(표준편차 {std})",
        ),
        "alike": say(
            en=f"they look spread out (standard deviation {std}), but each unit puts out nearly the same for every "
            f"row: from row to row its standard deviation is {_short(row_std(layer))}",
            ko=f"활성화값이 퍼져 보이지만(표준편차 {std}) 유닛마다 어떤 데이터에나 거의 같은 값을 냅니다. "
            f"데이터에 따른 표준편차는 {_short(row_std(layer))}",
        ),
        "spread": say(
            en=f"they are spread out (standard deviation {std})",
            ko=f"활성화값이 고루 퍼져 있습니다(표준편차 {std})",
        ),
    }[seen]


def _say(name: str, layers: Any, activation: str) -> str:
    found = say_layer(layers[-1], activation, by_row=False)
    return say(en=f"{name}: in layer {len(layers)} {found}.", ko=f"{name}: {len(layers)}번째 층에서 {found}.")


def _runs(mask: np.ndarray) -> list[np.ndarray]:
    """Return the places that are true, those that lie side by side together."""
    places = np.flatnonzero(mask)
    return np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if places.size else []


def _side_by_side(shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the heights and edges of all layers' bars as one row, cut off at the tallest, with gaps between layers."""
    gaps = np.full((len(shares), 1), np.nan)
    edges = ROOM * np.arange(len(shares))[:, None] + np.linspace(0, 1, BINS + 1)
    return np.hstack([np.minimum(shares, TALLEST), gaps]).ravel()[:-1], edges.ravel()


def _short(value: float) -> str:
    if value == 0 or 0.001 <= value < 100:
        return f"{value:.2g}"
    return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")
