"""Load a saved model, and say in one sentence what is the matter with a file that cannot be loaded.

Keras answers most broken files with "File not found", also where the file is there but cut off, empty or a web page.
"""

import difflib
import json
import os
import zipfile
import zlib
from pathlib import Path
from typing import Any

import h5py
import keras

from helpers.errors import CourseError
from helpers.i18n import say

ZIP, HDF5 = b"PK", b"\x89HDF\r\n\x1a\n"  # how the two kinds of model files begin
WEIGHTS = {"model.weights.h5", "model.weights.npz"}
UNSAFE = "__lambda__"  # the class under which Keras stores a Python lambda as bytecode
LONGEST = 160  # characters of a message of Keras


def load_model(path: str | os.PathLike, *, safe_mode: bool = True, **options: Any) -> keras.Model:
    """Load a model as `keras.models.load_model` does.

    Args:
        path: a file that `model.save` wrote: .keras, or .h5 of older times.
        safe_mode: whether to refuse a file that brings code of its own.
        options: further arguments of `keras.models.load_model`.

    Raises:
        CourseError: there is no such file, or it is cut off, damaged, no model at all, one that holds only weights, one
            with a wrong ending, one that would run code of its own, or one that this Keras cannot build.
    """
    path = _as_path(path)
    if fault := _fault(path, safe_mode):
        raise CourseError(fault)
    try:
        return keras.models.load_model(path, safe_mode=safe_mode, **options)
    except Exception as error:
        raise CourseError(_cannot_build(path, error)) from error


def _as_path(path: Any) -> Path:
    if isinstance(path, str | os.PathLike):
        return Path(path)
    raise CourseError(
        say(
            en=f"A {type(path).__name__} is no file name: write load_model('model.keras').",
            ko=f"{type(path).__name__}은(는) 파일 이름이 아닙니다. load_model('model.keras')처럼 쓰세요.",
        )
    )


def _fault(path: Path, safe_mode: bool) -> str | None:
    """Say what is wrong with a file before Keras opens it; None where nothing is."""
    name = path.name
    if path.is_dir():
        return _of_folder(path)
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        return _missing(path)
    except OSError as error:
        return say(
            en=f"{name} cannot be read ({error.strerror}): look at who may read it and on which disk it is.",
            ko=f"{name}을(를) 읽을 수 없습니다({error.strerror}). 읽기 권한과 디스크를 확인하세요.",
        )
    if head.startswith(ZIP):
        return _of_zip(path, safe_mode)
    if head.startswith(HDF5):
        return _of_hdf5(path, safe_mode)
    return _of_other(name, head)


def _missing(path: Path) -> str:
    models = sorted(each for each in path.parent.glob("*") if each.suffix in (".keras", ".h5", ".hdf5"))
    there = {each.stem: each.name for each in models}
    close = difflib.get_close_matches(path.stem, there) or list(there)[:3]
    listed = ", ".join(there[stem] for stem in close)
    if listed:
        return say(
            en=f"There is no file {path.name} in that folder, but there is {listed}: check the name.",
            ko=f"그 폴더에 {path.name} 파일이 없습니다. 있는 파일: {listed}. 이름을 확인하세요.",
        )
    return say(
        en=f"There is no file {path.name} in that folder: check the folder, or save the model first.",
        ko=f"그 폴더에 {path.name} 파일이 없습니다. 폴더를 확인하거나 모델을 먼저 저장하세요.",
    )


def _of_folder(path: Path) -> str:
    if (path / "saved_model.pb").exists():
        return say(
            en=f"{path.name} is a SavedModel folder of older times, which Keras 3 cannot load: get a .keras file.",
            ko=f"{path.name}은(는) 예전의 SavedModel 폴더라서 케라스 3이 불러오지 못합니다. .keras 파일을 구하세요.",
        )
    return say(
        en=f"{path.name} is a folder: give the path of the .keras file in it.",
        ko=f"{path.name}은(는) 폴더입니다. 그 안의 .keras 파일 경로를 주세요.",
    )


