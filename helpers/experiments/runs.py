"""What a comparison recorded: arrays over variants, seeds and epochs, and the measures read from them."""

import json
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.curves import is_better_high
from helpers.errors import CourseError
from helpers.experiments.seeds import Run
from helpers.i18n import say

if TYPE_CHECKING:
    from helpers.experiments.claims import Claim
    from helpers.plots import Captioned

FORMAT = 1
QUARTILES = (25, 50, 75)


@dataclass(frozen=True, eq=False)
class Runs:
    """Every variant under every seed.

    Attributes:
        variants: their names.
        seeds: the seeds.
        epochs: how many epochs each run took, an int array of shape (variant, seed).
        history: a float array of shape (variant, seed, epoch) for each column of the histories; NaN where a run had
            stopped already.
        test: an array of shape (variant, seed) for each metric on the test set.
        also: an array of shape (variant, seed) for each further measure.
    """

    variants: tuple[str, ...]
    seeds: tuple[int, ...]
    epochs: np.ndarray
    history: Mapping[str, np.ndarray]
    test: Mapping[str, np.ndarray] = field(default_factory=dict)
    also: Mapping[str, np.ndarray] = field(default_factory=dict)

    def __repr__(self) -> str:
        variants, seeds, epochs = len(self.variants), len(self.seeds), self.epochs.max()
        return say(
            en=f"Runs · variants: {variants} · seeds: {seeds} · epochs: {epochs}",
            ko=f"훈련 기록 · 변형: {variants} · 시드: {seeds} · 에포크: {epochs}",
        )

    def measure(self, measure: "str | Callable[[dict[str, np.ndarray]], float]") -> np.ndarray:
        """Return one number a run, as an array of shape (variant, seed).

        Args:
            measure: the name of a measure, or a function of one run's history (a dictionary of float arrays). Names:
                "epochs" (how many were trained); "best_epoch" (counted from 1, by validation loss);
                "best_<column>", "last_<column>" (the best and the last value of a column, for example
                "best_val_loss"); "gap" (validation loss minus training loss at the end); "rise" (by which share the
                validation loss ends above its best value); "test_<metric>"; and those given to `compare` as `also`.

        Raises:
            CourseError: no such measure.
        """
        if callable(measure):
            return np.array([[float(measure(self.run(name, seed))) for seed in self.seeds] for name in self.variants])
        if measure == "epochs":
            return self.epochs
        if measure in self.also:
            return self.also[measure]
        if measure.startswith("test_") and measure.removeprefix("test_") in self.test:
            return self.test[measure.removeprefix("test_")]
        kind, _, column = measure.partition("_")
        if kind in ("best", "last") and column in self.history:
            return self.measure(lambda run: _PICKED[kind](run[column], column))
        if measure in _READ and "val_loss" in self.history:
            return self.measure(_READ[measure])
        raise CourseError(
            say(
                en=f"There is no measure {measure!r}: there are {', '.join(self.measures())}.",
                ko=f"{measure!r}라는 값은 없습니다. 있는 값: {', '.join(self.measures())}.",
            )
        )

    def measures(self) -> list[str]:
        """Name every measure there is."""
        columns = [f"{kind}_{column}" for column in self.history for kind in _PICKED]
        read = _READ if "val_loss" in self.history else ()
        return ["epochs", *read, *columns, *(f"test_{name}" for name in self.test), *self.also]

    def run(self, variant: str, seed: int) -> dict[str, np.ndarray]:
        """Return one run's history, as long as the run was.

        Raises:
            CourseError: no such variant or seed.
        """
        if seed not in self.seeds:
            listed = ", ".join(map(str, self.seeds))
            raise CourseError(
                say(
                    en=f"There is no seed {seed!r}: choose one of {listed}.",
                    ko=f"{seed!r} 시드는 없습니다: {listed}.",
                )
            )
        place = self.place(variant), self.seeds.index(seed)
        return {name: values[place][: self.epochs[place]] for name, values in self.history.items()}

    def place(self, variant: str) -> int:
        """Return a variant's position in the arrays.

        Raises:
            CourseError: no such variant.
        """
        if variant not in self.variants:
            listed = ", ".join(map(repr, self.variants))
            raise CourseError(
                say(
                    en=f"There is no variant {variant!r}: choose one of {listed}.",
                    ko=f"{variant!r}은(는) 없습니다: {listed}.",
                )
            )
        return self.variants.index(variant)

    def table(self, measures: Sequence[str] | None = None) -> pd.DataFrame:
        """Return median and quartiles over the seeds: a row for each variant.

        Args:
            measures: which to show; by default the best epoch, the best and the last validation loss, the gap and the
                results on the test set.

        Returns:
            A frame with the variants as index and (measure, "median"), (measure, "lower quartile"),
            (measure, "upper quartile") as columns.
        """
        if measures is None:
            read = ["best_epoch", "best_val_loss", "last_val_loss", "gap"] if "val_loss" in self.history else []
            measures = [*read, *(f"test_{name}" for name in sorted(self.test)), *self.also]
        columns = {}
        for name in measures:
            low, middle, high = quartiles(self.measure(name), axis=1)
            columns |= {(name, "median"): middle, (name, "lower quartile"): low, (name, "upper quartile"): high}
        return pd.DataFrame(columns, index=pd.Index(self.variants, name="variant"))

    def plot(self, metric: str = "val_loss", **options: Any) -> "Captioned":
        """Draw each variant's median over the seeds with a band between the quartiles.

        Args:
            metric: a column of the histories.
            options: see `helpers.plots.runs.bands`.
        """
        from helpers.plots.runs import bands

        return bands(self, metric, **options)

    def claim(self, text: str, measure: Any, **rule: Any) -> "Claim":
        """Test a taught effect on these runs; see `helpers.experiments.claims.claim`."""
        from helpers.experiments.claims import claim

        return claim(self, text, measure, **rule)

    def save(self, path: str | Path) -> Path:
        """Write everything to an npz file, in a folder that need not be there yet, and return its path."""
        path = _npz(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {"format": FORMAT, "variants": self.variants, "seeds": self.seeds}
        arrays = {f"{kind}/{name}": values for kind in _KINDS for name, values in getattr(self, kind).items()}
        np.savez_compressed(path, about=np.array(json.dumps(about)), epochs=self.epochs, **arrays)
        return path

    @classmethod
    def load(cls, path: str | Path) -> "Runs":
        """Read what `save` wrote.

        Raises:
            CourseError: there is no such file, or it is no record of runs, or one of another version of the course.
        """
        path = _npz(path)
        parts = {kind: {} for kind in _KINDS}
        try:
            with np.load(path, allow_pickle=False) as stored:
                about = json.loads(str(stored["about"]))
                version, variants, seeds = about["format"], tuple(about["variants"]), tuple(about["seeds"])
                epochs = stored["epochs"]
                for name in stored.files:
                    kind, slash, column = name.partition("/")
                    if slash:
                        parts[kind][column] = stored[name]
        except FileNotFoundError as error:
            raise CourseError(
                say(
                    en=f"There is no file {path}: runs.save writes one.",
                    ko=f"{path} 파일이 없습니다. runs.save로 먼저 저장하세요.",
                )
            ) from error
        except _UNREADABLE as error:
            raise CourseError(
                say(
                    en=f"{path} does not hold runs: give a file that runs.save has written.",
                    ko=f"{path}에는 실행 기록이 없습니다. runs.save로 저장한 파일을 주세요.",
                )
            ) from error
        if version != FORMAT:
            raise CourseError(
                say(
                    en=f"{path} comes from another version of the course (format {version}, here {FORMAT}): "
                    "run compare again.",
                    ko=f"{path}은(는) 다른 버전의 강의에서 저장한 파일입니다(형식 {version}, 여기서는 {FORMAT}). "
                    "compare를 다시 실행하세요.",
                )
            )
        return cls(variants, seeds, epochs, **parts)


def quartiles(values: np.ndarray, axis: int | None = None) -> tuple[Any, Any, Any]:
    """Return the lower quartile, the median and the upper quartile of what is no NaN; NaN where nothing else is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a diverged run: the NaN tells it
        low, middle, high = np.nanpercentile(values, QUARTILES, axis=axis)
    return low, middle, high


def gather(done: Sequence[Run], variants: tuple[str, ...], seeds: tuple[int, ...]) -> Runs:
    """Put single runs, in any order, into arrays."""
    by_place = {(run.variant, run.seed): run for run in done}
    ordered = [by_place[variant, seed] for variant in variants for seed in seeds]
    shape = len(variants), len(seeds)
    epochs = np.array([len(run.history["loss"]) for run in ordered])
    history = {}
    for name in dict.fromkeys(name for run in ordered for name in run.history):
        values = np.full((len(ordered), epochs.max()), np.nan)
        for row, run in zip(values, ordered, strict=True):
            row[: len(run.history.get(name, ()))] = run.history.get(name, ())
        history[name] = values.reshape(*shape, -1)
    return Runs(
        variants, seeds, epochs.reshape(shape), history, *(_numbers(ordered, part, shape) for part in ("test", "also"))
    )


def _numbers(ordered: Sequence[Run], part: str, shape: tuple[int, int]) -> dict[str, np.ndarray]:
    """Return an array of shape (variant, seed) for each of the numbers that runs keep by name."""
    names = dict.fromkeys(name for run in ordered for name in getattr(run, part))
    return {name: np.array([getattr(run, part).get(name, np.nan) for run in ordered]).reshape(shape) for name in names}


def _best(values: np.ndarray, column: str) -> float:
    if np.isnan(values).all():
        return np.nan
    return float(np.nanmax(values) if is_better_high(column) else np.nanmin(values))


def _last(values: np.ndarray, column: str) -> float:
    return float(values[-1])


def _best_epoch(run: dict[str, np.ndarray]) -> float:
    losses = run["val_loss"]
    return np.nan if np.isnan(losses).all() else int(np.nanargmin(losses)) + 1


def _npz(path: str | Path) -> Path:
    path = Path(path)
    return path if path.suffix == ".npz" else path.with_name(f"{path.name}.npz")


_UNREADABLE = (KeyError, TypeError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
_KINDS = ("history", "test", "also")
_PICKED = {"best": _best, "last": _last}
_READ = {
    "best_epoch": _best_epoch,
    "gap": lambda run: run["val_loss"][-1] - run["loss"][-1],
    "rise": lambda run: run["val_loss"][-1] / _best(run["val_loss"], "val_loss") - 1,
}
