# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en" rows="S4-68"
# `EarlyStopping` and `ModelCheckpoint` are finished products. This lesson opens them up: what calls them, when, and with
# what. Then you write callbacks of your own, which takes four lines.
#
# The fourth lecture writes one as well. It ends the training when the accuracy on the training data equals the accuracy
# on the test data: `if train_accuracy == val_accuracy`. Later we train the lecture's network with this rule, ten seeds,
# 25 epochs each. **In how many of the ten runs does it stop the training?**

# %% [markdown] lang="ko" rows="S4-68"
# `EarlyStopping`과 `ModelCheckpoint`는 다 만들어진 도구입니다. 이번에는 그 속을 들여다봅니다. 누가, 언제, 무엇을 주면서
# 콜백(callback)을 부를까요? 그다음에는 직접 만들어 봅니다. 네 줄이면 됩니다.
#
# 네 번째 강의에도 직접 만든 콜백이 나옵니다. 훈련 데이터의 정확도와 테스트 데이터의 정확도가 같아지면, 곧
# `if train_accuracy == val_accuracy`이면 훈련을 끝냅니다. 뒤에서 강의의 신경망을 이 규칙으로, 시드를 열 번 바꾸어 25에포크씩
# 훈련합니다. **열 번 가운데 몇 번이나 이 규칙이 훈련을 멈출까요?**

# %%
import inspect
import operator
import tempfile
import warnings
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import display

from helpers import data, experiments, plots, training
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("10.p1")

# %% [markdown] lang="en" rows="S1-25 S3-50"
# ## An object that fit calls
#
# The first lecture calls a callback *"특정 조건에서 자동으로 실행되는 함수"*, a function that runs by itself under certain
# conditions. The third is more exact: *"훈련 과정 중간에 어떤 작업을 수행할 수 있게 하는 객체"*, an **object** that can do
# some work in the course of training. And the "conditions" are moments: after every epoch, say. What the callback does at
# such a moment is a method with a fixed name, a **hook**.
#
# First a network and data to call it on: 500 digits.

# %% [markdown] lang="ko" rows="S1-25 S3-50"
# ## fit이 불러 주는 객체
#
# 첫 번째 강의는 콜백을 "특정 조건에서 자동으로 실행되는 함수"라고 합니다. 세 번째 강의의 설명이 더 정확합니다. "훈련 과정 중간에
# 어떤 작업을 수행할 수 있게 하는 **객체**"입니다. 그리고 '특정 조건'이란 때를 말합니다. 이를테면 에포크가 끝날 때마다입니다. 그때
# 할 일은 이름이 정해진 메서드에 적고, 이런 메서드를 훅(hook)이라고 부릅니다.
#
# 먼저 훈련할 데이터와 신경망을 준비합니다. 숫자 500장입니다.

# %%
digits = data.load("mnist")
x_train, y_train = digits.x_train[:500], digits.y_train[:500]
validation = (digits.x_val, digits.y_val)


def build_digits_model(learning_rate=0.001):
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown] lang="en" rows="S5-37 S5-41"
# > **In the lecture** (S5, "콜백함수 정의하기"): *"keras.callbacks.Callback을 상속받아서 클래스 정의"*, derive a class from
# > `keras.callbacks.Callback`, write again the methods whose moment you need, and pass an **instance** in the list.
# >
# > The recipe is right, and its example works today as it did then. **Which names will it print, and which number has the
# > first epoch?**

# %% [markdown] lang="ko" rows="S5-37 S5-41"
# > **강의에서는** (S5, "콜백함수 정의하기"): "keras.callbacks.Callback을 상속받아서 클래스 정의"하고, 호출될 타이밍에 따라 해당
# > 함수를 재정의한 다음, **인스턴스**를 리스트에 넣어 넘깁니다.
# >
# > 맞는 방법이고, 예제도 예나 지금이나 똑같이 실행됩니다. **어떤 이름들이 찍히고, 첫 에포크의 번호는 몇 번일까요?**


# %% tags=["lecture"]
class MyCallback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        keys = list(logs.keys())
        message = "End epoch {} of training; got log keys: {}"
        print(message.format(epoch, keys))


model = build_digits_model()
history = model.fit(
    x_train, y_train, epochs=2, validation_data=validation, verbose=0, callbacks=[MyCallback()]
)

# %% [markdown] lang="en" rows="S5-36" errata="E-48"
# > **In the lecture** (S5, "콜백함수"): *"callbacks 옵션으로 함수들의 리스트를 전달하면 학습 과정 중에 Tensorflow가 실행"*, pass
# > a **list of functions** in `callbacks`, and TensorFlow runs them during training. The heading of the first lecture,
# > "Callbacks 함수", suggests the same.
# >
# > A function has no hooks, and Keras does not know at which moment to call it. So it is refused. The class
# > without its brackets is refused too: `callbacks` takes objects. For a single function there is `LambdaCallback`, an
# > object that passes the call on. Which of the four below will work?

# %% [markdown] lang="ko" rows="S5-36" errata="E-48"
# > **강의에서는** (S5, "콜백함수"): "callbacks 옵션으로 **함수들의 리스트**를 전달하면 학습 과정 중에 Tensorflow가 실행"한다고
# > 합니다. 첫 번째 강의의 제목도 "Callbacks 함수"입니다.
# >
# > 함수에는 훅이 없으니 케라스는 언제 불러야 할지 알 수 없고, 그래서 받아 주지 않습니다. 괄호를 빠뜨려 클래스를 그대로 넣어도
# > 거절합니다. `callbacks`에는 객체를 넣어야 합니다. 함수 하나면 충분할 때는 `LambdaCallback`을 씁니다. 함수를 대신 불러 주는
# > 객체입니다. 아래 넷 가운데 되는 것은 무엇일까요?


# %% tags=["lecture"]
def report(epoch, logs):
    print("  called after epoch", epoch)


attempts = {
    "a function": report,
    "a class": MyCallback,
    "an object": MyCallback(),
    "LambdaCallback": keras.callbacks.LambdaCallback(on_epoch_end=report),
}
for name, callback in attempts.items():
    print(name)
    try:
        model.fit(x_train, y_train, verbose=0, callbacks=[callback])
    except (AttributeError, TypeError) as error:
        print("  refused:", type(error).__name__)

# %% [markdown] lang="en" rows="S5-38 S5-39 S5-40"
# ## When is it called?
#
# The fifth lecture lists three hooks: `on_train_end`, `on_epoch_end`, `on_predict_end`, and then *"• . . ."*. How many are
# there, and in which order do they come? We let a callback write it down itself: it has a function for every hook, and
# each adds a line to a list.

# %% [markdown] lang="ko" rows="S5-38 S5-39 S5-40"
# ## 언제 불릴까
#
# 다섯 번째 강의는 훅을 세 개 들고(`on_train_end`, `on_epoch_end`, `on_predict_end`) 나머지는 "• . . ."으로 남깁니다. 모두 몇
# 개이고 어떤 순서로 불릴까요? 콜백에게 직접 적게 해 봅시다. 훅마다 함수를 하나씩 두고, 불릴 때마다 리스트에 한 줄씩 더합니다.

