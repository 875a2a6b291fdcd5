"""Both languages in one string, and the one left that an edition needs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import i18n
from helpers.errors import CourseError
from helpers.i18n import is_marked, pick, say

UNMARKED = st.text(st.characters(exclude_characters="\ue000\ue001\ue002", exclude_categories=("Cs",)))


@pytest.fixture
def both(monkeypatch):
    """Build notebooks: every string carries both languages."""
    monkeypatch.setattr(i18n, "_language", "both")


@pytest.mark.parametrize(("lang", "text"), [("en", "epoch"), ("ko", "에포크")])
def test_say_speaks_the_language_in_use(lang, text):
    i18n.set_language(lang)
    assert i18n.language() == lang
    assert say(en="epoch", ko="에포크") == text


@pytest.mark.parametrize("lang", ["fr", "both", "EN", "", None])
def test_unknown_language_is_refused_and_changes_nothing(lang):
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=re.escape(repr(lang))):
        i18n.set_language(lang)
    assert i18n.language() == "ko"


def test_builder_keeps_both_languages_whatever_the_notebook_chooses(both, monkeypatch):
    monkeypatch.setenv("COURSE_LANG", "both")
    i18n.set_language("ko")
    assert i18n.language() == "both"


def test_pick_leaves_one_language_in_running_text(both):
    text = f"<p>{say(en='one', ko='하나')}</p> 2 {say(en='three', ko='셋')}\n"
    assert is_marked(text)
    assert pick(text, "en") == "<p>one</p> 2 three\n"
    assert pick(text, "ko") == "<p>하나</p> 2 셋\n"


def test_pick_follows_nested_marks(both):
    text = say(en=f"a {say(en='b', ko='ㄴ')} {say(en='c', ko='ㄷ')}", ko=f"ㄱ {say(en='b', ko='ㄴ')}")
    assert pick(text, "en") == "a b c"
    assert pick(text, "ko") == "ㄱ ㄴ"


@given(en=UNMARKED, ko=UNMARKED, before=UNMARKED)
def test_pick_gives_back_what_was_said(en, ko, before):
    i18n._language = "both"
    text = before + say(en=en, ko=ko)
    assert pick(text, "en") == before + en
    assert pick(text, "ko") == before + ko


@given(UNMARKED)
def test_pick_leaves_other_text_alone(text):
    assert pick(text, "en") == pick(text, "ko") == text
    assert not is_marked(text)
