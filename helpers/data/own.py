"""A student's own table as a `Dataset`: what is in it is found out, what is done to it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.data.columns import gives_label_away, names_rows, same_partition
from helpers.data.csvfile import MIN_ROWS, SEPARATORS, Table, is_missing, numbers, read_table
from helpers.data.dataset import Dataset, Rows, check_shares, split, standardise
from helpers.data.registry import did_you_mean
from helpers.errors import CourseError
from helpers.i18n import say

MAX_FEATURES = 500
MAX_CATEGORIES = 20
MAX_CLASSES = 50
MIN_CLASS_ROWS = 5


@dataclass(frozen=True, eq=False)
class _Feature:
    """One column of the file, ready for the matrix: numbers with gaps, or text with few categories."""

    name: str
    numeric: np.ndarray | None  # float64 with NaN, or None for text
    text: pd.Series
    odd: tuple[str, ...] = ()


def from_csv(
    path: str | Path,
    *,
    target: str,
    seed: int = 42,
    validation: float = 0.2,
    test: float = 0.2,
    scale: bool = True,
    drop: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> Dataset:
    """Make a `Dataset` from a table of your own: a text file with a header line and a column of classes.

    The separator (comma, semicolon, tab, bar), the encoding (UTF-8, UTF-16, CP949) and decimal commas are found out.
    Text with at most 20 different values becomes one column of 0 and 1 for each value. Columns that say nothing
    (constant), that only name the row (id) or that repeat the target are left out. Missing numbers are filled with the
    median of the training set. All of this stands in `notes` and in `describe()`.

    Args:
        path: the file, at most 50 MB and 200,000 rows.
        target: the column that holds the class, as text or whole numbers.
        seed: the same seed gives the same three sets.
        validation, test: shares of all rows.
        scale: give each feature mean 0 and standard deviation 1 on the training set.
        drop: columns to leave out.
        keep: columns to keep although they look like an id or like the target.

    Returns:
        A `Dataset`: x float32 (rows, features), y int64 (rows,).

    Raises:
        CourseError: the file or the target cannot serve; the sentence says why and what to do.
    """
    path, target = Path(path).expanduser(), str(target)
    check_shares(validation, test)
    table = read_table(path, target)
    _check_columns(table, path.name, target, drop, keep)
    notes = [_how_it_was_read(table)]
    values = _labelled(table.values.drop(columns=list(_names(drop))), target, notes)
    y, class_names = _classes(values.pop(target), table.separator, path.name, target)
    features = _features(values, y, table.separator, target, _names(keep), notes)
    _note_copies(values, y, [feature.name for feature in features], notes)
    parts = split(y, validation=validation, test=test, seed=seed)
    x, feature_names = _matrix(features, parts[0], notes)
    x = (standardise(x, parts[0]) if scale else x).astype(np.float32)
    train, val, held = ((x[rows], y[rows]) for rows in parts)
    return Dataset(
        name=path.stem,
        **dict(zip(("x_train", "y_train", "x_val", "y_val", "x_test", "y_test"), (*train, *val, *held), strict=True)),
        feature_names=feature_names,
        class_names=class_names,
        source=path.name,
        licence=say(en="your own file: you know its terms", ko="직접 가져온 파일이므로 이용 조건을 확인하세요"),
        notes=tuple(notes),
    )


def _names(columns: Sequence[str]) -> tuple[str, ...]:
    """Take one name for a list of one."""
    return (columns,) if isinstance(columns, str) else tuple(map(str, columns))


def _how_it_was_read(table: Table) -> str:
    rows, columns = table.values.shape
    en, ko = SEPARATORS[table.separator]
    return say(
        en=f"Read as {table.encoding}, separated by {en}: {rows} rows, {columns} columns.",
        ko=f"{table.encoding}, {ko} 구분으로 읽었습니다: {rows}행, {columns}열.",
    )


def _check_columns(table: Table, name: str, target: str, drop: Sequence[str], keep: Sequence[str]) -> None:
    """Refuse names that are no columns, and a target that is to be dropped."""
    for column in (target, *_names(drop), *_names(keep)):
        if column not in table.values.columns:
            near, known = did_you_mean(column, table.values.columns), ", ".join(map(str, table.values.columns[:50]))
            raise CourseError(
                say(
                    en=f"{name} has no column {column!r}{f', did you mean {near!r}?' if near else ':'} "
                    f"choose from {known}.",
                    ko=f"{name} 파일에 {column!r} 열이 없습니다. {f'혹시 {near!r} 열인가요? ' if near else ''}"
                    f"다음 중에서 고르세요: {known}.",
                )
            )
    if target in _names(drop):
        raise CourseError(
            say(
                en=f"{target!r} is the target and stands in drop too: take it out of drop.",
                ko=f"{target!r} 열은 타깃인데 drop에도 있습니다. drop에서 빼세요.",
            )
        )


def _labelled(values: pd.DataFrame, target: str, notes: list[str]) -> pd.DataFrame:
    """Leave out the rows without a label: nothing can be learned from them."""
    missing = is_missing(values[target])
    if missing.any():
        notes.append(
            say(
                en=f"{missing.sum()} rows have no {target!r} and were left out.",
                ko=f"{target!r} 값이 없는 {missing.sum()}개 행을 제외했습니다.",
            )
        )
    return values[~missing].reset_index(drop=True)


def _classes(labels: pd.Series, separator: str, name: str, target: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Turn labels into 0, 1, ... in the order of their numbers or of the alphabet: return them and their names."""
    if len(labels) < MIN_ROWS:
        raise CourseError(
            say(
                en=f"Only {len(labels)} rows of {name} have a value in {target!r}: label at least {MIN_ROWS} rows.",
                ko=f"{name} 파일에서 {target!r} 값이 있는 행은 {len(labels)}개뿐입니다. {MIN_ROWS}행 이상 채우세요.",
            )
        )
    found = numbers(labels, separator)
    numeric = found is not None and not found.odd and not np.isnan(found.values).any()
    distinct, y, counts = np.unique(
        found.values if numeric else labels.to_numpy(str), return_inverse=True, return_counts=True
    )
    if numeric and _is_continuous(distinct, counts):
        raise CourseError(
            say(
                en=f"{target!r} holds {len(distinct)} different numbers and this course classifies: "
                f"make a few classes of it first, for example with pd.cut(df[{target!r}], 3).",
                ko=f"{target!r} 열에는 서로 다른 숫자가 {len(distinct)}개 있는데 이 강좌는 분류를 다룹니다. "
                f"pd.cut(df[{target!r}], 3) 등으로 먼저 몇 개의 클래스로 나누세요.",
            )
        )
    names = tuple(f"{value:g}" if numeric else str(value) for value in distinct)
    if numeric and len(set(names)) < len(names):  # %g keeps six digits, too few to tell these apart
        names = tuple(map(str, distinct))
    _check_classes(names, counts, target)
    return y.astype(np.int64), names


