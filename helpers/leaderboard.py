"""A leaderboard for one: what you have tried at a task, in a JSON file of your own, and the test set once.

A model's entry is its validation score under several seeds. The test set of a task is evaluated once; after that the
file remembers the answer, also when the kernel is started anew.
"""

import contextlib
import html
import json
import math
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.paths import home

FILE = "leaderboard.json"
FEWEST = 3  # seeds that an entry needs
BUDGET = 60.0  # seconds of training that one model may take

_unsaved: dict[str, dict] = {}


@dataclass(frozen=True)
class Entry:
    """One model at one task.

    Attributes:
        name: what the student calls it.
        scores: the validation score under each seed, from 0 to 1.
        seconds: how long one training took.
        at: the time in UTC.
    """

    name: str
    scores: tuple[float, ...]
    seconds: float
    at: str

    @property
    def mean(self) -> float:
        """The mean over the seeds."""
        return float(np.mean(self.scores))

    @property
    def standard_error(self) -> float:
        """The standard error of the mean: sample standard deviation / sqrt(seeds)."""
        return float(np.std(self.scores, ddof=1) / math.sqrt(len(self.scores)))

    def clearly_above(self, other: "Entry") -> bool:
        """Tell whether the means are two standard errors of their difference apart (Welch's)."""
        return self.mean - other.mean > 2 * math.hypot(self.standard_error, other.standard_error)


@dataclass(frozen=True)
class Test:
    """The one look at a task's test set: which model, what came out, when."""

    __test__ = False  # not for pytest

    name: str
    score: float
    at: str


@dataclass(frozen=True)
class Board:
    """Everything tried at a task, the highest mean first, and the look at the test set if there was one.

    Attributes:
        task: its name.
        entries: the models.
        test: the look at the test set.
        others: the other tasks that have models.
    """

    task: str
    entries: tuple[Entry, ...]
    test: Test | None
    others: tuple[str, ...] = ()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display({"text/html": as_html(self), "text/plain": as_text(self)}, raw=True)


def submit(task: str, name: str, scores: Iterable[float], *, seconds: float) -> Entry:
    """Enter a model; a second entry of the same name takes the place of the first.

    Args:
        task: for example "digits".
        name: what to call the model.
        scores: its validation score under each of at least three seeds, from 0 to 1; a row of `runs.measure(…)`.
        seconds: how long one training took, at most 60.

    Returns:
        The entry.

    Raises:
        CourseError: too few seeds, a score that is none, more time than the budget, or no name. Nothing is entered or
            lost then.
    """
    for given in (task, name):
        _require_name(given)
    shares = _as_shares(scores)
    if len(shares) < FEWEST:
        raise CourseError(
            say(
                en=f"{len(shares)} seed(s) say nothing about the spread: train with at least {FEWEST}.",
                ko=f"시드 {len(shares)}개로는 얼마나 흩어지는지 알 수 없습니다. {FEWEST}개 이상으로 훈련하세요.",
            )
        )
    _require_within_budget(seconds)
    entry = Entry(name, shares, float(seconds), _now())
    tasks = _read()
    _of(tasks, task)["entries"][entry.name] = asdict(entry)
    _write(tasks)
    return entry


def _require_name(given: Any) -> None:
    if not (isinstance(given, str) and given.strip()):
        raise CourseError(say(en="Give the task and the model a name.", ko="과제와 모델에 이름을 붙이세요."))


def _as_shares(scores: Any) -> tuple[float, ...]:
    """Return scores as numbers from 0 to 1; the row of a single variant is taken out of its table."""
    try:
        values = np.asarray(scores if isinstance(scores, np.ndarray) else list(scores), dtype=float)
    except (TypeError, ValueError) as error:
        raise CourseError(
            say(
                en="scores is a list of numbers: the validation score under each seed, for example [0.93, 0.94, 0.92].",
                ko="scores에는 시드마다의 검증 점수를 숫자 리스트로 주세요. 예: [0.93, 0.94, 0.92].",
            )
        ) from error
    if values.ndim == 2 and len(values) == 1:
        values = values[0]
    if values.ndim != 1:
        raise CourseError(
            say(
                en="These are the scores of several models: enter them one by one, a row of runs.measure(…) for each.",
                ko="여러 모델의 점수입니다. runs.measure(…)의 행을 하나씩 올리세요.",
            )
        )
    if not all(0 <= value <= 1 for value in values):
        raise CourseError(
            say(
                en="A score is a share from 0 to 1, for example 0.93 for 93 %.",
                ko="점수는 0부터 1까지의 비율입니다. 93%라면 0.93입니다.",
            )
        )
    return tuple(map(float, values))


