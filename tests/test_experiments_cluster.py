"""Comparisons spread over processes: loky on one machine, and a Dask cluster that loses a worker halfway."""

import os
import signal
import threading
import time
import uuid
from pathlib import Path

import joblib
import keras
import numpy as np
import pytest
from joblib.externals.loky import get_reusable_executor

from helpers.experiments import compare

pytestmark = [pytest.mark.slow, pytest.mark.one_lane]
X = np.random.default_rng(42).normal(size=(60, 3)).astype("float32")
Y = (X.sum(axis=1) > 0).astype("int64")
DATA = (X[:30], Y[:30], X[30:45], Y[30:45], X[45:], Y[45:])
PATIENCE = 300  # seconds until a test gives up waiting for another process
HALFWAY = 6  # so many of the fourteen runs have ended when the worker is killed


def build():
    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def wide():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    return model


def study(**arguments):
    return compare({"dropout": build, "wide": wide}, DATA, seeds=7, epochs=3, batch_size=8, **arguments)


def assert_equal(some, others):
    """Two comparisons hold the same numbers, to the last digit."""
    assert (some.variants, some.seeds) == (others.variants, others.seeds)
    assert some.epochs.tolist() == others.epochs.tolist()
    for part in ("history", "test"):
        assert getattr(some, part).keys() == getattr(others, part).keys()
        for name, values in getattr(some, part).items():
            assert np.isfinite(values).all()
            np.testing.assert_array_equal(values, getattr(others, part)[name], err_msg=name)


@pytest.fixture(scope="module")
def here():
    """The comparison as one process computes it."""
    return study()


class Watched(keras.callbacks.Callback):
    """Notes when its run begins and ends. Halfway through the comparison, runs wait until a worker was killed."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.name = Path(folder), f"{os.getpid()}-{uuid.uuid4().hex}"

    def on_train_begin(self, logs=None):
        (self.folder / f"begun-{self.name}").touch()

    def on_epoch_end(self, epoch, logs=None):
        if epoch == 1 and len(list(self.folder.glob("ended-*"))) >= HALFWAY:
            (self.folder / f"waiting-{self.name}").touch()
            wait_for(lambda: (self.folder / "killed").exists())

    def on_train_end(self, logs=None):
        (self.folder / f"ended-{self.name}").touch()


def wait_for(there):
    """Wait until something is there, and return it."""
    end = time.monotonic() + PATIENCE
    while not (found := there()):
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)
    return found


def pid_of(note):
    return int(note.name.split("-")[1])


def test_a_killed_worker_costs_nothing_but_time(here, tmp_path):
    distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
    killed = []

    def kill():
        killed.append(pid_of(wait_for(lambda: list(tmp_path.glob("waiting-*")))[0]))
        os.kill(killed[0], signal.SIGKILL)
        (tmp_path / "killed").touch()

    local = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        distributed.LocalCluster(**local, local_directory=str(tmp_path)) as cluster,
        distributed.Client(cluster) as client,
        joblib.parallel_config(backend="dask"),
    ):
        workers = set(client.run(os.getpid).values())
        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        spread = study(callbacks=lambda: [Watched(tmp_path)])
        killer.join()
        left = set(client.run(os.getpid).values())
    begun, ended = ([pid_of(note) for note in tmp_path.glob(f"{word}-*")] for word in ("begun", "ended"))
    assert len(workers) == 2 and killed[0] in workers and killed[0] not in left
    assert len({*begun}) > 1
    assert begun.count(killed[0]) == ended.count(killed[0]) + 1  # it died in the middle of a run
    assert len(begun) > len(ended) >= spread.epochs.size == 14
    assert_equal(spread, here)


def test_loky_gives_the_same_numbers(here):
    """With functions of a notebook: lambdas and closures, which plain pickle refuses."""
    try:
        with joblib.parallel_config(backend="loky", n_jobs=2):
            spread = compare(
                {"dropout": lambda: build()},
                DATA[:4],
                seeds=6,
                epochs=3,
                batch_size=8,
                also={"pid": lambda _: os.getpid()},
            )
        alone = compare({"dropout": build}, DATA[:4], seeds=6, epochs=3, batch_size=8)
    finally:
        get_reusable_executor().shutdown(wait=True)
    assert_equal(spread, alone)
    assert os.getpid() not in spread.also["pid"]


@pytest.mark.parametrize("one_by_one", [True, False], ids=["results one by one", "results at the end"])
def test_threads_take_turns(here, monkeypatch, one_by_one):
    monkeypatch.setattr(joblib.parallel.ThreadingBackend, "supports_return_generator", one_by_one)
    with joblib.parallel_config(backend="threading", n_jobs=2):
        spread = compare({"dropout": build}, DATA[:4], seeds=6, epochs=3, batch_size=8)
    for name, values in spread.history.items():
        np.testing.assert_array_equal(values[0], here.history[name][0, :6], err_msg=name)
