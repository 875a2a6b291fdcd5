"""Read YAML that people write by hand: know the line of everything, and refuse what YAML would silently change.

These messages are for authors, so they are in English only.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import CourseError

_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float")}
_BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float"))


class _Loader(yaml.SafeLoader):
    """A SafeLoader that knows text, numbers, true/false and null only: no dates, aliases, merges or tags."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (PyYAML's own name for it)
        first: [(tag, pattern) for tag, pattern in pairs if tag in _PLAIN_TAGS]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> yaml.Node:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _fault(event, 'a text that begins with * needs quotes: write "*…"')
        if event.anchor is not None:
            raise _fault(event, 'a text that begins with & needs quotes: write "&…"')
        if event.tag is not None:
            raise _fault(event, 'a text that begins with ! needs quotes: write "!…"')
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class Source:
    """A YAML file that has been read: its data, and the line of each part of it."""

    name: str
    data: Any
    root: yaml.Node

    def where(self, path: Iterable[str | int] = ()) -> str:
        """Return "file, line n" for a path of keys and indexes; of its nearest part where it does not exist."""
        return f"{self.name}, line {self.node(path).start_mark.line + 1}"

    def node(self, path: Iterable[str | int]) -> yaml.Node:
        """Return the node at a path, or the last one that exists on the way to it."""
        node = self.root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return node

    def fault(self, path: Iterable[str | int], sentence: str) -> CourseError:
        """Return the error that names file and line and says what to do."""
        return CourseError(f"{self.where(path)}: {sentence}.")


def read(path: Path, name: str) -> Source:
    """Read one YAML file.

    Args:
        path: the file.
        name: what messages call it.

    Raises:
        CourseError: the file is not there, is not UTF-8 or YAML, or holds something YAML would silently change.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{name}: cannot be read as a text file in UTF-8 ({error}).") from None
    return parse(text, name)


def parse(text: str, name: str) -> Source:
    """Parse the text of a YAML file; see `read`."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise CourseError(f"{name}: the file is empty: begin with `lesson:` and `questions:`.")
        _refuse_traps(root)
        return Source(name, loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise CourseError(f"{name}{line}: {_explain(error.problem)}.") from None
    except (yaml.YAMLError, ValueError) as error:
        raise CourseError(f"{name}: this is not YAML ({' '.join(str(error).split())}).") from None
    except RecursionError:
        raise CourseError(f"{name}: the lists and mappings are nested too deeply.") from None


def decimal(text: str) -> str | None:
    """Return a number written so that YAML reads it as a number ("1e-3" as "0.001"), or None if it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return format(Decimal(repr(value)), "f") if math.isfinite(value) else None


def _fault(at: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


def _explain(problem: str | None) -> str:
    """Add what to do where PyYAML only says what it met."""
    if problem and ("expected" in problem or "not allowed" in problem or "cannot start" in problem):
        return f"this is not YAML ({problem}): put texts that hold any of * & ! , : ? # ` {{ }} in quotes"
    return problem or "this is not YAML"


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _refuse_traps(node: yaml.Node) -> None:
    if isinstance(node, yaml.ScalarNode):
        _refuse_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            _refuse_traps(inner)
    else:
        _refuse_keys(node)
        for key, value in node.value:
            _refuse_cut_text(key, value)
            _refuse_traps(key)
            _refuse_traps(value)


def _refuse_keys(node: yaml.MappingNode) -> None:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _fault(key, "a key must be one word")
        if key.value in seen:
            raise _fault(key, f"the key '{key.value}' is already in line {seen[key.value]}: keep one of the two")
        seen[key.value] = key.start_mark.line + 1


def _refuse_cut_text(key: yaml.ScalarNode, value: yaml.Node) -> None:
    """Refuse a sentence whose end YAML would drop as a comment."""
    if key.value not in ("en", "ko") or not isinstance(value, yaml.ScalarNode) or value.style is not None:
        return
    rest = value.end_mark.buffer[value.end_mark.pointer :].split("\n", 1)[0]
    if rest.lstrip(" ").startswith("#"):
        raise _fault(value, "YAML drops what follows # as a comment: put the text in quotes")


def _refuse_scalar(node: yaml.ScalarNode) -> None:
    text = node.value
    if node.tag == _BOOL and text.lower() not in ("true", "false"):
        raise _fault(node, f'YAML reads {text} as true or false: write "{text}" in quotes, or true or false')
    if node.tag in (_INT, _FLOAT) and ":" in text:
        raise _fault(node, f'YAML reads {text} as a number to base 60: write "{text}" in quotes')
    if node.tag == _INT and text.lstrip("+-").startswith("0") and text.lstrip("+-") != "0":
        raise _fault(node, f'YAML does not read {text} as a decimal number: write "{text}" in quotes, or no leading 0')
    if node.tag == _FLOAT and text.lstrip("+-").lower() in (".inf", ".nan"):
        raise _fault(node, f"{text} is not a finite number: leave it out, or write null in a range without an end")
