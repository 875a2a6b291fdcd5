"""Open the course in JupyterLab, on the first notebook of an edition."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

from helpers.errors import CourseError
from helpers.paths import COURSE

FIRST = "01_workflow.ipynb"
# Defaults for this course; what users set for themselves goes before them.
SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def first_notebook(edition: str) -> str:
    """Return the path of an edition's first notebook, relative to the course.

    Args:
        edition: "en" or "ko".

    Raises:
        CourseError: there is no such edition, or it has not been built.
    """
    if edition not in ("en", "ko"):
        raise CourseError(f"LANG_EDITION is {edition!r}: set it to en or ko.")
    notebook = f"notebooks/{edition}/{FIRST}"
    if not (COURSE / notebook).exists():
        raise CourseError(f"{notebook} is not there: build it with `make build`, or copy the whole course again.")
    return notebook


def options(notebook: str) -> list[str]:
    """Return JupyterLab's options; all of them last for one start and leave the user's own settings alone."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        f"--ServerApp.root_dir={COURSE}",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        "--ServerApp.log_level=WARN",  # the address and what goes wrong, not every request
        "--LabApp.log_level=WARN",
        "--ServerApp.answer_yes=True",  # the first Ctrl-C stops
        *(["--allow-root"] if root else []),  # in a container
    ]


@contextlib.contextmanager
def jupyter_folders() -> Iterator[None]:
    """Give Jupyter the course's default settings, and a temporary home where the user has none that can be written."""
    with tempfile.TemporaryDirectory(prefix="train-the-best-model-", ignore_cleanup_errors=True) as folder:
        defaults = Path(folder, "labconfig", "default_setting_overrides.json")
        defaults.parent.mkdir()
        defaults.write_text(json.dumps(SETTINGS))
        others = os.environ.get("JUPYTER_CONFIG_PATH")
        os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, (others, folder)))
        try:
            Path(jupyter_runtime_dir()).mkdir(parents=True, exist_ok=True)
        except OSError:
            for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
                os.environ[name] = str(Path(folder, name.lower()))
        yield


def main(args: list[str]) -> int:
    """Start JupyterLab and stay until it stops.

    Args:
        args: further options for JupyterLab, for example --no-browser or --port=9000.
    """
    notebook = first_notebook(os.environ.get("LANG_EDITION") or "en")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # kernels inherit it: no start-up messages in a lesson
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # the same last digits on every processor
    with jupyter_folders():
        from jupyterlab.labapp import LabApp  # late: it looks at the folders as it is imported

        server = LabApp.initialize_server(argv=[*options(notebook), *args])
        if not server.identity_provider.token_generated:  # with a token or password of the user's own Jupyter is silent
            print(f"    {server.local_url}", flush=True)
        server.start()
    return 0
