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

# %% [markdown] lang="en" rows="S1-71 S1-72"
# A network that overfits often has large weights: it leans on a few details of its training rows. So why not make large
# weights expensive? Four ways are in use: L1, L2, weight decay and MaxNorm. They look alike on slides, and the names are
# mixed up even in textbooks. In this lesson you compute each of them by hand and get the number that Keras gets.
#
# The first lecture derives what weight decay does to one weight in one step of gradient descent:
#
# $$w \leftarrow w(1-\eta\lambda) - \eta\,\frac{\partial\,\text{DataLoss}}{\partial w}$$
#
# Take $w=3$, learning rate $\eta=0.1$, $\lambda=0.01$, and let the data have no opinion (their gradient is 0). The slide
# then says 2.997. Now the code of the same lecture: `kernel_regularizer=regularizers.l2(0.01)`. **What does Keras
# make of the 3?**

# %% [markdown] lang="ko" rows="S1-71 S1-72"
# 과적합된 신경망에는 큰 가중치가 많습니다. 훈련 데이터의 몇몇 특징에만 매달리기 때문입니다. 그렇다면 가중치가 클 때 값을 치르게
# 하면 어떨까요? 널리 쓰는 방법이 네 가지 있습니다. L1, L2, 가중치 감소(weight decay), MaxNorm입니다. 슬라이드에서는 서로 비슷해
# 보이고 이름도 자주 뒤섞입니다. 이 레슨에서는 네 가지를 모두 손으로 계산해서 케라스와 같은 값이 나오는지 확인합니다.
#
# 첫 번째 강의는 경사 하강법의 한 스텝에서 가중치 하나가 이렇게 바뀐다고 유도합니다.
#
# $$w \leftarrow w(1-\eta\lambda) - \eta\,\frac{\partial\,\text{DataLoss}}{\partial w}$$
#
# $w=3$, 학습률 $\eta=0.1$, $\lambda=0.01$이고 데이터에서 오는 기울기가 0이라면, 슬라이드의 식으로는 2.997이 됩니다. 그런데 같은
# 강의의 코드는 `kernel_regularizer=regularizers.l2(0.01)`입니다. **케라스는 3을 얼마로 바꿀까요?**

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

from helpers import data, experiments, labs, plots, training
from helpers.experiments import Runs, Variant
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("14.p1")

# %% [markdown] lang="en" rows="S2-57 S2-58 S2-59 S1-71 S1-73"
# ## Two penalties
#
# A penalty is a number that is added to the loss. Training makes the sum small, so it has to weigh the two against each
# other: a weight may be large only if the data loss gains more by it than the penalty costs. Both penalties of the second
# lecture can only be small if the weights are small.
#
# | | added to the loss | gradient for one weight |
# |---|---|---|
# | L1 | $\lambda\sum\lvert w\rvert$ | $\lambda$ or $-\lambda$, by the sign of $w$ |
# | L2 | $\lambda\sum w^2$ | $2\lambda w$ |
#
# The first lecture skips where the names come from, for lack of time. The *norm* of a vector is its length. The L2 norm
# is the ordinary one, $\sqrt{\sum w^2}$; the L1 norm adds up the sizes, $\sum\lvert w\rvert$, like walking along city
# blocks. The L1 penalty is the L1 norm, the L2 penalty the **square** of the L2 norm. By hand and by Keras:

# %% [markdown] lang="ko" rows="S2-57 S2-58 S2-59 S1-71 S1-73"
# ## 두 가지 벌점
#
# 벌점(penalty)은 손실에 더하는 수입니다. 훈련은 둘의 합을 줄이므로 둘을 저울질하게 됩니다. 가중치가 커져서 치르는 벌점보다
# 데이터 손실이 더 많이 줄어들 때만 큰 가중치가 남습니다. 두 번째 강의의 말대로, 두 식 모두 작아지려면 가중치가 작아야 합니다.
#
# | | 손실에 더하는 값 | 가중치 하나에 대한 기울기 |
# |---|---|---|
# | L1 | $\lambda\sum\lvert w\rvert$ | $w$의 부호에 따라 $\lambda$ 또는 $-\lambda$ |
# | L2 | $\lambda\sum w^2$ | $2\lambda w$ |
#
# 첫 번째 강의는 시간이 없어 이름의 유래를 건너뛰었습니다. 벡터의 *노름*(norm)은 길이입니다. L2 노름은 우리가 아는 길이
# $\sqrt{\sum w^2}$이고, L1 노름은 크기를 모두 더한 $\sum\lvert w\rvert$입니다. 바둑판 길을 따라 걷는 거리와 같습니다. L1 벌점은 L1
# 노름 그대로이고, L2 벌점은 L2 노름의 **제곱**입니다. 손으로 계산한 값과 케라스의 값을 견주어 봅시다.

# %%
weights = np.array([[1.0, -2.0], [0.5, 0.0]], dtype="float32")
by_hand = {"L1": 0.01 * np.abs(weights).sum(), "L2": 0.01 * (weights**2).sum()}
by_keras = {"L1": keras.regularizers.L1(0.01)(weights), "L2": keras.regularizers.L2(0.01)(weights)}
for name in by_hand:
    print(f"{name}: by hand {by_hand[name]:.4f}, by Keras {float(by_keras[name]):.4f}")

# %% [markdown] lang="en"
# What does each do to a weight if the data do not resist? L1 pulls every weight with the same force, however small it has
# become. L2 pulls in proportion to the weight. **Which of them gets a weight to zero?**

# %% [markdown] lang="ko"
# 데이터가 버티지 않는다면 가중치는 어떻게 될까요? L1은 가중치가 아무리 작아져도 같은 힘으로 당깁니다. L2는 가중치에 비례하는
# 힘으로 당깁니다. **가중치를 0까지 보내는 것은 어느 쪽일까요?**

# %%
eta, lam = 0.1, 0.1
l1_path, l2_path = [1.0], [1.0]
for _ in range(150):
    l1_path.append(l1_path[-1] - eta * lam * np.sign(l1_path[-1]))
    l2_path.append(l2_path[-1] - eta * 2 * lam * l2_path[-1])
plt.plot(l1_path, label="L1: minus the same amount")
plt.plot(l2_path, "--", label="L2: times the same factor")
plt.title("One weight, nothing but the penalty")
plt.xlabel("step")
plt.ylabel("weight")
plt.legend()
plt.show()
zero = np.argmax(np.abs(l1_path) < eta * lam)
plots.caption(
    say(
        en=f"L1 has the weight within one step of 0 at step {zero}; "
        f"under L2 it is {l2_path[zero]:.2f} then.",
        ko=f"L1에서는 {zero}번째 스텝에 가중치가 0 바로 곁까지 옵니다. 그때 L2에서는 {l2_path[zero]:.2f}입니다.",
    )
)

# %% [markdown] lang="en" rows="S1-72 S1-74 S1-75"
# ## One step by hand
#
# The slide's picture of the derivation is lost; here are its four equations. They add **half** of $\lambda\sum w^2$:
#
# 1. the loss: $L = \text{DataLoss} + \frac{\lambda}{2}\sum w^2$
# 2. its derivative: $\frac{\partial L}{\partial w} = \frac{\partial\,\text{DataLoss}}{\partial w} + \lambda w$
# 3. the update: $w \leftarrow w - \eta\,\frac{\partial L}{\partial w}$
# 4. put together: $w \leftarrow w(1-\eta\lambda) - \eta\,\frac{\partial\,\text{DataLoss}}{\partial w}$
#
# Before the data have their say, the weight loses a small share $\eta\lambda$ of itself. It decays, hence *weight decay*.

# %% [markdown] lang="ko" rows="S1-72 S1-74 S1-75"
# ## 손으로 계산하는 한 스텝
#
# 유도 과정을 담은 슬라이드의 그림은 남아 있지 않습니다. 네 개의 식을 되살리면 다음과 같습니다. $\lambda\sum w^2$의 **절반**을
# 더한다는 점을 눈여겨보세요.
#
# 1. 손실: $L = \text{DataLoss} + \frac{\lambda}{2}\sum w^2$
# 2. 미분: $\frac{\partial L}{\partial w} = \frac{\partial\,\text{DataLoss}}{\partial w} + \lambda w$
# 3. 갱신: $w \leftarrow w - \eta\,\frac{\partial L}{\partial w}$
# 4. 대입: $w \leftarrow w(1-\eta\lambda) - \eta\,\frac{\partial\,\text{DataLoss}}{\partial w}$
#
# 데이터가 무어라 하기 전에 가중치는 자기 크기의 $\eta\lambda$만큼을 잃습니다. 조금씩 줄어든다고 해서 *가중치 감소*입니다.

