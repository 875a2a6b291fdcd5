"""Resolve the course's packages again: requirements.lock for venvs, environment.yml for conda and Binder."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.paths import COURSE

CONDA_PYTHON = "3.12"
COMPILE = (
    "pip compile --universal --python-version 3.11 --generate-hashes --extra lab --extra cluster --extra dev "
    "--no-emit-index-url -o requirements.lock pyproject.toml"
)


def direct_names(pyproject: str) -> list[str]:
    """Return the names of the packages that pyproject.toml itself asks for, in its order."""
    project = tomllib.loads(pyproject)["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [canonicalize_name(Requirement(line).name) for group in groups for line in group]


def locked_versions(lock: str, python: str) -> dict[str, str]:
    """Return name → version of what the lock holds for a Python version ("3.12") on Linux."""
    place = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    versions = {}
    for line in re.findall(r"^[\w.-]+==.*", lock, re.MULTILINE):
        pinned = Requirement(line.rstrip(" \\"))
        if pinned.marker is None or pinned.marker.evaluate(place):
            versions[canonicalize_name(pinned.name)] = str(pinned.specifier).removeprefix("==")
    return versions


def environment_yml(pyproject: str, lock: str) -> str:
    """Return the text of environment.yml: the direct dependencies at the versions of the lock."""
    versions = locked_versions(lock, CONDA_PYTHON)
    pins = "".join(f"      - {name}=={versions[name]}\n" for name in direct_names(pyproject))
    return (
        "# For conda and Binder, written by `make lock`: what pyproject.toml asks for, as requirements.lock pins it.\n"
        "name: train-the-best-model\n"
        "channels:\n  - conda-forge\n"
        f"dependencies:\n  - python={CONDA_PYTHON}\n  - pip\n  - pip:\n{pins}"
    )


def compile_lock(options: list[str]) -> int:
    """Run uv, from PATH or from a throw-away environment: the course itself does not need it."""
    with tempfile.TemporaryDirectory(prefix="course-uv-") as folder:
        uv = shutil.which("uv")
        if not uv:
            venv.create(folder, with_pip=True)
            scripts = Path(folder, "Scripts" if os.name == "nt" else "bin")
            if subprocess.call([str(scripts / "python"), "-m", "pip", "install", "--quiet", "uv"]):
                return 1
            uv = str(scripts / "uv")
        return subprocess.call([uv, *COMPILE.split(), "--quiet", *options], cwd=COURSE)


def main(args: list[str]) -> int:
    """Resolve again and write both files.

    Args:
        args: options for `uv pip compile`; without `--upgrade` the versions stay as long as pyproject.toml allows them.
    """
    if compile_lock(args):
        print("requirements.lock was not resolved: put right what uv says above, then run it again.", file=sys.stderr)
        return 1
    pyproject, lock = ((COURSE / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "requirements.lock"))
    (COURSE / "environment.yml").write_text(environment_yml(pyproject, lock), encoding="utf-8")
    print("Wrote requirements.lock and environment.yml.")
    return 0
