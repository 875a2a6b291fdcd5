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

# %% [markdown] lang="en" rows="S1-33"
# Before training begins, somebody has to type a number into `epochs=`. The first lecture types 3,500, the fourth
# one 200 and recommends 500. Too few and the network has not learned yet; too many and it starts to learn the
# training rows by heart. This lesson is about reading that number off a picture instead of guessing it.
#
# First guess it all the same. We are going to train a small network for the lecture's 3,500 epochs and look at its
# loss on data it does not train on. **When will that validation loss be lowest?**

# %% [markdown] lang="ko" rows="S1-33"
# 훈련을 시작하려면 `epochs=`에 숫자를 하나 적어야 합니다. 첫 번째 강의는 3,500을, 네 번째 강의는 200을 적고 넉넉히
# 500을 권합니다. 너무 적으면 아직 배우지 못했고, 너무 많으면 훈련 데이터를 외우기 시작합니다. 이 레슨에서는 그 숫자를
# 감으로 정하지 않고 학습 곡선(learning curve)에서 읽어 내는 법을 배웁니다.
#
# 그래도 먼저 예상해 봅시다. 작은 신경망을 강의처럼 3,500에포크 훈련하면서, 훈련에 쓰지 않은 데이터의 손실을 지켜볼
# 것입니다. **검증 손실(validation loss)은 언제 가장 낮을까요?**

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import data, experiments, labs, plots, training
from helpers.curves import read_curves
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("05.p1")

# %% [markdown] lang="en" rows="S3-02 S3-03 S3-14 S1-44"
# ## What fit gives back
#
# `model.fit` trains, and it also keeps a diary: for every epoch it writes down the loss and the metrics you asked
# for. You get that diary as the return value, so give it a name. If `fit` is the last line of a cell and you do
# not, the notebook prints something odd like `<keras.src.callbacks.history.History object …>`: a notebook shows
# the value of a cell's last expression, and that value is the diary.
#
# We use 1,000 handwritten digits, so that an epoch takes well under a second.

# %% [markdown] lang="ko" rows="S3-02 S3-03 S3-14 S1-44"
# ## fit이 돌려주는 것
#
# `model.fit`은 훈련만 하는 것이 아니라 일지도 씁니다. 에포크마다 손실과 우리가 요청한 지표를 적어 두었다가 반환값으로
# 돌려줍니다. 그러니 변수에 담아 두세요. `fit`을 셀의 마지막 줄에 두고 변수에 담지 않으면
# `<keras.src.callbacks.history.History object …>` 같은 낯선 문장이 찍힙니다. 노트북은 셀의 마지막 표현식 값을
# 보여 주는데, 그 값이 바로 이 일지이기 때문입니다.
#
# 한 에포크가 1초도 걸리지 않도록 손글씨 숫자 1,000장만 씁니다.

# %%
digits = data.load("mnist")
x_digits, y_digits = digits.x_train[:1000], digits.y_train[:1000]
print("training:", x_digits.shape, y_digits.shape)
print("validation:", digits.x_val.shape, digits.y_val.shape)


# %%
def build_digits_model():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %%
keras.utils.set_random_seed(42)
model = build_digits_model()
history = model.fit(x_digits, y_digits, epochs=5, verbose=0)
print("fit returned a", type(history).__name__)
print("history.history is a", type(history.history).__name__)
print("epochs:", history.epoch)
print("settings:", history.params)

# %% [markdown] lang="en" errata="E-13" rows="S1-48"
# > **In the lecture** (S1, "Keras의 history란?"): *"History 함수의 반환값은 dictionary type"*, the return value of
# > the History function is a dictionary.
# >
# > Two small corrections that save a long search later. There is no History *function*: `fit` returns an *object*
# > of the class `History`. And the dictionary is one of its attributes, `history.history`, next to `.epoch`,
# > `.params` and `.model`. So `history["loss"]` fails and `history.history["loss"]` works.

# %% [markdown] lang="ko" errata="E-13" rows="S1-48"
# > **강의에서는** (S1, "Keras의 history란?"): "History 함수의 반환값은 dictionary type"이라고 합니다.
# >
# > 나중에 헤매지 않도록 두 가지만 바로잡습니다. History는 *함수*가 아닙니다. `fit`이 `History` 클래스의 *객체*를
# > 돌려줍니다. 딕셔너리는 그 객체의 속성인 `history.history`이고, 그 옆에 `.epoch`, `.params`, `.model`도 있습니다.
# > 그래서 `history["loss"]`는 오류가 나고 `history.history["loss"]`는 됩니다.

# %% tags=["lecture"]
try:
    history["loss"]
except TypeError as error:
    print("TypeError:", error)
print("history.history['loss'] has", len(history.history["loss"]), "values")

# %% [markdown] lang="en" rows="S3-16 S3-17 S1-45 S1-47 S1-46"
# ## The columns of the diary
#
# Each key of the dictionary leads to a plain Python list with one number for each epoch. `loss` is always there.
# `accuracy` is there because `compile` asked for it. Which keys would you expect if we also gave `fit` some
# validation data?

