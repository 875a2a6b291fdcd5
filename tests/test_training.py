"""`fit` trains as `model.fit` does: the same losses, metrics and weights, the same chance, and the model goes on."""

import gc
import weakref
from functools import partial

import keras
import numpy as np
import pandas as pd
import pytest
from keras import layers, optimizers, regularizers
from scipy.stats import ks_2samp

from helpers.training import fit
from helpers.training.program import EpochProgram

ENGINES = ("graph", "xla")
EPOCHS = 50
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(70, 4)).astype("float32")  # batches of 32, 32 and 6 rows
Y = (X @ [[1.0], [-2.0], [0.5], [0.0]] + RANDOM.normal(size=(70, 1))).astype("float32")
CLASSES = np.digitize(Y[:, 0], [-1, 1])
WEIGHTS = RANDOM.uniform(0.5, 2, 70)
TOKENS = RANDOM.integers(0, 9, (70, 5))
XS, YS = {"b": X, "a": X[:, ::-1]}, {"z": Y, "y": -Y}


def net(optimizer, *between, outputs=1, activation=None, loss="mse", metrics=("mae",), **dense):
    """A small network for X; the same one each time."""
    keras.utils.set_random_seed(1)
    hidden = layers.Dense(6, "tanh", **dense)
    model = keras.Sequential([keras.Input((4,)), hidden, *between, layers.Dense(outputs, activation)])
    model.compile(optimizer, loss, metrics=list(metrics))
    return model


def binary(optimizer, **dense):
    metrics = ["accuracy", keras.metrics.AUC(name="auc")]
    return net(optimizer, activation="sigmoid", loss="binary_crossentropy", metrics=metrics, **dense)


def classifier(optimizer, loss="sparse_categorical_crossentropy", metrics=("accuracy",)):
    return net(optimizer, outputs=3, activation="softmax", loss=loss, metrics=metrics)


def two_by_two(optimizer):
    """Two inputs and two outputs, whose names are not in the order of the alphabet."""
    keras.utils.set_random_seed(1)
    b, a = keras.Input((4,), name="b"), keras.Input((4,), name="a")
    both = layers.Concatenate()([layers.Dense(3, "tanh")(b), a])
    model = keras.Model([b, a], [layers.Dense(1, name="z")(both), layers.Dense(1, name="y")(both)])
    model.compile(optimizer, "mse", metrics=[["mae"], ["mse"]])
    return model


