"""Train one variant under several seeds: one compiled program, a fresh start for each seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from helpers.errors import CourseError
from helpers.experiments import randomness
from helpers.i18n import say
from helpers.training.fitting import build, fit

# Compiling is worth it sooner than for a single fit. A constant, not the number of seeds: how a run is computed must
# not depend on what else is compared.
SHARED_BY = 10


@dataclass(frozen=True)
class Job:
    """One variant and some of its seeds, with all that a process of its own needs to train them.

    Attributes:
        variant: the name.
        build: returns a compiled model.
        seeds: the seeds to train it under.
        data: (x_train, y_train, x_val, y_val, x_test, y_test); the test part may be None.
        fit: arguments of `fit`.
        callbacks: returns new callbacks for a run.
        also: further measures, each computed from the trained model.
    """

    variant: str
    build: Callable[[], keras.Model]
    seeds: tuple[int, ...]
    data: tuple[Any, ...]
    fit: Mapping[str, Any]
    callbacks: Callable[[], Sequence[keras.callbacks.Callback]] = list
    also: Mapping[str, Callable[[keras.Model], float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """What one training left: its history, its results on the test set and whatever else was measured.

    Attributes:
        variant, seed: which run it is.
        history: a float array of shape (epochs,) for each column.
        test: a number for each metric on the test set; empty without one.
        also: the further measures.
    """

    variant: str
    seed: int
    history: dict[str, np.ndarray]
    test: dict[str, float]
    also: dict[str, float]


def train(job: Job) -> Iterator[Run]:
    """Train a job's seeds one after another and yield each run as it ends.

    Every seed gets its own initial weights, row orders and dropout masks: `keras.utils.set_random_seed(seed)`, then a
    new model. Its state is put into the first seed's model, whose program is compiled already. Nothing of one run
    reaches the next, so a run's numbers do not depend on the seeds beside it. TensorFlow's deterministic operations are
    turned on, as the setup cell of a notebook does, so that a worker elsewhere computes the same digits.
    """
    tf.config.experimental.enable_op_determinism()
    kept: keras.Model | None = None
    for seed in job.seeds:
        with randomness.to_itself():
            keras.utils.set_random_seed(seed)
            kept = _with_state_of(_ready(job), kept)
            run = _run(job, seed, kept)
        yield run


def _ready(job: Job) -> keras.Model:
    """Return a new model with all its variables. One that knows its input's shape has its weights already."""
    model = job.build()
    if model.built:
        model.optimizer.build(model.trainable_variables)
    else:
        build(model, (*job.data[:2], None))
    return model


def _run(job: Job, seed: int, model: keras.Model) -> Run:
    """Train a model that is ready and measure it."""
    x_train, y_train, x_val, y_val, x_test, y_test = job.data
    history = fit(
        model,
        x_train,
        y_train,
        validation_data=(x_val, y_val),
        callbacks=job.callbacks(),
        verbose=0,
        repeats=SHARED_BY,
        **job.fit,
    )
    columns = {name: np.array([_number(name, value) for value in values]) for name, values in history.history.items()}
    test = {} if x_test is None else model.evaluate(x_test, y_test, verbose=0, return_dict=True)
    also = {name: measure(model) for name, measure in job.also.items()}
    return Run(job.variant, seed, columns, _numbers(test), _numbers(also))


def _with_state_of(model: keras.Model, kept: keras.Model | None) -> keras.Model:
    """Give the model that has a program the state of a new one; return the new one itself where they differ."""
    source = [*model.variables, *model.optimizer.variables]
    target = [] if kept is None else [*kept.variables, *kept.optimizer.variables]
    if [variable.shape for variable in source] != [variable.shape for variable in target]:
        return model
    for variable, fresh in zip(target, source, strict=True):
        variable.assign(fresh)
    return kept


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: _number(name, value) for name, value in values.items()}


def _number(name: str, value: Any) -> float:
    """Return a measured value as a number.

    Raises:
        CourseError: it is none, or several, as a metric gives that measures each class.
    """
    try:
        return float(np.asarray(value).item())
    except (TypeError, ValueError) as error:
        raise CourseError(
            say(
                en=f"{name!r} gives no single number: choose a measure that does (a metric of each class can average "
                "them).",
                ko=f"{name!r}의 값이 수 하나가 아닙니다. 수 하나를 내는 측도를 쓰세요(클래스별 지표는 평균을 내세요).",
            )
        ) from error
