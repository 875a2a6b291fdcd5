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

# %% [markdown] lang="en" rows="S4-21"
# A new network already holds tens of thousands of numbers before it has seen a single row: its weights are drawn at random when
# it is created. This lesson asks how large those random numbers should be, what happens in a deep network if they are
# not, and how batch normalisation helps.
#
# The fourth lecture recommends `0.01 * np.random.randn(784, 100)`. Put five layers of 100 sigmoid units one behind the
# other, all with weights of standard deviation 0.01, and send 1,000 rows through them. A sigmoid can put out anything
# between 0 and 1. **What will the fifth layer put out?**

# %% [markdown] lang="ko" rows="S4-21"
# 갓 만든 신경망은 데이터를 한 행도 보기 전에 이미 수만 개의 숫자를 품고 있습니다. 만들어질 때 가중치가 무작위로 정해지기
# 때문입니다. 이 레슨에서는 그 무작위 숫자가 얼마나 커야 하는지, 크기가 맞지 않으면 깊은 신경망에서 무슨 일이 생기는지,
# 배치 정규화(batch normalization)가 어떻게 돕는지 알아봅니다.
#
# 네 번째 강의는 `0.01 * np.random.randn(784, 100)`을 권합니다. 유닛이 100개인 시그모이드 층을 다섯 개 쌓고, 모든 가중치를
# 표준편차 0.01로 만든 다음 데이터 1,000행을 통과시켜 봅시다. 시그모이드는 0과 1 사이의 어떤 값이든 낼 수 있습니다.
# **다섯 번째 층은 어떤 값을 내놓을까요?**

# %%
import time

import keras
import matplotlib.pyplot as plt
import numpy as np

from helpers import data, experiments, labs, plots, training
from helpers.i18n import say
from helpers.initialization import activations, row_std, weight_std
from helpers.initialization import predict as predict_width
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("12.p1")

# %% [markdown] lang="en" rows="S4-21 S4-22"
# ## The numbers before learning
#
# The lecture draws a network with 100 hidden units and 10 outputs and writes down the shapes of its matrices: each row of
# the batch is multiplied by W1, the result by W2. We count the numbers, and build the network twice. **Will the two have
# the same weights?**

# %% [markdown] lang="ko" rows="S4-21 S4-22"
# ## 배우기 전의 숫자들
#
# 강의는 은닉 유닛 100개, 출력 10개인 신경망을 그리고 행렬의 모양을 적습니다. 배치의 각 행에 W1을 곱하고, 그 결과에 W2를
# 곱합니다. 숫자가 몇 개인지 세어 보고, 같은 신경망을 두 번 만들어 봅시다. **두 신경망의 가중치는 같을까요?**

# %%
digits = data.load("mnist")
batch = digits.x_train[:100].reshape(100, 784)


def two_layers():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(100, activation="sigmoid"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


w1, _, w2, _ = two_layers().get_weights()
print(batch.shape, "@", w1.shape, "=", (batch @ w1).shape, " W1:", w1.size, "numbers")
print((batch @ w1).shape, "@", w2.shape, "=", (batch @ w1 @ w2).shape, "   W2:", w2.size, "numbers")
print("a second network begins alike:", np.array_equal(w1, two_layers().get_weights()[0]))

# %% [markdown] lang="en" rows="S4-22" errata="E-33"
# > **In the lecture** (S4, "가중치 초기값 설정의 중요성"): the shapes are written *"(100, 768) ◎ ( 768, 100 )"*, and W1 is
# > said to hold *"76800"* numbers.
# >
# > An MNIST picture has 28 · 28 = 784 pixels, so W1 holds 78,400 numbers, as counted above. (The lecture's own formulas
# > `np.random.randn(784, 100)` further down have it right.)

# %% [markdown] lang="ko" rows="S4-22" errata="E-33"
# > **강의에서는** (S4, "가중치 초기값 설정의 중요성"): 행렬의 모양을 "(100, 768) ◎ ( 768, 100 )"으로 적고 W1의 숫자가 76800개라고
# > 합니다.
# >
# > MNIST 그림은 28 · 28 = 784픽셀이므로 W1의 숫자는 위에서 센 대로 78,400개입니다. (강의도 뒤에 나오는 식
# > `np.random.randn(784, 100)`에는 784로 바르게 적었습니다.)

# %% tags=["lecture"]
print("768 * 100 =", 768 * 100, " 784 * 100 =", 784 * 100)

# %% [markdown] lang="en" rows="S4-31"
# ## Why random at all?
#
# Zero would be the tidiest beginning. Two networks with 64 hidden units try it. The first has `kernel_initializer="zeros"`
# in its hidden layer and relu. In the second every weight of both layers begins with the same number, 0.1, and the
# activation is a sigmoid. **Which of them learns?** Each digit is reduced to 14 × 14 pixels, because we shall train many
# networks.

# %% [markdown] lang="ko" rows="S4-31"
# ## 왜 무작위여야 할까
#
# 처음 값으로는 0이 가장 깔끔해 보입니다. 은닉 유닛이 64개인 신경망 두 개로 해 봅시다. 하나는 은닉층이
# `kernel_initializer="zeros"`이고 렐루를 씁니다. 다른 하나는 두 층의 가중치를 모두 같은 수 0.1로 시작하고 시그모이드를
# 씁니다. **어느 쪽이 배울까요?** 앞으로 신경망을 많이 훈련할 것이므로 숫자 그림을 14 × 14로 줄여 둡니다.


# %%
def shrink(pictures):
    return pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)


small_digits = (
    shrink(digits.x_train[:1000]),
    digits.y_train[:1000],
    shrink(digits.x_val[:500]),
    digits.y_val[:500],
)
one_go = {"batch_size": 50, "validation_batch_size": 500}  # validated in one go: saves time
print([part.shape for part in small_digits])


# %%
def train_one_hidden(hidden, output, activation):
    """Train two epochs; return the hidden weights before and after, and the answers."""
    model = keras.Sequential(
        [
            keras.Input((196,)),
            keras.layers.Dense(64, activation=activation, kernel_initializer=hidden),
            keras.layers.Dense(10, activation="softmax", kernel_initializer=output),
        ]
    )
    model.compile(keras.optimizers.SGD(0.5), "sparse_categorical_crossentropy")
    before = model.get_weights()[0]
    x_train, y_train, x_val, _ = small_digits
    model.fit(x_train, y_train, epochs=2, batch_size=50, verbose=0)
    return before, model.get_weights()[0], model.predict(x_val, verbose=0)


# %%
same = keras.initializers.Constant(0.1)
before, after, _ = train_one_hidden(same, same, "sigmoid")
print("the weights have changed:", np.abs(after - before).max() > 0.01)
between_units = after.max(axis=1) - after.min(axis=1)  # one column for each unit
print("and all 64 units are still alike:", between_units.max() < 0.001)

# %% [markdown] lang="en"
# All units changed in the same way: units that compute the same get the same gradient, so the network has 64 copies of
# one unit and can do no more than a network with a single one. Only differences at the beginning can become different detectors later. This is called
# *breaking the symmetry*, and it is why weights are random. (Biases may well begin at 0; in Keras they do.)

# %% [markdown] lang="ko"
# 모든 유닛이 똑같이 바뀌었습니다. 같은 계산을 하는 유닛은 같은 기울기를 받으므로, 이 신경망에는 유닛 하나의
# 복사본이 64개 있는 셈이고, 유닛이 하나뿐인 신경망보다 나을 수 없습니다. 처음에 서로 달라야 나중에 서로 다른 것을 알아보는 유닛이 됩니다. 이것을 *대칭 깨기*라고
# 하고, 가중치가 무작위인 까닭입니다. (편향은 0에서 시작해도 됩니다. 케라스도 그렇게 합니다.)

