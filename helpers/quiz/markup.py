"""The little markup of quiz texts: `code`, **bold** and line breaks. Everything else is shown as it is written."""

import html
import re

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BLOCK = "display:block;white-space:pre-wrap;margin:6px 0;padding:8px 10px"


def to_html(text: str) -> str:
    """Return safe HTML: tags written by an author or typed by a student come out as text."""
    parts = _CODE.split(text.strip())  # every second part is what stood between backticks
    return "".join(_code(part) if index % 2 else _prose(part) for index, part in enumerate(parts))


def to_plain(text: str) -> str:
    """Return the text without its marks, on one line: what labels of radio buttons and logs can show."""
    return " ".join(_BOLD.sub(r"\1", text.replace("`", "")).split())


def without_code(text: str) -> str:
    """Return the text with what stands between backticks left out."""
    return _CODE.sub(" ", text)


def _code(part: str) -> str:
    block = f' style="{_BLOCK}"' if "\n" in part else ""
    return f"<code{block}>{html.escape(part.strip(chr(10)))}</code>"


def _prose(part: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(part)).replace("\n", "<br>")
