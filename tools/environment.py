"""Make the course's virtual environment once, then run a command of the course in it.

    python3 tools/environment.py lab [options]

The commands are those of `python -m tools`: lab, test, test-colab, run, build, check, lock.
The environment is `.venv` in the course folder, or the folder that COURSE_VENV names.

Only the standard library, in a syntax that Python 3.9 reads, so that an unsuitable Python still says what is missing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
VERSIONS = ("3.13", "3.12", "3.11")
STAMP = "course-lock.sha256"  # stands in an environment that is complete, and says from which list it was made
WINDOWS = os.name == "nt"
KOREAN = (os.environ.get("LANG_EDITION") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("ko")


class SetupError(Exception):
    """The environment cannot be made; the message is one sentence that says what to do."""


def say(*, en: str, ko: str) -> str:
    """Return the text in the reader's language."""
    return ko if KOREAN else en


@dataclass(frozen=True)
class Environment:
    """A virtual environment and the list of packages it holds.

    Attributes:
        folder: where it stands.
        packages: the list it is installed from.
        pip: what pip is told besides that list.
        prefer: the Python version wanted first, or None for the Python that runs this.
    """

    folder: Path
    packages: Path
    pip: tuple[str, ...]
    prefer: str | None = None

    @property
    def python(self) -> Path:
        """Return the environment's own Python."""
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def digest(self) -> str:
        """Return the sha256 of the list of packages."""
        return hashlib.sha256(self.packages.read_bytes()).hexdigest()

    def is_ready(self) -> bool:
        """Tell whether the environment is complete and made from the list as it is now."""
        try:
            return self.python.exists() and (self.folder / STAMP).read_text() == self.digest
        except OSError:
            return False


def environment_for(command: str) -> Environment:
    """Return the environment a command runs in: Colab's versions for `test-colab`, the locked ones for the rest."""
    folder = Path(os.environ.get("COURSE_VENV") or COURSE / ".venv").expanduser().absolute()
    if command == "test-colab":
        # --no-deps: Colab's own list is complete, and not all of its pins agree with each other.
        folder, packages = folder.with_name(folder.name + "-colab"), COURSE / "tests" / "colab-constraints.txt"
        return Environment(folder, packages, ("--no-deps",), prefer="3.13")
    return Environment(folder, COURSE / "requirements.lock", ("--require-hashes",))


def probe(python: str | Path) -> tuple[str | None, bool]:
    """Ask a Python for its version ("3.12"; None if it does not run) and whether it can make environments."""
    code = "import sys; print('%d.%d' % sys.version_info[:2], flush=True); import venv, ensurepip"
    try:
        answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None, False
    return answer.stdout.strip() or None, answer.returncode == 0


def candidates() -> Iterator[str]:
    """Yield the Pythons of this computer: the running one, those on PATH, those that pyenv keeps."""
    yield sys.executable
    for version in VERSIONS:
        if found := shutil.which(f"python{version}"):
            yield found
    root = os.environ.get("PYENV_ROOT")
    if root or "HOME" in os.environ:
        kept = Path(root or Path(os.environ["HOME"], ".pyenv")) / "versions"
        for version in VERSIONS:
            yield from map(str, sorted(kept.glob(f"{version}.*/bin/python"), reverse=True))


def find_python(prefer: str | None = None) -> str:
    """Return a Python that can make the environment.

    Args:
        prefer: a version to take first; without it, or where there is none, the first suitable Python serves.

    Raises:
        SetupError: there is no Python 3.11 to 3.13, or it lacks the venv module.
    """
    suitable = None
    lacking = None
    for python in candidates():
        version, complete = probe(python)
        if version not in VERSIONS:
            continue
        if not complete:
            lacking = lacking or version
        elif prefer in (None, version):
            return python
        else:
            suitable = suitable or python
    if suitable:
        return suitable
    if lacking:
        raise SetupError(
            say(
                en=f"Python {lacking} is here without its venv module: install it (Debian and Ubuntu: "
                f"sudo apt install python{lacking}-venv), then run the same command again.",
                ko=f"Python {lacking}에 venv 모듈이 없습니다. 설치한 뒤(Debian과 Ubuntu: "
                f"sudo apt install python{lacking}-venv) 같은 명령을 다시 실행하세요.",
            )
        )
    mine = "{}.{}".format(*sys.version_info)
    raise SetupError(
        say(
            en=f"The course needs Python 3.11, 3.12 or 3.13, and this computer offers {mine}: install one of them "
            "from https://www.python.org/downloads/, then run the same command again.",
            ko=f"Python 3.11, 3.12, 3.13 중 하나가 필요한데 이 컴퓨터에는 {mine}이 있습니다. "
            "https://www.python.org/downloads/ 에서 설치한 뒤 같은 명령을 다시 실행하세요.",
        )
    )


def cannot_write(folder: Path) -> SetupError:
    """Say that a folder cannot be written and where to go instead."""
    return SetupError(
        say(
            en=f"{folder} cannot be written: copy the course to a folder you can write to, "
            "or set COURSE_VENV to a new folder in one.",
            ko=f"{folder}에 쓸 수 없습니다. 쓸 수 있는 폴더로 강의를 복사하거나, "
            "COURSE_VENV에 쓸 수 있는 곳의 새 폴더를 지정하세요.",
        )
    )