def reader():
    keras.utils.set_random_seed(1)
    words = [keras.Input((5,)), layers.Embedding(9, 3), layers.LSTM(4), layers.Dense(3, "softmax")]
    model = keras.Sequential(words)
    model.compile(optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    return model


def convolution(optimizer):
    keras.utils.set_random_seed(1)
    convolved = [layers.Reshape((4, 1)), layers.Conv1D(3, 2, activation="relu"), layers.Flatten()]
    model = keras.Sequential([*convolved, layers.Dense(1)])  # built at the first batch
    model.compile(optimizer, "mse")
    return model


def own_loss(y, predicted):
    return keras.ops.mean((y - predicted) ** 2)


def given(x=X, y=Y, **more):
    return {"x": x, "y": y, "epochs": EPOCHS, "shuffle": False, "verbose": 0} | more


CASES = {
    "sgd, part for validation": (
        lambda: net(optimizers.SGD(0.05)),
        given(validation_split=0.2, validation_batch_size=5),
    ),
    "momentum, L1, weights, listed validations": (
        lambda: net(optimizers.SGD(0.02, momentum=0.9), kernel_regularizer="l1", metrics=["mse", "mae"]),
        given(sample_weight=WEIGHTS, validation_split=0.2, validation_freq=[2, 3, 50]),
    ),
    "nesterov, L2, frames, a loss of one's own": (
        lambda: net(optimizers.SGD(0.02, momentum=0.9, nesterov=True), kernel_regularizer="l2", loss=own_loss),
        given(pd.DataFrame(X.astype(float)), pd.Series(Y[:, 0])),
    ),
    "adagrad, L1L2, y in one dimension, one small batch": (
        lambda: net(optimizers.Adagrad(0.05), kernel_regularizer=regularizers.L1L2(0.01, 0.02)),
        given(y=Y[:, 0], batch_size=100),
    ),
    "rmsprop, activity regularizer, class weights, AUC": (
        lambda: binary(optimizers.RMSprop(0.01), activity_regularizer="l2"),
        given(y=(CLASSES > 1).astype(int), class_weight={0: 0.5, 1: 3.0}),
    ),
    "adam, clipnorm, MaxNorm, batch normalization, weighted validation": (
        lambda: net(
            optimizers.Adam(0.01, clipnorm=0.5),
            layers.BatchNormalization(momentum=0.9),
            kernel_constraint=keras.constraints.MaxNorm(0.7),
        ),
        given(validation_data=(X[::2], -Y[::2], WEIGHTS[::2]), validation_freq=10),
    ),
    "decaying rate, three classes, class weights": (
        lambda: classifier(optimizers.SGD(optimizers.schedules.ExponentialDecay(0.2, 20, 0.9))),
        given(y=CLASSES, class_weight={0: 2.0, 2: 0.1}),
    ),
    "adamw, one-hot classes, class weights, a score for each class": (
        lambda: classifier(optimizers.AdamW(0.01), "categorical_crossentropy", [keras.metrics.F1Score(name="f1")]),
        given(y=np.eye(3)[CLASSES], class_weight={0: 2.0, 2: 0.1}),
    ),
    "nadam, moving average of the weights, convolution, later first epoch": (
        lambda: convolution(optimizers.Nadam(0.01, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=40)),
        given(initial_epoch=4, epochs=EPOCHS + 4),
    ),
    "adamax, dictionaries": (
        lambda: two_by_two(optimizers.Adamax(0.01)),
        given(XS, YS, validation_data=(XS, YS), validation_freq=25, validation_batch_size=50),
    ),
    "adadelta, lists, weights for each output": (
        lambda: two_by_two(optimizers.Adadelta(0.5)),
        given(list(XS.values()), list(YS.values()), sample_weight=[WEIGHTS, 1 / WEIGHTS]),
    ),
    "embedding of integers, LSTM": (reader, given(TOKENS, CLASSES[:, None])),
}


def force(engine, monkeypatch):
    """Run on this engine; XLA is not to give up silently."""
    monkeypatch.setattr("helpers.training.fitting.worth_compiling", lambda *_: engine == "xla")
    monkeypatch.setattr("helpers.training.program.XLA_REFUSES", ())


@pytest.fixture(params=ENGINES)
def engine(request, monkeypatch):
    force(request.param, monkeypatch)


@pytest.fixture
def xla(monkeypatch):
    force("xla", monkeypatch)


@pytest.fixture
def traced(monkeypatch):
    """The programs, one for each time that one was traced."""
    programs, trace = [], EpochProgram._trace

    def watched(self, *arguments):
        programs.append(weakref.ref(self))
        return trace(self, *arguments)

    monkeypatch.setattr(EpochProgram, "_trace", watched)
    return programs


def assert_same_history(ours, theirs):
    assert list(ours.history) == list(theirs.history)
    assert (ours.epoch, ours.params) == (theirs.epoch, theirs.params)
    for name, values in theirs.history.items():
        assert [isinstance(value, float) for value in ours.history[name]] == [np.ndim(value) == 0 for value in values]
        np.testing.assert_allclose(ours.history[name], np.array(values), rtol=1e-5, err_msg=name)


def assert_same_weights(ours, theirs):
    """Compare weights and moving averages, each array on the scale of its largest value."""
    for mine, right in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, right, rtol=0, atol=1e-5 * np.abs(right).max())


@pytest.mark.parametrize("case", CASES)
def test_equals_model_fit(case, monkeypatch):
    build, arguments = CASES[case]
    theirs = build()
    expected = theirs.fit(**arguments)
    for engine in ENGINES:
        force(engine, monkeypatch)
        ours = build()
        assert_same_history(fit(ours, **arguments), expected)
        assert_same_weights(ours, theirs)


def test_model_goes_on(engine):
    ours, theirs = (net(optimizers.Adam(0.02)) for _ in range(2))
    rounds = [given(epochs=7), given(-X, epochs=5), given(initial_epoch=5, epochs=9)]
    for train, arguments in zip((partial(fit, ours), partial(fit, ours), ours.fit), rounds, strict=True):
        assert_same_history(train(**arguments), theirs.fit(**arguments))
        assert_same_weights(ours, theirs)
        assert ours.optimizer.iterations.numpy() == theirs.optimizer.iterations.numpy()
        np.testing.assert_allclose(ours.evaluate(X, Y, verbose=0), theirs.evaluate(X, Y, verbose=0), rtol=1e-5)


def test_metric_with_several_results(engine):
    ours, theirs = (net("sgd", metrics=[Extremes()]) for _ in range(2))
    mine, right = (train.history for train in (fit(ours, **given(epochs=3)), theirs.fit(**given(epochs=3))))
    assert mine.keys() == right.keys() == {"loss", "least", "most"}
    assert all(np.allclose(mine[name], right[name], rtol=1e-5) for name in right)


class Extremes(keras.metrics.Metric):
    """The smallest and the largest prediction of an epoch."""

    def __init__(self):
        super().__init__(name="extremes")
        self.least = self.add_weight(name="least", initializer="zeros")
        self.most = self.add_weight(name="most", initializer="zeros")

    def update_state(self, y, predicted, sample_weight=None):
        self.least.assign(keras.ops.minimum(self.least, keras.ops.min(predicted)))
        self.most.assign(keras.ops.maximum(self.most, keras.ops.max(predicted)))

    def result(self):
        return {"least": 1.0 * self.least, "most": 1.0 * self.most}