# %%
HOOKS = [name for name in dir(keras.callbacks.Callback) if name.startswith("on_")]
print(len(HOOKS), "hooks")


def recorder(calls):
    """A callback that adds the name of the hook and its logs to the list at every call."""

    def note(name):
        return lambda *given, **named: calls.append((name, dict([*given, *named.values()][-1])))

    return keras.callbacks.LambdaCallback(**{name: note(name) for name in HOOKS})


# %% [markdown] lang="en"
# Two batches of 32 digits to train on, one to validate on, one epoch. **Does `on_epoch_end` come before the validation
# or after it?**

# %% [markdown] lang="ko"
# 훈련용으로 32장짜리 배치 두 개, 검증용으로 한 개, 에포크는 한 번입니다. **`on_epoch_end`는 검증보다 먼저 불릴까요, 나중에
# 불릴까요?**

# %%
tiny = x_train[:64], y_train[:64]
tiny_validation = digits.x_val[:32], digits.y_val[:32]
calls = []
model.fit(*tiny, validation_data=tiny_validation, verbose=0, callbacks=[recorder(calls)])

depth = 0
for name in [name for name, logs in calls]:
    depth -= name.endswith("_end")
    print("    " * depth + name)
    depth += name.endswith("_begin")

# %% [markdown] lang="en"
# After it. `fit` is a box with epochs in it, an epoch is a box with batches and the validation in it. That is why
# `EarlyStopping` can look at `val_loss` in `on_epoch_end`. Here are two epochs from left to right.

# %% [markdown] lang="ko"
# 나중입니다. `fit`이라는 상자 안에 에포크가 있고, 에포크라는 상자 안에 배치들과 검증이 있습니다. 그래서 `EarlyStopping`이
# `on_epoch_end`에서 `val_loss`를 볼 수 있습니다. 에포크가 두 번이면 왼쪽부터 이렇게 흘러갑니다.

# %%
calls = []
model.fit(*tiny, epochs=2, validation_data=tiny_validation, verbose=0, callbacks=[recorder(calls)])
plots.hook_calls([name for name, logs in calls])

# %% [markdown] lang="en"
# `evaluate` and `predict` take `callbacks` too. **Which of the hooks does `predict` call? And was `on_predict_end` called
# by `fit`?**

# %% [markdown] lang="ko"
# `evaluate`와 `predict`에도 `callbacks`를 줄 수 있습니다. **`predict`는 어떤 훅을 부를까요? 그리고 `fit`은 `on_predict_end`를
# 불렀을까요?**

# %%
print("on_predict_end called by fit:", "on_predict_end" in [name for name, logs in calls])
for method, arguments in ((model.evaluate, tiny), (model.predict, tiny[:1])):
    calls = []
    method(*arguments, verbose=0, callbacks=[recorder(calls)])
    print(method.__name__, "calls:")
    print("   ", *dict.fromkeys(name for name, logs in calls))

# %% [markdown] lang="en"
# So an `on_predict_end` in the `callbacks` of `fit` waits in vain. Three families, then: train, test, predict. With the
# epochs these are 14 names. The other two, `on_batch_begin` and `on_batch_end`, are older names for `on_train_batch_…`.

# %% [markdown] lang="ko"
# 그러니 `fit`에 준 콜백의 `on_predict_end`는 아무리 기다려도 불리지 않습니다. 훅은 train, test, predict의 세 갈래이고, 에포크의
# 것까지 더하면 14개입니다. 나머지 둘, `on_batch_begin`과 `on_batch_end`는 `on_train_batch_…`의 옛 이름입니다.

# %% [markdown] lang="en"
# ## What is in logs?
#
# Every hook gets a dictionary `logs`. What it holds depends on the moment. **Which hooks get the validation loss?**

# %% [markdown] lang="ko"
# ## logs에는 무엇이 있을까
#
# 모든 훅은 딕셔너리 `logs`를 받습니다. 들어 있는 것은 때에 따라 다릅니다. **검증 손실을 받는 훅은 어느 것일까요?**

# %%
calls = []
model.fit(*tiny, validation_data=tiny_validation, verbose=0, callbacks=[recorder(calls)])
held = {name: sorted(logs) for name, logs in calls}
for name, keys in held.items():
    print(f"{name:<21}{', '.join(keys) or '(empty)'}")

# %% [markdown] lang="en"
# The `begin` hooks get nothing: nothing has been measured yet. The `val_` names exist at the end of the epoch and of
# `fit`; without validation data they do not exist at all. One thing misleads: the values at the end of a batch. **Are
# they those of that batch?** A trick shows it. Three batches, with only zeros, only threes and only sixes as labels, and a
# "metric" that does nothing but return the label. Will it be 3 after the second batch?

# %% [markdown] lang="ko"
# `begin` 훅은 아무것도 받지 않습니다. 아직 잰 것이 없기 때문입니다. `val_`로 시작하는 이름은 에포크가 끝날 때와 `fit`이 끝날 때만
# 있고, 검증 데이터를 주지 않으면 아예 없습니다. 헷갈리기 쉬운 것은 배치가 끝날 때 받는 값입니다. **그 배치의 값일까요?** 꾀를
# 하나 써서 알아봅시다. 배치 세 개의 레이블을 각각 모두 0, 모두 3, 모두 6으로 하고, 레이블을 그대로 돌려주기만 하는 '지표'를 둡니다.
# 두 번째 배치가 끝나면 3이 나올까요?


# %%
def label(y_true, y_pred):
    return y_true


calls = []
probe = build_digits_model()
probe.compile(loss="sparse_categorical_crossentropy", metrics=[label])
y_probe = np.repeat([0, 3, 6], 32)
probe.fit(x_train[:96], y_probe, shuffle=False, verbose=0, callbacks=[recorder(calls)])
print([round(logs["label"], 2) for name, logs in calls if name == "on_train_batch_end"])

# %% [markdown] lang="en"
# No: what is told is the mean over the epoch **so far**. The same holds for the loss in the progress bar, and it is one
# reason why the training loss of an epoch is higher than what `evaluate` would find at its end.
#
# Besides `logs` a hook has `self.model`, the model in training, and `self.params`. They are set before
# `on_train_begin`, not yet in `__init__`.

# %% [markdown] lang="ko"
# 아닙니다. 그 에포크에서 **그때까지** 본 것의 평균입니다. 진행 막대에 나오는 손실도 마찬가지입니다. 한 에포크의 훈련 손실이, 에포크가
# 끝난 뒤 `evaluate`로 잰 값보다 높은 까닭 가운데 하나입니다.
#
# 훅은 `logs` 말고도 `self.model`(훈련 중인 모델)과 `self.params`를 쓸 수 있습니다. 둘은 `__init__` 때는 아직 없고
# `on_train_begin` 전에 채워집니다.


