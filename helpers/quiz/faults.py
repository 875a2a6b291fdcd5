"""What can be wrong in one bank file, each said with its line and what to do (for authors, in English)."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from helpers.errors import CourseError
from helpers.quiz.markup import to_plain
from helpers.quiz.source import Source, decimal

_SAYS = {
    "pattern": "{value!r} does not have the form that belongs here ({rule})",
    "enum": "{value!r} is unknown: use one of {rule}",
    "minimum": "{value!r} is too small: use {rule} or more",
    "maximum": "{value!r} is too large: use {rule} or less",
    "minItems": "this list is too short: give at least {rule}",
    "maxItems": "this list is too long: give at most {rule}",
    "minLength": "the text is empty: write it or delete the line",
    "minProperties": "something is missing here: give {rule} of the keys that belong here",
    "maxProperties": "there are too many keys here: give {rule} of them",
}
_LETTERS = "abcdefgh"


def weight(error: jsonschema.ValidationError) -> tuple:
    """Order errors by their place in the file."""
    return [(str(type(step)), step) for step in error.absolute_path], error.validator or ""


def of_schema(source: Source, error: jsonschema.ValidationError) -> CourseError:
    """Turn an error of the JSON Schema into a sentence with file and line."""
    path = list(error.absolute_path)
    if error.validator == "required":
        return source.fault(path, _missing(error))
    if error.validator == "additionalProperties":
        extra = next(key for key in error.instance if key not in error.schema["properties"])
        known = ", ".join(error.schema["properties"])
        return source.fault([*path, extra], f"the key {extra!r} does not belong here: use {known}")
    if error.validator == "type":
        return source.fault(path, _wrong_type(error, getattr(source.node(path), "value", "")))
    if error.validator == "pattern" and path[-1:] == ["id"]:
        return source.fault(path, _wrong_id(error))
    says = _SAYS.get(error.validator, "{value!r} does not belong here")
    rule = ", ".join(map(str, error.validator_value)) if error.validator == "enum" else error.validator_value
    return source.fault(path, says.format(value=error.instance, rule=rule))


def _missing(error: jsonschema.ValidationError) -> str:
    key = next(key for key in error.validator_value if key not in error.instance)
    language = {"en": "English", "ko": "Korean"}.get(key)
    if language:
        return f"the {language} text is missing: write `{key}:` beside the other language"
    return f"the key `{key}` is missing: add it"


def _wrong_type(error: jsonschema.ValidationError, written: Any) -> str:
    wanted = error.validator_value
    written = written if isinstance(written, str) else ""
    if wanted == "string" and isinstance(error.instance, bool | int | float):
        return f'{written} is read as {type(error.instance).__name__}, not as text: write "{written}" in quotes'
    if wanted == "string" and error.instance is None:
        return "the text is empty: write it or delete the line"
    if "number" in wanted and isinstance(error.instance, str) and decimal(written):
        return f"YAML reads {written} as text, not as a number: write {decimal(written)} instead of {written}"
    if wanted == "boolean":
        return f"{written or error.instance!r} is neither: write true or false, without quotes"
    names = {"object": "keys with values (such as `en:` and `ko:`)", "array": "a list", "string": "a text"}
    wanted = " or ".join([wanted] if isinstance(wanted, str) else wanted)
    return f"{names.get(wanted, f'a {wanted}')} is due here"


def _wrong_id(error: jsonschema.ValidationError) -> str:
    pattern = error.validator_value
    if pattern.startswith("^[a-h]"):
        return f"{error.instance!r} is not an option's id: name the options a, b, c in this order"
    letter = next((letter for letter in "qpe" if f".{letter}[" in pattern), None)
    if letter is None:
        return f"{error.instance!r} is not an item's id: use small letters, digits and _"
    kind = {"q": "a quiz question", "p": "a prediction", "e": "a code exercise"}[letter]
    return f'{error.instance!r} is not the id of {kind}: write it like "05.{letter}1"'


def refuse_wrong_place(source: Source, filename: str) -> None:
    """Refuse a lesson that is not the file's, ids that are not the lesson's, and ids that come twice."""
    lesson = source.data["lesson"]
    if not filename.startswith(f"{lesson}_"):
        raise source.fault(["lesson"], f'the file is called {filename}, so write lesson: "{filename[:2]}"')
    seen: dict[str, str] = {}
    for index, question in enumerate(source.data["questions"]):
        path, name = ["questions", index, "id"], question["id"]
        if not name.startswith(f"{lesson}."):
            raise source.fault(path, f"the question {name} is not of lesson {lesson}: begin its id with {lesson}")
        if name in seen:
            raise source.fault(path, f"the id {name} is taken already ({seen[name]}): ids are unique and permanent")
        seen[name] = source.where(path)


def refuse_against_course(source: Source, root: Path) -> None:
    """Refuse objectives that course.yml does not know and sections that the lesson does not have."""
    lesson = source.data["lesson"]
    known = _objectives(root, lesson)
    headings = {lang: _headings(root, lesson, lang) for lang in ("en", "ko")}
    for index, question in enumerate(source.data["questions"]):
        path = ["questions", index]
        if known is not None and question["objective"] > known:
            raise source.fault(
                [*path, "objective"], f"lesson {lesson} has no objective {question['objective']}: use 1 to {known}"
            )
        for lang, there in headings.items():
            wanted = question["section"][lang]
            if there and _heading(wanted) not in there:
                raise source.fault(
                    [*path, "section", lang],
                    f"the lesson has no heading {wanted!r}: copy one of its {lang} headings word by word",
                )


def _objectives(root: Path, lesson: str) -> int | None:
    """Return how many objectives a lesson has, or None where the course does not say (yet)."""
    try:
        lessons = yaml.safe_load((root / "course.yml").read_text(encoding="utf-8"))["lessons"]
        return next((len(entry["objectives"]) for entry in lessons if str(entry["id"]) == lesson), None)
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return None  # course.yml is checked elsewhere, a quiz does not stop for it


def _headings(root: Path, lesson: str, lang: str) -> set[str]:
    """Return the headings of a lesson's prose cells in one language; none where the lesson is not there (yet)."""
    found: set[str] = set()
    for path in sorted((root / "lessons").glob(f"{lesson}_*.py")):
        for cell in re.split(r"(?m)^# %%", path.read_text(encoding="utf-8")):
            first, _, body = cell.partition("\n")
            if "[markdown]" in first and f'lang="{lang}"' in first:
                found |= {_heading(text) for text in re.findall(r"(?m)^(?:# )?#{1,6} (.+)$", body)}
    return found


