"""Lab of lesson 13: optimizers race over a loss surface."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from helpers import optimizers as rules
from helpers.arguments import one_of
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.labs.frame import Choice, Lab, Picture, State
from helpers.plots.base import GREY, new_figure, png
from helpers.plots.descent import LIMITS, LOOKS, draw_losses, draw_map, draw_path, prepare_losses
from helpers.surfaces import SURFACES, Outcome, Surface, outcome, surface, told

STEPS = 100
RACERS: dict[str, Callable[[float, float], rules.Optimizer]] = {
    "SGD": lambda rate, momentum: rules.SGD(rate),
    "momentum": rules.SGD,
    "Nesterov": lambda rate, momentum: rules.SGD(rate, momentum, nesterov=True),
    "Adagrad": lambda rate, momentum: rules.Adagrad(rate),
    "RMSprop": lambda rate, momentum: rules.RMSprop(rate),
    "Adam": lambda rate, momentum: rules.Adam(rate),
    "AdamW": lambda rate, momentum: rules.AdamW(rate),
}
ALL = " + ".join(name for name in RACERS if name != "AdamW")
FIELDS = (
    ALL,
    "SGD + momentum + Nesterov",
    "SGD + Adagrad + RMSprop",
    "momentum + RMSprop + Adam",
    "Adam + AdamW",
    *RACERS,
)
RATES = (0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1.0)
MOMENTA = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
XS = (-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.4, 2.0, 2.5)
YS = (-1.5, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 1.5)


@dataclass(frozen=True, eq=False)
class Race:
    """What a state of the lab gave.

    Attributes:
        ground: the surface.
        paths: the points of each optimizer before and after each step, of shape (101, 2); NaN once it has flown off.
        outcomes: where each of them has come to.
    """

    ground: Surface
    paths: dict[str, np.ndarray]
    outcomes: dict[str, Outcome]


def simulate(state: State) -> Race:
    """Run the race of a state.

    Args:
        state: "surface" (a name of `helpers.surfaces.SURFACES`), "optimizers" (names joined by " + "),
            "learning_rate", "momentum" (of momentum and Nesterov), "x" and "y" (the start).

    Raises:
        CourseError: an unknown surface or optimizer, a learning rate that is not above 0, a momentum that is not from
            0 up to 1, or a start that is not on the map.
    """
    ground, names = surface(state["surface"]), _names(state["optimizers"])
    rules.SGD(state["learning_rate"], state["momentum"])  # says what is wrong with them, whichever optimizers race
    start = _start((state["x"], state["y"]))
    paths = {}
    for name in names:
        optimizer = RACERS[name](state["learning_rate"], state["momentum"])
        paths[name] = rules.descend(optimizer, ground.gradient, np.array(start), STEPS)
    return Race(ground, paths, {name: outcome(ground, path) for name, path in paths.items()})


def finding(race: Race) -> str:
    """Say in words where everybody has come to, the fastest first."""
    order = ("arrived", "flat", "moving", "away")
    placed = sorted(race.outcomes.items(), key=lambda one: (order.index(one[1].kind), one[1].steps))
    return "; ".join(told(name, end) for name, end in placed) + "."


def draw(state: State, before: State | None = None) -> Picture:
    """Draw the race of a state on the map, and the losses beside it.

    Args:
        state: see `simulate`.
        before: the state looked at before; its paths are shown faintly where the surface is the same.
    """
    race = simulate(state)
    figure = new_figure(9.0, 3.9, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.08, right=0.985, bottom=0.14, top=0.8, wspace=0.24)
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    draw_map(left, race.ground)
    prepare_losses(right)
    if before and before != state and before["surface"] == state["surface"]:
        old = simulate(before)
        for place, path in enumerate(old.paths.values()):
            look = (GREY, ":", "o")
            draw_path(left, path, look)
            draw_losses(right, race.ground, path, look, "before" if place == 0 else "_")
    for name, path in race.paths.items():
        look = LOOKS[list(RACERS).index(name)]
        draw_path(left, path, look)
        draw_losses(right, race.ground, path, look, name)
    rate, momentum = state["learning_rate"], state["momentum"]
    left.set_title(f"{state['surface']}, learning rate {rate:g}, momentum {momentum:g}", fontsize=10)
    right.set(xlim=(0, STEPS))
    right.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=4, fontsize=8.5, columnspacing=1.0)
    return Picture(png(figure, quick=True), finding(race))


def optimizer_race(
    surface: str = "ravine",
    optimizers: str = ALL,
    *,
    learning_rate: float = 0.05,
    momentum: float = 0.9,
    start: tuple[float, float] | None = None,
) -> Lab:
    """Open the lab.

    Args:
        surface: "bowl", "ravine", "saddle", "plateau" or "two minima".
        optimizers: who races: names joined by " + ", for example "SGD + Adam".
        learning_rate: of all of them.
        momentum: of momentum and Nesterov; the others keep the defaults of Keras.
        start: where they start, x from -3 to 3 and y from -2 to 2; by default a telling point of the surface.

    Raises:
        CourseError: what `simulate` cannot run.
    """
    x, y = _start(_ground(surface).start if start is None else start)
    names = _names(optimizers)
    opening = {
        "surface": surface,
        "optimizers": " + ".join(names),
        "learning_rate": learning_rate,
        "momentum": momentum,
        "x": x,
        "y": y,
    }
    simulate(opening)
    fields = FIELDS if opening["optimizers"] in FIELDS else (opening["optimizers"], *FIELDS)
    return Lab(
        question=say(
            en="Who reaches the lowest point first, and who not at all?",
            ko="누가 가장 낮은 곳에 먼저 닿고, 누가 끝내 닿지 못할까요?",
        ),
        controls=(
            Choice("surface", say(en="surface", ko="지형"), tuple(SURFACES), surface),
            Choice("optimizers", say(en="optimizers", ko="옵티마이저"), fields, opening["optimizers"]),
            _slider("learning_rate", say(en="learning rate", ko="학습률"), RATES, learning_rate),
            _slider("momentum", say(en="momentum", ko="모멘텀 계수"), MOMENTA, momentum),
            _slider("x", say(en="start: weight 1", ko="출발점: 가중치 1"), XS, x),
            _slider("y", say(en="start: weight 2", ko="출발점: 가중치 2"), YS, y),
        ),
        draw=draw,
        code="labs.optimizer_race({surface!r}, {optimizers!r}, learning_rate={learning_rate}, momentum={momentum}, "
        "start=({x}, {y}))",
    )


_ground = surface  # the function, where an argument of the same name stands before it


def _slider(name: str, label: str, usual: tuple[float, ...], asked: float) -> Choice:
    """Return a slider over the usual values, with the value asked for among them."""
    return Choice(name, label, tuple(sorted({*usual, asked})), asked, scale=True)


def _names(optimizers: Any) -> tuple[str, ...]:
    """Return the names in a line like "SGD + Adam", each once."""
    names = [name.strip() for name in optimizers.split("+")] if isinstance(optimizers, str) else [optimizers]
    for name in names:
        one_of(name, tuple(RACERS), "optimizers")
    return tuple(dict.fromkeys(names))


def _start(start: Any) -> tuple[float, float]:
    """Return a start that lies on the map."""
    try:
        x, y = start
        good = all(isinstance(value, Real) and math.isfinite(value) for value in (x, y))
        good = good and all(low <= value <= high for value, (low, high) in zip((x, y), LIMITS, strict=True))
    except (TypeError, ValueError):
        good = False
    if not good:
        raise CourseError(
            say(
                en=f"start={start!r} is not on the map: give two numbers, the first from -3 to 3, the second from -2 "
                "to 2.",
                ko=f"start={start!r}: 지도 밖입니다. 수 두 개를 주되 첫째는 -3~3, 둘째는 -2~2여야 합니다.",
            )
        )
    return float(x), float(y)