# %% [markdown] lang="en" rows="S4-31" errata="E-33"
# > **In the lecture** (S4, initial weights in TensorFlow): zeros is offered as the fourth option,
# > `Dense(64, activation='relu', kernel_initializer='zeros')`.
# >
# > For a hidden layer it is no option. All its units put out relu(0) = 0, and relu gives no gradient there: not one
# > hidden weight ever moves. Only the biases of the last layer learn, so the network can say which digit is most
# > frequent and no more.

# %% [markdown] lang="ko" rows="S4-31" errata="E-33"
# > **강의에서는** (S4, 텐서플로의 가중치 초기값): 네 번째 방법으로 zeros 초기화
# > `Dense(64, activation='relu', kernel_initializer='zeros')`를 듭니다.
# >
# > 은닉층에서는 쓸 수 없는 방법입니다. 모든 유닛이 relu(0) = 0을 내고, 그 자리에서 렐루의 기울기는 0입니다. 은닉층의 가중치는
# > 하나도 움직이지 않습니다. 마지막 층의 편향만 배우므로, 어느 숫자가 가장 많은지만 말할 수 있습니다.

# %% tags=["lecture"]
before, after, answers = train_one_hidden("zeros", "glorot_uniform", "relu")
print("a hidden weight has moved:", bool((after != before).any()))
print("the same answer for every digit:", np.ptp(answers, axis=0).max() < 1e-6)

# %% [markdown] lang="en" rows="S4-24 S4-25 S4-26"
# ## How large? Look at what the layers put out
#
# So the weights are random. How large may they be? The lecture shows three figures from the book it follows (that book
# is *밑바닥부터 시작하는 딥러닝*, and its experiment is easily repeated): 1,000 rows of 100 random numbers go through five new
# sigmoid layers with 100 units each, and the **activations**, which are what the layers put out, are counted in
# histograms. Here they are, with a fourth row for later. **Which row would you like to train?**

# %% [markdown] lang="ko" rows="S4-24 S4-25 S4-26"
# ## 얼마나 커야 할까: 층이 내놓는 값을 보자
#
# 가중치가 무작위여야 한다면 얼마나 커야 할까요? 강의는 교재의 그림 세 개를 보여 줍니다. 교재는 『밑바닥부터 시작하는 딥러닝』이고,
# 그 실험은 쉽게 다시 할 수 있습니다. 난수 100개로 된 데이터 1,000행을 유닛이 100개인 새 시그모이드 층 다섯 개에 통과시키고,
# 각 층이 내놓는 값, 곧 **활성화값**(activation)을 히스토그램으로 셉니다. 나중에 쓸 네 번째 줄까지 함께 그립니다. **훈련한다면
# 어느 줄을 고르겠습니까?**

# %%
noise = np.random.default_rng(1).standard_normal((1000, 100))
scales = {"std 1": 1, "std 0.01": 0.01, "Glorot": "glorot", "He": "he"}
sigmoid_stacks = {name: activations(noise, scale, "sigmoid") for name, scale in scales.items()}
print("layers, rows, units:", sigmoid_stacks["std 1"].shape)

# %% tags=["nbval-ignore-output"]
reveal("12.p1", sigmoid_stacks["std 0.01"][-1].std())

# %% tags=["nbval-ignore-output"]
plots.activation_histograms(sigmoid_stacks, "sigmoid", "Five new sigmoid layers")

# %% [markdown] lang="en" rows="S4-24 S4-25"
# The lecture explains the pictures by an exam, and as a picture of *activations* the comparison works well.
#
# - **Too large** (its figure 6-10): *"시험문제가 너무 어려우면 이런 현상이 발생합니다"*, if the exam is too hard, there are very
#   good and very bad students and nobody between. The activations sit at 0 and 1, where the sigmoid is flat. Gradients are
#   multiplied by its slope, so hardly any come back.
# - **Too small** (figure 6-11): *"시험문제가 너무 쉬우면 학생들의 점수가 전부 평균에 가까워집니다"*, if the exam is too easy, all
#   marks are near the mean. Such an exam tells you nothing about the students: all units say 0.5, whatever the row is.
#
# What one would like is an exam whose marks are spread out, layer after layer.

# %% [markdown] lang="ko" rows="S4-24 S4-25"
# 강의는 이 그림을 시험에 비유합니다. *활성화값*의 그림이라고 보면 잘 들어맞는 비유입니다.
#
# - **너무 클 때**(강의의 그림 6-10): "시험문제가 너무 어려우면 이런 현상이 발생합니다." 아주 잘하는 학생과 아주 못하는 학생만 있고
#   가운데가 없습니다. 활성화값이 시그모이드의 평평한 양 끝, 0과 1에 몰립니다. 기울기를 구할 때는 이 곡선의 기울기를 곱하므로
#   되돌아오는 것이 거의 없습니다.
# - **너무 작을 때**(그림 6-11): "시험문제가 너무 쉬우면 학생들의 점수가 전부 평균에 가까워집니다." 그런 시험으로는 학생을 구별할
#   수 없습니다. 어떤 데이터가 들어와도 모든 유닛이 0.5라고 말합니다.
#
# 우리가 바라는 것은 층을 지나도 점수가 고루 퍼져 있는 시험입니다.

# %% [markdown] lang="en" rows="S4-23 S4-24 S4-25 S4-26" errata="E-33"
# > **In the lecture** (S4, "이론설명1" to "3"): the three figures are presented as the *weights*: *"랜덤으로 생성된 가중치
# > 숫자들이 앞과 뒤에 다 몰려있습니다"*. The examples are `100 * randn` (too large), `0.00001 * randn` (too small) and
# > `0.01 * randn` (good), and the conclusion is that weights, and data too, must have the shape of a normal distribution.
# >
# > Three things are mixed up.
# > 1. The figures show **activations**. All three formulas give weights of exactly the same normal shape; they differ only
# >    in **scale**, and scale is what matters.
# > 2. In the book, figure 6-10 has weights of standard deviation 1, figure 6-11 has **0.01**, and figure 6-13 has Xavier's
# >    (Glorot's) scale. So the lecture's good example is the book's example of *too small*.
# > 3. The data need not be normal either: most pixels of a digit are 0, and networks learn digits all the same.
# >
# > The cell checks the shape by the *excess kurtosis*, which is 0 for normal numbers and −1.2 for evenly spread ones, and
# > sends the 1,000 rows through layers with the lecture's three scales.

# %% [markdown] lang="ko" rows="S4-23 S4-24 S4-25 S4-26" errata="E-33"
# > **강의에서는** (S4, "이론설명1"부터 "3"까지): 세 그림을 *가중치*의 그림으로 설명합니다. "랜덤으로 생성된 가중치 숫자들이 앞과 뒤에
# > 다 몰려있습니다." 예로 `100 * randn`(너무 큼), `0.00001 * randn`(너무 작음), `0.01 * randn`(좋음)을 들고, 가중치도 데이터도
# > 정규분포 모양이어야 한다고 결론짓습니다.
# >
# > 세 가지가 뒤섞였습니다.
# > 1. 그림이 보여 주는 것은 **활성화값**입니다. 세 식으로 만든 가중치는 모두 똑같은 정규분포 모양이고 **크기**만 다릅니다. 중요한 것은
# >    그 크기입니다.
# > 2. 교재의 그림 6-10은 표준편차 1, 그림 6-11은 **0.01**, 그림 6-13은 Xavier(Glorot)의 크기입니다. 강의가 좋다고 한 예는 교재에서
# >    *너무 작은* 예입니다.
# > 3. 데이터도 정규분포가 아니어도 됩니다. 숫자 그림의 픽셀은 대부분 0이지만 신경망은 잘 배웁니다.
# >
# > 아래 셀은 모양을 *초과 첨도*로 확인합니다. 정규분포이면 0, 고르게 퍼진 수이면 −1.2입니다. 그리고 강의의 세 크기로 만든 층에
# > 데이터 1,000행을 통과시킵니다.


