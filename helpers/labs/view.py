"""The view that all labs share: controls, picture, finding in words, reset, and the line of code that rebuilds it."""

import asyncio
import html
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets
from traitlets import link

from helpers.i18n import say
from helpers.labs.frame import Choice, Control, Lab, State

SETTLED = 0.2  # seconds without a move after which a lab that trains begins


def view(lab: Lab) -> widgets.VBox:
    """Build the widgets of a lab: only calls that ipywidgets 7.7 and 8.1 share, no Output widget."""
    image = widgets.Image(format="png", layout=widgets.Layout(max_width="100%"))
    words, code = widgets.HTML(), widgets.HTML()
    width = max(_columns(control.label) for control in lab.controls)
    dials = [_dial(control, f"{width}ch") for control in lab.controls]
    reset = widgets.Button(description=say(en="Reset", ko="처음으로"), icon="undo")
    shown: list[State] = []
    said: list[str] = []
    pending: list[asyncio.TimerHandle] = []
    busy = False

    def show(*_: object) -> None:
        state = {dial.control.name: dial.value for dial in dials}
        if busy:
            return
        if state in shown:
            words.value = said[-1]  # moved away and back before anything was drawn
            return
        picture = lab.draw(state, shown[-1] if shown else None)
        shown[:] = [state]
        image.value = picture.png
        said[:] = [_status(picture.finding)]
        words.value = said[-1]
        line = html.escape(lab.code.format(**state))
        code.value = say(en="This view as code: ", ko="이 화면을 다시 여는 코드: ") + f"<code>{line}</code>"

    def moved(*_: object) -> None:
        """Draw now; a lab that trains says so first, and waits whether another move follows."""
        if not lab.waiting or busy:
            show()
            return
        words.value = _status(lab.waiting)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel: nothing else can move meanwhile
            show()
            return
        while pending:
            pending.pop().cancel()
        pending.append(loop.call_later(SETTLED, show))

    def start_again(_: object) -> None:
        nonlocal busy
        busy = True  # all controls move, the picture once
        for dial in dials:
            dial.reset()
        busy = False
        moved()

    for dial in dials:
        dial.widget.observe(moved, names=dial.trait)
    reset.on_click(start_again)
    show()
    title = say(en="Lab", ko="실습")
    head = widgets.HTML(f"<strong>{title}: {html.escape(lab.question)}</strong>")
    box = widgets.VBox([head, *_rows(dials), image, words, widgets.HBox([reset, code])])
    box.add_class("course-lab")
    return box


def _status(text: str) -> str:
    style = "line-height:1.4;margin:0.2em 0;word-break:keep-all"  # Korean breaks between words
    return f'<p role="status" style="{style}">{html.escape(text)}</p>'


@dataclass(frozen=True)
class _Dial:
    """A control and the widget that moves it. A widget of options goes by their places: some cannot hold None."""

    control: Control | Choice
    widget: widgets.Widget

    @property
    def trait(self) -> str:
        return "index" if isinstance(self.control, Choice) else "value"

    @property
    def value(self) -> Any:
        at = getattr(self.widget, self.trait)
        return self.control.options[at] if isinstance(self.control, Choice) else at

    def reset(self) -> None:
        """Go back to what the lab opened on."""
        start = self.control.value
        if isinstance(self.control, Choice):
            start = self.control.options.index(start)
        setattr(self.widget, self.trait, start)


def _dial(control: Control | Choice, width: str) -> _Dial:
    shape = {"description": control.label, "style": {"description_width": width}}
    if isinstance(control, Control):
        limits = {"value": control.value, "min": control.low, "max": control.high}
        layout = widgets.Layout(width="70%")
        return _Dial(control, widgets.IntSlider(**limits, **shape, readout=False, layout=layout))
    shape |= {"options": [str(option) for option in control.options], "index": control.options.index(control.value)}
    if control.scale:
        return _Dial(control, widgets.SelectionSlider(**shape, layout=widgets.Layout(width="79%")))
    return _Dial(control, widgets.Dropdown(**shape, layout=widgets.Layout(width="auto")))


def _rows(dials: list[_Dial]) -> list[widgets.Widget]:
    """Give each slider a row; lists to pick from share one."""
    lists = [dial.widget for dial in dials if isinstance(dial.widget, widgets.Dropdown)]
    rows = [widgets.HBox(lists, layout=widgets.Layout(flex_flow="row wrap"))] if lists else []
    return rows + [_row(dial) for dial in dials if dial.widget not in lists]


def _row(dial: _Dial) -> widgets.HBox:
    """Put a number field beside the slider of a number: exact values, and a way without the mouse."""
    if isinstance(dial.control, Choice):
        return widgets.HBox([dial.widget])
    control = dial.control
    number = widgets.BoundedIntText(
        value=control.value, min=control.low, max=control.high, layout=widgets.Layout(width="6em")
    )
    link((dial.widget, "value"), (number, "value"))
    return widgets.HBox([dial.widget, number])


def _columns(label: str) -> int:
    """Return the width of a label in characters; Hangul is twice as wide as Latin letters."""
    return 2 + sum(2 if "ㄱ" <= letter <= "힣" else 1 for letter in label)
