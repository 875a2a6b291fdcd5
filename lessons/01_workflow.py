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
# Run the same notebook twice and you may get two different networks. If you then change one line and the result gets
# better, was it the line or was it luck? This lesson walks once through a whole training run, from declaring a model to
# evaluating it, and then makes that run **repeatable**, because every later lesson compares runs.
#
# The fourth lecture fixes the randomness with `tf.random.set_seed(777)`. Imagine two fresh Python processes that both
# begin with this line and then build the same network. **Do the two networks start with the same weights?**

# %% [markdown] lang="ko"
# 같은 노트북을 두 번 실행하면 서로 다른 신경망이 나올 수 있습니다. 그렇다면 한 줄을 고쳐서 결과가 좋아졌을 때, 그것은 그 한 줄
# 덕분일까요, 운일까요? 이 레슨에서는 모델 선언부터 평가까지 한 번 훑어본 다음, 그 과정을 **재현할 수 있게** 만듭니다. 앞으로의
# 모든 레슨이 훈련과 훈련을 비교하기 때문입니다.
#
# 네 번째 강의는 `tf.random.set_seed(777)`로 무작위성을 고정합니다. 새로 시작한 파이썬 프로세스 두 개가 똑같이 이 줄로 시작해서
# 같은 신경망을 만든다고 합시다. **두 신경망은 같은 가중치에서 출발할까요?**

# %%
import os
import re
import subprocess
import sys

import keras
import numpy as np
import tensorflow as tf
from sklearn.linear_model import LogisticRegression

from helpers import data, experiments, plots
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("01.p1")

# %% [markdown] lang="en" rows="S1-02"
# ## The way ahead
#
# The first lecture, "Making the best model" (베스트 모델 만들기), has four parts: look at the data and run, update the
# model, see it in graphs, stop the training automatically. The course follows that order. Data come in lesson 02,
# curves in 05, saving in 07 and 08, stopping in 09, and from 12 on the remedies against under- and overfitting. Here we
# begin with what all of them stand on.

# %% [markdown] lang="ko" rows="S1-02"
# ## 앞으로의 길
#
# 첫 번째 강의 "베스트 모델 만들기"는 네 부분입니다. 데이터의 확인과 실행, 모델 업데이트하기, 그래프로 확인하기, 학습의 자동 중단.
# 이 과정도 그 순서를 따릅니다. 데이터는 레슨 02, 그래프는 05, 저장은 07과 08, 자동 중단은 09에서 다루고, 12부터는 과소적합과
# 과적합을 막는 방법을 배웁니다. 여기서는 그 모두의 바탕이 되는 것부터 시작합니다.

# %% [markdown] lang="en" rows="S2-01 S2-02 S2-03 S2-04 S2-05"
# ## Four steps
#
# Every training run in this course has the same four steps, and at each of them something is decided.
#
# 1. **Declare** the model: which layers (input, hidden, output), how many units in each, which activation function.
# 2. **Compile** it: the environment for training, above all the loss function and the optimizer.
# 3. **Train** it: how many times through the data (epochs), how many rows at a time (batch size).
# 4. **Evaluate** it on rows it was not trained on.

# %% [markdown] lang="ko" rows="S2-01 S2-02 S2-03 S2-04 S2-05"
# ## 네 단계
#
# 이 과정의 모든 훈련은 네 단계로 이루어지고, 단계마다 정해야 할 것이 있습니다.
#
# 1. 모델을 **선언**합니다. 어떤 층(입력층, 은닉층, 출력층)을 둘지, 층마다 유닛을 몇 개 둘지, 활성화 함수는 무엇으로 할지.
# 2. **컴파일**합니다. 훈련할 환경을 정하는데, 손실 함수(loss function)와 옵티마이저(optimizer)가 핵심입니다.
# 3. **훈련**합니다. 데이터를 몇 번 되풀이할지(에포크, epoch), 한 번에 몇 행씩 처리할지(배치 크기, batch size).
# 4. 훈련에 쓰지 않은 데이터로 **평가**합니다.

# %%
plots.workflow()

# %% [markdown] lang="en"
# Now the four steps in code, one cell each. The data are 569 tissue samples with 30 measurements; the network is to tell
# malignant from benign ones. **Declare:**

