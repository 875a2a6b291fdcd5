"""The lab of lesson 15: its dropout with a rate that moves, what it trains, and what it says."""

import subprocess
import sys

import keras
import numpy as np
import pytest

from helpers import i18n, labs, plots
from helpers.errors import CourseError
from helpers.labs.dropout import BATCH, EPOCHS, SEEDS, AdjustableDropout, Curves, Study, draw, finding, simulate
from helpers.paths import COURSE


def blobs(rows):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, rows)
    return rng.normal(size=(rows, 4)) + 2 * np.eye(4)[y], y


@pytest.fixture(scope="module")
def study():
    return Study.of((*blobs(100), *blobs(60)))


def curves(rates, val_loss, *, logged=0.9, known=1.0):
    ends = {"loss": val_loss, "val_loss": val_loss, "accuracy": [logged] * len(val_loss)}
    return Curves(rates, {name: np.array([values, values]) for name, values in ends.items()}, np.array([known, known]))


NONE = curves((0.0, 0.0, 0.0), [1.0, 0.5, 0.6])


# --- the layer -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_the_layer_drops_and_scales_as_keras_does(rate):
    layer, keras_layer = AdjustableDropout(), keras.layers.Dropout(rate, seed=0)
    ones = np.ones((200, 100), "float32")
    layer(ones)
    layer.rate.assign(rate)
    ours, theirs = (keras.ops.convert_to_numpy(one(ones, training=True)) for one in (layer, keras_layer))
    np.testing.assert_allclose(np.unique(ours), np.unique(theirs), rtol=1e-5)
    assert abs(ours.mean() - 1) < 0.1
    assert abs(np.mean(ours == 0) - rate) < 0.02
    np.testing.assert_array_equal(layer(ones, training=False), ones)


def test_each_call_draws_new_masks_for_each_sample():
    layer, ones = AdjustableDropout(), np.ones((3, 50), "float32")
    layer(ones)
    layer.rate.assign(0.5)
    first, second = (keras.ops.convert_to_numpy(layer(ones, training=True)) for _ in range(2))
    assert len({tuple(row) for row in np.concatenate([first, second])}) == 6


# --- simulate --------------------------------------------------------------------------------------------------------


def test_a_state_holds_every_seed_and_is_trained_once(study):
    found = simulate(study, 0.0, 0.5, 0.5)
    assert {values.shape for values in found.columns.values()} == {(SEEDS, EPOCHS)}
    assert found.evaluated.shape == (SEEDS,)
    assert len({tuple(row) for row in found.columns["loss"]}) == SEEDS
    assert simulate(study, 0, 0.5, 0.5) is found


def test_a_state_does_not_depend_on_what_was_trained_before(study):
    fresh = Study.of((*blobs(100), *blobs(60)))
    simulate(fresh, 0.9, 0.1, 0.0)
    np.testing.assert_array_equal(
        simulate(fresh, 0.0, 0.5, 0.5).columns["val_loss"], simulate(study, 0.0, 0.5, 0.5).columns["val_loss"]
    )


def test_rate_zero_is_a_network_without_dropout(study):
    simulate(study, 0.0, 0.5, 0.5)
    keras.utils.set_random_seed(0)
    plain = study._begin((0.0, 0.0, 0.0), 0)
    dense = [layer for layer in plain.layers if isinstance(layer, keras.layers.Dense)]
    bare = keras.Sequential([keras.Input((4,)), *(keras.layers.Dense.from_config(one.get_config()) for one in dense)])
    bare.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    for copy, one in zip(bare.layers, dense, strict=True):
        copy.set_weights(one.get_weights())
    ends = [
        model.fit(study.x, study.y, epochs=2, batch_size=BATCH, shuffle=False, verbose=0).history["loss"]
        for model in (plain, bare)
    ]
    np.testing.assert_allclose(*ends, rtol=1e-4)


def test_a_high_rate_everywhere_underfits(study):
    assert simulate(study, 0.9, 0.9, 0.9).median("loss")[-1] > simulate(study, 0.0, 0.0, 0.0).median("loss")[-1] + 0.3


@pytest.mark.parametrize("rates", [(0.25, 0.5, 0.5), (0.0, 1.0, 0.0), (0.0, 0.5, "0.5"), (-0.1, 0.0, 0.0)])
def test_a_rate_that_is_not_on_the_sliders_gets_a_sentence(study, rates):
    with pytest.raises(CourseError, match=r"after_.*is not known: choose one of 0\.0, 0\.1"):
        simulate(study, *rates)


def test_data_that_do_not_suit_get_a_sentence():
    x, y = blobs(60)
    with pytest.raises(CourseError, match="class number"):
        labs.dropout((x, y + 0.5, x, y))
    with pytest.raises(CourseError, match="at least 50"):
        labs.dropout((x[:10], y[:10], x, y))
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="클래스 번호"):
        labs.dropout((x, y - 1, x, y))


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (curves((0.0, 0.5, 0.5), [1.0, 0.45, 0.46]), "10% lower"),
        (curves((0.0, 0.8, 0.8), [1.0, 0.6, 0.6]), "20% higher"),
        (curves((0.0, 0.1, 0.1), [1.0, 0.505, 0.6]), "hardly differ"),
        (curves((0.9, 0.9, 0.9), [2.0, 1.9, 1.8], known=0.5), "Underfitting"),
        (NONE, "No dropout"),
    ],
)
def test_finding_follows_the_rule(other, says):
    assert says in finding(other, NONE)


def test_finding_tells_the_two_training_accuracies_apart():
    assert "at 0.80 in the log, at 1.00 with every unit on" in finding(
        curves((0.0, 0.5, 0.5), [1, 1], logged=0.8), NONE
    )


def test_finding_speaks_korean():
    i18n.set_language("ko")
    assert "과소적합" in finding(curves((0.9, 0.9, 0.9), [2.0, 1.9], known=0.5), NONE)


def test_a_picture_with_a_ghost_differs_from_one_without(study):
    state = {"after_input": 0.0, "after_hidden1": 0.5, "after_hidden2": 0.5}
    before = {"after_input": 0.9, "after_hidden1": 0.9, "after_hidden2": 0.9}
    alone, ghost = draw(study, state), draw(study, state, before)
    assert alone.png.startswith(b"\x89PNG")
    assert alone.png != ghost.png
    assert alone.finding == ghost.finding


def test_the_lab_opens_where_it_is_told():
    lab = labs.dropout((*blobs(100), *blobs(60)), after_hidden1=0.2)
    assert lab.preset == {"after_input": 0.2, "after_hidden1": 0.2, "after_hidden2": 0.5}
    line = "labs.dropout(dataset, after_input=0.2, after_hidden1=0.2, after_hidden2=0.5)"
    assert lab.code.format(**lab.preset) == line


def test_simulate_needs_no_ipython():
    code = "import sys; sys.modules['IPython'] = sys.modules['ipywidgets'] = None\nimport helpers.labs.dropout"
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)


@pytest.mark.parametrize("kept", [[[True]], [[True], []], []])
def test_a_network_that_cannot_be_drawn_gets_a_sentence(kept):
    with pytest.raises(CourseError, match="at least two columns"):
        plots.thinned(kept)
