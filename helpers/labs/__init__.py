"""Labs: one module each, `simulate(...)` pure and tested, and a thin view that shares `helpers.labs.frame`."""

from helpers.labs.capacity import capacity
from helpers.labs.early_stopping import early_stopping
from helpers.labs.epochs import epochs

__all__ = ["capacity", "early_stopping", "epochs"]
