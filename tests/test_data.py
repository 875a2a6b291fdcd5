"""load, frame, the shipped files and the downloads. No test leaves this computer."""

import gzip
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import data, i18n, paths
from helpers.data import registry
from helpers.data.dataset import split, standardise
from helpers.errors import CourseError
from tools import make_data

MANIFEST = json.loads((paths.COURSE / "data" / "manifest.json").read_text(encoding="utf-8"))
PARTS = ("train", "val", "test")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- shipped files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MANIFEST["shipped"])
def test_shipped_bytes_are_the_manifests(name):
    entry = MANIFEST["shipped"][name]
    for file in entry["files"]:
        content = (registry.FOLDER / file["name"]).read_bytes()
        assert (len(content), sha256(content)) == (file["bytes"], file["sha256"])


def test_manifest_is_complete_and_small():
    for part in ("shipped", "downloads"):
        for name, entry in MANIFEST[part].items():
            assert {"kind", "rows", "description", "source", "licence", "licence_url", "files"} == set(entry)
            assert all(entry.values())
            assert all(len(file["sha256"]) == 64 and file["bytes"] > 0 for file in entry["files"])
            assert all(file["url"].startswith("https://") for file in entry["files"] if part == "downloads")
            assert MANIFEST["class_names"][name]
    assert sum(path.stat().st_size for path in registry.FOLDER.iterdir()) < 2e6


def test_readme_speaks_of_each_set():
    text = (registry.FOLDER / "README.md").read_text(encoding="utf-8")
    for entry in (*MANIFEST["shipped"].values(), *MANIFEST["downloads"].values()):
        assert entry["licence"] in text
        assert all(file["name"] in text or file["name"].endswith("ubyte.gz") for file in entry["files"])


@pytest.mark.parametrize("name", make_data.TABLES)
def test_tables_are_scikit_learns(name):
    shipped = pd.read_csv(registry.FOLDER / f"{name}.csv", float_precision="round_trip")
    pd.testing.assert_frame_equal(shipped, make_data.table(name), check_exact=True)
    assert len(shipped) == MANIFEST["shipped"][name]["rows"]
    assert list(make_data.TABLES[name]().target_names) == MANIFEST["class_names"][name]


def test_digits_are_mlxtends():
    made = make_data.digits()
    with np.load(registry.FOLDER / "mnist_5000.npz") as stored:
        assert set(stored.files) == set(made)
        for key, array in made.items():
            assert stored[key].dtype == np.uint8
            np.testing.assert_array_equal(stored[key], array)


def test_make_data_writes_the_manifest(tmp_path):
    (tmp_path / "manifest.json").write_text(
        '{"shipped": {"a": {"files": [{"name": "a.csv", "bytes": 0, "sha256": ""}]}}}', encoding="utf-8"
    )
    (tmp_path / "a.csv").write_bytes(b"x\n1\n")
    make_data.update_manifest(tmp_path)
    file = json.loads((tmp_path / "manifest.json").read_text())["shipped"]["a"]["files"][0]
    assert file == {"name": "a.csv", "bytes": 4, "sha256": sha256(b"x\n1\n")}


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-1])])
def test_a_damaged_shipped_file_is_named_and_refused(tmp_path, monkeypatch, spoil):
    for name in ("manifest.json", "wine.csv"):
        (tmp_path / name).write_bytes((registry.FOLDER / name).read_bytes())
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    assert len(data.frame("wine")) == 178
    spoil(tmp_path / "wine.csv")
    for call in (data.load, data.frame):
        with pytest.raises(CourseError, match=r"wine\.csv is (damaged|missing): run `git restore .*wine\.csv`"):
            call("wine")


def test_a_damaged_manifest_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(CourseError, match=r"manifest\.json is damaged"):
        data.load("wine")


# --- load and frame --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sizes", "shape", "classes"),
    [
        ("breast_cancer", (341, 114, 114), (30,), 2),
        ("wine", (106, 36, 36), (13,), 3),
        ("mnist", (3000, 1000, 1000), (28, 28), 10),
    ],
)
def test_load_shipped(name, sizes, shape, classes):
    ds = data.load(name)
    for part, size in zip(PARTS, sizes, strict=True):
        x, y = getattr(ds, f"x_{part}"), getattr(ds, f"y_{part}")
        assert (x.shape, x.dtype) == ((size, *shape), np.float32)
        assert (y.shape, y.dtype) == ((size,), np.int64)
        assert np.isfinite(x).all()
    assert len(ds.class_names) == classes and len(ds.feature_names) in (0, shape[0])
    assert ds.source and ds.licence.startswith("CC BY") and ds.notes == ()


