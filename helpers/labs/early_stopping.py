"""Lab of lesson 09: replay EarlyStopping on recorded runs, with any of its arguments."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from helpers.arguments import one_of
from helpers.curves import as_columns, is_better_high
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.labs.frame import Choice, Control, Lab, Picture, State
from helpers.plots.base import GREEN, GREY, ORANGE, PURPLE, TRAIN, VALIDATION, new_figure, png
from helpers.plots.curves import epoch_axis
from helpers.stopping import Stop, simulate

__all__ = ["Replay", "draw", "early_stopping", "finding", "replay", "simulate"]

MODES = ("auto", "min", "max")
DELTAS = (0, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
PATIENCE = 100  # where the slider ends, unless a larger one is asked for
ONLY = ""  # the name of a run that stands alone


@dataclass(frozen=True)
class Replay:
    """One recorded run and what the callback makes of it.

    Attributes:
        monitor: the column it watches.
        high: whether more of it is better, as Keras would say.
        values: the column, of shape (epochs,).
        others: the column of the training rows to the same metric; None where there is none.
        stop: how training ends.
    """

    monitor: str
    high: bool
    values: np.ndarray
    others: np.ndarray | None
    stop: Stop

    @property
    def best_of_run(self) -> int:
        """The best epoch of the whole run, counted from 0; the first one on a tie."""
        return int(np.nanargmax(self.values) if self.high else np.nanargmin(self.values))


def replay(history: Any, state: State, monitor: str = "val_loss") -> Replay:
    """Replay the callback on a history.

    Args:
        history: see `helpers.curves.as_columns`.
        state: the arguments of the callback: patience, min_delta, baseline, start_from_epoch, mode ("auto" goes by the
            metric's name) and restore_best_weights.
        monitor: the column to watch.

    Raises:
        CourseError: the history has no such column, or no number in it.
    """
    columns, high = as_columns(history), is_better_high(monitor)
    if monitor not in columns or np.isnan(columns[monitor]).all():
        listed = ", ".join(columns)
        raise CourseError(
            say(
                en=f"There is no number in a column {monitor!r} to watch: this run has {listed}. Train with "
                "validation_data, or choose another monitor=.",
                ko=f"지켜볼 {monitor!r} 값이 없습니다. 이 실행에 있는 열: {listed}. validation_data를 주고 훈련하거나 "
                "monitor=를 바꾸세요.",
            )
        )
    arguments = {name: state[name] for name in ARGUMENTS}
    if arguments["mode"] == "auto":
        arguments["mode"] = "max" if high else "min"
    stop = simulate(columns[monitor].tolist(), **arguments)
    return Replay(monitor, high, columns[monitor], columns.get(monitor.removeprefix("val_")), stop)


ARGUMENTS = ("patience", "min_delta", "baseline", "start_from_epoch", "mode", "restore_best_weights")


def finding(seen: Replay) -> str:
    """Say in words when training ends and what the model is left with; epochs are counted from 1."""
    return f"{_ending(seen.stop, len(seen.values))} {_weights(seen)} {_compared(seen)}"


def _ending(stop: Stop, recorded: int) -> str:
    if not stop.early:
        return say(
            en=f"Training is not stopped: it goes to its end, epoch {recorded} (stopped_epoch = 0).",
            ko=f"멈추지 않고 마지막 {recorded}번째 에포크까지 훈련합니다(stopped_epoch = 0).",
        )
    return say(
        en=f"Training stops after epoch {stop.epochs} of {recorded} (stopped_epoch = {stop.stopped_epoch}).",
        ko=f"{recorded}에포크 가운데 {stop.epochs}번째 에포크 뒤에 멈춥니다(stopped_epoch = {stop.stopped_epoch}).",
    )


def _weights(seen: Replay) -> str:
    stop, kept = seen.stop, seen.stop.kept_epoch
    name, value = seen.monitor, seen.values[kept]
    if stop.restored:
        return say(
            en=f"The weights of epoch {kept + 1} are put back (best_epoch = {stop.best_epoch}, {name} {value:.4f}).",
            ko=f"{kept + 1}번째 에포크의 가중치로 되돌립니다(best_epoch = {stop.best_epoch}, {name} {value:.4f}).",
        )
    if stop.best is None:
        return say(
            en=f"No epoch was watched, so the model keeps the weights of epoch {kept + 1} ({name} {value:.4f}).",
            ko=f"지켜본 에포크가 없으므로 {kept + 1}번째 에포크의 가중치가 그대로 남습니다({name} {value:.4f}).",
        )
    return say(
        en=f"The model keeps the weights of epoch {kept + 1} ({name} {value:.4f}), not those of its best_epoch = "
        f"{stop.best_epoch}.",
        ko=f"best_epoch = {stop.best_epoch}의 가중치가 아니라 {kept + 1}번째 에포크의 가중치가 남습니다({name} "
        f"{value:.4f}).",
    )


def _compared(seen: Replay) -> str:
    best, kept = seen.best_of_run, seen.stop.kept_epoch
    missed = abs(seen.values[kept] - seen.values[best])
    if missed == 0:
        return say(
            en="No epoch of the whole run is better.",
            ko="훈련 전체를 통틀어 이보다 좋은 에포크는 없습니다.",
        )
    return say(
        en=f"The best of the whole run is epoch {best + 1} ({seen.values[best]:.4f}): missed by {missed:.4f}.",
        ko=f"훈련 전체에서 가장 좋은 에포크는 {best + 1}번째({seen.values[best]:.4f})로, {missed:.4f}만큼 놓쳤습니다.",
    )


def draw(histories: Mapping[str, Any], state: State, before: State | None = None, monitor: str = "val_loss") -> Picture:
    """Draw a run as far as the callback lets it go; `before` is the state looked at before, shown faintly.

    The rest of the run stands behind in grey, so the eye sees what stopping has cost or spared.

    Args:
        histories: recorded runs by name.
        state: "run" (a name; "" where a run stands alone) and the arguments of the callback.
        before: a state as well.
        monitor: the column to watch.
    """
    seen = replay(histories[state["run"]], state, monitor)
    figure = new_figure(7.2, 3.6, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.14, top=0.84)
    axes = figure.add_subplot()
    epoch_axis(axes, monitor.removeprefix("val_"))
    _draw_curves(axes, seen)
    axes.set(xlim=(0, len(seen.values) * 1.02), ylim=_limits(seen))
    _draw_rule(axes, seen, state)
    if before and before["run"] == state["run"]:
        _draw_ghost(axes, replay(histories[before["run"]], before, monitor), seen)
    _draw_stop(axes, seen)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, fontsize=9, columnspacing=1.2)
    return Picture(png(figure, quick=True), finding(seen))


def _draw_curves(axes: Axes, seen: Replay) -> None:
    x, trained = np.arange(1, len(seen.values) + 1), seen.stop.epochs
    others = None if seen.others is seen.values else seen.others
    for values, style, label in ((others, TRAIN, "training"), (seen.values, VALIDATION, seen.monitor)):
        if values is not None:
            axes.plot(x, values, color=GREY, alpha=0.3, linewidth=1)
            axes.plot(x[:trained], values[:trained], label=label, **style)


def _draw_rule(axes: Axes, seen: Replay, state: State) -> None:
    """Show what an epoch has to beat, and which epochs are not watched."""
    stop = seen.stop
    if state["start_from_epoch"]:
        unwatched = min(state["start_from_epoch"], len(seen.values))
        axes.axvspan(0, unwatched + 0.5, color=GREY, alpha=0.15, linewidth=0, label="not watched")
    if state["baseline"] is not None:
        axes.axhline(state["baseline"], color=GREEN, linestyle="-.", linewidth=1.2, label="baseline")
    if stop.best is not None and state["min_delta"]:
        bar = stop.best + abs(state["min_delta"]) * (1 if _wants_more(seen, state) else -1)
        axes.hlines(bar, stop.best_epoch + 1, stop.epochs, color=PURPLE, linewidth=1.5, label="to be beaten")


def _wants_more(seen: Replay, state: State) -> bool:
    return state["mode"] == "max" or (state["mode"] == "auto" and seen.high)


def _draw_ghost(axes: Axes, old: Replay, seen: Replay) -> None:
    if old.stop.epochs != seen.stop.epochs:
        axes.axvline(old.stop.epochs, color=GREY, linestyle=":", label=f"before: epoch {old.stop.epochs}")
    if old.stop.kept_epoch != seen.stop.kept_epoch:
        _star(axes, old, color="none", markeredgecolor=GREY)


def _draw_stop(axes: Axes, seen: Replay) -> None:
    stop = seen.stop
    ends = f"stops: epoch {stop.epochs}" if stop.early else f"ends: epoch {stop.epochs}"
    axes.axvline(stop.epochs, color="black", linewidth=1.5, linestyle="-" if stop.early else (0, (1, 1)), label=ends)
    _star(axes, seen, color=ORANGE, label=f"weights kept: epoch {stop.kept_epoch + 1}")


def _star(axes: Axes, seen: Replay, **look: Any) -> None:
    """Mark the epoch whose weights are kept, at the edge of the picture where its value lies beyond."""
    kept = seen.stop.kept_epoch
    axes.plot(kept + 1, np.clip(seen.values[kept], *axes.get_ylim()), "*", markersize=14, linestyle="none", **look)


def _limits(seen: Replay) -> tuple[float, float]:
    """Keep the axis still while a control moves, and look closely at where the watched curve turns."""
    values = seen.values[np.isfinite(seen.values)]
    low, high = (np.quantile(values, 0.1), values.max()) if seen.high else (values.min(), np.quantile(values, 0.9))
    height = max(high - low, 1e-9)
    below, above = (0.1, 0.6) if seen.high else (0.6, 0.1)
    return float(max(low - below * height, min(low, 0.0))), float(high + above * height)


def early_stopping(
    histories: Any,
    run: str | None = None,
    *,
    monitor: str = "val_loss",
    patience: int = 0,
    min_delta: float = 0,
    baseline: float | None = None,
    start_from_epoch: int = 0,
    mode: str = "auto",
    restore_best_weights: bool = False,
) -> Lab:
    """Open the lab on recorded runs; the arguments are those of `keras.callbacks.EarlyStopping`, on which it opens.

    Args:
        histories: what `model.fit` returned without the callback, or several of these by name.
        run: the name of the one to begin with; the first when left out.
        monitor: the column to watch.
        patience, min_delta, baseline, start_from_epoch, mode, restore_best_weights: see Keras.

    Raises:
        CourseError: a run without the column, an unknown run or mode, or a count that is no whole number from 0 on.
    """
    several = isinstance(histories, Mapping) and bool(histories) and all(map(_is_history, histories.values()))
    runs = dict(histories) if several else {ONLY: histories}
    run = one_of(run if run is not None else next(iter(runs)), tuple(runs), "run")
    opening = {
        "patience": _count(patience, "patience"),
        "min_delta": float(min_delta) or 0,
        "baseline": None if baseline is None else float(baseline),
        "start_from_epoch": _count(start_from_epoch, "start_from_epoch"),
        "mode": one_of(mode, MODES, "mode"),
        "restore_best_weights": bool(restore_best_weights),
    }
    seen = [replay(history, opening, monitor) for history in runs.values()]
    longest = max(len(one.values) for one in seen)
    deltas, levels = _steps(DELTAS, opening["min_delta"]), (None, *_steps(_levels(seen), opening["baseline"]))
    controls = (
        _choice("mode", MODES, opening),
        _choice("restore_best_weights", (True, False), opening),
        _slider("patience", PATIENCE, opening),
        _choice("min_delta", deltas, opening, scale=True),
        _choice("baseline", levels, opening, scale=True),
        _slider("start_from_epoch", longest, opening),
    )
    names = ", ".join(f"{name}={{{name}!r}}" for name in ARGUMENTS)
    watched = "" if monitor == "val_loss" else f"monitor={monitor!r}, "
    code = f"labs.early_stopping(history, {watched}{names})"
    if several:
        controls = (Choice("run", say(en="recorded run", ko="기록된 훈련"), tuple(runs), run), *controls)
        code = f"labs.early_stopping(histories, run={{run!r}}, {watched}{names})"
    return Lab(
        question=say(
            en="When does training stop, and which weights are left?",
            ko="훈련은 언제 멈추고, 어느 가중치가 남을까요?",
        ),
        controls=controls,
        draw=lambda state, before: draw(runs, {"run": run, **state}, before and {"run": run, **before}, monitor),
        code=code,
    )


def _is_history(value: Any) -> bool:
    return isinstance(value, Mapping) or hasattr(value, "history") or hasattr(value, "columns")


def _choice(name: str, options: tuple[Any, ...], opening: State, scale: bool = False) -> Choice:
    return Choice(name, name, options, opening[name], scale)


def _slider(name: str, high: int, opening: State) -> Control:
    return Control(name, name, 0, max(high, opening[name]), opening[name])


def _steps(usual: tuple[float, ...], asked: float | None) -> tuple[float, ...]:
    """Return the steps of a slider, with the value asked for among them."""
    return tuple(sorted({*usual, *(() if asked is None else (asked,))}))


def _levels(seen: list[Replay]) -> tuple[float, ...]:
    """Return baselines that are worth trying, from the best value of all runs to what the first epochs reach."""
    values = np.concatenate([one.values for one in seen])
    values = values[np.isfinite(values)]
    ends = (np.quantile(values, 0.1), values.max()) if seen[0].high else (values.min(), np.quantile(values, 0.9))
    return tuple(float(f"{value:.3g}") for value in np.linspace(*ends, 12))


def _count(value: Any, name: str) -> int:
    try:
        count = operator.index(value)
    except TypeError:
        count = -1
    if count < 0:
        raise CourseError(
            say(
                en=f"{name}={value!r}: give a whole number from 0 on.",
                ko=f"{name}={value!r}: 0 이상의 정수를 주세요.",
            )
        )
    return count
