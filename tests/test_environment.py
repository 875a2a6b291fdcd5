"""The environment: how it is made, the messages when it cannot be, and the lists it is made from."""

import itertools
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools import environment, lab, lock, testing
from tools.environment import Environment, SetupError

pytestmark = pytest.mark.one_lane

COURSE = Path(__file__).resolve().parent.parent
PYPROJECT = (COURSE / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (COURSE / "requirements.lock").read_text(encoding="utf-8")


# --- the lists -------------------------------------------------------------------------------------------------------


def test_environment_yml_is_the_lock_for_conda():
    """Hold environment.yml equal to pyproject's direct dependencies at the lock's versions."""
    text = (COURSE / "environment.yml").read_text(encoding="utf-8")
    assert text == lock.environment_yml(PYPROJECT, LOCK), "run `make lock`"
    python, pip, nested = yaml.safe_load(text)["dependencies"]
    assert (python, pip) == ("python=3.12", "pip")
    pins = dict(line.split("==") for line in nested["pip"])
    assert list(pins) == lock.direct_names(PYPROJECT)
    assert pins.items() <= lock.locked_versions(LOCK, "3.12").items()


@pytest.mark.parametrize("python", environment.VERSIONS)
def test_lock_satisfies_pyproject_for_every_python(python):
    project = tomllib.loads(PYPROJECT)["project"]
    assert SpecifierSet(project["requires-python"]).contains(f"{python}.1")
    versions = lock.locked_versions(LOCK, python)
    for line in itertools.chain(project["dependencies"], *project["optional-dependencies"].values()):
        wanted = Requirement(line)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), line


def test_lock_chooses_by_python_version():
    text = (
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n"
        "numpy==2.5.5 ; python_full_version >= '3.12' \\\n    --hash=sha256:bb\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:cc\n"
    )
    assert lock.locked_versions(text, "3.11") == {"numpy": "2.4.6"}
    assert lock.locked_versions(text, "3.12") == {"numpy": "2.5.5"}


def test_every_locked_package_has_a_hash():
    pins = [block for block in LOCK.split("\n") if "==" in block and not block.startswith((" ", "#"))]
    assert pins and all(line.endswith("\\") for line in pins)


def test_colab_pins_are_those_of_colab():
    text = (COURSE / "tests" / "colab-constraints.txt").read_text(encoding="utf-8")
    pins = dict(line.split("==") for line in text.splitlines() if "==" in line)
    known = {
        "tensorflow": "2.20.0",
        "keras": "3.13.2",
        "ipywidgets": "7.7.1",
        "ipython": "7.34.0",
        "ipykernel": "6.17.1",
        "pandas": "2.2.3",
        "numpy": "2.1.3",
        "matplotlib": "3.10.0",
        "scikit-learn": "1.6.1",
    }
    assert known.items() <= pins.items()


# --- choosing a Python -----------------------------------------------------------------------------------------------


def pythons(monkeypatch, answers):
    """Let this computer have these Pythons: name → (version, can make environments)."""
    monkeypatch.setattr(environment, "candidates", lambda: iter(answers))
    monkeypatch.setattr(environment, "probe", answers.__getitem__)


def test_probe_reads_this_python():
    assert environment.probe(sys.executable) == ("{}.{}".format(*sys.version_info), True)


def test_probe_survives_what_is_no_python(tmp_path):
    assert environment.probe(tmp_path / "missing") == (None, False)


@pytest.mark.skipif(sys.platform == "win32", reason="shell script")
def test_probe_skips_a_shim_that_does_not_run(tmp_path):
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert environment.probe(shim) == (None, False)


def test_running_python_comes_first(monkeypatch):
    pythons(monkeypatch, {"running": ("3.11", True), "newer": ("3.13", True)})
    assert environment.find_python() == "running"
    assert environment.find_python(prefer="3.13") == "newer"


def test_another_python_serves_where_the_wanted_one_is_missing(monkeypatch):
    pythons(monkeypatch, {"old": ("3.9", True), "shim": (None, False), "bare": ("3.13", False), "good": ("3.12", True)})
    assert environment.find_python() == "good"
    assert environment.find_python(prefer="3.13") == "good"


