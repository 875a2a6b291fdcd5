"""Lab of lesson 14: one network, five ways to treat its weights, trained while you wait."""

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from keras import ops

from helpers.arguments import one_of
from helpers.experiments import randomness
from helpers.i18n import say
from helpers.labs.frame import Choice, Lab, Picture, State
from helpers.labs.rows import class_rows
from helpers.plots.base import BLUE, GREY, ORANGE, TRAIN, VALIDATION, new_figure, png
from helpers.training import fit
from helpers.training.fitting import build

KINDS = ("none", "L1", "L2", "weight decay", "MaxNorm")
STRENGTHS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
BOUNDS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
SEEDS = 3
UNITS, RATE, ROWS, BATCH, PASSES = 32, 0.005, 500, 50, 40
LEAST = 20  # training rows
MOVES = 10  # states that a student looks at, or more: compiling is worth it for all of them together
TINY = 0.001  # a weight nearer to 0 than this counts as near zero
NO_BOUND = 1e6
CROSS_ENTROPY = "sparse_categorical_crossentropy"


@keras.saving.register_keras_serializable("course")
class Penalty(keras.regularizers.Regularizer):
    """l1·Σ|w| + l2·Σw², with factors that can be changed between trainings."""

    def __init__(self) -> None:
        """Begin without a penalty."""
        self.l1 = keras.Variable(0.0, trainable=False, name="l1")
        self.l2 = keras.Variable(0.0, trainable=False, name="l2")

    def __call__(self, x: Any) -> Any:
        """Return the penalty of a weight matrix."""
        return self.l1 * ops.sum(ops.abs(x)) + self.l2 * ops.sum(ops.square(x))


class Bound(keras.constraints.Constraint):
    """`keras.constraints.MaxNorm` over columns, with a bound that can be changed between trainings."""

    def __init__(self) -> None:
        """Begin with a bound that no column reaches."""
        self.bound = keras.Variable(NO_BOUND, trainable=False, name="bound")

    def __call__(self, w: Any) -> Any:
        """Return the matrix with each column scaled down to the bound where it is longer."""
        norms = ops.sqrt(ops.sum(ops.square(w), axis=0, keepdims=True))
        return w * ops.minimum(norms, self.bound) / (keras.config.epsilon() + norms)


class DecayingAdam(keras.optimizers.Adam):
    """`keras.optimizers.AdamW` with a weight decay that can be changed between trainings."""

    def __init__(self, learning_rate: float) -> None:
        """Begin without decay."""
        super().__init__(learning_rate)
        self.decay = keras.Variable(0.0, trainable=False, name="decay")

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Shrink the variable by its share, then take Adam's step."""
        variable.assign(variable * (1 - ops.cast(learning_rate, variable.dtype) * self.decay))
        super().update_step(gradient, variable, learning_rate)


@dataclass(frozen=True, eq=False)
class Result:
    """What a way of treating the weights gave.

    Attributes:
        kind, strength, bound: what was trained; strength and bound are None where they play no part.
        columns: an array of shape (seeds, epochs) for each column of the histories. "sparse_categorical_crossentropy"
            is the loss without the penalty, "val_…" the same on validation rows.
        weights: the first layer's weights after training, of shape (seeds, inputs, units).
    """

    kind: str
    strength: float | None
    bound: float | None
    columns: dict[str, np.ndarray]
    weights: np.ndarray

    def median(self, column: str) -> np.ndarray:
        """Return the median over the seeds, of shape (epochs,)."""
        return np.median(self.columns[column], axis=0)

    @property
    def norms(self) -> np.ndarray:
        """The length of each unit's vector of incoming weights, of shape (seeds, units)."""
        return np.linalg.norm(self.weights, axis=1)

    @property
    def tiny(self) -> float:
        """The share of weights nearer to 0 than 0.001."""
        return float(np.mean(np.abs(self.weights) < TINY))

    @property
    def name(self) -> str:
        """The kind and what belongs to it, for example "L2 0.001"."""
        number = self.strength if self.strength is not None else self.bound
        return self.kind if number is None else f"{self.kind} {number:g}"