def _of_zip(path: Path, safe_mode: bool) -> str | None:
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
            if "config.json" not in parts:
                return say(
                    en=f"{name} is a zip file, but no Keras model: look inside it for a .keras file.",
                    ko=f"{name}은(는) zip 파일이지만 케라스 모델이 아닙니다. 그 안에 .keras 파일이 있는지 보세요.",
                )
            broken = archive.testzip()
            config = "" if broken else archive.read("config.json").decode()
            json.loads(config or "{}")
    except zipfile.BadZipFile:
        return _cut_off(name)
    except (OSError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        return _damaged(name)
    if broken or not parts & WEIGHTS:
        return _damaged(name)
    return _of_config(path, config, safe_mode, ".keras")


def _of_hdf5(path: Path, safe_mode: bool) -> str | None:
    try:
        with h5py.File(path) as file:
            config = file.attrs.get("model_config")
    except OSError:
        return _cut_off(path.name)
    if config is None:
        return say(
            en=f"{path.name} holds weights without a model: build the model as it was, then call "
            "model.load_weights(path) with a name that ends in .weights.h5.",
            ko=f"{path.name}에는 모델 구조 없이 가중치만 있습니다. 같은 구조의 모델을 만든 다음, 이름이 .weights.h5로 "
            "끝나는 그 파일을 model.load_weights(path)로 읽으세요.",
        )
    config = config.decode() if isinstance(config, bytes) else config
    return _of_config(path, config, safe_mode, ".h5")


def _of_config(path: Path, config: str, safe_mode: bool, ending: str) -> str | None:
    """Look at what a whole file says it is: does it bring code, has its name the ending that Keras goes by?"""
    if safe_mode and UNSAFE in config:
        return say(
            en=f"{path.name} brings code of its own (a Lambda layer), which would run while it is loaded: give "
            "safe_mode=False only if you know who made it.",
            ko=f"{path.name}에는 불러올 때 실행되는 코드(Lambda 층)가 들어 있습니다. 만든 사람을 믿을 수 있을 때만 "
            "safe_mode=False를 주세요.",
        )
    if path.suffix not in ({".keras"} if ending == ".keras" else {".h5", ".hdf5"}):
        return say(
            en=f"{path.name} holds a whole model, but Keras goes by the ending: rename it to {path.stem}{ending}.",
            ko=f"{path.name}에는 온전한 모델이 있지만 케라스는 확장자로 판단합니다. 이름을 {path.stem}{ending}로 "
            "바꾸세요.",
        )
    return None


def _of_other(name: str, head: bytes) -> str:
    """Name the usual things that are found under the name of a model."""
    begin = head.lstrip().lower()
    if not head:
        return say(
            en=f"{name} is empty: saving was broken off; save the model again, or take the last good copy.",
            ko=f"{name}은(는) 빈 파일입니다. 저장이 도중에 끊겼습니다. 다시 저장하거나 이전 사본을 쓰세요.",
        )
    if begin.startswith((b"<!doctype", b"<html")):
        return say(
            en=f"{name} is a web page, not a model: download the file itself (the link called Raw or Download).",
            ko=f"{name}은(는) 모델이 아니라 웹 페이지입니다. 파일 자체를 내려받으세요(Raw나 Download 링크).",
        )
    if begin.startswith(b"version https://git-lfs"):
        return say(
            en=f"{name} is a Git LFS pointer, not the model: run git lfs pull.",
            ko=f"{name}은(는) 모델이 아니라 Git LFS 포인터입니다. git lfs pull을 실행하세요.",
        )
    if begin.startswith(b"{"):
        return say(
            en=f"{name} holds text, perhaps an architecture without weights: read it with "
            "keras.models.model_from_json(text).",
            ko=f"{name}은(는) 텍스트입니다. 가중치 없이 구조만 있는 파일이라면 keras.models.model_from_json(text)로 "
            "읽으세요.",
        )
    return say(
        en=f"{name} does not begin like a model file: ask where it comes from, and save the model again with "
        "model.save('name.keras').",
        ko=f"{name}은(는) 모델 파일의 형식이 아닙니다. 어디에서 온 파일인지 확인하고 model.save('name.keras')로 다시 "
        "저장하세요.",
    )


def _cut_off(name: str) -> str:
    return say(
        en=f"{name} is cut off: its beginning is there and its end is missing; save, copy or download it again.",
        ko=f"{name}은(는) 잘린 파일입니다. 앞부분만 있고 끝이 없습니다. 다시 저장하거나 복사하거나 내려받으세요.",
    )


def _damaged(name: str) -> str:
    return say(
        en=f"{name} is damaged: something in it is missing or has changed; copy or download it again, or take the last "
        "good copy.",
        ko=f"{name}은(는) 손상된 파일입니다. 일부가 없거나 바뀌었습니다. 다시 복사하거나 내려받고, 안 되면 이전 사본을 "
        "쓰세요.",
    )


def _cannot_build(path: Path, error: Exception) -> str:
    """Say why Keras could not build the model of a whole file: its last word, without the pages before it."""
    reason = str(error).rsplit("Exception encountered:", 1)[-1].strip().partition("\n")[0].partition(". ")[0]
    reason = reason if len(reason) <= LONGEST else f"{reason[:LONGEST]}…"
    saved = _saved_by(path)
    by = f" (Keras {saved})" if saved else ""
    return say(
        en=f"{path.name}{by} is whole, but Keras {keras.__version__} cannot build its model: {reason}. Classes of your "
        "own have to be defined before loading and given as custom_objects.",
        ko=f"{path.name}{by}은(는) 온전한 파일이지만 케라스 {keras.__version__}에서 모델을 만들 수 없습니다: {reason}. "
        "직접 만든 클래스는 불러오기 전에 정의하고 custom_objects로 주어야 합니다.",
    )


def _saved_by(path: Path) -> str | None:
    """Return the version of Keras that wrote a .keras file, where the file tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            return json.loads(archive.read("metadata.json"))["keras_version"]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return None
