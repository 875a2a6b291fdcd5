"""Where things stand on this computer: the course, and the folder that keeps a student's work."""

import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

from helpers.errors import CourseError
from helpers.i18n import say

COURSE = Path(__file__).resolve().parent.parent


@cache
def _warn_temporary(folder: Path) -> None:
    """Say once that nothing will outlast this session."""
    print(
        say(
            en=f"Your work is kept in {folder} for this session only: set COURSE_HOME to a folder you can write to.",
            ko=f"이번 세션 동안만 {folder}에 보관합니다. 오래 보관하려면 COURSE_HOME에 쓸 수 있는 폴더를 지정하세요.",
        )
    )


def home() -> Path:
    """Return the folder that keeps progress and downloads; it is made on first use.

    `COURSE_HOME` if it is set, else the user's data folder (for example ~/.local/share/train-the-best-model).
    Where neither can be written (no HOME, read-only disk) a temporary folder serves and the reader is told.

    Raises:
        CourseError: `COURSE_HOME` is set to a place that cannot be written.
    """
    chosen = os.environ.get("COURSE_HOME")
    try:
        folder = Path(chosen or platformdirs.user_data_dir("train-the-best-model", appauthor=False)).expanduser()
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: "~" stands for no folder, there is no HOME
        pass
    if chosen:
        raise CourseError(
            say(
                en=f"COURSE_HOME is {chosen}, which cannot be written: set it to a folder you can write to.",
                ko=f"COURSE_HOME({chosen})에 쓸 수 없습니다. 쓸 수 있는 폴더로 지정하세요.",
            )
        )
    folder = Path(tempfile.gettempdir()) / f"train-the-best-model-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    folder.mkdir(parents=True, exist_ok=True)
    _warn_temporary(folder)
    return folder
