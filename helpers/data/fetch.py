"""How a file comes to this computer: shipped with the course, from a mirror in the room, or from its origin."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pooch
from requests.exceptions import RequestException
from tqdm import tqdm

from helpers.data import registry
from helpers.data.registry import File
from helpers.errors import CourseError
from helpers.i18n import say

ATTEMPTS = 2
TIMEOUT = (10, 30)  # seconds to connect, seconds of silence


def shipped(file: File) -> Path:
    """Return the path of a file that came with the course, after a check of its bytes.

    Raises:
        CourseError: the file is missing or differs from the manifest. It is never replaced in silence.
    """
    path = registry.FOLDER / file.name
    if not _is_whole(path, file):
        raise registry.damaged(path)
    return path


def fetch(files: Sequence[File], folder: Path) -> list[Path]:
    """Return the paths of downloadable files, fetched where they are not yet in the folder.

    A file comes from `COURSE_DATA_MIRROR` (a folder, file:// or http URL that holds it under its own name) if that is
    set, else from its origin. It takes its name only once its sha256 is right, so no half file is ever left.

    Raises:
        CourseError: no source gave the file, or the folder cannot be written.
    """
    return [_fetch_one(file, folder, files) for file in files]


def _fetch_one(file: File, folder: Path, wanted: Sequence[File]) -> Path:
    path = folder / file.name
    if _is_whole(path, file):
        return path
    if path.exists():
        print(
            say(
                en=f"{path} is damaged: getting it again.",
                ko=f"{path} 파일이 손상되어 다시 내려받습니다.",
            )
        )
    reasons = []
    for source in _sources(file):
        try:
            return _retrieve(source, file, folder)
        except (RequestException, ValueError) as error:  # ValueError: pooch found a wrong hash, or no such file
            reasons.append(f"{source}: {_short(error)}")
        except OSError as error:
            raise _cannot_write(folder, error) from error
    raise _unreachable(file, reasons, wanted)


def _sources(file: File) -> list[str]:
    mirror = os.environ.get("COURSE_DATA_MIRROR", "").strip()
    origin = [file.url] * ATTEMPTS
    if not mirror:
        return origin
    return [f"{mirror.rstrip('/')}/{file.name}", *origin]


def _retrieve(source: str, file: File, folder: Path) -> Path:
    """Let pooch download to a temporary file, check the hash and move it into place."""
    pooch.get_logger().setLevel("WARNING")  # the progress bar says enough
    if urlsplit(source).scheme not in ("http", "https"):
        return Path(pooch.retrieve(source, file.sha256, file.name, folder, downloader=_copy))
    with tqdm(desc=file.name, total=file.bytes, unit="B", unit_scale=True, ncols=79) as bar:
        web = pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=TIMEOUT)
        return Path(pooch.retrieve(source, file.sha256, file.name, folder, downloader=web))


def _copy(source: str, output_file: str, _pooch: object) -> None:
    """Serve as pooch's downloader for a folder: it knows no file:// itself."""
    path = Path(url2pathname(urlsplit(source).path)) if source.startswith("file:") else Path(source).expanduser()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(error.strerror) from error
    Path(output_file).write_bytes(content)


def _is_whole(path: Path, file: File) -> bool:
    if not path.is_file() or path.stat().st_size != file.bytes:
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


def _short(error: Exception) -> str:
    if isinstance(error, ValueError) and "hash" in str(error).lower():
        return say(en="what arrived is damaged", ko="받은 파일이 손상됨")
    return type(error).__name__ if isinstance(error, RequestException) else str(error)


def _unreachable(file: File, reasons: list[str], wanted: Sequence[File]) -> CourseError:
    held, why = ", ".join(each.name for each in wanted), "; ".join(dict.fromkeys(reasons))
    return CourseError(
        say(
            en=f"{file.name} could not be downloaded ({why}): connect to the internet and run the cell again, "
            f"or set COURSE_DATA_MIRROR to a folder or URL that holds {held}.",
            ko=f"{file.name} 파일을 내려받지 못했습니다({why}). 인터넷에 연결한 뒤 셀을 다시 실행하거나, "
            f"다음 파일이 있는 폴더나 URL을 COURSE_DATA_MIRROR에 지정하세요: {held}.",
        )
    )


def _cannot_write(folder: Path, error: OSError) -> CourseError:
    return CourseError(
        say(
            en=f"{folder} cannot be written ({error.strerror}): free some space there or set COURSE_HOME "
            "(for mnist and fashion_mnist KERAS_HOME) to a folder you can write to.",
            ko=f"{folder} 폴더에 쓸 수 없습니다({error.strerror}). 공간을 확보하거나 COURSE_HOME"
            "(mnist와 fashion_mnist는 KERAS_HOME)에 쓸 수 있는 폴더를 지정하세요.",
        )
    )
