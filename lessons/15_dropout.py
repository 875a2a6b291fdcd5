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
# Dropout is a strange remedy: at each step of training, some units of the network are made to say nothing, and which
# ones is left to chance. Yet the finished network, with every unit at work, often does better on new rows. This lesson
# looks at what the layer really does, number by number, then tests over ten seeds what it is said to do.
#
# Begin with one layer and no network. 100 values, all of them 1, pass through `Dropout(0.5)` in training. **What will
# be the mean of what comes out?**

# %% [markdown] lang="ko"
# 드롭아웃(dropout)은 묘한 처방입니다. 훈련할 때마다 유닛 몇 개의 입을 막는데, 어느 유닛인지는 운에 맡깁니다. 그런데 훈련이
# 끝나고 모든 유닛이 일하게 하면 새 데이터에서 성적이 더 좋은 일이 많습니다. 이 레슨에서는 드롭아웃 층이 실제로 무엇을 하는지
# 숫자 하나하나를 들여다보고, 드롭아웃에 대해 하는 말들이 맞는지 시드 열 개로 시험합니다.
#
# 신경망 없이 층 하나로 시작합시다. 모두 1인 값 100개가 훈련 중에 `Dropout(0.5)`를 지나갑니다. **나온 값의 평균은
# 얼마일까요?**

# %%
import ast

import keras
import matplotlib.pyplot as plt
import numpy as np

from helpers import data, experiments, labs, plots
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("15.p1")

# %% [markdown] lang="en" rows="S1-89 S1-90 S2-60 S2-61 S3-29 S3-30 S4-46"
# ## A network with holes
#
# All four lectures that have dropout say the same with the same figure. The first and the second: *"신경망 일부를 사용하지
# 않는 방법"*, a method that does not use a part of the network while training. The third: introduced by Geoffrey Hinton, it
# sets the outputs of some units to 0. (It says "랜덤하게 껴서"; "꺼서", switching off, is meant.) The fourth: units are
# deleted at random.
#
# We draw the figure from a computed mask: for each unit of a small network, a random number between 0 and 1; where it is
# below the rate, the unit is dropped. Inputs and outputs stay. **How many of the 12 hidden units will be dropped at
# rate 0.5: exactly 6?**

# %% [markdown] lang="ko" rows="S1-89 S1-90 S2-60 S2-61 S3-29 S3-30 S4-46"
# ## 구멍 난 신경망
#
# 드롭아웃을 다룬 네 강의가 같은 그림을 놓고 같은 말을 합니다. 첫 번째와 두 번째 강의는 학습 과정에서 "신경망 일부를 사용하지
# 않는 방법"이라고 합니다. 세 번째 강의는 제프리 힌턴이 소개했고 일부 뉴런의 출력을 0으로 만든다고 합니다. ("랜덤하게 껴서"라고
# 적혀 있는데 "꺼서"의 오타입니다.) 네 번째 강의는 뉴런을 임의로 삭제한다고 합니다.
#
# 그 그림을 계산한 마스크(mask)로 그려 봅시다. 작은 신경망의 유닛마다 0과 1 사이의 난수를 뽑아, 비율보다 작으면 그 유닛을
# 끕니다. 입력과 출력은 그대로 둡니다. **비율이 0.5일 때 은닉 유닛 12개 가운데 꺼지는 것은 딱 6개일까요?**

# %%
generator = np.random.default_rng(4)
hidden = [generator.random(6) >= 0.5 for _ in range(2)]
print("hidden units kept:", [layer.astype(int).tolist() for layer in hidden])
plots.thinned([[True] * 5, *hidden, [True] * 3])

# %% [markdown] lang="en" rows="S3-31"
# ## A mask for each sample
#
# Each unit is decided for itself, so the number of dropped ones varies. And not only from step to step. The third
# lecture is precise here: for one sample the second unit is dropped, for another sample the first. Let us look at what
# the Keras layer does with a batch: 12 samples, 40 units, all outputs 1. **Will all rows of the picture be alike?**

# %% [markdown] lang="ko" rows="S3-31"
# ## 샘플마다 다른 마스크
#
# 유닛마다 따로 정하므로 꺼지는 개수가 일정하지 않습니다. 스텝마다 바뀌는 것만도 아닙니다. 세 번째 강의의 설명이 정확합니다. 어떤
# 샘플에서는 두 번째 뉴런이, 다른 샘플에서는 첫 번째 뉴런이 꺼집니다. 케라스의 층이 배치 하나를 어떻게 다루는지 봅시다. 샘플
# 12개, 유닛 40개, 출력은 모두 1입니다. **그림의 행들이 모두 똑같을까요?**

# %%
ones = np.ones((12, 40), dtype="float32")
batch = np.asarray(keras.layers.Dropout(0.5, seed=1)(ones, training=True))
figure, axes = plt.subplots(figsize=(8, 2.9))
axes.imshow(batch > 0, cmap="gray", interpolation="nearest", vmin=-0.25, vmax=1)
axes.set_xticks(np.arange(40) - 0.5, [], minor=True)
axes.set_yticks(np.arange(12) - 0.5, [], minor=True)
axes.grid(which="major", visible=False)
axes.grid(which="minor", color="white", linewidth=1.5, alpha=1)
axes.tick_params(which="both", length=0)
axes.set(xlabel="unit", ylabel="sample", title="Dropout(0.5), one batch: dark is dropped")
plt.show()
dropped = np.sum(batch == 0, axis=1)
plots.caption(
    say(
        en=f"Each of the 12 samples has its own mask: from {dropped.min()} to {dropped.max()} "
        "of 40 units are dropped.",
        ko=f"샘플 12개의 마스크가 저마다 다릅니다. 유닛 40개 가운데 적게는 {dropped.min()}개, 많게는 "
        f"{dropped.max()}개가 꺼졌습니다.",
    )
)

# %%
print("different masks among 12 samples:", len({tuple(row) for row in batch.tolist()}))

# %% [markdown] lang="en" rows="S1-90" errata="E-28"
# > **In the lecture** (S1, "Dropout"): *"0.5로 한다면 학습과정마다 랜덤으로 절반의 뉴런을 사용하지 않고, 나머지 절반만을
# > 사용함"*, with 0.5, a random half of the neurons is not used and only the other half is.
# >
# > Half of them **on average**. We count for 10,000 samples and 100 units.

# %% [markdown] lang="ko" rows="S1-90" errata="E-28"
# > **강의에서는** (S1, "Dropout"): 드롭아웃의 비율을 "0.5로 한다면 학습과정마다 랜덤으로 절반의 뉴런을 사용하지 않고, 나머지
# > 절반만을 사용함"이라고 합니다.
# >
# > **평균하면** 절반입니다. 샘플 10,000개, 유닛 100개로 세어 봅시다.

# %% tags=["lecture"]
many = np.ones((10_000, 100), dtype="float32")
counts = np.sum(np.asarray(keras.layers.Dropout(0.5, seed=0)(many, training=True)) == 0, axis=1)
print("mean rounded:", round(counts.mean()))
print("samples with exactly 50 dropped, less than one in ten:", np.mean(counts == 50) < 0.1)
print("fewest below 40, most above 60:", counts.min() < 40, counts.max() > 60)

