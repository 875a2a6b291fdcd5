"""from_csv: a student's own table, whatever its separator, encoding and faults."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import data, i18n
from helpers.data.columns import gives_label_away, names_rows, same_partition
from helpers.data.csvfile import numbers
from helpers.data.dataset import split
from helpers.errors import CourseError

PARTS = ("train", "val", "test")
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def table(rows: int = 60, **columns) -> pd.DataFrame:
    """Make a table that is fine: two measurements with decimals, the class under `label`."""
    rng = np.random.default_rng(0)
    measured = {"height": rng.normal(170, 9, rows).round(2), "weight": rng.normal(65, 12, rows).round(2)}
    return pd.DataFrame(measured | columns | {"label": ["cat", "dog", "dog"] * (rows // 3)})


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a table, a text or bytes to a file and gives its path."""

    def to_file(content, name="own.csv", **how):
        path = tmp_path / name
        if isinstance(content, pd.DataFrame):
            content = content.to_csv(index=False, **how)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file


def read(path, **how):
    return data.from_csv(path, target=how.pop("target", "label"), **how)


def arrays(ds):
    return [getattr(ds, f"{axis}_{part}") for part in PARTS for axis in "xy"]


def noted(ds, *words):
    """Tell whether one note holds all the words."""
    return any(all(word in note for word in words) for note in ds.notes)


# --- what it makes ---------------------------------------------------------------------------------------------------


def test_a_plain_table(write):
    ds = read(write(table()))
    assert (ds.name, ds.feature_names, ds.class_names) == ("own", ("height", "weight"), ("cat", "dog"))
    assert ds.source == "own.csv" and "your own file" in ds.licence
    assert [len(ds.y_train), len(ds.y_val), len(ds.y_test)] == [36, 12, 12]
    assert [np.bincount(y).tolist() for y in (ds.y_train, ds.y_val, ds.y_test)] == [[12, 24], [4, 8], [4, 8]]
    assert {a.dtype for a in arrays(ds)} == {np.dtype("float32"), np.dtype("int64")}
    assert ds.notes == ("Read as UTF-8, separated by commas: 60 rows, 3 columns.",)
    assert ds.notes[0] in ds.describe()


def test_the_course_reads_its_own_file_alike():
    ours = data.load("wine")
    own = data.from_csv(data.registry.FOLDER / "wine.csv", target="target")
    for a, b in zip(arrays(ours), arrays(own), strict=True):
        np.testing.assert_array_equal(a, b)


@QUICK
@given(
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    decimal=st.sampled_from(".,"),
    seed=st.integers(0, 99),
)
def test_separator_encoding_and_decimal_sign_change_nothing(
    write, separator, encoding, newline, quoting, decimal, seed
):
    frame = table(sort=[f"사과, {i % 3}" for i in range(60)]).rename(columns={"height": "키"})
    frame["label"] = frame["label"].map({"cat": "고양이", "dog": "개; 강아지"})
    expected = read(write(frame), seed=seed)
    text = frame.astype(str)
    for name in ("키", "weight"):
        text[name] = text[name].str.replace(".", decimal)
    content = text.to_csv(index=False, sep=separator, quoting=quoting, lineterminator=newline).encode(encoding)
    ds = read(write(content, "other.csv"), seed=seed)
    assert ds.feature_names == expected.feature_names and ds.class_names == ("개; 강아지", "고양이")
    for a, b in zip(arrays(ds), arrays(expected), strict=True):
        np.testing.assert_array_equal(a, b)


@QUICK
@given(
    counts=st.lists(st.integers(5, 60), min_size=2, max_size=8).filter(lambda counts: sum(counts) >= 30),
    seed=st.integers(0, 9999),
)
def test_parts_are_disjoint_complete_and_stratified(counts, seed):
    y = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(counts)), counts))
    parts = split(y, validation=0.2, test=0.2, seed=seed)
    assert sorted(np.concatenate(parts)) == list(range(len(y)))
    for rows, share in zip(parts, (0.6, 0.2, 0.2), strict=True):
        assert np.abs(np.bincount(y[rows], minlength=len(counts)) - share * np.array(counts)).max() < 3
        assert len(np.unique(y[rows])) == len(counts)