# %% tags=["lecture"]
def excess_kurtosis(values):
    z = (values - values.mean()) / values.std()
    return np.mean(z**4) - 3


np.random.seed(0)
for scale in (100, 0.00001, 0.01):
    W1 = scale * np.random.randn(784, 100)
    normal = abs(excess_kurtosis(W1)) < 0.1
    stds = [f"{layer.std():.2g}" for layer in activations(noise, scale, "sigmoid")]
    print(f"{scale:g} * randn: normal shape {normal}, std of the five activations:", *stds)
pixels = digits.x_train
print(
    "pixels: normal shape",
    abs(excess_kurtosis(pixels)) < 0.1,
    "- over 70 % are 0:",
    np.mean(pixels == 0) > 0.7,
)

# %% [markdown] lang="en"
# At the lecture's 100 the first layer is all 0s and 1s (their standard deviation is 0.5); 0.01 and 0.00001 both end in a
# narrow peak at 0.5. Now the same scales with tanh and relu. **Is a scale that suits one activation right for another?**

# %% [markdown] lang="ko"
# 강의의 100에서는 첫 층부터 0과 1뿐이고(그 표준편차가 0.5입니다), 0.01과 0.00001은 모두 0.5에 솟은 좁은 봉우리로 끝납니다.
# 이번에는 같은 크기로 tanh와 렐루를 봅시다. **한 활성화 함수에 맞는 크기는 다른 함수에도 맞을까요?**

# %% tags=["nbval-ignore-output"]
tanh_stacks = {name: activations(noise, scale, "tanh") for name, scale in scales.items()}
plots.activation_histograms(tanh_stacks, "tanh", "Five new tanh layers")

# %% tags=["nbval-ignore-output"]
relu_stacks = {name: activations(noise, scale, "relu") for name, scale in scales.items()}
plots.activation_histograms(relu_stacks, "relu", "Five new relu layers")

# %% [markdown] lang="en"
# It is not. relu has no upper end, so weights of standard deviation 1 explode: the last layer reaches tens of thousands.
# With 0.01 nothing is left. Glorot's scale keeps tanh spread out, but with relu the bars move to the left from layer to
# layer; He's scale keeps them where they are. Why just these scales?

# %% [markdown] lang="ko"
# 그렇지 않습니다. 렐루는 위쪽 끝이 없어서 표준편차가 1이면 값이 폭발해 마지막 층에서 몇만에 이릅니다. 0.01이면 아무것도 남지
# 않습니다. Glorot의 크기는 tanh를 고루 퍼뜨리지만, 렐루에서는 층을 지날수록 막대가 왼쪽으로 밀려납니다. He의 크기는 그
# 자리를 지킵니다. 왜 하필 이 크기일까요?

# %% [markdown] lang="en" rows="S4-28 S4-29"
# ## The formula
#
# A unit adds up $n$ products, $z = w_1 a_1 + \dots + w_n a_n$. The weights are independent, with mean 0 and standard
# deviation $\sigma$, so the variances of the products add up:
#
# $$\mathrm{var}(z) = n\,\sigma^2 \cdot \text{mean of } a^2$$
#
# - **Glorot** (Glorot and Bengio 2010, also called Xavier after the first author's first name). Near 0, tanh is almost
#   the line $a = z$. To keep the variance, $n\sigma^2$ should be 1. The gradients on their way back ask for the same with
#   the number of *outputs*; the compromise is $\sigma^2 = 2 / (n_\text{in} + n_\text{out})$.
# - **He** (He et al. 2015). relu sets one half of the values to 0 and so halves the mean of $a^2$. To make up for it the
#   variance is doubled: $\sigma^2 = 2 / n_\text{in}$.
#
# If $n\sigma^2$ is off by a factor, the factor is taken *to the power of the depth*. The dots are experiments with ten
# seeds, the lines are the formula, `helpers.initialization.predict`. **How many layers until 0.01 has lost everything?**

# %% [markdown] lang="ko" rows="S4-28 S4-29"
# ## 식으로 계산하기
#
# 유닛은 곱 $n$개를 더합니다. $z = w_1 a_1 + \dots + w_n a_n$. 가중치는 서로 독립이고 평균이 0, 표준편차가 $\sigma$이므로 곱의
# 분산이 그대로 더해집니다.
#
# $$\mathrm{var}(z) = n\,\sigma^2 \cdot (a^2 \text{의 평균})$$
#
# - **Glorot**(Glorot, Bengio 2010. 첫 저자의 이름을 따서 Xavier라고도 합니다). 0 근처에서 tanh는 직선 $a = z$와 거의 같습니다.
#   분산을 지키려면 $n\sigma^2$이 1이어야 합니다. 되돌아오는 기울기 쪽에서는 같은 조건을 *출력* 수로 요구하므로, 둘을 절충해
#   $\sigma^2 = 2 / (n_\text{in} + n_\text{out})$으로 합니다.
# - **He**(He 외 2015). 렐루는 값의 절반을 0으로 만들므로 $a^2$의 평균이 반으로 줍니다. 그만큼 분산을 두 배로 합니다.
#   $\sigma^2 = 2 / n_\text{in}$.
#
# $n\sigma^2$이 조금이라도 어긋나면 그 배율이 *층의 수만큼 거듭제곱*됩니다. 점은 시드 열 개의 실험이고, 선은 식
# (`helpers.initialization.predict`)입니다. **0.01은 몇 층 만에 모든 것을 잃을까요?**

# %%
depth, units = 10, 200
inputs = np.random.default_rng(2).standard_normal((200, units))
formula, measured = {}, {}
for name, scale in (("std 0.01", 0.01), ("Glorot", "glorot"), ("He", "he")):
    formula[name] = [
        layer.std for layer in predict_width(1, scale, "relu", depth=depth, units=units)
    ]
    stacks = [
        activations(inputs, scale, "relu", depth=depth, units=units, seed=seed)
        for seed in range(10)
    ]
    measured[name] = np.array([[layer.std() for layer in stack] for stack in stacks])
    off = np.abs(np.median(measured[name], axis=0) / formula[name] - 1).max()
    print(f"{name}: median of ten seeds within 20 % of the formula in all layers: {off < 0.2}")

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(figsize=(7.2, 3.8))
for (name, line), marker, style in zip(formula.items(), "os^", ("-", "--", ":"), strict=True):
    (drawn,) = axes.plot(range(1, depth + 1), line, style, label=f"{name}, relu")
    for seed in range(10):
        axes.plot(
            range(1, depth + 1), measured[name][seed], marker, ms=4, c=drawn.get_color(), alpha=0.5
        )
axes.set(
    yscale="log", xlabel="layer", ylabel="std of the activations", title="Formula and experiment"
)
axes.legend()
plt.show()
lost = {name: line[0] / line[-1] for name, line in formula.items()}
plots.caption(
    say(
        en=f"From layer 1 to layer {depth} the standard deviation falls to "
        f"1/{lost['std 0.01']:,.0f} of its size with std 0.01 and to 1/{lost['Glorot']:.0f} "
        "with Glorot's scale; with He's it stays.",
        ko=f"1번째 층에서 {depth}번째 층까지 표준편차가 std 0.01이면 "
        f"{lost['std 0.01']:,.0f}분의 1, Glorot이면 {lost['Glorot']:.0f}분의 1로 줄고, "
        "He이면 그대로입니다.",
    )
)

# %% [markdown] lang="en"
# ## What the histogram hides
#
# Look again at the sigmoid histograms. Glorot's row, which is the book's figure 6-13, looks fine. But a histogram
# counts all units and all rows together. It could be wide because the *rows* get different answers, or only because the
# *units* differ, each saying the same about every row. **Which is it in layer 5?**