# %%
class Curious(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        print("in __init__:", self.model, self.params)

    def on_train_begin(self, logs=None):
        print("in on_train_begin:", type(self.model).__name__, self.params)


history = model.fit(x_train, y_train, epochs=2, verbose=0, callbacks=[Curious()])

# %% [markdown] lang="en"
# ## A callback that prints
#
# A run of 30 epochs prints 30 lines with `verbose=2` and none with `verbose=0`. Say you want every tenth. Note two
# things: `epoch` counts from 0, and whatever a callback remembers is set back in `on_train_begin`, so that the same
# object can serve a second `fit`.

# %% [markdown] lang="ko"
# ## 출력하는 콜백
#
# 30에포크를 훈련하면 `verbose=2`는 30줄을, `verbose=0`은 한 줄도 출력하지 않습니다. 열 번에 한 번만 보고 싶다면 만들어 씁니다. 두
# 가지를 눈여겨보세요. `epoch`는 0부터 셉니다. 그리고 콜백이 기억하는 값은 `on_train_begin`에서 처음으로 되돌립니다. 그래야 같은
# 객체를 다음 `fit`에도 쓸 수 있습니다.


# %% tags=["nbval-ignore-output"]
class EveryTenth(keras.callbacks.Callback):
    """Print the validation loss of every tenth epoch and how much it has changed."""

    def on_train_begin(self, logs=None):
        self.before = None

    def on_epoch_end(self, epoch, logs=None):
        if (epoch + 1) % 10:
            return
        now = logs["val_loss"]
        change = "" if self.before is None else f" ({now - self.before:+.3f})"
        print(f"epoch {epoch + 1}: val_loss {now:.3f}{change}")
        self.before = now


model = build_digits_model()
history = training.fit(
    model,
    x_train,
    y_train,
    epochs=30,
    validation_data=validation,
    verbose=0,
    callbacks=[EveryTenth()],
)

# %% [markdown] lang="en"
# If the callback needs no memory, a `LambdaCallback` does. It is also a good place to meet the commonest bug.
# **What happens if the name of a hook is misspelt?**

# %% [markdown] lang="ko"
# 기억할 것이 없는 콜백이라면 `LambdaCallback`으로 충분합니다. 가장 흔한 실수도 여기서 만나 봅시다. **훅의 이름을 잘못 적으면 어떻게
# 될까요?**


# %%
class Misspelt(keras.callbacks.Callback):
    def on_epochs_end(self, epoch, logs=None):
        print("the class: epoch", epoch)


callbacks = [
    keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print("right: epoch", epoch)),
    keras.callbacks.LambdaCallback(on_epochs_end=lambda epoch, logs: print("misspelt:", epoch)),
    Misspelt(),
]
history = model.fit(x_train, y_train, verbose=0, callbacks=callbacks)

# %% [markdown] lang="en"
# Nothing, not even an error: to Python it is a method like any other, only that nobody calls it. If a callback of yours
# is silent, compare its names with `HOOKS`.

# %% [markdown] lang="ko"
# 아무 일도 일어나지 않고 오류도 나지 않습니다. 파이썬에게는 그저 아무도 부르지 않는 메서드일 뿐입니다. 만든 콜백이 조용하면 이름을
# `HOOKS`와 비교해 보세요.

# %% [markdown] lang="en"
# ## A callback that stops
#
# A callback ends the training by one assignment: `self.model.stop_training = True`. It is a request. **Which
# hooks are still called after it?** Here it is made in the middle of the first epoch: after batch 1 of 4.

# %% [markdown] lang="ko"
# ## 멈추는 콜백
#
# 콜백은 `self.model.stop_training = True`라는 대입 하나로 훈련을 끝냅니다. 명령이라기보다 부탁에 가깝습니다. **그 뒤에도 불리는 훅은 어느
# 것일까요?** 아래에서는 첫 에포크 한가운데, 배치 네 개 가운데 1번 배치가 끝났을 때 부탁합니다.