@QUICK
@given(seed=st.integers(0, 9999), shift=st.floats(-1e3, 1e3), spread=st.floats(0.01, 1e3))
def test_scaling_knows_the_training_set_only(write, seed, shift, spread):
    frame = table()
    frame["height"] = (frame["height"] - 170) * spread + shift
    path = write(frame)
    ds, raw = read(path, seed=seed), read(path, seed=seed, scale=False)
    train = raw.x_train.astype(float)
    for part in PARTS:
        expected = (getattr(raw, f"x_{part}") - train.mean(axis=0)) / train.std(axis=0)
        np.testing.assert_allclose(getattr(ds, f"x_{part}"), expected, rtol=1e-2, atol=1e-2)
    np.testing.assert_allclose(ds.x_train.std(axis=0), 1, atol=1e-3)


def test_every_row_arrives_once_with_its_label(write):
    frame = table()
    ds = read(write(frame), scale=False)
    got = np.concatenate([np.column_stack([getattr(ds, f"x_{p}"), getattr(ds, f"y_{p}")]) for p in PARTS])
    expected = frame.assign(label=frame["label"].map({"cat": 0, "dog": 1})).to_numpy(np.float32)
    np.testing.assert_array_equal(got[np.lexsort(got.T)], expected[np.lexsort(expected.T)])


def test_class_names_follow_numbers_or_the_alphabet(write):
    assert read(write(table().assign(label=[10, 9, 2] * 20))).class_names == ("2", "9", "10")
    assert read(write(table().assign(label=[1.0, 0.0, 1.0] * 20))).class_names == ("0", "1")
    assert read(write(table().assign(label=["+", "-", "-"] * 20))).class_names == ("+", "-")
    assert read(write(table().assign(label=["None", "Apnea", "None"] * 20))).class_names == ("Apnea", "None")
    assert read(write(table().assign(label=[True, False, True] * 20))).class_names == ("False", "True")


def test_text_columns(write):
    frame = table(
        colour=["red", "green", "blue", "red"] * 15,
        smokes=["yes", "no", "no", "no"] * 15,
        comment=[f"text {i // 2}" for i in range(60)],
    )
    ds = read(write(frame), scale=False)
    assert ds.feature_names == ("height", "weight", "colour=blue", "colour=green", "colour=red", "smokes=yes")
    assert np.unique(ds.x_train[:, 2:5].sum(axis=1)).tolist() == [1]
    assert noted(ds, "'comment' holds text with 30 different values") and noted(ds, "'comment' was left out.")


def test_missing_values(write):
    age = np.where(np.arange(60) % 10 == 0, "", np.arange(60) // 2 / 2 + 0.25)
    frame = table(age=age, colour=["red", "", "blue"] * 20)
    frame["label"] = [*["cat", "dog"] * 29, "", "NA"]
    frame.loc[3, "weight"] = np.nan
    ds = read(write(frame), scale=False)
    assert len(ds.y_train) + len(ds.y_val) + len(ds.y_test) == 58
    assert noted(ds, "2 rows have no 'label'") and noted(ds, "'weight': 1 missing values were filled with")
    assert ds.feature_names[-3:] == ("colour=?", "colour=blue", "colour=red")
    filled = np.concatenate([x[:, 2] for x in (ds.x_train, ds.x_val, ds.x_test)])
    assert np.isfinite(filled).all()
    rows = split((frame["label"][:58] == "dog").to_numpy(int), validation=0.2, test=0.2, seed=42)[0]
    median = np.median([float(age[i]) for i in rows if age[i]])
    assert median != np.median([float(a) for a in age[:58] if a])  # the training part alone sets it
    assert np.count_nonzero(filled == np.float32(median)) >= 6
    assert noted(ds, "'age': 6 missing", f"{median:g}, the median of the training set")


def test_a_stray_text_among_numbers_counts_as_missing(write):
    frame = table()
    frame["height"] = ["tall", *frame["height"].astype(str)[1:]]
    ds = read(write(frame))
    assert noted(ds, "'height': 1 missing values (among them 'tall')")
    assert "height" in ds.feature_names


def test_constant_and_empty_columns_are_left_out(write):
    ds = read(write(table(planet="Earth", zero=0.0, empty="")))
    assert ds.feature_names == ("height", "weight")
    assert all(noted(ds, f"'{name}' is the same in every row") for name in ("planet", "zero", "empty"))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("row", range(60)),  # a running number
        ("value", np.random.default_rng(1).permutation(10_000)[:60]),  # a whole number that never repeats
        ("patient", [f"P{i * 37 % 60:03}" for i in range(60)]),
        ("customer_id", np.random.default_rng(1).integers(0, 90, 60)),  # repeats now and then
        ("번호", np.random.default_rng(2).integers(0, 90, 60)),
    ],
)
def test_ids_are_left_out(write, name, values):
    path = write(table(**{name: list(values)}))
    ds = read(path)
    assert ds.feature_names == ("height", "weight")
    assert noted(ds, f"'{name}' looks like an id") and noted(ds, f"'{name}' was left out")
    assert not noted(ds, "gives the label away")
    if name != "patient":  # text with so many values cannot be kept
        assert noted(ds, f"keep=['{name}'] keeps it")
        assert name in read(path, keep=[name]).feature_names