def _require_within_budget(seconds: Any) -> None:
    if isinstance(seconds, bool) or not isinstance(seconds, Real) or not seconds >= 0:
        raise CourseError(
            say(
                en=f"seconds={seconds!r}: give the seconds of one training as a number.",
                ko=f"seconds={seconds!r}: 한 번 훈련하는 데 걸린 초를 숫자로 주세요.",
            )
        )
    if seconds > BUDGET:
        raise CourseError(
            say(
                en=f"One training took {seconds:.1f} s, the budget is {BUDGET:.0f} s: train for fewer epochs or make "
                "the network smaller.",
                ko=f"한 번 훈련하는 데 {seconds:.1f}초가 걸렸습니다. 한도는 {BUDGET:.0f}초입니다. 에포크를 줄이거나 "
                "신경망을 작게 만드세요.",
            )
        )


def board(task: str) -> Board:
    """Return everything tried at a task. Shown as a table when it is a cell's last expression."""
    tasks = _read()
    found = tasks.get(task, {})
    entries = [_entry(raw) for raw in found.get("entries", {}).values()]
    test = found.get("test")
    ranked = tuple(sorted(entries, key=lambda entry: (-entry.mean, entry.at)))
    others = tuple(name for name, other in tasks.items() if other["entries"] and name != task)
    return Board(task, ranked, Test(**test) if test else None, others)


def test_once(task: str, name: str, evaluate: Callable[[], float]) -> Test:
    """Evaluate the test set, once for each task; asked again, say so and return what came out then.

    Args:
        task: for example "digits".
        name: the model chosen; it must be on the board, for only validation scores may choose it.
        evaluate: returns the score on the test set, from 0 to 1; not called a second time.

    Raises:
        CourseError: the model is not on the board, or evaluate is no function or returns no score. The test set counts
            as unused then.
    """
    if not callable(evaluate):
        raise CourseError(
            say(
                en="Pass a function that evaluates, for example lambda: model.evaluate(x_test, y_test)[1], so that it "
                "is called only once.",
                ko="한 번만 부르도록, 평가하는 함수를 넘기세요. 예: lambda: model.evaluate(x_test, y_test)[1].",
            )
        )
    known = board(task)
    if known.test:
        print(
            say(
                en=f'The test set of "{task}" has been used already, for "{known.test.name}" ({known.test.at[:10]}). '
                "Choosing by a second look would make it a validation set.",
                ko=f'"{task}"의 테스트 세트는 이미 썼습니다("{known.test.name}", {known.test.at[:10]}). '
                "다시 보고 고르면 그때부터는 검증 세트가 됩니다.",
            )
        )
        return known.test
    if name not in [entry.name for entry in known.entries]:
        raise CourseError(
            say(
                en=f'"{name}" is not on the board of "{task}": submit its validation scores first.',
                ko=f'"{name}" 모델이 "{task}" 순위표에 없습니다. 검증 점수부터 submit으로 올리세요.',
            )
        )
    test = Test(name, _as_share(evaluate()), _now())
    tasks = _read()
    _of(tasks, task)["test"] = asdict(test)
    _write(tasks)
    return test


def _as_share(score: Any) -> float:
    """Return the score of the test set, or refuse it without showing it."""
    if np.ndim(score) == 0 and isinstance(score, Real | np.ndarray) and 0 <= score <= 1:
        return float(score)
    raise CourseError(
        say(
            en="The function has to return one score from 0 to 1: model.evaluate returns the loss first, "
            "so take [1] for the accuracy.",
            ko="함수는 0부터 1까지의 점수 하나를 돌려주어야 합니다. model.evaluate는 손실을 먼저 돌려주므로 "
            "정확도는 [1]로 꺼냅니다.",
        )
    )


test_once.__test__ = False  # not for pytest


def forget(task: str) -> None:
    """Delete all entries of a task, and the look at its test set: for a new task of the same name."""
    tasks = _read()
    tasks.pop(task, None)
    _write(tasks)


# --- the view --------------------------------------------------------------------------------------------------------