def test_tables_are_scaled_on_the_training_set_only():
    ds, raw = data.load("wine"), data.load("wine", scale=False)
    mean, std = raw.x_train.mean(axis=0, dtype=float), raw.x_train.std(axis=0, dtype=float)
    for part in PARTS:
        expected = (getattr(raw, f"x_{part}") - mean) / std
        np.testing.assert_allclose(getattr(ds, f"x_{part}"), expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(ds.x_train.mean(axis=0), 0, atol=1e-5)
    assert np.abs(ds.x_test.mean(axis=0)).max() > 0.05  # the test set does not set the rule


def test_images_are_scaled_to_one():
    ds, raw = data.load("mnist"), data.load("mnist", scale=False)
    assert (ds.x_train.min(), ds.x_train.max(), raw.x_train.max()) == (0, 1, 255)
    np.testing.assert_allclose(ds.x_val, raw.x_val / 255, rtol=1e-6)


def test_rows_are_used_once_and_keep_their_labels():
    table = data.frame("wine")
    ds = data.load("wine", scale=False)
    rows = np.concatenate([np.column_stack([getattr(ds, f"x_{p}"), getattr(ds, f"y_{p}")]) for p in PARTS])
    expected = table.to_numpy(np.float32)
    np.testing.assert_array_equal(rows[np.lexsort(rows.T)], expected[np.lexsort(expected.T)])


def test_the_seed_decides():
    first, again, other = data.load("wine"), data.load("wine"), data.load("wine", seed=1)
    np.testing.assert_array_equal(first.x_train, again.x_train)
    assert not np.array_equal(first.y_train, other.y_train)
    # The same on every supported version of scikit-learn and NumPy: notebooks print what depends on it.
    rows = split(data.frame("wine")["target"].to_numpy(), validation=0.2, test=0.2, seed=42)
    assert [part[:4].tolist() for part in rows] == [[141, 50, 162, 146], [86, 92, 111, 34], [10, 134, 28, 121]]


def test_shares_are_shares_of_all_rows():
    ds = data.load("breast_cancer", validation=0.1, test=0.3)
    assert (len(ds.y_val), len(ds.y_test)) == (57, 171)


@pytest.mark.parametrize("shares", [(0, 0.2), (0.2, 0), (0.5, 0.5), (-0.1, 0.2), (0.9, 0.9), (float("nan"), 0.2)])
def test_impossible_shares_are_refused(shares):
    with pytest.raises(CourseError, match="do not leave three parts"):
        data.load("wine", validation=shares[0], test=shares[1])


def test_a_part_too_small_for_the_classes_is_refused():
    with pytest.raises(CourseError, match="cannot hold all 3 classes"):
        data.load("wine", test=0.01)


def test_constant_column_survives_scaling():
    x = np.column_stack([np.full(10, 0.1), np.arange(10.0)])
    scaled = standardise(x, np.arange(6))
    assert np.abs(scaled[:, 0]).max() < 1e-12
    assert scaled[:6, 1].std() == pytest.approx(1)


def test_summary_and_description():
    ds = data.load("wine")
    assert repr(ds) == "wine: 106 training, 36 validation, 36 test rows · 13 features · 3 classes"
    text = ds.describe()
    assert "class_0: 35 / 12 / 12" in text and "CC BY 4.0" in text and "uci.edu" in text
    assert "images 28 × 28" in repr(data.load("mnist"))
    i18n.set_language("ko")
    assert repr(ds) == "wine: 훈련 106개, 검증 36개, 테스트 36개 · 특성 13개 · 클래스 3개"
    assert "출처" in ds.describe()


def test_frame_keeps_the_stored_order():
    table = data.frame("wine")
    assert table["target"].is_monotonic_increasing and table.shape == (178, 14)
    assert data.frame("breast_cancer").columns[-1] == "target"


def test_frame_refuses_images():
    with pytest.raises(CourseError, match=r'load\("mnist"\)'):
        data.frame("mnist")


def test_unknown_names():
    with pytest.raises(CourseError, match=r"did you mean 'wine'\?.*breast_cancer, wine, mnist, fashion_mnist"):
        data.load("Wien")
    with pytest.raises(CourseError, match="choose one of"):
        data.load("titanic")
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="데이터 세트는 없습니다"):
        data.load("titanic", full=True)


@pytest.mark.parametrize(("name", "size"), [("wine_quality", "0.3 MB"), ("fashion_mnist", "30.9 MB")])
def test_what_is_not_shipped_asks_for_full(name, size):
    with pytest.raises(CourseError, match=rf'load\("{name}", full=True\) downloads it once \({size}\)'):
        data.load(name)


