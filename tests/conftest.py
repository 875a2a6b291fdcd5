"""What every test gets: a home of its own, the English language, and widgets that do not swallow exceptions."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("MPLBACKEND", "agg")
os.environ.pop("COURSE_LANG", None)

import ipywidgets
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from helpers import i18n


@pytest.fixture(autouse=True)
def course_home(tmp_path_factory, monkeypatch):
    """Keep progress and downloads of each test in a folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("COURSE_HOME", str(folder))
    monkeypatch.delenv("COURSE_DATA_MIRROR", raising=False)
    return folder


@pytest.fixture(autouse=True)
def english():
    """Start each test in English and go back to it."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def loud_callbacks(monkeypatch):
    """Let an exception inside a widget callback fail the test: ipywidgets only logs it otherwise."""

    def call(self, *args, **kwargs):
        value = None
        for callback in self.callbacks:
            value = callback(*args, **kwargs)
        return value

    monkeypatch.setattr(ipywidgets.widgets.widget.CallbackDispatcher, "__call__", call)


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A real IPython, so that `display` publishes what a notebook would get."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    yield shell
    shell.restore_sys_module_state()
    InteractiveShell.clear_instance()
