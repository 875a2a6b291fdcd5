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
# The first lecture begins with `df.sample()` before any network appears, and does not say why. There is a good reason:
# many tables come sorted, and a sorted table can ruin a training run without a single error message. This lesson
# shows how, and how drawing, splitting and scaling rows properly prevents it.
#
# The table of this lesson holds 178 wines of three grape varieties, **sorted by variety**. We will train a good network on it
# with `validation_split=0.33`, exactly as the lecture does. **What validation accuracy do you expect?**

# %% [markdown] lang="ko"
# 첫 번째 강의는 신경망이 나오기도 전에 `df.sample()`부터 시작하는데, 왜 그런지는 말하지 않습니다. 이유가 있습니다. 많은
# 데이터가 정렬된 채로 주어지고, 정렬된 데이터는 오류 메시지 하나 없이 훈련을 망칠 수 있기 때문입니다. 이 레슨에서는 어떻게
# 망치는지, 그리고 데이터를 제대로 뽑고 나누고 스케일링해서 어떻게 막는지 배웁니다.
#
# 이 레슨의 데이터는 세 품종의 포도로 만든 와인 178종이고 **품종 순으로 정렬**되어 있습니다. 강의와 똑같이 `validation_split=0.33`으로
# 쓸 만한 신경망을 훈련할 것입니다. **검증 정확도가 얼마나 나올까요?**

# %%
import tempfile
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from helpers import data, experiments, plots
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("02.p1")

# %% [markdown] lang="en" rows="S1-13"
# ## Look before you draw
#
# First look at the table itself: how many rows, which columns, and in which order do the rows come? The last question
# is the one that is usually forgotten.

# %% [markdown] lang="ko" rows="S1-13"
# ## 뽑기 전에 먼저 보기
#
# 먼저 데이터를 봅시다. 몇 행인가, 어떤 열이 있는가, 그리고 행이 어떤 순서로 놓여 있는가? 마지막 질문을 가장 자주 잊습니다.

# %%
wine = data.frame("wine")
print(wine.shape)
print(wine[["alcohol", "malic_acid", "proline", "target"]].iloc[[0, 60, 177]])

# %%
print("rows of each class:", wine["target"].value_counts().sort_index().to_dict())
print("the classes follow one another:", wine["target"].is_monotonic_increasing)

# %% [markdown] lang="en" rows="S1-03 S1-04"
# ## sample(), argument by argument
#
# `DataFrame.sample` draws rows at random. Called with nothing it draws one row. The lecture prints its signature, and
# it still holds today, so let us try each argument and see what it does.

# %% [markdown] lang="ko" rows="S1-03 S1-04"
# ## sample()의 인자 하나씩 살펴보기
#
# `DataFrame.sample`은 행을 무작위로 뽑습니다. 아무것도 적지 않으면 한 행을 뽑습니다. 강의에 실린 사용법은 지금도
# 그대로 쓸 수 있으니, 인자를 하나씩 바꿔 보며 무엇을 하는지 확인해 봅시다.

# %%
drawn = wine.sample(
    n=None, frac=None, replace=False, weights=None, random_state=None, axis=None, ignore_index=False
)
print("rows drawn when nothing is said:", len(drawn))

# %% [markdown] lang="en" rows="S1-05 S1-09"
# **`n`** is how many rows. **`random_state`** is the seed: the same number draws the same rows, which is what makes a
# result repeatable. Without replacement `n` can be at most the number of rows. What do you expect from `n=200`?

# %% [markdown] lang="ko" rows="S1-05 S1-09"
# `n`은 뽑을 행의 수입니다. `random_state`는 시드입니다. 숫자가 같으면 같은 행이 뽑히므로 결과를 재현할 수 있습니다.
# 복원 추출이 아니면 `n`은 행의 수를 넘을 수 없습니다. `n=200`이라고 하면 어떻게 될까요?

# %%
first, second = wine.sample(n=5, random_state=1), wine.sample(n=5, random_state=1)
other = wine.sample(n=5, random_state=2)
print("same seed, same rows:", list(first.index) == list(second.index))
print("other seed, same rows:", list(first.index) == list(other.index))
try:
    wine.sample(n=200)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="en" rows="S1-06" errata="E-04"
