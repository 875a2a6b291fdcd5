"""The report in words and tables: for the terminal and for docs/benchmarks.md."""

from collections.abc import Sequence
from statistics import median

from benchmarks.results import KERAS, NUMPY, OURS, WATCHED, Report, Spread, short

BUSY = 0.5  # a load above this disturbs the timings
Rows = list[list[str]]  # the first one is the head

INTRODUCTION = """\
# How fast training is

`make bench` measures this on your machine, rewrites this page and `benchmarks/last_run.json`, and takes about three
minutes. *Ours* is `helpers.training.fit`, which takes the arguments of `model.fit` and runs whole epochs in one
compiled program. *NumPy* is a plain loop over NumPy and BLAS with the same arithmetic (`benchmarks/numpy_loop.py`).
Every epoch has a new order of the rows, loss and accuracy, and a validation of its own.

The ways of training are timed in turn, five times over; a ratio compares timings of one round, and a cell gives the
median and in brackets the least and the greatest. Every timing is of an epoch in a program that is traced and compiled
already; what compiling takes stands beside it. **Machines differ**: yours will show other times and other ratios, so no
test asserts any of them.
"""
NOTES = """\
- (a) The lecture's network 12-30-12-8-1 in batches of 130, on a made-up table of the lecture's size (653 and 322 rows):
  its own table cannot be shipped, and how long training takes does not depend on what the numbers say. (b) 30-100-24-1,
  batches of 32. (c) 784-100-10 with Dropout(0.3), batches of 32, the 5,000 digits that the course ships.
- (d) Ours makes a new model for each seed and trains it with the program of the first; what that takes is counted. Ten
  calls of `model.fit` go on with one model that is traced already, which is in their favour. NumPy trains seed by seed.
- NumPy runs with one BLAS thread or with as many as it takes by itself, whichever is faster.
- EarlyStopping is there to show what a callback costs that looks at the model after every epoch; it never stops.
"""


def terminal(report: Report) -> str:
    """Return what is printed at the end of a run."""
    return "\n\n".join(
        (
            about_machine(report),
            aligned(ratios(report)),
            aligned(milliseconds(report)),
            dropout(report),
            aligned(engines(report)),
            verdict(report),
        )
    )


def markdown(report: Report) -> str:
    """Return docs/benchmarks.md."""
    return "\n".join(
        (
            INTRODUCTION,
            f"{about_machine(report)}, on {report.date}:\n",
            piped(ratios(report)),
            f"\n{verdict(report)}\n",
            piped(milliseconds(report)),
            f"\n{NOTES}",
            "## Two choices that rest on measurements\n",
            f"{dropout(report)}\n",
            "`fit` runs TensorFlow's own operations as a graph, or XLA where the training is long enough. The last\n"
            "column says from how many steps on that pays; `helpers/training/engine.py` has the number it goes by.\n",
            piped(engines(report)),
            "",
        )
    )


def about_machine(report: Report) -> str:
    """Name processor, cores and versions."""
    found = report.machine
    others = f" (busy with other work when it began: load {report.busy:.1f})" if report.busy > BUSY else ""
    return (
        f"{found['processor']}, {found['cores']} cores, {found['system']}, Python {found['python']}, "
        f"TensorFlow {found['tensorflow']}, Keras {found['keras']}, NumPy {found['numpy']}{others}"
    )


def ratios(report: Report) -> Rows:
    """Tabulate the ratios and compile times with their goals."""
    rows = [["", f"{KERAS} ÷ {OURS}", f"{OURS} ÷ {NUMPY}", "compiling, s"]]
    for result in report.results:
        rows.append([f"({result.key}) {result.title}", *map(str, result.goals)])
        if WATCHED in result.epoch_ms:
            found = result.ratio(KERAS, WATCHED), result.ratio(WATCHED, NUMPY)
            rows.append([f"({result.key}) with EarlyStopping", *map(str, found), ""])
    return rows


def milliseconds(report: Report) -> Rows:
    """Tabulate what an epoch takes each way."""
    rows = [["ms an epoch", KERAS, OURS, NUMPY, "its BLAS threads"]]
    for result in report.results:
        times = result.epoch_ms
        spreads = [str(Spread.of(times[way])) for way in (KERAS, OURS, NUMPY)]
        rows.append([f"({result.key}) {result.title}", *spreads, str(result.blas_threads or "its own choice")])
        if WATCHED in times:
            rows.append([f"({result.key}) with EarlyStopping", "", str(Spread.of(times[WATCHED])), "", ""])
    return rows


def dropout(report: Report) -> str:
    """Say what the generator of random numbers does to dropout."""
    without, named, left_open = report.dropout_ms.values()
    times = [short(median(each)) for each in (without, named, left_open)]
    text = (
        f"An epoch of (c) takes {times[0]} ms without dropout, {times[1]} ms with dropout by Philox, the generator of\n"
        f"random numbers that `fit` names, and {times[2]} ms where TensorFlow chooses the generator: "
        f"{Spread.of_ratios(left_open, named)} times\nas long."
    )
    alone = median(named) - median(without)
    if alone <= 0:
        return text
    return f"{text} Dropout alone then costs {short((median(left_open) - median(without)) / alone)} times as much."


def engines(report: Report) -> Rows:
    """Tabulate XLA against TensorFlow's operations."""
    rows = [["", "graph: start, s", "graph: µs a step", "XLA: start, s", "XLA: µs a step", "XLA pays from step"]]
    for each in report.engines:
        numbers = each.graph_start_s, each.graph_step_us, each.xla_start_s, each.xla_step_us
        even = "never" if each.even_at is None else f"{each.even_at:,.0f}"
        rows.append([f"({each.key})", *map(short, numbers), even])
    return rows


def verdict(report: Report) -> str:
    """Say which goals are met; the median counts."""
    missed = [goal for goal in report.goals if not goal.met]
    if not missed:
        return f"All {len(report.goals)} goals are met."
    names = "; ".join(f"{goal.what}: {goal}" for goal in missed)
    return f"{len(report.goals) - len(missed)} of {len(report.goals)} goals are met, missed: {names}."


def aligned(rows: Rows) -> str:
    """Lay a table out in columns of equal width, the first one to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def piped(rows: Rows) -> str:
    """Write a table in Markdown."""
    return "\n".join(map(_piped_row, [rows[0], ["---", *["---:"] * (len(rows[0]) - 1)], *rows[1:]]))


def _piped_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
