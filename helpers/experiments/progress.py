"""The progress bar of a comparison: a line in the terminal, or in a cell's output, and nothing once it is done."""

import os
import sys

from tqdm import tqdm


def progress_bar(runs: int) -> tqdm:
    """Return a bar for so many runs, to be used with `with`.

    While notebooks are built or tested there is none: a bar that moves has no place in their outputs.
    """
    quiet = os.environ.get("COURSE_LANG") == "both" or "PYTEST_VERSION" in os.environ
    place = _Line() if not quiet and _in_a_notebook() else None
    return tqdm(total=runs, unit="run", ncols=79, leave=False, disable=quiet, file=place)


def _in_a_notebook() -> bool:
    ipython = sys.modules.get("IPython")  # never imported for this: where there is a kernel, it is there already
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


class _Line:
    """A file that shows what was written last, as one line of a cell's output. It needs no widgets."""

    def __init__(self) -> None:
        from IPython.display import display

        self._shown = display({"text/plain": ""}, raw=True, display_id=True)

    def write(self, text: str) -> None:
        self._shown.update({"text/plain": text.strip()}, raw=True)

    def flush(self) -> None:
        """Do nothing: each line is shown as it is written."""
