"""The lab of lesson 14: that its one model does what Keras does for each kind, and what it says."""

import keras
import numpy as np
import pytest

from helpers import i18n, labs
from helpers.errors import CourseError
from helpers.labs.penalties import (
    BATCH,
    CROSS_ENTROPY,
    KINDS,
    RATE,
    SEEDS,
    UNITS,
    Result,
    Study,
    draw,
    finding,
    simulate,
)


def blobs(rows):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, rows)
    return rng.normal(size=(rows, 4)) + 2 * np.eye(4)[y], y


@pytest.fixture(scope="module")
def study():
    return Study.of((*blobs(100), *blobs(60)))


def result(kind, loss, val_loss, strength=None, bound=None):
    columns = {CROSS_ENTROPY: loss, f"val_{CROSS_ENTROPY}": val_loss, "loss": loss}
    weights = np.full((2, 4, UNITS), 0.5)
    return Result(kind, strength, bound, {name: np.array([values] * 2) for name, values in columns.items()}, weights)


# --- simulate --------------------------------------------------------------------------------------------------------


def test_a_state_holds_every_seed_and_is_trained_once(study):
    found = simulate(study, "L2", 0.001, 2.0)
    assert found.columns[CROSS_ENTROPY].shape == (SEEDS, study.epochs)
    assert study.epochs * study.steps == 400
    assert found.weights.shape == (SEEDS, 4, UNITS)
    assert len({tuple(row) for row in found.columns[CROSS_ENTROPY]}) == SEEDS
    assert simulate(study, "L2", 0.001, 4.0) is found  # the bound plays no part


def test_a_state_does_not_depend_on_what_was_trained_before(study):
    simulate(study, "weight decay", 1.0, 2.0)
    simulate(study, "MaxNorm", 0.001, 0.5)
    fresh = Study.of((*blobs(100), *blobs(60)))
    np.testing.assert_array_equal(
        simulate(fresh, "none", 0.001, 2.0).weights, simulate(study, "none", 0.001, 2.0).weights
    )


@pytest.mark.parametrize(
    ("state", "parts"),
    [
        (("none", None, None), lambda: {}),
        (("L1", 0.01, None), lambda: {"penalty": keras.regularizers.L1(0.01)}),
        (("L2", 0.03, None), lambda: {"penalty": keras.regularizers.L2(0.03)}),
        (("weight decay", 1.0, None), lambda: {"optimizer": keras.optimizers.AdamW(RATE, weight_decay=1.0)}),
        (("MaxNorm", None, 0.5), lambda: {"constraint": keras.constraints.MaxNorm(0.5)}),
    ],
)
def test_the_one_model_does_what_keras_does(study, state, parts):
    simulate(study, "L1", 1.0, 2.0)
    keras.utils.set_random_seed(0)
    own = study._begin(*state)
    own.fit(study.x, study.y, epochs=5, batch_size=BATCH, shuffle=False, verbose=0)
    keras.utils.set_random_seed(0)
    plain = study.model(**parts())
    plain.fit(study.x, study.y, epochs=5, batch_size=BATCH, shuffle=False, verbose=0)
    for mine, theirs in zip(own.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-5)


def test_maxnorm_bounds_each_unit(study):
    assert simulate(study, "MaxNorm", 0.001, 1.0).norms.max() < 1.001
    assert simulate(study, "none", 0.001, 1.0).norms.max() > 1.2


@pytest.mark.parametrize(("kind", "strength", "bound"), [("l2", 0.001, 2.0), ("L2", 0.002, 2.0), ("L2", 0.001, "2")])
def test_a_state_that_the_lab_does_not_have_gets_a_sentence(study, kind, strength, bound):
    with pytest.raises(CourseError, match="is not known: choose one of"):
        simulate(study, kind, strength, bound)


def test_data_that_do_not_suit_get_a_sentence():
    x, y = blobs(60)
    with pytest.raises(CourseError, match="class number"):
        labs.penalties((x, y + 0.5, x, y))
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="가운데 고르세요"):
        labs.penalties((x, y, x, y), kind="weight_decay")


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("val_loss", "says"), [(0.4, "It helped"), (0.5, "Too weak to matter"), (0.9, "Too strong")])
def test_finding_follows_the_rule(val_loss, says):
    plain = result("none", [1.0, 0.1], [1.0, 0.5])
    assert says in finding(result("L2", [1.0, 0.2], [1.0, val_loss], strength=0.001), plain)
    assert "to compare with" in finding(plain, plain)


def test_finding_speaks_korean():
    i18n.set_language("ko")
    plain = result("none", [1.0, 0.1], [1.0, 0.5])
    assert "너무 강합니다" in finding(result("MaxNorm", [1.0, 0.2], [1.0, 0.9], bound=0.5), plain)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_with_a_ghost_differs_from_one_without(study, kind):
    state, before = {"kind": kind, "strength": 0.01, "bound": 1.0}, {"kind": "L1", "strength": 0.03, "bound": 1.0}
    alone, ghost = draw(study, state), draw(study, state, before)
    assert alone.png.startswith(b"\x89PNG")
    assert alone.png != ghost.png
    assert alone.finding == ghost.finding


def test_the_lab_opens_where_it_is_told():
    lab = labs.penalties((*blobs(100), *blobs(60)), kind="MaxNorm", bound=1.0)
    assert lab.preset == {"kind": "MaxNorm", "strength": 0.001, "bound": 1.0}
    line = "labs.penalties(dataset, kind='MaxNorm', strength=0.001, bound=1.0)"
    assert lab.code.format(**lab.preset) == line
