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
# The model at the end of a run is the last one. The best one came earlier and has been trained over. `ModelCheckpoint`
# writes the model to a file while it is being trained, so that the best epoch can be had afterwards.
#
# First a guess. The third lecture trains with `ModelCheckpoint('best-model.h5')`, all else at its default. **Which epoch's
# weights are in the file when `fit` is over?**

# %% [markdown] lang="ko"
# 훈련이 끝났을 때 남는 것은 마지막 모델입니다. 가장 좋은 모델은 그보다 먼저 나왔다가, 이어진 훈련에 덮여 버렸습니다.
# `ModelCheckpoint`는 훈련하는 동안 모델을 파일에 저장해 두는 콜백입니다. 덕분에 가장 좋았던 에포크를 나중에 꺼내 쓸 수 있습니다.
#
# 먼저 예상해 봅시다. 세 번째 강의는 다른 인자 없이 `ModelCheckpoint('best-model.h5')`를 주고 훈련합니다. **`fit`이 끝났을 때
# 파일에는 몇 번째 에포크의 가중치가 들어 있을까요?**

# %%
import contextlib
import inspect
import logging
import tempfile
import warnings
import zipfile
from pathlib import Path

import h5py
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras.callbacks import ModelCheckpoint

from helpers import data, experiments, files, plots, training
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("08.p1")

# %% [markdown] lang="en" rows="S1-16 S1-18 S1-27 S3-49"
# ## A file while the model trains
#
# The third lecture trained twice: 20 epochs to see where the validation loss turns, then a new model up to that epoch.
# It now looks for a callback with which *"모델을 두번 훈련하지 않고 한 번에 끝낼 수 있는"*, one run is enough. We take its
# network and 1,000 digits.
#
# The first lecture calls `ModelCheckpoint` a function (함수) for saving. It is a class: you make an object of it, and `fit`
# calls the object at the end of each epoch. Two epochs, to see a file appear. **Is a folder that is not there an error?**

# %% [markdown] lang="ko" rows="S1-16 S1-18 S1-27 S3-49"
# ## 훈련하는 동안 생기는 파일
#
# 세 번째 강의는 두 번 훈련했습니다. 먼저 20에포크를 훈련해 검증 손실이 어디서 올라가는지 보고, 새 모델을 그 에포크까지 다시
# 훈련했습니다. 그래서 "모델을 두번 훈련하지 않고 한 번에 끝낼 수 있는 콜백"을 찾습니다. 그 신경망을 숫자 1,000장으로
# 훈련하겠습니다.
#
# 첫 번째 강의는 `ModelCheckpoint`를 모델을 저장할 때 쓰는 "함수"라고 하지만, 클래스입니다. 객체를 만들어 `fit`에 주면 에포크가
# 끝날 때마다 불립니다. 두 에포크만 훈련하면서 파일이 생기는 것을 봅시다. **폴더가 없으면 오류가 날까요?**

# %%
digits = data.load("mnist")
x_train, y_train = digits.x_train[:1000], digits.y_train[:1000]
validation = (digits.x_val, digits.y_val)
temporary = tempfile.TemporaryDirectory()  # nothing stays on your disk after this lesson
folder = Path(temporary.name)


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


# %%
print("a class:", inspect.isclass(ModelCheckpoint))
path = folder / "model" / "digits.keras"
print("folder before:", path.parent.exists())

keras.utils.set_random_seed(42)
model = build_digits_model()
model.fit(x_train, y_train, epochs=2, verbose=0, callbacks=[ModelCheckpoint(path)])
print("files after:", [each.name for each in path.parent.iterdir()])

# %% [markdown] lang="en" rows="S1-16"
# The callback made the folder. So the lecture's `if not os.path.exists(MODEL_DIR): os.mkdir(MODEL_DIR)` is not needed
# here (it is for `model.save`, lesson 07).
#
# ## Is the best model in best-model?

# %% [markdown] lang="ko" rows="S1-16"
# 폴더는 콜백이 만들었습니다. 그러니 강의의 `if not os.path.exists(MODEL_DIR): os.mkdir(MODEL_DIR)`은 여기서는 없어도 됩니다.
# (레슨 07의 `model.save`에는 필요합니다.)
#
# ## best-model에는 가장 좋은 모델이 있을까

# %% [markdown] lang="en" rows="S3-51 S3-52 S3-53" errata="E-02"
# > **In the lecture** (S3, "콜백"): *"기본적으로 최상의 검증 점수를 만드는 모델을 저장한다"*, by default it saves the model
# > with the best validation score. The callback goes into `fit` in a list, and afterwards `load_model('best-model.h5')`
# > evaluates to loss 0.3230, accuracy 0.8833: *"최상의 검증 점수를 낸 모델"*, the best model.
# >
# > The default is `save_best_only=False`. Then every epoch overwrites the file, and at the end it holds the **last** one.
# > Below is the lecture's cell with today's file name and 40 epochs, so that the loss has time to turn. A second
# > callback in the list says `save_best_only=True`; both watch the same run.

# %% [markdown] lang="ko" rows="S3-51 S3-52 S3-53" errata="E-02"
# > **강의에서는** (S3, "콜백"): "기본적으로 최상의 검증 점수를 만드는 모델을 저장한다"고 합니다. 콜백은 리스트로 감싸 `fit`에 주고,
# > 훈련이 끝난 뒤 `load_model('best-model.h5')`로 불러온 모델을 평가해 손실 0.3230, 정확도 0.8833을 얻습니다. 이것이 "최상의 검증
# > 점수를 낸 모델"이라는 것입니다.
# >
# > 기본값은 `save_best_only=False`입니다. 그러면 에포크마다 파일을 덮어써서 끝에는 **마지막** 에포크가 남습니다. 아래는 강의의
# > 셀에서 파일 이름만 지금 방식으로 바꾸고, 손실이 다시 올라갈 만큼 40에포크로 늘린 것입니다. 리스트에는 `save_best_only=True`를 준
# > 두 번째 콜백도 있습니다. 두 콜백이 같은 훈련을 지켜봅니다.

# %% tags=["lecture"]
checkpoint_cb = ModelCheckpoint(folder / "best-model.keras")
best_only_cb = ModelCheckpoint(folder / "really-best.keras", save_best_only=True)
keras.utils.set_random_seed(42)
model = build_digits_model()
history = model.fit(
    x_train,
    y_train,
    epochs=40,
    verbose=0,
    validation_data=validation,
    validation_batch_size=1000,
    callbacks=[checkpoint_cb, best_only_cb],
)

# %% tags=["lecture"]
val_loss = history.history["val_loss"]
holds = {}
for name in ("best-model.keras", "really-best.keras"):
    stored = keras.models.load_model(folder / name)
    loss, accuracy = stored.evaluate(*validation, verbose=0)
    print(f"{name}:")
    holds[name] = "b" if np.isclose(loss, val_loss[-1]) else "a"
    print("  loss of the last epoch:", np.isclose(loss, val_loss[-1]))
    print("  loss of the best epoch:", np.isclose(loss, min(val_loss)))
    pairs = zip(stored.get_weights(), model.get_weights(), strict=True)
    print("  weights of the finished model:", all(np.array_equal(*pair) for pair in pairs))

# %%
reveal("08.p1", holds["best-model.keras"])

