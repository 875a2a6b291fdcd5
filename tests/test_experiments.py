"""Comparisons over seeds: every run as if it were alone, one program an architecture, and what is kept of it."""

import contextlib
import json
import random
import re
import threading
from functools import partial
from types import SimpleNamespace

import keras
import numpy as np
import pandas as pd
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n
from helpers.errors import CourseError
from helpers.experiments import Runs, Variant, compare, progress, study
from helpers.paths import COURSE
from helpers.training import fit, fitting

pytestmark = pytest.mark.one_lane  # with Colab's versions the notebooks compare hundreds of runs

NAN = float("nan")
RANDOM = np.random.default_rng(42)
X = RANDOM.normal(size=(50, 3)).astype("float32")
Y = (X @ [1.0, -2.0, 0.5] + RANDOM.normal(size=50) > 0).astype("int64")
DATA = (X[:24], Y[:24], X[24:36], Y[24:36], X[36:], Y[36:])
OTHER = (X[26:], Y[26:], X[:26], Y[:26])
COLUMNS = {"loss", "accuracy", "val_loss", "val_accuracy"}


def build(dropout=0.0, norm=False, given_input=True, start="glorot_uniform", rate=0.01, units=4):
    layers = [keras.layers.Dense(units, activation="relu", kernel_initializer=start)]
    layers += [keras.layers.BatchNormalization()] if norm else []
    layers += [keras.layers.Dropout(dropout)] if dropout else []
    layers += [keras.layers.Dense(1, activation="sigmoid", kernel_initializer=start)]
    model = keras.Sequential(([keras.Input((3,))] if given_input else []) + layers)
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model


rich = partial(build, dropout=0.5, norm=True)


def short(variants, seeds=2, dataset=DATA[:4], **arguments):
    """Compare for three epochs of five batches, the last one a smaller one; without a test part, which takes longer."""
    return compare(variants, dataset, seeds=seeds, **{"epochs": 3, "batch_size": 5, **arguments})


def assert_same(some, others, variant, seed):
    """Two comparisons have one run in common, to the last digit; each may have measured more than the other."""
    one, other = some.run(variant, seed), others.run(variant, seed)
    assert one.keys() == other.keys()
    for column in one:
        np.testing.assert_array_equal(one[column], other[column], err_msg=column)
    places = [(runs.place(variant), runs.seeds.index(seed)) for runs in (some, others)]
    for part in ("test", "also"):
        measured, too = getattr(some, part), getattr(others, part)
        for name in measured.keys() & too.keys():
            assert measured[name][places[0]] == too[name][places[1]], name


@pytest.fixture(scope="module")
def runs():
    return short({"plain": build, "rich": rich}, 3, DATA)


@pytest.fixture
def programs(monkeypatch):
    """Return the list of the programs that are made."""
    made = []

    class Counted(fitting.EpochProgram):
        def __init__(self, *given):
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr(fitting, "EpochProgram", Counted)
    return made


# --- what a comparison is --------------------------------------------------------------------------------------------


def test_every_variant_runs_under_every_seed(runs):
    assert (runs.variants, runs.seeds) == (("plain", "rich"), (0, 1, 2))
    assert runs.epochs.tolist() == [[3, 3, 3]] * 2
    assert {name: values.shape for name, values in runs.history.items()} == dict.fromkeys(COLUMNS, (2, 3, 3))
    assert {name: values.shape for name, values in runs.test.items()} == dict.fromkeys(("loss", "accuracy"), (2, 3))
    assert np.isfinite(list(runs.history.values())).all()
    assert repr(runs) == "Runs · variants: 2 · seeds: 3 · epochs: 3"


@pytest.mark.parametrize(("variant", "make"), [("plain", build), ("rich", rich)])
@pytest.mark.parametrize("seed", [0, 2])
def test_a_run_is_what_fit_gives_under_its_seed(runs, variant, make, seed):
    keras.utils.set_random_seed(seed)
    model = make()
    history = fit(model, *DATA[:2], validation_data=DATA[2:4], batch_size=5, epochs=3, verbose=0).history
    for column, values in runs.run(variant, seed).items():
        assert values.tolist() == history[column], column
    measured = model.evaluate(*DATA[4:], verbose=0, return_dict=True)
    assert {name: runs.test[name][runs.place(variant), seed] for name in runs.test} == measured