# %% [markdown] lang="en"
# ## The rest speaks up
#
# If half of the units are silent, the next layer gets half of what it is used to. None of the lectures says what is done
# about it. Look at the values themselves. **Which values come out of rate 0.5, which of 0.2?**

# %% [markdown] lang="ko"
# ## 남은 유닛은 더 크게
#
# 유닛 절반이 입을 다물면 다음 층이 받는 값도 절반으로 줄어듭니다. 이것을 어떻게 하는지는 어느 강의에도 나오지 않습니다. 값을
# 직접 봅시다. **비율이 0.5일 때와 0.2일 때 어떤 값들이 나올까요?**

# %%
for rate in (0.2, 0.5, 0.8):
    after = np.asarray(keras.layers.Dropout(rate, seed=0)(many, training=True))
    print(rate, "values:", np.unique(after).round(2), "mean to one digit:", round(after.mean(), 1))

# %%
reveal("15.p1", np.asarray(keras.layers.Dropout(0.5, seed=0)(many, training=True)).mean())

# %% [markdown] lang="en"
# What is kept is divided by $1-\text{rate}$, the share that is kept. So the mean stays what it was: this is called
# **inverted scaling**. In mathematical form, with $r$ the rate and $m_i$ drawn anew each time:
#
# $$y_i = \frac{m_i\,x_i}{1-r},\qquad m_i=\begin{cases}0&\text{with probability } r\\1&\text{otherwise}\end{cases}$$
#
# Three lines of NumPy do it. To compare with Keras we need the same mask, which we read off the zeros of its output.

# %% [markdown] lang="ko"
# 남은 값은 남는 비율 $1-\text{rate}$로 나누어 키웁니다. 그래서 평균이 그대로입니다. 이것을 **역스케일링**(inverted
# scaling)이라고 합니다. 비율을 $r$, 매번 새로 뽑는 마스크를 $m_i$라 하면 식은 이렇습니다.
#
# $$y_i = \frac{m_i\,x_i}{1-r},\qquad m_i=\begin{cases}0&\text{확률 } r\\1&\text{그 밖에}\end{cases}$$
#
# 넘파이로 세 줄이면 됩니다. 케라스와 비교하려면 마스크가 같아야 하므로, 케라스의 출력에서 0인 자리를 읽어 마스크로 씁니다.


# %%
def dropped_by_hand(values, rate, kept):
    return np.where(kept, values / (1 - rate), 0)


values = np.random.default_rng(0).uniform(0.5, 1.5, (64, 100)).astype("float32")
by_keras = np.asarray(keras.layers.Dropout(0.3, seed=0)(values, training=True))
by_hand = dropped_by_hand(values, 0.3, kept=by_keras != 0)
print("by hand equal to Keras:", np.allclose(by_hand, by_keras))

# %% [markdown] lang="en" rows="S3-35"
# ## Off when it counts
#
# The third lecture: in evaluation and prediction all trained neurons have to be used, and Keras sees to it by itself.
# True. `fit` calls the layers with `training=True`, `evaluate` and `predict` with `training=False`; a model that you call
# yourself, `model(rows)`, has it off too. Since the scaling is done in training already, nothing is left to do here.

# %% [markdown] lang="ko" rows="S3-35"
# ## 실전에서는 꺼집니다
#
# 세 번째 강의는 평가와 예측에는 훈련된 모든 뉴런을 써야 하고, 케라스가 알아서 드롭아웃을 적용하지 않는다고 합니다. 맞습니다.
# `fit`은 층을 `training=True`로 부르고 `evaluate`와 `predict`는 `training=False`로 부릅니다. `model(rows)`처럼 직접 부를 때도
# 꺼져 있습니다. 값을 키우는 일은 훈련할 때 이미 했으므로 여기서는 할 일이 없습니다.

# %%
layer = keras.layers.Dropout(0.5)
alone = keras.Sequential([keras.Input((100,)), layer])
print("training=False changes nothing:", np.array_equal(layer(values, training=False), values))
print("neither does predict:", np.array_equal(alone.predict(values, verbose=0), values))
print("nor a plain call:", np.array_equal(alone(values), values))
print("training=True does:", not np.array_equal(alone(values, training=True), values))

# %% [markdown] lang="en" rows="S4-46" errata="E-28"
# > **In the lecture** (S4): *"뉴런을 임의로 삭제 하면서 학습시키는 방법"*, a method that deletes neurons at random while
# > training.
# >
# > Nothing is deleted. The output is 0 for one sample in one step; the unit and its weights are there afterwards, and
# > take part in the next step. **Does the number of weights change in training?**

# %% [markdown] lang="ko" rows="S4-46" errata="E-28"
# > **강의에서는** (S4): "뉴런을 임의로 삭제 하면서 학습시키는 방법"이라고 합니다.
# >
# > 삭제되는 것은 없습니다. 한 샘플, 한 스텝에서 출력이 0이 될 뿐이고, 유닛과 가중치는 그대로 남아 다음 스텝에 참여합니다.
# > **훈련하는 동안 가중치 수가 달라질까요?**

# %% tags=["lecture"]
model = keras.Sequential([keras.Input((100,)), keras.layers.Dense(8), keras.layers.Dropout(0.5)])
model.compile("sgd", "mse")
weights = model.count_params()
model.fit(values, np.zeros((64, 8)), epochs=1, verbose=0)
print("weights before and after:", weights, model.count_params())
print("units with all weights at 0:", int(np.sum(~model.layers[0].kernel.numpy().any(axis=0))))

# %% [markdown] lang="en"
# ## Which rate?
#
# The rate is a hyperparameter: ours to choose. We take few digits, 500, a wide layer of 128 units, so that the network can
# overfit (lesson 06), and four rates. As in lesson 06, digits have 14 × 14 pixels.

# %% [markdown] lang="ko"
# ## 비율은 얼마가 좋을까
#
# 비율은 우리가 정하는 하이퍼파라미터입니다. 과적합이 일어날 수 있도록 숫자는 500장만 쓰고 층은 유닛 128개로 넓게 만들어(레슨 06)
# 네 가지 비율을 시험합니다. 레슨 06처럼 숫자 그림은 14 × 14픽셀로 줄입니다.

# %%
digits = data.load("mnist")


def shrink(pictures):
    return pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))


few = (shrink(digits.x_train[:500]), digits.y_train[:500])
validation = (shrink(digits.x_val), digits.y_val)


def network(rate):
    def build():
        layers = [keras.Input((14, 14)), keras.layers.Flatten()]
        layers += [keras.layers.Dense(128, activation="relu"), keras.layers.Dropout(rate)]
        layers += [keras.layers.Dense(10, activation="softmax")]
        model = keras.Sequential(layers)
        adam = keras.optimizers.Adam(0.005)
        model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    return build


# %% [markdown] lang="en"
# We measure more than the history holds, so that one set of runs can answer several questions. Each function takes the
# finished model: `known` is the accuracy on its training rows with every unit on, `masked` the same with dropout on;
# `sure` is the probability it gives to its answer **where that answer is wrong**; `train_loss` is the loss with every
# unit on. The other three will be explained when their question comes.