# %% [markdown] lang="en" rows="S1-72 S1-75" errata="E-22"
# > **In the lecture** (S1, "Weight Decay의 원리"): *"원래의 업데이트 식에서의 w 가 $w(1-\eta\lambda)$ 가 되기 때문에"*, the w of
# > the update becomes $w(1-\eta\lambda)$; and the second lecture defines L2 as the sum of squares, "weight decay".
# >
# > Keras adds $\lambda\sum w^2$, without the half. So the derivative is $2\lambda w$ and the factor is
# > $1-2\eta\lambda$. If you want exactly the slide, use `SGD(weight_decay=0.01)` or `L2(0.005)`.
# >
# > The next cell trains one weight for one step, on a row of zeros: then the data's gradient is 0.

# %% [markdown] lang="ko" rows="S1-72 S1-75" errata="E-22"
# > **강의에서는** (S1, "Weight Decay의 원리"): "원래의 업데이트 식에서의 w 가 $w(1-\eta\lambda)$ 가 되기 때문에"라고 합니다. 두 번째
# > 강의는 제곱합을 더하는 L2를 "가중치 감소: weight decay"라고 부릅니다.
# >
# > 케라스는 절반을 곱하지 않고 $\lambda\sum w^2$을 그대로 더합니다. 그래서 미분은 $2\lambda w$이고 곱해지는 값은
# > $1-2\eta\lambda$입니다. 슬라이드와 똑같이 하려면 `SGD(weight_decay=0.01)`이나 `L2(0.005)`를 쓰세요.
# >
# > 다음 셀은 0만 있는 행으로 가중치 하나를 한 스텝 훈련합니다. 그러면 데이터에서 오는 기울기가 0입니다.


# %% tags=["lecture"]
def one_weight(optimizer, penalty=None, start=3.0):
    layer = keras.layers.Dense(1, use_bias=False, kernel_regularizer=penalty)
    model = keras.Sequential([keras.Input((1,)), layer])
    model.compile(optimizer, "mse", run_eagerly=True)
    model.set_weights([np.array([[start]])])
    model.train_on_batch(np.zeros((1, 1)), np.zeros((1, 1)))
    return float(layer.kernel[0, 0])


SGD, L2 = keras.optimizers.SGD, keras.regularizers.L2
by_l2 = one_weight(SGD(0.1), L2(0.01))
print(f"L2(0.01):               {by_l2:.3f}")
print(f"SGD(weight_decay=0.01): {one_weight(SGD(0.1, weight_decay=0.01)):.3f}")
print(f"L2(0.005):              {one_weight(SGD(0.1), L2(0.005)):.3f}")

# %%
reveal("14.p1", by_l2)

# %% [markdown] lang="en" rows="S1-72 S1-75 S1-87 S1-88"
# So far for a weight without data. Now a whole weight matrix with a real gradient. Four inputs, three linear units, mean
# squared error: the data's gradient is $\frac{2}{24}X^\top(XW-Y)$ for 8 rows with 3 outputs. Compare the five lines in
# `hand`: that is all the difference there is between the four ways.
#
# - **L1, L2** change the gradient.
# - **Weight decay** leaves the gradient alone and shrinks the weights as a step of its own.
# - **MaxNorm** adds nothing: it lets the step happen, and then shortens what has become too long.

# %% [markdown] lang="ko" rows="S1-72 S1-75 S1-87 S1-88"
# 지금까지는 데이터가 없는 가중치였습니다. 이번에는 가중치 행렬 전체에 진짜 기울기를 줍니다. 입력 네 개, 선형 유닛 세 개, 평균 제곱
# 오차입니다. 8행에 출력이 3개이므로 데이터의 기울기는 $\frac{2}{24}X^\top(XW-Y)$입니다. `hand`의 다섯 줄을 견주어 보세요. 네 가지
# 방법의 차이는 이것이 전부입니다.
#
# - **L1, L2**는 기울기를 바꿉니다.
# - **가중치 감소**는 기울기를 그대로 두고, 따로 가중치를 줄입니다.
# - **MaxNorm**은 아무것도 더하지 않습니다. 한 스텝을 밟은 다음, 너무 길어진 것을 줄입니다.

# %%
generator = np.random.default_rng(0)
X, Y = generator.normal(size=(8, 4)), generator.normal(size=(8, 3))
W = generator.normal(size=(4, 3))
eta, lam, bound = 0.1, 0.05, 1.5
g = 2 / 24 * X.T @ (X @ W - Y)
plain = W - eta * g
norms = np.linalg.norm(plain, axis=0, keepdims=True)
hand = {
    "nothing": plain,
    "L1": W - eta * (g + lam * np.sign(W)),
    "L2": W - eta * (g + 2 * lam * W),
    "weight decay": W * (1 - eta * lam) - eta * g,
    "MaxNorm": plain * np.minimum(norms, bound) / norms,
}


# %%
def one_step(optimizer=None, **treatment):
    layer = keras.layers.Dense(3, use_bias=False, **treatment)
    model = keras.Sequential([keras.Input((4,)), layer])
    model.compile(optimizer or keras.optimizers.SGD(eta), "mse", run_eagerly=True)
    model.set_weights([W])
    model.train_on_batch(X, Y)
    return layer.kernel.numpy()


by_keras = {
    "nothing": one_step(),
    "L1": one_step(kernel_regularizer=keras.regularizers.L1(lam)),
    "L2": one_step(kernel_regularizer=keras.regularizers.L2(lam)),
    "weight decay": one_step(keras.optimizers.SGD(eta, weight_decay=lam)),
    "MaxNorm": one_step(kernel_constraint=keras.constraints.MaxNorm(bound)),
}
for kind, result in by_keras.items():
    print(f"{kind:13} same as by hand:", np.allclose(result, hand[kind], atol=1e-5))

# %% [markdown] lang="en" rows="S1-77 S1-78 S4-65 S4-66"
# ## How to write it
#
# Weight decay is an argument of the optimizer, as you have seen; the others are arguments of a layer. How do the lectures
# write them, and which of these lines still run?

# %% [markdown] lang="ko" rows="S1-77 S1-78 S4-65 S4-66"
# ## 코드로 쓰는 법
#
# 가중치 감소는 앞에서 본 것처럼 옵티마이저의 인자이고, 나머지는 층의 인자입니다. 강의에서는 어떻게 쓰고, 그 코드는 지금도 실행될까요?

# %% [markdown] lang="en" rows="S1-77 S1-78 S4-65 S4-66"
# > **In the lecture** (S1 and S4): `from keras import regularizers` and `regularizers.l2(0.01)`, or
# > `from tensorflow.keras.regularizers import l2`; and once `Dense( 50, kernel_regular='l2', activation='relu')`.
# >
# > The small-letter names still work, they are the same classes. The last line has a typing error: the argument is
# > `kernel_regularizer`. The string `'l2'` is allowed and means $\lambda=0.01$. For both penalties at once there is
# > `L1L2(l1=…, l2=…)`; the string `'l1_l2'` is not known.

# %% [markdown] lang="ko" rows="S1-77 S1-78 S4-65 S4-66"
# > **강의에서는** (S1과 S4): `from keras import regularizers`와 `regularizers.l2(0.01)`,
# > `from tensorflow.keras.regularizers import l2`를 쓰고, 한 번은 `Dense( 50, kernel_regular='l2', activation='relu')`라고 적었습니다.
# >
# > 소문자 이름은 지금도 됩니다. 같은 클래스입니다. 마지막 줄에는 오타가 있습니다. 인자 이름은 `kernel_regularizer`입니다. 문자열
# > `'l2'`도 쓸 수 있고 $\lambda=0.01$을 뜻합니다. 두 벌점을 함께 쓰려면 `L1L2(l1=…, l2=…)`를 씁니다. 문자열 `'l1_l2'`는 없습니다.

# %% tags=["lecture"]
from keras import regularizers

for wrong in ({"kernel_regular": "l2"}, {"kernel_regularizer": "l1_l2"}):
    try:
        keras.layers.Dense(50, activation="relu", **wrong)
    except ValueError:
        print(wrong, "-> ValueError")
print(
    "l2 is L2:",
    regularizers.l2 is regularizers.L2,
    "| l1 is L1:",
    regularizers.l1 is regularizers.L1,
)
by_name = keras.layers.Dense(50, activation="relu", kernel_regularizer="l2")
print(f"'l2' means a factor of {float(by_name.kernel_regularizer.l2):g}")
both = keras.layers.Dense(
    64, kernel_initializer="he_normal", kernel_regularizer=regularizers.L1L2(l1=0.0001, l2=0.001)
)
print("both at once:", type(both.kernel_regularizer).__name__)

