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

# %% [markdown] lang="en"
# `fit` is a single line, and the fifth lecture spends ten slides on its arguments. A slide can say what an argument is
# for. It cannot show what happens when you use it. So here every argument gets an experiment.
#
# Guess the outcome of one of them first. In a table of 240 tissue samples only 26 are malignant. A network that calls
# everything benign is right nearly nine times in ten and finds no tumour at all. `class_weight={0: 1, 1: 9}` tells `fit`
# to take each malignant row nine times as seriously. We train with it and without it. **What will it do, on validation
# rows, to the accuracy and to the share of the tumours that are found?**

# %% [markdown] lang="ko"
# `fit`은 한 줄이지만 다섯 번째 강의는 그 인자를 설명하는 데 슬라이드 열 장을 씁니다. 슬라이드는 인자가 무엇을 위한 것인지
# 말해 줄 수는 있어도, 실제로 쓰면 무슨 일이 생기는지 보여 주지는 못합니다. 그래서 여기서는 모든 인자를 실험으로 확인합니다.
#
# 그중 하나의 결과를 먼저 예상해 봅시다. 조직 표본 240개 가운데 악성은 26개뿐입니다. 무조건 양성이라고 답하는 신경망은 열에
# 아홉 가까이 맞히지만 종양을 하나도 찾지 못합니다. `class_weight={0: 1, 1: 9}`는 악성 표본 하나하나를 아홉 배로 무겁게 다루라는
# 뜻입니다. 이것을 쓸 때와 쓰지 않을 때를 비교하겠습니다. **검증 데이터에서 정확도와, 찾아낸 종양의 비율은 각각 어떻게
# 될까요?**

# %%
import contextlib
import inspect
import io
import json
import math
import re
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from helpers import data, experiments, plots, training
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("04.p1")

# %% [markdown] lang="en"
# ## One signature
#
# The slides show the signature of `fit` in TensorFlow 2.7, with nineteen arguments. Keras 3 has cleaned up since. **How
# many of them are gone?** Python can tell: a function knows its own arguments.

# %% [markdown] lang="ko"
# ## fit의 인자 목록
#
# 슬라이드에 나온 것은 텐서플로 2.7의 `fit`이고 인자가 열아홉 개입니다. 그 뒤 케라스 3에서 정리가 있었습니다. **몇 개가
# 사라졌을까요?** 함수는 자기 인자를 알고 있으니 파이썬에 물어보면 됩니다.

# %% [markdown] lang="en" rows="S5-16 S5-17"
# > **In the lecture** (S5, "학습과정의 핵심 fit 함수"): the signature below, and the remark
# > *"이전 버전에서 사용하던 fit_generator 함수도 fit함수에 포함되었음"*, the function fit_generator of earlier versions is
# > now part of fit.
# >
# > So it is, and in Keras 3 the old name is gone, too. `fit` takes a generator as `x`. The generator brings the answers
# > along, so there is no `y`; and as it never ends, `steps_per_epoch` has to say when an epoch is over.

# %% [markdown] lang="ko" rows="S5-16 S5-17"
# > **강의에서는** (S5, "학습과정의 핵심 fit 함수"): 아래의 인자 목록을 보여 주고, "이전 버전에서 사용하던 fit_generator 함수도
# > fit함수에 포함되었음"이라고 덧붙입니다.
# >
# > 맞습니다. 그리고 케라스 3에서는 옛 이름도 사라졌습니다. `fit`의 `x`에 제너레이터를 그대로 넣습니다. 정답도 제너레이터가 함께
# > 내주므로 `y`는 없고, 끝이 없는 제너레이터이니 한 에포크가 몇 스텝인지 `steps_per_epoch`로 정해 줍니다.

# %% tags=["lecture"]
signature = """fit( x=None, y=None, batch_size=None, epochs=1, verbose='auto',
callbacks=None, validation_split=0.0, validation_data=None, shuffle=True,
class_weight=None, sample_weight=None, initial_epoch=0, steps_per_epoch=None,
validation_steps=None, validation_batch_size=None, validation_freq=1,
max_queue_size=10, workers=1, use_multiprocessing=False)"""
lecture = re.findall(r"(\w+)=", signature)
today = [name for name in inspect.signature(keras.Model.fit).parameters if name != "self"]
print("in the lecture:", len(lecture), " today:", len(today))
print("gone:", [name for name in lecture if name not in today])
print("new: ", [name for name in today if name not in lecture])

# %%
cancer = data.load("breast_cancer")