def test_what_is_no_id_stays(write):
    frame = table(region_id=[1, 2, 3, 1] * 15, count=np.random.default_rng(3).integers(0, 90, 60))
    assert read(write(frame)).feature_names == ("height", "weight", "region_id", "count")


@pytest.mark.parametrize("name", ["id", "code"])
def test_an_id_that_gives_the_label_away_is_named(write, name):
    frame = table().sort_values("label")
    frame[name] = range(1, 61) if name == "id" else [f"S{i:03}" for i in range(60)]
    frame = frame.sample(frac=1, random_state=0)  # shuffling the rows does not take the answer out of the id
    ds = read(write(frame))
    assert noted(ds, f"'{name}' gives the label away", "sorted by 'label'")
    assert name not in ds.feature_names


def test_a_column_that_repeats_the_target_is_named(write):
    frame = table(code=[7, 3, 3] * 20)
    ds = read(write(frame))
    assert noted(ds, "'code' tells 'label' exactly", "leak") and "code" not in ds.feature_names
    kept = read(write(frame), keep="code")
    assert "code" in kept.feature_names and noted(kept, "'code' was kept") and noted(kept, "leak")


def test_copies_are_counted(write):
    frame = pd.concat([table(), table().iloc[:4]])
    frame.insert(0, "id", range(64))  # the id must not hide them
    assert noted(read(write(frame)), "4 rows are exact copies")
    assert not noted(read(write(table())), "copies")


def test_drop(write):
    path = write(table(extra=np.random.default_rng(0).random(60)))
    assert read(path, drop=["extra"]).feature_names == read(path, drop="extra").feature_names == ("height", "weight")


def test_the_index_that_pandas_writes_is_an_id(write):
    ds = read(write(table().to_csv()))
    assert ds.feature_names == ("height", "weight") and noted(ds, "'Unnamed: 0' looks like an id")


def test_the_separator_is_the_one_that_all_lines_share(write):
    frame = table()[["height", "label"]].rename(columns={"height": "size (cm, upright, morning)"})
    assert read(write(frame, sep=";", quoting=csv.QUOTE_NONE)).feature_names == ("size (cm, upright, morning)",)


def test_trifles_of_spreadsheets(write):
    text = table().to_csv(index=False)
    expected = arrays(read(write(text)))
    lines = text.splitlines()
    for other in (
        "sep=,\n" + text,
        text.replace("\n", "\n\n") + ",,\n,,\n",  # blank lines, and what is left of a cleared sheet
        "\n".join(line + "," for line in lines),
        text.replace(",", " , "),
        text.rstrip("\n"),
    ):
        for a, b in zip(arrays(read(write(other))), expected, strict=True):
            np.testing.assert_array_equal(a, b)


def test_a_line_break_inside_quotation_marks_is_text(write):
    frame = table(where=["Seoul\nHangang", 'the "old" town', "sea"] * 20)
    frame["label"] = ["cat", "dog"] * 30
    assert read(write(frame)).feature_names[2] == "where=Seoul\nHangang"