def _heading(text: str) -> str:
    return to_plain(text).casefold()


def refuse_contradictions(source: Source) -> None:
    """Refuse what contradicts itself within one question."""
    for index, question in enumerate(source.data["questions"]):
        path = ["questions", index]
        _refuse_math(source, path, question)
        for check in _CHECKS[question["kind"]]:
            for place, sentence in check(question):
                raise source.fault([*path, *place], sentence)


_Finding = tuple[list[str | int], str]


def _refuse_math(source: Source, path: list, data: Any) -> None:
    """A pair of $ would be typeset as mathematics by some front ends and shown raw by others."""
    if isinstance(data, dict) and set(data) == {"en", "ko"}:
        for lang, text in data.items():
            if text.count("$") > 1:
                raise source.fault([*path, lang], "quiz texts have no $formulas$: say it in words or in `code`")
    elif isinstance(data, dict | list):
        for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
            _refuse_math(source, [*path, key], inner)


def _letters(question: dict) -> Iterator[_Finding]:
    for index, option in enumerate(question["options"]):
        if option["id"] != _LETTERS[index]:
            yield (
                ["options", index, "id"],
                f"this option is called {option['id']!r}: call it {_LETTERS[index]!r}",
            )


def _same_text(question: dict, key: str) -> Iterator[_Finding]:
    for lang in ("en", "ko"):
        seen: dict[str, str] = {}
        for index, part in enumerate(question[key]):
            text = to_plain(part["text"][lang]).casefold()
            if text in seen:
                yield [key, index, "text", lang], f"the same text as {seen[text]!r}: every text must be different"
            seen[text] = part["id"]


