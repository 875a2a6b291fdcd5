"""Lab of lesson 05: move along a recorded run and see what stopping there would have meant."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.curves import as_columns, read_curves
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.labs.frame import Control, Lab, Picture
from helpers.plots.base import GREY, ORANGE, TRAIN, VALIDATION, new_figure, png


@dataclass(frozen=True)
class EpochView:
    """What a run looked like when it had reached one epoch.

    Attributes:
        epoch: the epoch, counted from 1.
        train, validation: loss there.
        gap: validation minus training loss.
        best_so_far: the epoch with the lowest validation loss up to here.
        best: the epoch with the lowest validation loss of the whole run.
        lost: validation loss here minus the lowest of the whole run.
    """

    epoch: int
    train: float
    validation: float
    gap: float
    best_so_far: int
    best: int
    lost: float


def simulate(history: Any, epoch: int) -> EpochView:
    """Return the state of a recorded run at `epoch`.

    Args:
        history: a history with loss and val_loss.
        epoch: counted from 1.

    Raises:
        CourseError: the epoch is outside the run.
    """
    reading = read_curves(history, "loss")
    columns = as_columns(history)
    if epoch not in range(1, reading.epochs + 1):
        raise CourseError(
            say(
                en=f"This run has epochs 1 to {reading.epochs}: choose one of them, not {epoch}.",
                ko=f"이 실행에는 1부터 {reading.epochs}까지의 에포크가 있습니다. {epoch} 대신 그 안에서 고르세요.",
            )
        )
    epoch = int(epoch)
    train, validation = columns["loss"][epoch - 1], columns["val_loss"][epoch - 1]
    return EpochView(
        epoch,
        float(train),
        float(validation),
        float(validation - train),
        int(np.nanargmin(columns["val_loss"][:epoch])) + 1,
        reading.best_epoch,
        float(validation - reading.best),
    )


def finding(view: EpochView) -> str:
    """Say in words what stopping here would mean."""
    here = say(
        en=f"Epoch {view.epoch}: training loss {view.train:.3f}, validation loss {view.validation:.3f}, "
        f"gap {view.gap:+.3f}. ",
        ko=f"{view.epoch}번째 에포크: 훈련 손실 {view.train:.3f}, 검증 손실 {view.validation:.3f}, "
        f"차이 {view.gap:+.3f}. ",
    )
    past = view.epoch - view.best
    if past == 0:
        return here + say(en="This is the best epoch of the run.", ko="이 실행에서 가장 좋은 에포크입니다.")
    if past < 0:
        return here + say(
            en=f"Too early: the best comes {_epochs(-past)} later, with validation loss lower by {view.lost:.3f}.",
            ko=f"아직 이릅니다. {-past}에포크 뒤에 검증 손실이 {view.lost:.3f} 더 낮아집니다.",
        )
    return here + say(
        en=f"Too late: the best was epoch {view.best}, {_epochs(past)} ago; going on cost {view.lost:.3f}.",
        ko=f"이미 늦었습니다. 가장 좋았던 때는 {past}에포크 전인 {view.best}번째였고, "
        f"그 뒤로 {view.lost:.3f}만큼 나빠졌습니다.",
    )


def _epochs(count: int) -> str:
    return f"{count} epoch" if count == 1 else f"{count} epochs"


def draw(history: Any, epoch: int, ghost: int | None = None) -> Picture:
    """Draw the run up to `epoch`; `ghost` is the epoch looked at before, shown faintly.

    The whole run stands behind in grey, so the eye sees what is still to come.
    """
    view, columns = simulate(history, epoch), as_columns(history)
    x = np.arange(1, len(columns["loss"]) + 1)
    figure = new_figure(7.2, 3.6, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.14, top=0.88)
    axes = figure.add_subplot()
    for name, style, label in (("loss", TRAIN, "training"), ("val_loss", VALIDATION, "validation")):
        axes.plot(x, columns[name], color=GREY, alpha=0.25, linewidth=1)
        axes.plot(x[:epoch], columns[name][:epoch], label=label, **style)
    axes.vlines(epoch, *sorted((view.train, view.validation)), color="black", linewidth=2, label=f"gap {view.gap:+.3f}")
    if ghost and ghost != epoch:
        axes.axvline(ghost, color=GREY, linestyle=":", label=f"before: epoch {ghost}")
    best = view.best_so_far
    axes.plot(best, columns["val_loss"][best - 1], "*", markersize=14, color=ORANGE, label=f"best so far: epoch {best}")
    axes.set(xlabel="epoch", ylabel="loss", xlim=(0, len(x) * 1.02), ylim=_limits(columns))
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=5, fontsize=9, columnspacing=1.2)
    return Picture(png(figure, quick=True), finding(view))


def _limits(columns: dict[str, np.ndarray]) -> tuple[float, float]:
    """Keep the axis still while the slider moves, and leave out a few wild first epochs."""
    values = np.concatenate([columns["loss"], columns["val_loss"]])
    values = values[np.isfinite(values)]
    return 0.0, float(np.quantile(values, 0.98)) * 1.1


def epochs(history: Any, epoch: int | None = None) -> Lab:
    """Open the lab on a recorded run.

    Args:
        history: what `model.fit` returned (your own runs work too), with validation data.
        epoch: where to begin; the last epoch when left out, where overfitting shows most.

    Raises:
        CourseError: the history lacks val_loss, or the epoch is outside the run.
    """
    last = read_curves(history, "loss").epochs
    start = simulate(history, epoch if epoch is not None else last).epoch
    control = Control("epoch", say(en="epoch", ko="에포크"), 1, last, start)
    return Lab(
        question=say(en="Where would you have stopped?", ko="어디에서 멈췄어야 할까요?"),
        controls=(control,),
        draw=lambda state, before: draw(history, state["epoch"], before["epoch"] if before else None),
        code="labs.epochs(history, epoch={epoch})",
    )