def build():
    model = keras.Sequential(
        [
            keras.Input((30,)),
            keras.layers.Dense(12, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="binary_crossentropy")
    return model


# %% tags=["lecture"]
def endless_batches():
    while True:
        yield cancer.x_train[:10], cancer.y_train[:10]


model = build()
try:
    model.fit_generator(endless_batches(), steps_per_epoch=5)
except AttributeError as error:
    print("fit_generator:", type(error).__name__)
model.fit(endless_batches(), steps_per_epoch=5, shuffle=False, verbose=0)
print("steps that fit took from the generator:", int(model.optimizer.iterations))

# %% [markdown] lang="en" rows="S5-18 S5-19"
# The three that are gone get a section at the end. The first two need few words: `x` holds the inputs and `y` the right
# answers (labels, ground truth). Row number i of `y` belongs to row number i of `x`, and all that `fit` can check is that
# there are equally many. What does it say if one answer is missing?

# %% [markdown] lang="ko" rows="S5-18 S5-19"
# 사라진 셋은 마지막에 따로 다룹니다. 처음 두 인자는 간단합니다. `x`는 입력, `y`는 정답(레이블, ground truth)입니다. `y`의 i번째
# 행은 `x`의 i번째 행의 정답인데, `fit`이 확인할 수 있는 것은 개수가 같은지뿐입니다. 정답이 하나 모자라면 무엇이라고 할까요?

# %%
try:
    build().fit(cancer.x_train, cancer.y_train[:-1], verbose=0)
except ValueError as error:
    print("ValueError:", str(error).split(". ")[0])

# %% [markdown] lang="en"
# ## A network that takes notes
#
# Most arguments of `fit` decide one thing: **which rows the network is shown, and when**. So we build a network that
# writes it down. Keras calls `train_step` for each batch of training rows and `test_step` for each batch of validation
# rows. Ours notes the rows and then does what Keras always does. The data are 100 rows that hold nothing but their own
# number, and the learning rate is 0, because there is nothing to learn.

# %% [markdown] lang="ko"
# ## 받아 적는 신경망
#
# `fit`의 인자는 대부분 한 가지를 정합니다. **어떤 행을 언제 신경망에 보여 줄 것인가**입니다. 그러니 그것을 받아 적는 신경망을
# 만들어 봅시다. 케라스는 훈련 배치마다 `train_step`을, 검증 배치마다 `test_step`을 부릅니다. 우리 신경망은 행 번호를 적어 두고
# 나머지는 케라스가 하던 대로 합니다. 데이터는 자기 번호만 담긴 100행입니다. 배울 것이 없으니 학습률은 0으로 둡니다.


# %%
class Watched(keras.Sequential):
    """A network that notes which rows fit shows it."""

    def train_step(self, data):
        self.trained[-1].append(row_numbers(data))
        return super().train_step(data)

    def test_step(self, data):
        self.tested[-1].append(row_numbers(data))
        return super().test_step(data)


def row_numbers(data):
    return data[0].numpy().ravel().astype(int).tolist()


# %%
numbers = np.arange(100.0).reshape(100, 1)


def watch(x=numbers, y=numbers, **arguments):
    """Call fit and return the rows of each batch, epoch by epoch: trained on, validated on."""
    model = Watched([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse", run_eagerly=True)
    model.trained, model.tested = [], []

    def new_page(epoch, logs):
        model.trained.append([])
        model.tested.append([])

    notes = keras.callbacks.LambdaCallback(on_epoch_begin=new_page)
    model.fit(x, y, callbacks=[notes], verbose=0, **arguments)
    return model.trained, model.tested


# %% [markdown] lang="en" rows="S5-20 S5-21"
# ## Batch size, epochs, steps
#
# `batch_size` says how many rows go in at once (32 if you say nothing), and after each batch the weights are updated:
# one **step**. `epochs` says how many times all rows are gone through (once if you say nothing). **100 rows in batches of
# 32: how many steps is an epoch, and how many rows has the last one?**

# %% [markdown] lang="ko" rows="S5-20 S5-21"
# ## 배치 크기, 에포크, 스텝
#
# `batch_size`는 한 번에 넣을 행의 수입니다(정하지 않으면 32). 배치 하나를 처리할 때마다 가중치를 한 번 갱신하는데, 이것이 한
# **스텝**(step)입니다. `epochs`는 전체 데이터를 몇 번 되풀이할지입니다(정하지 않으면 한 번). **100행을 32행씩 묶으면 한 에포크는
# 몇 스텝이고, 마지막 스텝은 몇 행일까요?**

# %%
trained, _ = watch(batch_size=32, epochs=2, shuffle=False)
plots.batches(trained, "batch_size=32, epochs=2, shuffle=False")

# %% [markdown] lang="en"
# Nothing is dropped: the last batch simply holds what is left. So the number of steps is rows divided by batch size,
# **rounded up**. Try other sizes.

# %% [markdown] lang="ko"
# 버려지는 행은 없고, 마지막 배치에 나머지가 들어갑니다. 그러니 스텝 수는 행의 수를 배치 크기로 나누어 **올림**한 값입니다. 다른
# 크기도 확인해 봅시다.

# %%
for batch_size in (10, 32, 99, 1000):
    steps = watch(batch_size=batch_size)[0][0]
    rounded_up = len(steps) == math.ceil(100 / batch_size)
    print(f"batch_size={batch_size}: steps {len(steps)} (100 / {batch_size} rounded up:", end=" ")
    print(f"{rounded_up}), rows in the last one {len(steps[-1])}")

# %% [markdown] lang="en" rows="S5-22" errata="E-45"
# > **In the lecture** (S5, "Epoch과 batch"): on batch_size, *"모델의 input_shape도 이 값을 고려하여 설정"*, set the
# > model's input_shape with this value in mind; on steps_per_epoch,
# > `batch_size * steps_per_epoch = 학습 데이터의 수`, the product is the number of training rows.
# >
# > The shape of the input is the shape of **one row**. The number of rows is left open, so one and the same model takes
# > batches of any size. And the product is right only if the division leaves no remainder: above, 32 × 4 is 128, not 100.

# %% [markdown] lang="ko" rows="S5-22" errata="E-45"
# > **강의에서는** (S5, "Epoch과 batch"): batch_size에 대해 "모델의 input_shape도 이 값을 고려하여 설정"한다고 하고,
# > steps_per_epoch에 대해서는 `batch_size * steps_per_epoch = 학습 데이터의 수`라고 합니다.
# >
# > 입력의 모양은 **한 행**의 모양입니다. 행의 수는 비워 두기 때문에 같은 모델에 어떤 크기의 배치도 넣을 수 있습니다. 그리고 그
# > 곱셈은 나누어떨어질 때만 맞습니다. 위에서는 32 × 4 = 128이지 100이 아니었습니다.

# %% tags=["lecture"]
model = build()
print("input_shape:", model.input_shape)
for rows in (1, 7, 341):
    print(f"rows in: {rows}, shape of the answers:", model(cancer.x_train[:rows]).shape)

# %% [markdown] lang="en"
# Leave `steps_per_epoch` alone and an epoch is one pass through the data. Set it, and an "epoch" is just that many steps.
# 100 rows in batches of 10 make ten steps. **With `steps_per_epoch=5`, which rows does the second epoch see: the first
# half again, or the second half?**

# %% [markdown] lang="ko"
# `steps_per_epoch`를 정하지 않으면 한 에포크는 데이터를 한 번 다 도는 것입니다. 정하면 "에포크"는 그저 그만큼의 스텝을 뜻합니다.
# 100행을 10행씩 묶으면 열 스텝입니다. **`steps_per_epoch=5`라면 두 번째 에포크에는 어떤 행이 나올까요? 앞의 절반이 다시
# 나올까요, 뒤의 절반이 나올까요?**

# %%
trained, _ = watch(batch_size=10, steps_per_epoch=5, epochs=3, shuffle=False)
plots.batches(trained, "batch_size=10, steps_per_epoch=5, epochs=3, shuffle=False")

# %% [markdown] lang="en"
# It **goes on** where the first one stopped. That is useful with endless generators and with huge data sets, where one
# would like to validate more often than once a pass. And if you ask for more steps than there are batches?

# %% [markdown] lang="ko"
# 첫 에포크가 멈춘 곳에서 **이어집니다**. 끝이 없는 제너레이터를 쓸 때나, 데이터가 아주 많아서 한 바퀴를 다 돌기 전에 검증하고
# 싶을 때 쓸모가 있습니다. 배치의 수보다 많은 스텝을 요구하면 어떻게 될까요?

# %%
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    trained, _ = watch(batch_size=10, steps_per_epoch=15, epochs=2)
print("steps taken in each epoch:", [len(epoch) for epoch in trained])
said = any("ran out of data" in str(warning.message) for warning in caught)
print("Keras warns that the input ran out of data:", said)

# %% [markdown] lang="en"
# ## How large a batch?
#
# Everything works, from one row to the whole table. So which size should one take? The second lecture has an answer.

# %% [markdown] lang="ko"
# ## 배치는 얼마나 커야 할까
#
# 한 행부터 전체 데이터까지 어떤 크기든 쓸 수 있습니다. 그럼 얼마로 해야 할까요? 두 번째 강의에 답이 있습니다.

# %% [markdown] lang="en" rows="S2-31" errata="E-10"
# > **In the lecture** (S2, "모델 실행"): *"batch_size가 너무 크면 학습 속도가 느려지고, 너무 작으면 각 실행 값의 편차가
# > 생겨서 전체 결과값이 불안정해질 수 있음"*, too large makes learning slow, too small makes the result unstable.
# >
# > "Slow" can mean two things here, and they point in opposite directions: how long an epoch **takes**, and how far an
# > epoch **gets**. First the clock.

# %% [markdown] lang="ko" rows="S2-31" errata="E-10"
# > **강의에서는** (S2, "모델 실행"): "batch_size가 너무 크면 학습 속도가 느려지고, 너무 작으면 각 실행 값의 편차가 생겨서 전체
# > 결과값이 불안정해질 수 있음"이라고 합니다.
# >
# > 여기서 "느리다"에는 두 가지 뜻이 있고, 둘은 방향이 반대입니다. 한 에포크에 걸리는 **시간**과, 한 에포크에 배우는
# > **양**입니다. 먼저 시간을 재 봅시다.


# %% tags=["lecture", "nbval-ignore-output"]
class Stopwatch(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.began = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.began)


model, watches = build(), {}
for batch_size in (2, 341):
    watches[batch_size] = Stopwatch()
    arguments = {"batch_size": batch_size, "epochs": 4, "callbacks": [watches[batch_size]]}
    model.fit(cancer.x_train, cancer.y_train, verbose=0, **arguments)
print("Rule: compare the fastest of four epochs each.")
faster = min(watches[341].seconds) < min(watches[2].seconds)
print("an epoch of 1 step of 341 rows is faster than one of 171 steps of 2:", faster)

# %% [markdown] lang="en"
# So the large batch is the *quicker* one, epoch for epoch. But it also updates the weights once where the small one does
# it 171 times. **After 20 epochs each: which training loss is lowest? And if the largest batch goes on until it has had
# as many updates as batches of 32 rows, that is for 220 epochs?** Each line is the median of ten seeds.

# %% [markdown] lang="ko"
# 에포크마다 걸리는 시간은 큰 배치가 오히려 *짧습니다*. 그 대신 작은 배치가 가중치를 171번 갱신하는 동안 한 번만 갱신합니다.
# **20에포크씩 훈련하면 훈련 손실은 어느 쪽이 가장 낮을까요? 가장 큰 배치를 220에포크까지 더 훈련해서 32행일 때와 갱신 횟수를
# 맞추면 어떻게 될까요?** 선 하나는 시드 열 개의 중앙값입니다.

# %%
sizes = {"2 rows": (2, 20), "32 rows": (32, 20), "341 rows": (341, 220)}
variants = {
    name: experiments.Variant(build, fit={"batch_size": batch_size, "epochs": epochs})
    for name, (batch_size, epochs) in sizes.items()
}
parts = (cancer.x_train, cancer.y_train, cancer.x_val, cancer.y_val)
batch_runs = experiments.compare(variants, parts, epochs=20, seeds=10)
print(batch_runs)

# %% tags=["nbval-ignore-output"]
steps = {name: math.ceil(341 / batch_size) for name, (batch_size, _) in sizes.items()}
plots.by_updates(batch_runs, steps, title="Training loss: by epochs, by updates")

# %% [markdown] lang="en"
# On the left the sizes lie far apart. On the right, drawn against updates, 32 and 341 rows share one line, and 2 rows are
# not far from it. So the lecture's sentence should read: **in the same number of epochs a large batch learns less, because
# it updates less often**.

# %% [markdown] lang="ko"
# 왼쪽에서는 배치 크기에 따라 선이 멀리 떨어져 있습니다. 오른쪽처럼 갱신 횟수를 가로축으로 그리면 32행과 341행이 한 줄로 겹치고,
# 2행도 그리 멀지 않습니다. 그러니 강의의 문장은 이렇게 읽어야 합니다. **에포크 수가 같다면 큰 배치는 덜 배웁니다. 갱신을 덜
# 하기 때문입니다.**


# %%
def loss_after_20_epochs(run):
    return run["loss"][19]


batch_runs.claim(
    "the whole table at once learns less in 20 epochs",
    loss_after_20_epochs,
    of="341 rows",
    direction="higher",
    than="32 rows",
    margin=0.1,
    agree=10,
)

# %%
batch_runs.claim(
    "given as many updates, it learns as much: its loss is no higher",
    "last_loss",
    of="341 rows",
    direction="lower",
    than="32 rows",
)

# %% [markdown] lang="en"
# And the second half of the sentence, "unstable"? A batch of two rows is a poor sample of 341, so each update points a
# little elsewhere. **In 20 epochs there are 19 changes from one epoch to the next. How often does the validation loss go
# up instead of down?**

# %% [markdown] lang="ko"
# 문장의 뒷부분 "불안정"은 어떨까요? 두 행은 341행을 대표하기에 너무 적어서, 갱신할 때마다 방향이 조금씩 엇나갑니다. **20에포크면
# 에포크와 에포크 사이가 19번입니다. 검증 손실이 내려가지 않고 올라간 것은 몇 번일까요?**


# %%
def times_up(run):
    return np.sum(np.diff(run["val_loss"]) > 0)


batch_runs.claim(
    "tiny batches are unstable: the validation loss goes up more often",
    times_up,
    of="2 rows",
    direction="higher",
    than="32 rows",
    margin=3,
    agree=10,
)

# %% [markdown] lang="en"
# That half of the lecture's sentence holds. Its advice, to look for a batch that the computer's memory can take
# (*"자신의 컴퓨터 메모리가 감당할 만큼의 batch_size를 찾아 설정"*), names the upper end. The best size is usually well
# below it; 32 is a good first try, and a larger batch wants more epochs or a larger learning rate (lesson 13).

# %% [markdown] lang="ko"
# 강의의 문장에서 이 부분은 맞습니다. "자신의 컴퓨터 메모리가 감당할 만큼의 batch_size를 찾아 설정"하라는 조언은 가장 큰 쪽의
# 한계를 말해 줍니다. 알맞은 크기는 대개 그보다 훨씬 작습니다. 32로 시작해 보고, 배치를 키우면 에포크를 늘리거나 학습률을
# 키우세요(레슨 13).

# %% [markdown] lang="en" rows="S3-15 S5-23 S5-24"
# ## verbose: how much fit tells you
#
# `verbose=0` is silent, `1` draws a progress bar, `2` writes a line for each epoch and no bar. The third lecture says that
# 1 is the default. Today it is `"auto"`, which means 1 nearly everywhere. We catch what `fit` prints and look at it.

# %% [markdown] lang="ko" rows="S3-15 S5-23 S5-24"
# ## verbose: 얼마나 알려 줄까
#
# `verbose=0`은 아무것도 출력하지 않고, `1`은 진행 막대를 그리며, `2`는 막대 없이 에포크마다 한 줄씩 씁니다. 세 번째 강의는 기본값이
# 1이라고 합니다. 지금 기본값은 `"auto"`인데, 거의 언제나 1과 같습니다. `fit`이 출력하는 것을 붙잡아서 살펴봅시다.


# %%
def printed(verbose):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        model.fit(cancer.x_train, cancer.y_train, epochs=2, verbose=verbose)
    return text.getvalue()


model = build()
for verbose in (0, 1, 2, "auto"):
    text = printed(verbose)
    lines, bar = text.count("\n"), "━" in text
    print(f"verbose={verbose!r}: {lines} lines, progress bar: {bar}")

# %% tags=["nbval-ignore-output"]
print(printed(2))

# %% [markdown] lang="en"
# `11/11` are the steps. The lecture's sample says `219/219`. Its data set is not named, but the number gives it away:
# how many rows were there, if the batch size was 32?

# %% [markdown] lang="ko"
# `11/11`은 스텝 수입니다. 강의의 예에는 `219/219`라고 찍혀 있습니다. 어떤 데이터인지는 나와 있지 않지만 이 숫자로 짐작할 수
# 있습니다. 배치 크기가 32였다면 몇 행이었을까요?

# %%
fits = [rows for rows in range(1, 10_000) if math.ceil(rows / 32) == 219]
print("219 steps of 32 rows:", fits[0], "to", fits[-1], "training rows")

# %% [markdown] lang="en" rows="S3-23 S5-25"
# ## Validation
#
# `validation_data=(x_val, y_val)`, a tuple of inputs and answers, is measured after each epoch (a generator works, too).
# The lecture says that it does not flow into the training. Do you believe it? **Train twice from the same seed, once with
# and once without validation data. Will the weights be the same to the last bit?**

# %% [markdown] lang="ko" rows="S3-23 S5-25"
# ## 검증
#
# `validation_data=(x_val, y_val)`처럼 입력과 정답을 튜플로 주면 에포크가 끝날 때마다 평가합니다(제너레이터도 됩니다). 강의는 이
# 데이터가 "학습에 반영"되지 않는다고 합니다. 정말일까요? **같은 시드로 두 번, 검증 데이터를 주고 한 번, 주지 않고 한 번
# 훈련하면 가중치는 마지막 비트까지 같을까요?**

# %%
finished = []
for validation in (None, (cancer.x_val, cancer.y_val)):
    keras.utils.set_random_seed(0)
    model = build()
    model.fit(cancer.x_train, cancer.y_train, epochs=3, validation_data=validation, verbose=0)
    finished.append(np.concatenate([weights.ravel() for weights in model.get_weights()]))
print("same weights with and without validation data:", np.array_equal(*finished))

# %% [markdown] lang="en" rows="S1-31 S5-34"
# The other way is `validation_split=0.2`: `fit` cuts the validation part off by itself. The first lecture explains the
# number as the share that decides what becomes *"트레이닝 데이터셋과 테스트 데이터셋"*, training and test set. It makes
# a **validation** set; and which rows does it take? And if you give both arguments? (Lesson 02 shows what this does to a
# sorted table.)

# %% [markdown] lang="ko" rows="S1-31 S5-34"
# 다른 방법은 `validation_split=0.2`입니다. `fit`이 알아서 검증용을 떼어 냅니다. 첫 번째 강의는 이 숫자가 "트레이닝 데이터셋과 테스트
# 데이터셋"으로 나누는 비율이라고 설명합니다. 실제로 만들어지는 것은 **검증** 세트입니다. 그렇다면 어떤 행을 떼어 낼까요? 두
# 인자를 다 주면 어떻게 될까요? (정렬된 데이터에서 무슨 일이 생기는지는 레슨 02에서 보았습니다.)


# %%
def rows_of(batches):
    rows = sorted(row for batch in batches for row in batch)
    return f"rows {rows[0]} to {rows[-1]}"


trained, tested = watch(validation_split=0.2)
print("validation_split=0.2: trained on", rows_of(trained[0]), "- validated on", rows_of(tested[0]))
half = numbers[50:]
trained, tested = watch(validation_split=0.2, validation_data=(half, half))
print("both arguments:       trained on", rows_of(trained[0]), "- validated on", rows_of(tested[0]))

# %% [markdown] lang="en" rows="S5-26"
# `validation_split` takes the **last** rows, before any shuffling, and `validation_data` overrules it.
#
# Validating takes time. `validation_freq=3` does it after every third epoch; a list names the epochs. The lecture puts it
# well: often costs time, but shows more detail. What is left of seven epochs?

# %% [markdown] lang="ko" rows="S5-26"
# `validation_split`은 섞기 전에 **마지막** 행들을 떼어 내고, `validation_data`를 함께 주면 그쪽을 따릅니다.
#
# 검증에도 시간이 듭니다. `validation_freq=3`이면 세 에포크마다 검증하고, 리스트를 주면 그 에포크에만 검증합니다. 강의의 설명대로
# 자주 할수록 오래 걸리지만 자세히 볼 수 있습니다. 7에포크 가운데 언제 검증할까요?

# %%
arguments = {"epochs": 7, "batch_size": 80, "validation_split": 0.2}
for validation_freq in (1, 3, [1, 5, 6]):
    _, tested = watch(validation_freq=validation_freq, **arguments)
    validated = [epoch for epoch, batches in enumerate(tested, start=1) if batches]
    print(f"validation_freq={validation_freq}: validated after epochs {validated}")

# %% [markdown] lang="en" rows="S5-28 S5-29" errata="E-45"
# > **In the lecture** (S5, "검증 과정의 epoch, batch"): `validation_batch_size * validation_steps = 검증 데이터의 수`, the
# > product is the number of validation rows.
# >
# > The same rule as above, and the same trouble. `validation_batch_size` (by default the batch size) only decides how many
# > rows are computed at once; the result does not depend on it. But `validation_steps` **cuts off**: with 50 rows, batches
# > of 10 and `validation_steps=2`, which rows are left?

# %% [markdown] lang="ko" rows="S5-28 S5-29" errata="E-45"
# > **강의에서는** (S5, "검증 과정의 epoch, batch"): `validation_batch_size * validation_steps = 검증 데이터의 수`라고 합니다.
# >
# > 앞의 것과 같은 식이고, 같은 문제가 있습니다. `validation_batch_size`(기본값은 배치 크기)는 한 번에 몇 행씩 계산할지만 정하므로
# > 결과는 달라지지 않습니다. 하지만 `validation_steps`는 **잘라 냅니다**. 50행을 10행씩 묶고 `validation_steps=2`라고 하면
# > 어떤 행이 남을까요?

# %% tags=["lecture"]
arguments = {"validation_data": (half, half), "validation_batch_size": 10, "epochs": 2}
for validation_steps in (None, 2):
    _, tested = watch(validation_steps=validation_steps, **arguments)
    print(f"validation_steps={validation_steps}:", [rows_of(epoch) for epoch in tested])
model = build()
losses = [model.evaluate(cancer.x_val, cancer.y_val, batch_size=n, verbose=0) for n in (7, 114)]
print("same loss with batches of 7 and of 114 rows:", np.allclose(*losses))

# %% [markdown] lang="en"
# Always the **first** rows, in every epoch. If the validation rows are sorted, those are rows of one class. For data in
# memory, leave `validation_steps` alone.

# %% [markdown] lang="ko"
# 에포크마다 언제나 **앞쪽** 행입니다. 검증 데이터가 정렬되어 있다면 한 클래스뿐이겠지요. 메모리에 있는 데이터라면
# `validation_steps`는 건드리지 마세요.

# %% [markdown] lang="en" rows="S5-27"
# ## shuffle: the order of the rows
#
# `shuffle=True` is the default. The training rows are mixed, and the documentation says when: before each epoch. **So will
# the second epoch have another order than the first?** Do not believe it, look at the notes.

# %% [markdown] lang="ko" rows="S5-27"
# ## shuffle: 행의 순서
#
# 기본값은 `shuffle=True`입니다. 훈련 데이터를 섞는데, 문서에는 에포크를 시작할 때마다 섞는다고 되어 있습니다. **그렇다면 두 번째
# 에포크의 순서는 첫 번째와 다를까요?** 믿지 말고 받아 적은 것을 봅시다.

# %%
trained, _ = watch(batch_size=10, epochs=2, shuffle=True)
plots.batches(trained, "batch_size=10, epochs=2, shuffle=True")

# %% [markdown] lang="en"
# Mixed they are, but the second epoch repeats the order of the first, row for row. The **seed** does it. Keras 3 on
# TensorFlow draws the order inside its data pipeline, and the pipeline starts again with each epoch; with a fixed seed it
# then draws the same order once more. (Without a seed every epoch gets its own.) It seldom does harm, for the rows *are*
# mixed. If you want a new order in each epoch and a fixed seed as well, shuffle in a `tf.data` pipeline of your own;
# `training.fit`, which the course uses for its experiments, also draws anew each time.

# %% [markdown] lang="ko"
# 섞이기는 했지만 두 번째 에포크는 첫 번째의 순서를 한 행도 틀리지 않고 되풀이합니다. **시드** 때문입니다. 텐서플로 위의 케라스 3은
# 데이터 파이프라인 안에서 순서를 뽑는데, 이 파이프라인이 에포크마다 처음부터 다시 시작합니다. 그래서 시드를 고정하면 같은 순서를
# 또 뽑게 됩니다. (시드를 고정하지 않으면 에포크마다 순서가 다릅니다.) 어쨌든 섞여 있으므로 해가 되는 일은 드뭅니다. 시드를
# 고정하면서 에포크마다 순서를 바꾸고 싶으면 `tf.data` 파이프라인을 직접 만들어 섞으면 됩니다. 이 과정의 실험에 쓰는
# `training.fit`도 매번 새로 뽑습니다.

# %%
pipeline = tf.data.Dataset.from_tensor_slices((numbers, numbers)).shuffle(100).batch(10)
trained, _ = watch(pipeline, None, epochs=2, shuffle=False)  # the pipeline does the shuffling
first, second = ([row for batch in epoch for row in batch] for epoch in trained)
print("every row once in each epoch:", sorted(first) == sorted(second) == list(range(100)))
print("the same order in both:", first == second)

# %% [markdown] lang="en"
# Why shuffle at all? The lecture says: so that the network does not learn the given order (*"입력 순서에 맞춰 학습되지
# 않도록"*). Take 600 digits **sorted**: first all zeros, at last all
# nines. Without shuffling each epoch ends with a few dozen nines in a row. **How far will the validation accuracy
# drop?** (`validation_batch_size` makes validating quick here: all rows at once.)

# %% [markdown] lang="ko"
# 애초에 왜 섞을까요? 강의의 말로는 "입력 순서에 맞춰 학습되지 않도록" 하기 위해서입니다. 손글씨 숫자 600장을 0부터 9까지 **정렬**해 놓았다고 합시다. 섞지
# 않으면 에포크가 끝날 때마다 9만 수십 장을 내리 보게 됩니다. **검증 정확도는 얼마나 떨어질까요?** (여기서는
# `validation_batch_size`로 검증 데이터를 한꺼번에 넣어 검증 시간을 줄입니다.)


# %%
def build_digits_model():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=loss, metrics=["accuracy"])
    return model


digits = data.load("mnist")
order = np.argsort(digits.y_train[:600], kind="stable")
x_sorted, y_sorted = digits.x_train[order], digits.y_train[order]
print("the first and the last labels:", y_sorted[:5], y_sorted[-5:])

# %%
variants = {
    name: experiments.Variant(build_digits_model, fit={"shuffle": shuffle})
    for name, shuffle in (("shuffle=True", True), ("shuffle=False", False))
}
order_runs = experiments.compare(
    variants,
    (x_sorted, y_sorted, digits.x_val[:500], digits.y_val[:500]),
    epochs=8,
    validation_batch_size=500,
)
order_runs.claim(
    "sorted rows without shuffling cost 15 points of validation accuracy or more",
    "last_val_accuracy",
    of="shuffle=False",
    direction="lower",
    than="shuffle=True",
    margin=0.15,
    agree=10,
)

# %% tags=["nbval-ignore-output"]
order_runs.plot("val_accuracy", title="Sorted digits: ten seeds, median and quartiles")

# %% [markdown] lang="en"
# How much it hurts depends on the data: on the breast cancer table, sorted, the same experiment shows next to nothing (two
# classes, easily told apart). You do not know beforehand, so leave `shuffle=True`. The lecture adds that `shuffle` is
# ignored for a generator. True: `fit` cannot reorder rows that it has not got yet. **A generator has to shuffle by
# itself.**

# %% [markdown] lang="ko"
# 얼마나 손해인지는 데이터에 따라 다릅니다. 유방암 데이터를 정렬해서 똑같이 해 보면 거의 차이가 없습니다(클래스가 둘뿐이고 쉽게
# 구별되기 때문입니다). 미리 알 수는 없으니 `shuffle=True`로 두세요. 강의는 제너레이터를 쓰면 `shuffle`이 무시된다고 덧붙입니다.
# 맞습니다. 아직 받지도 않은 행의 순서를 `fit`이 바꿀 수는 없습니다. **제너레이터는 스스로 섞어야 합니다.**


# %%
def rows_in_order():
    while True:
        for start in range(0, 100, 10):
            yield numbers[start : start + 10], numbers[start : start + 10]


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Keras 3.15 warns of exactly this, 3.13 does not
    trained, _ = watch(rows_in_order(), None, steps_per_epoch=10, shuffle=True)
print("first rows of the batches:", [batch[0] for batch in trained[0]])

# %% [markdown] lang="en" rows="S5-30"
# ## class_weight: when one class is rare
#
# Now the experiment you made a prediction for. From the breast cancer table we keep every benign sample, but only every
# fifth malignant one, and of the thirty measurements only two, so that the task is hard. A dictionary
# `{class: weight}`, in the lecture `{클래스index:반영비율}`, tells `fit` how much a row of each class counts. Our witness
# is the **recall**: of the tumours that are there, which share does the network find?

# %% [markdown] lang="ko" rows="S5-30"
# ## class_weight: 한 클래스가 드물 때
#
# 이제 처음에 예상했던 실험을 합니다. 유방암 데이터에서 양성 표본은 모두 남기고 악성 표본은 다섯에 하나만 남깁니다. 너무 쉽지
# 않도록 측정값 서른 개 가운데 두 개만 씁니다. 강의에 나온 `{클래스index:반영비율}` 딕셔너리로 클래스마다 한 행을 얼마나 무겁게
# 다룰지 정합니다. 결과는 **재현율**(recall)로 판단합니다. 실제로 있는 종양 가운데 신경망이 찾아낸 비율입니다.

# %%
names = ["mean texture", "mean smoothness"]
columns = [cancer.feature_names.index(name) for name in names]


def with_rare_tumours(x, y):
    malignant = np.flatnonzero(y == 0)[::5]
    benign = np.flatnonzero(y == 1)
    rows = np.sort(np.concatenate([malignant, benign]))
    return x[rows][:, columns], (y[rows] == 0).astype(int)  # from here on 1 means malignant


x_rare, y_rare = with_rare_tumours(cancer.x_train, cancer.y_train)
x_rare_val, y_rare_val = with_rare_tumours(cancer.x_val, cancer.y_val)
print("training:  ", len(y_rare), "rows,", y_rare.sum(), "malignant")
print("validation:", len(y_rare_val), "rows,", y_rare_val.sum(), "malignant")
print(f"always saying benign: right for {1 - y_rare_val.mean():.0%}, recall 0")


# %%
def build_rare():
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    adam, recall = keras.optimizers.Adam(0.01), keras.metrics.Recall(name="recall")
    model.compile(optimizer=adam, loss="binary_crossentropy", metrics=["accuracy", recall])
    return model


variants = {
    "no weights": build_rare,
    "1 : 9": experiments.Variant(build_rare, fit={"class_weight": {0: 1, 1: 9}}),
}
rare = (x_rare, y_rare, x_rare_val, y_rare_val)
weight_runs = experiments.compare(variants, rare, epochs=40, seeds=10)

# %% tags=["nbval-ignore-output"]
weight_runs.table(["last_val_recall", "last_val_accuracy"]).round(2)

# %%
weight_runs.claim(
    "class weights find more of the rare class: 40 points of recall or more",
    "last_val_recall",
    of="1 : 9",
    direction="higher",
    than="no weights",
    margin=0.4,
    agree=10,
)

# %%
weight_runs.claim(
    "they are paid for with false alarms: accuracy falls by 5 points or more",
    "last_val_accuracy",
    of="1 : 9",
    direction="lower",
    than="no weights",
    margin=0.05,
    agree=10,
)


# %%
def median_change(measure):
    without, with_weights = np.median(weight_runs.measure(measure), axis=1)
    return with_weights - without


more_found = median_change("last_val_recall") > 0
more_right = median_change("last_val_accuracy") >= 0
reveal("04.p1", "c" if not more_found else "a" if more_right else "b")

# %% [markdown] lang="en"
# With two measurements one can draw what happened. The shaded part is where a network says "malignant". A third network,
# trained with a weight of 3, stands in between.

# %% [markdown] lang="ko"
# 측정값이 둘이라 무슨 일이 있었는지 그려 볼 수 있습니다. 칠해진 곳이 신경망이 "악성"이라고 답하는 영역입니다. 가운데는 가중치를
# 3으로 훈련한 신경망입니다.

# %% tags=["nbval-ignore-output"]
drawn = {}
for name, weight in (("no weights", 1), ("1 : 3", 3), ("1 : 9", 9)):
    keras.utils.set_random_seed(42)
    drawn[name] = build_rare()
    arguments = {"epochs": 40, "class_weight": {0: 1, 1: weight}, "verbose": 0}
    training.fit(drawn[name], x_rare, y_rare, **arguments)
plots.decision_regions(drawn, x_rare_val, y_rare_val, names, ["benign", "malignant"])

# %% [markdown] lang="en" errata="E-46"
# > **In the lecture** (S5, "데이터 불균형을 위한 가중치"): *"적은 수의 클래스에는 더 많은 관심을 기울이는 개념"*, the idea is
# > to pay more attention to the class with few rows.
# >
# > That is the idea. Three things are worth adding. The weights act on the **training loss** and on nothing else: not on
# > `val_loss`, not on the accuracy (unless `compile` lists it under `weighted_metrics`). So the two losses are no longer measured with the same yardstick. And the price is
# > false alarms, as you have just seen. Below, a network that knows nothing (all weights 0, learning rate 0) gives every
# > row the loss ln 2 = 0.693. What do the weights change?

# %% [markdown] lang="ko" errata="E-46"
# > **강의에서는** (S5, "데이터 불균형을 위한 가중치"): "적은 수의 클래스에는 더 많은 관심을 기울이는 개념"이라고 합니다.
# >
# > 취지는 맞습니다. 세 가지를 덧붙입니다. 클래스 가중치는 **훈련 손실**에만 작용하고, `val_loss`와 정확도에는 작용하지
# > 않습니다(`compile`에서 `weighted_metrics`에 적은 지표는 예외입니다).
# > 그래서 두 손실은 더 이상 같은 자로 잰 값이 아닙니다. 그리고 방금 보았듯이 잘못된 경보가 늘어나는 대가를 치릅니다. 아래는
# > 아무것도 모르는 신경망(가중치가 모두 0, 학습률도 0)이라 모든 행의 손실이 ln 2 = 0.693입니다. 클래스 가중치는 무엇을 바꿀까요?

# %% tags=["lecture"]
zeros = keras.layers.Dense(1, activation="sigmoid", kernel_initializer="zeros")
ignorant = keras.Sequential([keras.Input((2,)), zeros])
still = keras.optimizers.SGD(0.0)
ignorant.compile(optimizer=still, loss="binary_crossentropy", metrics=["accuracy"])
for class_weight in (None, {0: 1, 1: 9}):
    arguments = {"validation_data": (x_rare_val, y_rare_val), "class_weight": class_weight}
    history = ignorant.fit(x_rare, y_rare, verbose=0, **arguments).history
    print("class_weight =", class_weight)
    print({name: round(values[0], 3) for name, values in history.items()})
mean_weight = np.where(y_rare == 1, 9, 1).mean()
print("0.693 times the mean weight:", round(np.log(2) * mean_weight, 3))

# %%
weight_runs.claim(
    "the unweighted val_loss gets worse although more tumours are found",
    "last_val_loss",
    of="1 : 9",
    direction="higher",
    than="no weights",
    margin=0.05,
    agree=10,
)

# %% [markdown] lang="en" rows="S5-35"
# So with class weights, do not let `val_loss` choose for you; look at recall (and at precision, the share of the alarms
# that are right). `sample_weight` is the finer tool: one weight for **each row**, for example little for rows that you
# trust little. If each row gets the weight of its class, is it the same as `class_weight`? And both together?

# %% [markdown] lang="ko" rows="S5-35"
# 그러니 클래스 가중치를 쓸 때는 `val_loss`로 고르지 말고 재현율을(그리고 경보 가운데 맞은 비율인 정밀도를) 보세요.
# `sample_weight`는 더 섬세한 도구로, **행마다** 가중치를 하나씩 줍니다. 믿음이 덜 가는 행에 작은 값을 주는 식입니다. 행마다 자기
# 클래스의 가중치를 주면 `class_weight`와 같을까요? 둘을 함께 쓰면 어떻게 될까요?

# %%
ways = [{"class_weight": {0: 1, 1: 9}}, {"sample_weight": np.where(y_rare == 1, 9, 1)}]
finished = []
for way in ways:
    keras.utils.set_random_seed(0)
    model = build_rare()
    model.fit(x_rare, y_rare, epochs=3, verbose=0, **way)
    finished.append(np.concatenate([values.ravel() for values in model.get_weights()]))
print("same weights either way:", np.allclose(*finished, atol=1e-5))
try:
    model.fit(x_rare, y_rare, verbose=0, **ways[0], **ways[1])
except ValueError as error:
    print("both together:", type(error).__name__)

# %% [markdown] lang="en" rows="S5-31"
# ## initial_epoch: going on where one stopped
#
# `fit` trains from `initial_epoch` + 1 up to `epochs`. The lecture's example: with `initial_epoch=20` and `epochs=40` it
# counts [21/40], [22/40], … [40/40]. Does it still, and how many epochs are that?

# %% [markdown] lang="ko" rows="S5-31"
# ## initial_epoch: 멈춘 곳에서 이어 가기
#
# `fit`은 `initial_epoch` + 1번째부터 `epochs`번째 에포크까지 훈련합니다. 강의의 예에서는 `initial_epoch=20`, `epochs=40`일 때
# [21/40], [22/40], …, [40/40]으로 셉니다. 지금도 그럴까요? 모두 몇 에포크일까요?

# %%
text = io.StringIO()
with contextlib.redirect_stdout(text):
    counted = build().fit(cancer.x_train, cancer.y_train, initial_epoch=20, epochs=40, verbose=2)
counts = [line for line in text.getvalue().splitlines() if line.startswith("Epoch")]
print(counts[0], "...", counts[-1], "- epochs trained:", len(counted.epoch))

# %% [markdown] lang="en"
# The lecture says that this is for a training that was interrupted. So: somebody has trained 20 epochs and closed the
# notebook. The next day they build the model anew and call `fit` with `initial_epoch=20`.

# %% [markdown] lang="ko"
# 강의는 중간에 중단된 학습을 이어서 할 때 쓴다고 합니다. 그렇다면 누군가 20에포크를 훈련하고 노트북을 닫았다고 합시다. 다음 날
# 모델을 다시 만들고 `initial_epoch=20`으로 `fit`을 부릅니다.

# %%
predict("04.p2")

# %%
first_losses = []
for initial_epoch in (0, 20):
    keras.utils.set_random_seed(42)
    arguments = {"initial_epoch": initial_epoch, "epochs": initial_epoch + 1, "verbose": 0}
    history = build().fit(cancer.x_train, cancer.y_train, **arguments)
    first_losses.append(history.history["loss"][0])
starts_anew = first_losses[0] == first_losses[1]
print("'Epoch 21' has exactly the loss of an epoch 1:", starts_anew)
reveal("04.p2", "b" if starts_anew else "a")

# %% [markdown] lang="en"
# `initial_epoch` only sets the **counter**. What is it good for, then? The lecture names it: some settings change with the
# epoch. Here the learning rate is halved every ten epochs. A training that goes on must not begin with the large one.

# %% [markdown] lang="ko"
# `initial_epoch`는 **번호**만 바꿉니다. 그러면 어디에 쓸까요? 강의의 말대로 에포크에 따라 변하는 수치들이 있습니다. 아래에서는 열
# 에포크마다 학습률을 절반으로 줄입니다. 이어서 하는 훈련이 다시 큰 학습률로 시작하면 안 되겠지요.


# %%
def halved_every_ten(epoch):
    return 0.1 * 0.5 ** (epoch // 10)


model = build()
for initial_epoch in (0, 20):
    schedule = keras.callbacks.LearningRateScheduler(halved_every_ten)
    arguments = {"initial_epoch": initial_epoch, "epochs": initial_epoch + 1, "verbose": 0}
    history = model.fit(cancer.x_train, cancer.y_train, callbacks=[schedule], **arguments)
    rate = history.history["learning_rate"][0]
    print(f"initial_epoch={initial_epoch}: learning rate {rate:.3f}")

# %% [markdown] lang="en"
# ## A real interruption
#
# To go on for real you need the weights **and** the state of the optimizer **and** the number of the epoch.
# `keras.callbacks.BackupAndRestore` saves all three after each epoch. We put it to the test: a second Python process
# trains 40 epochs, and before the 21st it dies, as if somebody had pulled the plug. What is left on the disk?
# (Saving a model is the matter of lesson 07. `shuffle=False` keeps the order of the rows, so that we can compare.)

# %% [markdown] lang="ko"
# ## 정말로 중단된 훈련
#
# 제대로 이어 가려면 가중치**와** 옵티마이저의 상태**와** 에포크 번호가 모두 있어야 합니다. `keras.callbacks.BackupAndRestore`는
# 에포크가 끝날 때마다 이 셋을 저장합니다. 시험해 봅시다. 파이썬 프로세스를 하나 더 띄워 40에포크를 훈련하게 하고, 21번째 에포크
# 직전에 전원 코드를 뽑은 것처럼 죽입니다. 디스크에는 무엇이 남을까요? (모델 저장은 레슨 07에서 다룹니다. 나중에 비교할 수 있도록
# `shuffle=False`로 행의 순서를 고정합니다.)

# %%
script = """
import os, sys, keras, numpy as np

class PowerCut(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 20:
            os._exit(9)

folder = sys.argv[1]
rows = np.load(folder + "/rows.npz")
model = keras.saving.load_model(folder + "/model.keras")
watchers = [keras.callbacks.BackupAndRestore(folder + "/backup"), PowerCut()]
model.fit(rows["x"], rows["y"], epochs=40, shuffle=False, verbose=0, callbacks=watchers)
"""
folder = Path(tempfile.mkdtemp())
np.savez(folder / "rows.npz", x=cancer.x_train, y=cancer.y_train)
build().save(folder / "model.keras")
dead = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True)
print("the process ended with code", dead.returncode, "(0 would be a normal end)")
print("left behind:", sorted(file.name for file in (folder / "backup").iterdir()))
print("it says:", json.loads((folder / "backup" / "training_metadata.json").read_text()))

# %% [markdown] lang="en"
# Now the same call here, in another process, with the same folder. **Which epoch will it begin with, and will the
# weights at the end be those of a training that was never interrupted?**

# %% [markdown] lang="ko"
# 이제 다른 프로세스인 여기에서 같은 폴더로 똑같이 `fit`을 부릅니다. **몇 번째 에포크부터 시작할까요? 끝났을 때의 가중치는 한
# 번도 중단되지 않은 훈련과 같을까요?**


# %%
def train_to_the_end(callbacks):
    model = keras.saving.load_model(folder / "model.keras")
    arguments = {"epochs": 40, "shuffle": False, "verbose": 0, "callbacks": callbacks}
    history = model.fit(cancer.x_train, cancer.y_train, **arguments)
    return history.epoch, np.concatenate([values.ravel() for values in model.get_weights()])


backup = keras.callbacks.BackupAndRestore(str(folder / "backup"))
epochs, resumed = train_to_the_end([backup])
_, uninterrupted = train_to_the_end([])
print("went on with epoch", epochs[0] + 1, "and ended with epoch", epochs[-1] + 1)
print("same weights as without interruption:", np.allclose(resumed, uninterrupted, atol=1e-5))
print("the backup was removed at the end:", not (folder / "backup").exists())

# %% [markdown] lang="en"
# `BackupAndRestore` sets `initial_epoch` by itself. What it does not save is the state of the random numbers: with
# `shuffle=True` the rows may come in another order after the restart. Such a run is as good as an uninterrupted one, but
# not the same to the last digit.

# %% [markdown] lang="ko"
# `BackupAndRestore`는 `initial_epoch`를 알아서 맞춥니다. 다만 난수의 상태는 저장하지 않습니다. `shuffle=True`라면 다시 시작한
# 뒤에 행의 순서가 달라질 수 있습니다. 중단되지 않은 훈련만큼 좋은 결과이지만, 마지막 자리까지 같지는 않습니다.

# %% [markdown] lang="en"
# ## callbacks: objects, not functions
#
# `Stopwatch`, `LearningRateScheduler`, `BackupAndRestore`: what `fit` was given in `callbacks` had a name and was made
# before. Would a function do as well?

# %% [markdown] lang="ko"
# ## callbacks: 함수가 아니라 객체
#
# `Stopwatch`, `LearningRateScheduler`, `BackupAndRestore`처럼 지금까지 `callbacks`에 넣은 것은 모두 먼저 만들어 둔 것이었습니다.
# 그냥 함수를 넣어도 될까요?

# %% [markdown] lang="en" rows="S5-36" errata="E-48"
# > **In the lecture** (S5, "콜백함수의 리스트"): *"callbacks 옵션으로 함수들의 리스트를 전달하면 학습 과정 중에 Tensorflow가
# > 실행"*, pass a list of functions and TensorFlow runs them during training.
# >
# > `callbacks` takes **objects** of the class `keras.callbacks.Callback`, whose methods are called at fixed moments. A
# > plain function is refused; `LambdaCallback` wraps it. (Lesson 10 is about writing your own.)

# %% [markdown] lang="ko" rows="S5-36" errata="E-48"
# > **강의에서는** (S5, "콜백함수의 리스트"): "callbacks 옵션으로 함수들의 리스트를 전달하면 학습 과정 중에 Tensorflow가 실행"한다고
# > 합니다.
# >
# > `callbacks`에 넣는 것은 `keras.callbacks.Callback` 클래스의 **객체**이고, 정해진 때에 그 메서드가 불립니다. 함수를 그대로
# > 넣으면 거절하고, `LambdaCallback`으로 감싸면 됩니다. (콜백을 직접 만드는 법은 레슨 10에서 다룹니다.)


# %% tags=["lecture"]
def report(epoch, logs):
    print("epoch", epoch, "ended, it knows", sorted(logs))


model = build()
try:
    model.fit(cancer.x_train, cancer.y_train, verbose=0, callbacks=[report])
except AttributeError as error:
    print("a plain function:", type(error).__name__)
wrapped = keras.callbacks.LambdaCallback(on_epoch_end=report)
history = model.fit(cancer.x_train, cancer.y_train, epochs=2, verbose=0, callbacks=[wrapped])

# %% [markdown] lang="en"
# ## What Keras 3 removed, and PyDataset instead
#
# Three arguments are left: `workers`, `use_multiprocessing` and `max_queue_size`. They never had to do with training
# itself, but with **preparing batches**: reading files, decoding pictures. If that is slow, the network waits.

# %% [markdown] lang="ko"
# ## 케라스 3에서 사라진 인자와 PyDataset
#
# 이제 `workers`, `use_multiprocessing`, `max_queue_size`가 남았습니다. 이 셋은 훈련 자체가 아니라 **배치를 준비하는 일**에 관한
# 인자였습니다. 파일을 읽고 이미지를 디코딩하는 일이 느리면 신경망은 기다려야 합니다.

# %% [markdown] lang="en" rows="S5-32 S5-33" errata="E-47"
# > **In the lecture** (S5, "데이터 병렬 처리"): `max_queue_size=10, workers=1, use_multiprocessing=False`;
# > *"여러 Workers가 동시에 데이터를 불러오고 학습을 진행"*, several workers load data and train at the same time.
# >
# > Workers load data. They do **not** train: there is one model, and it takes one batch after another. And since these
# > settings belong to the data, Keras 3 moved them there, into the class `keras.utils.PyDataset`. As arguments of `fit`
# > they are refused; everything else in the lecture's signature still works.
# >
# > A `PyDataset` needs two methods: how many batches there are, and how to make batch number i. Ours also counts how many
# > batches are being prepared at the same moment. One worker, then four: **if workers trained, would four of them leave
# > the same weights as one?**

# %% [markdown] lang="ko" rows="S5-32 S5-33" errata="E-47"
# > **강의에서는** (S5, "데이터 병렬 처리"): `max_queue_size=10, workers=1, use_multiprocessing=False`를 보여 주고 "여러 Workers가 동시에
# > 데이터를 불러오고 학습을 진행"한다고 합니다.
# >
# > 워커는 데이터를 불러올 뿐 훈련하지 **않습니다**. 모델은 하나이고, 배치를 하나씩 차례로 받습니다. 데이터에 관한 설정이므로 케라스
# > 3에서는 데이터 쪽인 `keras.utils.PyDataset` 클래스로 옮겼습니다. `fit`의 인자로 쓰면 거절합니다. 강의에 나온 나머지 인자는 지금도
# > 모두 쓸 수 있습니다.
# >
# > `PyDataset`에는 메서드가 두 개 필요합니다. 배치가 모두 몇 개인지, 그리고 i번째 배치를 어떻게 만드는지입니다. 아래 클래스는 같은
# > 순간에 준비 중인 배치가 몇 개인지도 셉니다. 워커 하나로, 다음에는 넷으로 훈련합니다. **워커가 훈련도 한다면, 넷일 때와 하나일
# > 때의 가중치가 같을까요?**

# %% tags=["lecture"]
table = {"x": cancer.x_train, "y": cancer.y_train, "verbose": 0}
for name, value in {"max_queue_size": 10, "workers": 1, "use_multiprocessing": False}.items():
    try:
        build().fit(**table, **{name: value})
    except TypeError as error:
        print(f"fit({name}={value}):", type(error).__name__)
rest = {"batch_size": None, "epochs": 1, "callbacks": None, "validation_split": 0.0}
rest |= {"validation_data": None, "shuffle": True, "class_weight": None, "sample_weight": None}
rest |= {"initial_epoch": 0, "steps_per_epoch": None, "validation_steps": None}
rest |= {"validation_batch_size": None, "validation_freq": 1}
history = build().fit(**table, **rest)
print("the other", len(table) + len(rest), "arguments work:", type(history).__name__)


# %% tags=["lecture"]
class SlowRows(keras.utils.PyDataset):
    """Batches of 32 rows; each takes 50 ms to prepare, as from a slow disk."""

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.lock, self.order, self.busy, self.most = threading.Lock(), [], 0, 0

    def __len__(self):
        return math.ceil(len(cancer.x_train) / 32)

    def __getitem__(self, index):
        with self.lock:
            self.order.append(index)
            self.busy += 1
            self.most = max(self.most, self.busy)
        time.sleep(0.05)
        with self.lock:
            self.busy -= 1
        rows = slice(32 * index, 32 * index + 32)
        return cancer.x_train[rows], cancer.y_train[rows]


# %% tags=["lecture"]
finished, watches = [], {}
for workers in (1, 4):
    keras.utils.set_random_seed(0)
    model, batches, watches[workers] = build(), SlowRows(workers=workers), Stopwatch()
    arguments = {"epochs": 2, "shuffle": False, "verbose": 0, "callbacks": [watches[workers]]}
    model.fit(batches, **arguments)
    finished.append(np.concatenate([values.ravel() for values in model.get_weights()]))
    print(f"workers={workers}: {batches.most} in preparation at a time,", end=" ")
    print(int(model.optimizer.iterations), "updates")
print("same weights with 1 and with 4 workers:", np.allclose(*finished, atol=1e-5))

# %% tags=["lecture", "nbval-ignore-output"]
for workers, stopwatch in watches.items():
    print(f"workers={workers}: second epoch in {stopwatch.seconds[1]:.2f} s")

# %% [markdown] lang="en"
# Four workers prepare four batches at a time, the updates stay the same, and the waiting gets shorter. `max_queue_size=10`
# limits how many finished batches may wait; `use_multiprocessing=True` takes processes instead of threads, for
# preparation that computes much in Python.
#
# One thing a `PyDataset` can do that a plain generator cannot: `fit` may ask for its batches in any order. So does
# `shuffle=True` work here?

# %% [markdown] lang="ko"
# 워커 넷은 배치 네 개를 동시에 준비합니다. 갱신은 그대로이고 기다리는 시간만 짧아집니다. `max_queue_size=10`은 준비가 끝난 배치를 몇
# 개까지 쌓아 둘지 정하고, `use_multiprocessing=True`는 스레드 대신 프로세스를 씁니다. 준비하면서 파이썬으로 계산을 많이 할 때
# 쓸모가 있습니다.
#
# `PyDataset`은 보통의 제너레이터와 달리 배치를 아무 순서로나 꺼낼 수 있습니다. 그러면 `shuffle=True`가 통할까요?

# %%
batches = SlowRows()
history = build().fit(batches, epochs=2, validation_data=SlowRows(), verbose=0)
first, second = batches.order[-22:-11], batches.order[-11:]  # an epoch has 11 batches
print("every batch once in each epoch:", sorted(first) == sorted(second) == list(range(11)))
print("in the order 0, 1, 2, ...:", first == list(range(11)) or second == list(range(11)))
print("works as validation data, too:", "val_loss" in history.history)

# %% [markdown] lang="en"
# It shuffles the **batches**, but not the rows inside them: those are up to you. (`batch_size` has no say here either, it
# is your batches that count.)

# %% [markdown] lang="ko"
# 섞이는 것은 **배치의 순서**이고, 배치 안의 행은 그대로입니다. 그것은 여러분이 섞어야 합니다. (`batch_size`도 여기서는 소용이
# 없습니다. 여러분이 만든 배치가 기준입니다.)

# %% [markdown] lang="en"
# ## All of them on one page
#
# | argument | default | what it does | mind this |
# |---|---|---|---|
# | `x`, `y` | – | inputs and answers | row i belongs to row i |
# | `batch_size` | 32 | rows between two updates | the last batch may be smaller |
# | `epochs` | 1 | number of the last epoch | not how many, if `initial_epoch` is set |
# | `verbose` | `"auto"` | 0 silent, 1 bar, 2 lines | |
# | `callbacks` | none | objects called at fixed moments | no plain functions |
# | `validation_split` | 0.0 | share to validate on | the last rows, unshuffled |
# | `validation_data` | none | `(x_val, y_val)` to validate on | overrules the split |
# | `shuffle` | `True` | mixes the training rows | with a seed alike in each epoch; ignored for generators |
# | `class_weight` | none | how much a class counts | training loss only |
# | `sample_weight` | none | how much a row counts | not together with `class_weight` |
# | `initial_epoch` | 0 | where the counting begins | loads no weights |
# | `steps_per_epoch` | all | steps in an epoch | the next epoch goes on from there |
# | `validation_steps` | all | validation batches | only the first rows |
# | `validation_batch_size` | as `batch_size` | rows computed at once | does not change the result |
# | `validation_freq` | 1 | every how many epochs, or a list | validation columns get shorter |

# %% [markdown] lang="ko"
# ## 한눈에 보는 fit의 인자
#
# | 인자 | 기본값 | 하는 일 | 주의할 점 |
# |---|---|---|---|
# | `x`, `y` | – | 입력과 정답 | i번째 행끼리 짝 |
# | `batch_size` | 32 | 가중치를 한 번 갱신할 때까지 넣는 행의 수 | 마지막 배치는 더 작을 수 있음 |
# | `epochs` | 1 | 마지막 에포크의 번호 | `initial_epoch`를 쓰면 횟수가 아님 |
# | `verbose` | `"auto"` | 0 출력 없음, 1 진행 막대, 2 한 줄씩 | |
# | `callbacks` | 없음 | 정해진 때에 불리는 객체 | 함수를 그대로 넣지 못함 |
# | `validation_split` | 0.0 | 검증에 쓸 비율 | 섞지 않은 마지막 행 |
# | `validation_data` | 없음 | 검증할 `(x_val, y_val)` | `validation_split`보다 우선 |
# | `shuffle` | `True` | 훈련 데이터를 섞음 | 시드를 고정하면 에포크마다 같은 순서, 제너레이터에는 무시됨 |
# | `class_weight` | 없음 | 클래스를 얼마나 무겁게 볼지 | 훈련 손실에만 작용 |
# | `sample_weight` | 없음 | 행을 얼마나 무겁게 볼지 | `class_weight`와 함께 쓰지 못함 |
# | `initial_epoch` | 0 | 에포크를 세기 시작하는 번호 | 가중치를 불러오지 않음 |
# | `steps_per_epoch` | 전체 | 한 에포크의 스텝 수 | 다음 에포크는 그 뒤부터 |
# | `validation_steps` | 전체 | 검증할 배치의 수 | 앞쪽 행만 씀 |
# | `validation_batch_size` | `batch_size`와 같음 | 검증할 때 한 번에 계산하는 행의 수 | 결과는 그대로 |
# | `validation_freq` | 1 | 몇 에포크마다 검증할지, 또는 리스트 | 검증 열이 짧아짐 |

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `steps_and_last(rows, batch_size)`: the number of steps in an epoch and the number of rows in the
# last batch, as a pair. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 한 에포크의 스텝 수와 마지막 배치의 행 수를 짝으로 돌려주는 `steps_and_last(rows, batch_size)`를 작성하세요. `...`
# 자리를 채우세요.


# %% tags=["exercise"]
def steps_and_last(rows, batch_size):
    return ...


check("04.e1", steps_and_last)

# %% [markdown] lang="en"
# **Exercise 2.** Write `balanced_weights(y)`: a dictionary for `class_weight` in which all classes together weigh the same
# and the mean weight of a row is 1. The weight of a class is: rows / (classes × rows of that class).

# %% [markdown] lang="ko"
# **연습 2.** 클래스마다 무게의 합이 같고 한 행의 평균 가중치가 1이 되는 `class_weight` 딕셔너리를 돌려주는 `balanced_weights(y)`를
# 작성하세요. 클래스의 가중치는 전체 행 수 / (클래스 수 × 그 클래스의 행 수)입니다.


# %% tags=["exercise"]
def balanced_weights(y):
    return ...


check("04.e2", balanced_weights)

# %% [markdown] lang="en"
# **Exercise 3.** Write `batch_of(x, y, index, batch_size)`: what the `__getitem__` of a `PyDataset` returns, batch number
# `index` (counted from 0) of inputs and answers. The last batch may be smaller.

# %% [markdown] lang="ko"
# **연습 3.** `PyDataset`의 `__getitem__`이 돌려줄 것, 곧 `index`번째 배치(0부터 셈)의 입력과 정답을 돌려주는
# `batch_of(x, y, index, batch_size)`를 작성하세요. 마지막 배치는 더 작을 수 있습니다.


# %% tags=["exercise"]
def batch_of(x, y, index, batch_size):
    return ...


check("04.e3", batch_of)

# %% [markdown] lang="en"
# Stuck? Run `hint("04.e1")`, or `solution("04.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("04.e1")`을, 해 본 다음에는 `solution("04.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("04")

# %% [markdown] lang="en"
# ## Summary
#
# - Steps in an epoch: rows divided by batch size, rounded up. Training is counted in **updates**, not in epochs.
# - A large batch makes an epoch quick but updates less often; a tiny one updates often but unsteadily.
# - `validation_split` takes the last rows; `validation_steps` only the first ones. Know which rows you measure.
# - Keep `shuffle=True`. Generators have to shuffle by themselves; of a `PyDataset` only the batches are shuffled.
# - Class weights buy recall and pay with false alarms. Of the numbers in the log only the training loss is weighted.
# - `initial_epoch` sets a counter. To go on after an interruption use `BackupAndRestore`.
# - Workers prepare batches. They belong to `PyDataset`, not to `fit`.

# %% [markdown] lang="ko"
# ## 정리
#
# - 한 에포크의 스텝 수는 행의 수를 배치 크기로 나누어 올림한 값입니다. 훈련량은 에포크가 아니라 **갱신 횟수**로 셉니다.
# - 배치가 크면 에포크는 빨리 끝나지만 갱신이 적고, 아주 작으면 갱신은 잦지만 불안정합니다.
# - `validation_split`은 마지막 행을, `validation_steps`는 앞쪽 행만 씁니다. 어떤 행을 재고 있는지 알고 쓰세요.
# - `shuffle=True`로 두세요. 제너레이터는 스스로 섞어야 하고, `PyDataset`은 배치의 순서만 섞입니다.
# - 클래스 가중치는 재현율을 얻고 잘못된 경보로 값을 치릅니다. 로그의 숫자 가운데 가중치가 들어가는 것은 훈련 손실뿐입니다.
# - `initial_epoch`는 번호만 바꿉니다. 중단된 훈련을 이어 가려면 `BackupAndRestore`를 쓰세요.
# - 워커는 배치를 준비할 뿐입니다. `fit`이 아니라 `PyDataset`의 인자입니다.