def _is_continuous(distinct: np.ndarray, counts: np.ndarray) -> bool:
    """Tell a measurement from class numbers: too many values, or more than ten that are rare or have decimals."""
    if len(distinct) <= 10:
        return False
    return len(distinct) > MAX_CLASSES or np.median(counts) < MIN_CLASS_ROWS or bool((distinct % 1).any())


def _check_classes(names: tuple[str, ...], counts: np.ndarray, target: str) -> None:
    if len(names) == 1:
        raise CourseError(
            say(
                en=f"{target!r} holds only one class ({names[0]}): bring rows of at least two classes.",
                ko=f"{target!r} 열에는 클래스가 하나({names[0]})뿐입니다. 두 클래스 이상의 행이 필요합니다.",
            )
        )
    if len(names) > MAX_CLASSES:
        raise CourseError(
            say(
                en=f"{target!r} holds {len(names)} classes: merge them into at most {MAX_CLASSES} "
                "or choose another target.",
                ko=f"{target!r} 열에는 클래스가 {len(names)}개 있습니다. {MAX_CLASSES}개 이하로 합치거나 "
                "다른 타깃을 고르세요.",
            )
        )
    rare = [f"{name} ({count})" for name, count in zip(names, counts, strict=True) if count < MIN_CLASS_ROWS]
    if rare:
        raise CourseError(
            say(
                en=f"Some classes of {target!r} have fewer than {MIN_CLASS_ROWS} rows: "
                f"merge, remove or collect more of {', '.join(rare)}.",
                ko=f"{target!r} 열에 {MIN_CLASS_ROWS}행보다 적은 클래스가 있습니다. "
                f"다음 클래스를 합치거나 빼거나 더 모으세요: {', '.join(rare)}.",
            )
        )