@pytest.mark.parametrize(
    ("seeds", "variants"),
    [([1], ["rich"]), ([2, 0], ["rich"]), ([5, 1], ["rich", "plain"])],
    ids=["alone", "in another order", "beside others"],
)
def test_a_run_does_not_depend_on_what_runs_beside_it(runs, seeds, variants):
    others = short({name: {"plain": build, "rich": rich}[name] for name in variants}, seeds, DATA)
    for variant in variants:
        for seed in {*seeds} & {*runs.seeds}:
            assert_same(runs, others, variant, seed)


def test_a_run_does_not_depend_on_what_other_threads_draw(runs):
    """A Dask worker's event loop draws from `random` at any moment."""
    done = threading.Event()

    def draw():
        while not done.wait(0.0005):
            random.random()

    thread = threading.Thread(target=draw)
    thread.start()
    try:
        others = short({"rich": rich}, 3)
    finally:
        done.set()
        thread.join()
    for seed in runs.seeds:
        assert_same(runs, others, "rich", seed)


def test_random_is_left_as_it_was():
    functions = dict(vars(random))
    short({"plain": build}, 1, epochs=1)
    assert vars(random) == functions


@pytest.mark.parametrize(
    ("make", "shuffle", "differs"),
    [
        (partial(build, start="ones"), False, False),
        (build, False, True),
        (partial(build, start="ones"), True, True),
        (partial(build, start="ones", dropout=0.5), False, True),
    ],
    ids=["nothing random", "initial weights", "order of rows", "dropout"],
)
def test_each_seed_has_randomness_of_its_own(make, shuffle, differs):
    losses = short({"it": make}, 3, shuffle=shuffle).history["loss"][0]
    assert len({tuple(row) for row in losses}) == (3 if differs else 1)


def test_seeds_share_one_program_for_each_architecture(programs):
    short({"plain": build, "rich": rich}, 4, epochs=1)
    assert len(programs) == 2


def test_xla_gives_each_seed_the_same_numbers_too(programs, monkeypatch, runs):
    monkeypatch.setattr(fitting, "worth_compiling", lambda *_: True)
    compiled = short({"plain": build, "rich": rich}, 3)
    assert [program._xla for program in programs] == [True, True]
    assert_same(compiled, short({"rich": rich}, [2]), "rich", 2)
    for column in COLUMNS:  # without dropout, whose masks are others, the two engines differ by rounding alone
        np.testing.assert_allclose(compiled.run("plain", 1)[column], runs.run("plain", 1)[column], rtol=1e-4)


def test_a_model_without_input_layer():
    keras.utils.set_random_seed(1)
    model = build(given_input=False)
    history = fit(model, *DATA[:2], validation_data=DATA[2:4], batch_size=5, epochs=3, verbose=0).history
    assert short({"unbuilt": partial(build, given_input=False)}).run("unbuilt", 1)["loss"].tolist() == history["loss"]


def test_a_builder_that_gives_another_architecture_each_time(programs):
    def any_width():
        return build(units=random.choice([4, 5, 6]))

    together = short({"any": any_width}, 3)
    assert len(programs) > 1
    assert_same(together, short({"any": any_width}, [2]), "any", 2)


# --- callbacks -------------------------------------------------------------------------------------------------------


class StopBelow(keras.callbacks.Callback):
    def __init__(self, loss):
        super().__init__()
        self.loss = loss

    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = logs["loss"] < self.loss


def test_runs_of_different_length_end_in_nan(runs):
    middle = float(np.median(runs.history["loss"][0, :, 0]))  # one of the three seeds starts below it
    stopped = short({"plain": build}, 3, callbacks=lambda: [StopBelow(middle)])
    lengths = stopped.epochs[0]
    assert lengths.min() == 1 < lengths.max()
    for seed, length in enumerate(lengths):
        assert stopped.run("plain", seed)["val_loss"].tolist() == runs.run("plain", seed)["val_loss"][:length].tolist()
        assert np.isnan(stopped.history["val_loss"][0, seed, length:]).all()
    assert stopped.measure("epochs").tolist() == [lengths.tolist()]
    assert stopped.measure("last_loss")[0].tolist() == [stopped.run("plain", seed)["loss"][-1] for seed in range(3)]


