"""Figures of comparisons: the bands are medians and quartiles, and the caption says what they show."""

import re

import numpy as np
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n, plots
from helpers.errors import CourseError
from helpers.experiments import Runs
from helpers.plots.runs import bands, evidence

NAN = float("nan")
# Variant, seed, epoch. The second variant's runs end after two, three and four epochs.
LOSSES = np.array(
    [
        [[3.0, 1.0, 2.0, 3.0], [5.0, 3.0, 4.0, 5.0], [4.0, 2.0, 3.0, 4.0]],
        [[9.0, 8.0, NAN, NAN], [9.0, 7.0, 6.0, NAN], [9.0, 6.0, 5.0, 4.0]],
    ]
)


def made(values=LOSSES, epochs=((4, 4, 4), (2, 3, 4))):
    return Runs(("short", "long"), (0, 1, 2), np.array(epochs), {"val_loss": values, "val_accuracy": 1 - values / 10})


def curves(picture):
    (axes,) = picture.figure.axes
    return {line.get_label(): line.get_xydata().tolist() for line in axes.lines}


def test_lines_are_medians_and_bands_are_quartiles():
    picture = made().plot()
    assert isinstance(picture, plots.Captioned)
    assert curves(picture) == {
        "short": [[1, 4], [2, 2], [3, 3], [4, 4]],
        "long": [[1, 9], [2, 7], [3, 5.5], [4, 4]],  # over the runs that train still
    }
    (axes,) = picture.figure.axes
    corners = axes.collections[0].get_paths()[0].vertices
    assert sorted({y for x, y in corners if x == 2}) == [1.5, 2.5]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "val_loss")
    assert len({line.get_linestyle() for line in axes.lines}) == 2  # told apart without colour
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["short", "long"]


def test_caption_says_where_each_variant_is_best():
    assert made().plot().caption == (
        "Medians of val_loss over 3 seeds: short is best at epoch 2 (2.000) and ends at 4.000; "
        "long is best at epoch 4 (4.000) and ends at 4.000."
    )
    assert "short is best at epoch 2 (0.800) and ends at 0.600" in made().plot("val_accuracy").caption


def test_a_part_can_be_drawn():
    runs = made()
    assert curves(runs.plot(variants=["long"], first=3)) == {"long": [[3, 5.5], [4, 4]]}
    assert curves(runs.plot(variants="long")).keys() == {"long"}
    assert "short is best at epoch 3 (3.000)" in runs.plot(first=3).caption
    (axes,) = runs.plot(log=True, title="Mine").figure.axes
    assert axes.get_xscale() == "log"
    assert "Mine" in (axes.get_title(), axes.get_title(loc="left"))


def test_a_line_ends_with_the_longest_run_of_its_variant():
    runs = made(np.where(np.arange(4) < 2, LOSSES, NAN), epochs=((2, 2, 2), (2, 2, 2)))
    assert [len(points) for points in curves(runs.plot()).values()] == [2, 2]


@pytest.mark.filterwarnings("error")
def test_a_variant_without_a_number_is_named():
    gone = LOSSES.copy()
    gone[1] = NAN
    picture = made(gone).plot()
    assert picture.caption.endswith("ends at 4.000; long has no number there.")
    assert plots.base.png(picture.figure).startswith(b"\x89PNG")


@pytest.mark.filterwarnings("error")
def test_a_number_missing_on_the_way_leaves_the_rest():
    gone = LOSSES.copy()
    gone[1, :, 1] = NAN
    gone[0, 0, 3] = np.inf
    picture = made(gone).plot()
    assert "long is best at epoch 4 (4.000)" in picture.caption
    plots.base.png(picture.figure)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"metric": "loss"}, "no column 'loss': choose one of val_loss, val_accuracy"),
        ({"variants": ["short", "none"]}, "no variant 'none': choose one of 'short', 'long'"),
        ({"variants": "none"}, "no variant 'none'"),
        ({"first": 0}, "first=0: choose an epoch from 1 to 4"),
        ({"first": 5}, "first=5: choose an epoch from 1 to 4"),
    ],
)
def test_bad_input_gets_one_sentence_in_both_languages(options, words):
    with pytest.raises(CourseError, match=words):
        made().plot(**options)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]"):
        made().plot(**options)


def test_caption_is_bilingual_and_the_figure_english(monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    picture = bands(made())
    english, korean = i18n.pick(picture.caption, "en"), i18n.pick(picture.caption, "ko")
    assert re.search(r"[가-힣]", korean) and not re.search(r"[가-힣]", english)
    assert sorted(re.findall(r"\d+\.\d+", english)) == sorted(re.findall(r"\d+\.\d+", korean))
    texts = " ".join(text.get_text() for text in picture.figure.findobj(lambda artist: hasattr(artist, "get_text")))
    assert "median and quartiles over 3 seeds" in texts and not re.search(r"[가-힣]", texts)


def test_the_figure_is_shown_with_its_caption(shell):
    with capture_output() as shown:
        made().plot()._ipython_display_()
    picture, words = (output.data for output in shown.outputs)
    assert picture["image/png"].startswith("iVBOR")
    assert words["text/plain"].startswith("Medians of val_loss")


# --- the evidence of a claim -----------------------------------------------------------------------------------------


def dots(picture):
    (axes,) = picture.axes
    return [sorted(line.get_xdata()) for line in axes.lines if line.get_marker() in ("o", "s")]


def test_evidence_of_two_variants_has_a_dot_a_seed_joined_in_pairs():
    claim = made().claim("x", "last_val_loss", of="short", direction="lower", than="long", agree=1)
    picture = evidence(claim)
    assert dots(picture) == [[3, 4, 5], [4, 6, 8]]
    (axes,) = picture.axes
    joined = [sorted(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 2]
    assert sorted(joined) == sorted(sorted(pair) for pair in zip([3, 5, 4], [8, 6, 4], strict=True))
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == ["short\n4 (3.5 to 4.5)", "long\n6 (5 to 7)"]
    assert "last_val_loss" in axes.get_xlabel()


@pytest.mark.parametrize("statistic", ["each", "median"])
def test_evidence_against_a_number_has_its_line(statistic):
    claim = made().claim("x", "last_val_loss", of="short", direction="lower", than=7.5, statistic=statistic)
    picture = evidence(claim)
    assert dots(picture) == [[3, 4, 5]]
    assert [line.get_xdata() for line in picture.axes[0].lines if line.get_linestyle() == "--"] == [[7.5, 7.5]]


@pytest.mark.filterwarnings("error")
def test_evidence_with_numbers_missing():
    gone = LOSSES.copy()
    gone[0, 0, 3] = NAN
    runs = made(gone, epochs=((4, 4, 4), (4, 4, 4)))
    claim = runs.claim("x", "last_val_loss", of="short", direction="higher", than=1.0, agree=2)
    assert plots.base.png(evidence(claim)).startswith(b"\x89PNG")
    claim = runs.claim("x", "last_val_accuracy", of="short", direction="lower", than=1, agree=2)
    assert plots.base.png(evidence(claim)).startswith(b"\x89PNG")