def disk_full(folder: Path) -> SetupError:
    """Say that the disk is full and what to free."""
    scratch = tempfile.gettempdir()
    return SetupError(
        say(
            en=f"The disk is full: free about 3 GB for {folder} and 1 GB for {scratch} (or point COURSE_VENV "
            "and TMPDIR to a roomier disk), then run the same command again.",
            ko=f"디스크가 가득 찼습니다. {folder}에 약 3GB, {scratch}에 1GB를 비우거나 "
            "COURSE_VENV와 TMPDIR에 여유 있는 디스크를 지정한 뒤 같은 명령을 다시 실행하세요.",
        )
    )


def refusal(error: OSError, folder: Path) -> SetupError:
    """Turn what the operating system refused into one sentence."""
    return (disk_full if error.errno == errno.ENOSPC else cannot_write)(folder)


def explain(errors: str, environment: Environment) -> SetupError:
    """Turn what a step wrote as it failed into one sentence."""
    if any(sign in errors for sign in ("No space left on device", "not enough space", "quota exceeded")):
        return disk_full(environment.folder)
    if any(sign in errors for sign in ("connection broken", "TimeoutError", "ProtocolError")):
        return SetupError(
            say(
                en="The packages could not be downloaded: connect this computer to the internet, "
                "then run the same command again; it goes on where it stopped.",
                ko="패키지를 내려받지 못했습니다. 인터넷에 연결한 뒤 같은 명령을 다시 실행하면 멈춘 곳에서 이어집니다.",
            )
        )
    return SetupError(
        say(
            en="The packages could not be installed for the reason above: put it right, then run this again.",
            ko="위의 이유로 패키지를 설치하지 못했습니다. 해결한 뒤 같은 명령을 다시 실행하세요.",
        )
    )


def claim(environment: Environment) -> bool:
    """Make sure that the environment's folder is ours to write; tell whether a new environment has to be made in it.

    Raises:
        SetupError: the folder cannot be written, or holds something else.
    """
    folder = environment.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise refusal(error, folder) from None
    if not (folder / "pyvenv.cfg").exists() and any(folder.iterdir()):
        raise SetupError(
            say(
                en=f"{folder} holds other files: set COURSE_VENV to a new folder.",
                ko=f"{folder}에 다른 파일이 있습니다. COURSE_VENV에 새 폴더를 지정하세요.",
            )
        )
    # A Python that was removed or upgraded since leaves an environment that no longer runs.
    return probe(environment.python)[0] not in VERSIONS


def run_quietly(command: list[str], environment: Environment) -> None:
    """Run a step that has nothing to show unless it fails.

    Raises:
        SetupError: it failed.
    """
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        raise explain(done.stdout + done.stderr, environment)


def run_showing(command: list[str], variables: dict[str, str]) -> tuple[int, str]:
    """Run a command with its output on the screen; return its exit code and what it wrote to standard error."""
    errors = []
    with subprocess.Popen(command, env=variables, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        for line in process.stderr:
            print(line, end="", file=sys.stderr, flush=True)
            errors.append(line)
    return process.returncode, "".join(errors)


def install(environment: Environment) -> None:
    """Install pip and the listed packages; what an earlier, interrupted attempt has installed is kept.

    Raises:
        SetupError: pip did not succeed.
    """
    for info in environment.folder.glob("[Ll]ib/**/site-packages/*.dist-info"):
        if not (info / "RECORD").exists():  # the last file pip writes: without it the package may be half there
            shutil.rmtree(info)
    run_quietly([str(environment.python), "-m", "ensurepip", "--default-pip"], environment)
    command = [str(environment.python), "-m", "pip", "install", "--no-input", *environment.pip]
    # A user's own pip settings must not send the packages elsewhere.
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    code, errors = run_showing([*command, "-r", str(environment.packages)], settings)
    if code:
        raise explain(errors, environment)


def prepare(environment: Environment) -> None:
    """Make the environment if it is not there or its list has changed; otherwise do nothing.

    Raises:
        SetupError: it cannot be made; what is there is kept for the next attempt.
    """
    if environment.is_ready():
        return
    new = claim(environment)
    python = find_python(environment.prefer) if new else str(environment.python)
    version = probe(python)[0]
    if environment.prefer not in (None, version):
        print(f"There is no Python {environment.prefer} here: Python {version} stands in for it.", flush=True)
    print(
        say(
            en=f"Setting up once with Python {version} (about 2 minutes, 3 GB) in {environment.folder} ...",
            ko=f"처음 한 번 준비합니다. Python {version}, 약 2분, 3GB: {environment.folder} ...",
        ),
        flush=True,
    )
    if new:
        run_quietly([python, "-m", "venv", "--without-pip", "--clear", str(environment.folder)], environment)
    install(environment)
    (environment.folder / STAMP).write_text(environment.digest)


def main(args: list[str]) -> int:
    """Prepare the environment and run `python -m tools` in it with the same input, output and exit code."""
    if not args or args[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0 if args else 2
    for name in ("PYTHONHOME", "PYTHONPATH"):  # they would let other packages into the environment
        os.environ.pop(name, None)
    environment = environment_for(args[0])
    try:
        prepare(environment)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{refusal(error, environment.folder)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            say(
                en="\nStopped: run the same command again, and it goes on where it stopped.",
                ko="\n중단했습니다. 같은 명령을 다시 실행하면 멈춘 곳에서 이어집니다.",
            ),
            file=sys.stderr,
        )
        return 130
    os.chdir(COURSE)
    command = [str(environment.python), "-m", "tools", *args]
    if not WINDOWS:
        os.execv(command[0], command)  # one process, so that Ctrl-C reaches the command alone
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the command got it too, and decides when to end


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
