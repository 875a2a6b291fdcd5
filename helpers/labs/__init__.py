"""Labs: one module each, `simulate(...)` pure and tested, and a thin view that shares `helpers.labs.frame`."""

from helpers.labs.activations import activations
from helpers.labs.capacity import capacity
from helpers.labs.dropout import dropout
from helpers.labs.early_stopping import early_stopping
from helpers.labs.epochs import epochs
from helpers.labs.optimizer_race import optimizer_race
from helpers.labs.penalties import penalties

__all__ = ["activations", "capacity", "dropout", "early_stopping", "epochs", "optimizer_race", "penalties"]
