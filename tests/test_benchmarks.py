"""The benchmark: its NumPy loop computes what Keras computes, and its numbers become the right words."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from benchmarks import cases, measure, report, results, run
from benchmarks.numpy_loop import NumpyNetwork
from benchmarks.results import Engines, Goal, Report, Result, Spread
from benchmarks.seeds import ten_seeds
from helpers.training import engine

pytestmark = pytest.mark.one_lane


def rows(count, features, classes):
    random = np.random.default_rng(0)
    x = random.normal(size=(count, features)).astype(np.float32)
    return x, (x @ random.normal(size=(features, classes))).argmax(axis=1)


def tiny(sizes, dropout=0.0, seeds=1):
    """Return a case with 100 training and 41 validation rows, so that the last batch of 32 has 4."""
    x, y = rows(141, sizes[0], max(2, sizes[-1]))
    return cases.Case("t", "tiny", sizes, 32, 1, lambda: (x[:100], y[:100], x[100:], y[100:]), 1, 2, 2, dropout, seeds)


@pytest.fixture
def found():
    """A report with round numbers: four times as fast as model.fit, twice as slow as NumPy."""
    times = {"model.fit": [40.0, 44.0, 80.0], "ours": [10.0, 11.0, 10.0], "NumPy": [5.0, 5.5, 10.0]}
    watched = {**times, "ours with EarlyStopping": [20.0, 22.0, 20.0]}
    return Report(
        date="2025-12-31",
        machine=results.machine(),
        busy=0.0,
        results=[Result("a", "wine", 5, watched, [1.0, 2.0, 2.5], 1), Result("b", "other", 4, times, [3.5], None)],
        dropout_ms={"without": [10.0], "Philox": [12.0], "left open": [26.0]},
        engines=[Engines("a", 0.5, 1.5, 300.0, 100.0), Engines("b", 0.5, 1.5, 100.0, 100.0)],
    )


# --- the NumPy loop --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(6, 12, 5, 1), (6, 12, 4)], ids=["sigmoid", "softmax"])
def test_numpy_loop_computes_what_keras_computes(sizes):
    case = tiny(sizes)
    keras.utils.set_random_seed(0)
    model = case.model()
    ours = NumpyNetwork(sizes)
    ours.set_weights(model.get_weights())
    wanted = model.fit(
        *case.train, validation_data=case.validation, batch_size=32, epochs=12, shuffle=False, verbose=0
    ).history
    history = ours.fit(case.train, case.validation, epochs=12, batch_size=32, shuffle=False)
    assert set(history) == set(wanted)
    for name, values in history.items():
        np.testing.assert_allclose(values, wanted[name], rtol=1e-4, err_msg=name)


def test_numpy_loop_drops_out_and_shuffles_as_keras_does():
    case = tiny((6, 64, 4), dropout=0.5)
    losses = [
        NumpyNetwork(case.sizes, 0.5, seed).fit(case.train, case.validation, epochs=8, batch_size=32)["loss"][-1]
        for seed in range(20)
    ]
    keras.utils.set_random_seed(0)
    wanted = case.model().fit(*case.train, batch_size=32, epochs=8, verbose=0).history["loss"][-1]
    assert 0 < abs(np.mean(losses) - wanted) < 3 * np.std(losses)


def test_numpy_loop_repeats_with_its_seed():
    case = tiny((6, 12, 1), dropout=0.3)
    first, second, other = (
        NumpyNetwork(case.sizes, 0.3, seed).fit(case.train, case.validation, epochs=3, batch_size=32)
        for seed in (1, 1, 2)
    )
    assert first == second != other


def test_tiny_moments_become_zero():
    network = NumpyNetwork((2, 3, 1))
    network._mean[:4] = [1e-40, -1e-35, 1e-10, -1e-10]
    network._square[:2] = [1e-38, 1e-20]
    network._drop_tiny_moments()
    assert network._mean[:4].tolist() == np.float32([0, 0, 1e-10, -1e-10]).tolist()
    assert network._square[:2].tolist() == np.float32([0, 1e-20]).tolist()


# --- the cases -------------------------------------------------------------------------------------------------------


def test_cases_are_those_of_the_goals():
    shapes = {case.key: (len(case.train[1]), len(case.validation[1]), case.sizes, case.goal) for case in cases.CASES}
    assert shapes["a"] == (653, 322, (12, 30, 12, 8, 1), 50)
    assert shapes["b"] == (341, 114, (30, 100, 24, 1), 25)
    assert shapes["c"] == (3000, 1000, (784, 100, 10), 5)
    assert shapes["d"] == (653, 322, (12, 30, 12, 8, 1), 150)


@pytest.mark.parametrize("case", cases.CASES, ids=lambda case: case.key)
def test_fit_chooses_xla_by_itself(case):
    assert engine.suits_xla(case.model())
    assert case.our_epochs >= measure.compiled_epochs(case)
    assert (measure.compiled_epochs(case) - 1) * case.steps < engine.COMPILED_STEPS
    assert measure.compiled_epochs(case) * case.steps >= engine.COMPILED_STEPS
    assert 0 < measure.graph_epochs(case) * case.steps < engine.COMPILED_STEPS


def test_ways_of_training_train(capsys, monkeypatch):
    monkeypatch.setattr(measure, "ROUNDS", 2)
    case = tiny((6, 8, 1))
    ways = {"model.fit": (measure.keras_way(case), 1), "NumPy": (measure.numpy_way(case, 1), 2)}
    ways["ours"] = measure.our_way(case), 2
    times = measure.in_turn(ways)
    assert {name: len(each) for name, each in times.items()} == dict.fromkeys(ways, 2)
    assert capsys.readouterr().out.count("round") == 2


def test_ten_seeds_trains_each_seed_from_its_own_start(monkeypatch):
    case, starts = tiny((6, 8, 1), dropout=0.3), []

    def remember(model, *_, **__):
        values = [np.asarray(variable) for variable in (*model.variables, *model.optimizer.variables)]
        starts.append(values)
        model.optimizer.iterations.assign_add(5)

    monkeypatch.setattr("benchmarks.seeds.fit", remember)
    ten_seeds(case, 3)(epochs=1)
    for seed, start in enumerate(starts):
        keras.utils.set_random_seed(seed)
        model = case.model()
        model.optimizer.build(model.trainable_variables)
        for value, wanted in zip(start, (*model.variables, *model.optimizer.variables), strict=True):
            np.testing.assert_array_equal(value, np.asarray(wanted))


# --- numbers and words -----------------------------------------------------------------------------------------------


def test_ratios_are_of_one_round_each():
    assert Spread.of_ratios([40, 44, 80], [10, 11, 10]) == Spread(4, 4, 8)


@pytest.mark.parametrize(
    ("value", "text"), [(0.058, "0.06"), (1.5, "1.50"), (9.999, "10"), (31.44, "31.4"), (99.99, "100"), (347.4, "347")]
)
def test_numbers_are_short(value, text):
    assert results.short(value) == text


def test_the_median_decides_about_a_goal():
    assert Goal("fast", Spread(50, 1, 90), least=50).met
    assert not Goal("slow", Spread(1.51, 1, 2), most=1.5).met
    assert str(Goal("slow", Spread(1.51, 1, 2), most=1.5)) == "1.51 (1.00–2.00), ≤ 1.5 MISSED"


def test_goals_of_a_report(found):
    assert [goal.met for goal in found.goals] == [False, False, True, True, False, False]
    assert report.verdict(found).startswith("2 of 6 goals are met, missed: (a) model.fit ÷ ours: 4.00 (4.00–8.00), ≥ 5")
    kept = replace(found, results=[Result("x", "x", 1, {"model.fit": [2], "ours": [1], "NumPy": [1]}, [1], 1)])
    assert report.verdict(kept) == "All 3 goals are met."


def test_when_xla_pays(found):
    assert [each.even_at for each in found.engines] == [pytest.approx(5000), None]
    assert [row[-1] for row in report.engines(found)[1:]] == ["5,000", "never"]


def test_dropout_is_told_in_words(found):
    text = report.dropout(found)
    assert "2.17 (2.17–2.17) times" in text and "costs 8.00 times as much" in text
    assert "costs" not in report.dropout(replace(found, dropout_ms={"without": [9], "Philox": [9], "left open": [9]}))


def test_a_busy_machine_is_told(found):
    assert "busy" not in report.about_machine(found)
    assert "load 3.0" in report.about_machine(replace(found, busy=3.0))


def test_report_survives_its_file(found):
    assert Report.from_json(found.to_json()) == found


def test_table_is_aligned():
    lines = report.aligned([["", "one", "two"], ["first", "1", "22222"], ["2nd", "333", ""]]).splitlines()
    assert lines == ["       one    two", "-" * 17, "first    1  22222", "2nd    333"]


def test_texts_hold_every_ratio(found):
    for text in (report.terminal(found), report.markdown(found)):
        assert "4.00 (4.00–8.00), ≥ 5 MISSED" in text
        assert "(a) with EarlyStopping" in text and "2.00 (2.00–4.00)" in text
        assert found.machine["processor"] in text
    assert "| --- | ---: |" in report.markdown(found)


def test_page_is_what_the_last_run_found():
    """docs/benchmarks.md is generated from benchmarks/last_run.json: both are committed together."""
    kept = Report.from_json(run.LAST_RUN.read_text(encoding="utf-8"))
    assert run.PAGE.read_text(encoding="utf-8") == report.markdown(kept)
    assert "/" not in kept.machine["processor"]


def test_run_writes_both_files(found, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(run, "COURSE", tmp_path)
    monkeypatch.setattr(run, "LAST_RUN", tmp_path / "last_run.json")
    monkeypatch.setattr(run, "PAGE", tmp_path / "benchmarks.md")
    results_of = {result.key: result for result in found.results}
    monkeypatch.setattr(run, "CASES", [tiny((1, 1))])
    monkeypatch.setattr(run.measure, "measure", lambda case: results_of["a"])
    monkeypatch.setattr(run.measure, "dropout_generators", lambda: found.dropout_ms)
    monkeypatch.setattr(run.measure, "both_engines", lambda _: found.engines)
    run.run()
    kept = Report.from_json((tmp_path / "last_run.json").read_text(encoding="utf-8"))
    assert kept.results == found.results[:1]
    assert (tmp_path / "benchmarks.md").read_text(encoding="utf-8") == report.markdown(kept)
    assert "goals are met" in capsys.readouterr().out