def test_a_changed_learning_rate_stays_in_its_run():
    def halve():
        return [keras.callbacks.ReduceLROnPlateau("loss", factor=0.5, patience=0, min_delta=9.0)]

    together = short({"rich": rich}, callbacks=halve)
    assert together.history["learning_rate"][0].tolist() == pytest.approx(np.tile([0.01, 0.01, 0.005], (2, 1)))
    assert_same(together, short({"rich": rich}, [1], callbacks=halve), "rich", 1)


def test_early_stopping_may_restore_the_best_weights():
    def stop():
        return keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=1, restore_best_weights=True)

    together = short({"fast": partial(build, rate=1.0)}, 3, DATA, callbacks=stop, epochs=6)
    keras.utils.set_random_seed(2)
    model = build(rate=1.0)
    fit(model, *DATA[:2], validation_data=DATA[2:4], batch_size=5, epochs=6, verbose=0, callbacks=[stop()])
    assert together.test["loss"][0, 2] == model.evaluate(*DATA[4:], verbose=0)[0]


# --- variants, data, measures ----------------------------------------------------------------------------------------


def test_a_variant_can_differ_in_its_training(runs):
    study = short(
        {
            "plain": build,
            "long": Variant(build, fit={"epochs": 4}),
            "large batches": Variant(build, fit={"batch_size": 24}),
            "stopped": Variant(build, callbacks=lambda: [StopBelow(9.0)]),
        },
        1,
        callbacks=lambda: [StopBelow(0.0)],
    )
    assert study.epochs[:, 0].tolist() == [3, 4, 3, 1]
    assert_same(study, runs, "plain", 0)
    losses = {name: study.run(name, 0)["loss"].tolist() for name in study.variants}
    assert losses["long"][:3] == losses["plain"]
    assert losses["stopped"] == losses["plain"][:1]
    assert losses["large batches"][0] != losses["plain"][0]


def test_a_variant_can_have_data_of_its_own():
    study = short({"plain": build, "other": Variant(build, dataset=OTHER)}, 1, DATA)
    assert_same(study, short({"other": build}, 1, OTHER), "other", 0)
    assert np.isfinite(study.test["accuracy"][0]).all()
    assert np.isnan(study.test["accuracy"][1]).all()  # the other data have no test part


def test_further_measures_see_the_trained_model(runs):
    def largest(model):
        return max(np.abs(weight).max() for weight in model.get_weights())

    study = short({"plain": build}, also={"largest": largest, "one": lambda model: np.array([1])})
    keras.utils.set_random_seed(1)
    model = build()
    fit(model, *DATA[:2], validation_data=DATA[2:4], batch_size=5, epochs=3, verbose=0)
    assert study.measure("largest")[0, 1] == largest(model)
    assert study.also["one"].tolist() == [[1, 1]]
    assert_same(study, runs, "plain", 1)


@pytest.mark.parametrize(
    "form",
    [
        lambda parts: SimpleNamespace(**parts, name="a Dataset"),
        lambda parts: SimpleNamespace(**{name: pd.DataFrame(part) for name, part in parts.items()}),
        lambda parts: SimpleNamespace(**{name: part.astype("float64") for name, part in parts.items()}),
    ],
    ids=["object", "frames", "float64"],
)
def test_every_form_of_a_data_set(runs, form):
    names = ("x_train", "y_train", "x_val", "y_val", "x_test", "y_test")
    others = short({"plain": build}, [1], form(dict(zip(names, DATA, strict=True))))
    assert others.test.keys() == runs.test.keys()
    assert_same(runs, others, "plain", 1)


def test_a_test_part_may_be_missing(runs):
    without = short({"plain": build})
    assert without.test == {}
    assert_same(without, runs, "plain", 1)
    assert not any("test" in name for name, _ in without.table().columns)