# %% [markdown] lang="ko"
# ## 히스토그램이 감추는 것
#
# 시그모이드 히스토그램을 다시 봅시다. 교재의 그림 6-13인 Glorot 줄은 좋아 보입니다. 그런데 히스토그램은 모든 유닛과 모든 데이터를
# 한꺼번에 셉니다. *데이터*마다 답이 달라서 넓은 것일 수도 있고, *유닛*끼리만 다를 뿐 유닛마다 어떤 데이터에나 같은 값을 내서
# 넓은 것일 수도 있습니다. **다섯 번째 층은 어느 쪽일까요?**

# %%
print("layer:                     ", *(f"{number:>8}" for number in range(1, 6)))
for name, stack in (("sigmoid", sigmoid_stacks["Glorot"]), ("tanh", tanh_stacks["Glorot"])):
    print(f"{name:<8} all together:     ", *(f"{layer.std():8.2g}" for layer in stack))
    print(f"{name:<8} from row to row:  ", *(f"{row_std(layer):8.2g}" for layer in stack))

# %% [markdown] lang="en"
# With tanh both numbers agree: the spread comes from the rows. With the sigmoid hardly anything of the rows is left in
# layer 5, although the histogram looks the same as before. Two properties of the sigmoid do that. Its slope is at most
# 1/4, so each layer shrinks the differences between rows to a quarter or less. And its mean is 0.5 instead of 0, so each
# unit adds up a large constant, which is what makes the histogram wide. The gradient shrinks in the same way on its way
# back. So expect trouble with deep sigmoid networks, good histogram or not. We shall see it in a moment.

# %% [markdown] lang="ko"
# tanh는 두 숫자가 같습니다. 데이터에 따라 값이 퍼져 있다는 뜻입니다. 시그모이드는 히스토그램이 여전히 좋아 보이는데도 다섯 번째
# 층에 데이터의 차이가 거의 남아 있지 않습니다. 시그모이드의 성질 두 가지 때문입니다. 기울기가 아무리 커도 1/4이어서 층을 지날
# 때마다 데이터 사이의 차이가 1/4 이하로 줍니다. 또 평균이 0이 아니라 0.5여서 유닛마다 큰 상수가 더해지는데, 히스토그램을 넓게
# 만드는 것이 바로 이 상수입니다. 기울기도 되돌아오면서 같은 식으로 줄어듭니다. 그러니 히스토그램이 좋아 보여도 깊은 시그모이드
# 신경망은 고생할 것입니다. 곧 확인합니다.

# %% [markdown] lang="en" rows="S4-27 S4-28 S4-29 S4-30"
# ## In Keras
#
# Every layer takes `kernel_initializer`, as a name or an object. **What is the standard deviation each of these gives in
# the four layers of the lecture's network, 784-64-32-64-10?** The last line is the lecture's third option.

# %% [markdown] lang="ko" rows="S4-27 S4-28 S4-29 S4-30"
# ## 케라스에서는
#
# 모든 층에 `kernel_initializer`를 이름이나 객체로 줄 수 있습니다. **강의의 신경망 784-64-32-64-10의 네 층에서 초기화 방법마다
# 표준편차가 얼마일까요?** 마지막 줄은 강의의 세 번째 방법입니다.

# %%
shapes = [(784, 64), (64, 32), (32, 64), (64, 10)]
print("layer           ", *(f"{a}-{b}".rjust(8) for a, b in shapes))
for name in ("glorot", "he"):
    print(f"{name:<16}", *(f"{weight_std(name, *shape):8.3f}" for shape in shapes))
print(f"{'RandomNormal':<16}", *(f"{0.05:8.3f}" for _ in shapes))

keras.utils.set_random_seed(42)
for name in ("he_normal", "he_uniform", "glorot_normal", "glorot_uniform"):
    kernel = keras.ops.convert_to_numpy(keras.initializers.get(name)((784, 64)))
    expected = weight_std(name.split("_")[0], 784, 64)
    close = abs(kernel.std() / expected - 1) < 0.02
    print(f"{name:<15} drawn with the standard deviation of the formula: {close}")

# %% [markdown] lang="en"
# `_normal` draws from a bell curve (cut off beyond two standard deviations, so that there are no outliers), `_uniform`
# evenly between two bounds: for Glorot ±√(6 / (in + out)), for He ±√(6 / in). The standard deviation is the same.

# %% [markdown] lang="ko"
# `_normal`은 종 모양의 분포에서 뽑고(표준편차 두 배 바깥은 잘라 냅니다), `_uniform`은 두 경계 사이에서 고르게 뽑습니다. 경계는
# Glorot이 ±√(6 / (입력 + 출력)), He가 ±√(6 / 입력)입니다. 표준편차는 서로 같습니다.

# %% [markdown] lang="en" rows="S4-27 S4-30" errata="E-33"
# > **In the lecture** (S4, initial weights in TensorFlow): *"기본값이 이미 정규 분포로 잘 구성되어서"*, the default is
# > already a normal distribution; and *"RadomNormal 초기화 : sigmoid 와 궁합이 잘 맞습니다"*, RandomNormal suits the sigmoid
# > (the example then uses relu).
# >
# > The default of `Dense` is `glorot_uniform`: even between two bounds, not normal at all. And RandomNormal(stddev=0.05)
# > knows neither the layer nor the activation. In the table above it happens to be right for the first layer of this
# > network, for Glorot and He alike, and three to five times too small in the others. Glorot's scale was
# > worked out for tanh, He's for relu. The call itself lacks a bracket and an import.

# %% [markdown] lang="ko" rows="S4-27 S4-30" errata="E-33"
# > **강의에서는** (S4, 텐서플로의 가중치 초기값): "기본값이 이미 정규 분포로 잘 구성되어서" 신경 쓰지 않아도 되고, "RadomNormal 초기화 :
# > sigmoid 와 궁합이 잘 맞습니다"라고 합니다(예에서는 렐루를 씁니다).
# >
# > `Dense`의 기본값은 `glorot_uniform`입니다. 정규분포가 아니라 두 경계 사이의 고른 분포입니다. RandomNormal(stddev=0.05)는 층의
# > 크기도 활성화 함수도 모릅니다. 위 표에서 보듯 이 신경망의 첫 층에서는 우연히 Glorot과도 He와도 맞지만, 다른 층에서는 세 배에서 다섯
# > 배쯤 작습니다. Glorot의 크기는 tanh에, He의 크기는 렐루에 맞추어 얻은 것입니다. 그리고 이 호출에는 괄호 하나와 import가
# > 빠져 있습니다.

# %% tags=["lecture"]
print("default of Dense:", type(keras.layers.Dense(64).kernel_initializer).__name__)
Dense = keras.layers.Dense
call = "Dense(64, activation='relu', "
call += "kernel_initializer=initializers.RandomNormal(mean=0., stddev=0.05)"
for text in (call, call + ")"):
    try:
        eval(text)
    except (SyntaxError, NameError) as error:
        print(type(error).__name__)
layer = Dense(
    64, activation="relu", kernel_initializer=keras.initializers.RandomNormal(stddev=0.05)
)
print("modern form works:", type(layer.kernel_initializer).__name__)

# %% [markdown] lang="en" rows="S4-23 S4-26 S4-28"
# ## Does it train?
#
# Histograms of an untrained network are only a promise. So train: five hidden layers of 100 units, ten seeds each.
# Two of the networks use relu. One has *normal* weights with the lecture's 0.01, the other *evenly spread* ones with
# He's scale. If the normal shape is what matters, the first one wins. The third network has sigmoids and Glorot's scale.

