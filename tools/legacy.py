"""The lectures' calls today: `docs/legacy.yml` as records, what carries a call out, and the page in both languages."""

import contextlib
import html
import importlib.metadata
import io
import json
import logging
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import yaml
from absl import logging as absl_logging

from helpers.paths import COURSE
from helpers.syllabus import syllabus
from tools import pages

DATA = COURSE / "docs" / "legacy.yml"
FILES = {"en": COURSE / "docs" / "legacy.md", "ko": COURSE / "docs" / "legacy.ko.md"}
_CHILD = """
import dataclasses, json, os, sys
from tools import legacy
print(json.dumps(dataclasses.asdict(legacy.observe(**json.load(sys.stdin)))), flush=True)
os._exit(0)  # without waiting for threads
"""
_WORDS = {
    "en": {
        "title": "# The lectures' calls today",
        "intro": """Calls of the five lectures (S1 to S5) that Keras 3 treats differently, or seems to, and what to
write instead; with them a few that stand in no lecture, but in much code of the same age. *Today* is Keras {keras} with
TensorFlow {tensorflow}; where an older version, as on Colab, does something else, the row says so. The tests run every
call and every modern form on both.

✗ stops with an error · ⚠ works, with a warning or a line in the log · ✓ works as before · ◐ runs, but does something
else than the lecture says

`python -m tools build` writes this page from `legacy.yml`. [한국어](legacy.ko.md)""",
        "head": "| | Call | Today | Write instead |",
        "log": "in the log",
        "as before": "works as before",
        "otherwise": "runs, but does something else",
    },
    "ko": {
        "title": "# 강의의 코드, 지금은",
        "intro": """다섯 강의(S1~S5)의 코드 가운데 케라스 3에서 달라졌거나 달라진 것처럼 보이는 것과, 그 대신 쓸
코드입니다. 강의에는 없지만 같은 시기의 코드에 자주 나오는 것도 몇 가지 넣었습니다. *지금*의 버전은 케라스 {keras},
텐서플로 {tensorflow}이며, Colab처럼 버전이 낮은 곳에서 다르게 동작하면 따로 적었습니다. 강의의 코드와 새 코드를 모두
두 환경에서 실행해 검사합니다.

✗ 오류로 멈춤 · ⚠ 동작하지만 경고나 로그가 나옴 · ✓ 예전처럼 동작함 · ◐ 실행되지만 강의의 설명과 다르게 동작함

이 페이지는 `python -m tools build`가 `legacy.yml`로 만듭니다. [English](legacy.md)""",
        "head": "| | 코드 | 지금은 | 이렇게 쓰세요 |",
        "log": "로그",
        "as before": "예전처럼 동작합니다",
        "otherwise": "실행되지만 다르게 동작합니다",
    },
}


# --- the table as records --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a call does.

    Attributes:
        kind: "raises", "warns" or "works".
        what: the exception's name; the warning's name, or "log"; "as before" or "otherwise".
        says: a part of the message.
        holds: an expression that is true after the call.
    """

    kind: str
    what: str
    says: str = ""
    holds: str = ""


@dataclass(frozen=True)
class Case:
    """One call as it stands in the lecture, what carries it out, and what it does."""

    call: str
    run: str
    outcome: Outcome
    outcome_on: dict[str, Outcome] = field(default_factory=dict)
    fresh: str = ""

    @property
    def expected(self) -> Outcome:
        """The outcome with the installed packages: of the first "package version" that fits, or the general one."""
        for installed, outcome in self.outcome_on.items():
            package, version = installed.split()
            if f"{importlib.metadata.version(package)}.".startswith(f"{version}."):
                return outcome
        return self.outcome


@dataclass(frozen=True)
class Row:
    """A row of the table; notes are dictionaries with "en" and "ko"."""

    id: str
    lectures: tuple[str, ...]
    lesson: str
    cases: tuple[Case, ...]
    modern: str
    modern_run: str
    note: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The whole table: the code that goes before every call, and the rows."""

    setup: str
    rows: tuple[Row, ...]


@cache
def table() -> Table:
    """Read `docs/legacy.yml` once."""
    raw = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return Table(raw["setup"], tuple(_row(**row) for row in raw["rows"]))


def _row(
    id: str,
    lectures: list[str],
    lesson: str,
    modern: str,
    note: dict[str, str],
    modern_run: str = "",
    also: tuple[dict, ...] = (),
    **first: object,
) -> Row:
    cases = tuple(_case(**case) for case in (first, *also))
    return Row(id, tuple(lectures), lesson, cases, modern, modern_run or modern, note)


def _case(call: str, outcome: dict, run: str = "", outcome_on: dict[str, dict] | None = None, fresh: str = "") -> Case:
    differing = {version: _outcome(**other) for version, other in (outcome_on or {}).items()}
    return Case(call, run or call, _outcome(**outcome), differing, fresh)


def _outcome(says: str = "", holds: str = "", **kind: str) -> Outcome:
    ((name, what),) = kind.items()
    return Outcome(name, what, says, holds)


