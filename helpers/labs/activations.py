"""Lab of lesson 12: how wide the activations of a new network are, layer by layer, before any training."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.arguments import one_of
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.initialization import activations as forward
from helpers.initialization import verdict
from helpers.labs.frame import Choice, Control, Lab, Picture, State
from helpers.plots.activations import draw_layers, say_layer
from helpers.plots.base import new_figure, png

INITIALIZERS = ("normal", "uniform")
SCALES = (0, 0.00001, 0.01, 0.05, "glorot", "he", 0.3, 1, 100)  # in this order for 100 inputs: Glorot 0.1, He 0.14
FUNCTIONS = ("sigmoid", "tanh", "relu")
DEEPEST = 10
UNITS = 100
ROWS = 500


@dataclass(frozen=True, eq=False)
class Stack:
    """What new layers put out.

    Attributes:
        state: the settings.
        layers: an array of shape (depth, rows, units).
    """

    state: State
    layers: np.ndarray

    @property
    def verdict(self) -> str:
        """What the last layer is like: "ends", "crowded", "exploding", "alike" or "spread"."""
        return verdict(self.layers[-1], self.state["activation"])


def as_rows(x: Any) -> np.ndarray:
    """Return features as at most 500 rows whose columns are standardised; columns that do not vary become 0.

    Raises:
        CourseError: not at least two rows of finite numbers.
    """
    try:
        x = np.asarray(x, dtype=float)[:ROWS]
    except (TypeError, ValueError):
        x = np.empty(0)
    if x.ndim < 2 or len(x) < 2 or not np.isfinite(x).all():
        raise CourseError(
            say(
                en="This lab needs features, an array of numbers with at least two rows, such as dataset.x_train.",
                ko="이 실습에는 두 행 이상의 숫자 배열이 필요합니다. 예: dataset.x_train.",
            )
        )
    x = x.reshape(len(x), -1)
    std = x.std(axis=0)
    return (x - x.mean(axis=0)) / np.where(std > 0, std, 1)


def simulate(
    x: np.ndarray, *, initializer: str, scale: str | float, activation: str, depth: int, batch_norm: bool
) -> Stack:
    """Send the rows through new layers of 100 units.

    Args:
        x: rows of shape (n, features).
        initializer: "normal" or "uniform": the shape of the distribution of the weights.
        scale: the weights' standard deviation, or "glorot" or "he".
        activation: "sigmoid", "tanh" or "relu".
        depth: number of layers, 1 to 10.
        batch_norm: whether a BatchNormalization stands before each activation.

    Raises:
        CourseError: a setting that the lab does not have.
    """
    state = {
        "initializer": initializer,
        "scale": scale,
        "activation": activation,
        "depth": depth,
        "batch_norm": batch_norm,
    }
    allowed = (INITIALIZERS, SCALES, FUNCTIONS, tuple(range(1, DEEPEST + 1)), (False, True))
    for (name, value), options in zip(state.items(), allowed, strict=True):
        one_of(value, options, name)
    layers = forward(
        x,
        scale,
        activation,
        depth=depth,
        units=UNITS,
        uniform=initializer == "uniform",
        batch_norm=batch_norm,
    )
    return Stack(state, layers)


def finding(stack: Stack) -> str:
    """Say in words what the histograms show."""
    activation, depth = stack.state["activation"], stack.state["depth"]
    first, last = stack.layers[0].std(), stack.layers[-1].std()
    seen = say_layer(stack.layers[-1], activation)
    course = say(
        en=f"From layer 1 to layer {depth} the standard deviation goes from {first:.2g} to {last:.2g}. ",
        ko=f"표준편차는 1번째 층에서 {first:.2g}, {depth}번째 층에서 {last:.2g}입니다. ",
    )
    advice = {
        "ends": say(
            en="The weights are too large for this activation: at the ends hardly any gradient comes back.",
            ko="이 활성화 함수에는 가중치가 너무 큽니다. 양 끝에서는 기울기가 거의 되돌아오지 않습니다.",
        ),
        "crowded": say(
            en="The weights are too small: the rows can hardly be told apart in the last layer.",
            ko="가중치가 너무 작습니다. 마지막 층에서는 데이터를 서로 구별하기 어렵습니다.",
        ),
        "exploding": say(
            en="The weights are too large: each layer enlarges what comes in.",
            ko="가중치가 너무 큽니다. 층을 지날 때마다 값이 커집니다.",
        ),
        "alike": say(
            en="The rows can no longer be told apart, although the histogram looks fine.",
            ko="히스토그램은 좋아 보여도 데이터를 서로 구별할 수 없습니다.",
        ),
        "spread": say(
            en="The scale suits this depth.",
            ko="이 깊이에 알맞은 크기입니다.",
        ),
    }[stack.verdict]
    where = say(en=f"In layer {depth} {seen}. ", ko=f"{depth}번째 층에서 {seen}. ")
    return (course if depth > 1 else "") + where + advice


def draw(x: np.ndarray, state: State, before: State | None = None) -> Picture:
    """Draw the histograms of a state.

    Args:
        x: rows as `as_rows` returns them.
        state: the arguments of `simulate`.
        before: the state looked at before; its histograms are drawn as grey outlines.
    """
    stack = simulate(x, **state)
    figure = new_figure(9.0, 3.3, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.05, right=0.99, bottom=0.2, top=0.88)
    axes = figure.add_subplot()
    old = simulate(x, **before) if before and before != state else None
    draw_layers(axes, stack.layers, state["activation"], before=old and (old.layers, before["activation"]))
    axes.set_title(_name(state), fontsize=10)
    grey = f"; grey: before ({_name(before)})" if old else ""
    axes.set_xlabel(f"activation{grey}", fontsize=9)
    return Picture(png(figure, quick=True), finding(stack))


def _name(state: State) -> str:
    norm = ", BatchNormalization" if state["batch_norm"] else ""
    scale = state["scale"]
    scale = scale if isinstance(scale, str) else f"std {scale:g}"
    return f"{state['initializer']}, {scale}, {state['activation']}{norm}"


def activations(
    x: Any = None,
    *,
    initializer: str = "normal",
    scale: str | float = 1,
    activation: str = "sigmoid",
    depth: int = 5,
    batch_norm: bool = False,
) -> Lab:
    """Open the lab.

    Args:
        x: features, for example `dataset.x_train`; they are standardised, and 500 rows are used. Without them, rows of
            100 numbers from the standard normal distribution, as in the book that the fourth lecture follows.
        initializer, scale, activation, depth, batch_norm: see `simulate`.

    Raises:
        CourseError: features that the lab cannot use, or a setting it does not have.
    """
    rows = np.random.default_rng(1).standard_normal((ROWS, UNITS)) if x is None else as_rows(x)
    state = {
        "initializer": initializer,
        "scale": scale,
        "activation": activation,
        "depth": depth,
        "batch_norm": batch_norm,
    }
    simulate(rows, **state)
    given = "" if x is None else "x_train, "
    return Lab(
        question=say(
            en="Which weights keep the activations spread out through all layers?",
            ko="어떤 가중치라야 모든 층에서 활성화값이 고루 퍼져 있을까요?",
        ),
        controls=(
            Choice("activation", say(en="activation", ko="활성화 함수"), FUNCTIONS, activation),
            Choice("initializer", say(en="shape of the weights", ko="가중치의 모양"), INITIALIZERS, initializer),
            Choice("batch_norm", "BatchNormalization", (False, True), batch_norm),
            Choice("scale", say(en="standard deviation", ko="표준편차"), SCALES, scale, scale=True),
            Control("depth", say(en="layers", ko="층의 수"), 1, DEEPEST, depth),
        ),
        draw=lambda state, before: draw(rows, state, before),
        code=f"labs.activations({given}initializer={{initializer!r}}, scale={{scale!r}}, activation={{activation!r}}, "
        "depth={depth}, batch_norm={batch_norm})",
    )
