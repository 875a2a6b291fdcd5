"""Figures of the course: each function returns the figure and a caption that states the finding in words."""

from helpers.plots.activations import activation_histograms
from helpers.plots.base import Captioned, caption, use_course_style
from helpers.plots.curves import caption_curve, curves_over_seeds, learning_curves
from helpers.plots.descent import genealogy, walks
from helpers.plots.dropout import thinned
from helpers.plots.hooks import hook_calls
from helpers.plots.live import LivePlot
from helpers.plots.models import layers, losses, pictures
from helpers.plots.steps import batches, by_updates, decision_regions
from helpers.plots.stopping import cost_of_patience
from helpers.plots.tables import before_after, class_shares, drawn_shares, scatter_of_splits, skewness, split_roles
from helpers.plots.workflow import timeline, workflow

__all__ = [
    "Captioned",
    "LivePlot",
    "activation_histograms",
    "batches",
    "before_after",
    "by_updates",
    "caption",
    "caption_curve",
    "class_shares",
    "cost_of_patience",
    "curves_over_seeds",
    "decision_regions",
    "drawn_shares",
    "genealogy",
    "hook_calls",
    "layers",
    "learning_curves",
    "losses",
    "pictures",
    "scatter_of_splits",
    "skewness",
    "split_roles",
    "thinned",
    "timeline",
    "use_course_style",
    "walks",
    "workflow",
]
