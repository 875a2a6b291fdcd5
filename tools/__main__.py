"""Dispatch `python -m tools COMMAND [ARGS]`."""

import importlib
import sys

from helpers.errors import CourseError

COMMANDS = {
    "lab": ("tools.lab", "main", "open JupyterLab on the course"),
    "run": ("tools.run", "main", "execute one lesson and write it to build/"),
    "test": ("tools.testing", "main", "run every check"),
    "test-colab": ("tools.testing", "colab", "run the tests on Colab's versions"),
    "build": ("tools.build", "main", "build notebooks/en and notebooks/ko from lessons/"),
    "check": ("tools.check", "main", "check sources, built notebooks and the question bank"),
    "timings": ("tools.timings", "main", "measure how long each notebook runs and note it in course.yml"),
    "bench": ("tools.bench", "main", "measure how fast training is, against model.fit and NumPy"),
    "lock": ("tools.lock", "main", "resolve requirements.lock and environment.yml anew"),
}


def main(argv: list[str]) -> int:
    """Run one command and return its exit code."""
    if not argv or argv[0] not in COMMANDS:
        print("Usage: python -m tools COMMAND [ARGS]\n")
        print("\n".join(f"  {name:<11} {what}" for name, (_, _, what) in COMMANDS.items()))
        return 0 if argv in ([], ["-h"], ["--help"], ["help"]) else 2
    module, function, _ = COMMANDS[argv[0]]
    try:
        return getattr(importlib.import_module(module), function)(argv[1:]) or 0
    except CourseError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
