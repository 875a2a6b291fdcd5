"""Labs: one module each, `simulate(...)` pure and tested, and a thin view that shares `helpers.labs.frame`."""

from helpers.labs.epochs import epochs

__all__ = ["epochs"]