def _features(
    values: pd.DataFrame, y: np.ndarray, separator: str, target: str, keep: Sequence[str], notes: list[str]
) -> list[_Feature]:
    """Judge each column: return those that serve as features, note the others.

    Raises:
        CourseError: none is left.
    """
    features = []
    for name in values.columns:
        found = numbers(values[name], separator)
        text = values[name].mask(is_missing(values[name]), "")
        feature = _Feature(name, found.values if found else None, text, found.odd if found else ())
        if _serves(feature, y, target, name in keep, notes):
            features.append(feature)
    if not features:
        raise CourseError(
            say(
                en="No column is left to learn from: bring at least one column of numbers or of a few categories "
                f"besides {target!r}, or name one in keep=[...].",
                ko=f"학습에 쓸 열이 남지 않았습니다. {target!r} 외에 숫자 열이나 범주가 적은 열을 하나 이상 준비하거나 "
                "keep=[...]에 열 이름을 지정하세요.",
            )
        )
    return features


def _serves(feature: _Feature, y: np.ndarray, target: str, kept: bool, notes: list[str]) -> bool:
    """Tell whether a column is a feature; note why it is not, or what is suspicious about it."""
    name = feature.name
    codes = pd.factorize(feature.text if feature.numeric is None else feature.numeric, use_na_sentinel=False)[0]
    present = feature.text != "" if feature.numeric is None else ~np.isnan(feature.numeric)
    if len(np.unique(codes[present])) <= 1:
        notes.append(
            say(
                en=f"{name!r} is the same in every row and was left out.",
                ko=f"{name!r} 열은 모든 행의 값이 같아서 제외했습니다.",
            )
        )
        return False
    reasons = _suspicions(feature, codes, y, target)
    too_many = feature.numeric is None and len(np.unique(codes)) > MAX_CATEGORIES
    if too_many and not reasons:
        reasons = [_too_many_categories(name, len(np.unique(codes)))]
    notes += reasons
    if reasons:
        stays = kept and not too_many
        notes.append(_kept(name) if stays else _left_out(name, can_stay=not too_many))
        return stays
    return True


def _suspicions(feature: _Feature, codes: np.ndarray, y: np.ndarray, target: str) -> list[str]:
    """Say why a column should not be learned from: it repeats the target, or only names the rows."""
    name = feature.name
    if same_partition(codes, y):
        return [
            say(
                en=f"{name!r} tells {target!r} exactly, value for value: a leak, the answer stands among the features.",
                ko=f"{name!r} 값만 알면 {target!r} 값이 그대로 정해집니다. 정답이 특성에 섞여 있는 누출입니다.",
            )
        ]
    if not names_rows(name, feature.numeric, feature.text):
        return []
    reasons = [
        say(
            en=f"{name!r} looks like an id, which names a row and says nothing about a new one.",
            ko=f"{name!r} 열은 행을 구별하는 번호(id)로 보입니다. 새 데이터에 대해서는 알려 주는 것이 없습니다.",
        )
    ]
    if gives_label_away(feature.text if feature.numeric is None else feature.numeric, y):
        reasons.append(
            say(
                en=f"{name!r} gives the label away: the rows stand sorted by {target!r}, "
                "so the id alone tells the class; a model would learn that instead of the data (a leak).",
                ko=f"{name!r} 열이 정답을 알려 줍니다. 행이 {target!r} 순서로 정렬되어 있어 번호만 보고도 클래스를 "
                "맞힐 수 있으므로, 모델이 데이터 대신 번호를 외우게 됩니다(누출).",
            )
        )
    return reasons


