"""The lab of lesson 13: what races, what it says, and what it refuses."""

import subprocess
import sys

import numpy as np
import pytest

from helpers import i18n, labs
from helpers.errors import CourseError
from helpers.labs.optimizer_race import ALL, RACERS, STEPS, draw, finding, simulate
from helpers.labs.view import view
from helpers.optimizers import Adam, descend
from helpers.paths import COURSE
from helpers.surfaces import SURFACES, surface

RAVINE = {"surface": "ravine", "optimizers": ALL, "learning_rate": 0.05, "momentum": 0.9, "x": -2.0, "y": 1.0}


# --- simulate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SURFACES)
def test_everybody_walks_from_the_start(name):
    race = simulate({**RAVINE, "surface": name, "optimizers": " + ".join(RACERS)})
    assert tuple(race.paths) == tuple(RACERS)
    assert {path.shape for path in race.paths.values()} == {(STEPS + 1, 2)}
    assert all(path[0].tolist() == [-2, 1] for path in race.paths.values())


def test_a_path_is_that_of_the_rule():
    race = simulate({**RAVINE, "optimizers": "Adam"})
    np.testing.assert_array_equal(
        race.paths["Adam"], descend(Adam(0.05), surface("ravine").gradient, (-2.0, 1.0), STEPS)
    )


def test_momentum_moves_momentum_and_nesterov_only():
    one, two = simulate(RAVINE), simulate({**RAVINE, "momentum": 0.5})
    same = {name for name in one.paths if np.array_equal(one.paths[name], two.paths[name])}
    assert set(one.paths) - same == {"momentum", "Nesterov"}


def test_names_are_taken_once_and_with_any_spaces():
    assert tuple(simulate({**RAVINE, "optimizers": "SGD+Adam +SGD"}).paths) == ("SGD", "Adam")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"surface": "hill"}, "surface='hill' is not known"),
        ({"optimizers": "SGD + Adamm"}, "optimizers='Adamm' is not known: choose one of 'SGD', 'momentum'"),
        ({"optimizers": ""}, "optimizers='' is not known"),
        ({"optimizers": None}, "optimizers=None is not known"),
        ({"learning_rate": -0.1}, "learning_rate=-0.1: give a number above 0"),
        ({"learning_rate": np.nan, "optimizers": "Adam"}, "learning_rate=nan"),
        ({"momentum": 1.0, "optimizers": "Adam"}, "momentum=1.0"),
        ({"x": np.nan}, "not on the map"),
        ({"x": 4.0}, "not on the map"),
        ({"y": "1"}, "not on the map"),
    ],
)
def test_a_state_that_cannot_be_run_gets_a_sentence(change, says):
    with pytest.raises(CourseError, match=says):
        simulate({**RAVINE, **change})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"surface": "hill"}, "not known"),
        ({"optimizers": "Lion"}, "optimizers='Lion' is not known"),
        ({"learning_rate": 0}, "above 0"),
        ({"start": (np.nan, 1)}, "not on the map"),
        ({"start": 3}, "not on the map"),
        ({"start": (1, 2, 3)}, "not on the map"),
    ],
)
def test_the_lab_refuses_them_when_it_is_opened(arguments, says):
    with pytest.raises(CourseError, match=says):
        labs.optimizer_race(**arguments)


# --- what it says ----------------------------------------------------------------------------------------------------


def test_finding_names_the_fastest_first_and_those_that_fly_off_last():
    words = finding(simulate({**RAVINE, "learning_rate": 0.09}))
    assert words.startswith("SGD has arrived after 29 steps; Adam has arrived")
    assert "Nesterov has flown off by step" in words.rpartition(";")[2]


def test_finding_tells_flat_ground_from_the_lowest():
    words = finding(simulate({**RAVINE, "surface": "two minima", "x": 2.0, "optimizers": "SGD + momentum"}))
    assert words.startswith("momentum has arrived")
    assert "SGD stands on flat ground that is not the lowest, at loss 0.10" in words


def test_finding_speaks_korean():
    i18n.set_language("ko")
    assert "스텝 만에 도착" in finding(simulate(RAVINE))


def test_a_picture_with_a_ghost_differs_from_one_without():
    state, before = {**RAVINE, "learning_rate": 0.03}, RAVINE
    alone, ghost = draw(state), draw(state, before)
    assert alone.png.startswith(b"\x89PNG")
    assert alone.png != ghost.png
    assert alone.finding == ghost.finding
    assert draw(state, {**RAVINE, "surface": "bowl"}).png == alone.png  # another map: no ghost


def test_everything_that_flies_off_is_drawn_too():
    assert draw({**RAVINE, "learning_rate": 1.0}, RAVINE).png.startswith(b"\x89PNG")


# --- the lab ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SURFACES)
def test_it_opens_on_a_telling_point(name):
    preset = labs.optimizer_race(name).preset
    assert (preset["x"], preset["y"]) == surface(name).start
    assert preset["optimizers"] == ALL


def test_its_line_of_code_rebuilds_a_state():
    lab = labs.optimizer_race("saddle", "SGD+Adam", learning_rate=0.02, momentum=0.7, start=(1, 0.3))
    line = lab.code.format(**lab.preset)
    assert line == "labs.optimizer_race('saddle', 'SGD + Adam', learning_rate=0.02, momentum=0.7, start=(1.0, 0.3))"
    assert eval(line, {"labs": labs}).preset == lab.preset


def test_every_control_draws():
    box = view(labs.optimizer_race())
    lists, *sliders = box.children[1:6]
    words = box.children[7].value
    for dial in [*lists.children, *(row.children[0] for row in sliders)]:
        dial.index = (dial.index + 1) % len(dial.options)
        assert box.children[7].value != words
        words = box.children[7].value


def test_simulate_needs_no_widgets():
    code = "import sys; sys.modules['ipywidgets'] = None\nimport helpers.labs.optimizer_race"
    subprocess.run([sys.executable, "-c", code], cwd=COURSE, check=True)