def test_trained_model_can_be_saved(tmp_path):
    model = net(optimizers.Adam(0.02), layers.BatchNormalization())
    fit(model, **given(epochs=3))
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for saved, variables in zip((loaded, loaded.optimizer), (model, model.optimizer), strict=True):
        assert all(np.array_equal(*pair) for pair in zip(saved.variables, variables.variables, strict=True))
    assert loaded.evaluate(X, Y, verbose=0) == model.evaluate(X, Y, verbose=0)
    assert_same_history(fit(loaded, **given(epochs=3)), fit(model, **given(epochs=3)))


# Chance.


def last_losses(train, rate, seeds=20):
    """The training loss after a few epochs with dropout, once for each seed, always from the same large weights."""
    model = net(optimizers.SGD(0.002), layers.Dropout(rate))
    start, losses = [2 * weight for weight in model.get_weights()], []
    for seed in range(seeds):
        keras.utils.set_random_seed(seed)
        model.set_weights(start)
        losses.append(train(model, np.tile(X, (6, 1)), np.tile(Y, (6, 1)), epochs=2, verbose=0).history["loss"][-1])
    return losses


def test_dropout_and_shuffling_have_the_distribution_of_model_fit(xla):
    theirs = last_losses(keras.Model.fit, 0.4)
    assert ks_2samp(last_losses(fit, 0.4), theirs).pvalue > 0.05
    assert ks_2samp(last_losses(fit, 0.5), theirs).pvalue < 0.01


def test_every_batch_gets_a_mask_of_its_own(xla):
    """Every row is the same batch, and the rate of learning is 0: only the mask can change what comes out."""
    model = net(optimizers.SGD(0.0), layers.Dropout(0.5), metrics=["mse", "mae"])
    model.layers[0].set_weights([np.ones((4, 6)), np.ones(6)])
    model.layers[-1].set_weights([np.ones((6, 1)), np.zeros(1)])
    rows = np.ones((20, 4))
    history = fit(model, rows, np.zeros(20), batch_size=1, epochs=5, verbose=0).history
    assert np.all(np.array(history["mse"]) - np.square(history["mae"]) > 1)  # the variance within an epoch
    assert len(set(history["loss"])) == 5


def test_rows_come_in_another_order_in_each_epoch(engine):
    """A high rate of learning, so that the order shows; the weights go back to the beginning after each epoch."""
    model = net(optimizers.SGD(0.3))
    start = model.get_weights()
    back = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: model.set_weights(start))
    shuffled = fit(model, X, Y, epochs=5, callbacks=back, verbose=0).history["loss"]
    assert len(set(shuffled)) == 5
    assert len(set(fit(model, **given(epochs=5, callbacks=back)).history["loss"])) == 1


def test_seed_decides_the_run(xla):
    def losses(seed):
        keras.utils.set_random_seed(seed)
        model = keras.Sequential([layers.Dense(6, "tanh"), layers.Dropout(0.5), layers.Dense(1)])
        model.compile("adam", "mse")
        return fit(model, X, Y, epochs=5, verbose=0).history["loss"]

    first = losses(3)
    assert losses(3) == first
    assert losses(4) != first


# One program for a model, as long as it fits.


def test_second_fit_uses_the_same_program(traced):
    model = net("adam")
    fit(model, **given(epochs=2))
    fit(model, **given(-X, epochs=300, initial_epoch=2))
    assert len(traced) == 1


@pytest.mark.parametrize(
    "other",
    [{"batch_size": 7}, {"x": X[:50], "y": Y[:50]}, {"validation_split": 0.2}, {"x": X.astype(int)}],
    ids=["batch size", "rows", "validation", "type"],
)
def test_other_shapes_need_another_program(traced, other):
    model, theirs = net("sgd"), net("sgd")
    for arguments in (given(epochs=2), given(epochs=2) | other):
        assert_same_history(fit(model, **arguments), theirs.fit(**arguments))
    assert len(traced) == 2


def test_dictionary_after_a_list_is_not_mixed_up():
    ours, theirs = two_by_two("sgd"), two_by_two("sgd")
    for x, y in ((list(XS.values()), list(YS.values())), (XS, YS)):
        assert_same_history(fit(ours, **given(x, y, epochs=2)), theirs.fit(**given(x, y, epochs=2)))


def recompile(model):
    model.compile(optimizers.Adam(0.1), "mae")


def freeze(model):
    model.layers[0].trainable = False
    model.compile(model.optimizer, "mse")


@pytest.mark.parametrize("change", [recompile, freeze])
def test_recompiled_model_needs_another_program(traced, change):
    ours, theirs = net("sgd"), net("sgd")
    for train, model in ((fit, ours), (keras.Model.fit, theirs)):
        train(model, **given(epochs=2))
        change(model)
        train(model, **given(epochs=2))
    assert_same_history(ours.history, theirs.history)
    assert_same_weights(ours, theirs)
    assert len(traced) == 2


def test_program_goes_with_its_model(traced, engine):
    model = net("adam", layers.BatchNormalization())
    fit(model, **given(epochs=2, validation_split=0.2))
    alive = weakref.ref(model)
    del model
    gc.collect()
    assert alive() is None
    assert [program() for program in traced] == [None]
