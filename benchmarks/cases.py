"""What is trained: the course's typical small networks, on data that are shipped or made from a fixed seed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import keras
import numpy as np

from helpers import data

Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # x_train, y_train, x_val, y_val


@dataclass(frozen=True)
class Case:
    """A network, its data, and how long each way of training is timed.

    Attributes:
        key: the letter it goes by.
        title: what it is, in a few words.
        sizes: neurons of each layer, the inputs first.
        batch_size: rows in a batch.
        goal: how many times faster than `model.fit` it should train.
        load: returns the data.
        keras_epochs, our_epochs, numpy_epochs: what one timing trains, for each seed; long enough that the start of a
            call hardly counts, and ours so long that `fit` itself chooses XLA.
        dropout: after each hidden layer.
        seeds: how many trainings one after another.
    """

    key: str
    title: str
    sizes: tuple[int, ...]
    batch_size: int
    goal: float
    load: Callable[[], Parts]
    keras_epochs: int
    our_epochs: int
    numpy_epochs: int
    dropout: float = 0.0
    seeds: int = 1

    @cached_property
    def parts(self) -> Parts:
        """Training and validation rows."""
        return self.load()

    @property
    def train(self) -> tuple[np.ndarray, np.ndarray]:
        """Training rows."""
        return self.parts[:2]

    @property
    def validation(self) -> tuple[np.ndarray, np.ndarray]:
        """Validation rows."""
        return self.parts[2:]

    @property
    def steps(self) -> int:
        """Batches in an epoch."""
        return -(-len(self.train[1]) // self.batch_size)

    def model(self) -> keras.Model:
        """Return a new compiled model."""
        layers = [keras.Input((self.sizes[0],))]
        for width in self.sizes[1:-1]:
            layers.append(keras.layers.Dense(width, activation="relu"))
            layers += [keras.layers.Dropout(self.dropout)] if self.dropout else []
        binary = self.sizes[-1] == 1
        layers.append(keras.layers.Dense(self.sizes[-1], activation="sigmoid" if binary else "softmax"))
        model = keras.Sequential(layers)
        loss = "binary_crossentropy" if binary else "sparse_categorical_crossentropy"
        model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
        return model


def wine_like() -> Parts:
    """Return a made-up table of the lecture's shape: 653 and 322 rows, 12 measurements, red or white.

    The lecture's own table cannot be shipped; how long training takes does not depend on what the numbers say.
    """
    random = np.random.default_rng(0)
    x = random.normal(size=(653 + 322, 12)).astype(np.float32)
    y = (x @ random.normal(size=12) + random.normal(size=len(x)) > 0).astype(np.int64)
    return x[:653], y[:653], x[653:], y[653:]


def shipped(name: str) -> Parts:
    """Return the training and validation part of a set that the course ships, images as rows of pixels."""
    loaded = data.load(name)
    x_train, x_val = (x.reshape(len(x), -1) for x in (loaded.x_train, loaded.x_val))
    return x_train, loaded.y_train, x_val, loaded.y_val


WINE = Case("a", "wine", (12, 30, 12, 8, 1), 130, 50, wine_like, 12, 3000, 2000)
CANCER = Case("b", "breast cancer", (30, 100, 24, 1), 32, 25, lambda: shipped("breast_cancer"), 10, 2000, 1200)
MNIST = Case("c", "MNIST, 5,000", (784, 100, 10), 32, 5, lambda: shipped("mnist"), 3, 55, 20, dropout=0.3)
SEEDS = Case("d", "10 seeds of (a)", WINE.sizes, 130, 150, wine_like, 3, 1000, 200, seeds=10)
CASES = (WINE, CANCER, MNIST, SEEDS)
