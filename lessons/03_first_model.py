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
# Lesson 01 went through declare, compile, train and evaluate in four short cells. This lesson opens each of them: what a
# layer computes, what a loss function charges, what `compile` accepts, what `fit` does with a batch. Then you train the
# fourth lecture's network on handwritten digits and judge it against the most modest rival there is.
#
# That network has three hidden layers of 64, 32 and 64 sigmoid units and learns by plain gradient descent (SGD); the
# lecture reports 97 % of the test digits right. We take it as it is, with the 3,000 training digits of this course, and
# stop after 20 epochs. **How many of 1,000 new digits will it get right by then?**

# %% [markdown] lang="ko"
# 레슨 01에서는 선언, 컴파일, 훈련, 평가를 짧은 셀 네 개로 지나왔습니다. 이번에는 하나하나 열어 봅니다. 층은 무엇을 계산하는지,
# 손실 함수는 오차를 얼마로 치는지, `compile`은 무엇을 받는지, `fit`은 배치로 무엇을 하는지 알아봅니다. 그런 다음 네 번째 강의의
# 신경망을 손글씨 숫자로 훈련하고, 세상에서 가장 단순한 경쟁자와 견주어 봅니다.
#
# 그 신경망은 시그모이드 유닛이 64, 32, 64개인 은닉층(hidden layer) 세 개로 되어 있고 기본 경사 하강법(SGD)으로 배웁니다. 강의에서는
# 테스트 숫자의 97%를 맞혔습니다. 우리는 이 신경망을 그대로 가져와 이 과정의 훈련 숫자 3,000장으로 20에포크만 훈련합니다. **처음 보는
# 숫자 1,000장 가운데 얼마나 맞힐까요?**

# %%
import time
import warnings

import keras
import matplotlib.pyplot as plt
import numpy as np

from helpers import data, experiments, plots, training
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("03.p1")

# %% [markdown] lang="en"
# ## The bar to clear
#
# Before any model: how good is somebody who never looks at the picture and gives the same answer every time? Such a
# **baseline** costs nothing, and a network that does not beat it is worth nothing. **What share of the digits does "always
# 7" get right? And what share of the tissue samples "always benign"?**

# %% [markdown] lang="ko"
# ## 넘어야 할 기준
#
# 모델을 만들기 전에 생각해 봅시다. 그림은 보지도 않고 늘 같은 답만 하는 사람은 얼마나 맞힐까요? 이런 **기준선**(baseline)은 공짜로
# 얻을 수 있고, 이것을 넘지 못하는 신경망은 쓸모가 없습니다. **숫자마다 "7"이라고만 답하면 얼마나 맞힐까요? 조직 표본마다 "양성(benign)"이라고만
# 답하면 얼마나 맞힐까요?**

# %%
digits = data.load("mnist")
cancer = data.load("breast_cancer")


def constant_guess(dataset):
    shares = np.bincount(dataset.y_train) / len(dataset.y_train)
    accuracy = np.mean(dataset.y_val == shares.argmax())
    loss = np.mean(-np.log(shares[dataset.y_val]))
    return accuracy, loss


for dataset in (digits, cancer):
    accuracy, loss = constant_guess(dataset)
    print(f"{dataset.name:13} accuracy {accuracy:.3f}, loss {loss:.3f}")

# %% [markdown] lang="en"
# The second number is the loss of the same guesser when asked for probabilities: the best constant answer is the share of
# each class, for the digits 0.1 ten times, and that costs −ln 0.1 = 2.303. Keep **2.303** in mind. A network whose loss is
# still there after training has learned nothing about digits.

# %% [markdown] lang="ko"
# 두 번째 숫자는 같은 사람에게 확률을 물었을 때의 손실입니다. 한 가지 답만 해야 한다면 클래스의 비율을 그대로 답하는 것이 가장 좋습니다.
# 숫자는 0.1씩 열 개이므로 손실이 −ln 0.1 = 2.303입니다. **2.303**을 기억해 두세요. 훈련을 하고도 손실이 이 자리라면 숫자에 대해
# 아무것도 배우지 못한 것입니다.

# %% [markdown] lang="en" rows="S3-04 S3-05 S3-07"
# ## From pictures to numbers
#
# The third lecture takes pictures of clothes, `keras.datasets.fashion_mnist.load_data()`, the fourth handwritten digits,
# `keras.datasets.mnist.load_data()`. Both calls download the data the first time and fail without internet; this course
# brings 5,000 of the digits along (`data.load("fashion_mnist", full=True)` fetches the clothes). Look at the data before
# anything else.

# %% [markdown] lang="ko" rows="S3-04 S3-05 S3-07"
# ## 그림에서 숫자로
#
# 세 번째 강의는 옷 그림(`keras.datasets.fashion_mnist.load_data()`)을, 네 번째 강의는 손글씨 숫자(`keras.datasets.mnist.load_data()`)를
# 씁니다. 둘 다 처음 부를 때 데이터를 내려받으므로 인터넷이 없으면 오류가 납니다. 이 과정에는 숫자 5,000장이 들어 있습니다(옷 그림은
# `data.load("fashion_mnist", full=True)`로 받습니다). 무엇보다 먼저 데이터를 봅시다.

# %%
first_of_each = [np.flatnonzero(digits.y_train == digit)[0] for digit in range(10)]
plots.pictures(digits.x_train[first_of_each], digits.y_train[first_of_each])

# %% [markdown] lang="en"
# A network sees none of this, only numbers: for each picture 28 lines of 28 grey values. Three things are decided before
# training: which pictures are for what, the range of the values, and the form of the labels. The third lecture prints
# `(45000, 28, 28)` and `(15000, 28, 28)`: a quarter for validation is what `train_test_split` takes if nothing is said.
# **What do you expect here?**

# %% [markdown] lang="ko"
# 신경망은 그림을 보는 것이 아니라 숫자를 봅니다. 그림 한 장이 밝기 값 28개씩 28줄입니다. 훈련하기 전에 정할 것이 세 가지 있습니다. 어떤
# 그림을 어디에 쓸지, 값의 범위를 어떻게 할지, 레이블을 어떤 형태로 줄지입니다. 세 번째 강의에서는 `(45000, 28, 28)`과 `(15000, 28, 28)`이
# 출력됩니다. `train_test_split`은 따로 말하지 않으면 4분의 1을 떼어 둡니다. **우리 데이터는 어떨까요?**

# %%
print("training:  ", digits.x_train.shape, digits.y_train.shape)
print("validation:", digits.x_val.shape, digits.y_val.shape)
print("values from", digits.x_train.min(), "to", digits.x_train.max())
print("third lecture, a quarter of 60,000 set aside:", int(60_000 * 0.75), int(60_000 * 0.25))

# %% [markdown] lang="en" rows="S4-03 S4-04 S4-55" errata="E-51"
# > **In the lecture** (S4, practice 1): the comment *"# 차원 축소하기"*, dimension reduction, stands over
# > `x_train.reshape((x_train.shape[0], 784)).astype('float32') / 255`. Another exercise loads the same data with
# > `load_data(path='mnist.npz')`; the path is just the name of the file in Keras's cache.
# >
# > Nothing is reduced: 28 × 28 values were there before and 784 are there after, written one line after the other. It
# > is **flattening**. (Dimension reduction would keep fewer numbers than came in.) Dividing by 255 brings the grey values
# > of 0 to 255 to 0 to 1; that scaling helps. The `astype('float32')` is worth copying too: without it, as in the third
# > lecture's `train_input / 255.0`, NumPy makes numbers of twice the size.

