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

# %% [markdown] lang="en" rows="S5-08"
# A network can fail in two ways: it has not learned enough, or it has learned the wrong thing, namely its training rows.
# The fifth lecture calls the second one the problem that people meet first when they train a model. This lesson
# produces both on purpose, finds out what drives them, and tests the first remedies.
#
# Begin with an absurd experiment. We take 200 handwritten digits and **shuffle their labels**: a picture of a 3 is now
# called 8, another 3 is called 0. There is nothing to understand. A network with 64 hidden units trains on them.
# **What share of these 200 rows will it get "right"?**

# %% [markdown] lang="ko" rows="S5-08"
# 신경망이 실패하는 길은 두 가지입니다. 덜 배우거나, 엉뚱한 것을 배우거나. 엉뚱한 것이란 훈련 데이터 자체입니다. 다섯 번째
# 강의는 두 번째를 "처음 모델학습을 진행할 때 가장 많이 마주치는 문제"라고 부릅니다. 이 레슨에서는 두 가지를 일부러 일으켜
# 보고, 무엇이 원인인지 찾고, 첫 번째 처방들을 시험합니다.
#
# 엉뚱한 실험으로 시작합시다. 손글씨 숫자 200장의 **레이블을 뒤섞습니다**. 어떤 3에는 8, 다른 3에는 0이라는 이름이 붙습니다.
# 이해할 규칙이 없습니다. 은닉 유닛이 64개인 신경망을 여기에 훈련하면, **200장 가운데 얼마나 "맞힐"까요?**

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

from helpers import data, experiments, labs, plots
from helpers.experiments import Variant
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("06.p1")

# %% [markdown] lang="en" rows="S1-34 S1-35 S2-52"
# ## Two words
#
# - **Overfitting**: the model suits its training rows so closely that it loses generality. It predicts them well and
#   does badly on new data.
# - **Underfitting**: the model has not even found the rules in the training rows, so it does badly on both.
#
# To tell them apart you need two numbers, one from training rows and one from validation rows. We shall train many
# networks here, so each digit is reduced from 28 × 28 to 14 × 14 pixels by averaging four pixels into one.

# %% [markdown] lang="ko" rows="S1-34 S1-35 S2-52"
# ## 두 낱말
#
# - **과적합**(overfitting): 모델이 훈련 데이터에 지나치게 맞춰져 일반성을 잃은 상태입니다. 훈련 데이터는 잘 맞히지만 새
#   데이터에는 잘 맞지 않습니다.
# - **과소적합**(underfitting): 모델이 훈련 데이터의 규칙조차 찾지 못한 상태입니다. 그래서 양쪽 모두 성적이 나쁩니다.
#
# 둘을 구별하려면 숫자가 두 개 필요합니다. 하나는 훈련 데이터에서, 하나는 검증 데이터에서 잽니다. 앞으로 신경망을 많이
# 훈련할 것이므로, 픽셀 네 개를 평균해 숫자 그림을 28 × 28에서 14 × 14로 줄여 둡니다.

# %%
digits = data.load("mnist")


def shrink(pictures):
    return pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))


x, y = shrink(digits.x_train), digits.y_train
validation = (shrink(digits.x_val), digits.y_val)
batches = {"batch_size": 50, "validation_batch_size": 1000}  # validated in one go: saves time
print("training rows to choose from:", x.shape)
print("validation rows:", validation[0].shape)


# %% [markdown] lang="en"
# `network(width)` returns a function that builds a network with one hidden layer of that width: `experiments.compare`
# wants a builder, because it makes a new model for each seed.

# %% [markdown] lang="ko"
# `network(width)`는 은닉층이 하나이고 그 너비(유닛 수)가 width인 신경망을 만드는 함수를 돌려줍니다. `experiments.compare`는
# 시드마다 모델을 새로 만들어야 하므로 모델이 아니라 모델을 만드는 함수를 받습니다.