# %%
class StopInBatch(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch == 1:
            self.model.stop_training = True
            print("asked to stop after batch", batch)


calls = []
model.fit(
    x_train[:128],
    y_train[:128],
    epochs=5,
    validation_data=tiny_validation,
    verbose=0,
    callbacks=[StopInBatch(), recorder(calls)],
)
names = [name for name, logs in calls]
print("batches:", names.count("on_train_batch_end"), " epochs:", names.count("on_epoch_end"))
print("the last calls:", names[-5:])

# %% [markdown] lang="en"
# The batches end at once, but the epoch is closed properly, with validation and `on_epoch_end`, and so is the training.
# Asked in `on_epoch_end`, no further epoch begins.

# %% [markdown] lang="ko"
# 배치는 바로 끝나지만, 에포크는 검증과 `on_epoch_end`까지 제대로 마무리되고 훈련도 마찬가지입니다. `on_epoch_end`에서 부탁하면
# 다음 에포크가 시작되지 않습니다.

# %% [markdown] lang="en" rows="S4-68 S4-70" errata="E-40"
# > **In the lecture** (S4, "가중치 감소 실습1"): *"훈련과 테스트 정확도가 같아지면 멈춤"*, stop when training and test
# > accuracy become the same. The class `CustomStopCallback` goes into the list behind an `EarlyStopping`, and `fit` is
# > given 200 epochs (the comment says 100).
# >
# > The class is built as it should be. Its **rule** has two faults. The first: it compares two measured
# > fractions with `==`. The training accuracy is one of k/60,000, the test accuracy one of m/10,000. How many of the first
# > kind can be equal to one of the second at all?

# %% [markdown] lang="ko" rows="S4-68 S4-70" errata="E-40"
# > **강의에서는** (S4, "가중치 감소 실습1"): "훈련과 테스트 정확도가 같아지면 멈춤"이라는 `CustomStopCallback`을 만들어
# > `EarlyStopping`과 나란히 리스트에 넣고, `fit`에는 200에포크를 줍니다(주석에는 100이라고 적혀 있습니다).
# >
# > 클래스는 제대로 만들었습니다. 문제는 **규칙**에 있고, 두 가지입니다. 첫째, 잰 비율 두 개를 `==`로 비교합니다. 훈련 정확도는
# > k/60,000, 테스트 정확도는 m/10,000 꼴입니다. 앞의 값 가운데 뒤의 어떤 값과 같아질 수 있는 것은 몇 개나 될까요?

# %% tags=["lecture"]
train_accuracies = np.arange(60_001) / 60_000
test_accuracies = np.arange(10_001) / 10_000
possible = np.isin(train_accuracies, test_accuracies).sum()
print(f"{possible:,} of {len(train_accuracies):,}")

# %% [markdown] lang="en"
# One in six. But that is no reason why the two should ever meet: one curve passes from below to above the other in a
# single jump.

# %% [markdown] lang="ko"
# 여섯 개에 하나입니다. 그래도 꼭 만난다는 법은 없습니다. 한 곡선은 다른 곡선의 아래에서 위로 한 번에 뛰어넘어 갑니다.

# %% [markdown] lang="en" rows="S4-68"
# > **In the lecture** (S4, the same exercise): on the page every line of the class begins at the left margin; the indents
# > have been lost. Python reads from the indents what belongs to the class and what to the method, so a copy from the page
# > does not even start. The second cell is the class with its indents.

# %% [markdown] lang="ko" rows="S4-68"
# > **강의에서는** (S4, 같은 실습): 자료에는 클래스의 모든 줄이 왼쪽 끝에서 시작합니다. 들여쓰기가 사라진 것입니다. 파이썬은 무엇이 클래스에
# > 속하고 무엇이 메서드에 속하는지를 들여쓰기로 읽으므로, 그대로 복사하면 시작도 하지 못합니다. 두 번째 셀이 들여쓰기를 되살린
# > 클래스입니다.

# %% tags=["lecture"]
as_printed = """class CustomStopCallback(Callback):
def on_epoch_end(self, epoch, logs=None):
train_accuracy = logs.get('accuracy')
"""
try:
    compile(as_printed, "the lecture's page", "exec")
except IndentationError as error:
    print("IndentationError in line", error.lineno)


# %% tags=["lecture"]
class CustomStopCallback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        train_accuracy = logs.get("accuracy")
        val_accuracy = logs.get("val_accuracy")
        if train_accuracy == val_accuracy:
            print(
                f"\nEpoch {epoch + 1}: Train accuracy and validation accuracy are the same. "
                "Stopping training."
            )
            self.model.stop_training = True


# %% [markdown] lang="en" rows="S4-70"
# > **In the lecture** (S4, the same exercise): `fit(…, epochs=200, batch_size=100,
# > callbacks=[early_stopping, CustomStopCallback()])`, with an `EarlyStopping` on `val_accuracy`, patience 10.
# >
# > Here is the lecture's network with its two callbacks, on 3,000 digits and 500 for validation, so again one in six.
# > **Which of the two ends the run?**

# %% [markdown] lang="ko" rows="S4-70"
# > **강의에서는** (S4, 같은 실습): `fit(…, epochs=200, batch_size=100, callbacks=[early_stopping, CustomStopCallback()])`라고
# > 쓰고, `EarlyStopping`은 `val_accuracy`를 patience 10으로 지켜봅니다.
# >
# > 강의의 신경망과 콜백 두 개를 그대로 쓰되, 숫자 3,000장으로 훈련하고 500장으로 검증합니다. 여기서도 여섯 개에 하나입니다. **둘
# > 가운데 어느 콜백이 훈련을 끝낼까요?**


# %% tags=["lecture"]
def build_lecture_model():
    layers = [keras.Input((28, 28)), keras.layers.Flatten()]
    for units, dropout in ((64, [keras.layers.Dropout(0.2)]), (32, []), (64, [])):
        l2 = keras.regularizers.L2(0.01)
        first = keras.layers.Dense(units, kernel_initializer="he_normal", kernel_regularizer=l2)
        layers += [first, keras.layers.BatchNormalization(), *dropout]
        layers += [keras.layers.Dense(units, activation="relu")]
    model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


many = digits.x_train[:3000], digits.y_train[:3000], digits.x_val[:500], digits.y_val[:500]

# %% tags=["lecture", "nbval-ignore-output"]
early_stopping = keras.callbacks.EarlyStopping(
    monitor="val_accuracy", patience=10, restore_best_weights=True
)
keras.utils.set_random_seed(42)
model = build_lecture_model()
history = training.fit(
    model,
    *many[:2],
    epochs=200,
    batch_size=100,
    validation_data=many[2:],
    verbose=0,
    callbacks=[early_stopping, CustomStopCallback()],
)
print("ended before 200 epochs:", len(history.epoch) < 200)
print("ended by early_stopping:", early_stopping.stopped_epoch > 0)

# %% [markdown] lang="en"
# A callback can take its rule as an argument, as the one below does. `operator.ge` is `>=`: has the training accuracy
# caught up? That is probably what was meant. **When will it stop?**

# %% [markdown] lang="ko"
# 콜백은 아래처럼 규칙을 인자로 받을 수도 있습니다. `operator.ge`는 `>=`입니다. 훈련 정확도가 따라잡았는가? 아마 원래 묻고 싶었던
# 것은 이것일 겁니다. **언제 멈출까요?**


# %%
class StopWhen(keras.callbacks.Callback):
    """Stop when rule(training accuracy, validation accuracy) is true."""

    def __init__(self, rule):
        super().__init__()
        self.rule = rule

    def on_epoch_end(self, epoch, logs=None):
        if self.rule(logs["accuracy"], logs["val_accuracy"]):
            self.model.stop_training = True


keras.utils.set_random_seed(42)
history = training.fit(
    build_lecture_model(),
    *many[:2],
    epochs=25,
    batch_size=100,
    validation_data=many[2:],
    verbose=0,
    callbacks=[StopWhen(operator.ge)],
)
print("stopped before 25 epochs:", len(history.epoch) < 25)

# %% [markdown] lang="en"
# One run proves little. So we record the network with ten seeds, without any rule, and find out afterwards when each rule
# would have been met for the first time (26 means never). The second variant has only ten digits to train on and ten to
# validate on, so that only eleven accuracies exist. **How often is `==` met here, and how often there?**

# %% [markdown] lang="ko"
# 한 번의 훈련으로는 부족합니다. 규칙 없이 시드를 열 번 바꾸어 훈련을 기록해 두고, 규칙마다 처음 만족되는 에포크를 나중에
# 찾아봅시다(26이면 한 번도 없었다는 뜻입니다). 두 번째 변형은 훈련과 검증에 숫자를 열 장씩만 써서 가능한 정확도가 열한 가지뿐입니다.
# **`==`는 앞의 것에서 몇 번, 뒤의 것에서 몇 번이나 만족될까요?**


# %%
def first_met(rule, run):
    """The first epoch, counted from 1, in which the rule is true."""
    met = [*rule(run["accuracy"], run["val_accuracy"]), True]
    return met.index(True) + 1


def first_equal(run):
    return first_met(operator.eq, run)


def first_at_least(run):
    return first_met(operator.ge, run)


ten_digits = experiments.Variant(
    build_lecture_model, dataset=tuple(part[:10] for part in many), fit={"epochs": 10}
)
runs = experiments.compare(
    {"3,000 digits": build_lecture_model, "ten digits": ten_digits},
    many,
    epochs=25,
    batch_size=100,
    validation_batch_size=500,
    seeds=10,
)

# %% tags=["nbval-ignore-output"]
print("==:", runs.measure(first_equal)[0])
print(">=:", runs.measure(first_at_least)[0])
reveal("10.p1", np.sum(runs.measure(first_equal)[0] <= 25))

# %%
runs.claim(
    "in most of the runs the two accuracies are never equal",
    first_equal,
    of="3,000 digits",
    direction="higher",
    than=25,
    agree=6,
)

# %%
runs.claim(
    "in every run the training accuracy overtakes the other within 20 epochs",
    first_at_least,
    of="3,000 digits",
    direction="lower",
    than=20.5,
    agree=10,
)

# %% [markdown] lang="en"
# So the lecture's rule is a lottery ticket. On ten digits it wins more often:

# %% [markdown] lang="ko"
# 그러니 강의의 규칙은 복권과 같습니다. 숫자가 열 장이면 더 자주 당첨됩니다.

# %%
runs.claim(
    "on ten digits the two are equal within five epochs, in four runs of ten or more",
    first_equal,
    of="ten digits",
    direction="lower",
    than=5.5,
    agree=4,
)

# %% [markdown] lang="en"
# But what a prize: both accuracies are, say, 0.1, equal because the network has learnt nothing yet. That is the rule's
# other fault, and `>=` has it as well: **that two curves meet does not say that the network is good** (lesson 09 showed it
# for the lecture's figure). How much accuracy does a run give away that stops at the meeting?

# %% [markdown] lang="ko"
# 그런데 당첨되어도 반갑지 않습니다. 두 정확도가 이를테면 0.1로 같은데, 아직 배운 것이 없어서 같은 것입니다. 이것이 이 규칙의 둘째
# 문제이고, `>=`로 바꾸어도 남습니다. **두 곡선이 만난다고 해서 좋은 신경망이라는 뜻은 아닙니다**(레슨 09에서 강의의 그림으로
# 확인했습니다). 만나는 곳에서 멈춘 훈련은 정확도를 얼마나 손해 볼까요?


# %%
def given_away(run):
    """Best validation accuracy of 25 epochs, minus the one at the meeting."""
    return run["val_accuracy"].max() - run["val_accuracy"][first_at_least(run) - 1]


runs.claim(
    "stopping at the meeting gives away more than 3 percentage points of accuracy",
    given_away,
    of="3,000 digits",
    direction="higher",
    than=0.03,
)

# %% [markdown] lang="en"
# What to take from it:
#
# - Never stop on `==` between measured numbers, nor on `accuracy == 0.95`. Ask `>=`, or whether the distance is below a
#   tolerance (`abs(a - b) < 0.01`).
# - To end a run at its best, watch the validation data: `EarlyStopping`. A callback of your own is for what it cannot do: a
#   goal that is good enough, a budget of minutes, a rule with two numbers.

# %% [markdown] lang="ko"
# 여기서 얻을 것은 이렇습니다.
#
# - 잰 값끼리 `==`로 비교해 멈추지 마세요. `accuracy == 0.95`도 마찬가지입니다. `>=`로 묻거나, 차이가 허용 오차보다
#   작은지(`abs(a - b) < 0.01`) 물으세요.
# - 가장 좋을 때 끝내고 싶다면 검증 데이터를 지켜보는 `EarlyStopping`을 쓰세요. 직접 만든 콜백은 그것으로 안 되는 일에 씁니다. 이만하면
#   된다는 목표, 시간 제한, 숫자 두 개로 된 규칙 같은 것입니다.

# %% [markdown] lang="en" rows="S1-28"
# ## A callback that changes the training
#
# The first lecture names a third built-in callback and shows no code for it: *"ReduceLROnPlateau : 모델의 개선이 없을 경우,
# Learning Rate를 조절해 모델의 개선을 유도하는 콜백함수"*. When the model no longer improves, it changes the learning rate in
# order to bring improvement about. It waits as `EarlyStopping` does, and then multiplies the rate by `factor`.
#
# | argument | question it answers |
# |---|---|
# | `monitor`, `mode` | which number is watched, and which way is better? |
# | `patience` | how many epochs without improvement are allowed? |
# | `min_delta` | how much better must an epoch be to count? (not 0 here but 0.0001) |
# | `factor` | what is the rate multiplied by? Below 1 |
# | `cooldown` | how many epochs does it rest after a reduction, before it counts again? |
# | `min_lr` | below which rate does it never go? |
# | `verbose` | should it say what it does? |

# %% [markdown] lang="ko" rows="S1-28"
# ## 훈련을 바꾸는 콜백
#
# 첫 번째 강의에는 내장 콜백이 하나 더 나오는데, 코드는 없습니다. "ReduceLROnPlateau : 모델의 개선이 없을 경우, Learning Rate를
# 조절해 모델의 개선을 유도하는 콜백함수". 기다리는 방식은 `EarlyStopping`과 같고, 다 기다리면 학습률(learning rate)에 `factor`를
# 곱합니다.
#
# | 인자 | 정하는 것 |
# |---|---|
# | `monitor`, `mode` | 어떤 값을 지켜보고, 어느 쪽이 좋은가 |
# | `patience` | 나아지지 않는 에포크를 몇 번까지 참을까 |
# | `min_delta` | 얼마나 좋아져야 개선으로 칠까 (여기서는 기본값이 0이 아니라 0.0001) |
# | `factor` | 학습률에 무엇을 곱할까. 1보다 작아야 합니다 |
# | `cooldown` | 줄인 다음 몇 에포크를 쉬었다가 다시 셀까 |
# | `min_lr` | 학습률을 어디까지만 줄일까 |
# | `verbose` | 하는 일을 알려 줄까 |

# %%
arguments = inspect.signature(keras.callbacks.ReduceLROnPlateau).parameters
print({name: argument.default for name, argument in arguments.items() if name != "kwargs"})
try:
    keras.callbacks.ReduceLROnPlateau(factor=1.0)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="en"
# To see it at work we set the rate of Adam to 0.02, twenty times its default: too large. The callback halves it after three
# epochs without improvement. Beside it the same network with the rate left alone, and one with the default rate of 0.001
# from the start. **Will the callback make up for the wrong choice?**

# %% [markdown] lang="ko"
# 일하는 모습을 보려고 Adam의 학습률을 기본값의 스무 배인 0.02로 둡니다. 너무 큰 값입니다. 콜백은 세 에포크 동안 나아지지 않으면
# 학습률을 반으로 줄입니다. 학습률을 그대로 둔 신경망, 그리고 처음부터 기본값 0.001로 훈련한 신경망과 비교합니다. **콜백이 잘못 고른
# 학습률을 만회해 줄까요?**

# %%
predict("10.p2")


# %%
def halving():
    return [keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=3)]


