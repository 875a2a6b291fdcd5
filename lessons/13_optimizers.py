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

# %% [markdown] lang="en" rows="S2-27 S4-38"
# `compile(optimizer="adam")`: most people type this line without thinking about it. The optimizer is the rule that turns a
# gradient into new weights, and the fourth lecture promises that one can *"입력 데이터에 맞게"*, to suit the data, choose
# one and raise the accuracy. In this lesson you build seven of them in NumPy, hold each against Keras, let them race, and
# test what the lectures promise.
#
# Guess first. A network is trained with `Adam(learning_rate=0.001)` for 20 epochs. The third lecture says that Adam uses
# an *"적응적 학습률"*, an adaptive learning rate, which it can adjust as the epochs go by. **What is
# `optimizer.learning_rate` after training?**

# %% [markdown] lang="ko" rows="S2-27 S4-38"
# `compile(optimizer="adam")`. 대부분 별생각 없이 쓰는 줄입니다. 옵티마이저(optimizer)는 기울기를 받아 새 가중치를 정하는
# 규칙이고, 네 번째 강의는 "입력 데이터에 맞게" 고르면 정확도를 올릴 수 있다고 합니다. 이 레슨에서는 옵티마이저 일곱 개를
# 넘파이로 만들어 케라스와 하나하나 맞춰 보고, 경주를 시키고, 강의의 약속을 시험합니다.
#
# 먼저 예상해 봅시다. `Adam(learning_rate=0.001)`로 신경망을 20에포크 훈련합니다. 세 번째 강의는 Adam이 "적응적 학습률"을 써서
# 에포크가 진행되면서 학습률의 크기를 조정한다고 합니다. **훈련이 끝난 뒤 `optimizer.learning_rate`는 얼마일까요?**

# %%
import warnings

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import data, experiments, labs, optimizers, plots, training
from helpers.experiments import Variant
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution
from helpers.surfaces import Surface, outcome, quadratic, surface

predict("13.p1")

# %% [markdown] lang="en" rows="S2-27"
# ## One step
#
# A gradient says for each weight how fast the loss rises when that weight grows. **Gradient descent** goes the other way:
#
# $$w \leftarrow w - \eta\, g$$
#
# with the gradient $g$ and the learning rate $\eta$. That is all that the simplest optimizer does. The second lecture
# has a slide "Optimizer" whose picture is lost; what stands there in `compile` may be a name or an object. **Will the three
# optimizers below take the same step?**

# %% [markdown] lang="ko" rows="S2-27"
# ## 한 스텝
#
# 기울기(gradient)는 가중치가 커질 때 손실이 얼마나 빨리 커지는지를 가중치마다 알려 줍니다. **경사 하강법**(gradient
# descent)은 그 반대쪽으로 갑니다.
#
# $$w \leftarrow w - \eta\, g$$
#
# $g$는 기울기, $\eta$는 학습률(learning rate)입니다. 가장 단순한 옵티마이저가 하는 일은 이것이 전부입니다. 두 번째 강의의
# "Optimizer" 슬라이드는 그림이 남아 있지 않습니다. `compile`의 이 자리에는 이름을 써도 되고 객체를 써도 됩니다. **아래의 세
# 옵티마이저는 같은 스텝을 밟을까요?**

# %%
w, gradient = np.array([1.0, -2.0]), np.array([0.5, 4.0])
print("by hand:   ", w - 0.01 * gradient)
for optimizer in ("sgd", keras.optimizers.SGD(), keras.optimizers.SGD(learning_rate=0.1)):
    optimizer = keras.optimizers.get(optimizer)
    variable = keras.Variable(w, dtype="float64")
    optimizer.apply([gradient], [variable])
    print(
        "with Keras:", variable.numpy().round(6), "rate", round(float(optimizer.learning_rate), 6)
    )

# %% [markdown] lang="en" rows="S2-35 S2-39 S2-40"
# A name takes the default learning rate; only an object lets you choose it.
#
# The second lecture lists four problems of this rule. We look at each of them on a loss over just two weights, because
# that can be drawn.
#
# ## Problem 1: the cost
#
# *"학습용 데이터가 많아진다면 당연히 계산량도 매우 많아지고"*: the gradient is a mean over all training rows, so one step
# looks at all of them. **Stochastic gradient descent** (SGD) takes a few rows drawn at random (the lecture:
# *"랜덤하게 추출한 일부 데이터"*). Its gradient is a rough estimate, but a cheap one. We predict the diagnosis of 341 tumours
# from two features by a straight line, the loss is half the mean squared error. **Which path will be the shorter one,
# and which the cheaper one?**

# %% [markdown] lang="ko" rows="S2-35 S2-39 S2-40"
# 이름을 쓰면 기본 학습률을 쓰게 되고, 학습률을 고르려면 객체를 써야 합니다.
#
# 두 번째 강의는 이 규칙의 문제를 네 가지 듭니다. 그림으로 볼 수 있도록 가중치가 두 개뿐인 손실에서 하나씩 살펴봅시다.
#
# ## 문제 1: 계산량
#
# "학습용 데이터가 많아진다면 당연히 계산량도 매우 많아지고"라고 합니다. 기울기는 훈련 데이터 전체의 평균이므로 한 스텝을 가려면
# 전체를 봐야 합니다. **확률적 경사 하강법**(SGD)은 "랜덤하게 추출한 일부 데이터"만 봅니다. 기울기는 어림값이지만 값이
# 쌉니다. 종양 341개의 진단을 특성 두 개로 직선 하나에 맞춥니다. 손실은 평균 제곱 오차의 절반입니다. **어느 쪽 길이 더 짧고,
# 어느 쪽이 더 쌀까요?**

# %%
tumours = data.load("breast_cancer")
two = tumours.x_train[:, [0, 4]].astype("float64")  # radius and smoothness, standardised
target = np.where(tumours.y_train == 1, 1.0, -1.0)


def line_fit(features):
    def loss(w):
        return np.mean((w @ features.T - target) ** 2, axis=-1) / 2

    def gradient(w):
        return (w @ features.T - target) @ features / len(features)

    best = np.linalg.lstsq(features, target, rcond=None)[0]
    return Surface("line", loss, gradient, float(loss(best)), (tuple(best),), (-2.0, 1.0))


# %%
ground, generator = line_fit(two), np.random.default_rng(0)


def gradient_of_16(w):
    rows = generator.choice(len(two), 16, replace=False)
    return (two[rows] @ w - target[rows]) @ two[rows] / 16


paths = {
    "gradient descent": optimizers.descend(optimizers.SGD(0.1), ground.gradient, ground.start, 60),
    "SGD": optimizers.descend(optimizers.SGD(0.1), gradient_of_16, ground.start, 60),
}
for (name, path), rows in zip(paths.items(), (341, 16), strict=True):
    print(f"{name}: {outcome(ground, path).steps * rows:,} rows looked at until it arrives")
plots.walks(ground, paths, "Steps from 341 rows, and from 16")

# %% [markdown] lang="en" rows="S2-39"
# The path of SGD trembles and needs a few steps more, but each step costs a twentieth. Both arrive (here: come within 0.01
# of the lowest loss, and stay there). In Keras `batch_size` sets how many rows a step sees: Keras's SGD is
# **mini-batch** SGD. Does it hold for a network? Both networks below look at the same rows five times.

# %% [markdown] lang="ko" rows="S2-39"
# SGD의 길은 떨리고 몇 스텝이 더 들지만, 한 스텝의 값이 20분의 1입니다. 둘 다 도착합니다(여기서는 가장 낮은 손실과의 차이가 0.01
# 안으로 들어와 머무는 것을 말합니다). 케라스에서는 한 스텝에 볼 행의 수를 `batch_size`로 정합니다. 케라스의 SGD는
# **미니배치** SGD입니다. 신경망에서도 그럴까요? 아래의 두 신경망은 똑같이 데이터를 다섯 번씩 봅니다.

# %%
digits = data.load("mnist")


def shrink(pictures):
    return pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))


x, y = shrink(digits.x_train)[:1000], digits.y_train[:1000]
dataset = (x, y, shrink(digits.x_val), digits.y_val)


def network(optimizer):
    def build():
        layers = [keras.Input((14, 14)), keras.layers.Flatten()]
        layers += [keras.layers.Dense(64, activation="relu")]
        model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
        loss = "sparse_categorical_crossentropy"
        model.compile(optimizer=optimizer(), loss=loss, metrics=["accuracy"])
        return model

    return build


