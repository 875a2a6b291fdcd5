"""`compare`: every variant under every seed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import joblib
import keras
import numpy as np

from helpers.experiments import given
from helpers.experiments.progress import progress_bar
from helpers.experiments.runs import Runs, gather
from helpers.experiments.seeds import Job, Run, train

# Seeds in a part that a worker takes: few enough that the work spreads evenly and little is lost with a worker, enough
# that a program serves several seeds.
PART = 5


@dataclass(frozen=True)
class Variant:
    """A model and what is special about its training.

    Attributes:
        build: returns a new compiled model.
        dataset: trained on instead of the comparison's.
        fit: arguments of `fit` that differ from the comparison's, for example {"batch_size": 500}.
        callbacks: returns new callbacks for one run, instead of the comparison's.
    """

    build: Callable[[], keras.Model]
    dataset: Any = None
    fit: Mapping[str, Any] = field(default_factory=dict)
    callbacks: Callable[[], Sequence[keras.callbacks.Callback]] | None = None


def compare(
    variants: Mapping[str, Callable[[], keras.Model] | Variant],
    dataset: Any,
    *,
    epochs: int,
    seeds: int | Iterable[int] = 10,
    batch_size: int = 32,
    callbacks: Callable[[], Sequence[keras.callbacks.Callback]] = list,
    also: Mapping[str, Callable[[keras.Model], float]] | None = None,
    **fit: Any,
) -> Runs:
    """Train every variant under every seed and return what was recorded.

    A variant's models share one compiled program; each seed has its own initial weights, row orders and dropout masks,
    and gives the same numbers whatever it is compared with. A progress bar tells how far it is. Inside
    `joblib.parallel_config(backend=…, n_jobs=…)` the work is spread over processes ("loky") or a cluster ("dask").

    Args:
        variants: a function that returns a new compiled model, or a `Variant`, by name.
        dataset: a `helpers.data` Dataset, or an object or tuple with x_train, y_train, x_val, y_val and perhaps
            x_test, y_test.
        epochs: how long each run trains.
        seeds: how many seeds (0, 1, …), or the seeds themselves.
        batch_size: rows in a batch.
        callbacks: returns new callbacks for a run, for example `lambda: [keras.callbacks.EarlyStopping(patience=5)]`.
        also: further measures: functions of the trained model that return a number, by name.
        fit: further arguments of `helpers.training.fit`.

    Raises:
        CourseError: anything that cannot be trained: no variants or seeds, a builder that returns no compiled model,
            a dataset without parts, an argument that `fit` does not know or that a comparison decides itself, ….
    """
    listed = given.as_seeds(seeds)
    given.require_named(variants)
    jobs, shared = [], None
    for name, variant in variants.items():
        variant = variant if isinstance(variant, Variant) else Variant(variant)
        arguments = {"epochs": epochs, "batch_size": batch_size, **fit, **variant.fit}
        given.require_arguments(arguments)
        watchers = variant.callbacks or callbacks
        given.require_functions(watchers, also or {})
        if variant.dataset is None:
            data = shared = shared or given.as_parts(dataset)
        else:
            data = given.as_parts(variant.dataset)
        given.try_out(name, variant.build, data)
        for part in _shares(listed, len(variants)):
            jobs.append(Job(name, variant.build, part, data, arguments, watchers, dict(also or {})))
    with progress_bar(len(variants) * len(listed)) as bar:
        done = []
        for run in _train_all(jobs):
            done.append(run)
            bar.set_description(run.variant, refresh=False)
            bar.update()
    return gather(done, tuple(variants), listed)


def _train_all(jobs: Sequence[Job]) -> Iterator[Run]:
    """Train the jobs here, or wherever `joblib.parallel_config` says."""
    if joblib.effective_n_jobs(None) == 1:
        for job in jobs:
            yield from train(job)
        return
    backend, _ = joblib.parallel.get_active_backend()
    order = "generator_unordered" if backend.supports_return_generator else "list"
    for runs in joblib.Parallel(return_as=order)(joblib.delayed(_train_elsewhere)(job) for job in jobs):
        yield from runs


def _train_elsewhere(job: Job) -> list[Run]:
    return list(train(job))


def _shares(seeds: tuple[int, ...], variants: int) -> list[tuple[int, ...]]:
    """Cut the seeds into parts that keep all workers busy; each part compiles its program anew."""
    workers = joblib.effective_n_jobs(None)
    parts = 1 if workers == 1 else min(len(seeds), max(-(-workers // variants), -(-len(seeds) // PART)))
    return [tuple(map(int, part)) for part in np.array_split(seeds, parts)]
