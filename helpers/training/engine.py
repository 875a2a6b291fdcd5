"""Choose how a program runs: compiled by XLA to machine code, or as a graph of TensorFlow's own operations.

The choice follows from the model and the number of steps alone, never from a stopwatch, so that a run repeats to the
last digit. The sizes were measured; `make bench` measures them again.
"""

from collections.abc import Iterator
from typing import Any

import keras

# XLA takes one to one and a half seconds longer to begin and then saves 0.25 to 0.6 milliseconds a step.
COMPILED_STEPS = 2_000


def worth_compiling(model: keras.Model, labels: list, steps: int) -> bool:
    """Tell whether XLA is the faster way and a safe one.

    Args:
        model: built.
        labels: the y to train on and the y to validate on, if any.
        steps: batches to train on in all.
    """
    return steps >= COMPILED_STEPS and suits_xla(model) and all(labels_in_range(model, y) for y in labels)


def suits_xla(model: keras.Model) -> bool:
    """Tell whether XLA can take every layer and is fast and safe with it.

    Its convolutions are slow on a CPU; its embeddings take a number beyond the last one for the last one.
    """
    return all(
        layer.supports_jit and not any(word in type(layer).__name__ for word in ("Conv", "Embedding"))
        for layer in _layers(model)
    )


def labels_in_range(model: keras.Model, y: Any) -> bool:
    """Tell whether every class number has its output.

    TensorFlow's own operation refuses a label beyond the last output; XLA's goes on with NaN.
    """
    names = [getattr(loss, "__name__", None) or f"{loss} {type(loss)}" for loss in keras.tree.flatten(model.loss)]
    if not any("sparse" in name.lower() for name in names):
        return True
    outputs = keras.tree.flatten(getattr(model, "outputs", None) or [])
    labels = keras.tree.flatten(y)
    return len(outputs) == len(labels) and all(
        labels.min() >= 0 and labels.max() < output.shape[-1] for labels, output in zip(labels, outputs, strict=True)
    )


def _layers(layer: keras.Layer) -> Iterator[keras.Layer]:
    """Yield a layer and everything inside it."""
    yield layer
    inside = getattr(layer, "layers", None) or [getattr(layer, "layer", None)]
    for inner in inside:
        if isinstance(inner, keras.Layer):
            yield from _layers(inner)