# %% [markdown] lang="ko" rows="S4-03 S4-04 S4-55" errata="E-51"
# > **강의에서는** (S4, 실습1): `x_train.reshape((x_train.shape[0], 784)).astype('float32') / 255` 위에 "# 차원 축소하기"라고
# > 적었습니다. 다른 문제에서는 같은 데이터를 `load_data(path='mnist.npz')`로 불러오는데, path는 케라스가 받아 둔 파일의 이름일
# > 뿐입니다.
# >
# > 줄어든 것은 없습니다. 28 × 28개이던 값을 한 줄로 이어 적어 784개가 되었습니다. 차원 축소가 아니라 **평탄화**(flatten)입니다. (차원
# > 축소라면 들어온 것보다 적은 수의 값이 남습니다.) 255로 나누면 0~255이던 밝기가 0~1이 되고, 이렇게 스케일을 맞추면 훈련이 잘됩니다.
# > `astype('float32')`도 따라 할 만합니다. 세 번째 강의의 `train_input / 255.0`처럼 이것을 빼면 넘파이가 두 배 크기의 숫자를 만듭니다.

# %% tags=["lecture"]
full = False  # True downloads all of MNIST once (11.5 MB)
if full:
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data(path="mnist.npz")
else:
    x_train, y_train = np.rint(digits.x_train * 255).astype("uint8"), digits.y_train
flat = x_train.reshape((x_train.shape[0], 784)).astype("float32") / 255
print("values for each picture, before and after:", x_train[0].size, flat[0].size)
print("with astype:   ", flat.dtype)
print("without astype:", (x_train / 255.0).dtype)

# %% [markdown] lang="en" rows="S4-05"
# **The labels.** A label is a class number, 0 to 9. The fourth lecture turns it into ten numbers, a 1 in the place of the
# class and 0 elsewhere: **one-hot** encoding. Which way leads back from ten numbers to the class?

# %% [markdown] lang="ko" rows="S4-05"
# **레이블**은 0~9의 클래스 번호입니다. 네 번째 강의는 이것을 숫자 열 개로 바꿉니다. 그 클래스의 자리만 1이고 나머지는 0인 **원-핫
# 인코딩**(one-hot encoding)입니다. 숫자 열 개에서 클래스 번호로 돌아오려면 어떻게 해야 할까요?

# %%
one_hot = keras.utils.to_categorical(digits.y_train, 10)
print("class number:", digits.y_train[0])
print("one-hot:     ", one_hot[0].astype(int))
print("and back:    ", one_hot[0].argmax())

# %% [markdown] lang="en" rows="S2-15 S2-16 S2-18"
# ## Layers
#
# Deep learning stacks layers: each takes the numbers of the one before and hands on its own. `keras.Sequential` is the
# stack. The second lecture's network takes the 30 measurements of a tissue sample and ends in one number, the probability
# of "benign". `Dense` means *fully connected*: every unit looks at every number that comes in. **How many weights does
# the first layer need, for 30 numbers and 100 units?**

# %% [markdown] lang="ko" rows="S2-15 S2-16 S2-18"
# ## 층 쌓기
#
# 딥러닝은 층(layer)을 쌓습니다. 층은 앞 층의 숫자를 받아 계산한 숫자를 다음 층에 넘깁니다. `keras.Sequential`에 층을 차례로 넣으면 됩니다. 두 번째
# 강의의 신경망은 조직 표본의 측정값 30개를 받아 마지막에 숫자 하나, 곧 양성(benign)일 확률을 냅니다. `Dense`는 완전 연결(fully connected)
# 층입니다. 유닛마다 들어오는 숫자를 모두 봅니다. **숫자 30개가 유닛 100개로 들어가는 첫 층에는 가중치가 몇 개 필요할까요?**