def test_message_without_a_suitable_python(monkeypatch):
    pythons(monkeypatch, {"old": ("3.9", True), "next": ("3.14", True)})
    with pytest.raises(SetupError, match=r"needs Python 3\.11, 3\.12 or 3\.13"):
        environment.find_python()


def test_message_without_the_venv_module(monkeypatch):
    pythons(monkeypatch, {"debian": ("3.11", False)})
    with pytest.raises(SetupError, match=r"sudo apt install python3\.11-venv"):
        environment.find_python()


def test_candidates_include_what_pyenv_keeps(monkeypatch, tmp_path):
    kept = tmp_path / "versions" / "3.13.0" / "bin" / "python"
    kept.parent.mkdir(parents=True)
    kept.touch()
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    found = list(environment.candidates())
    assert found[0] == sys.executable
    assert str(kept) in found
    monkeypatch.delenv("PYENV_ROOT")
    monkeypatch.delenv("HOME", raising=False)
    assert str(kept) not in list(environment.candidates())


# --- making the environment ------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    """Return an environment that needs no package from anywhere."""
    packages = tmp_path / "tiny.lock"
    packages.write_text("# nothing\n")
    return Environment(tmp_path / "venv", packages, ("--require-hashes",))


@pytest.fixture
def fake(monkeypatch, small):
    """Replace pip and `python -m venv`; return what was called."""
    calls = []

    def make(command, **_):
        if "ensurepip" in command:
            return subprocess.CompletedProcess(command, 0, "", "")
        calls.append("venv")
        small.python.parent.mkdir(parents=True, exist_ok=True)
        small.python.touch()
        (small.folder / "pyvenv.cfg").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(environment, "probe", lambda python: ("3.12", True) if Path(python).exists() else (None, False))
    monkeypatch.setattr(environment.subprocess, "run", make)
    monkeypatch.setattr(environment, "run_showing", lambda *_: (calls.append("pip") or 0, ""))
    return calls


def test_second_start_sets_nothing_up(small, fake, capsys):
    environment.prepare(small)
    assert fake == ["venv", "pip"]
    assert "Setting up once" in capsys.readouterr().out
    environment.prepare(small)
    assert fake == ["venv", "pip"]
    assert capsys.readouterr().out == ""


def test_changed_lock_installs_into_the_same_environment(small, fake):
    environment.prepare(small)
    small.packages.write_text("# something else\n")
    assert not small.is_ready()
    environment.prepare(small)
    assert fake == ["venv", "pip", "pip"]


def test_failed_install_is_not_stamped_and_goes_on(small, fake, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(environment, "run_showing", lambda *_: (1, "ERROR"))
        with pytest.raises(SetupError):
            environment.prepare(small)
    assert not small.is_ready()
    environment.prepare(small)
    assert fake == ["venv", "pip"]  # the environment of the first attempt is kept
    assert small.is_ready()


def test_lost_python_makes_the_environment_anew(small, fake):
    environment.prepare(small)
    small.python.unlink()
    assert not small.is_ready()
    environment.prepare(small)
    assert fake == ["venv", "pip"] * 2


def test_half_installed_package_is_installed_again(small, fake):
    environment.prepare(small)
    site = small.folder / "lib" / "python3.12" / "site-packages"
    for name, files in {"whole": ["METADATA", "RECORD"], "half": ["METADATA"]}.items():
        info = site / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        for file in files:
            (info / file).touch()
    environment.install(small)
    assert [path.name for path in site.iterdir()] == ["whole-1.0.dist-info"]


def test_folder_with_other_files_is_left_alone(small):
    small.folder.mkdir()
    (small.folder / "thesis.txt").touch()
    with pytest.raises(SetupError, match="holds other files: set COURSE_VENV to a new folder"):
        environment.prepare(small)
    assert (small.folder / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("number", "message"),
    [(13, "copy the course to a folder you can write to"), (30, "set COURSE_VENV"), (28, "disk is full")],
)
def test_folder_that_cannot_be_made(small, monkeypatch, number, message):
    def refuse(*_, **__):
        raise OSError(number, "refused")

    monkeypatch.setattr(environment.Path, "mkdir", refuse)
    with pytest.raises(SetupError, match=message):
        environment.prepare(small)


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'", "connect this computer"),
        ("pip._vendor.urllib3.exceptions.ReadTimeoutError: Read timed out.", "goes on where it stopped"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "for the reason above"),
        ("", "then run this again"),
    ],
)
def test_failures_of_pip_become_one_sentence(small, errors, message):
    sentence = str(environment.explain(errors, small))
    assert message in sentence
    assert "\n" not in sentence


