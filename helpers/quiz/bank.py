"""Load the question bank: YAML written by hand becomes frozen records, or a refusal with file, line and what to do.

Refusals of a file are for authors and in English; what a student can meet is said in both languages.
"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.paths import COURSE
from helpers.quiz import faults, model
from helpers.quiz.model import Bank, Question, Words
from helpers.quiz.rules import rules
from helpers.quiz.source import Source, read

__all__ = ["ROOT", "find", "load_all", "load_bank", "load_file", "rules"]

ROOT = COURSE
_ID = re.compile(r"(\d{2})\.[qpe][1-9]\d*")
_SCHEMA = Path(__file__).resolve().parents[2] / "quizzes" / "schema.json"


def load_bank(lesson: str) -> Bank:
    """Return the questions of a lesson.

    Args:
        lesson: its two digits, for example "05".

    Raises:
        CourseError: the lesson has no bank, or its bank has a fault.
    """
    found = sorted((ROOT / "quizzes").glob(f"{lesson}_*.yaml")) if re.fullmatch(r"\d{2}", str(lesson)) else []
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise CourseError(f"Lesson {lesson} has more than one bank, {names}: keep one file.")
    if not found:
        raise CourseError(
            say(
                en=f'There are no questions for lesson {lesson!r}: give its two digits, for example quiz("05").',
                ko=f'{lesson!r} 차시의 문제를 찾을 수 없습니다. quiz("05")처럼 두 자리 번호를 넣으세요.',
            )
        )
    return load_file(found[0])


def load_all() -> tuple[Bank, ...]:
    """Return every bank of the course, in the order of the lessons."""
    return tuple(load_bank(path.name[:2]) for path in sorted((ROOT / "quizzes").glob("*.yaml")))


def load_file(path: Path | str, root: Path | None = None) -> Bank:
    """Return the questions of one file; a file that has not changed is read once.

    Args:
        path: the YAML file.
        root: the course it belongs to, with `course.yml` (objectives) and `lessons/` (headings); by default this one.

    Raises:
        CourseError: the first fault of the file, with file, line and what to do.
    """
    path = Path(path)
    changed = path.stat().st_mtime_ns if path.exists() else 0
    return _load(path, root or ROOT, changed)


def find(question_id: str, kind: type[Question] = Question) -> Question:
    """Return the question with this permanent id.

    Raises:
        CourseError: there is none, or it is of another kind than asked for.
    """
    match = _ID.fullmatch(str(question_id))
    questions = load_bank(match.group(1)).questions if match else ()
    for question in questions:
        if question.id == question_id and isinstance(question, kind):
            return question
    known = [question.id for question in questions if isinstance(question, kind)]
    example = ", ".join(known) or '"05.q1", "05.p1", "05.e1"'
    raise CourseError(
        say(
            en=f"There is no question {question_id!r} to use here: check its number (there are: {example}).",
            ko=f"여기에서 쓸 수 있는 {question_id!r} 문제가 없습니다. 번호를 확인하세요(있는 번호: {example}).",
        )
    )


@lru_cache(maxsize=64)
def _load(path: Path, root: Path, changed: int) -> Bank:
    source = read(path, _name(path, root))
    error = next(iter(sorted(_validator().iter_errors(source.data), key=faults.weight)), None)
    if error is not None:
        raise faults.of_schema(source, error)
    faults.refuse_wrong_place(source, path.name)
    faults.refuse_against_course(source, root)
    faults.refuse_contradictions(source)
    questions = tuple(_question(source, index, data) for index, data in enumerate(source.data["questions"]))
    return Bank(source.data["lesson"], questions)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def _name(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def _question(source: Source, index: int, data: dict[str, Any]) -> Question:
    common = {
        "id": data["id"],
        "kind": data["kind"],
        "objective": data["objective"],
        "section": Words(**data["section"]),
        "prompt": Words(**data["prompt"]),
        "hints": tuple(Words(**hint) for hint in data.get("hints", ())),
        "where": source.where(["questions", index]),
    }
    return _BUILDERS[data["kind"]](common, data)


def _choice(common: dict, data: dict) -> Question:
    return model.Choice(**common, options=_options(data))


def _predict(common: dict, data: dict) -> Question:
    return model.Predict(**common, options=_options(data))


def _options(data: dict) -> tuple[model.Option, ...]:
    return tuple(
        model.Option(
            id=option["id"],
            text=Words(**option["text"]),
            reason=Words(**option["reason"]),
            correct=option.get("correct", False),
            range=_range(option),
        )
        for option in data["options"]
    )


def _range(data: dict) -> tuple[float, float] | None:
    return faults.bounds(data["range"]) if "range" in data else None


def _number(common: dict, data: dict) -> Question:
    wrong = tuple(
        model.WrongNumber(reason=Words(**known["reason"]), value=known.get("value"), range=_range(known))
        for known in data.get("wrong", ())
    )
    return model.Number(
        **common,
        answer=data["answer"],
        absolute=data["tolerance"].get("abs", 0.0),
        relative=data["tolerance"].get("rel", 0.0),
        reason=Words(**data["reason"]),
        unit=Words(**data["unit"]) if "unit" in data else None,
        wrong=wrong,
    )


def _order(common: dict, data: dict) -> Question:
    items = tuple(model.Item(item["id"], Words(**item["text"])) for item in data["items"])
    return model.Order(**common, items=items, reason=Words(**data["reason"]))


def _code(common: dict, data: dict) -> Question:
    cases = tuple(model.Case(**{**case, "feedback": Words(**case["feedback"])}) for case in data["cases"])
    return model.Code(
        **common,
        name=data["name"],
        setup=data.get("setup", ""),
        starter=data["starter"],
        solution=data["solution"],
        cases=cases,
        wrong=tuple(model.WrongCode(**wrong) for wrong in data["wrong"]),
    )


_BUILDERS = {
    "single": _choice,
    "multiple": _choice,
    "number": _number,
    "order": _order,
    "predict": _predict,
    "code": _code,
}
