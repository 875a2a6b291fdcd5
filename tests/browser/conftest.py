"""A JupyterLab on a copy of the course, and a real Chromium that opens it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.paths import COURSE

sync_api = pytest.importorskip("playwright.sync_api")

SCREENSHOTS = COURSE / "build" / "screenshots"
PARTS = ("course.yml", "helpers", "tools", "data", "quizzes", "notebooks")
SLOWEST_MS = 90_000  # a computer that does three things at once is slow, and that is no failure
QUIET = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder it shows and how its notebooks are addressed."""

    root: Path
    base: str
    token: str

    def address(self, notebook: str) -> str:
        """Return the address of a notebook in a fresh workspace."""
        return f"{self.base}/lab/tree/{notebook}?token={self.token}&reset"


@pytest.fixture(scope="session")
def chromium():
    """Return where Chromium is, or skip."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("Chromium is missing: sudo apt install chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    """Start one Chromium for all browser tests."""
    with sync_api.sync_playwright() as playwright:
        arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        running = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Start `python -m tools lab` on a copy of the course, since notebooks are saved."""
    root = tmp_path_factory.mktemp("course")
    for part in PARTS:
        source = COURSE / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
        else:
            shutil.copy(source, root / part)
    port, token = _free_port(), secrets.token_hex(8)
    command = [
        *(sys.executable, "-m", "tools", "lab", "--no-browser"),
        *("--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"),
    ]
    own = {"COURSE_HOME": "home", "JUPYTER_CONFIG_DIR": "config", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    environment = os.environ | {name: str(tmp_path_factory.mktemp(folder)) for name, folder in own.items()}
    environment.pop("MPLBACKEND", None)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=root, env=environment, **quiet)
    base = f"http://127.0.0.1:{port}"
    _wait_until_up(f"{base}/api?token={token}", server)
    yield Lab(root, base, token)
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture
def page(browser):
    """Open a fresh window; what it looked like at the end of a failed test is kept as well."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    window = context.new_page()
    window.set_default_timeout(SLOWEST_MS)
    sync_api.expect.set_options(timeout=SLOWEST_MS)
    yield window
    context.close()


@pytest.fixture
def shot(page):
    """Return a function that takes a screenshot of the window, or of one element, under a name."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def take(name: str, element=None) -> Path:
        path = SCREENSHOTS / f"{name}.png"
        (element or page).screenshot(path=str(path))
        return path

    return take


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(address: str, server: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("JupyterLab did not start")
