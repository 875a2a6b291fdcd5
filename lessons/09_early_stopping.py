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

# %% [markdown] lang="en" rows="S1-26 S5-44"
# Lesson 05 found the best epoch by looking back over 3,500 of them. That is an expensive way, and with another seed
# the best epoch is another one. `EarlyStopping` does the looking while the model trains: it watches one number, waits a
# while when that number stops getting better, and then ends the run.
#
# First a guess. The second lecture trains with `EarlyStopping(monitor='val_loss', patience=30)`. **Which epoch's weights
# are in the model when `fit` is over?**

# %% [markdown] lang="ko" rows="S1-26 S5-44"
# 레슨 05에서는 3,500에포크를 다 훈련한 뒤에 가장 좋은 에포크를 찾았습니다. 비용이 많이 들고, 시드가 바뀌면 그 에포크도
# 달라집니다. 조기 종료(early stopping)를 맡는 콜백 `EarlyStopping`은 훈련하는 동안 숫자 하나를 지켜보다가, 더 나아지지 않으면
# 얼마쯤 기다린 뒤 훈련을 끝냅니다.
#
# 먼저 예상해 봅시다. 두 번째 강의는 `EarlyStopping(monitor='val_loss', patience=30)`을 주고 훈련합니다. **`fit`이 끝난
# 모델에는 몇 번째 에포크의 가중치가 들어 있을까요?**

# %%
import inspect
import math
import tempfile
import warnings
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np

from helpers import data, experiments, labs, plots, training
from helpers.quiz import check, hint, predict, quiz, reveal, solution
from helpers.stopping import simulate

predict("09.p1")

# %% [markdown] lang="en" rows="S1-63 S2-63 S2-69 S3-54 S4-56 S5-14 S5-43"
# ## Stop, but when?
#
# The idea is in all five lectures. Training goes on making the network better on its training rows; on other rows it
# gets better for a while, then worse. The first lecture wants to turn that to account (역이용): when the validation loss
# no longer falls, stop. That saves time, and because it limits how far a network can go in learning its rows by heart,
# the third lecture rightly counts it among the ways to regularise.
#
# On a finished curve that is easy. A callback does not have a finished curve. To see the difference we record some runs
# to their end first: the third lecture's network on 500 digits.

# %% [markdown] lang="ko" rows="S1-63 S2-63 S2-69 S3-54 S4-56 S5-14 S5-43"
# ## 멈춘다면 언제?
#
# 다섯 강의가 모두 같은 생각을 말합니다. 훈련이 진행될수록 훈련 데이터에는 점점 잘 맞지만, 다른 데이터에서는 한동안 좋아지다가
# 나빠집니다. 첫 번째 강의는 이 점을 "역이용"하자고 합니다. 검증 손실이 더 줄지 않으면 멈추는 것입니다. 시간을 아끼고,
# 신경망이 훈련 데이터를 외울 때까지 가지 못하게 하므로 세 번째 강의의 말대로 규제 방법의 하나이기도 합니다.
#
# 다 그려진 곡선에서는 쉬운 일입니다. 그런데 콜백은 다 그려진 곡선을 볼 수 없습니다. 무엇이 다른지 보려고, 먼저 몇 번의 훈련을
# 끝까지 기록해 두겠습니다. 세 번째 강의의 신경망을 손글씨 숫자 500장으로 훈련합니다.

# %%
digits = data.load("mnist")
x_train, y_train = digits.x_train[:500], digits.y_train[:500]
x_more, y_more = digits.x_train[1000:], digits.y_train[1000:]
validation = (digits.x_val, digits.y_val)
print("training:", len(x_train), " validation:", len(digits.x_val))
print("kept aside:", len(x_more), " test:", len(digits.x_test))


# %%
def build_digits_model():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown] lang="en"
# 2,000 digits are kept aside: they train nothing and stop nothing. After each epoch the callback below only takes notes
# on them, the mean loss on all of them and the accuracy on each tenth. We shall need these notes twice. (How to write a
# callback is the subject of lesson 10.)

# %% [markdown] lang="ko"
# 따로 둔 숫자 2,000장은 훈련에도, 멈출 때를 정하는 데도 쓰지 않습니다. 아래 콜백은 에포크마다 이 데이터에 대해 기록만 합니다.
# 전체의 평균 손실과, 열 묶음으로 나눈 묶음마다의 정확도입니다. 이 기록은 뒤에서 두 번 쓰입니다. (콜백을 만드는 법은 레슨 10에서
# 다룹니다.)


# %%
class Notes(keras.callbacks.Callback):
    """Write into the history how the model does on the digits kept aside."""

    def on_epoch_end(self, epoch, logs):
        guessed = self.model.predict_on_batch(x_more)
        losses = keras.losses.sparse_categorical_crossentropy(y_more, guessed)
        logs["fresh_loss"] = float(np.mean(losses))
        right = np.argmax(guessed, axis=1) == y_more
        for team, part in enumerate(right.reshape(10, 200)):
            logs[f"team_{team}"] = float(part.mean())


digit_runs = experiments.compare(
    {"digits": build_digits_model},
    (x_train, y_train, *validation),
    epochs=50,
    seeds=10,
    callbacks=lambda: [Notes()],
    validation_batch_size=1000,
)
print(digit_runs)

# %% [markdown] lang="en"
# On the left is all that a callback would have seen of one run after 16 epochs. **Would you stop there?**

# %% [markdown] lang="ko"
# 왼쪽은 한 훈련에서 16에포크까지, 그때 콜백이 볼 수 있는 전부입니다. **여기에서 멈추겠습니까?**

# %% tags=["nbval-ignore-output"]
run = digit_runs.run("digits", 1)
figure, panels = plt.subplots(1, 2, figsize=(9, 3.4))
for panel, seen in zip(panels, (16, 50), strict=True):
    x = np.arange(1, seen + 1)
    panel.plot(x, run["loss"][:seen], label="training")
    panel.plot(x, run["val_loss"][:seen], "--", label="validation")
    panel.set(xlabel="epoch", ylabel="loss", ylim=(0, 1), title=f"{seen} epochs")
    panel.legend()
plt.show()
plots.caption_curve(run, "loss")

# %% [markdown] lang="en" rows="S4-57"
# The fourth lecture proposes another sign: its two accuracy curves met at epoch 14 and again at 21, and *"가급적이면
# 정확도가 더 높은 두번째 21에폭에서 학습을 멈추게 하는게 바람직합니다"*, better to stop at the second meeting. But the
# curve of the training rows says nothing about when the other one turns. **How far is the first meeting from the epoch
# with the lowest validation loss?**

# %% [markdown] lang="ko" rows="S4-57"
# 네 번째 강의는 다른 신호를 제안합니다. 두 정확도 곡선이 14에폭에서 만나고 21에폭에서 또 만났으니 "가급적이면 정확도가 더 높은
# 두번째 21에폭에서 학습을 멈추게 하는게 바람직합니다"라고 합니다. 그러나 훈련 데이터의 곡선은 다른 곡선이 언제 돌아설지 알려 주지
# 않습니다. **두 곡선이 처음 만나는 곳은 검증 손실이 가장 낮은 에포크에서 얼마나 떨어져 있을까요?**