# %% [markdown] lang="ko"
# 이제 네 단계를 한 셀에 하나씩 코드로 써 봅시다. 데이터는 측정값 30개로 나타낸 조직 표본 569개이고, 신경망은 악성과 양성을
# 가려내야 합니다. 먼저 **선언**입니다.

# %%
cancer = data.load("breast_cancer")
model = keras.Sequential(
    [
        keras.Input((30,)),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
print("weights to be learned:", model.count_params())

# %% [markdown] lang="en"
# **Compile.** Binary cross-entropy is the usual loss for a yes-or-no answer; Adam is a good first optimizer.

# %% [markdown] lang="ko"
# **컴파일**입니다. 이항 교차 엔트로피는 둘 중 하나를 고르는 문제에 흔히 쓰는 손실 함수이고, Adam은 처음 쓰기에 무난한
# 옵티마이저입니다.

# %%
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])

# %% [markdown] lang="en"
# **Train.** 341 rows in batches of 32: how many times are the weights updated in one epoch? And in 20?

# %% [markdown] lang="ko"
# **훈련**입니다. 341행을 32행씩 묶으면 한 에포크에 가중치를 몇 번 갱신할까요? 20에포크에는 몇 번일까요?

# %%
history = model.fit(cancer.x_train, cancer.y_train, epochs=20, batch_size=32, verbose=0)
print("rows:", len(cancer.x_train))
print("updates in one epoch:", history.params["steps"])
print("updates in all:", int(model.optimizer.iterations))

# %% [markdown] lang="en"
# **Evaluate**, on rows that took no part in training. (These are validation rows. The test rows stay in the drawer
# until the last lesson.)

# %% [markdown] lang="ko"
# **평가**입니다. 훈련에 쓰지 않은 데이터로 합니다. (검증 데이터를 씁니다. 테스트 데이터는 마지막 레슨까지 서랍에 넣어 둡니다.)

# %%
loss, accuracy = model.evaluate(cancer.x_val, cancer.y_val, verbose=0)
guess = max(cancer.y_val.mean(), 1 - cancer.y_val.mean())
print(f"always guessing the larger class is right for {guess:.0%}")
print("Rule: the network is worth something if it is right at least 20 points more often.")
print("Verdict:", accuracy > guess + 0.2)

# %% [markdown] lang="en" errata="E-52"
# > **In the lecture** (S1 and S2): *"model이라는 함수를 선언"*, declare a function called model; *"Sequential 함수"*,
# > *"ModelCheckpoint() 함수"*.
# >
# > In everyday talk nobody minds. But the difference tells you what you can do with a thing. `Sequential`, `Dense` and
# > `ModelCheckpoint` are **classes**; calling one makes an **object**, which remembers things (weights, the best loss so
# > far) and has methods of its own. `model.fit` changes the object `model`; a function would return a new one.

# %% [markdown] lang="ko" errata="E-52"
# > **강의에서는** (S1, S2): "model이라는 함수를 선언", "Sequential 함수", "ModelCheckpoint() 함수"라고 합니다.
# >
# > 일상적으로는 상관없습니다. 하지만 무엇인지 알아야 무엇을 할 수 있는지도 압니다. `Sequential`, `Dense`, `ModelCheckpoint`는
# > **클래스**이고, 호출하면 **객체**가 만들어집니다. 객체는 가중치나 지금까지 가장 좋은 손실 같은 것을 기억하고, 자기 메서드를
# > 갖습니다. `model.fit`은 `model` 객체를 바꿉니다. 함수라면 새것을 돌려주었을 것입니다.

# %% tags=["lecture"]
things = {
    "keras.Sequential": keras.Sequential,
    "model": model,
    "keras.callbacks.ModelCheckpoint": keras.callbacks.ModelCheckpoint,
    "model.fit": model.fit,
}
for name, thing in things.items():
    print(f"{name:32}", "class" if isinstance(thing, type) else type(thing).__name__)

# %% [markdown] lang="en" rows="S3-01"
# ## A structure of your own
#
# The third lecture makes a good point: with scikit-learn you choose a ready-made estimator and tune it, its structure
# is fixed. With Keras you build the structure. Logistic regression on 30 features always has 31 numbers to learn. How
# many has a network? As many as you give it, and that freedom is why the later lessons are needed.

