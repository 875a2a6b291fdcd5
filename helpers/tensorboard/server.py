"""The real TensorBoard, in a thread of this kernel: it needs no other program and ends with the kernel."""

import contextlib
import io
import json
import os
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.tensorboard.reading import EVENTS, require_folder, require_installed

PROXY = "TENSORBOARD_PROXY_URL"  # read by TensorBoard's own notebook display; %PORT% stands for the port
RELOAD = 5  # seconds after which the server reads the event files again
PATIENCE = 15  # seconds that it gets to read them for the first time
_running: dict[Path, "Server"] = {}


@dataclass(frozen=True)
class Server:
    """A running TensorBoard.

    Attributes:
        folder: the log folder.
        port: on this computer only.
        url: the address for a program on this computer.
    """

    folder: Path
    port: int
    url: str


def serve(logdir: str | Path, port: int | None = None, height: int = 800) -> Server:
    """Start TensorBoard on a folder and open it below the cell: in JupyterLab, behind JupyterHub and in Colab.

    A second call for the same folder shows the one that runs. It listens on this computer only and ends with the
    kernel. Behind JupyterHub the page comes through jupyter-server-proxy.

    Args:
        logdir: the log_dir that the callback was given, or a folder above several; it may still be empty.
        port: a free one from 6006 on by default; 0 is any free one.
        height: of the frame, in pixels.

    Raises:
        CourseError: TensorBoard is not installed, there is no such folder, or the port cannot be had.
    """
    require_installed()
    folder = require_folder(logdir).resolve()
    server = _running.get(folder)
    if server is None or port not in (None, 0, server.port):
        server = _running[folder] = _launch(folder, port)
    if not any(folder.rglob(EVENTS)):
        print(
            say(
                en="The folder is empty so far: curves appear some seconds after training has written them.",
                ko="폴더가 아직 비어 있습니다. 훈련이 기록을 남기면 몇 초 뒤에 곡선이 나타납니다.",
            )
        )
    else:
        _wait_until_read(server)
    _display(server, height)
    return server


def address(port: int, environment: Mapping[str, str]) -> str:
    """Return the address that the reader's browser needs, perhaps relative to that of the notebook.

    Args:
        port: where the server listens.
        environment: os.environ; its TENSORBOARD_PROXY_URL or JUPYTERHUB_SERVICE_PREFIX decides.
    """
    if template := proxy(environment):
        return template.replace("%PORT%", str(port))
    return f"http://localhost:{port}/"


def proxy(environment: Mapping[str, str]) -> str | None:
    """Return the address behind a proxy with %PORT% for the port, or None where there is no proxy."""
    if PROXY in environment:
        return environment[PROXY]
    prefix = environment.get("JUPYTERHUB_SERVICE_PREFIX")
    return f"{prefix.rstrip('/')}/proxy/%PORT%/" if prefix else None  # without its last / the page stays blank


def _launch(folder: Path, port: int | None) -> Server:
    if port is not None and not (isinstance(port, int) and 0 <= port <= 0xFFFF):
        raise CourseError(
            say(
                en=f"port={port!r}: give a whole number from 1 to 65535, or leave it out.",
                ko=f"port={port!r}: 1부터 65535까지의 정수를 주거나 아예 빼세요.",
            )
        )
    try:
        from tensorboard import program
    except ImportError as error:  # TensorBoard 2.20 with setuptools 82 lacks pkg_resources
        raise CourseError(
            say(
                en=f"TensorBoard's server does not start ({error}): tensorboard.show(logdir) draws the same files.",
                ko=f"텐서보드 서버를 시작할 수 없습니다({error}). tensorboard.show(logdir)로 같은 파일을 그려 보세요.",
            )
        ) from error
    board = program.TensorBoard()
    chosen = [] if port is None else [f"--port={port}"]
    # load_fast would start another program; the one in Python is quick enough for a course and ends with the kernel.
    board.configure(
        argv=["tensorboard", f"--logdir={folder}", "--load_fast=false", f"--reload_interval={RELOAD}", *chosen]
    )
    try:
        url = board.launch()
    except program.TensorBoardServerException as error:
        raise CourseError(
            say(
                en=f"TensorBoard cannot have port {port}, it may be in use: leave port out, and a free one is chosen.",
                ko=f"{port}번 포트를 쓸 수 없습니다. 이미 쓰는 중일 수 있습니다. port를 빼면 빈 포트를 고릅니다.",
            )
        ) from error
    return Server(folder, int(url.rstrip("/").rsplit(":", 1)[1]), url)


def _wait_until_read(server: Server) -> None:
    """Wait until there is something to see: a page that opens sooner says "No dashboards are active" and stays so."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError, ValueError),
            direct.open(f"{server.url}data/plugins_listing", timeout=5) as answer,
        ):
            if any(plugin["enabled"] for plugin in json.load(answer).values()):
                return
        time.sleep(0.2)


def _display(server: Server, height: int) -> None:
    """Open the page below the cell, with a link beside it; in a script, print the address."""
    from IPython import get_ipython
    from IPython.display import HTML, display

    if getattr(get_ipython(), "kernel", None) is None:
        print(say(en=f"TensorBoard runs at {server.url}", ko=f"텐서보드 주소: {server.url}"))
        return
    from tensorboard import notebook

    colab = "COLAB_RELEASE_TAG" in os.environ
    if not colab:
        target = address(server.port, os.environ)
        text = say(en="Open TensorBoard in a window of its own", ko="텐서보드를 새 창에서 열기")
        display(HTML(f'<p><a href="{target}" target="_blank">{text}</a> ({target})</p>'))
    if template := proxy(os.environ):
        os.environ[PROXY] = template
        if find_spec("jupyter_server_proxy") is None:
            print(
                say(
                    en="If the frame stays empty, this hub lacks jupyter-server-proxy: tensorboard.show(logdir) draws "
                    "the same files.",
                    ko="빈 화면만 보이면 이 허브에 jupyter-server-proxy가 없는 것입니다. "
                    "tensorboard.show(logdir)로 같은 파일을 그려 보세요.",
                )
            )
    with contextlib.redirect_stdout(io.StringIO()):  # it prints which of several it has selected
        notebook.display(port=server.port, height=height)
