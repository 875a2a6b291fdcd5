"""Training as `model.fit` does it, with whole epochs compiled into one program."""

from helpers.training.fitting import fit

__all__ = ["fit"]