# %% [markdown] lang="en"
# The name of a file promises nothing. The lecture's 0.3230 is the loss of its 20th epoch, and its early stopping in the
# next section reaches 0.3168. Say `save_best_only=True`.

# %% [markdown] lang="ko"
# 파일 이름은 아무것도 보장하지 않습니다. 강의의 0.3230은 20번째 에포크의 손실이고, 바로 다음 절의 조기 종료에서는 0.3168이
# 나옵니다. `save_best_only=True`라고 적어야 합니다.

# %% [markdown] lang="en"
# ## Every argument

# %% [markdown] lang="ko"
# ## 인자 모두

# %% [markdown] lang="en" rows="S1-19 S1-24 S5-54"
# > **In the lecture** (S1, "ModelCheckpoint() 함수"; S5, "ModelCheckpoint"): both print the same signature.
# >
# > ```python
# > tf.keras.callbacks.ModelCheckpoint(
# >     filepath, monitor='val_loss', verbose=0, save_best_only=False,
# >     save_weights_only=False, mode='auto', save_freq='epoch', options=None, **kwargs
# > )
# > ```
# >
# > Most of it is as it was. **Which arguments does your Keras not know any more, and which one is new?**

# %% [markdown] lang="ko" rows="S1-19 S1-24 S5-54"
# > **강의에서는** (S1, "ModelCheckpoint() 함수"; S5, "ModelCheckpoint"): 두 강의에 같은 정의가 나옵니다.
# >
# > ```python
# > tf.keras.callbacks.ModelCheckpoint(
# >     filepath, monitor='val_loss', verbose=0, save_best_only=False,
# >     save_weights_only=False, mode='auto', save_freq='epoch', options=None, **kwargs
# > )
# > ```
# >
# > 대부분은 지금도 그대로입니다. **지금의 케라스가 모르는 인자는 무엇이고, 새로 생긴 인자는 무엇일까요?**

# %% tags=["lecture"]
arguments = inspect.signature(ModelCheckpoint).parameters
print({name: argument.default for name, argument in arguments.items() if name != "filepath"})
for extra in ({"options": None}, {"period": 5}):
    try:
        ModelCheckpoint(path, **extra)
    except TypeError:
        print(f"{extra}: TypeError")

# %% [markdown] lang="en"
# `options` is gone, and with `**kwargs` all old names that it took, such as `period` (every how many epochs). New is
# `initial_value_threshold`. The rest of the lesson takes one argument after another:
#
# | argument | question it answers |
# |---|---|
# | `filepath` | which name has the file? |
# | `verbose` | should it say what it does? |
# | `save_best_only` | is every epoch written, or only one that beats all before? |
# | `save_weights_only` | the whole model, or only its arrays? |
# | `save_freq` | after each epoch, or after so many batches? |
# | `monitor`, `mode` | which number decides, and is smaller or larger better? |
# | `initial_value_threshold` | which value has to be beaten from the start? |

# %% [markdown] lang="ko"
# `options`가 없어졌고, `**kwargs`가 없어지면서 `period`(몇 에포크마다 저장할지) 같은 옛 이름도 함께 사라졌습니다. 새로 생긴 것은
# `initial_value_threshold`입니다. 이제 인자를 하나씩 봅시다.
#
# | 인자 | 정하는 것 |
# |---|---|
# | `filepath` | 파일 이름을 무엇으로 할까 |
# | `verbose` | 하는 일을 알려 줄까 |
# | `save_best_only` | 에포크마다 저장할까, 이전보다 좋아졌을 때만 저장할까 |
# | `save_weights_only` | 모델 전체를 저장할까, 가중치 배열만 저장할까 |
# | `save_freq` | 에포크마다 저장할까, 배치 몇 개마다 저장할까 |
# | `monitor`, `mode` | 어떤 값으로 정하고, 작을수록 좋은가, 클수록 좋은가 |
# | `initial_value_threshold` | 처음부터 넘어야 할 값은 얼마인가 |

# %% [markdown] lang="en" rows="S1-22 S2-67 S2-68"
# `verbose=1` reports each epoch. Here it is in the call of the second lecture, on that lecture's data and network, with 6
# epochs instead of 200 and `.keras` instead of `.h5`. That lecture says *"validation loss가 이전 best보다 좋아진 모델만
# 저장"*, only a model whose validation loss beats the best so far, and is right: its call has `save_best_only=True`.

# %% [markdown] lang="ko" rows="S1-22 S2-67 S2-68"
# `verbose=1`이면 에포크마다 보고합니다. 두 번째 강의의 호출을 그 강의의 데이터와 신경망으로 실행해 봅시다. 에포크만 200에서 6으로,
# 확장자만 `.h5`에서 `.keras`로 바꾸었습니다. 이 강의는 "베스트 모델(validation loss가 이전 best보다 좋아진 모델)만 저장"한다고 하는데,
# 맞습니다. 호출에 `save_best_only=True`가 있기 때문입니다.


