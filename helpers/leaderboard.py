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
    """Everything tried at a task, the highest mean first, and the look at the test set if there was one."""

    task: str
    entries: tuple[Entry, ...]
    test: Test | None

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display({"text/html": as_html(self), "text/plain": as_text(self)}, raw=True)


def submit(task: str, name: str, scores: Iterable[float], *, seconds: float) -> Entry:
    """Enter a model; a second entry of the same name takes the place of the first.

    Args:
        task: for example "digits".
        name: what to call the model.
        scores: its validation score under each of at least three seeds, from 0 to 1.
        seconds: how long one training took, at most 60.

    Returns:
        The entry.

    Raises:
        CourseError: too few seeds, a score that is none, more time than the budget, or no name.
    """
    scores = tuple(float(score) for score in scores)
    if not str(name).strip() or not str(task).strip():
        raise CourseError(say(en="Give the task and the model a name.", ko="과제와 모델에 이름을 붙이세요."))
    if len(scores) < FEWEST:
        raise CourseError(
            say(
                en=f"{len(scores)} seed(s) say nothing about the spread: train with at least {FEWEST}.",
                ko=f"시드 {len(scores)}개로는 얼마나 흩어지는지 알 수 없습니다. {FEWEST}개 이상으로 훈련하세요.",
            )
        )
    if not all(0 <= score <= 1 for score in scores):
        raise CourseError(
            say(en="A score is a share from 0 to 1.", ko="점수는 0부터 1까지의 비율이어야 합니다."),
        )
    if not 0 <= seconds <= BUDGET:
        raise CourseError(
            say(
                en=f"One training took {seconds:.0f} s, the budget is {BUDGET:.0f} s: train for fewer epochs or make "
                "the network smaller.",
                ko=f"한 번 훈련하는 데 {seconds:.0f}초가 걸렸습니다. 한도는 {BUDGET:.0f}초입니다. 에포크를 줄이거나 "
                "신경망을 작게 만드세요.",
            )
        )
    entry = Entry(str(name), scores, float(seconds), _now())
    tasks = _read()
    _of(tasks, task)["entries"][entry.name] = asdict(entry)
    _write(tasks)
    return entry


def board(task: str) -> Board:
    """Return everything tried at a task. Shown as a table when it is a cell's last expression."""
    found = _read().get(task, {})
    entries = [_entry(raw) for raw in found.get("entries", {}).values()]
    test = found.get("test")
    ranked = tuple(sorted(entries, key=lambda entry: (-entry.mean, entry.at)))
    return Board(task, ranked, Test(**test) if test else None)


def test_once(task: str, name: str, evaluate: Callable[[], float]) -> Test:
    """Evaluate the test set, once for each task; asked again, say so and return what came out then.

    Args:
        task: for example "digits".
        name: the model chosen; it must be on the board, for only validation scores may choose it.
        evaluate: returns the score on the test set; not called a second time.

    Raises:
        CourseError: the model is not on the board.
    """
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
    test = Test(name, float(evaluate()), _now())
    tasks = _read()
    _of(tasks, task)["test"] = asdict(test)
    _write(tasks)
    return test


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
        return say(en=f"{board.task}: nothing submitted yet.", ko=f"{board.task}: 아직 올린 모델이 없습니다.")
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
        say(en="lowest to highest", ko="최저~최고"),
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
            en=f"{best.name} leads, but not clearly: within two standard errors of {names}.",
            ko=f"1위는 {best.name}이지만 뚜렷하지 않습니다. {names}와(과)의 차이가 표준 오차의 두 배 안입니다.",
        )
    else:
        text = say(
            en=f"{best.name} leads by more than two standard errors.",
            ko=f"{best.name}이(가) 표준 오차의 두 배가 넘는 차이로 앞섭니다.",
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
