"""What TensorBoard would show, drawn from the event files: curves, histograms, images, the graph of the model."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.arguments import one_of
from helpers.curves import is_better_high
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure
from helpers.tensorboard.reading import Log, Series, read

LOOKS = tuple(zip((BLUE, ORANGE, GREEN, PURPLE, GREY), ("-", "--", "-.", ":", (0, (5, 1, 1, 1))), strict=True))
MOST = 6  # panels in one figure
RIDGES = 8  # distributions in one panel
NAMED = 12  # tags in one sentence
IN_A_ROW = 5  # boxes from left to right; a deeper model is drawn from top to bottom


def show(logdir: str | Path, what: str | None = None, tags: Sequence[str] | None = None) -> None:
    """Draw what a log folder holds, below the cell. No server is needed; the real TensorBoard is `serve`.

    Args:
        logdir: the log_dir that the callback was given, or a folder above several.
        what: "scalars", "histograms", "images" or "graph"; by default each of them that there is.
        tags: only those whose name contains one of these, for example ["epoch_loss"].

    Raises:
        CourseError: see `figures`.
    """
    log = read(logdir)
    for fault in log.faults:
        print(f"! {fault}")
    from IPython.display import display

    for drawn in figures(log, what, tags):
        display(drawn)


def figures(log: Log, what: str | None = None, tags: Sequence[str] | None = None) -> list[Captioned]:
    """Return the figures that `show` shows.

    Args:
        log: what `read` returned.
        what, tags: see `show`.

    Raises:
        CourseError: there is nothing of that kind or name.
    """
    kinds = list(_KINDS) if what is None else [one_of(what, _KINDS, "what")]
    tags = [tags] if isinstance(tags, str) else tags
    drawn = [_KINDS[kind](log, tags) for kind in kinds]
    found = [figure for figure in drawn if figure is not None]
    if not found:
        raise CourseError(_nothing_to_draw(log))
    return found


def _nothing_to_draw(log: Log) -> str:
    there = sorted({tag for run in log.runs.values() for tag in run.tags})
    if not there:
        return say(
            en="There is nothing to draw: no record of these files can be read yet.",
            ko="그릴 것이 없습니다. 이 파일들에는 아직 읽을 수 있는 기록이 없습니다.",
        )
    listed = ", ".join(there[:NAMED]) + (", …" if len(there) > NAMED else "")
    return say(
        en=f"Nothing of this kind or name is recorded; there are the tags {listed}.",
        ko=f"그런 종류나 이름으로 기록된 것이 없습니다. 기록된 태그: {listed}.",
    )


def _chosen(log: Log, kind: str, tags: Sequence[str] | None) -> dict[str, dict[str, Series]]:
    """Return the series of a kind by tag and run."""
    chosen: dict[str, dict[str, Series]] = {}
    for name, run in log.runs.items():
        for tag, series in getattr(run, kind).items():
            if tags is None or any(part in tag for part in tags):
                chosen.setdefault(tag, {})[name] = series
    return chosen


def _panels(count: int, width: float = 9.0, height: float = 2.9) -> tuple[Any, list[Axes]]:
    columns = min(count, 3 if count > 4 else 2)
    rows = -(-count // columns)
    figure = new_figure(width if columns > 1 else 7.2, 0.4 + height * rows)
    panels = list(np.ravel(figure.subplots(rows, columns, squeeze=False)))
    for spare in panels[count:]:
        spare.axis("off")
    return figure, panels[:count]


# --- scalars ---------------------------------------------------------------------------------------------------------


def _scalars(log: Log, tags: Sequence[str] | None) -> Captioned | None:
    chosen = _chosen(log, "scalars", tags)
    if tags is None and any(tag.startswith("epoch_") for tag in chosen):
        chosen = {tag: runs for tag, runs in chosen.items() if tag.startswith("epoch_")}
    chosen = dict(sorted(chosen.items(), key=lambda item: "loss" not in item[0])[:MOST])
    if not chosen:
        return None
    figure, panels = _panels(len(chosen))
    names = sorted({name for runs in chosen.values() for name in runs})
    for axes, (tag, runs) in zip(panels, chosen.items(), strict=True):
        for name, series in runs.items():
            colour, line = LOOKS[names.index(name) % len(LOOKS)]
            dots = {"marker": "."} if len(series.steps) < 30 else {}
            axes.plot(series.steps, series.values, color=colour, linestyle=line, label=name, **dots)
        axes.set_title(tag, fontsize=11)
        axes.set_xlabel("epoch, counted from 0" if tag.startswith("epoch_") else "step")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    shown, labels = max((axes.get_legend_handles_labels() for axes in panels), key=lambda pair: len(pair[1]))
    figure.legend(shown, labels, loc="outside lower center", ncols=min(len(labels), 4), fontsize=9)
    return Captioned(figure, _say_scalars(*next(iter(chosen.items()))))


def _say_scalars(tag: str, runs: dict[str, Series]) -> str:
    if len(runs) == 1:
        (series,) = runs.values()
        first, last = f"{series.values[0]:.3f}", f"{series.values[-1]:.3f}"
        return say(en=f"{tag}: from {first} to {last}.", ko=f"{tag}: 처음 {first}, 마지막 {last}.")
    if len(runs) == 2:
        ends = {name: (f"{series.values[0]:.3f}", f"{series.values[-1]:.3f}") for name, series in runs.items()}
        listed_en = ", ".join(f"from {first} to {last} ({name})" for name, (first, last) in ends.items())
        listed_ko = ", ".join(f"처음 {first}, 마지막 {last} ({name})" for name, (first, last) in ends.items())
        return say(en=f"{tag}: {listed_en}.", ko=f"{tag}: {listed_ko}.")
    ends = {name: series.values[-1] for name, series in runs.items()}
    low, high = min(ends, key=ends.get), max(ends, key=ends.get)
    best, worst = (high, low) if is_better_high(tag.removeprefix("epoch_")) else (low, high)
    return say(
        en=f"{tag} in {len(runs)} curves: {best} ends best ({ends[best]:.3f}), {worst} worst ({ends[worst]:.3f}).",
        ko=f"곡선 {len(runs)}개의 {tag}: {best}이(가) 가장 좋게({ends[best]:.3f}), {worst}이(가) 가장 나쁘게"
        f"({ends[worst]:.3f}) 끝났습니다.",
    )


# --- histograms ------------------------------------------------------------------------------------------------------


def spread(bins: np.ndarray) -> float:
    """Return the standard deviation of a histogram.

    Args:
        bins: of shape (bins, 3): left edge, right edge, count.
    """
    counts = bins[:, 2]
    if not counts.sum():
        return float("nan")
    middles = bins[:, :2].mean(axis=1)
    mean = np.average(middles, weights=counts)
    return float(np.sqrt(np.average((middles - mean) ** 2, weights=counts)))


def _histograms(log: Log, tags: Sequence[str] | None) -> Captioned | None:
    found = _chosen(log, "histograms", tags)
    chosen = {(tag, name): series for tag, runs in found.items() for name, series in runs.items()}
    chosen = dict(list(chosen.items())[:MOST])
    if not chosen:
        return None
    several = len({name for _, name in chosen}) > 1
    figure, panels = _panels(len(chosen))
    parts = []
    for axes, ((tag, name), series) in zip(panels, chosen.items(), strict=True):
        _ridges(axes, series, *_limits(found[tag].values()))
        short = tag.removesuffix("/histogram")
        axes.set_title(f"{short}\n{name}" if several else short, fontsize=10)
        first, last = spread(series.values[0]), spread(series.values[-1])
        parts.append(f"{short}{f' ({name})' if several else ''} {first:.3f} → {last:.3f}")
    text = "; ".join(parts)
    return Captioned(
        figure,
        say(
            en=f"One line a recorded epoch, the last in front. Standard deviation of the values: {text}.",
            ko=f"선 하나가 기록된 에포크 하나이고, 맨 앞이 마지막입니다. 값의 표준편차: {text}.",
        ),
    )


def _limits(all_series: Iterable[Series]) -> tuple[float, float]:
    """Return the lowest and the highest value of a tag in all its runs, so that their panels can be compared."""
    filled = [bins for series in all_series for bins in series.values if len(bins)]
    low, high = min(bins[:, 0].min() for bins in filled), max(bins[:, 1].max() for bins in filled)
    return (low, high) if low < high else (low - 0.5, high + 0.5)


def _ridges(axes: Axes, series: Series, low: float, high: float) -> None:
    """Draw one distribution behind the other, the oldest at the top, as TensorBoard does."""
    picked = np.unique(np.linspace(0, len(series.steps) - 1, min(RIDGES, len(series.steps))).round().astype(int))
    grid = np.linspace(low, high, 240)
    levels = np.arange(len(picked))[::-1] * 0.5
    for place, (level, index) in enumerate(zip(levels, picked, strict=True)):
        height = _density(series.values[index], grid)
        shade = 0.25 + 0.6 * (place + 1) / len(picked)
        axes.fill_between(grid, level, level + height, color=BLUE, alpha=shade, zorder=place, linewidth=0)
        axes.plot(grid, level + height, color="white", linewidth=0.9, zorder=place)
    axes.set_yticks(levels, [str(series.steps[index]) for index in picked])
    axes.set(ylabel="epoch (from 0)", xlabel="value")
    axes.grid(axis="y", visible=False)


def _density(bins: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """Return how densely the values lie at each place of the grid, 1 at the densest."""
    left, right, count = bins[bins[:, 2] > 0].T if len(bins) else np.empty((3, 0))
    if not len(left):
        return np.zeros_like(grid)
    width = np.maximum(right - left, grid[1] - grid[0])  # all values the same: as narrow as can be drawn
    inside = np.abs(grid[:, None] - (left + right) / 2) <= width / 2
    height = (inside * (count / width)).max(axis=1)
    return height / height.max() if height.any() else height


# --- images ----------------------------------------------------------------------------------------------------------


def _images(log: Log, tags: Sequence[str] | None) -> Captioned | None:
    found = _chosen(log, "images", tags)
    chosen = [(tag, series) for tag, runs in found.items() for series in runs.values()]
    if tags is None:
        chosen = [(tag, series) for tag, series in chosen if min(series.values[-1].shape[:2]) > 1] or chosen
    chosen = chosen[:4]
    if not chosen:
        return None
    figure = new_figure(8.0, 0.3 + 1.9 * len(chosen))
    parts = []
    for axes, (tag, series) in zip(np.ravel(figure.subplots(len(chosen), 1, squeeze=False)), chosen, strict=True):
        picture = series.values[-1]
        grey = picture if picture.ndim == 2 else picture[..., 0]
        axes.imshow(grey, cmap="gray", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
        short = tag.removesuffix("/image")
        axes.set_title(f"{short}: {grey.shape[0]} × {grey.shape[1]}, step {series.steps[-1]}", fontsize=10)
        axes.set(xticks=[], yticks=[])
        parts.append(f"{short} {np.mean(grey < 1 / 255):.0%}")
    text = ", ".join(parts)
    return Captioned(
        figure,
        say(en=f"The last picture of each tag. Black pixels: {text}.", ko=f"태그마다 마지막 그림. 검은 점: {text}."),
    )


# --- the graph of the model ------------------------------------------------------------------------------------------


def _graph(log: Log, tags: Sequence[str] | None) -> Captioned | None:
    models = {name: run.model for name, run in log.runs.items() if run.model and "layers" in run.model["config"]}
    if not models or (tags is not None and "keras" not in tags):
        return None
    run, model = next(iter(models.items()))
    layers = {layer["config"]["name"]: layer for layer in model["config"]["layers"]}
    before = {name: _inputs(layer.get("inbound_nodes", [])) & set(layers) for name, layer in layers.items()}
    if not any(before.values()):  # a Sequential: each layer follows the one before
        names = list(layers)
        before = {name: set(names[max(place - 1, 0) : place]) for place, name in enumerate(names)}
    figure = _boxes({name: _label(layer) for name, layer in layers.items()}, before)
    inside = [name for name, layer in layers.items() if layer["class_name"] != "InputLayer"]
    listed = " → ".join(inside) if all(len(others) <= 1 for others in before.values()) else ", ".join(inside)
    first = say(en=f" The model of {run}, the first of {len(models)}.", ko=f" 모델 {len(models)}개 중 첫 번째({run}).")
    return Captioned(
        figure,
        say(
            en=f"{len(inside)} layers, read from the tag keras: {listed}.",
            ko=f"keras 태그에서 읽은 층 {len(inside)}개: {listed}.",
        )
        + (first if len(models) > 1 else ""),
    )


def _boxes(labels: dict[str, str], before: dict[str, set[str]]) -> Any:
    """Draw a box for each layer and an arrow from each of those before it."""
    depth: dict[str, int] = {}
    for name in labels:
        depth[name] = 1 + max((depth.get(other, -1) for other in before[name]), default=-1)
    names = list(labels)
    beside = {name: sum(depth[other] == depth[name] for other in names[:place]) for place, name in enumerate(names)}
    long, wide = max(depth.values()) + 1, max(beside.values()) + 1
    across = long <= IN_A_ROW
    figure = new_figure(*((1.9 * long, 0.4 + 0.9 * wide) if across else (max(4.0, 2.2 * wide), 0.3 + 0.85 * long)))
    axes = figure.add_subplot()
    box = {"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": BLUE}
    drawn = {}
    for name, label in labels.items():
        place = (depth[name], -beside[name]) if across else (beside[name], -depth[name])
        drawn[name] = axes.text(*place, label, ha="center", va="center", fontsize=10, bbox=box, zorder=2)
    for name, others in before.items():
        for other in sorted(others):
            ends = {"patchA": drawn[other].get_bbox_patch(), "patchB": drawn[name].get_bbox_patch()}
            arrow = {"arrowstyle": "-|>", "color": GREY, "shrinkA": 1, "shrinkB": 1, **ends}
            start, end = drawn[other].get_position(), drawn[name].get_position()
            axes.annotate("", end, start, arrowprops=arrow, zorder=3)  # after the boxes, at whose edges it ends
    columns, rows = (long, wide) if across else (wide, long)
    axes.set(xlim=(-0.5, columns - 0.5), ylim=(0.5 - rows, 0.5))
    axes.axis("off")
    return figure


def _label(layer: dict[str, Any]) -> str:
    """Return what stands in a box: the shape that comes in, or the layer's name, class and units."""
    config = layer["config"]
    if layer["class_name"] == "InputLayer":
        shape = config.get("batch_shape") or config.get("batch_input_shape") or [None]
        named = "input" if config["name"].startswith("input_layer") else config["name"]
        return f"{named}\n" + " × ".join("?" if size is None else str(size) for size in shape[1:])
    units = config.get("units")
    return f"{config['name']}\n{layer['class_name']}" + (f", {units}" if units else "")


def _inputs(node: Any) -> set[str]:
    """Return the names of the layers whose outputs a layer takes."""
    if isinstance(node, dict):
        history = node.get("keras_history")
        own = {history[0]} if history else set()
        return own.union(*map(_inputs, node.values()))
    return set().union(*map(_inputs, node)) if isinstance(node, list) else set()


_KINDS: dict[str, Callable[[Log, Sequence[str] | None], Captioned | None]] = {
    "scalars": _scalars,
    "histograms": _histograms,
    "images": _images,
    "graph": _graph,
}
