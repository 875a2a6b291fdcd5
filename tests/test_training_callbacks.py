"""Callbacks of `fit` see, write and decide what they would with `model.fit`."""

import re

import keras
import numpy as np
import pandas as pd
import pytest
from keras import callbacks, layers
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

from helpers.training import fit, handover
from helpers.training.program import EpochProgram

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(40, 4)).astype("float32")  # batches of 16, 16 and 8 rows
Y = (X @ [[1.0], [-2.0], [0.5], [0.0]] + RANDOM.normal(size=(40, 1))).astype("float32")
TRAINERS = {"ours": fit, "theirs": keras.Model.fit}


def net():
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(6, "tanh"), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.05), "mse", metrics=[keras.metrics.MeanAbsoluteError(name="wrong")])
    return model


def train(trainer, model, **more):
    """Train in the order of the rows; the validation data say the opposite, so their loss soon rises."""
    arguments = {"batch_size": 16, "epochs": 8, "validation_data": (X + 0.1, Y - 1), "shuffle": False, "verbose": 0}
    return trainer(model, X, Y, **(arguments | more))


def both(make, **more):
    """Train once with `fit` and once with `model.fit`, with new callbacks each; they are to end the same.

    Args:
        make: called with "ours" or "theirs", returns the callbacks.
        more: further arguments of the training.

    Returns:
        The callbacks of both.
    """
    models, hooks = {name: net() for name in TRAINERS}, {name: make(name) for name in TRAINERS}
    for name, trainer in TRAINERS.items():
        train(trainer, models[name], callbacks=hooks[name], **more)
    assert_same_run(models["ours"], models["theirs"])
    return hooks["ours"], hooks["theirs"]


def assert_same_run(ours, theirs):
    assert ours.history.epoch == theirs.history.epoch
    assert_close(ours.history.history, theirs.history.history)
    assert_close(ours.get_weights(), theirs.get_weights())


def assert_close(ours, theirs):
    """Compare nested numbers and arrays; the keys of dictionaries come in the same order."""
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        ours, theirs = list(ours.values()), list(theirs.values())
    if isinstance(theirs, list | tuple):
        assert len(ours) == len(theirs)
        for mine, right in zip(ours, theirs, strict=True):
            assert_close(mine, right)
    elif isinstance(theirs, str):
        assert ours == theirs
    else:
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


class Diary(callbacks.Callback):
    """Writes down every call and the weights at that moment; what is asked of it per batch is left out."""

    def __init__(self):
        super().__init__()
        self.pages = []

    def write(self, hook, epoch=None, logs=None):
        now = self.model.optimizer.iterations.numpy(), self.model.stop_training
        self.pages.append((hook, epoch, dict(logs or {}), self.model.get_weights(), *now))

    def on_train_begin(self, logs=None):
        self.write("train begins", logs=logs)

    def on_epoch_begin(self, epoch, logs=None):
        self.write("epoch begins", epoch, logs)

    def on_test_begin(self, logs=None):
        self.write("validation begins", logs=logs)

    def on_test_end(self, logs=None):
        self.write("validation ends", logs=logs)

    def on_epoch_end(self, epoch, logs=None):
        self.write("epoch ends", epoch, logs)

    def on_train_end(self, logs=None):
        self.write("train ends", logs=logs)


