"""What a question is: frozen records, one class for each way of answering."""

from collections.abc import Callable
from dataclasses import dataclass

from helpers.i18n import say
from helpers.quiz import markup


@dataclass(frozen=True)
class Words:
    """A text in both languages, in the little markup of `helpers.quiz.markup`."""

    en: str
    ko: str

    @property
    def html(self) -> str:
        """The text as safe HTML, in the language in use."""
        return self._as(markup.to_html)

    @property
    def plain(self) -> str:
        """The text on one line without marks, in the language in use."""
        return self._as(markup.to_plain)

    def _as(self, form: Callable[[str], str]) -> str:
        return say(en=form(self.en), ko=form(self.ko))


@dataclass(frozen=True)
class Option:
    """One option of a choice. A prediction's option has no `correct`, it may have a half-open `range` instead."""

    id: str
    text: Words
    reason: Words
    correct: bool = False
    range: tuple[float, float] | None = None


@dataclass(frozen=True)
class Item:
    """One of the things to be put in order."""

    id: str
    text: Words


@dataclass(frozen=True)
class WrongNumber:
    """A known mistake: one value, or every value from low up to (not including) high."""

    reason: Words
    value: float | None = None
    range: tuple[float, float] | None = None


@dataclass(frozen=True)
class Case:
    """One test of a student's code: what is evaluated, what should come out, what to say if it does not."""

    call: str
    expect: str
    feedback: Words
    tol: float = 1e-6


@dataclass(frozen=True)
class WrongCode:
    """A wrong answer that must be caught: by a case (counted from 1), or with a feedback that says this."""

    code: str
    says: str | None = None
    case: int | None = None


@dataclass(frozen=True)
class Question:
    """What all kinds have in common."""

    id: str
    kind: str
    objective: int
    section: Words
    prompt: Words
    hints: tuple[Words, ...]
    where: str  # "quizzes/05_learning_curves.yaml, line 12"


@dataclass(frozen=True)
class Choice(Question):
    """Kind single (one right option) or multiple (one or more)."""

    options: tuple[Option, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        """The ids of the right options."""
        return frozenset(option.id for option in self.options if option.correct)


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """Kind number: right within an absolute or a relative tolerance, whichever is wider."""

    answer: float
    reason: Words
    absolute: float = 0.0
    relative: float = 0.0
    unit: Words | None = None
    wrong: tuple[WrongNumber, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Order(Question):
    """Kind order: the items stand here in their right order."""

    items: tuple[Item, ...]
    reason: Words


@dataclass(frozen=True)
class Predict(Question):
    """Kind predict: recorded when made, judged when the notebook has computed the truth."""

    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Code(Question):
    """Kind code: the student writes the function or variable `name`; it is tried on each case."""

    name: str
    starter: str
    solution: str
    cases: tuple[Case, ...]
    wrong: tuple[WrongCode, ...]
    setup: str = ""


@dataclass(frozen=True)
class Bank:
    """The questions of one lesson, in the order in which they stand in the file."""

    lesson: str
    questions: tuple[Question, ...]

    @property
    def quiz(self) -> tuple[Question, ...]:
        """The questions that the quiz at the end of the lesson asks: predictions and code stand elsewhere."""
        return tuple(question for question in self.questions if not isinstance(question, Predict | Code))


@dataclass(frozen=True)
class Reason:
    """A sentence of feedback, and what it is about where that is an option."""

    text: Words
    right: bool | None = None
    option: Option | None = None


@dataclass(frozen=True)
class Result:
    """What grading says: "right", "partly", "wrong", "unanswered" or "recorded", a score from 0 to 1, and why."""

    outcome: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    failed_case: int | None = None  # of a code exercise, counted from 1