# %%
def epochs_from_meeting_to_best(run):
    meeting = np.argmax(run["accuracy"] >= run["val_accuracy"])
    return np.argmin(run["val_loss"]) - meeting


digit_runs.claim(
    "the curves meet long before the best epoch",
    epochs_from_meeting_to_best,
    direction="higher",
    than=5,
)

# %% [markdown] lang="en" rows="S1-64 S1-65 S5-45 S5-46 S4-60"
# ## The callback and its report
#
# So we watch the validation data itself. The class is `keras.callbacks.EarlyStopping`. The fifth lecture prints its
# signature with seven arguments, and they all still work; Keras 3 has added `start_from_epoch`.
#
# | argument | question it answers |
# |---|---|
# | `monitor` | which number is watched? |
# | `patience` | how many epochs without improvement are allowed? |
# | `min_delta` | how much better must an epoch be to count? |
# | `baseline` | which value must be beaten in any case? |
# | `start_from_epoch` | how many epochs pass before watching begins? |
# | `mode` | is smaller better, or larger? |
# | `restore_best_weights` | which weights are left at the end? |
# | `verbose` | should it say what it does? |

# %% [markdown] lang="ko" rows="S1-64 S1-65 S5-45 S5-46 S4-60"
# ## 콜백이 남기는 것
#
# 그러니 검증 데이터 자체를 지켜봅니다. 그 일을 하는 클래스가 `keras.callbacks.EarlyStopping`입니다. 다섯 번째 강의에 나온
# 인자 일곱 개는 지금도 모두 쓸 수 있고, 케라스 3에서 `start_from_epoch`가 더해졌습니다.
#
# | 인자 | 정하는 것 |
# |---|---|
# | `monitor` | 어떤 값을 지켜볼까 |
# | `patience` | 나아지지 않는 에포크를 몇 번까지 참을까 |
# | `min_delta` | 얼마나 좋아져야 개선으로 칠까 |
# | `baseline` | 어떤 값보다는 반드시 좋아야 할까 |
# | `start_from_epoch` | 몇 에포크가 지난 뒤부터 지켜볼까 |
# | `mode` | 작을수록 좋은가, 클수록 좋은가 |
# | `restore_best_weights` | 마지막에 어느 가중치를 남길까 |
# | `verbose` | 하는 일을 알려 줄까 |

# %%
keras.callbacks.EarlyStopping(  # the call of the fifth lecture
    monitor="val_loss",
    min_delta=0,
    patience=0,
    verbose=0,
    mode="auto",
    baseline=None,
    restore_best_weights=False,
)
arguments = inspect.signature(keras.callbacks.EarlyStopping).parameters
print({name: argument.default for name, argument in arguments.items()})

# %% [markdown] lang="en" rows="S3-55 S3-56 S3-57"
# The third lecture uses it together with `ModelCheckpoint`: one ends the run, the other keeps the best model in a file.
# Its cell for today's Keras is below, on our digits. We give it up to 40 epochs instead of 20, and
# `save_best_only=True`, which the lecture forgot (lesson 08): without it the file holds the *last* epoch.

# %% [markdown] lang="ko" rows="S3-55 S3-56 S3-57"
# 세 번째 강의는 `ModelCheckpoint`와 함께 씁니다. 하나는 훈련을 끝내고, 다른 하나는 가장 좋은 모델을 파일에 남깁니다. 강의의 셀을
# 지금의 케라스에 맞게 고쳐 우리 데이터로 실행합니다. 에포크는 20 대신 40까지 주고, 강의에서 빠뜨린 `save_best_only=True`를
# 넣었습니다(레슨 08). 이것이 없으면 파일에 *마지막* 에포크가 남습니다.

# %%
keras.utils.set_random_seed(42)
model = build_digits_model()
best_file = Path(tempfile.mkdtemp()) / "best-model.keras"
checkpoint_cb = keras.callbacks.ModelCheckpoint(best_file, save_best_only=True)
early_stopping_cb = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
history = model.fit(
    x_train,
    y_train,
    epochs=40,
    verbose=0,
    validation_data=validation,
    callbacks=[checkpoint_cb, early_stopping_cb],
)
print("stopped before 40 epochs:", len(history.epoch) < 40)

# %% [markdown] lang="en" rows="S3-58 S3-59"
# After `fit` the callback tells what it did. The lecture reads `stopped_epoch` as 15, concludes that training stopped
# in the 16th epoch and that the 14th was the best, and is right: Keras counts these from 0. `best_epoch` is a newer
# attribute, so today nothing has to be worked out. **How are the number of epochs, `stopped_epoch` and `best_epoch`
# related?**

# %% [markdown] lang="ko" rows="S3-58 S3-59"
# 훈련이 끝나면 콜백에 무엇을 했는지가 남습니다. 강의에서는 `stopped_epoch`가 15인 것을 보고 16번째 에포크에서 멈추었고 14번째가
# 가장 좋았다고 풀이합니다. 케라스가 0부터 세기 때문이고, 맞는 풀이입니다. 지금은 `best_epoch`라는 속성도 생겨서 계산하지 않아도
# 됩니다. **훈련한 에포크 수와 `stopped_epoch`, `best_epoch`는 서로 어떤 관계일까요?**

# %%
stopped, best = early_stopping_cb.stopped_epoch, early_stopping_cb.best_epoch
val_loss = history.history["val_loss"]
print("epochs trained == stopped_epoch + 1:", len(val_loss) == stopped + 1)
print("stopped_epoch - best_epoch:", stopped - best)
print("best is the lowest val_loss:", early_stopping_cb.best == min(val_loss) == val_loss[best])
print("the file holds the best epoch:")
stored = keras.models.load_model(best_file)
for ours, theirs in zip(model.get_weights(), stored.get_weights(), strict=True):
    print("  equal weights:", np.array_equal(ours, theirs))

# %% [markdown] lang="en" rows="S3-60"
# And the lecture's figure of this run, up to the stop. `stopped_epoch` is 0 when the callback did **not** stop the run,
# so `len(history.epoch)` is the surer count of epochs.

# %% [markdown] lang="ko" rows="S3-60"
# 강의처럼 멈춘 곳까지 그려 봅시다. 콜백이 훈련을 멈추지 **않았을** 때 `stopped_epoch`는 0입니다. 그래서 에포크 수는
# `len(history.epoch)`로 세는 편이 확실합니다.

# %% tags=["nbval-ignore-output"]
print("stopped_epoch:", stopped, " best_epoch:", best)
plots.learning_curves(history, title="Training stops two epochs after its best")

# %% [markdown] lang="en"
# Take a new callback for each `fit`. Keras 3.15 begins afresh when the same object is used again; Keras 3.13, which
# Colab has, still remembers the `best` of the first run and measures the second one against it. Which do you have?

# %% [markdown] lang="ko"
# 콜백은 `fit`마다 새로 만드세요. 같은 객체를 다시 쓸 때 케라스 3.15는 처음부터 새로 시작하지만, 코랩에 있는 케라스 3.13은 첫
# 훈련의 `best`를 기억하고 두 번째 훈련을 그것과 비교합니다. 지금 쓰는 버전은 어느 쪽일까요?

# %% tags=["nbval-ignore-output"]
early_stopping_cb.on_train_begin()  # what a second fit would do first
print("Keras", keras.__version__, "goes on with best =", early_stopping_cb.best)