# %% [markdown] lang="ko"
# 한 번의 훈련으로 여러 질문에 답할 수 있도록 기록(history)에 없는 것도 잽니다. 함수마다 훈련이 끝난 모델을 받습니다. `known`은
# 유닛을 모두 켜고 잰 훈련 데이터의 정확도, `masked`는 드롭아웃을 켜고 잰 것입니다. `sure`는 **틀린 답에** 모델이 준 확률이고,
# `train_loss`는 유닛을 모두 켜고 잰 훈련 손실입니다. 나머지 셋은 질문이 나올 때 설명합니다.


# %%
def answers(model, rows, training=False):
    return np.asarray(model(rows, training=training))


def share_right(probabilities, labels):
    return np.mean(probabilities.argmax(axis=1) == labels)


def sure(model):
    found = answers(model, validation[0])
    return found.max(axis=1)[found.argmax(axis=1) != validation[1]].mean()


def train_loss(model):
    given_to_truth = answers(model, few[0])[np.arange(len(few[1])), few[1]]
    return -np.log(given_to_truth + 1e-7).mean()


measures = {
    "known": lambda model: share_right(answers(model, few[0]), few[1]),
    "masked": lambda model: share_right(answers(model, few[0], training=True), few[1]),
    "sure": sure,
    "train_loss": train_loss,
}


# %%
def by_masks(model, kept, rate):
    kernel, bias, out, out_bias = model.get_weights()
    active = np.maximum(validation[0].reshape(1000, -1) @ kernel + bias, 0)
    scores = dropped_by_hand(active, rate, kept) @ out + out_bias
    return np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)


def crews(model, count):
    units, rate = model.layers[1].units, model.layers[2].rate
    if rate != 0.5:  # asked of this rate alone
        return np.nan
    kept = np.random.default_rng(0).random((count, 1000, units), dtype="float32") >= rate
    return share_right(np.mean(by_masks(model, kept, rate), axis=0), validation[1])


