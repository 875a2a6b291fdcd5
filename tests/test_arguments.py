"""Arguments that a reader gets wrong are answered in one sentence, in their language."""

import pytest

from helpers import i18n
from helpers.arguments import one_of
from helpers.errors import CourseError


def test_an_allowed_value_comes_back():
    assert one_of("min", ("min", "max"), "mode") == "min"
    assert one_of(64, (32, 64), "width") == 64


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "mode='mean' is not known: choose one of 'min', 'max'."),
        ("ko", "mode='mean': 'min', 'max' 가운데 고르세요."),
    ],
)
def test_another_value_is_refused_with_the_list(language, sentence):
    i18n.set_language(language)
    with pytest.raises(CourseError) as refused:
        one_of("mean", ("min", "max"), "mode")
    assert str(refused.value) == sentence


@pytest.mark.parametrize("value", [None, ["min"], {}])
def test_a_value_of_another_kind_is_refused_too(value):
    with pytest.raises(CourseError, match="mode="):
        one_of(value, ("min", "max"), "mode")
