"""TensorBoard: reading event files, drawing them, and the real server on a free port of this computer."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import keras
import numpy as np
import pytest
import tensorflow as tf
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure
from tensorboard.plugins.hparams import api as hp

from helpers import i18n, tensorboard
from helpers.errors import CourseError
from helpers.paths import COURSE
from helpers.tensorboard import reading, server
from helpers.tensorboard.figures import _density, spread
from helpers.tensorboard.reading import Log, Run, Series

LOSSES = [0.9, 0.5, 0.25]
ROWS = np.random.default_rng(42).normal(size=(64, 3)).astype("float32")
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def small_model():
    keras.utils.set_random_seed(42)
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(4, name="hidden"), keras.layers.Dense(1, name="output")], name="small"
    )
    model.compile("adam", loss="mse")
    return model


def train(folder, *more, epochs=3, **arguments):
    callback = keras.callbacks.TensorBoard(folder, **arguments)
    given = {"validation_data": (ROWS, ROWS[:, :1]), "verbose": 0, "callbacks": [callback, *more]}
    return small_model().fit(ROWS, ROWS[:, :1], epochs=epochs, **given)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A log folder with all that the callback records, and the history of the training."""
    folder = tmp_path_factory.mktemp("logs")
    history = train(
        folder / "full", hp.KerasCallback(str(folder / "full"), {"units": 4}), histogram_freq=1, write_images=True
    )
    return folder, history


def write_scalars(folder, values, tag="epoch_loss"):
    with tf.summary.create_file_writer(str(folder)).as_default():
        for step, value in enumerate(values):
            tf.summary.scalar(tag, value, step=step)


def event_file(folder):
    (path,) = folder.glob("*tfevents*")
    return path


# --- reading ---------------------------------------------------------------------------------------------------------


def test_what_is_read_is_what_fit_measured(trained):
    folder, history = trained
    log = tensorboard.read(folder)
    assert set(log.runs) == {"full", "full/train", "full/validation"}
    losses = log.runs["full/train"].scalars["epoch_loss"]
    assert losses.steps.tolist() == [0, 1, 2]
    np.testing.assert_allclose(losses.values, history.history["loss"], rtol=1e-6)
    np.testing.assert_allclose(
        log.runs["full/validation"].scalars["epoch_loss"].values, history.history["val_loss"], rtol=1e-6
    )
    weights = log.runs["full/train"].histograms["small/hidden/kernel/histogram"]
    assert [bins[:, 2].sum() for bins in weights.values] == [12, 12, 12]
    assert log.runs["full/train"].images["small/hidden/kernel/image"].values[-1].shape[:2] == (3, 4)
    assert log.runs["full/train"].model["class_name"] == "Sequential"
    assert log.faults == ()


def test_tags_and_files_name_everything_but_this_computer(trained):
    folder, _ = trained
    table = tensorboard.tags(folder / "full")
    assert list(table.columns) == ["run", "tag", "shown by", "points"]
    assert ("train", "keras", "graph_keras_model", 1) in list(table.itertuples(index=False, name=None))
    names = tensorboard.files(folder / "full")
    assert names == [f"{run}events.out.tfevents.….v2" for run in ("", "train/", "validation/")]
    assert socket.gethostname() not in " ".join(names)


def test_profile_names_hold_no_time(tmp_path):
    path = tmp_path / "train/plugins/profile/2026_01_31_12_30_59/computer.xplane.pb"
    path.parent.mkdir(parents=True)
    path.touch()
    assert tensorboard.files(tmp_path) == ["train/plugins/profile/…/….xplane.pb"]


def test_layers_under_one_tag_are_told_apart(tmp_path):
    """As Keras 3.13 writes them."""
    layers = [{"class_name": "Dense", "config": {"name": name, "kernel_initializer": {}}} for name in ("a", "b")]
    flat = {"class_name": "Flatten", "config": {"name": "flat"}}
    model = {"config": {"name": "small", "layers": [flat, *layers]}}
    mixed = Series(np.array([0, 0, 1, 1]), ["a0", "b0", "a1", "b1"])
    named = reading._by_layer({"kernel/histogram": mixed}, model)
    assert {tag: series.values for tag, series in named.items()} == {
        "small/a/kernel/histogram": ["a0", "a1"],
        "small/b/kernel/histogram": ["b0", "b1"],
    }
    other = {"small/a/kernel/histogram": mixed, "gamma/histogram": mixed, "own": mixed}
    assert reading._by_layer(other, model) == other
    odd = {"kernel/histogram": Series(np.array([0, 1, 2, 3]), list("abcd"))}
    assert reading._by_layer(odd, model) == odd


