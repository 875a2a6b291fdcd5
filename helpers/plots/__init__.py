"""Figures of the course: each function returns the figure and a caption that states the finding in words."""

from helpers.plots.base import Captioned, caption, use_course_style
from helpers.plots.curves import caption_curve, curves_over_seeds, learning_curves
from helpers.plots.tables import before_after, class_shares, drawn_shares, scatter_of_splits, skewness, split_roles
from helpers.plots.workflow import timeline, workflow

__all__ = [
    "Captioned",
    "before_after",
    "caption",
    "caption_curve",
    "class_shares",
    "curves_over_seeds",
    "drawn_shares",
    "learning_curves",
    "scatter_of_splits",
    "skewness",
    "split_roles",
    "timeline",
    "use_course_style",
    "workflow",
]
