"""The lab of lesson 05 and the view that labs share."""

import html
import re
import subprocess
import sys

import ipywidgets
import numpy as np
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n, labs
from helpers.errors import CourseError
from helpers.labs.epochs import draw, finding, simulate
from helpers.labs.frame import Control, Lab, Picture
from helpers.labs.view import view
from helpers.paths import COURSE

RUN = {"loss": [0.9, 0.5, 0.3, 0.2], "val_loss": [1.0, 0.6, 0.7, 0.9]}


def parts(box):
    """Return the widgets of a lab's view by their role."""
    head, row, image, words, foot = box.children
    slider, number = row.children
    reset, code = foot.children
    return {
        "head": head,
        "slider": slider,
        "number": number,
        "image": image,
        "words": words,
        "reset": reset,
        "code": code,
    }


@pytest.fixture
def opened():
    return parts(view(labs.epochs(RUN)))


def plain(widget):
    return html.unescape(re.sub(r"<[^>]+>", "", widget.value))


# --- simulate --------------------------------------------------------------------------------------------------------


def test_state_of_a_run_at_an_epoch():
    state = simulate(RUN, 3)
    assert (state.epoch, state.train, state.validation) == (3, 0.3, 0.7)
    assert state.gap == pytest.approx(0.4)
    assert (state.best_so_far, state.best) == (2, 2)
    assert state.lost == pytest.approx(0.1)
    assert simulate(RUN, 1).best_so_far == 1


def test_simulate_leaves_the_history_alone():
    run = {name: list(values) for name, values in RUN.items()}
    assert simulate(run, 2) == simulate(run, 2)
    assert run == RUN


@pytest.mark.parametrize("epoch", [0, 5, -1, 2.5, float("nan"), "2"])
@pytest.mark.parametrize("use", [simulate, draw, labs.epochs])
def test_epoch_outside_the_run_gets_a_sentence(use, epoch):
    with pytest.raises(CourseError, match=re.escape(f"epochs 1 to 4: choose one of them, not {epoch}")):
        use(RUN, epoch)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="1부터 4까지"):
        use(RUN, epoch)


@pytest.mark.parametrize("epoch", [2, np.int64(2), 2.0])
def test_whole_numbers_of_every_type_are_epochs(epoch):
    assert simulate(RUN, epoch) == simulate(RUN, 2)
    assert parts(view(labs.epochs(RUN, epoch)))["slider"].value == 2


def test_history_without_validation_gets_a_sentence():
    with pytest.raises(CourseError, match="validation_data"):
        labs.epochs({"loss": [1, 2]})


@pytest.mark.slow
def test_simulate_needs_neither_ipython_nor_widgets():
    code = (
        "import sys; sys.modules['IPython'] = sys.modules['ipywidgets'] = None\n"
        "from helpers.labs.epochs import finding, simulate\n"
        f"print(finding(simulate({RUN}, 2)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=COURSE, capture_output=True, text=True)
    assert "best epoch of the run" in done.stdout, done.stderr


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("epoch", "in_english", "in_korean"),
    [
        (
            1,
            "Too early: the best comes 1 epoch later, with validation loss lower by 0.400.",
            "아직 이릅니다. 1에포크 뒤",
        ),
        (2, "gap +0.100. This is the best epoch of the run.", "가장 좋은 에포크입니다."),
        (4, "Too late: the best was epoch 2, 2 epochs ago; going on cost 0.300.", "2에포크 전인 2번째였고"),
    ],
)
def test_finding_judges_stopping_here(epoch, in_english, in_korean):
    state = simulate(RUN, epoch)
    assert finding(state).startswith(f"Epoch {epoch}: training loss {state.train:.3f}")
    assert in_english in finding(state)
    i18n.set_language("ko")
    assert finding(state).startswith(f"{epoch}번째 에포크")
    assert in_korean in finding(state)


# --- picture ---------------------------------------------------------------------------------------------------------


def test_ghost_is_drawn_only_where_it_differs():
    without = draw(RUN, 3)
    assert without.png.startswith(b"\x89PNG")
    assert draw(RUN, 3, ghost=3).png == without.png
    assert draw(RUN, 3, ghost=1).png != without.png
    assert draw(RUN, 3, ghost=1).finding == without.finding


