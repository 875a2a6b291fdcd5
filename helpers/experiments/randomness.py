"""Python's one generator of random numbers, which Keras takes its seeds from, for one training at a time."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

_DRAWS = {name: draw for name, draw in vars(random).items() if getattr(draw, "__self__", None) is random.seed.__self__}
_turn = threading.RLock()


@contextmanager
def to_itself() -> Iterator[None]:
    """Keep other threads away from the random numbers of this one.

    Trainings in other threads wait for their turn. All else that draws meanwhile gets numbers from elsewhere: the event
    loop of a Dask worker does so at any moment, and the initial weights of a seed would be others each time.
    """
    me, elsewhere = threading.get_ident(), random.Random()

    def parted(draw: Callable) -> Callable:
        def function(*args: Any, **kwargs: Any) -> Any:
            mine = threading.get_ident() == me
            return (draw if mine else getattr(elsewhere, draw.__name__))(*args, **kwargs)

        return function

    with _turn, mock.patch.multiple(random, **{name: parted(draw) for name, draw in _DRAWS.items()}):
        yield
