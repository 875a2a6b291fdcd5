"""What the setup cell of every notebook calls."""

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from helpers import i18n
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.syllabus import syllabus

SEED = 42
TESTED = {"tensorflow": "2.21.0", "keras": "3.15.1"}
COLAB = {"tensorflow": "2.20.0", "keras": "3.13.2"}
NEEDED = ("tensorflow", "keras", "ipywidgets", "matplotlib", "pandas", "sklearn", "pooch", "yaml", "jsonschema")


def start(lesson: str, lang: str = "en") -> None:
    """Make the notebook ready: language, seeds, deterministic operations, plot style; prints one banner.

    Running it again fixes the seeds anew and changes nothing else.

    Args:
        lesson: the lesson's id, for example "05".
        lang: "en" or "ko", the language of quizzes, captions and messages.

    Raises:
        CourseError: unknown lesson or language, or a package that the course needs is missing.
    """
    i18n.set_language(lang)
    entry = syllabus().lesson(lesson)
    _require_packages()
    with quiet_tensorflow():
        import keras
        import tensorflow as tf

        device = "GPU" if tf.config.list_physical_devices("GPU") else "CPU"
    keras.utils.set_random_seed(SEED)
    tf.config.experimental.enable_op_determinism()
    from helpers import plots

    plots.use_course_style()
    print(banner(entry.id, entry.title, device))


def banner(lesson: str, title: dict[str, str], device: str) -> str:
    """Return the lines that say what the course was tested with and what this kernel has."""
    have = {package: version(package) for package in TESTED}
    listed = ", ".join(f"{package} {number}" for package, number in have.items())
    tested = ", ".join(f"{package} {number}" for package, number in TESTED.items())
    if have in (TESTED, COLAB):
        verdict = say(en="tested with exactly these versions", ko="바로 이 버전에서 시험했습니다")
    else:
        verdict = say(en=f"tested with {tested}", ko=f"시험한 버전은 {tested}")
    head = say(en=f"Lesson {lesson} · {title['en']}", ko=f"레슨 {lesson} · {title['ko']}")
    return f"{head}\n" + say(
        en=f"You have {listed} on {device} ({verdict}).\nSeeds are fixed at {SEED}.",
        ko=f"현재 환경: {listed}, {device} ({verdict}).\n시드는 {SEED}로 고정했습니다.",
    )


def _require_packages() -> None:
    missing = [package for package in NEEDED if importlib.util.find_spec(package) is None]
    if missing:
        names = ", ".join(missing)
        raise CourseError(
            say(
                en=f"This kernel lacks {names}: start the course with `make lab`, or in Colab choose a CPU or GPU "
                "runtime (not TPU).",
                ko=f"이 커널에 {names} 패키지가 없습니다. `make lab`으로 시작하거나, Colab이라면 런타임을 CPU나 GPU로 "
                "바꾸세요(TPU 제외).",
            )
        )


@contextmanager
def quiet_tensorflow() -> Iterator[None]:
    """Keep the log lines that TensorFlow's C++ part writes while it loads out of the notebook.

    The two settings only count before the import, and some lines are written before the settings are read: those
    go to file descriptor 2, which is turned away meanwhile. Lesson 01 tells what they say.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