# %%
sgd = network(lambda: keras.optimizers.SGD(0.1))
sizes = experiments.compare(
    {
        "all 1000 rows": Variant(sgd, fit={"batch_size": 1000}),
        "32 rows": Variant(sgd, fit={"batch_size": 32}),
    },
    dataset,
    epochs=5,
    validation_batch_size=1000,
)
sizes.claim(
    "for the same number of rows looked at, small batches get further",
    "last_loss",
    of="32 rows",
    direction="lower",
    than="all 1000 rows",
    margin=0.5,
)

# %% [markdown] lang="en" rows="S4-39" errata="E-39"
# > **In the lecture** (S4, "SGD"): *"배치단위로 복원 추출한 데이터를 학습해서"*, it learns from data that are drawn in batches
# > **with replacement**; `model.compile(optimizer=SGD(), …)`.
# >
# > With replacement a row may come twice in an epoch and another one not at all. What does `fit` do? We let a model write
# > down which rows its training step is given. Each of 100 rows carries its own number. **How many different rows
# > come up in one epoch?**

# %% [markdown] lang="ko" rows="S4-39" errata="E-39"
# > **강의에서는** (S4, "SGD"): "배치단위로 **복원 추출**한 데이터를 학습해서" 경사 하강하는 방법이라고 합니다. 코드는
# > `model.compile(optimizer=SGD(), …)`입니다.
# >
# > 복원 추출(with replacement)이라면 한 에포크에 어떤 행은 두 번 나오고 어떤 행은 한 번도 안 나올 수 있습니다. `fit`은 어떻게
# > 할까요? 훈련 스텝이 받은 행을 모델이 직접 적게 합시다. 행 100개에 저마다 번호를 붙였습니다. **한 에포크에 서로 다른 행이 몇 개
# > 나올까요?**


# %% tags=["lecture"]
class Recorder(keras.Sequential):
    def train_step(self, batch):
        numbers, _ = batch
        seen.append(numbers.numpy().ravel().astype(int))
        return super().train_step(batch)