# %% [markdown] lang="ko" rows="S3-01"
# ## 내가 만드는 구조
#
# 세 번째 강의는 중요한 점을 짚습니다. 사이킷런에서는 구조가 정해진 모델을 골라 매개변수를 조정합니다. 케라스에서는 구조를 직접
# 만듭니다. 특성이 30개인 로지스틱 회귀가 배울 숫자는 언제나 31개입니다. 신경망은 몇 개일까요? 만들기 나름입니다. 그 자유
# 때문에 앞으로의 레슨들이 필요합니다.


# %%
def network(*units):
    hidden = [keras.layers.Dense(width, activation="relu") for width in units]
    return keras.Sequential(
        [keras.Input((30,)), *hidden, keras.layers.Dense(1, activation="sigmoid")]
    )


fixed = LogisticRegression().fit(cancer.x_train, cancer.y_train)
print("logistic regression:", fixed.coef_.size + fixed.intercept_.size)
for units in ((), (24,), (100, 24), (1000, 1000)):
    print(f"network with hidden layers {units}:", network(*units).count_params())

# %% [markdown] lang="en" rows="S5-01 S5-02 S5-03 S5-04 S5-05 S5-06 S5-07"
# ## Keras, TensorFlow, PyTorch
#
# Three names appear again and again in the lectures. **TensorFlow** (Google) computes: it had a reputation for being
# complicated, since in its 1.x days one wrote out the model by hand and ran it in *sessions*, could not feed input of
# changing length everywhere, and had a separate package for GPUs. **PyTorch** (Facebook, today Meta) computes too; some
# models and kinds of data are easier there, and people who research the details of models like it. **Keras** is the comfortable layer on top: you say which layers, it does
# the rest. With TensorFlow 2.0 Keras became its official API, one package served CPU and GPU, and for a while the
# versions 1.15 and 2.0 lived side by side, with some trouble. By 2.7, the version of the fifth lecture, that had settled: custom
# structures became easier to write, data moved to a GPU by themselves, and recurrent layers (LSTM) were made faster. Tools
# grew around it: TensorBoard for pictures, TF Lite (today LiteRT) for phones, Colab for a free GPU.

# %% [markdown] lang="ko" rows="S5-01 S5-02 S5-03 S5-04 S5-05 S5-06 S5-07"
# ## 케라스, 텐서플로, 파이토치
#
# 강의에 거듭 나오는 이름이 셋 있습니다. **텐서플로**(TensorFlow, 구글)는 계산을 맡습니다. 1.x 시절에는 모델을 손으로 일일이
# 적어 *세션* 단위로 실행했고, 길이가 변하는 입력을 지원하지 않는 곳이 있었으며, GPU용 패키지가 따로 있어 복잡하다는 말을
# 들었습니다. **파이토치**(PyTorch, 페이스북, 지금의 메타)도 계산을 맡으며, 일부 모델과 데이터를 다루기 쉽고 모델의 세부를
# 연구하는 사람들이 많이 씁니다.
# **케라스**(Keras)는 그 위에 얹은 편리한 층입니다. 어떤 층을 쌓을지만 말하면 나머지를 해 줍니다. 텐서플로 2.0에서 케라스가 공식
# API가 되면서 CPU와 GPU를 한 패키지로 쓰게 되었고, 한동안 1.15와 2.0이 함께 쓰여 버전 문제가 있었습니다. 다섯 번째 강의가 쓴
# 2.7에 이르러 자리가 잡혔습니다. 구조를 직접 정의하기 쉬워졌고, 데이터가 자동으로 GPU에 올라가며, LSTM 같은 순환층이
# 빨라졌습니다. 그림으로 보는 텐서보드, 휴대 기기를 위한 TF Lite(지금의 LiteRT), GPU를 쓸 수 있는 Colab도 함께 자랐습니다.

# %%
plots.timeline()