# %% [markdown] lang="ko" rows="S3-16 S3-17 S1-45 S1-47 S1-46"
# ## 일지의 항목
#
# 딕셔너리의 키마다 에포크 수만큼의 숫자가 담긴 평범한 파이썬 리스트가 있습니다. `loss`는 언제나 있고, `accuracy`는
# `compile`에서 요청했기 때문에 있습니다. `fit`에 검증 데이터까지 주면 어떤 키가 더 생길까요?

# %%
print("without validation data:", sorted(history.history))
with_validation = build_digits_model().fit(
    x_digits, y_digits, epochs=1, validation_data=(digits.x_val, digits.y_val), verbose=0
)
print("with validation data:   ", sorted(with_validation.history))

# %% [markdown] lang="en" rows="S4-54"
# The keys repeat the metric's name as you wrote it. The fourth lecture writes `metrics=['acc']` in one exercise and
# reads `history.history['acc']`; that is correct, but code that waits for `val_accuracy` then waits in vain.
# Keras 3 also lists the keys in another order than the lectures print (`accuracy` before `loss`), so take columns by
# name and never by position.

# %% [markdown] lang="ko" rows="S4-54"
# 키 이름은 지표를 적은 그대로 따라갑니다. 네 번째 강의의 한 문제에서는 `metrics=['acc']`라고 적고
# `history.history['acc']`로 읽습니다. 맞는 코드이지만, `val_accuracy`를 기다리는 코드와는 어긋납니다. 또 케라스 3은
# 강의에 찍힌 것과 다른 순서(`accuracy`가 `loss`보다 먼저)로 키를 늘어놓습니다. 열은 순서가 아니라 이름으로 고르세요.

# %%
model = build_digits_model()
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["acc"])
short_names = model.fit(x_digits, y_digits, epochs=1, verbose=0)
print(sorted(short_names.history))

# %% [markdown] lang="en" rows="S3-18 S3-19"
# ## The first curve
#
# A list of numbers is hard to judge, a curve is easy. Here is the loss of those five epochs. Look at the x axis:
# it starts at 0, because Python counts list positions from 0. Keras itself says "Epoch 1/5". From here on the
# course counts epochs from 1, as Keras does.

# %% [markdown] lang="ko" rows="S3-18 S3-19"
# ## 첫 번째 곡선
#
# 숫자 목록은 판단하기 어렵지만 곡선은 쉽습니다. 방금 훈련한 5에포크의 손실을 그려 봅시다. x축을 보세요. 파이썬은
# 리스트의 자리를 0부터 세기 때문에 0에서 시작합니다. 그런데 케라스는 "Epoch 1/5"라고 말합니다. 이 강의에서는 앞으로
# 케라스를 따라 에포크를 1부터 셉니다.

# %%
plt.plot(history.history["loss"], marker="o")
plt.title("Training loss, 5 epochs")
plt.xticks(range(5))
plt.xlabel("position in the list (0 is the first epoch)")
plt.ylabel("loss")
plt.show()
plots.caption_curve(history, "loss")

# %% [markdown] lang="en" rows="S3-20"
# Loss falls; does accuracy rise? Same code, other column, and now with epochs counted from 1.

# %% [markdown] lang="ko" rows="S3-20"
# 손실은 줄어듭니다. 정확도는 올라갈까요? 같은 코드에서 열만 바꾸고, 이번에는 에포크를 1부터 셉니다.

# %% tags=["nbval-ignore-output"]
epochs = np.arange(1, len(history.history["accuracy"]) + 1)
plt.plot(epochs, history.history["accuracy"], marker="o")
plt.title("Training accuracy, 5 epochs")
plt.xticks(epochs)
plt.xlabel("epoch")
plt.ylabel("accuracy")
plt.show()
plots.caption_curve(history, "accuracy")

# %% [markdown] lang="en" rows="S3-21 S3-22 S1-36"
# ## Why the training loss is not enough
#
# Let us train for 20 epochs. The curve keeps falling. Would you go on?
#
# The training loss cannot answer that. It is measured on the rows the network is being fitted to, so it goes on
# falling while the network memorises them. To see whether it still learns anything *general* we need rows it never
# trains on.

# %% [markdown] lang="ko" rows="S3-21 S3-22 S1-36"
# ## 훈련 손실만으로는 부족한 이유
#
# 이번에는 20에포크를 훈련합니다. 곡선은 계속 내려갑니다. 더 훈련해도 될까요?
#
# 훈련 손실은 그 질문에 답하지 못합니다. 신경망을 맞추고 있는 바로 그 데이터에서 재기 때문에, 외우기만 해도 계속
# 내려갑니다. *일반적인* 규칙을 배우고 있는지 보려면 한 번도 훈련에 쓰지 않은 데이터가 필요합니다.

# %% tags=["nbval-ignore-output"]
keras.utils.set_random_seed(42)
model = build_digits_model()
first_fit = model.fit(x_digits, y_digits, epochs=20, verbose=0)
plt.plot(range(1, 21), first_fit.history["loss"])
plt.title("Training loss, 20 epochs: it keeps falling")
plt.xticks(range(0, 21, 5))
plt.xlabel("epoch")
plt.ylabel("loss")
plt.show()
plots.caption_curve(first_fit, "loss")