def loss_of_half(model):
    generator, units = np.random.default_rng(0), model.layers[1].units
    halves = [generator.permutation(units) < units // 2 for _ in range(10)]
    left = [share_right(by_masks(model, half, 0.5), validation[1]) for half in halves]
    return share_right(answers(model, validation[0]), validation[1]) - np.mean(left)


measures["one_crew"] = lambda model: crews(model, 1)
measures["many_crews"] = lambda model: crews(model, 20)
measures["loss_of_half"] = loss_of_half

# %%
rates = (0, 0.5, 0.8, 0.95)
sweep = experiments.compare(
    {f"rate {rate}": network(rate) for rate in rates},
    (*few, *validation),
    epochs=30,
    batch_size=50,
    validation_batch_size=1000,
    also=measures,
)
print(sweep)

# %% tags=["nbval-ignore-output"]
sweep.plot(
    "val_loss",
    variants=[f"rate {rate}" for rate in (0, 0.5, 0.8)],
    title="Validation loss, 500 digits: median and quartiles of ten seeds",
    first=3,
)

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots()
best, last = (sweep.measure(f"{which}_val_loss") for which in ("best", "last"))
for values, marker, name in ((last, "^", "at the end"), (best, "o", "lowest")):
    low, middle, high = np.percentile(values, (25, 50, 75), axis=1)
    axes.plot(rates, middle, marker=marker, label=name)
    axes.fill_between(rates, low, high, alpha=0.25)
axes.set(xlabel="rate", ylabel="validation loss", ylim=(0, None), xticks=rates)
axes.set_title("Validation loss against the rate: median, quartiles")
axes.legend()
plt.show()
medians = dict(zip(rates, np.median(best, axis=1), strict=True))
plots.caption(
    say(
        en=f"The median of the lowest validation loss is smallest at rate "
        f"{min(medians, key=medians.get)}; at 0.95 it is {medians[0.95] / medians[0]:.1f} times "
        "that without dropout.",
        ko=f"가장 낮은 검증 손실의 중앙값은 비율 {min(medians, key=medians.get)}에서 가장 작습니다. "
        f"0.95에서는 드롭아웃이 없을 때의 {medians[0.95] / medians[0]:.1f}배입니다.",
    )
)

# %%
sweep.claim(
    "rate 0.5 lowers the best validation loss",
    "best_val_loss",
    of="rate 0.5",
    direction="lower",
    than="rate 0",
    margin=0.01,
)

# %%
sweep.claim(
    "and the loss at the end still more",
    "last_val_loss",
    of="rate 0.5",
    direction="lower",
    than="rate 0",
    margin=0.03,
)

# %% [markdown] lang="en" rows="S4-49"
# Now too much. The fourth lecture's caution: *"뉴런을 너무 많이 삭제하게 되면 오히려 언더피팅이 발생"*, delete too many and it
# underfits instead. Underfitting shows on the training rows (lesson 06), so that is where we look, with every unit on.

# %% [markdown] lang="ko" rows="S4-49"
# 이제 너무 많은 쪽입니다. 네 번째 강의의 주의사항은 "뉴런을 너무 많이 삭제하게 되면 오히려 언더피팅이 발생"한다는 것입니다.
# 과소적합은 훈련 데이터에서 드러나므로(레슨 06) 유닛을 모두 켜고 훈련 데이터에서 확인합니다.

# %%
sweep.claim(
    "rate 0.95 underfits: it does not even know its training rows",
    "known",
    of="rate 0.95",
    direction="lower",
    than="rate 0",
    margin=0.05,
)

# %%
sweep.claim(
    "and its validation loss is far higher",
    "best_val_loss",
    of="rate 0.95",
    direction="higher",
    than="rate 0",
    margin=0.3,
)

# %% [markdown] lang="en"
# ## Why should it help? Four sayings, tested
#
# The lectures explain dropout by pictures. Pictures are remembered, so let us see which of them are right.

# %% [markdown] lang="ko"
# ## 왜 도움이 될까: 네 가지 설명을 시험하기
#
# 강의들은 드롭아웃을 비유로 설명합니다. 비유는 오래 기억에 남으니, 어느 것이 맞는지 확인해 둡시다.

# %% [markdown] lang="en" rows="S4-47"
# **1. Too many boatmen.** The fourth lecture: *"사공이 많으면 배가 산으로 간다"*, a Korean proverb: with many boatmen the boat
# goes up the mountain. So fewer boatmen would do? We send a random half of the hidden units home from the network that was trained
# **without** dropout, and let the others count double. `loss_of_half` is the validation accuracy lost thereby, the mean of ten
# such halves. **Will anything be lost?**

# %% [markdown] lang="ko" rows="S4-47"
# **1. 사공이 많으면.** 네 번째 강의는 "사공이 많으면 배가 산으로 간다"는 속담을 떠올리라고 합니다. 그렇다면 사공을 줄이면 될까요?
# 드롭아웃 **없이** 훈련한 신경망에서 은닉 유닛 절반을 무작위로 내보내고, 나머지는 두 배로 칩니다. `loss_of_half`는 그때 잃는 검증
# 정확도이고, 그런 절반 열 가지의 평균입니다. **잃는 것이 있을까요?**

# %%
sweep.claim(
    "with half of the boatmen sent home, the network knows less",
    "loss_of_half",
    of="rate 0",
    direction="higher",
    than=0,
    margin=0.02,
)

# %% [markdown] lang="en"
# So there were not too many: they rely on each other. (How wide to build a network in the first place is another question,
# lesson 06.) Dropout does not make the crew smaller either; at prediction all of them row. What it changes is that none of them can
# count on the others while learning. Whether that shows, the third saying will tell.

# %% [markdown] lang="ko"
# 사공이 많아서 탈이 난 것은 아닙니다. 서로에게 기대고 있었습니다. (처음부터 층을 얼마나 넓게 만들지는 다른 문제입니다. 레슨 06을
# 보세요.) 드롭아웃도 사공 수를 줄이지는 않습니다. 예측할 때는 모두가 노를 젓습니다. 달라지는 것은 배우는 동안 누구도 다른 사공만
# 믿을 수 없다는 점입니다. 그 차이가 정말 드러나는지는 셋째 설명에서 확인합니다.

# %% [markdown] lang="en" rows="S4-48"
# **2. Indecisive.** The fourth lecture calls the network to be cured *"결정장애가 일어난 신경망"*, a network that cannot make up
# its mind. `sure` tells how firmly a network answers where it is wrong. **Is the network without dropout less sure?**

# %% [markdown] lang="ko" rows="S4-48"
# **2. 결정장애.** 네 번째 강의는 드롭아웃이 필요한 신경망을 "결정장애가 일어난 신경망"이라고 부릅니다. `sure`는 틀린 답을 얼마나
# 확신하는지 잰 값입니다. **드롭아웃이 없는 신경망이 정말 더 망설일까요?**

# %%
sweep.claim(
    "without dropout a network is surer of its wrong answers",
    "sure",
    of="rate 0",
    direction="higher",
    than="rate 0.5",
    margin=0.01,
)

# %% [markdown] lang="en"
# The other way round: the overfitted network decides too firmly, also where it is wrong, and that is what its rising
# validation loss consists of. Dropout makes it hesitate more.

# %% [markdown] lang="ko"
# 반대입니다. 과적합된 신경망은 틀릴 때에도 너무 쉽게 단정합니다. 검증 손실이 커지는 것도 그 때문입니다. 드롭아웃을 쓰면 오히려 더
# 망설이게 됩니다.

# %% [markdown] lang="en" rows="S3-32 S1-91"
# **3. No reliance on single neurons.** The third lecture: less reliance on a particular neuron, hence *"더 안정적인 예측"*, steadier
# prediction; the first says so too of combinations. The same test again: half of the hidden units go. **Will the network that was
# trained with dropout lose less?**

# %% [markdown] lang="ko" rows="S3-32 S1-91"
# **3. 특정 뉴런에 의존하지 않기.** 세 번째 강의는 특정 뉴런에 덜 의존하게 되어 "더 안정적인 예측을 할 수 있다"고 하고, 첫 번째 강의는
# 뉴런의 조합에 대해서도 같은 말을 합니다. 방금 한 시험을 한 번 더 합시다. 은닉 유닛 절반을 내보냅니다. **드롭아웃으로 훈련한
# 신경망은 덜 잃을까요?**

# %%
sweep.claim(
    "trained with dropout, a network loses less when half of its units go",
    "loss_of_half",
    of="rate 0.5",
    direction="lower",
    than="rate 0",
    margin=0.02,
)

# %% [markdown] lang="en" rows="S1-91"
# **4. Many networks in one.** The first lecture: *"매번 랜덤선택으로 서로 다른 신경망을 사용하는 효과"*, the effect of using a different
# network each time. With 128 units there are $2^{128}$ masks. If they are different networks, then the mean of several of
# them should know more than one. `one_crew` is the validation accuracy under one mask for each row, `many_crews` that of the mean
# of 20 of them.

# %% [markdown] lang="ko" rows="S1-91"
# **4. 신경망 여러 개.** 첫 번째 강의는 "매번 랜덤선택으로 서로 다른 신경망을 사용하는 효과"라고 합니다. 유닛이 128개이면 마스크는
# $2^{128}$가지입니다. 정말 서로 다른 신경망이라면 여럿의 평균이 하나보다 나아야 합니다. `one_crew`는 행마다 마스크를 하나씩 씌워 잰
# 검증 정확도, `many_crews`는 그렇게 얻은 답 20벌을 평균해서 잰 정확도입니다.

# %% tags=["nbval-ignore-output"]
names = ("one_crew", "many_crews", "last_val_accuracy")
shown = [sweep.measure(name)[sweep.place("rate 0.5")] for name in names]
figure, axes = plt.subplots(figsize=(7.2, 2.6))
for place, (values, marker) in enumerate(zip(shown, "o^s", strict=True)):
    axes.plot(values, [place] * 10, marker, alpha=0.6)
axes.set_yticks(range(3), ["one mask", "mean of 20 masks", "every unit on"])
axes.set(xlabel="validation accuracy", ylim=(2.5, -0.5), title="Rate 0.5, ten seeds")
plt.show()
one, twenty, whole = (np.median(values) for values in shown)
plots.caption(
    say(
        en=f"Median accuracy: {one:.3f} with one mask, {twenty:.3f} with the mean of 20, "
        f"{whole:.3f} with every unit on.",
        ko=f"정확도의 중앙값은 마스크 하나일 때 {one:.3f}, 20벌의 평균일 때 {twenty:.3f}, 유닛을 모두 "
        f"켰을 때 {whole:.3f}입니다.",
    )
)


# %%
sweep.also["crews_gain"] = sweep.also["many_crews"] - sweep.also["one_crew"]
sweep.claim(
    "the mean of twenty masked networks knows more than one of them",
    "crews_gain",
    of="rate 0.5",
    direction="higher",
    than=0,
    margin=0.01,
)

# %% [markdown] lang="en"
# The whole network, one forward pass with every unit on, does about as well as the mean of twenty. That is the thrift of
# it: many networks are trained, and one pass stands for their mean.

# %% [markdown] lang="ko"
# 유닛을 모두 켜고 한 번만 계산해도 스무 벌의 평균과 비슷합니다. 그래서 경제적입니다. 신경망 여럿을 훈련해 놓고 한 번의 계산으로
# 그 평균을 대신합니다.

# %% [markdown] lang="en" rows="S4-48" errata="E-28"
# > **In the lecture** (S4): *"훈련 데이터의 정확도가 테스트 데이터의 정확도를 비슷하게 맞춰주는 작업을 드롭아웃이라고 합니다"*, dropout is
# > the work of making training accuracy similar to test accuracy.
# >
# > If that were the purpose, then the smaller the difference the better. We compare rate 0.95 with 0.5: the difference
# > between validation and training loss (every unit on), and then the validation loss itself.

# %% [markdown] lang="ko" rows="S4-48" errata="E-28"
# > **강의에서는** (S4): "훈련 데이터의 정확도가 테스트 데이터의 정확도를 비슷하게 맞춰주는 작업을 드롭아웃이라고 합니다"라고 합니다.
# >
# > 그것이 목적이라면 차이가 작을수록 좋아야 합니다. 비율 0.95와 0.5를 비교합시다. 먼저 검증 손실과 훈련 손실(유닛을 모두 켜고 잰
# > 것)의 차이를, 다음에는 검증 손실 자체를 봅니다.

# %% tags=["lecture"]
sweep.also["difference"] = sweep.measure("last_val_loss") - sweep.also["train_loss"]
sweep.claim(
    "at rate 0.95 the two losses are closer together than at 0.5",
    "difference",
    of="rate 0.95",
    direction="lower",
    than="rate 0.5",
    margin=0.05,
)

# %% tags=["lecture"]
sweep.claim(
    "and yet validation loss is far higher",
    "last_val_loss",
    of="rate 0.95",
    direction="higher",
    than="rate 0.5",
    margin=0.3,
)

# %% [markdown] lang="en"
# Two equally bad scores are similar too. The purpose is a low loss on **new** rows; that the curves come closer is a
# by-product.

# %% [markdown] lang="ko"
# 똑같이 나쁜 두 점수도 서로 비슷합니다. 목적은 **새** 데이터에서 손실을 줄이는 것이고, 두 곡선이 가까워지는 것은 따라오는
# 결과일 뿐입니다.

# %% [markdown] lang="en" rows="S4-72 S4-52"
# ## The log of a network with dropout
#
# Whoever trains with dropout sees something odd at once: accuracy on the training rows is *below* that on the validation
# rows. The fourth lecture's last network, with dropout and L2, showed it from the start. How can a network know strange rows
# better than its own?
#
# It does not. The two numbers in a line of the log are measured differently:
#
# | | training accuracy in the log | validation accuracy |
# |---|---|---|
# | dropout | on | off |
# | weights | change from batch to batch: a mean over the epoch | those at the end of the epoch |
#
# Which of the two differences counts for how much? We set rate 0 beside rate 0.8 of the sweep: without dropout only the second
# difference is left. **In which of the two will training accuracy come out above validation accuracy?**

# %% [markdown] lang="ko" rows="S4-72 S4-52"
# ## 드롭아웃을 쓴 신경망의 로그
#
# 드롭아웃을 써서 훈련하면 이상한 것이 바로 눈에 띕니다. 훈련 데이터의 정확도가 검증 데이터의 정확도보다 *낮습니다*. 네 번째 강의의
# 마지막 신경망(드롭아웃과 L2)도 처음부터 그랬습니다. 자기 데이터보다 처음 보는 데이터를 더 잘 안다니, 그럴 수가 있을까요?
#
# 그렇지 않습니다. 로그 한 줄에 나란히 적힌 두 숫자는 재는 방법이 다릅니다.
#
# | | 로그의 훈련 정확도 | 검증 정확도 |
# |---|---|---|
# | 드롭아웃 | 켜짐 | 꺼짐 |
# | 가중치 | 배치마다 바뀜. 에포크 전체의 평균 | 에포크가 끝났을 때의 것 |
#
# 두 차이가 각각 얼마나 클까요? 앞에서 훈련한 비율 0과 비율 0.8을 나란히 놓아 봅시다. 드롭아웃이 없으면 둘째 차이만 남습니다. **둘
# 가운데 훈련 정확도가 검증 정확도보다 높아지는 것은 어느 쪽일까요?**

# %% tags=["nbval-ignore-output"]
figure, panels = plt.subplots(1, 2, figsize=(9, 3.4), sharey=True)
lines = (("accuracy", "-", "training, in the log"), ("val_accuracy", "--", "validation"))
ends = {}
for panel, name in zip(panels, ("rate 0", "rate 0.8"), strict=True):
    for column, style, label in lines:
        middle = np.median(sweep.history[column][sweep.place(name)], axis=0)
        panel.plot(range(1, 31), middle, style, label=label)
    known = np.median(sweep.also["known"][sweep.place(name)])
    panel.plot(30, known, "k*", markersize=11, label="training, every unit on")
    panel.set(title=name, xlabel="epoch", ylim=(0, 1.05))
    ends[name] = np.median(sweep.measure("last_accuracy")[sweep.place(name)]), known
panels[0].set_ylabel("accuracy")
panels[1].legend(loc="lower right")
plt.show()
(log, known), (log_8, known_8) = ends.values()
text = {
    "en": f"After 30 epochs, on the training rows: rate 0 has {log:.2f} in the log and {known:.2f} "
    f"evaluated; rate 0.8 has {log_8:.2f} in the log and {known_8:.2f} with every unit on (star).",
    "ko": f"30에포크 뒤 훈련 데이터의 정확도. 비율 0: 로그 {log:.2f}, 평가 {known:.2f}. 비율 0.8: 로그 "
    f"{log_8:.2f}, 유닛을 모두 켜면 {known_8:.2f}(별표).",
}
plots.caption(say(**text))


# %%
def behind_at_first(run):
    return run["val_accuracy"][0] - run["accuracy"][0]


sweep.claim(
    "even without dropout, accuracy in the first epoch's log is below validation accuracy",
    behind_at_first,
    of="rate 0",
    direction="higher",
    than=0,
    margin=0.05,
)

# %% [markdown] lang="en"
# In the first epoch the weights improve so fast that the mean over the epoch lies far behind its end. Later that matters no
# more. What stays? The accuracy on the training rows, evaluated after the last epoch, minus that in its log:

# %% [markdown] lang="ko"
# 첫 에포크에는 가중치가 빠르게 좋아지므로 에포크 평균이 에포크 끝의 값보다 한참 낮습니다. 나중에는 그 차이가 거의 없습니다. 그러면 무엇이
# 남을까요? 마지막 에포크 뒤에 훈련 데이터로 평가한 정확도에서 그 에포크의 로그에 적힌 정확도를 빼 봅시다.

# %%
sweep.also["log_behind"] = sweep.also["known"] - sweep.measure("last_accuracy")
sweep.claim(
    "with dropout the log stays behind to the last epoch",
    "log_behind",
    of="rate 0.8",
    direction="higher",
    than="rate 0",
    margin=0.05,
)

# %% [markdown] lang="en"
# The mean over the epoch fades, dropout stays. To see that it is the masks: with the finished weights the training rows were
# judged with dropout on (`masked`) and off (`known`).

# %% [markdown] lang="ko"
# 에포크 평균의 영향은 사라지고 드롭아웃의 영향은 남습니다. 정말 마스크 때문인지 확인합시다. 훈련이 끝난 가중치로 훈련 데이터의
# 정확도를 드롭아웃을 켜고(`masked`), 끄고(`known`) 재었습니다.

# %%
sweep.also["handicap"] = sweep.also["known"] - sweep.also["masked"]
sweep.claim(
    "the same weights, the same rows: masks cost accuracy",
    "handicap",
    of="rate 0.8",
    direction="higher",
    than=0,
    margin=0.05,
)

# %% [markdown] lang="en" rows="S4-72 S4-52" errata="E-29"
# > **In the lecture** (S4): of a network with dropout, training .99 and test .97: *"오버피팅이 발생하고 있습니다"*, it overfits. Of the
# > later one with dropout and L2, where test accuracy is above training accuracy: *"오버피팅이 전혀 발생하고 있지 않습니다"*, no
# > overfitting at all.
# >
# > Both verdicts compare a number taken with dropout on with one taken with dropout off. The rule of lesson 06 asks for both by
# > `evaluate`, and for a gap beyond two standard errors. We apply it to rate 0.8, whose log looks like the lecture's last network.
# > **What will the log say, what the rule?**

# %% [markdown] lang="ko" rows="S4-72 S4-52" errata="E-29"
# > **강의에서는** (S4): 드롭아웃을 쓴 신경망의 훈련 정확도 .99와 테스트 정확도 .97을 두고 "오버피팅이 발생하고 있습니다"라고 하고,
# > 나중에 드롭아웃과 L2를 쓴 신경망은 테스트 정확도가 훈련 정확도보다 높으니 "오버피팅이 전혀 발생하고 있지 않습니다"라고 합니다.
# >
# > 두 판정 모두 드롭아웃을 켜고 잰 숫자와 끄고 잰 숫자를 비교했습니다. 레슨 06의 기준은 두 정확도 모두 `evaluate`로 재고, 차이가
# > 표준 오차의 두 배를 넘는지 보는 것입니다. 로그가 강의의 마지막 신경망과 비슷한 비율 0.8에 적용해 봅시다. **로그는 뭐라고 하고,
# > 기준은 뭐라고 할까요?**


# %% tags=["lecture"]
def allowance(val_accuracy, rows):
    return 2 * np.sqrt(val_accuracy * (1 - val_accuracy) / rows)


final = sweep.measure("last_val_accuracy")
sweep.also["log_minus_validation"] = sweep.measure("last_accuracy") - final
sweep.also["gap_beyond_chance"] = sweep.also["known"] - final - allowance(final, 1000)
sweep.claim(
    "by the log, training looks worse than validation",
    "log_minus_validation",
    of="rate 0.8",
    direction="lower",
    than=0,
)

# %% tags=["lecture"]
sweep.claim(
    "with every unit on, the same networks have a gap beyond chance",
    "gap_beyond_chance",
    of="rate 0.8",
    direction="higher",
    than=0,
    margin=0.03,
)

# %% [markdown] lang="en"
# The log said "no overfitting at all", the rule says there is a gap. For the lecture's last network the verdict is **not
# decided**; for the first, .99 in the log means at least a real gap: with every unit on, training accuracy is hardly
# below that. In Keras it is one line more: `model.evaluate(x_train, y_train)` after `fit`.

# %% [markdown] lang="ko"
# 로그만 보면 "전혀 없다"인데 기준으로는 차이가 있습니다. 강의의 마지막 신경망에 대해서는 **아직 모른다**가 맞습니다. 앞의 신경망은
# 로그에서 이미 .99이니 차이가 있다고 보아도 됩니다. 유닛을 모두 켜면 훈련 정확도가 그보다 낮을 리는 거의 없습니다. 케라스에서는
# `fit` 다음에 `model.evaluate(x_train, y_train)` 한 줄이면 됩니다.

# %% [markdown] lang="en"
# ## The lectures' networks

# %% [markdown] lang="ko"
# ## 강의의 신경망들

# %% [markdown] lang="en" rows="S3-33 S3-34"
# > **In the lecture** (S3, "드롭아웃"): `model = model_fn(keras.layers.Dropout(0.3))`. The layer is placed *behind* the one whose
# > outputs it drops, and *"훈련되는 모델 파라미터는 없다"*, it has no trained parameters; in and out have the same size. The summary
# > shows 79,510 parameters. `model_fn` is the lecture's function that takes one further layer or None.

# %% [markdown] lang="ko" rows="S3-33 S3-34"
# > **강의에서는** (S3, "드롭아웃"): `model = model_fn(keras.layers.Dropout(0.3))`. 드롭아웃은 출력을 끌 층의 *뒤에* 두며, "훈련되는
# > 모델 파라미터는 없다"고 하고 입력과 출력의 크기가 같습니다. 요약에는 파라미터 79,510개가 나옵니다. `model_fn`은 층을 하나 더 받거나
# > None을 받는 강의의 함수입니다.


# %% tags=["lecture"]
def model_fn(a_layer=None):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(100, activation="relu"))
    if a_layer is not None:
        model.add(a_layer)
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


