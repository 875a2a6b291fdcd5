"""The lab of lesson 12: what it draws, what it says, and how quickly."""

import subprocess
import sys

import numpy as np
import pytest

from helpers import i18n, labs
from helpers.errors import CourseError
from helpers.labs.activations import DEEPEST, SCALES, Stack, as_rows, draw, finding, simulate
from helpers.labs.view import view
from helpers.paths import COURSE

ROWS = np.random.default_rng(1).standard_normal((500, 100))
PRESET = {"initializer": "normal", "scale": 1, "activation": "sigmoid", "depth": 5, "batch_norm": False}


def state(**changes):
    return PRESET | changes


@pytest.mark.parametrize(
    ("changes", "verdict", "says"),
    [
        ({}, "ends", "too large for this activation"),
        ({"scale": 0.01}, "crowded", "too small"),
        ({"scale": 0}, "crowded", "too small"),
        ({"scale": "glorot", "depth": 2}, "spread", "suits this depth"),
        ({"scale": "glorot"}, "alike", "no longer be told apart"),
        ({"scale": "glorot", "batch_norm": True}, "spread", "suits this depth"),
        ({"scale": "he", "activation": "relu", "depth": 10}, "spread", "suits this depth"),
        ({"scale": "glorot", "activation": "relu", "depth": 10}, "crowded", "too small"),
        ({"activation": "relu"}, "exploding", "each layer enlarges"),
        ({"activation": "relu", "batch_norm": True}, "spread", "suits this depth"),
    ],
)
def test_finding_follows_the_histograms(changes, verdict, says):
    stack = simulate(ROWS, **state(**changes))
    assert stack.verdict == verdict
    assert says in finding(stack)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("initializer", ["normal", "uniform"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_every_state_can_be_drawn(scale, initializer, activation):
    stack = simulate(ROWS, **state(scale=scale, initializer=initializer, activation=activation, depth=DEEPEST))
    assert stack.layers.shape == (DEEPEST, 500, 100)
    assert np.isfinite(stack.layers).all()
    assert "nan" not in finding(stack)


def test_the_shape_of_the_weights_hardly_matters():
    normal, uniform = (
        simulate(ROWS, **state(scale="he", activation="relu", initializer=of)).layers for of in ("normal", "uniform")
    )
    assert not np.array_equal(normal, uniform)
    np.testing.assert_allclose(normal[0].std(), uniform[0].std(), rtol=0.05)


@pytest.mark.parametrize(
    "changes", [{"scale": 2}, {"activation": "linear"}, {"depth": 0}, {"depth": 11}, {"initializer": "he"}]
)
def test_a_state_that_the_lab_does_not_have_gets_a_sentence(changes):
    with pytest.raises(CourseError, match="is not known: choose one of"):
        simulate(ROWS, **state(**changes))
    with pytest.raises(CourseError):
        labs.activations(**state(**changes))


def test_own_features_are_standardised():
    x = np.random.default_rng(0).normal(7, 3, (600, 4, 2))
    x[:, 0, 0] = 1
    rows = as_rows(x)
    assert rows.shape == (500, 8)
    np.testing.assert_allclose(rows.std(axis=0), [0, 1, 1, 1, 1, 1, 1, 1], atol=1e-9)
    assert "x_train, " in labs.activations(x).code


@pytest.mark.parametrize("x", [[1, 2], [["a", "b"]] * 3, [[1.0, np.nan]] * 3, np.ones((1, 5))])
def test_features_that_do_not_suit_get_a_sentence(x):
    with pytest.raises(CourseError, match="at least two rows"):
        labs.activations(x)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="두 행 이상"):
        labs.activations(x)


def test_finding_speaks_korean():
    i18n.set_language("ko")
    assert "가중치가 너무 큽니다" in finding(simulate(ROWS, **PRESET))


def test_a_single_layer_has_no_course():
    assert "From layer" not in finding(Stack(state(depth=1), simulate(ROWS, **state(depth=1)).layers))


def test_a_picture_with_a_ghost_differs_from_one_without():
    before = state(scale="glorot", depth=8, activation="tanh")
    alone, ghost = draw(ROWS, PRESET), draw(ROWS, PRESET, before)
    assert alone.png.startswith(b"\x89PNG")
    assert alone.png != ghost.png
    assert alone.finding == ghost.finding
    assert draw(ROWS, PRESET, PRESET).png == alone.png


def test_the_code_line_rebuilds_the_state():
    lab = labs.activations(scale="he", activation="relu", depth=3, batch_norm=True)
    code = lab.code.format(**lab.preset)
    assert code.startswith("labs.activations(initializer='normal', scale='he'")
    assert eval(code).preset == lab.preset


def test_the_view_opens_and_moves():
    box = view(labs.activations())
    words = box.children[-2]
    first = words.value
    row = next(child for child in box.children if hasattr(child, "children") and len(child.children) == 1)
    row.children[0].index = SCALES.index("he")
    assert words.value != first


def test_simulate_needs_no_ipython_and_no_keras():
    blocked = "IPython", "ipywidgets", "keras"
    code = f"import sys\nfor name in {blocked}: sys.modules[name] = None\nimport helpers.initialization"
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)
    code = "import sys; sys.modules['IPython'] = sys.modules['ipywidgets'] = None\nimport helpers.labs.activations"
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)
