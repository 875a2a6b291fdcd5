"""How wide the activations of a stack of layers are, by experiment and by formula. Pure NumPy, without Keras.

Sources: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
2010 (equation 16: the variance 2 / (fan_in + fan_out)); K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into
rectifiers", ICCV 2015 (equation 10: relu halves the mean square, hence 2 / fan_in); S. Ioffe and C. Szegedy, "Batch
normalization", ICML 2015.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.arguments import one_of
from helpers.errors import CourseError
from helpers.i18n import say

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),  # the same function, and it never overflows
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "linear": lambda z: z,
}
EPSILON = 1e-3  # as in keras.layers.BatchNormalization
FLAT = 0.1  # of the steepest slope: below it an activation is at an end of its curve
CROWDED = 0.05  # standard deviation below which the units of a layer are said to agree
ALIKE = 0.1  # share of the standard deviation below which what comes from the rows is said to be lost
HUGE = 10.0  # standard deviation above which activations are said to explode
_POINTS = np.linspace(-8, 8, 20_001)
_DENSITY = np.exp(-(_POINTS**2) / 2)
_DENSITY /= _DENSITY.sum()  # a mean over the standard normal distribution


@dataclass(frozen=True)
class Width:
    """What a layer's activations are like, all units and rows taken together.

    Attributes:
        mean, std: of the activations.
        square: their mean square, which is all that the next layer's width depends on.
    """

    mean: float
    std: float
    square: float


def weight_std(scale: str | float, fan_in: int, fan_out: int) -> float:
    """Return the standard deviation of a layer's initial weights.

    Args:
        scale: "glorot", √(2 / (fan_in + fan_out)); "he", √(2 / fan_in); or the standard deviation itself.
        fan_in: how many numbers go into a unit.
        fan_out: how many units the layer has.

    Raises:
        CourseError: neither of them, or a negative standard deviation.
    """
    if scale == "glorot":
        return math.sqrt(2 / (fan_in + fan_out))
    if scale == "he":
        return math.sqrt(2 / fan_in)
    if isinstance(scale, str) or not scale >= 0:
        raise CourseError(
            say(
                en=f'scale={scale!r}: give "glorot", "he" or a standard deviation from 0 on.',
                ko=f'scale={scale!r}: "glorot", "he" 또는 0 이상의 표준편차를 주세요.',
            )
        )
    return float(scale)


def activations(
    x: np.ndarray,
    scale: str | float,
    activation: str,
    *,
    depth: int = 5,
    units: int = 100,
    uniform: bool = False,
    batch_norm: bool = False,
    seed: int = 0,
) -> np.ndarray:
    """Send rows through new, untrained layers without biases and return what each layer puts out.

    Args:
        x: rows of shape (n, features).
        scale: see `weight_std`.
        activation: "sigmoid", "tanh", "relu" or "linear".
        depth: how many layers.
        units: units in each of them.
        uniform: draw the weights evenly between two bounds, with the same standard deviation, instead of normally.
        batch_norm: standardise each unit over the rows before the activation, as a new BatchNormalization layer does in
            training.
        seed: of the random weights.

    Returns:
        An array of shape (depth, n, units).

    Raises:
        CourseError: an unknown scale or activation, or fewer than one layer or unit.
    """
    _refuse(activation, depth, units)
    rng = np.random.default_rng(seed)
    a = np.asarray(x, dtype=float)
    found = []
    for _ in range(depth):
        fan_in = a.shape[1]
        z = a @ (weight_std(scale, fan_in, units) * _draw(rng, (fan_in, units), uniform))
        if batch_norm:
            z = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + EPSILON)
        a = ACTIVATIONS[activation](z)
        found.append(a)
    return np.array(found)


def predict(
    square: float, scale: str | float, activation: str, *, depth: int = 5, units: int = 100, features: int | None = None
) -> list[Width]:
    """Return how wide each layer's activations should be, by formula.

    The sum that arrives at a unit has the mean square q = fan_in · std² · (mean square of what comes in), because the
    weights are independent with mean 0; with many inputs it is close to normally distributed. The activations are then
    f(√q · z) with z standard normal. For "linear" their mean square is q, for "relu" q / 2 (He et al. 2015); for the
    others it is integrated numerically.

    Args:
        square: mean square of the features, 1 where they are standardised.
        scale, activation, depth, units: as in `activations`.
        features: how many features there are; as many as units if not given.

    Raises:
        CourseError: as `activations`.
    """
    _refuse(activation, depth, units)
    fan_in, found = features or units, []
    for _ in range(depth):
        q = fan_in * weight_std(scale, fan_in, units) ** 2 * square
        mean, square = _moments(activation, math.sqrt(q))
        found.append(Width(mean, math.sqrt(max(square - mean**2, 0.0)), square))
        fan_in = units
    return found


def saturated(a: np.ndarray, activation: str) -> float:
    """Return the share of activations at a flat end of the curve, where the slope is below a tenth of the steepest.

    For "sigmoid" these are values within 0.026 of 0 or 1, for "tanh" within 0.052 of -1 or 1, for "relu" zeros;
    "linear" has no such end.
    """
    slope = {
        "sigmoid": lambda: 4 * a * (1 - a),
        "tanh": lambda: 1 - a**2,
        "relu": lambda: (a > 0).astype(float),
        "linear": lambda: np.ones_like(a),
    }[activation]()
    return float(np.mean(slope < FLAT))


def row_std(a: np.ndarray) -> float:
    """Return how much a unit's activation varies from row to row: its standard deviation, the mean over the units."""
    return float(a.std(axis=0).mean())


def verdict(a: np.ndarray, activation: str) -> str:
    """Say in one word what a layer's activations are like.

    Args:
        a: activations of one layer, of shape (rows, units).
        activation: as in `activations`.

    Returns:
        "ends" if more than a third sit at a flat end of the sigmoid or of tanh; else "crowded" if their standard
        deviation is below 0.05, "exploding" if it is above 10; else "alike" if the units differ, but what a unit puts
        out hardly depends on the row (less than a tenth of the standard deviation comes from there); else "spread".
    """
    if activation in ("sigmoid", "tanh") and saturated(a, activation) > 1 / 3:
        return "ends"
    if a.std() < CROWDED:
        return "crowded"
    if a.std() > HUGE:
        return "exploding"
    return "alike" if row_std(a) < ALIKE * a.std() else "spread"


def _moments(activation: str, width: float) -> tuple[float, float]:
    """Return mean and mean square of f(width · z), z standard normal."""
    if activation == "linear":
        return 0.0, width**2
    if activation == "relu":
        return width / math.sqrt(2 * math.pi), width**2 / 2
    values = ACTIVATIONS[activation](width * _POINTS)
    return float(_DENSITY @ values), float(_DENSITY @ values**2)


def _draw(rng: np.random.Generator, shape: tuple[int, int], uniform: bool) -> np.ndarray:
    """Return random numbers with mean 0 and standard deviation 1."""
    if uniform:
        return np.sqrt(3) * rng.uniform(-1, 1, shape)
    return rng.standard_normal(shape)


def _refuse(activation: str, depth: int, units: int) -> None:
    one_of(activation, tuple(ACTIVATIONS), "activation")
    if depth < 1 or units < 1:
        raise CourseError(
            say(
                en=f"depth={depth}, units={units}: there must be at least one layer and one unit.",
                ko=f"depth={depth}, units={units}: 층과 유닛이 적어도 하나씩 있어야 합니다.",
            )
        )
