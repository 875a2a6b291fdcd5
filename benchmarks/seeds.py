"""Many seeds of one network, one after another, through one compiled program."""

from collections.abc import Callable

import keras

from benchmarks.cases import Case
from helpers.training import fit


def ten_seeds(case: Case, seeds: int = 10) -> Callable[[int], None]:
    """Return a function that trains a case for so many epochs under each seed.

    Every seed has a model of its own; what it begins with is copied into one model, which has the program.

    Args:
        case: what to train.
        seeds: how many.
    """
    template = _built(case)

    def train(epochs: int) -> None:
        for seed in range(seeds):
            keras.utils.set_random_seed(seed)
            fresh = _built(case)
            for variable, value in zip(_state(template), _state(fresh), strict=True):
                variable.assign(value)
            fit(
                template,
                *case.train,
                validation_data=case.validation,
                batch_size=case.batch_size,
                epochs=epochs,
                verbose=0,
            )

    return train


def _built(case: Case) -> keras.Model:
    model = case.model()
    model.optimizer.build(model.trainable_variables)
    return model


def _state(model: keras.Model) -> list[keras.Variable]:
    return [*model.variables, *model.optimizer.variables]