# %% [markdown] lang="en" rows="S4-63 S4-64 S1-76"
# ## The cat with the pointed ears
#
# The fourth lecture explains the idea with a network that has to recognise cats. One input says *"뾰족한 귀가 있어요"*, it
# has pointed ears; others say it has a tail, claws, whiskers, looks playful. All cats in the training pictures have
# pointed ears, so *this* input gets *"아주 큰 가중치"*, a very large weight. Then a cat with round ears comes along and is
# not recognised. The remedy: the larger a weight, the larger its penalty.
#
# Let us build the story. 60 animals, cats and others. In training, pointed ears always mean cat. Each of the four other
# hints is right for 85 %. The test is 200 cats with **round** ears. One unit, trained with nothing but NumPy. The line
# with `2 * lam * w` is L2.

# %% [markdown] lang="ko" rows="S4-63 S4-64 S1-76"
# ## 귀가 뾰족한 고양이
#
# 네 번째 강의는 고양이를 알아보는 신경망으로 이 생각을 설명합니다. 입력 하나는 "뾰족한 귀가 있어요"이고, 나머지는 꼬리가 있어요,
# 발톱이 있어요, 수염이 있어요, 장난스럽게 보여요입니다. 훈련 사진의 고양이가 모두 귀가 뾰족하면 이 입력만 "아주 큰 가중치"를 얻습니다.
# 그러다 귀가 둥근 고양이가 나타나면 고양이가 아니라고 판단합니다. 그래서 큰 가중치일수록 큰 벌점을 매깁니다.
#
# 이 이야기를 직접 만들어 봅시다. 동물 60마리가 있고, 훈련 데이터에서는 귀가 뾰족하면 언제나 고양이입니다. 나머지 네 단서는 저마다
# 85%만 맞습니다. 시험에는 귀가 **둥근** 고양이 200마리가 나옵니다. 유닛 하나를 넘파이만으로 훈련합니다. `2 * lam * w`가 있는 줄이
# L2입니다.


# %%
def animals(rows, seed, round_ears=False):
    generator = np.random.default_rng(seed)
    cat = np.ones(rows) if round_ears else generator.integers(0, 2, rows)
    yes = 2 * cat - 1
    hints = np.where(generator.random((rows, 4)) < 0.85, 1, -1) * yes[:, None]
    ears = -np.ones(rows) if round_ears else yes
    return np.column_stack([ears, hints]), cat


def train_by_hand(x, cat, lam, eta=0.1, steps=1000):
    w = np.zeros(5)
    for _ in range(steps):
        predicted = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (predicted - cat) / len(x)
        w = w - eta * (gradient + 2 * lam * w)
    return w


factors = (0, 0.01, 0.3)
learned = np.array([[train_by_hand(*animals(60, s), lam) for s in range(10)] for lam in factors])
print("weights: factors, sets of animals, inputs =", learned.shape)

# %% [markdown] lang="en"
# We did it for ten different sets of 60 animals. What do the weights look like?

# %% [markdown] lang="ko"
# 동물 60마리를 열 번 새로 뽑아 훈련했습니다. 가중치는 어떤 모습일까요?

# %%
inputs = ["pointed ears", "tail", "claws", "whiskers", "playful"]
means = learned.mean(axis=1)
for place, (factor, mean) in enumerate(zip(factors, means, strict=True)):
    label = f"L2, λ = {factor}" if factor else "no penalty"
    plt.bar(
        np.arange(5) + 0.27 * (place - 1), mean, 0.25, hatch=["", "//", ".."][place], label=label
    )
plt.xticks(range(5), inputs)
plt.ylabel("weight")
plt.title("Mean weights of ten sets of animals")
plt.legend()
plt.show()
shares = means[:, 0] / means.sum(axis=1)
plots.caption(
    say(
        en=f"The ears hold {shares[0]:.0%} of all weight without a penalty, "
        f"{shares[1]:.0%} with λ = 0.01 and {shares[2]:.0%} with λ = 0.3.",
        ko=f"전체 가중치에서 귀가 차지하는 몫은 벌점이 없을 때 {shares[0]:.0%}, "
        f"λ = 0.01일 때 {shares[1]:.0%}, λ = 0.3일 때 {shares[2]:.0%}입니다.",
    )
)

# %% [markdown] lang="en"
# The largest weight is cut most, as the lecture says. Does that help the cats with round ears? A `Runs` object can also be
# filled by hand; each "seed" is one set of animals here.

# %% [markdown] lang="ko"
# 강의의 말대로 가장 큰 가중치가 가장 많이 깎였습니다. 그러면 귀가 둥근 고양이도 알아볼까요? `Runs`는 손으로 채울 수도 있습니다.
# 여기서는 동물을 뽑은 한 번 한 번이 시드 하나입니다.

# %%
round_eared = [animals(200, 100 + s, round_ears=True)[0] for s in range(10)]
found = [[np.mean(round_eared[s] @ w[s] > 0) for s in range(10)] for w in learned]
cats = Runs(
    variants=("no penalty", "L2 0.01", "L2 0.3"),
    seeds=tuple(range(10)),
    epochs=np.full((3, 10), 1000),
    history={},
    also={"cats_found": np.array(found)},
)
cats.claim(
    "a strong L2 finds more of the cats with round ears",
    "cats_found",
    of="L2 0.3",
    direction="higher",
    than="no penalty",
    margin=0.1,
)

# %%
cats.claim(
    "λ = 0.01 is too weak for that",
    "cats_found",
    of="L2 0.01",
    direction="lower",
    than=0.8,
)

# %% [markdown] lang="en"
# The analogy holds, with one addition: shrinking alone decides nothing. With $\lambda=0.01$ all weights are smaller,
# in nearly the same proportion, and the same cats are missed. Only a penalty strong enough to even the weights out helps.
#
# There is no strength that is right for all data. You have to look for it.

# %% [markdown] lang="ko"
# 비유는 맞습니다. 다만 하나를 덧붙여야 합니다. 줄어드는 것만으로는 판단이 바뀌지 않습니다. $\lambda=0.01$이면 모든 가중치가 거의 같은
# 비율로 작아져서, 놓치는 고양이도 그대로입니다. 가중치를 고르게 만들 만큼 벌점이 강해야 도움이 됩니다.
#
# 어떤 데이터에나 맞는 세기는 없습니다. 찾아야 합니다.

# %% [markdown] lang="en" rows="S2-58 S1-73"
# ## Under Adam, L2 is not weight decay
#
# With plain SGD, L2 and weight decay differ by a factor 2 and nothing else. Adam is different. It divides every gradient
# by the size that gradient usually has (lesson 13). The gradient of an L2 penalty goes through the same division. **What
# is left of $\lambda$ then?** One step with $\eta=0.1$ from $w=3$, no data gradient:

# %% [markdown] lang="ko" rows="S2-58 S1-73"
# ## Adam에서 L2는 가중치 감소가 아니다
#
# 보통의 SGD에서는 L2와 가중치 감소가 2배 차이일 뿐입니다. Adam은 다릅니다. Adam은 기울기를 그 기울기의 평소 크기로 나눕니다(레슨
# 13). L2 벌점의 기울기도 똑같이 나뉩니다. **그러면 $\lambda$는 어떻게 될까요?** $w=3$에서 $\eta=0.1$로 한 스텝, 데이터의 기울기는
# 0입니다.

# %%
Adam, AdamW = keras.optimizers.Adam, keras.optimizers.AdamW
for factor in (0.01, 0.0001):
    print(f"Adam and L2({factor:g}): {one_weight(Adam(0.1), L2(factor)):.2f}")
print(f"AdamW(weight_decay=0.01): {one_weight(AdamW(0.1, weight_decay=0.01)):.3f}")

# %% [markdown] lang="en"
# A hundredth of the penalty, the same step. `AdamW` (W for weight decay) keeps the decay out of the division: it is
# **decoupled**, and gives the slide's 2.997.
#
# One step might be a special case. Digits show the same over a whole training. In the corners of the pictures some pixels
# are black in *all* training rows. Their weights never get a gradient from the data, so only the penalty moves them. After
# 50 steps of `AdamW` exactly $(1-\eta\lambda)^{50}$ of them should be left. **And after 50 steps of Adam with L2?** We use
# 500 digits of 14 × 14 pixels, as in lesson 06.

# %% [markdown] lang="ko"
# 벌점을 100분의 1로 줄여도 같은 스텝입니다. `AdamW`(W는 weight decay)는 감소를 나눗셈에서 떼어 놓습니다. 이것을 **분리된**(decoupled)
# 가중치 감소라고 하며, 슬라이드의 2.997이 나옵니다.
#
# 한 스텝만의 특별한 경우일지도 모릅니다. 훈련 전체에서도 그런지 숫자 그림으로 확인합시다. 그림의 가장자리에는 훈련 데이터
# *전체에서* 검은 픽셀이 있습니다. 이 픽셀의 가중치는 데이터에서 기울기를 받지 않으므로 벌점만이 움직입니다. `AdamW`라면 50스텝 뒤에
# 정확히 $(1-\eta\lambda)^{50}$만큼 남아야 합니다. **Adam과 L2라면 50스텝 뒤에 얼마나 남을까요?** 레슨 06처럼 14 × 14로 줄인 숫자
# 500장을 씁니다.