# %%
def build_table_model():
    layers = [keras.Input((30,))]
    layers += [keras.layers.Dense(units, activation="relu") for units in (100, 24)]
    model = keras.Sequential([*layers, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


cancer = data.load("breast_cancer")
X_train = np.concatenate([cancer.x_train, cancer.x_val])
y_cancer = np.concatenate([cancer.y_train, cancer.y_val])
how = {"validation_split": 0.2, "epochs": 6, "batch_size": 200, "verbose": 0}

# %% tags=["nbval-ignore-output"]
keras.utils.set_random_seed(42)
table_model = build_table_model()
modelpath = "best_model.keras"
with contextlib.chdir(folder):  # for this cell the current folder is the temporary one
    mc = ModelCheckpoint(filepath=modelpath, monitor="val_loss", verbose=1, save_best_only=True)
    table_model.fit(X_train, y_cancer, **how, callbacks=[mc])

# %% [markdown] lang="en" rows="S1-20 S5-59"
# ## Names that tell
#
# `filepath` is the name of the file, and its ending has to say what is saved.

# %% [markdown] lang="ko" rows="S1-20 S5-59"
# ## 내용을 말해 주는 이름
#
# `filepath`는 파일의 이름이고, 확장자는 무엇을 저장하는지에 맞아야 합니다.

# %% [markdown] lang="en" rows="S1-20 S5-59"
# > **In the lecture** (S1, S2, S3, S5): the names are `….hdf5`, `best_model.h5`, `best-model.h5` and
# > `'checkpoints/cp-{epoch:04d}.ckpt'`.
# >
# > They come from older versions of Keras. Here they are with two modern ones. **Which are refused today?**

# %% [markdown] lang="ko" rows="S1-20 S5-59"
# > **강의에서는** (S1, S2, S3, S5): 파일 이름이 `….hdf5`, `best_model.h5`, `best-model.h5`, `'checkpoints/cp-{epoch:04d}.ckpt'`입니다.
# >
# > 모두 예전 케라스의 이름입니다. 지금의 이름 두 가지와 함께 시험해 봅시다. **지금은 어느 것이 거절될까요?**

# %% tags=["lecture"]
template = "{epoch:02d}-{val_loss:.4f}"
names = [
    (f"model/{template}.hdf5", False),  # S1
    ("best_model.h5", False),  # S2
    ("best-model.h5", False),  # S3
    ("checkpoints/cp-{epoch:04d}.ckpt", False),  # S5
    ("checkpoints/cp-{epoch:04d}.ckpt", True),  # S5, with save_weights_only=True
    (f"model/{template}.keras", False),
    ("checkpoints/cp-{epoch:04d}.weights.h5", True),
]
for name, weights_only in names:
    try:
        ModelCheckpoint(folder / name, save_weights_only=weights_only)
        print(name, "accepted")
    except ValueError as error:
        print(name, "ValueError:", str(error).partition("must ")[2].partition(" (")[0])

# %% [markdown] lang="en"
# `.hdf5` is refused, although it is the same format as `.h5`. Today there are two endings: `.keras` for a model, and
# `.weights.h5` with `save_weights_only=True`.

# %% [markdown] lang="ko"
# `.hdf5`는 `.h5`와 같은 형식인데도 거절됩니다. 지금 쓸 확장자는 둘입니다. 모델은 `.keras`, `save_weights_only=True`일 때는
# `.weights.h5`입니다.

# %% [markdown] lang="en"
# > **In the lecture** (S2, "모델 업데이트"; S3, "콜백"): `best_model.h5` and `best-model.h5`.
# >
# > These are still accepted, with a line in the log at each save and all the trouble that lesson 07 shows.

# %% [markdown] lang="ko"
# > **강의에서는** (S2, "모델 업데이트"; S3, "콜백"): `best_model.h5`와 `best-model.h5`를 씁니다.
# >
# > 이 이름은 아직 받아 줍니다. 다만 저장할 때마다 로그에 한 줄이 남고, 레슨 07에서 본 문제가 모두 따라옵니다.

# %% tags=["lecture"]
log = []
logging.getLogger("absl").addFilter(lambda record: log.append(record.getMessage()))  # not shown
old = ModelCheckpoint(folder / "best_model.h5")
build_table_model().fit(X_train, y_cancer, verbose=0, callbacks=[old])
print("saved:", (folder / "best_model.h5").exists())
print("log:", log[0].partition(". ")[0])

# %% [markdown] lang="en" rows="S1-29 S1-30" errata="E-01"
# > **In the lecture** (S1, "모델 저장"): the callback is made under one name and used under another. And the data are
# > called `x,y` here, `X,Y` on the next slides.
# >
# > ```python
# > Checkpoint = ModelCheckpoint(filepath = modelpath, monitor = 'val_loss', verbose = 1)
# > model.fit(x,y, validation_split = 0.2, epochs = 200, batch_size = 200, verbose = 0, callbacks = [checkpointer])
# > ```
# >
# > To Python these are two things, one of which does not exist. Then the same with one name, for 6 epochs, on our table.

# %% [markdown] lang="ko" rows="S1-29 S1-30" errata="E-01"
# > **강의에서는** (S1, "모델 저장"): 콜백을 만들 때와 쓸 때의 이름이 다릅니다. 데이터도 여기서는 `x,y`인데 다음 슬라이드에서는
# > `X,Y`입니다.
# >
# > ```python
# > Checkpoint = ModelCheckpoint(filepath = modelpath, monitor = 'val_loss', verbose = 1)
# > model.fit(x,y, validation_split = 0.2, epochs = 200, batch_size = 200, verbose = 0, callbacks = [checkpointer])
# > ```
# >
# > 파이썬에는 서로 다른 두 이름이고, 그 가운데 하나는 없는 이름입니다. 이어서 이름을 하나로 맞추고, 우리 데이터로 6에포크를
# > 훈련합니다.

# %% tags=["lecture"]
modelpath = folder / "named" / f"{template}.keras"
Checkpoint = ModelCheckpoint(filepath=modelpath, monitor="val_loss")
try:
    table_model.fit(X_train, y_cancer, **how, callbacks=[checkpointer])
except NameError as error:
    print("NameError:", error)

table_history = table_model.fit(X_train, y_cancer, **how, callbacks=[Checkpoint])
print("files:", len(list(modelpath.parent.iterdir())))

# %% [markdown] lang="en" rows="S1-17"
# The name is a template: *"모델 저장 시 에포크와 결과 오차 함께 저장"*, the epoch and the error are saved along. `{epoch:02d}`
# becomes the number of the epoch with two digits, `{val_loss:.4f}` the validation loss with four decimals.

# %% [markdown] lang="ko" rows="S1-17"
# 이 이름은 틀(template)입니다. "모델 저장 시 에포크와 결과 오차 함께 저장"하려는 것이지요. `{epoch:02d}` 자리에는 에포크 번호가 두
# 자리로, `{val_loss:.4f}` 자리에는 검증 손실이 소수점 아래 네 자리까지 들어갑니다.

# %% tags=["nbval-ignore-output"]
for each in sorted(modelpath.parent.iterdir()):
    print(each.name)

# %% [markdown] lang="en" errata="E-54"
# > **In the lecture** (S1, "모델 저장 & 재사용"): `modelpath = "./model/{epoch:02d}-{val_loss:.4f}.hdf5"`, without a word
# > about what may stand in the braces.
# >
# > In the braces stand `epoch` and the names of the history's columns, and only those. `val_loss` is there only if `fit`
# > validates, and `acc` only if the metric was called so. A wrong name is found out at the **end of the first epoch**,
# > which may be an hour after the start. And the epoch in the name counts from 1, where `history.epoch` counts from 0.

# %% [markdown] lang="ko" errata="E-54"
# > **강의에서는** (S1, "모델 저장 & 재사용"): `modelpath = "./model/{epoch:02d}-{val_loss:.4f}.hdf5"`라고만 하고, 중괄호에 무엇을
# > 쓸 수 있는지는 말하지 않습니다.
# >
# > 중괄호에는 `epoch`와 history의 열 이름만 쓸 수 있습니다. `val_loss`는 검증을 할 때만 있고, `acc`는 지표를 그 이름으로 주었을
# > 때만 있습니다. 이름이 틀렸다는 것은 **첫 에포크가 끝나서야** 드러납니다. 한 시간 뒤일 수도 있습니다. 그리고 파일 이름의 에포크는
# > 1부터, `history.epoch`는 0부터 셉니다.

# %% tags=["lecture"]
written = sorted(each.name for each in modelpath.parent.iterdir())
losses = table_history.history["val_loss"]
print("history counts", table_history.epoch, " names count", [int(name[:2]) for name in written])
expected = [
    f"{epoch + 1:02d}-{loss:.4f}.keras" for epoch, loss in zip(range(6), losses, strict=True)
]
print("every name is as expected:", written == expected)
tries = [("{val_loss:.2f}", 0.0), ("{val_acc:.2f}", 0.2), ("{accuracy:.2f}", 0.0)]
for name, split in tries:
    callback = ModelCheckpoint(folder / "tries" / f"{name}.keras")
    try:
        table_model.fit(X_train, y_cancer, validation_split=split, verbose=0, callbacks=[callback])
        print(name, "works, validation_split =", split)
    except KeyError as error:
        print(name, "KeyError:", str(error).partition("Reason: ")[2].strip("\\'\""))

# %% [markdown] lang="en" rows="S1-23 S1-32 S5-56"
# ## Two switches, four folders
#
# The name is fixed or a template, `save_best_only` is False or True. That makes four ways to save a run. One training can
# have four callbacks, so we need only one, of 20 epochs. **How many files are in each of the four folders at the end?**

# %% [markdown] lang="ko" rows="S1-23 S1-32 S5-56"
# ## 스위치 두 개, 폴더 네 개
#
# 이름은 고정되어 있거나 틀이고, `save_best_only`는 False이거나 True입니다. 그래서 저장하는 방법은 네 가지입니다. 훈련 한 번에 콜백을
# 네 개 줄 수 있으니 20에포크를 한 번만 훈련하면 됩니다. **끝났을 때 네 폴더에 파일이 몇 개씩 있을까요?**

# %%
predict("08.p2")

# %% [markdown] lang="en" rows="S5-59" errata="E-03"
# > **In the lecture** (S5, "save_best_only"): True: *"성능이 가장 좋은 버전만 남기고 다른 버전의 체크포인트는 모두 삭제"*, all
# > other versions are deleted. False: *"모든 버전을 저장하고 삭제하지 않음"*, all versions are kept. A fixed string as
# > `filepath` goes *"하나의 디렉토리에 계속 저장"*, to the same place again and again.
# >
# > `ModelCheckpoint` never deletes anything. It **writes** or does not write, and a file is lost only when another of the
# > same name is written over it. So True with a template keeps one file for each improvement, and False with a fixed
# > name keeps a single one.

# %% [markdown] lang="ko" rows="S5-59" errata="E-03"
# > **강의에서는** (S5, "save_best_only"): True이면 "성능이 가장 좋은 버전만 남기고 다른 버전의 체크포인트는 모두 삭제", False이면 "모든
# > 버전을 저장하고 삭제하지 않음"이라고 합니다. `filepath`에 고정된 문자열을 주면 "하나의 디렉토리에 계속 저장"된다고도 합니다.
# >
# > `ModelCheckpoint`는 아무것도 삭제하지 않습니다. 저장**하거나** 하지 않을 뿐이고, 파일이 사라지는 것은 같은 이름으로 덮어쓸
# > 때뿐입니다. 그래서 True라도 이름이 틀이면 좋아질 때마다 파일이 하나씩 늘고, False라도 이름이 고정이면 하나만 남습니다.

# %% tags=["lecture"]
grid = {}
for naming, name in {"fixed": "model.keras", "template": f"{template}.keras"}.items():
    for best_only in (False, True):
        place = folder / "grid" / f"{naming}_{best_only}" / name
        grid[naming, best_only] = ModelCheckpoint(place, save_best_only=best_only)

keras.utils.set_random_seed(1)
model = build_digits_model()
history = model.fit(
    x_train,
    y_train,
    epochs=20,
    verbose=0,
    validation_data=validation,
    validation_batch_size=1000,
    callbacks=list(grid.values()),
)


# %% tags=["lecture"]
def listing(cell):
    return sorted(Path(grid[cell].filepath).parent.iterdir())


def improvements(losses):
    """Return the epochs, from 1, whose loss is lower than all before."""
    return [n for n, loss in enumerate(losses, 1) if loss < min(losses[: n - 1], default=np.inf)]


val_loss = history.history["val_loss"]
better = improvements(val_loss)
print("fixed name, False:", len(listing(("fixed", False))), "file")
print("fixed name, True: ", len(listing(("fixed", True))), "file")
print("template, False:  ", len(listing(("template", False))), "files")
kept = [int(each.name[:2]) for each in listing(("template", True))]
print("template, True:    one for each improvement:", kept == better)
print("                   fewer than 20:", len(kept) < 20)

# %%
reveal("08.p2", "b" if 1 < len(kept) < 20 else "c")

# %% [markdown] lang="en"
# The listing of the four folders, as the file manager would show it. The last name in a folder is the last one written.
# **Which file would you load from each?**

# %% [markdown] lang="ko"
# 네 폴더의 목록을 파일 탐색기처럼 나란히 봅시다. 폴더마다 맨 아래가 마지막으로 저장한 파일입니다. **각 폴더에서 어느 파일을
# 불러오겠습니까?**

# %% tags=["nbval-ignore-output"]
columns = {f"{naming}, {best}": [f.name for f in listing((naming, best))] for naming, best in grid}
print(
    pd.DataFrame({name: pd.Series(rows) for name, rows in columns.items()})
    .fillna("")
    .to_string(index=False)
)

# %% [markdown] lang="en"
# And as a picture: a ring is a file that was written and overwritten later, a dot one that is there at the end. Only the
# rows with `True` hold the dashed epoch **as their last file**.

# %% [markdown] lang="ko"
# 그림으로도 봅시다. 고리는 저장했다가 덮어쓴 파일이고, 점은 끝까지 남은 파일입니다. 점선의 에포크가 **마지막 파일**인 것은 `True`인
# 줄뿐입니다.

# %% tags=["nbval-ignore-output"]
epochs, best = np.arange(1, 21), int(np.argmin(val_loss)) + 1
figure, (top, below) = plt.subplots(2, 1, figsize=(8, 4.6), sharex=True)
top.plot(epochs, val_loss, "o-", markersize=4)
top.set(ylabel="validation loss", title="One run, four ways to save it")
top.set_ylim(0.95 * min(val_loss), 1.4 * min(val_loss))  # the first epochs lie above
labels = []
for row, (naming, best_only) in enumerate(grid):
    saved = better if best_only else list(epochs)
    left = saved if naming == "template" else saved[-1:]
    below.plot(saved, [row] * len(saved), "o", markerfacecolor="white", color="#6E6E6E")
    below.plot(left, [row] * len(left), "o", color="#0072B2")
    labels.append(f"{naming}, {best_only}")
below.set_yticks(range(4), labels)
below.set(xlabel="epoch", ylabel="name, save_best_only", ylim=(3.5, -0.5), xticks=epochs)
for panel in (top, below):
    panel.axvline(best, color="black", linestyle="--", linewidth=0.8)
plt.show()
plots.caption(
    say(
        en=f"Best epoch: {best}. {len(better)} improvements leave {len(better)} files.",
        ko=f"가장 좋은 에포크는 {best}입니다. {len(better)}번 좋아져 파일도 {len(better)}개입니다.",
    )
)

# %% [markdown] lang="en" rows="S5-57"
# ## What it costs on the disk
#
# Our file has almost a megabyte; that of a large network may have thousands of them. A template without `save_best_only` multiplies
# it by the number of epochs. The fifth lecture has a remedy: `save_weights_only=True` leaves out the *"학습 진행상황, 모델의
# 구조"*, how far training got and the architecture, *"공간이 절약되지만"*, which saves space; but to load it one has to
# have the architecture. **How much smaller is a weights file?**

# %% [markdown] lang="ko" rows="S5-57"
# ## 디스크는 얼마나 쓸까
#
# 우리 파일은 하나가 거의 1메가바이트이고, 요즘 신경망이라면 그 수천 배일 수도 있습니다. 이름이 틀이고 `save_best_only`가 없으면 거기에
# 에포크 수를 곱합니다. 다섯 번째 강의의 방법은 `save_weights_only=True`입니다. "학습 진행상황, 모델의 구조에 대한 데이터를 빼고
# 저장하여 공간이 절약되지만 불러오기 위해서는 모델의 구조를 저장하고 있어야 함"이라고 합니다. **가중치 파일은 얼마나 작을까요?**

# %%
weights_file = folder / "weights" / "digits.weights.h5"
arrays_only = ModelCheckpoint(weights_file, save_weights_only=True)
model.fit(x_train, y_train, epochs=1, verbose=0, callbacks=[arrays_only])
one = listing(("fixed", True))[0].stat().st_size
worth = {cell: round(sum(each.stat().st_size for each in listing(cell)) / one) for cell in grid}
print("size of each folder, in files:")
print("fixed name, False:", worth["fixed", False], " True:", worth["fixed", True])
print("template, False:", worth["template", False])
print("template, True, one for each improvement:", worth["template", True] == len(better))
share = weights_file.stat().st_size / one
print("weights only, smaller:", share < 1, " by more than 1 %:", share < 0.99)

# %%
with h5py.File(weights_file) as stored:
    print("in the weights file:", sorted(stored))
    print("steps of the optimizer:", int(stored["optimizer/vars/0"][()]))
print("weights times 3 numbers times 4 bytes:", model.count_params() * 3 * 4)

try:
    files.load_model(weights_file)
except CourseError as error:
    print("✗", error)
rebuilt = build_digits_model()
rebuilt.optimizer.build(rebuilt.trainable_variables)  # a place for the stored averages, lesson 07
rebuilt.load_weights(weights_file)
print("✓ with the code of the model:", np.array_equal(rebuilt(x_train[:5]), model(x_train[:5])))

# %% [markdown] lang="en"
# Smaller, but by less than a hundredth. In Keras 3 a weights file leaves out the architecture, some thousand characters. It
# does **not** leave out how far training got: Adam's two averages for each weight are in it, two thirds of the file. So
# what saves space is to write fewer files: `save_best_only=True`, and a fixed name if one file is enough.

# %% [markdown] lang="ko"
# 작기는 하지만 차이가 100분의 1도 되지 않습니다. 케라스 3의 가중치 파일에서 빠지는 것은 글자 몇천 개인 모델 구조입니다. 학습 진행
# 상황은 빠지지 **않습니다**. Adam이 가중치마다 기억하는 이동 평균 두 개가 파일의 3분의 2를 차지합니다. 그러니 공간을 아끼려면 파일을 덜
# 저장해야 합니다. `save_best_only=True`를 쓰고, 하나면 충분할 때는 이름을 고정하세요.

# %% [markdown] lang="en" rows="S5-60"
# The lecture also draws what one checkpoint looked like in its time. `cp-0001.ckpt` is a **directory**:
#
# ```
# checkpoints
#     cp-0001.ckpt
#         assets
#         keas_metadata.pb          (a slip for keras_metadata.pb)
#         saved_model.pb
#         variables
#             variables.data-00000-of-00001
#             variables.index
#     cp-0002.ckpt
# ```
#
# That is a SavedModel. Keras 3 writes one with `model.export`, to hand a model to a server; it cannot load it again.
# **What of this tree do you find again in a `.keras` file?**

# %% [markdown] lang="ko" rows="S5-60"
# 강의에는 당시의 체크포인트 하나가 어떤 모습이었는지도 나옵니다. `cp-0001.ckpt`는 **디렉터리**입니다.
#
# ```
# checkpoints
#     cp-0001.ckpt
#         assets
#         keas_metadata.pb          (keras_metadata.pb의 오타)
#         saved_model.pb
#         variables
#             variables.data-00000-of-00001
#             variables.index
#     cp-0002.ckpt
# ```
#
# 이것이 SavedModel 형식입니다. 케라스 3에서는 모델을 서버에 넘길 때 `model.export`로 만들고, 다시 불러오지는 못합니다. **이 구조
# 가운데 `.keras` 파일에도 있는 것은 무엇일까요?**


# %%
def tree(place, depth=1):
    for each in sorted(place.iterdir()):
        print("    " * depth + each.name)
        if each.is_dir():
            tree(each, depth + 1)


logging.getLogger("tensorflow").setLevel("ERROR")  # it would report where it writes
model.export(folder / "exported", verbose=False)
print("exported")
tree(folder / "exported")
whole = listing(("template", True))[-1]
with zipfile.ZipFile(whole) as archive:
    print("a .keras file\n    " + "\n    ".join(sorted(archive.namelist())))
try:
    keras.models.load_model(folder / "exported")
except ValueError as error:
    print("load_model('exported'): ValueError:", str(error).partition(":")[0])

# %% [markdown] lang="en"
# One file for six: `config.json` is the plan (in place of `saved_model.pb`, which also held the computation as a TensorFlow
# graph), `metadata.json` the version and the date (`keras_metadata.pb`), and `model.weights.h5` the arrays (`variables`).

# %% [markdown] lang="ko"
# 여러 파일 대신 파일 하나입니다. `config.json`은 모델 구조(`saved_model.pb`에는 계산 과정도 텐서플로 그래프로 들어
# 있었습니다), `metadata.json`은 버전과 날짜(`keras_metadata.pb`), `model.weights.h5`는 배열(`variables`)입니다.

# %% [markdown] lang="en" rows="S5-58"
# ## After so many batches
#
# `save_freq='epoch'` stands in both signatures and neither lecture explains it. A number means batches. An epoch
# of our 1,000 digits in batches of 64 has 16 of them. **With `save_freq=20`, at which places of three epochs is a file
# written?** A template may also say `{batch}` now.

# %% [markdown] lang="ko" rows="S5-58"
# ## 배치 몇 개마다
#
# `save_freq='epoch'`는 두 강의의 정의에 모두 나오지만 설명은 없습니다. 숫자를 주면 배치의 수입니다. 숫자 1,000장을 64장씩 묶으면 한
# 에포크는 배치 16개입니다. **`save_freq=20`이면 3에포크 동안 어디에서 파일이 저장될까요?** 이때는 이름의 틀에 `{batch}`도 쓸 수
# 있습니다.

# %%
by_batch = folder / "batches" / "epoch{epoch}-batch{batch:02d}.keras"
short = {"epochs": 3, "batch_size": 64, "verbose": 0, "validation_data": validation}
model.fit(x_train, y_train, **short, callbacks=[ModelCheckpoint(by_batch, save_freq=20)])
print(sorted(each.name for each in by_batch.parent.iterdir()))

# %% [markdown] lang="en"
# The counting goes on across epochs: 20 = 16 + 4, 40 = 16 + 16 + 8. It is meant for epochs that take hours. **What about
# "only the best" then?** In the middle of an epoch there is no validation loss.

# %% [markdown] lang="ko"
# 에포크가 바뀌어도 계속 셉니다. 20 = 16 + 4, 40 = 16 + 16 + 8입니다. 한 에포크가 몇 시간씩 걸릴 때 쓰는 기능입니다. **그러면
# "가장 좋을 때만"은 어떻게 될까요?** 에포크 중간에는 검증 손실이 없습니다.

# %%
for monitor in ("val_loss", "loss"):
    target = folder / f"frequent_{monitor}" / "{epoch}-{batch:02d}.keras"
    often = ModelCheckpoint(target, monitor=monitor, save_best_only=True, save_freq=5)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            model.fit(x_train, y_train, **short, callbacks=[often])
            print(monitor, "saved:", len(list(target.parent.iterdir())), "of", 48 // 5)
        except TypeError:
            print(monitor, "TypeError in the first epoch")
    messages = {str(each.message) for each in caught if each.category is UserWarning}
    print("  warnings:", *(messages or ["none"]))

# %% [markdown] lang="en"
# With `val_loss` it warns and saves every time, as if you had not asked for the best. With `loss` it breaks off: up to
# Keras 3.15.1 it decides what "better" means only at the end of the first epoch, after it was needed. Use a number
# for regular copies, and `'epoch'` for the best.

# %% [markdown] lang="ko"
# `val_loss`이면 경고하고는 매번 저장합니다. 가장 좋을 때만 저장하라는 말은 없었던 셈이 됩니다. `loss`이면 훈련이 끊깁니다. 케라스
# 3.15.1까지는 무엇이 "더 좋은" 것인지를 첫 에포크가 끝나야 정하는데, 그 전에 비교해야 하기 때문입니다. 정기적으로 복사본을 남길 때는
# 숫자를, 가장 좋은 모델을 남길 때는 `'epoch'`를 쓰세요.

# %% [markdown] lang="en" rows="S1-21 S5-55"
# ## Which number, which way
#
# `monitor` is the number that decides (*"저장할 기준이 되는 값"*); it matters only with `save_best_only=True`. The fifth
# lecture says that `monitor` and `mode` work as in EarlyStopping (lesson 09). `mode='auto'` asks the metric which way is
# better. **What is in the file if you say `mode='min'` for the accuracy?**

# %% [markdown] lang="ko" rows="S1-21 S5-55"
# ## 어떤 값이, 어느 쪽으로
#
# `monitor`는 "저장할 기준이 되는 값"이고, `save_best_only=True`일 때만 뜻이 있습니다. 다섯 번째 강의의 말대로 `monitor`와 `mode`는
# EarlyStopping(레슨 09)과 같습니다. `mode='auto'`는 지표에 어느 쪽이 좋은지 물어봅니다. **정확도에 `mode='min'`을 주면 파일에는 어떤
# 모델이 남을까요?**

# %%
watchers = {
    "val_loss, auto": ModelCheckpoint(folder / "1.keras", "val_loss", save_best_only=True),
    "val_accuracy, auto": ModelCheckpoint(folder / "2.keras", "val_accuracy", save_best_only=True),
    "val_accuracy, min": ModelCheckpoint(
        folder / "3.keras", "val_accuracy", mode="min", save_best_only=True
    ),
}
keras.utils.set_random_seed(7)
model = build_digits_model()
how_long = {"epochs": 12, "verbose": 0, "validation_data": validation}
curves = model.fit(x_train, y_train, **how_long, callbacks=list(watchers.values())).history
for name, watcher in watchers.items():
    column = curves[watcher.monitor]
    print(f"{name}: lowest {watcher.best == min(column)}, highest {watcher.best == max(column)}")

# %% [markdown] lang="en"
# The wrong `mode` keeps the *worst* model, without a word. Two more ways to go wrong: a name that no metric has, and no
# validation data. **Which of the two does Keras tell you?**

# %% [markdown] lang="ko"
# `mode`가 거꾸로면 아무 말 없이 *가장 나쁜* 모델을 남깁니다. 틀리는 방법이 두 가지 더 있습니다. 어떤 지표에도 없는 이름, 그리고 없는
# 검증 데이터입니다. **케라스가 알려 주는 것은 어느 쪽일까요?**

# %%
try:
    model.fit(x_train, y_train, **short, callbacks=[ModelCheckpoint(path, monitor="val_acc")])
except ValueError as error:
    print("val_acc: ValueError:", str(error).partition(",")[0])

without = folder / "without" / "{epoch}.keras"
callback = ModelCheckpoint(without, save_best_only=True)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", UserWarning)
    model.fit(x_train, y_train, epochs=4, verbose=0, callbacks=[callback])
print("no validation data:", {str(w.message) for w in caught if w.category is UserWarning})
print("files after 4 epochs:", len(list(without.parent.iterdir())))

# %% [markdown] lang="en"
# The name is an error, even without `save_best_only`. The missing data are only a warning: every epoch is saved, and under
# a fixed name "the best" would be the last.

# %% [markdown] lang="ko"
# 이름이 틀리면 `save_best_only`가 없어도 오류입니다. 검증 데이터가 없으면 경고뿐입니다. 에포크마다 저장하므로, 이름이 고정되어
# 있었다면 "가장 좋은" 파일에 마지막 에포크가 남았을 것입니다.

# %% [markdown] lang="en"
# ## Best against last
#
# Is the best checkpoint worth it? On the **validation** rows it cannot lose: it was chosen as the smallest of all those
# losses, the last among them. The question is whether it is better on rows that chose nothing. So here, at the end, we
# use the test set, once, with ten seeds: the second lecture's network, 150 epochs, the file of the best epoch beside the
# model of the last.

# %% [markdown] lang="ko"
# ## 가장 좋은 것과 마지막 것
#
# 가장 좋은 체크포인트를 쓰면 정말 나을까요? **검증** 데이터에서는 질 수가 없습니다. 마지막 손실까지 포함한 모든 손실 가운데 가장 작은
# 것을 골랐으니까요. 알고 싶은 것은 고르는 데 쓰지 않은 데이터에서도 나은가입니다. 그래서 여기에서 한 번, 테스트 세트를 씁니다. 두 번째
# 강의의 신경망을 시드 열 개로 150에포크씩 훈련해, 가장 좋은 에포크의 파일과 마지막 에포크의 모델을 비교합니다.

# %%
predict("08.p3")

# %%
best_weights = folder / "kept" / "best.weights.h5"
keeper = build_table_model()  # the best epoch's weights are read into this one
keeper.optimizer.build(keeper.trainable_variables)
y_test = cancer.y_test.reshape(-1, 1).astype("float32")
guessed = {}


def test_loss_saved(finished):
    keeper.load_weights(best_weights)
    for name, each in {"last": finished, "best": keeper}.items():
        guessed[name] = np.array(each(cancer.x_test))
    last, best = (keras.losses.binary_crossentropy(y_test, g) for g in guessed.values())
    return float(np.mean(last) - np.mean(best))


def wrong(name):
    return (guessed[name] > 0.5) != y_test


def test_accuracy_gained(finished):
    return np.mean(wrong("last")) - np.mean(wrong("best"))


# %% [markdown] lang="en" rows="S5-53"
# While we are at it, two more measurements for the section after this one. The fifth lecture says of overfitting: *"처음부터
# 수행하지 않고 중간부터 다시 학습이 가능"*, one can train again from the middle instead of from the start. Possible, yes.
# **But does it get better than the best?** We go on for 30 epochs from the best weights, with Adam's averages, at the
# same learning rate and at a tenth of it. (The first two functions below are for a question that will come up soon.)

# %% [markdown] lang="ko" rows="S5-53"
# 하는 김에 다음 절에 쓸 값도 두 가지 재어 둡시다. 다섯 번째 강의는 과적합이 발생했을 때 "처음부터 수행하지 않고 중간부터 다시 학습이
# 가능"하다고 합니다. 가능은 합니다. **그런데 가장 좋았던 것보다 더 좋아질까요?** 가장 좋은 가중치에서, Adam의 이동 평균까지 그대로, 같은
# 학습률과 그 10분의 1로 30에포크씩 더 훈련합니다. (아래의 첫 두 함수는 곧 생길 다른 궁금증을 위한 것입니다.)


# %%
def rows_changed(finished):
    """Return the share of test rows that only one of the two gets right."""
    return np.mean(wrong("last") != wrong("best"))


def surer_of_mistakes(finished):
    """Return by how much the last model is surer where both are wrong."""
    shared = wrong("last") & wrong("best")
    last, best = (np.abs(g - 0.5)[shared].mean() for g in guessed.values())
    return last - best


def further(finished, learning_rate):
    """Return by how much 30 epochs from the best weights change the best validation loss."""
    keeper.load_weights(best_weights)
    keeper.optimizer.learning_rate = learning_rate
    how = {"epochs": 30, "verbose": 0, "validation_data": (cancer.x_val, cancer.y_val)}
    going_on = training.fit(keeper, cancer.x_train, cancer.y_train, **how)
    return min(going_on.history["val_loss"]) - min(finished.history.history["val_loss"])


# %%
runs = experiments.compare(
    {"150 epochs": build_table_model},
    cancer,
    epochs=150,
    callbacks=lambda: [ModelCheckpoint(best_weights, save_best_only=True, save_weights_only=True)],
    also={
        "test_loss_saved": test_loss_saved,
        "test_accuracy_gained": test_accuracy_gained,
        "rows_changed": rows_changed,
        "surer_of_mistakes": surer_of_mistakes,
        "same_rate": lambda finished: further(finished, 0.001),
        "tenth_rate": lambda finished: further(finished, 0.0001),
    },
)
print(runs)

# %%
runs.claim(
    "the best checkpoint has a lower test loss than the last epoch",
    "test_loss_saved",
    direction="higher",
    than=0.01,
    agree=10,
)

# %% [markdown] lang="en"
# So the lower loss was no luck of the validation rows. And the accuracy? Is even one percentage point gained?

# %% [markdown] lang="ko"
# 그러니 손실이 낮은 것은 검증 데이터의 운이 아니었습니다. 정확도는 어떨까요? 1%포인트라도 얻을까요?

# %%
runs.claim(
    "in accuracy the best checkpoint gains less than one point",
    "test_accuracy_gained",
    direction="lower",
    than=0.01,
    statistic="median",
)

# %% tags=["nbval-ignore-output"]
gained = runs.measure("test_accuracy_gained")[0]
won, lost = int(np.sum(gained > 1e-9)), int(np.sum(gained < -1e-9))
print(f"more accurate: {won} seeds, less: {lost}, the same: {10 - won - lost}")
reveal("08.p3", won)

# %% [markdown] lang="en"
# How can both be true? Two guesses: the two networks get nearly the same rows right, and where both are wrong, the later
# one is surer of it. The loss punishes sure mistakes; accuracy only counts them.

# %% [markdown] lang="ko"
# 어떻게 둘 다 맞을 수 있을까요? 두 가지를 짐작해 볼 수 있습니다. 두 신경망이 맞히는 행은 거의 같고, 둘 다 틀리는 행에서는 나중
# 신경망이 더 확신에 차 있다는 것입니다. 손실은 확신에 찬 오답에 큰 벌을 주지만, 정확도는 틀린 개수만 셉니다.

# %%
runs.claim(
    "the two networks differ on less than one test row in twenty",
    "rows_changed",
    direction="lower",
    than=0.05,
    agree=10,
)

# %%
runs.claim(
    "where both are wrong, the last epoch is surer",
    "surer_of_mistakes",
    direction="higher",
    than=0,
)

# %% [markdown] lang="en"
# So what is chosen by the loss is best in loss. If accuracy is what you will be asked for, `monitor='val_accuracy'` is an
# option, but on 114 rows one row is almost a percentage point, and luck has a large say in it.

# %% [markdown] lang="ko"
# 손실로 고르면 손실이 가장 좋은 모델을 얻습니다. 필요한 것이 정확도라면 `monitor='val_accuracy'`도 방법이지만, 114행에서는 한 행이
# 거의 1%포인트라서 운이 크게 작용합니다.

# %% [markdown] lang="en" rows="S5-53"
# ## Going on from a file
#
# Now the two measurements. Going on from the best weights for 30 epochs: is anything gained?

# %% [markdown] lang="ko" rows="S5-53"
# ## 파일에서 이어 가기
#
# 이제 아까 재어 둔 두 값을 봅시다. 가장 좋은 가중치에서 30에포크를 더 훈련하면 얻는 것이 있을까요?

# %%
for rate in ("same_rate", "tenth_rate"):
    runs.claim(
        f"from the best weights nothing much is gained, {rate}",
        rate,
        direction="higher",
        than=-0.002,
        agree=10,
    )

# %% [markdown] lang="en" rows="S5-53"
# Nothing worth a second run: the loss falls by less than 0.002 if at all (the best epochs are near 0.06). Going on with
# the same network, the same rows and the same settings leads into the same overfitting. Start from the middle if you
# **change** something, such as more data or a regularizer (lessons 14 and 15), or if the run was cut short. The lecture's
# other uses hold: saving at intervals (by a template or `save_freq`), the best weights in service, keeping only
# the best.
#
# A cut run brings the trap of this lesson. Day one: 100 epochs, the best in one file, the last model in another.

# %% [markdown] lang="ko" rows="S5-53"
# 다시 훈련할 만한 소득은 없습니다. 손실이 줄더라도 0.002가 안 됩니다(가장 좋은 손실이 0.06 근처입니다). 같은 신경망을 같은 데이터와
# 같은 설정으로 이어 훈련하면 똑같은 과적합으로 들어갑니다. 중간부터 다시 시작하는 것은 데이터를 늘리거나 규제를 넣는(레슨 14, 15) 것처럼
# 무언가를 **바꿀** 때, 또는 훈련이 도중에 끊겼을 때 쓸모가 있습니다. 강의가 말하는 나머지 쓰임은 그대로 맞습니다. 일정 주기마다 저장하기(틀
# 이름이나 `save_freq`), 가장 좋은 가중치를 서비스에 쓰기, 가장 좋은 것만 남기기입니다.
#
# 끊긴 훈련을 이어 갈 때 이 레슨의 함정이 있습니다. 첫째 날에는 100에포크를 훈련해, 가장 좋은 모델과 마지막 모델을 파일로
# 남깁니다.

# %%
best_file, last_file = folder / "best.keras", folder / "last.keras"
rows = {"x": cancer.x_train, "y": cancer.y_train, "verbose": 0}
rows["validation_data"] = (cancer.x_val, cancer.y_val)
keras.utils.set_random_seed(42)
first_day = build_table_model()
callbacks = [ModelCheckpoint(best_file, save_best_only=True)]
training.fit(first_day, **rows, epochs=100, callbacks=callbacks)
first_day.save(last_file)
copy = best_file.read_bytes()  # kept for the second attempt


def stored_loss():
    stored = keras.models.load_model(best_file)
    return stored.evaluate(cancer.x_val, cancer.y_val, verbose=0)[0]


best_so_far = stored_loss()
print("the file holds the best of 100 epochs:", np.isclose(best_so_far, callbacks[0].best))

# %% [markdown] lang="en"
# Day two: load the last model and go on from epoch 100, with the same lines for the callback. **Is `best.keras` still the
# best afterwards?**

# %% [markdown] lang="ko"
# 둘째 날에는 마지막 모델을 불러와 100에포크부터 이어 갑니다. 콜백을 만드는 줄은 어제와 같습니다. **끝난 뒤에도 `best.keras`가 가장
# 좋은 모델일까요?**

# %%
second_day = keras.models.load_model(last_file)
naive = ModelCheckpoint(best_file, save_best_only=True)
second_day.fit(**rows, initial_epoch=100, epochs=105, callbacks=[naive])
print("overwritten:", best_file.read_bytes() != copy)
print("worse than yesterday's:", stored_loss() > best_so_far)

# %% [markdown] lang="en"
# Yesterday's best model is gone. A new callback object knows nothing: for it the first epoch is the best ever. It had to
# be told what there is to beat. That is `initial_value_threshold`:

# %% [markdown] lang="ko"
# 어제의 가장 좋은 모델이 사라졌습니다. 새로 만든 콜백은 아무것도 모르므로 첫 에포크를 지금까지 가장 좋은 것으로 여깁니다. 넘어야 할
# 값을 알려 주어야 했습니다. 그 인자가 `initial_value_threshold`입니다.

# %%
best_file.write_bytes(copy)
second_day = keras.models.load_model(last_file)
careful = ModelCheckpoint(best_file, save_best_only=True, initial_value_threshold=best_so_far)
second_day.fit(**rows, initial_epoch=100, epochs=105, callbacks=[careful])
print("overwritten:", best_file.read_bytes() != copy)
print("the threshold is still the best:", careful.best == best_so_far)

# %% [markdown] lang="en"
# Is that rare? Cut each of our ten runs after 100 epochs: how much worse is the best of the other 50?

# %% [markdown] lang="ko"
# 드문 일일까요? 열 번의 훈련을 각각 100에포크에서 끊어 봅시다. 남은 50에포크의 가장 좋은 손실은 얼마나 더 나쁠까요?


# %%
def loss_given_away(run):
    return min(run["val_loss"][100:]) - min(run["val_loss"][:100])


runs.claim(
    "without the threshold a worse model replaces the best",
    loss_given_away,
    direction="higher",
    than=0.005,
    agree=10,
)

# %% [markdown] lang="en"
# Three notes. In one session, pass the **same** callback object to the second `fit`: it remembers its `best`. A
# template avoids the trap as well, since nothing is overwritten. And for a kernel that may die there is
# `keras.callbacks.BackupAndRestore`, made for going on where a run broke off; it is no archive, for it removes its backup
# when `fit` ends.

# %% [markdown] lang="ko"
# 덧붙일 것이 세 가지 있습니다. 한 세션 안이라면 두 번째 `fit`에 **같은** 콜백 객체를 주세요. `best`를 기억하고 있습니다. 틀 이름을
# 써도 덮어쓰지 않으므로 함정에 빠지지 않습니다. 그리고 커널이 죽을지 모를 때는 끊긴 곳에서 이어 가는 용도인
# `keras.callbacks.BackupAndRestore`가 있습니다. 다만 `fit`이 끝나면 백업을 지우므로 보관용은 아닙니다.

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `best_name(names)`: of file names made by `"{epoch:02d}-{val_loss:.4f}.keras"`, return the one with
# the lowest validation loss. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** `"{epoch:02d}-{val_loss:.4f}.keras"`로 만든 파일 이름들 가운데 검증 손실이 가장 낮은 것을 돌려주는 `best_name(names)`를
# 작성하세요. `...` 자리를 채우세요.


# %% tags=["exercise"]
def best_name(names):
    return ...


check("08.e1", best_name)

# %% [markdown] lang="en"
# **Exercise 2.** Write `epochs_left(val_loss, template, best_only)`: the list of the epochs, counted from 1, whose model is
# in a file at the end of a run with these validation losses. `template` is True for a name with `{epoch}` in it, False
# for a fixed one; `best_only` is the value of `save_best_only`.

# %% [markdown] lang="ko"
# **연습 2.** 검증 손실이 이와 같은 훈련이 끝났을 때, 파일로 남아 있는 에포크(1부터 셈)의 리스트를 돌려주는 `epochs_left(val_loss,
# template, best_only)`를 작성하세요. `template`은 이름에 `{epoch}`가 있으면 True, 고정된 이름이면 False이고, `best_only`는
# `save_best_only`의 값입니다.


# %% tags=["exercise"]
def epochs_left(val_loss, template, best_only):
    return ...


check("08.e2", epochs_left)

# %% [markdown] lang="en"
# **Exercise 3.** A run was cut; its best validation accuracy was 0.91, and those weights are in `best.weights.h5`. Write the
# dictionary `arguments` for `ModelCheckpoint(**arguments)` to go on: weights only, the same file, written only by an epoch
# that is more accurate than that.

# %% [markdown] lang="ko"
# **연습 3.** 훈련이 끊겼습니다. 가장 좋은 검증 정확도는 0.91이었고 그 가중치가 `best.weights.h5`에 있습니다. 이어 갈 때
# `ModelCheckpoint(**arguments)`에 줄 딕셔너리 `arguments`를 작성하세요. 가중치만, 같은 파일에, 그보다 정확한 에포크만 저장합니다.

# %% tags=["exercise"]
arguments = ...

check("08.e3", arguments)

# %% [markdown] lang="en"
# Stuck? Run `hint("08.e1")`, or `solution("08.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("08.e1")`을, 해 본 다음에는 `solution("08.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("08")

# %% [markdown] lang="en"
# ## Summary
#
# - `ModelCheckpoint("best.keras", save_best_only=True)` with validation data keeps the best epoch. Without the second
#   argument the file holds the last.
# - It never deletes. Files are lost by being overwritten: a template keeps them all, a fixed name keeps one.
# - Names end in `.keras`, or in `.weights.h5` with `save_weights_only=True`. In the braces stand `epoch` (from 1) and
#   columns of the history.
# - A weights file is hardly smaller, because the optimizer is in it. Fewer files save space.
# - `save_freq=20` writes every 20 batches; for the best, stay with `'epoch'`.
# - The best checkpoint had the lower test loss for all ten seeds, and no better accuracy.
# - Going on another day: load the last model, and give the checkpoint `initial_value_threshold`.

# %% [markdown] lang="ko"
# ## 정리
#
# - 검증 데이터와 함께 `ModelCheckpoint("best.keras", save_best_only=True)`를 쓰면 가장 좋은 에포크가 남습니다. 두 번째 인자가 없으면
#   마지막 에포크가 남습니다.
# - 삭제하는 일은 없습니다. 파일은 덮어쓸 때만 사라집니다. 틀 이름이면 모두 남고, 고정된 이름이면 하나만 남습니다.
# - 이름은 `.keras`로, `save_weights_only=True`이면 `.weights.h5`로 끝납니다. 중괄호에는 `epoch`(1부터)와 history의 열 이름을 씁니다.
# - 가중치 파일에도 옵티마이저가 들어 있어서 거의 작아지지 않습니다. 공간을 아끼려면 파일을 덜 저장하세요.
# - `save_freq=20`은 배치 20개마다 저장합니다. 가장 좋은 모델을 남길 때는 `'epoch'`를 쓰세요.
# - 가장 좋은 체크포인트는 시드 열 개 모두에서 테스트 손실이 낮았지만, 정확도는 더 좋지 않았습니다.
# - 다른 날 이어 훈련할 때는 마지막 모델을 불러오고, 체크포인트에 `initial_value_threshold`를 주세요.