def too_large():
    return build_digits_model(learning_rate=0.02)


rate_runs = experiments.compare(
    {
        "0.02": too_large,
        "0.02, halved": experiments.Variant(too_large, callbacks=halving),
        "0.001": build_digits_model,
    },
    (digits.x_train[:1000], digits.y_train[:1000], *validation),
    epochs=25,
    batch_size=100,
    validation_batch_size=1000,
    seeds=10,
)
print(rate_runs)

# %% [markdown] lang="en"
# The callback leaves its mark in the history: a column `learning_rate`, the rate each epoch was trained with. Where do
# its steps lie?

# %% [markdown] lang="ko"
# 이 콜백은 history에 `learning_rate`라는 열을 남깁니다. 에포크마다 어떤 학습률로 훈련했는지입니다. 계단은 어디에 있을까요?

# %% tags=["nbval-ignore-output"]
reduced, alone = rate_runs.run("0.02, halved", 0), rate_runs.run("0.02", 0)
figure, (top, bottom) = plt.subplots(2, 1, figsize=(7.2, 4.6), sharex=True)
x = np.arange(1, 26)
top.plot(x, alone["val_loss"], label="rate left at 0.02")
top.plot(x, reduced["val_loss"], "--", label="rate halved on a plateau")
top.set(ylabel="validation loss", title="Smaller steps end the wandering")
top.legend()
bottom.step(x, reduced["learning_rate"], where="mid")
bottom.set(xlabel="epoch", ylabel="learning rate", yscale="log")
plt.show()
halved = np.count_nonzero(np.diff(reduced["learning_rate"]))
ends = [f"{run['val_loss'][-1]:.2f}" for run in (alone, reduced)]
plots.caption(
    say(
        en=f"The rate is halved {halved} times in 25 epochs; validation loss ends at {ends[1]}, "
        f"and at {ends[0]} where the rate stays.",
        ko=f"25에포크 동안 학습률이 {halved}번 절반이 되었습니다. 검증 손실은 {ends[1]}에서 끝났고, "
        f"그대로 두면 {ends[0]}입니다.",
    )
)