# > **In the lecture** (S1, sample()): *"frac: 추출할 비율, 1보다 작은 값 설정, n과 동시 사용X"*, a share, set it below 1, not
# > together with `n`.
# >
# > Half right. `n` and `frac` exclude each other. But `frac=1` is allowed and is even the most useful value of all: it
# > returns **every row in a new order**, which is how a table is shuffled. And more than 1 is allowed as soon as rows
# > may be drawn twice.

# %% [markdown] lang="ko" rows="S1-06" errata="E-04"
# > **강의에서는** (S1, sample()): "frac: 추출할 비율, 1보다 작은 값 설정, n과 동시 사용X"라고 합니다.
# >
# > 반만 맞습니다. `n`과 `frac`은 함께 쓸 수 없습니다. 그러나 `frac=1`은 쓸 수 있을 뿐 아니라 가장 쓸모 있는 값입니다. **모든
# > 행을 새로운 순서로** 돌려주므로 데이터를 섞을 때 이렇게 씁니다. 같은 행을 두 번 뽑아도 된다면 1보다 커도 됩니다.

# %% tags=["lecture"]
print("frac=0.15:", len(wine.sample(frac=0.15, random_state=0)), "rows")
print("frac=1:   ", len(wine.sample(frac=1, random_state=0)), "rows, all of them, shuffled")
print(
    "frac=1.5 with replace=True:", len(wine.sample(frac=1.5, replace=True, random_state=0)), "rows"
)
for wrong in ({"frac": 1.5}, {"frac": 0.5, "n": 3}):
    try:
        wine.sample(**wrong)
    except ValueError as error:
        print(wrong, "ValueError:", error)

# %% [markdown] lang="en" rows="S1-07"
# **`replace=True`** puts each row back before the next draw, so the same row can come twice. It has nothing to do with
# replacing values. Draw 178 rows with replacement: how many *different* wines will be among them?

# %% [markdown] lang="ko" rows="S1-07"
# `replace=True`는 뽑은 행을 되돌려 놓고 다음 행을 뽑습니다. 그래서 같은 행이 두 번 나올 수 있습니다. 값을 바꾼다는 뜻이
# 아닙니다. 178행을 복원 추출하면 *서로 다른* 와인은 몇 종쯤 나올까요?

# %%
different = []
for seed in range(100):
    drawn = wine.sample(n=178, replace=True, random_state=seed)
    different.append(drawn.index.nunique() / 178)
print(f"share of different wines, mean of 100 draws: {np.mean(different):.2f}")
print(f"expected, 1 - 1/e: {1 - np.exp(-1):.2f}")

# %% [markdown] lang="en" rows="S1-08" errata="E-05"
# > **In the lecture** (S1, sample() and question Q4): the option is called *"weight"*, its weights are scaled to a sum
# > of 1 by themselves, and the largest `n` is *"레이블의 갯수"*, the number of labels.
# >
# > The scaling is true: weights 2, 2, 4 draw a quarter, a quarter and a half. But the argument is spelled `weights`, a
# > misspelt one is refused, and the largest `n` is the number of **rows**. Negative weights are refused, and since
# > pandas 3 so are weights that cannot be honoured without drawing a row twice.

# %% [markdown] lang="ko" rows="S1-08" errata="E-05"
# > **강의에서는** (S1, sample()과 문제 Q4): 옵션 이름을 "weight"라고 적고, 합이 1이 아니면 자동으로 맞춰 주며, `n`의 최댓값은
# > "레이블의 갯수"라고 합니다.
# >
# > 자동으로 맞춰 준다는 것은 사실입니다. 가중치 2, 2, 4는 4분의 1, 4분의 1, 절반의 비율로 뽑힙니다. 하지만 인자 이름은
# > `weights`이고, 잘못 적으면 오류가 납니다. `n`의 최댓값은 **행**의 수입니다. 음수 가중치도 쓸 수 없고, 판다스 3부터는 같은
# > 행을 두 번 뽑지 않고는 지킬 수 없는 가중치도 거절합니다.

# %% tags=["lecture"]
letters = pd.DataFrame({"label": ["a", "b", "c"]})
try:
    letters.sample(n=2, weight=[2, 2, 4])
except TypeError as error:
    print("weight= is refused:", type(error).__name__)
