"""Figures of tables: how classes share out, how splits scatter, what scaling does to a feature."""

from collections.abc import Mapping, Sequence

import numpy as np

from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure

_HATCHES = ("", "//", "..", "xx", "++")
_COLORS = (BLUE, ORANGE, GREEN, PURPLE, GREY)


def class_shares(parts: Mapping[str, Sequence[int]], class_names: Sequence[str], title: str) -> Captioned:
    """Draw one stacked bar for each part of a split: the share of each class in it.

    Args:
        parts: labels (whole numbers from 0) of each part, by its name.
        class_names: the name of each class.
        title: the figure's title.
    """
    names = list(parts)
    shares = np.array(
        [[np.mean(np.asarray(parts[name]) == label) for label in range(len(class_names))] for name in names]
    )
    figure = new_figure(7.2, 0.9 + 0.6 * len(names))
    axes = figure.add_subplot()
    left = np.zeros(len(names))
    for label, class_name in enumerate(class_names):
        axes.barh(
            names,
            shares[:, label],
            left=left,
            color=_COLORS[label % 5],
            hatch=_HATCHES[label % 5],
            edgecolor="white",
            label=str(class_name),
        )
        left += shares[:, label]
    axes.set(xlim=(0, 1), xlabel="share of the rows", title=title)
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside right upper")
    listed = "; ".join(
        f"{name}: " + ", ".join(f"{c} {share:.0%}" for c, share in zip(class_names, row, strict=True))
        for name, row in zip(names, shares, strict=True)
    )
    missing = [
        (name, str(class_names[label]))
        for name, row in zip(names, shares, strict=True)
        for label in np.where(row == 0)[0]
    ]
    text = say(en=f"Shares of the classes. {listed}.", ko=f"클래스의 비율. {listed}.")
    for name, class_name in missing:
        text += say(
            en=f" The part {name} has no row of {class_name} at all.",
            ko=f" {name} 쪽에는 {class_name} 데이터가 하나도 없습니다.",
        )
    return Captioned(figure, text)


def split_roles(train: int, validation: int, test: int) -> Captioned:
    """Draw the three parts of a table and what each of them is for.

    Args:
        train, validation, test: how many rows each part has.
    """
    figure = new_figure(7.6, 2.1)
    axes = figure.add_subplot()
    roles = (
        ("training", train, BLUE, "fit the weights"),
        ("validation", validation, ORANGE, "make choices"),
        ("test", test, GREEN, "one final look"),
    )
    total, left = train + validation + test, 0
    for (name, rows, color, role), hatch in zip(roles, _HATCHES, strict=False):
        axes.barh(0, rows, left=left, color=color, hatch=hatch, edgecolor="white", height=0.8, alpha=0.85)
        label = f"{name}\n{rows} rows\n{role}"
        axes.text(left + rows / 2, 0.62, label, ha="center", va="bottom", fontsize=10)
        left += rows
    axes.set(xlim=(0, total), ylim=(-0.5, 1.9))
    axes.axis("off")
    return Captioned(
        figure,
        say(
            en=f"Of {total} rows, {train} fit the weights, {validation} serve to choose (epochs, layers, rates), and "
            f"{test} are kept for one final measurement.",
            ko=f"{total}행 중 {train}행으로 가중치를 맞추고, {validation}행으로 에포크 수나 층 같은 것을 고르고, "
            f"{test}행은 마지막 평가를 위해 남겨 둡니다.",
        ),
    )


def scatter_of_splits(shares: Mapping[str, Sequence[float]], truth: float, xlabel: str) -> Captioned:
    """Draw how a class's share in the test part scatters over many random splits, one histogram a way of splitting.

    Args:
        shares: the share in each split, by the way of splitting.
        truth: the share in the whole table.
        xlabel: what the share is of.
    """
    figure = new_figure(7.2, 3.2)
    axes = figure.add_subplot()
    everything = np.concatenate([np.asarray(values) for values in shares.values()])
    bins = np.linspace(everything.min() - 0.01, everything.max() + 0.01, 30)
    for (name, values), color, hatch in zip(shares.items(), _COLORS, _HATCHES, strict=False):
        axes.hist(values, bins=bins, color=color, hatch=hatch, edgecolor="white", alpha=0.8, label=name)
    axes.axvline(truth, color="black", linestyle=":", label=f"whole table: {truth:.0%}")
    axes.set(xlabel=xlabel, ylabel="splits")
    axes.legend()
    listed = "; ".join(f"{name}: {min(values):.0%} … {max(values):.0%}" for name, values in shares.items())
    count = len(next(iter(shares.values())))
    return Captioned(
        figure,
        say(
            en=f"Over {count} splits the share ranges: {listed}; in the whole table it is {truth:.0%}.",
            ko=f"{count}번 나누었을 때 비율의 범위: {listed}. 전체 표에서는 {truth:.0%}입니다.",
        ),
    )


