"""What stands in a folder of event files, as arrays: without a server and without a screen."""

import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import CourseError
from helpers.i18n import say

EVENTS = "*tfevents*"
FRAME = 16  # bytes around each record of an event file: its length and two checksums
DATED = re.compile(r"\d{4}_\d\d_\d\d_\d\d_\d\d_\d\d")


@dataclass(frozen=True)
class Series:
    """What one tag of one run recorded.

    Attributes:
        steps: an int array of shape (points,), as written: Keras calls the first epoch 0.
        values: for scalars a float array of shape (points,); for histograms one array of shape (bins, 3) a point, with
            left edge, right edge and count; for images one array of shape (height, width, 3 or 4) or (height, width)
            a point, in 0..1.
    """

    steps: np.ndarray
    values: Any


@dataclass
class Run:
    """One folder of event files.

    Attributes:
        scalars, histograms, images: what was recorded, by tag; the layers of Keras 3.13 are told apart as in 3.15.
        model: the configuration of the model, where write_graph has left it.
        hparams: the hyperparameters of the run, where they were written.
        tags: for each tag of the file the part of TensorBoard that shows it, and the number of points.
    """

    scalars: dict[str, Series] = field(default_factory=dict)
    histograms: dict[str, Series] = field(default_factory=dict)
    images: dict[str, Series] = field(default_factory=dict)
    model: dict[str, Any] | None = None
    hparams: dict[str, Any] | None = None
    tags: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Log:
    """A log folder.

    Attributes:
        folder: where it stands.
        runs: its runs by name: the path below the folder, "." for the folder itself.
        faults: sentences about what could not be read.
    """

    folder: Path
    runs: dict[str, Run]
    faults: tuple[str, ...] = ()


def read(logdir: str | Path) -> Log:
    """Read every run below a folder.

    Args:
        logdir: the log_dir that the TensorBoard callback was given, or a folder above several.

    Raises:
        CourseError: TensorBoard is not installed, there is no such folder, or nothing in it was written by TensorBoard.
    """
    require_installed()
    folder = require_folder(logdir)
    places = sorted({path.parent for path in folder.rglob(EVENTS) if path.is_file()})
    if not places:
        raise CourseError(
            say(
                en=f"{folder.name} holds no event files yet: give fit "
                "callbacks=[keras.callbacks.TensorBoard(log_dir)] with this folder as log_dir.",
                ko=f"{folder.name}에 아직 이벤트 파일이 없습니다. 이 폴더를 log_dir로 하여 "
                "callbacks=[keras.callbacks.TensorBoard(log_dir)]을 fit에 넘기세요.",
            )
        )
    faults = [fault for place in places for path in sorted(place.glob(EVENTS)) if (fault := _fault(path, folder))]
    return Log(folder, {_name(place, folder): _read_run(place) for place in places}, tuple(faults))


def tags(logdir: str | Path) -> pd.DataFrame:
    """Return a table of everything recorded: run, tag, which part of TensorBoard shows it, number of points.

    Args:
        logdir: see `read`.

    Raises:
        CourseError: see `read`.
    """
    rows = [(name, tag, *entry) for name, run in read(logdir).runs.items() for tag, entry in sorted(run.tags.items())]
    return pd.DataFrame(rows, columns=["run", "tag", "shown by", "points"])


