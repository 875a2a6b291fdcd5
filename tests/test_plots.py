"""Figures: each comes with a caption in both languages, shown below it as text."""

import re

import keras
import numpy as np
import pytest
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import i18n, plots
from helpers.errors import CourseError
from helpers.experiments import Runs
from helpers.optimizers import SGD, descend
from helpers.surfaces import SURFACES

RUN = {
    "loss": [0.9, 0.5, 0.2],
    "val_loss": [1.0, 0.6, 0.7],
    "accuracy": [0.5, 0.6, 0.9],
    "val_accuracy": [0.5, 0.7, 0.6],
}
ROWS = np.random.default_rng(42).lognormal(size=200)


def small_network():
    return keras.Sequential(
        [
            keras.Input((2, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(20, activation="relu"),
            keras.layers.Dense(1),
        ]
    )


POINTS = np.array([[-1, 0], [-1, 1], [-1, 2], [1, 0]], dtype="float32")
FEW_RUNS = Runs(
    variants=("small", "whole"),
    seeds=(0,),
    epochs=np.array([[2], [3]]),
    history={"loss": np.array([[[0.5, 0.2, np.nan]], [[0.8, 0.7, 0.6]]])},
)
PATIENT_RUN = Runs(
    variants=("run",),
    seeds=(0,),
    epochs=np.array([[5]]),
    history={"val_loss": np.array([[[0.5, 0.4, 0.45, 0.2, 0.3]]])},
)


def first_feature():
    """Return a model that says class 1 where the first feature is positive."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid", use_bias=False)])
    model.set_weights([np.array([[1.0], [0.0]])])
    return model


# Each figure, and what its caption must say because the data say it.
CALLS = ["train_begin", "epoch_begin", "train_batch_begin", "train_batch_end", "test_begin", "test_batch_begin"]
CALLS += ["test_batch_end", "test_end", "epoch_end", "train_end"]
FIGURES = {
    "learning_curves": (lambda: plots.learning_curves(RUN), "lowest at epoch 2 (0.600)"),
    "learning_curves of accuracy": (lambda: plots.learning_curves(RUN, "accuracy"), "highest at epoch 2 (0.700)"),
    "curves_over_seeds": (
        lambda: plots.curves_over_seeds([RUN, {"loss": [1, 1, 1], "val_loss": [3, 2, 1]}]),
        "With 2 seeds and nothing else changed, the best epoch is 2, 3: it ranges from 2 to 3.",
    ),
    "activation_histograms": (
        lambda: plots.activation_histograms({"one": np.zeros((2, 9, 4)), "two": np.eye(2)[None]}, "sigmoid", "Two"),
        "two: in layer 1 100% of the activations sit at the ends, where the curve is flat.",
    ),
    "activation_histograms of few": (
        lambda: plots.activation_histograms({"tanh": np.zeros((7, 9, 4))}, "tanh"),
        "tanh: in layer 7 they are crowded together (standard deviation 0).",
    ),
    "hook_calls": (
        lambda: plots.hook_calls([f"on_{call}" for call in CALLS]),
        "Epochs: 1, batches: 2. Validation lies inside the epoch",
    ),
    "batches": (
        lambda: plots.batches([[[0, 1], [2, 3], [4]]] * 2, "shuffle=False"),
        "Each of 2 epochs: 3 steps of 2, 2, 1 rows, rows 0 to 4 in order.",
    ),
    "batches that go on": (
        lambda: plots.batches([[[0, 1], [2, 3]], [[4, 5], [6, 7]]], "steps_per_epoch=2"),
        "Epoch 1: 2 steps of 2 rows, rows 0 to 3 in order. Epoch 2: 2 steps of 2 rows, rows 4 to 7 in order.",
    ),
    "batches shuffled anew": (
        lambda: plots.batches([[[2, 0], [1, 3]], [[3, 0], [1, 2]]], "shuffle=True"),
        "Each of 2 epochs: 2 steps of 2 rows, 4 different rows in mixed order. The order is another one each time.",
    ),
    "batches shuffled alike": (
        lambda: plots.batches([[[2, 0], [1, 3]]] * 2, "shuffle=True"),
        "The order is the same each time.",
    ),
    "batches of unequal size": (
        lambda: plots.batches([[[row] * 2 for row in range(7)] + [[7]]], "many"),
        "Epoch 1: 8 steps of 2 rows, the last one of 1, 8 different rows in mixed order.",
    ),
    "by_updates": (
        lambda: plots.by_updates(FEW_RUNS, {"small": 10, "whole": 1}),
        "small: 2 epochs, 20 updates, loss 0.200; whole: 3 epochs, 3 updates, loss 0.600.",
    ),
    "thinned": (
        lambda: plots.thinned([[True, True], [True, False, True], [True]]),
        "1 of 6 units put out 0 for this sample (crosses), so 6 of 9 connections",
    ),
    "cost_of_patience": (
        lambda: plots.cost_of_patience(PATIENT_RUN, "run", longest=2),
        "With patience 0 training ends after 3 epochs and the best loss found is 100.0 % above the best of the run; "
        "with patience 2 after 5 epochs and 0.0 %.",
    ),
    "decision_regions": (
        lambda: plots.decision_regions({"model": first_feature()}, POINTS, [0, 0, 1, 1], ["a", "b"], ["no", "yes"]),
        "model: finds 1 of 2 yes rows and takes 0 of 2 no rows for yes.",
    ),
    "class_shares": (
        lambda: plots.class_shares({"train": [0, 0, 1, 1], "val": [1, 1, 1]}, ["a", "b"], "Shares"),
        "train: a 50%, b 50%; val: a 0%, b 100%. The part val has no row of a at all.",
    ),
    "split_roles": (lambda: plots.split_roles(60, 20, 20), "Of 100 rows, 60 fit the weights, 20 serve to choose"),
    "scatter_of_splits": (
        lambda: plots.scatter_of_splits({"random": [0.1, 0.4], "stratified": [0.25, 0.25]}, 0.25, "share of class 1"),
        "Over 2 splits the share ranges: random: 10% … 40%; stratified: 25% … 25%; in the whole table it is 25%.",
    ),
    "before_after": (
        lambda: plots.before_after([1, 2, 3], [-1, 0, 1], "area", "StandardScaler"),
        "mean 2.0 → 0.0, standard deviation 0.8 → 0.8, largest value 3.0 → 1.0, skewness 0.00 → 0.00",
    ),
    "drawn_shares": (
        lambda: plots.drawn_shares({"a": 0.24, "c": 0.76}, {"a": 1, "b": 0, "c": 3}, 1000),
        "a 0.24, b 0.00, c 0.76. None is further than 0.01",
    ),
    "pictures": (
        lambda: plots.pictures(np.arange(24).reshape(2, 3, 4), [7, 2], "Digits"),
        "2 pictures of 3 × 4 grey values with their labels: 7, 2.",
    ),
    "layers": (
        lambda: plots.layers(small_network(), "A network"),
        "6 numbers go in; 20 units (140 weights), then 1 unit (21 weights). 161 weights are to be learned in all.",
    ),
    "losses": (plots.losses, "except with MSLE, which charges 0.164 and 0.083"),
    "workflow": (plots.workflow, "declare (layers, units, activations), compile"),
    "timeline": (plots.timeline, "TensorFlow 2.0 (2019)"),
    "genealogy": (plots.genealogy, "Adam (2015) takes momentum from one and RMSprop's average of squares"),
    "walks": (
        lambda: plots.walks(SURFACES["bowl"], {"SGD": descend(SGD(1.0), SURFACES["bowl"].gradient, (1, 1), 3)}, "Bowl"),
        "SGD has arrived after 1 step.",
    ),
}


def shown(thing):
    """Return what a notebook would get when `thing` is a cell's last expression."""
    with capture_output() as captured:
        thing._ipython_display_()
    return [output.data for output in captured.outputs]


@pytest.mark.parametrize("name", FIGURES)
def test_figure_comes_with_its_finding(name):
    draw, finding = FIGURES[name]
    result = draw()
    assert isinstance(result, plots.Captioned)
    assert isinstance(result.figure, Figure)
    assert result.figure.axes
    assert finding in result.caption


@pytest.mark.parametrize("name", FIGURES)
def test_caption_is_bilingual_with_the_same_numbers(name, monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    text = FIGURES[name][0]().caption
    english, korean = i18n.pick(text, "en"), i18n.pick(text, "ko")
    assert FIGURES[name][1] in english
    assert not re.search("[가-힣]", english)
    assert re.search("[가-힣]", korean)
    if name not in ("workflow", "timeline"):
        assert sorted(re.findall(r"\d+(?:\.\d+)?", english)) == sorted(re.findall(r"\d+(?:\.\d+)?", korean))


@pytest.mark.parametrize("name", FIGURES)
def test_text_in_the_figure_is_english(name):
    i18n.set_language("ko")
    texts = [text.get_text() for text in FIGURES[name][0]().figure.findobj(Text)]
    assert any(texts)
    assert not re.search("[가-힣]", " ".join(texts))


@pytest.mark.parametrize("name", FIGURES)
def test_figure_stays_out_of_pyplot(name):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    FIGURES[name][0]()
    assert plt.get_fignums() == before


def test_every_public_figure_is_tested():
    drawn = {name.split()[0] for name in FIGURES}
    others = {"Captioned", "LivePlot", "caption", "caption_curve", "skewness", "use_course_style"}
    assert drawn == set(plots.__all__) - others


def test_picture_and_then_caption_are_shown(shell):
    picture, words = shown(plots.split_roles(60, 20, 20))
    assert picture["image/png"].startswith("iVBOR")  # PNG in base64
    assert 'class="course-caption"' in words["text/html"]
    assert "Of 100 rows" in words["text/html"]
    assert words["text/plain"].startswith("Of 100 rows")


def test_caption_is_escaped(shell):
    with capture_output() as captured:
        plots.caption("<script>1 & 2</script>")
    (words,) = [output.data for output in captured.outputs]
    assert "<script>" not in words["text/html"]
    assert "&lt;script&gt;1 &amp; 2&lt;/script&gt;" in words["text/html"]
    assert words["text/plain"] == "<script>1 & 2</script>"


def test_caption_curve_tells_of_a_figure_of_ones_own(shell):
    with capture_output() as captured:
        plots.caption_curve({"loss": [0.9, 0.2]})
    assert "goes from 0.900 to 0.200 in 2 epochs" in captured.outputs[0].data["text/plain"]


def test_same_figure_gives_the_same_bytes():
    first, second = (plots.base.png(plots.learning_curves(RUN).figure) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")
    assert len(first) < len(plots.base.png(plots.learning_curves(RUN).figure, quick=True))


def test_best_epoch_is_marked_where_it_is():
    (axes,) = plots.learning_curves(RUN).figure.axes
    (star,) = [line for line in axes.lines if line.get_marker() == "*"]
    assert (star.get_xdata(), star.get_ydata()) == ([2], [0.6])
    assert [line.get_linestyle() for line in axes.lines[:2]] == ["-", "--"]  # told apart without colour
    assert axes.get_xlabel() == "epoch" and axes.get_ylabel() == "loss"


def test_curves_without_validation_are_refused():
    with pytest.raises(CourseError, match="validation_data"):
        plots.learning_curves({"loss": [1, 2]})


def test_skewness():
    assert plots.skewness([1, 2, 3]) == pytest.approx(0)
    assert plots.skewness([0, 0, 0, 1]) == pytest.approx(2 / np.sqrt(3))
    assert plots.skewness(ROWS) == pytest.approx(plots.skewness(5 * ROWS - 3))  # scaling changes no shape


def test_by_updates_names_the_columns_there_are():
    with pytest.raises(CourseError, match="There is no column 'accuracy': choose one of loss"):
        plots.by_updates(FEW_RUNS, {"small": 10}, "accuracy")
