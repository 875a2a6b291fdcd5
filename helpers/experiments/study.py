"""`compare`: every variant under every seed."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import joblib
import keras
import numpy as np
from tqdm.auto import tqdm

from helpers.errors import CourseError
from helpers.experiments.runs import Runs, gather
from helpers.experiments.seeds import Job, Run, train
from helpers.i18n import say

DECIDED = ("validation_data", "validation_split", "validation_freq", "verbose", "initial_epoch")


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
        CourseError: no variants or seeds, a builder that returns no compiled model, a dataset without parts, or an
            argument of `fit` that a comparison decides itself.
    """
    listed = _seeds(seeds)
    _refuse_decided(fit)
    if not variants:
        raise CourseError(
            say(
                en='There is nothing to compare: give {"name": build}.',
                ko='비교할 것이 없습니다. {"이름": build}를 주세요.',
            )
        )
    common = {"epochs": epochs, "batch_size": batch_size, **fit}
    jobs = []
    for name, given in variants.items():
        variant = given if isinstance(given, Variant) else Variant(given)
        _refuse_decided(variant.fit)
        _require_model(name, variant.build)
        data = _parts(dataset if variant.dataset is None else variant.dataset)
        watchers = variant.callbacks or callbacks
        for part in _shares(listed, len(variants)):
            jobs.append(Job(name, variant.build, part, data, {**common, **variant.fit}, watchers, dict(also or {})))
    with tqdm(total=len(variants) * len(listed), unit="run", leave=False, disable=_quiet()) as bar:
        done = []
        for run in _train_all(jobs):
            done.append(run)
            bar.set_description(run.variant)
            bar.update()
    return gather(done, tuple(variants), listed)


def _train_all(jobs: Sequence[Job]) -> Iterator[Run]:
    """Train the jobs here, or wherever `joblib.parallel_config` says."""
    if joblib.effective_n_jobs(None) == 1:
        for job in jobs:
            yield from train(job)
        return
    finished = joblib.Parallel(return_as="generator_unordered")(joblib.delayed(_train_job)(job) for job in jobs)
    for runs in finished:
        yield from runs


def _train_job(job: Job) -> list[Run]:
    return list(train(job))


def _shares(seeds: tuple[int, ...], variants: int) -> list[tuple[int, ...]]:
    """Cut the seeds into as many parts as keep all workers busy; each part compiles its program anew."""
    parts = min(len(seeds), -(-joblib.effective_n_jobs(None) // variants))
    return [tuple(int(seed) for seed in part) for part in np.array_split(seeds, parts)]


def _seeds(seeds: int | Iterable[int]) -> tuple[int, ...]:
    listed = tuple(range(seeds)) if isinstance(seeds, int) else tuple(seeds)
    if not listed or len(set(listed)) < len(listed):
        raise CourseError(
            say(
                en=f"seeds={seeds!r} does not name at least one seed, each once: give a number such as 10.",
                ko=f"seeds={seeds!r}: 시드가 하나 이상, 서로 달라야 합니다. 10과 같은 개수를 주세요.",
            )
        )
    return listed


def _parts(dataset: Any) -> tuple[Any, ...]:
    """Return x_train, y_train, x_val, y_val, x_test, y_test; the test part may be missing."""
    if isinstance(dataset, tuple) and len(dataset) in (4, 6):
        return (*dataset, None, None)[:6]
    names = ("x_train", "y_train", "x_val", "y_val")
    if not all(hasattr(dataset, name) for name in names):
        raise CourseError(
            say(
                en=f"A {type(dataset).__name__} is no data set: give data.load(…), or a tuple (x_train, y_train, "
                "x_val, y_val) or (…, x_test, y_test).",
                ko=f"{type(dataset).__name__}은(는) 데이터 세트가 아닙니다. data.load(…)의 결과나 튜플 (x_train, "
                "y_train, x_val, y_val) 또는 (…, x_test, y_test)를 주세요.",
            )
        )
    return tuple(getattr(dataset, name, None) for name in (*names, "x_test", "y_test"))


def _require_model(name: str, build: Callable[[], keras.Model]) -> None:
    """Refuse a builder that is called already, fails to return a model, or forgets to compile it."""
    model = build() if callable(build) and not isinstance(build, keras.Model) else None
    if not isinstance(model, keras.Model) or not model.compiled:
        raise CourseError(
            say(
                en=f"{name!r} needs a function that returns a new, compiled model: write `def build(): …; return "
                "model` "
                "and give build, without parentheses.",
                ko=f"{name!r}에는 컴파일한 새 모델을 돌려주는 함수가 필요합니다. `def build(): …; return "
                "model`처럼 쓰고, "
                "괄호 없이 build를 주세요.",
            )
        )


def _refuse_decided(fit: Mapping[str, Any]) -> None:
    decided = [name for name in DECIDED if name in fit]
    if decided:
        raise CourseError(
            say(
                en=f"compare decides {', '.join(decided)} itself: leave it out (the data set has its validation part, "
                "every epoch is validated, the progress bar stands for verbose).",
                ko=f"{', '.join(decided)}은(는) compare가 정합니다. 빼고 쓰세요(검증 세트는 데이터 세트에 있고, "
                "에포크마다 "
                "검증하며, 진행 막대가 verbose를 대신합니다).",
            )
        )


def _quiet() -> bool:
    """Tell whether notebooks are being built or tested: a bar that moves has no place in their outputs."""
    return os.environ.get("COURSE_LANG") == "both" or "PYTEST_VERSION" in os.environ
