"""The loader: what it accepts, and that each fault is refused with file, line and what to do."""

import contextlib
import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import i18n
from helpers.errors import CourseError
from helpers.quiz import bank, source
from helpers.quiz.model import Bank, Choice, Code, Number, Option, Order, Predict, Words

COURSE = Path(__file__).resolve().parents[1] / "fixtures" / "quizzes"
BROKEN = sorted((COURSE / "broken").glob("*.yaml"))
EXAMPLE = COURSE / "quizzes" / "05_learning_curves.yaml"


def test_the_example_has_every_kind():
    questions = bank.load_bank("05").questions
    assert {question.kind for question in questions} == {"single", "multiple", "number", "order", "predict", "code"}
    assert {type(question) for question in questions} == {Choice, Number, Order, Predict, Code}
    assert [question.id for question in bank.load_bank("05").quiz] == ["05.q1", "05.q2", "05.q3", "05.q4"]


def test_a_question_knows_its_line(questions):
    line = int(re.search(r"line (\d+)", questions["05.q2"].where).group(1))
    assert 'id: "05.q2"' in EXAMPLE.read_text(encoding="utf-8").splitlines()[line - 1]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem[3:])
def test_a_fault_is_refused_with_file_line_and_what_to_do(path):
    says = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# says: ")
    with pytest.raises(CourseError) as refused:
        bank.load_file(path)
    message = str(refused.value)
    assert says in message
    assert message.startswith(f"broken/{path.name}")
    assert "line " in message or path.stem == "05_empty_file"
    assert message.count("\n") == 0 and message.endswith(".")


def test_the_faults_are_many():
    assert len(BROKEN) >= 50


def test_a_file_is_read_again_when_it_has_changed(tmp_path):
    path = tmp_path / "05_learning_curves.yaml"
    shutil.copy(EXAMPLE, path)
    first = bank.load_file(path)
    assert bank.load_file(path) is first
    path.write_text(path.read_text(encoding="utf-8").replace("05.q4", "05.q9"), encoding="utf-8")
    assert bank.load_file(path).quiz[-1].id == "05.q9"


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(CourseError, match="cannot be read"):
        bank.load_file(tmp_path / "05_none.yaml")
    (tmp_path / "05_bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match="UTF-8"):
        bank.load_file(tmp_path / "05_bytes.yaml")


def test_two_files_for_one_lesson(tmp_path, monkeypatch):
    (tmp_path / "quizzes").mkdir()
    for name in ("05_a.yaml", "05_b.yaml"):
        shutil.copy(EXAMPLE, tmp_path / "quizzes" / name)
    monkeypatch.setattr(bank, "ROOT", tmp_path)
    with pytest.raises(CourseError, match="more than one bank"):
        bank.load_bank("05")


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("lesson", ["99", "5", "../05", "", None, 5])
def test_a_lesson_without_questions(lesson, lang):
    i18n.set_language(lang)
    with pytest.raises(CourseError, match=r"quiz\(\"05\"\)"):
        bank.load_bank(lesson)


@pytest.mark.parametrize("name", ["05.q99", "05.p1 ", "nonsense", "", None, 7, "99.q1", "05.e1"])
def test_an_unknown_question(name):
    with pytest.raises(CourseError):
        bank.find(name, Choice)


@given(st.text(max_size=80))
def test_any_text_is_parsed_or_refused(text):
    with contextlib.suppress(CourseError):
        source.parse(text, "x.yaml")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=12,
    )
)
def test_any_data_is_refused_by_the_schema(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "05_any.yaml"
    path.write_text(yaml.safe_dump({"lesson": "05", "questions": data}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CourseError):
        bank.load_file(path)


@given(st.sampled_from(EXAMPLE.read_text(encoding="utf-8").splitlines()), st.text(max_size=12))
def test_an_example_with_one_spoilt_line_is_loaded_or_refused(tmp_path_factory, line, text):
    path = tmp_path_factory.mktemp("spoilt") / "05_spoilt.yaml"
    whole = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(whole.replace(line, line[: len(line) // 2] + text, 1), encoding="utf-8", errors="replace")
    with contextlib.suppress(CourseError):
        assert bank.load_file(path).questions


def test_very_deep_yaml_is_refused():
    with pytest.raises(CourseError):
        source.parse("[" * 5000, "x.yaml")


def choice(number, right, texts=("one", "two", "three"), ko=("하나", "둘", "셋")):
    """Return a single question whose right option is at `right`."""
    options = tuple(
        Option("abc"[i], Words(texts[i], ko[i]), Words("So.", "그렇습니다."), correct=i == right) for i in range(3)
    )
    words = Words("Why?", "왜일까요?")
    return Choice(f"05.q{number}", "single", 1, words, words, (words,), "here, line 1", options)


def banks(*questions):
    return [Bank("05", questions)]


def test_the_example_keeps_the_rules():
    assert bank.rules([bank.load_bank("05")]) == []


def test_no_position_is_right_too_often():
    assert bank.rules(banks(*(choice(i, i % 3, ("x", "x", "x"), ("가", "가", "가")) for i in range(1, 10)))) == []
    found = bank.rules(banks(*(choice(i, 1, ("x", "x", "x"), ("가", "가", "가")) for i in range(1, 10))))
    assert len(found) == 1 and "option b is right in 9 of 9" in found[0]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_longest_option_is_not_the_right_one_too_often(lang):
    long = {lang: ("x", "x", "much longer")} if lang == "en" else {lang: ("가", "가", "훨씬 긴 보기")}
    texts, ko = long.get("en", ("x", "x", "x")), long.get("ko", ("가", "가", "가"))
    turned = [(texts[-i:] + texts[:-i], ko[-i:] + ko[:-i]) for i in range(3)]
    questions = [choice(n, (2 + n % 3) % 3, *turned[n % 3]) for n in range(1, 10)]
    found = bank.rules(banks(*questions))
    assert len(found) == 1 and f"in {lang} the longest option" in found[0]


def test_korean_must_be_korean_and_english_english():
    found = bank.rules(banks(choice(1, 0, ko=("하나", "two", "`x = 3`")), choice(2, 0, texts=("하나", "b", "c"))))
    assert len(found) == 2
    assert "Korean text of b" in found[0] and "English text of a" in found[1]


def test_ids_are_unique_across_banks():
    found = bank.rules([*banks(choice(1, 0)), *banks(choice(1, 0))])
    assert len(found) == 1 and "taken already" in found[0]
