"""The replay of EarlyStopping against Keras's own callback, on random curves."""

import math
import subprocess
import sys
import time
import warnings
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import i18n
from helpers.errors import CourseError
from helpers.paths import COURSE
from helpers.stopping import Stop, simulate


class Stub:
    """What the callback needs of a model: weights that tell which epoch they are of."""

    def __init__(self):
        self.stop_training = False
        self.weights = None
        self.restored = False

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights, self.restored = weights, True


def by_keras(values, **arguments):
    """Let Keras's callback watch the values as `fit` would show them; return what became of it."""
    model = Stub()
    stopper = keras.callbacks.EarlyStopping("val_loss", **arguments)
    stopper.set_model(model)
    stopper.on_train_begin()
    trained = 0
    for epoch, value in enumerate(values):
        model.weights = epoch
        trained += 1
        stopper.on_epoch_end(epoch, {} if value is None else {"val_loss": value})
        if model.stop_training:
            break
    stopper.on_train_end()
    return SimpleNamespace(
        epochs=trained,
        stopped_epoch=stopper.stopped_epoch,
        best_epoch=stopper.best_epoch,
        best=stopper.best,
        restored=model.restored,
        kept_epoch=model.weights,
    )


def same(one, other):
    return one == other or (None not in (one, other) and math.isnan(one) and math.isnan(other))


def assert_equal_to_keras(values, arguments):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a value that was not measured
        keras_says = by_keras(values, **arguments)
    ours = simulate(values, **arguments)
    assert ours.epochs == keras_says.epochs
    assert ours.stopped_epoch == keras_says.stopped_epoch
    assert ours.best_epoch == keras_says.best_epoch
    assert same(ours.best, keras_says.best)
    assert ours.restored == keras_says.restored
    assert ours.kept_epoch == keras_says.kept_epoch


# Few values on a grid make ties; losses of any size and differences that 32 bits cannot tell make near-ties.
tied = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.30000001, 0.5, -0.1])
losses = st.floats(-1e6, 1e6, width=32, allow_subnormal=False)
close = st.integers(-3, 3).map(lambda step: 0.5 + step * 1e-8)
odd = st.sampled_from([math.nan, math.inf, -math.inf, None])
curves = st.one_of(
    *(st.lists(values, min_size=1, max_size=40) for values in (tied, losses, close, st.one_of(tied, odd)))
)
arguments = st.fixed_dictionaries(
    {"mode": st.sampled_from(["min", "max"])},
    optional={
        "patience": st.integers(0, 12),
        "min_delta": st.sampled_from([0, 0.001, 0.1, 0.2, -0.1]),
        "baseline": st.one_of(st.none(), tied, losses),
        "start_from_epoch": st.integers(0, 45),
        "restore_best_weights": st.booleans(),
    },
)


@given(curves, arguments)
@settings(max_examples=400, deadline=None)
@example([math.nan, 0.5, 0.4], {"mode": "min", "patience": 1, "restore_best_weights": True})
@example([0.5, math.nan, 0.4, 0.4], {"mode": "min", "patience": 2})
@example([0.3, 0.2, 0.2, 0.1], {"mode": "min", "min_delta": 0.1, "patience": 3})  # 0.2 + 0.1 against 0.3
@example([0.5, 0.4], {"mode": "max", "start_from_epoch": 2, "restore_best_weights": True})
@example([None, 0.5, None, 0.6], {"mode": "min"})
@example([0.9, 0.45, 0.46, 0.3], {"mode": "min", "baseline": 0.5, "min_delta": 0.1, "patience": 2})
def test_replay_is_equal_to_keras(values, arguments):
    assert_equal_to_keras(values, arguments)


@pytest.mark.parametrize("mode", ["min", "max"])
@pytest.mark.parametrize("patience", [0, 1, 5, 50])
def test_replay_is_equal_to_keras_on_long_noisy_curves(mode, patience):
    noise = np.random.default_rng(patience).normal(0, 0.02, 500)
    values = (0.5 + 0.4 * np.exp(-np.arange(500) / 60) + np.arange(500) / 2000 + noise).tolist()
    assert_equal_to_keras(values, {"mode": mode, "patience": patience, "restore_best_weights": True})


# --- the rule, by hand -----------------------------------------------------------------------------------------------


def test_result_of_a_stopped_run():
    stop = simulate([0.5, 0.4, 0.45, 0.41, 0.3], patience=2, restore_best_weights=True)
    assert stop == Stop(epochs=4, stopped_epoch=3, best_epoch=1, best=0.4, restored=True)
    assert stop.early
    assert stop.kept_epoch == 1
    assert simulate([0.5, 0.4, 0.45, 0.41, 0.3], patience=2).kept_epoch == 3


def test_result_of_a_run_that_went_to_its_end():
    stop = simulate([0.5, 0.4, 0.45], patience=10, restore_best_weights=True)
    assert stop == Stop(epochs=3, stopped_epoch=0, best_epoch=1, best=0.4, restored=True)
    assert not stop.early


def test_nothing_is_restored_where_nothing_was_watched():
    assert simulate([0.5, 0.4], start_from_epoch=2, restore_best_weights=True) == Stop(2, 0, 0, None, False)


@given(curves, arguments)
def test_patience_0_and_1_are_alike(values, arguments):
    ours = [simulate(values, **{**arguments, "patience": patience}) for patience in (0, 1)]
    assert ours[0].epochs == ours[1].epochs
    assert ours[0].kept_epoch == ours[1].kept_epoch


def test_replay_leaves_the_curve_alone():
    values = [0.5, 0.4, 0.6]
    assert simulate(values, patience=1) == simulate(tuple(values), patience=1) == simulate(np.array(values), patience=1)
    assert values == [0.5, 0.4, 0.6]


def test_replay_of_3500_epochs_takes_less_than_50_ms():
    values = np.linspace(1, 0, 3500)
    simulate(values)
    began = time.perf_counter()
    assert simulate(values, patience=100).epochs == 3500
    assert time.perf_counter() - began < 0.05


@pytest.mark.parametrize(("values", "mode", "why"), [([], "min", "no epoch"), ([1.0], "auto", "mode='auto'")])
def test_what_cannot_be_replayed_gets_a_sentence(values, mode, why):
    with pytest.raises(CourseError, match=why):
        simulate(values, mode=mode)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]"):
        simulate(values, mode=mode)


@pytest.mark.slow
def test_replay_needs_no_keras():
    code = (
        "import sys; sys.modules['keras'] = sys.modules['tensorflow'] = sys.modules['IPython'] = None\n"
        "from helpers.stopping import simulate\n"
        "print(simulate([0.5, 0.6], patience=1))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=COURSE, capture_output=True, text=True)
    assert "stopped_epoch=1" in done.stdout, done.stderr