# %% [markdown] lang="en" rows="S3-23 S3-24 S3-25 S3-26" errata="E-19"
# > **In the lecture** (S3, "검증 손실"): the next cell calls `fit` again, now with `validation_data`, plots epochs
# > 0 to 19 and concludes that from the fifth epoch on *"손실이 상승하는 모습을 보인다"*, the loss rises, a typical case
# > of overfitting.
# >
# > `validation_data=(x, y)` is the right tool. But the model was not built anew: a second `fit` **goes on** from the
# > weights of the first. What the figure calls epoch 1 was the 21st. Below is the lecture's cell on our digits.
# > Where does the training loss start?

# %% [markdown] lang="ko" rows="S3-23 S3-24 S3-25 S3-26" errata="E-19"
# > **강의에서는** (S3, "검증 손실"): 이어지는 셀에서 `validation_data`를 넣어 `fit`을 다시 부르고, 0부터 19까지의
# > 에포크를 그린 다음, 다섯 번째 에포크부터 "손실이 상승하는 모습을 보인다"며 전형적인 과대적합(과적합, overfitting)이라고 결론짓습니다.
# >
# > `validation_data=(x, y)`는 알맞은 도구입니다. 그런데 모델을 새로 만들지 않았습니다. 두 번째 `fit`은 첫 번째 `fit`이
# > 끝난 가중치에서 **이어서** 훈련합니다. 그래프가 1번째라고 부르는 에포크는 사실 21번째였습니다. 강의의 셀을 우리
# > 데이터로 실행해 봅시다. 훈련 손실이 어디에서 시작하나요?

# %% tags=["lecture"]
steps_before = int(model.optimizer.iterations)
validation = (digits.x_val, digits.y_val)
continued = model.fit(x_digits, y_digits, epochs=20, validation_data=validation, verbose=0)
print("steps already taken before this fit:", steps_before)
starts, began = continued.history["loss"][0], first_fit.history["loss"][0]
print("starts below a tenth of where training began:", starts < began / 10)

# %% tags=["lecture", "nbval-ignore-output"]
plots.learning_curves(continued, title="As in the lecture: a continued fit")

# %% [markdown] lang="en"
# To ask "when does the validation loss turn?", begin with fresh weights: build the model again in the same cell as
# `fit`. Compare the two figures, above all their left ends.

# %% [markdown] lang="ko"
# "검증 손실이 언제 돌아서는가"를 물으려면 새 가중치에서 시작해야 합니다. 모델을 만드는 줄을 `fit`과 같은 셀에 두세요.
# 두 그래프를, 특히 왼쪽 끝을 비교해 보세요.

# %% tags=["nbval-ignore-output"]
keras.utils.set_random_seed(42)
model = build_digits_model()
fresh = model.fit(x_digits, y_digits, epochs=20, validation_data=validation, verbose=0)
plots.learning_curves(fresh, title="Fresh weights")

# %% [markdown] lang="en"
# Was that one unlucky seed? Continuing a fit after 20 epochs is the same as looking only at epochs 21 to 40 of one long
# run. So we train 40 epochs under **ten seeds** and look at both parts. `experiments.compare` trains a model once for
# each seed; `claim` states a rule, checks it on every seed and fails loudly if it does not hold. Each dot in the
# picture is one seed. **Where will the best epoch of the second half be?**

# %% [markdown] lang="ko"
# 시드 하나가 우연히 그랬던 것일까요? 20에포크 뒤에 이어서 훈련하는 것은, 한 번에 길게 훈련하고 21~40번째 에포크만 보는 것과
# 같습니다. 그래서 **시드 열 개**로 40에포크씩 훈련해 앞부분과 뒷부분을 나누어 봅니다. `experiments.compare`는 시드마다 모델을
# 한 번씩 훈련합니다. `claim`은 기준을 밝히고 모든 시드에서 확인하며, 맞지 않으면 오류를 냅니다. 그림의 점 하나가 시드
# 하나입니다. **뒷부분만 보면 가장 좋은 에포크는 어디일까요?**

# %%
digit_runs = experiments.compare(
    {"digits": build_digits_model}, (x_digits, y_digits, *validation), epochs=40, seeds=10
)
digit_runs.claim("the turn comes before epoch 21", "best_epoch", direction="lower", than=21)


# %%
def best_of_second_half(run):
    return np.argmin(run["val_loss"][20:]) + 1


digit_runs.claim(
    "a fit continued after 20 epochs looks best in its first three",
    best_of_second_half,
    direction="lower",
    than=4,
)

# %% [markdown] lang="en"
# So the continued fit does show a turn, but not the one it was meant to find: what is best about it is that it has
# only just begun.

# %% [markdown] lang="ko"
# 이어진 훈련에도 돌아서는 지점은 있습니다. 그러나 찾으려던 지점이 아닙니다. 시작하자마자가 가장 좋았다는 것은, 정말로 돌아선
# 곳은 그 앞에 있었다는 뜻입니다.

# %% [markdown] lang="en" rows="S1-38 S1-49"
# ## The diary as a table
#
# pandas turns the dictionary into a table in one line: a row for each epoch, a column for each key. Set the index to
# begin at 1 and the row labels are epochs.

# %% [markdown] lang="ko" rows="S1-38 S1-49"
# ## 일지를 표로
#
# 판다스를 쓰면 딕셔너리가 한 줄로 표가 됩니다. 행은 에포크, 열은 키입니다. 인덱스를 1부터 시작하게 하면 행 이름이 곧
# 에포크가 됩니다.

