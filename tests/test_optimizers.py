"""The rules of lesson 13 in NumPy: each is that of Keras, step by step."""

import subprocess
import sys

import keras
import numpy as np
import pytest

from helpers import i18n, optimizers
from helpers.errors import CourseError
from helpers.optimizers import SGD, Adagrad, Adam, AdamW, RMSprop, descend
from helpers.paths import COURSE

STEPS = 100
# But for the defaults, numbers that float32 holds exactly, because Keras keeps them so: what is compared is the rule.
RULES = [
    SGD(),
    SGD(0.25),
    SGD(momentum=0.9),
    SGD(0.0625, momentum=0.5),
    SGD(momentum=0.9, nesterov=True),
    SGD(0.0625, momentum=0.984375, nesterov=True),
    Adagrad(),
    Adagrad(0.5, initial_accumulator_value=0.0, epsilon=1e-3),
    RMSprop(),
    RMSprop(0.0625, rho=0.5, epsilon=1e-2),
    RMSprop(0.015625, momentum=0.9),
    RMSprop(0.015625, centered=True, epsilon=1e-3),
    RMSprop(0.015625, momentum=0.5, centered=True, epsilon=1e-3),
    Adam(),
    Adam(0.125, beta_1=0.5, beta_2=0.875, epsilon=1e-2),
    Adam(0.125, beta_1=0.0, beta_2=0.984375),
    AdamW(),
    AdamW(0.125, beta_1=0.75, beta_2=0.96875, weight_decay=0.5),
    AdamW(weight_decay=0.0),
]
START = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -0.1]])
GRADIENTS = np.random.default_rng(0).normal(size=(STEPS, *START.shape)) * [[0.01, 1, 10], [1, 0, 5]]


def arguments(rule):
    return {name: getattr(rule, name) for name in rule.__dataclass_fields__}


# --- equal to Keras --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_is_that_of_keras_over_100_steps(rule):
    theirs = getattr(keras.optimizers, type(rule).__name__)(**arguments(rule))
    variable = keras.Variable(START, dtype="float64")
    weights, memory = START, rule.begin(START)
    for gradient in GRADIENTS:
        weights, memory = rule.step(weights, gradient, memory)
        theirs.apply([gradient], [variable])
        np.testing.assert_allclose(weights, variable.numpy(), rtol=1e-6, atol=1e-6)
    assert not np.allclose(weights, START)


@pytest.mark.parametrize("kind", ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])
def test_defaults_are_those_of_keras(kind):
    config = getattr(keras.optimizers, kind)().get_config()
    for name, value in arguments(getattr(optimizers, kind)()).items():
        assert value == pytest.approx(config[name]), name


# --- without side effects --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_step_changes_nothing_that_it_is_given(rule):
    weights, gradient, memory = START.copy(), GRADIENTS[0].copy(), rule.begin(START)
    before = {name: value.copy() for name, value in memory.items()}
    once = rule.step(weights, gradient, memory)
    again = rule.step(weights, gradient, memory)
    np.testing.assert_array_equal(weights, START)
    np.testing.assert_array_equal(gradient, GRADIENTS[0])
    assert before.keys() == memory.keys()
    for name, value in before.items():
        np.testing.assert_array_equal(memory[name], value)
    np.testing.assert_array_equal(once[0], again[0])


def test_rules_are_values():
    assert SGD(0.1) == SGD(0.1)
    with pytest.raises(AttributeError):
        SGD().learning_rate = 1.0


# --- descend ---------------------------------------------------------------------------------------------------------


def test_descend_returns_the_start_and_each_step():
    path = descend(SGD(0.5), lambda w: w, [1.0, -2.0], 3)
    np.testing.assert_allclose(path, np.outer([1, 0.5, 0.25, 0.125], [1, -2]))


def test_descend_follows_the_memory():
    path = descend(SGD(0.1, momentum=0.9), np.ones_like, [0.0], 2)
    np.testing.assert_allclose(path.ravel(), [0, -0.1, -0.29])


def test_what_flies_off_is_nan_from_there_on():
    path = descend(SGD(10.0), lambda w: w, [1.0], 20)
    lost = np.flatnonzero(np.isnan(path[:, 0]))
    assert lost[0] == 7  # (-9)^7 is beyond a million
    assert len(lost) == 14


def test_a_gradient_that_is_no_number_is_flying_off():
    assert np.isnan(descend(SGD(), lambda w: w * np.nan, [1.0], 2)[1:]).all()


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: SGD(-0.1), "learning_rate=-0.1: give a number above 0"),
        (lambda: SGD(0), "above 0"),
        (lambda: Adam(np.nan), "learning_rate=nan"),
        (lambda: Adam(np.inf), "above 0"),
        (lambda: SGD("0.1"), "above 0"),
        (lambda: SGD(True), "above 0"),
        (lambda: SGD(momentum=1), "momentum=1: give a number from 0 up to"),
        (lambda: RMSprop(rho=-0.1), "rho=-0.1"),
        (lambda: Adam(beta_2=1.0), "beta_2=1.0"),
        (lambda: Adagrad(initial_accumulator_value=-1), "from 0 on"),
        (lambda: AdamW(weight_decay=-1), "weight_decay=-1"),
        (lambda: Adam(epsilon=0), "epsilon=0"),
        (lambda: descend(SGD(), lambda w: w, [np.nan], 3), "finite numbers"),
        (lambda: descend(SGD(), lambda w: w, "here", 3), "finite numbers"),
        (lambda: descend(SGD(), lambda w: w, [], 3), "finite numbers"),
        (lambda: descend(SGD(), lambda w: w, [1.0], 0), "whole number"),
        (lambda: descend(SGD(), lambda w: w, [1.0], 2.5), "whole number"),
    ],
)
def test_bad_input_gets_one_sentence(build, says):
    with pytest.raises(CourseError, match=says):
        build()


def test_the_sentence_speaks_korean():
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="0보다 큰 수"):
        SGD(-1)


def test_it_needs_nothing_but_numpy():
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['IPython', 'ipywidgets', 'keras', 'matplotlib']))\n"
        "import helpers.optimizers, helpers.surfaces"
    )
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)
