"""The only module that knows ipywidgets 7 (Google Colab) from ipywidgets 8."""

import html

import ipywidgets


def plain_label(text: str) -> str:
    """Return a checkbox description that shows `text` as text: ipywidgets 7 renders HTML there, 8 escapes it."""
    return html.escape(text) if int(ipywidgets.__version__.split(".")[0]) < 8 else text
