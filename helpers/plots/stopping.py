"""Figures of early stopping."""

from typing import TYPE_CHECKING

import numpy as np

from helpers.i18n import say
from helpers.plots.base import BLUE, ORANGE, Captioned, new_figure
from helpers.plots.curves import epoch_axis
from helpers.stopping import simulate

if TYPE_CHECKING:
    from helpers.experiments.runs import Runs


def cost_of_patience(runs: "Runs", variant: str, longest: int = 20) -> Captioned:
    """Draw what each patience costs in epochs and what it misses of the best validation loss, over all seeds.

    Args:
        runs: recorded without early stopping, with a column val_loss.
        variant: which of its variants.
        longest: patience goes from 0 to here.
    """
    curves = [runs.run(variant, seed)["val_loss"] for seed in runs.seeds]
    patiences = np.arange(longest + 1)
    stops = [[simulate(curve.tolist(), patience=int(patience)) for patience in patiences] for curve in curves]
    epochs = np.array([[stop.epochs for stop in row] for row in stops])
    best = np.array([[stop.best for stop in row] for row in stops])
    missed = 100 * (best / np.array([np.nanmin(curve) for curve in curves])[:, None] - 1)
    figure = new_figure(9, 3.4)
    left, right = figure.subplots(1, 2)
    for axes, values, colour, label in ((left, missed, ORANGE, "val_loss missed (%)"), (right, epochs, BLUE, "epochs")):
        axes.plot(patiences, values.T, color=colour, alpha=0.3, linewidth=1)
        axes.plot(patiences, np.median(values, axis=0), "o-", color=colour, markersize=4)
        epoch_axis(axes, label)
        axes.set_xlabel("patience")
    left.set_title("How far from the best of the run")
    right.set_title("How many epochs are trained")
    lost, paid = np.median(missed, axis=0), np.median(epochs, axis=0)
    return Captioned(
        figure,
        say(
            en=f"Medians of {len(curves)} seeds. With patience 0 training ends after {paid[0]:.0f} epochs and the best "
            f"loss found is {lost[0]:.1f} % above the best of the run; with patience {longest} after {paid[-1]:.0f} "
            f"epochs and {lost[-1]:.1f} %.",
            ko=f"시드 {len(curves)}개의 중앙값. patience 0: {paid[0]:.0f}에포크 뒤에 끝나고, 찾은 손실은 훈련 전체의 "
            f"가장 좋은 값보다 {lost[0]:.1f}% 높습니다. patience {longest}: {paid[-1]:.0f}에포크, {lost[-1]:.1f}%.",
        ),
    )
