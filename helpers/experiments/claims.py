"""A taught effect as a test over seeds: what is measured, which way it goes, how many seeds must agree, how clearly."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.arguments import one_of
from helpers.errors import CourseError
from helpers.experiments.runs import quartiles
from helpers.i18n import say

if TYPE_CHECKING:
    from helpers.experiments.runs import Runs

AGREE = 0.8  # share of the seeds that must agree unless a claim says otherwise
DIRECTIONS = ("lower", "higher")
STATISTICS = {"each": "시드별", "median": "중앙값", "spread": "범위"}  # and what the Korean edition calls them


class ClaimNotSupported(CourseError):
    """The runs do not bear a claim out; the message holds the numbers."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim that the runs bear out. Shown with its numbers and a picture when it is a cell's last expression.

    Attributes:
        text: what is claimed.
        rule: how it was tested, in words.
        evidence: what was found, in words, numbers included.
        label: the name of the measure.
        names: the names of what is compared: one variant, or two.
        values: the measure, of shape (len(names), seeds).
        bound: the number that it is compared with, where it is not another variant.
        statistic: "each", "median" or "spread": what of the measure is compared.
        agreeing: for how many seeds it is true, where seeds are compared one by one.
    """

    text: str
    rule: str
    evidence: str
    label: str
    names: tuple[str, ...]
    values: np.ndarray
    bound: float | None
    statistic: str
    agreeing: int | None

    @property
    def line(self) -> str:
        """The verdict with its rule: the same on every machine on which the claim holds."""
        return say(
            en=f"✓ {self.text} (rule: {self.rule})",
            ko=f"✓ {self.text} (기준: {self.rule})",
        )

    def _ipython_display_(self) -> None:
        from helpers.plots.runs import show_evidence

        show_evidence(self)


def claim(
    runs: "Runs",
    text: str,
    measure: str | Callable[[dict[str, np.ndarray]], float],
    *,
    of: str | None = None,
    direction: str,
    than: str | float,
    margin: float = 0.0,
    statistic: str = "each",
    agree: int | None = None,
) -> Claim:
    """Test a claim, print its verdict in one line, and return it with its evidence.

    Args:
        runs: what `compare` returned.
        text: the claim in words.
        measure: see `Runs.measure`.
        of: the variant it is about; not needed where there is only one.
        direction: "lower" or "higher".
        than: the variant or the number to compare with.
        margin: by how much at least, in units of the measure.
        statistic: "each" compares seed by seed, "median" the medians over the seeds, "spread" the distance between
            the smallest and the largest value over the seeds.
        agree: of how many seeds it must be true with "each"; four in five by default.

    Raises:
        ClaimNotSupported: the runs do not bear it out.
        CourseError: an unknown variant, measure, direction or statistic, nothing to compare with, a margin below 0, a
            measure without a name, or more seeds asked for than there are.
    """
    of = of or _only(runs)
    one_of(direction, DIRECTIONS, "direction")
    one_of(statistic, tuple(STATISTICS), "statistic")
    if not isinstance(than, str | Real):
        raise CourseError(
            say(
                en=f"than={than!r}: give the name of a variant or a number to compare with.",
                ko=f"than={than!r}: 비교할 변형의 이름이나 수를 주세요.",
            )
        )
    if not isinstance(margin, Real) or not margin >= 0:
        raise CourseError(
            say(
                en=f"margin={margin!r}: say by how much at least, as a number from 0 on.",
                ko=f"margin={margin!r}: 차이가 적어도 얼마인지 0 이상의 수로 지정하세요.",
            )
        )
    agree = math.ceil(AGREE * len(runs.seeds)) if agree is None else agree
    if not isinstance(agree, Integral) or not 1 <= agree <= len(runs.seeds):
        raise CourseError(
            say(
                en=f"agree={agree!r}, but there are {len(runs.seeds)} seeds: choose a number from 1 to "
                f"{len(runs.seeds)}.",
                ko=f"시드는 {len(runs.seeds)}개인데 agree={agree!r}입니다. 1부터 {len(runs.seeds)} 사이의 수를 "
                "지정하세요.",
            )
        )
    label = _name(measure)
    measured = runs.measure(measure)
    names = (of, than) if isinstance(than, str) else (of,)
    values = np.array([measured[runs.place(name)] for name in names], dtype=float)
    bound = None if isinstance(than, str) else float(than)
    holds, found, agreeing = _judge(values, bound, direction, margin, statistic, agree)
    rule = _rule(label, names, bound, direction, margin, statistic, agree, len(runs.seeds))
    evidence = f"{found} {_medians(names, values)}"
    result = Claim(text, rule, evidence, label, names, values, bound, statistic, agreeing)
    if not holds:
        raise ClaimNotSupported(
            say(
                en=f"Not supported: {text} (rule: {rule}). {result.evidence}",
                ko=f"뒷받침되지 않음: {text} (기준: {rule}). {result.evidence}",
            )
        )
    print(result.line)
    return result


def _judge(
    values: np.ndarray, bound: float | None, direction: str, margin: float, statistic: str, agree: int
) -> tuple[bool, str, int | None]:
    """Return whether the claim holds, what decided it in words, and the number of seeds that agree if they count.

    A comparison with NaN never holds.
    """
    sign = 1 if direction == "higher" else -1
    if statistic == "each":
        other = values[1] if bound is None else bound
        count, seeds = int(np.sum(_beyond(sign, values[0], other, margin))), values.shape[1]
        found = say(en=f"True for {count} of {seeds} seeds.", ko=f"시드 {seeds}개 가운데 {count}개에서 맞습니다.")
        return count >= agree, found, count
    with np.errstate(invalid="ignore"):  # infinite losses
        reduced = np.median(values, axis=1) if statistic == "median" else np.ptp(values, axis=1)
    other = reduced[1] if bound is None else bound
    one, two = _number(reduced[0]), _number(other)
    found = say(
        en=f"The {statistic} is {one}, to compare with {two}.",
        ko=f"측정한 {STATISTICS[statistic]}: {one}, 비교하는 값: {two}.",
    )
    return bool(_beyond(sign, reduced[0], other, margin)), found, None


def _beyond(sign: int, value: Any, other: Any, margin: float) -> Any:
    """A difference counts from the margin on; without a margin it must not be zero."""
    with np.errstate(invalid="ignore"):  # the difference of two infinite losses
        difference = sign * (value - other)
    return difference >= margin if margin else difference > 0


def _rule(
    label: str,
    names: tuple[str, ...],
    bound: float | None,
    direction: str,
    margin: float,
    statistic: str,
    agree: int,
    seeds: int,
) -> str:
    other = f"{bound:g}" if bound is not None else f'"{names[1]}"'
    measured = {
        "each": say(en=label, ko=label),
        "median": say(
            en=f"median {label}",
            ko=f"{label}의 중앙값",
        ),
        "spread": say(
            en=f"spread of {label}",
            ko=f"{label}의 범위",
        ),
    }[statistic]
    way = {
        "lower": say(
            en="lower than",
            ko="보다 작음",
        ),
        "higher": say(
            en="higher than",
            ko="보다 큼",
        ),
    }[direction]
    by_en, by_ko = (f" by at least {margin:g}", f"({margin:g} 이상)") if margin else ("", "")
    if agree == seeds:
        how_many = say(en=f", for all {seeds} seeds", ko=f", 시드 {seeds}개 모두")
    else:
        how_many = say(en=f", for at least {agree} of {seeds} seeds", ko=f", 시드 {seeds}개 중 {agree}개 이상")
    return say(
        en=f'{measured} of "{names[0]}" {way} {other}{by_en}',
        ko=f'"{names[0]}"의 {measured}: {other}{way}{by_ko}',
    ) + (how_many if statistic == "each" else "")


def _medians(names: tuple[str, ...], values: np.ndarray) -> str:
    parts = []
    for name, row in zip(names, values, strict=True):
        low, middle, high = map(_number, quartiles(row))
        parts.append(
            say(
                en=f"{name}: median {middle}, quartiles {low} to {high}.",
                ko=f"{name}: 중앙값 {middle}, 사분위 {low}~{high}.",
            )
        )
    return " ".join(parts)


def _name(measure: str | Callable) -> str:
    if isinstance(measure, str):
        return measure
    name = getattr(measure, "__name__", "")
    if not name.isidentifier():
        raise CourseError(
            say(
                en="The verdict names the measure: write it as a function with a name, `def measure(run): …`.",
                ko="판정에 측도의 이름이 나옵니다. `def measure(run): …`처럼 이름이 있는 함수로 쓰세요.",
            )
        )
    return name


def _number(value: float) -> str:
    return f"{value:.4g}"


def _only(runs: "Runs") -> str:
    if len(runs.variants) > 1:
        listed = ", ".join(map(repr, runs.variants))
        raise CourseError(
            say(
                en=f"Which variant is the claim about? Say of= one of {listed}.",
                ko=f"어느 변형에 대한 주장인가요? of=로 고르세요: {listed}.",
            )
        )
    return runs.variants[0]
