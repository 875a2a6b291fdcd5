"""How quizzes, predictions and exercises look: one card with colours of its own, so it reads on dark pages too."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from IPython.display import display
from ipywidgets import HTML, Button, Layout, VBox, Widget

from helpers.i18n import say
from helpers.quiz.model import Reason, Result, Words

SYMBOLS = {"right": "✓", "partly": "◐", "wrong": "✗", "unanswered": "○", "recorded": "●"}

STYLE = f"<style>{Path(__file__).with_name('card.css').read_text(encoding='utf-8')}</style>"
_FALLBACK = (
    "box-sizing:border-box;max-width:760px;padding:14px 20px;border:1px solid #d5dbe3;border-radius:12px;"
    "background:#fff;color:#1f2733"
)


class Closable(Protocol):
    """Anything that can be closed when its cell is run again."""

    def close(self) -> None:
        """Close every widget of it."""


_open: dict[str, Closable] = {}


@dataclass(frozen=True)
class Shown:
    """What a cell shows: widgets where they run, else readable HTML, else one line of text."""

    plain: str
    html: str
    widget: Widget | None = None

    def __repr__(self) -> str:
        return self.plain

    def _ipython_display_(self) -> None:
        bundle = {"text/plain": self.plain, "text/html": self.html}
        if self.widget is not None:
            view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
            bundle["application/vnd.jupyter.widget-view+json"] = view
        display(bundle, raw=True)


def show(shown: Shown) -> None:
    """Show it below the running cell (outside a notebook: print its one line)."""
    display(shown)


def replace(key: str, newer: Closable) -> None:
    """Close what a former run of the same cell has opened, so that its widgets do not pile up."""
    former = _open.pop(key, None)
    if former is not None:
        former.close()
    _open[key] = newer


def close_tree(widget: Widget) -> None:
    """Close a widget with everything inside it."""
    for child in getattr(widget, "children", ()):
        close_tree(child)
    for part in (getattr(widget, "style", None), getattr(widget, "layout", None), widget):
        if isinstance(part, Widget):
            part.close()


def frame(*children: Widget) -> VBox:
    """Return the card around some widgets."""
    box = VBox([HTML(STYLE, layout=Layout(display="none")), *children])
    box.add_class("course-quiz")
    return box


def button(text: str, *, main: bool = False) -> Button:
    """Return a button that is as wide as its text; the main one of a card is filled."""
    made = Button(description=text, layout=Layout(width="auto"))
    if main:
        made.add_class("cq-main")
    return made


def fallback(inner: str) -> str:
    """Return the static card that is seen where widgets do not run."""
    return f'<div style="{_FALLBACK}">{inner}</div>'


def lettered(texts: Iterable[Words]) -> str:
    """Return a list a, b, c …; the style says so as well, since some pages number every list."""
    items = "".join(f"<li>{text.html}</li>" for text in texts)
    return f'<ol type="a" style="list-style-type:lower-alpha">{items}</ol>' if items else ""


def verdict(outcome: str) -> str:
    """Return the outcome as a symbol and a word."""
    return f"{SYMBOLS[outcome]} {_word(outcome)}"


def _word(outcome: str) -> str:
    words = {
        "right": Words("Right", "맞았습니다"),
        "partly": Words("Partly right", "일부만 맞았습니다"),
        "wrong": Words("Not yet", "아직 아닙니다"),
        "unanswered": Words("Not answered yet", "아직 답하지 않았습니다"),
        "recorded": Words("Recorded", "기록했습니다"),
    }
    return words[outcome].plain


def result_html(result: Result, *, title: str = "", alert: bool = True) -> str:
    """Return the feedback on an answer; with `alert` a screen reader reads it out at once."""
    role = ' role="alert"' if alert else ""
    several = sum(reason.option is not None for reason in result.reasons) > 1
    reasons = "".join(f"<li>{_reason_html(reason, several)}</li>" for reason in result.reasons)
    head = f"<p><b>{html.escape(title or verdict(result.outcome))}</b></p>"
    return f'<div class="cq-result cq-{result.outcome}"{role}>{head}<ul>{reasons}</ul></div>'


def _reason_html(reason: Reason, several: bool) -> str:
    if reason.option is None:
        return reason.text.html
    belongs = say(en="✓ Right choice", ko="✓ 맞는 보기") if reason.right else say(en="✗ Wrong choice", ko="✗ 틀린 보기")
    word = f"{belongs} · " if several else ""
    return f"{word}<b>{reason.option.id}. {reason.option.text.html}</b><br>{reason.text.html}"


def hints_html(hints: tuple[Words, ...], shown: int) -> str:
    """Return the first hints of a question, the newest one read out by screen readers."""
    parts = []
    for number, hint in enumerate(hints[:shown], start=1):
        count = say(en=f"Hint {number} of {len(hints)}", ko=f"힌트 {number}/{len(hints)}")
        role = ' role="status"' if number == shown else ""
        parts.append(f'<div class="cq-hint"{role}><b>{count}</b> · {hint.html}</div>')
    return "".join(parts)


def note_html(text: str) -> str:
    """Return a small line of text at the foot of a card."""
    return f'<p class="cq-note" role="status">{html.escape(text)}</p>' if text else ""
