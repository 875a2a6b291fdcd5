"""Read a lesson's source: `lessons/NN_slug.py`, py:percent, prose in two languages side by side, code once."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jupytext

from helpers.errors import CourseError
from helpers.paths import COURSE
from helpers.syllabus import Lesson

LESSONS = COURSE / "lessons"


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson: prose in both languages, or code.

    `rows` and `errata` name the rows of the lectures that the cell teaches; they stay in the source.
    """

    id: str
    prose: dict[str, str] | None = None
    code: str | None = None
    tags: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()


def source_path(lesson: Lesson) -> Path:
    """Return where the source of a lesson stands."""
    return LESSONS / f"{lesson.name}.py"


def read(path: Path) -> list[Cell]:
    """Read a source file into cells.

    Args:
        path: a py:percent file. Prose cells carry lang="en" or lang="ko"; the English cell comes first.

    Raises:
        CourseError: a prose cell lacks its other language or has no language; names the file and the prose.
    """
    notebook = jupytext.read(path, fmt="py:percent")
    cells: list[Cell] = []
    seen: Counter[str] = Counter()
    pending: tuple[str, dict] | None = None
    for raw in notebook.cells:
        metadata, text = raw.metadata, raw.source.strip("\n")
        if raw.cell_type == "code":
            _refuse_single(path, pending)
            text = re.sub(r"\n{3,}", "\n\n", text)  # the formatter's two blank lines are one in a notebook
            cells.append(_cell(seen, metadata, code=text))
        elif metadata.get("lang") == "en":
            _refuse_single(path, pending)
            pending = (text, metadata)
        elif metadata.get("lang") == "ko" and pending:
            english, english_metadata = pending
            cells.append(_cell(seen, english_metadata, prose={"en": english, "ko": text}))
            pending = None
        else:
            _refuse(path, text, "has no English cell before it" if metadata.get("lang") == "ko" else "has no lang")
    _refuse_single(path, pending)
    return cells


def _cell(seen: Counter, metadata: dict, **content) -> Cell:
    text = content.get("code") or content["prose"]["en"]
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]  # stays the same when cells are added around it
    seen[digest] += 1
    identity = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return Cell(
        identity,
        tags=tuple(metadata.get("tags", ())),
        rows=tuple(metadata.get("rows", "").split()),
        errata=tuple(metadata.get("errata", "").split()),
        **content,
    )


def _refuse_single(path: Path, pending: tuple[str, dict] | None) -> None:
    if pending:
        _refuse(path, pending[0], "has no Korean cell after it")


def _refuse(path: Path, text: str, why: str) -> None:
    first = text.splitlines()[0] if text else "(empty)"
    raise CourseError(
        f'{path.name}: the prose "{first[:60]}" {why}; write each prose cell as lang="en" and then lang="ko".'
    )