def test_notes_are_in_the_language_in_use(write):
    path = write(table(id=range(60), planet="Earth").assign(label=["cat"] * 30 + ["dog"] * 30))
    i18n.set_language("ko")
    ds = read(path)
    assert noted(ds, "UTF-8, 쉼표 구분으로 읽었습니다") and noted(ds, "누출") and noted(ds, "제외했습니다")
    assert "라이선스: 직접 가져온 파일" in ds.describe()


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "separator", "values"),
    [
        (["1", "-2.5", "1e3", ".5"], ",", [1, -2.5, 1000, 0.5]),
        (["1,234", "12,000.5", "7"], ",", [1234, 12000.5, 7]),
        (["1,5", "0,25"], ",", [1.5, 0.25]),
        (["1,234", "7"], ";", [1.234, 7]),
        (["1.234,5", "12,5", "1.000"], ";", [1234.5, 12.5, 1000]),
        (["1.5", "2.25"], ";", [1.5, 2.25]),
        (["1", "", "NA", "-", "None", "?"], ",", [1, *[np.nan] * 5]),
        (["1", "1e999", "inf"], ",", [1, np.nan, np.nan]),
        (["red", "1"], ",", None),
        (["2024-01-01", "2024-01-02"], ",", None),
        (["٣", "४"], ",", None),
    ],
)
def test_forms_of_numbers(texts, separator, values):
    found = numbers(pd.Series(texts, dtype=object), separator)
    if values is None:
        assert found is None
    else:
        np.testing.assert_array_equal(found.values, np.array(values, float))


@QUICK
@given(st.lists(st.floats(-1e30, 1e30), min_size=1, max_size=20))
def test_any_float_comes_back(values):
    found = numbers(pd.Series([repr(value) for value in values], dtype=object), ",")
    np.testing.assert_array_equal(found.values, values)


# --- columns ---------------------------------------------------------------------------------------------------------


def test_same_partition():
    y = np.array([0, 0, 1, 2])
    assert same_partition(np.array([5, 5, 9, 1]), y)
    assert not same_partition(np.array([5, 6, 9, 1]), y)
    assert not same_partition(np.array([5, 5, 5, 1]), y)


@pytest.mark.parametrize("name", ["id", "ID", "user_id", "userId", "Student No.", "학번", "접수번호", "Unnamed: 0"])
def test_names_of_ids(name):
    values = np.array([1.0, 2, 3, 3])
    assert names_rows(name, values, pd.Series(["1", "2", "3", "3"]))


@pytest.mark.parametrize(
    "name", ["humid", "acid", "piano", "casino", "paid", "valid", "height", "monkey", "volatile acid"]
)
def test_names_of_other_things(name):
    values = np.array([1.0, 2, 3, 3])
    assert not names_rows(name, values, pd.Series(["1", "2", "3", "3"]))


@QUICK
@given(
    st.lists(st.integers(5, 80), min_size=2, max_size=6).filter(lambda counts: sum(counts) >= 30), st.integers(0, 999)
)
def test_a_sorted_id_gives_away_and_a_shuffled_one_does_not(counts, seed):
    y = np.repeat(np.arange(len(counts)), counts)
    assert gives_label_away(np.arange(len(y)), y)
    if max(counts) < 0.7 * len(y):
        assert not gives_label_away(np.random.default_rng(seed).permutation(len(y)), y)


# --- what it refuses -------------------------------------------------------------------------------------------------

