"""The syllabus: lessons are found by every name they have, and what it says holds together."""

import re

import pytest

from helpers import i18n
from helpers.errors import CourseError
from helpers.syllabus import syllabus

pytestmark = pytest.mark.one_lane

LISTED = syllabus().lessons
WRITTEN = syllabus().written


def test_sixteen_lessons_in_order():
    assert [lesson.id for lesson in LISTED] == [f"{number:02}" for number in range(1, 17)]
    assert len({lesson.slug for lesson in LISTED}) == 16
    assert {"01", "02", "05"} <= {lesson.id for lesson in WRITTEN}


@pytest.mark.parametrize("lesson", LISTED, ids=lambda lesson: lesson.id)
def test_every_text_is_there_in_both_languages(lesson):
    assert re.fullmatch(r"[a-z][a-z_]+", lesson.slug)
    for text in (lesson.title, *lesson.objectives):
        assert set(text) == {"en", "ko"}
        assert not re.search("[가-힣]", text["en"])
        assert all(text.values())
    for objective in lesson.objectives:
        assert re.search("[가-힣]", objective["ko"])


@pytest.mark.parametrize("lesson", WRITTEN, ids=lambda lesson: lesson.id)
def test_written_lesson_is_complete(lesson):
    assert 1 <= len(lesson.objectives) <= 4
    assert lesson.minutes > 0
    assert lesson.rows and lesson.terms
    assert all(re.fullmatch(r"S[1-5]-\d\d", row) for row in lesson.rows)
    assert all(re.fullmatch(r"E-\d\d", erratum) for erratum in lesson.errata)
    for listing in (lesson.rows, lesson.errata, lesson.terms):
        assert len(set(listing)) == len(listing)
    known = {other.id for other in WRITTEN if other.id < lesson.id}
    assert set(lesson.prerequisites) <= known


@pytest.mark.parametrize(
    "name",
    [
        "05",
        "5",
        5,
        " 05 ",
        "learning_curves",
        "05_learning_curves",
        "05_learning_curves.py",
        "05_learning_curves.ipynb",
    ],
)
def test_lesson_answers_to_every_name(name):
    assert syllabus().lesson(name).name == "05_learning_curves"


@pytest.mark.parametrize("name", ["99", "", "00", "nonesuch", "17", "../05"])
def test_unknown_or_unwritten_lesson_gets_a_list(name):
    with pytest.raises(CourseError, match=r"choose one of 01, 02, .*05"):
        syllabus().lesson(name)


def test_near_miss_gets_a_guess_in_both_languages():
    with pytest.raises(CourseError, match=r"\(05 learning_curves\?\)"):
        syllabus().lesson("learning_curve")
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"레슨이 없습니다 \(05 learning_curves\?\)"):
        syllabus().lesson("learning_curve")


def test_address_is_a_github_repository():
    course = syllabus()
    assert re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", course.repository)
    assert course.folder == course.repository.split("/")[-1]
    assert re.fullmatch(r"v\d+\.\d+\.\d+", course.release)