# %% [markdown] lang="ko" rows="S4-23 S4-26 S4-28"
# ## 정말 배울까
#
# 훈련하지 않은 신경망의 히스토그램은 약속일 뿐입니다. 훈련해 봅시다. 유닛 100개짜리 은닉층 다섯 개, 시드는 열 개씩입니다. 두
# 신경망은 렐루를 씁니다. 하나는 *정규분포* 가중치에 강의의 크기 0.01, 다른 하나는 *고르게 퍼진* 가중치에 He의 크기입니다. 정규분포
# 모양이 중요하다면 앞의 것이 이길 것입니다. 세 번째 신경망은 시그모이드에 Glorot의 크기입니다.


# %%
def deep_network(initializer, activation, normalise=False):
    def build():
        model = keras.Sequential([keras.Input((196,))])
        for _ in range(5):
            if normalise:
                model.add(keras.layers.Dense(100, kernel_initializer=initializer, use_bias=False))
                model.add(keras.layers.BatchNormalization())
                model.add(keras.layers.Activation(activation))
            else:
                layer = keras.layers.Dense(100, activation, kernel_initializer=initializer)
                model.add(layer)
        model.add(keras.layers.Dense(10, activation="softmax"))
        model.compile(
            keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"]
        )
        return model

    return build


# %%
small = keras.initializers.RandomNormal(stddev=0.01)
deep = experiments.compare(
    {
        "relu, normal, 0.01": deep_network(small, "relu"),
        "relu, He uniform": deep_network("he_uniform", "relu"),
        "sigmoid, Glorot": deep_network("glorot_uniform", "sigmoid"),
    },
    small_digits,
    epochs=9,
    **one_go,
)
print(deep)

# %% tags=["nbval-ignore-output"]
deep.plot("val_accuracy", title="Five hidden layers: median and quartiles of ten seeds")

# %%
deep.claim(
    "evenly spread weights of the right scale learn",
    "best_val_accuracy",
    of="relu, He uniform",
    direction="higher",
    than=0.75,
)

# %%
deep.claim(
    "normal weights of the wrong scale, the lecture's good example, stay at chance",
    "best_val_accuracy",
    of="relu, normal, 0.01",
    direction="lower",
    than=0.2,
    agree=10,
)

# %%
deep.claim(
    "five sigmoid layers stay at chance in spite of Glorot's scale",
    "best_val_accuracy",
    of="sigmoid, Glorot",
    direction="lower",
    than=0.2,
    agree=10,
)

# %% [markdown] lang="en"
# Scale decides, not shape. And the third result is what the numbers from row to row had told us: a suitable initial
# scale is necessary, but it does not rescue a deep stack of sigmoids. (With far more updates they may start to move: the
# lecture's three sigmoid layers took 200 epochs of 1,875 steps.)

# %% [markdown] lang="ko"
# 모양이 아니라 크기가 결정합니다. 세 번째 결과는 데이터에 따른 표준편차가 미리 알려 준 대로입니다. 알맞은 초기 크기는 꼭
# 필요하지만, 시그모이드를 깊이 쌓은 신경망까지 구해 주지는 못합니다. (갱신을 훨씬 많이 하면 움직이기 시작할 수 있습니다. 강의의
# 시그모이드 세 층은 1,875스텝씩 200에포크를 훈련했습니다.)

# %% [markdown] lang="en" rows="S4-32"
# ## 300 epochs, and go and eat
#
# The lecture's exercise: give the network 784-64-32-64-10 relu and `he_normal`, *"300 에폭으로 돌리고 식사하러 가세요 ~"*, let it
# run for 300 epochs and go and eat. On 60,000 digits that was good advice. The result: *"200 에폭이 넘어가면서 부터 훈련
# 데이터의 정확도가 100%"*. We take 500 digits, and `training.fit` instead of `model.fit`. **Is there time for a meal? And
# what do the epochs after 100 % bring?**

# %% [markdown] lang="ko" rows="S4-32"
# ## 300에포크, 그리고 식사
#
# 강의의 문제입니다. 신경망 784-64-32-64-10에 렐루와 `he_normal`을 쓰고 "300 에폭으로 돌리고 식사하러 가세요 ~". 숫자 60,000장이라면
# 좋은 조언입니다. 결과는 "200 에폭이 넘어가면서 부터 훈련 데이터의 정확도가 100%"였습니다. 우리는 숫자 500장을 쓰고, `model.fit`
# 대신 `training.fit`으로 훈련합니다. **밥 먹을 시간이 있을까요? 100%가 된 뒤의 에포크는 무엇을 가져다줄까요?**


# %%
def lecture_network(block, rate=0.01):
    def build():
        model = keras.Sequential([keras.Input((784,))])
        for units in (64, 32, 64):
            for layer in block(units):
                model.add(layer)
        model.add(keras.layers.Dense(10, activation="softmax"))
        model.compile(
            keras.optimizers.SGD(rate), "sparse_categorical_crossentropy", metrics=["accuracy"]
        )
        return model

    return build