# %%
table_network = keras.Sequential(
    [
        keras.Input((30,)),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
print("first layer:", 30 * 100 + 100, "=", table_network.layers[0].count_params())
print("all layers:", table_network.count_params())

# %%
plots.layers(table_network)

# %% [markdown] lang="en"
# 30 weights for each of 100 units and one **bias** for each unit: 3,100. What does the layer do with them? It multiplies,
# adds up, adds the bias, and bends the result with its **activation function**. Two lines of NumPy do the same.

# %% [markdown] lang="ko"
# 유닛 100개에 가중치가 30개씩, 여기에 유닛마다 편향(bias)이 하나씩 더해져 3,100개입니다. 층은 이것으로 무엇을 할까요? 곱해서 더하고,
# 편향을 더하고, 그 결과를 **활성화 함수**(activation function)로 한 번 더 바꿉니다. 넘파이 두 줄이면 똑같이 할 수 있습니다.

# %%
weights, biases = table_network.layers[0].get_weights()
rows = cancer.x_train[:5]
by_hand = np.maximum(rows @ weights + biases, 0)
by_keras = table_network.layers[0](rows)
print("weights", weights.shape, "biases", biases.shape, "result", by_hand.shape)
print("equal:", np.allclose(by_hand, by_keras, atol=1e-5))

# %% [markdown] lang="en"
# The `np.maximum(…, 0)` was **relu**: negative becomes 0. **Sigmoid** squeezes one number to between 0 and 1, a
# probability for yes. **Softmax** turns several numbers into as many probabilities that add up to 1. What does softmax
# make of a *single* number? (You will need the answer later.)

# %% [markdown] lang="ko"
# 방금 쓴 `np.maximum(…, 0)`이 **렐루**(relu)입니다. 음수를 0으로 만듭니다. **시그모이드**(sigmoid)는 숫자 하나를 0과 1 사이로 눌러
# "그렇다"의 확률로 만듭니다. **소프트맥스**(softmax)는 숫자 여러 개를 합이 1인 확률로 바꿉니다. 숫자가 *하나뿐이면* 소프트맥스는 무엇이
# 될까요? (뒤에서 답이 필요합니다.)


# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


z = np.array([[2.0, 1.0, -1.0]])
for function in (sigmoid, softmax):
    by_keras = getattr(keras.activations, function.__name__)(keras.ops.convert_to_tensor(z))
    equal = np.allclose(function(z), by_keras)
    print(f"{function.__name__}:", function(z).round(3), "equal to Keras:", equal)
print("softmax of a single number:", softmax(np.array([[2.0]])), softmax(np.array([[-5.0]])))

# %% [markdown] lang="en" rows="S2-17 S3-08 S3-09 S3-10"
# > **In the lecture** (S3, model_fn): a function builds the network, with room for one more layer
# > (`model_fn(keras.layers.Dropout(0.3))` comes in lesson 15). Its first layer is `Flatten(input_shape=(28, 28))`; the
# > second lecture writes `Dense(100, input_shape=(30,), activation='relu')`, the first one `input_dim = 10`. They import
# > from `tensorflow.keras.models` and `tensorflow.keras.layers`.
# >
# > The imports lead to the same classes as `import keras`. A function that builds the model anew is an excellent habit.
# > The argument for the input's shape still works but warns: say it with `keras.Input` as the first entry instead.

# %% [markdown] lang="ko" rows="S2-17 S3-08 S3-09 S3-10"
# > **강의에서는** (S3, model_fn): 함수로 신경망을 만들고, 층을 하나 더 넣을 자리도 둡니다(레슨 15에서
# > `model_fn(keras.layers.Dropout(0.3))`으로 씁니다). 첫 층은 `Flatten(input_shape=(28, 28))`입니다. 두 번째 강의는
# > `Dense(100, input_shape=(30,), activation='relu')`, 첫 번째 강의는 `input_dim = 10`이라고 씁니다. 불러오는 곳은
# > `tensorflow.keras.models`와 `tensorflow.keras.layers`입니다.
# >
# > 어디에서 불러와도 `import keras`로 쓰는 것과 같은 클래스입니다. 모델을 새로 만드는 함수를 두는 것은 아주 좋은 습관입니다. 입력의
# > 모양을 층의 인자로 주면 아직 동작하지만 경고가 나옵니다. 대신 맨 앞에 `keras.Input`을 쓰세요.

# %% tags=["lecture"]
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

print("the same classes:", Sequential is keras.Sequential, Dense is keras.layers.Dense)


def model_fn(a_layer=None):
    model = keras.Sequential()
    model.add(keras.layers.Flatten(input_shape=(28, 28)))
    model.add(keras.layers.Dense(100, activation="relu"))
    if a_layer:
        model.add(a_layer)
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    model_fn()
    Dense(30, input_dim=10, activation="relu")
shape_warnings = [warning for warning in told if "input_shape" in str(warning.message)]
print(len(shape_warnings), "warnings:", shape_warnings[0].category.__name__)

# %% [markdown] lang="en" rows="S3-11"
# The same network as you would write it today, and its table. `None` stands for the number of rows, which is left open.
# **Check the two numbers in the last column by hand before you run the second cell.**

# %% [markdown] lang="ko" rows="S3-11"
# 같은 신경망을 지금 방식으로 쓰고 표로 봅시다. `None`은 아직 정하지 않은 행의 수입니다. **두 번째 셀을 실행하기 전에 마지막 열의 두 숫자를
# 손으로 계산해 보세요.**


# %%
def model_fn(a_layer=None):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(100, activation="relu"))
    if a_layer:
        model.add(a_layer)
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


model = model_fn()
model.summary()

# %%
print("Dense(100):", 784 * 100 + 100)
print("Dense(10): ", 100 * 10 + 10)
print("together:  ", 784 * 100 + 100 + 100 * 10 + 10, "=", model.count_params())

# %% [markdown] lang="en" rows="S2-19"
# ## compile: the three choices
#
# `compile` computes nothing yet. It notes three things: the **loss** (what to make small), the **optimizer** (how to
# change the weights), and **metrics** (what else to report; they do not influence training). A name as a string stands
# for the object with its default settings.

# %% [markdown] lang="ko" rows="S2-19"
# ## compile: 세 가지 선택
#
# `compile`은 아직 아무것도 계산하지 않습니다. 세 가지를 적어 둘 뿐입니다. **손실 함수**(무엇을 줄일지), **옵티마이저**(가중치를 어떻게
# 바꿀지), **지표**(metrics, 그 밖에 무엇을 보고할지. 훈련에는 영향이 없음)입니다. 이름을 문자열로 쓰면 기본 설정의 객체를 뜻합니다.


# %%
def table_model(output="sigmoid"):
    model = keras.Sequential([keras.Input((30,)), keras.layers.Dense(100, activation="relu")])
    model.add(keras.layers.Dense(24, activation="relu"))
    model.add(keras.layers.Dense(1, activation=output))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


optimizer = table_model().optimizer
print(type(optimizer).__name__, "with learning rate", round(float(optimizer.learning_rate), 6))

# %% [markdown] lang="en" rows="S3-13"
# > **In the lecture** (S3): `model.compile(loss='sparse_categorical_crossentropy', metrics='accuracy')`, without an
# > optimizer.
# >
# > Two things. Today `metrics` has to be a list; the bare string is refused. And with no optimizer Keras silently takes
# > RMSprop. That is not a bad choice, but a reader of your code should not have to know it.

# %% [markdown] lang="ko" rows="S3-13"
# > **강의에서는** (S3): 옵티마이저 없이 `model.compile(loss='sparse_categorical_crossentropy', metrics='accuracy')`라고 씁니다.
# >
# > 두 가지를 알아 두세요. 지금은 `metrics`에 리스트를 주어야 합니다. 문자열만 주면 오류가 납니다. 그리고 옵티마이저를 적지 않으면 케라스가
# > 말없이 RMSprop을 씁니다. 나쁜 선택은 아니지만, 코드를 읽는 사람이 그것까지 알고 있어야 할 이유는 없습니다.

# %% tags=["lecture"]
try:
    model.compile(loss="sparse_categorical_crossentropy", metrics="accuracy")
except ValueError as error:
    print("ValueError, it asks for a list:", "list" in str(error))
model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
print("the optimizer nobody named:", type(model.optimizer).__name__)

# %% [markdown] lang="en" rows="S2-20 S2-21 S2-22"
# ## Seven losses by hand
#
# A loss says in one number how wrong the predictions are. The second lecture lists six and writes `y_t` for the true and
# `y_o` for the predicted value; the third adds a seventh. They come in two families: for numbers and for classes. (The
# lecture calls the first one "평균 제곱 계열", the mean squared family, though two of its four square nothing.)
#
# First the two plain ones. Keras gives one loss for each row, the mean over that row's outputs; training then takes the
# mean over the rows. **Three predictions, off by 0.5, 1 and 1: which of the two losses treats the half error more mildly?**

# %% [markdown] lang="ko" rows="S2-20 S2-21 S2-22"
# ## 손으로 계산하는 일곱 가지 손실
#
# 손실은 예측이 얼마나 틀렸는지 숫자 하나로 말합니다. 두 번째 강의는 실제 값을 `y_t`, 예측 값을 `y_o`라고 쓰고 여섯 가지를 소개합니다. 세
# 번째 강의에서 하나가 더 나옵니다. 숫자를 예측할 때 쓰는 것과 클래스를 예측할 때 쓰는 것, 두 갈래입니다. (강의는 앞의 네 가지를 "평균 제곱
# 계열"이라고 부르지만, 그 가운데 둘은 제곱하지 않습니다.)
#
# 먼저 단순한 두 가지를 봅시다. 케라스는 행마다 그 행의 출력에 대한 평균을 손실로 내고, 훈련할 때 다시 행에 대해 평균을 냅니다.
# **예측 세 개가 0.5, 1, 1만큼 틀렸습니다. 절반만 틀린 것을 더 너그럽게 봐주는 손실은 어느 쪽일까요?**

# %%
y_t = np.array([[1.0], [2.0], [4.0]])
y_o = np.array([[1.5], [1.0], [3.0]])


def show(name, by_hand, true=y_t, predicted=y_o):
    by_keras = keras.ops.convert_to_numpy(getattr(keras.losses, name)(true, predicted))
    equal = np.allclose(by_hand, by_keras, rtol=1e-5)
    print(f"{name}: {by_hand.round(3)}, mean {by_hand.mean():.3f}, equal to Keras: {equal}")


show("mean_squared_error", np.mean(np.square(y_t - y_o), axis=-1))
show("mean_absolute_error", np.mean(np.abs(y_t - y_o), axis=-1))

# %% [markdown] lang="en" rows="S2-23" errata="E-09"
# > **In the lecture** (S2, loss functions): mean_absolute_percentage_error is
# > `mean(abs(y_t - y_o)/abs(y_t))`, *"단, 분모 ≠ 0"*, provided the denominator is not 0.
# >
# > Keras does two things more. It multiplies by **100**, so the loss really is in per cent. And a denominator of 0 does
# > not stop it: it puts 1e-7 in its place, and the loss explodes without an error. Use it only where a true value can
# > never be 0 or nearly so.

# %% [markdown] lang="ko" rows="S2-23" errata="E-09"
# > **강의에서는** (S2, 오차 함수): mean_absolute_percentage_error를 `mean(abs(y_t - y_o)/abs(y_t))`,
# > "단, 분모 ≠ 0"이라고 합니다.
# >
# > 케라스는 두 가지를 더 합니다. **100**을 곱하므로 손실이 정말 퍼센트입니다. 그리고 분모가 0이어도 멈추지 않습니다. 대신 1e-7로 나누기
# > 때문에 오류도 없이 손실만 폭발합니다. 실제 값이 0이거나 0에 가까울 수 있다면 쓰지 마세요.

# %% tags=["lecture"]
print("the slide's formula:", np.mean(np.abs(y_t - y_o) / np.abs(y_t), axis=-1))
show("mean_absolute_percentage_error", 100 * np.mean(np.abs(y_t - y_o) / np.abs(y_t), axis=-1))
zero, one = np.array([[0.0]]), np.array([[1.0]])
show("mean_absolute_percentage_error", 100 * np.abs(zero - one)[0] / 1e-7, zero, one)

# %% [markdown] lang="en" rows="S2-24" errata="E-08"
# > **In the lecture** (S2, loss functions): mean_squared_logarithmic_error is
# > `mean(square((log(y_o) + 1) - (log(y_t) + 1)))`.
# >
# > The 1 belongs **inside** the logarithm, log(y + 1). As the slide has it, the two ones cancel, and a true value of 0
# > makes the loss infinite; that is exactly what the 1 is there to prevent.

# %% [markdown] lang="ko" rows="S2-24" errata="E-08"
# > **강의에서는** (S2, 오차 함수): mean_squared_logarithmic_error를
# > `mean(square((log(y_o) + 1) - (log(y_t) + 1)))`이라고 합니다.
# >
# > 1은 로그 **안에** 있어야 합니다. log(y + 1)입니다. 슬라이드대로라면 두 1은 서로 지워지고, 실제 값이 0일 때 손실이 무한대가 됩니다.
# > 바로 그것을 막으려고 1을 더하는 것입니다.

# %% tags=["lecture"]
slide = np.mean(np.square((np.log(y_o) + 1) - (np.log(y_t) + 1)), axis=-1)
print("the slide's formula:", slide.round(3))
show("mean_squared_logarithmic_error", np.square(np.log(y_o + 1) - np.log(y_t + 1))[:, 0])
with np.errstate(divide="ignore"):
    print("true value 0, slide:", np.square((np.log(one) + 1) - (np.log(zero) + 1))[0])
show("mean_squared_logarithmic_error", np.square(np.log(one + 1) - np.log(zero + 1))[0], zero, one)

# %% [markdown] lang="en" rows="S2-25 S2-26"
# Now the second family. A classifier hands out probabilities, and **cross-entropy** charges −ln of the probability it
# gave to the right class: nothing for certainty, a fortune for a confident mistake. Three functions, one idea:
#
# - `binary_crossentropy`: two classes, one probability for class 1, labels 0 or 1;
# - `categorical_crossentropy`: several classes, labels one-hot;
# - `sparse_categorical_crossentropy`: the same with class numbers as labels.
#
# **Will the last two give different losses for the same predictions?**

# %% [markdown] lang="ko" rows="S2-25 S2-26"
# 이제 두 번째 갈래입니다. 분류 모델은 확률을 내놓고, **교차 엔트로피**(cross-entropy)는 정답 클래스에 준 확률의 −ln을 손실로 칩니다. 확신하고
# 맞히면 0이고, 확신하고 틀리면 아주 커집니다. 함수는 셋이지만 생각은 하나입니다.
#
# - `binary_crossentropy`: 클래스가 둘. 클래스 1의 확률 하나를 내고, 레이블은 0 또는 1
# - `categorical_crossentropy`: 클래스가 여럿. 레이블은 원-핫
# - `sparse_categorical_crossentropy`: 위와 같고 레이블만 클래스 번호
#
# **예측이 같다면 뒤의 두 손실은 서로 다를까요?**

# %%
p = np.array([[0.9], [0.4], [0.2]])
yes = np.array([[1.0], [1.0], [0.0]])
show("binary_crossentropy", -np.log(np.where(yes == 1, p, 1 - p))[:, 0], yes, p)

chances = np.array([[0.1, 0.7, 0.2], [0.2, 0.2, 0.6], [0.8, 0.1, 0.1]])
number = np.array([1, 0, 0])
encoded = keras.utils.to_categorical(number, 3)
show("categorical_crossentropy", -np.sum(encoded * np.log(chances), axis=-1), encoded, chances)
right = chances[np.arange(3), number]
show("sparse_categorical_crossentropy", -np.log(right), number, chances)

# %% [markdown] lang="en"
# They are the same loss; only the form of the labels differs. And here is what the seven charge, drawn. **Why is the
# squared error not used for classes?** Look at the left end of the right-hand figure.

# %% [markdown] lang="ko"
# 두 손실은 같고, 레이블의 형태만 다릅니다. 이제 이 손실들이 오차를 얼마로 치는지 그림으로 봅시다. **분류에는 왜 제곱 오차를 쓰지 않을까요?**
# 오른쪽 그림의 왼쪽 끝을 보세요.

# %%
plots.losses()

# %% [markdown] lang="en"
# ## Output, labels, loss
#
# Which loss? The task decides, and the last layer, the labels and the loss have to fit one another:
#
# | you predict | last layer | labels | loss |
# |---|---|---|---|
# | a number | `Dense(1)`, no activation | the number | one of the first four |
# | yes or no | `Dense(1, activation="sigmoid")` | 0 or 1 | `binary_crossentropy` |
# | one of k classes | `Dense(k, activation="softmax")` | one-hot | `categorical_crossentropy` |
# | one of k classes | `Dense(k, activation="softmax")` | 0 … k − 1 | `sparse_categorical_crossentropy` |
#
# What if they do not fit? In the good case you get an error. **Which two of these four lines will run?**

# %% [markdown] lang="ko"
# ## 출력, 레이블, 손실
#
# 어떤 손실을 써야 할까요? 문제가 정합니다. 그리고 마지막 층과 레이블과 손실은 서로 맞아야 합니다.
#
# | 예측할 것 | 마지막 층 | 레이블 | 손실 |
# |---|---|---|---|
# | 숫자 | `Dense(1)`, 활성화 없음 | 그 숫자 | 앞의 네 가지 가운데 하나 |
# | 예/아니요 | `Dense(1, activation="sigmoid")` | 0 또는 1 | `binary_crossentropy` |
# | k개 클래스 중 하나 | `Dense(k, activation="softmax")` | 원-핫 | `categorical_crossentropy` |
# | k개 클래스 중 하나 | `Dense(k, activation="softmax")` | 0 … k − 1 | `sparse_categorical_crossentropy` |
#
# 맞지 않으면 어떻게 될까요? 운이 좋으면 오류가 납니다. **아래 네 줄 가운데 실행되는 두 줄은 무엇일까요?**


# %%
def try_out(loss, labels):
    model = model_fn()
    model.compile(loss=loss, optimizer="rmsprop")
    try:
        model.fit(digits.x_train[:32], labels[:32], verbose=0)
        return "runs"
    except ValueError as error:
        return f"ValueError, about the rank: {'rank' in str(error)}"


for loss in ("categorical_crossentropy", "sparse_categorical_crossentropy"):
    print(f"{loss}, one-hot labels:", try_out(loss, one_hot))
    print(f"{loss}, class numbers: ", try_out(loss, digits.y_train))

# %% [markdown] lang="en"
# One convenience can mislead here. The labels of the cancer table have the shape (341,), the output (341, 1). For loss
# and accuracy Keras adds the missing axis by itself; not every metric does. If one complains about the *rank*, write
# `y.reshape(-1, 1)`.

# %% [markdown] lang="ko"
# 편리해서 오히려 헷갈리는 것이 하나 있습니다. 유방암 데이터의 레이블은 모양이 (341,)이고 출력은 (341, 1)입니다. 손실과 정확도에서는 케라스가
# 빠진 축을 알아서 채우지만, 모든 지표가 그런 것은 아닙니다. *rank*가 다르다는 오류가 나면 `y.reshape(-1, 1)`로 바꾸세요.

# %%
for name, labels in {"(n,)": cancer.y_train, "(n, 1)": cancer.y_train.reshape(-1, 1)}.items():
    model = table_model()
    model.compile(loss="binary_crossentropy", metrics=["binary_crossentropy"])
    try:
        model.fit(cancer.x_train, labels, verbose=0)
        print("labels of shape", name, "run")
    except ValueError:
        print("labels of shape", name, "ValueError")

# %% [markdown] lang="en" rows="S2-28 S2-29 S2-30"
# ## fit: epochs and batches
#
# The second lecture trains its network with `model.fit(X, Y, epochs=20, batch_size=10)`. An **epoch** is one pass over
# all training rows. A **batch** is the handful of rows after which the weights are changed once; the rows are shuffled
# before each epoch and dealt into batches. **With 341 rows in batches of 10, how often are the weights changed in 20
# epochs?**

# %% [markdown] lang="ko" rows="S2-28 S2-29 S2-30"
# ## fit: 에포크와 배치
#
# 두 번째 강의는 `model.fit(X, Y, epochs=20, batch_size=10)`으로 훈련합니다. **에포크**(epoch)는 훈련 데이터 전체를 한 번 지나가는
# 것입니다. **배치**(batch)는 가중치를 한 번 바꿀 때 함께 처리하는 몇 행입니다. 에포크마다 행을 섞은 다음 배치로 나눕니다. **341행을 10행씩
# 묶어 20에포크 훈련하면 가중치는 모두 몇 번 바뀔까요?**

# %%
keras.utils.set_random_seed(42)
table = table_model()
history = table.fit(cancer.x_train, cancer.y_train, epochs=20, batch_size=10, verbose=0)
print("changes in an epoch:", history.params["steps"], "= 34 batches of 10 and one of 1")
print("changes in all:", int(table.optimizer.iterations))
_, accuracy = table.evaluate(cancer.x_val, cancer.y_val, verbose=0)
guess, _ = constant_guess(cancer)
print("Rule: right at least 20 points more often than always answering the same.")
print("Verdict:", accuracy > guess + 0.2)

# %% [markdown] lang="en"
# ## Mistakes that raise no error
#
# Now the bad case: something does not fit, everything runs, and nobody tells you. Somebody has read "classification needs
# softmax" and ends the table network with `Dense(1, activation="softmax")`, labels 0 and 1, `binary_crossentropy`.

# %% [markdown] lang="ko"
# ## 오류가 나지 않는 실수
#
# 이번에는 나쁜 경우입니다. 무언가 맞지 않는데 모두 실행되고 아무도 알려 주지 않습니다. 누군가 "분류에는 소프트맥스"라고 읽고 유방암 신경망의
# 마지막 층을 `Dense(1, activation="softmax")`로 만들었습니다. 레이블은 0과 1, 손실은 `binary_crossentropy`입니다.

# %%
predict("03.p2")

# %%
keras.utils.set_random_seed(42)
validation = (cancer.x_val, cancer.y_val)
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    odd_one = table_model("softmax")
    odd = odd_one.fit(
        cancer.x_train, cancer.y_train, epochs=5, validation_data=validation, verbose=0
    )
    answers = odd_one.predict(cancer.x_val, verbose=0)
falls = odd.history["loss"][-1] < odd.history["loss"][0] / 2
stuck = np.allclose(odd.history["val_accuracy"], constant_guess(cancer)[0])
print("the loss falls to less than half:", falls)
print("accuracy is the constant guess's in every epoch:", stuck)
print("answers it gives:", np.unique(answers.round(3)))
print("Keras warned of it:", any("softmax" in str(warning.message) for warning in told))

# %%
reveal("03.p2", "c" if falls and stuck else "b" if stuck else "d")

# %% [markdown] lang="en"
# A falling loss and an accuracy that does not move by a hair. How can that be? For the loss, Keras on TensorFlow goes back
# to the number *before* the activation, because that is more exact, and reckons as if a sigmoid had followed. So the
# weights learn perfectly well. But the answers do go through the softmax, and the softmax of a single number is 1. The
# loss of the answers themselves is another matter:

# %% [markdown] lang="ko"
# 손실은 줄어드는데 정확도는 꿈쩍도 하지 않습니다. 어떻게 이럴 수 있을까요? 텐서플로에서 도는 케라스는 손실을 구할 때 더 정확하게 계산하려고
# 활성화 함수를 지나기 *전의* 숫자로 돌아가, 시그모이드를 지난 것처럼 계산합니다. 그래서 가중치는 멀쩡히 배웁니다. 그러나 답은 소프트맥스를
# 지나서 나오고, 숫자 하나의 소프트맥스는 언제나 1입니다. 나온 답으로 손실을 다시 계산하면 이렇습니다.

# %%
reported = odd_one.evaluate(cancer.x_val, cancer.y_val, verbose=0)[0]
of_the_answers = keras.losses.BinaryCrossentropy()(cancer.y_val.reshape(-1, 1), answers)
print("loss reported, below 0.5:", reported < 0.5)
print("loss of the answers it gave: about", round(float(of_the_answers)))

# %% [markdown] lang="en"
# This is why a baseline and a metric stand beside every loss in this course. Is it the same with every seed? The next
# cell trains the sound network and three quietly unsound ones under ten seeds, five epochs each, in the lecture's batches
# of 10; we come to the other two below. (The columns of `cancer` are standardised; `centre` and `spread` bring them back to
# the scale they were measured on.)

# %% [markdown] lang="ko"
# 그래서 이 과정에서는 손실 옆에 늘 기준선과 지표를 함께 둡니다. 시드가 바뀌어도 그럴까요? 다음 셀은 올바른 신경망 하나와 조용히 잘못된 신경망
# 셋을 강의처럼 10행씩 묶어 시드 열 개로 5에포크씩 훈련합니다. 나머지 둘은 아래에서 봅니다. (`cancer`의 열은 표준화되어 있습니다. `centre`와
# `spread`로 원래 측정한 크기로 되돌립니다.)

# %%
frame = data.frame("breast_cancer").drop(columns="target")
centre, spread = frame.mean().to_numpy(), frame.std().to_numpy()
x_train, x_val = (part * spread + centre for part in (cancer.x_train, cancer.x_val))
as_measured = (x_train, cancer.y_train, x_val, cancer.y_val)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # we have read the one about the softmax
    quiet = experiments.compare(
        {
            "sound": table_model,
            "softmax on one unit": lambda: table_model("softmax"),
            "columns as measured": experiments.Variant(table_model, dataset=as_measured),
            "one batch": experiments.Variant(table_model, fit={"batch_size": 341}),
        },
        (cancer.x_train, cancer.y_train, cancer.x_val, cancer.y_val),
        epochs=5,
        batch_size=10,
    )
print(quiet)

# %%
quiet.claim(
    "a softmax on one unit guesses, whatever it has learned",
    "last_val_accuracy",
    of="softmax on one unit",
    direction="lower",
    than=0.63,
    agree=10,
)

# %%
quiet.claim(
    "and yet its loss is a good one",
    "last_val_loss",
    of="softmax on one unit",
    direction="lower",
    than=0.2,
    agree=10,
)

# %% [markdown] lang="en" errata="E-61"
# > **In the lecture** (S1, all its models): the wine and rice tables go into the network as they were measured; none of
# > its cells scales a column.
# >
# > That runs as well, and it costs. In the cancer table one column goes up to 4,254 and two others stay below 0.05; the
# > large one drowns the rest, and the first losses are huge. Scale first, with the means and deviations of the training
# > rows (lesson 02).

# %% [markdown] lang="ko" errata="E-61"
# > **강의에서는** (S1의 모든 모델): 와인과 쌀 데이터를 측정한 값 그대로 신경망에 넣습니다. 열을 스케일링하는 셀이 없습니다.
# >
# > 이것도 오류 없이 실행되지만 대가를 치릅니다. 유방암 데이터에는 4,254까지 가는 열도 있고 0.05를 넘지 않는 열도 둘 있습니다. 큰 열이 나머지를
# > 덮어 버리고, 처음 손실이 엄청나게 큽니다. 먼저 훈련 데이터의 평균과 표준편차로 스케일링하세요(레슨 02).

# %% tags=["lecture"]
print("largest value:", frame.max().max())
print("columns that stay below 0.05:", sorted(frame.columns[frame.max() < 0.05]))
for name in ("columns as measured", "sound"):
    first_losses = quiet.history["loss"][quiet.place(name), :, 0]
    print(f"{name}: first loss above 1 with {np.sum(first_losses > 1)} of 10 seeds")
quiet.claim(
    "unscaled columns end with a higher validation loss",
    "last_val_loss",
    of="columns as measured",
    direction="higher",
    than="sound",
    margin=0.2,
)

# %% [markdown] lang="en" rows="S2-31 S2-32" errata="E-10"
# > **In the lecture** (S2, model.fit): *"batch_size가 너무 크면 학습 속도가 느려지고, 너무 작으면 … 전체 결과값이 불안정해질 수
# > 있음"*, too large a batch slows learning down, too small a one makes the results unstable.
# >
# > The second half is right. For the first, say which speed. An epoch in large batches is **quicker** by the clock: fewer
# > and larger multiplications. But it changes the weights less often, so it learns **less in an epoch**. The advice to
# > take a size that memory can bear stands; what it has to hold is rows × values.

# %% [markdown] lang="ko" rows="S2-31 S2-32" errata="E-10"
# > **강의에서는** (S2, 모델 실행): "batch_size가 너무 크면 학습 속도가 느려지고, 너무 작으면 … 전체 결과값이 불안정해질 수
# > 있음"이라고 합니다.
# >
# > 뒷말은 맞습니다. 앞말은 어떤 속도인지 가려야 합니다. 배치가 크면 작은 곱셈을 여러 번 하는 대신 큰 곱셈을 몇 번만 하므로 한 에포크에 걸리는 시간은 오히려
# > **짧아집니다**. 대신 가중치를 바꾸는 횟수가 줄어서 **한 에포크에 배우는 양이 적습니다**. 메모리가 감당할 크기를 고르라는 조언은 맞습니다.
# > 메모리는 배치의 행 수 × 값의 수만큼 듭니다.


# %% tags=["lecture", "nbval-ignore-output"]
def seconds_of_an_epoch(batch_size):
    model, taken = table_model(), []
    for _ in range(3):
        began = time.perf_counter()
        model.fit(cancer.x_train, cancer.y_train, batch_size=batch_size, verbose=0)
        taken.append(time.perf_counter() - began)
    return min(taken)  # the first one also prepares the model, the others may be disturbed


print("Rule: an epoch in one batch takes less than half the time of one in batches of 2.")
print("Verdict:", seconds_of_an_epoch(341) < seconds_of_an_epoch(2) / 2)

# %% tags=["lecture"]
quiet.claim(
    "one large batch has learned less after the same epochs",
    "last_loss",
    of="one batch",
    direction="higher",
    than="sound",
    margin=0.2,
)

# %% tags=["lecture"]
p = table_model().predict(cancer.x_train, verbose=0)[:, 0]
row_losses = -np.log(np.where(cancer.y_train == 1, p, 1 - p))
random = np.random.default_rng(0)
scatter = [
    np.std([random.choice(row_losses, size).mean() for _ in range(2000)]) for size in (10, 100)
]
print("the loss of 10 random rows scatters", round(scatter[0] / scatter[1]), "times as much as")
print("that of 100: the square root of 10")

# %% tags=["lecture"]
values = 784 + 64 + 32 + 64 + 10  # of the digits network below, for one picture, 4 bytes each
for rows in (32, 60_000):
    print(f"{rows:6,} pictures in a batch hold {rows * values * 4 / 1e6:.1f} MB")

# %% [markdown] lang="en" rows="S4-02"
# ## Practice 1: three hidden layers
#
# Now the network of the prediction at the top. The fourth lecture sets it as its first exercise; these are its layers:
#
# | input | hidden 1 | hidden 2 | hidden 3 | output |
# |---|---|---|---|---|
# | 784 | 64, sigmoid | 32, sigmoid | 64, sigmoid | 10, softmax |
#
# **How many weights will it have?** You can work it out.

# %% [markdown] lang="ko" rows="S4-02"
# ## 실습 1: 은닉층 세 개
#
# 이제 처음에 예상했던 신경망입니다. 네 번째 강의가 첫 실습으로 낸 것으로, 층은 다음과 같습니다.
#
# | 입력층 | 은닉 1층 | 은닉 2층 | 은닉 3층 | 출력층 |
# |---|---|---|---|---|
# | 784 | 64, 시그모이드 | 32, 시그모이드 | 64, 시그모이드 | 10, 소프트맥스 |
#
# **가중치는 모두 몇 개일까요?** 손으로 셀 수 있습니다.

# %% [markdown] lang="en" rows="S4-07 S4-08 S4-09"
# > **In the lecture** (S4, practice 1): *"아래와 같이 신경망을 구현하시오 !"*, build this network. The cell below is the
# > lecture's code.
# >
# > It runs. Three lines deserve a look. `model = Sequential()` stands there twice; the second one throws the first away.
# > `Flatten(input_shape=(784,))` gets rows that are flat already and changes nothing. And loss and optimizer are given as
# > a function and an object instead of names, which is fine: `SGD()` is "sgd" with its default learning rate of 0.01.

# %% [markdown] lang="ko" rows="S4-07 S4-08 S4-09"
# > **강의에서는** (S4, 실습1): "아래와 같이 신경망을 구현하시오 !"라고 합니다. 아래 셀이 강의의 코드입니다.
# >
# > 실행됩니다. 다만 세 줄은 짚고 갑시다. `model = Sequential()`이 두 번 있는데, 두 번째 줄이 첫 번째를 버립니다.
# > `Flatten(input_shape=(784,))`에는 이미 평평한 행이 들어오므로 아무것도 바뀌지 않습니다. 손실과 옵티마이저는 이름 대신 함수와 객체로
# > 주었는데, 괜찮습니다. `SGD()`는 기본 학습률 0.01인 "sgd"입니다.

# %% tags=["lecture"]
from tensorflow.keras.layers import Flatten
from tensorflow.keras.losses import categorical_crossentropy
from tensorflow.keras.optimizers import SGD

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the one about input_shape
    model = Sequential()
    model = Sequential()
    model.add(Flatten(input_shape=(784,)))
    model.add(Dense(64, activation="sigmoid"))
    model.add(Dense(32, activation="sigmoid"))
    model.add(Dense(64, activation="sigmoid"))
    model.add(Dense(10, activation="softmax"))
model.compile(optimizer=SGD(), loss=categorical_crossentropy, metrics=["accuracy"])
print("weights:", model.count_params())
print("learning rate:", round(float(model.optimizer.learning_rate), 6))
print("Flatten changes nothing:", np.array_equal(model.layers[0](flat[:3]), flat[:3]))

# %% [markdown] lang="en"
# The same network, written for pictures and class numbers, by a function that can build others too. **How many layers
# does it have?**

# %% [markdown] lang="ko"
# 같은 신경망을 그림과 클래스 번호에 맞게 다시 씁니다. 다른 신경망도 만들 수 있게 함수로 만듭니다. **층은 모두 몇 개일까요?**


# %%
def digits_model(*units, activation="relu", optimizer="rmsprop"):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for width in units:
        model.add(keras.layers.Dense(width, activation=activation))
    model.add(keras.layers.Dense(10, activation="softmax"))
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return model


def as_in_the_lecture():
    return digits_model(64, 32, 64, activation="sigmoid", optimizer="sgd")


keras.utils.set_random_seed(42)
practice = as_in_the_lecture()
plots.layers(practice)

# %% [markdown] lang="en" errata="E-51"
# > **In the lecture** (S4, practice 1): the title says *"3층 신경망"*, a network of three layers; the comments count from
# > "입력층 0층" to "출력층(4층)"; a later exercise with *two* hidden layers is "3층 신경망" again. And the log of the training
# > reads "875/1875".
# >
# > No count is wrong, but one should say what is counted. We count what has weights: three hidden layers and the output
# > make **four**. (`Flatten` has none, the input is no layer.) And 1,875 is the number of batches, 60,000 / 32; in "875"
# > a digit seems to have been lost.

# %% [markdown] lang="ko" errata="E-51"
# > **강의에서는** (S4, 실습1): 제목은 "3층 신경망"인데, 주석은 "입력층 0층"에서 "출력층(4층)"까지 셉니다. 은닉층이 *둘인* 뒤의 문제도 "3층
# > 신경망"입니다. 훈련 로그에는 "875/1875"가 찍혀 있습니다.
# >
# > 어떻게 세어도 틀린 것은 아니지만, 무엇을 세는지는 밝혀야 합니다. 우리는 가중치가 있는 층을 셉니다. 은닉층 셋과 출력층, 모두 **네 층**입니다.
# > (`Flatten`에는 가중치가 없고, 입력은 층이 아닙니다.) 1,875는 배치의 수 60,000 / 32이고, "875"는 숫자 하나가 빠진 것으로 보입니다.

# %% tags=["lecture"]
print("entries:", [layer.__class__.__name__ for layer in practice.layers])
print("layers with weights:", sum(layer.count_params() > 0 for layer in practice.layers))
print("batches in an epoch: lecture", int(np.ceil(60_000 / 32)), "here", int(np.ceil(3_000 / 32)))

# %% [markdown] lang="en" rows="S4-10"
# Now the experiment you made a prediction for: 20 epochs, validated on the 1,000 validation digits. (The lecture trains
# for 200 and gives its *test* digits to `validation_data`. Ours stay in the drawer.)

# %% [markdown] lang="ko" rows="S4-10"
# 이제 처음에 예상했던 실험입니다. 20에포크를 훈련하면서 검증 숫자 1,000장으로 확인합니다. (강의는 200에포크를 훈련하고 `validation_data`에
# *테스트* 숫자를 넣었습니다. 우리의 테스트 데이터는 서랍에 그대로 둡니다.)

# %%
validation = (digits.x_val, digits.y_val)
first = practice.fit(
    digits.x_train, digits.y_train, epochs=20, validation_data=validation, verbose=0
)
accuracy = first.history["val_accuracy"][-1]
print("training loss still above 2.25:", first.history["loss"][-1] > 2.25)
print("changes of the weights so far:", int(practice.optimizer.iterations))

# %%
reveal("03.p1", "abcd"[np.searchsorted([0.5, 0.8, 0.95], accuracy)])

# %% [markdown] lang="en"
# 2.303 was the loss of somebody who does not look. Is the network broken? Count the changes of the weights: the lecture's
# 200 epochs made 200 × 1,875 = 375,000 of them, our 20 epochs 1,880. An epoch is no unit of learning. So let us go on to
# the lecture's 200 epochs, with `training.fit`: it does what `model.fit` does, faster (lesson 05 puts that to the test).
# **What will the curve look like?**

# %% [markdown] lang="ko"
# 2.303은 그림을 보지 않는 사람의 손실이었습니다. 신경망이 고장 난 것일까요? 가중치를 바꾼 횟수를 세어 봅시다. 강의의 200에포크는
# 200 × 1,875 = 375,000번이고, 우리의 20에포크는 1,880번입니다. 에포크는 학습량의 단위가 아닙니다. 강의처럼 200에포크까지 계속해 봅시다.
# `training.fit`은 `model.fit`과 같은 일을 더 빨리 합니다(정말 같은지는 레슨 05에서 확인합니다). **곡선은 어떤 모양일까요?**

# %% tags=["nbval-ignore-output"]
later = training.fit(
    practice, digits.x_train, digits.y_train, initial_epoch=20, epochs=200, verbose=0
)
losses = first.history["loss"] + later.history["loss"]
plt.plot(range(1, 201), losses)
plt.axhline(np.log(10), color="grey", linestyle="--", label="constant guess: 2.303")
plt.title("The lecture's network on 3,000 digits: training loss")
plt.xlabel("epoch")
plt.ylabel("loss")
plt.legend()
plt.show()
plots.caption_curve({"loss": losses})

# %% [markdown] lang="en"
# It was not broken, only slow: a plateau of dozens of epochs, then a fall. Three sigmoids in a row pass on very little of
# the error, and plain SGD takes small steps. Lessons 12 and 13 are about exactly that. Is the depth worth the wait? We
# compare four networks under ten seeds, 8 epochs each in batches of 100, so each gets 240 changes: no hidden layer, one,
# three, and the lecture's three; the first three with relu and RMSprop. **Put them in order before you look.**

# %% [markdown] lang="ko"
# 고장이 아니라 느렸을 뿐입니다. 수십 에포크 동안 평평하다가 그제야 내려갑니다. 시그모이드 셋을 거치면 오차가 아주 조금밖에 전해지지 않고, 기본
# SGD는 보폭이 작습니다. 레슨 12와 13이 바로 그 이야기입니다. 층을 깊게 쌓은 보람은 있을까요? 신경망 네 개를 100장씩 묶어 8에포크씩, 그러니까
# 가중치를 240번씩 바꾸며 시드 열 개로 훈련해 비교합니다. 은닉층 없음, 하나, 셋, 그리고 강의의 셋입니다. 앞의 세 신경망은 렐루와 RMSprop을 씁니다. **보기 전에 순서를 매겨 보세요.**

# %%
runs = experiments.compare(
    {
        "no hidden layer": digits_model,
        "one hidden layer": lambda: digits_model(100),
        "three hidden layers": lambda: digits_model(64, 32, 64),
        "as in the lecture": as_in_the_lecture,
    },
    (digits.x_train, digits.y_train, *validation),
    epochs=8,
    batch_size=100,
)
print(runs)

# %% tags=["nbval-ignore-output"]
runs.plot("val_accuracy", title="Four networks, ten seeds: median and quartiles")

# %%
runs.claim(
    "one hidden layer beats the constant guess by 75 points",
    "last_val_accuracy",
    of="one hidden layer",
    direction="higher",
    than=0.85,
    agree=10,
)

# %%
runs.claim(
    "after 8 epochs the lecture's network has hardly begun",
    "last_val_accuracy",
    of="as in the lecture",
    direction="lower",
    than=0.5,
    agree=10,
)

# %%
runs.claim(
    "a hidden layer is worth a point",
    "last_val_accuracy",
    of="one hidden layer",
    direction="higher",
    than="no hidden layer",
    margin=0.01,
)

# %% [markdown] lang="en"
# And three layers against one? If depth alone made the difference, three should win clearly, say by 3 points.

# %% [markdown] lang="ko"
# 그러면 셋과 하나는 어떨까요? 깊이만으로 차이가 난다면 셋이 확실히, 이를테면 3점은 앞서야 합니다.

# %%
accuracy = dict(zip(runs.variants, runs.measure("last_val_accuracy"), strict=True))
gain = accuracy["three hidden layers"] - accuracy["one hidden layer"]
print("Rule: three hidden layers win if they are 3 points better than one.")
print("They win with", int(np.sum(gain >= 0.03)), "of 10 seeds.")

# %% [markdown] lang="en"
# So on these digits the second and the third layer bring nothing, and the network without any hidden layer is already a
# respectable rival. Ask both baselines before you stack more: the constant guess and the simplest network.

# %% [markdown] lang="ko"
# 이 데이터에서는 둘째, 셋째 은닉층이 보탬이 되지 않았고, 은닉층이 아예 없는 신경망도 만만치 않은 경쟁자입니다. 층을 더 쌓기 전에 두 기준선,
# 곧 한 가지 답과 가장 단순한 신경망에 먼저 물어보세요.

# %% [markdown] lang="en" rows="S4-12"
# ## Practice 2: evaluate
#
# The fourth lecture evaluates in a cell of its own and gets `[0.1008…, 0.9706…]`, with two arrows: error, accuracy. Loss
# first, then the metrics in the order of `compile`. Safer than remembering the order is to ask for names.

# %% [markdown] lang="ko" rows="S4-12"
# ## 실습 2: 평가
#
# 네 번째 강의는 평가를 따로 실행해 `[0.1008…, 0.9706…]`을 얻고 화살표로 "오차", "정확도"라고 적었습니다. 손실이 먼저이고, 그다음은 `compile`에
# 적은 순서대로 지표입니다. 순서를 외우기보다 이름으로 받는 편이 안전합니다.

# %%
pair = practice.evaluate(digits.x_val, digits.y_val, verbose=0)
named = practice.evaluate(digits.x_val, digits.y_val, return_dict=True, verbose=0)
print("by name:", sorted(named))
print("loss first:", np.allclose(pair, [named["loss"], named["accuracy"]]))
guess, _ = constant_guess(digits)
print("Rule: after 200 epochs, right at least 40 points more often than the constant guess.")
print("Verdict:", named["accuracy"] > guess + 0.4)

# %% [markdown] lang="en" rows="S2-33" errata="E-26"
# > **In the lecture** (S2 and S1): `model.evaluate(X, Y)`, on the very rows that `model.fit(X, Y, …)` has just trained
# > on; the first lecture prints the result as "Accuracy".
# >
# > That measures how well the network remembers, not how well it will do on new rows. The gap between the two is no
# > matter of luck: here it is under ten seeds. Evaluate on rows that were not trained on.

# %% [markdown] lang="ko" rows="S2-33" errata="E-26"
# > **강의에서는** (S2, S1): `model.fit(X, Y, …)`로 방금 훈련한 바로 그 데이터에 `model.evaluate(X, Y)`를 씁니다. 첫 번째 강의는 그
# > 결과를 "Accuracy"라고 출력합니다.
# >
# > 그것은 얼마나 잘 기억하는지를 잰 것이지, 새 데이터에서 얼마나 잘할지를 잰 것이 아닙니다. 둘의 차이는 우연이 아닙니다. 시드 열 개로
# > 확인해 보세요. 평가는 훈련에 쓰지 않은 데이터로 합니다.


# %% tags=["lecture"]
def flattery(run):
    # An understatement: fit takes "accuracy" while the weights are still getting better.
    return run["accuracy"][-1] - run["val_accuracy"][-1]


runs.claim(
    "its own training rows flatter the network by 2 points",
    flattery,
    of="one hidden layer",
    direction="higher",
    than=0.02,
    agree=10,
)

# %% [markdown] lang="en" errata="E-30"
# > **In the lecture** (S3, after `np.argmax(model.predict(val_scaled), axis=-1)`): *"이 함수는 배열에서 가장 큰 값을
# > 반환한다."*, this function returns the largest value of the array.
# >
# > It returns the **place** of the largest value, and that is why it works: `predict` gives ten probabilities for each
# > picture, and the place of the largest one is the class number. (Old code calls `model.predict_classes`; that method is
# > gone.)

# %% [markdown] lang="ko" errata="E-30"
# > **강의에서는** (S3, `np.argmax(model.predict(val_scaled), axis=-1)` 다음): "이 함수는 배열에서 가장 큰 값을 반환한다."라고
# > 합니다.
# >
# > 돌려주는 것은 가장 큰 값의 **자리**입니다. 그래서 이 코드가 맞습니다. `predict`는 그림마다 확률 열 개를 주고, 가장 큰 확률의 자리가 곧
# > 클래스 번호입니다. (예전 코드에 나오는 `model.predict_classes`는 없어진 메서드입니다.)

# %% tags=["lecture"]
chances = [0.1, 0.7, 0.2]
print("argmax:", np.argmax(chances), " max:", np.max(chances))
probabilities = practice.predict(digits.x_val, verbose=0)
classes = np.argmax(probabilities, axis=-1)
print(probabilities.shape, "->", classes.shape)
print("accuracy by hand is evaluate's:", np.isclose(np.mean(classes == digits.y_val), pair[1]))
try:
    practice.predict_classes(digits.x_val)
except AttributeError as error:
    print(type(error).__name__)

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `count_weights(inputs, units)`: the number of weights, biases counted, of a stack of `Dense`
# layers. `inputs` is the number of values that come in, `units` a list with the units of each layer. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** `Dense` 층을 쌓은 신경망의 가중치(편향 포함)가 모두 몇 개인지 돌려주는 `count_weights(inputs, units)`를 작성하세요. `inputs`는
# 들어오는 값의 수, `units`는 층마다의 유닛 수를 담은 리스트입니다. `...` 자리를 채우세요.


# %% tags=["exercise"]
def count_weights(inputs, units):
    return ...


check("03.e1", count_weights)

# %% [markdown] lang="en"
# **Exercise 2.** Write `msle(y_t, y_o)` for two NumPy arrays of shape (n,): the mean squared logarithmic error over all
# rows, as Keras computes it.

# %% [markdown] lang="ko"
# **연습 2.** 모양이 (n,)인 넘파이 배열 두 개를 받아, 케라스처럼 계산한 평균 제곱 로그 오차를 모든 행에 대해 평균하여 돌려주는
# `msle(y_t, y_o)`를 작성하세요.


# %% tags=["exercise"]
def msle(y_t, y_o):
    return ...


check("03.e2", msle)

# %% [markdown] lang="en"
# **Exercise 3.** Write `mean_crossentropy(labels, probabilities)`: the mean over the rows of the sparse categorical
# cross-entropy. `labels` holds n class numbers, `probabilities` has the shape (n, classes).

# %% [markdown] lang="ko"
# **연습 3.** 희소 범주형 교차 엔트로피(sparse categorical cross-entropy)의 행 평균을 돌려주는
# `mean_crossentropy(labels, probabilities)`를 작성하세요. `labels`에는 클래스 번호 n개가 있고, `probabilities`의 모양은 (n, 클래스
# 수)입니다.


# %% tags=["exercise"]
def mean_crossentropy(labels, probabilities):
    return ...


check("03.e3", mean_crossentropy)

# %% [markdown] lang="en"
# Stuck? Run `hint("03.e1")`, or `solution("03.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("03.e1")`을, 해 본 다음에는 `solution("03.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("03")

# %% [markdown] lang="en"
# ## Summary
#
# - First ask what a constant guess gives: 10 % and a loss of 2.303 for ten equal classes.
# - A Dense layer is a multiplication, a bias and an activation; it has (inputs + 1) × units weights.
# - `keras.Input` first, `metrics` as a list, the optimizer by name.
# - Last layer, labels and loss belong together. A mismatch may raise an error, or only a low score.
# - MAPE is in per cent and explodes near 0; the 1 of MSLE stands inside the logarithm.
# - Large batches make quick epochs with few changes of the weights. Count changes, not epochs.
# - Evaluate on rows that were not trained on; `argmax` gives the place, the class number.

# %% [markdown] lang="ko"
# ## 정리
#
# - 먼저 한 가지 답의 성적을 알아봅니다. 똑같은 크기의 클래스가 열 개이면 정확도 10%, 손실 2.303입니다.
# - Dense 층은 곱하고 더하고 편향을 더해 활성화 함수를 지나는 것입니다. 가중치는 (입력 수 + 1) × 유닛 수입니다.
# - 맨 앞에 `keras.Input`, `metrics`는 리스트로, 옵티마이저는 이름을 적어서.
# - 마지막 층, 레이블, 손실은 서로 맞아야 합니다. 어긋나면 오류가 날 수도, 점수만 낮을 수도 있습니다.
# - MAPE는 퍼센트이고 0 근처에서 폭발합니다. MSLE의 1은 로그 안에 있습니다.
# - 배치가 크면 에포크는 빨리 끝나지만 가중치를 바꾸는 횟수가 적습니다. 에포크가 아니라 그 횟수를 세세요.
# - 평가는 훈련에 쓰지 않은 데이터로 합니다. `argmax`가 주는 것은 값이 아니라 자리, 곧 클래스 번호입니다.
