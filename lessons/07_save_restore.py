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
# A trained network is a handful of arrays in the memory of this notebook. Restart the kernel and they are gone, after
# three seconds of training or after three days. This lesson puts them into a file, takes them out again, and checks what
# came back.
#
# First a guess. You want to train for 20 epochs but have time for 10 today, so you save, and tomorrow you load the file
# and train the other ten. **With which file do you end at exactly the network that 20 epochs without a break give?**

# %% [markdown] lang="ko"
# 훈련한 신경망은 이 노트북의 메모리에 있는 배열 몇 개입니다. 커널을 다시 시작하면 사라집니다. 3초를 훈련했든 사흘을
# 훈련했든 마찬가지입니다. 이 레슨에서는 신경망을 파일에 담고, 다시 꺼내고, 무엇이 돌아왔는지 확인합니다.
#
# 먼저 예상해 봅시다. 20에포크를 훈련하려는데 오늘은 10에포크를 할 시간밖에 없습니다. 그래서 저장해 두고, 내일 파일을 불러와
# 나머지 10에포크를 훈련합니다. **어떤 파일을 쓰면 쉬지 않고 20에포크를 훈련한 것과 똑같은 신경망이 될까요?**

# %%
import hashlib
import io
import json
import logging
import math
import pickle
import tempfile
import warnings
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

import h5py
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers import data, experiments, files, plots, training
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("07.p1")

# %% [markdown] lang="en" rows="S2-64"
# ## A network worth keeping
#
# We need something to save: the network of the third lecture, with its dropout layer (lesson 15 explains it), trained on
# 1,000 handwritten digits. The lecture's function `model_fn` builds it and leaves compiling to us. That will matter soon.
#
# The second lecture says when to save: *"학습이 끝난 후 테스트해 본 결과가 만족스러울 때"*, when the result on the test is
# satisfying. Take it as "when the **validation** result is satisfying". Who saves or retrains depending on the test set
# has used it to choose.

# %% [markdown] lang="ko" rows="S2-64"
# ## 남겨 둘 만한 신경망
#
# 저장할 것이 있어야 합니다. 세 번째 강의의 신경망을 드롭아웃(dropout) 층까지 그대로 만들어(드롭아웃은 레슨 15에서
# 다룹니다) 손글씨 숫자 1,000장으로 훈련합니다. 강의의 `model_fn` 함수는 모델을 만들기만 하고 컴파일은 하지 않습니다. 이
# 점이 곧 중요해집니다.
#
# 언제 저장할지는 두 번째 강의가 말해 줍니다. "학습이 끝난 후 테스트해 본 결과가 만족스러울 때"입니다. 여기서 테스트는 **검증**이라고
# 읽으세요. 테스트 세트의 결과를 보고 저장할지 다시 훈련할지 정하면, 테스트 세트를 고르는 데 쓴 셈이 됩니다.


# %%
def model_fn(*extra_layers):
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            *extra_layers,
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


digits = data.load("mnist")
x_train, y_train = digits.x_train[:1000], digits.y_train[:1000]
x_val, y_val = digits.x_val, digits.y_val

# %%
keras.utils.set_random_seed(42)
model = model_fn(keras.layers.Dropout(0.3))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=10, verbose=0)
loss, accuracy = model.evaluate(x_val, y_val, verbose=0)
print(f"weights: {model.count_params():,}")
print("Rule: worth keeping if right for at least 4 of 5 validation digits.")
print("Verdict:", accuracy >= 0.8)

# %% [markdown] lang="en" rows="S1-16"
# > **In the lecture** (S1, "모델 저장 & 재사용"): *"모델을 저장하는 폴더가 없다면 새로 생성"*, make the folder if there is none.
# >
# > ```python
# > MODEL_DIR = './model/'
# > if not os.path.exists(MODEL_DIR):
# >     os.mkdir(MODEL_DIR)
# > ```
# >
# > The lecture is right to be careful: `model.save` makes no folders (the ModelCheckpoint of lesson 08 does). But `mkdir`
# > makes one level only. One line of `pathlib` makes all levels and does not mind a second run. Our folder is a temporary one, so nothing
# > stays on your disk after this lesson; for your own work write `Path("models")`.

# %% [markdown] lang="ko" rows="S1-16"
# > **강의에서는** (S1, "모델 저장 & 재사용"): "모델을 저장하는 폴더가 없다면 새로 생성"합니다.
# >
# > ```python
# > MODEL_DIR = './model/'
# > if not os.path.exists(MODEL_DIR):
# >     os.mkdir(MODEL_DIR)
# > ```
# >
# > 꼼꼼한 코드입니다. `model.save`는 폴더를 만들어 주지 않기 때문입니다(레슨 08의 ModelCheckpoint는 만들어 줍니다). 다만
# > `mkdir`는 폴더를 한 단계만 만듭니다. `pathlib`을 쓰면 한 줄로 여러 단계를 만들고, 두 번 실행해도 문제가 없습니다. 여기서는
# > 임시 폴더를 쓰므로 레슨이 끝나면 디스크에 아무것도 남지 않습니다. 자기 작업에는 `Path("models")`처럼 쓰세요.

# %% tags=["lecture"]
temporary = tempfile.TemporaryDirectory()
folder = Path(temporary.name) / "models" / "lesson07"
attempts = {"model.save": lambda: model.save(folder / "digits.keras"), "mkdir": folder.mkdir}
for name, attempt in attempts.items():
    try:
        attempt()
    except FileNotFoundError:
        print(f"{name}: FileNotFoundError, the folder above it is not there")

folder.mkdir(parents=True, exist_ok=True)
folder.mkdir(parents=True, exist_ok=True)  # a second time: no error, nothing changes
print("folder is there:", folder.is_dir())

# %% [markdown] lang="en" rows="S1-14 S2-66 S3-39 S3-43 S3-47 S3-48"
# ## One file holds everything
#
# `model.save` writes the whole model into one file, and the name has to end in `.keras`. `keras.models.load_model` makes
# a **new** object from it. The lecture's `from keras.models import load_model` imports the same function.
#
# This is the second of the third lecture's two experiments: *"아예 model-whole.h5파일에서 새로운 모델을 만들어 바로 사용한다"*,
# make a new model straight from the file of the whole one. The lecture finds the same accuracy again, *"동일한 정확도"*. **Do
# the predictions agree to the last digit, or only the accuracy?**

# %% [markdown] lang="ko" rows="S1-14 S2-66 S3-39 S3-43 S3-47 S3-48"
# ## 파일 하나에 모두
#
# `model.save`는 모델 전체를 파일 하나에 씁니다. 이름은 `.keras`로 끝나야 합니다. `keras.models.load_model`은 그 파일로 **새**
# 객체를 만듭니다. 강의의 `from keras.models import load_model`도 같은 함수를 가져옵니다.
#
# 이것이 세 번째 강의의 두 실험 가운데 두 번째, "아예 model-whole.h5파일에서 새로운 모델을 만들어 바로 사용한다"입니다. 강의에서는
# "동일한 정확도"가 나왔습니다. **정확도만 같을까요, 예측값이 마지막 자리까지 모두 같을까요?**

# %%
whole = folder / "digits.keras"
model.save(whole)
restored = keras.models.load_model(whole)
print("the same object:", restored is model)
old, new = (each.predict(x_val, verbose=0) for each in (model, restored))
print("the same predictions, every digit:", np.array_equal(old, new))
old, new = (each.evaluate(x_val, y_val, verbose=0) for each in (model, restored))
print("the same loss and accuracy:", old == new)