try:
    letters.sample(n=2, weights=[1, 1, -1])
except ValueError as error:
    print("ValueError:", error)

# %%
draws = letters.sample(n=10_000, replace=True, weights=[2, 2, 4], random_state=0)["label"]
plots.drawn_shares(
    draws.value_counts(normalize=True).to_dict(), {"a": 2, "b": 2, "c": 4}, len(draws)
)

# %% [markdown] lang="en" rows="S1-10 S1-11"
# **`axis=1`** draws columns instead of rows. **`ignore_index=True`** numbers the drawn rows anew from 0; without it each
# row keeps the label it had, and that label is how pandas later knows which rows belong together.

# %% [markdown] lang="ko" rows="S1-10 S1-11"
# `axis=1`은 행 대신 열을 뽑습니다. `ignore_index=True`는 뽑은 행에 0부터 새 번호를 붙입니다. 쓰지 않으면 행마다 원래
# 이름표(인덱스)를 그대로 지니고, 판다스는 나중에 그 이름표를 보고 어떤 행끼리 짝인지 압니다.

# %%
print("three columns:", wine.sample(n=3, axis=1, random_state=3).shape)
print("labels kept:  ", sorted(wine.sample(n=3, random_state=3).index) != [0, 1, 2])
print("labels anew:  ", list(wine.sample(n=3, random_state=3, ignore_index=True).index))

# %% [markdown] lang="en" errata="E-56"
# > **In the lecture** (S1, section 01): `sample()` is taught on the features; the labels are not mentioned.
# >
# > Shuffle the features and leave the labels behind, and every wine gets somebody else's label. Keras does **not**
# > notice: it looks at positions, not at the index. The cell below trains a quick classifier on 20 different splits,
# > once with the rows drawn together and once with only the features shuffled. (The classifier is scikit-learn's
# > logistic regression: this is about the data, and it trains in milliseconds.)

# %% [markdown] lang="ko" errata="E-56"
# > **강의에서는** (S1, 01절): `sample()`을 특성에만 쓰고 레이블 이야기는 하지 않습니다.
# >
# > 특성만 섞고 레이블을 그대로 두면 와인마다 남의 레이블이 붙습니다. 케라스는 이것을 알아채지 **못합니다**. 인덱스가 아니라
# > 자리만 보기 때문입니다. 아래 셀은 서로 다른 20가지 분할에서 간단한 분류기를 훈련합니다. 한 번은 함께 뽑고, 한 번은 특성만
# > 섞습니다. (분류기는 사이킷런의 로지스틱 회귀입니다. 데이터에 관한 실험이라 몇 밀리초면 훈련되는 것을 골랐습니다.)

# %% tags=["lecture"]
together, apart = [], []
classifier = make_pipeline(StandardScaler(), LogisticRegression())
for seed in range(20):
    train, test = train_test_split(wine, test_size=0.25, stratify=wine["target"], random_state=seed)
    x_test, y_test = test.drop(columns="target").to_numpy(), test["target"]
    shuffled = train.sample(frac=1, random_state=seed)
    classifier.fit(shuffled.drop(columns="target").to_numpy(), shuffled["target"])
    together.append(classifier.score(x_test, y_test))
    only_features = train.drop(columns="target").sample(frac=1, random_state=seed)
    classifier.fit(only_features.to_numpy(), train["target"])
    apart.append(classifier.score(x_test, y_test))
print("Rule: rows drawn together must win in all 20 splits.")
print("Together always better:", min(np.subtract(together, apart)) > 0)
print(f"mean test accuracy: together {np.mean(together):.2f}, features alone {np.mean(apart):.1f}")

# %% [markdown] lang="en"
# So keep features and labels in one table, sample that, and take them apart afterwards.

# %% [markdown] lang="ko"
# 그러니 특성과 레이블을 한 표에 두고, 그 표를 섞은 다음에 나누세요.

# %%
shuffled = wine.sample(frac=1, random_state=42)
x, y = shuffled.drop(columns="target"), shuffled["target"]
print("labels of x and y still match:", x.index.equals(y.index))

# %% [markdown] lang="en" rows="S2-06 S2-10"
# ## Three parts, three jobs
#
# Why split at all? Because a network can learn rows by heart, and only rows it has never seen show whether it learned
# the rule behind them. One part is not enough, though. Rows you *look at to make choices* (how many epochs, which
# layers) have been used, too. So there are three parts.

