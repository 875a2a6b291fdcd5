"""The quiz of a lesson: one question at a time in a card, usable by keyboard, resumed where it was left."""

import html

from ipywidgets import HTML, HBox, Layout, VBox

from helpers.i18n import say
from helpers.quiz import bank as banks
from helpers.quiz import progress
from helpers.quiz.card import (
    SYMBOLS,
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
    verdict,
)
from helpers.quiz.controls import Control, control_for, shuffled
from helpers.quiz.grade import grade
from helpers.quiz.model import Bank, Choice, Order, Question
from helpers.quiz.prediction import predict, reveal

__all__ = ["QuizView", "predict", "quiz", "reveal"]


def quiz(lesson: str) -> None:
    """Show the quiz of a lesson: its single, multiple, number and order questions.

    Earlier answers and the score come back; running the cell again closes the former widgets.

    Args:
        lesson: its two digits, for example "05".

    Raises:
        CourseError: the lesson has no quiz.
    """
    view = QuizView(banks.load_bank(lesson))
    replace(f"quiz {lesson}", view)
    show(view.shown)


class QuizView:
    """The widgets of one quiz and what they do."""

    def __init__(self, bank: Bank):
        self.bank = bank
        self.questions = bank.quiz
        self.index = 0
        best = progress.summary(bank.lesson)
        self._outcomes = {name: attempt.outcome for name, attempt in best.items()}
        self._scores = {name: attempt.score for name, attempt in best.items()}
        self._controls: dict[str, Control] = {}
        self._feedback: dict[str, str] = {}
        self._hints: dict[str, int] = {}
        self._build()
        self._turn(0)

    def _build(self) -> None:
        self.head, self.prompt, self.feedback, self.hints = HTML(), HTML(), HTML(), HTML()
        self.summary, self.note = HTML(), HTML()
        self.area = VBox()
        self.check_button = button(say(en="Check", ko="확인"), main=True)
        self.hint_button = button(say(en="Hint", ko="힌트"))
        self.previous_button = button(say(en="← Previous", ko="← 이전"))
        self.next_button = button(say(en="Next →", ko="다음 →"))
        self.check_button.on_click(lambda _: self._check())
        self.hint_button.on_click(lambda _: self._hint())
        self.previous_button.on_click(lambda _: self._turn(-1))
        self.next_button.on_click(lambda _: self._turn(1))
        buttons = [self.check_button, self.hint_button, self.previous_button, self.next_button]
        row = HBox(buttons, layout=Layout(flex_flow="row wrap", grid_gap="6px 0px", margin="12px 0px 0px 0px"))
        parts = [self.head, self.prompt, self.area, row, self.feedback, self.hints, self.summary, self.note]
        self.widget = frame(*parts)

    @property
    def question(self) -> Question:
        """The question on the card now."""
        return self.questions[self.index]

    @property
    def control(self) -> Control:
        """The control of the question on the card, made when the question is first seen and then kept."""
        name = self.question.id
        if name not in self._controls:
            self._controls[name] = control_for(self.question)
            earlier = progress.latest(name)
            if earlier is not None:
                self._controls[name].restore(earlier.answer)
        return self._controls[name]

    @property
    def shown(self) -> Shown:
        """What the cell shows; the static part depends on the bank alone."""
        count, lesson = len(self.questions), self.bank.lesson
        plain = say(en=f"Quiz {lesson}: {count} questions", ko=f"퀴즈 {lesson}: 문제 {count}개")
        return Shown(plain, fallback(_static(plain, self.questions)), self.widget)

    def close(self) -> None:
        """Close every widget, also of questions that are not on the card now."""
        for control in self._controls.values():
            close_tree(control.widget)
        close_tree(self.widget)

    def _turn(self, by: int) -> None:
        """Go to another question; after the last comes the first, so no button is ever disabled under the focus."""
        self.index = (self.index + by) % len(self.questions)
        self.area.children = (self.control.widget,)
        self.prompt.value = self._prompt_html()
        self.feedback.value = self._feedback.get(self.question.id, "")
        self._draw_hints()
        self._draw_progress()

    def _check(self) -> None:
        question, answer = self.question, self.control.answer
        result = grade(question, answer)
        self.feedback.value = result_html(result)
        self._feedback[question.id] = result_html(result, alert=False)
        if result.outcome != "unanswered":
            progress.record(question.id, answer, result.outcome, result.score, self._hints.get(question.id, 0))
            if result.score >= self._scores.get(question.id, -1.0):
                self._scores[question.id] = result.score
                self._outcomes[question.id] = result.outcome
        self._draw_progress()

    def _hint(self) -> None:
        name = self.question.id
        self._hints[name] = min(self._hints.get(name, 0) + 1, len(self.question.hints))
        self._draw_hints()

    def _draw_hints(self) -> None:
        self.hints.value = hints_html(self.question.hints, self._hints.get(self.question.id, 0))

    def _draw_progress(self) -> None:
        self.head.value = self._head_html()
        self.summary.value = self._summary_html()
        notice = progress.take_notice()
        if notice:
            self.note.value = note_html(notice)

    def _outcome(self, question: Question) -> str:
        return self._outcomes.get(question.id, "unanswered")

    def _head_html(self) -> str:
        right = sum(self._outcome(question) == "right" for question in self.questions)
        count = len(self.questions)
        title = say(en=f"Quiz {self.bank.lesson}", ko=f"퀴즈 {self.bank.lesson}")
        score = say(en=f"{right} of {count} right", ko=f"{count}문제 중 {right}문제 정답")
        strip = "".join(self._chip(place, question) for place, question in enumerate(self.questions))
        return (
            f'<div class="cq-head"><span class="cq-title">{title}</span><ol class="cq-strip">{strip}</ol>'
            f'<span class="cq-score">{score}</span></div>'
        )

    def _chip(self, place: int, question: Question) -> str:
        outcome = self._outcome(question)
        here = ' aria-current="step"' if place == self.index else ""
        kind = f"cq-{outcome} cq-here" if here else f"cq-{outcome}"
        label = say(en=f"Question {place + 1}", ko=f"문제 {place + 1}") + f": {verdict(outcome)}"
        return f'<li class="{kind}"{here} aria-label="{label}" title="{label}">{place + 1} {SYMBOLS[outcome]}</li>'

    def _prompt_html(self) -> str:
        number, count = self.index + 1, len(self.questions)
        place = say(en=f"Question {number} of {count}", ko=f"문제 {number} / {count}")
        return (
            f'<div role="status"><p class="cq-count">{place}</p><p class="cq-prompt">{self.question.prompt.html}</p>'
            f'<p class="cq-how">{_how(self.question)}</p></div>'
        )

    def _summary_html(self) -> str:
        """Return the last line: once every question has been tried, what to read again."""
        if any(self._outcome(question) == "unanswered" for question in self.questions):
            return ""
        again = [question.section.plain for question in self.questions if self._outcome(question) != "right"]
        if again:
            names = ", ".join(f"“{name}”" for name in dict.fromkeys(again))
            text = say(en=f"All questions tried. Read again: {names}.", ko=f"모두 풀었습니다. 다시 읽을 곳: {names}.")
        else:
            text = say(en="All questions are right. Well done!", ko="모든 문제를 맞혔습니다. 잘했습니다!")
        return f'<div class="cq-hint" role="status">{html.escape(text)}</div>'


def _how(question: Question) -> str:
    """Return how to answer, in a few words."""
    ways = {
        "single": say(en="Choose one.", ko="하나를 고르세요."),
        "multiple": say(en="Choose all that are right.", ko="맞는 것을 모두 고르세요."),
        "number": say(en="Type a number.", ko="숫자를 입력하세요."),
        "order": say(en="Bring into the right order, first on top.", ko="첫 번째가 맨 위에 오도록 순서를 맞추세요."),
    }
    return ways[question.kind]


def _static(title: str, questions: tuple[Question, ...]) -> str:
    """Return the whole quiz as HTML without answers, for places where widgets do not run."""
    run = say(en="Run this cell to answer.", ko="이 셀을 실행하면 답할 수 있습니다.")
    body = "".join(f"<li><p>{question.prompt.html}</p>{_static_parts(question)}</li>" for question in questions)
    return f"<p><b>{title}</b> · {run}</p><ol>{body}</ol>"


def _static_parts(question: Question) -> str:
    parts = (
        question.options if isinstance(question, Choice) else shuffled(question) if isinstance(question, Order) else ()
    )
    return lettered(part.text for part in parts)
