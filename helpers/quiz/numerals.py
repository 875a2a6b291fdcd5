"""Read a number as people type it."""

import math
import re
import unicodedata

from helpers.errors import CourseError
from helpers.i18n import say

_LONGEST = 40
_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2044": "/"})
_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]{1,4})?")
_GROUPS = re.compile(r"(?<![0-9.,])[0-9]{1,3}( [0-9]{3})+(?![0-9 ])")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")


def parse_number(text: str, *, percent: bool = False) -> float:
    """Return the number that a text such as 1e-3, 0,5, 1/8, 90 % or 1 000 stands for.

    Args:
        text: what was typed.
        percent: the number is asked for in percent, so a % sign changes nothing; otherwise 90 % is 0.9.

    Raises:
        CourseError: the text is no finite number; the message says how to write one.
    """
    clean = unicodedata.normalize("NFKC", text[: 2 * _LONGEST]).translate(_MINUS).strip()
    if not clean or len(clean) > _LONGEST:
        raise _refusal(text)
    clean = re.sub(r"^([+-]) +", r"\1", clean)
    clean = _GROUPS.sub(lambda match: match.group().replace(" ", ""), clean)
    has_sign = clean.endswith("%")
    top, slash, bottom = clean.rstrip("%").partition("/") if clean.count("%") <= 1 else ("", "", "")
    value = _plain(top, text) / (_divisor(bottom, text) if slash else 1.0)
    value = value / 100 if has_sign and not percent else value
    if not math.isfinite(value):
        raise _refusal(text)
    return value


def _plain(part: str, text: str) -> float:
    part = part.strip()
    if _THOUSANDS.fullmatch(part):
        without = part.replace(",", "")
        raise CourseError(
            say(
                en=f"{part} can be read in two ways: write {without} for thousands, or use a point for decimals.",
                ko=f"{part}은(는) 두 가지로 읽힙니다. 천 단위라면 {without}(으)로, 소수라면 소수점으로 쓰세요.",
            )
        )
    if not _NUMBER.fullmatch(part):
        raise _refusal(text)
    return float(part.replace(",", "."))


def _divisor(part: str, text: str) -> float:
    value = _plain(part, text)
    if value == 0 or not math.isfinite(1 / value):
        raise _refusal(text)
    return value


def _refusal(text: str) -> CourseError:
    shown = text.strip()[:_LONGEST]
    return CourseError(
        say(
            en=f"“{shown}” is not a number I can read: type it like 25, 0.001, 1e-3, 1/8 or 90 %.",
            ko=f"“{shown}”을(를) 숫자로 읽을 수 없습니다. 25, 0.001, 1e-3, 1/8, 90 %처럼 입력하세요.",
        )
    )