def as_text(board: Board) -> str:
    """Return the board as lines of text."""
    if not board.entries:
        listed = ", ".join(board.others)
        return say(
            en=f"{board.task}: nothing submitted yet." + (f" There are models for: {listed}." if listed else ""),
            ko=f"{board.task}: 아직 올린 모델이 없습니다." + (f" 모델이 있는 과제: {listed}." if listed else ""),
        )
    rows = [" · ".join(row) for row in _rows(board)]
    return "\n".join([board.task, *rows, _verdict(board)])


def as_html(board: Board) -> str:
    """Return the board as an HTML table with its verdict in words."""
    if not board.entries:
        return f"<p>{html.escape(as_text(board))}</p>"
    head = (
        "",
        say(en="model", ko="모델"),
        say(en="validation, mean", ko="검증 평균"),
        say(en="lowest to highest", ko="최저–최고"),
        say(en="seeds", ko="시드"),
        say(en="training", ko="훈련 시간"),
    )
    titles = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in _rows(board))
    caption = f"<caption>{html.escape(board.task)}</caption>"
    table = f"<table>{caption}<thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"
    return f'{table}<p style="word-break:keep-all">{html.escape(_verdict(board))}</p>'


def _rows(board: Board) -> list[tuple[str, ...]]:
    return [
        (
            str(place),
            entry.name,
            f"{entry.mean:.1%}",
            f"{min(entry.scores):.1%} – {max(entry.scores):.1%}",
            str(len(entry.scores)),
            f"{entry.seconds:.1f} s",
        )
        for place, entry in enumerate(board.entries, start=1)
    ]


def _verdict(board: Board) -> str:
    """Say in words how far the first is ahead, and what the test set said."""
    best, *others = board.entries
    level = [other.name for other in others if not best.clearly_above(other)]
    if not others:
        text = say(en="One model so far.", ko="아직 한 모델뿐입니다.")
    elif level:
        names = ", ".join(level)
        text = say(
            en=f"{best.name} leads, but not clearly: the distance to {names} is within two standard errors.",
            ko=f"{best.name} 모델이 앞서지만 뚜렷하지 않습니다. 차이가 표준 오차의 두 배를 넘지 않는 모델: {names}.",
        )
    else:
        text = say(
            en=f"{best.name} leads by more than two standard errors.",
            ko=f"{best.name} 모델이 표준 오차의 두 배가 넘는 차이로 앞섭니다.",
        )
    if board.test:
        text += " " + say(
            en=f"Test set, looked at once: {board.test.score:.1%} ({board.test.name}).",
            ko=f"한 번만 본 테스트 세트: {board.test.score:.1%}({board.test.name}).",
        )
    return text


# --- the file --------------------------------------------------------------------------------------------------------


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _of(tasks: dict[str, Any], task: str) -> dict[str, Any]:
    return tasks.setdefault(task, {"entries": {}, "test": None})


def _entry(raw: dict[str, Any]) -> Entry:
    return Entry(raw["name"], tuple(raw["scores"]), raw["seconds"], raw["at"])


def _read() -> dict[str, Any]:
    """Return what the file holds; a damaged file is moved aside and the reader is told."""
    if _unsaved:
        return dict(_unsaved)
    path = home() / FILE
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
        for found in tasks.values():
            [_entry(raw) for raw in found["entries"].values()]
            if found["test"]:
                Test(**found["test"])
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        _move_aside(path)
        return {}
    return tasks


def _move_aside(path: Path) -> None:
    aside = path.with_name(f"leaderboard.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.json")
    path.rename(aside)
    print(
        say(
            en=f"The leaderboard file was damaged: it is now called {aside.name}, and a new one is begun.",
            ko=f"순위표 파일이 손상되어 {aside.name}(으)로 이름을 바꾸고 새로 시작합니다.",
        )
    )


def _write(tasks: dict[str, Any]) -> None:
    """Replace the file in one step; what cannot be written is kept until this kernel stops."""
    path = home() / FILE
    beside = path.with_name(f"{FILE}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(tasks, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        if not _unsaved:
            print(
                say(
                    en=f"{FILE} cannot be written ({error}): the leaderboard is kept until this kernel stops.",
                    ko=f"{FILE}에 쓸 수 없습니다({error}). 커널이 멈출 때까지만 순위표를 보관합니다.",
                )
            )
        _unsaved.clear()
        _unsaved.update(tasks)
    else:
        _unsaved.clear()
