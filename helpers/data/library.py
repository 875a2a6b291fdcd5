"""The data sets of the lectures by name."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import paths
from helpers.data import registry
from helpers.data.dataset import Dataset, check_shares, hold_out, split, standardise
from helpers.data.fetch import fetch, shipped
from helpers.data.registry import Entry
from helpers.errors import CourseError
from helpers.i18n import say

Arrays = tuple[np.ndarray, np.ndarray]


def load(
    name: str,
    *,
    full: bool = False,
    seed: int = 42,
    validation: float = 0.2,
    test: float = 0.2,
    scale: bool = True,
) -> Dataset:
    """Load a data set, split into a training, a validation and a test set that keep the shares of the classes.

    Args:
        name: "breast_cancer", "wine" or "mnist" (5,000 digits), all shipped; with `full=True` also "mnist" (70,000),
            "fashion_mnist" (70,000) and "wine_quality" (6,497 wines; class 1 is red, 0 is white).
        full: download the lectures' own set once where the course ships less or nothing.
        seed: the same seed gives the same three sets.
        validation: share of all rows; of the official training set for the two full image sets.
        test: share of all rows; the two full image sets keep their official test set of 10,000.
        scale: tables get mean 0 and standard deviation 1 on the training set, images 0..1 instead of 0..255.

    Returns:
        A `Dataset`: x float32, y int64.

    Raises:
        CourseError: an unknown name, a set that needs `full=True`, shares that leave nothing to train on, a damaged
            shipped file, or a download that no source could give.
    """
    entry = registry.find(name, full=full)
    check_shares(validation, test)
    if entry.kind == "table":
        table = _read_table(entry)
        y = table.pop("target").to_numpy(np.int64)
        return _cut_in_three(entry, table.to_numpy(np.float64), y, tuple(table.columns), seed, validation, test, scale)
    if len(entry.files) == 1 and not entry.files[0].url:
        images, y = _shipped_digits(entry)
        return _cut_in_three(entry, _pixels(images, scale), y.astype(np.int64), (), seed, validation, test, False)
    return _official(entry, seed, validation, scale)


def frame(name: str, *, full: bool = False) -> pd.DataFrame:
    """Return the raw table in its stored order: features as they were measured, and the class in `target`.

    Args:
        name: "breast_cancer", "wine" (its rows are sorted by class), or "wine_quality" with `full=True`.
        full: as in `load`.

    Raises:
        CourseError: as in `load`, or the set holds images.
    """
    entry = registry.find(name, full=full)
    if entry.kind != "table":
        raise CourseError(
            say(
                en=f'frame() shows tables and {name} holds images: use load("{name}").x_train.',
                ko=f'frame()은 표 데이터용이고 {name} 데이터는 이미지입니다. load("{name}").x_train을 사용하세요.',
            )
        )
    return _read_table(entry)


def _cut_in_three(
    entry: Entry,
    x: np.ndarray,
    y: np.ndarray,
    features: tuple[str, ...],
    seed: int,
    validation: float,
    test: float,
    scale: bool,
) -> Dataset:
    train, val, held = split(y, validation=validation, test=test, seed=seed)
    x = (standardise(x, train) if scale else x).astype(np.float32)
    return _dataset(entry, (x[train], y[train]), (x[val], y[val]), (x[held], y[held]), features)


def _dataset(entry: Entry, train: Arrays, val: Arrays, test: Arrays, features: tuple[str, ...]) -> Dataset:
    return Dataset(
        entry.name, *train, *val, *test, features, entry.class_names, source=entry.source, licence=entry.licence
    )


def _read_table(entry: Entry) -> pd.DataFrame:
    if not entry.files[0].url:
        return pd.read_csv(shipped(entry.files[0]))
    red, white = (pd.read_csv(path, sep=";") for path in fetch(entry.files, paths.home() / "data"))
    return pd.concat([red.assign(target=1), white.assign(target=0)], ignore_index=True)


def _shipped_digits(entry: Entry) -> Arrays:
    with np.load(shipped(entry.files[0])) as stored:
        return stored["images"], stored["labels"]


def _pixels(images: np.ndarray, scale: bool) -> np.ndarray:
    return images.astype(np.float32) / np.float32(255 if scale else 1)


def _official(entry: Entry, seed: int, validation: float, scale: bool) -> Dataset:
    """Load an image set through `keras.datasets`, from files that were fetched and checked into Keras's own cache."""
    # Keras keeps mnist.npz in datasets/ and the four files of Fashion-MNIST in datasets/fashion-mnist/.
    folder = _keras_home() / "datasets" / ("fashion-mnist" if entry.name == "fashion_mnist" else "")
    fetch(entry.files, folder)
    import keras  # takes seconds: only who asks for these sets waits

    (x, y), (x_test, y_test) = getattr(keras.datasets, entry.name).load_data()
    x, y, y_test = _pixels(x, scale), y.astype(np.int64), y_test.astype(np.int64)
    train, val = hold_out(y, validation=validation, seed=seed)
    return _dataset(entry, (x[train], y[train]), (x[val], y[val]), (_pixels(x_test, scale), y_test), ())


def _keras_home() -> Path:
    """Return the folder where Keras looks first: KERAS_HOME, ~/.keras, or .keras among the temporary files."""
    home = Path(os.environ.get("KERAS_HOME") or "~/.keras")
    try:
        home = home.expanduser()
        home.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        pass
    if os.access(home, os.W_OK):
        return home
    # Word for word the rule of keras.utils.get_file, so that load_data() finds the files.
    return Path("/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir()) / ".keras"
