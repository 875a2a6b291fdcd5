"""Lab of lesson 06: a network of any width on any number of rows, trained under several seeds while you wait."""

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.arguments import one_of
from helpers.curves import TOLERANCE
from helpers.experiments import randomness
from helpers.i18n import say
from helpers.labs.frame import Choice, Lab, Picture, State
from helpers.labs.rows import VALIDATION_ROWS, class_rows
from helpers.plots.base import GREY, TRAIN, VALIDATION, new_figure, png
from helpers.training import fit
from helpers.training.fitting import build

WIDTHS = (1, 2, 4, 8, 16, 32, 64, 128)
ROWS = (20, 40, 80, 160, 320, 640, 1280)
SEEDS = 5
PASSES, PASS, BATCH = 20, 1280, 64  # every state takes the same 400 updates, however few rows there are
MOVES = 10  # states that a student looks at, or more: compiling is worth it for all of them together
GOAL = 0.9  # training accuracy that a network reaches unless it underfits
NAMES = {(False, False): "fits", (True, False): "U", (False, True): "O", (True, True): "U+O"}


@dataclass(frozen=True, eq=False)
class Curves:
    """What a width and a number of rows gave.

    Attributes:
        width: units in the hidden layer.
        rows: training rows.
        columns: an array of shape (seeds, passes) for "loss", "accuracy", "val_loss" and "val_accuracy"; one pass is
            1,280 rows, the rows there are taken over and over.
    """

    width: int
    rows: int
    columns: dict[str, np.ndarray]

    def median(self, column: str) -> np.ndarray:
        """Return the median over the seeds, of shape (passes,)."""
        return np.median(self.columns[column], axis=0)

    @property
    def best(self) -> int:
        """The pass with the lowest median validation loss, counted from 1."""
        return int(np.argmin(self.median("val_loss"))) + 1

    @property
    def rise(self) -> float:
        """The share by which the median validation loss ends above its lowest value."""
        values = self.median("val_loss")
        return float(values[-1] / values.min() - 1)

    @property
    def underfits(self) -> bool:
        """Whether the median training accuracy ends below 0.9."""
        return bool(self.median("accuracy")[-1] < GOAL)

    @property
    def overfits(self) -> bool:
        """Whether the median validation loss ends more than 5 % above its lowest value."""
        return self.rise > TOLERANCE


