"""Reading a lesson's source: two languages side by side, code once, ids that stay."""

import re

import pytest

from helpers.errors import CourseError
from helpers.syllabus import syllabus
from tools import source

pytestmark = pytest.mark.one_lane

TITLE = '# %% [markdown] lang="en" rows="S1-01 S1-02" errata="E-01"\n# # Title\n#\n# Text.\n\n'
TITLE_KO = '# %% [markdown] lang="ko" rows="S1-01 S1-02" errata="E-01"\n# # 제목\n#\n# 글.\n\n'
CODE = '# %% tags=["lecture", "nbval-ignore-output"]\nx = 1\nprint(x)\n\n'
MORE = "# %%\nprint(2)\n\n"


@pytest.fixture
def read(tmp_path):
    """Read a source given as text."""

    def read(text):
        path = tmp_path / "99_example.py"
        path.write_text(text, encoding="utf-8")
        return source.read(path)

    return read


def test_prose_in_both_languages_and_code_once(read):
    prose, code, more = read(TITLE + TITLE_KO + CODE + MORE)
    assert prose.prose == {"en": "# Title\n\nText.", "ko": "# 제목\n\n글."}
    assert prose.code is None
    assert (prose.rows, prose.errata) == (("S1-01", "S1-02"), ("E-01",))
    assert code.code == "x = 1\nprint(x)"
    assert code.prose is None
    assert code.tags == ("lecture", "nbval-ignore-output")
    assert (more.tags, more.rows, more.errata) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TITLE + CODE, '"# Title" has no Korean cell after it'),
        (TITLE, '"# Title" has no Korean cell after it'),
        (TITLE + TITLE + TITLE_KO, '"# Title" has no Korean cell after it'),
        (TITLE + CODE + TITLE_KO, '"# Title" has no Korean cell after it'),
        (CODE + TITLE_KO, '"# 제목" has no English cell before it'),
        (TITLE + TITLE_KO + TITLE_KO, '"# 제목" has no English cell before it'),
        ("# %% [markdown]\n# Text.\n\n" + CODE, '"Text." has no lang'),
        ('# %% [markdown] lang="fr"\n# Texte.\n', '"Texte." has no lang'),
    ],
)
def test_single_prose_is_refused_with_file_and_first_line(read, text, words):
    with pytest.raises(CourseError, match=re.escape(words)) as caught:
        read(text)
    assert str(caught.value).startswith("99_example.py: ")


def test_ids_stay_when_a_cell_is_put_before(read):
    before = read(TITLE + TITLE_KO + CODE + MORE)
    after = read("# %%\nimport sys\n\n" + TITLE + TITLE_KO + '# %%\nprint("new")\n\n' + CODE + MORE)
    assert [after[place].id for place in (1, 3, 4)] == [cell.id for cell in before]


def test_ids_of_equal_cells_differ_and_are_valid(read):
    cells = read(MORE * 3 + TITLE + TITLE_KO + TITLE + TITLE_KO)
    identities = [cell.id for cell in cells]
    assert len(set(identities)) == 5
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", identity) for identity in identities)


def test_id_follows_the_text_and_not_the_tags(read):
    (one,), (tagged,), (other,) = read(MORE), read(MORE.replace("%%", '%% tags=["lecture"]')), read("# %%\nprint(3)\n")
    assert one.id == tagged.id != other.id


def test_translation_alone_changes_no_id(read):
    assert read(TITLE + TITLE_KO)[0].id == read(TITLE + TITLE_KO.replace("글", "문장"))[0].id


@pytest.mark.parametrize("lesson", syllabus().written, ids=lambda lesson: lesson.name)
def test_committed_sources_are_bilingual(lesson):
    prose = [cell.prose for cell in source.read(source.source_path(lesson)) if cell.prose]
    assert prose
    for text in prose:
        assert re.search("[가-힣]", text["ko"])
        assert text["en"].count("```") == text["ko"].count("```")
        assert re.findall(r"^#+ ", text["en"], re.MULTILINE) == re.findall(r"^#+ ", text["ko"], re.MULTILINE)
