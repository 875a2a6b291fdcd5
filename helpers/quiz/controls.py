"""The ways of answering. Each control also has a text field: in JupyterLab the notebook's shortcuts reach radio
buttons and checkboxes, so only a text field is safe to use with the keyboard.

Only calls that ipywidgets 7.7.1 and 8.1 share are used. A control that has the focus is never changed:
the text field changes the others and the others change the text field.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from ipywidgets import HTML, Box, Checkbox, HBox, Layout, RadioButtons, Text, VBox

from helpers.compat import plain_label
from helpers.i18n import say
from helpers.quiz.card import button
from helpers.quiz.model import Choice, Number, Option, Order, Predict, Question

_LETTERS = "abcdefgh"
_KOREAN_KEYS = str.maketrans("ㅁㅠㅊㅇㄷㄹㅎㅗ", _LETTERS)  # the same keys while Hangul is being typed


def letters(text: str, allowed: Sequence[str]) -> list[str]:
    """Return the option letters in a typed text, in its order: "B, a" gives ["b", "a"].

    An unknown letter or one that comes twice makes the whole text count as not answered.
    """
    typed = unicodedata.normalize("NFKC", text).lower()
    typed = "".join(unicodedata.normalize("NFC", typed)).translate(_JAMO).translate(_KOREAN_KEYS)
    found = re.sub(r"[\s,.;>·→-]+", "", typed)
    return list(found) if set(found) <= set(allowed) and len(set(found)) == len(found) else []


# NFKC turns the compatibility letters that a keyboard types (ㅁ) into the jamo that syllables are made of.
_JAMO = str.maketrans({unicodedata.normalize("NFKC", letter): letter for letter in "ㅁㅠㅊㅇㄷㄹㅎㅗ"})


class Single:
    """Radio buttons and a text field for one letter."""

    def __init__(self, options: tuple[Option, ...]):
        self._ids = [option.id for option in options]
        labels = [(f"{option.id}. {option.text.plain}", option.id) for option in options]
        self.radio = RadioButtons(options=labels, value=None, layout=Layout(width="100%"))
        self.text = _letter_field("a")
        self.widget = VBox([self.radio, self.text])
        self.text.observe(self._typed, names="value")
        self.radio.observe(self._pressed, names="value")

    @property
    def answer(self) -> str | None:
        """The id of the chosen option, or None."""
        return self.radio.value

    def restore(self, answer: Any) -> None:
        """Choose again what was chosen earlier; what no longer exists is left out."""
        if answer in self._ids:
            self.radio.value = answer

    def _typed(self, change: Any) -> None:
        typed = letters(self.text.value, self._ids)
        self.radio.value = typed[0] if len(typed) == 1 else None

    def _pressed(self, change: Any) -> None:
        if self.radio.value is not None and letters(self.text.value, self._ids) != [self.radio.value]:
            self.text.value = self.radio.value


class Multiple:
    """Checkboxes and a text field for several letters."""

    def __init__(self, options: tuple[Option, ...]):
        self.boxes = {option.id: _checkbox(option) for option in options}
        self.text = _letter_field("a c")
        self.widget = VBox([*self.boxes.values(), self.text])
        self._typing = False
        self.text.observe(self._typed, names="value")
        for box in self.boxes.values():
            box.observe(self._pressed, names="value")

    @property
    def answer(self) -> list[str] | None:
        """The ids of the chosen options, or None."""
        return [name for name, box in self.boxes.items() if box.value] or None

    def restore(self, answer: Any) -> None:
        """Choose again what was chosen earlier; what no longer exists is left out."""
        for name in answer if isinstance(answer, list) else ():
            if isinstance(name, str) and name in self.boxes:
                self.boxes[name].value = True

    def _typed(self, change: Any) -> None:
        typed = letters(self.text.value, list(self.boxes))
        self._typing = True  # each box would otherwise write the letters so far into the field being typed in
        for name, box in self.boxes.items():
            box.value = name in typed
        self._typing = False

    def _pressed(self, change: Any) -> None:
        if not self._typing:
            self.text.value = " ".join(self.answer or ())


class Typed:
    """A text field for a number, with its unit."""

    def __init__(self, question: Number):
        self.text = Text(placeholder="0.001, 1e-3, 1/8", description=say(en="Answer", ko="답"), **_field("260px"))
        unit = question.unit.html if question.unit else ""
        self.widget = HBox([self.text, HTML(unit)], layout=Layout(align_items="baseline", grid_gap="8px"))

    @property
    def answer(self) -> str | None:
        """What was typed, or None."""
        return self.text.value.strip() or None

    def restore(self, answer: Any) -> None:
        """Write again what was typed earlier."""
        self.text.value = answer if isinstance(answer, str) else ""


class Sorted:
    """Rows that move up and down, and a text field for all letters in order.

    The buttons stay where they are and the texts move, so the focus stays on the button that was pressed.
    """

    def __init__(self, question: Order):
        items = shuffled(question)
        self._ids = {letter: item.id for letter, item in zip(_LETTERS, items, strict=False)}
        self._texts = {letter: item.text.html for letter, item in zip(_LETTERS, items, strict=False)}
        self._order = list(self._ids)
        self._cells = [HTML(layout=Layout(flex="1 1 auto")) for _ in self._order]
        self.rows = [self._row(place) for place in range(len(self._order))]
        self.text = _letter_field(" ".join(reversed(self._order)))
        self.widget = VBox([*self.rows, self.text])
        self.text.observe(self._typed, names="value")
        self._draw()

    @property
    def answer(self) -> list[str] | None:
        """The ids of the items in the order given, or None while nothing (or not everything) has been ordered."""
        typed = letters(self.text.value, self._order)
        return [self._ids[letter] for letter in typed] if len(typed) == len(self._order) else None

    def restore(self, answer: Any) -> None:
        """Put the items again into the order given earlier."""
        letter_of = {name: letter for letter, name in self._ids.items()}
        if isinstance(answer, list) and sorted(map(str, answer)) == sorted(letter_of):
            self.text.value = " ".join(letter_of[name] for name in answer)

    def move(self, place: int, by: int) -> None:
        """Move the item at a place (counted from 0) up (-1) or down (1); at an end nothing happens."""
        other = place + by
        if 0 <= other < len(self._order):
            self._order[place], self._order[other] = self._order[other], self._order[place]
            self._draw()
            self.text.value = " ".join(self._order)

    def _row(self, place: int) -> HBox:
        up = self._mover(say(en="↑ up", ko="↑ 위로"), place, -1)
        down = self._mover(say(en="↓ down", ko="↓ 아래로"), place, 1)
        return HBox([self._cells[place], up, down], layout=Layout(align_items="center", padding="3px 0px"))

    def _mover(self, text: str, place: int, by: int) -> Box:
        made = button(text)
        made.add_class("cq-move")
        made.layout.visibility = "visible" if 0 <= place + by < len(self._order) else "hidden"
        made.on_click(lambda _: self.move(place, by))
        return made

    def _typed(self, change: Any) -> None:
        typed = letters(self.text.value, self._order)
        if len(typed) == len(self._order) and typed != self._order:
            self._order = typed
            self._draw()

    def _draw(self) -> None:
        for cell, letter in zip(self._cells, self._order, strict=True):
            cell.value = f"<b>{letter}.</b> {self._texts[letter]}"


Control = Single | Multiple | Typed | Sorted


def control_for(question: Question) -> Control:
    """Return the control that fits a question."""
    return _CONTROLS[question.kind](question)


def shuffled(question: Order) -> list:
    """Return the items of an order question in the order they are shown: always the same, never the right one."""
    items = list(question.items)
    seed = 0
    while items == list(question.items):
        random.Random(f"{question.id}/{seed}").shuffle(items)
        seed += 1
    return items


def _single(question: Choice | Predict) -> Single:
    return Single(question.options)


def _multiple(question: Choice) -> Multiple:
    return Multiple(question.options)


_CONTROLS: dict[str, Callable[[Any], Control]] = {
    "single": _single,
    "predict": _single,
    "multiple": _multiple,
    "number": Typed,
    "order": Sorted,
}


def _checkbox(option: Option) -> Checkbox:
    label = plain_label(f"{option.id}. {option.text.plain}")
    return Checkbox(description=label, indent=False, layout=Layout(width="100%"))


def _letter_field(example: str) -> Text:
    return Text(placeholder=example, description=say(en="or type", ko="또는 입력"), **_field("220px"))


def _field(width: str) -> dict[str, Any]:
    return {"layout": Layout(width=width, margin="6px 0px 0px 8px"), "style": {"description_width": "initial"}}