# %%
def restlessness(run):
    """Distance between highest and lowest validation loss in the last ten epochs."""
    return np.ptp(run["val_loss"][-10:])


rate_runs.claim(
    "with the callback the run ends at a lower validation loss",
    "last_val_loss",
    of="0.02, halved",
    than="0.02",
    direction="lower",
    margin=0.05,
)

# %%
rate_runs.claim(
    "and its last ten epochs are calmer",
    restlessness,
    of="0.02, halved",
    than="0.02",
    direction="lower",
    margin=0.05,
)

# %% [markdown] lang="en"
# That is a lot. But is it *better* or does it only stop getting worse? Compare the best epochs instead of the last ones,
# and with the run that had the right rate from the beginning.

# %% [markdown] lang="ko"
# 차이가 큽니다. 그런데 정말 *좋아진* 것일까요, 나빠지기를 멈춘 것일까요? 마지막이 아니라 가장 좋은 에포크를 비교하고, 처음부터 맞는
# 학습률로 훈련한 것과도 비교해 봅시다.

# %% tags=["nbval-ignore-output"]
rate_runs.table(["best_epoch", "best_val_loss", "last_val_loss"]).round(3)

# %%
rate_runs.claim(
    "the right rate from the start reaches a lower loss than the rescued run",
    "best_val_loss",
    of="0.001",
    than="0.02, halved",
    direction="lower",
)

# %%
right, rescued = (np.median(rate_runs.measure("best_val_loss")[n]) for n in (2, 1))
reveal("10.p2", "b" if right < rescued else "c")

# %% [markdown] lang="en" rows="S1-28"
# In the table the best epoch of the rescued runs comes early, and its loss is hardly lower than that of the runs left alone.
# So here the callback kept what was reached and brought little of the improvement that the lecture promises. It is a
# safety net, not a substitute for a good rate (lesson 13). More is to be had in long runs that stand still without
# overfitting.
#
# A trap: in company with `EarlyStopping` the patience of the reduction must be the smaller one. **What will the first pair
# below do with the rate?**

# %% [markdown] lang="ko" rows="S1-28"
# 표를 보면 학습률을 줄인 훈련에서도 가장 좋은 에포크는 일찍 나오고, 그 손실은 그대로 둔 훈련보다 별로 낮지 않습니다. 그러니 여기서
# 콜백은 이미 얻은 것을 지켰을 뿐, 강의에서 말하는 '개선을 유도'하지는 못한 셈입니다. 안전망이기는 해도 알맞은 학습률(레슨 13)을
# 대신하지는 못합니다. 과적합 없이 오래 제자리걸음하는 훈련에서라면 얻을 것이 더 많습니다.
#
# 함정이 하나 있습니다. `EarlyStopping`과 함께 쓸 때는 학습률을 줄이는 쪽의 patience가 더 작아야 합니다. **아래 첫 번째 짝에서는
# 학습률이 어떻게 될까요?**

# %%
for stop_patience, reduce_patience in ((3, 5), (6, 2)):
    keras.utils.set_random_seed(42)
    history = training.fit(
        too_large(),
        x_train,
        y_train,
        epochs=40,
        validation_data=validation,
        verbose=0,
        callbacks=[
            keras.callbacks.EarlyStopping(patience=stop_patience),
            keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=reduce_patience),
        ],
    )
    rates = set(history.history["learning_rate"])
    print(
        f"stop after {stop_patience}, reduce after {reduce_patience}: rate reduced", len(rates) > 1
    )

# %% [markdown] lang="en"
# ## Several callbacks in a list
#
# At each moment Keras goes through the list from left to right, and `on_epoch_end` gives all of them **the same** `logs`.
# What one writes into it the next can read, and `History`, which Keras puts at the end of the list itself, records it:
# that is how `learning_rate` came into the history.
#
# So a callback of four lines can make a new number that `EarlyStopping` watches: the mean of the last three validation
# losses, say, which does not jump so much. **Does it matter which of the two stands first?**

# %% [markdown] lang="ko"
# ## 콜백이 여럿일 때
#
# 케라스는 때가 되면 리스트를 왼쪽부터 차례로 부르고, `on_epoch_end`에서는 모두에게 **같은** `logs`를 줍니다. 하나가 적어 넣은 것을
# 다음 콜백이 읽을 수 있고, 케라스가 리스트 맨 끝에 붙이는 `History`가 그것을 기록합니다. `learning_rate`가 history에 들어간 것도
# 이 때문입니다.
#
# 그래서 네 줄짜리 콜백으로 `EarlyStopping`이 지켜볼 값을 새로 만들 수 있습니다. 이를테면 마지막 세 검증 손실의 평균은 덜
# 출렁입니다. **둘 가운데 어느 것이 앞에 있는지가 중요할까요?**


# %%
class Smooth(keras.callbacks.Callback):
    """Add the mean of the last three validation losses to the logs."""

    def on_train_begin(self, logs=None):
        self.seen = []

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append(logs["val_loss"])
        logs["smooth_val_loss"] = float(np.mean(self.seen[-3:]))


