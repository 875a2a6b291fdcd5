"""docs/glossary.yml: every term has both names and both meanings, and the pages follow."""

import re
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from helpers.i18n import LANGUAGES
from helpers.syllabus import syllabus
from tools import glossary
from tools.notebook import glossary as read

pytestmark = pytest.mark.one_lane

TERMS = read()


@pytest.mark.parametrize("key", TERMS)
def test_term_is_complete(key):
    term = TERMS[key]
    assert set(term) == {*LANGUAGES, "meaning"} and set(term["meaning"]) == set(LANGUAGES)
    assert re.search("[가-힣]", term["meaning"]["ko"]) and not re.search("[가-힣]", term["meaning"]["en"])


def test_every_term_of_a_lesson_is_in_the_glossary():
    used = {term for lesson in syllabus().written for term in lesson.terms}
    assert used <= set(TERMS)


def test_pages_are_up_to_date():
    assert glossary.stale() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_shows_every_term_in_order(lang):
    tokens = MarkdownIt().enable("table").parse(glossary.page(lang))
    assert sum(token.type == "tr_open" for token in tokens) == len(TERMS) + 1
    shown = [after.content for token, after in pairwise(tokens) if token.type == "td_open"]
    names = [cell.strip("*") for cell in shown[::4]]
    assert names == sorted((term[lang] for term in TERMS.values()), key=str.casefold)
    assert set(shown[2::4]) == {term["meaning"][lang] for term in TERMS.values()}


def test_stale_pages_are_named_and_written(tmp_path, monkeypatch):
    monkeypatch.setattr(glossary, "FILES", {lang: tmp_path / f"{lang}.md" for lang in LANGUAGES})
    fault = "docs/{}.md is not what docs/glossary.yml says: run `python -m tools build`."
    assert glossary.stale() == [fault.format("en"), fault.format("ko")]
    glossary.write()
    assert glossary.stale() == []
    glossary.FILES["en"].write_text(glossary.page("ko"), encoding="utf-8")
    assert glossary.stale() == [fault.format("en")]