class Stopper(callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = epoch == 2


class Crash(callbacks.Callback):
    def __init__(self, epoch):
        super().__init__()
        self.epoch = epoch

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.epoch:
            raise RuntimeError("power cut")


class BatchCounter(callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.batches = []

    def on_train_batch_end(self, batch, logs=None):
        self.batches.append((batch, logs["loss"]))


@pytest.fixture(autouse=True)
def nothing_told_yet():
    handover._tell.cache_clear()


@pytest.fixture(autouse=True)
def calls(monkeypatch):
    """How many epochs each call of a program trained."""
    counts, run = [], EpochProgram.run

    def counted(self, order, validate, first, count):
        counts.append(count)
        return run(self, order, validate, first, count)

    monkeypatch.setattr(EpochProgram, "run", counted)
    return counts


# A callback of one's own.


def test_own_callback_sees_what_it_sees_in_model_fit(calls):
    ours, theirs = both(lambda _: Diary(), validation_freq=3)
    assert_close([page[0] for page in ours.pages], [page[0] for page in theirs.pages])
    for mine, right in zip(ours.pages, theirs.pages, strict=True):
        assert_close(mine[2:4], right[2:4])
        assert mine[1] == right[1] and mine[4:] == right[4:]
    assert ours.params == theirs.params
    assert calls == [1] * 8


def test_validation_hooks_come_only_with_validation():
    ours, theirs = both(lambda _: Diary(), validation_data=None)
    assert [page[0] for page in ours.pages] == [page[0] for page in theirs.pages]


def test_callbacks_may_be_nested_or_alone():
    for pack in (lambda diary: diary, lambda diary: (diary,), lambda diary: [[diary], Stopper()]):
        diary = Diary()
        train(fit, net(), callbacks=pack(diary), epochs=3)
        assert diary.pages[-1][0] == "train ends"


def test_lambda_callback():
    seen = {"ours": [], "theirs": []}
    both(lambda name: callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen[name].append([epoch, logs])))
    assert_close(seen["ours"], seen["theirs"])
    assert len(seen["ours"]) == 8


def test_callback_stops_the_training():
    ours, _ = both(lambda _: [Stopper(), Diary()])
    assert [page[1] for page in ours[1].pages if page[0] == "epoch ends"] == [0, 1, 2]


def test_callback_list_is_used_as_it_is(capsys):
    class Marked(callbacks.CallbackList):
        ended = 0

        def on_epoch_end(self, epoch, logs=None):
            self.ended += 1
            super().on_epoch_end(epoch, logs)

    models = {name: net() for name in TRAINERS}
    lists = {name: Marked([Diary()], add_history=True, model=model) for name, model in models.items()}
    for name, trainer in TRAINERS.items():
        assert train(trainer, models[name], callbacks=lists[name], verbose=1) is lists[name].callbacks[1]
    assert_same_run(models["ours"], models["theirs"])
    assert lists["ours"].ended == lists["theirs"].ended == 8
    assert capsys.readouterr().out == ""


# Callbacks of Keras.


def test_early_stopping_brings_the_best_weights_back():
    ours, theirs = both(lambda _: callbacks.EarlyStopping(patience=2, restore_best_weights=True), epochs=30)
    assert 2 < ours.stopped_epoch < 29
    assert (ours.stopped_epoch, ours.best_epoch) == (theirs.stopped_epoch, theirs.best_epoch)
    assert_close(ours.best_weights, theirs.best_weights)
    assert_close(ours.model.get_weights(), ours.best_weights)


def test_checkpoints_of_better_epochs(tmp_path):
    def checkpoint(name):
        (tmp_path / name).mkdir()
        return callbacks.ModelCheckpoint(tmp_path / name / "{epoch:02d}.keras", save_best_only=True)

    both(checkpoint)
    files = [sorted((tmp_path / name).iterdir()) for name in TRAINERS]
    assert [file.name for file in files[0]] == [file.name for file in files[1]]
    assert 1 < len(files[0]) < 8
    for mine, right in zip(*files, strict=True):
        ours, theirs = keras.models.load_model(mine), keras.models.load_model(right)
        assert_close(ours.get_weights(), theirs.get_weights())
        assert ours.optimizer.iterations.numpy() == theirs.optimizer.iterations.numpy()


def test_rate_falls_on_a_plateau():
    ours, _ = both(lambda _: callbacks.ReduceLROnPlateau(factor=0.1, patience=1))
    assert len(set(ours.model.history.history["learning_rate"])) > 2


def test_scheduled_rate():
    ours, _ = both(lambda _: callbacks.LearningRateScheduler(lambda epoch, rate: rate if epoch < 4 else rate / 2))
    assert len(set(ours.model.history.history["learning_rate"])) == 5


def test_csv_of_the_epochs(tmp_path):
    both(lambda name: callbacks.CSVLogger(tmp_path / name), validation_freq=2)
    ours, theirs = (pd.read_csv(tmp_path / name) for name in TRAINERS)
    pd.testing.assert_frame_equal(ours, theirs, rtol=1e-4)
    assert len(ours) == 8


def test_tensorboard_gets_the_same_scalars(tmp_path):
    both(lambda name: callbacks.TensorBoard(tmp_path / name, histogram_freq=4), epochs=5, validation_freq=2)
    for part in ("train", "validation"):
        ours, theirs = (scalars(tmp_path / name / part) for name in TRAINERS)
        assert_close(ours, theirs)
        assert "epoch_loss" in ours and len(ours["epoch_loss"]) == {"train": 5, "validation": 2}[part]


def scalars(folder):
    """{tag: [[step, value], …]} of the numbers in a folder's event files."""
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0}).Reload()
    found = {}
    for tag in sorted(events.Tags()["tensors"]):
        values = [(event.step, tensor_util.make_ndarray(event.tensor_proto)) for event in events.Tensors(tag)]
        if all(value.dtype == "float32" and not value.shape for _, value in values):
            found[tag] = [[step, float(value)] for step, value in values]
    return found


