"""The lab of lesson 09, and what it asks of the view that labs share."""

import html
import re

import ipywidgets
import numpy as np
import pandas as pd
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n, labs, plots
from helpers.errors import CourseError
from helpers.experiments import Runs
from helpers.labs.early_stopping import draw, finding, replay
from helpers.labs.frame import Choice, Control, Lab, Picture
from helpers.labs.view import view

RUN = {
    "loss": [1.0, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
    "val_loss": [0.9, 0.5, 0.6, 0.55, 0.4, 0.7, 0.8],
    "val_accuracy": [0.5, 0.8, 0.7, 0.7, 0.9, 0.6, 0.6],
}
OTHER = {"loss": [1.0, 0.9, 0.8], "val_loss": [1.0, 0.9, 0.8], "val_accuracy": [0.1, 0.2, 0.3]}
TWO = {"first": RUN, "second": OTHER}
DEFAULTS = {
    "run": "",
    "patience": 0,
    "min_delta": 0,
    "baseline": None,
    "start_from_epoch": 0,
    "mode": "auto",
    "restore_best_weights": False,
}


def widgets_of(box):
    """Return the widgets of a lab's view by what stands beside them, and those without a label by their role."""

    def walk(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from walk(child)

    found = {getattr(widget, "description", ""): widget for widget in walk(box) if getattr(widget, "description", "")}
    *_, image, words, foot = box.children
    return found | {"image": image, "words": words, "code": foot.children[1]}


def plain(widget):
    return html.unescape(re.sub(r"<[^>]+>", "", widget.value))


# --- replay and finding ----------------------------------------------------------------------------------------------


def test_mode_auto_goes_by_the_name_of_the_column():
    assert replay(RUN, {**DEFAULTS, "patience": 2}).stop.best_epoch == 1
    assert replay(RUN, {**DEFAULTS, "patience": 2}, "val_accuracy").stop.best_epoch == 1
    assert replay(RUN, {**DEFAULTS, "mode": "min"}, "val_accuracy").stop.epochs == 2
    assert replay(RUN, DEFAULTS).best_of_run == replay(RUN, DEFAULTS, "val_accuracy").best_of_run == 4


@pytest.mark.parametrize(
    ("changed", "in_english", "in_korean"),
    [
        ({"patience": 2}, "stops after epoch 4 of 7 (stopped_epoch = 3)", "7에포크 가운데 4번째"),
        (
            {"patience": 2},
            "keeps the weights of epoch 4 (val_loss 0.5500), not those of its best_epoch = 1",
            "남습니다",
        ),
        ({"patience": 2, "restore_best_weights": True}, "The weights of epoch 2 are put back", "가중치로 되돌립니다"),
        ({"patience": 2}, "best of the whole run is epoch 5 (0.4000): missed by 0.1500", "0.1500만큼 놓쳤습니다"),
        (
            {"patience": 3, "restore_best_weights": True},
            "No epoch of the whole run is better",
            "좋은 에포크는 없습니다",
        ),
        ({"patience": 9}, "not stopped: it goes to its end, epoch 7 (stopped_epoch = 0)", "멈추지 않고 마지막 7번째"),
        ({"start_from_epoch": 7, "restore_best_weights": True}, "No epoch was watched", "지켜본 에포크가 없으므로"),
    ],
)
def test_finding_tells_the_stop_and_the_weights(changed, in_english, in_korean):
    seen = replay(RUN, {**DEFAULTS, **changed})
    assert in_english in finding(seen)
    i18n.set_language("ko")
    assert in_korean in finding(seen)


@pytest.mark.parametrize("monitor", ["val_auc", "nothing"])
def test_run_without_the_column_gets_a_sentence(monitor):
    with pytest.raises(CourseError, match="this run has loss, val_loss, val_accuracy"):
        labs.early_stopping(RUN, monitor=monitor)
    with pytest.raises(CourseError, match="no number in a column"):
        labs.early_stopping({"loss": [1.0], "val_loss": [np.nan]})


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"run": "third"}, "run='third' is not known: choose one of 'first', 'second'"),
        ({"mode": "smallest"}, "mode='smallest' is not known: choose one of 'auto', 'min', 'max'"),
        ({"patience": -1}, "patience=-1: give a whole number from 0 on"),
        ({"start_from_epoch": 1.5}, "start_from_epoch=1.5: give a whole number"),
    ],
)
def test_wrong_argument_gets_a_sentence(wrong, why):
    with pytest.raises(CourseError, match=re.escape(why)):
        labs.early_stopping(TWO, **wrong)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]"):
        labs.early_stopping(TWO, **wrong)


def test_histories_of_every_kind_are_taken():
    frame = pd.DataFrame(RUN)
    for one in (RUN, frame):
        assert "run" not in labs.early_stopping(one).preset
    assert labs.early_stopping({"table": frame, "columns": RUN}).preset["run"] == "table"


# --- picture ---------------------------------------------------------------------------------------------------------


def test_every_state_has_a_picture():
    states = [
        {"patience": 2, "min_delta": 0.02, "baseline": 0.45, "start_from_epoch": 2},
        {"mode": "max"},  # the weights kept lie outside the axes
        {"mode": "max", "min_delta": 0.1},
        {"start_from_epoch": 7},
        {"restore_best_weights": True, "patience": 50},
    ]
    pictures = [draw(TWO, {**DEFAULTS, "run": "first", **state}).png for state in states]
    assert all(png.startswith(b"\x89PNG") for png in pictures)
    assert len(set(pictures)) == len(pictures)
    flat = {"loss": [0.5] * 3, "val_loss": [0.5, np.nan, 0.5]}
    assert draw({"": flat}, DEFAULTS).finding


