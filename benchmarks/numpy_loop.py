"""Training a small network as a plain NumPy loop: what the arithmetic itself costs, without a framework.

The arithmetic is Keras's own, in float32: Dense layers with relu, dropout, cross-entropy from the logits, Adam, a new
order of the rows in each epoch, loss and accuracy of the training batches and of the validation set. Each call of NumPy
costs a microsecond before it computes anything, so there are few: every array is made once and written in place, all
parameters lie in one vector, and an epoch's losses are computed together when it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RATE, BETA_1, BETA_2, EPSILON = 0.001, 0.9, 0.999, 1e-7  # of keras.optimizers.Adam
TINY = 1e-30  # no step depends on a smaller moment
Rows = tuple[np.ndarray, np.ndarray]  # x: (n, features), y: class numbers (n,)


@dataclass(frozen=True, eq=False)
class Batch:
    """Where a step finds its rows and puts its results: views, so that nothing is copied.

    Attributes:
        x: (rows, features).
        targets: (rows, outputs): 0 and 1, or one-hot.
        logits: (rows, outputs).
        error: (rows, outputs), the gradient at the logits.
        ones: (rows,), sums over the rows as a product.
        hidden, deltas, masks: of each hidden layer the outputs, the gradients there, and which of them count.
    """

    x: np.ndarray
    targets: np.ndarray
    logits: np.ndarray
    error: np.ndarray
    ones: np.ndarray
    hidden: list[np.ndarray]
    deltas: list[np.ndarray]
    masks: list[np.ndarray]


class Table:
    """Rows to pass through the network, cut into batches."""

    def __init__(self, rows: Rows, sizes: Sequence[int], batch_size: int) -> None:
        """Make every array that the steps will need.

        Args:
            rows: x and y.
            sizes: neurons of each layer.
            batch_size: rows in a batch; the last one may be smaller.
        """
        x, y = rows
        self.given_x = np.ascontiguousarray(x, np.float32)
        one_hot = np.eye(sizes[-1], dtype=np.float32)
        self.given_targets = y[:, None].astype(np.float32) if sizes[-1] == 1 else one_hot[y]
        self.x, self.targets = self.given_x.copy(), self.given_targets.copy()
        self.logits = np.empty_like(self.targets)
        hidden, deltas, masks = ([_empty(batch_size, width) for width in sizes[1:-1]] for _ in range(3))
        error, ones = _empty(batch_size, sizes[-1]), np.ones(batch_size, np.float32)
        self.batches = []
        for start in range(0, len(x), batch_size):
            part = slice(start, min(start + batch_size, len(x)))
            count = part.stop - start
            rooms = ([array[:count] for array in arrays] for arrays in (hidden, deltas, masks))
            self.batches.append(
                Batch(self.x[part], self.targets[part], self.logits[part], error[:count], ones[:count], *rooms)
            )

    def put_in_order(self, order: np.ndarray) -> None:
        """Let the batches hold the rows in this order."""
        np.take(self.given_x, order, axis=0, out=self.x, mode="clip")  # other modes copy the result once more
        np.take(self.given_targets, order, axis=0, out=self.targets, mode="clip")


class NumpyNetwork:
    """Dense layers with relu and dropout, and one sigmoid or several softmax outputs, trained by Adam."""

    def __init__(self, sizes: Sequence[int], dropout: float = 0.0, seed: int = 0) -> None:
        """Draw the weights as Keras does: Glorot uniform, biases 0.

        Args:
            sizes: neurons of each layer, the inputs first; 1 at the end means sigmoid, more mean softmax.
            dropout: the share of each hidden layer's outputs that a training step leaves out.
            seed: of the weights, the order of the rows and the dropout.
        """
        self.sizes, self.dropout = tuple(sizes), dropout
        self._random = np.random.Generator(np.random.SFC64(seed))
        shapes = [shape for inputs, outputs in pairwise(sizes) for shape in ((inputs, outputs), (outputs,))]
        count = sum(int(np.prod(shape)) for shape in shapes)
        self._values, self._gradient, self._mean, self._square, self._room = np.zeros((5, count), np.float32)
        values, gradients = _cut(self._values, shapes), _cut(self._gradient, shapes)
        self._layers = list(zip(values[::2], values[1::2], strict=True))
        self._layer_gradients = list(zip(gradients[::2], gradients[1::2], strict=True))
        self._iterations = 0
        for kernel, _ in self._layers:
            limit = np.sqrt(6 / sum(kernel.shape))
            kernel[:] = self._random.uniform(-limit, limit, kernel.shape)

    def set_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Take the weights of a Keras model, in the order of its `get_weights`."""
        for (kernel, bias), given_kernel, given_bias in zip(self._layers, weights[::2], weights[1::2], strict=True):
            kernel[:], bias[:] = given_kernel, given_bias

    def fit(
        self, train: Rows, validation: Rows, *, epochs: int, batch_size: int, shuffle: bool = True
    ) -> dict[str, list[float]]:
        """Train, and return loss, accuracy, val_loss and val_accuracy of every epoch."""
        table = Table(train, self.sizes, batch_size)
        held = Table(validation, self.sizes, len(validation[1]))
        history = {name: [] for name in ("loss", "accuracy", "val_loss", "val_accuracy")}
        for _ in range(epochs):
            if shuffle:
                table.put_in_order(self._random.permutation(len(table.x)))
            for batch in table.batches:
                self._forward(batch, self.dropout)
                self._backward(batch)
                self._adam()
            self._forward(held.batches[0], dropout=0.0)
            measured = *self._measure(table), *self._measure(held)
            for values, value in zip(history.values(), measured, strict=True):
                values.append(value)
            self._drop_tiny_moments()
        return history

    def _forward(self, batch: Batch, dropout: float) -> None:
        below = batch.x
        for (kernel, bias), out, mask in zip(self._layers, batch.hidden, batch.masks, strict=False):
            np.matmul(below, kernel, out=out)
            out += bias
            np.maximum(out, 0, out=out)
            if dropout:
                self._random.random(out=mask, dtype=np.float32)
                np.greater_equal(mask, dropout, out=mask)
                mask *= 1 / (1 - dropout)
                out *= mask
            below = out
        kernel, bias = self._layers[-1]
        np.matmul(below, kernel, out=batch.logits)
        np.add(batch.logits, bias, out=batch.logits)

    def _backward(self, batch: Batch) -> None:
        """Compute the gradient of the mean loss: at the logits it is (probability - target) / rows."""
        delta = batch.error
        if self.sizes[-1] == 1:
            np.multiply(batch.logits, 0.5, out=delta)
            np.tanh(delta, out=delta)  # the sigmoid is (1 + tanh(logit / 2)) / 2
            delta += 1
            delta *= 0.5
        else:
            np.subtract(batch.logits, batch.logits.max(axis=1, keepdims=True), out=delta)
            np.exp(delta, out=delta)
            delta /= delta.sum(axis=1, keepdims=True)
        delta -= batch.targets
        delta *= 1 / len(delta)
        for layer in range(len(self._layers) - 1, -1, -1):
            below = batch.hidden[layer - 1] if layer else batch.x
            kernel_gradient, bias_gradient = self._layer_gradients[layer]
            np.matmul(below.T, delta, out=kernel_gradient)
            np.matmul(batch.ones, delta, out=bias_gradient)
            if layer:
                kernel, _ = self._layers[layer]
                np.matmul(delta, kernel.T, out=batch.deltas[layer - 1])
                delta, mask = batch.deltas[layer - 1], batch.masks[layer - 1]
                np.sign(below, out=mask)  # 1 where relu and dropout let something through, else 0
                if self.dropout:
                    mask *= 1 / (1 - self.dropout)
                delta *= mask

    def _adam(self) -> None:
        """Take one step as `keras.optimizers.Adam` does: epsilon is added after the root, without bias correction."""
        self._iterations += 1
        rate = RATE * np.sqrt(1 - BETA_2**self._iterations) / (1 - BETA_1**self._iterations)
        gradient, mean, square, room = self._gradient, self._mean, self._square, self._room
        np.square(gradient, out=room)
        room -= square
        room *= 1 - BETA_2
        square += room
        gradient -= mean
        gradient *= 1 - BETA_1
        mean += gradient
        np.sqrt(square, out=room)
        room += EPSILON
        np.divide(mean, room, out=room)
        room *= float(rate)  # a NumPy number would turn the product into float64
        self._values -= room

    def _drop_tiny_moments(self) -> None:
        """Set to 0 what would fade into denormal numbers: a processor takes up to a hundred times as long for those.

        TensorFlow tells the processor to do so; without it the loop gets slower the longer it trains.
        """
        self._mean[np.abs(self._mean) < TINY] = 0
        self._square[self._square < TINY] = 0

    def _measure(self, table: Table) -> tuple[float, float]:
        """Return mean loss and accuracy of the logits that the batches have left."""
        logits, targets = table.logits, table.targets
        if self.sizes[-1] == 1:
            losses = np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))
            right = (logits > 0) == (targets > 0)
        else:
            shifted = logits - logits.max(axis=1, keepdims=True)
            losses = np.log(np.exp(shifted).sum(axis=1)) - (shifted * targets).sum(axis=1)
            right = logits.argmax(axis=1) == targets.argmax(axis=1)
        return float(losses.mean()), float(right.mean())


def _empty(rows: int, width: int) -> np.ndarray:
    return np.empty((rows, width), np.float32)


def _cut(vector: np.ndarray, shapes: Sequence[tuple[int, ...]]) -> list[np.ndarray]:
    """Return views of consecutive parts of a vector in these shapes."""
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(vector, ends[:-1]), shapes, strict=True)]
