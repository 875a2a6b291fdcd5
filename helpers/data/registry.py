"""What data/manifest.json says: the shipped sets and the ones that can be downloaded."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.paths import COURSE

FOLDER = COURSE / "data"


@dataclass(frozen=True)
class File:
    """A file whose content is known: its name, its size in bytes, its sha256, and the URL it comes from if it does."""

    name: str
    bytes: int
    sha256: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One data set of the manifest."""

    name: str
    kind: str  # "table" or "images"
    rows: int
    class_names: tuple[str, ...]
    source: str
    licence: str
    files: tuple[File, ...]

    @property
    def megabytes(self) -> float:
        """The size of its files together, in MB (10**6 bytes)."""
        return sum(file.bytes for file in self.files) / 1e6


def names() -> list[str]:
    """Return the names of all sets, the shipped ones first."""
    manifest = _read()
    return list(dict.fromkeys([*manifest["shipped"], *manifest["downloads"]]))


def find(name: str, *, full: bool) -> Entry:
    """Return what the manifest says of a set.

    Args:
        name: one of `names()`.
        full: the downloadable form where there is one; the shipped form otherwise.

    Raises:
        CourseError: no set has this name, or it is not shipped and `full` was not asked for.
    """
    manifest = _read()
    for part in ("downloads", "shipped") if full else ("shipped",):
        if name in manifest[part]:
            return _entry(name, manifest, part)
    if name in manifest["downloads"]:
        raise _ask_for_full(_entry(name, manifest, "downloads"))
    raise _unknown(name)


def did_you_mean(word: object, choices: Iterable[str]) -> str:
    """Return "word" of the choices that is nearest, or an empty string."""
    by_case = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(str(word).casefold(), by_case, n=1)
    return by_case[near[0]] if near else ""


def _read() -> dict[str, dict[str, dict]]:
    try:
        return json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(FOLDER / "manifest.json") from error


def _entry(name: str, manifest: dict, part: str) -> Entry:
    said = manifest[part][name]
    return Entry(
        name=name,
        kind=said["kind"],
        rows=said["rows"],
        class_names=tuple(manifest["class_names"][name]),
        source=said["source"],
        licence=said["licence"],
        files=tuple(File(**file) for file in said["files"]),
    )


def damaged(path: Path) -> CourseError:
    """Return the refusal for a shipped file that is missing or not what the manifest says."""
    shown = f"{path.parent.name}/{path.name}"
    state = (
        say(en="is damaged", ko="파일이 손상되었습니다")
        if path.exists()
        else say(en="is missing", ko="파일이 없습니다")
    )
    return CourseError(
        say(
            en=f"{shown} {state}: run `git restore {shown}` in the course folder, "
            "or in Colab run the setup cell in a fresh folder.",
            ko=f"{shown} {state}. 강좌 폴더에서 `git restore {shown}` 명령을 실행하거나, "
            "Colab에서는 새 폴더에서 설정 셀을 다시 실행하세요.",
        )
    )


def _ask_for_full(entry: Entry) -> CourseError:
    call = f'load("{entry.name}", full=True)'
    return CourseError(
        say(
            en=f"{entry.name} is not shipped with the course: {call} downloads it once ({entry.megabytes:.1f} MB).",
            ko=f"{entry.name} 데이터는 강좌에 들어 있지 않습니다. {call} 을 실행하면 "
            f"한 번만 내려받습니다({entry.megabytes:.1f} MB).",
        )
    )


def _unknown(name: object) -> CourseError:
    near, known = did_you_mean(name, names()), ", ".join(names())
    return CourseError(
        say(
            en=f"There is no data set {name!r}{f', did you mean {near!r}?' if near else ':'} choose one of {known}.",
            ko=f"{name!r} 데이터 세트는 없습니다. {f'혹시 {near!r}인가요? ' if near else ''}"
            f"다음 중에서 고르세요: {known}.",
        )
    )