# %%
digits = data.load("mnist")


def shrink(pictures):
    return pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)


x, y = shrink(digits.x_train)[:500], digits.y_train[:500]
validation = (shrink(digits.x_val), digits.y_val)
lit = x.max(axis=0) > 0
print("training:", x.shape, "validation:", validation[0].shape)
print("pixels that are black in all 500 pictures:", np.sum(~lit), "of", lit.size)


# %%
def network(optimizer=lambda: keras.optimizers.Adam(0.005), **treatment):
    """Return a builder; treatment: functions that return a regularizer or a constraint."""

    def build():
        hidden, output = ({name: new() for name, new in treatment.items()} for _ in range(2))
        model = keras.Sequential(
            [
                keras.Input((196,)),
                keras.layers.Dense(64, activation="relu", **hidden),
                keras.layers.Dense(10, activation="softmax", **output),
            ]
        )
        data_loss = keras.metrics.SparseCategoricalCrossentropy(name="data_loss")
        model.compile(
            optimizer(), "sparse_categorical_crossentropy", metrics=["accuracy", data_loss]
        )
        return model

    return build


# %%
def left_of_black_pixels(build):
    keras.utils.set_random_seed(0)
    model = build()
    before = model.layers[0].kernel.numpy()[~lit]
    training.fit(model, x, y, epochs=5, batch_size=50, verbose=0)  # 5 epochs of 10 steps
    return np.median(np.abs(model.layers[0].kernel.numpy()[~lit] / before))


decayed = left_of_black_pixels(network(lambda: AdamW(0.005, weight_decay=0.5)))
print(f"AdamW: {decayed:.3f} is left, expected {(1 - 0.005 * 0.5) ** 50:.3f}")
for factor in (0.01, 0.001):
    left = left_of_black_pixels(network(kernel_regularizer=lambda f=factor: L2(f)))
    print(f"Adam and L2({factor}): less than 0.1 is left:", left < 0.1)

# %% [markdown] lang="en"
# `AdamW` does what the formula says, to the third digit. Under Adam the L2 penalty has wiped the unused weights out, with
# either $\lambda$. Where the data do have a say, $\lambda$ still matters under Adam, as the next sections show; but it
# does not mean what the formula says. For weight decay with Adam, write `AdamW`. Its default of 0.004 is very mild.

# %% [markdown] lang="ko"
# `AdamW`는 소수 셋째 자리까지 공식과 같습니다. 그런데 Adam과 L2에서는 $\lambda$가 얼마든 쓰이지 않는 가중치가 거의 사라졌습니다.
# 데이터가 힘을 쓰는 곳에서는 Adam에서도 $\lambda$가 중요합니다(다음 절). 다만 공식이 말하는 뜻 그대로는 아닙니다. Adam으로 가중치
# 감소를 하려면 `AdamW`를 쓰세요. 기본값 0.004는 아주 약합니다.

# %% [markdown] lang="en" rows="S1-84 S1-85 S1-87 S1-88"
# ## MaxNorm: a bound instead of a price
#
# A penalty influences learning; a **constraint** sets the size directly, says the first lecture. After each update, what
# is too large is made smaller. But what is "it"?

# %% [markdown] lang="ko" rows="S1-84 S1-85 S1-87 S1-88"
# ## MaxNorm: 값을 매기는 대신 한계를 둔다
#
# 첫 번째 강의의 말대로, 벌점이 학습에 영향을 준다면 **제한**(constraint)은 크기를 직접 규제합니다. 갱신할 때마다 너무 커진 것을
# 줄입니다. 그런데 무엇이 커진 것일까요?

# %% [markdown] lang="en" rows="S1-84 S1-85 S1-87 S1-88" errata="E-27"
# > **In the lecture** (S1, "Weight Constraint"): *"특정한 기준값을 초과하는 가중치의 값을 그 기준에 미치지 못하는 값으로
# > 함수등을 통해 변경"*, the value of a weight above a bound is changed to a value below it.
# >
# > `MaxNorm(2.)` does not look at single values. It takes each unit's **column** of incoming weights (`axis=0`, the
# > default) and scales the column down if its norm is above 2. Two weights of 1.9 are each below 2, and still get smaller.
# > Rows are not bounded. Biases are not touched, nor are the initial weights: it acts after an update.

# %% [markdown] lang="ko" rows="S1-84 S1-85 S1-87 S1-88" errata="E-27"
# > **강의에서는** (S1, "Weight Constraint"): "특정한 기준값을 초과하는 가중치의 값을 그 기준에 미치지 못하는 값으로 함수등을 통해
# > 변경하는 방법"이라고 합니다.
# >
# > `MaxNorm(2.)`는 값을 하나씩 보지 않습니다. 유닛마다 들어오는 가중치의 **열**을 하나의 벡터로 보고(기본값 `axis=0`), 그 노름이 2를
# > 넘으면 열 전체를 같은 비율로 줄입니다. 1.9짜리 두 개는 저마다 2보다 작지만 그래도 줄어듭니다. 행에는 한계가 없습니다. 편향도,
# > 초기 가중치도 건드리지 않습니다. 갱신한 다음에 작동하기 때문입니다.

# %% tags=["lecture"]
from tensorflow.keras.constraints import MaxNorm

print("the same class:", MaxNorm is keras.constraints.MaxNorm)
column = np.array([[1.9], [1.9]])
print("column of norm", round(float(np.linalg.norm(column)), 2))
shorter = np.asarray(MaxNorm(2.0)(column))
print("becomes", shorter.ravel().round(3), "of norm", round(float(np.linalg.norm(shorter)), 2))
row = np.array([[1.9, 1.9]])
print("a row of the same two stays:", np.allclose(MaxNorm(2.0)(row), row))

# %% [markdown] lang="en" rows="S2-59 S1-76"
# ## Do they help?
#
# So much for the mechanics. Now 500 digits and 64 units, a network that overfits (lesson 06). Six variants, ten seeds each:
# nothing, L1, L2 mild, L2 with the lecture's 0.01, weight decay, MaxNorm. The builder above records `data_loss`, the loss
# **without** the penalty; why that matters comes later. **Which weights will be smallest?**

# %% [markdown] lang="ko" rows="S2-59 S1-76"
# ## 정말 도움이 될까
#
# 원리는 여기까지입니다. 이제 숫자 500장에 유닛 64개, 레슨 06에서 과적합되었던 신경망에 적용합니다. 여섯 가지를 시드 열 개씩
# 훈련합니다. 규제 없음, L1, 약한 L2, 강의의 0.01을 쓴 L2, 가중치 감소, MaxNorm입니다. 위에서 만든 모델은 벌점을 **뺀** 손실을
# `data_loss`라는 이름으로 따로 기록합니다. 왜 그래야 하는지는 뒤에서 봅니다. **가중치가 가장 작아지는 것은 어느 쪽일까요?**


# %%
def size(model):
    return float(np.linalg.norm(model.layers[0].kernel.numpy()))


def near_zero(model):  # among the weights of pixels that are ever lit
    return float(np.mean(np.abs(model.layers[0].kernel.numpy()[lit]) < 0.001))


def longest_unit(model):
    return float(np.linalg.norm(model.layers[0].kernel.numpy(), axis=0).max())


# %%
L1 = keras.regularizers.L1
penalised = experiments.compare(
    {
        "nothing": network(),
        "L1 0.0003": network(kernel_regularizer=lambda: L1(0.0003)),
        "L2 0.001": network(kernel_regularizer=lambda: L2(0.001)),
        "L2 0.01": network(kernel_regularizer=lambda: L2(0.01)),
        "decay 0.5": network(lambda: AdamW(0.005, weight_decay=0.5)),
        "MaxNorm 2": network(kernel_constraint=lambda: MaxNorm(2.0)),
    },
    (x, y, *validation),
    epochs=40,
    batch_size=50,
    validation_batch_size=1000,
    also={"size": size, "near_zero": near_zero, "longest_unit": longest_unit},
)

# %% tags=["nbval-ignore-output"]
measures = ["size", "near_zero", "longest_unit", "last_val_data_loss", "last_val_accuracy"]
medians = penalised.table(measures).xs("median", axis=1, level=1)
print(medians.round(3).to_string())

# %% tags=["nbval-ignore-output"]
shown = ["nothing", "L2 0.001", "L2 0.01", "decay 0.5", "MaxNorm 2"]
title = "Validation loss without the penalty, 500 digits"
penalised.plot("val_data_loss", variants=shown, title=title, first=8)

# %% [markdown] lang="en"
# First the weights. Is what was derived on one weight true of a whole network?

# %% [markdown] lang="ko"
# 먼저 가중치입니다. 가중치 하나로 유도한 것이 신경망 전체에서도 맞을까요?