# %% [markdown] lang="ko" rows="S2-06 S2-10"
# ## 세 조각, 세 가지 역할
#
# 왜 나눌까요? 신경망은 데이터를 외울 수 있어서, 처음 보는 데이터로만 규칙을 배웠는지 확인할 수 있기 때문입니다. 그런데 하나만
# 떼어 놓아서는 부족합니다. 에포크 수나 층 수를 *고르려고 들여다본* 데이터도 이미 쓴 데이터입니다. 그래서 세 조각이 필요합니다.

# %%
cancer = data.frame("breast_cancer")
train, test = train_test_split(cancer, stratify=cancer["target"], test_size=0.2, random_state=2022)
train, validation = train_test_split(
    train, stratify=train["target"], test_size=0.25, random_state=2022
)
plots.split_roles(len(train), len(validation), len(test))

# %% [markdown] lang="en" rows="S2-07 S2-08 S2-09"
# The second lecture does the first of these two cuts: `test_size=0.2` keeps a fifth, `random_state=2022` makes the cut
# repeatable, and `stratify=` keeps the share of each class equal in both parts. Here are its numbers.

# %% [markdown] lang="ko" rows="S2-07 S2-08 S2-09"
# 두 번째 강의는 이 가운데 첫 번째 분할을 합니다. `test_size=0.2`는 5분의 1을 떼어 두고, `random_state=2022`는 분할을 재현할 수
# 있게 하며, `stratify=`는 두 조각에서 클래스의 비율이 같도록 합니다(층화 분할, stratified split). 강의의 숫자를 확인해 봅시다.

# %%
features, target = cancer.drop(columns="target"), cancer["target"]
X_train, X_test, y_train, y_test = train_test_split(
    features, target, stratify=target, test_size=0.2, random_state=2022
)
print("rows:", len(X_train), len(X_test))
print(f"share of class 1: {y_train.mean():.4f} {y_test.mean():.4f}")

# %% [markdown] lang="en"
# Does `stratify` matter? **Guess first:** in 200 random splits of the wine table, how far can the share of the third
# class in the test part stray from its 27 %?

# %% [markdown] lang="ko"
# `stratify`가 정말 필요할까요? **먼저 예상해 보세요.** 와인 데이터를 200번 무작위로 나누면, 테스트 조각에서 세 번째 클래스의
# 비율은 27%에서 얼마나 벗어날까요?

# %%
shares = {"random": [], "stratified": []}
for seed in range(200):
    for name, stratify in (("random", None), ("stratified", wine["target"])):
        _, part = train_test_split(wine, test_size=0.2, stratify=stratify, random_state=seed)
        shares[name].append((part["target"] == 2).mean())
plots.scatter_of_splits(shares, (wine["target"] == 2).mean(), "share of class 2 in the test part")

# %% [markdown] lang="en" rows="S1-31 S5-34" errata="E-17"
# > **In the lecture** (S1, fit with a checkpoint; S5, signature of fit): `validation_split=0.2` is explained as the
# > ratio by which the data are divided into a training and a *test* set.
# >
# > It makes a **validation** set, and the lecture leaves out how: Keras takes the **last** rows, *before* it shuffles
# > anything. `int(n * (1 - validation_split))` rows stay for training. With a sorted table the last rows are a class
# > of their own. The cell below cuts the wine table exactly as `fit` does.

# %% [markdown] lang="ko" rows="S1-31 S5-34" errata="E-17"
# > **강의에서는** (S1의 fit, S5의 fit 사용법): `validation_split=0.2`를 데이터를 트레이닝 데이터셋과 *테스트* 데이터셋으로 나누는
# > 비율이라고 설명합니다.
# >
# > 만들어지는 것은 **검증** 세트이고, 어떻게 나누는지가 빠져 있습니다. 케라스는 섞기 *전에* **마지막** 행들을 떼어 냅니다.
# > `int(n * (1 - validation_split))`행이 훈련용으로 남습니다. 데이터가 정렬되어 있으면 마지막 행들은 한 클래스뿐일 수 있습니다.
# > 아래 셀은 `fit`과 똑같이 와인 데이터를 자릅니다.

