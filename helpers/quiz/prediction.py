"""Predict before an experiment, compare after it: the notebook's own number is the truth."""

import html
from numbers import Real
from typing import Any

from ipywidgets import HTML, HBox, Layout

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.quiz import bank, progress
from helpers.quiz.card import (
    Shown,
    button,
    close_tree,
    fallback,
    frame,
    hints_html,
    lettered,
    note_html,
    replace,
    result_html,
    show,
)
from helpers.quiz.controls import control_for
from helpers.quiz.grade import grade
from helpers.quiz.model import Option, Predict, Reason, Result, Words

_KEPT = Words(
    "The experiment below will show. Until then you can change your mind.",
    "아래 실험에서 확인합니다. 그전까지는 예측을 바꿀 수 있습니다.",
)


def predict(question_id: str) -> None:
    """Ask for a prediction. It is recorded, not judged: `reveal` compares it with what the notebook computes.

    Args:
        question_id: for example "05.p1".

    Raises:
        CourseError: there is no such prediction.
    """
    view = PredictView(bank.find(question_id, Predict))
    replace(f"predict {question_id}", view)
    show(view.shown)


def reveal(question_id: str, value: Any) -> None:
    """Show the prediction beside the truth, with the reasons.

    Args:
        question_id: for example "05.p1".
        value: what the notebook computed: a number that lies in the range of one option, or an option's id.

    Raises:
        CourseError: there is no such prediction, or the value belongs to no option.
    """
    show(revealed(question_id, value))


def revealed(question_id: str, value: Any) -> Shown:
    """Return what `reveal` shows."""
    question = bank.find(question_id, Predict)
    truth = _truth(question, value)
    made = _made(question)
    measured = f" ({value:.4g})" if isinstance(value, Real) else ""
    happened = say(en="What happened: ", ko="실제 결과: ")
    if made is None:
        verdict = say(
            en="○ You have made no prediction. Next time try one first: it is worth it, right or wrong.",
            ko="○ 예측을 남기지 않았습니다. 다음에는 먼저 예측해 보세요. 맞든 틀리든 도움이 됩니다.",
        )
    elif made == truth:
        verdict = say(en="✓ Your prediction came true.", ko="✓ 예측이 맞았습니다.")
    else:
        verdict = say(en="✗ It turned out differently.", ko="✗ 예측과 다른 결과입니다.")
    plain = f"{verdict} {happened}{truth.id}. {truth.text.plain}{measured}"
    lines = [f"<b>{html.escape(verdict)}</b>"]
    if made is not None and made != truth:
        foretold = say(en="Your prediction: ", ko="내 예측: ")
        lines.append(f"{foretold}<b>{made.id}. {made.text.html}</b><br>{made.reason.html}")
    lines.append(f"{happened}<b>{truth.id}. {truth.text.html}</b>{measured}<br>{truth.reason.html}")
    return Shown(plain, fallback("".join(f'<p style="margin:6px 0">{line}</p>' for line in lines)))


def _truth(question: Predict, value: Any) -> Option:
    if isinstance(value, str):
        found = [option for option in question.options if option.id == value]
    else:
        number = _number(value)
        found = [option for option in question.options if option.range and option.range[0] <= number < option.range[1]]
    if found:
        return found[0]
    raise CourseError(
        say(
            en=f"No option of {question.id} stands for {value!r}: pass the value that the notebook has computed.",
            ko=f"{question.id}에는 {value!r}에 맞는 보기가 없습니다. 노트북에서 계산한 값을 넣으세요.",
        )
    )


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _made(question: Predict) -> Option | None:
    earlier = progress.latest(question.id)
    return next((option for option in question.options if earlier and option.id == earlier.answer), None)


class PredictView:
    """The widgets of one prediction."""

    def __init__(self, question: Predict):
        self.question = question
        self.control = control_for(question)
        earlier = progress.latest(question.id)
        if earlier is not None:
            self.control.restore(earlier.answer)
        self._shown_hints = 0
        self.keep_button = button(say(en="Record my prediction", ko="예측 기록하기"), main=True)
        self.hint_button = button(say(en="Hint", ko="힌트"))
        self.keep_button.on_click(lambda _: self._keep())
        self.hint_button.on_click(lambda _: self._hint())
        buttons = [self.keep_button, self.hint_button] if question.hints else [self.keep_button]
        self.feedback, self.hints, self.note = HTML(), HTML(), HTML()
        row = HBox(buttons, layout=Layout(margin="12px 0px 0px 0px"))
        self.widget = frame(
            HTML(_question_html(question)), self.control.widget, row, self.feedback, self.hints, self.note
        )

    @property
    def shown(self) -> Shown:
        """What the cell shows."""
        plain = f"{_title()} {self.question.id}: {self.question.prompt.plain}"
        options = lettered(option.text for option in self.question.options)
        run = say(en="Run this cell to answer.", ko="이 셀을 실행하면 답할 수 있습니다.")
        inner = f"<p><b>{_title()}</b> · {run}</p><p>{self.question.prompt.html}</p>{options}"
        return Shown(plain, fallback(inner), self.widget)

    def close(self) -> None:
        """Close every widget."""
        close_tree(self.widget)

    def _keep(self) -> None:
        answer = self.control.answer
        result = grade(self.question, answer)
        if result.outcome == "recorded":
            progress.record(self.question.id, answer, "recorded", hints=self._shown_hints)
            result = Result("recorded", reasons=(Reason(_KEPT),))
        self.feedback.value = result_html(result)
        self.note.value = note_html(progress.take_notice()) or self.note.value

    def _hint(self) -> None:
        self._shown_hints = min(self._shown_hints + 1, len(self.question.hints))
        self.hints.value = hints_html(self.question.hints, self._shown_hints)


def _title() -> str:
    return say(en="Predict first", ko="먼저 예측해 보기")


def _question_html(question: Predict) -> str:
    return f'<p class="cq-count">{_title()}</p><p class="cq-prompt">{question.prompt.html}</p>'