# %% [markdown] lang="en" errata="E-44"
# > **In the lecture** (S5, Background): TensorFlow 2.7 is the current version, `tf.keras` is where Keras lives, and
# > Google's documentation is written for it.
# >
# > It was so in 2021. Since Keras 3, Keras is a **package of its own** that runs on TensorFlow, JAX or PyTorch, and its
# > documentation is at keras.io. `tf.keras` is only another name for it. So this course writes `import keras`. Ask your
# > own installation:

# %% [markdown] lang="ko" errata="E-44"
# > **강의에서는** (S5, Background): 텐서플로 2.7을 현재 버전으로, `tf.keras`를 케라스가 있는 곳으로 소개하고, 구글의 문서도
# > 2.7에 맞춰져 있다고 합니다.
# >
# > 2021년에는 그랬습니다. 케라스 3부터 케라스는 텐서플로, JAX, 파이토치 위에서 돌아가는 **독립된 패키지**이고, 문서는
# > keras.io에 있습니다. `tf.keras`는 그것을 가리키는 또 다른 이름일 뿐입니다. 그래서 이 과정에서는 `import keras`라고 씁니다.
# > 여러분의 환경을 확인해 보세요.

# %% tags=["lecture"]
print("Keras 3:", keras.__version__.startswith("3."))
print("computes with:", keras.backend.backend())
print("tf.keras is the same thing:", tf.keras.Sequential is keras.Sequential)

# %% [markdown] lang="en" rows="S4-06" errata="E-32"
# > **In the lecture** (S4, practice 1, and twice more): `tf.random.set_seed(777)` stands before the model, for
# > reproducible results.
# >
# > That was enough for Keras 2. Keras 3 draws its initial weights from a generator of its own, which that line does not
# > touch. The next cell starts **two fresh Python processes**. Each sets the lecture's seed, builds a network and prints
# > its first weight; then it does the same with `keras.utils.set_random_seed`.

# %% [markdown] lang="ko" rows="S4-06" errata="E-32"
# > **강의에서는** (S4, 실습1 외 두 곳): 결과를 재현하려고 모델 앞에 `tf.random.set_seed(777)`을 둡니다.
# >
# > 케라스 2에서는 그것으로 충분했습니다. 케라스 3은 가중치의 초기값을 자기만의 난수 생성기에서 뽑는데, 그 줄은 이 생성기를
# > 건드리지 않습니다. 다음 셀은 **새 파이썬 프로세스 두 개**를 시작합니다. 각각 강의의 시드를 정하고 신경망을 만들어 첫 번째
# > 가중치를 출력하고, 같은 일을 `keras.utils.set_random_seed`로도 합니다.

# %% tags=["lecture"]
script = """
import keras, tensorflow as tf
def first_weight():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    return float(model.get_weights()[0][0, 0])
tf.random.set_seed(777)
print(first_weight())
keras.utils.set_random_seed(777)
print(first_weight())
"""
loud = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "0", "TF_ENABLE_ONEDNN_OPTS": "1"}
pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
command = [sys.executable, "-c", script]
processes = [subprocess.Popen(command, env=loud, **pipes) for _ in range(2)]
printed, logs = zip(*(process.communicate() for process in processes), strict=True)
lecture_seed, keras_seed = zip(*(text.split() for text in printed), strict=True)
print("tf.random.set_seed(777), same first weight:          ", lecture_seed[0] == lecture_seed[1])
print("keras.utils.set_random_seed(777), same first weight: ", keras_seed[0] == keras_seed[1])

# %%
reveal("01.p1", "a" if lecture_seed[0] == lecture_seed[1] else "b")

# %% [markdown] lang="en"
# ## Making a run repeat
#
# `keras.utils.set_random_seed` sets the seeds of Python, NumPy, TensorFlow **and** Keras. Call it right before the model
# is built. Is that enough for a whole training run, with its shuffling and all its sums? The cell trains twice with each
# of five seeds and compares every single weight.

# %% [markdown] lang="ko"
# ## 훈련을 재현하기
#
# `keras.utils.set_random_seed`는 파이썬, 넘파이, 텐서플로, **그리고** 케라스의 시드를 모두 정합니다. 모델을 만들기 바로 전에
# 부르세요. 데이터를 섞고 수없이 더하는 훈련 전체를 재현하는 데도 충분할까요? 아래 셀은 시드 다섯 개로 각각 두 번씩 훈련해서
# 가중치를 하나하나 비교합니다.


