"""Figures of lesson 13: walks over a loss surface, and how the optimizers descend from each other."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure
from helpers.surfaces import Surface, outcome, told

LIMITS = (-3.0, 3.0), (-2.0, 2.0)  # of the map, along x and y
LOOKS = (  # a colour, a line and a mark for each optimizer in turn
    (BLUE, "-", "o"),
    (ORANGE, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "v"),
    ("#B8860B", (0, (5, 1, 1, 1, 1, 1)), "D"),
    ("#222222", (0, (3, 1)), "X"),
    ("#56B4E9", (0, (1, 1)), "P"),
)
LEAST = 1e-4  # losses closer to the lowest than this are drawn as this
GRID = tuple(np.meshgrid(np.linspace(*LIMITS[0], 81), np.linspace(*LIMITS[1], 61)))


def walks(ground: Surface, paths: Mapping[str, np.ndarray], title: str) -> Captioned:
    """Draw paths over the contours of a surface, and their losses against the steps beside them.

    Args:
        ground: the surface.
        paths: points of shape (steps + 1, 2) by name, as `helpers.optimizers.descend` returns them; at most seven.
        title: the figure's title.
    """
    figure = new_figure(9.0, 3.7)
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    draw_map(left, ground)
    prepare_losses(right)
    for (name, path), look in zip(paths.items(), LOOKS, strict=False):
        draw_path(left, path, look)
        draw_losses(right, ground, path, look, name)
    left.set_title(title)
    right.legend(fontsize=9)
    return Captioned(figure, "; ".join(told(name, outcome(ground, path)) for name, path in paths.items()) + ".")


def draw_map(axes: Axes, ground: Surface) -> None:
    """Draw the contours of a surface, its minima as stars (the lowest filled)."""
    heights = ground.loss(np.stack(GRID, axis=-1)) - ground.lowest
    levels = heights.max() * np.geomspace(0.001, 1, 16)  # close together where it is low
    axes.contour(*GRID, heights, levels=levels, cmap="Greys_r", vmax=heights.max() * 1.6, linewidths=0.7, alpha=0.6)
    for x, y in ground.minima:
        deepest = ground.loss(np.array([x, y])) < ground.lowest + 1e-6
        axes.plot(x, y, "*", markersize=17, color="black", markerfacecolor="white" if not deepest else "black")
    axes.grid(visible=False)
    axes.set(xlim=LIMITS[0], ylim=LIMITS[1], xlabel="weight 1", ylabel="weight 2")


def draw_path(axes: Axes, path: np.ndarray, look: tuple) -> None:
    """Draw a path with its start and its end."""
    colour, line, mark = look
    axes.plot(*path.T, color=colour, linestyle=line, linewidth=1.4)
    axes.plot(*path[0], "o", color="black", markersize=5)
    last = path[np.isfinite(path).all(axis=1)][-1]
    axes.plot(*last, mark, color=colour, markersize=6, markeredgecolor="white")


def draw_losses(axes: Axes, ground: Surface, path: np.ndarray, look: tuple, name: str) -> None:
    """Draw how far the losses of a path lie above the lowest loss, on axes that `prepare_losses` has prepared."""
    colour, line, _ = look
    above = np.maximum(ground.loss(path) - ground.lowest, LEAST)
    axes.plot(above, color=colour, linestyle=line, linewidth=1.4, label=name)


def prepare_losses(axes: Axes) -> None:
    """Make the axis of losses logarithmic, with few and plain ticks: those of matplotlib take half of a redraw."""
    axes.set(xlabel="step", ylabel="loss above the lowest", yscale="log", ylim=(LEAST * 0.7, 100))
    axes.set_yticks([LEAST, 0.01, 1, 100], ["0.0001", "0.01", "1", "100"])
    axes.minorticks_off()


# Years and papers: see the sources in `helpers.optimizers`; Nadam: T. Dozat, ICLR 2016 workshop; Adadelta: M. Zeiler,
# arXiv:1212.5701.
FAMILY = {
    "GD": (0, 0, "GD", "1847", "all rows, one step", GREY),
    "SGD": (1, 0, "SGD", "1951", "some rows, one step", GREY),
    "momentum": (2, 1.15, "momentum", "1964", "remembers velocity", BLUE),
    "NAG": (3, 1.9, "Nesterov", "1983", "looks ahead", BLUE),
    "Adagrad": (2, -1.15, "Adagrad", "2011", "sum of squares", ORANGE),
    "RMSprop": (3, -0.55, "RMSprop", "2012", "average of squares", ORANGE),
    "Adadelta": (3, -1.9, "Adadelta", "2012", "no learning rate", ORANGE),
    "Adam": (4, 0.35, "Adam", "2015", "both, corrected", GREEN),
    "Nadam": (5, 1.5, "Nadam", "2016", "Adam that looks ahead", GREEN),
    "AdamW": (5, -0.55, "AdamW", "2019", "decays weights apart", GREEN),
}
PARENTS = (
    ("GD", "SGD"),
    ("SGD", "momentum"),
    ("SGD", "Adagrad"),
    ("momentum", "NAG"),
    ("momentum", "Adam"),
    ("Adagrad", "RMSprop"),
    ("Adagrad", "Adadelta"),
    ("RMSprop", "Adam"),
    ("Adam", "AdamW"),
    ("Adam", "Nadam"),
    ("NAG", "Nadam"),
)


def genealogy() -> Captioned:
    """Draw how the optimizers descend from gradient descent, with their years and what each of them added."""
    figure = new_figure(9.4, 4.4)
    axes = figure.add_subplot()
    for parent, child in PARENTS:
        (x, y, *_), (to_x, to_y, *_) = FAMILY[parent], FAMILY[child]
        arrow = {"arrowstyle": "-|>", "color": GREY, "lw": 1.5, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (to_x * 1.75 - 0.04, to_y), (x * 1.75 + 1.42, y), arrowprops=arrow, zorder=1)
    for column, height, name, year, added, colour in FAMILY.values():
        x = column * 1.75
        box = FancyBboxPatch(
            (x, height - 0.4), 1.38, 0.8, boxstyle="round,pad=0.02", facecolor="white", edgecolor=colour, lw=2, zorder=2
        )
        axes.add_patch(box)
        axes.text(x + 0.69, height + 0.19, name, ha="center", va="center", fontsize=9.5, fontweight="bold", zorder=3)
        axes.text(x + 0.69, height - 0.17, f"{year}\n{added}", ha="center", va="center", fontsize=7.5, zorder=3)
    axes.text(3.5, 2.35, "which way to step", color=BLUE, fontsize=11, ha="left", va="center")
    axes.text(4.95, -2.05, "how far to step,\nfor each weight", color=ORANGE, fontsize=11, ha="right", va="center")
    axes.set(xlim=(-0.1, 10.25), ylim=(-2.6, 2.6))
    axes.axis("off")
    return Captioned(
        figure,
        say(
            en="Two lines go out from SGD: momentum and Nesterov change which way to step, Adagrad, RMSprop and "
            "Adadelta how far. Adam (2015) takes momentum from one and RMSprop's average of squares from the other; "
            "AdamW and Nadam come from Adam.",
            ko="SGD에서 두 갈래가 나옵니다. 모멘텀과 네스테로프는 어느 쪽으로 갈지를, Adagrad, RMSprop, "
            "Adadelta는 얼마나 갈지를 바꿉니다. Adam(2015년)은 한쪽에서 모멘텀을, 다른 쪽에서 RMSprop의 제곱 "
            "평균을 가져왔고, AdamW와 Nadam은 Adam에서 나왔습니다.",
        ),
    )