numbers, seen = np.arange(100.0).reshape(-1, 1), []
model = Recorder([keras.Input((1,)), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.SGD(1e-6), loss="mse", run_eagerly=True)
model.fit(numbers, np.zeros(100), batch_size=10, epochs=2, verbose=0)
first, second = np.concatenate(seen[:10]), np.concatenate(seen[10:])
print("different rows in each epoch:", len(np.unique(first)), len(np.unique(second)))
print("mixed:", not np.array_equal(first, np.sort(first)))

# %% tags=["lecture"]
drawn = np.random.default_rng(0).choice(100, (1000, 100))  # with replacement, 1,000 epochs
share = np.mean([len(np.unique(epoch)) for epoch in drawn])
print(f"with replacement an epoch would meet about {share:.0f} of 100 rows")
settings = keras.optimizers.SGD().get_config()
print({name: round(settings[name], 6) for name in ("learning_rate", "momentum")})

# %% [markdown] lang="en"
# Every row exactly once, in mixed order: `fit` shuffles the rows and deals them out, **without replacement**. (Without a seed
# each epoch is mixed anew; with the fixed seed of this course the order repeats, see lesson 04.) And `SGD()` with nothing in
# the brackets means learning rate 0.01 and no momentum.

# %% [markdown] lang="ko"
# 모든 행이 섞인 순서로 정확히 한 번씩 나옵니다. `fit`은 행을 섞어 차례로 나눠 주는 **비복원 추출**을 합니다. (시드가 없으면
# 에포크마다 새로 섞고, 이 강의처럼 시드를 고정하면 같은 순서가 되풀이됩니다. 레슨 04를 보세요.) 그리고 괄호를 비운 `SGD()`는 학습률
# 0.01에 모멘텀이 없다는 뜻입니다.

# %% [markdown] lang="en" rows="S2-36"
# ## Problem 2: local minima and saddles
#
# The second slide: the loss is bumpy, and whoever starts near a **local minimum** may end there instead of at the
# **global minimum**. The surface below has two hollows; the left one (filled star) is deeper. Three optimizers start on the
# right, all with learning rate 0.05. The fourth lecture says that inertia lets momentum get out of a local minimum, and that
# Adam has this advantage too. **Who ends in the deeper one?**

# %% [markdown] lang="ko" rows="S2-36"
# ## 문제 2: 극소점과 안장점
#
# 두 번째 문제는 이렇습니다. 손실함수는 울퉁불퉁해서, **극소점**(local minimum) 가까이에서 출발하면 **최소점**(global minimum)이
# 아니라 그곳에서 끝날 수 있습니다. 아래 지형에는 웅덩이가 두 개 있고 왼쪽(채운 별)이 더 깊습니다. 옵티마이저 셋이 오른쪽에서
# 학습률 0.05로 출발합니다. 네 번째 강의는 모멘텀이 관성으로 local minimum을 빠져나가고 Adam도 그 장점을 가졌다고 합니다. **더
# 깊은 쪽에 도착하는 것은 누구일까요?**

# %%
predict("13.p2")

# %%
runners = {
    "SGD": optimizers.SGD(0.05),
    "momentum": optimizers.SGD(0.05, momentum=0.9),
    "Adam": optimizers.Adam(0.05),
}
hollows = surface("two minima")
paths = {
    name: optimizers.descend(rule, hollows.gradient, (2, 1), 100) for name, rule in runners.items()
}
plots.walks(hollows, paths, "Two minima, start at (2, 1)")

# %%
deep = {name for name, path in paths.items() if outcome(hollows, path).kind == "arrived"}
answers = {
    frozenset(): "a",
    frozenset({"momentum"}): "b",
    frozenset({"Adam"}): "c",
    frozenset({"momentum", "Adam"}): "d",
}
reveal("13.p2", answers[frozenset(deep)])

# %% [markdown] lang="en"
# So inertia can carry over a hill. Is that a property of momentum, or of this start? We try other starts on
# the same slope. **Will momentum always get across?**

# %% [markdown] lang="ko"
# 관성으로 언덕을 넘을 수는 있습니다. 그런데 그것은 모멘텀의 성질일까요, 이 출발점의 성질일까요? 같은 비탈의 다른 곳에서도
# 출발해 봅시다. **모멘텀은 언제나 넘어갈까요?**

# %%
crossed = {}
for start in (1.2, 1.6, 2.0, 2.5):
    ends = [
        optimizers.descend(rule, hollows.gradient, (start, 1), 200)[-1, 0]
        for rule in runners.values()
    ]
    crossed[start] = ["deeper" if end < 0 else "local" for end in ends]
pd.DataFrame(crossed, index=list(runners)).rename_axis(columns="start")

# %% [markdown] lang="en" rows="S2-36" errata="E-36"
# > **In the lecture** (S2, "Local minimum(Optima) 문제"; S4, "Adam"): the start decides, *"최종 목표인 Global minimum을 찾지 못하는
# > 문제 발생"*; and *"관성을 이용해서 로컬 미니멈을 빠져나갑니다"*, momentum gets out of local minima by inertia.
# >
# > The first is right. The second holds for some starts only: too little speed and it stays, too much and it comes back. It
# > is no guarantee. There is a second thing to put right. Two weights are not a network. A point where the gradient is 0 is
# > a minimum only if the loss bends upwards in **every** direction. If it bends downwards in just one, it is a **saddle
# > point**. Let each bend be random. **How many of such points are minima when there are 2, 4, 8 weights?**

# %% [markdown] lang="ko" rows="S2-36" errata="E-36"
# > **강의에서는** (S2, "Local minimum(Optima) 문제"; S4, "Adam"): 출발점에 따라 "최종 목표인 Global minimum을 찾지 못하는 문제
# > 발생"이라고 하고, 모멘텀은 "관성을 이용해서 로컬 미니멈을 빠져나갑니다"라고 합니다.
# >
# > 앞의 말은 맞습니다. 뒤의 말은 몇몇 출발점에서만 맞습니다. 속도가 모자라면 못 빠져나오고, 넘치면 되돌아옵니다. 보장은
# > 없습니다. 바로잡을 것이 하나 더 있습니다. 가중치 두 개는 신경망이 아닙니다. 기울기가 0인 점이 극소점이 되려면 **모든**
# > 방향으로 위로 휘어야 합니다. 한 방향이라도 아래로 휘면 **안장점**(saddle point)입니다. 휘는 정도를 무작위로 정해 봅시다.
# > **가중치가 2개, 4개, 8개일 때 극소점은 얼마나 될까요?**

# %% tags=["lecture"]
generator = np.random.default_rng(0)
for weights in (1, 2, 4, 8):
    bends = generator.normal(size=(2000, weights, weights))
    curvatures = np.linalg.eigvalsh(bends + bends.transpose(0, 2, 1))
    up, down = (curvatures > 0).all(axis=1).mean(), (curvatures < 0).all(axis=1).mean()
    print(f"{weights} weight(s): minima {up:.2f}, maxima {down:.2f}, saddles {1 - up - down:.2f}")

# %% [markdown] lang="en"
# With eight weights there is hardly a minimum left, and a network has thousands. This is an argument, not a proof (the bends of
# a network are not random), but measurements on networks point the same way (Dauphin and others, 2014): what holds up
# training is mostly saddles and flat ground. How bad is a saddle? Gradient descent starts once exactly on its ridge, once
# a hundredth beside it.

# %% [markdown] lang="ko"
# 가중치가 여덟 개만 되어도 극소점은 거의 남지 않습니다. 신경망의 가중치는 수천 개입니다. 신경망의 휘어짐은 무작위가 아니니
# 증명은 아니지만, 실제 신경망에서 잰 결과도 같은 방향입니다(Dauphin 외, 2014). 훈련을 가로막는 것은 대개 안장점과
# 평평한 땅입니다. 안장점은 얼마나 나쁠까요? 경사 하강법을 한 번은 정확히 능선 위에서, 한 번은 100분의 1만큼 비켜서 출발시킵니다.

# %%
pass_between = surface("saddle")
paths = {
    f"start at {aside}": optimizers.descend(
        optimizers.SGD(0.1), pass_between.gradient, (-2, aside), 100
    )
    for aside in (0.0, 0.01)
}
plots.walks(pass_between, paths, "Saddle")

# %% [markdown] lang="en"
# On the ridge it never notices that there is a way down. A hundredth is enough to leave, after a rest. Random initial weights
# and the trembling of mini-batches give that hundredth for free.

# %% [markdown] lang="ko"
# 능선 위에서는 내려갈 길이 있다는 것을 끝내 모릅니다. 100분의 1만 비켜도 잠시 머물다 내려갑니다. 무작위 초기값과 미니배치의
# 떨림이 그 100분의 1을 거저 줍니다.

# %% [markdown] lang="en" rows="S2-37"
# ## Problem 3: plateau
#
# The third slide: on a **plateau**, flat ground, training becomes very slow or stops. You need no strange surface for it: one
# sigmoid unit is enough. It has one weight $w$, input 1, and should answer 1; the loss is the squared error. We start at
# $w = -8$, where the unit answers almost 0. **In which direction will 100 steps with learning rate 1 move $w$, and how far?**

# %% [markdown] lang="ko" rows="S2-37"
# ## 문제 3: 플래토
#
# 세 번째 문제는 **플래토**(plateau)입니다. 평탄한 곳에서는 학습이 매우 느려지거나 멈춥니다. 특별한 지형이 아니라 시그모이드 유닛
# 하나면 충분합니다. 가중치는 $w$ 하나, 입력은 1, 정답은 1이고 손실은 제곱 오차입니다. 유닛이 거의 0이라고 답하는
# $w = -8$에서 출발합니다. **학습률 1로 100스텝을 가면 $w$는 어느 쪽으로 얼마나 움직일까요?**


# %%
def sigmoid(w):
    return 1 / (1 + np.exp(-w))


def slope(w):
    return 2 * (sigmoid(w) - 1) * sigmoid(w) * (1 - sigmoid(w))


flat = optimizers.descend(optimizers.SGD(1.0), slope, [-8.0], 100)[:, 0]
weights = np.linspace(-10, 6, 200)
figure, axes = plt.subplots()
axes.plot(weights, (sigmoid(weights) - 1) ** 2, label="loss")
axes.plot(weights, np.abs(slope(weights)), "--", label="size of the gradient")
axes.plot(flat[[0, -1]], (sigmoid(flat[[0, -1]]) - 1) ** 2, "ko", markersize=5)
axes.set(xlabel="weight w", title="One sigmoid unit, squared error")
axes.legend()
plt.show()
text = {
    "en": f"From w = {flat[0]:.2f} to {flat[-1]:.2f} in 100 steps: the gradient is almost 0 there.",
    "ko": f"100스텝 동안 w = {flat[0]:.2f}에서 {flat[-1]:.2f}까지: 그곳은 기울기가 거의 0입니다.",
}
plots.caption(say(**text))

# %% [markdown] lang="en" rows="S2-37" errata="E-36"
# > **In the lecture** (S2, "Plateau 문제"): *"가중치 소실 현상이 발생할 수 있고"*, the weights may vanish.
# >
# > What vanishes is the **gradient** (기울기 소실, vanishing gradient); the weight stands at −8, the largest number in this
# > section. Two things help. Another loss: with cross-entropy the same unit at the same place has a large gradient. And a
# > rule that divides by the gradient's own size, as RMSprop and Adam do. **Will Adam get off with a learning rate a tenth as
# > large?**

# %% [markdown] lang="ko" rows="S2-37" errata="E-36"
# > **강의에서는** (S2, "Plateau 문제"): "가중치 소실 현상이 발생할 수 있고"라고 합니다.
# >
# > 사라지는 것은 **기울기**입니다(기울기 소실, vanishing gradient). 가중치는 −8에 그대로 있고, 이 절에서 가장 큰 수입니다. 도움이
# > 되는 것은 두 가지입니다. 하나는 다른 손실입니다. 교차 엔트로피라면 같은 유닛이 같은 자리에서 큰 기울기를 얻습니다. 또 하나는
# > RMSprop이나 Adam처럼 기울기를 그 자신의 크기로 나누는 규칙입니다. **학습률이 10분의 1인 Adam은 빠져나올까요?**

# %% tags=["lecture"]
print(f"weight {-8.0}, gradient of the squared error {slope(-8.0):.5f}")
print(f"gradient of the cross-entropy at the same place {sigmoid(-8.0) - 1:.5f}")
adam = optimizers.descend(optimizers.Adam(0.1), slope, [-8.0], 100)[:, 0]
print(f"after 100 steps: SGD(1.0) at {flat[-1]:.2f}, Adam(0.1) at {adam[-1]:.2f}")

# %% [markdown] lang="en" rows="S2-38"
# ## Problem 4: zigzag
#
# A bowl that is equally steep on all sides is easy: the gradient points at the middle. A **ravine**, steep across and
# nearly flat along, is not: the gradient points across. We take $(x^2 + c\,y^2)/2$ with curvature $c$ across, give each
# surface the best possible learning rate, $2/(1 + c)$, and count the steps until it arrives and how often it jumps over the
# bottom of the ravine. **What happens as $c$ grows?**

# %% [markdown] lang="ko" rows="S2-38"
# ## 문제 4: 지그재그
#
# 사방이 똑같이 가파른 그릇은 쉽습니다. 기울기가 한가운데를 가리키기 때문입니다. 건너는 쪽은 가파르고 길게 뻗은 쪽은 거의
# 평평한 **골짜기**는 다릅니다. 기울기가 맞은편 벽을 가리킵니다. 건너는 쪽의 휘어짐이 $c$인 $(x^2 + c\,y^2)/2$에서 저마다 가장 좋은
# 학습률 $2/(1 + c)$를 주고, 도착할 때까지의 스텝 수와 골짜기 바닥을 뛰어넘은 횟수를 셉니다. **$c$가 커지면 어떻게 될까요?**


# %%
def steps_and_jumps(curvature, momentum=0.0):
    ravine = quadratic(curvature)
    rule = optimizers.SGD(2 / (1 + curvature), momentum=momentum)
    path = optimizers.descend(rule, ravine.gradient, (-2, 1), 1200)
    steps = outcome(ravine, path).steps
    across = path[: steps + 1, 1]
    return steps, int(np.sum(across[1:] * across[:-1] < 0))


curvatures = (1, 5, 20, 100, 400)
counts = {c: steps_and_jumps(c) for c in curvatures}
pd.DataFrame(counts, index=["steps", "jumps"]).rename_axis(columns="c")

# %%
ravine = surface("ravine")
paths = {"SGD": optimizers.descend(optimizers.SGD(2 / 21), ravine.gradient, (-2, 1), 60)}
plots.walks(ravine, paths, "Ravine, c = 20")

# %% [markdown] lang="en" rows="S2-38" errata="E-37"
# > **In the lecture** (S2, "Zigzag 문제"): *"가중치의 스케일이 동일하다면 최적해로 바로 찾아갈 수 있음"*, if the **weights** have the
# > same scale the optimum is found straight away; if they differ, it zigzags.
# >
# > What differs is how strongly the *loss is bent* along each weight, and that comes from the scale of the **features**. Here
# > is the line through the tumours again: same start, same weights. Only the second feature is written in another unit, so
# > its numbers are five times as large. **How many steps now?**

# %% [markdown] lang="ko" rows="S2-38" errata="E-37"
# > **강의에서는** (S2, "Zigzag 문제"): "**가중치의 스케일**이 동일하다면 최적해로 바로 찾아갈 수 있음"이라고 하고, 다르면 지그재그가
# > 생긴다고 합니다.
# >
# > 다른 것은 가중치마다 *손실이 휘는 정도*이고, 그것은 **특성의 스케일**에서 옵니다. 종양 데이터의 직선으로 돌아가 봅시다.
# > 출발점도 가중치도 그대로입니다. 두 번째 특성의 단위만 바꿔서 숫자가 다섯 배가 되었습니다. **이제 몇 스텝이 걸릴까요?**

# %% tags=["lecture"]
for name, unit in (("standardised", 1), ("second feature in another unit", 5)):
    features = two * [1, unit]
    bends = np.linalg.eigvalsh(features.T @ features / len(features))
    ground = line_fit(features)
    rule = optimizers.SGD(2 / bends.sum())  # the best possible rate for these data
    steps = outcome(ground, optimizers.descend(rule, ground.gradient, (-2, 1), 200)).steps
    print(f"{name}: steepest bend / flattest bend = {bends[1] / bends[0]:.1f}, steps: {steps}")

# %% [markdown] lang="en"
# That is why features are standardised before training (lesson 02). The ratio of the bends is called the **condition
# number**; the number of steps grows with it.

# %% [markdown] lang="ko"
# 훈련하기 전에 특성을 표준화하는 까닭이 이것입니다(레슨 02). 휘는 정도의 비율을 **조건수**(condition number)라고 하며, 스텝
# 수는 조건수를 따라 커집니다.

# %% [markdown] lang="en" rows="S2-41 S2-42 S4-41"
# ## Momentum and Nesterov
#
# Inside a network the features of the second layer are made by the first, and nobody standardises them. So the rule has to
# change. The fourth lecture gives **momentum** in two lines: `속도 = 마찰계수*속도 - 러닝레이트*기울기`,
# `가중치 = 가중치 + 속도`, a velocity that keeps a share of itself and gains by the gradient. (Keras calls that share
# `momentum`. It is rather the opposite of friction: at 0.9, nine tenths are kept.) Across the ravine the pushes cancel
# each other, along it they add up. **Will 0.9 need fewer steps than no momentum in every ravine?**

# %% [markdown] lang="ko" rows="S2-41 S2-42 S4-41"
# ## 모멘텀과 네스테로프
#
# 신경망 안에서 둘째 층의 특성은 첫째 층이 만드는 것이라 아무도 표준화해 주지 않습니다. 그러니 규칙을 바꿔야 합니다. 네 번째
# 강의는 **모멘텀**(momentum)을 두 줄로 씁니다. `속도 = 마찰계수*속도 - 러닝레이트*기울기`, `가중치 = 가중치 + 속도`. 속도는 자신의
# 일부를 간직하고 기울기만큼 더해집니다. (케라스는 그 비율을 `momentum`이라고 부릅니다. 0.9이면 10분의 9가 남으니 마찰이라기보다
# 그 반대입니다.) 골짜기를 건너는 힘은 서로 지워지고, 골짜기를 따라가는 힘은 쌓입니다. **0.9는 어느 골짜기에서나 모멘텀이 없을
# 때보다 스텝이 적게 들까요?**


# %%
def momentum_step(w, velocity, gradient, learning_rate=0.01, momentum=0.9, nesterov=False):
    velocity = momentum * velocity - learning_rate * gradient
    if nesterov:  # the step that the next velocity would give
        return w + momentum * velocity - learning_rate * gradient, velocity
    return w + velocity, velocity


steps = {
    f"momentum {share}": [steps_and_jumps(c, share)[0] for c in curvatures]
    for share in (0.0, 0.5, 0.8, 0.9)
}
pd.DataFrame(steps, index=curvatures).rename_axis(index="c")

# %% [markdown] lang="en"
# No. In a gentle surface momentum 0.9 overshoots and swings; it pays where the ravine is long. With $c = 400$ it needs a tenth
# of the steps. Nesterov's variant takes the gradient, as the lecture says, where the momentum is about to lead, and swings
# less. **Which of the three is first in the ravine with $c = 20$, all at learning rate 0.03?**

# %% [markdown] lang="ko"
# 아닙니다. 완만한 지형에서 0.9는 지나쳐 갔다가 되돌아오기를 되풀이합니다. 골짜기가 길수록 이득이 커서 $c = 400$에서는 스텝이
# 10분의 1로 줄어듭니다. 네스테로프(Nesterov)는 강의의 말대로 모멘텀이 이동시킬 방향으로 미리 이동해서 기울기를 계산하며, 덜
# 흔들립니다. **$c = 20$인 골짜기에서 학습률이 모두 0.03일 때 셋 가운데 누가 가장 먼저 도착할까요?**

# %%
runners = {
    "SGD": optimizers.SGD(0.03),
    "momentum": optimizers.SGD(0.03, momentum=0.9),
    "Nesterov": optimizers.SGD(0.03, momentum=0.9, nesterov=True),
}
paths = {
    name: optimizers.descend(rule, ravine.gradient, (-2, 1), 100) for name, rule in runners.items()
}
plots.walks(ravine, paths, "Ravine, c = 20")

# %% [markdown] lang="en" rows="S4-42 S4-43"
# ## Adagrad and RMSprop
#
# The other idea: give each weight its own step size. The fourth lecture writes **Adagrad** as `h = h + 기울기 ◎ 기울기` and
# `가중치 = 가중치 - 러닝레이트 * 기울기 * 1/루트 h`. $h$ adds up all squared gradients, so it can only grow. **RMSprop** takes a
# moving average instead: it remembers the recent steps and forgets the old ones (the lecture: it looks back at
# *"이전에 내려오던 그 걸음걸이"*, its gait so far). Each also adds a tiny $\varepsilon$ so as not to divide by 0.

# %% [markdown] lang="ko" rows="S4-42 S4-43"
# ## Adagrad와 RMSprop
#
# 또 하나의 생각은 가중치마다 보폭을 따로 주는 것입니다. 네 번째 강의는 **Adagrad**를 `h = h + 기울기 ◎ 기울기`와
# `가중치 = 가중치 - 러닝레이트 * 기울기 * 1/루트 h`로 씁니다. $h$에는 기울기의 제곱이 모두 쌓이므로 커지기만 합니다. **RMSprop**은 그 대신 이동
# 평균을 씁니다. 최근의 걸음은 기억하고 오래된 걸음은 잊습니다(강의: "이전에 내려오던 그 걸음걸이를 살펴서"). 둘 다 0으로 나누지
# 않도록 아주 작은 $\varepsilon$을 더합니다.


# %%
def adagrad_step(w, h, gradient, learning_rate=0.001, epsilon=1e-7):
    h = h + gradient**2  # Keras begins with h = 0.1
    return w - learning_rate * gradient / np.sqrt(h + epsilon), h


def rmsprop_step(w, s, gradient, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    s = rho * s + (1 - rho) * gradient**2
    return w - learning_rate * gradient / np.sqrt(s + epsilon), s


# %% [markdown] lang="en" rows="S2-49 S4-40"
# ## Adam and AdamW
#
# **Adam** joins both ideas: a moving average $m$ of the gradients (momentum) and a moving average $s$ of their squares
# (RMSprop). Both start at 0 and are too small at first; dividing by $1 - \beta^t$ corrects that. **AdamW** also shrinks the
# weights a little at each step, beside Adam's step (lesson 14).

# %% [markdown] lang="ko" rows="S2-49 S4-40"
# ## Adam과 AdamW
#
# **Adam**은 두 생각을 합칩니다. 기울기의 이동 평균 $m$(모멘텀)과 기울기 제곱의 이동 평균 $s$(RMSprop)입니다. 둘 다 0에서 시작해
# 처음에는 너무 작으므로 $1 - \beta^t$로 나누어 바로잡습니다. **AdamW**는 스텝마다 가중치를 조금씩 줄이는 일을 Adam의 스텝과
# 따로 합니다(레슨 14).


# %%
def adam_step(w, m, s, t, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * gradient
    s = beta_2 * s + (1 - beta_2) * gradient**2
    correction = np.sqrt(1 - beta_2**t) / (1 - beta_1**t)  # t = 1 at the first step
    return w - learning_rate * correction * m / (np.sqrt(s) + epsilon), m, s


def adamw_step(w, m, s, t, gradient, learning_rate=0.001, weight_decay=0.004):
    shrunk = w - learning_rate * weight_decay * w
    return adam_step(shrunk, m, s, t, gradient, learning_rate)


# %% [markdown] lang="en"
# ## The same as Keras?
#
# `helpers.optimizers` holds these formulas as small objects: `begin` returns what is remembered, `step` takes a step. Keras
# and NumPy now walk side by side through the ravine for 100 steps. (Keras keeps some of its numbers in 32 bits, where 0.9 and
# 0.999 have to be rounded; with Adam that alone would be more than the millionth that we allow. So we take numbers that need no
# rounding: 1/16, 7/8, 1 − 1/1024.) **How far apart will the two be at the worst place?**

# %% [markdown] lang="ko"
# ## 케라스와 같을까
#
# `helpers.optimizers`에는 위의 수식이 작은 객체로 들어 있습니다. `begin`은 기억할 것을 돌려주고 `step`은 한 스텝을 갑니다. 이제
# 케라스와 넘파이가 나란히 골짜기를 100스텝 내려갑니다. (케라스는 몇몇 값을 32비트로 두는데 0.9와 0.999는 32비트에 딱 맞지 않아
# 반올림됩니다. Adam에서는 그것만으로 우리가 허용하는 100만분의 1을 넘습니다. 그래서 반올림이 필요 없는 1/16, 7/8, 1 − 1/1024를
# 씁니다.) **가장 많이
# 벌어졌을 때 얼마나 차이가 날까요?**


# %%
def keras_path(optimizer, gradient, start, steps):
    w = keras.Variable(start, dtype="float64")
    path = [w.numpy()]
    for _ in range(steps):
        optimizer.apply([gradient(path[-1])], [w])
        path.append(w.numpy())
    return np.array(path)


seven = {"SGD": "SGD", "momentum": "SGD", "Nesterov": "SGD", "Adagrad": "Adagrad"}
seven |= {name: name for name in ("RMSprop", "Adam", "AdamW")}
extra = {"momentum": {"momentum": 7 / 8}, "Nesterov": {"momentum": 7 / 8, "nesterov": True}}
extra |= {name: {"beta_1": 7 / 8, "beta_2": 1 - 1 / 1024} for name in ("Adam", "AdamW")}
for name, kind in seven.items():
    arguments = {"learning_rate": 1 / 16, **extra.get(name, {})}
    ours = optimizers.descend(getattr(optimizers, kind)(**arguments), ravine.gradient, (-2, 1), 100)
    theirs = keras_path(getattr(keras.optimizers, kind)(**arguments), ravine.gradient, (-2, 1), 100)
    print(f"{name}: equal to 1e-6 at each of 100 steps:", np.abs(ours - theirs).max() < 1e-6)

# %% [markdown] lang="en"
# So these formulas are the whole secret. One of their properties can be seen at once. The bowl and the ravine differ only in
# the curvature across, 1 and 20. **How different are Adam's paths in the two?**

# %% [markdown] lang="ko"
# 그러니 비밀은 이 수식이 전부입니다. 수식에서 한 가지 성질이 바로 보입니다. 그릇과 골짜기는 건너는 쪽의 휘어짐만 1과 20으로
# 다릅니다. **Adam의 길은 두 곳에서 얼마나 다를까요?**

# %%
for rule in (optimizers.SGD(0.05), optimizers.Adam(0.05)):
    bowl, deep = (
        optimizers.descend(rule, surface(name).gradient, (-2, 1), 100)
        for name in ("bowl", "ravine")
    )
    same = np.abs(bowl - deep).max() < 1e-3
    print(type(rule).__name__, "walks the same path in bowl and ravine:", same)

# %% [markdown] lang="en"
# Adam divides each weight's gradient by its own size, so a factor of 20 falls out. That is its answer to problem 4 (as long
# as the ravine lies along the weights).
#
# ## What Adam's step does
#
# Three measurements. First: a gradient that is always 1, learning rate 0.1. **Whose step shrinks?**

# %% [markdown] lang="ko"
# Adam은 가중치마다 기울기를 그 크기로 나누므로 20배라는 차이가 사라집니다. 이것이 문제 4에 대한 답입니다(골짜기가 가중치의
# 축을 따라 놓여 있을 때 그렇습니다).
#
# ## Adam의 보폭은 어떻게 변하나
#
# 세 가지를 재 봅시다. 첫째, 기울기가 언제나 1이고 학습률이 0.1일 때입니다. **누구의 보폭이 줄어들까요?**


# %%
def step_sizes(rule, gradients):
    w, memory, sizes = np.zeros(1), rule.begin(np.zeros(1)), []
    for gradient in gradients:
        after, memory = rule.step(w, np.array([gradient]), memory)
        sizes.append(abs(after - w)[0])
        w = after
    return np.array(sizes)


four = {name: getattr(optimizers, name)(0.1) for name in ("SGD", "Adagrad", "RMSprop", "Adam")}
constant = {name: step_sizes(rule, np.ones(50)) for name, rule in four.items()}
table = {name: sizes[[0, 9, 49]] for name, sizes in constant.items()}
pd.DataFrame(table, index=["step 1", "step 10", "step 50"]).T.round(3)

# %% [markdown] lang="en"
# Adagrad's step shrinks, though nothing has changed. Adam's stays. (RMSprop's first step is too large: its average starts at 0
# and is not corrected.) Second: the gradient falls from 1 to 0.01 for 200 steps and then returns to 1. **What will Adam's
# step do when the gradient returns?**

# %% [markdown] lang="ko"
# 달라진 것이 없는데도 Adagrad의 보폭은 줄어듭니다. Adam은 그대로입니다. (RMSprop은 첫 스텝이 너무 큽니다. 평균이 0에서
# 시작하는데 바로잡지 않기 때문입니다.) 둘째, 기울기가 1에서 0.01로 200스텝 동안 작아졌다가 1로 돌아옵니다. **기울기가 돌아올 때
# Adam의 보폭은 어떻게 될까요?**

# %%
gradients = np.concatenate([np.ones(50), np.full(200, 0.01), np.ones(50)])
figure, axes = plt.subplots()
for (name, rule), line in zip(four.items(), ("-", "--", "-.", ":"), strict=True):
    axes.semilogy(np.arange(1, 301), step_sizes(rule, gradients), line, label=name)
axes.axvspan(50, 250, color="grey", alpha=0.15, linewidth=0)
axes.set(xlabel="step", ylabel="size of the step", title="Gradient 1, then 0.01 (grey), then 1")
axes.legend()
plt.show()
small, big = (step_sizes(four["Adam"], gradients)[at] for at in (249, 299))
plots.caption(
    say(
        en=f"Adam's step falls to {small:.3f} and grows back to {big:.2f}; Adagrad's does not.",
        ko=f"Adam의 보폭은 {small:.3f}까지 줄었다가 {big:.2f}로 다시 커집니다. Adagrad는 회복하지 못합니다.",
    )
)

# %% [markdown] lang="en"
# Third: the network of the first question.

# %% [markdown] lang="ko"
# 셋째, 첫 질문의 신경망입니다.

# %%
keras.utils.set_random_seed(42)
model = network(lambda: keras.optimizers.Adam(learning_rate=0.001))()
training.fit(model, x, y, epochs=20, verbose=0)
reveal("13.p1", float(model.optimizer.learning_rate))

# %% [markdown] lang="en" rows="S3-27 S4-40" errata="E-38"
# > **In the lecture**: (S3) *"Adam은 적응적 학습률을 사용하기 떄문에 에포크가 진행되면서 학습률의 크기를 조정할 수 있다"*; (S4) *"학습률이
# > 처음에는 크다가 목적지에 다다르면 작아집니다"*, large at first, small near the goal, and Adam = momentum + Adagrad; (S2) Adam =
# > momentum + RMSProp.
# >
# > `learning_rate` stays what you gave. What adapts is the **step of each weight**, by the gradients of the last steps. It can
# > shrink and it can grow. Shrinking for good is Adagrad. So the second lecture names the right parent: Adam has RMSprop's
# > moving average, not Adagrad's sum. And the third lecture's default RMSprop adapts just as much as Adam. If the rate is to
# > fall with time, you have to say so, with a schedule. **Which of these two falls?**

# %% [markdown] lang="ko" rows="S3-27 S4-40" errata="E-38"
# > **강의에서는** (S3) "Adam은 적응적 학습률을 사용하기 떄문에 에포크가 진행되면서 학습률의 크기를 조정할 수 있다"고 하고, (S4)
# > "학습률이 처음에는 크다가 목적지에 다다르면 작아집니다", 그리고 Adam = 모멘텀 + Adagrad라고 합니다. (S2)는 Adam = 모멘텀 +
# > RMSProp이라고 합니다.
# >
# > `learning_rate`는 준 값 그대로입니다. 적응하는 것은 **가중치마다의 보폭**이고, 최근의 기울기를 따릅니다. 줄어들 수도, 다시 커질
# > 수도 있습니다. 줄어들기만 하는 것은 Adagrad입니다. 그러니 부모를 바르게 부른 쪽은 두 번째 강의입니다. Adam에는 Adagrad의 합이
# > 아니라 RMSprop의 이동 평균이 들어 있습니다. 세 번째 강의가 기본이라고 한 RMSprop도 Adam만큼 적응합니다. 시간이 갈수록 학습률을
# > 줄이고 싶으면 스케줄로 직접 말해야 합니다. **아래 둘 가운데 줄어드는 것은 어느 쪽일까요?**

# %% tags=["lecture"]
schedule = keras.optimizers.schedules.InverseTimeDecay(0.001, decay_steps=100, decay_rate=1.0)
for rate in (0.001, schedule):
    optimizer = keras.optimizers.Adam(rate)
    variable = keras.Variable([1.0])
    before = float(optimizer.learning_rate)
    for _ in range(100):
        optimizer.apply([np.ones(1, dtype="float32")], [variable])
    print(f"before: {before:.4f}, after 100 steps: {float(optimizer.learning_rate):.4f}")

# %% [markdown] lang="en"
# ## The lectures' calls today

# %% [markdown] lang="ko"
# ## 강의의 호출은 지금 어떻게 되나

# %% [markdown] lang="en" rows="S2-43 S2-44 S2-45 S2-46 S2-47 S2-48 S2-49 S4-39"
# > **In the lecture** (S2, "고급 경사 하강법"): a table with one call for each optimizer:
# > `keras.optimizers.SGD(lr = 0.1)`, `SGD(lr = 0.1, momentum = 0.9, nesterov = True)`, `Adagrad(lr = 0.01, epsilon = 1e - 6)`,
# > `RMSprop(lr = 0.001, rho = 0.9, epsilon = 1e - 08, decay = 0.0)`, `Adam(lr = 0.001, …, decay = 0.0)`. A note advises to leave
# > `epsilon`, `rho` and `decay` alone and to tune the learning rate only.
# >
# > The table is from the time of Keras 2. **Which of the lines below still work?** (The last is not in the lecture, but many
# > old notebooks have it.)

# %% [markdown] lang="ko" rows="S2-43 S2-44 S2-45 S2-46 S2-47 S2-48 S2-49 S4-39"
# > **강의에서는** (S2, "고급 경사 하강법"): 옵티마이저마다 호출이 하나씩 적힌 표가 있습니다. `keras.optimizers.SGD(lr = 0.1)`,
# > `SGD(lr = 0.1, momentum = 0.9, nesterov = True)`, `Adagrad(lr = 0.01, epsilon = 1e - 6)`,
# > `RMSprop(lr = 0.001, rho = 0.9, epsilon = 1e - 08, decay = 0.0)`, `Adam(lr = 0.001, …, decay = 0.0)`. 그리고 `epsilon`, `rho`,
# > `decay`는 그대로 두고 학습률만 조절하라고 권합니다.
# >
# > 케라스 2 시절의 표입니다. **아래에서 아직 되는 줄은 어느 것일까요?** (마지막 줄은 강의에 없지만 옛 노트북에 자주 나옵니다.)

# %% tags=["lecture"]
calls = [
    "SGD(lr = 0.1)",
    "SGD(lr = 0.1, momentum = 0.9)",
    "SGD(lr = 0.1, momentum = 0.9, nesterov = True)",
    "Adagrad(lr = 0.01, epsilon = 1e - 6)",
    "RMSprop(lr = 0.001, rho = 0.9, epsilon = 1e-08, decay = 0.0)",
    "Adam(lr = 0.001, beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-08, decay = 0.0)",
    "RMSprop(learning_rate=0.001, decay=0.1)",
    "SGD(learning_rate=0.1, momentum=0.9, nesterov=True)",
    "legacy.Adam()",
]
for call in calls:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            eval("keras.optimizers." + call)
            verdict = "works" + ", but warns: no decay" * any("decay" in str(w) for w in caught)
        except (ValueError, SyntaxError, ImportError) as error:
            verdict = type(error).__name__
    print(f"{verdict:<30}{call}")

# %% [markdown] lang="en"
# `lr` is called `learning_rate` now. `1e - 6` with spaces is no number. `decay` is refused together with `lr`, and alone it is only
# warned about and then **ignored**: your rate does not fall. Use a schedule, as above. `legacy` is gone.
#
# Some defaults of the slide are not the defaults of today either. Ask the optimizer itself:

# %% [markdown] lang="ko"
# `lr`은 이제 `learning_rate`입니다. 빈칸이 든 `1e - 6`은 수가 아닙니다. `decay`는 `lr`과 함께 쓰면 거절되고, 혼자 쓰면 경고만
# 나오고 **무시**됩니다. 학습률이 줄지 않는다는 뜻입니다. 위에서처럼 스케줄을 쓰세요. `legacy`는 없어졌습니다.
#
# 슬라이드의 기본값도 지금과 다른 것이 있습니다. 옵티마이저에 직접 물어보세요.

# %%
names = ["learning_rate", "momentum", "rho", "beta_1", "beta_2", "epsilon"]
names += ["initial_accumulator_value", "weight_decay"]
defaults = {}
for kind in ("SGD", "Adagrad", "RMSprop", "Adam", "AdamW"):
    config = getattr(keras.optimizers, kind)().get_config()
    defaults[kind] = {
        name: f"{config[name]:g}" for name in names if isinstance(config.get(name), float)
    }
pd.DataFrame(defaults).reindex(names).fillna("")

# %% [markdown] lang="en"
# Adagrad's rate is 0.001 (the slide: 0.01) and it starts from `initial_accumulator_value` 0.1; epsilon is 1e-7 for Adam and
# RMSprop (the slide: 1e-8).

# %% [markdown] lang="ko"
# Adagrad의 학습률은 0.001이고(슬라이드는 0.01) `initial_accumulator_value` 0.1에서 시작합니다. Adam과 RMSprop의 epsilon은
# 1e-7입니다(슬라이드는 1e-8).

# %% [markdown] lang="en" rows="S2-50 S2-51"
# ## The genealogy
#
# The second lecture ends with two slides "경사 하강법 계보" whose pictures are lost. Here is the family, from the papers. (The
# upper line changes **which way** to step, the lower one **how far**.) **Who are Adam's parents?**

# %% [markdown] lang="ko" rows="S2-50 S2-51"
# ## 계보
#
# 두 번째 강의는 "경사 하강법 계보" 슬라이드 두 장으로 끝나는데 그림이 남아 있지 않습니다. 논문을 따라 다시 그렸습니다. 위쪽 갈래는
# **어느 쪽으로** 갈지를, 아래쪽 갈래는 **얼마나** 갈지를 바꿉니다. **Adam의 부모는 누구일까요?**

# %%
plots.genealogy()

# %% [markdown] lang="en" rows="S2-51"
# The inheritance can be counted: what does each remember, for each weight of the network? We let Keras build the optimizer for
# 1,000 weights and count its numbers. **How much memory does Adam need beside the weights?**

# %% [markdown] lang="ko" rows="S2-51"
# 무엇을 물려받았는지는 셀 수 있습니다. 가중치 하나마다 무엇을 기억할까요? 케라스에서 가중치 1,000개짜리 옵티마이저를 만들어
# 기억하는 수를 셉니다. **Adam은 가중치 말고 얼마나 더 기억할까요?**

# %%
weights = keras.Variable(np.zeros(1000))
for name, kind in seven.items():
    optimizer = getattr(keras.optimizers, kind)(**extra.get(name, {}))
    optimizer.build([weights])
    remembered = [variable for variable in optimizer.variables if variable.shape == (1000,)]
    print(name, "remembers", len(remembered), "number(s) for each weight")

# %% [markdown] lang="en"
# ## Lab: the race
#
# Now you choose: the surface, who races, the learning rate, momentum and the start. Black dot: start. Filled star: the lowest
# point. The paths of your previous choice stay in grey.
#
# - Ravine: from which learning rate on does SGD fly off? Who flies off before it?
# - Plateau: who hardly moves at a rate of 0.01? Does momentum help?
# - Saddle: set weight 2 to 0. Does any of them get away?
# - Two minima: start on the right, at weight 1 = 2. At which learning rate does Adam get over the hill? From which starts does
#   momentum not?

# %% [markdown] lang="ko"
# ## 실습: 옵티마이저 경주
#
# 이제 직접 골라 보세요. 지형, 누가 달릴지, 학습률, 모멘텀 계수, 출발점을 정합니다. 검은 점은 출발점, 채운 별은 가장 낮은
# 곳입니다. 바로 전에 고른 경주는 회색으로 남습니다.
#
# - 골짜기(ravine): 학습률이 얼마부터 SGD가 발산하나요? 그보다 먼저 발산하는 것은 누구인가요?
# - 플래토(plateau): 학습률 0.01에서 거의 움직이지 않는 것은 누구인가요? 모멘텀이 도움이 되나요?
# - 안장(saddle): 가중치 2를 0으로 놓으세요. 빠져나가는 것이 있나요?
# - 두 웅덩이(two minima): 오른쪽, 가중치 1이 2인 곳에서 출발하세요. Adam은 학습률이 얼마일 때 언덕을 넘나요? 모멘텀이 넘지 못하는
#   출발점은 어디인가요?

# %% tags=["nbval-ignore-output"]
labs.optimizer_race("ravine", learning_rate=0.03, momentum=0.9)

# %% [markdown] lang="en" rows="S2-43 S2-44 S2-45 S2-46 S2-48 S2-49"
# ## On a network
#
# Surfaces are toys. Now 1,000 digits, ten seeds, and under each seed the same initial weights for everybody: five optimizers at
# usual rates, and SGD once more at ten times the rate. Twenty epochs are enough to see who is fast; RMSprop and Adam go on to 60,
# because a question further down needs them. **Who will be far behind after six epochs?**

# %% [markdown] lang="ko" rows="S2-43 S2-44 S2-45 S2-46 S2-48 S2-49"
# ## 신경망에서
#
# 지형은 장난감입니다. 이제 숫자 1,000장으로 신경망을 훈련합니다. 시드는 열 개이고, 시드가 같으면 초기값도 모두 같습니다. 흔한
# 학습률을 쓰는 옵티마이저 다섯 개에, 학습률이 열 배인 SGD를 하나 더합니다. 누가 빠른지는 20에포크면 알 수 있습니다. RMSprop과 Adam은
# 뒤에 나올 질문 때문에 60에포크까지 갑니다. **6에포크 뒤에 크게 뒤처진 것은 누구일까요?**

# %%
kinds = keras.optimizers
choices = {
    "SGD 0.01": lambda: kinds.SGD(0.01),
    "momentum 0.01": lambda: kinds.SGD(0.01, momentum=0.9),
    "Adagrad 0.01": lambda: kinds.Adagrad(0.01),
    "RMSprop 0.001": lambda: kinds.RMSprop(0.001),
    "Adam 0.001": lambda: kinds.Adam(0.001),
    "SGD 0.1": lambda: kinds.SGD(0.1),
}
long = ("RMSprop 0.001", "Adam 0.001")
race = experiments.compare(
    {
        name: Variant(network(optimizer), fit={"epochs": 60 if name in long else 20})
        for name, optimizer in choices.items()
    },
    dataset,
    epochs=60,
    validation_batch_size=1000,
)

# %% tags=["nbval-ignore-output"]
race.plot("loss", variants=list(choices)[:5], title="Training loss of five optimizers", log=True)


# %%
def loss_after_6(run):
    return run["loss"][5]


race.claim(
    "at the same learning rate momentum lowers the training loss faster",
    loss_after_6,
    of="momentum 0.01",
    direction="lower",
    than="SGD 0.01",
    margin=1.0,
)

# %%
race.claim(
    "Adam is ahead of Adagrad, whose steps have become short",
    loss_after_6,
    of="Adam 0.001",
    direction="lower",
    than="Adagrad 0.01",
    margin=0.4,
)

# %% [markdown] lang="en" rows="S2-47"
# And the slide's note, "tune the learning rate, leave epsilon alone"? Compare what each of the two changes: the epsilon of the
# slide instead of today's, for Adam in the ravine, and ten times the learning rate, for SGD on the digits.

# %% [markdown] lang="ko" rows="S2-47"
# 그러면 "epsilon은 그대로 두고 학습률만 조절하라"는 조언은 어떨까요? 둘이 각각 무엇을 바꾸는지 견주어 봅시다. 골짜기의 Adam에는
# 지금의 epsilon 대신 슬라이드의 값을, 숫자 데이터의 SGD에는 열 배의 학습률을 줍니다.

# %%
today, slide = (
    optimizers.descend(optimizers.Adam(0.05, epsilon=e), ravine.gradient, (-2, 1), 100)
    for e in (1e-7, 1e-8)
)
print("the other epsilon moves Adam's path by less than 0.001:", np.abs(today - slide).max() < 1e-3)
race.claim(
    "ten times the learning rate makes SGD much faster",
    loss_after_6,
    of="SGD 0.1",
    direction="lower",
    than="SGD 0.01",
    margin=1.0,
)

# %% [markdown] lang="en"
# ## Do they raise the accuracy?

# %% [markdown] lang="ko"
# ## 정확도가 올라갈까

# %% [markdown] lang="en" rows="S2-44 S2-45 S2-49 S4-38" errata="E-59"
# > **In the lecture** (S2, table, column "효과"): momentum, NAG and Adam: *"정확도 개선"*, better accuracy; SGD: *"속도 개선"*,
# > better speed. (S4: *"경사 하강법을 변경해서 정확도 올리기"*.)
# >
# > It looks like that: after six epochs momentum is far ahead of SGD in accuracy, too. But is it a better place that it has
# > found, or is it only earlier there? Momentum 0.9 adds up ten steps, so it moves about ten times as far. Give plain SGD ten
# > times the learning rate. **Where will its accuracy be?**

# %% [markdown] lang="ko" rows="S2-44 S2-45 S2-49 S4-38" errata="E-59"
# > **강의에서는** (S2, 표의 "효과" 열): 모멘텀, NAG, Adam은 "정확도 개선", SGD는 "속도 개선"이라고 합니다. (S4: "경사 하강법을 변경해서
# > 정확도 올리기")
# >
# > 그렇게 보이기는 합니다. 6에포크 뒤에는 정확도에서도 모멘텀이 SGD를 크게 앞섭니다. 그런데 더 좋은 곳을 찾은 것일까요, 아니면 같은
# > 곳에 먼저 간 것일까요? 모멘텀 0.9는 열 스텝을 쌓는 셈이라 열 배쯤 멀리 갑니다. 그러니 SGD에 열 배의 학습률을 줘 봅시다. **정확도는
# > 어디쯤일까요?**


# %% tags=["lecture"]
def accuracy_after_6(run):
    return run["val_accuracy"][5]


race.claim(
    "at rate 0.01 momentum seems to raise the accuracy",
    accuracy_after_6,
    of="momentum 0.01",
    direction="higher",
    than="SGD 0.01",
    margin=0.15,
)

# %% tags=["lecture"]
medians = np.median(race.measure(accuracy_after_6), axis=1)
apart = medians[race.place("SGD 0.1")] - medians[race.place("momentum 0.01")]
print("medians of SGD 0.1 and momentum 0.01 within 0.03:", abs(apart) < 0.03)
race.claim(
    "SGD without momentum, at ten times the rate, gets there as well",
    accuracy_after_6,
    of="SGD 0.1",
    direction="higher",
    than=0.75,
)

# %% [markdown] lang="en" rows="S3-27 S3-28"
# So what the optimizer changed was the **speed**. A faster one can even be ahead in training and behind on new rows. That
# brings us to the third lecture, which changes the optimizer in order to *"과대적합을 완화"*, soften overfitting: it trains again with
# `optimizer='adam'` for 20 epochs and finds *"이전보다 과대적합이 줄어든 모습"*, less overfitting than before, with RMSprop. In our
# race both have trained long enough to overfit. **Has Adam overfitted less?**

# %% [markdown] lang="ko" rows="S3-27 S3-28"
# 그러니 옵티마이저가 바꾼 것은 **속도**입니다. 더 빠른 쪽이 훈련에서는 앞서고 새 데이터에서는 뒤질 수도 있습니다. 세 번째 강의가 바로
# 그 이야기를 합니다. "과대적합을 완화"시키려고 옵티마이저를 바꿔 `optimizer='adam'`으로 20에포크를 다시 훈련하고, RMSprop을 쓴
# "이전보다 과대적합이 줄어든 모습"이라고 합니다. 우리 경주에서는 둘 다 과적합이 나타날 만큼 오래 훈련했습니다. **Adam이 덜
# 과적합되었을까요?**

# %%
race.claim(
    "after 60 epochs RMSprop's validation loss has risen further above its best",
    "rise",
    of="RMSprop 0.001",
    direction="higher",
    than="Adam 0.001",
    margin=0.04,
)

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots()
for name, line in (("RMSprop 0.001", "-"), ("Adam 0.001", "--")):
    at = race.place(name)
    trained, validated = (np.median(race.history[c][at], axis=0) for c in ("loss", "val_loss"))
    axes.plot(trained, validated, line, label=f"{name}, ends at {trained[-1]:.3f}")
    axes.plot(trained[-1], validated[-1], "ko", markersize=4)
axes.invert_xaxis()
axes.set(
    xscale="log", xlabel="training loss (training goes to the right)", ylabel="validation loss"
)
axes.set_title("The same runs against training loss instead of epochs")
axes.legend()
plt.show()
plots.caption(
    say(
        en="At equal training loss the two curves are close; RMSprop has gone further along.",
        ko="훈련 손실이 같은 곳에서는 두 곡선이 가깝습니다. RMSprop이 같은 길을 더 멀리 갔습니다.",
    )
)

# %% [markdown] lang="en"
# The lecture's observation holds: at the same epoch Adam has overfitted less. But the picture shows why. At the same
# *training* loss the two are nearly level; RMSprop was just quicker. A test: the difference in validation loss after 60
# epochs, and at the moment when each reaches training loss 0.1.

# %% [markdown] lang="ko"
# 강의의 관찰은 맞습니다. 같은 에포크에서는 Adam이 덜 과적합되었습니다. 까닭은 그림에 있습니다. *훈련* 손실이 같은 곳에서는 둘이
# 거의 같습니다. RMSprop이 더 빨랐을 뿐입니다. 시험해 봅시다. 60에포크 뒤의 검증 손실 차이와, 저마다 훈련 손실이 0.1에 닿은 순간의
# 검증 손실 차이입니다.


# %%
def val_loss_at_01(run):
    return run["val_loss"][np.argmax(run["loss"] < 0.1)]


rivals = [race.place(name) for name in ("RMSprop 0.001", "Adam 0.001")]
for text, measure in (("after 60 epochs", "last_val_loss"), ("at loss 0.1", val_loss_at_01)):
    rmsprop, adam = np.median(race.measure(measure)[rivals], axis=1)
    print(f"{text}, difference over 0.025:", rmsprop - adam > 0.025)
race.claim(
    "after 60 epochs RMSprop has the lower training loss",
    "last_loss",
    of="RMSprop 0.001",
    direction="lower",
    than="Adam 0.001",
)

# %% [markdown] lang="en" rows="S4-44"
# ## The interview question
#
# The fourth lecture: *"면접질문: Adam 경사하강법에 대해서 편하게 아는데로 애기해주실 수 있나요?"* and its answer: the advantages of
# momentum, which uses inertia, and of Adagrad, which adjusts the learning rate by itself. After this lesson you can say it better:
#
# > *Adam keeps two moving averages for each weight: of the gradients, as momentum does, and of their squares, as RMSprop
# > does. It steps along the first, divided by the root of the second. Both start at zero, so it corrects them for the first
# > steps. That makes it insensitive to the scale of each weight's gradient, so one learning rate around 0.001 works for many
# > networks. The learning rate itself does not change; the steps can shrink and grow, other than with Adagrad, whose sum
# > only grows. It costs two numbers of memory for each weight. It is fast, but it does not promise better accuracy, and it
# > does not promise to leave a local minimum. For weight decay I would take AdamW.*

# %% [markdown] lang="ko" rows="S4-44"
# ## 면접 질문
#
# 네 번째 강의: "면접질문: Adam 경사하강법에 대해서 편하게 아는데로 애기해주실 수 있나요?" 강의의 답은 관성을 이용하는 모멘텀의 장점과
# 러닝 레이트를 자동 조절하는 아다그레이드의 장점을 살렸다는 것입니다. 이제는 더 잘 답할 수 있습니다.
#
# > *Adam은 가중치마다 이동 평균을 두 개 둡니다. 하나는 모멘텀처럼 기울기의 평균이고, 하나는 RMSprop처럼 기울기 제곱의 평균입니다.
# > 앞의 것을 뒤의 것의 제곱근으로 나눈 만큼 움직입니다. 둘 다 0에서 시작하므로 처음 몇 스텝은 보정합니다. 그래서 가중치마다 기울기의
# > 크기가 달라도 영향을 덜 받고, 0.001쯤의 학습률 하나가 여러 신경망에 통합니다. 학습률 자체는 변하지 않습니다. 합이 커지기만 하는
# > Adagrad와 달리 보폭은 줄기도 하고 다시 커지기도 합니다. 대가로 가중치마다 수 두 개를 더 기억합니다. 빠르지만 더 높은 정확도나 극소점
# > 탈출을 보장하지는 않습니다. 가중치 감소를 쓴다면 AdamW를 고르겠습니다.*

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `one_epoch(rows, batch_size, generator)`: a list of arrays of row numbers, one for each step of an epoch, drawn
# as `fit` draws them: each of the rows 0 … rows−1 exactly once, in random order; the last batch may be smaller. `generator` is a
# `np.random.Generator`. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 한 에포크의 스텝마다 볼 행 번호 배열을 리스트로 돌려주는 `one_epoch(rows, batch_size, generator)`를 작성하세요. `fit`처럼
# 0부터 rows−1까지 모든 행이 무작위 순서로 정확히 한 번씩 나와야 하고, 마지막 배치는 작을 수 있습니다. `generator`는
# `np.random.Generator`입니다. `...` 자리를 채우세요.


# %% tags=["exercise"]
def one_epoch(rows, batch_size, generator):
    return ...


check("13.e1", one_epoch)

# %% [markdown] lang="en"
# **Exercise 2.** Write `adam_moves(gradients, learning_rate)`: the list of moves $-\eta\, \hat m / (\sqrt{\hat s} + \varepsilon)$ that Adam makes for
# one weight with these gradients, with $\beta_1 = 0.9$, $\beta_2 = 0.999$ and $\varepsilon = 10^{-7}$.

# %% [markdown] lang="ko"
# **연습 2.** 가중치 하나의 기울기가 차례로 `gradients`일 때 Adam이 움직이는 값 $-\eta\, \hat m / (\sqrt{\hat s} + \varepsilon)$의 리스트를 돌려주는
# `adam_moves(gradients, learning_rate)`를 작성하세요. $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\varepsilon = 10^{-7}$입니다.


# %% tags=["exercise"]
def adam_moves(gradients, learning_rate):
    return ...


check("13.e2", adam_moves)

# %% [markdown] lang="en"
# Stuck? Run `hint("13.e1")`, or `solution("13.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("13.e1")`을, 해 본 다음에는 `solution("13.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("13")

# %% [markdown] lang="en"
# ## Summary
#
# - Four problems: cost (mini-batches), local minima and saddles, plateaus (the gradient vanishes, not the weights), zigzag (the
#   scale of the features bends the loss unequally).
# - `fit` draws without replacement: every row once in an epoch.
# - Momentum adds up the way; Adagrad, RMSprop and Adam divide by the size of past gradients. Adam = momentum + RMSprop + correction.
# - `learning_rate` does not change by itself. Adam's steps can shrink and grow, Adagrad's only shrink.
# - `learning_rate=`, not `lr=`; `decay=` is ignored; ask `get_config()` for the defaults.
# - Optimizers change speed. For accuracy, tune the learning rate of each before you compare, and compare over seeds.

# %% [markdown] lang="ko"
# ## 정리
#
# - 문제는 네 가지입니다. 계산량(미니배치), 극소점과 안장점, 플래토(사라지는 것은 가중치가 아니라 기울기), 지그재그(특성의 스케일
#   때문에 손실이 방향마다 다르게 휩니다).
# - `fit`은 비복원 추출을 합니다. 한 에포크에 모든 행이 한 번씩 나옵니다.
# - 모멘텀은 방향을 쌓고, Adagrad, RMSprop, Adam은 지난 기울기의 크기로 나눕니다. Adam = 모멘텀 + RMSprop + 보정.
# - `learning_rate`는 저절로 변하지 않습니다. Adam의 보폭은 줄기도 커지기도 하고, Adagrad의 보폭은 줄기만 합니다.
# - `lr=`이 아니라 `learning_rate=`입니다. `decay=`는 무시됩니다. 기본값은 `get_config()`에 물어보세요.
# - 옵티마이저는 속도를 바꿉니다. 정확도를 비교하려면 저마다 학습률을 맞춘 다음 여러 시드로 비교하세요.