def test_interrupted_training_goes_on_from_the_backup(tmp_path):
    models = {}
    for name, trainer in TRAINERS.items():
        backup = [callbacks.BackupAndRestore(tmp_path / name)]
        with pytest.raises(RuntimeError, match="power cut"):
            train(trainer, net(), callbacks=[*backup, Crash(3)])
        models[name] = net()
        assert train(trainer, models[name], callbacks=backup).epoch == [3, 4, 5, 6, 7]
        assert not (tmp_path / name).exists()
    assert_same_run(models["ours"], models["theirs"])
    uninterrupted = net()
    train(fit, uninterrupted)
    assert_close(models["ours"].get_weights(), uninterrupted.get_weights())


def test_terminate_on_nan():
    ours, _ = both(lambda _: [callbacks.TerminateOnNaN(), BatchCounter()], validation_data=(X * np.nan, Y))
    assert len(ours[1].batches) == 8 * 3
    models = {name: net() for name in TRAINERS}
    for name, trainer in TRAINERS.items():
        trainer(models[name], X * np.nan, Y, epochs=5, verbose=0, callbacks=callbacks.TerminateOnNaN())
    assert models["ours"].history.epoch == models["theirs"].history.epoch == [0]


# What is printed.


@pytest.mark.parametrize("verbose", [0, 1, 2, "auto"])
def test_last_line_of_each_epoch_is_the_same(verbose, capsys):
    printed = {}
    for name, trainer in TRAINERS.items():
        train(trainer, net(), epochs=2, verbose=verbose, validation_freq=2)
        plain = re.sub(r"\x1b\[\d+m|\x08", "", capsys.readouterr().out)
        ends = [epoch.strip().replace("\n", "\r").split("\r")[-1] for epoch in plain.split("Epoch")[1:]]
        printed[name] = [re.sub(r"\d+[mu]?s(/step)?", "TIME", line) for line in ends]
    assert printed["ours"] == printed["theirs"]
    assert len(printed["ours"]) == (0 if verbose == 0 else 2)


# Many epochs in a call, or every batch.


def test_without_callbacks_many_epochs_run_in_one_call(calls):
    train(fit, net(), epochs=300)
    assert sum(calls) == 300
    assert len(calls) < 30


def test_callback_of_batches_gets_every_batch_from_model_fit(calls, capsys):
    ours, theirs = both(lambda _: BatchCounter())
    assert_close(ours.batches, theirs.batches)
    assert [batch for batch, _ in ours.batches] == [0, 1, 2] * 8
    train(fit, net(), callbacks=BatchCounter())
    assert capsys.readouterr().out == "Trained by model.fit, more slowly: BatchCounter watches every batch.\n"
    assert calls == []


@pytest.mark.parametrize(
    ("make", "watches"),
    [
        (lambda folder: callbacks.ModelCheckpoint(folder / "a.keras"), False),
        (lambda folder: callbacks.ModelCheckpoint(folder / "a.keras", save_freq=2), True),
        (lambda folder: callbacks.BackupAndRestore(folder), False),
        (lambda folder: callbacks.BackupAndRestore(folder, save_freq=2), True),
        (lambda folder: callbacks.TensorBoard(folder), False),
        (lambda folder: callbacks.TensorBoard(folder, update_freq=2), True),
        (lambda folder: callbacks.TensorBoard(folder, write_steps_per_second=True), True),
        (lambda folder: callbacks.TensorBoard(folder, profile_batch=2), True),
        (lambda folder: callbacks.LambdaCallback(on_epoch_end=print), False),
        (lambda folder: callbacks.LambdaCallback(on_train_batch_end=print), True),
        (lambda folder: callbacks.EarlyStopping(), False),
        (lambda folder: callbacks.TerminateOnNaN(), True),
    ],
)
def test_who_watches_batches(make, watches, tmp_path):
    assert bool(handover.watches_batches(make(tmp_path))) == watches