@dataclass(eq=False)
class Study:
    """The data of the lab, one model that is compiled once for all states, and what has been trained so far.

    Attributes:
        x, y, x_val, y_val: arrays; features flattened, y the class numbers.
        done: what has been trained, by kind, strength and bound.
    """

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    done: dict[tuple[str, float | None, float | None], Result] = field(default_factory=dict)
    _model: keras.Model | None = None

    @classmethod
    def of(cls, dataset: Any) -> "Study":
        """Take the first 500 training rows of a data set in any form that `experiments.compare` takes.

        Raises:
            CourseError: no data set, labels that are not class numbers, or fewer than 20 training rows.
        """
        return cls(*class_rows(dataset, least=LEAST, most=ROWS))

    @property
    def steps(self) -> int:
        """Updates in an epoch."""
        return -(-len(self.x) // BATCH)

    @property
    def epochs(self) -> int:
        """How many epochs give 400 updates."""
        return -(-PASSES * (ROWS // BATCH) // self.steps)

    def model(self, optimizer: Any = None, penalty: Any = None, constraint: Any = None) -> keras.Model:
        """Return a new compiled network with one hidden layer, whose weights are treated as given."""
        classes = int(max(self.y.max(), self.y_val.max())) + 1
        treated = {"kernel_regularizer": penalty, "kernel_constraint": constraint}
        model = keras.Sequential(
            [
                keras.Input((self.x.shape[1],)),
                keras.layers.Dense(UNITS, activation="relu", **treated),
                keras.layers.Dense(classes, activation="softmax", **treated),
            ]
        )
        model.compile(optimizer or keras.optimizers.Adam(RATE), CROSS_ENTROPY, metrics=["accuracy", CROSS_ENTROPY])
        return model

    def train(self, kind: str, strength: float | None, bound: float | None) -> Result:
        """Train the state under all seeds."""
        runs, weights = [], []
        with randomness.to_itself():
            if self._model is None:
                self._model = self.model(DecayingAdam(RATE), Penalty(), Bound())
                build(self._model, (self.x, self.y, None))
            for seed in range(SEEDS):
                keras.utils.set_random_seed(seed)
                runs.append(
                    fit(
                        self._begin(kind, strength, bound),
                        self.x,
                        self.y,
                        epochs=self.epochs,
                        batch_size=BATCH,
                        validation_data=(self.x_val, self.y_val),
                        validation_batch_size=len(self.x_val),
                        verbose=0,
                        repeats=MOVES * SEEDS,
                    ).history
                )
                weights.append(self._model.get_weights()[0])
        columns = {name: np.array([run[name] for run in runs]) for name in runs[0]}
        return Result(kind, strength, bound, columns, np.array(weights))

    def _begin(self, kind: str, strength: float | None, bound: float | None) -> keras.Model:
        """Give the one compiled model new weights and the state's factors."""
        model, optimizer = self._model, self._model.optimizer
        for variable in optimizer.variables:
            if "learning_rate" not in variable.path:
                variable.assign(np.zeros(variable.shape))
        optimizer.decay.assign(strength if kind == "weight decay" else 0.0)
        penalty, constraint = model.layers[0].kernel_regularizer, model.layers[0].kernel_constraint
        penalty.l1.assign(strength if kind == "L1" else 0.0)
        penalty.l2.assign(strength if kind == "L2" else 0.0)
        constraint.bound.assign(bound if kind == "MaxNorm" else NO_BOUND)
        model.set_weights(self.model().get_weights())
        return model


def simulate(study: Study, kind: str, strength: float, bound: float) -> Result:
    """Return what a state gives; trained once, remembered from then on.

    Args:
        study: the data.
        kind: one of "none", "L1", "L2", "weight decay", "MaxNorm".
        strength: the factor λ of L1, L2 and weight decay.
        bound: the bound of MaxNorm.

    Raises:
        CourseError: a state that the lab does not have.
    """
    one_of(kind, KINDS, "kind")
    one_of(strength, STRENGTHS, "strength")
    one_of(bound, BOUNDS, "bound")
    state = kind, (strength if kind in KINDS[1:4] else None), (bound if kind == "MaxNorm" else None)
    if state not in study.done:
        study.done[state] = study.train(*state)
    return study.done[state]


def finding(result: Result, plain: Result) -> str:
    """Say in words what a state shows, beside the network whose weights are left alone."""
    val_loss, plain_loss = (each.median(f"val_{CROSS_ENTROPY}")[-1] for each in (result, plain))
    loss, norms = result.median(CROSS_ENTROPY)[-1], result.norms
    seen = say(
        en=f"{result.name}: without the penalty, training loss ends at {loss:.2f} and validation loss at "
        f"{val_loss:.2f}. Unit norms {norms.min():.1f} to {norms.max():.1f}, {result.tiny:.0%} of the weights "
        f"near 0. ",
        ko=f"{result.name}: 벌점을 뺀 손실은 훈련 {loss:.2f}, 검증 {val_loss:.2f}로 끝납니다. 유닛의 노름은 "
        f"{norms.min():.1f}에서 {norms.max():.1f}까지, 0에 가까운 가중치는 {result.tiny:.0%}입니다. ",
    )
    if result.kind == "none":
        return seen + say(
            en="This is the network to compare with.",
            ko="비교의 기준이 되는 신경망입니다.",
        )
    base = say(en=f"{plain_loss:.2f} without any", ko=f"규제가 없을 때 {plain_loss:.2f}")
    if val_loss < plain_loss * 0.98:
        return seen + say(
            en=f"It helped: the validation loss is lower ({base}).",
            ko=f"도움이 되었습니다. 검증 손실이 더 낮습니다({base}).",
        )
    if val_loss > plain_loss * 1.02:
        return seen + say(
            en=f"Too strong: the validation loss is higher ({base}).",
            ko=f"너무 강합니다. 검증 손실이 더 높습니다({base}).",
        )
    return seen + say(
        en=f"Too weak to matter: the validation loss is about the same ({base}).",
        ko=f"효과가 거의 없습니다. 검증 손실이 비슷합니다({base}).",
    )


def draw(study: Study, state: State, before: State | None = None) -> Picture:
    """Draw the curves of a state, its weights, and the norm of each unit.

    Args:
        study: the data.
        state: "kind", "strength" and "bound".
        before: the state looked at before, shown faintly; at first the network whose weights are left alone.
    """
    plain = simulate(study, "none", STRENGTHS[0], BOUNDS[0])
    result = simulate(study, **state)
    ghost = simulate(study, **before) if before else plain
    figure = new_figure(10.0, 3.6, layout="none")  # fixed margins: half the time of a computed layout
    figure.subplots_adjust(left=0.06, right=0.985, bottom=0.16, top=0.86, wspace=0.27)
    curves, weights, units = figure.subplots(1, 3, width_ratios=(1.15, 1, 1))
    _curves(curves, result, ghost)
    _weights(weights, result, ghost)
    _units(units, result, ghost)
    return Picture(png(figure, quick=True), finding(result, plain))


def _curves(axes: Any, result: Result, ghost: Result) -> None:
    epochs = np.arange(1, result.columns["loss"].shape[1] + 1)
    if ghost is not result:
        label = f"before: {ghost.name}"
        axes.plot(epochs, ghost.median(f"val_{CROSS_ENTROPY}"), color=GREY, linestyle=":", label=label)
    for name, style, label in ((CROSS_ENTROPY, TRAIN, "training"), (f"val_{CROSS_ENTROPY}", VALIDATION, "validation")):
        axes.plot(epochs, result.median(name), label=label, **style)
    axes.set(xlabel="epoch", ylabel="loss without penalty", ylim=(0, 1.6), xlim=(0, epochs[-1] + 0.5))
    axes.set_title(f"{result.name}: median of {SEEDS} seeds", fontsize=10)
    axes.legend(fontsize=8, loc="upper right")


def _weights(axes: Any, result: Result, ghost: Result) -> None:
    bins = np.linspace(-0.8, 0.8, 41)
    if ghost is not result:
        axes.hist(np.clip(ghost.weights.ravel(), -0.8, 0.8), bins, histtype="step", color=GREY, linestyle=":")
    axes.hist(np.clip(result.weights.ravel(), -0.8, 0.8), bins, color=BLUE, alpha=0.75)
    axes.set(xlabel="weight", ylabel="how many (log)", yscale="log", ylim=(1, None))
    axes.set_title("weights of the first layer", fontsize=10)


def _units(axes: Any, result: Result, ghost: Result) -> None:
    places = np.arange(1, UNITS + 1)
    if ghost is not result:
        axes.plot(places, _sorted(ghost), ".", color=GREY, markersize=4)
    axes.bar(places, _sorted(result), color=BLUE, alpha=0.75)
    if result.bound:
        axes.axhline(result.bound, color=ORANGE, linestyle="--", linewidth=1.2)
    axes.set(xlabel="unit, the longest first", ylabel="norm of its weights", ylim=(0, max(4.5, result.norms.max())))
    axes.set_title("norm of each unit", fontsize=10)


def _sorted(result: Result) -> np.ndarray:
    """Return the median over the seeds of the longest, the second longest, … norm, of shape (units,)."""
    return np.median(np.sort(result.norms, axis=1)[:, ::-1], axis=0)


def penalties(dataset: Any, kind: str = "L2", strength: float = 0.001, bound: float = 2.0) -> Lab:
    """Open the lab on a data set with class numbers as labels; yours works too, see `data.from_csv`.

    Args:
        dataset: what `experiments.compare` takes; the first 500 training rows are used.
        kind: "none", "L1", "L2", "weight decay" or "MaxNorm".
        strength: the factor λ of L1, L2 and weight decay, one of 0.0001, 0.0003, 0.001, … 1.
        bound: the bound of MaxNorm, one of 0.5, 1, 1.5, 2, 3, 4.

    Raises:
        CourseError: data that the lab cannot use, or a state it does not have.
    """
    study = Study.of(dataset)
    simulate(study, kind, strength, bound)
    return Lab(
        question=say(
            en="Which penalty, and how strong, lowers the validation loss, and what does it do to the weights?",
            ko="어떤 규제를 얼마나 세게 걸어야 검증 손실이 낮아질까요? 그때 가중치는 어떻게 될까요?",
        ),
        controls=(
            Choice("kind", say(en="kind", ko="종류"), KINDS, kind),
            Choice(
                "strength", say(en="λ (L1, L2, weight decay)", ko="λ(L1, L2, weight decay)"), STRENGTHS, strength, True
            ),
            Choice("bound", say(en="bound (MaxNorm)", ko="한계(MaxNorm)"), BOUNDS, bound, True),
        ),
        draw=lambda state, before: draw(study, state, before),
        code="labs.penalties(dataset, kind={kind!r}, strength={strength}, bound={bound})",
        waiting=say(
            en=f"Computing: {SEEDS} networks are being trained …", ko=f"계산 중: 신경망 {SEEDS}개를 훈련하고 있습니다 …"
        ),
    )
