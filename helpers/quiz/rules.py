"""Rules that concern all banks together; `python -m tools check` calls them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from helpers.quiz.markup import to_plain, without_code
from helpers.quiz.model import Bank, Choice, Code, Item, Option, Order, Predict, Question, Words

SHARE = 0.4  # no position, and not "the longest", may be right more often than this
ENOUGH = 5  # below this number of questions a share says nothing
_HANGUL = re.compile("[가-힣]")
_LETTER = re.compile("[A-Za-z]")


def rules(banks: Sequence[Bank]) -> list[str]:
    """Return what all banks together do wrong, one sentence each; an empty list if nothing.

    Args:
        banks: as `load_all` returns them.
    """
    questions = [question for bank in banks for question in bank.questions]
    choices = [question for question in questions if isinstance(question, Choice)]
    return [*_twice(questions), *_positions(choices), *_lengths(choices), *_languages(questions)]


def _twice(questions: list[Question]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for question in questions:
        if question.id in seen:
            yield f"{question.where}: the id {question.id} is taken already ({seen[question.id]}): give it a new one."
        seen[question.id] = question.where


def _positions(choices: list[Choice]) -> Iterator[str]:
    if len(choices) < ENOUGH:
        return
    slots = Counter(letter for question in choices for letter in question.right)
    total = sum(slots.values())
    for letter, count in sorted(slots.items()):
        if count > SHARE * total:
            yield (
                f"quizzes/*.yaml: option {letter} is right in {count} of {total} cases: "
                f"move right options to other places until none has more than {SHARE:.0%}."
            )


def _lengths(choices: list[Choice]) -> Iterator[str]:
    singles = [question for question in choices if question.kind == "single"]
    if len(singles) < ENOUGH:
        return
    for lang in ("en", "ko"):
        telling = [question.id for question in singles if _longest_is_right(question, lang)]
        if len(telling) > SHARE * len(singles):
            yield (
                f"quizzes/*.yaml: in {lang} the longest option is the right one in {len(telling)} of {len(singles)} "
                f"single questions ({', '.join(telling)}): shorten it or lengthen others."
            )


def _longest_is_right(question: Choice, lang: str) -> bool:
    lengths = {option.id: len(to_plain(getattr(option.text, lang))) for option in question.options}
    longest = [name for name, length in lengths.items() if length == max(lengths.values())]
    return set(longest) == question.right


def _languages(questions: list[Question]) -> Iterator[str]:
    for question in questions:
        for name, words in _texts(question):
            prose = without_code(words.ko)
            if not _HANGUL.search(prose) and _LETTER.search(prose):
                yield f"{question.where}: the Korean {name} of {question.id} has no Hangul: translate it."
            if _HANGUL.search(without_code(words.en)):
                yield f"{question.where}: the English {name} of {question.id} has Hangul: translate it."


def _texts(question: Question) -> Iterator[tuple[str, Words]]:
    yield "prompt", question.prompt
    parts: Sequence[Option | Item] = ()
    if isinstance(question, Choice | Predict):
        parts = question.options
        yield from ((f"reason of {option.id}", option.reason) for option in parts)
    elif isinstance(question, Order):
        parts = question.items
    elif isinstance(question, Code):
        yield from ((f"feedback of case {index}", case.feedback) for index, case in enumerate(question.cases, 1))
    yield from ((f"text of {part.id}", part.text) for part in parts)
    yield from (("hint", hint) for hint in question.hints)
