"""Code exercises: check what a student has written, give hints, show the solution.

A student's code runs in this very kernel with all its rights, without a sandbox: it is the student's own notebook.
"""

import html
from typing import Any

from ipywidgets import HTML, HBox, Layout

from helpers.i18n import say
from helpers.quiz import bank, progress
from helpers.quiz.card import (
    SYMBOLS,
    Shown,
    button,
    close_tree,
    fallback,
    frame,
    hints_html,
    note_html,
    replace,
    result_html,
    show,
    verdict,
)
from helpers.quiz.grade import grade
from helpers.quiz.model import Code, Result

_hints: dict[str, int] = {}  # how many hints of each exercise have been read in this kernel


def check(question_id: str, answer: Any = ...) -> None:
    """Check a code exercise and show the verdict, with buttons for a hint and for the solution.

    Args:
        question_id: for example "05.e1".
        answer: the function or value that the student wrote; `...` (or a function that returns it) is not attempted.

    Raises:
        CourseError: there is no such exercise.
    """
    view = ExerciseView(bank.find(question_id, Code), answer)
    replace(f"exercise {question_id}", view)
    show(view.shown)


def hint(question_id: str) -> None:
    """Show the next hint of an exercise, with those before it."""
    question = bank.find(question_id, Code)
    count = _read_hint(question)
    show(Shown(question.hints[count - 1].plain, fallback(hints_html(question.hints, count))))


def solution(question_id: str) -> None:
    """Show the solution of an exercise."""
    question = bank.find(question_id, Code)
    show(Shown(question.solution.rstrip(), fallback(_solution_html(question))))


def _read_hint(question: Code) -> int:
    """Count one more hint of an exercise as read, and return how many have been."""
    _hints[question.id] = min(_hints.get(question.id, 0) + 1, len(question.hints))
    return _hints[question.id]


def _solution_html(question: Code) -> str:
    title = say(en="Solution", ko="풀이")
    code = html.escape(question.solution.rstrip())
    pre = f'<pre style="margin:6px 0 0;white-space:pre;overflow:auto">{code}</pre>'
    return f'<div class="cq-hint" role="status"><b>{title}</b>{pre}</div>'


class ExerciseView:
    """The verdict on one answer and the buttons below it."""

    def __init__(self, question: Code, answer: Any):
        self.question = question
        self.result = grade(question, answer)
        if self.result.outcome != "unanswered":
            progress.record(
                question.id,
                {"failed_case": self.result.failed_case},
                self.result.outcome,
                self.result.score,
                _hints.get(question.id, 0),
            )
        self.hint_button = button(say(en="Hint", ko="힌트"))
        self.solution_button = button(say(en="Show solution", ko="풀이 보기"))
        self.hint_button.on_click(lambda _: self._hint())
        self.solution_button.on_click(lambda _: self._solution())
        self.hints, self.solution = HTML(), HTML()
        row = HBox([self.hint_button, self.solution_button], layout=Layout(margin="10px 0px 0px 0px"))
        note = HTML(note_html(progress.take_notice()))
        head = HTML(result_html(self.result, title=self.title))
        self.widget = frame(head, row, self.hints, self.solution, note)

    @property
    def title(self) -> str:
        """The exercise and its verdict, in symbol and words."""
        name = say(en=f"Exercise {self.question.id}", ko=f"연습 {self.question.id}")
        if self.result.outcome == "unanswered":
            return f"{SYMBOLS['unanswered']} {name}: " + say(en="not attempted", ko="아직 풀지 않았습니다")
        return f"{name}: {verdict(self.result.outcome)}"

    @property
    def shown(self) -> Shown:
        """What the cell shows."""
        reasons = [reason.text.plain for reason in self.result.reasons]
        return Shown("\n".join([self.title, *reasons]), fallback(_static(self.title, self.result)), self.widget)

    def close(self) -> None:
        """Close every widget."""
        close_tree(self.widget)

    def _hint(self) -> None:
        self.hints.value = hints_html(self.question.hints, _read_hint(self.question))

    def _solution(self) -> None:
        self.solution.value = _solution_html(self.question)


def _static(title: str, result: Result) -> str:
    reasons = "".join(f"<br>{reason.text.html}" for reason in result.reasons)
    return f'<p style="margin:0"><b>{html.escape(title)}</b>{reasons}</p>'