@pytest.mark.parametrize("seeds", [3, np.int64(3), [0, 1, 2], range(3), np.arange(3), (seed for seed in range(3))])
def test_every_way_to_name_seeds(seeds):
    listed = study.given.as_seeds(seeds)
    assert listed == (0, 1, 2)
    assert {type(seed) for seed in listed} == {int}  # json takes no NumPy numbers


# --- bad input -------------------------------------------------------------------------------------------------------


def broken():
    raise KeyError("gone")


def uncompiled():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])


def of_four_columns():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    return model


def of_one_output(loss):
    def build():
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", loss)
        return model

    return build


THREE_CLASSES = (DATA[0], np.arange(len(DATA[1])) % 3, *DATA[2:4])


def with_several_numbers():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=[keras.metrics.F1Score()])
    return model


ONE_HOT = tuple(part if part.ndim == 2 else np.eye(2, dtype="float32")[part] for part in DATA)
REFUSED = {
    "no variants": ({"variants": {}}, "nothing to compare"),
    "a list of variants": ({"variants": [build]}, "nothing to compare"),
    "a builder alone": ({"variants": build}, "nothing to compare"),
    "a number as a name": ({"variants": {0.3: build}}, "nothing to compare"),
    "a model": ({"variants": {"a": build()}}, "'a' needs a function that returns a new, compiled model"),
    "not compiled": ({"variants": {"a": uncompiled}}, "'a' needs a function that returns a new, compiled model"),
    "no model": ({"variants": {"a": lambda: None}}, "'a' needs a function that returns a new, compiled model"),
    "a builder that raises": ({"variants": {"a": broken}}, "'a' cannot be trained on these data: KeyError: 'gone'"),
    "a builder with arguments": ({"variants": {"a": lambda units: None}}, "'a' cannot .*TypeError: .*'units'"),
    "another number of columns": (
        {"variants": {"a": of_four_columns}},
        r"'a' cannot be trained on these data: ValueError: .*value 4, but received input with shape \(None, 3\)$",
    ),
    "too few outputs": (
        {"variants": {"a": of_one_output("sparse_categorical_crossentropy")}},
        r"'a' has 1 output\(s\) and the data have 2 classes: end the network with Dense\(2, ",
    ),
    "two answers to three classes": (
        {"variants": {"a": of_one_output(keras.losses.BinaryCrossentropy())}, "dataset": THREE_CLASSES},
        r"'a' has 1 output\(s\) and the data have 3 classes",
    ),
    "a metric of each class": ({"variants": {"a": with_several_numbers}, "dataset": ONE_HOT[:4]}, "no single number"),
    "a measure without a number": ({"also": {"a": lambda model: None}}, "'a' gives no single number"),
    "measures without names": ({"also": [len]}, "by name: also="),
    "no function to measure": ({"also": {"a": 3}}, "by name: also="),
    "no seeds": ({"seeds": 0}, "seeds=0 does not name"),
    "seeds twice": ({"seeds": [1, 1]}, r"seeds=\[1, 1\] does not name"),
    "a negative seed": ({"seeds": [-1]}, "whole numbers from 0 on"),
    "a huge seed": ({"seeds": [2**32]}, "whole numbers from 0 on"),
    "a string of seeds": ({"seeds": "123"}, "whole numbers from 0 on"),
    "half a seed": ({"seeds": [0.5]}, "whole numbers from 0 on"),
    "no whole number of seeds": ({"seeds": 2.0}, "whole numbers from 0 on"),
    "no epochs": ({"epochs": 0}, "epochs=0: give a whole number from 1 on"),
    "half an epoch": ({"epochs": 1.5}, "epochs=1.5: give a whole number"),
    "no rows in a batch": ({"batch_size": 0}, "batch_size=0: give a whole number"),
    "no epochs in a variant": ({"variants": {"a": Variant(build, fit={"epochs": 0})}}, "epochs=0"),
    "an unknown argument": ({"batchsize": 5}, "no batchsize here: it takes batch_size, epochs"),
    "an unknown argument in a variant": ({"variants": {"a": Variant(build, fit={"lr": 5})}}, "no lr here"),
    "callbacks in a variant's fit": ({"variants": {"a": Variant(build, fit={"callbacks": []})}}, "no callbacks here"),
    "what is decided": ({"verbose": 1, "validation_split": 0.2}, "decides validation_split, verbose itself"),
    "what is decided, in a variant": ({"variants": {"a": Variant(build, fit={"verbose": 1})}}, "decides verbose"),
    "shared callbacks": ({"callbacks": [StopBelow(1)]}, "callbacks of its own: write callbacks=lambda"),
    "no data": ({"dataset": None}, "A NoneType is no data set"),
    "arrays in a list": ({"dataset": list(DATA)}, "A list is no data set"),
    "two arrays": ({"dataset": DATA[:2]}, "A tuple is no data set"),
    "an object without parts": ({"dataset": SimpleNamespace(x_train=X)}, "A SimpleNamespace is no data set"),
    "unequal parts": ({"dataset": (X, Y[:-1], X, Y)}, "x_train and y_train have to be arrays with the same number"),
    "lists": ({"dataset": (X, Y, X, list(Y))}, "x_val and y_val have to be arrays"),
    "empty arrays": ({"dataset": (X, Y, X[:0], Y[:0])}, "x_val and y_val have to be arrays"),
    "half a test part": ({"dataset": (*DATA[:4], X, None)}, "x_test and y_test have to be arrays"),
    "a variant's data": ({"variants": {"a": Variant(build, dataset=(X, Y))}}, "A tuple is no data set"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_gets_one_sentence_in_both_languages(case):
    change, words = REFUSED[case]
    arguments = {"variants": {"plain": build}, "dataset": DATA[:4], "epochs": 1, "seeds": 1, **change}
    with pytest.raises(CourseError, match=words):
        compare(**arguments)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]") as caught:
        compare(**arguments)
    assert "\n" not in str(caught.value) and "\x1b" not in str(caught.value)


def test_a_sentence_of_the_builders_own_is_kept():
    def refuse():
        raise CourseError("Take the lift.")

    with pytest.raises(CourseError, match=r"^Take the lift\.$"):
        short({"plain": refuse})


# --- parts for workers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("workers", "seeds", "variants", "parts"),
    [(1, 100, 1, 1), (2, 10, 1, 2), (2, 10, 3, 2), (2, 10, 2, 2), (8, 10, 2, 4), (64, 10, 2, 10), (2, 3, 2, 1)],
)
def test_seeds_are_cut_into_parts_for_the_workers(monkeypatch, workers, seeds, variants, parts):
    monkeypatch.setattr(study.joblib, "effective_n_jobs", lambda _: workers)
    cut = study._shares(tuple(range(seeds)), variants)
    assert len(cut) == parts
    assert [seed for part in cut for seed in part] == list(range(seeds))
    assert workers == 1 or max(map(len, cut)) <= study.PART


