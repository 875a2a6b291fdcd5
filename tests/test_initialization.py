"""Activations through new layers: the experiment against the formula, and against Keras."""

import keras
import numpy as np
import pytest

from helpers.errors import CourseError
from helpers.initialization import activations, predict, row_std, saturated, verdict, weight_std

X = np.random.default_rng(1).standard_normal((500, 200))


@pytest.mark.parametrize(("scale", "std"), [("glorot", np.sqrt(2 / 300)), ("he", 0.1), (0.3, 0.3), (0, 0.0)], ids=str)
def test_weight_std(scale, std):
    assert weight_std(scale, 200, 100) == pytest.approx(std)


@pytest.mark.parametrize("scale", ["lecun", -1, float("nan")])
def test_unknown_scales_get_a_sentence(scale):
    with pytest.raises(CourseError, match="scale="):
        weight_std(scale, 10, 10)


@pytest.mark.parametrize("name", ["glorot", "he"])
@pytest.mark.parametrize("shape", ["normal", "uniform"])
def test_keras_draws_with_the_same_standard_deviation(name, shape):
    weights = keras.initializers.get(f"{name}_{shape}")((200, 100))
    assert np.std(keras.ops.convert_to_numpy(weights)) == pytest.approx(weight_std(name, 200, 100), rel=0.03)


@pytest.mark.parametrize("uniform", [False, True])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "linear"])
@pytest.mark.parametrize("scale", [100, 1, 0.01, "glorot", "he"])
def test_experiment_meets_formula(activation, scale, uniform):
    layers = [activations(X, scale, activation, depth=4, units=200, uniform=uniform, seed=seed) for seed in range(10)]
    expected = predict(1, scale, activation, depth=4, units=200)
    for number, width in enumerate(expected):
        found = np.concatenate([stack[number].ravel() for stack in layers])
        assert np.mean(found**2) == pytest.approx(width.square, rel=0.1)
        assert found.std() == pytest.approx(width.std, rel=0.1)
        assert found.mean() == pytest.approx(width.mean, abs=0.1 * np.sqrt(width.square))


def test_relu_keeps_the_mean_square_with_he_and_halves_it_with_glorot():
    squares = [[w.square for w in predict(1, scale, "relu", depth=3)] for scale in ("he", "glorot")]
    np.testing.assert_allclose(squares, [[1, 1, 1], [0.5, 0.25, 0.125]])


def test_features_may_be_more_than_units():
    assert predict(1, 0.1, "linear", features=400)[0].square == pytest.approx(4)


def test_batch_norm_is_what_a_new_keras_layer_does_in_training():
    plain = activations(X, 1, "linear", depth=1)[0]
    ours = activations(X, 1, "linear", depth=1, batch_norm=True)[0]
    theirs = keras.layers.BatchNormalization()(plain.astype("float32"), training=True)
    np.testing.assert_allclose(ours, keras.ops.convert_to_numpy(theirs), atol=1e-4)


def test_seeds_repeat_and_differ():
    one, same, other = (activations(X, 1, "tanh", seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("arguments", [{"activation": "gelu"}, {"activation": "relu", "depth": 0}])
def test_what_cannot_be_computed_gets_a_sentence(arguments):
    with pytest.raises(CourseError):
        activations(X, 1, **arguments)
    with pytest.raises(CourseError):
        predict(1, 1, **arguments)


def test_saturated():
    assert saturated(np.array([0.01, 0.5, 0.99, 0.4]), "sigmoid") == 0.5
    assert saturated(np.array([-0.99, 0.0, 0.5, 0.6]), "tanh") == 0.25
    assert saturated(np.array([0.0, 0.0, 2.0, 3.0]), "relu") == 0.5
    assert saturated(np.array([-9.0, 9.0]), "linear") == 0


def test_row_std_sees_only_what_varies_from_row_to_row():
    assert row_std(np.array([[0.1, 0.9], [0.1, 0.9]])) == pytest.approx(0, abs=1e-12)
    assert row_std(np.array([[0.0, 1.0], [1.0, 0.0]])) == 0.5


@pytest.mark.parametrize(
    ("scale", "activation", "word"),
    [
        (1, "sigmoid", "ends"),
        (0.01, "sigmoid", "crowded"),
        ("glorot", "sigmoid", "alike"),
        ("glorot", "tanh", "spread"),
        (1, "relu", "exploding"),
    ],
)
def test_verdict(scale, activation, word):
    assert verdict(activations(X, scale, activation)[-1], activation) == word