def test_messages_speak_korean(small, monkeypatch):
    monkeypatch.setattr(environment, "KOREAN", True)
    assert "인터넷에 연결" in str(environment.explain("connection broken by", small))


def test_main_prints_the_sentence_without_a_traceback(monkeypatch, tmp_path, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("COURSE_VENV", str(tmp_path / "file" / "venv"))
    assert environment.main(["lab"]) == 1
    error = capsys.readouterr().err
    assert "cannot be written" in error
    assert "Traceback" not in error


def test_interrupted_setup_says_that_it_goes_on(monkeypatch, capsys):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "prepare", interrupt)
    assert environment.main(["lab"]) == 130
    assert "goes on where it stopped" in capsys.readouterr().err


def test_course_venv_chooses_the_place(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_VENV", str(tmp_path / "here"))
    assert environment.environment_for("lab").folder == tmp_path / "here"
    colab = environment.environment_for("test-colab")
    assert (colab.folder, colab.prefer) == (tmp_path / "here-colab", "3.13")
    monkeypatch.delenv("COURSE_VENV")
    assert environment.environment_for("lab").folder == COURSE / ".venv"
    assert environment.environment_for("test-colab").folder == COURSE / ".venv-colab"


def test_errors_are_shown_and_kept(capsys):
    code = "import sys; print('no', file=sys.stderr); sys.exit(3)"
    assert environment.run_showing([sys.executable, "-c", code], dict(os.environ)) == (3, "no\n")
    assert capsys.readouterr().err == "no\n"


@pytest.mark.slow
def test_a_real_small_environment_that_was_interrupted_before_pip(small):
    """Make an environment from an empty list with the real venv and pip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(small.folder)], check=True)
    environment.prepare(small)
    assert small.is_ready()
    assert environment.probe(small.python) == environment.probe(environment.find_python())
    subprocess.run([str(small.python), "-m", "pip", "--version"], check=True, capture_output=True)


# --- JupyterLab and the test sections --------------------------------------------------------------------------------


def test_lab_refuses_an_unknown_edition(monkeypatch):
    monkeypatch.setenv("LANG_EDITION", "fr")
    with pytest.raises(lab.CourseError, match="LANG_EDITION is 'fr': set it to en or ko"):
        lab.main([])


def test_lab_says_when_the_notebook_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(lab, "COURSE", tmp_path)
    with pytest.raises(lab.CourseError, match=r"notebooks/ko/01_workflow\.ipynb is not there"):
        lab.first_notebook("ko")


def test_section_names_select_and_the_rest_goes_to_pytest():
    available = testing.sections()
    assert testing.select(available, []) == (available, [])
    chosen, options = testing.select(available, ["unit", "-k", "quiz"])
    assert ([section.name for section in chosen], options) == (["unit"], ["-k", "quiz"])
    chosen, _ = testing.select(available, ["-k", "quiz"])
    assert [section.name for section in chosen] == ["unit", "notebooks", "browser"]


def test_colab_reads_outputs_leniently():
    unit, notebooks = testing.colab_sections()
    assert unit.name == "unit"
    assert "--nbval-lax" in notebooks.command and "--nbval" not in notebooks.command


def test_all_sections_run_and_one_failure_fails(capsys):
    code = "import sys; sys.exit({})"
    chosen = [testing.Section("one", ("-c", code.format(1))), testing.Section("two", ("-c", code.format(0)))]
    skipped = testing.Section("browser", (), "Chromium is missing")
    assert testing.run([*chosen, skipped], []) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("two") and line.endswith("passed") for line in lines)
    assert any("sudo apt install chromium" in line for line in lines[-3:])
    assert lines[-1].startswith("== FAILED: one; no tests in")
    assert testing.run(chosen[1:], []) == 0


def test_summary_ends_with_the_sum_of_the_counts():
    section = testing.Section("unit", testing.PYTEST)
    outcomes = [testing.Outcome(section, 0, 1.5, {"failed": 0, "passed": n, "skipped": 1}) for n in (3, 4)]
    assert testing.summary(outcomes).splitlines()[-1] == "== 7 passed, 2 skipped in 3.0s =="
