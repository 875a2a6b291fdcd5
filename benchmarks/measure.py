"""Time the ways of training against each other, in turn, so that a slow moment of the machine meets all of them."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from statistics import median
from typing import Any
from unittest import mock

import keras
from threadpoolctl import threadpool_limits

from benchmarks.cases import CANCER, MNIST, WINE, Case
from benchmarks.numpy_loop import NumpyNetwork
from benchmarks.results import KERAS, NUMPY, OURS, WATCHED, Engines, Result, short
from benchmarks.seeds import ten_seeds
from helpers.training import engine, fit, program

ROUNDS = 5
STARTS = 3  # new models that are compiled to see how long it takes
WATCHED_EPOCHS = 850
GENERATOR_EPOCHS = 10
GRAPH_STEPS = 500  # too few for `fit` to choose XLA
Train = Callable[[int], Any]  # trains so many epochs, under each seed
Ways = Mapping[str, tuple[Train, int]]  # how to train, and for how many epochs in one timing


def measure(case: Case) -> Result:
    """Time `model.fit`, ours and NumPy for one case, and how long ours takes to compile."""
    print(f"({case.key}) {case.title}", flush=True)
    compiling, ours = start(lambda: our_way(case, seeds=1), compiled_epochs(case))
    threads = quickest_threads(case)
    ways = {
        KERAS: (keras_way(case), case.keras_epochs),
        OURS: (ready(our_way(case), compiled_epochs(case)) if case.seeds > 1 else ours, case.our_epochs),
        NUMPY: (numpy_way(case, threads), case.numpy_epochs),
    }
    if case is WINE:
        never = keras.callbacks.EarlyStopping("val_loss", patience=10**9)
        ways[WATCHED] = ready(our_way(case, callbacks=[never]), WATCHED_EPOCHS), WATCHED_EPOCHS
    return Result(case.key, case.title, case.goal, in_turn(ways, case.seeds), compiling, threads)


def dropout_generators() -> dict[str, list[float]]:
    """Time an epoch of (c) without dropout, with dropout as `fit` computes it, and with TensorFlow's own generator."""
    print("The generator of random numbers for the dropout of (c)", flush=True)
    # (c) is long enough for XLA; here a few of its epochs are timed, in the program that all of them would have.
    with mock.patch.object(engine, "COMPILED_STEPS", 0):
        ways = {
            "without dropout": ready(our_way(replace(MNIST, dropout=0.0)), GENERATOR_EPOCHS),
            "Philox": ready(our_way(MNIST), GENERATOR_EPOCHS),
        }
        with mock.patch.object(program, "_philox", nullcontext):
            ways["left open"] = ready(our_way(MNIST), GENERATOR_EPOCHS)
        return in_turn({name: (train, GENERATOR_EPOCHS) for name, train in ways.items()})


def both_engines(results: Sequence[Result]) -> list[Engines]:
    """Time TensorFlow's own operations, which `fit` takes for short trainings, beside what XLA took."""
    print("TensorFlow's own operations instead of XLA", flush=True)
    by_key, found = {result.key: result for result in results}, []
    for case in (WINE, CANCER, MNIST):
        result, epochs = by_key[case.key], graph_epochs(case)
        starting, train = start(lambda case=case: our_way(case), epochs, times=2)
        graph = median(seconds(train, epochs) for _ in range(3)) / epochs
        xla = median(result.epoch_ms[OURS]) / 1000
        steps = [1e6 * epoch / case.steps for epoch in (graph, xla)]
        found.append(Engines(case.key, median(starting), median(result.compiling_s), *steps))
    return found


def in_turn(ways: Ways, seeds: int = 1) -> dict[str, list[float]]:
    """Return for each way the milliseconds of an epoch in each round; a round times every way once."""
    times = {name: [] for name in ways}
    for number in range(1, ROUNDS + 1):
        for name, (train, epochs) in ways.items():
            times[name].append(1000 * seconds(train, epochs) / epochs / seeds)
        shown = ", ".join(f"{name} {short(each[-1])}" for name, each in times.items())
        print(f"    round {number}, ms an epoch: {shown}", flush=True)
    return times


def start(make: Callable[[], Train], epochs: int, times: int = STARTS) -> tuple[list[float], Train]:
    """Return how many seconds longer the first call of a new model takes than its second, and the last way made."""
    starting = []
    for _ in range(times):
        train = make()
        first = seconds(train, epochs)
        starting.append(max(0.0, first - seconds(train, epochs)))
    print(f"    start of a new model, s: {', '.join(map(short, starting))}", flush=True)
    return starting, train


def ready(train: Train, epochs: int) -> Train:
    """Let a way of training compile."""
    train(epochs)
    return train


def seconds(train: Train, epochs: int) -> float:
    """Return how long a way of training takes."""
    gc.collect()
    begun = time.perf_counter()
    train(epochs)
    return time.perf_counter() - begun


def compiled_epochs(case: Case) -> int:
    """Return for how many epochs to train at least so that `fit` chooses XLA."""
    return -(-engine.COMPILED_STEPS // case.steps)


def graph_epochs(case: Case) -> int:
    """Return for how many epochs to train so that `fit` does not choose XLA."""
    return GRAPH_STEPS // case.steps


def keras_way(case: Case) -> Train:
    """Train by `model.fit`, traced already; for several seeds by as many calls on one model, which is in its favour."""
    keras.utils.set_random_seed(0)
    model = case.model()

    def train(epochs: int) -> None:
        for _ in range(case.seeds):
            model.fit(
                *case.train, validation_data=case.validation, batch_size=case.batch_size, epochs=epochs, verbose=0
            )

    return ready(train, 1)


def our_way(case: Case, seeds: int | None = None, callbacks: Any = None) -> Train:
    """Train by `helpers.training.fit`, or a case of several seeds under as many of them as wanted."""
    if case.seeds > 1:
        return ten_seeds(case, seeds or case.seeds)
    keras.utils.set_random_seed(0)
    model = case.model()

    def train(epochs: int) -> None:
        fit(
            model,
            *case.train,
            validation_data=case.validation,
            batch_size=case.batch_size,
            epochs=epochs,
            callbacks=callbacks,
            verbose=0,
        )

    return train


def numpy_way(case: Case, threads: int | None) -> Train:
    """Train by the NumPy loop.

    Args:
        case: what to train.
        threads: how many threads BLAS may use; None leaves it its own choice.
    """

    def train(epochs: int) -> None:
        with threadpool_limits(threads, "blas"):
            for seed in range(case.seeds):
                network = NumpyNetwork(case.sizes, case.dropout, seed)
                network.fit(case.train, case.validation, epochs=epochs, batch_size=case.batch_size)

    return train


def quickest_threads(case: Case) -> int | None:
    """Tell whether NumPy is faster with one BLAS thread or with as many as it takes by itself (None)."""
    epochs = case.numpy_epochs // 10

    def best(threads: int | None) -> float:
        return min(seconds(numpy_way(case, threads), epochs) for _ in range(4))

    return min((1, None), key=best)