def _too_many_categories(name: str, count: int) -> str:
    return say(
        en=f"{name!r} holds text with {count} different values, more than {MAX_CATEGORIES}.",
        ko=f"{name!r} 열은 서로 다른 값이 {count}개인 텍스트입니다({MAX_CATEGORIES}개까지 쓸 수 있습니다).",
    )


def _left_out(name: str, can_stay: bool) -> str:
    if can_stay:
        return say(
            en=f"{name!r} was left out; keep=[{name!r}] keeps it.",
            ko=f"{name!r} 열을 제외했습니다. keep=[{name!r}]로 남길 수 있습니다.",
        )
    return say(en=f"{name!r} was left out.", ko=f"{name!r} 열을 제외했습니다.")


def _kept(name: str) -> str:
    return say(en=f"{name!r} was kept, as you asked.", ko=f"요청하신 대로 {name!r} 열을 남겼습니다.")


def _note_copies(values: pd.DataFrame, y: np.ndarray, columns: list[str], notes: list[str]) -> None:
    copies = int(pd.concat([values[columns], pd.Series(y)], axis=1).duplicated().sum())
    if copies:
        notes.append(
            say(
                en=f"{copies} rows are exact copies of an earlier row: "
                "a copy in the test set of a row in the training set makes the result look better than it is.",
                ko=f"{copies}개 행은 앞에 나온 행과 똑같습니다. "
                "훈련 세트에 있는 행이 테스트 세트에도 있으면 결과가 실제보다 좋아 보입니다.",
            )
        )


def _matrix(features: list[_Feature], train: Rows, notes: list[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Put the features side by side: float64 (rows, features) without gaps, and the names of its columns.

    Raises:
        CourseError: there are more than `MAX_FEATURES`.
    """
    columns: list[np.ndarray] = []
    names: list[str] = []
    for feature in features:
        new = [(feature.name, _filled(feature, train, notes))] if feature.numeric is not None else _one_hot(feature)
        names += [name for name, _ in new]
        columns += [column for _, column in new]
        if len(columns) > MAX_FEATURES:
            raise CourseError(
                say(
                    en=f"The table makes more than {MAX_FEATURES} features: leave columns out with drop=[...].",
                    ko=f"특성이 {MAX_FEATURES}개를 넘습니다. drop=[...]으로 열을 줄이세요.",
                )
            )
    return np.column_stack(columns), tuple(names)


def _filled(feature: _Feature, train: Rows, notes: list[str]) -> np.ndarray:
    """Fill the gaps of a numeric column with the median of its training rows."""
    gaps = np.isnan(feature.numeric)
    if not gaps.any():
        return feature.numeric
    known = feature.numeric[train][~gaps[train]]
    median = float(np.median(known)) if len(known) else 0.0
    odd = ", ".join(map(repr, feature.odd[:3]))
    notes.append(
        say(
            en=f"{feature.name!r}: {gaps.sum()} missing values{f' (among them {odd})' if odd else ''} "
            f"were filled with {median:g}, the median of the training set.",
            ko=f"{feature.name!r} 열의 결측값 {gaps.sum()}개{f'({odd} 포함)' if odd else ''}를 "
            f"훈련 세트의 중앙값 {median:g}(으)로 채웠습니다.",
        )
    )
    return np.where(gaps, median, feature.numeric)


def _one_hot(feature: _Feature) -> list[tuple[str, np.ndarray]]:
    """Make a column of 0 and 1 for each category ("" is missing); of two categories the second is enough."""
    categories = sorted(feature.text.unique())
    shown = categories[1:] if len(categories) == 2 else categories
    return [(f"{feature.name}={each or '?'}", (feature.text == each).to_numpy(float)) for each in shown]