def test_hparams_stand_beside_the_last_losses(trained):
    folder, history = trained
    table = tensorboard.hparams(folder)
    assert list(table.index) == ["full"]
    assert table.loc["full", "units"] == 4
    assert table.loc["full", "loss"] == pytest.approx(history.history["loss"][-1])
    assert table.loc["full", "val_loss"] == pytest.approx(history.history["val_loss"][-1])


def test_two_trainings_in_one_folder_count_from_zero_twice(tmp_path):
    for _ in range(2):
        train(tmp_path, epochs=2)
    assert tensorboard.read(tmp_path).runs["train"].scalars["epoch_loss"].steps.tolist() == [0, 1, 0, 1]


def test_a_folder_that_is_not_there_empty_or_a_file(tmp_path):
    with pytest.raises(CourseError, match="There is no folder nowhere"):
        tensorboard.show(tmp_path / "nowhere")
    with pytest.raises(CourseError, match="no event files yet"):
        tensorboard.show(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match="file is a file"):
        tensorboard.show(tmp_path / "file")
    with pytest.raises(CourseError, match="There is no folder"):
        tensorboard.serve(tmp_path / "nowhere")


@pytest.mark.parametrize(("kept", "points"), [(-10, 2), (60, 0), (5, 0)])
def test_half_a_file_is_read_as_far_as_it_goes(tmp_path, kept, points):
    write_scalars(tmp_path, LOSSES)
    path = event_file(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    log = tensorboard.read(tmp_path)
    (fault,) = log.faults
    assert "damaged, or still being written" in fault and "\n" not in fault
    read = log.runs["."].scalars
    assert (len(read["epoch_loss"].steps) if read else 0) == points


def test_flipped_bytes_are_told(tmp_path, capsys, shell):
    write_scalars(tmp_path, LOSSES)
    path = event_file(tmp_path)
    content = bytearray(path.read_bytes())
    content[-20] ^= 0xFF
    path.write_bytes(content)
    with capture_output() as captured:
        tensorboard.show(tmp_path)
    assert captured.stdout.startswith("! events.out.tfevents.….v2: damaged")
    assert "from 0.900 to 0.500" in captured.outputs[1].data["text/plain"]


def test_a_file_of_another_kind_under_such_a_name(tmp_path):
    (tmp_path / "events.out.tfevents.1.x.v2").write_text("no events, only words" * 9)
    assert len(tensorboard.read(tmp_path).faults) == 1
    with pytest.raises(CourseError, match="no record of these files can be read yet"), capture_output():
        tensorboard.show(tmp_path)


def test_without_hyperparameters(tmp_path):
    write_scalars(tmp_path, LOSSES)
    with pytest.raises(CourseError, match="KerasCallback"):
        tensorboard.hparams(tmp_path)


@pytest.mark.slow
def test_without_tensorboard_the_course_says_what_to_install(tmp_path):
    code = (
        "import sys; sys.modules['tensorboard'] = None\n"
        "from helpers import tensorboard\n"
        f"tensorboard.show({str(tmp_path)!r})"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE)
    assert "%pip install tensorboard" in ended.stderr


# --- drawing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["scalars", "histograms", "images", "graph"])
def test_each_kind_is_drawn_with_a_caption_in_both_languages(trained, what):
    folder, _ = trained
    captions = []
    for language in ("en", "ko"):
        i18n.set_language(language)
        (drawn,) = tensorboard.figures(tensorboard.read(folder), what)
        assert isinstance(drawn.figure, Figure)
        captions.append(drawn.caption)
    english, korean = captions
    assert english != korean


def test_show_draws_everything_there_is(trained, shell):
    folder, _ = trained
    with capture_output() as captured:
        tensorboard.show(folder)
    assert sum("image/png" in output.data for output in captured.outputs) == 4


def test_captions_tell_the_numbers(tmp_path):
    write_scalars(tmp_path / "a", LOSSES)
    write_scalars(tmp_path / "b", LOSSES[:2])
    (drawn,) = tensorboard.figures(tensorboard.read(tmp_path))
    assert drawn.caption == "epoch_loss: from 0.900 to 0.250 (a), from 0.900 to 0.500 (b)."
    write_scalars(tmp_path / "c", LOSSES[:1])
    (drawn,) = tensorboard.figures(tensorboard.read(tmp_path))
    assert drawn.caption == "epoch_loss in 3 curves: a ends best (0.250), c worst (0.900)."


def test_accuracy_is_best_when_high(tmp_path):
    for name, value in {"a": 0.5, "b": 0.9, "c": 0.7}.items():
        write_scalars(tmp_path / name, [value], "epoch_accuracy")
    (drawn,) = tensorboard.figures(tensorboard.read(tmp_path))
    assert "b ends best (0.900), a worst (0.500)" in drawn.caption


def test_tags_choose_what_is_drawn(trained):
    folder, _ = trained
    (drawn,) = tensorboard.figures(tensorboard.read(folder), "histograms", ["hidden"])
    assert "small/hidden/kernel" in drawn.caption and "output" not in drawn.caption
    with pytest.raises(
        CourseError, match=r"^Nothing of this kind or name is recorded; there are the tags .*epoch_loss.*\.$"
    ):
        tensorboard.figures(tensorboard.read(folder), "scalars", ["nothing"])
    with pytest.raises(CourseError, match="choose one of 'scalars', 'histograms', 'images', 'graph'"):
        tensorboard.figures(tensorboard.read(folder), "audio")


def test_the_graph_joins_the_layers_of_a_functional_model(tmp_path):
    inputs = keras.Input((3,), name="rows")
    left, right = keras.layers.Dense(2, name="left")(inputs), keras.layers.Dense(2, name="right")(inputs)
    model = keras.Model(inputs, keras.layers.Add(name="sum")([left, right]))
    model.compile("adam", loss="mse")
    model.fit(ROWS, ROWS[:, :2], verbose=0, callbacks=[keras.callbacks.TensorBoard(tmp_path)])
    (drawn,) = tensorboard.figures(tensorboard.read(tmp_path), "graph")
    assert drawn.caption == "3 layers, read from the tag keras: left, right, sum."
    assert boxes(drawn) == ["rows\n3", "left\nDense, 2", "right\nDense, 2", "sum\nAdd"]
    assert len(arrows(drawn)) == 4


def test_the_graph_of_a_sequential_model_is_a_chain(trained):
    folder, _ = trained
    (drawn,) = tensorboard.figures(tensorboard.read(folder), "graph")
    assert drawn.caption == "2 layers, read from the tag keras: hidden → output."
    assert boxes(drawn) == ["input\n3", "hidden\nDense, 4", "output\nDense, 1"]
    assert len(arrows(drawn)) == 2


def test_a_deep_model_is_drawn_from_top_to_bottom(tmp_path):
    model = keras.Sequential([keras.Input((3,)), *(keras.layers.Dense(2) for _ in range(9)), keras.layers.Dense(1)])
    model.compile("adam", loss="mse")
    model.fit(ROWS, ROWS[:, :1], verbose=0, callbacks=[keras.callbacks.TensorBoard(tmp_path)])
    (drawn,) = tensorboard.figures(tensorboard.read(tmp_path), "graph")
    width, height = drawn.figure.get_size_inches()
    assert width < 6 < height


def test_a_model_without_a_list_of_layers_has_no_graph(tmp_path):
    log = Log(tmp_path, {"train": Run(model={"class_name": "Own", "config": {}}, tags={"keras": ("", 1)})})
    with pytest.raises(CourseError, match="there are the tags keras"):
        tensorboard.figures(log, "graph")


def boxes(drawn):
    return [text.get_text() for text in drawn.figure.axes[0].texts if text.get_text()]


def arrows(drawn):
    return [text for text in drawn.figure.axes[0].texts if not text.get_text()]


def test_histograms_of_several_runs_share_their_scale_and_are_told_apart(tmp_path):
    for name, width in {"narrow": 1.0, "wide": 5.0}.items():
        with tf.summary.create_file_writer(str(tmp_path / name)).as_default():
            tf.summary.histogram("kernel", np.linspace(-width, width, 50), step=0)
    (drawn,) = tensorboard.figures(tensorboard.read(tmp_path), "histograms")
    narrow, wide = drawn.figure.axes[:2]
    assert narrow.get_xlim() == wide.get_xlim() and narrow.get_xlim()[1] >= 5
    assert re.search(r"kernel \(narrow\) 0\.\d+ → .*; kernel \(wide\) 2\.\d+ → ", drawn.caption)


def test_spread_and_density():
    two = np.array([[-1.5, -0.5, 1], [0.5, 1.5, 1]])
    assert spread(two) == pytest.approx(1)
    assert np.isnan(spread(np.empty((0, 3))))
    height = _density(two, np.array([-1.0, 0.0, 1.0]))
    assert height.tolist() == [1, 0, 1]
    assert _density(np.array([[2.0, 2.0, 5.0]]), np.linspace(1, 3, 5)).max() == 1  # all values the same


# --- the real server -------------------------------------------------------------------------------------------------


def ask(running, path, **query):
    address = running.url.rstrip("/") + "/" + path + ("?" + urllib.parse.urlencode(query) if query else "")
    with DIRECT.open(address, timeout=60) as answer:
        return json.load(answer)


def ask_until(running, path, enough, seconds=60, **query):
    """Ask again until the server has read the files."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = ask(running, path, **query)
        except urllib.error.HTTPError:
            answer = None
        if (answer is not None and enough(answer)) or time.monotonic() > end:
            return answer
        time.sleep(0.5)


@pytest.mark.slow
def test_the_real_tensorboard_serves_scalars_and_histograms(trained, capsys):
    folder, history = trained
    running = tensorboard.serve(folder, port=0)
    assert f"TensorBoard runs at {running.url}" in capsys.readouterr().out
    assert ask(running, "data/plugins_listing")["timeseries"]["enabled"]  # it has read the files before it is shown
    tags = ask_until(running, "data/plugin/scalars/tags", lambda answer: "full/validation" in answer)
    assert "epoch_loss" in tags["full/train"]
    points = ask(running, "data/plugin/scalars/scalars", run="full/train", tag="epoch_loss")
    assert [step for _, step, _ in points] == [0, 1, 2]
    np.testing.assert_allclose([value for *_, value in points], history.history["loss"], rtol=1e-6)
    (tag, *_) = (tag for tag in ask(running, "data/plugin/histograms/tags")["full/train"] if "kernel" in tag)
    assert tag in ("small/hidden/kernel/histogram", "kernel/histogram")  # Keras 3.13 has one tag for all layers
    histograms = ask(running, "data/plugin/histograms/histograms", run="full/train", tag=tag)
    assert 12 in [round(sum(count for *_, count in bins)) for _, _, bins in histograms]
    assert tensorboard.serve(folder) is running  # the second call shows the first server


@pytest.mark.slow
def test_two_trainings_in_one_folder_are_one_curve_on_the_page_too(tmp_path):
    for _ in range(2):
        train(tmp_path, epochs=2)
    running = tensorboard.serve(tmp_path, port=0)
    ask_until(running, "data/plugin/scalars/tags", lambda answer: "epoch_loss" in answer.get("train", {}))
    points = ask(running, "data/plugin/scalars/scalars", run="train", tag="epoch_loss")
    assert [step for _, step, _ in points] == [0, 1, 0, 1]


@pytest.mark.slow
def test_the_projector_needs_the_table_as_text(tmp_path):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Embedding(4, 2, name="level"), keras.layers.Flatten()])
    model.compile("adam", loss="mse")
    callback = keras.callbacks.TensorBoard(tmp_path, embeddings_freq=1)
    model.fit(np.arange(4)[:, None], np.ones((4, 2)), verbose=0, callbacks=[callback])
    running = tensorboard.serve(tmp_path, port=0)
    ask_until(running, "data/runs", lambda answer: "train" in answer)
    assert ask(running, "data/plugin/projector/runs") == []  # .weights.h5 is no checkpoint to it
    other = tmp_path / "other"
    other.mkdir()
    np.savetxt(other / "vectors.tsv", model.get_layer("level").get_weights()[0], delimiter="\t")
    config = 'embeddings { tensor_name: "level" tensor_path: "vectors.tsv" }'
    (other / "projector_config.pbtxt").write_text(config)
    write_scalars(other, LOSSES)
    running = tensorboard.serve(other, port=0)
    ask_until(running, "data/runs", lambda answer: answer == ["."])
    assert ask(running, "data/plugin/projector/runs") == ["."]


@pytest.mark.slow
def test_a_busy_port_is_told_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CourseError, match="it may be in use: leave port out") as caught:
            tensorboard.serve(tmp_path, port=taken.getsockname()[1])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("port", [-1, 70_000, "6006"])
def test_a_port_that_is_none(tmp_path, port):
    with pytest.raises(CourseError, match="from 1 to 65535"):
        tensorboard.serve(tmp_path, port=port)


@pytest.mark.slow
def test_an_empty_folder_is_served_and_told(tmp_path, capsys):
    tensorboard.serve(tmp_path, port=0)
    assert "empty so far" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "http://localhost:6006/"),
        ({"JUPYTERHUB_SERVICE_PREFIX": "/user/mina/"}, "/user/mina/proxy/6006/"),
        ({"TENSORBOARD_PROXY_URL": "/tb/%PORT%/", "JUPYTERHUB_SERVICE_PREFIX": "/user/mina/"}, "/tb/6006/"),
    ],
)
def test_the_address_behind_a_hub(environment, expected):
    assert server.address(6006, environment) == expected