def before_after(before: Sequence[float], after: Sequence[float], name: str, how: str) -> Captioned:
    """Draw one feature before and after scaling, side by side.

    Args:
        before, after: the feature's values, shape (rows,).
        name: the feature's name.
        how: the scaler's name.
    """
    figure = new_figure(8.4, 3.0)
    for place, (values, title, color) in enumerate(
        ((np.asarray(before), f"{name}, as measured", BLUE), (np.asarray(after), f"after {how}", ORANGE)), start=1
    ):
        axes = figure.add_subplot(1, 2, place)
        axes.hist(values, bins=40, color=color)
        axes.set(title=title, ylabel="rows" if place == 1 else None)
    rows = [np.asarray(before), np.asarray(after)]
    mean, spread, skew = ([f(values) for values in rows] for f in (np.mean, np.std, skewness))
    if abs(skew[0] - skew[1]) < 0.01:
        finding = say(
            en="the numbers on the axis change, the shape does not.", ko="축의 숫자만 바뀌고 모양은 그대로입니다."
        )
    else:
        finding = say(en="the shape changes too.", ko="모양도 바뀝니다.")
    return Captioned(
        figure,
        say(
            en=f"{how}: mean {mean[0]:z.1f} → {mean[1]:z.1f}, standard deviation {spread[0]:.1f} → {spread[1]:.1f}, "
            f"largest value {max(before):.1f} → {max(after):.1f}, skewness {skew[0]:z.2f} → {skew[1]:z.2f}: ",
            ko=f"{how}: 평균 {mean[0]:z.1f} → {mean[1]:z.1f}, 표준편차 {spread[0]:.1f} → {spread[1]:.1f}, "
            f"최댓값 {max(before):.1f} → {max(after):.1f}, 왜도 {skew[0]:z.2f} → {skew[1]:z.2f}. ",
        )
        + finding,
    )


def skewness(values: Sequence[float]) -> float:
    """Return the third standardised moment: 0 for a symmetric distribution, positive with a long right tail."""
    values = np.asarray(values, dtype=float)
    return float(np.mean(((values - values.mean()) / values.std()) ** 3))


def drawn_shares(observed: Mapping[str, float], weights: Mapping[str, float], draws: int) -> Captioned:
    """Draw how often each row was drawn beside the share its weight promises.

    Args:
        observed: share of the draws, by row label.
        weights: the weights given to `sample`, by row label.
        draws: how many rows were drawn.
    """
    labels = list(weights)
    promised = np.array([weights[label] for label in labels]) / sum(weights.values())
    seen = np.array([observed.get(label, 0.0) for label in labels])
    figure = new_figure(6.4, 3.0)
    axes = figure.add_subplot()
    place = np.arange(len(labels))
    axes.bar(place - 0.2, promised, 0.4, color=GREY, hatch="//", edgecolor="white", label="weight / sum of weights")
    axes.bar(place + 0.2, seen, 0.4, color=BLUE, label=f"drawn in {draws:,} draws")
    axes.set_xticks(place, [f"{label} (weight {weights[label]})" for label in labels])
    axes.set_ylabel("share")
    axes.legend()
    gap = np.ceil(100 * np.max(np.abs(promised - seen)) - 1e-9) / 100  # rounded up, so that "none is further" holds
    listed = ", ".join(f"{label} {share:.2f}" for label, share in zip(labels, seen, strict=True))
    return Captioned(
        figure,
        say(
            en=f"Shares drawn: {listed}. None is further than {gap:.2f} from its weight divided by the sum.",
            ko=f"뽑힌 비율: {listed}. 가중치를 합으로 나눈 값과 {gap:.2f} 넘게 차이 나는 것이 없습니다.",
        ),
    )
