"""The plot that grows while a model trains: what it shows, how often, and what it leaves behind."""

import subprocess
import sys

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n, plots, training
from helpers.errors import CourseError
from helpers.paths import COURSE


class Clock:
    """A clock that goes on by `tick` seconds each time it is read."""

    def __init__(self, tick=0.0):
        self.now, self.tick = 0.0, tick

    def __call__(self):
        self.now += self.tick
        return self.now


@pytest.fixture
def page(shell, monkeypatch):
    """A notebook: what is published, as (kind, data) with kind "display" or "update"."""
    published = []
    monkeypatch.setattr(type(shell), "kernel", object(), raising=False)

    def publish(data, metadata=None, *, transient=None, update=False, **others):
        published.append(("update" if update else "display", data, (transient or {}).get("display_id")))

    monkeypatch.setattr(shell.display_pub, "publish", publish)
    return published


def train(live, epochs, validation=True, start=0):
    """Do what `fit` does with a callback, without training."""
    live.set_params({"epochs": epochs})
    live.on_train_begin({})
    for epoch in range(start, epochs):
        logs = {"loss": 1 / (epoch + 1), "accuracy": 0.5}
        if validation:
            logs["val_loss"] = 1.2 / (epoch + 1)
        live.on_epoch_end(epoch, logs)
    live.on_train_end({})


def build():
    keras.utils.set_random_seed(42)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    return model


ROWS = np.random.default_rng(42).normal(size=(20, 3)).astype("float32")
TARGET = ROWS.sum(axis=1, keepdims=True)


def test_one_picture_is_updated_in_place(page):
    train(plots.LivePlot(every=0, clock=Clock()), 5)
    assert [kind for kind, _, _ in page] == ["display", *["update"] * 5, "display"]
    assert len({name for _, _, name in page[:-1]}) == 1
    assert all(data["image/png"] for _, data, _ in page[:-1])
    assert "course-caption" in page[-1][1]["text/html"]


def test_pictures_are_limited_by_time(page):
    clock = Clock(tick=0.01)  # an epoch reads the clock once: 0.01 s
    train(plots.LivePlot(every=0.5, clock=clock), 200)
    pictures = [data for _, data, _ in page if "image/png" in data]
    assert len(pictures) == 1 + 3 + 1  # the first epoch, 2 s at one in half a second and a bit, the end


def test_drawing_takes_a_fifth_of_the_time_at_most(page):
    clock = Clock(tick=1)  # a drawing takes a second, an epoch another
    train(plots.LivePlot(every=0, clock=clock), 100)
    assert len([data for _, data, _ in page if "image/png" in data]) <= 100 / 4 + 2


def test_last_epoch_is_always_drawn(page):
    live = plots.LivePlot(every=1000, clock=Clock())
    train(live, 7)
    assert [kind for kind, data, _ in page if "image/png" in data] == ["display", "update"]
    titles = [live.figure.axes[0].get_title(loc=place) for place in ("left", "center")]  # the style has a say
    assert "loss after 7 of 7 epochs" in titles
    labels = [text.get_text() for text in live.figure.axes[0].get_legend().get_texts()]
    assert labels == ["training", "validation", "best: epoch 7"]


def test_without_validation_there_is_one_curve(page):
    live = plots.LivePlot(clock=Clock())
    train(live, 3, validation=False)
    (training_curve,) = live.figure.axes[0].lines
    assert list(training_curve.get_xdata()) == [1, 2, 3]
    assert "nothing about rows that were not trained on" in page[-1][1]["text/plain"]


def test_epochs_go_on_where_a_fit_is_resumed(page):
    live = plots.LivePlot(clock=Clock())
    train(live, 6, start=3)
    assert list(live.figure.axes[0].lines[0].get_xdata()) == [4, 5, 6]


def test_no_figure_is_left_behind(page):
    before = plt.get_fignums()
    train(plots.LivePlot(every=0), 3)
    assert plt.get_fignums() == before


def test_a_second_fit_begins_a_second_picture(page):
    live = plots.LivePlot(clock=Clock())
    train(live, 3)
    train(live, 2)
    assert len({name for _, data, name in page if "image/png" in data}) == 2
    assert list(live.figure.axes[0].lines[0].get_xdata()) == [1, 2]


