"""docs/legacy.yml: every call does what the table says, every modern form runs without a warning, the pages follow."""

import dataclasses
import re
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from helpers.i18n import LANGUAGES
from helpers.syllabus import syllabus
from tools import legacy
from tools.legacy import Observation, Outcome

TABLE = legacy.table()
CASES = [
    pytest.param(case, id=row.id + f".{number}" * (number > 1))
    for row in TABLE.rows
    for number, case in enumerate(row.cases, start=1)
]
CALLS = [param.values[0] for param in CASES]
by_row = pytest.mark.parametrize("row", TABLE.rows, ids=[row.id for row in TABLE.rows])


def altered(outcome):
    """Outcomes that differ from one in a single thing."""
    if outcome.kind != "works":
        yield Outcome("works", "as before", holds=outcome.holds)
        yield dataclasses.replace(outcome, what="NoSuchName")
        yield dataclasses.replace(outcome, says=outcome.says + " or something else")
    if outcome.kind != "raises":
        yield Outcome("raises", "Exception")
    if outcome.kind != "warns":
        yield Outcome("warns", "UserWarning")


# --- what the calls do -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_call_does_what_the_table_says(case):
    seen = legacy.observe(case.run, TABLE.setup, case.expected.holds, case.fresh)
    assert seen.fits(case.expected), f"The table says {case.expected}; here: {seen}"
    for other in altered(case.expected):
        assert not seen.fits(other), f"{other} goes unnoticed: {seen}"


@pytest.mark.slow
@by_row
def test_modern_form_runs_without_a_warning(row):
    assert legacy.observe(row.modern_run, TABLE.setup) == Observation(None, (), True)


# --- the records -----------------------------------------------------------------------------------------------------


def test_every_row_of_the_legacy_table_is_there_once():
    assert [row.id for row in TABLE.rows] == [f"K-{number:02}" for number in range(1, 57)]


@by_row
def test_row_is_complete(row):
    assert set(row.lectures) <= {"S1", "S2", "S3", "S4", "S5"}
    assert row.lesson in [lesson.id for lesson in syllabus().lessons]
    assert set(row.note) == set(LANGUAGES)
    assert re.search("[가-힣]", row.note["ko"]) and not re.search("[가-힣]", row.note["en"])
    assert row.note["en"].endswith(".") and re.search(r"(니다|세요)(\(.*\))?\.$", row.note["ko"])


@pytest.mark.parametrize("case", CASES)
def test_outcome_says_what_is_seen(case):
    for outcome in (case.outcome, *case.outcome_on.values()):
        assert outcome.kind in ("raises", "warns", "works")
        assert bool(outcome.says) == (outcome.kind != "works")
        assert outcome.kind != "works" or outcome.what in ("as before", "otherwise")
        assert outcome.holds or outcome.what != "otherwise"
        assert not (outcome.holds and outcome.kind == "raises")


@by_row
def test_what_is_shown_is_what_is_run(row):
    """Commands of a shell or a notebook aside, which other code stands in for."""
    for shown, run in [*((case.call, case.run) for case in row.cases), (row.modern, row.modern_run)]:
        for line in shown.splitlines():
            assert line in run or line.startswith(("$ ", "!", "%"))


# --- carrying out ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "holds", "expected"),
    [
        ("a = 1", "a == 1", Observation(None, (), True)),
        ("a = 1", "a == 2", Observation(None, (), False)),
        ("a = 1\n1 / 0", "a == 1", Observation(("ZeroDivisionError", "division by zero"), (), False)),
        ("a =", "", Observation(("SyntaxError", "invalid syntax (call, line 1)"), (), False)),
        ("import warnings; warnings.warn('hot')", "", Observation(None, (("UserWarning", "hot"),), True)),
        ("import absl.logging; absl.logging.warning('hot')", "", Observation(None, (("log", "hot"),), True)),
        ("print('hot')", "'hot' in printed and 'cold' not in printed", Observation(None, (), True)),
        (
            "import warnings; warnings.warn('mine', DeprecationWarning); exec(inner, {'__name__': 'elsewhere'})",
            "",
            Observation(None, (("DeprecationWarning", "mine"),), True),
        ),
    ],
)
def test_observe_tells_what_a_reader_sees(code, holds, expected):
    inner = "import warnings; warnings.warn('theirs', DeprecationWarning)"
    assert legacy.observe(code, f"inner = {inner!r}", holds) == expected


@pytest.mark.slow
def test_a_process_of_its_own_leaves_this_one_alone(monkeypatch):
    monkeypatch.delenv("OF_ITS_OWN", raising=False)
    code = "import os; place = os.environ['OF_ITS_OWN']; 1 / 0"
    seen = legacy.observe(code, fresh="import os; os.environ['OF_ITS_OWN'] = 'here'")
    assert seen == Observation(("ZeroDivisionError", "division by zero"), (), False)
    assert legacy.observe("import os; os.environ['OF_ITS_OWN']").raised == ("KeyError", "'OF_ITS_OWN'")


@pytest.mark.parametrize(("installed", "kind"), [("3.13.2", "works"), ("3.15.1", "warns"), ("3.130.0", "warns")])
def test_outcome_of_the_installed_version_is_expected(monkeypatch, installed, kind):
    case = next(case for case in CALLS if "keras 3.13" in case.outcome_on and case.outcome.kind == "warns")
    monkeypatch.setattr(legacy.importlib.metadata, "version", lambda package: installed)
    assert case.expected.kind == kind


def test_misspelt_keys_are_refused():
    with pytest.raises(TypeError, match="runs"):
        legacy._case("a", {"works": "as before"}, runs="b")
    with pytest.raises(ValueError):
        legacy._outcome(raises="ValueError", sais="no")


# --- the page --------------------------------------------------------------------------------------------------------


def test_pages_are_up_to_date():
    assert legacy.stale() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_shows_every_call_in_a_table(lang):
    tokens = MarkdownIt().enable("table").parse(legacy.page(lang))
    rows = [place for place, token in enumerate(tokens) if token.type == "tr_open"]
    cells = [sum(token.type in ("td_open", "th_open") for token in tokens[place : place + 12]) for place in rows]
    lessons = {row.lesson for row in TABLE.rows}
    assert len(rows) == len(CALLS) + len(lessons) and set(cells) == {4}
    assert sum(token.tag == "h2" and token.type == "heading_open" for token in tokens) == len(lessons)
    inside = [after.children for token, after in pairwise(tokens) if token.type == "td_open"]
    inline = [child for children in inside for child in children]
    assert not [child for child in inline if child.type in ("em_open", "strong_open")]
    shown = "".join(child.content for child in inline)
    for row in TABLE.rows:
        assert row.id in shown and re.sub(r"[`\\]", "", row.note[lang])[:20] in re.sub(r"[`\\]", "", shown)


def test_stale_pages_are_named_and_written(tmp_path, monkeypatch):
    monkeypatch.setattr(legacy, "FILES", {lang: tmp_path / f"{lang}.md" for lang in LANGUAGES})
    fault = "docs/{}.md is not what docs/legacy.yml says: run `python -m tools build`."
    assert legacy.stale() == [fault.format("en"), fault.format("ko")]
    legacy.write()
    assert legacy.stale() == []
    legacy.FILES["ko"].write_text(legacy.page("en"), encoding="utf-8")
    assert legacy.stale() == [fault.format("ko")]
