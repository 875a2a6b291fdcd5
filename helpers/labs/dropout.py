"""Lab of lesson 15: dropout after the input and after each hidden layer, at any rate, trained while you wait."""

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from matplotlib.axes import Axes

from helpers.arguments import one_of
from helpers.experiments import randomness
from helpers.i18n import say
from helpers.labs.frame import Choice, Lab, Picture, State
from helpers.labs.rows import class_rows
from helpers.plots.base import GREEN, GREY, TRAIN, VALIDATION, new_figure, png
from helpers.plots.dropout import draw_thinned
from helpers.training.fitting import build
from helpers.training.program import EpochProgram

RATES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
PLACES = ("after_input", "after_hidden1", "after_hidden2")
WIDTH = 128
SEEDS = 5
ROWS, BATCH, EPOCHS = 300, 50, 40
GOAL = 0.9  # training accuracy that a network reaches unless it underfits
CLEAR = 0.02  # a difference between two lowest validation losses that is not too small to speak of
DRAWN = (7, 8, 8, 5)  # units drawn: of the input, of each hidden layer, of the output

Rates = tuple[float, float, float]


@keras.saving.register_keras_serializable(package="course")
class AdjustableDropout(keras.layers.Layer):
    """`keras.layers.Dropout` with the rate in a variable: another rate needs no new model.

    Attributes:
        rate: the share of values set to 0 in training, from 0 up to but not including 1; the rest is divided by
            1 - rate.
        draws: where the masks come from.
    """

    def __init__(self, **others: Any) -> None:
        super().__init__(**others)
        self.draws = keras.random.SeedGenerator(0)

    def build(self, _: Any) -> None:
        """Make the variable."""
        self.rate = self.add_weight(shape=(), initializer="zeros", trainable=False, name="rate")

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Drop and scale in training, change nothing otherwise."""
        if not training:
            return inputs
        drawn = keras.random.uniform(keras.ops.shape(inputs), seed=self.draws)
        return inputs * keras.ops.cast(drawn >= self.rate, inputs.dtype) / (1 - self.rate)


@dataclass(frozen=True, eq=False)
class Curves:
    """What three rates gave.

    Attributes:
        rates: after the input, after hidden layer 1, after hidden layer 2.
        columns: an array of shape (seeds, epochs) for "loss", "accuracy", "val_loss" and "val_accuracy".
        evaluated: training accuracy of the finished models with every unit on, of shape (seeds,).
    """

    rates: Rates
    columns: dict[str, np.ndarray]
    evaluated: np.ndarray

    def median(self, column: str) -> np.ndarray:
        """Return the median over the seeds, of shape (epochs,)."""
        return np.median(self.columns[column], axis=0)

    @property
    def best(self) -> int:
        """The epoch with the lowest median validation loss, counted from 1."""
        return int(np.argmin(self.median("val_loss"))) + 1

    @property
    def lowest(self) -> float:
        """The lowest median validation loss."""
        return float(self.median("val_loss").min())

    @property
    def underfits(self) -> bool:
        """Whether the median training accuracy with every unit on is below 0.9."""
        return bool(np.median(self.evaluated) < GOAL)


@dataclass(eq=False)
class Study:
    """The data of the lab, one model that is compiled once for all states, and what has been trained so far.

    Attributes:
        x, y, x_val, y_val: arrays; features flattened, y the class numbers.
        done: what has been trained, by rates.
    """

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    done: dict[Rates, Curves] = field(default_factory=dict)
    _model: keras.Model | None = None
    _program: EpochProgram | None = None
    _starts: list[list[np.ndarray]] = field(default_factory=list)

    @classmethod
    def of(cls, dataset: Any) -> "Study":
        """Take the first 300 training rows of a data set in any form that `experiments.compare` takes.

        Raises:
            CourseError: no data set, labels that are not class numbers, or fewer rows than a batch.
        """
        return cls(*class_rows(dataset, least=BATCH, most=ROWS))

    def model(self) -> keras.Model:
        """Return a new compiled network of two hidden layers with the three places for dropout."""
        classes = int(max(self.y.max(), self.y_val.max())) + 1
        model = keras.Sequential(
            [
                keras.Input((self.x.shape[1],)),
                AdjustableDropout(name=PLACES[0]),
                keras.layers.Dense(WIDTH, activation="relu"),
                AdjustableDropout(name=PLACES[1]),
                keras.layers.Dense(WIDTH, activation="relu"),
                AdjustableDropout(name=PLACES[2]),
                keras.layers.Dense(classes, activation="softmax"),
            ]
        )
        model.compile(
            optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
        )
        return model

    def train(self, rates: Rates) -> Curves:
        """Train the state under all seeds."""
        runs, evaluated = [], []
        with randomness.to_itself():
            if self._program is None:
                self._prepare()
            for seed in range(SEEDS):
                model = self._begin(rates, seed)
                logs = self._program.run(self._orders(seed), keras.ops.ones(self._program.capacity, "bool"), 0, EPOCHS)
                runs.append({name: [log[name] for log in logs] for name in logs[0]})
                answers = keras.ops.convert_to_numpy(model(self.x, training=False)).argmax(axis=1)
                evaluated.append(np.mean(answers == self.y))
        return Curves(rates, {name: np.array([run[name] for run in runs]) for name in runs[0]}, np.array(evaluated))

    def _prepare(self) -> None:
        """Draw the first weights of each seed, and make the program that trains all states.

        `fit` would check the arrays anew for each seed and state, which takes as long as the training here.
        """
        for seed in range(SEEDS):
            keras.utils.set_random_seed(seed)
            self._model = self.model()
            self._starts.append(self._model.get_weights())
        train, validation = (self.x, self.y, None), (self.x_val, self.y_val, None)
        build(self._model, train)
        self._program = EpochProgram(self._model, train, validation, BATCH, len(self.x_val), xla=True)

    def _orders(self, seed: int) -> Any:
        """Return the order of the rows in each epoch of a seed."""
        lines = np.tile(np.arange(len(self.x), dtype="int32"), (self._program.capacity, 1))
        return keras.ops.convert_to_tensor(np.random.default_rng(seed).permuted(lines, axis=1))

    def _begin(self, rates: Rates, seed: int) -> keras.Model:
        """Give the one compiled model the first weights of a seed, the masks of that seed, and the rates."""
        model = self._model
        for variable in model.optimizer.variables:
            if "learning_rate" not in variable.path:
                variable.assign(np.zeros(variable.shape))
        model.set_weights(self._starts[seed])
        for number, (name, rate) in enumerate(zip(PLACES, rates, strict=True)):
            layer = model.get_layer(name)
            layer.rate.assign(rate)
            layer.draws.state.assign(np.array([len(PLACES) * seed + number, 0], dtype="uint32"))
        return model


def simulate(study: Study, *rates: float) -> Curves:
    """Return the curves of three rates; trained once, remembered from then on.

    Args:
        study: the data.
        rates: after the input, after hidden layer 1, after hidden layer 2.

    Raises:
        CourseError: a rate that the lab does not have.
    """
    for name, rate in zip(PLACES, rates, strict=True):
        one_of(rate, RATES, name)
    rates = tuple(map(float, rates))
    if rates not in study.done:
        study.done[rates] = study.train(rates)
    return study.done[rates]


def finding(curves: Curves, without: Curves) -> str:
    """Say in words what the curves show, compared with the network without dropout."""
    end, logged, known = curves.median("val_loss")[-1], curves.median("accuracy")[-1], np.median(curves.evaluated)
    listed = ", ".join(f"{rate:g}" for rate in curves.rates)
    seen = say(
        en=f"Rates {listed}: validation loss is lowest in epoch {curves.best} ({curves.lowest:.3f}) and ends at "
        f"{end:.3f}. Training accuracy ends at {logged:.2f} in the log, at {known:.2f} with every unit on. ",
        ko=f"비율 {listed}: 검증 손실은 {curves.best}번째 에포크에서 가장 낮고({curves.lowest:.3f}) 마지막에는 "
        f"{end:.3f}입니다. 마지막 훈련 정확도는 로그에서 {logged:.2f}, 유닛을 모두 켜고 재면 {known:.2f}입니다. ",
    )
    if not any(curves.rates):
        return seen + say(
            en="No dropout: the other states are compared with this one.",
            ko="드롭아웃이 없는 상태입니다. 다른 상태를 이것과 비교합니다.",
        )
    if curves.underfits:
        return seen + say(
            en="Underfitting: even with every unit on it does not know its training rows.",
            ko="과소적합: 유닛을 모두 켜도 훈련 데이터조차 다 맞히지 못합니다.",
        )
    gain, later = 1 - curves.lowest / without.lowest, without.median("val_loss")[-1]
    compared = say(
        en=f"Without dropout: {without.lowest:.3f} at the lowest, {later:.3f} at the end. ",
        ko=f"드롭아웃이 없으면 가장 낮을 때 {without.lowest:.3f}, 마지막에 {later:.3f}입니다. ",
    )
    if gain > CLEAR:
        verdict = say(en=f"Its lowest is {gain:.0%} lower.", ko=f"가장 낮은 값이 {gain:.0%} 더 낮습니다.")
    elif gain < -CLEAR:
        verdict = say(en=f"Its lowest is {-gain:.0%} higher.", ko=f"가장 낮은 값이 {-gain:.0%} 더 높습니다.")
    else:
        verdict = say(en="The lowest values hardly differ (2 % or less).", ko="가장 낮은 값은 거의 같습니다(2% 이내).")
    return seen + compared + verdict


def draw(study: Study, state: State, before: State | None = None) -> Picture:
    """Draw the network with one set of masks beside the curves.

    Args:
        study: the data.
        state: "after_input", "after_hidden1" and "after_hidden2", a rate each.
        before: the state looked at before; its validation curve is shown faintly.
    """
    curves, without = simulate(study, *_rates(state)), simulate(study, 0.0, 0.0, 0.0)
    figure = new_figure(9.0, 3.7, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.01, right=0.985, bottom=0.16, top=0.86, wspace=0.17)
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.25))
    _network(left, curves.rates)
    epochs = np.arange(1, EPOCHS + 1)
    right.plot(epochs, without.median("val_loss"), color=GREEN, linestyle="-.", label="validation without dropout")
    if before and before != state and any(_rates(before)):
        old = simulate(study, *_rates(before))
        label = "before: " + ", ".join(f"{rate:g}" for rate in old.rates)
        right.plot(epochs, old.median("val_loss"), color=GREY, linestyle=":", label=label)
    for name, style, label in (("loss", TRAIN, "training (log)"), ("val_loss", VALIDATION, "validation")):
        values = curves.columns[name]
        right.fill_between(epochs, values.min(axis=0), values.max(axis=0), color=style["color"], alpha=0.2, linewidth=0)
        right.plot(epochs, curves.median(name), label=label, **style)
    right.plot(curves.best, curves.lowest, "*", markersize=13, color=VALIDATION["color"])
    right.set(xlabel="epoch", ylabel="loss", ylim=(0, 2.5 if curves.underfits else 1.6), xlim=(0, EPOCHS + 1))
    right.set_title(f"median and range of {SEEDS} seeds, {len(study.x)} rows", fontsize=10)
    right.legend(fontsize=9, loc="upper right")
    return Picture(png(figure, quick=True), finding(curves, without))


def _rates(state: State) -> Rates:
    return tuple(state[name] for name in PLACES)


def _network(axes: Axes, rates: Rates) -> None:
    """Draw a small network whose units are dropped at the rates; a higher rate drops the same units and more."""
    generator = np.random.default_rng(3)
    shares = [generator.permutation((np.arange(units) + 0.5) / units) for units in DRAWN]
    kept = [share >= rate for share, rate in zip(shares, (*rates, 0), strict=True)]
    names = [f"{name}\nrate {rate:g}" for name, rate in zip(("input", "hidden 1", "hidden 2"), rates, strict=True)]
    draw_thinned(axes, kept, [*names, "output"])
    axes.set_title("one sample, one step (a few units of many)", fontsize=10)


def dropout(dataset: Any, after_input: float = 0.2, after_hidden1: float = 0.5, after_hidden2: float = 0.5) -> Lab:
    """Open the lab on a data set with class numbers as labels; yours works too, see `data.from_csv`.

    Args:
        dataset: what `experiments.compare` takes; the first 300 training rows are used.
        after_input, after_hidden1, after_hidden2: the rates, each one of 0, 0.1, 0.2, … 0.9.

    Raises:
        CourseError: data that the lab cannot use, or a rate it does not have.
    """
    study = Study.of(dataset)
    opened = after_input, after_hidden1, after_hidden2
    simulate(study, *opened)
    labels = (
        say(en="rate after the input", ko="입력 뒤의 비율"),
        say(en="rate after hidden 1", ko="은닉층 1 뒤의 비율"),
        say(en="rate after hidden 2", ko="은닉층 2 뒤의 비율"),
    )
    return Lab(
        question=say(
            en="Which rates, and where, lower the validation loss, and which make the network underfit?",
            ko="어디에 어떤 비율로 두면 검증 손실이 낮아지고, 언제 과소적합이 될까요?",
        ),
        controls=tuple(
            Choice(name, label, RATES, float(rate), scale=True)
            for name, label, rate in zip(PLACES, labels, opened, strict=True)
        ),
        draw=lambda state, before: draw(study, state, before),
        code="labs.dropout(dataset, " + ", ".join(f"{name}={{{name}}}" for name in PLACES) + ")",
        waiting=say(
            en=f"Computing: {SEEDS} networks are being trained …", ko=f"계산 중: 신경망 {SEEDS}개를 훈련하고 있습니다 …"
        ),
    )