def test_full_of_a_wholly_shipped_set_is_the_set():
    np.testing.assert_array_equal(data.load("wine", full=True).x_train, data.load("wine").x_train)


# --- downloads -------------------------------------------------------------------------------------------------------

HEADER = '"fixed acidity";"pH";"quality"\n'
RED = HEADER + "".join(f"{7 + i / 10:.1f};3.{i};5\n" for i in range(10))
WHITE = HEADER + "".join(f"{6 + i / 10:.1f};2.{i % 10};6\n" for i in range(20))
FILES = {"winequality-red.csv": RED.encode(), "winequality-white.csv": WHITE.encode()}


class Handler(SimpleHTTPRequestHandler):
    """Serve a folder; break the first `failures` answers off half-way."""

    def __init__(self, *args, state, **kwargs):
        self.state = state
        super().__init__(*args, **kwargs)

    def do_GET(self):
        self.state["asked"].append(self.path.lstrip("/"))
        if self.state["failures"] > 0:
            self.state["failures"] -= 1
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(b"half a file")
            self.close_connection = True
        else:
            super().do_GET()

    def log_message(self, *args):
        pass


@pytest.fixture
def room(tmp_path):
    """A folder that holds the two wine files."""
    folder = tmp_path / "room"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def server(room, monkeypatch):
    """The same folder behind a loopback address."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    state = {"asked": [], "failures": 0}
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(room), state=state))
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}", state
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def nowhere():
    """An address where nothing listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def made_up(tmp_path, monkeypatch, nowhere):
    """A manifest whose wine_quality is 30 made-up wines; return a function that sets their origin."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(registry, "FOLDER", folder)

    def origin(base):
        entry = MANIFEST["downloads"]["wine_quality"] | {
            "files": [
                {"name": name, "url": f"{base}/{name}", "bytes": len(content), "sha256": sha256(content)}
                for name, content in FILES.items()
            ]
        }
        manifest = MANIFEST | {"downloads": {"wine_quality": entry}}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    origin(nowhere)
    return origin


def cached(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "data").iterdir()}


def test_a_folder_serves_as_mirror(made_up, room, monkeypatch, course_home):
    monkeypatch.setenv("COURSE_DATA_MIRROR", str(room))
    table = data.frame("wine_quality", full=True)
    assert list(table.columns) == ["fixed acidity", "pH", "quality", "target"]
    assert table["target"].tolist() == [1] * 10 + [0] * 20  # the red wines first
    assert table.iloc[0].tolist() == [7.0, 3.0, 5, 1] and table.iloc[10].tolist() == [6.0, 2.0, 6, 0]
    assert cached(course_home) == FILES
    ds = data.load("wine_quality", full=True)
    assert ds.class_names == ("white", "red") and np.bincount(ds.y_test).tolist() == [4, 2]


@pytest.mark.parametrize("form", [Path.as_uri, lambda room: f"{room}/", lambda room: f"{room.as_uri()}/"])
def test_forms_of_a_local_mirror(made_up, room, monkeypatch, form):
    monkeypatch.setenv("COURSE_DATA_MIRROR", form(room))
    assert len(data.frame("wine_quality", full=True)) == 30


def test_a_url_serves_as_mirror_and_is_asked_once(made_up, server, monkeypatch, capfd):
    url, state = server
    monkeypatch.setenv("COURSE_DATA_MIRROR", url)
    for _ in range(2):
        assert len(data.frame("wine_quality", full=True)) == 30
    assert state["asked"] == list(FILES)
    assert "winequality-red.csv: 100%" in capfd.readouterr().err  # the progress bar


def test_the_origin_serves_where_the_mirror_lacks_the_file(made_up, server, monkeypatch, tmp_path):
    url, state = server
    made_up(url)
    monkeypatch.setenv("COURSE_DATA_MIRROR", str(tmp_path / "empty"))
    assert len(data.frame("wine_quality", full=True)) == 30
    assert state["asked"] == list(FILES)


def test_an_interrupted_download_is_tried_again(made_up, server, course_home):
    url, state = server
    made_up(url)
    state["failures"] = 1
    assert len(data.frame("wine_quality", full=True)) == 30
    assert state["asked"] == ["winequality-red.csv", *FILES]
    assert cached(course_home) == FILES


def test_interrupted_downloads_leave_nothing(made_up, server, course_home):
    url, state = server
    made_up(url)
    state["failures"] = 99
    with pytest.raises(CourseError, match="connect to the internet"):
        data.frame("wine_quality", full=True)
    assert cached(course_home) == {}


def test_a_wrong_file_is_not_taken(made_up, server, room, course_home):
    url, _ = server
    made_up(url)
    (room / "winequality-white.csv").write_bytes(WHITE.replace("6;", "7;", 1).encode())
    with pytest.raises(CourseError, match=r"winequality-white\.csv could not be downloaded .*what arrived is damaged"):
        data.frame("wine_quality", full=True)
    assert cached(course_home) == {"winequality-red.csv": RED.encode()}


def test_without_network_the_reader_learns_what_to_do(made_up, course_home):
    with pytest.raises(CourseError) as caught:
        data.load("wine_quality", full=True)
    for part in ("connect to the internet", "COURSE_DATA_MIRROR", "winequality-red.csv, winequality-white.csv"):
        assert part in str(caught.value)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match="인터넷에 연결"):
        data.load("wine_quality", full=True)


def test_a_damaged_cached_file_is_named_and_fetched_again(made_up, room, monkeypatch, course_home, capsys):
    monkeypatch.setenv("COURSE_DATA_MIRROR", str(room))
    data.frame("wine_quality", full=True)
    (course_home / "data" / "winequality-red.csv").write_bytes(RED.replace("5", "4").encode())
    assert data.frame("wine_quality", full=True)["quality"].iloc[0] == 5
    assert "winequality-red.csv is damaged: getting it again." in capsys.readouterr().out
    assert cached(course_home) == FILES


def test_a_folder_that_cannot_be_written_is_named(made_up, room, monkeypatch, course_home):
    monkeypatch.setenv("COURSE_DATA_MIRROR", str(room))
    (course_home / "data").write_text("a file stands where the folder should be")
    with pytest.raises(CourseError, match="cannot be written"):
        data.frame("wine_quality", full=True)


FULL_IMAGES = """
import json, sys
import numpy as np
from pathlib import Path
from helpers import data
from helpers.data import registry