# %%
penalised.claim(
    "L2 makes the weights smaller",
    "size",
    of="L2 0.001",
    direction="lower",
    than="nothing",
    margin=5,
)

# %%
penalised.claim(
    "so does weight decay",
    "size",
    of="decay 0.5",
    direction="lower",
    than="nothing",
    margin=2,
)

# %%
penalised.claim(
    "L1 sends more weights next to zero than L2",
    "near_zero",
    of="L1 0.0003",
    direction="higher",
    than="L2 0.001",
    margin=0.1,
)

# %%
penalised.claim(
    "MaxNorm(2) keeps every unit at norm 2 or below, for all seeds",
    "longest_unit",
    of="MaxNorm 2",
    direction="lower",
    than=2.001,
    agree=10,
)

# %% [markdown] lang="en" rows="S1-76"
# > **Near zero, not zero.** With L1 a weight jumps to and fro around 0 by the last bit of a step; Keras does not set it to
# > 0. (And pixels that are never lit are left out of this count: under L2 with Adam they vanish for another reason, as
# > you saw.)
#
# Now the question that matters. *"과적합이 발생하는 것도 막을 수 있게 된다"*, overfitting too can be prevented, says the
# first lecture. Is the gap smaller, and is the validation loss lower?

# %% [markdown] lang="ko" rows="S1-76"
# > **0이 아니라 0 가까이입니다.** L1에서 가중치는 마지막에 0을 사이에 두고 한 스텝의 작은 폭으로 오갑니다. 케라스가 0으로 만들어
# > 주지는 않습니다. (한 번도 켜지지 않는 픽셀은 세지 않았습니다. 앞에서 보았듯이 Adam과 L2에서는 다른 까닭으로 사라지기 때문입니다.)
#
# 이제 중요한 질문입니다. 첫 번째 강의는 "과적합이 발생하는 것도 막을 수 있게 된다"고 합니다. 훈련과 검증의 차이가 줄고, 검증 손실이
# 낮아질까요?


# %%
def data_gap(run):
    return run["val_data_loss"][-1] - run["data_loss"][-1]


penalised.claim(
    "L2 makes the gap between training and validation smaller",
    data_gap,
    of="L2 0.001",
    direction="lower",
    than="nothing",
    margin=0.04,
)

# %%
penalised.claim(
    "a mild L2 ends with a lower validation loss",
    "last_val_data_loss",
    of="L2 0.001",
    direction="lower",
    than="nothing",
    margin=0.01,
)

# %%
penalised.claim(
    "so does weight decay",
    "last_val_data_loss",
    of="decay 0.5",
    direction="lower",
    than="nothing",
    margin=0.03,
)

# %%
penalised.claim(
    "so does MaxNorm",
    "last_val_data_loss",
    of="MaxNorm 2",
    direction="lower",
    than="nothing",
    margin=0.03,
)

# %%
penalised.claim(
    "the lecture's L2(0.01) is too strong here: the validation loss is higher",
    "last_val_data_loss",
    of="L2 0.01",
    direction="higher",
    than="nothing",
    margin=0.03,
)

# %%
penalised.claim(
    "and yet its gap is far smaller than that of MaxNorm",
    data_gap,
    of="L2 0.01",
    direction="lower",
    than="MaxNorm 2",
    margin=0.05,
)

# %% [markdown] lang="en"
# Two things to keep in mind. The gap is not the goal: `L2 0.01` has a small gap and the worst validation loss.
# And look at the accuracies in the table: the helpful ones differ by less than a percentage point. What a penalty improves
# here is above all *how sure* the network is when it is wrong.

# %% [markdown] lang="ko"
# 두 가지를 기억하세요. 차이를 줄이는 것이 목표는 아닙니다. `L2 0.01`은 차이가 작지만 검증 손실은 가장 나쁩니다. 그리고 표에서
# 정확도를 보세요. 도움이 된 것들도 차이가 1%포인트가 안 됩니다. 여기서 벌점이 나아지게 하는 것은 무엇보다 틀렸을 때 *지나치게
# 확신하는* 버릇입니다.

# %% [markdown] lang="en"
# ## Lab
#
# 500 digits, 32 units, three seeds. Choose a kind and its strength; three networks are trained while you wait. On the left
# the loss without the penalty, in the middle all weights of the first layer, on the right each unit's norm. Try to find
# out:
#
# 1. From which $\lambda$ on is L2 too strong? And weight decay? Why are the two scales so different? (What does each
#    multiply per step?)
# 2. At equal validation loss, how do the histograms of L1 and L2 differ?
# 3. At which bound does MaxNorm begin to do anything? Look at the norms under `none` first.

# %% [markdown] lang="ko"
# ## 실습
#
# 숫자 500장, 유닛 32개, 시드 세 개입니다. 종류와 세기를 고르면 기다리는 동안 신경망 세 개를 훈련합니다. 왼쪽은 벌점을 뺀 손실,
# 가운데는 첫 번째 층의 가중치 전체, 오른쪽은 유닛마다의 노름입니다. 다음을 알아보세요.
#
# 1. L2는 $\lambda$가 얼마부터 너무 강한가요? 가중치 감소는요? 두 눈금이 왜 이렇게 다를까요? (한 스텝에 곱해지는 값을 생각해 보세요.)
# 2. 검증 손실이 비슷할 때, L1과 L2의 히스토그램은 어떻게 다른가요?
# 3. MaxNorm은 한계가 얼마일 때부터 효과가 있나요? 먼저 `none`의 노름을 보세요.

# %% tags=["nbval-ignore-output"]
dataset = (x, y, *validation)
labs.penalties(dataset)

# %% [markdown] lang="en" rows="S1-80"
# ## The penalty is in every loss that Keras prints
#
# Our builder records `data_loss` beside the loss. What is the difference between the two, and where does it appear?

# %% [markdown] lang="ko" rows="S1-80"
# ## 케라스가 찍는 손실에는 언제나 벌점이 들어 있다
#
# 앞의 모델은 손실 옆에 `data_loss`를 따로 기록했습니다. 둘은 무엇이 다르고, 그 차이는 어디에 나타날까요?

# %% [markdown] lang="en" rows="S1-80" errata="E-25"
# > **In the lecture** (S1, a comment in the code): *"이 규제(패널티)는 훈련할 때만 추가됨"*, this penalty is added in
# > training only.
# >
# > It *acts* in training only. But Keras adds it to the loss it reports everywhere: in `val_loss` and in `evaluate` too.
# > (The comment has two slips besides: it explains `l2(0.001)` where the code says 0.01, and *"제공하고"* means 제곱하고,
# > squared.)

# %% [markdown] lang="ko" rows="S1-80" errata="E-25"
# > **강의에서는** (S1, 코드의 주석): "이 규제(패널티)는 훈련할 때만 추가됨"이라고 합니다.
# >
# > 벌점이 *작용하는* 것은 훈련할 때뿐입니다. 그러나 케라스가 알려 주는 손실에는 어디에나 더해집니다. `val_loss`에도, `evaluate`의
# > 결과에도 들어 있습니다. (주석에는 실수가 두 가지 더 있습니다. 코드는 0.01인데 `l2(0.001)`을 설명하고, "제공하고"는 제곱하고를
# > 잘못 쓴 것입니다.)

# %% tags=["lecture"]
keras.utils.set_random_seed(0)
model = network(kernel_regularizer=lambda: L2(0.01))()
model.fit(x, y, batch_size=50, epochs=2, validation_data=validation, verbose=0)
found = model.evaluate(*validation, verbose=0, return_dict=True)
penalty = float(sum(model.losses))  # one number for each layer with a penalty
print("numbers in model.losses:", len(model.losses))
same = np.isclose(found["loss"] - found["data_loss"], penalty, atol=1e-3)
print("evaluate: loss - data_loss is the penalty:", same)
last = model.history.history
same = np.isclose(last["val_loss"][-1] - last["val_data_loss"][-1], penalty, atol=1e-3)
print("fit: val_loss - val_data_loss is the penalty:", same)

# %% [markdown] lang="en"
# So losses of models with different $\lambda$ cannot be compared: each contains another penalty. In the runs above, L2 had
# the *lower* validation loss without the penalty. **What does `val_loss` say of the same runs?**

# %% [markdown] lang="ko"
# 그러니 $\lambda$가 다른 모델의 손실은 비교할 수 없습니다. 들어 있는 벌점이 서로 다르기 때문입니다. 앞의 기록에서 L2는 벌점을 빼면
# 검증 손실이 *더 낮았습니다*. **같은 기록의 `val_loss`는 무어라고 할까요?**

# %%
penalised.claim(
    "by val_loss the same L2 looks worse than nothing",
    "last_val_loss",
    of="L2 0.001",
    direction="higher",
    than="nothing",
    margin=0.03,
)