# --- the progress bar ------------------------------------------------------------------------------------------------


def test_no_bar_in_tests_and_builds(capsys, monkeypatch):
    short({"plain": build}, 1, epochs=1)
    monkeypatch.delenv("PYTEST_VERSION")
    monkeypatch.setenv("COURSE_LANG", "both")
    with progress.progress_bar(2) as bar:
        bar.update()
    assert capsys.readouterr() == ("", "")


def test_the_bar_in_a_terminal_is_wiped_away(capsys, monkeypatch):
    monkeypatch.delenv("PYTEST_VERSION")
    short({"plain": build}, 2, epochs=1)
    out, err = capsys.readouterr()
    assert out == ""
    assert "| 0/2 [" in err and "plain:  50%|" in err
    assert err.rpartition("\r")[0].rpartition("\r")[2].strip() == ""


def test_the_bar_in_a_notebook_is_a_line_of_the_cells_output(shell, monkeypatch):
    monkeypatch.delenv("PYTEST_VERSION")
    monkeypatch.setattr(shell, "kernel", None, raising=False)
    with capture_output() as shown, progress.progress_bar(4) as bar:
        bar.set_description("plain", refresh=False)
        bar.update(3)
        bar.refresh()
    lines = [output.data["text/plain"] for output in shown.outputs]
    assert any(line.startswith("plain:  75%|") and "3/4" in line for line in lines)
    assert lines[-1] == ""
    assert shown.stderr == shown.stdout == ""


