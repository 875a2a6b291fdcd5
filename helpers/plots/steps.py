"""Figures of what the arguments of fit do: rows step by step, losses by updates, what a model calls positive."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.plots.base import BLUE, GREY, ORANGE, Captioned, new_figure
from helpers.plots.curves import is_better_high
from helpers.plots.runs import LOOKS

if TYPE_CHECKING:
    import keras

    from helpers.experiments.runs import Runs

LISTED = 6  # batches whose sizes are named one by one
Epoch = Sequence[Sequence[int]]  # the numbers of the rows in each batch


def batches(epochs: Sequence[Epoch], title: str) -> Captioned:
    """Draw which rows each step of a training saw: a column of dots for each step, epoch after epoch.

    Args:
        epochs: for each epoch its batches, for each batch the numbers of its rows.
        title: the figure's title.
    """
    figure = new_figure(7.2, 3.2)
    axes = figure.add_subplot()
    step = 0
    for number, epoch in enumerate(epochs, start=1):
        colour, marker = ((BLUE, "o"), (ORANGE, "s"))[(number - 1) % 2]
        if step:
            axes.axvline(step + 0.5, color=GREY, linewidth=1, linestyle=":")
        middle = step + (len(epoch) + 1) / 2
        axes.annotate(
            f"epoch {number}",
            (middle, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            color=colour,
        )
        for batch in epoch:
            step += 1
            axes.plot(np.full(len(batch), step), batch, marker, markersize=2.2, color=colour, linestyle="none")
    axes.set_title(title, pad=18)
    axes.set(xlabel="step", ylabel="row", xlim=(0.4, step + 0.6))
    axes.set_xticks(np.arange(1, step + 1, max(1, step // 12)))
    axes.invert_yaxis()
    return Captioned(figure, _say_batches(epochs))


def _say_batches(epochs: Sequence[Epoch]) -> str:
    told = [_say_epoch(epoch) for epoch in epochs]
    if len(told) > 1 and len(set(told)) == 1:
        parts = [say(en=f"Each of {len(told)} epochs: {told[0]}.", ko=f"에포크 {len(told)}개 모두: {told[0]}.")]
        if not any(_in_order(epoch) for epoch in epochs):
            same = all(_flat(epoch).tolist() == _flat(epochs[0]).tolist() for epoch in epochs)
            parts.append(
                say(en="The order is the same each time.", ko="순서는 매번 같습니다.")
                if same
                else say(en="The order is another one each time.", ko="순서는 에포크마다 다릅니다.")
            )
        return " ".join(parts)
    return " ".join(
        say(en=f"Epoch {number}: {words}.", ko=f"{number}번째 에포크: {words}.")
        for number, words in enumerate(told, start=1)
    )


def _say_epoch(epoch: Epoch) -> str:
    sizes = [len(batch) for batch in epoch]
    if len(set(sizes)) == 1 and len(sizes) > 1:
        of = say(en=f"{len(sizes)} steps of {sizes[0]} rows", ko=f"{sizes[0]}행씩 {len(sizes)}스텝")
    elif len(sizes) <= LISTED:
        listed = ", ".join(map(str, sizes))
        of = say(
            en=f"{len(sizes)} {'step' if len(sizes) == 1 else 'steps'} of {listed} rows",
            ko=f"{len(sizes)}스텝({listed}행)",
        )
    else:
        of = say(
            en=f"{len(sizes)} steps of {sizes[0]} rows, the last one of {sizes[-1]}",
            ko=f"{sizes[0]}행씩 {len(sizes)}스텝(마지막은 {sizes[-1]}행)",
        )
    rows = _flat(epoch)
    if _in_order(epoch):
        order = say(en=f"rows {rows[0]} to {rows[-1]} in order", ko=f"{rows[0]}~{rows[-1]}번 행이 차례로")
    else:
        order = say(
            en=f"{len(set(rows.tolist()))} different rows in mixed order",
            ko=f"서로 다른 {len(set(rows.tolist()))}행이 섞인 순서로",
        )
    return f"{of}, {order}"


def _flat(epoch: Epoch) -> np.ndarray:
    return np.concatenate([np.asarray(batch) for batch in epoch])


def _in_order(epoch: Epoch) -> bool:
    return bool(np.all(np.diff(_flat(epoch)) == 1))


def by_updates(runs: "Runs", steps: Mapping[str, int], metric: str = "loss", title: str | None = None) -> Captioned:
    """Draw each variant's median over the seeds twice: against epochs, and against updates of the weights.

    Args:
        runs: what `compare` returned.
        steps: the number of steps in an epoch of each variant to draw.
        metric: a column of the histories.
        title: a title of your own.

    Raises:
        CourseError: no such column, or no such variant.
    """
    if metric not in runs.history:
        raise CourseError(
            say(
                en=f"There is no column {metric!r}: choose one of {', '.join(runs.history)}.",
                ko=f"{metric!r}라는 열은 없습니다. 있는 열: {', '.join(runs.history)}.",
            )
        )
    figure = new_figure(8.6, 3.6)
    left, right = figure.subplots(1, 2, sharey=True)
    parts = []
    for place, (name, count) in enumerate(steps.items()):
        trained = int(runs.epochs[runs.place(name)].min())
        curve = np.median(runs.history[metric][runs.place(name)][:, :trained], axis=0)
        colour, line = LOOKS[place % len(LOOKS)]
        epochs = np.arange(1, trained + 1)
        left.plot(epochs, curve, color=colour, linestyle=line, label=name)
        right.plot(epochs * count, curve, color=colour, linestyle=line, label=name)
        parts.append(
            say(
                en=f"{name}: {trained} epochs, {trained * count} updates, {metric} {curve[-1]:.3f}",
                ko=f"{name}: {trained}에포크, 갱신 {trained * count}번, {metric} {curve[-1]:.3f}",
            )
        )
    left.set(xlabel="epochs", ylabel=f"{metric} (median over {len(runs.seeds)} seeds)")
    right.set(xlabel="updates of the weights")
    for axes in (left, right):
        axes.set_xscale("log")
        if not is_better_high(metric):
            axes.set_yscale("log")
    left.set_title(title or "By epochs and by updates")
    right.legend()
    return Captioned(figure, "; ".join(parts) + ".")


def decision_regions(
    models: Mapping[str, "keras.Model"], x: np.ndarray, y: np.ndarray, features: Sequence[str], classes: Sequence[str]
) -> Captioned:
    """Draw what models of two features call class 1, with the rows on top, and count what each one finds.

    Args:
        models: one or more models with one sigmoid output, by name.
        x, y: rows of shape (n, 2) and their classes, 0 or 1.
        features: the names of the two features.
        classes: the names of class 0 and class 1.
    """
    figure = new_figure(8.6, 4.1)
    panels = figure.subplots(1, len(models), sharex=True, sharey=True, squeeze=False)[0]
    y = np.asarray(y).ravel()
    parts = []
    for axes, (name, model) in zip(panels, models.items(), strict=True):
        _shade(axes, model, x)
        for label, (colour, marker) in enumerate(((BLUE, "o"), (ORANGE, "^"))):
            chosen = x[y == label]
            axes.scatter(*chosen.T, s=16 + 22 * label, c=colour, marker=marker, alpha=0.85, label=classes[label])
        axes.set_title(name)
        axes.set_xlabel(features[0])
        called = np.asarray(model(x)).ravel() > 0.5
        found, wrong = int(np.sum(called & (y == 1))), int(np.sum(called & (y == 0)))
        parts.append(
            say(
                en=f"{name}: finds {found} of {int(np.sum(y == 1))} {classes[1]} rows and takes {wrong} of "
                f"{int(np.sum(y == 0))} {classes[0]} rows for {classes[1]}",
                ko=f"{name}: {classes[1]} {int(np.sum(y == 1))}개 가운데 {found}개를 찾고, {classes[0]} "
                f"{int(np.sum(y == 0))}개 가운데 {wrong}개를 {classes[1]} 쪽으로 잘못 판단합니다",
            )
        )
    panels[0].set_ylabel(features[1])
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, handletextpad=0.2)
    return Captioned(figure, "; ".join(parts) + ".")


def _shade(axes: Axes, model: "keras.Model", x: np.ndarray) -> None:
    """Hatch where the model says class 1."""
    low, high = x.min(axis=0) - 0.4, x.max(axis=0) + 0.4
    grid = np.meshgrid(np.linspace(low[0], high[0], 120), np.linspace(low[1], high[1], 120))
    points = np.stack([part.ravel() for part in grid], axis=1).astype("float32")
    says = np.asarray(model(points)).reshape(grid[0].shape)
    axes.contourf(*grid, says, levels=[0.5, 1.0], colors=[ORANGE], alpha=0.15)
    axes.contour(*grid, says, levels=[0.5], colors=[ORANGE], linestyles="--")