# %% [markdown] lang="en"
# To compare, record the loss once more as a metric, as our builder does: metrics never contain penalties. (For
# `EarlyStopping` on one and the same model, `val_loss` is fine as a rule; `monitor="val_data_loss"` is cleaner.)

# %% [markdown] lang="ko"
# 비교하려면 위의 모델처럼 손실을 지표로 한 번 더 기록하세요. 지표에는 벌점이 들어가지 않습니다. (한 모델 안에서 `EarlyStopping`을 쓸
# 때는 `val_loss`도 대체로 괜찮습니다. `monitor="val_data_loss"`가 더 분명합니다.)

# %% [markdown] lang="en" rows="S1-79"
# ## activity_regularizer is something else
#
# A layer takes a second argument with a similar name. The lecture uses both.

# %% [markdown] lang="ko" rows="S1-79"
# ## activity_regularizer는 다른 것이다
#
# 층에는 이름이 비슷한 인자가 하나 더 있습니다. 강의에서는 둘을 함께 씁니다.

# %% [markdown] lang="en" rows="S1-79" errata="E-23"
# > **In the lecture** (S1): `kernel_regularizer=regularizers.l2(0.01), activity_regularizer=regularizers.l1(0.01)` with the
# > comment *"# L2, L1 regularization"*.
# >
# > The second one is not L1 on the weights. `activity_regularizer` penalises what the layer **puts out**. L1 and L2 on the
# > weights together is `kernel_regularizer=regularizers.L1L2(l1=0.01, l2=0.01)`.
# >
# > Easy to see: if the input is zero, so are the outputs, whatever the weights. **Which penalty is 0 then?**

# %% [markdown] lang="ko" rows="S1-79" errata="E-23"
# > **강의에서는** (S1): `kernel_regularizer=regularizers.l2(0.01), activity_regularizer=regularizers.l1(0.01)`이라고 쓰고
# > "# L2, L1 regularization"이라는 주석을 달았습니다.
# >
# > 뒤의 것은 가중치에 거는 L1이 아닙니다. `activity_regularizer`는 층의 **출력**에 벌점을 매깁니다. 가중치에 L1과 L2를 함께 걸려면
# > `kernel_regularizer=regularizers.L1L2(l1=0.01, l2=0.01)`을 씁니다.
# >
# > 쉽게 확인할 수 있습니다. 입력이 0이면 가중치가 얼마든 출력도 0입니다. **그때 0이 되는 벌점은 어느 쪽일까요?**

# %% tags=["lecture"]
rows_in = np.random.default_rng(0).normal(size=(4, 6)).astype("float32")
for where in ("kernel_regularizer", "activity_regularizer"):
    layer = keras.layers.Dense(3, use_bias=False, **{where: regularizers.L1(0.01)})
    layer(np.zeros((4, 6), dtype="float32"))
    print(f"{where:20} penalty for outputs of 0 is 0:", float(sum(layer.losses)) == 0)
outputs = np.abs(layer(rows_in)).sum()
penalty = float(sum(layer.losses))
in_words = {"sum": 0.01 * outputs, "mean over the 4 rows": 0.01 * outputs / 4}
print(
    "0.01 times the outputs' sum or mean:", any(np.isclose(penalty, v) for v in in_words.values())
)

# %% [markdown] lang="en" rows="S1-79"
# Sum **or** mean: it depends on your Keras. Keras 3.13 adds up the outputs of all rows in the batch; 3.15 divides by the
# number of rows, as Keras did at the time of the lecture. With batches of 100 the same line is a hundred times as strong
# in 3.13. Which do you have?

# %% [markdown] lang="ko" rows="S1-79"
# 합이거나 평균입니다. 여러분의 케라스 버전에 따라 다릅니다. 케라스 3.13은 배치에 있는 모든 행의 출력을 더하고, 3.15는 강의가 나온
# 무렵의 케라스처럼 행의 수로 나눕니다. 배치가 100개면 같은 코드가 3.13에서 100배 강합니다. 지금 쓰는 버전은 어느 쪽인가요?

# %% tags=["nbval-ignore-output"]
divides = bool(np.isclose(penalty, in_words["mean over the 4 rows"]))
print(f"Keras {keras.__version__} takes the", "mean" if divides else "sum", "over the batch")


# %% [markdown] lang="en"
# Code that must mean the same everywhere has to say which of the two it wants. This little function does.

# %% [markdown] lang="ko"
# 어디서나 같은 뜻이어야 하는 코드라면 둘 중 어느 쪽인지 밝혀야 합니다. 다음 함수가 그 일을 합니다.


# %%
def activity_l1(factor, over, batch_size):
    """Return L1 on outputs that is the mean or the sum over the batch in every version of Keras."""
    if over == "mean":
        return regularizers.L1(factor if divides else factor / batch_size)
    return regularizers.L1(factor * batch_size if divides else factor)


layer = keras.layers.Dense(3, use_bias=False, activity_regularizer=activity_l1(0.01, "mean", 4))
expected = 0.01 * np.abs(layer(rows_in)).sum() / 4
print("the mean, here too:", np.isclose(float(sum(layer.losses)), expected))

# %% [markdown] lang="en" rows="S1-81 S1-82 S1-83"
# ## An accuracy that stands still
#
# The first lecture shows the log of a network with both penalties on every layer, trained for 100 epochs without validation
# data. Three epochs are printed:
#
# | epoch | loss | accuracy |
# |---|---|---|
# | 73 | 0.7152 | 0.5491 |
# | 74 | 0.7133 | 0.5491 |
# | 75 | 0.7115 | 0.5491 |
#
# At the end comes `model.evaluate(x, y)`, on the rows it was trained on. The slide goes on without a comment. What would
# you say of this network?

# %% [markdown] lang="ko" rows="S1-81 S1-82 S1-83"
# ## 꼼짝하지 않는 정확도
#
# 첫 번째 강의는 모든 층에 두 벌점을 걸고 검증 데이터 없이 100에포크 훈련한 로그를 보여 줍니다. 세 에포크가 찍혀 있습니다.
#
# | 에포크 | loss | accuracy |
# |---|---|---|
# | 73 | 0.7152 | 0.5491 |
# | 74 | 0.7133 | 0.5491 |
# | 75 | 0.7115 | 0.5491 |
#
# 마지막에는 훈련한 바로 그 데이터로 `model.evaluate(x, y)`를 부릅니다. 슬라이드는 설명 없이 넘어갑니다. 여러분은 이 신경망을 어떻게
# 보시나요?

# %%
predict("14.p2")

# %% [markdown] lang="en" rows="S1-83" errata="E-24"
# > **In the lecture** (S1, "Weight Decay"): accuracy .5491 as the log of a training with weight decay.
# >
# > Put the **base rate** beside it. The table holds 18,185 grains of rice, 9,985 of them of the more frequent kind. Who
# > always names that kind is right this often, and who always gives its share as probability has the loss below.

# %% [markdown] lang="ko" rows="S1-83" errata="E-24"
# > **강의에서는** (S1, "Weight Decay"): 가중치 감소를 쓴 훈련의 로그로 정확도 .5491을 보여 줍니다.
# >
# > 그 옆에 **기준 비율**(base rate)을 놓아 보세요. 표에는 쌀알이 18,185개 있고 그중 9,985개가 더 많은 품종입니다. 언제나 그 품종이라고만
# > 답하면 이만큼 맞힙니다. 언제나 그 비율을 확률로 답하면 손실은 아래와 같습니다.

# %% tags=["lecture"]
share = 9985 / 18185
entropy = -(share * np.log(share) + (1 - share) * np.log(1 - share))
print(f"always the same answer: accuracy {share:.4f}")
print(f"always the same probability: loss {entropy:.4f}")
print(f"what is left of the printed loss: {0.7115 - entropy:.4f}")

# %% [markdown] lang="en"
# All three numbers fit a network that gives **one and the same answer** to every grain. What still falls is the penalty of
# its weights.
#
# The rice table is not shipped with this course, so we rebuild the effect with grains that we **make up**: 2,000 ellipses
# of two shapes with the ten columns of the rice table in their natural units. Nothing below says anything about real rice.

# %% [markdown] lang="ko"
# 세 숫자 모두, 어떤 쌀알에나 **똑같은 답**을 내는 신경망이라고 말합니다. 아직 줄어드는 것은 가중치의 벌점뿐입니다.
#
# 쌀 데이터는 이 강의에 들어 있지 않으므로, 쌀알을 **지어내서** 같은 현상을 일으켜 봅시다. 모양이 두 가지인 타원 2,000개를 만들고
# 쌀 데이터의 열 개 열을 원래 단위 그대로 계산합니다. 아래 결과는 진짜 쌀에 대해서는 아무것도 말해 주지 않습니다.


