"""Keep every attempt in one SQLite file that outlives the kernel and may be shared by several notebooks.

The quiz never stops for it: what cannot be written is kept in memory and written later, and the reader is told once.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.paths import home

FILE = "progress.sqlite3"
_PATIENCE = 10.0  # seconds to wait for another notebook that is writing
_TABLE = """CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, answer TEXT NOT NULL, outcome TEXT NOT NULL,
    score REAL NOT NULL, hints INTEGER NOT NULL, at TEXT NOT NULL)"""
_COLUMNS = "question, answer, outcome, score, hints, at"

_unsaved: list["Attempt"] = []
_notices: list[str] = []
_told = False


@dataclass(frozen=True)
class Attempt:
    """One answered question. `at` is the time in UTC, `hints` how many hints had been read."""

    question: str
    answer: Any
    outcome: str
    score: float
    hints: int
    at: str


def record(question: str, answer: Any, outcome: str, score: float = 0.0, hints: int = 0) -> Attempt:
    """Add an attempt; nothing is ever changed or deleted.

    Args:
        question: its permanent id.
        answer: anything JSON can say.
        outcome: "right", "partly", "wrong" or "recorded".
        score: 0 to 1.
        hints: how many hints had been read.
    """
    attempt = Attempt(question, answer, outcome, score, hints, datetime.now(UTC).isoformat(timespec="milliseconds"))
    waiting = [*_unsaved, attempt]
    try:
        with _database() as database:
            database.executemany(f"INSERT INTO attempts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", map(_row, waiting))
    except (sqlite3.Error, OSError, CourseError) as error:
        _unsaved.append(attempt)
        _tell_once(error)
    else:
        _unsaved.clear()
    return attempt


def latest(question: str) -> Attempt | None:
    """Return the last attempt at a question, or None."""
    attempts = _attempts(question)
    return attempts[-1] if attempts else None


def best(question: str) -> Attempt | None:
    """Return the first attempt with the highest score, or None."""
    return max(_attempts(question), key=lambda attempt: attempt.score, default=None)


def summary(lesson: str) -> dict[str, Attempt]:
    """Return the best attempt at each question of a lesson that has been tried.

    Args:
        lesson: its two digits.
    """
    found: dict[str, Attempt] = {}
    for attempt in _attempts(f"{lesson}.%"):
        former = found.get(attempt.question)
        if former is None or attempt.score > former.score:
            found[attempt.question] = attempt
    return found


def take_notice() -> str:
    """Return what the reader should be told about the file (once), or an empty text."""
    text = " ".join(_notices)
    _notices.clear()
    return text


def _attempts(like: str) -> list[Attempt]:
    """Return attempts in the order of time; `like` is a question's id, or a pattern ending in %."""
    rows: list[tuple] = []
    try:
        with _database() as database:
            query = f"SELECT {_COLUMNS} FROM attempts WHERE question LIKE ? ORDER BY id"
            rows = database.execute(query, (like,)).fetchall()
    except (sqlite3.Error, OSError, CourseError) as error:
        _tell_once(error)
    prefix = like.removesuffix("%")
    waiting = [one for one in _unsaved if one.question == like or (prefix != like and one.question.startswith(prefix))]
    return [_attempt(row) for row in rows] + waiting


@contextlib.contextmanager
def _database() -> Iterator[sqlite3.Connection]:
    """Open the file for one short transaction; a damaged file is moved aside first."""
    path = home() / FILE
    try:
        connection = _open(path)
    except sqlite3.OperationalError:  # locked or read-only: it may be whole
        raise
    except sqlite3.DatabaseError:
        _move_aside(path)
        connection = _open(path)
    with contextlib.closing(connection), connection:
        yield connection


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.2 if _unsaved else _PATIENCE)
    try:
        _prepare(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """See that the table is there and can be read; only a new file is written to."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'attempts'").fetchone():
        connection.execute(_TABLE)
    connection.execute("SELECT count(*) FROM attempts").fetchone()


def _move_aside(path: Path) -> None:
    aside = path.with_name(f"progress.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.sqlite3")
    path.rename(aside)
    _notices.append(
        say(
            en=f"The progress file was damaged: it is now called {aside.name}, and a new one has been begun.",
            ko=f"진행 기록 파일이 손상되어 {aside.name}(으)로 이름을 바꾸고 새 파일을 만들었습니다.",
        )
    )


def _tell_once(error: Exception) -> None:
    global _told
    if not _told:
        _told = True
        _notices.append(
            say(
                en=f"Your answers are kept until this kernel stops, but cannot be written to {FILE} now ({error}).",
                ko=f"지금은 {FILE}에 쓸 수 없어({error}) 커널이 멈출 때까지만 답을 보관합니다.",
            )
        )


def _row(attempt: Attempt) -> tuple:
    answer = json.dumps(attempt.answer, ensure_ascii=False)
    return attempt.question, answer, attempt.outcome, attempt.score, attempt.hints, attempt.at


def _attempt(row: tuple) -> Attempt:
    question, answer, *rest = row
    try:
        answer = json.loads(answer)
    except (TypeError, ValueError):
        answer = None
    return Attempt(question, answer, *rest)