# %%
def trained_weights(seed):
    keras.utils.set_random_seed(seed)
    model = network(12)
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(cancer.x_train, cancer.y_train, epochs=3, verbose=0)
    return np.concatenate([weight.ravel() for weight in model.get_weights()])


once, again = (np.array([trained_weights(seed) for seed in range(5)]) for _ in range(2))
print("Rule: the same seed must give the same weights to the last bit, another seed other weights.")
print("same seed, same weights:  ", bool((once == again).all()))
print("other seed, other weights:", bool((once[0] != once[1]).any()))

# %% [markdown] lang="en"
# It repeats to the last bit. On a GPU one thing more is needed, because there the order of additions may change:
# `tf.config.experimental.enable_op_determinism()`. The setup cell of every notebook calls both. Repeatable does not mean
# *true*, though: seed 42 is one draw among many. The verdict further up, 20 points better than guessing, stands on that
# single draw.
#
# So this course repeats what it claims. `experiments.compare` trains a new model under each of ten seeds, and `claim`
# tests a stated rule on all of them; if it does not hold, the cell fails. **Will the verdict survive ten seeds?**

# %% [markdown] lang="ko"
# 마지막 비트까지 똑같습니다. GPU에서는 더하는 순서가 바뀔 수 있어 한 가지가 더 필요합니다.
# `tf.config.experimental.enable_op_determinism()`입니다. 모든 노트북의 준비 셀이 두 가지를 다 부릅니다. 그렇지만 재현된다고 해서
# *옳은* 것은 아닙니다. 시드 42는 수많은 경우 가운데 하나일 뿐이고, 찍는 것보다 20점 낫다던 앞의 판정도 그 한 번에서 나왔습니다.
#
# 그래서 이 과정에서는 주장하는 것을 되풀이해 확인합니다. `experiments.compare`는 시드 열 개로 매번 새 모델을 훈련하고, `claim`은
# 기준을 밝히고 모든 시드에서 확인합니다. 맞지 않으면 셀이 오류를 냅니다. **앞의 판정은 시드 열 개에서도 살아남을까요?**


# %%
def build():
    model = network(24)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


runs = experiments.compare({"24 units": build}, cancer, epochs=20, seeds=10)
runs.claim(
    "the network beats guessing by 20 points",
    "last_val_accuracy",
    direction="higher",
    than=round(float(guess) + 0.2, 2),
    agree=10,
)

# %% [markdown] lang="en"
# Each dot is one seed; the dashed line is what had to be beaten. All ten agree, so the verdict may stand.

# %% [markdown] lang="ko"
# 점 하나가 시드 하나이고, 점선이 넘어야 할 기준입니다. 열 번 모두 넘었으니 판정은 그대로 두어도 됩니다.

# %% [markdown] lang="en" rows="S3-12"
# ## Lines in red that mean nothing bad
#
# The third lecture's output contains lines such as `cpu_feature_guard.cc:142] This TensorFlow binary is optimized …`. They
# frighten beginners and are harmless. The letter at the beginning tells: **I** is information, **W** a warning, **E** an
# error. Below is what the two processes above wrote while TensorFlow loaded (the setup cell keeps these lines quiet in your
# notebook). Which of them would you have to act on?

# %% [markdown] lang="ko" rows="S3-12"
# ## 빨갛지만 나쁘지 않은 줄
#
# 세 번째 강의의 출력에는 `cpu_feature_guard.cc:142] This TensorFlow binary is optimized …` 같은 줄이 있습니다. 처음 보면 놀라지만
# 해롭지 않습니다. 앞의 글자를 보면 됩니다. **I**는 정보, **W**는 경고, **E**는 오류입니다. 아래는 위의 두 프로세스에서 텐서플로를
# 불러올 때 나온 줄입니다(여러분의 노트북에서는 준비 셀이 조용히 시켜 둡니다). 이 가운데 무언가 조치해야 하는 것은 무엇일까요?

# %% tags=["nbval-ignore-output"]
levels = {"I": "information", "W": "warning", "E": "error"}
for line in logs[0].splitlines():
    head, _, message = line.partition("] ")
    found = re.search(r"\b([IWE])(?:\d{4})? ", head + " ")
    if message and found:
        print(f"{levels[found[1]]:12}", message[:84])