# %% tags=["lecture"]
validation_split = 0.33
cut = int(len(wine) * (1 - validation_split))
parts = {"training": wine["target"][:cut], "validation": wine["target"][cut:]}
print("training rows:", cut, " validation rows:", len(wine) - cut)
plots.class_shares(
    parts, ["class 0", "class 1", "class 2"], "validation_split=0.33 on the sorted table"
)

# %% [markdown] lang="en"
# ## The trap of validation_split
#
# The training part has never seen class 2, and the validation part consists of it almost entirely. Now train, as the
# lecture does, and look at the number you predicted.

# %% [markdown] lang="ko"
# ## validation_split의 함정
#
# 훈련 조각에는 클래스 2가 하나도 없고, 검증 조각은 거의 클래스 2뿐입니다. 이제 강의처럼 훈련하고, 처음에 예상한 숫자를
# 확인해 봅시다.


# %%
def build_wine_model():
    model = keras.Sequential(
        [
            keras.Input((13,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    adam, loss = keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy"
    model.compile(optimizer=adam, loss=loss, metrics=["accuracy"])
    return model


x = StandardScaler().fit_transform(wine.drop(columns="target")).astype("float32")
y = wine["target"].to_numpy()
history = build_wine_model().fit(x, y, epochs=15, validation_split=0.33, verbose=0)
reveal("02.p1", round(history.history["val_accuracy"][-1], 1))

# %% [markdown] lang="en"
# Is it the order of the rows and nothing else? We train the same network on the same rows, once as they come and once
# shuffled, and cut both as `validation_split` does. And because one run proves little, `experiments.compare` trains each
# of the two under ten seeds; `claim` then tests the rule on every seed and fails if it does not hold.

# %% [markdown] lang="ko"
# 정말 행의 순서 때문일까요? 같은 신경망을 같은 행으로, 한 번은 주어진 순서대로, 한 번은 섞어서 훈련합니다. 자르는 자리는 둘 다
# `validation_split`과 같습니다. 한 번의 훈련으로는 증명되는 것이 거의 없으니, `experiments.compare`로 둘을 시드 열 개씩
# 훈련합니다. `claim`은 기준을 모든 시드에서 확인하고, 맞지 않으면 오류를 냅니다.

# %%
order = np.random.default_rng(0).permutation(len(x))
parts = {
    "sorted": (x[:cut], y[:cut], x[cut:], y[cut:]),
    "shuffled": (x[order][:cut], y[order][:cut], x[order][cut:], y[order][cut:]),
}
variants = {name: experiments.Variant(build_wine_model, part) for name, part in parts.items()}
runs = experiments.compare(variants, parts["sorted"], epochs=15, seeds=10)
runs.claim(
    "shuffling raises validation accuracy by 0.5 or more",
    "last_val_accuracy",
    of="shuffled",
    direction="higher",
    than="sorted",
    margin=0.5,
    agree=10,
)

# %% [markdown] lang="en"
# The network was never bad; it was examined on something it had never been taught. One line, `sample(frac=1)` before
# `fit`, mends it. Better still: split by yourself, stratified, and give `fit` the parts with `validation_data`.
#
# (This quick experiment scales on all rows. That is a small leak of its own; a few cells further on you will see why.)

# %% [markdown] lang="ko"
# 신경망이 나빴던 것이 아니라, 배운 적 없는 것으로 시험을 본 것입니다. `fit` 앞에 `sample(frac=1)` 한 줄이면 됩니다. 직접 층화
# 분할해서 `validation_data`로 넘겨주면 더 좋습니다.
#
# (이 간단한 실험에서는 전체 행으로 스케일링했습니다. 그것도 작은 누출입니다. 조금 뒤에 이유를 봅니다.)

# %% [markdown] lang="en" rows="S3-06" errata="E-18"
# > **In the lecture** (S3, data; accuracy .9059 at reload): `train_test_split(train_scaled, train_target)` without
# > `random_state`, 45,000 and 15,000 images.
# >
# > Each run of that cell deals the rows anew. Run it once more between training and evaluating, which happens easily
# > in a notebook, and rows the model was trained on land in the "validation" set. How many? With a quarter held out,
# > about three quarters of it. The lecture's .9059 is far better than its sister models' .883; it can hardly be
# > explained in another way, though the cell that did it is not shown.

# %% [markdown] lang="ko" rows="S3-06" errata="E-18"
# > **강의에서는** (S3, 데이터 준비와 모델 복원 뒤의 정확도 .9059): `random_state` 없이
# > `train_test_split(train_scaled, train_target)`으로 45,000장과 15,000장을 나눕니다.
# >
# > 이 셀은 실행할 때마다 데이터를 새로 나눕니다. 훈련과 평가 사이에 한 번 더 실행하면(노트북에서는 흔한 일입니다) 훈련에 쓴
# > 데이터가 "검증" 세트에 섞입니다. 얼마나 섞일까요? 4분의 1을 떼어 둔다면 그 가운데 약 4분의 3입니다. 강의의 .9059는 비슷한
# > 모델들의 .883보다 지나치게 높습니다. 그 셀이 나와 있지는 않지만, 다른 설명을 찾기 어렵습니다.

# %% tags=["lecture"]
rows = np.arange(60_000)
seen = []
for seed in range(10):
    trained_on, _ = train_test_split(rows, random_state=seed)
    _, second_validation = train_test_split(rows, random_state=seed + 1000)
    seen.append(np.isin(second_validation, trained_on).mean())
print("sizes:", len(trained_on), len(second_validation))
print("share of the new validation set that was trained on,")
print(f"smallest and largest of 10 repeats: {min(seen):.2f} {max(seen):.2f}")

# %% [markdown] lang="en" rows="S2-11 S2-12 S2-13"
# ## Scaling without peeking
#
# In the breast cancer table one feature runs to 4,254 and another not even to 0.03. A network multiplies all of them by weights
# of similar size, so it would listen to the loudest. Scaling brings them to one level. **Standardisation**
# (`StandardScaler`): subtract the mean, divide by the standard deviation. **Min-max normalisation** (`MinMaxScaler`):
# to the range 0 to 1.

# %% [markdown] lang="ko" rows="S2-11 S2-12 S2-13"
# ## 엿보지 않고 스케일링하기
#
# 유방암 데이터에는 4,254까지 가는 특성도 있고 0.03에도 못 미치는 특성도 있습니다. 신경망은 모든 특성에 비슷한 크기의 가중치를
# 곱하므로, 그대로 두면 목소리 큰 특성만 듣게 됩니다. 스케일링은 특성을 같은 수준으로 맞춥니다. **표준화**(standardization, `StandardScaler`)는
# 평균을 빼고 표준편차로 나눕니다. **정규화**(normalization, `MinMaxScaler`)는 0에서 1 사이로 옮깁니다.

# %%
print("largest values:", X_train["worst area"].max(), X_train["fractal dimension error"].max())
standard = StandardScaler().fit(X_train)
minmax = MinMaxScaler().fit(X_train)
z, m = standard.transform(X_train), minmax.transform(X_train)
print("StandardScaler: all means 0:", bool(np.allclose(z.mean(axis=0), 0)))
print("StandardScaler: all deviations 1:", bool(np.allclose(z.std(axis=0), 1)))
print("MinMaxScaler: from", m.min().round(6), "to", m.max().round(6))

# %% [markdown] lang="en" errata="E-06"
# > **In the lecture** (S2, feature scaling): standardisation is said to transform the data into a *"가우시안
# > 정규분포"*, a Gaussian normal distribution.
# >
# > It moves and stretches the axis, and that is all. A skewed feature stays as skewed as it was. Compare the two
# > shapes.

# %% [markdown] lang="ko" errata="E-06"
# > **강의에서는** (S2, 피처 스케일링): 표준화가 데이터를 "가우시안 정규분포로 변환"한다고 합니다.
# >
# > 축을 옮기고 늘이거나 줄일 뿐입니다. 한쪽으로 치우친 특성은 여전히 그만큼 치우쳐 있습니다. 두 모양을 비교해 보세요.

# %% tags=["lecture"]
area = cancer[["area error"]]
scaled_area = StandardScaler().fit_transform(area)
plots.before_after(area["area error"], scaled_area[:, 0], "area error", "StandardScaler")

# %% [markdown] lang="en" rows="S2-14" errata="E-07"
# > **In the lecture** (S2, data splitting and scaling): the data are split first, then
# > `cancer_std = scaler.fit_transform(cancer.data)` scales **all** rows, and `cancer_std` is never used again.
# >
# > Two slips in one line. The mean and the deviation of the test rows take part in scaling the training rows: a
# > **leak**, small here, but the test set has been looked at. And `X_train`, which goes into the network, stayed
# > unscaled. The right way: `fit` on the training rows, `transform` everything. The sign that it was done right: the
# > test rows do *not* have mean 0.

# %% [markdown] lang="ko" rows="S2-14" errata="E-07"
# > **강의에서는** (S2, 데이터 분할과 스케일링): 먼저 나눈 다음 `cancer_std = scaler.fit_transform(cancer.data)`로 **모든** 행을
# > 스케일링하고, 그 뒤로 `cancer_std`를 쓰지 않습니다.
# >
# > 한 줄에 실수가 두 개입니다. 테스트 행의 평균과 표준편차가 훈련 데이터의 스케일링에 끼어듭니다. 여기서는 작지만 **데이터
# > 누출**(data leakage)이고, 테스트 세트를 이미 본 셈입니다. 게다가 정작 신경망에 들어가는 `X_train`은 스케일링되지 않았습니다. 올바른 방법은
# > 훈련 데이터로만 `fit`하고 모두 `transform`하는 것입니다. 제대로 했다면 테스트 행의 평균은 0이 *아닙니다*.

# %% tags=["lecture"]
leaky = StandardScaler().fit(features)
leaky_means = leaky.transform(X_train).mean(axis=0)
test_means = standard.transform(X_test).mean(axis=0)
print("lecture: training rows have mean 0:", bool(np.allclose(leaky_means, 0, atol=0.001)))
print("right way: training rows have mean 0:", bool(np.allclose(z.mean(axis=0), 0, atol=0.001)))
print("right way: largest mean of a test feature:", np.abs(test_means).max().round(3))

# %% [markdown] lang="en" errata="E-58"
# > **In the lecture** (S1, rice data with `input_dim=10`): the file has an `id`, ten features and the class. If the first
# > ten columns were taken, as the number suggests, the `id` went in and a feature stayed out. It cannot be proved any
# > more.
# >
# > Why would an id matter? In a sorted file the running number **knows the class**. Below, the wine table gets an id,
# > and one threshold on it alone tells class 0 from the rest. `data.from_csv`, which reads tables of your own, finds
# > such columns and says so.

# %% [markdown] lang="ko" errata="E-58"
# > **강의에서는** (S1, `input_dim=10`인 쌀 데이터): 파일에는 `id`와 특성 열 개, 클래스가 있습니다. 숫자가 말해 주듯 앞의 열 열을
# > 썼다면 `id`가 들어가고 특성 하나가 빠졌을 것입니다. 지금은 확인할 수 없습니다.
# >
# > id가 왜 문제일까요? 정렬된 파일에서는 일련번호가 **클래스를 알고** 있기 때문입니다. 와인 데이터에 id를 붙이면 id 하나에
# > 기준값 하나만 정해도 클래스 0과 나머지가 갈립니다. 여러분의 표를 읽는 `data.from_csv`는 그런 열을 찾아 알려 줍니다.

# %% tags=["lecture"]
with_id = wine.assign(id=range(1, len(wine) + 1))
print("correlation of id and class:", round(with_id["id"].corr(with_id["target"]), 2))
print(
    "id <= 59 is class 0, always:", bool(((with_id["id"] <= 59) == (with_id["target"] == 0)).all())
)
file = Path(tempfile.mkdtemp(), "my_wine.csv")
with_id.to_csv(file, index=False)
mine = data.from_csv(file, target="target")
print(mine.describe())

# %% [markdown] lang="en" errata="E-62"
# > **In the lecture** (S1, wine quality data): 6,497 wines are split at random.
# >
# > 1,177 of those rows repeat an earlier row exactly, so a random split puts the same wine on both sides, and the
# > validation score is partly a memory test. With a network connection you can count them:
# > `data.frame("wine_quality", full=True).duplicated().sum()`. The cell makes the same mistake in small: it
# > repeats rows of our table and counts how much of the validation part was seen.

# %% [markdown] lang="ko" errata="E-62"
# > **강의에서는** (S1, 와인 품질 데이터): 6,497행을 무작위로 나눕니다.
# >
# > 그 가운데 1,177행은 앞에 나온 행과 완전히 같습니다. 무작위로 나누면 같은 와인이 양쪽에 들어가고, 검증 점수는 얼마쯤 암기
# > 시험이 됩니다. 인터넷이 된다면 `data.frame("wine_quality", full=True).duplicated().sum()`으로 세어 볼 수 있습니다. 아래
# > 셀에서는 우리 데이터의 행을 일부 되풀이해서 같은 실수를 작게 만들고, 검증 조각을 얼마나 이미 보았는지 셉니다.

# %% tags=["lecture"]
doubled = pd.concat([wine, wine.sample(frac=0.22, random_state=0)], ignore_index=True)
print("rows that repeat an earlier one:", int(doubled.duplicated().sum()), "of", len(doubled))
for name, table in (
    ("with duplicates", doubled),
    ("duplicates dropped", doubled.drop_duplicates()),
):
    train, validation = train_test_split(
        table, test_size=0.33, stratify=table["target"], random_state=0
    )
    seen = validation.merge(train.drop_duplicates(), how="inner")
    print(
        f"{name}: {len(seen)} of {len(validation)} validation rows also stand in the training part"
    )

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `shuffle_together(x, y, seed)` for a DataFrame `x` and a Series `y` with the same index: return
# both in the same new order.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 인덱스가 같은 DataFrame `x`와 Series `y`를 같은 새 순서로 섞어 둘 다 돌려주는 `shuffle_together(x, y, seed)`를
# 작성하세요.


# %% tags=["exercise"]
def shuffle_together(x, y, seed):
    return ...


check("02.e1", shuffle_together)

# %% [markdown] lang="en"
# **Exercise 2.** Write `standardize(x_train, x_test)` for NumPy arrays without a scaler object: return both, scaled with
# the mean and the standard deviation of the **training** rows.

# %% [markdown] lang="ko"
# **연습 2.** 스케일러를 쓰지 않고 넘파이 배열을 표준화하는 `standardize(x_train, x_test)`를 작성하세요. **훈련** 데이터의 평균과
# 표준편차로 둘 다 바꾸어 돌려줍니다.


# %% tags=["exercise"]
def standardize(x_train, x_test):
    return ...


check("02.e2", standardize)

# %% [markdown] lang="en"
# Stuck? Run `hint("02.e1")`, or `solution("02.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("02.e1")`을, 해 본 다음에는 `solution("02.e1")`을 실행하세요.

# %% [markdown] lang="en" rows="S1-12"
# ## Quiz
#
# Among the questions is the lecture's own Q4, put right.

# %% [markdown] lang="ko" rows="S1-12"
# ## 퀴즈
#
# 강의에 나온 문제 Q4도 바로잡아 넣었습니다.

# %%
quiz("02")

# %% [markdown] lang="en"
# ## Summary
#
# - Look at the order of the rows before anything else. `sample(frac=1)` shuffles a table.
# - Sample the joined table; features and labels that part company are not noticed by Keras.
# - Three parts: training fits the weights, validation serves to choose, test is looked at once. Stratify.
# - `validation_split` takes the last rows, before any shuffling.
# - Fit a scaler on the training rows only. Scaling does not change the shape of a distribution.
# - Running numbers and duplicate rows leak the answer.

# %% [markdown] lang="ko"
# ## 정리
#
# - 무엇보다 먼저 행의 순서를 보세요. `sample(frac=1)`은 데이터를 섞습니다.
# - 합쳐 놓은 표를 섞으세요. 특성과 레이블의 짝이 어긋나도 케라스는 알아채지 못합니다.
# - 훈련 세트로 가중치를 맞추고, 검증 세트로 고르고, 테스트 세트는 한 번만 봅니다. 층화 분할하세요.
# - `validation_split`은 섞기 전에 마지막 행들을 떼어 냅니다.
# - 스케일러는 훈련 데이터로만 맞추세요. 스케일링은 분포의 모양을 바꾸지 않습니다.
# - 일련번호와 중복된 행은 답을 새어 나가게 합니다.