# %%
def made_up_grains(rows=2000, seed=0):
    generator = np.random.default_rng(seed)
    kind = (np.arange(rows) < round(share * rows)).astype(int)
    generator.shuffle(kind)
    long = np.where(kind == 1, 160, 146) + generator.normal(0, 9, rows)
    short = np.where(kind == 1, 52, 66) + generator.normal(0, 4, rows)
    area = np.pi / 4 * long * short * generator.normal(0.98, 0.01, rows)
    around = np.pi / 2 * (long + short) * generator.normal(1.1, 0.01, rows)
    columns = [
        *(area, long, short, np.sqrt(1 - (short / long) ** 2)),
        *(area * generator.normal(1.02, 0.005, rows), np.sqrt(4 * area / np.pi)),
        *(generator.uniform(0.45, 0.85, rows), around),
        *(4 * np.pi * area / around**2, long / short),
    ]
    return np.column_stack(columns).astype("float32"), kind


# %%
grains, kinds = made_up_grains()
first = grains[:1600]
scaled = (grains - first.mean(axis=0)) / first.std(axis=0)
print("grains:", grains.shape)
print("mean of the first column, in thousands:", round(first[:, 0].mean() / 1000))
print("base rate of the 1,600 training grains:", round(kinds[:1600].mean(), 3))


# %% [markdown] lang="en" rows="S1-81"
# The lecture's network, with `Input` in place of `input_dim`: 10-30-12-8-1, L2 and activity L1 on every layer, also on the
# output. (A penalty on the output of a sigmoid makes large probabilities expensive: it pushes every prediction towards 0.)

# %% [markdown] lang="ko" rows="S1-81"
# 강의의 신경망입니다. `input_dim` 대신 `Input`을 씁니다. 10-30-12-8-1이고, 출력층까지 모든 층에 L2와 출력에 대한 L1이 걸려 있습니다.
# (시그모이드 출력에 벌점을 걸면 확률이 클수록 손해입니다. 모든 예측을 0 쪽으로 밀게 됩니다.)


# %%
def lecture_network(over):
    def build():
        model = keras.Sequential([keras.Input((10,))])
        for units, activation in ((30, "relu"), (12, "relu"), (8, "relu"), (1, "sigmoid")):
            model.add(
                keras.layers.Dense(
                    units,
                    activation=activation,
                    kernel_regularizer=regularizers.l2(0.01),
                    activity_regularizer=activity_l1(0.01, over, 100),
                )
            )
        model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
        return model

    return build


# %% [markdown] lang="en"
# Two ways to come to such a log, ten seeds each. First the columns as they are, with the mean over the batch (the
# lecture's Keras, and 3.15). Then the columns scaled as in lesson 02, but with the sum (Keras 3.13). **Which of the two
# will learn?**

# %% [markdown] lang="ko"
# 이런 로그가 나오는 길은 두 가지입니다. 시드 열 개씩 훈련합니다. 하나는 열을 그대로 쓰고 배치의 평균(강의 때의 케라스와 3.15)을
# 씁니다. 다른 하나는 열을 레슨 02처럼 스케일링하고 합(케라스 3.13)을 씁니다. **둘 중 배우는 것은 어느 쪽일까요?**


# %%
def parts(inputs):
    return inputs[:1600], kinds[:1600], inputs[1600:], kinds[1600:]


fitting = {"epochs": 25, "batch_size": 100}
rice = experiments.compare(
    {
        "as they are, mean": Variant(lecture_network("mean"), dataset=parts(grains)),
        "scaled, sum": Variant(lecture_network("sum"), dataset=parts(scaled)),
    },
    None,
    **fitting,
)

# %% tags=["nbval-ignore-output"]
reached = rice.measure("last_accuracy")
for place, values in enumerate(reached):
    plt.plot(values, np.full(10, place) + np.linspace(-0.15, 0.15, 10), "o", alpha=0.7)
base = kinds[:1600].mean()
plt.axvline(base, linestyle="--", color="black", label="base rate")
plt.yticks((0, 1), rice.variants)
plt.ylim(-0.5, 1.5)
plt.xlabel("training accuracy after 25 epochs, one dot for each seed")
plt.title("The lecture's network on made-up grains")
plt.legend()
plt.show()
stuck = np.sum(reached < base + 0.01, axis=1)
plots.caption(
    say(
        en=f"No better than the base rate: {stuck[0]} of 10 seeds on the columns as they are, "
        f"{stuck[1]} of 10 scaled with the sum.",
        ko=f"기준 비율을 넘지 못한 시드: 열을 그대로 쓰면 10개 중 {stuck[0]}개, "
        f"스케일링하고 합을 쓰면 10개 중 {stuck[1]}개입니다.",
    )
)

# %%
rice.claim(
    "with the sum over the batch no network does better than one and the same answer",
    "last_accuracy",
    of="scaled, sum",
    direction="lower",
    than=0.56,
    agree=10,
)

# %%
rice.claim(
    "on the columns as they are the accuracy stays below 0.96 (scaled, below, it does not)",
    "last_accuracy",
    of="as they are, mean",
    direction="lower",
    than=0.96,
)

# %% [markdown] lang="en"
# The diagnosis in three questions, cheap enough to ask after every training:
#
# 1. **Is the accuracy the base rate** (or one minus it)? Always print the base rate beside it.
# 2. **Do the predictions differ at all?** `np.ptp` (highest minus lowest) of `model.predict`.
# 3. **Does any hidden unit still answer?** With relu a unit that puts out 0 for every row gets no gradient and never comes
#    back.
#
# Two patients: the network with the sum, and one that is still missing, with scaled columns *and* the mean.

# %% [markdown] lang="ko"
# 훈련이 끝날 때마다 세 가지만 물으면 진단이 됩니다.
#
# 1. **정확도가 기준 비율(또는 1에서 뺀 값)과 같은가?** 기준 비율을 언제나 함께 출력하세요.
# 2. **예측이 서로 다르기는 한가?** `model.predict` 결과의 `np.ptp`(가장 큰 값에서 가장 작은 값을 뺀 것)를 봅니다.
# 3. **아직 반응하는 은닉 유닛이 있는가?** relu 유닛이 모든 행에 0을 내면 기울기를 받지 못해 되살아나지 않습니다.
#
# 두 신경망을 진단합니다. 합을 쓴 신경망, 그리고 아직 해 보지 않은 것으로 스케일링도 하고 평균도 쓴 신경망입니다.


# %%
def diagnose(over):
    keras.utils.set_random_seed(0)
    model = lecture_network(over)()
    training.fit(model, scaled[:1600], kinds[:1600], verbose=0, **fitting)
    signal = scaled[:1600]
    for layer in model.layers:
        hidden, signal = signal, layer(signal).numpy()
    predicted = signal[:, 0]
    right = np.mean((predicted > 0.5) == kinds[:1600])
    same_class = np.isclose([base, 1 - base], right, atol=1e-3).any()
    print(f"scaled, {over}: accuracy above 0.96: {bool(right > 0.96)}")
    print("  1. accuracy is the base rate, or one minus it:", bool(same_class))
    print("  2. predictions differ by less than 0.01:", bool(np.ptp(predicted) < 0.01))
    print("  3. all units of the last hidden layer are silent:", not (hidden > 0.001).any())
    return np.ptp(predicted)


spread = {over: diagnose(over) for over in ("sum", "mean")}
# %% tags=["nbval-ignore-output"]
reveal("14.p2", spread["sum"])

# %% [markdown] lang="en"
# The cause is not weight decay: the L2 penalty is the same in all three, and with scaled columns and the mean the network
# learns. The cause is a penalty on outputs that are thousands large, or one that is a hundred times as strong as meant.
# The cheapest way to keep every output small is to switch the units off. With the sum, the penalty on the sigmoid goes
# further still: it answers "kind 0" to every grain, so the dots lie even *below* the base rate.
#
# ## The other models of the lectures
#
# The first lecture's last model puts three things on each hidden layer: L2, activity L1, MaxNorm. It has no result on the
# slide. With what you know now, what would you leave out? L2 on the weights and MaxNorm bound the same thing twice, and
# the activity penalty should go.

# %% [markdown] lang="ko"
# 가중치 감소 탓이 아닙니다. L2 벌점은 셋 다 똑같은데, 스케일링하고 평균을 쓰면 잘 배웁니다. 수천이나 되는 출력에 벌점을 걸었거나,
# 뜻한 것보다 100배 강한 벌점을 걸었기 때문입니다. 출력을 모두 작게 만드는 가장 값싼 길은 유닛을 꺼 버리는 것입니다. 합을 쓰면
# 시그모이드에 건 벌점까지 더해져 어떤 쌀알에나 "품종 0"이라고 답합니다. 그래서 점이 기준 비율보다도 *아래에* 있습니다.
#
# ## 강의의 다른 모델들
#
# 첫 번째 강의의 마지막 모델은 은닉층마다 L2, 출력에 대한 L1, MaxNorm 세 가지를 겁니다. 슬라이드에 결과는 없습니다. 이제 무엇을 빼야
# 할지 알 수 있습니다. L2와 MaxNorm은 같은 것을 두 번 묶고, 출력에 대한 벌점은 필요 없습니다.

