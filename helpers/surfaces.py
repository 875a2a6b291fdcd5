"""Loss surfaces over two weights, with their gradients: the ground that lesson 13 walks on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.arguments import one_of
from helpers.errors import CourseError
from helpers.i18n import say

Function = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Surface:
    """A loss over two weights.

    Attributes:
        name: what it is called.
        loss: takes points of shape (..., 2), returns losses of shape (...).
        gradient: takes points of shape (..., 2), returns gradients of the same shape.
        lowest: the lowest loss there is.
        minima: the points where it is reached, and other local minima after them.
        start: a telling point to start from.
    """

    name: str
    loss: Function
    gradient: Function
    lowest: float
    minima: tuple[tuple[float, float], ...]
    start: tuple[float, float]


def quadratic(curvature: float, name: str = "quadratic") -> Surface:
    """Return the surface (x² + c·y²) / 2, whose condition number is c for c ≥ 1.

    Args:
        curvature: c, above 0: how strongly it is bent along y; along x it is 1.
        name: what it is called.

    Raises:
        CourseError: a curvature that is no finite number above 0.
    """
    if not (np.isscalar(curvature) and np.isreal(curvature) and 0 < float(curvature) < np.inf):
        raise CourseError(
            say(
                en=f"curvature={curvature!r}: give a number above 0.",
                ko=f"curvature={curvature!r}: 0보다 큰 수를 주세요.",
            )
        )
    bends = np.array([1.0, float(curvature)])
    return Surface(
        name, lambda point: (bends * point**2).sum(axis=-1) / 2, lambda point: bends * point, 0.0, ((0, 0),), (-2, 1)
    )


def _saddle_loss(point: np.ndarray) -> np.ndarray:
    x, y = np.moveaxis(point, -1, 0)
    return x**2 / 2 - y**2 / 2 + y**4 / 4


def _saddle_gradient(point: np.ndarray) -> np.ndarray:
    x, y = np.moveaxis(point, -1, 0)
    return np.stack([x, y**3 - y], axis=-1)


def _plateau_loss(point: np.ndarray) -> np.ndarray:
    return 1 - np.exp(-(point**2).sum(axis=-1) / 2)


def _plateau_gradient(point: np.ndarray) -> np.ndarray:
    return point * np.exp(-(point**2).sum(axis=-1, keepdims=True) / 2)


TILT = 0.1  # by which the left of two minima is deeper


def _two_minima_loss(point: np.ndarray) -> np.ndarray:
    x, y = np.moveaxis(point, -1, 0)
    return (x**2 - 1) ** 2 / 4 + TILT * x + y**2 / 2


def _two_minima_gradient(point: np.ndarray) -> np.ndarray:
    x, y = np.moveaxis(point, -1, 0)
    return np.stack([x**3 - x + TILT, y], axis=-1)


def _two_minima() -> Surface:
    left, _, right = np.sort(np.roots([1, 0, -1, TILT]).real)
    deep = float(_two_minima_loss(np.array([left, 0.0])))
    minima = ((float(left), 0.0), (float(right), 0.0))
    return Surface("two minima", _two_minima_loss, _two_minima_gradient, deep, minima, (2, 1))


SURFACES = {
    surface.name: surface
    for surface in (
        quadratic(1, "bowl"),
        quadratic(20, "ravine"),
        Surface("saddle", _saddle_loss, _saddle_gradient, -0.25, ((0, 1), (0, -1)), (-2, 0.1)),
        Surface("plateau", _plateau_loss, _plateau_gradient, 0.0, ((0, 0),), (-2.5, 1.5)),
        _two_minima(),
    )
}


def surface(name: str) -> Surface:
    """Return a surface by its name.

    Raises:
        CourseError: there is none of that name.
    """
    return SURFACES[one_of(name, tuple(SURFACES), "surface")]


NEAR = 0.01  # a loss this close to the lowest has arrived
FLAT = 0.1  # a slope below this hardly moves plain gradient descent at usual learning rates


@dataclass(frozen=True)
class Outcome:
    """Where a path has come to at its end.

    Attributes:
        kind: "arrived" (within 0.01 of the lowest loss, to the end), "flat" (elsewhere, where the slope is below 0.1),
            "moving" (elsewhere, on a slope) or "away" (flown off).
        steps: the step since which it has been there, for "arrived" and "away"; else the number of steps taken.
        loss: the last loss; NaN for "away".
        slope: the size of the last gradient; NaN for "away".
    """

    kind: str
    steps: int
    loss: float
    slope: float


def outcome(ground: Surface, path: np.ndarray) -> Outcome:
    """Tell where a path has come to.

    Args:
        ground: the surface it was walked on.
        path: points before and after each step, of shape (steps + 1, 2), NaN once they have flown off.
    """
    losses = ground.loss(path)
    lost = np.flatnonzero(np.isnan(losses))
    if len(lost):
        return Outcome("away", int(lost[0]), np.nan, np.nan)
    loss, slope = float(losses[-1]), float(np.linalg.norm(ground.gradient(path[-1])))
    far = np.flatnonzero(losses > ground.lowest + NEAR)
    since = int(far[-1]) + 1 if len(far) else 0
    if since < len(path):
        return Outcome("arrived", since, loss, slope)
    return Outcome("flat" if slope < FLAT else "moving", len(path) - 1, loss, slope)


def told(name: str, end: Outcome) -> str:
    """Say an outcome in words, without a full stop."""
    return {
        "arrived": say(
            en=f"{name} has arrived after {end.steps} step{'' if end.steps == 1 else 's'}",
            ko=f"{name}: {end.steps}스텝 만에 도착",
        ),
        "flat": say(
            en=f"{name} stands on flat ground that is not the lowest, at loss {end.loss:.2f}",
            ko=f"{name}: 가장 낮은 곳이 아닌 평평한 곳(손실 {end.loss:.2f})에 있음",
        ),
        "moving": say(
            en=f"{name} is still on a slope after {end.steps} steps, at loss {end.loss:.2f}",
            ko=f"{name}: {end.steps}스텝 뒤에도 비탈에 있음(손실 {end.loss:.2f})",
        ),
        "away": say(
            en=f"{name} has flown off by step {end.steps}",
            ko=f"{name}: {end.steps}스텝 만에 발산",
        ),
    }[end.kind]
