"""The only module that knows ipywidgets 7 from 8, and Colab from the rest."""

import html
import sys

import ipywidgets


def in_colab() -> bool:
    """Tell whether this kernel runs in Google Colab."""
    return "google.colab" in sys.modules


def plain_label(text: str) -> str:
    """Return a checkbox description that shows `text` as text: ipywidgets 7 renders HTML there, 8 escapes it."""
    return html.escape(text) if int(ipywidgets.__version__.split(".")[0]) < 8 else text
