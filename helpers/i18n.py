"""The strings of the interface in both languages, side by side where they are used.

A notebook is executed once and published in two editions. While it is built (`COURSE_LANG=both`) every string
carries both languages between three private-use characters, and `pick` later leaves the one an edition needs.
"""

import os
import re

from helpers.errors import CourseError

LANGUAGES = ("en", "ko")
_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_PAIR = re.compile(f"{_OPEN}([^{_OPEN}{_MIDDLE}{_CLOSE}]*){_MIDDLE}([^{_OPEN}{_MIDDLE}{_CLOSE}]*){_CLOSE}")
_language = os.environ.get("COURSE_LANG", "en")


def language() -> str:
    """Return the language in use: "en", "ko", or "both" while notebooks are being built."""
    return _language


def set_language(lang: str) -> None:
    """Choose the language of messages, quizzes and captions.

    Args:
        lang: "en" or "ko". While notebooks are being built (`COURSE_LANG=both`) the choice is left to the builder.

    Raises:
        CourseError: the language is neither.
    """
    global _language
    if lang not in LANGUAGES:
        raise CourseError(f"The course speaks 'en' and 'ko', not {lang!r}: use lang=\"en\" or lang=\"ko\".")
    if os.environ.get("COURSE_LANG") != "both":
        _language = lang


def say(*, en: str, ko: str) -> str:
    """Return the text in the language in use (both, marked, while notebooks are being built)."""
    if _language == "both":
        return f"{_OPEN}{en}{_MIDDLE}{ko}{_CLOSE}"
    return ko if _language == "ko" else en


def pick(text: str, lang: str) -> str:
    """Leave only one language of a text that `say` marked with both; other text comes back unchanged.

    Args:
        text: any text, marked or not; marks may be nested.
        lang: "en" or "ko".
    """
    group = LANGUAGES.index(lang) + 1
    while _PAIR.search(text):
        text = _PAIR.sub(lambda match: match.group(group), text)
    return text


def is_marked(text: str) -> bool:
    """Tell whether a text carries both languages."""
    return _OPEN in text
