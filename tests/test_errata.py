"""docs/errata.yml: every correction is there, in both languages, where the syllabus has it; the pages follow."""

import re
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from helpers.i18n import LANGUAGES
from helpers.syllabus import syllabus
from tools import errata

pytestmark = pytest.mark.one_lane

ROWS = errata.errata()
by_row = pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
WORDING = {13, 30, 35, 49, 51, 52, 60, 63}
HARMFUL = {1, 2, 3, 7, 8, 12, 14, 17, 18, 19, 20, 21, 22, 23, 24, 26, 29, 32, 33, 34, 39, 40, 42, 45, 56, 57}
# Which lesson shows which: decided when the lectures were read.
SHOWN = {
    "01": (32, 44, 52),
    "02": (4, 5, 6, 7, 17, 18, 56, 58, 62),
    "03": (8, 9, 10, 26, 30, 51, 61),
    "04": (10, 45, 46, 47, 48),
    "05": (12, 13, 14, 15, 16, 19, 50, 53, 63),
    "06": (29, 35),
    "07": (31, 42, 57),
    "08": (1, 2, 3, 54),
    "09": (11, 20, 21, 41, 55, 60),
    "10": (40, 48),
    "11": (43,),
    "12": (33, 34),
    "13": (36, 37, 38, 39, 59),
    "14": (22, 23, 24, 25, 27),
    "15": (28, 29),
    "16": (21, 42, 49),
}


def test_every_erratum_is_there_once():
    assert [row.id for row in ROWS] == [f"E-{number:02}" for number in range(1, 64)]


@by_row
def test_erratum_is_complete(row):
    number = int(row.id[2:])
    assert row.severity == ("A" if number in HARMFUL else "C" if number in WORDING else "B")
    assert row.lectures and set(row.lectures) <= {"S1", "S2", "S3", "S4", "S5"}
    assert row.lessons == tuple(lesson for lesson, shown in SHOWN.items() if number in shown)
    for text in (row.said, row.correct):
        assert set(text) == set(LANGUAGES)
        assert re.search("[가-힣]", text["ko"]) and not re.search("[가-힣]", text["en"])
        assert all(sentence.endswith(".") for sentence in text.values())


@pytest.mark.parametrize("lesson", syllabus().written, ids=lambda lesson: lesson.id)
def test_syllabus_and_errata_name_the_same(lesson):
    assert set(lesson.errata) == {row.id for row in ROWS if lesson.id in row.lessons}


def test_pages_are_up_to_date():
    assert errata.stale() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_shows_every_erratum_in_a_table(lang):
    tokens = MarkdownIt().enable("table").parse(errata.page(lang))
    rows = [place for place, token in enumerate(tokens) if token.type == "tr_open"]
    ends = [place for place, token in enumerate(tokens) if token.type == "tr_close"]
    cells = {
        sum(token.type in ("td_open", "th_open") for token in tokens[a:b]) for a, b in zip(rows, ends, strict=True)
    }
    assert len(rows) == len(ROWS) + 1 and cells == {5}
    shown = [after.content for token, after in pairwise(tokens) if token.type == "td_open"]
    for row in ROWS:
        assert row.said[lang] in shown and row.correct[lang] in shown


def test_stale_pages_are_named_and_written(tmp_path, monkeypatch):
    monkeypatch.setattr(errata, "FILES", {lang: tmp_path / f"{lang}.md" for lang in LANGUAGES})
    fault = "docs/{}.md is not what docs/errata.yml says: run `python -m tools build`."
    assert errata.stale() == [fault.format("en"), fault.format("ko")]
    errata.write()
    assert errata.stale() == []
    errata.FILES["ko"].write_text(errata.page("en"), encoding="utf-8")
    assert errata.stale() == [fault.format("ko")]
