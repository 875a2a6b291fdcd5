"""The surfaces of lesson 13: gradients that belong to their losses, and where a path has come to."""

import numpy as np
import pytest

from helpers import i18n
from helpers.errors import CourseError
from helpers.optimizers import SGD, descend
from helpers.surfaces import SURFACES, outcome, quadratic, surface, told

POINTS = np.random.default_rng(0).uniform(-2, 2, (20, 2))


@pytest.mark.parametrize("name", SURFACES)
def test_gradient_is_that_of_the_loss(name):
    ground, small = surface(name), 1e-6
    steps = small * np.eye(2)
    measured = np.stack([ground.loss(POINTS + step) - ground.loss(POINTS - step) for step in steps], -1) / (2 * small)
    np.testing.assert_allclose(ground.gradient(POINTS), measured, atol=1e-6)
    np.testing.assert_allclose(ground.gradient(POINTS[0]), measured[0], atol=1e-6)


@pytest.mark.parametrize("name", SURFACES)
def test_minima_are_minima_and_the_first_is_the_lowest(name):
    ground = surface(name)
    for minimum in np.array(ground.minima, dtype=float):
        np.testing.assert_allclose(ground.gradient(minimum), 0, atol=1e-9)
        assert (ground.loss(minimum + 0.01 * POINTS) >= ground.loss(minimum)).all()
    assert ground.loss(np.array(ground.minima[0], dtype=float)) == pytest.approx(ground.lowest)
    assert (ground.loss(POINTS) >= ground.lowest).all()


def test_two_minima_have_a_shallower_one():
    ground = surface("two minima")
    assert ground.loss(np.array(ground.minima[1])) > ground.lowest + 0.1


def test_quadratic_is_bent_as_asked():
    assert quadratic(20).loss(np.array([1.0, 1.0])) == pytest.approx(10.5)


@pytest.mark.parametrize("curvature", [0, -1, np.nan, np.inf])
def test_a_curvature_that_is_none_gets_a_sentence(curvature):
    with pytest.raises(CourseError, match="above 0"):
        quadratic(curvature)


@pytest.mark.parametrize("name", ["hill", None, ["bowl"]])
def test_an_unknown_surface_gets_a_sentence(name):
    with pytest.raises(CourseError, match="choose one of 'bowl', 'ravine'"):
        surface(name)


@pytest.mark.parametrize(
    ("name", "rate", "start", "kind"),
    [
        ("bowl", 0.5, (-2, 1), "arrived"),
        ("ravine", 0.001, (-2, 1), "moving"),
        ("ravine", 0.3, (-2, 1), "away"),
        ("saddle", 0.1, (-2, 0), "flat"),
        ("plateau", 0.01, (-2.5, 1.5), "flat"),
        ("two minima", 0.1, (2, 1), "flat"),
    ],
)
def test_outcome(name, rate, start, kind):
    ground = surface(name)
    end = outcome(ground, descend(SGD(rate), ground.gradient, start, 100))
    assert end.kind == kind
    assert str(end.steps) in told("SGD", end) or kind == "flat"


def test_arrival_is_the_step_since_which_it_stays():
    ground = surface("bowl")
    there, away = [0.0, 0.0], [2.0, 0.0]
    assert outcome(ground, np.array([away, there, away, there, there])).steps == 3
    assert outcome(ground, np.array([there, there])).steps == 0
    assert outcome(ground, np.array([there, away])).kind == "moving"


def test_told_in_korean():
    i18n.set_language("ko")
    assert "도착" in told("SGD", outcome(surface("bowl"), np.zeros((3, 2))))