def test_validation_that_cannot_be_read_does_not_break_the_training(page):
    live = plots.LivePlot(clock=Clock())
    live.set_params({"epochs": 4})
    live.on_train_begin({})
    for epoch in range(4):
        live.on_epoch_end(epoch, {"loss": 1.0, **({"val_loss": np.nan} if epoch % 2 else {})})
    live.on_train_end({})
    assert "validation_freq" in page[-1][1]["text/plain"]


def test_no_epoch_no_picture(page):
    train(plots.LivePlot(), 0)
    assert page == []


def test_unknown_metric_is_refused_with_the_names_there_are(page):
    with pytest.raises(CourseError, match="'acc' to draw: choose one of loss, accuracy, val_loss"):
        train(plots.LivePlot("acc"), 1)


def test_negative_interval_is_refused():
    with pytest.raises(CourseError, match="0 or more"):
        plots.LivePlot(every=-1)


@pytest.mark.parametrize("fit", [lambda model, *data, **rest: model.fit(*data, **rest), training.fit])
def test_works_with_both_fits(page, fit):
    live = plots.LivePlot()
    history = fit(build(), ROWS, TARGET, epochs=4, validation_split=0.2, verbose=0, callbacks=[live])
    drawn = live.figure.axes[0].lines
    np.testing.assert_allclose(drawn[0].get_ydata(), history.history["loss"], rtol=1e-6)
    np.testing.assert_allclose(drawn[1].get_ydata(), history.history["val_loss"], rtol=1e-6)


def test_training_fit_keeps_its_speed(capsys):
    """No hook of a batch is defined, so `training.fit` does not hand over to `model.fit`."""
    training.fit(build(), ROWS, TARGET, epochs=2, verbose=0, callbacks=[plots.LivePlot()])
    assert capsys.readouterr().out == ""


def test_finding_is_bilingual(page, monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    train(plots.LivePlot(clock=Clock()), 3)
    text = page[-1][1]["text/plain"]
    assert i18n.is_marked(text)
    assert "3에포크 동안" in i18n.pick(text, "ko")


def test_nothing_is_shown_where_there_is_no_page(shell):
    live = plots.LivePlot(every=0)
    with capture_output() as captured:
        train(live, 3)
    assert captured.outputs == []
    assert captured.stdout == ""
    assert live.figure is not None


def test_works_in_a_script(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from helpers import plots\n"
        "live = plots.LivePlot()\n"
        "live.set_params({'epochs': 2})\n"
        "live.on_train_begin()\n"
        "live.on_epoch_end(0, {'loss': 1.0})\n"
        "live.on_epoch_end(1, {'loss': 0.5})\n"
        "live.on_train_end()\n"
        "print(live.figure.axes[0].get_title())\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script, COURSE], capture_output=True, text=True, check=True)
    assert done.stdout == "loss after 2 of 2 epochs\n"


# --- the calls of a callback's methods --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "calls", [[], ["on_train_begin"], ["on_train_end"], ["on_tea_begin", "on_tea_end"], ["on_train_begin"] * 2]
)
def test_calls_without_a_partner_are_refused(calls):
    with pytest.raises(CourseError, match="no partner"):
        plots.hook_calls(calls)


def test_batches_are_counted_anew_in_each_epoch():
    epoch = ["on_epoch_begin", *["on_train_batch_begin", "on_train_batch_end"] * 2, "on_epoch_end"]
    figure, finding = plots.hook_calls(["on_train_begin", *epoch, *epoch, "on_train_end"])
    assert [text.get_text() for text in figure.axes[0].texts] == ["0", "1", "epoch 0", "0", "1", "epoch 1"]
    assert finding == "14 calls; the first is on_train_begin, the last on_train_end. Epochs: 2, batches: 4."


def test_predict_has_lanes_of_its_own():
    calls = ["on_predict_begin", "on_predict_batch_begin", "on_predict_batch_end", "on_predict_end"]
    labels = plots.hook_calls(calls).figure.axes[0].get_yticklabels()
    assert [label.get_text() for label in labels] == ["on_predict_…", "on_predict_batch_…"]