def _same_options(question: dict) -> Iterator[_Finding]:
    yield from _same_text(question, "options")


def _same_items(question: dict) -> Iterator[_Finding]:
    yield from _same_text(question, "items")
    ids = [item["id"] for item in question["items"]]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield ["items", index, "id"], f"the id {name!r} is used twice: give every item its own"


def _one_right(question: dict) -> Iterator[_Finding]:
    right = [option["id"] for option in question["options"] if option["correct"]]
    if len(right) != 1:
        yield (
            ["options"],
            f"a single question has one right option, here are {len(right)}: set one `correct: true`",
        )


def _some_right(question: dict) -> Iterator[_Finding]:
    right = sum(option["correct"] for option in question["options"])
    if not 0 < right < len(question["options"]):
        yield (
            ["options"],
            "a multiple question needs a right and a wrong option: set `correct` accordingly",
        )


def _known_mistakes(question: dict) -> Iterator[_Finding]:
    answer, tolerance = question["answer"], question["tolerance"]
    width = max(tolerance.get("abs", 0), tolerance.get("rel", 0) * abs(answer))
    for index, known in enumerate(question.get("wrong", ())):
        if "range" in known:
            yield from _bad_range(["wrong", index], known["range"])
            low, high = bounds(known["range"])
            right = low <= answer < high
        else:
            right = abs(known["value"] - answer) <= width
        if right:
            yield ["wrong", index], "this mistake would count as right: move it away from the answer"


def bounds(pair: list[float | None]) -> tuple[float, float]:
    """Return (low, high) of a half-open range; null stands for no end."""
    low, high = pair
    return (-math.inf if low is None else low, math.inf if high is None else high)


def _bad_range(path: list, pair: list) -> Iterator[_Finding]:
    low, high = bounds(pair)
    if not low < high:
        yield [*path, "range"], f"the range [{pair[0]}, {pair[1]}] is empty: put the smaller number first"


def _ranges(question: dict) -> Iterator[_Finding]:
    options = question["options"]
    with_range = [index for index, option in enumerate(options) if "range" in option]
    if with_range and len(with_range) < len(options):
        yield ["options"], "only some options have a range: give one to all of them or to none"
    for index in with_range:
        yield from _bad_range(["options", index], options[index]["range"])
    ordered = sorted(with_range, key=lambda index: bounds(options[index]["range"]))
    for before, after in pairwise(ordered):
        if bounds(options[after]["range"])[0] < bounds(options[before]["range"])[1]:
            names = f"{options[before]['id']} and {options[after]['id']}"
            yield ["options", after, "range"], f"the ranges of {names} overlap: [lo, hi] goes up to, not including, hi"


def _python(question: dict) -> Iterator[_Finding]:
    parts = [([key], question[key], "exec") for key in ("setup", "starter", "solution") if key in question]
    parts += [(["wrong", index, "code"], wrong["code"], "exec") for index, wrong in enumerate(question["wrong"])]
    for index, case in enumerate(question["cases"]):
        parts += [(["cases", index, key], case[key], "eval") for key in ("call", "expect")]
    for path, code, mode in parts:
        try:
            compile(code.strip(), "<bank>", mode)
        except (SyntaxError, ValueError) as error:
            what = "an expression" if mode == "eval" else "Python"
            yield path, f"this is not {what} ({error.args[0]}): write code that runs"


def _known_cases(question: dict) -> Iterator[_Finding]:
    for index, wrong in enumerate(question["wrong"]):
        if wrong.get("case", 1) > len(question["cases"]):
            yield (
                ["wrong", index, "case"],
                f"there is no case {wrong['case']}: cases count from 1 to {len(question['cases'])}",
            )


_CHECKS = {
    "single": (_letters, _same_options, _one_right),
    "multiple": (_letters, _same_options, _some_right),
    "number": (_known_mistakes,),
    "order": (_same_items,),
    "predict": (_letters, _same_options, _ranges),
    "code": (_python, _known_cases),
}
