"""Reading learning curves: the best epoch, the verdict, the sentence, and what is refused."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import i18n
from helpers.curves import as_columns, describe, is_better_high, read_curves, sentence
from helpers.errors import CourseError

NAN = float("nan")
# Twenty epochs each, so that the last 5 % are the last epoch: (training, validation, verdict).
FALLING = np.linspace(1.0, 0.1, 20)
VERDICTS = {
    "validation turns, training goes on": (FALLING, np.abs(np.arange(20) - 8) / 20 + 0.5, "overfits"),
    "best at the last epoch": (FALLING, FALLING + 0.1, "still improving"),
    "flat after the best": (FALLING, np.r_[np.linspace(1.0, 0.5, 10), np.full(10, 0.51)], "level"),
    "exactly 5 % lost": (FALLING, np.r_[40.0, np.full(18, 20.0), 21.0], "level"),
    "a little more than 5 % lost": (FALLING, np.r_[40.0, np.full(18, 20.0), 21.01], "overfits"),
    "training gets worse too": (np.r_[1.0, 0.4, np.linspace(0.5, 9, 18)], np.r_[1, 0.5, np.full(18, 2)], "unstable"),
    "training is noisy but no worse": (np.r_[1.0, 0.4, np.full(18, 0.42)], np.r_[1, 0.5, np.full(18, 2)], "overfits"),
    "ends without a number": (np.r_[FALLING[:-1], NAN], np.r_[FALLING[:-1], NAN], "unstable"),
    "a gap on the way": (FALLING, np.r_[1.0, NAN, np.full(18, 2.0)], "overfits"),
}


def history(loss, val_loss, metric="loss"):
    return {metric: list(loss), f"val_{metric}": list(val_loss)}


@pytest.mark.parametrize("case", VERDICTS)
def test_verdict_of_a_loss(case):
    train, validation, verdict = VERDICTS[case]
    assert read_curves(history(train, validation)).verdict == verdict


@pytest.mark.parametrize("case", VERDICTS)
def test_accuracy_is_a_loss_upside_down(case):
    train, validation, verdict = VERDICTS[case]
    upside_down = read_curves(history(-train, -validation, "accuracy"), "accuracy")
    assert upside_down.verdict == verdict
    assert upside_down.best_epoch == read_curves(history(train, validation)).best_epoch


def test_reading_of_a_loss():
    reading = read_curves(history([4, 3, 2, 1], [5, 2, 3, 4]))
    assert (reading.metric, reading.epochs, reading.best_epoch) == ("loss", 4, 2)
    assert (reading.best, reading.last) == (2.0, 4.0)
    assert (reading.train_first, reading.train_best, reading.train_last) == (4.0, 3.0, 1.0)
    assert reading.gap == 3.0


def test_first_of_equal_epochs_is_the_best():
    assert read_curves(history([4, 3, 2, 1], [3, 2, 2, 3])).best_epoch == 2
    assert read_curves(history([4, 3, 2, 1], [3, 7, 7, 3], "accuracy"), "accuracy").best_epoch == 2


def test_one_epoch_is_a_run():
    reading = read_curves(history([1], [2]))
    assert (reading.epochs, reading.best_epoch, reading.verdict) == (1, 1, "still improving")
    assert "in 1 epoch" in sentence(reading)


@given(
    st.lists(st.floats(-1e6, 1e6) | st.just(NAN), min_size=1).filter(lambda values: not np.isnan(values).all()),
    st.sampled_from(["loss", "accuracy"]),
)
def test_best_epoch_is_the_extreme_of_the_validation_curve(validation, metric):
    extreme = np.nanmax(validation) if metric == "accuracy" else np.nanmin(validation)
    reading = read_curves(history(np.zeros(len(validation)), validation, metric), metric)
    assert reading.best == extreme
    assert reading.best_epoch == validation.index(extreme) + 1


@pytest.mark.parametrize(
    ("metric", "high"),
    [
        ("loss", False),
        ("mae", False),
        ("mse", False),
        ("mean_absolute_error", False),
        ("binary_crossentropy", False),
        ("accuracy", True),
        ("auc", True),
        ("precision", True),
    ],
)
def test_which_way_is_better(metric, high):
    assert is_better_high(metric) is high


# --- what is accepted ------------------------------------------------------------------------------------------------

TABLE = {"loss": [0.9, 0.5, 0.2], "val_loss": [1.0, 0.6, 0.7]}


@pytest.mark.parametrize(
    "given",
    [TABLE, pd.DataFrame(TABLE), SimpleNamespace(history=TABLE), pd.DataFrame(TABLE, index=[1, 2, 3])],
    ids=["dictionary", "DataFrame", "History", "DataFrame from epoch 1"],
)
def test_every_form_of_a_history(given):
    assert read_curves(given).best_epoch == 2
    assert {name: list(values) for name, values in as_columns(given).items()} == TABLE


def test_history_of_keras():
    keras = pytest.importorskip("keras")
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    x = np.ones((4, 1))
    run = model.fit(x, x, validation_data=(x, x), epochs=2, verbose=0)
    assert read_curves(run).epochs == 2


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([0.3, 0.2], "of the type list: write history = model.fit"),
        (None, "of the type NoneType"),
        (0.25, "of the type float"),
        ("loss", "of the type str"),
        ({"loss": 0.3, "accuracy": 0.9}, "of the type dict"),  # what evaluate(return_dict=True) gives
        ({}, "no epochs"),
        ({"loss": [], "val_loss": []}, "no epochs"),
        ({"loss": [0.3]}, r"no val_loss \(loss\): give fit validation_data"),
        ({"accuracy": [1], "val_accuracy": [1]}, "no 'loss': it has accuracy, val_accuracy"),
        ({"loss": [0.3], "val_accuracy": [1]}, "no 'val_loss': it has loss, val_accuracy"),
        ({"loss": [4, 3, 2, 1], "val_loss": [2, 1]}, "4 values of loss and 2 of val_loss: .* without validation_freq"),
        ({"loss": [1, 1], "val_loss": [NAN, NAN]}, "val_loss is NaN in every epoch"),
    ],
)
def test_unusable_history_gets_one_sentence_in_both_languages(given, words):
    with pytest.raises(CourseError, match=words):
        read_curves(given)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]") as caught:
        read_curves(given)
    assert "\n" not in str(caught.value)


# --- sentences -------------------------------------------------------------------------------------------------------


def test_sentence_says_what_was_read():
    reading = read_curves(history([4, 3, 2, 1], [5, 2, 3, 4]))
    assert sentence(reading) == (
        "Training loss goes from 4.000 to 1.000 in 4 epochs. Validation loss is lowest at epoch 2 (2.000) and ends at "
        "4.000, while the training curve goes on improving: overfitting."
    )
    assert "is highest at epoch 2 (9.000)" in sentence(read_curves(history([1, 2], [3, 9], "accuracy"), "accuracy"))


@pytest.mark.parametrize("case", VERDICTS)
def test_sentence_has_the_same_numbers_in_both_languages(case):
    train, validation, verdict = VERDICTS[case]
    reading = read_curves(history(train, validation))
    english = sentence(reading)
    i18n.set_language("ko")
    korean = sentence(reading)
    assert ("overfitting" in english) == ("과적합입니다" in korean) == (verdict == "overfits")
    assert not re.search("[가-힣]", english)

    def numbers(text):
        return sorted(re.findall(r"\d+(?:\.\d+)?", text))

    assert numbers(english) == numbers(korean)


def test_describe_does_with_and_without_validation():
    assert describe(TABLE) == sentence(read_curves(TABLE))
    assert describe({"loss": [0.9, 0.2]}) == (
        "Training loss goes from 0.900 to 0.200 in 2 epochs. It says nothing about rows that were not trained on."
    )
    with pytest.raises(CourseError, match="no 'accuracy'"):
        describe(TABLE, "accuracy")