# --- carrying a call out ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Observation:
    """What happened: exception, warnings and lines of the log as (name, message), and whether the expression held."""

    raised: tuple[str, str] | None
    warned: tuple[tuple[str, str], ...]
    holds: bool = False

    def fits(self, outcome: Outcome) -> bool:
        """Tell whether this is what an outcome says; what works is silent."""
        if outcome.kind == "raises":
            return self.raised is not None and self.raised[0] == outcome.what and outcome.says in self.raised[1]
        said = any(name == outcome.what and outcome.says in text for name, text in self.warned)
        quiet = outcome.kind == "works" and not self.warned
        return self.raised is None and self.holds and (quiet or (outcome.kind == "warns" and said))


def observe(code: str, setup: str = "", holds: str = "", fresh: str = "") -> Observation:
    """Carry code out as a notebook would, in a temporary folder, and tell what the reader gets to see.

    Args:
        code: the call.
        setup: runs before it, unobserved.
        holds: an expression to evaluate after it; True if left out.
        fresh: if given, all of it happens in a process of its own, which runs this first.
    """
    if fresh:
        given = json.dumps({"code": code, "setup": f"{fresh}\n{setup}", "holds": holds})
        command = [sys.executable, "-c", _CHILD]
        told = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, cwd=COURSE, check=True).stdout
        seen = json.loads(told.splitlines()[-1])
        return Observation(seen["raised"] and tuple(seen["raised"]), tuple(map(tuple, seen["warned"])), seen["holds"])

    names, printed, raised, held = {"__name__": "__main__"}, _Printed(), None, False
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
        warnings.catch_warnings(record=True) as caught,
    ):
        exec(compile(setup, "setup", "exec"), names)
        caught.clear()
        # As Python does by itself: deprecations are shown if the code they concern is the reader's own.
        warnings.simplefilter("always")
        for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", category)
        warnings.filterwarnings("always", category=DeprecationWarning, module="__main__")
        with _log_of_keras() as logged:
            try:
                names["printed"] = printed
                exec(compile(code, "call", "exec"), names)
                held = bool(eval(holds, names)) if holds else True
            except Exception as error:
                raised = (type(error).__name__, str(error))
        warned = [(warning.category.__name__, str(warning.message)) for warning in caught]
    return Observation(raised, (*warned, *(("log", line) for line in logged)), held)


class _Printed(io.StringIO):
    """What was printed; `"text" in printed` asks whether it has a text in it."""

    def __contains__(self, text: str) -> bool:
        return text in self.getvalue()


@contextlib.contextmanager
def _log_of_keras() -> Iterator[list[str]]:
    """Collect the warnings that Keras writes to absl's log, which otherwise go to stderr."""
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())
    logger = absl_logging.get_absl_logger()
    before = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield lines
    finally:
        logger.handlers, logger.propagate = before


# --- the page --------------------------------------------------------------------------------------------------------


def page(lang: str) -> str:
    """Return the page in one language: a table for each lesson."""
    words = _WORDS[lang]
    pins = dict(re.findall(r'"(keras|tensorflow)==([\d.]+)"', (COURSE / "pyproject.toml").read_text(encoding="utf-8")))
    parts = [words["title"], words["intro"].format(**pins)]
    for lesson in syllabus().lessons:
        if rows := [row for row in table().rows if row.lesson == lesson.id]:
            title = f"{lesson.id} {lesson.title[lang]}"
            link = f"[{title}](../notebooks/{lang}/{lesson.name}.ipynb)" if lesson.written else title
            lines = [line for row in rows for line in _lines(row, lang)]
            parts.append("\n".join([f"## {link}\n", words["head"], "|---|---|---|---|", *lines]))
    return "\n\n".join(parts) + "\n"


def write() -> None:
    """Bring the page up to date in both languages."""
    pages.write(FILES, page)


def stale() -> list[str]:
    """Return a fault for each language whose page does not say what `docs/legacy.yml` says."""
    return pages.stale(FILES, page, "docs/legacy.yml")


def _lines(row: Row, lang: str) -> list[str]:
    name = "<br>".join([row.id, *([" ".join(row.lectures)] if row.lectures else [])])
    code = _code(row.modern)
    advice = f"{code}{'' if code.endswith('</pre>') else '<br>'}{_cell(row.note[lang])}"
    lines = []
    for number, case in enumerate(row.cases):
        outcomes = [_shown(case.outcome, lang)]
        outcomes += [f"{version}: {_shown(other, lang)}" for version, other in case.outcome_on.items()]
        first, last = ("", "") if number else (name, advice)
        lines.append(f"| {first} | {_code(case.call)} | {'<br>'.join(outcomes)} | {last} |")
    return lines


def _shown(outcome: Outcome, lang: str) -> str:
    words = _WORDS[lang]
    if outcome.kind == "works":
        return f"{'✓' if outcome.what == 'as before' else '◐'} {words[outcome.what]}"
    mark = "✗" if outcome.kind == "raises" else "⚠"
    what = words["log"] if outcome.what == "log" else f"`{outcome.what}`"
    return f"{mark} {what}: {_code(outcome.says)}"


def _code(text: str) -> str:
    """Write code into a cell of a table: a span, or <pre> if it has several lines."""
    lines = text.rstrip().splitlines()
    if len(lines) == 1:
        return f"`` {_cell(text.strip())} ``" if "`" in text else f"`{_cell(text.strip())}`"
    escaped = html.escape("\n".join(lines), quote=False).replace("__", "&#95;&#95;")
    for character in ("\\", "*", "`", "|"):
        escaped = escaped.replace(character, f"&#{ord(character)};")
    return "<pre>" + escaped.replace("\n", "<br>") + "</pre>"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
