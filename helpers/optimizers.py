"""The optimizers of lesson 13 in NumPy: the formulas of Keras, as rules without side effects.

An optimizer is a frozen set of numbers. What it remembers between steps is handed to `step` and comes back changed:

    memory = optimizer.begin(weights)
    weights, memory = optimizer.step(weights, gradient, memory)

The tests hold every rule equal to that of Keras over 100 steps.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from numbers import Real
from typing import Protocol

import numpy as np

from helpers.errors import CourseError
from helpers.i18n import say

Memory = dict[str, np.ndarray]
FAR = 1e6  # weights beyond this have flown off
SHARES = ("momentum", "rho", "beta_1", "beta_2")  # how much of the past is kept at a step: from 0 up to, not with, 1
FROM_0 = ("initial_accumulator_value", "weight_decay")


class Optimizer(Protocol):
    """What all rules have in common."""

    def begin(self, weights: np.ndarray) -> Memory:
        """Return what is remembered before the first step, arrays of the shape of the weights."""

    def step(self, weights: np.ndarray, gradient: np.ndarray, memory: Memory) -> tuple[np.ndarray, Memory]:
        """Return the weights after one step and what is remembered then; nothing given is changed."""


class _Checked:
    """Numbers that an optimizer can work with, or a sentence that says what to give instead."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(field.default, bool):
                continue
            number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
            if field.name in SHARES:
                good, en, ko = number and 0 <= value < 1, "from 0 up to, but not including, 1", "0 이상 1 미만인"
            elif field.name in FROM_0:
                good, en, ko = number and value >= 0, "from 0 on", "0 이상인"
            else:
                good, en, ko = number and value > 0, "above 0", "0보다 큰"
            if not good:
                raise CourseError(
                    say(
                        en=f"{field.name}={value!r}: give a number {en}.",
                        ko=f"{field.name}={value!r}: {ko} 수를 주세요.",
                    )
                )


@dataclass(frozen=True)
class SGD(_Checked):
    """Gradient descent, with momentum if asked: w ← w + v, where v ← μv − ηg.

    Nesterov's variant takes the step that the next velocity would give: w ← w + μv − ηg.

    Sources: A. Cauchy, Comptes Rendus 25 (1847), 536-538; H. Robbins and S. Monro, Annals of Mathematical Statistics 22
    (1951), 400-407 (stochastic); B. T. Polyak, USSR Computational Mathematics and Mathematical Physics 4 (1964), 1-17
    (momentum); Y. Nesterov, Soviet Mathematics Doklady 27 (1983), 372-376, in the form of I. Sutskever et al., ICML
    2013 (Nesterov).
    """

    learning_rate: float = 0.01
    momentum: float = 0.0
    nesterov: bool = False

    def begin(self, weights: np.ndarray) -> Memory:
        """Return a velocity of 0; without momentum nothing is remembered."""
        return {"velocity": np.zeros_like(weights)} if self.momentum else {}

    def step(self, weights: np.ndarray, gradient: np.ndarray, memory: Memory) -> tuple[np.ndarray, Memory]:
        """Take one step."""
        move = -self.learning_rate * gradient
        if not self.momentum:
            return weights + move, memory
        velocity = self.momentum * memory["velocity"] + move
        ahead = self.momentum * velocity + move if self.nesterov else velocity
        return weights + ahead, {"velocity": velocity}


@dataclass(frozen=True)
class Adagrad(_Checked):
    """A step divided by the root of all squared gradients so far: h ← h + g², w ← w − ηg / √(h + ε).

    Source: J. Duchi, E. Hazan and Y. Singer, Journal of Machine Learning Research 12 (2011), 2121-2159.
    """

    learning_rate: float = 0.001
    initial_accumulator_value: float = 0.1
    epsilon: float = 1e-7

    def begin(self, weights: np.ndarray) -> Memory:
        """Return the sum of squares to begin with."""
        return {"squares": np.full_like(weights, self.initial_accumulator_value)}

    def step(self, weights: np.ndarray, gradient: np.ndarray, memory: Memory) -> tuple[np.ndarray, Memory]:
        """Take one step."""
        squares = memory["squares"] + gradient**2
        return weights - self.learning_rate * gradient / np.sqrt(squares + self.epsilon), {"squares": squares}


