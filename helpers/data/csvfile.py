"""Read a text table whose separator, encoding and decimal sign are unknown: everything found out, nothing guessed away.

Values stay text here; `numbers` turns a column into numbers where it holds some.
"""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.data.registry import did_you_mean
from helpers.errors import CourseError
from helpers.i18n import say

MAX_BYTES = 50 * 10**6
MIN_ROWS, MAX_ROWS = 30, 200_000
SEPARATORS = {
    ",": ("commas", "쉼표"),
    ";": ("semicolons", "세미콜론"),
    "\t": ("tabs", "탭"),
    "|": ("bars", "세로줄(|)"),
}
# "None" and "-" are labels in some tables (a diagnosis "None", a class "-"): they mean "missing" among numbers only.
MISSING = {"", "na", "n/a", "#n/a", "nan", "null", "?"}
MISSING_NUMBERS = MISSING | {"none", "-", "--", ".", "inf", "-inf", "#div/0!", "#value!"}

_PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")  # 1234.5
_COMMA = re.compile(r"[+-]?([0-9]*,[0-9]+|[0-9]+)([eE][+-]?[0-9]+)?")  # 1234,5
_POINT_GROUPS = re.compile(r"[+-]?([1-9][0-9]{0,2}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")  # 1.234,5
_COMMA_GROUPS = re.compile(r"[+-]?([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")  # 1,234.5
_NEARLY_ALL = 0.9  # a column with this share of numbers is numeric, the odd text in it counts as missing


