"""What a data set is in this course: three parts, their names, where they come from; and how the parts are made."""

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split

from helpers.errors import CourseError
from helpers.i18n import say

Rows = np.ndarray  # int64 positions of rows in a table


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A training, a validation and a test set that have no row in common.

    Attributes:
        name: the name it was loaded by, or the name of the file.
        x_train, x_val, x_test: float32, (rows, features) for a table, (rows, 28, 28) for images.
        y_train, y_val, y_test: int64, (rows,), positions in `class_names`.
        feature_names: one for each column of x; empty for images.
        class_names: the name of class 0, 1, ...
        source: where the data come from.
        licence: what they may be used for.
        notes: what was found and done while a student's own file was read, one sentence each.
    """

    name: str
    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    source: str
    licence: str
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        train, val, test = len(self.y_train), len(self.y_val), len(self.y_test)
        shape, classes = " × ".join(map(str, self.x_train.shape[1:])), len(self.class_names)
        return say(
            en=f"{self.name}: {train} training, {val} validation, {test} test rows"
            f" · {self._kind_en(shape)} · {classes} classes",
            ko=f"{self.name}: 훈련 {train}개, 검증 {val}개, 테스트 {test}개"
            f" · {self._kind_ko(shape)} · 클래스 {classes}개",
        )

    def describe(self) -> str:
        """Return the summary, the rows of each class in the three parts, the source, the licence and the notes."""
        counts = [np.bincount(y, minlength=len(self.class_names)) for y in (self.y_train, self.y_val, self.y_test)]
        lines = [
            repr(self),
            say(en="rows of each class (training / validation / test):", ko="클래스별 개수(훈련/검증/테스트):"),
        ]
        lines += [f"  {name}: {a} / {b} / {c}" for name, a, b, c in zip(self.class_names, *counts, strict=True)]
        lines += [say(en=f"source: {self.source}", ko=f"출처: {self.source}")]
        lines += [say(en=f"licence: {self.licence}", ko=f"라이선스: {self.licence}")]
        return "\n".join(lines + [f"- {note}" for note in self.notes])

    def _kind_en(self, shape: str) -> str:
        return f"images {shape}" if self.x_train.ndim == 3 else f"{shape} features"

    def _kind_ko(self, shape: str) -> str:
        return f"이미지 {shape}" if self.x_train.ndim == 3 else f"특성 {shape}개"


def split(y: np.ndarray, *, validation: float, test: float, seed: int) -> tuple[Rows, Rows, Rows]:
    """Shuffle the rows and deal them into three parts that keep the shares of the classes.

    Args:
        y: int64 labels, (rows,).
        validation, test: shares of all rows; what is left is the training part.
        seed: the same seed gives the same parts.

    Returns:
        The rows of the training, the validation and the test part.

    Raises:
        CourseError: the shares leave nothing to train on, or a part would be too small to hold every class.
    """
    check_shares(validation, test)
    rest, test_rows = _cut(np.arange(len(y)), y, int(np.ceil(len(y) * test)), seed)
    train_rows, val_rows = _cut(rest, y, int(np.ceil(len(y) * validation)), seed)
    return train_rows, val_rows, test_rows


def hold_out(y: np.ndarray, *, validation: float, seed: int) -> tuple[Rows, Rows]:
    """Set a stratified validation part aside where the test set is given: return training and validation rows."""
    return _cut(np.arange(len(y)), y, int(np.ceil(len(y) * validation)), seed)


def standardise(x: np.ndarray, train: Rows) -> np.ndarray:
    """Give each column mean 0 and standard deviation 1 *on the training rows*; the other rows follow the same rule.

    A column that is constant there is only shifted. Source: z = (x - mean) / std, as scikit-learn's StandardScaler.

    Args:
        x: float64, (rows, features).
        train: the rows whose mean and standard deviation count.
    """
    mean, std = x[train].mean(axis=0), x[train].std(axis=0)
    # A constant column leaves a rounding error instead of 0 here: dividing by it would blow the noise up.
    constant = std <= 10 * np.finfo(float).eps * np.abs(mean)
    return (x - mean) / np.where(constant, 1.0, std)


def check_shares(validation: float, test: float) -> None:
    """Refuse shares that are no shares.

    Raises:
        CourseError: one of them is not above 0, or both together leave nothing to train on.
    """
    if not (validation > 0 and test > 0 and validation + test < 1):
        raise CourseError(
            say(
                en=f"validation={validation} and test={test} do not leave three parts: "
                "choose two shares above 0 that add up to less than 1, such as 0.2 and 0.2.",
                ko=f"validation={validation}, test={test}로는 세 세트로 나눌 수 없습니다. "
                "0보다 크고 합이 1보다 작은 두 비율(예: 0.2와 0.2)을 지정하세요.",
            )
        )


def _cut(rows: Rows, y: np.ndarray, size: int, seed: int) -> tuple[Rows, Rows]:
    """Take `size` of the rows away, class by class: return what stays and what was taken."""
    try:
        stays, taken = train_test_split(rows, test_size=size, stratify=y[rows], random_state=seed)
    except ValueError as error:  # fewer rows than classes in one of the parts
        classes = len(np.unique(y))
        raise CourseError(
            say(
                en=f"A part of {size} rows cannot hold all {classes} classes: choose a larger validation and test "
                "share and leave enough to train on.",
                ko=f"{size}행으로는 클래스 {classes}개를 모두 담을 수 없습니다. 훈련에 쓸 행을 충분히 남기면서 "
                "validation과 test 비율을 더 크게 지정하세요.",
            )
        ) from error
    return stays, taken
