"""Run a notebook in a fresh kernel, as a student would, with a progress bar over its cells."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from helpers.errors import CourseError
from helpers.i18n import pick

CELL_SECONDS = 300
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


def execute(notebook: NotebookNode, folder: Path, label: str, **environment: str) -> NotebookNode:
    """Execute a notebook in place and return it.

    Args:
        notebook: the notebook; its outputs are replaced.
        folder: the kernel's working directory.
        label: what the progress bar says.
        environment: variables for the kernel; `COURSE_HOME` is a temporary folder unless given.

    Raises:
        CourseError: a cell raised (the sentence names its first line and the error), took too long, or the kernel died.
    """
    with tempfile.TemporaryDirectory() as home, _environment({"COURSE_HOME": home} | QUIET | environment):
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell in code:
            cell.execution_count, cell.outputs = None, []
        with tqdm(total=len(code), desc=label, unit="cell") as bar:
            client = NotebookClient(
                notebook,
                timeout=CELL_SECONDS,
                kernel_name="python3",
                resources={"metadata": {"path": str(folder)}},
                store_widget_state=False,
                record_timing=False,
                extra_arguments=["--IPKernelApp.log_level=40"],  # no word about TCP in the progress bar
                on_cell_executed=lambda **_: bar.update(),
            )
            try:
                client.execute()
            except CellExecutionError as error:
                failed = next(cell for cell in reversed(code) if cell.get("execution_count"))
                raise CourseError(
                    f"{label}: the cell that begins with {failed.source.splitlines()[0]!r} raised "
                    f"{error.ename}: {pick(plain(error.evalue), 'en')}"
                ) from None
            except CellTimeoutError:
                raise CourseError(f"{label}: a cell ran for more than {CELL_SECONDS} s and was stopped.") from None
            except DeadKernelError:
                raise CourseError(f"{label}: the kernel died; is there enough memory? Try it once more.") from None
    return notebook


def plain(text: str) -> str:
    """Return a text without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in (*variables, "MPLBACKEND")}
    os.environ.pop("MPLBACKEND", None)  # notebooks draw inline
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