FINE = table().to_csv(index=False)
LINES = FINE.splitlines()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", r"own\.csv is empty"),
        (" \n\n", r"own\.csv is empty"),
        (b"PK\x03\x04rest", "Excel file or an archive.*save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "Excel file"),
        (bytes(range(256)) * 9, "not a text file in UTF-8, UTF-16 or CP949"),
        (b"\xff\xff\xff\xff,1\n", "not a text file"),
        ("<!DOCTYPE html>\n<html></html>", "web page"),
        (",,\n,,\n", "only one column"),
        ("label\n" + "1\n2\n" * 30, "only one column"),
        ("\n".join(LINES[:30]), "has 29 rows of data: bring at least 30"),
        ("\n".join(LINES[1:]), "starts with numbers instead of column names"),
        ("1,2,3\n" * 40, "starts with numbers instead of column names"),
        ("\n".join([*LINES[:10], "1,2", *LINES[10:]]), r"own\.csv, line 11: 2 values where the header has 3"),
        ("\n".join([*LINES[:10], LINES[10] + ",9", *LINES[11:]]), "line 11: 4 values where the header has 3"),
        ("\n".join([*LINES[:20], '1,2,"cat', *LINES[20:]]), "line 21: a quotation mark"),
        (FINE.replace("weight", "height", 1), "several columns called 'height'"),
        (table().assign(label="cat"), r"only one class \(cat\)"),
        (table().assign(label=["rare"] * 4 + ["cat", "dog"] * 28), r"fewer than 5 rows: .*rare \(4\)"),
        (table().assign(label=np.arange(60) / 7), "60 different numbers and this course classifies.*pd.cut"),
        (table().assign(label=np.arange(60) % 30), "30 different numbers"),
        (table().assign(label=np.arange(60) // 5 + 0.5), "12 different numbers"),
        (table(600).assign(label=[f"c{i % 60}" for i in range(600)]), "60 classes: merge them into at most 50"),
        (table().assign(label=["cat", "dog"] * 10 + [""] * 40), "Only 20 rows"),
        (table(id=range(60))[["id", "label"]], "No column is left to learn from"),
        (
            pd.DataFrame(np.arange(60 * 501).reshape(60, 501) / 7).add_prefix("f").assign(label=[0, 1] * 30),
            "500 features",
        ),
    ],
)
def test_refusals(write, content, sentence):
    path = write(content)
    with pytest.raises(CourseError, match=sentence):
        read(path)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]") as caught:
        read(path)
    assert str(caught.value).endswith((".", "요.")) and "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder(write, tmp_path):
    write(FINE, "students.csv")
    with pytest.raises(CourseError, match=r"did you mean students\.csv"):
        read(tmp_path / "student.csv")
    with pytest.raises(CourseError, match="Files panel"):
        read(tmp_path / "nowhere" / "x.csv")
    with pytest.raises(CourseError, match="is a folder"):
        read(str(tmp_path))


def test_columns_that_are_not_there(write):
    path = write(FINE)
    for wrong in ({"target": "Lable"}, {"drop": ["Lable"]}, {"keep": ["Lable"]}):
        with pytest.raises(CourseError, match=r"no column 'Lable', did you mean 'label'.*height, weight, label"):
            read(path, **wrong)
    with pytest.raises(CourseError, match="take it out of drop"):
        read(path, drop=["label"])


def test_too_large(write, monkeypatch):
    path = write(FINE)
    monkeypatch.setattr("helpers.data.csvfile.MAX_ROWS", 59)
    with pytest.raises(CourseError, match="has 60 rows: keep at most 59"):
        read(path)
    monkeypatch.setattr("helpers.data.csvfile.MAX_BYTES", 100)
    with pytest.raises(CourseError, match="MB: keep at most"):
        read(path)


def test_impossible_shares(write):
    with pytest.raises(CourseError, match="do not leave three parts"):
        read(write(FINE), validation=0.5, test=0.5)


@QUICK
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_any_file_is_read_or_refused_in_a_sentence(write, content):
    try:
        read(write(content))
    except CourseError as error:
        assert str(error).endswith(".")


CELLS = st.sampled_from(["", "1", "2.5", "-3", "x", "cat", '"', "a,b", "NA"])


@QUICK
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, st.sampled_from(["cat", "dog"])), min_size=30, max_size=45),
    known=st.integers(0, 30),
)
def test_any_table_is_read_or_refused(write, rows, known):
    text = io.StringIO()
    csv.writer(text).writerows([["a", "b", "label"], *(("7", *row[1:]) for row in rows[:known]), *rows[known:]])
    try:
        ds = read(write(text.getvalue()))
    except CourseError as error:
        assert str(error).endswith(".")
    else:
        assert all(np.isfinite(x).all() for x in (ds.x_train, ds.x_val, ds.x_test))
        assert len(ds.y_train) + len(ds.y_val) + len(ds.y_test) == len(rows)
        assert ds.x_train.shape[1] == len(ds.feature_names)
