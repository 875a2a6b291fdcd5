"""Every question bank of the course: it loads, keeps the rules, and its code exercises do what they promise."""

from pathlib import Path

import pytest

from helpers.quiz import bank, cases
from helpers.quiz.grade import grade
from helpers.quiz.model import Choice, Code, Number, Order, Question

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "tests" / "fixtures" / "quizzes"
FILES = [(EXAMPLE / "quizzes" / "05_learning_curves.yaml", EXAMPLE)]
FILES += [(path, ROOT) for path in sorted((ROOT / "quizzes").glob("*.yaml"))]


def questions_of(kind: type[Question]) -> list:
    """Return all questions of a kind, for parametrize; a broken bank is left to `test_a_bank_loads`."""
    found = []
    for path, root in FILES:
        try:
            loaded = bank.load_file(path, root).questions
        except Exception:
            continue
        found += [pytest.param(one, id=f"{root.name}-{one.id}") for one in loaded if isinstance(one, kind)]
    return found


@pytest.mark.parametrize(("path", "root"), FILES, ids=lambda path: path.stem)
def test_a_bank_loads(path, root):
    assert bank.load_file(path, root).questions


def test_all_banks_together_keep_the_rules():
    assert bank.rules([bank.load_file(path, root) for path, root in FILES[1:]]) == []


@pytest.mark.parametrize("question", questions_of(Code))
def test_a_code_exercise_keeps_its_promises(question):
    check_code_question(question)


def check_code_question(question: Code) -> None:
    """Assert that the solution passes, the starter is not attempted, and each wrong answer is caught as it says."""
    assert grade(question, cases.run(question, question.starter)).outcome == "unanswered", "starter"
    solved = grade(question, cases.run(question, question.solution))
    assert solved.outcome == "right", [reason.text.en for reason in solved.reasons]
    for wrong in question.wrong:
        result = grade(question, cases.run(question, wrong.code))
        feedback = " ".join(reason.text.en for reason in result.reasons)
        assert result.outcome == "wrong", f"not caught: {wrong.code}"
        if wrong.case is None:
            assert wrong.says in feedback, f"says: {feedback}"
        else:
            assert result.failed_case == wrong.case, f"caught by case {result.failed_case}: {wrong.code}"


@pytest.mark.parametrize("question", questions_of(Choice))
def test_the_right_options_score_1(question):
    answer = question.right if question.kind == "multiple" else next(iter(question.right))
    assert grade(question, answer).score == 1


@pytest.mark.parametrize("question", questions_of(Number))
def test_the_right_number_scores_1_and_known_mistakes_are_known(question):
    assert grade(question, repr(question.answer)).score == 1
    for known in question.wrong:
        if known.value is not None:
            assert grade(question, repr(known.value)).reasons[0].text == known.reason


@pytest.mark.parametrize("question", questions_of(Order))
def test_the_right_order_scores_1(question):
    assert grade(question, [item.id for item in question.items]).score == 1