def test_ghost_is_the_result_before_of_the_same_run():
    now = {**DEFAULTS, "run": "first", "patience": 2}
    alone = draw(TWO, now)
    assert draw(TWO, now, {**now, "patience": 3}).png != alone.png
    assert draw(TWO, now, {**now, "min_delta": 0.001}).png == alone.png
    assert draw(TWO, now, {**now, "run": "second"}).png == alone.png


# --- the controls ----------------------------------------------------------------------------------------------------


def test_lab_opens_on_its_arguments_and_every_control_moves_the_result():
    box = view(labs.early_stopping(TWO, "first", patience=2))
    shown = widgets_of(box)
    assert shown["patience"].value == 2
    assert "stops after epoch 4 of 7" in plain(shown["words"])
    seen = {shown["words"].value}
    for label, trait, value, expected in (
        ("patience", "value", 3, "not stopped"),
        ("restore_best_weights", "index", 0, "weights of epoch 5 are put back"),
        ("start_from_epoch", "value", 7, "No epoch was watched"),
        ("start_from_epoch", "value", 0, "are put back"),
        ("mode", "index", 2, "stops after epoch 4 of 7"),
        ("mode", "index", 0, "goes to its end"),
        ("recorded run", "index", 1, "epoch 3 (stopped_epoch = 0)"),
    ):
        before = shown["image"].value
        setattr(shown[label], trait, value)
        assert expected in plain(shown["words"]), label
        assert shown["image"].value != before
        seen.add(shown["words"].value)
    assert len(seen) > 5


def test_scales_hold_what_is_asked_for():
    lab = labs.early_stopping(RUN, min_delta=0.0123, baseline=0.44, patience=500)
    shown = widgets_of(view(lab))
    assert shown["min_delta"].options[shown["min_delta"].index] == "0.0123"
    assert shown["baseline"].options[0] == "None"
    assert shown["baseline"].options[shown["baseline"].index] == "0.44"
    assert shown["patience"].max == 500
    scale = [float(step) for step in shown["min_delta"].options]
    assert scale == sorted(scale)


@pytest.mark.parametrize("given", [RUN, TWO])
def test_code_line_rebuilds_the_state(given):
    shown = widgets_of(view(labs.early_stopping(given, monitor="val_accuracy")))
    shown["patience"].value = 4
    shown["min_delta"].index = 3
    shown["baseline"].index = 2
    shown["mode"].index = 1
    line = plain(shown["code"]).partition(": ")[2]
    rebuilt = widgets_of(view(eval(line, {"labs": labs, "history": given, "histories": given})))
    assert rebuilt["words"].value == shown["words"].value
    assert rebuilt["code"].value == shown["code"].value


def test_reset_draws_once_with_the_last_result_as_ghost():
    drawn = []

    def picture(state, before):
        drawn.append((state, before))
        return Picture(b"", "")

    controls = (Control("n", "n", 1, 9, 5), Choice("c", "c", ("a", None, 0.5), None), Choice("s", "s", (1, 2), 2, True))
    shown = widgets_of(view(Lab("?", controls, picture, "f({n}, {c!r}, {s})")))
    assert plain(shown["code"]).endswith("f(5, None, 2)")
    shown["n"].value = 6
    shown["c"].index = 2
    shown["s"].index = 0
    moved = {"n": 6, "c": 0.5, "s": 1}
    assert drawn[-1][0] == moved
    shown["Reset"].click()
    assert drawn[4:] == [({"n": 5, "c": None, "s": 2}, moved)]
    shown["Reset"].click()
    assert len(drawn) == 5


def test_view_uses_what_both_versions_of_ipywidgets_have():
    shown = widgets_of(view(labs.early_stopping(TWO)))
    assert isinstance(shown["recorded run"], ipywidgets.Dropdown)
    assert isinstance(shown["baseline"], ipywidgets.SelectionSlider)
    assert isinstance(shown["patience"], ipywidgets.IntSlider)


def test_view_speaks_korean():
    i18n.set_language("ko")
    shown = widgets_of(view(labs.early_stopping(TWO, patience=2)))
    assert "기록된 훈련" in shown
    assert "멈춥니다" in plain(shown["words"])


def test_page_without_a_kernel_has_the_picture_and_the_finding(shell, monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    with capture_output() as captured:
        labs.early_stopping(TWO, patience=2)._ipython_display_()
    picture, words = [output.data for output in captured.outputs]
    assert set(picture) == {"image/png", "text/plain"}
    assert i18n.pick(words["text/plain"], "en").startswith("When does training stop")
    assert i18n.pick(words["text/plain"], "ko").startswith("훈련은 언제 멈추고")


# --- the figure of lesson 09 -----------------------------------------------------------------------------------------


def test_cost_of_patience_counts_epochs_and_what_is_missed():
    curves = np.array([[RUN["val_loss"], RUN["val_loss"]]])
    runs = Runs(("digits",), (0, 1), np.full((1, 2), 7), {"val_loss": curves})
    drawn = plots.cost_of_patience(runs, "digits", longest=3)
    assert "With patience 0 training ends after 3 epochs and the best loss found is 25.0 % above" in drawn.caption
    assert "with patience 3 after 7 epochs and 0.0 %" in drawn.caption
    missed, epochs = [axes.lines[-1].get_ydata().tolist() for axes in drawn.figure.axes]
    assert missed == pytest.approx([25, 25, 25, 0])
    assert epochs == [3, 3, 4, 7]
    i18n.set_language("ko")
    assert "patience 0: 3에포크 뒤에 끝나고" in plots.cost_of_patience(runs, "digits", longest=3).caption
