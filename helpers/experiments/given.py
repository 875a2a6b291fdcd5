"""What `compare` is given: brought into shape, or refused in one sentence before anything is trained."""

import inspect
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral
from typing import Any

import keras

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.training.arrays import as_arrays
from helpers.training.fitting import build as create_variables

PARTS = ("train", "val", "test")
DECIDED = ("validation_data", "validation_split", "validation_freq", "verbose", "initial_epoch")
ELSEWHERE = ("self", "x", "y", "callbacks")  # arguments of `model.fit` that compare has a place of its own for
KNOWN = [name for name in inspect.signature(keras.Model.fit).parameters if name not in (*DECIDED, *ELSEWHERE)]


def as_seeds(seeds: int | Iterable[int]) -> tuple[int, ...]:
    """Return the seeds 0, 1, … of a number, or those listed."""
    try:
        listed = tuple(range(seeds)) if isinstance(seeds, Integral) else tuple(map(operator.index, seeds))
    except TypeError:
        listed = ()
    if not listed or len(set(listed)) < len(listed) or not 0 <= min(listed) <= max(listed) < 2**32:
        raise CourseError(
            say(
                en=f"seeds={seeds!r} does not name at least one seed, each once: give a number such as 10, or whole "
                "numbers from 0 on.",
                ko=f"seeds={seeds!r}: 시드는 하나 이상, 0 이상의 서로 다른 정수여야 합니다. 10과 같은 개수나 정수 "
                "목록을 주세요.",
            )
        )
    return listed


def require_named(variants: Any) -> None:
    """Refuse anything but one or more variants by name."""
    if not isinstance(variants, Mapping) or not variants or not all(isinstance(name, str) for name in variants):
        raise CourseError(
            say(
                en='There is nothing to compare: give {"name": build, …}.',
                ko='비교할 것이 없습니다. {"이름": build, …}를 주세요.',
            )
        )


def require_functions(callbacks: Any, also: Any) -> None:
    """Refuse callbacks that all runs would share, and measures without a name."""
    if not callable(callbacks):
        raise CourseError(
            say(
                en="Each run needs callbacks of its own: write callbacks=lambda: […].",
                ko="실행마다 콜백을 새로 만들어야 합니다. callbacks=lambda: […]처럼 쓰세요.",
            )
        )
    if not isinstance(also, Mapping) or not all(map(callable, also.values())):
        raise CourseError(
            say(
                en='also takes functions of the trained model by name: also={"name": measure}.',
                ko='also에는 훈련한 모델을 받는 함수를 이름과 함께 주세요. also={"이름": measure}.',
            )
        )


def require_arguments(arguments: Mapping[str, Any]) -> None:
    """Refuse what `fit` does not know and what a comparison decides itself."""
    decided = [name for name in DECIDED if name in arguments]
    if decided:
        raise CourseError(
            say(
                en=f"compare decides {', '.join(decided)} itself: leave it out (the data set has its validation part, "
                "every epoch is validated, the progress bar stands for verbose).",
                ko=f"{', '.join(decided)}은(는) compare가 정합니다. 빼고 쓰세요(검증 세트는 데이터 세트에 있고, "
                "에포크마다 검증하며, 진행 막대가 verbose를 대신합니다).",
            )
        )
    unknown = [name for name in arguments if name not in KNOWN]
    if unknown:
        raise CourseError(
            say(
                en=f"fit takes no {', '.join(unknown)} here: it takes {', '.join(KNOWN)}.",
                ko=f"여기서 fit은 {', '.join(unknown)}을(를) 받지 않습니다. 받는 것: {', '.join(KNOWN)}.",
            )
        )
    for name in ("epochs", "batch_size"):
        if not isinstance(arguments[name], Integral) or arguments[name] < 1:
            raise CourseError(
                say(
                    en=f"{name}={arguments[name]!r}: give a whole number from 1 on.",
                    ko=f"{name}={arguments[name]!r}: 1 이상의 정수를 주세요.",
                )
            )