# %%
def network(width, dropout=0.0):
    def build():
        model = keras.Sequential(
            [
                keras.Input((14, 14)),
                keras.layers.Flatten(),
                *([keras.layers.Dropout(dropout)] if dropout else []),
                keras.layers.Dense(width, activation="relu"),
                *([keras.layers.Dropout(dropout)] if dropout else []),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        model.compile(
            optimizer=keras.optimizers.Adam(0.005),
            loss="sparse_categorical_crossentropy",
            metrics=["accuracy"],
        )
        return model

    return build


# %% [markdown] lang="en" rows="S5-09 S2-53"
# ## The student who memorised the workbook
#
# The fifth lecture compares an overfitted model to *"문제집 답을 외운 학생"*, a student who has memorised the answers of
# the workbook: nearly 100 points on the workbook, far fewer in the exam. Our shuffled labels are a workbook whose
# answers are all nonsense, so whatever is learned there can only be memory. Two students try: 64 units and 4 units.

# %% [markdown] lang="ko" rows="S5-09 S2-53"
# ## 문제집을 외운 학생
#
# 다섯 번째 강의는 과적합된 모델을 "문제집 답을 외운 학생"에 비유합니다. 외운 문제집을 풀면 100점에 가깝지만 시험을 보면
# 점수가 뚝 떨어집니다. 레이블을 뒤섞은 데이터는 답이 모두 엉터리인 문제집입니다. 그러니 여기서 배운 것은 오로지 암기입니다.
# 유닛이 64개인 학생과 4개인 학생에게 시켜 봅시다.

# %%
nonsense = np.random.default_rng(0).permutation(y[:200])
print("labels left as they were:", np.sum(nonsense == y[:200]), "of 200")
memory = experiments.compare(
    {"64 units": network(64), "4 units": network(4)},
    (x[:200], nonsense, *validation),
    epochs=50,
    **batches,
)

# %% tags=["nbval-ignore-output"]
reveal("06.p1", np.median(memory.measure("last_accuracy")[0]))

# %%
memory.claim(
    "64 units learn 200 random labels by heart",
    "last_accuracy",
    of="64 units",
    direction="higher",
    than=0.95,
)

# %%
memory.claim(
    "in the exam they know nothing",
    "last_val_accuracy",
    of="64 units",
    direction="lower",
    than=0.2,
)

# %%
memory.claim(
    "4 units have too little memory for it",
    "last_accuracy",
    of="4 units",
    direction="lower",
    than=0.7,
)

# %% [markdown] lang="en"
# Ten classes, so guessing gives 0.1, and that is what the exam shows. Keep this in mind: **a perfect training score
# proves nothing**. Real digits are not nonsense, so there a network has two ways to a low training loss, finding the
# rule and memorising. Which one it takes depends on three things.

# %% [markdown] lang="ko"
# 클래스가 열 개이니 찍어도 0.1은 맞습니다. 시험 점수가 바로 그 수준입니다. 기억해 두세요. **훈련 점수가 만점이어도 아무것도
# 증명하지 못합니다.** 진짜 숫자 데이터에는 규칙이 있으므로 훈련 손실을 줄이는 길이 둘입니다. 규칙을 찾거나, 외우거나. 어느
# 쪽으로 가는지는 세 가지에 달려 있습니다.

# %% [markdown] lang="en" rows="S5-10 S5-11 S5-12"
# | cause (fifth lecture) | in the analogy | section below |
# |---|---|---|
# | the model is too large for the data | the student's memory is too good for the difficulty | Capacity |
# | too few or too similar rows | so few problems that a glance is enough to memorise them | More data |
# | too many epochs | the same workbook for too long | Epochs |

# %% [markdown] lang="ko" rows="S5-10 S5-11 S5-12"
# | 원인(다섯 번째 강의) | 비유 | 다룰 곳 |
# |---|---|---|
# | 데이터에 비해 모델이 너무 크다 | 난이도에 비해 학생의 암기력이 너무 좋다 | 수용력 |
# | 데이터의 수나 다양성이 부족하다 | 문제가 적어서 잠깐만 봐도 외울 수 있다 | 데이터 늘리기 |
# | 너무 많은 에포크를 학습했다 | 같은 문제집을 너무 오래 보게 했다 | 에포크 |

# %% [markdown] lang="en" rows="S2-56 S5-11"
# ## Capacity
#
# The second lecture's advice against overfitting is to *reduce the complexity*: fewer layers, fewer nodes. Let us see
# what the width does to 500 properly labelled digits: 2, 16 and 256 units, ten seeds each. **Which will have the lowest
# validation loss?**

# %% [markdown] lang="ko" rows="S2-56 S5-11"
# ## 수용력
#
# 두 번째 강의는 과적합을 막으려면 모델의 복잡도를 줄이라고, 곧 은닉층이나 노드 수를 줄이라고 합니다. 레이블이 올바른 숫자
# 500장으로 너비의 영향을 봅시다. 유닛 2개, 16개, 256개를 시드 열 개씩 훈련합니다. **검증 손실이 가장 낮은 것은 어느
# 쪽일까요?**

# %%
widths = experiments.compare(
    {f"{width} units": network(width) for width in (2, 16, 256)},
    (x[:500], y[:500], *validation),
    epochs=30,
    **batches,
)
print(widths)

# %% tags=["nbval-ignore-output"]
widths.plot("val_loss", title="Validation loss, 500 digits: median and quartiles of ten seeds")

# %%
widths.claim(
    "2 units underfit: they do not even learn the training rows",
    "last_accuracy",
    of="2 units",
    direction="lower",
    than=0.75,
)

# %%
widths.claim(
    "256 units lose more after their best epoch than 16 units",
    "rise",
    of="256 units",
    direction="higher",
    than="16 units",
    margin=0.03,
)

# %%
widths.claim(
    "and yet 256 units have the lower validation loss at their best",
    "best_val_loss",
    of="256 units",
    direction="lower",
    than="16 units",
)

# %% [markdown] lang="en"
# The picture is not quite the advice. The large network does overfit more: it turns early and its loss climbs. But
# before that it had been *better* than the small one. With clean labels a large network that is stopped in time beats a
# small one here; "smaller" is not a remedy by itself. It is different when the labels hold mistakes worth not learning.
# We now give 150 of the 500 digits a random label.

# %% [markdown] lang="ko"
# 조언과 조금 다릅니다. 큰 신경망이 더 과적합되는 것은 맞습니다. 일찍 돌아서고 손실이 치솟습니다. 그런데 그 전에는 작은
# 신경망보다 *더 좋았습니다*. 레이블이 깨끗한 이 데이터에서는 제때 멈춘 큰 신경망이 작은 신경망을 이깁니다. 작다고 해서
# 저절로 약이 되지는 않습니다. 그러나 레이블에 배우지 말아야 할 잘못이 섞여 있으면 이야기가 달라집니다. 500장 가운데 150장에
# 무작위 레이블을 붙여 봅시다.

# %%
generator = np.random.default_rng(0)
wrong = generator.choice(500, 150, replace=False)
noisy = y[:500].copy()
noisy[wrong] = generator.integers(0, 10, 150)
noise = experiments.compare(
    {f"{width} units": network(width) for width in (16, 256)},
    (x[:500], noisy, *validation),
    epochs=25,
    **batches,
)
noise.claim(
    "with wrong labels the larger network ends worse",
    "last_val_loss",
    of="256 units",
    direction="higher",
    than="16 units",
    margin=0.05,
)

# %% [markdown] lang="en" rows="S2-56" errata="E-35"
# > **In the lecture** (S2, "모델의 복잡도 줄이기"): *"모델의 파라미터를 모델의 수용력(capacity)이라 함"*, the model's
# > parameters are called its capacity.
# >
# > Capacity is what a network *can* learn. It usually grows with the number of parameters, but it is not that number.
# > The two networks below have the same 65 parameters; only the activation of the hidden layer differs. The task: points
# > in the plane, class 1 where both coordinates have the same sign. Which network can learn it?

# %% [markdown] lang="ko" rows="S2-56" errata="E-35"
# > **강의에서는** (S2, "모델의 복잡도 줄이기"): "모델의 파라미터를 모델의 수용력(capacity)이라 함"이라고 합니다.
# >
# > 수용력은 신경망이 *배울 수 있는* 정도입니다. 파라미터가 많으면 대개 커지지만 파라미터 수 자체는 아닙니다. 아래 두
# > 신경망은 파라미터가 똑같이 65개이고 은닉층의 활성화 함수만 다릅니다. 과제는 평면 위의 점입니다. 두 좌표의 부호가 같으면
# > 클래스 1입니다. 어느 쪽이 배울 수 있을까요?


# %% tags=["lecture"]
def plane(activation):
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation=activation),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
    return model


points = np.random.default_rng(0).uniform(-1, 1, (400, 2))
same_sign = (points[:, 0] * points[:, 1] > 0).astype(int)
print("parameters:", plane("linear").count_params(), "and", plane("relu").count_params())

# %% tags=["lecture"]
bent = experiments.compare(
    {"linear": lambda: plane("linear"), "relu": lambda: plane("relu")},
    (points[:300], same_sign[:300], points[300:], same_sign[300:]),
    epochs=40,
    batch_size=100,
)
bent.claim(
    "with relu it learns the training points",
    "last_accuracy",
    of="relu",
    direction="higher",
    than=0.9,
)

# %% tags=["lecture"]
bent.claim(
    "with as many parameters and no bend it cannot",
    "last_accuracy",
    of="linear",
    direction="lower",
    than=0.75,
)

# %% [markdown] lang="en" rows="S5-13 S5-10 S2-53"
# ## More data
#
# *"가장 근본적인 해결 방법중 하나"*, one of the most fundamental remedies, says the fifth lecture, and the second gives the
# reason: with few rows a model easily memorises particular patterns and even noise.
#
# We train the same network on 200 and 3,000 digits. To be fair, all of them get the same number of **updates**: 240
# batches of 50. (With equal epochs the larger set would also be trained 15 times as long.) The fewer rows, the more
# often each of them comes by.

# %% [markdown] lang="ko" rows="S5-13 S5-10 S2-53"
# ## 데이터 늘리기
#
# 다섯 번째 강의는 데이터를 늘리는 것을 "가장 근본적인 해결 방법중 하나"라고 하고, 두 번째 강의는 까닭을 설명합니다. 데이터가
# 적으면 특정 패턴이나 노이즈까지 쉽게 외우기 때문입니다.
#
# 같은 신경망을 200장과 3,000장으로 훈련합니다. 공정하게 하려고 **갱신 횟수**를 똑같이 맞춥니다. 50개짜리 배치로
# 240번입니다. (에포크를 똑같이 하면 큰 쪽은 훈련까지 15배 오래 하게 됩니다.) 데이터가 적을수록 한 장을 더 자주 보게 됩니다.

# %%
amounts = (200, 3000)
amount = experiments.compare(
    {
        f"{rows} digits": Variant(
            network(64),
            dataset=(x[:rows], y[:rows], *validation),
            fit={"epochs": 240 * 50 // rows},
        )
        for rows in amounts
    },
    None,
    epochs=1,
    **batches,
)
print({name: int(epochs[0]) for name, epochs in zip(amount.variants, amount.epochs, strict=True)})

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots()
for place in range(2):
    ends = [amount.measure(f"last_{name}")[place] for name in ("loss", "val_loss")]
    axes.plot([place - 0.08] * 10, ends[0], "o", color="C0", alpha=0.6)
    axes.plot([place + 0.08] * 10, ends[1], "^", color="C1", alpha=0.6)
axes.set_xticks(range(2), [f"{rows} digits" for rows in amounts])
axes.set(
    ylabel="loss at the end", ylim=(0, None), title="Training (circles) and validation (triangles)"
)
plt.show()
gaps = np.median(amount.measure("gap"), axis=1)
plots.caption(
    say(
        en=f"The median gap between the two shrinks from {gaps[0]:.2f} to {gaps[1]:.2f}.",
        ko=f"둘 사이의 차이(중앙값)가 {gaps[0]:.2f}에서 {gaps[1]:.2f}로 줄어듭니다.",
    )
)

# %%
amount.claim(
    "more digits, a smaller gap",
    "gap",
    of="3000 digits",
    direction="lower",
    than="200 digits",
    margin=0.2,
)

# %%
amount.claim(
    "more digits, a lower validation loss at its best",
    "best_val_loss",
    of="3000 digits",
    direction="lower",
    than="200 digits",
    margin=0.1,
)

# %% [markdown] lang="en" rows="S5-12 S1-34 S1-35 S2-62 S3-22 S1-51 S1-52"
# ## Epochs
#
# The third cause is time. The second lecture describes what to look for: success on the training set still rises, on the
# validation set it does not. The first lecture shows it on 3,500 epochs and reads a turning point at 500 on one slide
# and 600 on the next. (Its sentences say "테스트셋", test set, where they mean the training set; lesson 05 has the
# details.) Here are training and validation loss of the 256 units, the median of ten seeds. **Where does it underfit,
# where does it overfit?**

# %% [markdown] lang="ko" rows="S5-12 S1-34 S1-35 S2-62 S3-22 S1-51 S1-52"
# ## 에포크
#
# 세 번째 원인은 시간입니다. 무엇을 보아야 하는지는 두 번째 강의가 알려 줍니다. 학습셋의 성공률은 높아지는데 검증셋에서는
# 효과가 없을 때입니다. 첫 번째 강의는 3,500에포크 그래프에서 이것을 보여 주며, 돌아서는 곳을 한 슬라이드에서는 500, 다음
# 슬라이드에서는 600 정도로 읽습니다. (거기서 "테스트셋"이라고 쓴 것은 훈련 세트입니다. 레슨 05에서 다루었습니다.) 유닛 256개의
# 훈련 손실과 검증 손실을 시드 열 개의 중앙값으로 그렸습니다. **어디가 과소적합이고 어디가 과적합일까요?**

# %% tags=["nbval-ignore-output"]
large = widths.place("256 units")
typical = {name: np.median(values[large], axis=0) for name, values in widths.history.items()}
plots.learning_curves(typical, title="256 units, 500 digits: too few epochs, too many epochs")


# %%
def early(run):
    return run["val_loss"][0] - run["val_loss"].min()


widths.claim(
    "after one epoch it still underfits: validation loss has far to fall",
    early,
    of="256 units",
    direction="higher",
    than=0.1,
)

# %%
widths.claim(
    "after 30 epochs it overfits: validation loss ends 5 % above its best",
    "rise",
    of="256 units",
    direction="higher",
    than=0.05,
)

# %% [markdown] lang="en" rows="S3-26 S1-53"
# > **In the lecture** (S3, "검증 손실"): validation loss rises from the fifth epoch on, and *"검증 손실이 상승하는 시점을
# > 가능한 뒤로 늦추면 검증 세트에 대한 손실이 줄어들"*, delaying that point as far as possible will lower the loss on
# > the validation set. (S1 in the same spirit: with 600 epochs the curves look alike, so no overfitting.)
# >
# > (That "fifth epoch" was really the 25th, lesson 05 shows why.) Is a later turn a better one? We have two networks that
# > turn at different times, so we can check. In lesson 05 the likeness of two curves turned out to be no proof; the time
# > of the turn is none either. What counts is how low the validation loss gets.

# %% [markdown] lang="ko" rows="S3-26 S1-53"
# > **강의에서는** (S3, "검증 손실"): 다섯 번째 에포크부터 검증 손실이 상승한다면서 "검증 손실이 상승하는 시점을 가능한 뒤로
# > 늦추면 검증 세트에 대한 손실이 줄어들" 것이라고 합니다. (S1도 비슷합니다. 600에포크에서는 두 곡선이 비슷하므로 과적합이
# > 아니라고 합니다.)
# >
# > (그 "다섯번째 에포크"는 사실 25번째였습니다. 레슨 05를 보세요.) 늦게 돌아서면 정말 더 좋을까요? 돌아서는 때가 다른 신경망이
# > 둘 있으니 확인할 수 있습니다. 레슨 05에서 두 곡선이 비슷하다는 것은 증거가 아니었습니다. 늦게 돌아선다는 것도 증거가
# > 아닙니다. 검증 손실이 얼마나 낮아지는지가 중요합니다.

# %% tags=["lecture"]
widths.claim(
    "16 units turn later than 256 units",
    "best_epoch",
    of="16 units",
    direction="higher",
    than="256 units",
)

# %% tags=["lecture"]
widths.claim(
    "but their validation loss never gets as low",
    "best_val_loss",
    of="16 units",
    direction="higher",
    than="256 units",
)

# %% [markdown] lang="en"
# ## Lab: a map of two sliders
#
# Width and number of rows together decide. Each move trains five networks with exactly 400 updates and draws their
# median and range; the square on the right is marked U (underfits), O (overfits), U+O or "fits". The rule: **U** if the
# training accuracy ends below 0.9, **O** if the validation loss ends more than 5 % above its lowest value.
#
# Fill in the map. Where does U end? How many rows does it take until a wide network no longer overfits within 400
# updates? Can you find a network that does both? Your own data work too, if the labels are class numbers.

# %% [markdown] lang="ko"
# ## 실습: 슬라이더 두 개로 그리는 지도
#
# 너비와 데이터 수가 함께 결정합니다. 슬라이더를 움직일 때마다 신경망 다섯 개를 정확히 400번씩 갱신하고 중앙값과 범위를
# 그립니다. 오른쪽 지도의 칸에는 U(과소적합), O(과적합), U+O(둘 다), fits(둘 다 아님)가 적힙니다. 기준은 이렇습니다. 마지막
# 훈련 정확도가 0.9보다 낮으면 **U**, 마지막 검증 손실이 가장 낮았던 값보다 5% 넘게 높으면 **O**입니다.
#
# 지도를 채워 보세요. U는 어디에서 끝나나요? 데이터가 몇 행이 되어야 넓은 신경망이 400번 안에 과적합되지 않나요? 둘 다인
# 신경망을 찾을 수 있나요? 레이블이 클래스 번호라면 여러분의 데이터로도 할 수 있습니다.

# %% tags=["nbval-ignore-output"]
dataset = (x, y, *validation)
labs.capacity(dataset)

# %% [markdown] lang="en" rows="S2-54 S5-15"
# ## Data augmentation
#
# What if there are no more rows to be had? Both lectures recommend **augmentation**: show the same pictures slightly
# changed, enlarged, shifted, rotated, mirrored. Keras has layers for it: `RandomTranslation`, `RandomRotation`,
# `RandomZoom`, `RandomFlip`. They stand at the start of a model and work during training only. **What will such a layer
# do to a picture at prediction time?**

# %% [markdown] lang="ko" rows="S2-54 S5-15"
# ## 데이터 증강
#
# 데이터를 더 구할 수 없다면 어떻게 할까요? 두 강의 모두 **데이터 증강**(data augmentation)을 권합니다. 같은 그림을 조금씩
# 확대, 축소, 이동, 회전, 반사해서 보여 주는 것입니다. 케라스에는 이를 위한 층 `RandomTranslation`, `RandomRotation`,
# `RandomZoom`, `RandomFlip`이 있습니다. 모델의 맨 앞에 두며 훈련할 때만 작동합니다. **예측할 때는 그림이 어떻게 될까요?**

# %%
shift = keras.layers.RandomTranslation(0.1, 0.1, fill_mode="constant", seed=0)
picture = x[:1, :, :, np.newaxis]
print("changed in training:  ", not np.allclose(shift(picture, training=True), picture))
print("changed at prediction:", not np.allclose(shift(picture, training=False), picture))

# %% [markdown] lang="en"
# For a test over ten seeds we make the copies beforehand with NumPy: each of 300 digits as it is, and moved by one pixel
# up, down, left and right. `np.roll` lets a row of pixels that leaves on one side come in on the other, which does no
# harm as long as the border is empty. A second set mirrors the digits. The third repeats them unchanged, so that all
# three have 1,500 rows and the same number of updates. **Which set will help, which will not?**

# %% [markdown] lang="ko"
# 시드 열 개로 시험하기 위해 변형한 그림을 넘파이로 미리 만들어 둡니다. 숫자 300장을 그대로, 그리고 위, 아래, 왼쪽, 오른쪽으로
# 한 픽셀씩 옮긴 것입니다. `np.roll`은 한쪽으로 나간 픽셀을 반대쪽에서 들여오지만 가장자리가 비어 있으면 괜찮습니다. 두 번째
# 세트는 좌우로 뒤집은 것이고, 세 번째는 바꾸지 않고 되풀이한 것입니다. 그래서 셋 다 1,500행이고 갱신 횟수도 같습니다.
# **어느 세트가 도움이 되고 어느 세트는 그렇지 않을까요?**

# %%
few, labels = x[:300], np.tile(y[:300], 5)
moves = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
mirrored = few[:, :, ::-1]
sets = {
    "repeated": np.concatenate([few] * 5),
    "shifted": np.concatenate([np.roll(few, move, axis=(1, 2)) for move in moves]),
    "mirrored": np.concatenate([few, mirrored, few, mirrored, few]),
}
print({name: pictures.shape for name, pictures in sets.items()})

# %% tags=["nbval-ignore-output"]
chosen = np.flatnonzero(y[:300] == 2)[0]
figure, panels = plt.subplots(1, 6, figsize=(9, 1.9))
names = ["original", "up", "down", "left", "right", "mirrored"]
shown = [sets["shifted"][chosen + 300 * place] for place in range(5)] + [mirrored[chosen]]
for panel, name, pixels in zip(panels, names, shown, strict=True):
    panel.imshow(pixels, cmap="gray_r")
    panel.set_title(name, fontsize=11)
    panel.set_axis_off()
plt.show()
plots.caption(
    say(
        en="A 2 moved by a pixel is still a 2. A mirrored 2 is not a digit.",
        ko="한 픽셀 옮긴 2는 여전히 2이지만, 뒤집은 2는 숫자가 아닙니다.",
    )
)

# %%
augmented = experiments.compare(
    {
        name: Variant(network(64), dataset=(rows, labels, *validation))
        for name, rows in sets.items()
    },
    None,
    epochs=7,
    **batches,
)
augmented.claim(
    "shifted copies lower the best validation loss",
    "best_val_loss",
    of="shifted",
    direction="lower",
    than="repeated",
    margin=0.02,
)

# %%
augmented.claim(
    "mirrored copies raise it",
    "best_val_loss",
    of="mirrored",
    direction="higher",
    than="repeated",
    margin=0.02,
)

# %% [markdown] lang="en" rows="S2-55"
# So augmentation helps when the change **keeps the label true** and could occur in the exam. Reflection, which both
# lectures list, suits cats and cars; for digits it does harm. And new variants are no full substitute for new digits:
# the 3,000 real ones above did far better.
#
# For text the second lecture names **back translation**: translate a sentence into another language and back, and keep
# the paraphrase with the same label. "The film was too long" may come back as "the movie went on too long". The same
# condition holds: read some results, a lost "not" turns the label around.

# %% [markdown] lang="ko" rows="S2-55"
# 증강은 바꾼 뒤에도 **레이블이 여전히 맞고** 실제로 나올 법한 변형일 때 도움이 됩니다. 두 강의가 모두 꼽는 반사(반전)는 고양이나
# 자동차에는 어울리지만 숫자에는 해롭습니다. 또 변형한 그림이 새 그림을 다 대신하지는 못합니다. 위의 3,000장은 훨씬 나았습니다.
#
# 텍스트에 대해 두 번째 강의는 **번역 후 재번역**(back translation)을 듭니다. 문장을 다른 언어로 옮겼다가 되옮겨서, 표현이 바뀐
# 문장을 같은 레이블로 씁니다. "영화가 너무 길었다"가 "그 영화는 지나치게 길었다"로 돌아오는 식입니다. 조건은 같습니다. 결과를
# 몇 개 읽어 보세요. "안" 하나가 사라지면 레이블이 뒤집힙니다.

# %% [markdown] lang="en"
# ## When may you say "it overfits"?

# %% [markdown] lang="ko"
# ## 언제 "과적합"이라고 말할 수 있을까

# %% [markdown] lang="en" rows="S4-13" errata="E-29"
# > **In the lecture** (S4): training accuracy .9934, other accuracy .9706: *"크게 오버피팅이 발생하지 않았습니다"*, no
# > great overfitting. Later .99 and .97 (exactly .9924 and .9780, or .9758 by the evaluation bar): *"오버피팅이 발생하고
# > 있습니다"*, it overfits. Later still, with dropout and L2, the other accuracy is above the training accuracy from the
# > start: *"오버피팅이 전혀 발생하고 있지 않습니다"*, none at all.
# >
# > Put the gaps side by side. **Can both of the first two verdicts follow from one rule?**

# %% [markdown] lang="ko" rows="S4-13" errata="E-29"
# > **강의에서는** (S4): 훈련 정확도 .9934와 다른 쪽 정확도 .9706을 두고 "크게 오버피팅이 발생하지 않았습니다"라고 합니다. 나중에는
# > .99와 .97(정확히는 .9924와 .9780, 평가 막대로는 .9758)을 두고 "오버피팅이 발생하고 있습니다"라고 합니다. 더 뒤에서는 드롭아웃과
# > L2를 쓴 모델에서 다른 쪽 정확도가 처음부터 훈련 정확도보다 높으니 "오버피팅이 전혀 발생하고 있지 않습니다"라고 합니다.
# >
# > 차이를 나란히 놓아 봅시다. **앞의 두 판정이 하나의 기준에서 나올 수 있을까요?**

# %% tags=["lecture"]
printed = {"no great overfitting": (0.9934, 0.9706), "it overfits": (0.9924, 0.9758)}
for said, (train_accuracy, other_accuracy) in printed.items():
    print(f"{train_accuracy - other_accuracy:.4f}  {said}")

# %% [markdown] lang="en"
# They cannot: the larger gap got the milder verdict. So let us fix a rule *before* looking, and test it.
#
# 1. **Same conditions.** Both accuracies come from `evaluate` on the finished model. The training accuracy in the log
#    will not do: it is a mean over the epoch, while the weights were still changing, and with dropout switched on.
# 2. **More than chance.** There is a gap if training accuracy exceeds validation accuracy by more than two standard
#    errors, $2\sqrt{a(1-a)/n}$ with validation accuracy $a$ on $n$ rows.
# 3. **Does it hurt?** A gap says that the model knows its training rows better than others. Whether more training has
#    made it *worse*, two numbers cannot say; the curve can: validation loss over 5 % above its best (lesson 05).

# %% [markdown] lang="ko"
# 나올 수 없습니다. 차이가 더 큰 쪽이 더 가벼운 판정을 받았습니다. 그러니 결과를 보기 *전에* 기준을 정하고, 그 기준을
# 시험해 봅시다.
#
# 1. **같은 조건.** 두 정확도 모두 훈련이 끝난 모델을 `evaluate`로 잽니다. 로그의 훈련 정확도는 쓸 수 없습니다. 가중치가 바뀌는
#    동안 에포크 전체에서 평균한 값이고, 드롭아웃도 켜져 있기 때문입니다.
# 2. **우연보다 큰 차이.** 훈련 정확도가 검증 정확도보다 표준 오차의 두 배 넘게 높으면 차이가 있다고 합니다. 검증 정확도가 $a$,
#    검증 데이터가 $n$행이면 표준 오차의 두 배는 $2\sqrt{a(1-a)/n}$입니다.
# 3. **해로운가?** 차이가 있다는 것은 훈련 데이터를 더 잘 안다는 뜻입니다. 더 훈련해서 *나빠졌는지*는 숫자 두 개로 알 수 없고
#    곡선을 봐야 합니다. 검증 손실이 가장 좋았던 값보다 5% 넘게 높은지 보세요(레슨 05).


# %%
def allowance(val_accuracy, rows):
    return 2 * np.sqrt(val_accuracy * (1 - val_accuracy) / rows)


def verdict(train_accuracy, val_accuracy, rows):
    gap = train_accuracy - val_accuracy
    return "gap" if gap > allowance(val_accuracy, rows) else "no gap shown"


for said, (train_accuracy, other_accuracy) in printed.items():
    allowed = allowance(other_accuracy, 10_000)
    print(
        f"{said}: chance allows {allowed:.4f}, so:", verdict(train_accuracy, other_accuracy, 10_000)
    )

# %% [markdown] lang="en"
# By the rule both of the first two models have a gap, more than five times what chance allows. Is the rule itself
# any good? It should keep quiet when there is no gap: take a model that is right on 97 % of *all* rows, measure it on
# 10,000 rows, 1,000 times over. **How often will it cry "gap" by mistake?**

# %% [markdown] lang="ko"
# 이 기준으로는 앞의 두 모델 모두 차이가 있습니다. 우연으로 허용한 크기의 다섯 배가 넘습니다. 그런데 기준 자체는 믿을 만할까요?
# 차이가 없을 때는 조용해야 합니다. *모든* 데이터에서 97%를 맞히는 모델을 10,000행으로 재는 일을 1,000번 되풀이합니다.
# **몇 번이나 "차이가 있다"고 잘못 말할까요?**

# %%
measured = np.random.default_rng(0).binomial(10_000, 0.97, size=1000) / 10_000
alarms = [verdict(0.97, accuracy, 10_000) == "gap" for accuracy in measured]
print("false alarms below 5 %:", np.mean(alarms) < 0.05)

# %% [markdown] lang="en"
# And the third verdict, "none at all, because the training accuracy is lower"? We train with dropout under ten
# seeds and look at three accuracies: training as logged, training by `evaluate`, validation.

# %% [markdown] lang="ko"
# 그러면 "훈련 정확도가 더 낮으니 전혀 없다"는 세 번째 판정은 어떨까요? 드롭아웃을 쓴 모델을 시드 열 개로
# 훈련하고 세 가지 정확도를 봅니다. 로그의 훈련 정확도, `evaluate`로 잰 훈련 정확도, 검증 정확도입니다.

# %%
some = (x[:600], y[:600])


def train_evaluated(model):
    return model.evaluate(*some, batch_size=600, verbose=0)[1]


def beyond_chance(model):
    accuracy = model.evaluate(*validation, batch_size=1000, verbose=0)[1]
    return train_evaluated(model) - accuracy - allowance(accuracy, len(validation[0]))


logged = experiments.compare(
    {"dropout": network(64, dropout=0.5)},
    (*some, *validation),
    epochs=20,
    batch_size=50,
    also={"train_evaluated": train_evaluated, "beyond_chance": beyond_chance},
)


# %%
def logged_lead(run):
    return run["accuracy"][-1] - run["val_accuracy"][-1]


logged.claim(
    "by the log, training with dropout looks worse than validation",
    logged_lead,
    direction="lower",
    than=0,
)

# %%
logged.claim(
    "by evaluate the same models have a gap beyond chance",
    "beyond_chance",
    direction="higher",
    than=0,
)

# %% [markdown] lang="en"
# So a validation accuracy above the *logged* training accuracy proves nothing about overfitting. About the lecture's
# third model the right verdict is: **not decided**, evaluate it on its training rows first.

# %% [markdown] lang="ko"
# 그러니 검증 정확도가 *로그의* 훈련 정확도보다 높다는 것만으로는 과적합에 대해 아무것도 말할 수 없습니다. 강의의 세 번째
# 모델에 대한 올바른 판정은 **아직 모른다**입니다. 먼저 훈련 데이터로 `evaluate`를 해 봐야 합니다.

# %% [markdown] lang="en" rows="S4-19 S4-20 S4-45 S1-62"
# ## Which remedy for which failure?
#
# The fourth lecture's chapter 6 sorts its remedies into two lists. Here they are, with what this lesson has tested and
# where the others come.
#
# | underfits: bad even on training rows | overfits: worse on new rows |
# |---|---|
# | more units (tested above) | more data (tested above) |
# | more epochs (tested above) | augmentation that keeps the label true (tested above) |
# | initial weights (lesson 12) | stop in time (lessons 05, 09) |
# | batch normalisation (lesson 12) | dropout (lesson 15) |
# | another optimizer (lesson 13) | L2, weight decay, weight constraint (lesson 14) |
# | | a smaller network (above: with wrong labels it helped, with clean ones it did not) |
#
# The first lecture's quiz, question 6, asks which of five is *no* remedy for overfitting: EarlyStopping, Weight Decay,
# Weight Constraint, Dropout, Drop Constraint. Four stand in the right column. "Drop Constraint" does not exist.
#
# And the order matters: **diagnose first**. Dropout makes underfitting worse; more units make overfitting worse.

# %% [markdown] lang="ko" rows="S4-19 S4-20 S4-45 S1-62"
# ## 어느 병에 어느 약을
#
# 네 번째 강의의 6장은 처방을 두 가지로 나눕니다. 이 레슨에서 시험한 것과 앞으로 다룰 곳을 함께 적었습니다.
#
# | 과소적합: 훈련 데이터에서도 나쁘다 | 과적합: 새 데이터에서 나빠진다 |
# |---|---|
# | 유닛 늘리기(위에서 시험) | 데이터 늘리기(위에서 시험) |
# | 에포크 늘리기(위에서 시험) | 레이블이 그대로 맞는 데이터 증강(위에서 시험) |
# | 가중치 초기값(레슨 12) | 제때 멈추기(레슨 05, 09) |
# | 배치 정규화(레슨 12) | 드롭아웃(레슨 15) |
# | 다른 옵티마이저(레슨 13) | L2, 가중치 감소, 가중치 제한(레슨 14) |
# | | 신경망 줄이기(레이블이 틀렸을 때는 도움이 되었고, 깨끗할 때는 아니었습니다) |
#
# 첫 번째 강의의 퀴즈 Q6은 과적합을 막는 방법이 *아닌* 것을 묻습니다. EarlyStopping, Weight Decay, Weight Constraint,
# Dropout, Drop Constraint. 앞의 넷은 오른쪽 열에 있습니다. Drop Constraint라는 방법은 없습니다.
#
# 순서도 중요합니다. **진단이 먼저입니다.** 과소적합에 드롭아웃을 쓰면 더 나빠지고, 과적합에 유닛을 늘리면 더 심해집니다.

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** `np.roll` wraps around. Write `move_right(pictures)`: all pictures, of shape (n, height, width), moved
# one pixel to the right, with zeros coming in on the left. Do not change the array you are given. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** `np.roll`은 나간 픽셀을 반대쪽으로 들여옵니다. (n, 높이, 너비) 모양의 그림을 모두 오른쪽으로 한 픽셀 옮기고
# 왼쪽은 0으로 채우는 `move_right(pictures)`를 작성하세요. 받은 배열은 바꾸지 마세요. `...` 자리를 채우세요.


# %% tags=["exercise"]
def move_right(pictures):
    return ...


check("06.e1", move_right)

# %% [markdown] lang="en"
# **Exercise 2.** Write `diagnose(train_accuracy, val_loss)` by the rule of the lab. `train_accuracy` is the final training
# accuracy, `val_loss` the list of validation losses. Return `"underfits"` if the accuracy is below 0.9, else
# `"overfits"` if the last validation loss is more than 5 % above the lowest one, else `"fits"`.

# %% [markdown] lang="ko"
# **연습 2.** 실습의 기준에 따라 `diagnose(train_accuracy, val_loss)`를 작성하세요. `train_accuracy`는 마지막 훈련 정확도,
# `val_loss`는 검증 손실 리스트입니다. 정확도가 0.9보다 낮으면 `"underfits"`, 아니면 마지막 검증 손실이 가장 낮은 값보다 5% 넘게
# 높을 때 `"overfits"`, 그것도 아니면 `"fits"`를 돌려줍니다.


# %% tags=["exercise"]
def diagnose(train_accuracy, val_loss):
    return ...


check("06.e2", diagnose)

# %% [markdown] lang="en"
# Stuck? Run `hint("06.e1")`, or `solution("06.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("06.e1")`을, 해 본 다음에는 `solution("06.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("06")

# %% [markdown] lang="en"
# ## Summary
#
# - Underfitting shows on the training rows already; overfitting shows only on others.
# - A network large enough learns random labels by heart: a perfect training score proves nothing.
# - Few rows, high capacity and many epochs each make memorising easier. Capacity is not the parameter count.
# - A larger network turned earlier and yet reached a lower validation loss; with wrong labels it ended worse.
# - Augment with changes that keep the label true.
# - Fix the rule before the verdict: both accuracies by `evaluate`, a gap beyond chance, and the curve for the harm.

# %% [markdown] lang="ko"
# ## 정리
#
# - 과소적합은 훈련 데이터에서 이미 드러나고, 과적합은 다른 데이터에서만 드러납니다.
# - 충분히 큰 신경망은 무작위 레이블도 외웁니다. 훈련 점수가 만점이어도 아무것도 증명하지 못합니다.
# - 적은 데이터, 큰 수용력, 많은 에포크는 저마다 암기를 쉽게 합니다. 수용력은 파라미터 수와 같지 않습니다.
# - 큰 신경망은 일찍 돌아섰지만 검증 손실은 더 낮았습니다. 레이블이 틀렸을 때는 더 나쁘게 끝났습니다.
# - 증강은 레이블이 그대로 맞는 변형으로 하세요.
# - 판정하기 전에 기준을 정하세요. 두 정확도는 `evaluate`로 재고, 우연보다 큰 차이인지 보고, 해로운지는 곡선을 보세요.
