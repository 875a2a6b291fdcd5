"""What one run of the benchmark found: numbers, ratios, goals; and the file they are kept in."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

KERAS, OURS, NUMPY, WATCHED = "model.fit", "ours", "NumPy", "ours with EarlyStopping"
MOST_OF_NUMPY = 1.5
MOST_COMPILING = 3.0  # seconds
PACKAGES = ("tensorflow", "keras", "numpy")


@dataclass(frozen=True)
class Spread:
    """The median of several measurements, and the least and the greatest of them."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Summarise some values."""
        return cls(median(values), min(values), max(values))

    @classmethod
    def of_ratios(cls, above: Sequence[float], below: Sequence[float]) -> "Spread":
        """Summarise the ratios of values that were measured in pairs."""
        return cls.of([one / other for one, other in zip(above, below, strict=True)])

    def __str__(self) -> str:
        return f"{short(self.median)} ({short(self.low)}–{short(self.high)})"


@dataclass(frozen=True)
class Goal:
    """Something to reach, and whether it was: the median counts.

    Attributes:
        what: in a few words.
        found: the measurements.
        least, most: the limit; one of them is None.
    """

    what: str
    found: Spread
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Tell whether the median keeps the limit."""
        above = self.least is None or self.found.median >= self.least
        return above and (self.most is None or self.found.median <= self.most)

    def __str__(self) -> str:
        limit = f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"
        return f"{self.found}, {limit} {'met' if self.met else 'MISSED'}"


@dataclass(frozen=True)
class Result:
    """What was measured for one case.

    Attributes:
        key, title, goal: of the case.
        epoch_ms: milliseconds of an epoch in each round, by way of training.
        compiling_s: seconds that each of several new models took to compile.
        blas_threads: with how many BLAS threads NumPy was faster; None is as many as it takes by itself.
    """

    key: str
    title: str
    goal: float
    epoch_ms: dict[str, list[float]]
    compiling_s: list[float]
    blas_threads: int | None

    def ratio(self, above: str, below: str) -> Spread:
        """Return how many times as long one way takes as another."""
        return Spread.of_ratios(self.epoch_ms[above], self.epoch_ms[below])

    @property
    def goals(self) -> tuple[Goal, Goal, Goal]:
        """Faster than `model.fit`, hardly slower than NumPy, soon compiled."""
        return (
            Goal(f"({self.key}) {KERAS} ÷ {OURS}", self.ratio(KERAS, OURS), least=self.goal),
            Goal(f"({self.key}) {OURS} ÷ {NUMPY}", self.ratio(OURS, NUMPY), most=MOST_OF_NUMPY),
            Goal(f"({self.key}) compiling, s", Spread.of(self.compiling_s), most=MOST_COMPILING),
        )


@dataclass(frozen=True)
class Engines:
    """A case run by TensorFlow's own operations and by XLA.

    Attributes:
        key: of the case.
        graph_start_s, xla_start_s: seconds until the program is ready.
        graph_step_us, xla_step_us: microseconds of a training step, with its share of the validation.
    """

    key: str
    graph_start_s: float
    xla_start_s: float
    graph_step_us: float
    xla_step_us: float

    @property
    def even_at(self) -> float | None:
        """From how many steps on XLA is faster in all; None if it never is."""
        saved = (self.graph_step_us - self.xla_step_us) / 1e6
        return max(0.0, (self.xla_start_s - self.graph_start_s) / saved) if saved > 0 else None


@dataclass(frozen=True)
class Report:
    """One run of the benchmark.

    Attributes:
        date: the day, as in 2025-12-31.
        machine: name of the processor, its cores, system and versions.
        busy: programs that were running when the benchmark began, as the system counts its load.
        results: one for each case.
        dropout_ms: milliseconds of an epoch of (c) in each round, by generator of random numbers.
        engines: XLA against TensorFlow's operations.
    """

    date: str
    machine: dict[str, str]
    busy: float
    results: list[Result]
    dropout_ms: dict[str, list[float]]
    engines: list[Engines]

    @property
    def goals(self) -> list[Goal]:
        """The goals of all cases."""
        return [goal for result in self.results for goal in result.goals]

    def to_json(self) -> str:
        """Return the text that `from_json` reads; goals and medians are in it for other readers."""
        goals = [{"goal": goal.what, **asdict(goal), "met": goal.met} for goal in self.goals]
        for goal in goals:
            del goal["what"]
        rounded = _rounded({**asdict(self), "goals": goals})
        return json.dumps(rounded, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """Read what `to_json` wrote."""
        kept = json.loads(text)
        kept.pop("goals")
        kept["results"] = [Result(**each) for each in kept["results"]]
        kept["engines"] = [Engines(**each) for each in kept["engines"]]
        return cls(**kept)


def short(value: float) -> str:
    """Write a number with three digits, or all digits before the point."""
    return f"{value:.0f}" if value >= 99.95 else f"{value:.3g}" if value >= 9.995 else f"{value:.2f}"


def machine() -> dict[str, str]:
    """Describe this machine: processor, cores, system, versions; nothing that names its owner or its folders."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = {name: version(name) for name in PACKAGES}
    return {
        "processor": _processor(),
        "cores": str(cores),
        "system": platform.system(),
        "python": platform.python_version(),
        **versions,
    }


def busy() -> float:
    """Return how many programs were running in the last minute, 0 where the system does not tell."""
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return 0.0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _rounded(value: object) -> object:
    """Keep five digits of every number."""
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value