# %% [markdown] lang="en"
# To the last digit. What did the file have to hold for that? A `.keras` file is an ordinary zip archive, so we can look.

# %% [markdown] lang="ko"
# 마지막 자리까지 같습니다. 그러려면 파일에 무엇이 들어 있어야 할까요? `.keras` 파일은 평범한 zip 파일이라서 열어 볼 수
# 있습니다.

# %%
with zipfile.ZipFile(whole) as archive:
    print("parts:", archive.namelist())
    config = json.loads(archive.read("config.json"))
    stored = io.BytesIO(archive.read("model.weights.h5"))
print("layers:", [layer["class_name"] for layer in config["config"]["layers"]])
compiled = config["compile_config"]
print("compiled with", compiled["optimizer"]["class_name"], "and", compiled["loss"])


# %%
def arrays(file):
    """Name and shape of every array in an HDF5 file."""
    found = {}
    with h5py.File(file) as opened:
        opened.visititems(lambda name, item: found.update({name: getattr(item, "shape", None)}))
    return {name: shape for name, shape in found.items() if shape is not None}


for name, shape in arrays(stored).items():
    print(name, shape)

# %% [markdown] lang="en"
# The plan stands in `config.json`, with the settings of `compile`. The arrays stand in `model.weights.h5`: the four of
# the two dense layers, and ten of the **optimizer**. Two of those are single numbers (steps taken, learning rate). The
# others have the shapes of the weights, each shape twice: Adam keeps two running averages for every weight. Remember
# them; they solve a puzzle below.
#
# What is *not* in the file: your data, the history, the code around it, and whatever you did to the data before they went
# in. A network trained on scaled columns needs the same scaling tomorrow, so save that too.

# %% [markdown] lang="ko"
# `config.json`에는 모델 구조와 `compile`의 설정이 있습니다. `model.weights.h5`에는 배열이 있습니다. 밀집층 두 개의 배열이 네
# 개, **옵티마이저**의 배열이 열 개입니다. 그 가운데 둘은 숫자 하나(지금까지의 스텝 수, 학습률)이고, 나머지는 가중치와 모양이
# 같은 배열이 두 벌입니다. Adam은 가중치마다 이동 평균을 두 개씩 기억하기 때문입니다. 기억해 두세요. 조금 뒤에 수수께끼 하나가
# 이것으로 풀립니다.
#
# 파일에 *없는* 것도 있습니다. 데이터, history, 주변의 코드, 그리고 데이터를 넣기 전에 한 전처리입니다. 스케일링한 열로 훈련한
# 신경망에는 내일도 똑같이 스케일링한 데이터를 넣어야 하므로, 그 값도 함께 저장해야 합니다.

# %% [markdown] lang="en" rows="S3-37 S3-38 S3-42"
# ## The weights alone
#
# The other experiment comes first in the lecture: *"훈련을 하지 않은 새로운 모델을 만들고 model-weights.h5 파일에서 훈련된
# 모델 파라미터를 읽어서 사용한다"*, build a new, untrained model and read the trained parameters from a file.

# %% [markdown] lang="ko" rows="S3-37 S3-38 S3-42"
# ## 가중치만
#
# 강의에서 먼저 하는 실험은 이것입니다. "훈련을 하지 않은 새로운 모델을 만들고 model-weights.h5 파일에서 훈련된 모델 파라미터를
# 읽어서 사용한다."

# %% [markdown] lang="en" rows="S3-37 S3-38"
# > **In the lecture** (S3, "모델 저장과 복원"): `save_weights` writes *"기본적으로 텐서플로의 체크포인트 포맷"*, by default
# > TensorFlow's checkpoint format, and HDF5 if the name ends in `.h5`. `save` writes a SavedModel by default.
# >
# > Keras 3 has no such defaults any more. The ending decides, and there are two: `.keras` for a model, `.weights.h5` for
# > weights. Here are the lecture's own names.

# %% [markdown] lang="ko" rows="S3-37 S3-38"
# > **강의에서는** (S3, "모델 저장과 복원"): `save_weights`는 "기본적으로 텐서플로의 체크포인트 포맷"으로, 확장자가 `.h5`이면
# > HDF5로 저장하고, `save`는 기본적으로 SavedModel로 저장한다고 합니다.
# >
# > 케라스 3에는 그런 기본값이 없습니다. 확장자가 형식을 정하고, 쓸 것은 두 가지입니다. 모델은 `.keras`, 가중치는
# > `.weights.h5`입니다. 강의에 나온 이름을 그대로 써 봅시다.

# %% tags=["lecture"]
attempts = {
    "save_weights('model-weights.h5')": lambda: model.save_weights(folder / "model-weights.h5"),
    "load_weights('model-weights.h5')": lambda: model.load_weights(folder / "model-weights.h5"),
    "save('model')": lambda: model.save(folder / "model"),
}
for name, attempt in attempts.items():
    try:
        attempt()
    except (ValueError, FileNotFoundError) as error:
        print(f"{name}: {type(error).__name__}")

# %% [markdown] lang="en" rows="S3-42 S3-44"
# With the right ending it works. A fresh model has random weights: how often will it be right before `load_weights`, and
# how often after?
#
# `predict` returns one row for each digit with ten probabilities, one for each class. (A model for two classes has one
# output and returns one probability.) The class is the **position** of the largest.

# %% [markdown] lang="ko" rows="S3-42 S3-44"
# 확장자만 맞으면 됩니다. 새 모델의 가중치는 무작위입니다. `load_weights` 전에는 얼마나 맞히고, 후에는 얼마나 맞힐까요?
#
# `predict`는 숫자 그림마다 한 행씩, 클래스 열 개의 확률을 돌려줍니다. (이진 분류 모델은 출력이 하나라서 확률도 하나입니다.)
# 그 가운데 가장 큰 값의 **자리**가 클래스입니다.

# %%
weights = folder / "digits.weights.h5"
model.save_weights(weights)

fresh = model_fn(keras.layers.Dropout(0.3))
guesses = np.argmax(fresh.predict(x_val, verbose=0), axis=-1)
print("before, right for less than 1 in 4:", np.mean(guesses == y_val) < 0.25)

fresh.load_weights(weights)
probabilities = fresh.predict(x_val, verbose=0)
print("shape:", probabilities.shape)
print("each row adds up to 1:", np.allclose(probabilities.sum(axis=1), 1))
val_labels = np.argmax(probabilities, axis=-1)
print("after, as accurate as evaluate said:", np.isclose(np.mean(val_labels == y_val), accuracy))

# %%
two_classes = keras.Sequential([keras.Input((30,)), keras.layers.Dense(1, activation="sigmoid")])
rows = data.load("breast_cancer").x_val[:5]
print("one probability a row:", two_classes.predict(rows, verbose=0).shape)

# %% [markdown] lang="en" rows="S3-45 S3-46"
# > **In the lecture** (S3): the accuracy is `np.mean(val_labels == val_target)` and prints 0.9059333333333334; `evaluate`
# > on the same model prints 0.9059333205223083. Of `argmax` the lecture says *"배열에서 가장 큰 값을 반환"*, it returns the
# > largest value.
# >
# > It returns where the largest value stands; the next sentence of the lecture rightly calls it an index. And the two
# > accuracies are one: 13,589 of 15,000 digits, once in double and once in single precision. `predict` worked although
# > the fresh model was never compiled. `evaluate` needs a loss, so it asks for `compile`.

