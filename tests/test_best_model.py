"""Lesson 16 in full: the reference solutions reach what the lesson says of them, beside what they have to beat.

Each number is a mean over three seeds. These are the heavy runs that the notebook shows in a smaller form.
"""

from collections.abc import Callable

import keras
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from helpers import data, experiments
from helpers.experiments import Variant

pytestmark = [pytest.mark.slow, pytest.mark.one_lane]
SEEDS = (0, 1, 2)


# --- breast cancer ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cancer():
    table = data.frame("breast_cancer")
    labels = table.pop("target").to_numpy()
    return table.to_numpy(), labels


@pytest.fixture(scope="module")
def regression(cancer):
    simple = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    cuts = [StratifiedKFold(5), *(StratifiedKFold(5, shuffle=True, random_state=seed) for seed in SEEDS)]
    return [cross_val_score(simple, *cancer, cv=cut).mean() for cut in cuts]


@pytest.fixture(scope="module")
def network(cancer):
    """Return the mean accuracy over five folds under each seed, which also cuts the folds."""
    measurements, labels = cancer
    means = []
    for seed in SEEDS:
        variants = {}
        for fold, (rest, held) in enumerate(
            StratifiedKFold(5, shuffle=True, random_state=seed).split(measurements, labels)
        ):
            scaler = StandardScaler().fit(measurements[rest])
            x_rest, x_held = (scaler.transform(measurements[rows]).astype("float32") for rows in (rest, held))
            variants[str(fold)] = Variant(cancer_model, dataset=(x_rest, labels[rest], x_held, labels[held]))
        runs = experiments.compare(variants, None, epochs=60, seeds=[seed])
        means.append(runs.measure("last_val_accuracy").mean())
    return means


def cancer_model() -> keras.Model:
    penalty = keras.regularizers.L2(0.01)
    hidden = keras.layers.Dense(32, activation="relu", kernel_regularizer=penalty)
    last = keras.layers.Dense(1, activation="sigmoid", kernel_regularizer=penalty)
    model = keras.Sequential([keras.Input((30,)), hidden, keras.layers.Dropout(0.3), last])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def test_logistic_regression_is_right_on_98_percent(regression):
    assert regression[0] == pytest.approx(0.981, abs=0.001)  # the rows cut in their order
    assert regression[1:] == pytest.approx([0.979] * 3, abs=0.002)


def test_the_network_reaches_97_5_percent_in_cross_validation(network):
    assert np.mean(network) >= 0.975
    assert min(network) >= 0.97


def test_the_network_is_no_better_than_logistic_regression(network, regression):
    assert np.mean(network) - np.mean(regression[1:]) < 0.01


# --- the digits ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def digits():
    return data.load("mnist")


def digits_model(units: int, dropout: float) -> Callable[[], keras.Model]:
    def build() -> keras.Model:
        hidden = keras.layers.Dense(units, activation="relu")
        last = keras.layers.Dense(10, activation="softmax")
        layers = [keras.layers.Flatten(), hidden, keras.layers.Dropout(dropout), last]
        model = keras.Sequential([keras.Input((28, 28)), *layers])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    return build


def test_a_plain_network_stops_near_92_percent(digits):
    runs = experiments.compare({"plain": digits_model(128, 0)}, digits, epochs=20, batch_size=128, seeds=SEEDS)
    assert runs.measure("test_accuracy").mean() == pytest.approx(0.925, abs=0.01)


def test_dropout_and_shifted_copies_reach_96_percent_of_the_test_digits(digits):
    moves = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    x = np.concatenate([np.roll(digits.x_train, move, axis=(1, 2)) for move in moves])
    parts = (x, np.tile(digits.y_train, 9), digits.x_val, digits.y_val, digits.x_test, digits.y_test)
    runs = experiments.compare({"best": digits_model(256, 0.4)}, parts, epochs=20, batch_size=128, seeds=SEEDS)
    assert runs.measure("test_accuracy").min() >= 0.96