# %%
for places in ((0, 1), (1, 0)):
    both = [Smooth(), keras.callbacks.EarlyStopping("smooth_val_loss", mode="min", patience=3)]
    callbacks = [both[place] for place in places]
    print(" then ".join(type(callback).__name__ for callback in callbacks))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        keras.utils.set_random_seed(42)
        history = training.fit(
            build_digits_model(),
            x_train,
            y_train,
            epochs=60,
            validation_data=validation,
            verbose=0,
            callbacks=callbacks,
        )
    print("  stopped:", len(history.epoch) < 60, " warned:", len(caught) > 0)
    print("  in the history:", "smooth_val_loss" in history.history)

# %% [markdown] lang="en"
# It does. In the wrong order `EarlyStopping` looks for a number that is not there yet: it warns in every epoch and never
# stops. **The callback that makes a number stands
# before the one that uses it.**
#
# The same goes for the end. `EarlyStopping` puts the best weights back in *its* `on_train_end`. A callback that measures
# the model there finds other weights before it in the list than behind it. Which of the two below finds the lower loss?

# %% [markdown] lang="ko"
# 중요합니다. 순서가 거꾸로이면 `EarlyStopping`은 아직 없는 값을 찾느라 에포크마다 경고만 하고 끝내 멈추지 않습니다. **값을 만드는
# 콜백이 쓰는 콜백보다 앞에 있어야 합니다.**
#
# 훈련이 끝날 때도 그렇습니다. `EarlyStopping`은 *자기* `on_train_end`에서 가장 좋은 가중치로 되돌립니다. 같은 때에 모델을 재는
# 콜백은 그보다 앞에 있을 때와 뒤에 있을 때 서로 다른 가중치를 만납니다. 아래 둘 가운데 손실이 더 낮은 쪽은 어느 것일까요?


# %%
class MeasureAtEnd(keras.callbacks.Callback):
    def on_train_end(self, logs=None):
        self.loss = self.model.evaluate(*validation, verbose=0)[0]


before, after = MeasureAtEnd(), MeasureAtEnd()
best_file = Path(tempfile.mkdtemp()) / "best.keras"
keras.utils.set_random_seed(42)
model = build_digits_model()
callbacks = [
    before,
    keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True),
    keras.callbacks.ModelCheckpoint(best_file, save_best_only=True),
    after,
]
history = training.fit(
    model, x_train, y_train, epochs=60, validation_data=validation, verbose=0, callbacks=callbacks
)
print("behind EarlyStopping it finds the lower loss:", after.loss < before.loss)
stored = keras.models.load_model(best_file).evaluate(*validation, verbose=0)[0]
print("the same loss as the file of ModelCheckpoint:", np.isclose(after.loss, stored))

# %% [markdown] lang="en"
# `EarlyStopping` and `ModelCheckpoint` do not mind each other's place: both decide in `on_epoch_end`, and neither changes
# the weights there.

# %% [markdown] lang="ko"
# `EarlyStopping`과 `ModelCheckpoint`끼리는 순서가 상관없습니다. 둘 다 `on_epoch_end`에서 판단하고, 그때는 가중치를 바꾸지 않기
# 때문입니다.

# %% [markdown] lang="en"
# ## Watching while it runs
#
# A long training is easier to bear, and sooner stopped if it goes wrong, when you can see it. A notebook can replace
# something it has shown: `display(…, display_id=True)` returns a handle, and `handle.update(…)` puts something else in the
# same place. In a callback that makes a line that changes.

# %% [markdown] lang="ko"
# ## 훈련하면서 지켜보기
#
# 오래 걸리는 훈련은 눈으로 볼 수 있어야 견디기 쉽고, 잘못되면 일찍 멈출 수도 있습니다. 노트북은 이미 보여 준 것을 바꿀 수 있습니다.
# `display(…, display_id=True)`가 돌려주는 핸들에 `handle.update(…)`를 부르면 같은 자리의 내용이 바뀝니다. 콜백에 넣으면 한 줄이
# 계속 바뀝니다.


