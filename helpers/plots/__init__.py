"""Figures of the course: each function returns the figure and a caption that states the finding in words."""

from helpers.plots.base import Captioned, caption, use_course_style
from helpers.plots.curves import curves_over_seeds, learning_curves

__all__ = ["Captioned", "caption", "curves_over_seeds", "learning_curves", "use_course_style"]