model = model_fn(keras.layers.Dropout(0.3))
for layer in model.layers:
    print(f"{layer.__class__.__name__:8} {layer.output.shape}  {layer.count_params():,}")
print(f"parameters: {model.count_params():,}")

# %% [markdown] lang="en" rows="S3-36"
# > **In the lecture** (S3): trained for 20 epochs with Adam, *"과대적합이 줄어든 모습을 볼 수 있다"*, overfitting is seen to be
# > reduced; some is left, so 10 epochs are taken. (Its `metrics='accuracy'` has to be a list today: lesson 03.)
# >
# > The lecture has one run on Fashion MNIST. Our sweep above has the same kind of network under ten seeds, and there rate 0.5 lowered
# > the validation loss: so far it agrees. But is a cut to 10 epochs the right conclusion? The best epoch answers it. **With
# > dropout, does it come earlier or later?**

# %% [markdown] lang="ko" rows="S3-36"
# > **강의에서는** (S3): Adam으로 20에포크를 훈련하고 "과대적합이 줄어든 모습을 볼 수 있다"고 합니다. 그래도 조금 남아 있어 에포크를
# > 10으로 줄입니다. (`metrics='accuracy'`는 이제 리스트로 써야 합니다. 레슨 03을 보세요.)
# >
# > 강의는 패션 MNIST로 한 번 실행했습니다. 우리는 앞에서 같은 종류의 신경망을 시드 열 개로 훈련했고, 비율 0.5에서 검증 손실이
# > 낮아졌습니다. 여기까지는 강의와 같습니다. 그런데 에포크를 10으로 줄이는 것이 맞을까요? 가장 좋은 에포크를 보면 됩니다.
# > **드롭아웃을 쓰면 더 일찍 올까요, 더 늦게 올까요?**

