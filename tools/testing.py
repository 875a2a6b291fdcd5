"""Run the tests of the course in sections, all of them even when one fails, and say what each took."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from helpers.paths import COURSE

COLAB_PYTHON = (3, 13)
PYTEST = ("-m", "pytest")
WORKERS = ("-n", "2")
# Each notebook has one worker and one kernel to itself, each file of browser tests one JupyterLab; a slow computer gets
# five minutes a cell.
ONE_EACH = (*WORKERS, "--dist", "loadscope")
NOTEBOOKS = (*ONE_EACH, "--nbval-current-env", "--nbval-cell-timeout=300", "-p", "no:cacheprovider")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Section:
    """A part of the tests.

    Attributes:
        name: what selects it on the command line.
        command: what runs it, after the name of this Python.
        skip: why it cannot run here; empty if it can.
    """

    name: str
    command: tuple[str, ...]
    skip: str = ""

    @property
    def is_pytest(self) -> bool:
        """Tell whether pytest runs this section."""
        return self.command[:2] == PYTEST


@dataclass(frozen=True)
class Outcome:
    """What became of a section: its exit code (None if it was skipped), seconds, and pytest's own counts."""

    section: Section
    code: int | None
    seconds: float
    counts: dict[str, int]

    @property
    def verdict(self) -> str:
        """Return one word, with the reason if the section was skipped."""
        if self.code is None:
            return f"skipped: {self.section.skip}"
        return "FAILED" if self.code else "passed"


def has_chromium() -> bool:
    """Tell whether there is a browser for the browser tests."""
    return any(map(shutil.which, CHROMIUM))


def sections() -> list[Section]:
    """Return the sections of `make test` in their order."""
    no_notebooks = "" if any((COURSE / "notebooks" / "en").glob("*.ipynb")) else "no notebooks are built"
    no_browser_tests = "" if any((COURSE / "tests" / "browser").glob("test_*.py")) else "there are none"
    return [
        Section("ruff", ("-m", "ruff", "check", ".")),
        Section("format", ("-m", "ruff", "format", "--check", ".")),
        Section("check", ("-m", "tools", "check"), "" if (COURSE / "tools" / "check.py").exists() else "there is none"),
        Section("unit", (*PYTEST, "-m", "not browser", *WORKERS)),
        Section("notebooks", (*PYTEST, "--nbval", "notebooks/en", *NOTEBOOKS), no_notebooks),
        Section(
            "browser",
            (*PYTEST, "tests/browser", "-m", "browser", *ONE_EACH),
            no_browser_tests or ("" if has_chromium() else "Chromium is missing"),
        ),
    ]


def colab_sections() -> list[Section]:
    """Return the sections of `make test-colab`: what the versions can change, and the notebooks.

    Those are compared laxly, since other versions print some numbers differently.
    """
    notebooks = next(section for section in sections() if section.name == "notebooks")
    lax = tuple("--nbval-lax" if word == "--nbval" else word for word in notebooks.command)
    unit = Section("unit", (*PYTEST, "-m", "not browser and not one_lane", *WORKERS))
    return [unit, Section("notebooks", lax, notebooks.skip)]


def select(available: list[Section], args: list[str]) -> tuple[list[Section], list[str]]:
    """Split a command line into the sections it names (all if it names none) and options for pytest."""
    chosen = [section for section in available if section.name in args]
    options = [word for word in args if word not in {section.name for section in available}]
    if options and not chosen:  # "-k quiz" alone means the tests that pytest runs, not the linters
        chosen = [section for section in available if section.is_pytest]
    return chosen or available, options


def test_environment(folder: str) -> dict[str, str]:
    """Return the variables the tests run under: quiet TensorFlow, repeatable digits, a home that is nobody's own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("MPLBACKEND", "COURSE_LANG")}
    own = {"COURSE_HOME": f"{folder}/home", "IPYTHONDIR": f"{folder}/ipython"}
    return {**kept, **own, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


def counts_of(report: Path) -> dict[str, int]:
    """Read pytest's counts from its JUnit report; empty if it wrote none."""
    if not report.exists():
        return {}
    total = dict.fromkeys(("failed", "passed", "skipped"), 0)
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        total["failed"] += bad
        total["skipped"] += number["skipped"]
        total["passed"] += number["tests"] - bad - number["skipped"]
    return total


def run_section(section: Section, options: list[str], folder: str) -> Outcome:
    """Run one section with its output on the screen."""
    if section.skip:
        print(f"\n── {section.name}: skipped, {section.skip}", flush=True)
        return Outcome(section, None, 0.0, {})
    report = Path(folder, f"{section.name}.xml")
    command = [sys.executable, *section.command]
    if section.is_pytest:
        command += [f"--junitxml={report}", "-o", "junit_logging=no", *options]
    print(f"\n── {section.name}: {' '.join(['python', *command[1:]])}", flush=True)
    start = time.perf_counter()
    code = subprocess.call(command, cwd=COURSE, env=test_environment(folder))
    if code == 5 and options:  # pytest: none of this section's tests fit the options
        code = 0
    return Outcome(section, code, time.perf_counter() - start, counts_of(report))


def summary(outcomes: list[Outcome]) -> str:
    """Return the table of sections and, as the last line, the sum in pytest's own words."""
    rows = [f"\n{'section':<11}{'seconds':>8}  result"]
    total = dict.fromkeys(("failed", "passed", "skipped"), 0)
    for outcome in outcomes:
        counted = ", ".join(f"{number} {word}" for word, number in outcome.counts.items() if number)
        result = f"{outcome.verdict}: {counted}" if counted else outcome.verdict
        rows.append(f"{outcome.section.name:<11}{outcome.seconds:>8.1f}  {result}")
        total = {word: total[word] + outcome.counts.get(word, 0) for word in total}
    if any("Chromium" in outcome.section.skip for outcome in outcomes):
        rows.append("Browser tests skipped: they need Chromium (Debian and Ubuntu: sudo apt install chromium).")
    words = ", ".join(f"{number} {word}" for word, number in total.items() if number) or "no tests"
    failed = [outcome.section.name for outcome in outcomes if outcome.code]
    if failed:
        words = f"FAILED: {', '.join(failed)}; {words}"
    rows.append(f"== {words} in {sum(outcome.seconds for outcome in outcomes):.1f}s ==")
    return "\n".join(rows)


def run(chosen: list[Section], options: list[str]) -> int:
    """Run sections one after the other; return 1 if any failed."""
    with tempfile.TemporaryDirectory(prefix="course-test-", ignore_cleanup_errors=True) as folder:
        try:
            outcomes = [run_section(section, options, folder) for section in chosen]
        except KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
            return 130
    print(summary(outcomes))
    return int(any(outcome.code for outcome in outcomes))


def main(args: list[str]) -> int:
    """Run the tests in the locked environment.

    Args:
        args: names of sections (ruff, format, check, unit, notebooks, browser; all without a name) and options for
            pytest.
    """
    return run(*select(sections(), args))


def colab(args: list[str]) -> int:
    """Run the tests with Colab's versions; arguments as for `main`, sections unit and notebooks."""
    if sys.version_info[:2] != COLAB_PYTHON:
        print("These are Colab's packages on Python {}.{}; Colab itself has 3.13.".format(*sys.version_info))
    return run(*select(colab_sections(), args))