def files(logdir: str | Path) -> list[str]:
    """Return the names of the files below a folder, with … for the times, computers and process numbers in them.

    Args:
        logdir: any folder.

    Raises:
        CourseError: there is no such folder.
    """
    folder = require_folder(logdir)
    return sorted(_short(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def hparams(logdir: str | Path) -> pd.DataFrame:
    """Return a row for each run with hyperparameters: these, and the last values of loss and metrics.

    Args:
        logdir: a folder with a run in each of its folders, written by `hp.KerasCallback` and `TensorBoard`.

    Raises:
        CourseError: see `read`; or no run has hyperparameters.
    """
    log = read(logdir)
    rows = {}
    for name, run in log.runs.items():
        if run.hparams is None:
            continue
        row = dict(run.hparams)
        for part, mark in (("train", ""), ("validation", "val_")):
            below = log.runs.get(part if name == "." else f"{name}/{part}", Run())
            for tag, series in below.scalars.items():
                if tag.startswith("epoch_") and tag != "epoch_learning_rate":
                    row[mark + tag.removeprefix("epoch_")] = float(series.values[-1])
        rows[name] = row
    if not rows:
        raise CourseError(
            say(
                en="No run in this folder has hyperparameters: give fit hp.KerasCallback(log_dir, {…}) as well.",
                ko="이 폴더의 훈련에는 하이퍼파라미터가 없습니다. fit에 hp.KerasCallback(log_dir, {…})도 넘기세요.",
            )
        )
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("run")


def require_installed() -> None:
    """Say what to do where the package is missing: TensorFlow 2.21 no longer brings it.

    Raises:
        CourseError: it is missing.
    """
    try:
        import tensorboard  # noqa: F401
    except ImportError as error:
        raise CourseError(
            say(
                en="TensorBoard is not installed in this kernel: run %pip install tensorboard and restart the kernel.",
                ko="이 커널에 텐서보드가 없습니다. %pip install tensorboard를 실행하고 커널을 다시 시작하세요.",
            )
        ) from error


def require_folder(logdir: str | Path) -> Path:
    """Return the folder.

    Raises:
        CourseError: there is none of that name.
    """
    folder = Path(logdir).expanduser()
    if folder.is_dir():
        return folder
    if folder.exists():
        raise CourseError(
            say(
                en=f"{folder.name} is a file: give the folder in which it stands, the log_dir of the callback.",
                ko=f"{folder.name}은(는) 파일입니다. 그 파일이 들어 있는 폴더, 곧 콜백의 log_dir을 주세요.",
            )
        )
    raise CourseError(
        say(
            en=f"There is no folder {folder.name}: check the spelling, or train first; the callback makes the folder.",
            ko=f"{folder.name} 폴더가 없습니다. 이름을 확인하거나 먼저 훈련하세요. 폴더는 콜백이 만듭니다.",
        )
    )


def _name(place: Path, folder: Path) -> str:
    return place.relative_to(folder).as_posix()


def _short(path: Path) -> str:
    name = path.name
    if "tfevents" in name:
        name = "events.out.tfevents.…" + (".v2" if name.endswith(".v2") else "")
    elif name.endswith(".xplane.pb"):
        name = "….xplane.pb"
    return DATED.sub("…", (path.parent / name).as_posix())


def _fault(path: Path, folder: Path) -> str | None:
    """Return what is wrong with a file: TensorBoard itself stops reading at a damaged record and says nothing."""
    import tensorflow as tf

    size, whole, records = path.stat().st_size, 0, 0
    try:
        for record in tf.data.TFRecordDataset(str(path)):
            whole, records = whole + FRAME + len(record.numpy()), records + 1
    except tf.errors.OpError:
        pass  # whole is less than the size
    if whole >= size:
        return None
    where = _short(path.relative_to(folder))
    return say(
        en=f"{where}: damaged, or still being written; {records} records before that place can be read.",
        ko=f"{where}: 손상되었거나 아직 쓰는 중입니다. 그 앞의 기록 {records}개는 읽을 수 있습니다.",
    )


def _read_run(place: Path) -> Run:
    from tensorboard.backend.event_processing import event_accumulator
    from tensorboard.plugins.hparams import metadata
    from tensorboard.util import tensor_util

    events = event_accumulator.EventAccumulator(str(place), size_guidance={event_accumulator.TENSORS: 0})
    events.Reload()
    run = Run()
    for tag in events.Tags()["tensors"]:
        points, about = events.Tensors(tag), events.SummaryMetadata(tag).plugin_data
        run.tags[tag] = (about.plugin_name, len(points))
        steps = np.array([point.step for point in points])
        if about.plugin_name == "hparams":
            if tag == metadata.SESSION_START_INFO_TAG:
                started = metadata.parse_session_start_info_plugin_data(about.content)
                run.hparams = {name: _plain(value) for name, value in sorted(started.hparams.items())}
            continue
        values = [tensor_util.make_ndarray(point.tensor_proto) for point in points]
        if about.plugin_name == "scalars":
            run.scalars[tag] = Series(steps, np.array([value.item() for value in values], dtype=float))
        elif about.plugin_name == "histograms":
            run.histograms[tag] = Series(steps, [value.reshape(-1, 3) for value in values])
        elif about.plugin_name == "images":
            run.images[tag] = Series(steps, [_decode(value) for value in values])
        elif about.plugin_name == "graph_keras_model":
            run.model = json.loads(values[-1].item())
    if events.Tags()["graph"]:
        run.tags["(graph of operations)"] = ("graphs", 1)
    if run.model:
        run.histograms, run.images = (_by_layer(found, run.model) for found in (run.histograms, run.images))
    return run


def _by_layer(found: dict[str, Series], model: dict[str, Any]) -> dict[str, Series]:
    """Give the weights of each layer a tag of their own, as Keras 3.15 does: 3.13 writes all kernels under one tag."""
    config, named = model["config"], {}
    layers = [layer["config"] for layer in config.get("layers", ())]
    for tag, series in found.items():
        variable = tag.partition("/")[0]
        owners = [layer["name"] for layer in layers if f"{variable}_initializer" in layer]
        if variable == "bias":
            owners = [layer["name"] for layer in layers if layer.get("use_bias")]
        each = len(owners)
        if (
            tag.count("/") != 1
            or not each
            or len(series.steps) % each
            or np.ptp(series.steps.reshape(-1, each), 1).any()
        ):
            named[tag] = series
            continue
        for place, owner in enumerate(owners):  # in the order of the layers, one after the other in each epoch
            named[f"{config['name']}/{owner}/{tag}"] = Series(series.steps[place::each], series.values[place::each])
    return named


def _plain(value: Any) -> Any:
    """Return the Python value in a protobuf value; a whole number, which it stores as float, as int."""
    plain = getattr(value, value.WhichOneof("kind"))
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def _decode(value: np.ndarray) -> np.ndarray:
    """Return the first picture of an image summary: width and height, then PNG bytes."""
    from matplotlib.image import imread

    return imread(io.BytesIO(value.ravel()[2]), format="png")