# %% [markdown] lang="ko" rows="S3-45 S3-46"
# > **강의에서는** (S3): 정확도를 `np.mean(val_labels == val_target)`으로 구해 0.9059333333333334를 얻고, 같은 모델의
# > `evaluate`는 0.9059333205223083을 찍습니다. `argmax`는 "배열에서 가장 큰 값을 반환한다"고 설명합니다.
# >
# > 실제로는 가장 큰 값이 있는 자리를 돌려줍니다. 강의도 바로 다음 문장에서는 인덱스라고 옳게 부릅니다. 두 정확도는 같은 값입니다.
# > 15,000개 가운데 13,589개를 맞힌 비율을 한 번은 배정밀도로, 한 번은 단정밀도로 나타냈을 뿐입니다. 새 모델은 컴파일하지
# > 않았는데도 `predict`가 됐습니다. `evaluate`는 손실 함수가 필요하므로 `compile`을 먼저 하라고 합니다.

# %% tags=["lecture"]
example = np.array([0.1, 0.2, 0.7])
print("argmax:", np.argmax(example), " largest value:", example.max())
right = 13_589 / 15_000
print(right, float(np.float32(right)))
try:
    fresh.evaluate(x_val, y_val, verbose=0)
except ValueError as error:
    print("evaluate: ValueError:", error)

# %% [markdown] lang="en"
# A weights file knows shapes and no more. What if the new model is not the one that was saved? Guess for each of these
# three before you run the cell: one unit more, one layer more, no dropout layer. (The last two lines show that
# `load_weights` also takes a whole `.keras` file.)

# %% [markdown] lang="ko"
# 가중치 파일은 배열의 모양만 압니다. 새 모델의 구조가 저장한 모델과 다르면 어떻게 될까요? 셀을 실행하기 전에 셋 다 예상해
# 보세요. 유닛이 하나 더 있을 때, 층이 하나 더 있을 때, 드롭아웃 층이 없을 때입니다. (마지막 두 줄은 `load_weights`에
# `.keras` 파일을 통째로 주어도 된다는 것을 보여 줍니다.)


# %%
def dense_model(*units):
    layers = [keras.layers.Dense(number) for number in units]
    return keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), *layers])


others = {
    "one unit more": dense_model(101, 10),
    "one layer more": dense_model(100, 50, 10),
    "no dropout layer": dense_model(100, 10),
}
for name, other in others.items():
    try:
        other.load_weights(weights)
        print(f"{name}: loaded")
    except ValueError as error:
        print(f"{name}: ValueError, {str(error).partition('. ')[0]}")
dense_model(100, 10).load_weights(whole)
print("weights out of a whole .keras file: loaded")

# %% [markdown] lang="en"
# Dropout has no weights, so it does not count. But look at the third model again: it has no activation functions at all,
# and `load_weights` did not mind. It computes something else with the right weights. So keep the code that builds the
# model together with the file, or save the whole model.

# %% [markdown] lang="ko"
# 드롭아웃에는 가중치가 없으므로 상관없습니다. 그런데 세 번째 모델을 다시 보세요. 활성화 함수가 하나도 없는데도 `load_weights`는
# 아무 말이 없었습니다. 가중치는 맞지만 다른 계산을 하는 모델입니다. 그러니 모델을 만드는 코드를 가중치 파일과 함께 보관하거나,
# 모델 전체를 저장하세요.

# %% [markdown] lang="en"
# ## The plan alone
#
# The third thing you can keep is the plan, or architecture: `to_json()` returns what `config.json` holds, as text. Writing
# an object down as text or bytes, so that it can be built again, is called serialisation. A plan without weights is
# useful for starting over, for reading and for comparing. **Is a model made from it trained? Is it compiled?**

# %% [markdown] lang="ko"
# ## 구조만
#
# 세 번째로 남길 수 있는 것은 모델 구조(architecture)입니다. `to_json()`은 `config.json`에 들어 있던 내용을 텍스트로
# 돌려줍니다. 이렇게 객체를 다시 만들 수 있도록 텍스트나 바이트로 적는 것을 직렬화(serialization)라고 합니다. 가중치 없는
# 구조는 처음부터 다시 훈련하거나, 읽어 보거나, 서로 비교할 때 쓸모가 있습니다. **구조로 만든 모델은
# 훈련되어 있을까요? 컴파일되어 있을까요?**

# %%
plan = folder / "digits.json"
plan.write_text(model.to_json())
from_plan = keras.models.model_from_json(plan.read_text())
print("compiled:", from_plan.compiled)
print("trained:", from_plan.evaluate(x_val, y_val, verbose=0)[1] > 0.5)
from_plan.load_weights(weights)
print("trained, with the weights:", from_plan.evaluate(x_val, y_val, verbose=0)[1] > 0.5)

# %% [markdown] lang="en"
# The plan carries the settings of `compile`, but every weight is new. Plan plus weights make the model again.
#
# ## What each file holds
#
# Three files, four things. **Fill in the table in your head first:** which file holds which?

# %% [markdown] lang="ko"
# 구조에는 `compile`의 설정까지 들어 있지만 가중치는 모두 새것입니다. 구조에 가중치를 더하면 다시 원래의 모델이 됩니다.
#
# ## 파일마다 들어 있는 것
#
# 파일은 셋, 내용은 네 가지입니다. **먼저 머릿속으로 표를 채워 보세요.** 어느 파일에 무엇이 들어 있을까요?


# %%
def contents(path):
    text, names = "", []
    if path.suffix == ".json":
        text = path.read_text()
    elif path.suffix == ".keras":
        with zipfile.ZipFile(path) as archive:
            text = archive.read("config.json").decode()
            names = arrays(io.BytesIO(archive.read("model.weights.h5")))
    else:
        names = arrays(path)
    return {
        "plan": '"layers"' in text,
        "compile": '"compile_config"' in text,
        "weights": any(name.startswith("layers/") for name in names),
        "optimizer": any(name.startswith("optimizer/") for name in names),
    }


table = pd.DataFrame({path.name: contents(path) for path in (whole, weights, plan)}).T
print(table.replace({True: "yes", False: "-"}))

# %% [markdown] lang="en"
# ## The puzzle of the two sizes
#
# The third lecture saves both ways and lists the files:
#
# ```
# 332480  model-weights.h5
# 981736  model-whole.h5
# ```
#
# The plan is a few thousand characters, so it cannot be the plan. And our table says that today's weights file holds the
# optimizer's arrays as well. **How large is our weights file, compared with our whole model?**

# %% [markdown] lang="ko"
# ## 두 파일 크기의 수수께끼
#
# 세 번째 강의는 두 가지로 저장한 다음 파일 목록을 봅니다.
#
# ```
# 332480  model-weights.h5
# 981736  model-whole.h5
# ```
#
# 모델 구조는 글자 몇천 개이므로 차이의 원인이 될 수 없습니다. 그리고 위의 표를 보면 지금의 가중치 파일에는 옵티마이저의 배열도
# 들어 있습니다. **우리의 가중치 파일은 모델 전체 파일에 비해 얼마나 클까요?**

# %%
predict("07.p2")