@dataclass(eq=False)
class Study:
    """The data of the lab, one model that is compiled once for all states, and what has been trained so far.

    Attributes:
        x, y, x_val, y_val: arrays; features flattened, y the class numbers.
        done: what has been trained, by width and rows.
    """

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    done: dict[tuple[int, int], Curves] = field(default_factory=dict)
    _model: keras.Model | None = None

    @classmethod
    def of(cls, dataset: Any) -> "Study":
        """Take a data set in any form that `experiments.compare` takes.

        Raises:
            CourseError: no data set, labels that are not class numbers, or fewer than 20 training rows.
        """
        return cls(*class_rows(dataset, least=ROWS[0]))

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of rows to choose from."""
        return tuple(rows for rows in ROWS if rows <= len(self.x))

    def model(self, width: int) -> keras.Model:
        """Return a new compiled network with one hidden layer."""
        classes = int(max(self.y.max(), self.y_val.max())) + 1
        model = keras.Sequential(
            [
                keras.Input((self.x.shape[1],)),
                keras.layers.Dense(width, activation="relu"),
                keras.layers.Dense(classes, activation="softmax"),
            ]
        )
        model.compile(
            optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
        )
        return model

    def train(self, width: int, rows: int) -> Curves:
        """Train the state under all seeds."""
        x, y = np.resize(self.x[:rows], (PASS, self.x.shape[1])), np.resize(self.y[:rows], PASS)
        runs = []
        with randomness.to_itself():
            if self._model is None:
                self._model = self.model(WIDTHS[-1])
                build(self._model, (x, y, None))
            for seed in range(SEEDS):
                keras.utils.set_random_seed(seed)
                runs.append(
                    fit(
                        self._begin(width),
                        x,
                        y,
                        epochs=PASSES,
                        batch_size=BATCH,
                        validation_data=(self.x_val, self.y_val),
                        validation_batch_size=VALIDATION_ROWS,
                        verbose=0,
                        repeats=MOVES * SEEDS,
                    ).history
                )
        return Curves(width, rows, {name: np.array([run[name] for run in runs]) for name in runs[0]})

    def _begin(self, width: int) -> keras.Model:
        """Give the one compiled model new weights.

        It has the largest width; a smaller network is the same network with further units whose weights are all 0.
        They put out 0, get no gradient, and stay so: nothing differs but the time, as nothing is compiled again.
        """
        for variable in self._model.optimizer.variables:
            if "learning_rate" not in variable.path:
                variable.assign(np.zeros(variable.shape))
        weights = [np.zeros_like(full) for full in self._model.get_weights()]
        for padded, fresh in zip(weights, self.model(width).get_weights(), strict=True):
            padded[tuple(slice(size) for size in fresh.shape)] = fresh
        self._model.set_weights(weights)
        return self._model


def simulate(study: Study, width: int, rows: int) -> Curves:
    """Return the curves of a width and a number of rows; trained once, remembered from then on.

    Raises:
        CourseError: a width or a number of rows that the lab does not have.
    """
    one_of(width, WIDTHS, "width")
    one_of(rows, study.rows, "rows")
    if (width, rows) not in study.done:
        study.done[width, rows] = study.train(int(width), int(rows))
    return study.done[width, rows]


def finding(curves: Curves) -> str:
    """Say in words what the curves show."""
    loss, val_loss = curves.median("loss")[-1], curves.median("val_loss")
    seen = say(
        en=f"Width {curves.width}, {curves.rows} rows: training loss ends at {loss:.2f}, training accuracy at "
        f"{curves.median('accuracy')[-1]:.2f}. Validation loss is lowest in pass {curves.best} "
        f"({val_loss.min():.2f}) and ends at {val_loss[-1]:.2f}. ",
        ko=f"너비 {curves.width}, {curves.rows}행: 마지막 훈련 손실 {loss:.2f}, 훈련 정확도 "
        f"{curves.median('accuracy')[-1]:.2f}. 검증 손실은 {curves.best}번째 회차에서 가장 낮고"
        f"({val_loss.min():.2f}) 마지막에는 {val_loss[-1]:.2f}입니다. ",
    )
    return (
        seen
        + {
            (True, False): say(
                en="Underfitting: it does not even know the training rows.",
                ko="과소적합: 훈련 데이터조차 다 배우지 못했습니다.",
            ),
            (False, True): say(
                en="Overfitting: it knows the training rows and gets worse at others.",
                ko="과적합: 훈련 데이터는 다 알고, 새 데이터에는 점점 나빠집니다.",
            ),
            (True, True): say(
                en="Both at once: it has not learned the training rows and gets worse at others all the same.",
                ko="둘 다입니다. 훈련 데이터도 다 배우지 못했는데 새 데이터에는 점점 나빠집니다.",
            ),
            (False, False): say(
                en="Neither: it knows the training rows and has lost nothing on others.",
                ko="둘 다 아닙니다. 훈련 데이터를 배웠고 새 데이터에서 잃은 것도 없습니다.",
            ),
        }[curves.underfits, curves.overfits]
    )


def draw(study: Study, state: State, before: State | None = None) -> Picture:
    """Draw the curves of a state beside the map of all states trained so far.

    Args:
        study: the data.
        state: "width" and "rows".
        before: the state looked at before; its validation curve is shown faintly.
    """
    curves = simulate(study, **state)
    figure = new_figure(9.0, 3.7, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.07, right=0.985, bottom=0.16, top=0.86, wspace=0.24)
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    passes = np.arange(1, PASSES + 1)
    if before and before != state:
        old = simulate(study, **before)
        label = f"before: width {old.width}, {old.rows} rows"
        left.plot(passes, old.median("val_loss"), color=GREY, linestyle=":", label=label)
    for name, style, label in (("loss", TRAIN, "training"), ("val_loss", VALIDATION, "validation")):
        values = curves.columns[name]
        left.fill_between(passes, values.min(axis=0), values.max(axis=0), color=style["color"], alpha=0.2, linewidth=0)
        left.plot(passes, curves.median(name), label=label, **style)
    left.plot(curves.best, curves.median("val_loss").min(), "*", markersize=13, color=VALIDATION["color"])
    left.set(xlabel="pass (20 updates)", ylabel="loss", ylim=(0, 3.5), xlim=(0, PASSES + 0.5))
    left.set_xticks(range(0, PASSES + 1, 5))
    left.set_title(f"width {curves.width}, {curves.rows} rows: median and range of {SEEDS} seeds", fontsize=10)
    left.legend(fontsize=9, loc="upper right")
    _map(right, study, curves)
    return Picture(png(figure, quick=True), finding(curves))


def _map(axes: Axes, study: Study, here: Curves) -> None:
    colours = {"fits": "#ffffff", "U": "#cfe3f2", "O": "#f6d3bf", "U+O": "#e3d5e6"}
    for (width, rows), curves in study.done.items():
        at = study.rows.index(rows), WIDTHS.index(width)
        name = NAMES[curves.underfits, curves.overfits]
        axes.add_patch(_square(at, facecolor=colours[name]))
        axes.text(*at, name, ha="center", va="center", fontsize=8)
    at = study.rows.index(here.rows), WIDTHS.index(here.width)
    axes.add_patch(_square(at, fill=False, edgecolor="black", linewidth=2))
    axes.set(xlim=(-0.5, len(study.rows) - 0.5), ylim=(-0.5, len(WIDTHS) - 0.5), xlabel="training rows", ylabel="width")
    axes.set_xticks(range(len(study.rows)), map(str, study.rows))
    axes.set_yticks(range(len(WIDTHS)), map(str, WIDTHS))
    axes.grid(visible=False)
    axes.set_title("map so far: U underfits, O overfits", fontsize=10)


def _square(at: tuple[int, int], **style: Any) -> Rectangle:
    return Rectangle((at[0] - 0.47, at[1] - 0.47), 0.94, 0.94, **style)


def capacity(dataset: Any, width: int = 64, rows: int = 160) -> Lab:
    """Open the lab on a data set with class numbers as labels; yours works too, see `data.from_csv`.

    Args:
        dataset: what `experiments.compare` takes.
        width: units in the hidden layer, one of 1, 2, 4, … 128.
        rows: training rows, one of 20, 40, 80, … 1280.

    Raises:
        CourseError: data that the lab cannot use, or a state it does not have.
    """
    study = Study.of(dataset)
    rows = min(rows, study.rows[-1])
    simulate(study, width, rows)
    return Lab(
        question=say(
            en="Which width and how many rows make the network underfit, overfit, or neither?",
            ko="너비와 데이터 수가 얼마일 때 과소적합, 과적합이 일어나고, 언제 둘 다 일어나지 않을까요?",
        ),
        controls=(
            Choice("width", say(en="width (units)", ko="너비(유닛 수)"), WIDTHS, width, scale=True),
            Choice("rows", say(en="training rows", ko="훈련 데이터 수"), study.rows, rows, scale=True),
        ),
        draw=lambda state, before: draw(study, state, before),
        code="labs.capacity(dataset, width={width}, rows={rows})",
        waiting=say(
            en=f"Computing: {SEEDS} networks are being trained …", ko=f"계산 중: 신경망 {SEEDS}개를 훈련하고 있습니다 …"
        ),
    )