# %% tags=["lecture"]
sweep.claim(
    "with dropout the best epoch comes later",
    "best_epoch",
    of="rate 0.5",
    direction="higher",
    than="rate 0",
)

# %% [markdown] lang="en"
# Dropout slows learning down: it wants more epochs, not fewer. The lecture's 10 may have been right for its 48,000 pictures;
# a number of epochs is not carried over from one network to another. EarlyStopping finds it (lesson 09).

# %% [markdown] lang="ko"
# 드롭아웃은 학습을 늦춥니다. 그래서 에포크가 더 적게가 아니라 더 많이 필요합니다. 강의의 그림 48,000장에는 10이 맞았을지 모르지만,
# 에포크 수는 다른 신경망에 그대로 옮겨 쓸 수 없습니다. EarlyStopping으로 찾으세요(레슨 09).

# %% [markdown] lang="en" rows="S4-53"
# > **In the lecture** (S4, "문제1"): the whole program stands in **one line**, and the line begins with `#`. **What does Python do
# > with it?**

# %% [markdown] lang="ko" rows="S4-53"
# > **강의에서는** (S4, "문제1"): 프로그램 전체가 **한 줄**에 들어 있고, 그 줄은 `#`으로 시작합니다. **파이썬은 이 줄을 어떻게 할까요?**