registry.FOLDER = Path(sys.argv[1])
ds = data.load("fashion_mnist", full=True, validation=0.25)
import keras

(x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
assert keras.utils.get_file("mnist.npz", origin="file:///nowhere") == str(Path(sys.argv[2]) / "datasets" / "mnist.npz")
np.testing.assert_allclose(ds.x_test, x_test / 255, rtol=1e-6)
np.testing.assert_array_equal(ds.y_test, y_test)
assert (ds.x_train.shape, ds.x_val.shape) == ((60, 28, 28), (20, 28, 28)), ds
assert np.bincount(ds.y_val).tolist() == [2] * 10
assert ds.class_names[9] == "Ankle boot" and ds.x_train.dtype == np.float32 and ds.y_train.dtype == np.int64
seen = np.sort(np.concatenate([ds.x_train, ds.x_val]).reshape(80, -1)[:, 0])
np.testing.assert_allclose(seen, np.sort(x.reshape(80, -1)[:, 0] / 255), rtol=1e-6)
print("same")
"""


@pytest.mark.slow
def test_full_images_go_where_keras_looks(tmp_path):
    """In a process of its own, because Keras reads KERAS_HOME when it is imported."""
    room, folder, keras_home = tmp_path / "room", tmp_path / "data", tmp_path / "keras"
    for path in (room, folder, keras_home / "datasets"):
        path.mkdir(parents=True)
    (keras_home / "datasets" / "mnist.npz").write_bytes(b"shows where Keras looks")
    files = []
    for part, rows in (("train", 80), ("t10k", 20)):
        pixels = np.zeros((rows, 28, 28), np.uint8)
        pixels[:, 0, 0] = np.arange(rows)  # each image can be told
        labels = (np.arange(rows) % 10).astype(np.uint8)
        for name, head, array in (("images-idx3", 16, pixels), ("labels-idx1", 8, labels)):
            content = gzip.compress(bytes(head) + array.tobytes())
            (room / f"{part}-{name}-ubyte.gz").write_bytes(content)
            file = {"name": f"{part}-{name}-ubyte.gz", "bytes": len(content), "sha256": sha256(content)}
            files.append(file | {"url": f"http://127.0.0.1:9/{part}-{name}-ubyte.gz"})
    downloads = {"fashion_mnist": MANIFEST["downloads"]["fashion_mnist"] | {"files": files}}
    (folder / "manifest.json").write_text(json.dumps(MANIFEST | {"downloads": downloads}), encoding="utf-8")
    env = os.environ | {"KERAS_HOME": str(keras_home), "COURSE_DATA_MIRROR": str(room), "PYTHONPATH": str(paths.COURSE)}
    done = subprocess.run(
        [sys.executable, "-c", FULL_IMAGES, str(folder), str(keras_home)], env=env, capture_output=True, text=True
    )
    assert done.stdout.strip().endswith("same"), done.stderr