# %% [markdown] lang="en" rows="S1-84 S1-85 S1-86"
# > **In the lecture** (S1, "Weight Constraint"): the model below, on the slide twice. It runs as written once `input_dim`
# > has become an `Input`. Which of its layers are bounded, and are the biases?

# %% [markdown] lang="ko" rows="S1-84 S1-85 S1-86"
# > **강의에서는** (S1, "Weight Constraint"): 아래 모델이 두 번 나옵니다. `input_dim`만 `Input`으로 바꾸면 그대로 실행됩니다. 한계가
# > 걸린 층은 어느 것이고, 편향에도 걸려 있을까요?

# %% tags=["lecture"]
model = keras.Sequential([keras.Input((10,))])
for units in (30, 12, 8):
    model.add(
        keras.layers.Dense(
            units,
            activation="relu",
            kernel_regularizer=regularizers.l2(0.01),
            activity_regularizer=regularizers.l1(0.01),
            kernel_constraint=MaxNorm(2.0),
        )
    )
model.add(keras.layers.Dense(1, activation="sigmoid"))
for layer in model.layers:
    kernel, bias = layer.kernel_constraint is not None, layer.bias_constraint is not None
    print(f"{layer.units:2} units: kernel bounded {kernel}, bias bounded {bias}")

# %% [markdown] lang="en" rows="S4-66 S4-67"
# > **In the lecture** (S4, "가중치 감소" 실습 1): a full program with `kernel_regularizer=l2(0.01)` on three layers, each
# > followed by `BatchNormalization`, one also by `Dropout(0.2)`.
# >
# > It runs. But batch normalisation (lesson 12) divides a layer's output by its own spread. Make the weights ten times
# > smaller: **what happens to what comes out behind it?**

# %% [markdown] lang="ko" rows="S4-66 S4-67"
# > **강의에서는** (S4, "가중치 감소" 실습 1): `kernel_regularizer=l2(0.01)`을 세 층에 걸고, 층마다 `BatchNormalization`을, 한 곳에는
# > `Dropout(0.2)`도 붙인 전체 코드가 나옵니다.
# >
# > 실행은 됩니다. 그런데 배치 정규화(레슨 12)는 층의 출력을 그 퍼진 정도로 나눕니다. 가중치를 10분의 1로 줄이면 **그 뒤로 나오는 값은
# > 어떻게 될까요?**

# %% tags=["lecture"]
layers = keras.layers
model = keras.Sequential([keras.Input((196,))])
for units, rate in ((64, 0.2), (32, 0.0), (64, 0.0)):
    model.add(layers.Dense(units, kernel_initializer="he_normal", kernel_regularizer=L2(0.01)))
    model.add(layers.BatchNormalization(epsilon=1e-6))  # next to nothing added to the variance
    if rate:
        model.add(layers.Dropout(rate))
    model.add(layers.Dense(units, activation="relu"))
model.add(layers.Dense(10, activation="softmax"))
dense = [layer for layer in model.layers if isinstance(layer, layers.Dense)]
print("Dense layers:", len(dense), "with a penalty:", len(model.losses))

layer, normalise = model.layers[0], model.layers[1]
before = normalise(layer(x), training=True).numpy()
layer.kernel.assign(layer.kernel / 10)
after = normalise(layer(x), training=True).numpy()
print("the same behind batch normalisation:", np.allclose(before, after, atol=0.01))

# %% [markdown] lang="en"
# Nothing: the normalisation undoes the shrinking. Behind it the penalty does not limit what the network can say; it only
# changes how large a step is relative to the weights. So put penalties on layers that are not followed by batch
# normalisation, here the ones the program left out. Its last sentence, that there is no overfitting because the test
# accuracy is above the training accuracy, was judged in lesson 06: with dropout the logged training accuracy proves
# nothing.

# %% [markdown] lang="ko"
# 그대로입니다. 줄여 놓은 것을 정규화가 되돌립니다. 배치 정규화가 뒤따르면 벌점은 신경망이 표현할 수 있는 것을 제한하지 못하고,
# 가중치에 견준 스텝의 크기만 바꿉니다. 그러니 벌점은 배치 정규화가 뒤따르지 않는 층에 거세요. 이 프로그램에서는 오히려 빠져 있는
# 층들입니다. 테스트 정확도가 훈련 정확도보다 높으니 과적합이 없다는 마지막 문장은 레슨 06에서 따져 보았습니다. 드롭아웃이 있으면 로그의
# 훈련 정확도로는 아무것도 말할 수 없습니다.

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `l2_step(w, gradient, eta, lam)`: the weights after one step of plain SGD with Keras's `L2(lam)`.
# Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 케라스의 `L2(lam)`을 걸고 보통의 SGD로 한 스텝 훈련한 뒤의 가중치를 돌려주는 `l2_step(w, gradient, eta, lam)`을
# 작성하세요. `...` 자리를 채우세요.


# %% tags=["exercise"]
def l2_step(w, gradient, eta, lam):
    return ...


check("14.e1", l2_step)

# %% [markdown] lang="en"
# **Exercise 2.** Write `max_norm(weights, bound)`: the matrix after MaxNorm. A column with a norm above the bound is scaled
# down to it; other columns stay as they are. Do not change the array you are given.

# %% [markdown] lang="ko"
# **연습 2.** MaxNorm을 적용한 행렬을 돌려주는 `max_norm(weights, bound)`를 작성하세요. 노름이 한계를 넘는 열만 한계에 맞게 줄이고 다른
# 열은 그대로 둡니다. 받은 배열은 바꾸지 마세요.


# %% tags=["exercise"]
def max_norm(weights, bound):
    return ...


check("14.e2", max_norm)

# %% [markdown] lang="en"
# **Exercise 3.** Write `collapsed(labels, predictions)`: `True` if the predictions, an array of probabilities, differ from
# each other by less than 0.01 **and** the accuracy is not above the base rate (probability above 0.5 means class 1). Labels
# are 0 or 1.

# %% [markdown] lang="ko"
# **연습 3.** `collapsed(labels, predictions)`를 작성하세요. 확률의 배열인 예측이 서로 0.01도 차이 나지 않고, **게다가** 정확도가 기준
# 비율보다 높지 않으면 `True`를 돌려줍니다(확률이 0.5보다 크면 클래스 1). 레이블은 0 또는 1입니다.


# %% tags=["exercise"]
def collapsed(labels, predictions):
    return ...


check("14.e3", collapsed)

# %% [markdown] lang="en"
# Stuck? Run `hint("14.e1")`, or `solution("14.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("14.e1")`을, 해 본 다음에는 `solution("14.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("14")

# %% [markdown] lang="en"
# ## Summary
#
# - L1 pulls with the same force at every size, L2 in proportion: L1 leaves many weights near zero, L2 makes all smaller.
# - Keras's L2 multiplies a weight by $1-2\eta\lambda$, `SGD(weight_decay=λ)` by $1-\eta\lambda$ as on the slide. Under Adam
#   the two are different things; for weight decay take `AdamW`.
# - MaxNorm bounds the norm of each unit's incoming weights, not single values.
# - On 500 digits a mild penalty lowered the validation loss; L2(0.01) was too strong; accuracy hardly moved.
# - `val_loss` and `evaluate` contain the penalty. Compare by a metric.
# - `activity_regularizer` penalises outputs, and its strength depends on the version of Keras.
# - Print the base rate beside every accuracy.

# %% [markdown] lang="ko"
# ## 정리
#
# - L1은 크기와 상관없이 같은 힘으로, L2는 크기에 비례하는 힘으로 당깁니다. L1은 많은 가중치를 0 가까이 보내고, L2는 모두를 줄입니다.
# - 케라스의 L2는 가중치에 $1-2\eta\lambda$를, `SGD(weight_decay=λ)`는 슬라이드처럼 $1-\eta\lambda$를 곱합니다. Adam에서는 둘이 서로 다른
#   것입니다. 가중치 감소에는 `AdamW`를 쓰세요.
# - MaxNorm은 값 하나하나가 아니라 유닛에 들어오는 가중치의 노름에 한계를 둡니다.
# - 숫자 500장에서 약한 규제는 검증 손실을 낮추었고, L2(0.01)은 너무 강했습니다. 정확도는 거의 변하지 않았습니다.
# - `val_loss`와 `evaluate`에는 벌점이 들어 있습니다. 비교는 지표로 하세요.
# - `activity_regularizer`는 출력에 벌점을 매기고, 그 세기는 케라스 버전에 따라 다릅니다.
# - 정확도 옆에는 언제나 기준 비율을 함께 출력하세요.