@pytest.mark.slow
def test_a_real_notebook_keeps_nothing_of_the_bar(monkeypatch):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.delenv("PYTEST_VERSION")
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from helpers.bootstrap import start; start('05')\n"
        "from test_experiments import build, short\n"
        "short({'plain': build}, epochs=1)"
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbclient.NotebookClient(book, kernel_name="python3", resources={"metadata": {"path": str(COURSE)}}).execute()
    *_, bar, result = book.cells[0].outputs
    assert bar.data == {"text/plain": ""}
    assert result.data["text/plain"].startswith("Runs")
    assert not [output for output in book.cells[0].outputs if output.get("name") == "stderr"]


# --- the record ------------------------------------------------------------------------------------------------------


def record(**changes):
    """Two variants under two seeds; the second run of the second variant stopped early and ended without a number."""
    losses = [[[4.0, 2.0, 3.0], [4.0, 3.0, 1.0]], [[5.0, 5.0, 4.0], [6.0, NAN, NAN]]]
    history = {
        "loss": np.array(losses) / 2,
        "val_loss": np.array(losses),
        "val_accuracy": np.array([[[0.5, 0.75, 0.5]] * 2, [[0.25, 0.5, 0.5], [0.25, NAN, NAN]]]),
    }
    given = {
        "variants": ("a", "나 b"),
        "seeds": (0, 7),
        "epochs": np.array([[3, 3], [3, 2]]),
        "history": history,
        "test": {"accuracy": np.array([[0.5, 0.75], [0.25, 1.0]])},
        "also": {"weight norm": np.array([[1.0, 2.0], [3.0, 4.0]])},
    }
    return Runs(**{**given, **changes})


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("epochs", [[3, 3], [3, 2]]),
        ("best_epoch", [[2, 3], [3, 1]]),
        ("best_val_loss", [[2, 1], [4, 6]]),
        ("best_val_accuracy", [[0.75, 0.75], [0.5, 0.25]]),
        ("last_val_loss", [[3, 1], [4, NAN]]),
        ("gap", [[1.5, 0.5], [2, NAN]]),
        ("rise", [[0.5, 0], [0, NAN]]),
        ("test_accuracy", [[0.5, 0.75], [0.25, 1]]),
        ("weight norm", [[1, 2], [3, 4]]),
        (lambda run: len(run["loss"]) + run["val_loss"][0], [[7, 7], [8, 8]]),
    ],
)
def test_measures(measure, values):
    np.testing.assert_array_equal(record().measure(measure), values)


def test_every_measure_is_listed_and_no_other_is_known():
    runs = record()
    for name in runs.measures():
        assert runs.measure(name).shape == (2, 2)
    with pytest.raises(CourseError, match="no measure 'best_auc': there are epochs, best_epoch, gap, rise, best_loss"):
        runs.measure("best_auc")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda runs: runs.run("c", 0), "no variant 'c': choose one of 'a', '나 b'"),
        (lambda runs: runs.run("a", 1), "no seed 1: choose one of 0, 7"),
        (lambda runs: runs.table(["accuracy"]), "no measure 'accuracy'"),
    ],
)
def test_what_is_not_recorded_gets_one_sentence(ask, words):
    with pytest.raises(CourseError, match=words):
        ask(record())
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]"):
        ask(record())


def test_table_holds_median_and_quartiles():
    table = record().table()
    names = ["best_epoch", "best_val_loss", "last_val_loss", "gap", "test_accuracy", "weight norm"]
    labels = ["median", "lower quartile", "upper quartile"]
    assert list(table.columns) == [(name, label) for name in names for label in labels]
    assert list(table.index) == ["a", "나 b"]
    assert table.loc["a", "last_val_loss"].tolist() == [2.0, 1.5, 2.5]
    assert table.loc["나 b", "last_val_loss"].tolist() == [4.0, 4.0, 4.0]  # over the seeds that have a number
    assert list(record().table(["epochs"]).columns) == [("epochs", label) for label in labels]


@pytest.mark.filterwarnings("error")
def test_table_of_diverged_runs():
    gone = record(test={"accuracy": np.full((2, 2), NAN)}, also={"far": np.full((2, 2), np.inf)})
    assert np.isnan(gone.table().loc["a", "test_accuracy"]).all()
    gone.history["val_loss"][:] = NAN
    assert np.isnan(gone.table(["best_epoch", "best_val_loss", "gap", "rise"])).all(axis=None)


