"""Whole epochs as one compiled program.

`model.fit` goes back to Python after every batch; on a small table that costs far more than the arithmetic. Here the
loops over epochs and batches are part of the TensorFlow program itself. What happens to a batch is Keras's own
`train_step` and `test_step`, so losses, metrics, regularizers, constraints, optimizers and schedules need no code here.
"""

import functools
import math
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any
from unittest import mock

import keras
import numpy as np
import tensorflow as tf

from helpers.training.arrays import each, rows

ORDER_SIZE = 65_536  # how many row numbers one call is given at most, unless a single epoch has more
MOST_EPOCHS = 128  # and for how many epochs
XLA_REFUSES = (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError, tf.errors.InternalError)


class EpochProgram:
    """A model's epochs, compiled for data of given shapes.

    The program keeps no reference to the model, only to its variables: it is meant to be dropped with the model.

    Attributes:
        capacity: for how many epochs one call can hold the order of the rows.
    """

    def __init__(
        self, model: keras.Model, train: Any, validation: Any, batch_size: int, validation_batch_size: int, xla: bool
    ) -> None:
        """Describe the program; TensorFlow traces and compiles it at the first `run`.

        Args:
            model: compiled and built.
            train, validation: (x, y, sample_weight) of arrays; `validation` may be None.
            batch_size, validation_batch_size: rows in a batch; the last one may be smaller.
            xla: compile to machine code (slower to begin, faster to run) instead of running TensorFlow's operations.
        """
        self._model = weakref.ref(model)
        self._xla = xla
        self._layout = {name: tuple(np.shape(value)) for name, value in _results(model).items()}
        self._validated = validation is not None
        self._sizes = batch_size, validation_batch_size
        self.capacity = max(1, min(MOST_EPOCHS, ORDER_SIZE // rows(train)))
        self.use_data(train, validation)
        self._compiled: Callable | None = None

    def use_data(self, train: Any, validation: Any) -> None:
        """Train on other arrays of the same shapes from now on."""
        self._data = each(tf.constant, (train, validation))

    def run(self, order: tf.Tensor, validate: tf.Tensor, first: int, count: int) -> list[dict[str, Any]]:
        """Train `count` epochs and return the logs of each, as `model.fit` would give them to callbacks.

        Args:
            order: row numbers of shape (capacity, rows): one line an epoch.
            validate: booleans of shape (capacity,): after which epochs to validate.
            first: the line of the first epoch.
            count: how many epochs; `first + count` is at most `capacity`.
        """
        arguments = *self._data, order, validate, tf.constant(first), tf.constant(first + count)
        try:
            if self._compiled is None:
                self._compiled = self._trace(*arguments)
            table = self._compiled(*arguments).numpy()
        except XLA_REFUSES:
            if not self._xla:
                raise
            # Some operation has no XLA version: nothing has run yet, and TensorFlow's own operations do the same.
            self._xla, self._compiled = False, None
            return self.run(order, validate, first, count)
        validated = validate.numpy() & self._validated
        return [self._logs(table[line], validated[line]) for line in range(first, first + count)]

    def _trace(self, *arguments: Any) -> Callable:
        """Trace the program once; the traced function is called without looking at the arguments' types again."""
        with _philox() if self._xla else nullcontext():
            function = tf.function(self._epochs, autograph=False, jit_compile=self._xla)
            return function.get_concrete_function(*arguments)

    def _epochs(self, train: Any, validation: Any, order: Any, validate: Any, first: Any, end: Any) -> tf.Tensor:
        model = self._model()

        def epoch(line: tf.Tensor, table: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            results = self._measure(model, model.train_step, train, order[line], self._sizes[0])
            if self._validated:
                everything = tf.range(rows(validation))
                results = tf.cond(
                    validate[line],
                    lambda: tf.concat(
                        [results, self._measure(model, model.test_step, validation, everything, self._sizes[1])], 0
                    ),
                    lambda: tf.concat([results, tf.zeros_like(results)], 0),
                )
            return line + 1, tf.tensor_scatter_nd_update(table, [[line]], results[None])

        width = sum(math.prod(shape) for shape in self._layout.values()) * (1 + self._validated)
        table = tf.zeros([self.capacity, width], keras.config.floatx())
        return tf.while_loop(lambda line, _: line < end, epoch, (first, table))[1]

    def _measure(self, model: keras.Model, step: Callable, data: Any, order: tf.Tensor, size: int) -> tf.Tensor:
        """Run one pass over the data and return the metrics as one vector."""
        model.reset_metrics()
        self._over_batches(step, data, order, size)
        results = [tf.reshape(value, [-1]) for value in _results(model).values()]
        return tf.concat([tf.cast(value, keras.config.floatx()) for value in results], 0)

    def _over_batches(self, step: Callable, data: Any, order: tf.Tensor, size: int) -> None:
        """Call `step` on every batch. XLA wants fixed shapes, so there the smaller last batch has code of its own."""
        full, rest = divmod(order.shape[0], size)

        def take(chosen: tf.Tensor) -> Any:
            # As in `model.fit`, Keras is not to know the size: it weights the loss of each output by it where it does.
            chosen = tf.compat.v1.placeholder_with_default(chosen, [None])
            return each(lambda leaf: tf.gather(leaf, chosen), data)

        def body(number: tf.Tensor) -> tuple[tf.Tensor]:
            start = number * size
            step(take(tf.slice(order, [start], [size]) if self._xla else order[start : start + size]))
            return (number + 1,)

        repeated = full if self._xla else math.ceil(order.shape[0] / size)
        if repeated:
            tf.while_loop(lambda number: number < repeated, body, (tf.constant(0),))
        if self._xla and rest:
            step(take(order[full * size :]))

    def _logs(self, line: np.ndarray, validated: bool) -> dict[str, Any]:
        logs, start = {}, 0
        for prefix in ("", "val_") if validated else ("",):
            for name, shape in self._layout.items():
                values = line[start : start + math.prod(shape)]
                logs[prefix + name] = values.reshape(shape) if shape else float(values[0])
                start += len(values)
        return dict(sorted(logs.items()))  # as Keras hands them to callbacks


def _results(model: keras.Model) -> dict[str, Any]:
    """Return the metrics as they are; one that has several results, in a dictionary, counts as several."""
    results = {}
    for name, value in model.get_metrics_result().items():
        results |= value if isinstance(value, dict) else {name: value}
    return results


@contextmanager
def _philox() -> Iterator[None]:
    """Name the generator of random numbers while XLA traces.

    Keras leaves the choice to TensorFlow. Left open, dropout becomes by far the slowest part of a step under XLA on a
    CPU: docs/benchmarks.md has the figures.
    """
    with ExitStack() as patches:
        for module, name, argument in (
            (tf.nn.experimental, "stateless_dropout", "rng_alg"),
            (tf.random, "stateless_uniform", "alg"),
            (tf.random, "stateless_normal", "alg"),
            (tf.random, "stateless_truncated_normal", "alg"),
        ):
            named = functools.partial(getattr(module, name), **{argument: "philox"})
            patches.enter_context(mock.patch.object(module, name, named))
        yield
