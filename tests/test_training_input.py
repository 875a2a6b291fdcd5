"""What `fit` is given: what it hands over to `model.fit`, what it refuses as Keras does, and Ctrl-C."""

import re

import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf
from keras import layers

from helpers import i18n
from helpers.training import engine, fit, handover
from helpers.training.program import EpochProgram

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(40, 4)).astype("float32")
Y = (X @ [[1.0], [-2.0], [0.5], [0.0]]).astype("float32")
CLASSES = np.arange(40) % 3
ONES = np.ones(40)


class OwnStep(keras.Sequential):
    def train_step(self, data):
        return super().train_step(data)


class OwnTest(keras.Sequential):
    def test_step(self, data):
        return super().test_step(data)


def net(kind=keras.Sequential, inputs=4, **settings):
    keras.utils.set_random_seed(1)
    model = kind([keras.Input((inputs,)), layers.Dense(6, "tanh"), layers.Dense(1)])
    model.compile("sgd", "mse", **settings)
    return model


def classifier(loss="sparse_categorical_crossentropy"):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(6, "tanh"), layers.Dense(3, "softmax")])
    model.compile("sgd", loss)
    return model


def own_loss(y, predicted):
    return keras.losses.sparse_categorical_crossentropy(y, predicted)


def uncompiled():
    return keras.Sequential([keras.Input((4,)), layers.Dense(1)])