# --- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["runs", "runs.npz", "epochs.50", "new/folder/runs"])
def test_saved_runs_come_back(tmp_path, name):
    kept = record()
    path = kept.save(tmp_path / name)
    assert path.name == ("runs.npz" if "runs" in name else "epochs.50.npz")
    back = Runs.load(tmp_path / name)
    assert (back.variants, back.seeds) == (kept.variants, kept.seeds)
    np.testing.assert_array_equal(back.epochs, kept.epochs)
    for part in ("history", "test", "also"):
        assert list(getattr(back, part)) == list(getattr(kept, part))
        for column, values in getattr(kept, part).items():
            np.testing.assert_array_equal(getattr(back, part)[column], values)
    pd.testing.assert_frame_equal(back.table(), kept.table())


def test_compared_runs_can_be_saved(runs, tmp_path):
    back = Runs.load(runs.save(tmp_path / "it"))
    for seed in runs.seeds:
        assert_same(runs, back, "rich", seed)


def about(**changes):
    kept = {"format": 1, "variants": ["a"], "seeds": [0], **changes}
    return {"about": np.array(json.dumps(kept)), "epochs": np.array([[1]]), "history/loss": np.ones((1, 1, 1))}


FOREIGN = {
    "other arrays": lambda path: np.savez(path, x=X),
    "a list about it": lambda path: np.savez(path, about=np.array("[1]"), epochs=X),
    "no json about it": lambda path: np.savez(path, about=np.array("{"), epochs=X),
    "a number about it": lambda path: np.savez(path, about=np.array(3), epochs=X),
    "no epochs": lambda path: np.savez(path, about=about()["about"]),
    "an unknown part": lambda path: np.savez(path, **about(), **{"weights/kernel": X}),
    "no seeds": lambda path: np.savez(path, **about(seeds=None)),
    "objects": lambda path: np.savez(path, about=np.array([{}], dtype=object)),
    "text": lambda path: path.write_text("variant,loss\n"),
    "nothing": lambda path: path.touch(),
    "a folder": lambda path: path.mkdir(),
    "one array": lambda path: path.with_suffix(".npy").rename(path) if np.save(path.with_suffix(""), X) is None else 0,
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_file_of_something_else_gets_one_sentence(tmp_path, case):
    path = tmp_path / "it.npz"
    FOREIGN[case](path)
    with pytest.raises(CourseError, match=r"it\.npz does not hold runs"):
        Runs.load(path)


def test_a_file_of_another_version_or_none_at_all(tmp_path):
    np.savez(tmp_path / "old.npz", **about(format=0))
    with pytest.raises(CourseError, match=r"another version of the course \(format 0, here 1\): run compare again"):
        Runs.load(tmp_path / "old")
    with pytest.raises(CourseError, match=r"no file .*missing\.npz: runs\.save writes one"):
        Runs.load(tmp_path / "missing")
    i18n.set_language("ko")
    for name in ("old", "missing"):
        with pytest.raises(CourseError, match=r"[가-힣]"):
            Runs.load(tmp_path / name)


def test_a_damaged_file_never_ends_in_a_traceback(tmp_path):
    whole = record().save(tmp_path / "whole").read_bytes()
    path, refused = tmp_path / "damaged.npz", 0
    chance = np.random.default_rng(0)
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[chance.integers(len(whole))] ^= 1 << chance.integers(8)
        cut = len(whole) if chance.random() < 0.7 else chance.integers(len(whole))
        path.write_bytes(damaged[:cut])
        with contextlib.suppress(CourseError):
            Runs.load(path)
            refused -= 1
        refused += 1
    assert refused > 200


def test_quartiles_are_silent_where_there_is_no_number(recwarn):
    from helpers.experiments.runs import quartiles

    assert quartiles(np.array([1.0, 2.0, NAN, 3.0])) == (1.5, 2.0, 2.5)
    assert np.isnan(quartiles(np.array([NAN, NAN]))).all()
    assert not re.findall("All-NaN", " ".join(str(warning.message) for warning in recwarn))