# %% [markdown] lang="en" rows="S3-41" errata="E-31"
# > **In the lecture** (S3, `!ls -al *.h5`): the weights file is a third of the whole model, 332,480 to 981,736 bytes.
# >
# > The lecture's network is ours: 79,510 weights of 4 bytes. Divide, and the sizes speak: one number for each weight in
# > the small file, three in the large one. The other two are Adam's averages m and v, which only `save` wrote then. In
# > Keras 3 `save_weights` writes them too, so both files are large now. `include_optimizer=False` is accepted and changes
# > nothing in a `.keras` file. To get the small file, load the weights into a model that was **not compiled** and save
# > them again.

# %% [markdown] lang="ko" rows="S3-41" errata="E-31"
# > **강의에서는** (S3, `!ls -al *.h5`): 가중치 파일이 모델 전체의 3분의 1입니다(332,480바이트와 981,736바이트).
# >
# > 강의의 신경망은 우리 것과 같습니다. 4바이트짜리 가중치가 79,510개입니다. 나누어 보면 답이 나옵니다. 작은 파일에는 가중치마다
# > 숫자가 하나, 큰 파일에는 셋 있습니다. 나머지 둘은 Adam의 이동 평균 m과 v인데, 당시에는 `save`만 저장했습니다. 케라스 3에서는
# > `save_weights`도 저장하므로 이제 두 파일이 모두 큽니다. `include_optimizer=False`는 오류 없이 받아 주지만 `.keras` 파일에서는
# > 아무것도 바꾸지 않습니다. 작은 파일을 얻으려면 **컴파일하지 않은** 모델에 가중치를 불러와 다시 저장하세요.

# %% tags=["lecture"]
bare = model_fn(keras.layers.Dropout(0.3))
bare.load_weights(weights)
bare.save_weights(folder / "small.weights.h5")
model.save(folder / "without.keras", include_optimizer=False)

sizes = {"lecture, weights": 332_480, "lecture, whole": 981_736}
for name in ("digits.weights.h5", "digits.keras", "without.keras", "small.weights.h5"):
    sizes[name] = (folder / name).stat().st_size
for name, size in sizes.items():
    print(f"{name:18} {size / (4 * 79_510):.1f} numbers of 4 bytes for each weight")

# %%
reveal("07.p2", round(sizes["digits.weights.h5"] / sizes["digits.keras"], 1))

# %% [markdown] lang="en"
# If that is the reason, the size must depend on the optimizer. Lesson 13 explains what each of them remembers; here we
# read it off the file size, without any training. **How many numbers for each weight does plain SGD need?**

# %% [markdown] lang="ko"
# 이유가 그것이라면 크기는 옵티마이저에 따라 달라야 합니다. 옵티마이저마다 무엇을 기억하는지는 레슨 13에서 설명하고, 여기서는
# 훈련 없이 파일 크기에서 읽어 냅니다. **평범한 SGD는 가중치마다 숫자가 몇 개 필요할까요?**

# %%
optimizers = {
    "SGD": keras.optimizers.SGD(),
    "SGD, momentum": keras.optimizers.SGD(momentum=0.9),
    "RMSprop": keras.optimizers.RMSprop(),
    "Adam": keras.optimizers.Adam(),
}
numbers = {}
for name, optimizer in optimizers.items():
    sized = model_fn()
    sized.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy")
    sized.optimizer.build(sized.trainable_variables)  # makes its arrays, as the first step does
    sized.save(folder / "sized.keras")
    size = (folder / "sized.keras").stat().st_size
    numbers[name] = round(size / (4 * sized.count_params()))
print(numbers)

# %% tags=["nbval-ignore-output"]
plt.figure(figsize=(7.2, 2.6))
plt.barh(list(numbers), 1, label="the weight itself")
remembered = [number - 1 for number in numbers.values()]
plt.barh(list(numbers), remembered, left=1, hatch="//", label="what the optimizer remembers")
plt.gca().invert_yaxis()
plt.xticks(range(4))
plt.xlabel("numbers stored for each weight")
plt.title("What fills a .keras file")
plt.legend(loc="lower center", bbox_to_anchor=(0.4, -0.55), ncols=2)
plt.show()
times = numbers["Adam"] / numbers["SGD"]
plots.caption(
    say(
        en=f"With Adam the file is {times:.0f} times as large as with plain SGD.",
        ko=f"Adam을 쓰면 파일이 평범한 SGD의 {times:.0f}배가 됩니다.",
    )
)

# %% [markdown] lang="en"
# ## Going on where you stopped
#
# For a prediction the weights are enough. To go on training, the optimizer should go on too, with all it remembers: the
# optimizer state. Our model has taken 320
# steps (10 epochs of 32 batches). **How many steps does the optimizer remember** in the model from the `.keras` file, in
# the one from plan and weights, and in one that you build, compile and fill with `load_weights`?
#
# Keras has a warning for one of them. From here on this notebook prints warnings in one line.

# %% [markdown] lang="ko"
# ## 멈춘 곳에서 이어 훈련하기
#
# 예측만 한다면 가중치로 충분합니다. 이어서 훈련하려면 옵티마이저가 기억하는 것, 곧 옵티마이저 상태(optimizer state)도
# 이어져야 합니다. 우리 모델은 320스텝(에포크마다 배치 32개, 10에포크)을 밟았습니다. `.keras` 파일에서 온 모델, 구조와 가중치로 만든 모델, 그리고 직접 만들고 컴파일해 `load_weights`로 채운 모델에서
# **옵티마이저는 각각 몇 스텝을 기억할까요?**
#
# 셋 가운데 하나에서 케라스가 경고를 합니다. 이제부터 이 노트북은 경고를 한 줄로 출력합니다.


# %%
def print_warning(message, category, *place):
    print(f"{category.__name__}: {str(message).partition(' for ')[0]} …")


warnings.showwarning = print_warning
built = model_fn(keras.layers.Dropout(0.3))
built.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
built.load_weights(weights)
loaded = {".keras file": restored, "plan and weights": from_plan, "built and compiled": built}
for name, each in loaded.items():
    print(f"{name}: the optimizer remembers {int(each.optimizer.iterations)} steps")

# %% [markdown] lang="en"
# The warning is no noise. The weights file brought Adam's arrays, but the optimizer of a model that you compile yourself
# makes its own only at its first step. There was no place for the stored ones, and Keras skipped them. Does it matter?
#
# Here is the experiment of your prediction. A run of 20 epochs saves itself after the tenth, both ways. When it has
# finished we load each file, train epochs 11 to 20 again, and compare all weights with those of the finished run.
#
# To compare to the last digit, nothing else may differ. So the rows keep their order (`shuffle=False`), and the model has
# no dropout: the state of the random numbers is in no file.

# %% [markdown] lang="ko"
# 경고는 흘려들을 것이 아닙니다. 가중치 파일에 Adam의 배열이 들어 있었지만, 직접 컴파일한 모델의 옵티마이저는 첫 스텝에서야 자기
# 배열을 만듭니다. 저장된 배열을 둘 자리가 없어서 케라스가 건너뛴 것입니다. 그래도 괜찮을까요?
#
# 이제 처음에 예상했던 실험입니다. 20에포크를 훈련하면서 열 번째 에포크가 끝날 때 두 가지로 저장해 둡니다. 훈련이 끝나면 두
# 파일을 각각 불러와 11~20에포크를 다시 훈련하고, 끝까지 훈련한 모델과 모든 가중치를 비교합니다.
#
# 마지막 자리까지 비교하려면 다른 것은 모두 같아야 합니다. 그래서 데이터의 순서를 섞지 않고(`shuffle=False`), 드롭아웃도
# 빼 둡니다. 난수를 어디까지 썼는지는 어느 파일에도 저장되지 않기 때문입니다.