def unbuilt():
    keras.utils.set_random_seed(1)
    model = keras.Sequential([layers.Dense(6, "tanh"), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def two_outputs():
    keras.utils.set_random_seed(1)
    inputs = keras.Input((4,))
    model = keras.Model(inputs, [layers.Dense(1)(inputs), layers.Dense(1)(inputs)])
    model.compile("sgd", "mse")
    return model


def ragged():
    """A model of rows of different length, and such rows."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential([layers.Embedding(9, 2), layers.GlobalAveragePooling1D(), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def embedding():
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((1,)), layers.Embedding(9, 2), layers.Flatten(), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def in_strategy():
    with tf.distribute.MirroredStrategy(["/cpu:0"]).scope():
        return net()


def in_batches():
    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(16)


def generator():
    for start in (0, 16, 32):
        yield X[start : start + 16], Y[start : start + 16]


@pytest.fixture(autouse=True)
def nothing_told_yet():
    handover._tell.cache_clear()


@pytest.fixture(autouse=True)
def runs(monkeypatch):
    """The calls of programs."""
    calls, run = [], EpochProgram.run

    def counted(self, *arguments):
        calls.append(arguments)
        return run(self, *arguments)

    monkeypatch.setattr(EpochProgram, "run", counted)
    return calls


@pytest.fixture(params=["graph", "xla"])
def either_engine(request, monkeypatch):
    prefer(request.param, monkeypatch)


def prefer(name, monkeypatch):
    """Let even a short training be worth XLA, where nothing else speaks against it."""
    monkeypatch.setattr(engine, "COMPILED_STEPS", 0 if name == "xla" else 1e9)


# What goes to model.fit.

HANDED_OVER = {
    "generator": (net, lambda: {"x": generator()}, "the data come as generator, not as arrays in memory"),
    "tf.data": (net, lambda: {"x": in_batches()}, "the data come as _BatchDataset, not as arrays in memory"),
    "tf.data for validation": (net, lambda: {"validation_data": in_batches()}, "the data come as _BatchDataset"),
    "own train_step": (lambda: net(OwnStep), dict, "the model has its own train_step"),
    "own test_step": (lambda: net(OwnTest), dict, "the model has its own test_step"),
    "strategy": (in_strategy, dict, "a distribution strategy is in use"),
    "ragged": (ragged, lambda: {"x": tf.ragged.constant([[1, 2], [3]] * 20)}, "the data come as RaggedTensor"),
    "steps_per_epoch": (net, lambda: {"steps_per_epoch": 2}, "steps_per_epoch was given"),
    "run_eagerly": (lambda: net(run_eagerly=True), dict, "the model was compiled with run_eagerly=True"),
    "watcher": (net, lambda: {"callbacks": keras.callbacks.TerminateOnNaN()}, "TerminateOnNaN watches every batch"),
    "shuffled batches": (net, lambda: {"shuffle": "batch"}, "shuffle='batch' was given"),
    "empty validation data": (net, lambda: {"validation_data": (X[:0], Y[:0])}, "an array is empty"),
}


@pytest.mark.parametrize("case", HANDED_OVER)
def test_what_it_cannot_do_goes_to_model_fit(case, runs, capsys):
    build, arguments, why = HANDED_OVER[case]
    ours, theirs = build(), build()
    histories = [
        train(model, **given(**arguments())).history
        for train, model in ((fit, ours), (fit, build()), (keras.Model.fit, theirs))
    ]
    assert list(histories[0]) == list(histories[2])
    np.testing.assert_allclose(histories[0]["loss"], histories[2]["loss"], rtol=1e-5)
    assert_same_weights(ours.get_weights(), theirs.get_weights())
    assert runs == []
    printed = capsys.readouterr().out
    assert printed.startswith(f"Trained by model.fit, more slowly: {why}")
    assert printed.count("\n") == 1


def given(x=X, y=Y, **more):
    y = None if not hasattr(x, "shape") else y
    return {"x": x, "y": y, "epochs": 1, "verbose": 0, "shuffle": False} | more


def assert_same_weights(ours, theirs):
    for mine, right in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, right, rtol=1e-5, atol=1e-6)


def test_two_reasons_are_two_lines(capsys):
    for settings in ({"steps_per_epoch": 1}, {"validation_steps": 1, "validation_split": 0.2}, {"steps_per_epoch": 2}):
        fit(net(), **given(**settings))
    assert capsys.readouterr().out.count("Trained by model.fit") == 2


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Trained by model.fit, more slowly: steps_per_epoch was given.\n"),
        ("ko", "model.fit으로 천천히 훈련합니다: steps_per_epoch 인자를 썼습니다.\n"),
    ],
)
def test_line_is_in_the_language_of_the_course(lang, line, capsys):
    i18n.set_language(lang)
    fit(net(), **given(steps_per_epoch=1))
    assert capsys.readouterr().out == line


@pytest.mark.parametrize("case", HANDED_OVER)
def test_every_reason_is_said_in_both_languages(case):
    build, arguments, _ = HANDED_OVER[case]
    arguments = arguments()
    unusual = {name: value for name, value in arguments.items() if name in ("steps_per_epoch", "shuffle")}
    data = arguments.get("x"), arguments.get("validation_data")
    watchers = [arguments["callbacks"]] if "callbacks" in arguments else []
    reasons = set()
    for lang in i18n.LANGUAGES:
        i18n.set_language(lang)
        reasons.add(handover.reason(build(), data, watchers, unusual))
    assert sorted(bool(re.search("[가-힣]", reason)) for reason in reasons) == [False, True]


# What is wrong meets the same error, or none, as in model.fit; and no step is taken where there is an error.


def with_nan(array):
    array = array.copy()
    array[3] = np.nan
    return array


SparseLoss = keras.losses.SparseCategoricalCrossentropy
INPUT = {
    "fine": (net, given()),
    "not built": (unbuilt, given()),
    "series of one feature, not built": (unbuilt, given(pd.Series(X[:, 0]))),
    "NaN in x": (net, given(with_nan(X))),
    "NaN in y": (net, given(y=with_nan(Y), epochs=2)),
    "no rows": (net, given(X[:0], Y[:0])),
    "y too short": (net, given(y=Y[:30])),
    "weights too short": (net, given(sample_weight=ONES[:30])),
    "a column too few": (net, given(X[:, :3])),
    "y of another shape": (net, given(y=np.zeros((40, 7, 2)))),
    "y of more columns": (net, given(y=np.zeros((40, 3)))),
    "no y": (net, given(y=None)),
    "not compiled": (uncompiled, given()),
    "lists of numbers": (net, given(X.tolist(), Y.tolist())),
    "words": (net, given(X.astype(str))),
    "frame with words": (net, given(pd.DataFrame(X).assign(word="a"))),
    "labels from 1": (classifier, given(y=CLASSES + 1)),
    "labels below 0": (lambda: classifier(SparseLoss(name="loss")), given(y=CLASSES - 1)),
    "labels beyond, loss as a function": (
        lambda: classifier(keras.losses.sparse_categorical_crossentropy),
        given(y=CLASSES * 2),
    ),
    "labels for one-hot": (lambda: classifier("categorical_crossentropy"), given(y=CLASSES)),
    "numbers beyond the embedding": (embedding, given(np.arange(40)[:, None])),
    "class and sample weights": (classifier, given(y=CLASSES, class_weight={0: 2.0}, sample_weight=ONES)),
    "class weights, two outputs": (two_outputs, given(y=[Y, Y], class_weight={0: 2.0})),
    "one array for two outputs": (two_outputs, given(y=[Y])),
    "weights of two outputs": (two_outputs, given(y=[Y, Y], sample_weight=ONES, validation_split=0.2)),
    "weights of one of two outputs": (two_outputs, given(y=[Y, Y], sample_weight=[ONES])),
    "all rows for validation": (net, given(validation_split=1.0)),
    "too few rows to split": (net, given(X[:2], Y[:2], validation_split=0.9)),
    "validation y too short": (net, given(validation_data=(X, Y[:30]))),
    "validation y too long": (net, given(validation_data=(X[:30], Y))),
    "validation weights too short": (net, given(validation_data=(X, Y, ONES[:30]))),
    "validation data with a column too few": (net, given(validation_data=(X[:, :3], Y))),
    "validation labels from 1": (classifier, given(y=CLASSES, validation_data=(X, CLASSES + 1))),
    "validation data of four": (net, given(validation_data=(X, Y, ONES, ONES))),
    "unknown argument": (net, given(speed=11)),
    "batches of no size": (net, given(batch_size=-1)),
    "no epochs": (net, given(epochs=0)),
    "epochs that have been": (net, given(initial_epoch=5)),
}
# Keras looks at these only after the first epoch, so a step may have been taken.
SEEN_LATE = {"validation labels from 1"}


def outcome(train, model, arguments):
    """(class of the error or None, weights before, weights after)."""
    before = model.get_weights()
    try:
        train(model, **arguments)
    except Exception as error:
        return type(error), before, model.get_weights()
    return None, before, model.get_weights()


@pytest.mark.parametrize("case", INPUT)
def test_bad_input_is_refused_as_in_model_fit(case, monkeypatch):
    build, arguments = INPUT[case]
    expected, _, theirs = outcome(keras.Model.fit, build(), arguments)
    for name in ("graph", "xla"):
        prefer(name, monkeypatch)
        refused, before, ours = outcome(fit, build(), arguments)
        assert refused is expected, name
        if expected is None:
            assert_same_weights(ours, theirs)
        elif case not in SEEN_LATE:
            assert all(np.array_equal(*pair) for pair in zip(ours, before, strict=True))


def test_late_errors_are_late_in_keras_too():
    for case in SEEN_LATE:
        build, arguments = INPUT[case]
        expected, before, after = outcome(keras.Model.fit, build(), arguments)
        assert expected and not np.array_equal(before[0], after[0])


def test_model_works_after_a_refusal(either_engine):
    ours, theirs = net(), net()
    with pytest.raises(ValueError):
        fit(ours, **given(X[:, :3]))
    for train, model in ((fit, ours), (keras.Model.fit, theirs)):
        train(model, **given(epochs=3))
    assert_same_weights(ours.get_weights(), theirs.get_weights())


# Ctrl-C.


class Impatient(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch == 2:
            raise KeyboardInterrupt


def interrupted_by_a_callback(model, monkeypatch):
    fit(model, **given(epochs=9, callbacks=Impatient()))


def interrupted_between_calls(model, monkeypatch):
    run = EpochProgram.run

    def interrupted(self, order, validate, first, count):
        if first > 0:
            raise KeyboardInterrupt
        return run(self, order, validate, first, count)

    with monkeypatch.context() as patch:
        patch.setattr(EpochProgram, "run", interrupted)
        fit(model, **given(epochs=9))


@pytest.mark.parametrize(
    ("interrupt", "epochs"), [(interrupted_by_a_callback, 3), (interrupted_between_calls, 1)], ids=["callback", "call"]
)
def test_interrupted_model_can_be_used(interrupt, epochs, either_engine, monkeypatch, tmp_path):
    ours, theirs = net(), net()
    with pytest.raises(KeyboardInterrupt):
        interrupt(ours, monkeypatch)
    theirs.fit(**given(epochs=epochs))
    assert_same_weights(ours.get_weights(), theirs.get_weights())
    assert ours.optimizer.iterations.numpy() == theirs.optimizer.iterations.numpy()
    np.testing.assert_allclose(ours.evaluate(X, Y, verbose=0), theirs.evaluate(X, Y, verbose=0), rtol=1e-5)
    ours.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for train, model in ((fit, ours), (fit, loaded), (keras.Model.fit, theirs)):
        train(model, **given(initial_epoch=epochs, epochs=9))
        assert_same_weights(model.get_weights(), ours.get_weights())
