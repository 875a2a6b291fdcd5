"""The lab of lesson 06: what it trains, what it says, and that a new move supersedes the one before."""

import asyncio
import html
import subprocess
import sys

import keras
import numpy as np
import pytest

from helpers import i18n, labs
from helpers.errors import CourseError
from helpers.labs.capacity import BATCH, PASS, PASSES, SEEDS, Curves, Study, draw, finding, simulate
from helpers.labs.frame import Choice, Lab, Picture
from helpers.labs.view import view
from helpers.paths import COURSE


def blobs(rows):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, rows)
    return rng.normal(size=(rows, 4)) + 2 * np.eye(4)[y], y


@pytest.fixture(scope="module")
def study():
    return Study.of((*blobs(100), *blobs(60)))


def curves(loss, val_loss, accuracy):
    ends = {"loss": loss, "val_loss": val_loss, "accuracy": accuracy, "val_accuracy": accuracy}
    return Curves(8, 40, {name: np.array([values, values]) for name, values in ends.items()})


# --- simulate --------------------------------------------------------------------------------------------------------


def test_rows_of_the_slider_are_those_that_there_are(study):
    assert study.rows == (20, 40, 80)


def test_a_state_holds_every_seed_and_is_trained_once(study):
    found = simulate(study, 8, 40)
    assert {values.shape for values in found.columns.values()} == {(SEEDS, PASSES)}
    assert len({tuple(row) for row in found.columns["loss"]}) == SEEDS
    assert simulate(study, 8, 40) is found


def test_a_state_does_not_depend_on_what_was_trained_before(study):
    fresh = Study.of((*blobs(100), *blobs(60)))
    simulate(fresh, 128, 80)
    np.testing.assert_array_equal(
        simulate(fresh, 8, 40).columns["val_loss"], simulate(study, 8, 40).columns["val_loss"]
    )


def test_a_padded_network_is_the_small_one(study):
    x, y = np.resize(study.x[:40], (PASS, 4)), np.resize(study.y[:40], PASS)
    keras.utils.set_random_seed(0)
    small = study.model(8)
    simulate(study, 8, 40)
    history = small.fit(x, y, epochs=2, batch_size=BATCH, shuffle=False, verbose=0).history
    keras.utils.set_random_seed(0)
    padded = study._begin(8)
    wide = padded.fit(x, y, epochs=2, batch_size=BATCH, shuffle=False, verbose=0).history
    np.testing.assert_allclose(wide["loss"], history["loss"], rtol=1e-4)
    assert not padded.get_weights()[0][:, 8:].any()


@pytest.mark.parametrize(("width", "rows"), [(3, 20), (8, 1280), (0, 20), ("8", 20)])
def test_a_state_that_is_not_on_the_sliders_gets_a_sentence(study, width, rows):
    with pytest.raises(CourseError, match="is not known: choose one of "):
        simulate(study, width, rows)


def test_data_that_do_not_suit_get_a_sentence():
    x, y = blobs(60)
    with pytest.raises(CourseError, match="class number"):
        labs.capacity((x, y + 0.5, x, y))
    with pytest.raises(CourseError, match="at least 20"):
        labs.capacity((x[:10], y[:10], x, y))
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="클래스 번호"):
        labs.capacity((x, y - 1, x, y))


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "val_loss", "accuracy", "says"),
    [
        ([1.0, 0.9], [1.0, 0.95], [0.4, 0.5], "Underfitting"),
        ([0.5, 0.1], [0.5, 0.6], [0.8, 1.0], "Overfitting"),
        ([1.0, 0.9], [1.0, 1.2], [0.4, 0.5], "Both"),
        ([0.5, 0.1], [0.5, 0.51], [0.8, 0.95], "Neither"),
    ],
)
def test_finding_follows_the_rule(loss, val_loss, accuracy, says):
    assert says in finding(curves(loss, val_loss, accuracy))


def test_finding_speaks_korean():
    i18n.set_language("ko")
    assert "과적합" in finding(curves([0.5, 0.1], [0.5, 0.6], [0.8, 1.0]))


def test_a_picture_with_a_ghost_differs_from_one_without(study):
    state, before = {"width": 8, "rows": 40}, {"width": 2, "rows": 20}
    simulate(study, **before)
    alone, ghost = draw(study, state), draw(study, state, before)
    assert alone.png.startswith(b"\x89PNG")
    assert alone.png != ghost.png
    assert alone.finding == ghost.finding


def test_the_lab_opens_where_it_is_told(study):
    lab = labs.capacity((*blobs(100), *blobs(60)), width=8)
    assert lab.preset == {"width": 8, "rows": 80}
    assert lab.code.format(**lab.preset) == "labs.capacity(dataset, width=8, rows=80)"


def test_simulate_needs_no_ipython():
    code = "import sys; sys.modules['IPython'] = sys.modules['ipywidgets'] = None\nimport helpers.labs.capacity"
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)


# --- the view of a lab that trains ------------------------------------------------------------------------------------


def slow(drawn):
    def paint(state, before):
        drawn.append(state["n"])
        return Picture(b"", f"found {state['n']}")

    return Lab("?", (Choice("n", "n", (1, 2, 3, 4), 1, scale=True),), paint, "{n}", waiting="Computing")


def test_moves_that_follow_quickly_are_drawn_once():
    drawn = []

    async def move():
        _, row, _, words, _ = view(slow(drawn)).children
        dial = row.children[0]
        for index in (1, 2, 3):
            dial.index = index
            assert "Computing" in html.unescape(words.value)
        await asyncio.sleep(0.6)
        assert "found 4" in words.value
        dial.index = 0
        dial.index = 3
        await asyncio.sleep(0.6)
        assert "found 4" in words.value

    asyncio.run(move())
    assert drawn == [1, 4]


def test_without_a_loop_each_move_is_drawn():
    drawn = []
    _, row, *_ = view(slow(drawn)).children
    row.children[0].index = 2
    assert drawn == [1, 3]
