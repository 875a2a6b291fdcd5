"""A model file that cannot be loaded is met with one sentence that says what to do, in both languages."""

import json
import zipfile

import keras
import numpy as np
import pytest

from helpers import files, i18n
from helpers.errors import CourseError


@pytest.fixture(scope="module")
def model():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mean_squared_error")
    model.optimizer.build(model.trainable_variables)
    return model


@pytest.fixture
def good(model, tmp_path):
    path = tmp_path / "good.keras"
    model.save(path)
    return path


def refused(path, **options):
    with pytest.raises(CourseError) as caught:
        files.load_model(path, **options)
    return str(caught.value)


def changed(good, name, change):
    """Write the parts of a good file anew, each as `change(part, content)` returns it; None leaves it out."""
    path = good.with_name(name)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
    return path


def test_a_good_file_is_loaded_as_keras_loads_it(model, good):
    x = np.arange(8, dtype="float32").reshape(2, 4)
    for path in (good, str(good)):
        loaded = files.load_model(path)
        assert np.array_equal(loaded.predict(x, verbose=0), model.predict(x, verbose=0))
        assert loaded.compiled
    assert not files.load_model(good, compile=False).compiled


def test_a_good_file_of_older_times_is_loaded(tmp_path):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    for ending in ("h5", "hdf5"):
        model.save(tmp_path / f"old.{ending}")
        assert files.load_model(tmp_path / f"old.{ending}").count_params() == 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"\n <html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        (b'{"class_name": "Sequential"}', "model_from_json"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "does not begin like a model file"),
        (b"PK\x03\x04" + bytes(50), "is cut off"),
        (b"\x89HDF\r\n\x1a\n" + bytes(50), "is cut off"),
    ],
)
@pytest.mark.parametrize("ending", ["keras", "h5", "zip"])
def test_what_is_no_model(tmp_path, content, says, ending):
    path = tmp_path / f"model.{ending}"
    path.write_bytes(content)
    assert refused(path).startswith(f"model.{ending} ") and says in refused(path)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off(good, share):
    content = good.read_bytes()
    good.write_bytes(content[: int(share * len(content))])
    assert "is cut off" in refused(good)


def test_a_cut_file_of_older_times(model, tmp_path):
    path = tmp_path / "old.h5"
    model.save(path)
    path.write_bytes(path.read_bytes()[:-1])
    assert "is cut off" in refused(path)


def test_a_changed_byte_is_found_wherever_it_is(good):
    content = good.read_bytes()
    with zipfile.ZipFile(good) as archive:
        starts = [(part.header_offset + 30 + len(part.filename), part.file_size) for part in archive.infolist()]
    for start, size in starts:
        damaged = bytearray(content)
        damaged[start + size // 2] ^= 0xFF
        good.write_bytes(damaged)
        assert "is damaged" in refused(good)


def test_missing_parts(good):
    assert "is damaged" in refused(changed(good, "a.keras", lambda part, old: old if part.endswith("n") else None))
    assert "no Keras model" in refused(changed(good, "b.keras", lambda part, old: None if "config" in part else old))
    assert "is damaged" in refused(
        changed(good, "c.keras", lambda part, old: old[:50] if part == "config.json" else old)
    )


def test_a_missing_file_tells_what_is_there(good):
    assert refused(good.with_name("god.keras")) == (
        "There is no file god.keras in that folder, but there is good.keras: check the name."
    )
    assert "save the model first" in refused(good.parent / "elsewhere" / "x.keras")


def test_folders(tmp_path):
    assert "is a folder" in refused(tmp_path)
    (tmp_path / "saved_model.pb").touch()
    assert "SavedModel" in refused(tmp_path)


@pytest.mark.parametrize("path", [None, 3, b"x.keras"])
def test_no_file_name(path):
    assert "is no file name" in refused(path)


def test_a_file_that_may_not_be_read(good, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert "Permission denied" in refused(good)


def test_weights_alone(model, tmp_path):
    model.save_weights(tmp_path / "x.weights.h5")
    assert "model.load_weights" in refused(tmp_path / "x.weights.h5")
    (tmp_path / "x.weights.h5").rename(tmp_path / "x.keras")
    assert "model.load_weights" in refused(tmp_path / "x.keras")


def test_a_wrong_ending(good, tmp_path):
    assert "rename it to good.keras" in refused(good.rename(tmp_path / "good.zip"))
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.save(tmp_path / "old.h5")
    assert "rename it to old.h5" in refused((tmp_path / "old.h5").rename(tmp_path / "old.keras"))


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_code_in_the_file_runs_only_on_demand(tmp_path, ending, capsys):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: (print("it runs"), x)[1])])
    model.save(tmp_path / f"stranger.{ending}")
    capsys.readouterr()
    assert "brings code of its own" in refused(tmp_path / f"stranger.{ending}")
    assert "it runs" not in capsys.readouterr().out
    files.load_model(tmp_path / f"stranger.{ending}", safe_mode=False)
    assert "it runs" in capsys.readouterr().out


def test_a_class_that_is_not_there(tmp_path):
    class Doubling(keras.layers.Layer):
        def call(self, x):
            return 2 * x

    path = tmp_path / "own.keras"
    keras.Sequential([keras.Input((4,)), Doubling()]).save(path)
    sentence = refused(path)
    assert "Could not locate class 'Doubling'" in sentence and "custom_objects" in sentence
    assert f"(Keras {keras.__version__})" in sentence and "\n" not in sentence and len(sentence) < 400
    assert files.load_model(path, custom_objects={"Doubling": Doubling})


def test_an_argument_of_a_later_keras(good):
    def later(part, old):
        if part == "metadata.json":
            return json.dumps({"keras_version": "9.9.9"})
        return old.replace(b'"units": 3', b'"units": 3, "later": 1') if part == "config.json" else old

    sentence = refused(changed(good, "later.keras", later))
    assert "(Keras 9.9.9)" in sentence and "later" in sentence and len(sentence) < 500


def test_the_korean_sentences_are_korean(good, tmp_path):
    i18n.set_language("ko")
    good.write_bytes(good.read_bytes()[:500])
    assert "잘린 파일" in refused(good)
    assert "파일이 없습니다" in refused(tmp_path / "nix.keras")