def plain(units):
    return [keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal")]


few_digits = (
    digits.x_train[:500].reshape(-1, 784),
    digits.y_train[:500],
    digits.x_val[:500].reshape(-1, 784),
    digits.y_val[:500],
)

# %% tags=["nbval-ignore-output"]
x_few, y_few, *validation = few_digits
keras.utils.set_random_seed(42)
model = lecture_network(plain)()
began = time.perf_counter()
history = training.fit(
    model, x_few, y_few, epochs=300, validation_data=tuple(validation), verbose=0, **one_go
)
print(f"300 epochs took {time.perf_counter() - began:.1f} s")
perfect = np.argmax(np.array(history.history["accuracy"]) == 1) + 1
print("all training rows right for the first time in epoch", perfect)
plots.learning_curves(history, "accuracy", title="784-64-32-64-10, relu, he_normal, 500 digits")

# %% [markdown] lang="en"
# Not even for a coffee. And after the training accuracy has reached 100 % the validation accuracy hardly moves: a full
# training score is no reason to celebrate and none to go on. We shall test that over ten seeds further down.

# %% [markdown] lang="ko"
# 커피 한 잔 마실 시간도 없습니다. 그리고 훈련 정확도가 100%가 된 뒤로 검증 정확도는 거의 움직이지 않습니다. 훈련 점수 만점은
# 기뻐할 일도, 더 훈련할 이유도 아닙니다. 아래에서 시드 열 개로 확인하겠습니다.

# %% [markdown] lang="en"
# ## Lab: keep ten layers alive
#
# Five controls, one question: which weights keep the activations spread out in every layer? The lab begins with the
# book's figure 6-10. The state before stays as a grey outline. Try these: make figure 6-11 and 6-13 of it. Find the
# depth from which Glorot and sigmoid no longer tell the rows apart. Change the shape of the weights from normal to
# uniform. Switch on BatchNormalization (the next section) and then move the scale from 0.05 to 100.
# `labs.activations(x_train)` takes features of your own.

# %% [markdown] lang="ko"
# ## 실습: 열 개의 층을 살려라
#
# 조절할 것은 다섯 가지, 물음은 하나입니다. 어떤 가중치라야 모든 층에서 활성화값이 고루 퍼져 있을까요? 처음 화면은 교재의 그림
# 6-10입니다. 바로 전 상태는 회색 선으로 남습니다. 이렇게 해 보세요. 그림 6-11과 6-13을 만들어 보세요. Glorot과 시그모이드가
# 데이터를 구별하지 못하게 되는 깊이를 찾아보세요. 가중치의 모양을 normal에서 uniform으로 바꿔 보세요.
# BatchNormalization(다음 절)을 켜고 표준편차를 0.05에서 100까지 움직여 보세요. `labs.activations(x_train)`처럼 여러분의
# 데이터를 넣을 수도 있습니다.

# %% tags=["nbval-ignore-output"]
labs.activations()

# %% [markdown] lang="en" rows="S4-33 S4-34"
# ## Batch normalisation
#
# Initial weights only set the scale at the start; training then changes them. The lecture compares a deep network to a
# game of the TV show 1박 2일, in which a message is passed down a line of players and the last one understands something
# quite different: *"신경망 층 뒤로 갈수록 엉뚱한 해석을 하게 되는 현상"*. We have seen that happen above.
#
# The remedy of Ioffe and Szegedy (2015): have every player repeat the message at a normal volume. Within the batch each
# unit's sums $z$ are shifted and scaled to mean 0 and standard deviation 1; then two learned numbers, $\gamma$ and $\beta$,
# may scale and shift them again:
#
# $$\text{output} = \gamma \cdot \frac{z - \text{mean}}{\sqrt{\text{variance} + 0.001}} + \beta$$
#
# The usual order is Dense without bias ($\beta$ takes its place) → BatchNormalization → activation. (The lecture points to a
# picture on another page, which is not available to us; this is our own.) **What will the book's figure 6-10, and the
# other scales, look like with it?**

# %% [markdown] lang="ko" rows="S4-33 S4-34"
# ## 배치 정규화
#
# 초깃값은 출발할 때의 크기만 정합니다. 훈련이 시작되면 가중치는 바뀝니다. 강의는 깊은 신경망을 "1박 2일" 게임에 비유합니다. 줄을
# 서서 말을 전하다 보면 마지막 사람은 엉뚱하게 알아듣습니다. "신경망 층 뒤로 갈수록 엉뚱한 해석을 하게 되는 현상"입니다. 위에서
# 본 그대로입니다.
#
# Ioffe와 Szegedy(2015)의 처방은 이렇습니다. 한 사람씩 전할 때마다 보통 크기의 목소리로 다시 말하게 하는 것입니다. 배치 안에서
# 유닛마다 합 $z$를 평균 0, 표준편차 1이 되도록 옮기고, 학습되는 두 수 $\gamma$와 $\beta$로 다시 늘이고 옮길 수 있게 합니다.
#
# $$\text{출력} = \gamma \cdot \frac{z - \text{평균}}{\sqrt{\text{분산} + 0.001}} + \beta$$
#
# 보통 편향 없는 Dense($\beta$가 편향을 대신합니다) → BatchNormalization → 활성화 함수의 순서로 놓습니다. (강의가 가리키는 그림은
# 다른 페이지에 있어 확인하지 못했으므로 직접 그립니다.) **이것을 넣으면 그림 6-10과 다른 크기들은 어떤 모습이 될까요?**

# %% tags=["nbval-ignore-output"]
with_norm = {
    name: activations(noise, scale, "sigmoid", batch_norm=True)
    for name, scale in {"std 1": 1, "Glorot": "glorot", "std 100": 100}.items()
}
plots.activation_histograms(with_norm, "sigmoid", "Dense, BatchNormalization, sigmoid")

# %% [markdown] lang="en"
# The scale of the weights no longer matters: whatever it is, dividing by the standard deviation takes it out again.
# And from row to row? `row_std` of the last layer is 0.21, the full width. Now let it train: the
# five sigmoid layers that stayed at chance, with batch normalisation in each. **Will they learn?**

# %% [markdown] lang="ko"
# 가중치의 크기가 더는 중요하지 않습니다. 얼마든 간에 표준편차로 나누면서 사라집니다. 데이터에 따른 차이는 어떨까요? 마지막 층의
# `row_std`가 0.21로, 퍼진 폭 전부입니다. 이제 훈련해 봅시다. 찍는 수준에 머물렀던
# 시그모이드 다섯 층에 배치 정규화를 하나씩 넣었습니다. **배울까요?**

# %%
print(
    "from row to row:", *(f"{name} {row_std(stack[-1]):.2f}" for name, stack in with_norm.items())
)
normed = experiments.compare(
    {"sigmoid, Glorot, BN": deep_network("glorot_uniform", "sigmoid", normalise=True)},
    small_digits,
    epochs=20,
    **one_go,
)
print(normed)

# %%
normed.claim(
    "with batch normalisation five sigmoid layers learn",
    "last_val_accuracy",
    direction="higher",
    than=0.7,
)

# %% [markdown] lang="en" rows="S4-33" errata="E-34"
# > **In the lecture** (S4, "배치 정규화"): *"각 층의 활성화된 값(입력값x가중치) 이 정규 분포형태를 읽어버리는 현상"*: the
# > activations, explained as input × weight, lose their normal shape, since the network gets deeper while it learns; batch
# > normalisation restores it.
# >
# > Input × weight is the sum *before* the activation function; the activation is what comes after it. Depth does not
# > change during training, the weights do. And batch normalisation restores no shape: it sets mean and variance. A lopsided
# > distribution stays as lopsided as it was. The cell measures that by the *skewness*, 0 for a symmetric distribution.

# %% [markdown] lang="ko" rows="S4-33" errata="E-34"
# > **강의에서는** (S4, "배치 정규화"): 학습을 하다 보면 신경망이 깊어져 "각 층의 활성화된 값(입력값x가중치) 이 정규 분포형태를
# > 읽어버리는 현상"이 생기고, 배치 정규화가 이를 되돌린다고 합니다.
# >
# > 입력값 × 가중치는 활성화 함수를 지나기 *전*의 합이고, 활성화값은 지난 *뒤*의 값입니다. 훈련 중에 깊이는 그대로이고 바뀌는 것은
# > 가중치입니다. 그리고 배치 정규화는 모양을 되돌리지 않습니다. 평균과 분산만 맞춥니다. 한쪽으로 치우친 분포는 치우친 그대로
# > 남습니다. 셀에서는 *왜도*로 확인합니다. 좌우 대칭이면 0입니다.


# %% tags=["lecture"]
def skewness(values):
    return np.mean(((values - values.mean()) / values.std()) ** 3)


lopsided = np.random.default_rng(0).exponential(size=(2000, 1)).astype("float32")
normalised = np.array(keras.layers.BatchNormalization()(lopsided, training=True))
print(f"mean {lopsided.mean():.1f} -> {abs(normalised.mean()):.1f}")
print(f"std  {lopsided.std():.1f} -> {normalised.std():.1f}")
print("lopsided before and after:", skewness(lopsided) > 1.5, skewness(normalised) > 1.5)
print("equally so:", np.isclose(skewness(lopsided), skewness(normalised), rtol=1e-3))

# %% [markdown] lang="en"
# ## Training and prediction are not the same
#
# Mean and variance of which rows? In training those of the batch. For prediction that would be absurd: the answer for
# one digit would depend on the other digits in its batch, and a batch of one has no variance. So the layer keeps
# **moving averages** while it trains and uses them in `predict` and `evaluate`. After each batch:
#
# new average = 0.99 · old average + 0.01 · value of this batch
#
# (0.99 is its argument `momentum`, which has nothing to do with the momentum of an optimizer.) Begin: mean 0,
# variance 1. We compute three batches by hand and with Keras.

# %% [markdown] lang="ko"
# ## 훈련할 때와 예측할 때
#
# 평균과 분산은 어느 데이터의 것일까요? 훈련할 때는 그 배치의 것입니다. 예측할 때도 그러면 곤란합니다. 숫자 한 장의 답이 같은
# 배치에 있는 다른 숫자에 따라 달라지고, 한 장짜리 배치에는 분산이 없습니다. 그래서 이 층은 훈련하는 동안 **이동 평균**(moving
# average)을 적어 두었다가 `predict`와 `evaluate`에서 씁니다. 배치가 지나갈 때마다 이렇게 바꿉니다.
#
# 새 평균 = 0.99 · 이전 평균 + 0.01 · 이번 배치의 값
#
# (0.99는 인자 `momentum`의 값이고, 옵티마이저의 모멘텀과는 관계가 없습니다.) 처음에는 평균 0, 분산 1입니다. 배치 세 개를 손으로
# 계산해 케라스와 비교합니다.

# %%
batches = np.random.default_rng(0).normal(5, 2, (3, 8, 4)).astype("float32")
layer = keras.layers.BatchNormalization()
moving_mean, moving_variance = np.zeros(4), np.ones(4)
for z in batches:
    output = np.array(layer(z, training=True))
    by_hand = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 0.001)
    moving_mean = 0.99 * moving_mean + 0.01 * z.mean(axis=0)
    moving_variance = 0.99 * moving_variance + 0.01 * z.var(axis=0)
    print("training, equal to Keras:", np.allclose(output, by_hand, atol=1e-4))