# %% tags=["nbval-ignore-output"]
class LiveLine(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.handle = display("training begins", display_id=True)

    def on_epoch_end(self, epoch, logs=None):
        self.handle.update(f"epoch {epoch + 1}: val_loss {logs['val_loss']:.3f}")


model = build_digits_model()
history = model.fit(
    x_train, y_train, epochs=8, validation_data=validation, verbose=0, callbacks=[LiveLine()]
)

# %% [markdown] lang="en"
# The course has a callback that does so with the learning curves: `plots.LivePlot`. It works in JupyterLab, VS Code and
# Colab, and in a script it simply shows nothing. Drawing takes longer than an epoch of ours. So it draws at most
# twice a second, and never for more than a fifth of the time; only the last picture is always drawn. Run the cell and watch.

# %% [markdown] lang="ko"
# 학습 곡선을 이렇게 그려 주는 콜백이 이 과정에 들어 있습니다. `plots.LivePlot`은 JupyterLab, VS Code, 코랩에서 되고, 스크립트에서는
# 아무것도 보여 주지 않을 뿐 오류는 나지 않습니다. 그림 한 장을 그리는 시간이 우리의 한 에포크보다 깁니다. 그래서 1초에 두 번까지만,
# 그것도 전체 시간의 5분의 1을 넘지 않게 그립니다. 마지막 그림만은 언제나 그립니다. 셀을 실행하고 지켜보세요.

# %% tags=["nbval-ignore-output"]
keras.utils.set_random_seed(42)
model = build_digits_model()
history = model.fit(
    x_train,
    y_train,
    epochs=20,
    validation_data=validation,
    verbose=0,
    callbacks=[plots.LivePlot("loss", every=0.5)],
)

# %% [markdown] lang="en" rows="S5-42"
# ## Built-in or your own?
#
# The fifth lecture sums up three built-in callbacks: `EarlyStopping` ends a training that makes no progress,
# `ModelCheckpoint` saves the model at regular times, `TensorBoard` records logs to be looked at (lesson 11). They live in
# `tf.keras.callbacks` there; in Keras 3 in `keras.callbacks`. These are the ones worth knowing:
#
# | you want to … | use |
# |---|---|
# | stop when nothing improves, go back to the best weights | `EarlyStopping` (lesson 09) |
# | keep the best model in a file | `ModelCheckpoint` (lesson 08) |
# | look at curves, graphs and histograms afterwards | `TensorBoard` (lesson 11) |
# | lower the learning rate on a plateau | `ReduceLROnPlateau` |
# | set the learning rate by a plan | `LearningRateScheduler` |
# | stop at once when the loss is not a number | `TerminateOnNaN` |
# | write the history into a table on disk, epoch by epoch | `CSVLogger` |
# | go on after a crash | `BackupAndRestore` (lesson 04) |
# | do one small thing at one moment | `LambdaCallback` |
# | remember something, use several hooks, take arguments | a class of your own |
#
# First look for a built-in: it is tested, and others can read it. And keep away from the batch hooks if an epoch will
# do: they are called at every step, and `helpers.training.fit` has to hand such a training over to the slower
# `model.fit`.

# %% [markdown] lang="ko" rows="S5-42"
# ## 있는 것을 쓸까, 만들까
#
# 다섯 번째 강의는 내장 콜백 세 가지를 정리합니다. `EarlyStopping`은 진전이 없는 훈련을 일찍 끝내고, `ModelCheckpoint`는 모델을
# 주기적으로 저장하고, `TensorBoard`는 시각화할 로그를 기록합니다(레슨 11). 강의에서는 `tf.keras.callbacks`에 있지만 케라스 3에서는
# `keras.callbacks`에 있습니다. 알아 두면 좋은 것은 다음과 같습니다.
#
# | 하고 싶은 일 | 쓸 것 |
# |---|---|
# | 나아지지 않으면 멈추고 가장 좋은 가중치로 되돌리기 | `EarlyStopping` (레슨 09) |
# | 가장 좋은 모델을 파일로 남기기 | `ModelCheckpoint` (레슨 08) |
# | 곡선, 그래프, 히스토그램을 나중에 살펴보기 | `TensorBoard` (레슨 11) |
# | 제자리걸음하면 학습률 낮추기 | `ReduceLROnPlateau` |
# | 계획대로 학습률 바꾸기 | `LearningRateScheduler` |
# | 손실이 수가 아니면(NaN) 바로 멈추기 | `TerminateOnNaN` |
# | 에포크마다 기록을 표 파일로 남기기 | `CSVLogger` |
# | 훈련이 끊긴 뒤 이어서 하기 | `BackupAndRestore` (레슨 04) |
# | 정해진 때에 작은 일 하나 하기 | `LambdaCallback` |
# | 무언가를 기억하거나, 훅을 여럿 쓰거나, 인자를 받기 | 직접 만든 클래스 |
#
# 먼저 내장 콜백이 있는지 찾아보세요. 검증된 코드이고 다른 사람도 읽을 수 있습니다. 에포크 단위로 되는 일이라면 배치 훅은 쓰지 마세요.
# 스텝마다 불리는 데다, `helpers.training.fit`도 그런 훈련은 느린 `model.fit`에 맡겨야 합니다.

# %% [markdown] lang="en"
# For instance, you need no callback of your own to collect the numbers in a file. **Which columns will the file have?**

# %% [markdown] lang="ko"
# 이를테면 숫자를 파일에 모으는 콜백은 만들 필요가 없습니다. **파일에는 어떤 열이 있을까요?**

# %%
csv_file = Path(tempfile.mkdtemp()) / "history.csv"
model = build_digits_model()
history = model.fit(
    x_train,
    y_train,
    epochs=3,
    validation_data=validation,
    verbose=0,
    callbacks=[keras.callbacks.CSVLogger(csv_file), *halving()],
)
print("in the file:   ", list(pd.read_csv(csv_file).columns))
print("in the history:", list(history.history))

# %% [markdown] lang="en"
# `learning_rate` is missing in the file: `ReduceLROnPlateau` wrote it into `logs` only after `CSVLogger` had read them.
# You know what to change.

# %% [markdown] lang="ko"
# 파일에는 `learning_rate`가 없습니다. `ReduceLROnPlateau`가 `logs`에 적어 넣기 전에 `CSVLogger`가 읽었기 때문입니다. 어떻게
# 고칠지는 이제 알 것입니다.

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write a callback class `GoalStop`. `GoalStop(0.9)` ends the training as soon as the **validation** accuracy
# is 0.9 or more.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 콜백 클래스 `GoalStop`을 작성하세요. `GoalStop(0.9)`는 **검증** 정확도가 0.9 이상이 되면 바로 훈련을 끝냅니다.

# %% tags=["exercise"]
GoalStop = ...  # replace this line by: class GoalStop(keras.callbacks.Callback): …

check("10.e1", GoalStop)

# %% [markdown] lang="en"
# **Exercise 2.** Write the rule of `ReduceLROnPlateau` yourself: `rates(val_loss, rate, factor, patience)` returns the list of
# the learning rates with which the epochs are trained, with `min_delta=0` and all else at its default. The first one is `rate`.

# %% [markdown] lang="ko"
# **연습 2.** `ReduceLROnPlateau`의 규칙을 직접 작성해 봅시다. `rates(val_loss, rate, factor, patience)`는 각 에포크를 어떤 학습률로
# 훈련하는지 리스트로 돌려줍니다. `min_delta=0`이고 나머지는 기본값입니다. 첫 에포크의 학습률은 `rate`입니다.


# %% tags=["exercise"]
def rates(val_loss, rate, factor, patience):
    return ...


check("10.e2", rates)

# %% [markdown] lang="en"
# Stuck? Run `hint("10.e1")`, or `solution("10.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("10.e1")`을, 해 본 다음에는 `solution("10.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("10")

# %% [markdown] lang="en"
# ## Summary
#
# - A callback is an **object** whose hooks are called at fixed moments. A plain function is refused; `LambdaCallback` wraps
#   it. A misspelt hook is never called.
# - Validation lies inside the epoch, so `on_epoch_end` knows `val_loss`. The values at the end of a batch are means over
#   the epoch so far.
# - `self.model.stop_training = True` ends the run; the epoch is still closed properly.
# - Measured numbers are not compared with `==`. Where two curves meet is no reason to stop.
# - `ReduceLROnPlateau` calms a run whose rate is too large and writes `learning_rate` into the history. It does not replace
#   a good rate. Its patience must be smaller than that of `EarlyStopping`.
# - Callbacks share `logs` and are called from left to right: one that makes a number stands before one that uses it.

# %% [markdown] lang="ko"
# ## 정리
#
# - 콜백은 정해진 때에 훅이 불리는 **객체**입니다. 함수를 그대로 넣으면 거절하고, `LambdaCallback`으로 감싸면 됩니다. 이름을 잘못 적은
#   훅은 불리지 않습니다.
# - 검증은 에포크 안에 있으므로 `on_epoch_end`에서 `val_loss`를 볼 수 있습니다. 배치가 끝날 때 받는 값은 그 에포크에서 그때까지의
#   평균입니다.
# - `self.model.stop_training = True`로 훈련을 끝냅니다. 하던 에포크는 제대로 마무리됩니다.
# - 잰 값은 `==`로 비교하지 않습니다. 두 곡선이 만난다는 것은 멈출 까닭이 되지 못합니다.
# - `ReduceLROnPlateau`는 학습률이 너무 큰 훈련을 가라앉히고 history에 `learning_rate`를 남깁니다. 알맞은 학습률을 대신하지는
#   못합니다. patience는 `EarlyStopping`의 것보다 작아야 합니다.
# - 콜백들은 `logs`를 함께 쓰고 왼쪽부터 차례로 불립니다. 값을 만드는 콜백이 쓰는 콜백보다 앞에 있어야 합니다.