def as_parts(dataset: Any) -> tuple[Any, ...]:
    """Return x_train, y_train, x_val, y_val, x_test, y_test as arrays; the test part may be missing."""
    names = [f"{axis}_{part}" for part in PARTS for axis in "xy"]
    if isinstance(dataset, tuple) and len(dataset) in (4, 6):
        given = dict(zip(names, dataset, strict=False))
    else:
        given = {name: getattr(dataset, name) for name in names if hasattr(dataset, name)}
    if not {*names[:4]} <= {*given}:
        raise CourseError(
            say(
                en=f"A {type(dataset).__name__} is no data set: give data.load(…), or a tuple (x_train, y_train, "
                "x_val, y_val) or (…, x_test, y_test).",
                ko=f"{type(dataset).__name__}은(는) 데이터 세트가 아닙니다. data.load(…)의 결과나 튜플 (x_train, "
                "y_train, x_val, y_val) 또는 (…, x_test, y_test)를 주세요.",
            )
        )
    parts = [given.get(name) for name in names]
    for part, x, y in zip(PARTS, parts[::2], parts[1::2], strict=True):
        if part != "test" or x is not None or y is not None:
            _require_rows(part, x, y)
    return tuple(as_arrays(parts))


def try_out(name: str, build: Callable[[], keras.Model], data: tuple[Any, ...]) -> None:
    """Build a variant's model and feed it once, so that a mistake in it is met before hours of training.

    Args:
        name: the variant's name.
        build: should return a new compiled model.
        data: what `as_parts` returned.
    """
    model = None
    try:
        if callable(build) and not isinstance(build, keras.Model):
            model = build()
        if isinstance(model, keras.Model) and model.compiled:
            create_variables(model, (*data[:2], None))
            _require_outputs(name, model, data[1])
            return
    except CourseError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {_gist(str(error))}"
        raise CourseError(
            say(
                en=f"{name!r} cannot be trained on these data: {reason}",
                ko=f"{name!r}을(를) 이 데이터로 훈련할 수 없습니다: {reason}",
            )
        ) from error
    raise CourseError(
        say(
            en=f"{name!r} needs a function that returns a new, compiled model: write `def build(): …; return model` "
            "and give build, without parentheses.",
            ko=f"{name!r}에는 컴파일한 새 모델을 돌려주는 함수가 필요합니다. `def build(): …; return model`처럼 쓰고, "
            "괄호 없이 build를 주세요.",
        )
    )


def _require_outputs(name: str, model: keras.Model, y: Any) -> None:
    """Refuse an output layer that has no place for some of the classes: TensorFlow's own message is a page long."""
    shape, labels = getattr(model, "output_shape", None), getattr(y, "ndim", None)
    if labels != 1 or not isinstance(shape, tuple) or not isinstance(shape[-1], int):
        return
    loss = re.sub(r"[^a-z]", "", str(getattr(model.loss, "name", model.loss)).lower())
    classes = int(keras.ops.max(y)) + 1
    places = {"sparsecategoricalcrossentropy": shape[-1], "binarycrossentropy": 2 if shape[-1] == 1 else classes}
    if classes <= places.get(loss, classes):
        return
    raise CourseError(
        say(
            en=f"{name!r} has {shape[-1]} output(s) and the data have {classes} classes: end the network with "
            f'Dense({classes}, activation="softmax") and the loss "sparse_categorical_crossentropy".',
            ko=f"{name!r}의 출력은 {shape[-1]}개인데 데이터의 클래스는 {classes}개입니다. 마지막 층을 "
            f'Dense({classes}, activation="softmax"), 손실을 "sparse_categorical_crossentropy"로 하세요.',
        )
    )


def _require_rows(part: str, x: Any, y: Any) -> None:
    shapes = [getattr(leaf, "shape", None) or (0,) for leaf in keras.tree.flatten((x, y))]
    rows = {shape[0] for shape in shapes}
    if len(rows) != 1 or 0 in rows:
        raise CourseError(
            say(
                en=f"x_{part} and y_{part} have to be arrays with the same number of rows.",
                ko=f"x_{part}와 y_{part}는 행 수가 같은 배열이어야 합니다.",
            )
        )


def _gist(message: str) -> str:
    """Return the sentence that matters of a message of Keras: the one in bold, else the first line."""
    bold = re.search(r"\x1b\[1m(.+?)\x1b\[0m", message, re.DOTALL)
    return " ".join(bold[1].split()) if bold else message.strip().partition("\n")[0]
