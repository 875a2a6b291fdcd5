"""`fit`: the arguments and the meaning of `model.fit`, for arrays in memory, many times faster on small data."""

import math
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from helpers.training import arrays, handover
from helpers.training.engine import worth_compiling
from helpers.training.program import EpochProgram

PATIENCE = 0.1  # seconds a call may take before the next one is no longer: Ctrl-C waits for the end of a call
_programs: weakref.WeakKeyDictionary[keras.Model, tuple[Any, EpochProgram]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Plan:
    """What is to be trained on what, after everything given to `fit` has been brought into shape.

    Attributes:
        train, validation: (x, y, sample_weight) as arrays; `validation` is None without validation data.
        batch_size, validation_batch_size: rows in a batch.
        shuffle: whether each epoch takes the rows in a new order.
        epochs: the epoch to stop after.
        validation_freq: as in `model.fit`.
    """

    train: Any
    validation: Any
    batch_size: int
    validation_batch_size: int
    shuffle: bool
    epochs: int
    validation_freq: int | list[int]

    @property
    def steps(self) -> int:
        """Batches in an epoch."""
        return math.ceil(arrays.rows(self.train) / self.batch_size)

    def validates(self, epoch: int) -> bool:
        """Tell whether validation follows this epoch, counted from 0."""
        number = epoch + 1
        if isinstance(self.validation_freq, int):
            return number % self.validation_freq == 0
        return number in self.validation_freq


def fit(
    model: keras.Model,
    x: Any,
    y: Any = None,
    *,
    batch_size: int | None = None,
    epochs: int = 1,
    verbose: int | str = "auto",
    callbacks: Any = None,
    validation_split: float = 0.0,
    validation_data: Any = None,
    shuffle: bool = True,
    class_weight: dict[int, float] | None = None,
    sample_weight: Any = None,
    initial_epoch: int = 0,
    validation_freq: int | list[int] = 1,
    repeats: int = 1,
    **others: Any,
) -> keras.callbacks.History:
    """Train a model exactly as `model.fit` does, with whole epochs compiled into one program.

    Every argument has the name, the default and the meaning it has in `keras.Model.fit`. The model is trained in
    place, its optimizer's state included. Callbacks see the model as it is at the end of each epoch. What the compiled
    loop cannot do (generators, tf.data, a model's own `train_step`, callbacks that watch batches, …) is handed to
    `model.fit`, and a line says so once.

    Args:
        model: compiled with `model.compile`; it need not be built.
        x, y: NumPy arrays, pandas frames or tensors of n rows; nested for models of several inputs or outputs.
        batch_size: rows in a batch, 32 if not given.
        epochs: the epoch to stop after; with `initial_epoch` the number of epochs is the difference.
        verbose: 0 silent, 1 or "auto" a progress bar for each epoch, 2 a line for each epoch.
        callbacks: Keras callbacks.
        validation_split: the share of rows, from the end, to validate on.
        validation_data: (x_val, y_val) or (x_val, y_val, weights); it goes before `validation_split`.
        shuffle: take the rows in a new order in each epoch.
        class_weight: the weight of a class's loss, by class number.
        sample_weight: the weight of each row's loss.
        initial_epoch: the number of the first epoch, counted from 0.
        validation_freq: validate after each so many epochs, or after the listed epochs, counted from 1.
        repeats: how often such a training will be repeated on this model; compiling is worth it sooner then.
        others: any other argument of `model.fit`; `validation_batch_size` is known here, the rest is handed over.

    Returns:
        The `keras.callbacks.History`, as `model.fit` returns it.

    Raises:
        ValueError: as `model.fit` does, for example for arrays of unequal length or shapes that do not fit the
            model; nothing has been trained then.
    """
    validation_batch_size = others.pop("validation_batch_size", None)
    given = {
        "batch_size": batch_size,
        "epochs": epochs,
        "validation_split": validation_split,
        "validation_data": validation_data,
        "shuffle": shuffle,
        "class_weight": class_weight,
        "sample_weight": sample_weight,
        "initial_epoch": initial_epoch,
        "validation_batch_size": validation_batch_size,
        "validation_freq": validation_freq,
    }
    unusual = {name: value for name, value in others.items() if value is not None}
    if shuffle == "batch":
        unusual["shuffle='batch'"] = shuffle
    listed = _as_list(callbacks)
    why = handover.reason(model, (x, y, sample_weight, validation_data), listed, unusual)
    if why:
        handover.tell(why)
        return model.fit(x, y, verbose=verbose, callbacks=callbacks, **given, **others)
    hooks = callbacks
    if not isinstance(callbacks, keras.callbacks.CallbackList):
        hooks = keras.callbacks.CallbackList(listed, add_history=True, add_progbar=verbose != 0, model=model)

    def prepare() -> Plan:
        train, validation = _data(x, y, sample_weight, class_weight, validation_data, validation_split)
        size = batch_size or 32
        if validation is not None:
            with suppress(_Begun):
                model.evaluate(*validation[:2], sample_weight=validation[2], verbose=0, callbacks=beginning)
        return Plan(train, validation, size, validation_batch_size or size, bool(shuffle), epochs, validation_freq)

    beginning = _Beginning(hooks, prepare, verbose)
    with suppress(_Begun):
        model.fit(x, y, verbose=0, callbacks=beginning, **given)
    if beginning.first is not None:
        logs = _train(model, beginning.plan, beginning.first, hooks, repeats)
        model.optimizer.finalize_variable_values(model.trainable_weights)
        hooks.on_train_end(logs)
    return model.history


class _Begun(Exception):
    """Raised out of `model.fit` when it is about to train."""


class _Beginning(keras.callbacks.CallbackList):
    """Lets `model.fit` go as far as its first epoch: arrays checked, model built, callbacks begun, nothing trained.

    The same goes for `model.evaluate`, which checks the validation data. So wrong input meets Keras's own errors, and
    BackupAndRestore can move the first epoch.

    Attributes:
        plan: what to train, known once Keras has found nothing wrong with it.
        first: the epoch to begin with, counted from 0; None if there is none to train.
    """

    def __init__(self, hooks: keras.callbacks.CallbackList, prepare: Callable[[], Plan], verbose: int | str) -> None:
        super().__init__()
        self.hooks, self.prepare, self.verbose = hooks, prepare, verbose
        self.plan: Plan | None = None
        self.first: int | None = None

    def on_train_begin(self, logs: dict | None = None) -> None:
        self.plan = self.prepare()
        self.hooks.set_params({"verbose": self.verbose, "epochs": self.plan.epochs, "steps": self.plan.steps})
        self.hooks.on_train_begin(logs)

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self.first = epoch
        raise _Begun

    def on_test_begin(self, logs: dict | None = None) -> None:
        raise _Begun

    def on_train_end(self, logs: dict | None = None) -> None:
        self.hooks.on_train_end(logs)


def _data(
    x: Any, y: Any, sample_weight: Any, class_weight: Any, validation_data: Any, validation_split: float
) -> tuple[Any, Any]:
    train = arrays.as_arrays((x, y, sample_weight))
    validation = None
    if validation_data is not None:
        validation = arrays.as_arrays(keras.utils.unpack_x_y_sample_weight(validation_data))
        validation = (*validation[:2], arrays.per_output(validation[2], validation[1]))
    elif validation_split:
        train, validation = arrays.split(train, validation_split)
    x, y, weight = train
    if class_weight is not None:
        weight = arrays.weights_of_classes(y, class_weight)
    return (x, y, arrays.per_output(weight, y)), validation


def _train(
    model: keras.Model, plan: Plan, first: int, hooks: keras.callbacks.CallbackList, repeats: int
) -> dict[str, Any]:
    """Run the epochs of a plan; several in one call where no callback looks at the model in between."""
    program = _program(model, plan, repeats * (plan.epochs - first))
    quiet = [type(callback) for callback in hooks.callbacks] == [keras.callbacks.History]
    blocks = _Blocks(plan, first, program.capacity)
    epoch, count, logs = first, 1, {}
    while epoch < plan.epochs and not (epoch > first and model.stop_training):
        if not quiet:
            hooks.on_epoch_begin(epoch)
        began = time.perf_counter()
        order, validate, line = blocks.at(epoch)
        count = min(count if quiet else 1, plan.epochs - epoch, program.capacity - line)
        for logs in program.run(order, validate, line, count):
            if quiet and epoch > first:
                model.history.on_epoch_end(epoch, logs)
            else:
                _report(hooks, epoch, plan.steps, logs)
            epoch += 1
        if time.perf_counter() - began < PATIENCE:
            count = min(2 * count, program.capacity)
    return logs


def _report(hooks: keras.callbacks.CallbackList, epoch: int, steps: int, logs: dict[str, Any]) -> None:
    """Tell the callbacks what `model.fit` tells them at the end of an epoch, in its order."""
    measured = {name: value for name, value in logs.items() if not name.startswith("val_")}
    for callback in hooks.callbacks:
        if isinstance(callback, keras.callbacks.ProgbarLogger):
            callback.on_train_batch_end(steps - 1, measured)
    validated = {name.removeprefix("val_"): value for name, value in logs.items() if name.startswith("val_")}
    if validated:
        hooks.on_test_begin()
        hooks.on_test_end(validated)
    hooks.on_epoch_end(epoch, logs)


class _Blocks:
    """The order of the rows in each epoch and whether it is validated, drawn for a block of epochs at a time."""

    def __init__(self, plan: Plan, first: int, capacity: int) -> None:
        self._plan, self._first, self._capacity = plan, first, capacity
        self._random = np.random.default_rng(np.random.randint(2**31))  # follows keras.utils.set_random_seed
        self._drawn = 0

    def at(self, epoch: int) -> tuple[tf.Tensor, tf.Tensor, int]:
        """Return row numbers (capacity, rows), flags of validation (capacity,), and the epoch's line in both."""
        number, line = divmod(epoch - self._first, self._capacity)
        if self._drawn <= number:
            self._draw(epoch)
            self._drawn = number + 1
        return self._order, self._validate, line

    def _draw(self, start: int) -> None:
        lines = np.tile(np.arange(arrays.rows(self._plan.train), dtype=np.int32), (self._capacity, 1))
        self._order = tf.constant(self._random.permuted(lines, axis=1) if self._plan.shuffle else lines)
        self._validate = tf.constant([self._plan.validates(start + ahead) for ahead in range(self._capacity)])


def _program(model: keras.Model, plan: Plan, epochs: int) -> EpochProgram:
    """Return the model's program for data of these shapes: the one of an earlier `fit` where it still fits."""
    build(model, plan.train)
    data = plan.train, plan.validation
    xla = worth_compiling(model, [part[1] for part in data if part is not None], epochs * plan.steps)
    shapes = arrays.each(lambda leaf: (leaf.shape, leaf.dtype), data)
    trainable = [variable.trainable for variable in model.variables]
    key = (shapes, plan.batch_size, plan.validation_batch_size, xla, trainable, model.optimizer, model.metrics)
    known = _programs.get(model)
    if known is None or known[0] != key:
        known = key, EpochProgram(model, *data, plan.batch_size, plan.validation_batch_size, xla)
        _programs[model] = known
    else:
        known[1].use_data(*data)
    return known[1]


def build(model: keras.Model, data: Any) -> None:
    """Create every variable of the model, its metrics and its optimizer, as the first step of `model.fit` would.

    Args:
        model: compiled.
        data: (x, y, sample_weight): arrays of any number of rows.
    """
    if model.optimizer.built and all(metric.built for metric in model.metrics if hasattr(metric, "built")):
        return
    batch = arrays.each(lambda leaf: tf.TensorSpec((None, *leaf.shape[1:]), leaf.dtype), data)
    tf.function(model.test_step, autograph=False).get_concrete_function(batch)
    model.optimizer.build(model.trainable_variables)


def _as_list(callbacks: Any) -> list[keras.callbacks.Callback]:
    if isinstance(callbacks, keras.callbacks.CallbackList):
        return callbacks.callbacks
    return keras.tree.flatten(callbacks) if callbacks else []