# %% tags=["lecture"]
line = "# 1. 필요한 패키지 가져오는 코드 import tensorflow as tf # 텐써 플로우 2.0 ... plt.show()"
print("statements in this line:", len(ast.parse(line).body))

# %% [markdown] lang="en" rows="S4-53 S4-50"
# > **In the lecture** (S4, "실습1", "문제1"): the line holds an exercise: does more dropout prevent overfitting? As one comment it runs
# > without an error and without a result. Here is its network with line breaks, on 600 digits. `optimizer='RMSprop'` and
# > `metrics=['acc']` work as before; today one writes `"rmsprop"` and `["accuracy"]`. The shape belongs into `keras.Input`. The exercise before (실습1) has `BatchNormalization` and `Dropout(0.2)` right behind
# > Flatten, so it drops **pixels**; 문제1 adds both behind the first hidden layer. **How many parameters?**

# %% [markdown] lang="ko" rows="S4-53 S4-50"
# > **강의에서는** (S4, "실습1", "문제1"): 이 줄에는 드롭아웃을 더 추가하면 오버피팅이 방지되는지 확인하라는 문제의 답이 들어 있습니다. 그런데
# > 전부 주석이므로 오류도 없고 결과도 없습니다. 줄을 나누어 숫자 600장으로 실행해 봅시다. `optimizer='RMSprop'`과
# > `metrics=['acc']`는 지금도 그대로 됩니다. 요즘은 `"rmsprop"`, `["accuracy"]`로 씁니다. 모양은 `keras.Input`에 적습니다. 실습1은
# > Flatten 바로 뒤에 `BatchNormalization`과 `Dropout(0.2)`을 두어 **픽셀**을 끄고, 문제1은 첫 번째 은닉층 뒤에도 둡니다. **파라미터는 모두 몇 개일까요?**


