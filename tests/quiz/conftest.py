"""The example course of the fixtures, and a clean memory for each test."""

from pathlib import Path

import pytest

from helpers.quiz import bank, card, exercise, progress

COURSE = Path(__file__).resolve().parents[1] / "fixtures" / "quizzes"


@pytest.fixture(autouse=True)
def example_course(monkeypatch):
    """Let the quiz code find the example bank."""
    monkeypatch.setattr(bank, "ROOT", COURSE)
    return COURSE


@pytest.fixture(autouse=True)
def forget(monkeypatch):
    """Forget what an earlier test left in memory."""
    monkeypatch.setattr(progress, "_unsaved", [])
    monkeypatch.setattr(progress, "_notices", [])
    monkeypatch.setattr(progress, "_told", False)
    monkeypatch.setattr(card, "_open", {})
    monkeypatch.setattr(exercise, "_hints", {})


@pytest.fixture
def questions():
    """The questions of the example bank by id."""
    return {question.id: question for question in bank.load_bank("05").questions}