# %%
table = pd.DataFrame(fresh.history, index=range(1, len(fresh.epoch) + 1))
table.index.name = "epoch"
print(table.shape)
print(table[["loss", "val_loss"]].round(1).iloc[[0, 1, -1]])

# %% [markdown] lang="en"
# One trap: with `validation_freq=2` the validation columns hold a value for every second epoch only, the lists have
# different lengths, and pandas refuses them.

# %% [markdown] lang="ko"
# 함정이 하나 있습니다. `validation_freq=2`로 훈련하면 검증 값이 두 에포크에 하나씩만 남아 리스트의 길이가 서로 달라지고,
# 판다스가 표로 만들지 못합니다.

# %%
every_second = build_digits_model().fit(
    x_digits, y_digits, epochs=4, validation_data=validation, validation_freq=2, verbose=0
)
print({name: len(values) for name, values in every_second.history.items() if "loss" in name})
try:
    pd.DataFrame(every_second.history)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] lang="en" rows="S1-42 S1-43 S1-46 S1-49" errata="E-63"
# > **In the lecture** (S1, console log; S2 and S3 on names): the log shows `6/6` steps and, at epoch 61, accuracy
# > .9326 and val_accuracy .9503. Can you tell from this how many rows there were?
# >
# > You can: accuracy is a count divided by a count. A third of 975 wines makes 322 validation rows and leaves 653 for
# > training, which in batches of 130 is 6 steps. Then .9326 is 609 right of 653, and .9503 is 306 of 322. The lecture
# > also prints one column without saying which: it begins with 0.75199854, and its table has .751999 in the first row
# > of val_loss. Checking printed numbers this way is a good habit.
# >
# > And read names with care: the third lecture's section "손실함수" (loss function) is about loss *curves*, its
# > "검증 점수가 상승" (the validation score rises) means that the validation *loss* rises, and the second lecture
# > lists absolute errors under the "squared" family.

# %% [markdown] lang="ko" rows="S1-42 S1-43 S1-46 S1-49" errata="E-63"
# > **강의에서는** (S1의 실행 로그, S2와 S3의 용어): 로그에 `6/6` 스텝, 61번째 에포크의 accuracy .9326과 val_accuracy
# > .9503이 찍혀 있습니다. 이것만 보고 데이터가 몇 행인지 알 수 있을까요?
# >
# > 알 수 있습니다. 정확도는 개수를 개수로 나눈 값입니다. 와인 975행의 3분의 1 가까운 322행이 검증, 나머지 653행이 훈련이고,
# > 배치 130개씩이면 6스텝입니다. 그러면 .9326은 653개 중 609개, .9503은 322개 중 306개를 맞힌 것입니다. 강의에는 어느
# > 열인지 밝히지 않고 출력한 목록도 있습니다. 0.75199854로 시작하는데, 표에서 val_loss의 첫 행이 .751999입니다. 찍힌 숫자를
# > 이렇게 검산하는 습관을 들이세요.
# >
# > 이름도 조심해서 읽어야 합니다. 세 번째 강의의 "손실함수" 절은 사실 손실 *곡선* 이야기이고, "검증 점수가 상승"은 검증
# > *손실*이 커진다는 뜻입니다. 두 번째 강의는 절댓값 오차까지 "평균 제곱 계열"에 넣었습니다.

# %% tags=["lecture"]
rows, validation_split, batch_size = 975, 0.33, 130
train_rows = int(rows * (1 - validation_split))
print("training rows:", train_rows, " validation rows:", rows - train_rows)
print("steps an epoch:", int(np.ceil(train_rows / batch_size)))
for printed, total in ((0.9326, train_rows), (0.9503, rows - train_rows)):
    right = round(printed * total)
    print(f"{printed} is {right} of {total}:", round(right / total, 4) == printed)
print("the list is the column val_loss:", round(0.7519985437393188, 6) == 0.751999)

# %% [markdown] lang="en" rows="S1-37 S1-50"
# ## A long run
#
# Now the experiment you made a prediction for. The lecture trains a network of 30, 12, 8 and 1 units on a table of
# wines for **3,500 epochs**. We train the same network on the breast cancer table that comes with the course, with the
# lecture's batches of 130 rows.

# %% [markdown] lang="ko" rows="S1-37 S1-50"
# ## 긴 훈련
#
# 이제 처음에 예상했던 실험을 합니다. 강의에서는 유닛이 30, 12, 8, 1개인 신경망을 와인 데이터로 **3,500에포크** 훈련합니다.
# 우리는 이 과정에 들어 있는 유방암 데이터로 같은 신경망을, 강의처럼 130행씩 묶어 훈련합니다.

# %%
cancer = data.load("breast_cancer")
print("training rows:", len(cancer.x_train))
print("validation rows:", len(cancer.x_val))
print("test rows:", len(cancer.x_test), "(not touched until the end)")


