"""When the compiled loop has to leave a call to `model.fit`, and the sentence that says why."""

from functools import cache
from typing import Any

import keras
import numpy as np
import pandas as pd
import tensorflow as tf

from helpers.i18n import say

BATCH_HOOKS = tuple(f"on_{phase}batch_{moment}" for phase in ("", "train_", "test_") for moment in ("begin", "end"))


def reason(model: keras.Model, data: Any, callbacks: list[keras.callbacks.Callback], unusual: dict) -> str | None:
    """Say why this call belongs to `model.fit`, or return None where the compiled loop does the same.

    Args:
        model: the model to train.
        data: everything that should be arrays in memory, nested at will.
        callbacks: those given to `fit`.
        unusual: arguments of `model.fit` that the loop does not know and that were given.
    """
    strange = next((leaf for leaf in keras.tree.flatten(data) if not _in_memory(leaf)), None)
    if strange is not None:
        name = type(strange).__name__
        return say(en=f"the data come as {name}, not as arrays in memory", ko=f"데이터가 배열이 아니라 {name}입니다")
    if any(leaf is not None and 0 in leaf.shape for leaf in keras.tree.flatten(data)):
        return say(en="an array is empty", ko="배열이 비어 있습니다")
    if unusual:
        names = ", ".join(unusual)
        return say(en=f"{names} was given", ko=f"{names} 인자를 썼습니다")
    watcher = next((callback for callback in callbacks if watches_batches(callback)), None)
    if watcher is not None:
        name = type(watcher).__name__
        return say(en=f"{name} watches every batch", ko=f"{name} 콜백이 배치마다 불립니다")
    return _about_the_model(model)


def tell(why: str) -> None:
    """Say once for each reason that `model.fit` does the work."""
    _tell(say(en=f"Trained by model.fit, more slowly: {why}.", ko=f"model.fit으로 천천히 훈련합니다: {why}."))


def watches_batches(callback: keras.callbacks.Callback) -> bool:
    """Tell whether a callback must be called at every batch.

    Keras's own callbacks define these methods even when they have nothing to do there: what they were asked for
    decides.
    """
    if isinstance(callback, keras.callbacks.ProgbarLogger | keras.callbacks.History):
        return False
    if isinstance(callback, keras.callbacks.ModelCheckpoint | keras.callbacks.BackupAndRestore):
        return callback.save_freq != "epoch"
    if isinstance(callback, keras.callbacks.TensorBoard):
        profiles = getattr(callback, "_should_trace", True)  # no public attribute tells of profile_batch
        return callback.update_freq != "epoch" or callback.write_steps_per_second or profiles
    return any(_has_hook(callback, name) for name in BATCH_HOOKS)


def _has_hook(callback: keras.callbacks.Callback, name: str) -> bool:
    """Tell whether the method is the callback's own: defined by its class, or given to a LambdaCallback."""
    plain = getattr(keras.callbacks.Callback, name)
    return name in vars(callback) or getattr(type(callback), name) is not plain


def _in_memory(leaf: Any) -> bool:
    if isinstance(leaf, tf.Tensor):
        return True
    return leaf is None or isinstance(leaf, np.ndarray | pd.DataFrame | pd.Series)


def _about_the_model(model: keras.Model) -> str | None:
    if keras.config.backend() != "tensorflow":
        return say(en="Keras runs on another backend than TensorFlow", ko="케라스 백엔드가 텐서플로가 아닙니다")
    own = [name for name in ("train_step", "test_step") if getattr(type(model), name) is not getattr(keras.Model, name)]
    if own:
        name = own[0]
        return say(en=f"the model has its own {name}", ko=f"모델이 {name}을 직접 정의합니다")
    if model.run_eagerly:
        return say(en="the model was compiled with run_eagerly=True", ko="run_eagerly=True로 컴파일했습니다")
    if tf.distribute.has_strategy() or model.distribute_strategy is not tf.distribute.get_strategy():
        return say(en="a distribution strategy is in use", ko="분산 전략(distribution strategy)을 쓰고 있습니다")
    return None


@cache
def _tell(sentence: str) -> None:
    print(sentence)
