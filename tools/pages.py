"""Pages of docs/ that follow from a data file, one in each language."""

from collections.abc import Callable, Mapping
from pathlib import Path


def write(files: Mapping[str, Path], page: Callable[[str], str]) -> None:
    """Bring the pages up to date.

    Args:
        files: where the page of each language stands.
        page: returns the whole page in a language.
    """
    for lang, path in files.items():
        path.write_text(page(lang), encoding="utf-8")


def stale(files: Mapping[str, Path], page: Callable[[str], str], source: str) -> list[str]:
    """Return a fault for each language whose page does not say what its source says; arguments as for `write`."""
    return [
        f"docs/{path.name} is not what {source} says: run `python -m tools build`."
        for lang, path in files.items()
        if not path.exists() or path.read_text(encoding="utf-8") != page(lang)
    ]