print("moving mean equal:", np.allclose(layer.moving_mean, moving_mean, atol=1e-5))
print("moving variance equal:", np.allclose(layer.moving_variance, moving_variance, atol=1e-5))
prediction = (z - moving_mean) / np.sqrt(moving_variance + 0.001)
print("prediction equal:", np.allclose(layer(z, training=False), prediction, atol=1e-4))
print("training and prediction agree:", np.allclose(output, prediction, atol=0.1))
weights = layer.trainable_weights, layer.non_trainable_weights
print("learned:", [w.name for w in weights[0]], " kept:", [w.name for w in weights[1]])

# %% [markdown] lang="en"
# After three batches the two disagree badly: the data have mean 5, the moving mean is at 0.15. It takes patience: of
# the starting value 0.99 to the power of the number of batches is left. In our runs an epoch had 20 batches. **What did
# the validation accuracy look like in epoch 3?**

# %% [markdown] lang="ko"
# 배치 세 개로는 둘이 크게 다릅니다. 데이터의 평균은 5인데 이동 평균은 0.15입니다. 기다려야 합니다. 처음 값이 0.99의 (배치 수)제곱만큼
# 남아 있기 때문입니다. 위의 훈련은 한 에포크가 배치 20개였습니다. **3번째 에포크의 검증 정확도는 어땠을까요?**

# %% tags=["nbval-ignore-output"]
for epoch in (1, 3, 10, 20):
    print(f"epoch {epoch:2}: {0.99 ** (20 * epoch):.2f} of the start is left")
sigmoid_run = normed.run("sigmoid, Glorot, BN", 0)
plots.learning_curves(sigmoid_run, "accuracy", title="Five sigmoid layers with batch normalisation")


# %%
def training_minus_validation_in_epoch_3(run):
    return run["accuracy"][2] - run["val_accuracy"][2]


normed.claim(
    "in epoch 3 the network knows its rows, and validation, on moving averages, does not show it",
    training_minus_validation_in_epoch_3,
    direction="higher",
    than=0.5,
    agree=10,
)

# %% [markdown] lang="en"
# This looks like the worst overfitting and is none: it passes as soon as the averages have arrived. When you see it,
# train longer, or take a smaller `momentum`, such as 0.9, where epochs are short.

# %% [markdown] lang="ko"
# 아주 심한 과적합처럼 보이지만 과적합이 아닙니다. 이동 평균이 따라오면 사라집니다. 이런 곡선을 보면 더 훈련하거나, 에포크가
# 짧을 때는 `momentum`을 0.9처럼 작게 하세요.

# %% [markdown] lang="en" rows="S4-35 S4-36 S4-37"
# ## Faster, or better?
#
# The lecture adds batch normalisation to its network and reports: 100 % training accuracy in fewer than 100 epochs
# instead of 200. Its log ends with accuracy 1.0000, val_accuracy .9665 and val_loss .1759. **Does batch normalisation
# make this small network better on data it has not seen?** Guess before we look at how the lecture compares.

# %% [markdown] lang="ko" rows="S4-35 S4-36 S4-37"
# ## 더 빠를까, 더 좋을까
#
# 강의는 신경망에 배치 정규화를 넣고, 200에폭이 걸리던 훈련 정확도 100%가 100에폭도 안 되어 나왔다고 합니다. 로그는 accuracy
# 1.0000, val_accuracy .9665, val_loss .1759로 끝납니다. **배치 정규화를 넣으면 이 작은 신경망이 처음 보는 데이터에도 더
# 좋아질까요?** 강의가 어떻게 비교했는지 보기 전에 예상해 보세요.

# %%
predict("12.p2")

# %% [markdown] lang="en" rows="S4-35 S4-36 S4-37" errata="E-34"
# > **In the lecture** (S4, "배치 정규화" 실습1): the block is called *"가중치 초기화 + 배치 정규화 + 활성화 함수"*, and reads
# > `Dense(64, kernel_initializer='he_normal')`, `BatchNormalization()`, `Dense(64, activation='relu')`.
# >
# > The third line should apply the activation and is a whole layer instead. So each block has an **extra Dense**: seven in
# > all, 65,098 parameters instead of 55,562. He's scale is on the linear layer, where nothing is halved, and the relu layer
# > gets the default. Two linear steps with a normalisation between them are, in prediction, no more than one: the
# > cell below folds the first two layers into the third.
# >
# > And the comparison changed more than batch normalisation. Against the first network of that lecture it also
# > changed sigmoid to relu, and the batch from 32 to 100. On the rows it has not seen, the lecture's own numbers got
# > *worse*: .9665 and .1759 with batch normalisation, .9706 and .1008 for the first network.

# %% [markdown] lang="ko" rows="S4-35 S4-36 S4-37" errata="E-34"
# > **강의에서는** (S4, "배치 정규화" 실습1): 블록을 "가중치 초기화 + 배치 정규화 + 활성화 함수"라고 부르고
# > `Dense(64, kernel_initializer='he_normal')`, `BatchNormalization()`, `Dense(64, activation='relu')`로 적습니다.
# >
# > 셋째 줄은 활성화 함수여야 하는데 층 하나가 통째로 들어갔습니다. 그래서 블록마다 **Dense가 하나 더** 있습니다. 모두 일곱 개이고
# > 파라미터는 55,562개가 아니라 65,098개입니다. He의 크기는 반으로 줄 것이 없는 선형 층에 붙고, 렐루 층은 기본값을 씁니다. 정규화를
# > 사이에 둔 선형 층 두 개는 예측할 때 층 하나와 같습니다. 아래 셀에서 앞의 두 층을 셋째 층에 합쳐 봅니다.
# >
# > 그리고 비교하면서 배치 정규화만 바꾼 것이 아닙니다. 그 강의의 첫 신경망과 견주면 시그모이드가 렐루로, 배치가 32에서 100으로
# > 함께 바뀌었습니다. 처음 보는 데이터에서는 강의의 숫자도 *나빠졌습니다*. 배치 정규화가 있으면 .9665와 .1759, 첫 신경망은
# > .9706과 .1008이었습니다.


# %% tags=["lecture"]
def lecture_block(units):
    return [
        keras.layers.Dense(units, kernel_initializer="he_normal"),
        keras.layers.BatchNormalization(),
        keras.layers.Dense(units, activation="relu"),
    ]


def norm_block(units):
    return [
        keras.layers.Dense(units, kernel_initializer="he_normal", use_bias=False),
        keras.layers.BatchNormalization(),
        keras.layers.Activation("relu"),
    ]


for block in (plain, norm_block, lecture_block):
    model = lecture_network(block)()
    dense = sum(isinstance(layer, keras.layers.Dense) for layer in model.layers)
    print(f"{block.__name__:<14}{dense} Dense layers, {model.count_params():,} parameters")

# %% tags=["lecture"]
block = keras.Sequential([keras.Input((784,)), *lecture_block(64)])
for start in range(0, 500, 50):
    block(x_few[start : start + 50], training=True)  # give the moving averages something to hold