@dataclass(frozen=True)
class RMSprop(_Checked):
    """A step divided by the root of a moving average of squares: s ← ρs + (1 − ρ)g², w ← w − ηg / √(s + ε).

    Source: T. Tieleman and G. Hinton, Coursera: Neural Networks for Machine Learning, lecture 6.5 (2012).
    """

    learning_rate: float = 0.001
    rho: float = 0.9
    momentum: float = 0.0
    epsilon: float = 1e-7
    centered: bool = False

    def begin(self, weights: np.ndarray) -> Memory:
        """Return averages of 0."""
        names = ["squares", *(["velocity"] if self.momentum else []), *(["average"] if self.centered else [])]
        return {name: np.zeros_like(weights) for name in names}

    def step(self, weights: np.ndarray, gradient: np.ndarray, memory: Memory) -> tuple[np.ndarray, Memory]:
        """Take one step."""
        after = {"squares": self.rho * memory["squares"] + (1 - self.rho) * gradient**2}
        scale = after["squares"]
        if self.centered:
            after["average"] = self.rho * memory["average"] + (1 - self.rho) * gradient
            scale = scale - after["average"] ** 2
        move = self.learning_rate * gradient / np.sqrt(scale + self.epsilon)
        if self.momentum:
            move = after["velocity"] = self.momentum * memory["velocity"] + move
        return weights - move, after


@dataclass(frozen=True)
class Adam(_Checked):
    """Momentum over RMSprop's scale, both corrected for their start from 0: w ← w − η m̂ / (√ŝ + ε).

    With m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², m̂ = m / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ) at step t = 1, 2, …. Keras
    adds ε to √s instead of √ŝ, as the paper proposes for speed at the end of its section 2.

    Source: D. P. Kingma and J. Ba, ICLR 2015, arXiv:1412.6980.
    """

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    def begin(self, weights: np.ndarray) -> Memory:
        """Return averages of 0 and the number of steps taken, 0."""
        return {"average": np.zeros_like(weights), "squares": np.zeros_like(weights), "steps": np.array(0)}

    def step(self, weights: np.ndarray, gradient: np.ndarray, memory: Memory) -> tuple[np.ndarray, Memory]:
        """Take one step."""
        steps = memory["steps"] + 1
        average = self.beta_1 * memory["average"] + (1 - self.beta_1) * gradient
        squares = self.beta_2 * memory["squares"] + (1 - self.beta_2) * gradient**2
        correction = np.sqrt(1 - self.beta_2**steps) / (1 - self.beta_1**steps)
        move = self.learning_rate * correction * average / (np.sqrt(squares) + self.epsilon)
        return weights - move, {"average": average, "squares": squares, "steps": steps}


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam after shrinking the weights themselves: w ← w − ηλw, then Adam's step.

    Source: I. Loshchilov and F. Hutter, ICLR 2019, arXiv:1711.05101.
    """

    weight_decay: float = 0.004

    def step(self, weights: np.ndarray, gradient: np.ndarray, memory: Memory) -> tuple[np.ndarray, Memory]:
        """Take one step; the gradient is that at the weights before they shrink."""
        return super().step(weights - self.learning_rate * self.weight_decay * weights, gradient, memory)


def descend(
    optimizer: Optimizer, gradient: Callable[[np.ndarray], np.ndarray], start: np.ndarray, steps: int
) -> np.ndarray:
    """Follow an optimizer from a start.

    Args:
        optimizer: the rule.
        gradient: a function of the weights that returns their gradient, of the same shape.
        start: the weights to begin with.
        steps: how many steps to take.

    Returns:
        The weights before and after each step, of shape (steps + 1, *start.shape); NaN from the step on at which one of
        them went beyond a million.

    Raises:
        CourseError: a start that is not made of finite numbers, or a number of steps below 1.
    """
    try:
        weights = np.array(start, dtype=float)
    except (TypeError, ValueError):
        weights = np.array(np.nan)
    if not np.isfinite(weights).all() or not weights.size:
        raise CourseError(
            say(
                en=f"start={start!r}: give finite numbers to start from.",
                ko=f"start={start!r}: 출발점에는 유한한 수를 주세요.",
            )
        )
    if not isinstance(steps, int | np.integer) or isinstance(steps, bool) or steps < 1:
        raise CourseError(
            say(
                en=f"steps={steps!r}: give a whole number from 1 on.",
                ko=f"steps={steps!r}: 1 이상의 정수를 주세요.",
            )
        )
    path = np.full((steps + 1, *weights.shape), np.nan)
    path[0], memory = weights, optimizer.begin(weights)
    with np.errstate(over="ignore", invalid="ignore"):
        for place in range(1, steps + 1):
            weights, memory = optimizer.step(weights, gradient(weights), memory)
            if not (np.abs(weights) <= FAR).all():
                break
            path[place] = weights
    return path