# %%
def build_plain_model():
    plain = model_fn()
    plain.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return plain


class SaveHalfWay(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch + 1 == 10:
            self.model.save(folder / "half.keras")
            self.model.save_weights(folder / "half.weights.h5")


def from_keras_file():
    return keras.models.load_model(folder / "half.keras")


def from_weights_file():
    new = build_plain_model()
    with warnings.catch_warnings(action="ignore"):  # the warning that you know already
        new.load_weights(folder / "half.weights.h5")
    return new


# %% [markdown] lang="en"
# Three things are measured under each of ten seeds: how far the predictions of a reloaded model are from the original's,
# how far all weights are from the uninterrupted run's after going on, and how many times as high the training
# loss of epoch 11 is when only weights were loaded.

# %% [markdown] lang="ko"
# 시드 열 개마다 세 가지를 잽니다. 다시 불러온 모델의 예측이 원래 모델과 얼마나 다른지, 이어서 훈련한 뒤의 가중치가 쉬지 않고
# 훈련한 것과 얼마나 다른지, 그리고 가중치만 불러왔을 때 11번째 에포크의 훈련 손실이 몇 배나 높은지입니다.


# %%
def prediction_gap(finished):
    finished.save(folder / "finished.keras")
    loaded = keras.models.load_model(folder / "finished.keras")
    return np.abs(np.array(finished(x_val)) - np.array(loaded(x_val))).max()


resumed = {}


def gap(finished, loaded, name):
    how = {"batch_size": 128, "shuffle": False, "initial_epoch": 10, "epochs": 20, "verbose": 0}
    resumed[name] = training.fit(loaded, x_train, y_train, **how).history["loss"]
    pairs = zip(finished.get_weights(), loaded.get_weights(), strict=True)
    return max(np.abs(one - other).max() for one, other in pairs)


measures = {
    "prediction_gap": prediction_gap,
    "keras_gap": lambda finished: gap(finished, from_keras_file(), "keras"),
    "weights_gap": lambda finished: gap(finished, from_weights_file(), "weights"),
    "jump": lambda finished: resumed["weights"][0] / finished.history.history["loss"][10],
}

# %%
runs = experiments.compare(
    {"20 epochs": build_plain_model},
    (x_train, y_train, x_val, y_val),
    epochs=20,
    batch_size=128,
    seeds=10,
    shuffle=False,
    callbacks=lambda: [SaveHalfWay()],
    also=measures,
)
print(runs)

# %%
claims = {
    "prediction_gap": "a reloaded model predicts the same",
    "keras_gap": "going on from a .keras file is as if there had been no break",
}
for measure, text in claims.items():
    runs.claim(text, measure, direction="lower", than=1e-6, agree=10)

# %%
runs.claim(
    "going on from the weights alone leads to another network",
    "weights_gap",
    direction="higher",
    than=0.01,
    agree=10,
)

# %% [markdown] lang="en"
# What happens in between? The picture shows the training loss of the last seed, with the three ways over each other.
# **Look at epoch 11.**

# %% [markdown] lang="ko"
# 그 사이에 무슨 일이 있었을까요? 마지막 시드의 훈련 손실을 세 가지 모두 겹쳐 그렸습니다. **11번째 에포크를 보세요.**

# %% tags=["nbval-ignore-output"]
straight, later = runs.run("20 epochs", 9)["loss"], range(11, 21)
plt.plot(range(1, 21), straight, color="#6E6E6E", linewidth=5, alpha=0.4, label="no break")
plt.plot(later, resumed["keras"], "o", markersize=4, label="from the .keras file")
plt.plot(later, resumed["weights"], "s--", markersize=4, label="from the weights alone")
plt.axvline(10.5, color="black", linewidth=0.8)
plt.axis((5, 20.5, 0, straight[4] * 1.1))
plt.xticks(range(5, 21, 5))
plt.xlabel("epoch (break after epoch 10)")
plt.ylabel("training loss")
plt.title("Ten epochs, a break, ten epochs")
plt.legend()
plt.show()
apart = np.abs(np.subtract(resumed["keras"], straight[10:])).max()
higher = resumed["weights"][0] / straight[10] - 1
plots.caption(
    say(
        en=f"From the .keras file the loss is at most {apart:.4f} off the line; "
        f"from the weights alone it begins {higher:.0%} higher.",
        ko=f".keras 파일에서 이으면 선과의 차이가 {apart:.4f} 이내이고, "
        f"가중치만으로 이으면 {higher:.0%} 높은 데서 시작합니다.",
    )
)

# %%
runs.claim(
    "with the weights alone the training loss starts at least 5 % higher",
    "jump",
    direction="higher",
    than=1.05,
    agree=10,
)

# %%
same = [(runs.measure(name) < 1e-6).all() for name in ("keras_gap", "weights_gap")]
answers = {(True, False): "a", (False, True): "b", (True, True): "c", (False, False): "d"}
reveal("07.p1", answers[tuple(map(bool, same))])

# %% [markdown] lang="en"
# Why the jump? Adam divides each step by how large the gradients have been so far. A new Adam has no past: its first
# steps are all about as long as the learning rate, for every weight, however settled that weight already was. After an
# epoch or two it has caught up, and from there it goes its own way, in this picture even to a lower training loss. So the
# weights alone give you a good network, only not the **same training**.
#
# Yet the arrays were in the file. Make a place for them first, with `optimizer.build`, and `load_weights` fills them in.

# %% [markdown] lang="ko"
# 왜 튀어 오를까요? Adam은 걸음의 크기를 지금까지 기울기가 얼마나 컸는지로 나눕니다. 새 Adam에는 지난 기록이 없어서, 이미 자리를
# 잡은 가중치까지도 처음 몇 걸음은 모두 학습률만큼 크게 움직입니다. 한두 에포크가 지나면 따라잡고, 그다음에는 자기 길로 갑니다.
# 이 그림에서는 훈련 손실이 오히려 더 낮아집니다. 그러니 가중치만 있어도 좋은 신경망은 얻지만 **같은 훈련**을 잇지는 못합니다.
#
# 그런데 그 배열은 파일에 들어 있었습니다. `optimizer.build`로 둘 자리를 먼저 만들어 두면 `load_weights`가 채워 줍니다.

# %%
prepared = build_plain_model()
prepared.optimizer.build(prepared.trainable_variables)
prepared.load_weights(folder / "half.weights.h5")
print("steps of the saved run:", 10 * math.ceil(len(x_train) / 128))
print("steps remembered:", int(prepared.optimizer.iterations))

# %% [markdown] lang="en" rows="S1-15 S2-65 S3-40"
# ## What the old ending breaks
#
# Four of the five lectures save with `.h5`. That call still runs, which is the trouble: it looks as if it worked. The next cells
# use a throw-away model of five weights. Keras reports on `.h5` in its log; the first lines below print those reports
# where you can see them.

# %% [markdown] lang="ko" rows="S1-15 S2-65 S3-40"
# ## 옛 확장자가 망가뜨리는 것
#
# 다섯 강의 가운데 넷이 `.h5`로 저장합니다. 그 호출은 지금도 실행됩니다. 바로 그것이 문제입니다. 잘된 것처럼 보이기 때문입니다. 다음
# 셀들은 가중치가 다섯 개뿐인, 버려도 되는 모델로 확인합니다. 케라스는 `.h5`에 관한 말을 로그에 남기는데, 첫 줄들이 그 로그를
# 화면에 출력합니다.

# %% [markdown] lang="en" errata="E-57"
# > **In the lecture** (S1, S2, S3, S4): `model.save('my_model.h5')` and `load_model('my_model.h5')` are the normal way to
# > keep a model; file names such as `…-{val_loss:.4f}.hdf5` (the same format) occur too.
# >
# > HDF5 is the format of Keras 2. In Keras 3 up to 3.15.1, the version of this course, three things go wrong with it.
# > First what works: saving (with a line in the log), loading, and predicting.

# %% [markdown] lang="ko" errata="E-57"
# > **강의에서는** (S1, S2, S3, S4): `model.save('my_model.h5')`와 `load_model('my_model.h5')`가 모델을 남기는 보통 방법이고,
# > `…-{val_loss:.4f}.hdf5` 같은 파일 이름(같은 형식)도 나옵니다.
# >
# > HDF5는 케라스 2의 형식입니다. 케라스 3에서는 이 과정에서 쓰는 3.15.1까지 세 가지가 잘못됩니다. 먼저 되는 것부터 봅시다.
# > 저장(로그가 한 줄 남습니다)과 불러오기, 예측입니다.


# %% tags=["lecture"]
def print_log(record):
    print("log:", record.getMessage().partition(". ")[0])
    return False  # printed here, so not again in the log


logging.getLogger("absl").addFilter(print_log)
x_toy, y_toy = np.ones((8, 4)), np.ones(8)


def build_toy(loss):
    toy = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    toy.compile(optimizer="adam", loss=loss)
    toy.fit(x_toy, y_toy, epochs=10, verbose=0)
    return toy


toy = build_toy("mean_squared_error")
toy.save(folder / "my_model.h5")
old = keras.models.load_model(folder / "my_model.h5")
same = np.array_equal(toy.predict(x_toy, verbose=0), old.predict(x_toy, verbose=0))
print("the same predictions:", same)

# %% [markdown] lang="en" errata="E-57"
# > **In the lecture** (S1, "모델 저장 후 모델 재사용", save a model and use it again) the code stops after loading. Going
# > further fails in three places. **1.** Training the reloaded model. **2.** A `.keras` file that is saved *after* an `.h5`
# > file of the same model: saving the `.h5` removes the optimizer from the model's settings. Which optimizer does it come
# > back with? Only a warning tells. **3.** Short names such as `mse`.

# %% [markdown] lang="ko" errata="E-57"
# > **강의에서는** (S1, "모델 저장 후 모델 재사용") 불러오는 데서 코드가 끝납니다. 더 나아가면 세 군데에서 막힙니다. **1.** 다시 불러온
# > 모델을 이어서 훈련하기. **2.** 같은 모델을 `.h5`로 저장한 *다음에* 저장한 `.keras` 파일. `.h5`로 저장할 때 모델의 설정에서
# > 옵티마이저가 지워집니다. 불러오면 어떤 옵티마이저가 되어 있을까요? 알려 주는 것은 경고 한 줄뿐입니다. **3.** `mse` 같은 짧은
# > 이름.

# %% tags=["lecture"]
try:
    old.fit(x_toy, y_toy, verbose=0)
except ValueError as error:
    print("1. fit: ValueError:", str(error).partition(":")[0])

toy.save(folder / "after_h5.keras")
after = keras.models.load_model(folder / "after_h5.keras")
print(
    "2. saved with", type(toy.optimizer).__name__, "came back with", type(after.optimizer).__name__
)

build_toy("mse").save(folder / "short_name.h5")
try:
    keras.models.load_model(folder / "short_name.h5")
except ValueError as error:
    print("3. load: ValueError:", str(error).partition(" because")[0])

# %% [markdown] lang="en" errata="E-57"
# > **In the lecture** (S1…S4) every model is such a file, and you may have some of your own. Their plan and their weights
# > are fine. Load the file without its settings, compile the model yourself and save it as `.keras`. Only the optimizer
# > starts anew.

# %% [markdown] lang="ko" errata="E-57"
# > **강의에서는** (S1…S4) 모든 모델이 이런 파일입니다. 여러분에게도 있을지 모릅니다. 구조와 가중치는 멀쩡합니다. 설정 없이 불러와
# > 직접 컴파일하고 `.keras`로 저장하세요. 옵티마이저만 처음부터 다시 시작합니다.

# %% tags=["lecture"]
rescued = keras.models.load_model(folder / "short_name.h5", compile=False)
rescued.compile(optimizer="adam", loss="mse")
rescued.fit(x_toy, y_toy, epochs=10, verbose=0)
rescued.save(folder / "rescued.keras")
again = keras.models.load_model(folder / "rescued.keras")
again.fit(x_toy, y_toy, epochs=10, verbose=0)
print(type(again.optimizer).__name__, "went on to step", int(again.optimizer.iterations))

# %% [markdown] lang="en" rows="S4-73 S4-74 S4-75"
# ## Two exercises of the fourth lecture
#
# The fourth lecture ends with two tasks: save the model, then load it and look at the accuracy. You have done both. Its
# two answers are worth a look, one for the file name and one for a number. **Before you read on: the lecture's list
# below is what `evaluate` returned. How accurate was the loaded model?**
#
# `[0.1266438066959381, 0.9764999747276306]`

# %% [markdown] lang="ko" rows="S4-73 S4-74 S4-75"
# ## 네 번째 강의의 두 문제
#
# 네 번째 강의는 두 문제로 끝납니다. 모델을 저장하고, 다시 불러와 정확도를 보는 것입니다. 둘 다 이미 해 보았습니다. 그런데 강의의
# 답에 살펴볼 것이 두 가지 있습니다. 하나는 파일 이름, 하나는 숫자입니다. **읽기 전에: 아래 리스트는 강의에서 `evaluate`가 돌려준
# 값입니다. 불러온 모델의 정확도는 얼마였을까요?**
#
# `[0.1266438066959381, 0.9764999747276306]`

# %% [markdown] lang="en" rows="S4-73 S4-74 S4-75" errata="E-42"
# > **In the lecture** (S4, 문제1 and 문제2): `model.save("c:\\data\\model7.h5")`. Then: during training the accuracy was
# > .9702, after loading *"0.7964 입니다. 더 정확도가 좋게 나왔습니다"*, 0.7964, which is better. *"이유는
# > restore_best_weights=True 때문입니다"*, because of restore_best_weights=True.
# >
# > The printed accuracy is .9765, or .9764 cut after four digits: in 0.7964 the first two digits changed places. (And
# > 0.7964 would be far worse than .9702.) The reason given makes sense, with one word of care: loading never improves a
# > model. EarlyStopping had put the best weights back **before** `save` (lesson 09), and the file holds what the model had
# > at that moment. Our claim above says the same for ten seeds.
# >
# > The file name is a Windows path. On Colab, macOS or Linux it is *one* name with backslashes in it, so the file lands
# > in the current folder under that odd name. `Path("models") / "model7.keras"` is right everywhere.

# %% [markdown] lang="ko" rows="S4-73 S4-74 S4-75" errata="E-42"
# > **강의에서는** (S4, 문제1과 문제2): `model.save("c:\\data\\model7.h5")`로 저장합니다. 그리고 훈련 중의 정확도는 0.9702였는데
# > 불러온 모델은 "0.7964 입니다. 더 정확도가 좋게 나왔습니다"라고 하고, "이유는 restore_best_weights=True 때문입니다"라고 합니다.
# >
# > 찍힌 정확도는 .9765, 네 자리에서 자르면 .9764입니다. 0.7964는 앞의 두 숫자가 뒤바뀐 것입니다. (정말 0.7964라면 .9702보다 훨씬
# > 나쁩니다.) 이유는 그럴 만하지만 한 가지를 덧붙여야 합니다. 불러온다고 모델이 좋아지지는 않습니다. EarlyStopping이 가장 좋은 가중치를
# > 되돌려 놓은 **다음에** `save`를 했고(레슨 09), 파일에는 그 순간의 모델이 담겼습니다. 위에서 시드 열 개로 확인한 그대로입니다.
# >
# > 파일 이름은 윈도 경로입니다. 코랩이나 맥, 리눅스에서는 역슬래시가 들어간 *이름 하나*로 여겨져 현재 폴더에 그 이상한 이름의 파일이
# > 생깁니다. `Path("models") / "model7.keras"`는 어디서나 맞습니다.

# %% tags=["lecture"]
loss_s4, accuracy_s4 = [0.1266438066959381, 0.9764999747276306]
print("right of 10,000:", round(accuracy_s4 * 10_000))
print("cut after four digits:", str(accuracy_s4)[:6])
print("0.7964 is better than 0.9702:", 0.7964 > 0.9702)
name = "c:\\data\\model7.keras"
print("file name on Windows:   ", PureWindowsPath(name).name)
print("file name on Linux, Mac:", PurePosixPath(name).name)

# %% [markdown] lang="en"
# ## A file from a stranger
#
# Model files are passed around: by classmates, in forums, on model hubs. A picture is harmless to open. **Is a model
# file data, like a picture, or can it be a program?**
#
# Here is a model that somebody might give you. It has a `Lambda` layer: a layer that wraps any Python function. Ours
# prints a line and hands the numbers on. (You will see the line once right now, because building the model calls it.)

# %% [markdown] lang="ko"
# ## 모르는 사람이 준 파일
#
# 모델 파일은 여기저기로 옮겨 다닙니다. 친구에게서, 게시판에서, 모델 허브에서 받습니다. 그림 파일은 열어도 해롭지 않습니다.
# **모델 파일은 그림처럼 데이터일까요, 아니면 프로그램일 수도 있을까요?**
#
# 누군가에게서 받았다고 할 만한 모델을 만들어 봅시다. 아무 파이썬 함수나 감쌀 수 있는 `Lambda` 층이 들어 있습니다. 우리 함수는
# 한 줄을 출력하고 숫자를 그대로 넘깁니다. (모델을 만들 때 함수가 한 번 불리므로 그 줄이 지금 한 번 보입니다.)

# %%
curious = keras.layers.Lambda(lambda x: (print("  >> code from the model is running"), x)[1])
stranger = keras.Sequential([keras.Input((4,)), curious, keras.layers.Dense(1)])
stranger.save(folder / "stranger.keras")

# %% [markdown] lang="en"
# Now we are the one who got the file. First the normal call, then the one that many answers on the internet suggest when
# the normal one fails. **Will the line appear while loading, before anybody uses the model?**

# %% [markdown] lang="ko"
# 이제 우리가 파일을 받은 사람입니다. 먼저 보통의 호출을, 다음에는 그것이 실패했을 때 인터넷의 많은 답변이 권하는 호출을 해
# 봅시다. **아무도 모델을 쓰지 않았는데, 불러오기만 해도 그 줄이 나타날까요?**

# %%
try:
    keras.models.load_model(folder / "stranger.keras")
except ValueError as error:
    print("refused; the message speaks of safe_mode:", "safe_mode" in str(error))

print("with safe_mode=False:")
keras.models.load_model(folder / "stranger.keras", safe_mode=False)
print("loaded")

# %% [markdown] lang="en"
# It ran, and it could have been any code: read your files, send them away, delete them. So `safe_mode=False` means "I
# trust whoever made this file as I trust a program I install". Keras refuses by default. That lock is good, and it has
# been picked before: until Keras 3.11.2, an `.h5` file got past it without a word (CVE-2025-9905). Keep Keras up to date,
# and open doubtful files where there is nothing to lose, for example in a fresh Colab runtime that is not connected to
# your Drive.
#
# You can also look before you load, because the plan is text. Which classes does a file name? `__lambda__` is stored
# code.

# %% [markdown] lang="ko"
# 실행되었습니다. 어떤 코드든 될 수 있었습니다. 파일을 읽고, 어디론가 보내고, 지우는 코드일 수도 있습니다. 그러니
# `safe_mode=False`는 "설치하는 프로그램만큼 이 파일을 만든 사람을 믿는다"는 뜻입니다. 케라스는 기본으로 거절합니다. 좋은
# 자물쇠이지만 뚫린 적이 있습니다. 케라스 3.11.2까지는 `.h5` 파일이 아무 말 없이 통과했습니다(CVE-2025-9905). 케라스를 최신
# 버전으로 유지하고, 의심스러운 파일은 잃을 것이 없는 곳에서 여세요. 이를테면 드라이브에 연결하지 않은 새 코랩 런타임입니다.
#
# 구조는 텍스트이므로 불러오기 전에 들여다볼 수도 있습니다. 파일에 어떤 클래스가 적혀 있을까요? `__lambda__`는 저장된
# 코드입니다.


# %%
def class_names(node):
    """Every class that a plan names, at any depth; nothing is loaded."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    found = {node["class_name"]} if isinstance(node, dict) and "class_name" in node else set()
    return found.union(*map(class_names, children))


for name in ("digits.keras", "stranger.keras"):
    with zipfile.ZipFile(folder / name) as archive:
        named = class_names(json.loads(archive.read("config.json")))
    print(f"{name}: brings code: {'__lambda__' in named}")

# %% [markdown] lang="en"
# Other model files have no lock at all. `.pkl`, `.joblib` and many `.pt` files are **pickles**, and a pickle is a program
# by design: it may call any function while it is being read. What comes out of this one?

# %% [markdown] lang="ko"
# 자물쇠가 아예 없는 모델 파일도 있습니다. `.pkl`, `.joblib`, 그리고 많은 `.pt` 파일은 **피클**(pickle)입니다. 피클은 애초에
# 프로그램이라서 읽히는 동안 어떤 함수든 부를 수 있습니다. 다음 피클에서는 무엇이 나올까요?


# %%
class Greeting:
    def __reduce__(self):  # what a pickle does when it is read
        return print, ("  >> code from the pickle is running",)


received = pickle.dumps(Greeting())
print("what came out:", pickle.loads(received))

# %% [markdown] lang="en"
# ## A damaged file
#
# Files get damaged without anybody's ill will: the kernel dies while saving, the disk is full, a download breaks off, a
# page to look at is saved instead of the file. We make five such files from our good one. **What will Keras say about a
# file of which half is missing?**

# %% [markdown] lang="ko"
# ## 망가진 파일
#
# 나쁜 뜻이 없어도 파일은 망가집니다. 저장하다가 커널이 죽고, 디스크가 가득 차고, 내려받다가 끊기고, 파일 대신 웹 페이지를
# 저장하기도 합니다. 멀쩡한 파일로 그런 파일 다섯 개를 만들어 봅시다. **절반이 없어진 파일을 두고 케라스는 뭐라고 할까요?**

# %%
good = whole.read_bytes()
middle = len(good) // 2
damage = {
    "half.keras": good[:middle],
    "empty.keras": b"",
    "page.keras": b"<!DOCTYPE html><title>digits.keras</title>",
    "changed.keras": good[:middle] + bytes([good[middle] ^ 255]) + good[middle + 1 :],
    "weights.keras": weights.read_bytes(),
}
for name, content in damage.items():
    (folder / name).write_bytes(content)
    try:
        keras.models.load_model(folder / name)
    except Exception as error:
        print(f"{name}: {type(error).__name__}, {str(error).partition(':')[0]}")

# %% [markdown] lang="en"
# "File not found", four times, although the file is there! Keras looks for a zip archive, finds none, and says so in
# words that send you searching in the wrong place. The course brings a function that looks first. Use `files.load_model`
# in place of `keras.models.load_model` when a file will not load.

# %% [markdown] lang="ko"
# 파일이 있는데도 네 번이나 "File not found"입니다! 케라스는 zip 파일인지 보고, 아니면 엉뚱한 곳을 찾게 만드는 말을 합니다. 이
# 과정에는 파일을 먼저 살펴보는 함수가 있습니다. 파일을 불러올 수 없을 때 `keras.models.load_model` 대신
# `files.load_model`을 써 보세요.

# %%
for name in (*damage, "stranger.keras", "digit.keras"):
    try:
        files.load_model(folder / name)
    except CourseError as error:
        print("✗", error)
print("✓", files.load_model(whole).count_params(), "weights from digits.keras")

# %% [markdown] lang="en"
# Two habits keep you out of this. Save **beside** the old file and put the new one in its place only when it is whole; then
# a broken save costs you nothing. And compare a **checksum** when a file has travelled: one changed byte gives another one.
# (It tells you that the file is the one its author published. Whether the author means well, it does not tell.)

# %% [markdown] lang="ko"
# 두 가지 습관이 이런 일을 막아 줍니다. 하나는 옛 파일 **옆에** 저장하고, 온전히 저장된 다음에 자리를 바꾸는 것입니다. 저장이
# 도중에 끊겨도 잃는 것이 없습니다. 다른 하나는 파일이 옮겨 다녔을 때 **체크섬**(checksum)을 비교하는 것입니다. 한 바이트만
# 바뀌어도 값이 달라집니다. (만든 사람이 올린 바로 그 파일이라는 것까지만 알려 줍니다. 그 사람이 믿을 만한지는 알려 주지
# 않습니다.)


# %%
def save_safely(model, path):
    beside = path.with_name("new_" + path.name)  # keeps the ending
    model.save(beside)
    beside.replace(path)  # one move: the old file or the new one, never half of it


def checksum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


save_safely(model, whole)
print("whole:", files.load_model(whole).count_params() == model.count_params())
(folder / "copy.keras").write_bytes(whole.read_bytes())
print("copy has the same checksum:", checksum(folder / "copy.keras") == checksum(whole))
print("changed file has:", checksum(folder / "changed.keras") == checksum(whole))

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `accuracy_of(probabilities, labels)`: the share of rows in which the most probable class is the
# label. `probabilities` is what `predict` returns, with one row for each picture. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** 확률이 가장 높은 클래스가 레이블과 같은 행의 비율을 돌려주는 `accuracy_of(probabilities, labels)`를 작성하세요.
# `probabilities`는 `predict`가 돌려준 배열로, 그림마다 한 행입니다. `...` 자리를 채우세요.


# %% tags=["exercise"]
def accuracy_of(probabilities, labels):
    return ...


check("07.e1", accuracy_of)

# %% [markdown] lang="en"
# **Exercise 2.** Write `lambda_layers(config)`: the names of all `Lambda` layers in the `config.json` of a `.keras` file,
# in their order. A layer is a dictionary with `class_name` and `config`; its name is `config["name"]`. The layers stand
# in `config["config"]["layers"]`, and a layer may be a model with layers of its own.

# %% [markdown] lang="ko"
# **연습 2.** `.keras` 파일의 `config.json`에서 `Lambda` 층의 이름을 모두, 나온 순서대로 리스트로 돌려주는
# `lambda_layers(config)`를 작성하세요. 층은 `class_name`과 `config`가 있는 딕셔너리이고 이름은 `config["name"]`입니다. 층들은
# `config["config"]["layers"]`에 있고, 층 자체가 자기 층을 가진 모델일 수도 있습니다.


# %% tags=["exercise"]
def lambda_layers(config):
    return ...


check("07.e2", lambda_layers)

# %% [markdown] lang="en"
# **Exercise 3.** Write `is_whole(path)`: True if the file at `path` is an intact zip archive that holds both `config.json`
# and `model.weights.h5`, otherwise False, without an error. (`zipfile.is_zipfile` and the method `testzip` help.)

# %% [markdown] lang="ko"
# **연습 3.** `path`의 파일이 `config.json`과 `model.weights.h5`를 모두 담은 온전한 zip 파일이면 True, 아니면 오류 없이 False를
# 돌려주는 `is_whole(path)`를 작성하세요. (`zipfile.is_zipfile`과 `testzip` 메서드를 쓰면 됩니다.)


# %% tags=["exercise"]
def is_whole(path):
    return ...


check("07.e3", is_whole)

# %% [markdown] lang="en"
# Stuck? Run `hint("07.e1")`, or `solution("07.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("07.e1")`을, 해 본 다음에는 `solution("07.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("07")

# %% [markdown] lang="en"
# ## Summary
#
# - `model.save("name.keras")` keeps plan, weights, settings of `compile` and the optimizer's state; `load_model` gives it
#   all back, and the predictions agree to the last digit.
# - `save_weights("name.weights.h5")` keeps arrays. You need the code of the model, and the same layers.
# - Adam triples a file: each weight brings two averages.
# - Go on training from a `.keras` file. Weights loaded into a new model leave the optimizer behind, with a warning.
# - `.h5` still runs and breaks training on, later `.keras` files and short loss names. Rescue old files with
#   `compile=False`.
# - A model file can be a program. `safe_mode=False` and pickles are for makers you trust.
# - "File not found" may mean a damaged file: `files.load_model` says what is the matter.

# %% [markdown] lang="ko"
# ## 정리
#
# - `model.save("name.keras")`는 모델 구조, 가중치, `compile`의 설정, 옵티마이저의 상태를 모두 남깁니다. `load_model`로 다시
#   불러오면 예측이 마지막 자리까지 같습니다.
# - `save_weights("name.weights.h5")`는 배열을 남깁니다. 모델을 만드는 코드와 같은 층이 있어야 합니다.
# - Adam을 쓰면 파일이 세 배가 됩니다. 가중치마다 이동 평균이 두 개씩 따라옵니다.
# - 이어서 훈련하려면 `.keras` 파일을 쓰세요. 새 모델에 가중치만 불러오면 옵티마이저의 상태는 경고와 함께 빠집니다.
# - `.h5`는 지금도 실행되지만 이어 훈련하기, 나중에 저장한 `.keras`, 짧은 손실 이름이 망가집니다. 옛 파일은 `compile=False`로
#   살리세요.
# - 모델 파일은 프로그램일 수 있습니다. `safe_mode=False`와 피클은 만든 사람을 믿을 때만 쓰세요.
# - "File not found"는 파일이 망가졌다는 뜻일 수 있습니다. `files.load_model`이 까닭을 알려 줍니다.