first, norm, second = block.layers
w1, b1 = first.get_weights()
gamma, beta, mean, variance = norm.get_weights()
w2, b2 = second.get_weights()
scale = gamma / np.sqrt(variance + norm.epsilon)
folded = (w1 * scale) @ w2
bias = ((b1 - mean) * scale + beta) @ w2 + b2
single = np.maximum(x_few @ folded + bias, 0)
print(
    "three layers in prediction equal one Dense(relu):",
    np.allclose(block(x_few), single, atol=1e-3),
)

# %% [markdown] lang="en" rows="S4-35 S4-37"
# Now a fair comparison: same digits, same batches, same relu and he_normal, same learning rate (0.03, so that 50 epochs
# are enough), ten seeds; only the block differs.

# %% [markdown] lang="ko" rows="S4-35 S4-37"
# 이제 공정하게 비교합시다. 데이터, 배치, 렐루와 he_normal, 학습률(50에포크로 끝나도록 0.03), 시드 열 개가 모두 같고 블록만 다릅니다.

# %%
blocks = experiments.compare(
    {
        "plain": lecture_network(plain, 0.03),
        "Dense-BN-relu": lecture_network(norm_block, 0.03),
        "lecture's block": lecture_network(lecture_block, 0.03),
    },
    few_digits,
    epochs=50,
    **one_go,
)


def first_perfect_epoch(run):
    perfect = np.flatnonzero(run["accuracy"] == 1)
    return perfect[0] + 1 if perfect.size else len(run["accuracy"]) + 1


print(blocks)

# %% tags=["nbval-ignore-output"]
blocks.plot("val_accuracy", title="Only the block differs: median and quartiles of ten seeds")

# %%
blocks.claim(
    "the lecture is right that it is faster: 100 % of the training rows come sooner",
    first_perfect_epoch,
    of="lecture's block",
    direction="lower",
    than="plain",
    margin=5,
)

# %%
blocks.claim(
    "so does Dense-BN-relu, without the extra Dense",
    first_perfect_epoch,
    of="Dense-BN-relu",
    direction="lower",
    than="plain",
    margin=5,
)

# %% tags=["nbval-ignore-output"]
best = blocks.measure("best_val_accuracy")
difference = best[blocks.place("lecture's block")] - best[blocks.place("plain")]
reveal("12.p2", np.median(difference))

# %%
blocks.claim(
    "but it is not better: the best validation accuracy is lower than without",
    "best_val_accuracy",
    of="lecture's block",
    direction="lower",
    than="plain",
    margin=0.005,
)

# %%
blocks.claim(
    "nor is Dense-BN-relu, on these digits",
    "best_val_accuracy",
    of="Dense-BN-relu",
    direction="lower",
    than="plain",
    margin=0.005,
)


# %% [markdown] lang="en" rows="S4-37 S4-32"
# So both are true. Batch normalisation rescued a network that could not learn, and it made this one learn its
# training rows faster. It did not make this one better: three relu layers with He's scale had no trouble to begin with,
# and with 500 digits there is too little data, not too slow a training. "100 % of the training rows sooner" is a
# statement about training only. And the promised test of the epochs after 100 %:

# %% [markdown] lang="ko" rows="S4-37 S4-32"
# 둘 다 사실입니다. 배치 정규화는 배우지 못하던 신경망을 살려 냈고, 이 신경망은 훈련 데이터를 더 빨리 배우게 했습니다. 그러나 이
# 신경망을 더 좋게 만들지는 않았습니다. He의 크기를 쓴 렐루 세 층에는 처음부터 문제가 없었고, 숫자 500장에서 모자란 것은 훈련 속도가
# 아니라 데이터이기 때문입니다. "훈련 데이터 100%가 더 빨리 나온다"는 훈련에 대한 말일 뿐입니다. 약속한 대로 100%가 된 뒤의
# 에포크도 확인합니다.


# %%
def gain_after_perfect(run):
    perfect = int(min(first_perfect_epoch(run), len(run["accuracy"]))) - 1
    return run["val_accuracy"][perfect:].max() - run["val_accuracy"][perfect]


blocks.claim(
    "after 100 % training accuracy the validation accuracy gains next to nothing",
    gain_after_perfect,
    of="plain",
    direction="lower",
    than=0.02,
)

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `initial_std(name, fan_in, fan_out)`: the standard deviation of the initial weights for the names
# `"glorot"` and `"he"`. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 이름 `"glorot"`과 `"he"`에 대해 초기 가중치의 표준편차를 돌려주는 `initial_std(name, fan_in, fan_out)`를
# 작성하세요. `...` 자리를 채우세요.


# %% tags=["exercise"]
def initial_std(name, fan_in, fan_out):
    return ...


check("12.e1", initial_std)

# %% [markdown] lang="en"
# **Exercise 2.** Write `batch_norm(z, gamma, beta)`: what BatchNormalization puts out in *training* for a batch `z` of shape
# (rows, units). Use 0.001 as epsilon.

# %% [markdown] lang="ko"
# **연습 2.** (행, 유닛) 모양의 배치 `z`에 대해 *훈련할 때* BatchNormalization이 내는 값을 돌려주는 `batch_norm(z, gamma, beta)`를
# 작성하세요. 엡실론은 0.001입니다.


# %% tags=["exercise"]
def batch_norm(z, gamma, beta):
    return ...


check("12.e2", batch_norm)

# %% [markdown] lang="en"
# **Exercise 3.** Write `moving_mean(means, momentum)`: the moving mean after batches with these means, beginning at 0.

# %% [markdown] lang="ko"
# **연습 3.** 배치들의 평균 목록 `means`가 차례로 지나간 뒤의 이동 평균을 돌려주는 `moving_mean(means, momentum)`을 작성하세요.
# 0에서 시작합니다.


# %% tags=["exercise"]
def moving_mean(means, momentum):
    return ...


check("12.e3", moving_mean)

# %% [markdown] lang="en"
# Stuck? Run `hint("12.e1")`, or `solution("12.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("12.e1")`을, 해 본 다음에는 `solution("12.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("12")

# %% [markdown] lang="en"
# ## Summary
#
# - Weights begin at random because units that begin alike stay alike.
# - Their scale matters, not the shape of their distribution: too large saturates or explodes, too small loses the rows.
# - Glorot's scale suits tanh, He's suits relu; the default of `Dense` is `glorot_uniform`.
# - A wide histogram is not enough: look at how much of it comes from the rows. Deep stacks of sigmoids lose them.
# - BatchNormalization stands between a Dense without bias and the activation. It sets mean and variance, not the shape.
# - In training it uses the batch, in prediction moving averages, which need some hundred batches to arrive.
# - It rescues networks that cannot learn and speeds up others; "better on new data" has to be measured each time.

# %% [markdown] lang="ko"
# ## 정리
#
# - 똑같이 시작한 유닛은 끝까지 똑같으므로 가중치는 무작위로 시작합니다.
# - 분포의 모양이 아니라 크기가 중요합니다. 너무 크면 포화되거나 폭발하고, 너무 작으면 데이터의 차이를 잃습니다.
# - Glorot의 크기는 tanh에, He의 크기는 렐루에 어울립니다. `Dense`의 기본값은 `glorot_uniform`입니다.
# - 히스토그램이 넓다고 충분하지 않습니다. 그 가운데 데이터에서 온 것이 얼마인지 보세요. 시그모이드를 깊이 쌓으면 그것을 잃습니다.
# - BatchNormalization은 편향 없는 Dense와 활성화 함수 사이에 놓습니다. 모양이 아니라 평균과 분산을 맞춥니다.
# - 훈련할 때는 배치의 값을, 예측할 때는 이동 평균을 씁니다. 이동 평균이 따라오려면 배치 수백 개가 필요합니다.
# - 배우지 못하는 신경망을 살리고 다른 신경망은 빠르게 합니다. 새 데이터에도 좋은지는 그때그때 재 봐야 합니다.