@dataclass(frozen=True, eq=False)
class Table:
    """A file as it was read.

    Attributes:
        values: text, stripped, one column for each field of the header.
        encoding: "UTF-8", "UTF-16" or "CP949".
        separator: one of `SEPARATORS`.
    """

    values: pd.DataFrame
    encoding: str
    separator: str


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column as numbers: float64 with NaN where a value is missing, and the odd texts that were taken as missing."""

    values: np.ndarray
    odd: tuple[str, ...]


def read_table(path: Path, target: str) -> Table:
    """Read a text table with a header line.

    Args:
        path: the file.
        target: the column the caller will ask for; it tells a header from a first row of data.

    Raises:
        CourseError: the file is missing, no text, too large or too small, or not one table: the message says which.
    """
    text, encoding = _decode(_read_bytes(path), path.name)
    rows, separator = _rows(text, path.name)
    header, body = _header(rows, target, path.name)
    _check_widths(body, len(header), path.name)
    if len(body) < MIN_ROWS:
        raise _too_few(path.name, len(body))
    if len(body) > MAX_ROWS:
        raise CourseError(
            say(
                en=f"{path.name} has {len(body):,} rows: keep at most {MAX_ROWS:,}, as df.sample(200_000) does.",
                ko=f"{path.name} 파일은 {len(body):,}행입니다. df.sample(200_000)처럼 {MAX_ROWS:,}행 이하로 줄이세요.",
            )
        )
    values = pd.DataFrame([fields for _, fields in body], columns=header, dtype=object)
    return Table(_without_hollow_last_column(values), encoding, separator)


def is_missing(values: pd.Series) -> np.ndarray:
    """Tell which texts of a column stand for a missing value: empty, NA, NaN, null or a question mark."""
    return values.str.casefold().isin(MISSING).to_numpy(bool)


def numbers(values: pd.Series, separator: str) -> Numbers | None:
    """Return a column as numbers, or None if it holds text.

    Points or commas are read as decimals or as thousands by the form that all values of the column share.

    Args:
        values: text, stripped.
        separator: of the file; where it is no comma, a comma is a decimal comma first.
    """
    codes, distinct = pd.factorize(values)
    missing = np.array([text.casefold() in MISSING_NUMBERS for text in distinct], dtype=bool)
    if missing.all():
        return Numbers(np.full(len(values), np.nan), ())
    texts = [text for text, gone in zip(distinct, missing, strict=True) if not gone]
    form, matches = _form(texts, separator)
    odd = tuple(text for text in texts if not form.fullmatch(text))
    counts = np.bincount(codes, minlength=len(distinct))
    odd_rows = sum(counts[i] for i, text in enumerate(distinct) if text in set(odd))
    if not matches or odd_rows > (1 - _NEARLY_ALL) * counts[~missing].sum():
        return None
    parsed = [
        np.nan if gone or not form.fullmatch(text) else _to_float(text, form)
        for text, gone in zip(distinct, missing, strict=True)
    ]
    parsed = np.array(parsed)
    parsed[np.abs(parsed) > np.finfo(np.float32).max] = np.nan  # a model could not hold it
    return Numbers(parsed[codes], odd)


def is_number(text: str) -> bool:
    """Tell whether a text is a number in any of the forms that are read here."""
    return any(form.fullmatch(text) for form in (_PLAIN, _COMMA, _POINT_GROUPS, _COMMA_GROUPS))


def _form(texts: list[str], separator: str) -> tuple[re.Pattern, int]:
    """Return the form of number that most texts have (the first of equals), and how many have it."""
    european = [_COMMA, _POINT_GROUPS]
    forms = [_PLAIN, _COMMA_GROUPS, *european] if separator == "," else [_PLAIN, *european, _COMMA_GROUPS]
    counts = [sum(form.fullmatch(text) is not None for text in texts) for form in forms]
    best = int(np.argmax(counts))
    return forms[best], counts[best]


def _to_float(text: str, form: re.Pattern) -> float:
    if form is _COMMA_GROUPS:
        text = text.replace(",", "")
    elif form is not _PLAIN:
        text = text.replace(".", "").replace(",", ".")
    return float(text)


def _read_bytes(path: Path) -> bytes:
    name = path.name
    if path.is_dir():
        raise CourseError(
            say(
                en=f"{path} is a folder: give the path of one CSV file in it.",
                ko=f"{path}은(는) 폴더입니다. 그 안에 있는 CSV 파일 하나의 경로를 지정하세요.",
            )
        )
    if not path.is_file():
        raise _not_there(path)
    if path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size / 1e6
        raise CourseError(
            say(
                en=f"{name} has {size:.0f} MB: keep at most {MAX_BYTES // 10**6} MB, with fewer rows or columns.",
                ko=f"{name} 파일은 {size:.0f} MB입니다. 행이나 열을 줄여 {MAX_BYTES // 10**6} MB 이하로 만드세요.",
            )
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(
            say(
                en=f"{name} cannot be read ({error.strerror}): close the program that holds it or change its rights.",
                ko=f"{name} 파일을 읽을 수 없습니다({error.strerror}). 파일을 연 프로그램을 닫거나 권한을 바꾸세요.",
            )
        ) from error


def _not_there(path: Path) -> CourseError:
    beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    near = did_you_mean(path.name, beside)
    return CourseError(
        say(
            en=f"{path} is not there{f', did you mean {near}?' if near else ':'} check the path, "
            "or in Colab upload the file in the Files panel on the left.",
            ko=f"{path} 파일이 없습니다. {f'혹시 {near} 파일인가요? ' if near else ''}경로를 확인하거나, "
            "Colab에서는 왼쪽 파일 창에 파일을 올리세요.",
        )
    )


def _decode(content: bytes, name: str) -> tuple[str, str]:
    if not content.strip():
        raise CourseError(
            say(
                en=f"{name} is empty: save the table again as CSV.",
                ko=f"{name} 파일이 비어 있습니다. 표를 CSV로 다시 저장하세요.",
            )
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CourseError(
            say(
                en=f"{name} is an Excel file or an archive, not text: open it and save the sheet as CSV.",
                ko=f"{name} 파일은 텍스트가 아니라 엑셀 파일이나 압축 파일입니다. 파일을 열어 시트를 CSV로 저장하세요.",
            )
        )
    text, encoding = _as_text(content)
    if text is None or re.search(r"[\x00-\x08\x0e-\x1b]", text):
        raise CourseError(
            say(
                en=f"{name} is not a text file in UTF-8, UTF-16 or CP949: save the table as CSV (UTF-8).",
                ko=f"{name} 파일은 UTF-8, UTF-16, CP949 텍스트가 아닙니다. 표를 CSV(UTF-8)로 저장하세요.",
            )
        )
    if re.match(r"\s*<(!doctype|html|\?xml)", text, re.IGNORECASE):
        raise CourseError(
            say(
                en=f"{name} is a web page, not a table: download the file itself (on GitHub the button says Raw).",
                ko=f"{name} 파일은 표가 아니라 웹 페이지입니다. 파일 자체를 내려받으세요(GitHub에서는 Raw 버튼).",
            )
        )
    return text, encoding


def _as_text(content: bytes) -> tuple[str | None, str]:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for codec, encoding in [("utf-16", "UTF-16")] if marked else [("utf-8-sig", "UTF-8"), ("cp949", "CP949")]:
        try:
            return content.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    return None, ""


def _rows(text: str, name: str) -> tuple[list[tuple[int, list[str]]], str]:
    """Cut the text by the separator that fits it best: (line number, fields) for each line that is not blank."""
    told = re.match(r"sep=(.)\r?\n", text)  # the line that Excel puts first
    candidates = [told.group(1)] if told and told.group(1) in SEPARATORS else list(SEPARATORS)
    separator = max(candidates, key=lambda each: _fit(text, each))
    rows = _parse(text, separator, name)[1 if told else 0 :]
    if not rows or len(rows[0][1]) < 2:
        raise CourseError(
            say(
                en=f"{name} has only one column: separate the columns by commas, semicolons, tabs or |.",
                ko=f"{name} 파일에는 열이 하나뿐입니다. 쉼표, 세미콜론, 탭, | 중 하나로 열을 구분하세요.",
            )
        )
    return rows, separator


def _fit(text: str, separator: str) -> tuple[float, int]:
    """Score a separator: the share of the first lines that are as wide as the header, then that width."""
    lines = csv.reader(io.StringIO(text, newline=None), delimiter=separator, skipinitialspace=True)
    widths = []
    try:
        for fields in lines:
            if any(fields):
                widths.append(len(fields))
            if len(widths) > 200:
                break
    except csv.Error:  # a wrong separator can break quotation marks apart
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _parse(text: str, separator: str, name: str) -> list[tuple[int, list[str]]]:
    """Return (number of the first line, stripped fields) for each row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator, skipinitialspace=True, strict=True)
    rows, line = [], 1
    try:
        for fields in reader:
            fields = [field.strip() for field in fields]
            if any(fields):
                rows.append((line, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        raise CourseError(
            say(
                en=f'{name}, line {line}: a quotation mark " is not closed or stands inside a text: correct that line.',
                ko=f'{name} {line}번째 줄에서 따옴표(")가 닫히지 않았거나 글자 사이에 있습니다. 그 줄을 고치세요.',
            )
        ) from error
    return rows


def _header(rows: list[tuple[int, list[str]]], target: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Part the column names from the rows below."""
    first = rows[0][1]
    numeric = sum(is_number(field) for field in first)
    if numeric == len(first) or (target not in first and numeric > len(first) / 2):
        raise CourseError(
            say(
                en=f"{name} starts with numbers instead of column names: add a first line with a name for each column.",
                ko=f"{name} 파일의 첫 줄이 열 이름이 아니라 숫자입니다. 열 이름을 적은 줄을 맨 위에 추가하세요.",
            )
        )
    names = [field or f"Unnamed: {i}" for i, field in enumerate(first)]  # as pandas calls a column without a name
    twice = [field for field, count in Counter(names).items() if count > 1]
    if twice:
        shown = ", ".join(map(repr, twice))
        raise CourseError(
            say(
                en=f"{name} has several columns called {shown}: give every column a name of its own.",
                ko=f"{name} 파일에 이름이 같은 열이 있습니다({shown}). 열마다 다른 이름을 붙이세요.",
            )
        )
    return names, rows[1:]


def _check_widths(rows: list[tuple[int, list[str]]], width: int, name: str) -> None:
    for line, fields in rows:
        if len(fields) != width:
            raise CourseError(
                say(
                    en=f"{name}, line {line}: {len(fields)} values where the header has {width}: correct that line.",
                    ko=f"{name} {line}번째 줄의 값은 {len(fields)}개인데 열 이름은 {width}개입니다. 그 줄을 고치세요.",
                )
            )


def _too_few(name: str, rows: int) -> CourseError:
    return CourseError(
        say(
            en=f"{name} has {rows} rows of data: bring at least {MIN_ROWS}, so that three sets can be made.",
            ko=f"{name} 파일의 데이터는 {rows}행입니다. 세 세트로 나눌 수 있도록 {MIN_ROWS}행 이상 준비하세요.",
        )
    )


def _without_hollow_last_column(values: pd.DataFrame) -> pd.DataFrame:
    """Leave out the column that a separator at the end of every line makes: no name, no values."""
    last = values.columns[-1]
    hollow = last == f"Unnamed: {values.shape[1] - 1}" and (values[last] == "").all()
    return values.iloc[:, :-1] if hollow else values
