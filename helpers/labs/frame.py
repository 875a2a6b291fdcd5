"""What a lab is: its question, its controls, and how a state is drawn. The widgets are in `helpers.labs.view`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers import i18n
from helpers.i18n import say
from helpers.plots.base import picture

State = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """What a lab shows for one state: PNG bytes and the finding in words."""

    png: bytes
    finding: str


@dataclass(frozen=True)
class Control:
    """A whole number that the student moves."""

    name: str
    label: str
    low: int
    high: int
    value: int


@dataclass(frozen=True)
class Choice:
    """A value that the student picks: a recorded run, a mode, a rate.

    Attributes:
        name: what the state calls it.
        label: what stands beside it.
        options: what can be picked; shown as `str` writes it.
        value: what the lab opens on, one of the options.
        scale: whether the options are steps along a scale (then a slider moves along them) or a list to pick from.
    """

    name: str
    label: str
    options: tuple[Any, ...]
    value: Any
    scale: bool = False


@dataclass(frozen=True)
class Lab:
    """A lab: one question, its controls, and how to draw a state.

    Attributes:
        question: what the lab answers.
        controls: what can be moved; their values are the state it opens on.
        draw: called with the state and the state before (None at first); returns the picture.
        code: the line that rebuilds a state, with the controls' names in braces ({name!r} for what is no number).
        waiting: what it says while a state is being drawn, for a lab that trains; moves that follow each other
            quickly are then drawn once, as the last of them left the controls.
    """

    question: str
    controls: tuple[Control | Choice, ...]
    draw: Callable[[State, State | None], Picture]
    code: str
    waiting: str = ""

    @property
    def preset(self) -> State:
        """The state the lab opens on."""
        return {control.name: control.value for control in self.controls}

    def _ipython_display_(self) -> None:
        from IPython.display import display

        from helpers.labs.view import view

        if i18n.language() == "both":  # while notebooks are built: what a reader sees without a kernel
            opening = self.draw(self.preset, None)
            moving = say(en="Run this cell to move the controls.", ko="이 셀을 실행하면 직접 움직여 볼 수 있습니다.")
            picture(opening.png, f"{self.question} {opening.finding} {moving}")
        else:
            display(view(self))
