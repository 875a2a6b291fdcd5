"""What all figures share: the style, colours that survive colour blindness, and the caption in words."""

import base64
import html
import io
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure

# Okabe and Ito's palette, told apart with any colour vision; every curve has a line style of its own as well.
BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#6E6E6E"
TRAIN = {"color": BLUE, "linestyle": "-"}
VALIDATION = {"color": ORANGE, "linestyle": "--"}
DPI = 110


def use_course_style() -> None:
    """Set the look of every figure in this session, the student's own included."""
    mpl.rcParams.update(
        {
            "figure.figsize": (7.2, 4.0),
            "figure.dpi": DPI,
            "savefig.dpi": DPI,
            "figure.facecolor": "white",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.alpha": 0.25,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.labelsize": 11,
            "lines.linewidth": 1.8,
            "legend.frameon": False,
            "axes.prop_cycle": mpl.cycler(color=[BLUE, ORANGE, GREEN, PURPLE, GREY]),
            "figure.constrained_layout.use": True,
        }
    )


class Captioned(NamedTuple):
    """A figure and the sentence that says what it shows. Shown as both when it is a cell's last expression."""

    figure: Figure
    caption: str

    def _ipython_display_(self) -> None:
        picture(png(self.figure), self.caption)


def picture(image: bytes, text: str) -> None:
    """Show a picture and below it the sentence that says what it shows.

    Args:
        image: PNG bytes.
        text: the finding, in the language in use.
    """
    from IPython.display import display

    display({"image/png": base64.b64encode(image).decode(), "text/plain": "Figure"}, raw=True)
    caption(text)


def caption(text: str) -> None:
    """Show a sentence below the figure before it.

    Args:
        text: the finding, in the language in use.
    """
    from IPython.display import display

    style = "max-width:56em;word-break:keep-all;margin:0.2em 0 1em"  # Korean breaks between words
    shown = f'<p class="course-caption" style="{style}"><em>{html.escape(text)}</em></p>'
    display({"text/html": shown, "text/plain": text}, raw=True)


def png(figure: Figure, *, quick: bool = False) -> bytes:
    """Return the figure as PNG bytes; the figure stays out of pyplot's list, so nothing is shown twice.

    Args:
        figure: the figure.
        quick: compress less, for labs that redraw while a slider moves.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, pil_kwargs={"compress_level": 1 if quick else 9})
    return buffer.getvalue()


def new_figure(width: float = 7.2, height: float = 4.0, layout: str = "constrained") -> Figure:
    """Return an empty figure in the course's style, size in inches.

    Args:
        width, height: in inches.
        layout: matplotlib's layout engine; "none" with margins of your own is quicker to draw.
    """
    return Figure(figsize=(width, height), dpi=DPI, layout=layout)