# %% [markdown] lang="en"
# | line | level | what to do |
# |---|---|---|
# | *This TensorFlow binary is optimized …* | I | nothing: it says that your processor is used well |
# | *oneDNN custom operations are on …* | I | nothing: last digits may differ from another computer's |
# | *Could not find cuda drivers …* | I | nothing, unless you expected a GPU |
# | *failed call to cuInit …* | E | the same: there is no GPU to call. Even an E can be meant for somebody else |
# | *MLIR Optimization Passes …* (old versions) | I | nothing |
# | a line with **Error** and a traceback in your cell | – | read its **last** line first |

# %% [markdown] lang="ko"
# | 줄 | 수준 | 할 일 |
# |---|---|---|
# | *This TensorFlow binary is optimized …* | I | 없음. 프로세서를 잘 쓰고 있다는 뜻입니다 |
# | *oneDNN custom operations are on …* | I | 없음. 다른 컴퓨터와 마지막 자릿수가 다를 수 있다는 뜻입니다 |
# | *Could not find cuda drivers …* | I | 없음. GPU를 쓰려던 것이 아니라면 괜찮습니다 |
# | *failed call to cuInit …* | E | 위와 같음. 부를 GPU가 없다는 뜻입니다. E라고 해서 꼭 나와 상관있는 것은 아닙니다 |
# | *MLIR Optimization Passes …* (예전 버전) | I | 없음 |
# | 셀에 나온 **Error**와 트레이스백 | – | **마지막** 줄부터 읽으세요 |

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `updates(rows, batch_size, epochs)`: how many times does `fit` update the weights? Remember that the last
# batch of an epoch may be smaller and still counts.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** `fit`이 가중치를 모두 몇 번 갱신하는지 돌려주는 `updates(rows, batch_size, epochs)`를 작성하세요. 에포크의 마지막
# 배치는 작을 수 있지만 그것도 한 번으로 칩니다.


# %% tags=["exercise"]
def updates(rows, batch_size, epochs):
    return ...


check("01.e1", updates)

# %% [markdown] lang="en"
# **Exercise 2.** Write `same_weights(first, second)`: do two models have exactly the same weights? `model.get_weights()` gives a
# list of arrays; two models may also differ in how many arrays there are and in their shapes.

# %% [markdown] lang="ko"
# **연습 2.** 두 모델의 가중치가 완전히 같은지 알려 주는 `same_weights(first, second)`를 작성하세요. `model.get_weights()`는 배열의
# 리스트를 줍니다. 배열의 개수나 모양이 다를 수도 있습니다.


# %% tags=["exercise"]
def same_weights(first, second):
    return ...


check("01.e2", same_weights)

# %% [markdown] lang="en"
# Stuck? Run `hint("01.e1")`, or `solution("01.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("01.e1")`을, 해 본 다음에는 `solution("01.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("01")

# %% [markdown] lang="en"
# ## Summary
#
# - Declare, compile, train, evaluate; each step decides something of its own.
# - Models, layers and callbacks are objects of classes; `fit` changes the model in place.
# - Keras 3 is a package of its own over TensorFlow, JAX or PyTorch: `import keras`.
# - `keras.utils.set_random_seed` right before building the model makes a run repeatable. `tf.random.set_seed` does not.
# - One seed is one draw. Repeat before you believe.

# %% [markdown] lang="ko"
# ## 정리
#
# - 선언, 컴파일, 훈련, 평가. 단계마다 정하는 것이 다릅니다.
# - 모델과 층과 콜백은 클래스의 객체입니다. `fit`은 모델 자체를 바꿉니다.
# - 케라스 3은 텐서플로, JAX, 파이토치 위의 독립 패키지입니다. `import keras`라고 씁니다.
# - 모델을 만들기 바로 전에 `keras.utils.set_random_seed`를 부르면 훈련이 재현됩니다. `tf.random.set_seed`로는 안 됩니다.
# - 시드 하나는 한 번 뽑은 것일 뿐입니다. 믿기 전에 되풀이하세요.