# --- view ------------------------------------------------------------------------------------------------------------


def test_lab_opens_at_the_last_epoch_without_a_ghost(opened):
    assert opened["slider"].value == opened["number"].value == 4
    assert (opened["slider"].min, opened["slider"].max) == (1, 4)
    assert "Where would you have stopped?" in plain(opened["head"])
    assert "Too late" in plain(opened["words"])
    assert opened["image"].value == draw(RUN, 4).png


@pytest.mark.parametrize("control", ["slider", "number"])
def test_moving_changes_picture_words_and_code_and_leaves_a_ghost(opened, control):
    opened[control].value = 2
    assert opened["slider"].value == opened["number"].value == 2
    assert opened["image"].value == draw(RUN, 2, ghost=4).png
    assert "This is the best epoch" in plain(opened["words"])
    assert plain(opened["code"]).endswith("labs.epochs(history, epoch=2)")
    opened[control].value = 3
    assert opened["image"].value == draw(RUN, 3, ghost=2).png


def test_number_outside_the_run_is_kept_inside(opened):
    opened["number"].value = 99
    assert opened["slider"].value == opened["number"].value == 4


def test_reset_goes_back_to_the_preset():
    opened = parts(view(labs.epochs(RUN, epoch=3)))
    before = opened["words"].value, opened["code"].value
    opened["slider"].value = 1
    assert (opened["words"].value, opened["code"].value) != before
    opened["reset"].click()
    assert opened["slider"].value == opened["number"].value == 3
    assert (opened["words"].value, opened["code"].value) == before


def test_code_line_rebuilds_the_state(opened):
    opened["slider"].value = 2
    line = plain(opened["code"]).partition(": ")[2]
    rebuilt = parts(view(eval(line, {"labs": labs, "history": RUN})))
    assert rebuilt["slider"].value == 2
    assert rebuilt["words"].value == opened["words"].value
    assert rebuilt["code"].value == opened["code"].value


def test_view_speaks_korean():
    i18n.set_language("ko")
    opened = parts(view(labs.epochs(RUN)))
    assert opened["slider"].description == "에포크"
    assert opened["reset"].description == "처음으로"
    assert "어디에서 멈췄어야 할까요?" in plain(opened["head"])
    assert "이미 늦었습니다" in plain(opened["words"])


def test_nothing_is_drawn_twice_and_text_is_escaped():
    drawn = []

    def draw(state, before):
        drawn.append((state, before))
        return Picture(b"", "<b> & so on")

    box = view(Lab("Is 1 < 2?", (Control("n", "n", 1, 9, 5),), draw, "f({n})"))
    opened = parts(box)
    opened["slider"].value = 5
    opened["number"].value = 6
    opened["slider"].value = 5
    assert drawn == [({"n": 5}, None), ({"n": 6}, {"n": 5}), ({"n": 5}, {"n": 6})]
    assert "&lt;b&gt; &amp; so on" in opened["words"].value
    assert "Is 1 &lt; 2?" in opened["head"].value


def test_view_needs_no_output_widget():
    def all_widgets(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from all_widgets(child)

    found = list(all_widgets(view(labs.epochs(RUN))))
    assert len(found) > 8
    assert not any(isinstance(widget, ipywidgets.Output) for widget in found)
    assert all(type(widget).__module__.startswith("ipywidgets") for widget in found)


# --- shown in a notebook ---------------------------------------------------------------------------------------------


def test_lab_is_shown_as_a_widget(shell):
    with capture_output() as captured:
        labs.epochs(RUN)._ipython_display_()
    (output,) = captured.outputs
    assert "application/vnd.jupyter.widget-view+json" in output.data


def test_page_without_a_kernel_has_the_picture_and_the_finding(shell, monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    with capture_output() as captured:
        labs.epochs(RUN)._ipython_display_()
    picture, words = [output.data for output in captured.outputs]
    assert set(picture) == {"image/png", "text/plain"}
    assert "course-caption" in words["text/html"]
    english, korean = (i18n.pick(words["text/plain"], lang) for lang in ("en", "ko"))
    assert english.startswith("Where would you have stopped? Epoch 4")
    assert english.endswith("Run this cell to move the controls.")
    assert korean.startswith("어디에서 멈췄어야 할까요? 4번째 에포크")