# %% tags=["lecture"]
def fourth(at_input=0.2, behind_hidden=0.2):
    layers = [keras.Input((28, 28)), keras.layers.Flatten()]
    layers += [keras.layers.BatchNormalization(), keras.layers.Dropout(at_input)]
    layers += [keras.layers.Dense(100, activation="sigmoid")]
    layers += [keras.layers.BatchNormalization(), keras.layers.Dropout(behind_hidden)]
    layers += [keras.layers.Dense(50, activation="sigmoid")]
    layers += [keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential(layers)
    model.compile(optimizer="RMSprop", loss="categorical_crossentropy", metrics=["acc"])
    return model


by_hand = 784 * 4 + (784 + 1) * 100 + 100 * 4 + (100 + 1) * 50 + (50 + 1) * 10
print(f"by hand: {by_hand:,}, Keras: {fourth().count_params():,}")
frozen = sum(int(np.prod(weight.shape)) for weight in fourth().non_trainable_weights)
print(f"of these not trained (running means and variances, lesson 12): {frozen:,}")

# %% tags=["lecture"]
six_hundred = (digits.x_train[:600], keras.utils.to_categorical(digits.y_train[:600], 10))
others = (digits.x_val, keras.utils.to_categorical(digits.y_val, 10))

# %% [markdown] lang="en" rows="S4-51"
# > **In the lecture** (S4, "실습1"): the result is `acc: 0.9924 - loss: 0.0227 - val_acc: 0.9780 - val_loss: 0.0925`; `evaluate` shows .9758 for
# > the same test set, a fault of the progress bar that has been repaired (lesson 05). Now the question itself, ten seeds: dropout at
# > the input only (as in 실습1), and at both places (문제1). All else is the same in both.

# %% [markdown] lang="ko" rows="S4-51"
# > **강의에서는** (S4, "실습1"): 결과가 `acc: 0.9924 - loss: 0.0227 - val_acc: 0.9780 - val_loss: 0.0925`입니다. 같은 테스트 세트인데 `evaluate`에는
# > .9758이 나오는 것은 지금은 고쳐진 진행 막대의 오류입니다(레슨 05). 이제 문제에 답할 차례입니다. 드롭아웃을 입력에만
# > 둔 것(실습1처럼)과 두 곳에 둔 것(문제1)을 시드 열 개로 비교합니다. 나머지는 모두 같습니다.

# %% tags=["lecture"]
predict("15.p2")

# %% tags=["lecture"]
places = {"input": (0.2, 0), "both": (0.2, 0.2)}
batch_norm = experiments.compare(
    {name: (lambda given=given: fourth(*given)) for name, given in places.items()},
    (*six_hundred, *others),
    epochs=20,
    batch_size=50,
    validation_batch_size=1000,
)
print("columns:", sorted(batch_norm.history))
batch_norm.claim(
    "dropout behind the hidden layer too: a smaller gap",
    "gap",
    of="both",
    direction="lower",
    than="input",
)

# %% tags=["lecture", "nbval-ignore-output"]
lowest = np.median(batch_norm.measure("best_val_loss"), axis=1)
reveal("15.p2", lowest[1] / lowest[0])
batch_norm.plot("val_loss", title="The fourth lecture's network, 600 digits", first=3)

# %% [markdown] lang="en"
# `gap` is the validation loss minus the training loss **in the log**, and that one is taken with dropout on, as a mean over the
# epoch. A second dropout raises it, so part of the smaller gap is only a matter of measuring. What counts is the validation loss, and it
# is still falling in both: for 600 digits 20 epochs are early.

# %% [markdown] lang="ko"
# `gap`은 검증 손실에서 **로그의** 훈련 손실을 뺀 값이고, 로그의 훈련 손실은 드롭아웃을 켠 채 에포크 동안 잰 평균입니다. 드롭아웃을
# 하나 더하면 이 값이 커지므로, 차이가 줄어든 데에는 재는 방법 탓도 있습니다. 보아야 할 것은 검증 손실인데, 둘 다 아직 줄어드는
# 중입니다. 숫자 600장에 20에포크는 이릅니다.

# %% [markdown] lang="en" rows="S1-92 S1-93"
# > **In the lecture** (S1, "Dropout"): `from tensorflow.keras.layers import Dropout`, then `Dropout(0.5)` behind each of three hidden
# > layers of 30, 12 and 8 units, on top of L2, L1 on the activities and MaxNorm (lesson 14). The slide shows no result.
# > We leave out the L1 on the activities: how strong it is depends on the version of Keras (lesson 14).
# >
# > The import works as before; `keras.layers.Dropout` is the same. Count before you run: the last hidden layer has 8 units. **How
# > many of them speak on average, and what does that mean for the layer behind?**

# %% [markdown] lang="ko" rows="S1-92 S1-93"
# > **강의에서는** (S1, "Dropout"): `from tensorflow.keras.layers import Dropout`으로 가져와 유닛 30개, 12개, 8개인 은닉층 세 개의 뒤에
# > 저마다 `Dropout(0.5)`를 둡니다. L2, 활성값의 L1, MaxNorm(레슨 14)도 이미 들어 있습니다. 슬라이드에 결과는 없습니다.
# > 활성값의 L1은 케라스 버전에 따라 세기가 달라서(레슨 14) 여기서는 뺐습니다.
# >
# > 가져오기는 지금도 됩니다. `keras.layers.Dropout`과 같은 것입니다. 실행하기 전에 세어 보세요. 마지막 은닉층은 유닛이 8개입니다.
# > **평균 몇 개가 말을 하고, 그 뒤의 층은 어떻게 될까요?**


# %% tags=["lecture"]
def first(rate):
    model = keras.Sequential([keras.Input((10,))])
    for units in (30, 12, 8):
        penalties = {
            "kernel_regularizer": keras.regularizers.L2(0.01),
            "kernel_constraint": keras.constraints.MaxNorm(2.0),
        }
        model.add(keras.layers.Dense(units, activation="relu", **penalties))
        model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    pure = keras.metrics.BinaryCrossentropy(name="crossentropy")  # the loss without the penalties
    model.compile("adam", "binary_crossentropy", metrics=["accuracy", pure])
    return model


table = data.load("breast_cancer")  # the lecture's rice data are not shipped: ten features of these
ten = (table.x_train[:, :10], table.y_train[:, None], table.x_val[:, :10], table.y_val[:, None])

# %% tags=["lecture"]
narrow = experiments.compare(
    {"without": lambda: first(0), "Dropout(0.5) three times": lambda: first(0.5)},
    ten,
    epochs=50,
    batch_size=100,
    validation_batch_size=200,
)
narrow.claim(
    "three times 0.5 on a narrow, penalised network: crossentropy rises",
    "last_val_crossentropy",
    of="Dropout(0.5) three times",
    direction="higher",
    than="without",
    margin=0.05,
)

# %% [markdown] lang="en"
# On average four of the last eight units speak, and for about one sample in $2^8 = 256$ none at all. A network of 30, 12 and 8 units under
# two penalties has nothing to spare. Adding the next remedy because it is next on the list does harm: diagnose first (lesson 06),
# and add one at a time.

# %% [markdown] lang="ko"
# 마지막 유닛 8개 가운데 말을 하는 것은 평균 4개이고, 샘플 $2^8 = 256$개에 하나는 모두 입을 다뭅니다. 유닛이 30, 12, 8개이고 규제를 두
# 가지 받는 신경망에는 남는 힘이 없습니다. 목록의 다음 차례라고 해서 처방을 더하면 해롭습니다. 먼저 진단하고(레슨 06), 한 번에 하나씩
# 더하세요.

# %% [markdown] lang="en"
# ## Lab: how much, and where?
#
# Two hidden layers of 128 units, 300 digits, three places for dropout: after the input, after hidden layer 1, after hidden
# layer 2. Each move trains five networks; their median and range are drawn beside a small network with masks at your rates.
# The green line is the network without dropout, the dotted one the state before.
#
# Which single place gains most? Can you beat the state that the lab opens on? At which rates does it underfit, and in which
# place soonest? Your own data work too, if the labels are class numbers.

# %% [markdown] lang="ko"
# ## 실습: 얼마나, 어디에
#
# 유닛 128개짜리 은닉층 둘, 숫자 300장, 드롭아웃을 둘 곳은 셋입니다. 입력 뒤, 은닉층 1 뒤, 은닉층 2 뒤. 슬라이더를 움직일 때마다
# 신경망 다섯 개를 훈련해 중앙값과 범위를 그리고, 그 옆에 같은 비율의 마스크를 씌운 작은 신경망을 그립니다. 초록 선은 드롭아웃이
# 없는 신경망, 점선은 바로 전 상태입니다.
#
# 한 곳에만 둔다면 어디가 가장 좋은가요? 처음 열린 상태보다 더 낮출 수 있나요? 비율이 얼마일 때 과소적합이 되고, 어느 자리가 가장
# 먼저 그렇게 되나요? 레이블이 클래스 번호라면 여러분의 데이터로도 할 수 있습니다.

# %% tags=["nbval-ignore-output"]
dataset = (*few, *validation)
labs.dropout(dataset)

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `dropout(values, rate, drawn)` as Keras does it in training. `values` is an array, `drawn` an array of the same
# shape with random numbers between 0 and 1: a value is dropped where its number is **below** the rate. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 케라스가 훈련할 때 하는 대로 `dropout(values, rate, drawn)`을 작성하세요. `values`는 배열이고 `drawn`은 모양이 같은
# 0과 1 사이의 난수 배열입니다. 난수가 비율보다 **작은** 자리의 값을 끕니다. `...` 자리를 채우세요.


# %% tags=["exercise"]
def dropout(values, rate, drawn):
    return ...


check("15.e1", dropout)

# %% [markdown] lang="en"
# **Exercise 2.** Write `honest(log, known, validation, rows)`: `"gap"` or `"no gap shown"` by the rule of lesson 06. `log` is the training
# accuracy in the log, `known` the one by `evaluate`, `validation` the validation accuracy on `rows` rows. One of the numbers is not
# needed.

# %% [markdown] lang="ko"
# **연습 2.** 레슨 06의 기준에 따라 `"gap"` 또는 `"no gap shown"`을 돌려주는 `honest(log, known, validation, rows)`를 작성하세요.
# `log`는 로그의 훈련 정확도, `known`은 `evaluate`로 잰 훈련 정확도, `validation`은 `rows`행에서 잰 검증 정확도입니다. 필요 없는 수가
# 하나 있습니다.


# %% tags=["exercise"]
def honest(log, known, validation, rows):
    return ...


check("15.e2", honest)

# %% [markdown] lang="en"
# Stuck? Run `hint("15.e1")`, or `solution("15.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("15.e1")`을, 해 본 다음에는 `solution("15.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("15")

# %% [markdown] lang="en"
# ## Summary
#
# - In training each unit of each sample is set to 0 with probability `rate`; the others are divided by 1 − rate.
# - In `evaluate` and `predict` nothing is dropped and nothing scaled. Nothing is ever deleted.
# - On few digits rate 0.5 lowered the validation loss at its best and at the end; 0.95 underfitted.
# - It is no smaller crew, but one whose members do not rely on each other; and it is less sure of its mistakes.
# - The training accuracy in the log is taken with dropout on. Judge by `evaluate` on both sets.
# - Dropout wants more epochs. It is for networks that overfit, not for narrow ones under other penalties.

# %% [markdown] lang="ko"
# ## 정리
#
# - 훈련할 때는 샘플마다 유닛마다 `rate`의 확률로 0이 되고, 나머지는 1 − rate로 나누어 커집니다.
# - `evaluate`와 `predict`에서는 끄지도 키우지도 않습니다. 삭제되는 것은 없습니다.
# - 숫자가 적을 때 비율 0.5는 가장 낮은 검증 손실도, 마지막 검증 손실도 낮췄습니다. 0.95는 과소적합이 되었습니다.
# - 사공을 줄이는 것이 아니라 서로에게 기대지 않게 하는 것입니다. 틀린 답에 대한 확신도 줄어듭니다.
# - 로그의 훈련 정확도는 드롭아웃을 켜고 잰 값입니다. 판정은 두 세트 모두 `evaluate`로 하세요.
# - 드롭아웃을 쓰면 에포크가 더 필요합니다. 과적합되는 신경망을 위한 것이지, 이미 규제를 받는 좁은 신경망을 위한 것이 아닙니다.