# %% [markdown] lang="en"
# ## Which weights are left?
#
# A stopper has two things to decide: when the run ends, and what it leaves behind. The second one is easily forgotten.

# %% [markdown] lang="ko"
# ## 남는 가중치는 어느 것일까
#
# 조기 종료에는 정할 것이 두 가지 있습니다. 언제 끝낼지, 그리고 무엇을 남길지입니다. 두 번째는 잊기 쉽습니다.

# %% [markdown] lang="en" rows="S2-70" errata="E-20"
# > **In the lecture** (S2, "학습의 자동 중단"): *"학습이 진행되어도 검증셋 오차가 일정 epoch동안 줄지 않으면 학습을 멈추게
# > 함"*, stop when the validation error has not fallen for some epochs. The callback is
# > `EarlyStopping(monitor='val_loss', patience=30)`. A checkpoint `mc` writes the best model to a file, but nothing loads
# > it. The first and the third lecture add `restore_best_weights=True`; this one does not.
# >
# > Stopping is not going back. The run ends 30 epochs *after* the best one, with the weights of that moment. Below are
# > the lecture's data, network and numbers, without `mc`. Which epoch does the model's loss belong to?

# %% [markdown] lang="ko" rows="S2-70" errata="E-20"
# > **강의에서는** (S2, "학습의 자동 중단"): "학습이 진행되어도 검증셋 오차가 일정 epoch동안 줄지 않으면 학습을 멈추게 함"이라며
# > `EarlyStopping(monitor='val_loss', patience=30)`을 씁니다. 체크포인트 `mc`가 가장 좋은 모델을 파일로 남기지만 불러오는 코드는
# > 없습니다. 첫 번째와 세 번째 강의에 있는 `restore_best_weights=True`도 여기에는 없습니다.
# >
# > 멈추는 것과 되돌아가는 것은 다릅니다. 훈련은 가장 좋은 에포크보다 30에포크 *뒤에* 끝나고, 모델에는 그때의 가중치가 남습니다.
# > `mc`만 빼고 강의의 데이터와 신경망, 숫자를 그대로 쓴 코드입니다. 모델의 손실은 몇 번째 에포크의 것일까요?

# %% tags=["lecture"]
cancer = data.load("breast_cancer")
X_train = np.concatenate([cancer.x_train, cancer.x_val])
y_cancer = np.concatenate([cancer.y_train, cancer.y_val])


