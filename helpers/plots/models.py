"""Figures of lesson 03: pictures as data, the layers of a network, what each loss function charges for an error."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure

if TYPE_CHECKING:
    import keras

DOTS = 7  # a column with more values than this leaves out those in the middle
TRUE_VALUE = 2.0


def pictures(images: np.ndarray, labels: Sequence[int], title: str | None = None) -> Captioned:
    """Draw pictures in one row, each with its label above it.

    Args:
        images: (pictures, height, width); the smallest value is drawn white, the largest black.
        labels: (pictures,).
        title: a title of your own.
    """
    count, height, width = np.shape(images)
    figure = new_figure(0.86 * count, 1.1 + 0.25 * bool(title))
    for axes, image, label in zip(np.atleast_1d(figure.subplots(1, count)), images, labels, strict=True):
        axes.imshow(image, cmap="gray_r", interpolation="nearest")
        axes.set_title(str(label), loc="center")
        axes.axis("off")
    if title:
        figure.suptitle(title, fontsize=12, fontweight="bold")
    listed = ", ".join(map(str, labels))
    return Captioned(
        figure,
        say(
            en=f"{count} pictures of {height} × {width} grey values with their labels: {listed}.",
            ko=f"{height} × {width}개의 밝기 값으로 된 그림 {count}장과 레이블: {listed}.",
        ),
    )


def layers(model: "keras.Sequential", title: str | None = None) -> Captioned:
    """Draw a network as columns of values, one column a layer, with the weights between them.

    Args:
        model: built.
        title: a title of your own.
    """
    columns = [_Column("Input", int(np.prod(model.input_shape[1:])), 0, "")]
    for layer in model.layers:
        values = int(np.prod(layer.output.shape[1:]))
        activation = getattr(layer, "activation", None)
        columns.append(_Column(type(layer).__name__, values, layer.count_params(), getattr(activation, "__name__", "")))
    figure = new_figure(max(4.0, 1.6 * len(columns)), 3.0)
    axes = figure.add_subplot()
    before = None
    for place, column in enumerate(columns):
        heights = column.heights()
        if before is not None:
            _join(axes, place, before, heights, all_to_all=column.weights > 0)
        colour = (GREY, BLUE, ORANGE)[(column.weights > 0) + (column.weights > 0 and place == len(columns) - 1)]
        axes.plot(np.full(len(heights), place), heights, "o", markersize=8, color=colour, zorder=3)
        if column.values > DOTS:
            axes.text(place, 0, "⋮", ha="center", va="center", fontsize=15)
        axes.text(place, -1.25, column.label(), ha="center", va="top", fontsize=10)
        before = heights
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(-2.1, 1.1))
    axes.axis("off")
    if title:
        axes.set_title(title)
    return Captioned(figure, _say_layers(columns))


class _Column:
    def __init__(self, name: str, values: int, weights: int, activation: str) -> None:
        self.name, self.values, self.weights, self.activation = name, values, weights, activation

    def heights(self) -> np.ndarray:
        """Where the dots stand, from -1 to 1, with a gap in the middle if some are left out."""
        shown = min(self.values, DOTS)
        if shown == 1:
            return np.zeros(1)
        places = np.linspace(1, -1, shown) * min(1, shown / 5)
        return np.delete(places, shown // 2) if self.values > DOTS else places

    def label(self) -> str:
        activation = f", {self.activation}" if self.activation not in ("", "linear") else ""
        weights = f"\n{self.weights:,} weights" if self.weights else ""
        return f"{self.name}\n{self.units()}{activation}{weights}"

    def units(self) -> str:
        """How many values the column has, in words."""
        return f"{self.values} {'unit' if self.weights else 'value'}{'s' * (self.values > 1)}"


def _join(axes: Axes, place: int, left: np.ndarray, right: np.ndarray, *, all_to_all: bool) -> None:
    pairs = [(a, b) for a in left for b in right] if all_to_all else list(zip(left, right, strict=False))
    for a, b in pairs:
        axes.plot([place - 1, place], [a, b], color=GREY, linewidth=0.5, alpha=0.35)


def _say_layers(columns: list[_Column]) -> str:
    learned = [column for column in columns if column.weights]
    total = sum(column.weights for column in columns)
    listed_en = ", then ".join(f"{c.units()} ({c.weights:,} weights)" for c in learned)
    listed_ko = ", ".join(f"유닛 {c.values}개(가중치 {c.weights:,}개)" for c in learned)
    return say(
        en=f"{columns[0].values} numbers go in; {listed_en}. {total:,} weights are to be learned in all.",
        ko=f"숫자 {columns[0].values}개가 들어가서 차례로 {listed_ko}를 지납니다. "
        f"배울 가중치는 모두 {total:,}개입니다.",
    )


def losses() -> Captioned:
    """Draw what losses charge: four against a predicted number, two against the probability given to the right class.

    Formulas: `keras.losses` of the same names; the absolute percentage error is drawn as a share, not in per cent.
    """
    figure = new_figure(9.0, 3.8)
    numbers, chances = figure.subplots(1, 2)
    predicted = np.linspace(0, 4, 201)
    for (name, loss), colour, line in zip(_REGRESSION.items(), (BLUE, ORANGE, GREEN, PURPLE), _LINES, strict=True):
        numbers.plot(predicted, loss(predicted), color=colour, linestyle=line, label=name)
    numbers.set(xlabel=f"predicted number (the true one is {TRUE_VALUE:g})", ylabel="loss", title="For numbers")
    numbers.legend()
    chance = np.linspace(0.005, 1, 200)
    chances.plot(chance, -np.log(chance), color=BLUE, label="cross-entropy")
    chances.plot(chance, (1 - chance) ** 2, color=ORANGE, linestyle="--", label="squared error")
    chances.set(xlabel="probability given to the right class", ylabel="loss", title="For classes")
    chances.legend()
    low, high = (float(_REGRESSION["MSLE"](np.array(TRUE_VALUE + step))) for step in (-1, 1))
    rare = 0.01
    return Captioned(
        figure,
        say(
            en=f"Left: 1 too low and 1 too high cost the same, except with MSLE, which charges {low:.3f} and "
            f"{high:.3f}. Right: a probability of {rare} for the right class costs {-np.log(rare):.1f} with "
            f"cross-entropy and {(1 - rare) ** 2:.2f} with the squared error.",
            ko="왼쪽: 1만큼 작게 예측하든 1만큼 크게 예측하든 손실은 같지만, "
            f"MSLE만은 {low:.3f}과 {high:.3f}으로 다릅니다. "
            f"오른쪽: 정답 클래스의 확률을 {rare}로 예측하면 교차 엔트로피는 {-np.log(rare):.1f}, 제곱 오차는 "
            f"{(1 - rare) ** 2:.2f}입니다.",
        ),
    )


_LINES = ("-", "--", "-.", ":")
_REGRESSION = {
    "MSE": lambda value: (value - TRUE_VALUE) ** 2,
    "MAE": lambda value: np.abs(value - TRUE_VALUE),
    "MAPE / 100": lambda value: np.abs(value - TRUE_VALUE) / TRUE_VALUE,
    "MSLE": lambda value: (np.log1p(value) - np.log1p(TRUE_VALUE)) ** 2,
}
