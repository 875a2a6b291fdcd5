"""The figure of lesson 10: which methods of a callback are called in the course of a fit, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure

# Each lane: what Keras calls the span, and what stands beside the lane.
LANES = {
    "train": ("on_train_…", GREY),
    "epoch": ("on_epoch_…", BLUE),
    "train_batch": ("on_train_batch_…", GREEN),
    "test": ("on_test_…", ORANGE),
    "test_batch": ("on_test_batch_…", PURPLE),
    "predict": ("on_predict_…", ORANGE),
    "predict_batch": ("on_predict_batch_…", PURPLE),
}


@dataclass(frozen=True)
class Span:
    """From a call of on_…_begin to the call of on_…_end that belongs to it, as places in the list of calls."""

    kind: str
    number: int
    begin: int
    end: int


def hook_calls(calls: Sequence[str]) -> Captioned:
    """Draw the calls of a callback's methods from left to right: a bar from each begin to its end.

    Args:
        calls: the names of the methods in the order of the calls ("on_train_begin", …).

    Raises:
        CourseError: there are no calls, one has another name, or a begin or an end is missing.
    """
    spans = list(_spans(calls))
    lanes = [kind for kind in LANES if any(span.kind == kind for span in spans)]
    figure = new_figure(8.6, 0.7 + 0.5 * len(lanes))
    axes = figure.add_subplot()
    for span in spans:
        lane, color = lanes.index(span.kind), LANES[span.kind][1]
        width = span.end - span.begin
        axes.barh(lane, width, left=span.begin, height=0.62, color=color, alpha=0.25, edgecolor=color, linewidth=1.2)
        if span.kind == "epoch" or span.kind.endswith("batch"):
            text = f"epoch {span.number}" if span.kind == "epoch" else str(span.number)
            axes.text((span.begin + span.end) / 2, lane, text, ha="center", va="center", fontsize=9)
    axes.set_yticks(range(len(lanes)), [LANES[lane][0] for lane in lanes])
    axes.invert_yaxis()
    axes.set(xlabel="call number", xlim=(-0.6, len(calls) - 0.4))
    axes.set_title("From each _begin to its _end; batches and epochs count from 0")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", visible=False)
    return Captioned(figure, _finding(calls, spans))


def _spans(calls: Sequence[str]) -> Iterator[Span]:
    """Pair each begin with its end."""
    opened: dict[str, int] = {}
    counts: dict[str, int] = {}
    for place, call in enumerate(calls):
        kind, _, moment = call.removeprefix("on_").rpartition("_")
        if kind not in LANES or moment not in ("begin", "end") or (moment == "end") != (kind in opened):
            raise _unpaired(call)
        if moment == "begin":
            opened[kind] = place
            if not kind.endswith("batch"):
                counts |= {f"{kind}_batch": 0, **({"train_batch": 0} if kind == "epoch" else {})}
        else:
            number = counts.get(kind, 0)
            counts[kind] = number + 1
            yield Span(kind, number, opened.pop(kind), place)
    if opened or not calls:
        raise _unpaired(f"on_{next(iter(opened), 'train')}_begin")


def _unpaired(call: str) -> CourseError:
    return CourseError(
        say(
            en=f"{call!r} has no partner: give the names of all calls, begins and ends, in their order.",
            ko=f"{call!r}의 짝이 없습니다. begin과 end를 모두, 불린 순서대로 주세요.",
        )
    )


def _finding(calls: Sequence[str], spans: Sequence[Span]) -> str:
    epochs = [span for span in spans if span.kind == "epoch"]
    batches = sum(span.kind.endswith("batch") for span in spans)
    parts = [
        say(
            en=f"{len(calls)} calls; the first is {calls[0]}, the last {calls[-1]}. "
            f"Epochs: {len(epochs)}, batches: {batches}.",
            ko=f"모두 {len(calls)}번 불렸고, 처음은 {calls[0]}, 마지막은 {calls[-1]}입니다. "
            f"에포크 {len(epochs)}개, 배치 {batches}개.",
        )
    ]
    if epochs and any(
        span.kind == "test" and epoch.begin < span.begin and span.end < epoch.end for span in spans for epoch in epochs
    ):
        parts.append(
            say(
                en="Validation lies inside the epoch: on_epoch_end comes after on_test_end.",
                ko="검증은 에포크 안에 있습니다. on_epoch_end는 on_test_end보다 뒤에 불립니다.",
            )
        )
    return " ".join(parts)