def build_table_model():
    layers = [keras.Input((30,))]
    layers += [keras.layers.Dense(units, activation="relu") for units in (100, 24)]
    model = keras.Sequential([*layers, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


print("rows:", X_train.shape)


# %% tags=["lecture"]
def fit_as_in_the_lecture(es):
    keras.utils.set_random_seed(42)
    model = build_table_model()
    history = training.fit(
        model,
        X_train,
        y_cancer,
        validation_split=0.2,
        epochs=1000,
        batch_size=500,
        verbose=0,
        callbacks=[es],
    )
    loss = model.evaluate(X_train[364:], y_cancer[364:], verbose=0)[0]
    recorded = history.history["val_loss"]
    is_last, is_best = (math.isclose(loss, x, rel_tol=1e-4) for x in (recorded[-1], min(recorded)))
    print("loss of the last epoch:", is_last)
    print("loss of the best epoch:", is_best)
    return history, "b" if is_last else "a"


lecture_es = keras.callbacks.EarlyStopping(monitor="val_loss", patience=30)
lecture_fit, answer = fit_as_in_the_lecture(lecture_es)

# %%
reveal("09.p1", answer)

# %% [markdown] lang="en" rows="S1-68 S5-52"
# `restore_best_weights=True` makes the callback keep a copy of the weights whenever the watched number improves, and put
# the best copy back at the end.

# %% [markdown] lang="ko" rows="S1-68 S5-52"
# `restore_best_weights=True`를 주면 지켜보는 값이 나아질 때마다 가중치를 복사해 두었다가, 마지막에 가장 좋았던 복사본으로
# 되돌립니다.

# %%
restoring = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=30, restore_best_weights=True
)
fit_as_in_the_lecture(restoring)
print("epochs after the best one:", restoring.stopped_epoch - restoring.best_epoch)

# %% [markdown] lang="en"
# Does it matter on rows that had no part in the choice? Here the notes on the 2,000 digits come in. A callback that
# has not yet stopped a run has not touched it either. So a recorded run tells what would have happened with *any*
# `EarlyStopping`: `simulate` replays the callback on a list of values, without training anything. Check that first.

# %% [markdown] lang="ko"
# 고르는 데 쓰지 않은 데이터에서도 차이가 날까요? 따로 둔 2,000장의 기록을 쓸 차례입니다. 콜백은 훈련을 멈추기 전까지는 훈련을
# 건드리지 않습니다. 그래서 끝까지 기록해 둔 훈련이 있으면 *어떤* `EarlyStopping`을 주었더라도 무슨 일이 일어났을지 알 수
# 있습니다. `simulate`는 훈련하지 않고, 값의 목록 위에서 콜백을 다시 돌려 봅니다. 정말 맞는지부터 확인합시다.

# %%
for name, val_losses, patience, keras_stopped in (
    ("digits", val_loss, 2, stopped),
    ("table ", lecture_fit.history["val_loss"], 30, lecture_es.stopped_epoch),
):
    replayed = simulate(val_losses, patience=patience)
    equal = replayed.stopped_epoch == keras_stopped
    print(name, "stopped by Keras and in the replay after the same epoch:", equal)

# %% [markdown] lang="en"
# Now the cost of not going back, for ten seeds and a patience of 15: the loss on the digits kept aside, in the last epoch
# against the best one. And the accuracy? **Will that suffer as much?**

# %% [markdown] lang="ko"
# 이제 되돌아가지 않으면 무엇을 잃는지 시드 열 개로, patience를 15로 두고 재 봅시다. 따로 둔 숫자에 대한 손실을 마지막 에포크와
# 가장 좋은 에포크에서 비교합니다. 정확도는 어떨까요? **손실만큼 나빠질까요?**


# %%
def share_of_loss_added(run):
    stop = simulate(run["val_loss"], patience=15)
    return run["fresh_loss"][stop.epochs - 1] / run["fresh_loss"][stop.best_epoch] - 1


digit_runs.claim(
    "going on after the best epoch adds over 1 % to the loss on fresh digits",
    share_of_loss_added,
    direction="higher",
    than=0.01,
)


# %%
def points_of_accuracy_moved(run):
    stop = simulate(run["val_loss"], patience=15)
    accuracy = np.mean([run[f"team_{team}"] for team in range(10)], axis=0)
    return 100 * abs(accuracy[stop.epochs - 1] - accuracy[stop.best_epoch])


digit_runs.claim(
    "the accuracy on them moves by less than 1.5 points",
    points_of_accuracy_moved,
    direction="lower",
    than=1.5,
)

# %% [markdown] lang="en"
# Both are worth knowing. The network grows *surer* of its mistakes, which the loss sees; it hardly makes more of them.
# Where probabilities matter, going back pays; where only the class counts, expect little.

# %% [markdown] lang="ko"
# 둘 다 알아 둘 만합니다. 신경망은 틀린 답을 점점 더 *확신*하게 되고, 손실은 그것을 알아챕니다. 그러나 틀리는 개수는 거의 늘지
# 않습니다. 확률이 중요하다면 되돌아가는 것이 이득이고, 정답 클래스만 중요하다면 큰 차이를 기대하기 어렵습니다.

# %% [markdown] lang="en" rows="S4-62" errata="E-41"
# > **In the lecture** (S4, after the code with `restore_best_weights=True`): *"학습이 중단되었을 때 가장 성능이 좋았던(손실이
# > 가장 낮았던) 시점의 가중치를 복원"*, the weights are restored when training has been stopped early.
# >
# > In Keras 2 that was so, and whoever reached the last epoch was left with the last weights. Keras 3 restores them at
# > the end of **every** run, also of one that was never stopped. Watch `stopped_epoch` in a run too short for its patience.

# %% [markdown] lang="ko" rows="S4-62" errata="E-41"
# > **강의에서는** (S4, `restore_best_weights=True` 설명): "학습이 중단되었을 때 가장 성능이 좋았던(손실이 가장 낮았던) 시점의
# > 가중치를 복원하게 됩니다"라고 합니다.
# >
# > 케라스 2에서는 그랬습니다. 마지막 에포크까지 간 사람에게는 마지막 가중치가 남았습니다. 케라스 3은 멈춘 적이 없더라도 훈련이
# > 끝나면 **언제나** 되돌립니다. patience보다 짧은 훈련에서 `stopped_epoch`를 확인해 보세요.

# %% tags=["lecture"]
patient = keras.callbacks.EarlyStopping(patience=100, restore_best_weights=True)
keras.utils.set_random_seed(42)
model = build_digits_model()
history = training.fit(
    model, x_train, y_train, epochs=45, validation_data=validation, verbose=0, callbacks=[patient]
)
print("epochs:", len(history.epoch), " stopped_epoch:", patient.stopped_epoch)
print("the best epoch was the last:", patient.best_epoch == 44)
loss = model.evaluate(*validation, verbose=0)[0]
print("loss of the best epoch:", math.isclose(loss, min(history.history["val_loss"]), rel_tol=1e-4))

# %% [markdown] lang="en" rows="S1-66 S4-61 S5-49"
# ## Patience
#
# The remaining arguments decide *when*. They are easiest to understand on losses short enough to count with a finger. The
# next cell does what `fit` does with the callback: it shows it one value after each epoch.

# %% [markdown] lang="ko" rows="S1-66 S4-61 S5-49"
# ## 얼마나 기다릴까: patience
#
# 나머지 인자는 *언제* 멈출지를 정합니다. 손가락으로 셀 수 있을 만큼 짧은 손실로 보면 가장 이해하기 쉽습니다. 다음 셀은 `fit`이
# 콜백에게 하는 일을 그대로 합니다. 에포크가 끝날 때마다 값을 하나씩 보여 주는 것입니다.


# %%
def watch(values, monitor="val_loss", **arguments):
    """Show the callback one made-up value an epoch and print what it does."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.stop_training = False
    stopper = keras.callbacks.EarlyStopping(monitor, **arguments)
    stopper.set_model(model)
    stopper.on_train_begin()
    for epoch, value in enumerate(values):
        stopper.on_epoch_end(epoch, {monitor: value})
        if model.stop_training:
            break
    stopper.on_train_end()
    print(f"{epoch + 1} of {len(values)} epochs, best_epoch={stopper.best_epoch}, {arguments}")


losses = [0.50, 0.40, 0.45, 0.44, 0.43, 0.42, 0.41, 0.39]
watch(losses, patience=2)

# %% [markdown] lang="en" rows="S5-50"
# Epoch 2 (`best_epoch=1`) was the best so far, epochs 3 and 4 were not better, so training ends after the 4th.
# `verbose=1` makes the callback say so itself, counting from 1. **What will a patience of 4 do, now that the loss falls
# in every epoch from the 4th on?**

# %% [markdown] lang="ko" rows="S5-50"
# 2번째 에포크(`best_epoch=1`)가 그때까지 가장 좋았고, 3번째와 4번째는 더 낫지 않았습니다. 그래서 4번째 에포크 뒤에 끝납니다.
# `verbose=1`을 주면 콜백이 직접 알려 주는데, 이때는 1부터 셉니다. **4번째 에포크부터는 손실이 계속 줄어듭니다. patience를 4로 주면
# 어떻게 될까요?**

# %%
watch(losses, patience=2, restore_best_weights=True, verbose=1)
for patience in (4, 6):
    watch(losses, patience=patience)

# %% [markdown] lang="en" errata="E-60"
# > **In the lecture** (S4 on `patience=10`): *"검증 손실 값이 10번 연속으로 개선되지 않으면 학습을 중단한다"*, stop when the
# > loss has not improved 10 times in a row. (A comment elsewhere in that code says 20 beside the same 10; the number in the
# > code counts.) The first lecture adds `min_delta=0.001`, and the fifth shows `patience=0` and `baseline=None` without a word.
# >
# > "Improved" means better than the **best so far**, not better than the epoch before: above, the loss fell three times
# > running and still the run was stopped. And no patience is shorter than one: 0 and 1 do the same. On `min_delta` and
# > `baseline` see the next section.

# %% [markdown] lang="ko" errata="E-60"
# > **강의에서는** (S4, `patience=10` 설명): "검증 손실 값이 10번 연속으로 개선되지 않으면 학습을 중단한다"고 합니다. (같은 강의의
# > 다른 코드에는 10 옆에 20이라는 주석이 있는데, 효력은 코드의 숫자에 있습니다.) 첫 번째 강의는 `min_delta=0.001`을 더하고, 다섯
# > 번째 강의는 `patience=0`, `baseline=None`을 설명 없이 보여 줍니다.
# >
# > "개선"은 바로 앞 에포크가 아니라 **그때까지 가장 좋은 값**보다 좋아지는 것입니다. 위에서는 손실이 세 번 잇달아 줄었는데도
# > 멈추었습니다. 그리고 한 번도 기다리지 않는 방법은 없습니다. 0과 1은 똑같이 움직입니다. `min_delta`와 `baseline`은 다음
# > 절에서 봅니다.

# %% tags=["lecture"]
for patience in (0, 1):
    watch(losses, patience=patience)

# %% [markdown] lang="en"
# How patient should one be? Replay every patience from 0 to 15 on the ten recorded runs. Two things are at stake: the
# epochs that are paid for, and how far the best weights found are from the best of the whole run.

# %% [markdown] lang="ko"
# 얼마나 기다려야 할까요? 기록해 둔 훈련 열 개에 0부터 15까지의 patience를 모두 적용해 봅시다. 걸려 있는 것은 두 가지입니다. 훈련에
# 드는 에포크 수, 그리고 찾아낸 가장 좋은 가중치가 훈련 전체의 가장 좋은 가중치에 얼마나 못 미치는가입니다.


# %% tags=["nbval-ignore-output"]
plots.cost_of_patience(digit_runs, "digits", longest=15)


# %%
def share_missed(run, patience):
    return simulate(run["val_loss"], patience=patience).best / run["val_loss"].min() - 1


def missed_without_patience(run):
    return share_missed(run, patience=0)


digit_runs.claim(
    "without patience a better epoch is missed",
    missed_without_patience,
    direction="higher",
    than=0.01,
)


# %%
def missed_with_patience_10(run):
    return share_missed(run, patience=10)


digit_runs.claim(
    "with patience 10 hardly anything is missed",
    missed_with_patience_10,
    direction="lower",
    than=0.02,
)

# %% [markdown] lang="en"
# The lecture's patience of 2 lies on the steep part. Ten epochs more are a small price here: an epoch of this network
# takes milliseconds. Where an epoch takes an hour, the same figure leads to another choice.

# %% [markdown] lang="ko"
# 강의의 patience 2는 가파른 구간에 있습니다. 이 신경망은 한 에포크가 몇 밀리초이니 10에포크를 더 기다려도 부담이 없습니다. 한
# 에포크에 한 시간이 걸린다면 같은 그림을 보고 다른 선택을 하게 됩니다.

# %% [markdown] lang="en" rows="S5-48"
# ## What counts as better
#
# By default the smallest gain counts. `min_delta` asks for more: an epoch improves only if it beats the best so far by
# **more than** `min_delta`. Here is a loss that falls in every epoch, a little at a time. **With a patience of 3, how many
# of the seven epochs will be trained if 0.001 is asked for?**

# %% [markdown] lang="ko" rows="S5-48"
# ## 무엇을 개선으로 칠까
#
# 기본값으로는 아무리 조금이라도 좋아지면 개선입니다. `min_delta`를 주면 그때까지 가장 좋은 값보다 `min_delta`를 **넘게**
# 좋아져야 개선으로 칩니다. 에포크마다 조금씩 줄어드는 손실이 있습니다. **patience가 3일 때 0.001을 요구하면 일곱 에포크 가운데 몇
# 에포크나 훈련할까요?**

# %%
slowly = [0.0400, 0.0398, 0.0396, 0.0394, 0.0392, 0.0390, 0.0387]
watch(slowly, patience=3)
watch(slowly, patience=3, min_delta=0.001)

# %% [markdown] lang="en"
# Four, and the weights put back would be those of the **first** epoch, the worst of them: for this callback "best" is the
# last epoch that counted. The difference is taken from the best so far, so slow progress does add up, if the patience
# lasts.

# %% [markdown] lang="ko"
# 네 에포크입니다. 게다가 되돌린다면 가장 나빴던 **첫** 에포크의 가중치로 되돌립니다. 이 콜백이 말하는 가장 좋은 에포크란
# 마지막으로 개선으로 친 에포크입니다. 차이는 그때까지의 가장 좋은 값에서 재므로, 느린 진전도 patience가 버텨 주면 쌓여서
# 인정됩니다.

# %% [markdown] lang="en" rows="S1-67 S1-69 S1-70" errata="E-60"
# > **In the lecture** (S1, "EarlyStopping"): *"min_delta = 개선으로 간주되는 최소 변경 크기"*, the least change that counts,
# > set to 0.001, with `patience=100`, up to 2,000 epochs and batches of 500. The log shows `25/25` steps and, for epochs
# > 392 to 394, val_loss .0421, .0405 and .0378. What can be read from these four numbers?
# >
# > That there were 12,001 to 12,500 training rows. That 0.001 asks for a fortieth of the loss at once, no small thing at
# > this stage. And since epoch 395 begins, that some epoch from 295 on still counted as an improvement. Below the lecture's
# > call on our 455 rows: the weights it keeps need not be the best, only less than `min_delta` away from them.

# %% [markdown] lang="ko" rows="S1-67 S1-69 S1-70" errata="E-60"
# > **강의에서는** (S1, "EarlyStopping"): "min_delta = 개선으로 간주되는 최소 변경 크기"라며 0.001을 주고, `patience=100`, 최대
# > 2,000에포크, 배치 500으로 훈련합니다. 로그에는 `25/25` 스텝과 392~394번째 에포크의 val_loss .0421, .0405, .0378이 찍혀 있습니다.
# > 이 네 숫자에서 무엇을 읽을 수 있을까요?
# >
# > 훈련 데이터는 12,001~12,500행입니다. 0.001은 이 손실의 40분의 1이나 되어, 이쯤에서 한 번에 요구하기에는 작지 않은 값입니다.
# > 그리고 395번째 에포크가 시작되었으니 295번째나 그 뒤의 어느 에포크는 아직 개선으로 인정받았습니다. 강의의 호출을 우리 데이터
# > 455행으로 실행해 봅시다. 남는 가중치는 가장 좋은 것이 아닐 수 있고, 다만 그 차이가 `min_delta`를 넘지 않습니다.

# %% tags=["lecture"]
print("rows from", 24 * 500 + 1, "to", 25 * 500, f" 0.001 is {0.001 / 0.0421:.1%} of the loss")
early_stopping_callback = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=100, restore_best_weights=True, min_delta=0.001
)
keras.utils.set_random_seed(42)
history = training.fit(
    build_table_model(),
    X_train,
    y_cancer,
    validation_split=0.33,
    epochs=2000,
    batch_size=500,
    verbose=0,
    callbacks=[early_stopping_callback],
)
print(
    "epochs after the last improvement:",
    len(history.epoch) - 1 - early_stopping_callback.best_epoch,
)
behind = early_stopping_callback.best - min(history.history["val_loss"])
print("behind the lowest val_loss by no more than min_delta:", 0 <= behind <= 0.001)

# %% [markdown] lang="en" rows="S5-51"
# ### baseline
#
# `baseline` is a value that has to be beaten, say the loss of the model in use. One would expect it to end hopeless runs.
# Look closely: **which of these three runs does it end, and when?**

# %% [markdown] lang="ko" rows="S5-51"
# ### baseline
#
# `baseline`은 반드시 넘어서야 할 값입니다. 지금 쓰고 있는 모델의 손실 같은 것입니다. 가망 없는 훈련을 끝내 줄 것 같지만, 자세히 보세요.
# **세 훈련 가운데 어느 것을 언제 끝낼까요?**

# %%
watch([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], patience=2, baseline=0.3)
watch([0.9, 0.8, 0.7, 0.75, 0.6, 0.5], patience=2, baseline=0.3)
watch([0.9, 0.8, 0.7, 0.75, 0.6, 0.5], patience=2)

# %% [markdown] lang="en"
# The first one never, although it never reaches 0.3: an epoch that improves on the best so far is not stopped at. But only
# an improvement that beats the baseline **too** sets the waiting back to zero. So the second run waits from its first
# epoch on, and the first setback ends it; without the baseline it goes on.

# %% [markdown] lang="ko"
# 첫 번째는 0.3에 이르지 못했는데도 끝내지 않습니다. 그때까지의 가장 좋은 값보다 나아진 에포크에서는 멈추지 않기 때문입니다. 다만
# 기다린 횟수는 baseline**까지** 넘어선 개선에서만 0으로 돌아갑니다. 그래서 두 번째 훈련은 첫 에포크부터 내내 기다리는 중이고, 처음
# 주춤한 순간 끝납니다. baseline이 없으면 계속됩니다.

# %% [markdown] lang="en"
# ### start_from_epoch
#
# The first epochs can be odd: a lucky start, a learning rate that warms up. `start_from_epoch=1` leaves the first epoch
# out, from the waiting **and** from the choice. A NaN shows why one might want that: no number is smaller than NaN, so once
# NaN is the best, nothing improves any more.

# %% [markdown] lang="ko"
# ### start_from_epoch
#
# 처음 몇 에포크는 이상할 때가 있습니다. 운 좋게 시작하기도 하고, 학습률을 서서히 올리기도 합니다. `start_from_epoch=1`을 주면 첫
# 에포크를 기다림에서도, **고르는 데서도** 뺍니다. NaN을 보면 왜 필요한지 알 수 있습니다. NaN보다 작은 수는 없으므로, NaN이 한번
# 가장 좋은 값이 되면 그 뒤로는 아무것도 개선이 되지 못합니다.

# %%
lucky = [0.2, 0.9, 0.7, 0.6, 0.5, 0.4]
watch(lucky, patience=2)
watch(lucky, patience=2, start_from_epoch=1)
watch([math.nan, 0.5, 0.4, 0.3], patience=2)
watch([math.nan, 0.5, 0.4, 0.3], patience=2, start_from_epoch=1)

# %% [markdown] lang="en" rows="S4-69"
# ### monitor and mode
#
# The fourth lecture later watches `val_accuracy`, of which more is better. Keras finds that out from the metric
# (`mode="auto"`), so the lecture need not say it. Two things to know: with 200 validation rows accuracy moves in steps of
# half a point, ties are common, and a tie is no improvement. And who says the wrong `mode` is not warned.

# %% [markdown] lang="ko" rows="S4-69"
# ### monitor와 mode
#
# 네 번째 강의의 뒤쪽 코드는 클수록 좋은 `val_accuracy`를 지켜봅니다. 어느 쪽이 좋은지는 케라스가 지표에서 알아내므로
# (`mode="auto"`) 강의처럼 적지 않아도 됩니다. 알아 둘 것이 두 가지 있습니다. 검증 데이터가 200행이면 정확도는 0.5%포인트씩만
# 움직여 같은 값이 자주 나오는데, 같은 값은 개선이 아닙니다. 그리고 `mode`를 거꾸로 적어도 경고가 없습니다.

# %%
accuracies = [0.70, 0.80, 0.85, 0.85, 0.90]
watch(accuracies, monitor="val_accuracy", mode="max", patience=2)
watch(accuracies, monitor="val_accuracy", mode="min", patience=2)

# %% [markdown] lang="en" rows="S5-47" errata="E-55"
# > **In the lecture** (S5, "EarlyStopping"): mode *"'min': monitor값이 최소가 되어야 성능이 좋아지는 모델일 때(Loss, Error)"*,
# > `'max'` for accuracy, and `'auto'` in the signature.
# >
# > `'auto'` asks the metrics given to `compile`. A name that is not among them, or a metric of your own, gives no answer,
# > and Keras 3 stops with a ValueError: `val_acc` where the metric is called `accuracy` is the most frequent case. And
# > without validation data there is no `val_loss` at all: that only warns, and the run is never stopped.

# %% [markdown] lang="ko" rows="S5-47" errata="E-55"
# > **강의에서는** (S5, "EarlyStopping"): mode의 "'min': monitor값이 최소가 되어야 성능이 좋아지는 모델일 때(Loss, Error)", 정확도에는
# > `'max'`라고 설명하고, `'auto'`는 정의에만 나옵니다.
# >
# > `'auto'`는 `compile`에 준 지표에 물어봅니다. 그 안에 없는 이름이나 직접 만든 지표는 답해 주지 못하고, 그러면 케라스 3은
# > ValueError로 멈춥니다. 지표 이름은 `accuracy`인데 `val_acc`라고 적는 일이 가장 흔합니다. 그리고 검증 데이터를 주지 않으면
# > `val_loss`가 아예 없습니다. 이때는 경고만 나오고 훈련은 끝까지 갑니다.


# %% tags=["lecture"]
def confidence(y_true, y_pred):
    return keras.ops.mean(keras.ops.max(y_pred, axis=-1))


model.compile(
    optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy", confidence]
)
for monitor, mode in (("val_acc", "auto"), ("val_confidence", "auto"), ("val_confidence", "max")):
    stopper = keras.callbacks.EarlyStopping(monitor, mode=mode)
    try:
        model.fit(
            x_train[:32], y_train[:32], validation_data=validation, verbose=0, callbacks=[stopper]
        )
        print(monitor, mode, "works")
    except ValueError as error:
        print(monitor, mode, "-> ValueError:", str(error).split(",")[0])

# %% tags=["lecture"]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    stopper = keras.callbacks.EarlyStopping(monitor="val_loss")
    history = model.fit(x_train[:32], y_train[:32], epochs=3, verbose=0, callbacks=[stopper])
print(caught[0].category.__name__ + ":", str(caught[0].message).split(".")[0])
print("epochs:", len(history.epoch))

# %% [markdown] lang="en"
# ## How much training is an epoch?
#
# Patience counts epochs, and an epoch is one pass over the rows. How much happens in it depends on the batch size.

# %% [markdown] lang="ko"
# ## 한 에포크는 얼마만큼의 훈련일까
#
# patience는 에포크를 세고, 에포크는 데이터를 한 바퀴 도는 것입니다. 한 바퀴 동안 일어나는 일의 양은 배치 크기에 따라 다릅니다.

# %% [markdown] lang="en" rows="S2-71" errata="E-11"
# > **In the lecture** (S2, "학습의 자동 중단"): `epochs=1000, batch_size=500` with `patience=30`. The number 500 fits the wine
# > table of the first lecture. Here, after `validation_split=0.2`, 364 rows are left to train on.
# >
# > Then a batch of 500 is the whole table and an epoch is a single step. Nothing fails, but 30 epochs of patience are 30
# > steps, where batches of 32 would make 360 of them. We repeat both with ten seeds on our 341 training rows. **How much
# > later will the best epoch come with batches of 500?**

# %% [markdown] lang="ko" rows="S2-71" errata="E-11"
# > **강의에서는** (S2, "학습의 자동 중단"): `patience=30`에 `epochs=1000, batch_size=500`을 씁니다. 500은 첫 번째 강의의 와인
# > 데이터에나 맞는 숫자입니다. 여기서는 `validation_split=0.2`를 떼고 나면 훈련 데이터가 364행뿐입니다.
# >
# > 그러면 배치 하나가 데이터 전체이고 한 에포크가 한 스텝입니다. 오류는 나지 않지만, 30에포크를 기다린다는 것은 30스텝을 기다리는
# > 것입니다. 배치가 32라면 360스텝입니다. 우리 훈련 데이터 341행으로 시드를 열 번 바꾸어 둘 다 훈련합니다. **배치가 500이면 가장 좋은
# > 에포크는 얼마나 늦게 올까요?**

# %% tags=["lecture"]
print("steps an epoch:", lecture_fit.params["steps"], " with batches of 32:", math.ceil(364 / 32))
table_runs = experiments.compare(
    {
        "batch of 32": experiments.Variant(build_table_model, fit={"batch_size": 32, "epochs": 50}),
        "batch of 500": experiments.Variant(build_table_model, fit={"batch_size": 500}),
    },
    (cancer.x_train, cancer.y_train, cancer.x_val, cancer.y_val),
    epochs=320,
    seeds=10,
)
table_runs.claim(
    "with one step an epoch the best epoch comes far later",
    "best_epoch",
    of="batch of 500",
    than="batch of 32",
    direction="higher",
    margin=50,
)

# %% [markdown] lang="en"
# So a patience belongs to a batch size. Change one and look at the other again.

# %% [markdown] lang="ko"
# 그러니 patience는 배치 크기와 짝을 이룹니다. 하나를 바꾸면 다른 하나도 다시 살펴보세요.

# %% [markdown] lang="en"
# ## Stopping on the test set
#
# The callback only looks at the validation rows, the network never trains on them. So why not watch the test set? Here
# is a case to judge. Ten teams train the same network. Each has 200 test digits of its own, chooses the epoch with the
# best accuracy on them (patience 10), and reports that accuracy. **By how many percentage points is the report too good?**

# %% [markdown] lang="ko"
# ## 테스트 세트로 멈추면
#
# 콜백은 검증 데이터를 보기만 하고, 신경망이 그 데이터로 훈련하지는 않습니다. 그렇다면 테스트 세트를 지켜보면 안 될까요? 이런 경우를
# 생각해 봅시다. 열 팀이 같은 신경망을 훈련합니다. 팀마다 테스트 숫자 200장을 따로 받아, 그 정확도가 가장 좋은 에포크를 고르고
# (patience 10), 그 정확도를 보고합니다. **보고한 값은 실제보다 몇 퍼센트포인트나 좋을까요?**

# %%
predict("09.p2")

# %% [markdown] lang="en" rows="S4-58 S4-59" errata="E-21"
# > **In the lecture** (S4, "실습1"; the third lecture never looks at its test set): the exercise gives `fit` the argument
# > `validation_data=(x_test, y_test)`. Early stopping watches the test set, restores the weights that suit it best, and the
# > last line reports the result on the same rows as *"Test Accuracy"*.
# >
# > No row leaks into the weights, but a choice does: of up to 100 networks, one for each epoch, the one is taken that these
# > rows like best. In the code 200 of the digits kept aside play the lecture's test set, so that ours stays untouched.

# %% [markdown] lang="ko" rows="S4-58 S4-59" errata="E-21"
# > **강의에서는** (S4, "실습1"; 세 번째 강의는 테스트 세트를 한 번도 쓰지 않습니다): `fit`에 `validation_data=(x_test, y_test)`를 줍니다.
# > 조기 종료가 테스트 세트를 지켜보고, 거기에 가장 잘 맞는 가중치로 되돌린 다음, 마지막 줄에서 같은 데이터로 잰 결과를
# > "Test Accuracy"라고 보고합니다.
# >
# > 데이터가 가중치로 새어 들어가지는 않지만 *선택*이 새어 들어갑니다. 에포크마다 하나씩, 많으면 100개의 신경망 가운데 이 데이터가
# > 가장 좋아하는 것을 고르기 때문입니다. 우리의 테스트 세트는 그대로 두고, 따로 둔 숫자 가운데 200장에 강의의 테스트 세트 역할을
# > 맡깁니다.


# %% tags=["lecture"]
def build_lecture_model():
    layers = [keras.Input((28, 28)), keras.layers.Flatten()]
    for units in (64, 32, 64):
        layers += [
            keras.layers.Dense(units, kernel_initializer="he_normal"),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(units, activation="relu"),
        ]
    model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% tags=["lecture", "nbval-ignore-output"]
x_test, y_test = x_more[:200], y_more[:200]  # the lecture's test set, in this cell only
early_stopping = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=10, restore_best_weights=True
)
keras.utils.set_random_seed(777)
model = build_lecture_model()
history = training.fit(
    model,
    digits.x_train[:1000],
    digits.y_train[:1000],
    epochs=100,
    batch_size=100,
    validation_data=(x_test, y_test),
    verbose=0,
    callbacks=[early_stopping],
)
test_loss, test_acc = model.evaluate(x_test, y_test, verbose=0)
print(f"Test Loss: {test_loss:.4f}, Test Accuracy: {test_acc:.4f}")
plots.learning_curves(history, "accuracy", title='What the lecture calls "Test Accuracy"')

# %% [markdown] lang="en"
# How much of such a number is merit and how much is luck? The notes hold the accuracy of each recorded run, after each
# epoch, on ten lots of 200 digits: our ten teams. A team's report is the accuracy on its own digits at the epoch it chose
# by them. An honest figure for the same digits is the accuracy at an epoch that *another* team chose. The difference is
# flattery.

# %% [markdown] lang="ko"
# 이런 숫자에서 실력은 얼마이고 운은 얼마일까요? 기록에는 훈련마다, 에포크마다, 숫자 200장씩 열 묶음의 정확도가 있습니다. 이
# 묶음이 열 팀입니다. 팀이 보고하는 값은 자기 숫자로 고른 에포크에서 자기 숫자로 잰 정확도입니다. 같은 숫자의 정직한 값은 *다른*
# 팀이 고른 에포크에서 잰 정확도입니다. 그 차이가 부풀려진 부분입니다.


# %%
def choose_epoch(accuracy):
    stop = simulate(accuracy, patience=10, mode="max", restore_best_weights=True)
    return stop.kept_epoch


def flattery(run, lots=10):
    """Return by how many percentage points a report is too good, on average over all teams."""
    teams = np.array([run[f"team_{team}"] for team in range(10)])
    teams = teams.reshape(lots, 10 // lots, -1).mean(axis=1)
    chosen = [choose_epoch(accuracy) for accuracy in teams]
    measured = teams[:, chosen]  # row: whose digits, column: who chose the epoch
    own = np.eye(lots, dtype=bool)
    return 100 * (measured[own].mean() - measured[~own].mean())


digit_runs.claim(
    "who chooses on the test digits reports half a point too much, or more",
    flattery,
    direction="higher",
    than=0.5,
    agree=10,
)

# %% tags=["nbval-ignore-output"]
reveal("09.p2", np.median(digit_runs.measure(flattery)))

# %% [markdown] lang="en"
# A larger test set flatters less. Put the lots together, two by two and five by five:

# %% [markdown] lang="ko"
# 테스트 세트가 크면 덜 부풀려집니다. 묶음을 둘씩, 다섯씩 합쳐 봅시다.

# %% tags=["nbval-ignore-output"]
for lots in (10, 5, 2):
    points = np.median(digit_runs.measure(lambda run, lots=lots: flattery(run, lots)))
    print(f"{2000 // lots:5} test digits: {points:.2f} percentage points too good")

# %% [markdown] lang="en" rows="S3-61 S4-75"
# It shrinks about as the square root of the number of rows grows. On the lecture's 10,000 digits it would therefore be
# small, perhaps two tenths of a point. It is not the size that makes it dishonest, but that the reader cannot know it.
#
# The same effect explains a puzzle in the fourth lecture. During training its "test" accuracy was .9702, the restored model
# reached .9765 (printed as 0.7964), and the lecture is right that `restore_best_weights=True` is the reason: the first
# number is that of a late epoch, the second the best of all epochs *on these very rows*. And the third lecture ends with
# `model.evaluate(val_scaled, val_target)`: again the rows that chose the epoch. Here is the same training with three sets:
# the validation digits stop it, the test digits are looked at now, once.

# %% [markdown] lang="ko" rows="S3-61 S4-75"
# 데이터 수의 제곱근에 반비례하는 정도로 줄어듭니다. 그러니 강의의 10,000장에서는 0.2%포인트쯤으로 작을 것입니다. 문제는 크기가
# 아니라, 보고를 읽는 사람이 그 크기를 알 길이 없다는 데 있습니다.
#
# 네 번째 강의에 나온 수수께끼도 이것으로 풀립니다. 훈련 중 "테스트" 정확도는 .9702였는데 되돌린 모델은 .9765(강의에는 0.7964로
# 잘못 적힘)였고, 강의는 그 이유가 `restore_best_weights=True`라고 합니다. 맞습니다. 앞의 숫자는 뒤늦은 에포크의 것이고, 뒤의 숫자는
# *바로 그 데이터로 고른* 가장 좋은 에포크의 것입니다. 세 번째 강의를 마무리하는 `model.evaluate(val_scaled, val_target)`도 에포크를
# 고른 데이터로 잰 값입니다. 같은 훈련을 세 세트로 해 봅시다. 멈추는 데는 검증 숫자를 쓰고, 테스트 숫자는 지금 한 번만 봅니다.

# %%
stopper = keras.callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True)
keras.utils.set_random_seed(777)
model = build_lecture_model()
training.fit(
    model,
    digits.x_train[:1000],
    digits.y_train[:1000],
    epochs=100,
    batch_size=100,
    validation_data=validation,
    verbose=0,
    callbacks=[stopper],
)
test_loss, test_accuracy = model.evaluate(digits.x_test, digits.y_test, verbose=0)
print("Test accuracy above 0.75, on digits that chose nothing:", test_accuracy > 0.75)

# %% [markdown] lang="en"
# ## Lab: every argument
#
# The recorded runs are yours. The lab opens on the third lecture's arguments. Which single one brings the star to
# the best epoch of the run? Then try the others: a `baseline` just below the curve, a `min_delta` of 0.02, the wrong `mode`,
# no restoring, another run. It works on histories of yours, recorded without the callback: `labs.early_stopping(history)`.

# %% [markdown] lang="ko"
# ## 실습: 인자를 하나씩
#
# 기록해 둔 훈련을 마음대로 다뤄 봅시다. 처음에는 세 번째 강의의 인자로 열립니다. 인자 하나만 바꾸어 별표를 훈련 전체의 가장
# 좋은 에포크로 옮겨 보세요. 그다음에는 곡선 바로 아래의 `baseline`, 0.02의 `min_delta`, 거꾸로 된 `mode`, 되돌리지 않기, 다른 훈련도
# 시험해 보세요. 콜백 없이 훈련한 여러분의 history로도 됩니다. `labs.early_stopping(history)`라고 쓰세요.

# %% tags=["nbval-ignore-output"]
histories = {f"digits, seed {seed}": digit_runs.run("digits", seed) for seed in range(4)}
for batches in table_runs.variants:
    histories[f"table, {batches}"] = table_runs.run(batches, 0)
labs.early_stopping(histories, run="digits, seed 1", patience=2, restore_best_weights=True)

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write the rule yourself: `epochs_trained(val_loss, patience)` returns how many epochs are trained on these
# losses by an `EarlyStopping` with this patience (1 or more) and all else at its default.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 규칙을 직접 작성해 봅시다. 손실 리스트와 patience(1 이상)를 받아, 나머지 인자가 기본값인 `EarlyStopping`이라면 몇
# 에포크를 훈련하는지 돌려주는 `epochs_trained(val_loss, patience)`를 작성하세요.


# %% tags=["exercise"]
def epochs_trained(val_loss, patience):
    return ...


check("09.e1", epochs_trained)

# %% [markdown] lang="en"
# **Exercise 2.** Write the dictionary `arguments` for `EarlyStopping(**arguments)`: watch the validation accuracy, wait 15
# epochs, count an improvement only if it is more than a tenth of a percentage point, leave the best weights in the model.

# %% [markdown] lang="ko"
# **연습 2.** `EarlyStopping(**arguments)`에 넣을 딕셔너리 `arguments`를 작성하세요. 검증 정확도를 지켜보고, 15에포크를 기다리고,
# 0.1%포인트를 넘게 좋아져야 개선으로 치고, 모델에는 가장 좋은 가중치를 남깁니다.

# %% tags=["exercise"]
arguments = ...

check("09.e2", arguments)

# %% [markdown] lang="en"
# **Exercise 3.** Write `kept_epoch(val_loss, trained, restore)`: of which epoch, counted from 1, are the weights after
# training for `trained` epochs of these losses? `restore` is the value of `restore_best_weights`.

# %% [markdown] lang="ko"
# **연습 3.** 이 손실로 `trained`에포크를 훈련한 뒤 모델에 남은 가중치가 몇 번째(1부터 셈) 에포크의 것인지 돌려주는
# `kept_epoch(val_loss, trained, restore)`를 작성하세요. `restore`는 `restore_best_weights`의 값입니다.


# %% tags=["exercise"]
def kept_epoch(val_loss, trained, restore):
    return ...


check("09.e3", kept_epoch)

# %% [markdown] lang="en"
# Stuck? Run `hint("09.e1")`, or `solution("09.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("09.e1")`을, 해 본 다음에는 `solution("09.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("09")

# %% [markdown] lang="en"
# ## Summary
#
# - `EarlyStopping` ends a run when `monitor` has not beaten its best value for `patience` epochs.
# - Stopping does not go back: say `restore_best_weights=True`. Keras 3 restores at the end of every run.
# - `stopped_epoch` and `best_epoch` count from 0; 0 in the first means "not stopped".
# - A patience that is too small stops at the first bump. One that is too large costs epochs, nothing else, if the best
#   weights are restored.
# - `min_delta` is measured from the best so far; `baseline` does not stop a run that keeps improving; a metric of your own
#   needs a `mode`.
# - What chooses the epoch is validation data. A test set that chooses flatters; how much depends on its size.

# %% [markdown] lang="ko"
# ## 정리
#
# - `EarlyStopping`은 `monitor` 값이 `patience`에포크 동안 가장 좋은 값을 넘어서지 못하면 훈련을 끝냅니다.
# - 멈춘다고 되돌아가지는 않습니다. `restore_best_weights=True`를 주세요. 케라스 3은 훈련이 끝날 때 언제나 되돌립니다.
# - `stopped_epoch`와 `best_epoch`는 0부터 셉니다. `stopped_epoch`가 0이면 멈추지 않은 것입니다.
# - patience가 너무 작으면 첫 굴곡에서 멈춥니다. 너무 크면 에포크를 더 쓸 뿐이고, 가중치를 되돌린다면 다른 손해는 없습니다.
# - `min_delta`는 그때까지의 가장 좋은 값에서 잽니다. `baseline`은 계속 좋아지는 훈련을 멈추지 않습니다. 직접 만든 지표에는
#   `mode`가 필요합니다.
# - 에포크를 고르는 데 쓴 데이터는 검증 데이터입니다. 테스트 세트로 고르면 결과가 부풀려지고, 그 정도는 데이터 수에 달려 있습니다.