# %%
def build_table_model(features=30):
    model = keras.Sequential(
        [
            keras.Input((features,)),
            keras.layers.Dense(30, activation="relu"),
            keras.layers.Dense(12, activation="relu"),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown] lang="en"
# One thing stands in the way. On so small a table `model.fit` spends tens of milliseconds on each epoch, and nearly all
# of it goes into returning to Python after every batch: 3,500 epochs would take minutes. So the course brings
# `training.fit`. It takes the same arguments, does the same arithmetic and returns the same `History`, but it compiles
# whole epochs into one program. You should not take our word for that. **Will both leave the same weights?**

# %% [markdown] lang="ko"
# 그런데 걸림돌이 하나 있습니다. 이렇게 작은 데이터에서 `model.fit`은 에포크마다 수십 밀리초를 쓰는데, 거의 전부가 배치마다
# 파이썬으로 돌아오는 데 드는 시간입니다. 3,500에포크면 몇 분이 걸립니다. 그래서 이 과정에는 `training.fit`이 있습니다. 인자도,
# 계산도, 돌려주는 `History`도 같지만 에포크 전체를 프로그램 하나로 컴파일합니다. 말만 믿지 말고 확인해 봅시다. **둘은 같은
# 가중치를 남길까요?**

# %%
finished = []
for fit in (keras.Model.fit, training.fit):
    keras.utils.set_random_seed(0)
    model = build_table_model()
    fit(model, cancer.x_train, cancer.y_train, epochs=5, shuffle=False, verbose=0)
    finished.append(np.concatenate([weights.ravel() for weights in model.get_weights()]))
print("weights:", finished[0].size)
print("equal to five digits:", np.allclose(*finished, rtol=1e-5, atol=1e-5))

# %% [markdown] lang="en"
# They do. Here are the 3,500 epochs.

# %% [markdown] lang="ko"
# 같습니다. 이제 3,500에포크를 훈련합니다.

# %%
keras.utils.set_random_seed(42)
long_model = build_table_model()
long_run = training.fit(
    long_model,
    cancer.x_train,
    cancer.y_train,
    batch_size=130,
    epochs=3500,
    validation_data=(cancer.x_val, cancer.y_val),
    verbose=0,
)
print("epochs recorded:", len(long_run.epoch))
print("columns:", sorted(long_run.history))

# %% [markdown] lang="en" rows="S1-39 S1-40 S1-41 S1-51 S2-34 S2-62" errata="E-12 E-14"
# > **In the lecture** (S1, "그래프로 확인하기"): the code below draws red dots for `val_loss` and blue dots for
# > `loss`. Its labels call the red ones *"Testset_loss"*, and the text under the figure says that the *test*
# > accuracy approaches 100 %. The second and the fourth lecture use "test" in the same way.
# >
# > Two names went wrong. The red dots are **validation** loss: these rows are used to choose the number of epochs,
# > so they are not a test any more; a test set is looked at once, at the very end. And what approaches 100 % is the
# > **training** accuracy, the blue side: in the lecture's own table accuracy ends at 1.000000 and val_accuracy at
# > .984472. Here is the lecture's figure with the names put right.

# %% [markdown] lang="ko" rows="S1-39 S1-40 S1-41 S1-51 S2-34 S2-62" errata="E-12 E-14"
# > **강의에서는** (S1, "그래프로 확인하기"): 아래 코드로 `val_loss`를 빨간 점, `loss`를 파란 점으로 그립니다. 범례는 빨간 점을
# > "Testset_loss"라고 부르고, 그림 아래에는 "테스트셋의 정확도는 점점 100%에 수렴"한다고 적었습니다. 두 번째, 네 번째
# > 강의도 "테스트"를 같은 뜻으로 씁니다.
# >
# > 이름 두 개가 바뀌었습니다. 빨간 점은 **검증** 손실입니다. 에포크 수를 고르는 데 쓴 데이터는 더 이상 테스트가 아닙니다.
# > 테스트 세트는 맨 마지막에 한 번만 봅니다. 그리고 100%로 가는 것은 파란 쪽, 곧 **훈련** 정확도입니다. 강의의 표에서도
# > accuracy는 1.000000, val_accuracy는 .984472로 끝납니다. 이름을 바로잡아 강의의 그림을 다시 그립니다.

# %% tags=["lecture", "nbval-ignore-output"]
hist_df = pd.DataFrame(long_run.history)
y_vloss, y_loss = hist_df["val_loss"], hist_df["loss"]
x_len = np.arange(len(y_loss))
plt.plot(x_len, y_vloss, "o", c="red", markersize=2, label="Validationset_loss")
plt.plot(x_len, y_loss, "o", c="blue", markersize=2, label="Trainset_loss")
plt.legend(loc="upper right")
plt.xlabel("epoch")
plt.ylabel("loss")
plt.show()
plots.caption_curve(long_run, "loss")

# %% [markdown] lang="en"
# The same run as lines, with the best epoch marked. And with that, your prediction:

# %% [markdown] lang="ko"
# 같은 훈련을 선으로 그리고 가장 좋은 에포크를 표시했습니다. 이제 처음의 예상을 확인해 봅시다.

# %% tags=["nbval-ignore-output"]
plots.learning_curves(long_run, title="3,500 epochs on the breast cancer table")

# %% tags=["nbval-ignore-output"]
reveal("05.p1", read_curves(long_run).best_epoch)

# %% [markdown] lang="en"
# ## Lab: where would you have stopped?
#
# The recorded run is yours to walk along. Drag the slider from left to right (or type an epoch into the field) and
# watch three things: the gap between the curves, the star of the best epoch so far, and the sentence below. Where
# does the sentence change its mind? The lab works on any history of yours: `labs.epochs(history)`.

# %% [markdown] lang="ko"
# ## 실습: 어디에서 멈췄어야 할까요?
#
# 기록된 훈련을 직접 따라가 봅시다. 슬라이더를 왼쪽에서 오른쪽으로 움직이면서(칸에 에포크를 적어도 됩니다) 세 가지를
# 보세요. 두 곡선의 차이, 지금까지 가장 좋은 에포크의 별표, 그리고 아래 문장입니다. 문장은 어디에서 말을 바꾸나요?
# `labs.epochs(history)`라고 쓰면 여러분의 history로도 실습할 수 있습니다.

# %% tags=["nbval-ignore-output"]
labs.epochs(long_run)

# %% [markdown] lang="en" rows="S1-52 S1-53 S1-54" errata="E-15 E-16"
# > **In the lecture** (S1, figures of the 3,500-epoch run): one slide says that the validation loss turns at *epoch
# > 500*, the next one at *600* (runs with batch sizes 500 and 130 are mixed there); then a run of 600 epochs looks fine,
# > so *"적절한 epoch를 찾아냄"*, the right number has been found. (The notebook linked on that slide is not available
# > to us.)
# >
# > How exact is such a number? A single run cannot say. The next cells repeat ours with ten seeds, nothing else
# > changed. And "both curves look alike" is no proof either: the number was chosen on the very data that now
# > confirms it.

# %% [markdown] lang="ko" rows="S1-52 S1-53 S1-54" errata="E-15 E-16"
# > **강의에서는** (S1, 3,500에포크 그래프): 한 슬라이드는 검증 손실이 *500* 정도에서, 다음 슬라이드는 *600* 정도에서 돌아선다고
# > 합니다(배치 크기가 500인 훈련과 130인 훈련이 섞여 있습니다). 그리고 600에포크 그래프가 괜찮아 보이자
# > "적절한 epoch를 찾아냄"이라고 결론짓습니다. (그 슬라이드에 링크된 노트북은 확인하지 못했습니다.)
# >
# > 그 숫자는 얼마나 정확할까요? 한 번 훈련해서는 알 수 없습니다. 다음 셀에서 시드만 열 가지로 바꾸어 같은 훈련을
# > 되풀이합니다. 그리고 "두 곡선이 비슷하다"는 것도 증거가 되지 못합니다. 그 숫자를 고른 데이터로 그 숫자를 다시 확인했기
# > 때문입니다.

# %% [markdown] lang="en"
# ## One run or several?
#
# The seed decides the initial weights and the order of the rows. A good conclusion should survive another seed.
# The lecture's two numbers, 500 and 600, are 100 epochs apart. **Before you run the cell: will the best epochs of ten
# seeds lie within 100 epochs of each other?**

# %% [markdown] lang="ko"
# ## 한 번일까, 여러 번일까
#
# 시드는 가중치의 초기값과 데이터를 섞는 순서를 정합니다. 좋은 결론이라면 시드가 바뀌어도 살아남아야 합니다. 강의의 두 숫자
# 500과 600은 100에포크 떨어져 있습니다. **셀을 실행하기 전에: 시드 열 개의 가장 좋은 에포크가 100에포크 안에 모일까요?**

# %%
runs = experiments.compare(
    {"30-12-8-1": build_table_model}, cancer, epochs=3500, seeds=10, batch_size=130
)
print(runs)

# %% tags=["nbval-ignore-output"]
runs.plot("val_loss", title="3,500 epochs, ten seeds: median and quartiles")

# %%
runs.claim(
    "one run does not fix the best epoch",
    "best_epoch",
    statistic="spread",
    direction="higher",
    than=100,
)

# %% [markdown] lang="en"
# Look at the dots: each is the best epoch of one seed. If one of them lies far off on the right, that run got stuck
# early and crawled for thousands of epochs. Somebody who happens to draw that
# seed would report a turning point in the thousands, in good faith.

# %% [markdown] lang="ko"
# 점 하나가 시드 하나의 가장 좋은 에포크입니다. 오른쪽 멀리 떨어진 점이 있다면, 일찍부터 막혀서 수천 에포크를
# 기어간 훈련입니다. 하필 그 시드로 훈련한 사람은 몇천 번째에서 돌아선다고, 거짓 없이 보고하게
# 됩니다.

# %% [markdown] lang="en"
# And on the lecture's wines? Set `full = True`: the table is downloaded once (0.35 MB). The lecture took 975 wines, 653
# to train on and 322 to validate on. When we ran it, ten seeds put the best epoch between 63 and 689 with batches of
# 130 rows, and between 136 and 1,917 with batches of 500. (Our columns are standardised and the lecture's are not, so
# compare the spread, not the numbers.)

# %% [markdown] lang="ko"
# 강의의 와인 데이터로는 어떨까요? `full = True`로 바꾸면 표를 한 번 내려받습니다(0.35MB). 강의는 와인 975개를 653개와 322개로
# 나누어 훈련하고 검증했습니다. 우리가 시드 열 개로 돌려 보니 가장 좋은 에포크가 배치 130에서는 63~689, 배치 500에서는
# 136~1,917이었습니다. (우리는 열을 표준화했고 강의는 하지 않았으니 숫자 자체가 아니라 흩어진 정도를 비교하세요.)

# %%
full = False
if full:
    wine = data.load("wine_quality", full=True)
    parts = (wine.x_train[:653], wine.y_train[:653], wine.x_val[:322], wine.y_val[:322])
    wine_runs = experiments.compare(
        {"wine": lambda: build_table_model(features=12)}, parts, epochs=3500, batch_size=130
    )
    print(np.sort(wine_runs.measure("best_epoch")))

# %% [markdown] lang="en"
# So "stop at 500" and "stop at 600" may both be right, each for its own run. What to do instead of picking a number?
# Keep the weights of the best epoch of *this* run while it runs: that is what lessons 08 and 09 are about. Other
# remedies slow overfitting down: weight decay and weight constraints (lesson 14) and dropout (lesson 15).
#
# And whether the finished model is any good? That is what the test set is for. It was not used to choose anything,
# and we look at it now, once.

# %% [markdown] lang="ko"
# 그러니 "500에서 멈춘다"와 "600에서 멈춘다"가 각자의 훈련에서는 모두 맞을 수 있습니다. 숫자 하나를 고르는 대신, *이번*
# 훈련의 가장 좋은 에포크의 가중치를 훈련 중에 남겨 두면 됩니다. 레슨 08과 09에서 다룹니다. 과적합 자체를 늦추는 방법도
# 있습니다. 가중치 감소와 가중치 제한(레슨 14), 드롭아웃(레슨 15)입니다.
#
# 다 만든 모델은 정말 쓸 만할까요? 그것을 위해 테스트 세트가 있습니다. 지금까지 아무것도 고르는 데 쓰지 않았고, 지금 한 번만
# 봅니다.

# %%
train_loss, _ = long_model.evaluate(cancer.x_train, cancer.y_train, verbose=0)
val_loss, _ = long_model.evaluate(cancer.x_val, cancer.y_val, verbose=0)
test_loss, test_accuracy = long_model.evaluate(cancer.x_test, cancer.y_test, verbose=0)
print("Rule: it has overfitted if its loss on new rows is over 5 times its training loss.")
print("validation says overfitted:", val_loss > 5 * train_loss)
print("test says overfitted:", test_loss > 5 * train_loss)
print("test accuracy above 0.9 all the same:", test_accuracy > 0.9)

# %% [markdown] lang="en" rows="S4-11" errata="E-50"
# > **In the lecture** (S4, practice 1): *"수업시간에는 … 200 에폭으로 하시고 실제로 … 넉넉히 500 에폭을 쓰세요"*, use 200
# > epochs in class and a generous 500 in practice.
# >
# > The ten runs above answer: after the turn, more epochs make this model worse, not better. A generous number is
# > fine only together with a rule that stops the run or keeps the best weights.

# %% [markdown] lang="ko" rows="S4-11" errata="E-50"
# > **강의에서는** (S4, 실습1): "수업시간에는 … 200 에폭으로 하시고 실제로 … 넉넉히 500 에폭을 쓰세요"라고 합니다.
# >
# > 위의 열 훈련이 답을 줍니다. 돌아선 뒤에는 에포크를 늘릴수록 이 모델은 나빠집니다. 넉넉한 숫자는 훈련을 멈추거나 가장
# > 좋은 가중치를 남기는 규칙이 함께 있을 때만 괜찮습니다.

# %% tags=["lecture"]
runs.claim(
    "more epochs hurt: the validation loss ends 5 % above its best",
    "rise",
    direction="higher",
    than=0.05,
)

# %% [markdown] lang="en" rows="S4-14 S4-15 S4-16 S4-17 S4-71"
# ## Figures that mislead
#
# The fourth lecture judges by accuracy: a solid line for training, a dashed one for the other set, a title, large
# labels, a legend in the lower right corner, and the axis cut to 0.8…1.0. All of that is good craft except one thing.
# **Which part of the training does the cut axis hide?**

# %% [markdown] lang="ko" rows="S4-14 S4-15 S4-16 S4-17 S4-71"
# ## 오해를 부르는 그래프
#
# 네 번째 강의는 정확도로 판단합니다. 훈련은 실선, 다른 쪽은 점선, 제목과 큰 글씨, 오른쪽 아래의 범례, 그리고 0.8~1.0으로
# 자른 y축. 한 가지만 빼면 모두 좋은 솜씨입니다. **자른 축이 감추는 것은 훈련의 어느 부분일까요?**

# %% tags=["nbval-ignore-output"]
train_acc, val_acc = fresh.history["accuracy"], fresh.history["val_accuracy"]
x = np.arange(1, len(train_acc) + 1)
figure, panels = plt.subplots(1, 2, figsize=(9, 3.6))
for panel, bottom in zip(panels, (0.8, 0.0), strict=True):
    panel.plot(x, train_acc, label="Train Accuracy")
    panel.plot(x, val_acc, label="Validation Accuracy", linestyle="--")
    panel.set(ylim=(bottom, 1.0), xlabel="Epochs", ylabel="Accuracy", title=f"y axis from {bottom}")
    panel.set_xticks(range(0, 21, 5))
    panel.legend(loc="lower right")
plt.show()
plots.caption_curve(fresh, "accuracy")

# %% [markdown] lang="en"
# On the left the first epoch is cut away and the last few per cent look like a cliff; on the right the start is there
# and the gap looks harmless. Both are honest drawings of the same numbers. So before you believe a curve, read its
# axis; and before you publish one, say where it starts.

# %% [markdown] lang="ko"
# 왼쪽에서는 시작 부분이 잘려 나가고 마지막 몇 퍼센트가 절벽처럼 보입니다. 오른쪽에서는 시작이 보이는 대신 차이가 대수롭지
# 않아 보입니다. 둘 다 같은 숫자를 그린 것입니다. 그러니 곡선을 믿기 전에 축부터 읽고, 곡선을 보여 줄 때는 축이 어디에서
# 시작하는지 밝히세요.

# %% [markdown] lang="en" errata="E-53"
# > **In the lecture** (S4, batch normalisation and dropout): after training, `evaluate` shows accuracy .9618, although
# > `val_accuracy` of the last epoch, on the same rows, was .9665. Which one is true?
# >
# > The second. The Keras release used there averaged a *running* average in its progress bar, so early batches
# > counted too much; the list that `evaluate` returns was right all along. Newer releases, 3.15.1 among them, print
# > the right value. The cell shows how far the two can differ on ten batches. Trust the returned numbers, not the bar.

# %% [markdown] lang="ko" errata="E-53"
# > **강의에서는** (S4, 배치 정규화와 드롭아웃): 훈련이 끝난 뒤 `evaluate`가 정확도 .9618을 찍습니다. 그런데 같은 데이터로 잰
# > 마지막 에포크의 `val_accuracy`는 .9665였습니다. 어느 쪽이 맞을까요?
# >
# > 뒤쪽입니다. 당시의 케라스는 진행 막대에서 *이동 평균*을 한 번 더 평균했기 때문에 앞쪽 배치가 지나치게 크게 반영되었습니다.
# > `evaluate`가 돌려주는 리스트는 언제나 맞았고, 3.15.1 같은 최근 버전은 막대도 바르게 찍습니다. 배치가 열 개일 때 둘이 얼마나 다를
# > 수 있는지 확인해 보세요. 막대가 아니라 반환값을 믿으세요.

# %% tags=["lecture"]
batch_values = np.arange(1, 11)
running_average = np.cumsum(batch_values) / np.arange(1, 11)
print("true mean of ten batches:", batch_values.mean())
print("what the old bar showed: ", running_average.mean())

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `best_epoch(val_loss)`: it takes the list of validation losses and returns the epoch with the
# lowest one, counted from 1. On a tie it returns the earlier epoch. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 검증 손실 리스트를 받아 값이 가장 낮은 에포크를 1부터 세어 돌려주는 `best_epoch(val_loss)`를 작성하세요. 같은
# 값이 여럿이면 먼저 나온 에포크를 돌려줍니다. `...` 자리를 채우세요.


# %% tags=["exercise"]
def best_epoch(val_loss):
    return ...


check("05.e1", best_epoch)

# %% [markdown] lang="en"
# **Exercise 2.** Write `epochs_wasted(val_loss)`: how many epochs were trained after the best one?

# %% [markdown] lang="ko"
# **연습 2.** 가장 좋은 에포크 뒤로 몇 에포크를 더 훈련했는지 돌려주는 `epochs_wasted(val_loss)`를 작성하세요.


# %% tags=["exercise"]
def epochs_wasted(val_loss):
    return ...


check("05.e2", epochs_wasted)

# %% [markdown] lang="en"
# **Exercise 3.** Write `history_table(history)`: a DataFrame of `history.history` whose index is the epoch, beginning
# at 1.

# %% [markdown] lang="ko"
# **연습 3.** `history.history`를 DataFrame으로 바꾸되 인덱스가 1부터 시작하는 에포크가 되게 하는
# `history_table(history)`를 작성하세요.


# %% tags=["exercise"]
def history_table(history):
    return ...


check("05.e3", history_table)

# %% [markdown] lang="en"
# Stuck? Run `hint("05.e1")`, or `solution("05.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("05.e1")`을, 해 본 다음에는 `solution("05.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("05")

# %% [markdown] lang="en"
# ## Summary
#
# - `fit` returns a `History` object; its dictionary `history.history` holds one list for each column.
# - Training loss alone cannot say when to stop. Training and validation loss together can.
# - Build the model anew before each run you want to compare; a second `fit` goes on from the first.
# - One run gives one best epoch. Repeat with other seeds before you believe a number.
# - Rows used for choosing are validation rows. The test set is looked at once.
# - Read the axis before the curve.

# %% [markdown] lang="ko"
# ## 정리
#
# - `fit`은 `History` 객체를 돌려줍니다. 그 안의 딕셔너리 `history.history`에 항목마다 리스트가 하나씩 있습니다.
# - 훈련 손실만으로는 언제 멈출지 알 수 없습니다. 훈련 손실과 검증 손실을 함께 봐야 합니다.
# - 비교하려는 훈련마다 모델을 새로 만드세요. 두 번째 `fit`은 첫 번째에서 이어집니다.
# - 한 번 훈련하면 가장 좋은 에포크도 하나만 나옵니다. 숫자를 믿기 전에 시드를 바꿔 되풀이하세요.
# - 무엇인가를 고르는 데 쓴 데이터는 검증 데이터입니다. 테스트 세트는 한 번만 봅니다.
# - 곡선보다 축을 먼저 읽으세요.
