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
# A `History` lives as long as the variable that holds it. TensorBoard works with files: a callback writes down what happens
# during training, and a web page draws it, today, tomorrow, or while the training still runs. This lesson is about both
# ends: what the callback writes, argument by argument, and how to look at it, also where the web page will not open.
#
# First a trap that nearly everybody walks into. We train a network for five epochs with `TensorBoard(log_dir="logs")`, build
# a new network, and train five epochs more with the **same** folder. **What does the curve of the loss look like then?**

# %% [markdown] lang="ko"
# `History`는 담아 둔 변수가 사라지면 함께 사라집니다. 텐서보드(TensorBoard)는 파일로 일합니다. 콜백이 훈련 중에 일어난 일을 파일에
# 적으면, 웹 페이지가 그것을 그려 줍니다. 훈련이 끝난 뒤에도, 내일도, 훈련하는 도중에도 볼 수 있습니다. 이 레슨에서는 그 양쪽을
# 다룹니다. 콜백이 무엇을 적는지 인자 하나하나 살펴보고, 적힌 것을 보는 방법을 익힙니다. 웹 페이지가 열리지 않는 곳에서도 볼 수 있게
# 합니다.
#
# 먼저 거의 누구나 한 번은 빠지는 함정입니다. `TensorBoard(log_dir="logs")`로 신경망을 5에포크 훈련합니다. 그리고 신경망을 새로
# 만들어 **같은** 폴더로 5에포크를 또 훈련합니다. **손실 곡선은 어떤 모양이 될까요?**

# %%
import subprocess
import sys
import tempfile
from pathlib import Path

import keras
import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import api as hp
from tensorboard.util.tensor_util import make_ndarray

from helpers import data, experiments, plots, tensorboard, training
from helpers.errors import CourseError
from helpers.i18n import say
from helpers.quiz import check, hint, predict, quiz, reveal, solution

predict("11.p1")

# %% [markdown] lang="en" rows="S1-55 S1-57 S1-58 S5-61 S5-64"
# ## What TensorBoard does
#
# The first lecture introduces it as a tool that offers *"머신러닝 실험에 필요한 시각화"*, the pictures that experiments in
# machine learning need: above all the course of loss and accuracy. The fifth lecture names the steps:
#
# 1. The **callback** `TensorBoard` in the list of `fit` writes records into a **log folder**.
# 2. The **program** TensorBoard reads that folder and serves a web page.
# 3. You look at the page. TensorBoard reads the folder again every few seconds.
#
# Between the two there is nothing but files, so-called **event files**. Whoever writes such files can use the page: PyTorch
# does (`torch.utils.tensorboard.SummaryWriter`), and so can a loop of your own. And whoever reads them can draw the
# pictures: that is what we do here with `helpers.tensorboard`.

# %% [markdown] lang="ko" rows="S1-55 S1-57 S1-58 S5-61 S5-64"
# ## 텐서보드가 하는 일
#
# 첫 번째 강의는 텐서보드를 "머신러닝 실험에 필요한 시각화 및 도구를 제공"하는 것이라고 소개합니다. 손실과 정확도 같은 측정값을
# 추적하는 것이 대표적입니다. 다섯 번째 강의는 쓰는 순서를 말해 줍니다.
#
# 1. `fit`의 리스트에 넣은 **콜백** `TensorBoard`가 **로그 폴더**에 기록을 남깁니다.
# 2. **프로그램** 텐서보드가 그 폴더를 읽어 웹 페이지로 보여 줍니다.
# 3. 그 페이지를 보면 됩니다. 텐서보드는 몇 초마다 폴더를 다시 읽습니다.
#
# 둘 사이에 오가는 것은 파일뿐입니다. **이벤트 파일**(event file)이라고 합니다. 그래서 이 파일을 쓸 줄 알면 누구나 페이지를 이용할 수
# 있습니다. 파이토치에는 `torch.utils.tensorboard.SummaryWriter`가 있고, 직접 만든 반복문에서도 쓸 수 있습니다. 반대로 이 파일을
# 읽을 줄 알면 누구나 그림을 그릴 수 있습니다. 여기서는 `helpers.tensorboard`로 그렇게 합니다.

# %%
digits = data.load("mnist")
x_train, y_train = digits.x_train[:500], digits.y_train[:500]
validation = (digits.x_val[:300], digits.y_val[:300])


def build_digits_model(units=32, learning_rate=0.001):
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dense(units, activation="relu", name="hidden"),
            keras.layers.Dense(10, activation="softmax", name="output"),
        ],
        name="digits",
    )
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown] lang="en" rows="S5-65 S5-71"
# ## The first log
#
# The one argument you always give is `log_dir`, the folder. The lectures write `log_dir='logs'`; here we take a temporary
# folder, so that nothing stays behind in the course. The callback makes the folder itself. **How many files will five epochs
# with validation data leave?**

# %% [markdown] lang="ko" rows="S5-65 S5-71"
# ## 첫 번째 기록
#
# 언제나 주는 인자는 폴더를 정하는 `log_dir` 하나입니다. 강의에서는 `log_dir='logs'`라고 씁니다. 여기서는 과정 폴더에 아무것도
# 남지 않도록 임시 폴더를 씁니다. 폴더는 콜백이 알아서 만듭니다. **검증 데이터와 함께 5에포크를 훈련하면 파일이 몇 개 생길까요?**

# %%
logs = Path(tempfile.mkdtemp()) / "logs"
keras.utils.set_random_seed(42)
model = build_digits_model()
tensorboard_callback = keras.callbacks.TensorBoard(log_dir=logs / "first")
history = model.fit(
    x_train,
    y_train,
    epochs=5,
    validation_data=validation,
    verbose=0,
    callbacks=[tensorboard_callback],
)
print(*tensorboard.files(logs / "first"), sep="\n")

# %% [markdown] lang="en"
# Two: one folder for what was measured in training, one for the validation. Each folder is a **run**, and a run becomes a
# curve. The real names are longer: where `…` stands they hold the time, the name of the computer and the number of the
# process. Think of that before you publish a log.

# %% [markdown] lang="ko"
# 두 개입니다. 훈련에서 잰 것과 검증에서 잰 것이 따로 폴더를 가집니다. 폴더 하나가 **런**(run) 하나이고, 런 하나가 곡선 하나가
# 됩니다. 실제 파일 이름은 더 깁니다. `…` 자리에 시각, 컴퓨터 이름, 프로세스 번호가 들어 있습니다. 로그를 남에게 공개하기 전에 한 번
# 생각해 볼 일입니다.

# %% [markdown] lang="en" rows="S5-71" errata="E-43"
# > **In the lecture** (S5, "TensorBoard 사용 방법"): `tf.keras.callbacks.TensorBoard(log_dir="./logs")` into the list, `fit`,
# > done.
# >
# > Not any more. Until TensorFlow 2.20, `pip install tensorflow` brought TensorBoard along; TensorFlow 2.21 does not, and the
# > callback cannot write without it. The cell below starts a second Python in which importing `tensorboard` is forbidden.
# > **When will it fail: when the callback is made, or later?**

# %% [markdown] lang="ko" rows="S5-71" errata="E-43"
# > **강의에서는** (S5, "TensorBoard 사용 방법"): `tf.keras.callbacks.TensorBoard(log_dir="./logs")`를 리스트에 넣고 `fit`을
# > 부르면 끝입니다.
# >
# > 이제는 그렇지 않습니다. 텐서플로 2.20까지는 `pip install tensorflow`가 텐서보드를 함께 설치했지만 2.21부터는 설치하지
# > 않습니다. 텐서보드가 없으면 콜백은 기록하지 못합니다. 아래 셀은 `tensorboard`를 불러올 수 없게 막은 파이썬을 하나 더
# > 실행합니다. **언제 오류가 날까요? 콜백을 만들 때일까요, 그 뒤일까요?**

# %% tags=["lecture"]
CODE = """
import sys
sys.modules["tensorboard"] = None  # as if it were not installed
import keras, numpy as np
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile(loss="mse")
tell = keras.callbacks.LambdaCallback(
    on_epoch_begin=lambda epoch, logs: print("epoch", epoch + 1, "begins")
)
callback = keras.callbacks.TensorBoard(log_dir=sys.argv[1])
print("the callback is made")
model.fit(np.ones((32, 2)), np.ones(32), epochs=3, verbose=0, callbacks=[tell, callback])
"""
finished = subprocess.run(
    [sys.executable, "-c", CODE, str(logs / "without")], capture_output=True, text=True
)
name, _, message = finished.stderr.strip().splitlines()[-1].partition(": ")
print(finished.stdout + name.rsplit(".", 1)[-1] + ":", message)

# %% [markdown] lang="en"
# At the end of the first epoch, which can be an hour into the training. The cure is one line, then a restart of the kernel:
#
# ```
# %pip install tensorboard
# ```
#
# This course names `tensorboard` in its own list of packages, and Colab has it. On Colab leave it at the version that is
# there: it fits the TensorFlow beside it.
#
# The fifth lecture lists nine arguments and `**kwargs`. The nine work as before. What used to hide in `**kwargs` is gone.

# %% [markdown] lang="ko"
# 첫 에포크가 끝날 때입니다. 한 에포크가 한 시간이라면 한 시간 뒤입니다. 고치는 방법은 한 줄입니다. 실행한 뒤 커널을 다시
# 시작하세요.
#
# ```
# %pip install tensorboard
# ```
#
# 이 과정의 패키지 목록에는 `tensorboard`가 따로 들어 있고, 코랩에도 설치되어 있습니다. 코랩에서는 이미 있는 버전을 그대로 쓰세요.
# 함께 설치된 텐서플로에 맞는 버전입니다.
#
# 다섯 번째 강의는 인자 아홉 개와 `**kwargs`를 보여 줍니다. 아홉 개는 예전처럼 쓸 수 있습니다. `**kwargs`로 받던 옛 인자들은
# 없어졌습니다.

# %% [markdown] lang="en" rows="S5-67 S5-70"
# > **In the lecture** (S5, "TensorBoard 콜백함수의 인자"): the signature ends with `embeddings_metadata=None, **kwargs`.
# > In old programs you will see `write_grads=True` there. What does it do today?

# %% [markdown] lang="ko" rows="S5-67 S5-70"
# > **강의에서는** (S5, "TensorBoard 콜백함수의 인자"): 인자 목록이 `embeddings_metadata=None, **kwargs`로 끝납니다. 오래된
# > 프로그램에서는 여기에 `write_grads=True`를 쓰기도 합니다. 지금은 어떻게 될까요?

# %% tags=["lecture"]
callback = keras.callbacks.TensorBoard(
    log_dir="logs",
    histogram_freq=0,
    write_graph=True,
    write_images=False,
    write_steps_per_second=False,
    update_freq="epoch",
    profile_batch=0,
    embeddings_freq=0,
    embeddings_metadata=None,
)
print("nine arguments:", type(callback).__name__)
try:
    keras.callbacks.TensorBoard(log_dir="logs", write_grads=True)
except TypeError as error:
    print("write_grads: TypeError,", str(error).split(" got ")[-1])

# %% [markdown] lang="en" rows="S1-58 S5-64"
# ## Looking at it
#
# `tensorboard.show(folder)` draws what the files hold. It starts no server, so it works in every notebook. Note the x axis:
# the callback writes the number that Keras gives the epoch, and **that begins at 0**. What this course calls epoch 1 stands
# at 0 in TensorBoard.

# %% [markdown] lang="ko" rows="S1-58 S5-64"
# ## 살펴보기
#
# `tensorboard.show(폴더)`는 파일에 적힌 것을 그려 줍니다. 서버를 띄우지 않으므로 어느 노트북에서나 됩니다. x축을 눈여겨보세요.
# 콜백은 케라스가 매긴 에포크 번호를 그대로 적는데, **이 번호는 0부터 시작합니다**. 이 과정에서 1번째 에포크라고 부르는 것이
# 텐서보드에서는 0입니다.

# %% tags=["nbval-ignore-output"]
tensorboard.show(logs / "first", "scalars")

# %% [markdown] lang="en"
# A number that is recorded step by step is a **scalar** to TensorBoard, and the name it is recorded under is its **tag**.
# `tensorboard.tags` lists all of them. Which do you not know from `History`?

# %% [markdown] lang="ko"
# 단계마다 하나씩 기록되는 수를 텐서보드에서는 **스칼라**(scalar)라고 하고, 기록에 붙은 이름을 **태그**(tag)라고 합니다.
# `tensorboard.tags`는 태그를 모두 늘어놓습니다. `History`에서 보지 못한 것은 어느 것인가요?

# %%
tensorboard.tags(logs / "first")

# %% [markdown] lang="en"
# Three kinds are new. `epoch_learning_rate` is the rate the optimizer had. `evaluation_…_vs_iterations` are the validation
# values once more, now over the number of weight updates instead of epochs: useful when runs have different batch sizes.
# And `keras` is the description of the model; we will draw it.
#
# To read the values in your own program you need `EventAccumulator`. **Under which heading will it list `epoch_loss`?**

# %% [markdown] lang="ko"
# 세 가지가 새롭습니다. `epoch_learning_rate`는 옵티마이저의 학습률입니다. `evaluation_…_vs_iterations`는 검증 값을 한 번 더 적은
# 것인데, 에포크가 아니라 가중치를 갱신한 횟수를 가로축으로 합니다. 배치 크기가 다른 훈련을 비교할 때 쓸모가 있습니다. `keras`는 모델의
# 구조입니다. 뒤에서 그려 보겠습니다.
#
# 자기 프로그램에서 값을 읽으려면 `EventAccumulator`를 씁니다. **`epoch_loss`는 어느 항목에 들어 있을까요?**

# %%
events = EventAccumulator(str(logs / "first" / "train")).Reload()
found = events.Tags()
print("scalars:", found["scalars"])
print("tensors:", sorted(found["tensors"]))

# %% [markdown] lang="en"
# Under `tensors`. Since TensorFlow 2 every value is stored as a tensor, and `events.Scalars("epoch_loss")`, which many
# answers on the web recommend, ends in a `KeyError`. `Tensors` gives the points, `make_ndarray` the value in each. Are they
# the numbers of the `History`?

# %% [markdown] lang="ko"
# `tensors`에 들어 있습니다. 텐서플로 2부터는 모든 값을 텐서로 저장하기 때문입니다. 웹에서 흔히 보이는
# `events.Scalars("epoch_loss")`는 `KeyError`로 끝납니다. `Tensors`로 점들을 얻고, 점마다 `make_ndarray`로 값을 꺼냅니다.
# `History`의 값과 같을까요?

# %%
points = events.Tensors("epoch_loss")
values = [make_ndarray(point.tensor_proto).item() for point in points]
print("steps:", [point.step for point in points])
print("the same as in the History:", np.allclose(values, history.history["loss"]))

# %% [markdown] lang="en" rows="S1-56 S5-63 S5-72"
# ## The real TensorBoard
#
# The page itself can do more than our drawings: zoom, smooth curves, search tags, choose among hundreds of runs. There are
# three ways to it.
#
# - In this notebook: `tensorboard.serve(logs)`. Set `OPEN = True` below and run the cell. It picks a free port, opens the page
#   below the cell and gives you a link; it ends with the kernel. Behind JupyterHub it goes through jupyter-server-proxy.
# - In any notebook, Colab included: `%load_ext tensorboard`, and in the next line `%tensorboard --logdir logs`.
# - On the command line: `tensorboard --logdir=logs`, then open the address that it prints.
#
# So `show` draws and `serve` opens the real thing. Do not be surprised if its values differ from the `History`: it smooths
# the curves (*Smoothing* 0.6 in its settings); the pale line is what was recorded. If the frame stays white or says 403 (browsers that block third-party
# cookies do that in Colab), use the link, another browser, or `show`.

# %% [markdown] lang="ko" rows="S1-56 S5-63 S5-72"
# ## 진짜 텐서보드 열기
#
# 진짜 페이지는 우리가 그린 그림보다 할 수 있는 일이 많습니다. 확대하고, 곡선을 매끄럽게 하고, 태그를 찾고, 수백 개의 런에서 골라
# 봅니다. 여는 방법은 세 가지입니다.
#
# - 이 노트북에서: `tensorboard.serve(logs)`. 아래에서 `OPEN = True`로 고치고 셀을 실행하세요. 빈 포트를 골라 셀 아래에 페이지를 열고
#   링크도 보여 줍니다. 커널이 끝나면 함께 끝납니다. JupyterHub에서는 jupyter-server-proxy를 거칩니다.
# - 코랩을 포함한 모든 노트북에서: `%load_ext tensorboard`를 실행하고, 다음 줄에 `%tensorboard --logdir logs`.
# - 명령줄에서: `tensorboard --logdir=logs`를 실행하고, 출력된 주소를 엽니다.
#
# 곧 `show`는 그리고 `serve`는 진짜를 엽니다. 진짜 페이지의 값이 `History`와 다르게 보일 수 있습니다. 곡선을 매끄럽게 하기
# 때문입니다(설정의 *Smoothing* 0.6). 옅은 선이 기록된 값입니다. 화면이 하얗거나 403이 나오면(제3자 쿠키를 막는 브라우저가 코랩에서 그럽니다) 링크를
# 누르거나, 다른 브라우저를 쓰거나, `show`를 쓰세요.

# %%
OPEN = False  # True opens the real TensorBoard below this cell
if OPEN:
    tensorboard.serve(logs)

# %% [markdown] lang="en" rows="S1-56 S5-63 S5-72" errata="E-43"
# > **In the lecture** (S1, "Tensorboard란?"; S5, "장점" and the command line): *"학습이 모두 종료된 이후 시각화를 할 수 있는
# > matplotlib과는 달리, … 실시간 시각화가 가능"*, unlike matplotlib, which can draw only once training is over, TensorBoard
# > shows it in real time; and *"포트와 IP를 설정하면 서버가 아닌 원격에서"*, with port and IP it can be used from afar.
# >
# > Half of each. Matplotlib can draw during training, from `on_epoch_end`: `plots.LivePlot` of lesson 10 does. And the
# > command `tensorboard --logdir=path_to_your_logs` works as it did, but what it serves can be opened on the same computer
# > only. `--bind_all --port 6006` opens it to the whole network, **without a password**: do that among colleagues only. Over
# > the internet use an SSH tunnel, `ssh -L 6006:localhost:6006 computer`.
# >
# > And how real is real time? The cell reads the event file at the end of each epoch. **How many of the epochs trained
# > so far can be read at that moment?**

# %% [markdown] lang="ko" rows="S1-56 S5-63 S5-72" errata="E-43"
# > **강의에서는** (S1, "Tensorboard란?", S5, "장점"과 명령줄): "학습이 모두 종료된 이후 시각화를 할 수 있는 matplotlib과는 달리,
# > 훈련하는 도중에도 실시간 시각화가 가능하다", 그리고 "포트와 IP를 설정하면 서버가 아닌 원격에서 이 결과물을 활용 가능"하다고 합니다.
# >
# > 둘 다 반만 맞습니다. 맷플롯립도 `on_epoch_end`에서 부르면 훈련 도중에 그릴 수 있습니다. 레슨 10의 `plots.LivePlot`이 그렇게
# > 합니다. 그리고 `tensorboard --logdir=path_to_your_logs` 명령은 예전처럼 되지만, 그 페이지는 같은 컴퓨터에서만 열립니다.
# > `--bind_all --port 6006`을 붙이면 네트워크 전체에 **비밀번호 없이** 열립니다. 믿을 수 있는 사람들끼리만 쓰세요. 인터넷
# > 너머에서 볼 때는 `ssh -L 6006:localhost:6006 컴퓨터`처럼 SSH 터널을 씁니다.
# >
# > 그런데 '실시간'은 얼마나 실시간일까요? 아래 셀은 에포크가 끝날 때마다 이벤트 파일을 읽습니다. **그 순간 읽을 수 있는 것은 지금까지
# > 훈련한 에포크 가운데 몇 개일까요?**


# %% tags=["lecture"]
class Peek(keras.callbacks.Callback):
    """Note after each epoch how many epochs the event file tells of."""

    def on_train_begin(self, logs=None):
        self.readable = []

    def on_epoch_end(self, epoch, logs=None):
        self.readable.append(epochs_in(folder))


def epochs_in(folder):
    scalars = tensorboard.read(folder).runs["train"].scalars
    return len(scalars["epoch_loss"].steps) if "epoch_loss" in scalars else 0


folder, peek = logs / "live", Peek()
callbacks = [keras.callbacks.TensorBoard(folder), peek]
build_digits_model().fit(x_train, y_train, epochs=6, verbose=0, callbacks=callbacks)
print("epoch by epoch:", peek.readable)
print("after training:", epochs_in(folder))

# %% [markdown] lang="en"
# All of them: the callback puts its records on the disk at the end of every epoch. TensorBoard reads the folder again every
# five seconds, and the open page fetches it when you click the round arrow at the top right, or by itself if you tick
# *Reload data* in its settings. That tick is not set by default, so do not wait for a curve to move on its own.

# %% [markdown] lang="ko"
# 전부입니다. 콜백은 에포크가 끝날 때마다 기록을 디스크에 씁니다. 텐서보드는 5초마다 폴더를 다시 읽고, 열려 있는 페이지는 오른쪽 위의
# 둥근 화살표를 누르면 새로 그려집니다. 설정에서 *Reload data*를 켜 두면 저절로 새로 그립니다. 처음에는 꺼져 있으니, 곡선이 저절로
# 움직이기를 기다리지 마세요.

# %% [markdown] lang="en"
# ## One folder for each run
#
# Now the question from the beginning: two networks, one folder. You have predicted what becomes of the curve.

# %% [markdown] lang="ko"
# ## 훈련마다 폴더 하나
#
# 이제 처음에 던진 질문입니다. 신경망 두 개를 같은 폴더에 기록합니다. 곡선이 어떻게 될지 예상해 두었습니다.

# %%
for seed in (1, 2):
    keras.utils.set_random_seed(seed)
    callback = keras.callbacks.TensorBoard(logs / "same")
    build_digits_model().fit(x_train, y_train, epochs=5, verbose=0, callbacks=[callback])
print(*tensorboard.files(logs / "same"), sep="\n")
steps = tensorboard.read(logs / "same").runs["train"].scalars["epoch_loss"].steps.tolist()
print("steps of epoch_loss:", steps)
outcomes = {"a": [*range(5)], "b": [*range(10)], "c": [*range(5)] * 2}
reveal("11.p1", next(option for option, expected in outcomes.items() if steps == expected))

# %% tags=["nbval-ignore-output"]
tensorboard.show(logs / "same", "scalars", ["epoch_loss"])

# %% [markdown] lang="en"
# Two files in one run, so one curve, and it runs back to the left in its middle. Nothing warns you. The rule: **a new folder for every
# training**, named after what is special about it, all of them below one folder that you give to TensorBoard.

# %% [markdown] lang="ko"
# 런 하나에 파일이 두 개이고, 곡선은 하나인데 중간에 왼쪽으로 되돌아갑니다. 경고도 없습니다. 규칙은 이렇습니다. **훈련마다 새 폴더**를
# 쓰고, 무엇이 다른 훈련인지 알 수 있게 이름을 붙이고, 모두 한 폴더 아래에 두고 그 폴더를 텐서보드에 줍니다.

# %% tags=["nbval-ignore-output"]
for units in (8, 64):
    keras.utils.set_random_seed(42)
    model = build_digits_model(units)
    callback = keras.callbacks.TensorBoard(logs / "sizes" / f"{units} units")
    model.fit(
        x_train, y_train, epochs=5, validation_data=validation, verbose=0, callbacks=[callback]
    )
tensorboard.show(logs / "sizes", "scalars", ["epoch_loss"])

# %% [markdown] lang="en" rows="S5-66 S5-67 S5-68 S5-69 S5-70"
# ## The arguments, one by one
#
# `log_dir` you know. For each of the others we train two epochs with it and look at what is there that was not there
# without it: new tags, new files. A small function does that.

# %% [markdown] lang="ko" rows="S5-66 S5-67 S5-68 S5-69 S5-70"
# ## 인자 하나씩
#
# `log_dir`은 이미 알고 있습니다. 나머지는 하나씩 넣어 2에포크를 훈련하고, 넣지 않았을 때와 무엇이 다른지 봅니다. 새로 생긴 태그와 새로
# 생긴 파일입니다. 작은 함수를 하나 만들어 두겠습니다.


# %%
def record(name, **arguments):
    """Train two epochs with a TensorBoard callback; return the tags (with points) and the files."""
    keras.utils.set_random_seed(42)
    callback = keras.callbacks.TensorBoard(logs / name, **arguments)
    build_digits_model().fit(
        x_train, y_train, epochs=2, validation_data=validation, verbose=0, callbacks=[callback]
    )
    table = tensorboard.tags(logs / name)
    tags = {f"{row.run}: {row.tag} ({row.points})" for row in table.itertuples()}
    return tags, set(tensorboard.files(logs / name))


def compare_with_plain(name, **arguments):
    for kind, before, now in zip(("tag", "file"), plain, record(name, **arguments), strict=True):
        for sign, entries in (("+", now - before), ("-", before - now)):
            for entry in sorted(entries):
                print(sign, kind, entry)


plain = record("plain")
print(len(plain[0]), "tags,", len(plain[1]), "files")

# %% [markdown] lang="en" rows="S5-66"
# **`update_freq`** says how often: `"epoch"`, `"batch"`, or a number of batches. 500 digits in batches of 32 are 16 batches,
# so two epochs have 32. **How many points will each of the two below add?**

# %% [markdown] lang="ko" rows="S5-66"
# **`update_freq`**: 얼마나 자주 적을지 정합니다. `"epoch"`, `"batch"`, 또는 배치 수입니다. 숫자 500장을 32장씩 나누면 배치가 16개이고,
# 2에포크면 32개입니다. **아래 두 가지는 점을 몇 개씩 더할까요?**

# %%
for update_freq in ("batch", 10):
    print(f"update_freq={update_freq!r}")
    compare_with_plain(f"update {update_freq}", update_freq=update_freq)

# %% [markdown] lang="en"
# The tags begin with `batch_`. Only multiples are written: with 10 the batches 10, 20, 30. And look at the lines with a
# minus: with 10 the values of the epochs are **missing**. They too are written only if the number of the epoch's last batch,
# here 16 and 32, is a multiple. So choose a number that divides the batches of an epoch. The fifth lecture warns that
# `'batch'` makes training slower (학습 속도가 느려짐). Right: it writes to the disk after every batch; such a number is the middle
# way. Where does the curve of `batch_loss` jump?

# %% [markdown] lang="ko"
# 태그가 `batch_`로 시작합니다. 배수가 되는 배치만 적습니다. 10이면 10, 20, 30번째 배치입니다. 그런데 빼기표가 붙은 줄을 보세요. 10으로
# 하자 에포크의 값이 **사라졌습니다**. 에포크의 마지막 배치 번호(여기서는 16과 32)가 배수일 때만 적기 때문입니다. 그러니 한 에포크의 배치
# 수를 나누어떨어지게 하는 수를 고르세요. 다섯 번째 강의는 `'batch'`로 하면
# "학습 속도가 느려짐"이라고 합니다. 맞습니다. 배치마다 디스크에 쓰기 때문입니다. 이런 수를 주는 것이 절충안입니다. `batch_loss`
# 곡선은 어디에서 뚝 떨어질까요?

# %% tags=["nbval-ignore-output"]
tensorboard.show(logs / "update batch", "scalars", ["batch_"])

# %% [markdown] lang="en"
# Where the second epoch begins, between 16 and 17. What is written is not the loss of that batch but the mean over the
# epoch **so far** (lesson 10), and at a new epoch the mean starts anew.

# %% [markdown] lang="ko"
# 두 번째 에포크가 시작하는 곳, 16과 17 사이입니다. 적히는 값은 그 배치의 손실이 아니라 그 에포크에서 **그때까지의 평균**이기
# 때문입니다(레슨 10). 새 에포크가 되면 평균을 처음부터 다시 냅니다.

# %% [markdown] lang="en" rows="S5-67 S5-68 S5-69 S1-59"
# The next four only appear in the lecture's signature. **`histogram_freq`** records all weights and biases every so many
# epochs, **`write_images`** their pictures, **`write_steps_per_second`** the speed, **`write_graph`** the model. Three are off
# by default and one is on. **One of the four does nothing by itself. Which?**

# %% [markdown] lang="ko" rows="S5-67 S5-68 S5-69 S1-59"
# 다음 네 가지는 강의의 인자 목록에 이름만 나옵니다. **`histogram_freq`**: 몇 에포크마다 모든 가중치(weight)와 편향(bias)을 기록합니다.
# **`write_images`**: 그것을 그림으로 남깁니다. **`write_steps_per_second`**: 속도를 적습니다. **`write_graph`**: 모델의 구조를
# 적습니다. 셋은 꺼져 있고 하나는 켜져 있는 것이 기본입니다. **이 가운데 혼자서는 아무 일도 하지 않는 것이 하나 있습니다. 어느
# 것일까요?**

# %%
for argument, value in {
    "histogram_freq": 1,
    "write_images": True,
    "write_steps_per_second": True,
    "write_graph": False,
}.items():
    print(f"{argument}={value}")
    compare_with_plain(argument, **{argument: value})

# %% [markdown] lang="en"
# `write_images` alone adds nothing: the pictures are made together with the histograms, so it needs `histogram_freq` too.
#
# The names of the tags begin with model and layer. Keras 3.13, which Colab has, leaves both out: all kernels stand
# under `kernel/histogram` there, and on the real page the layers are mixed. `tensorboard.show` takes them apart again.

# %% [markdown] lang="ko"
# `write_images`만 켜면 아무것도 늘지 않습니다. 그림은 히스토그램과 함께 만들어지므로 `histogram_freq`도 주어야 합니다.
#
# 태그 이름은 모델과 층의 이름으로 시작합니다. 코랩에 있는 케라스 3.13은 이 둘을 빼고 적습니다. 모든 층의 커널이
# `kernel/histogram` 하나에 들어가서, 진짜 페이지에서는 층이 뒤섞여 보입니다. `tensorboard.show`는 이를 층별로 다시 나눕니다.

# %%
compare_with_plain("images", write_images=True, histogram_freq=1)

# %% [markdown] lang="en" errata="E-43" rows="S5-68"
# > **In the lecture** (S5): `write_graph=True` stands in the signature, and the screenshot shows boxes such as *"dense_1
# > training … flatten in…"*. The documentation of Keras 3 says of the argument *"Not supported at this time"*.
# >
# > The truth lies between. The graph of single operations, which the screenshot shows, is no longer written. But the
# > argument does write something: the tag `keras`, the layers of the model and how they are joined. Above it disappeared
# > with `write_graph=False`. In TensorBoard it stands under *Graphs*, "Conceptual graph".

# %% [markdown] lang="ko" errata="E-43" rows="S5-68"
# > **강의에서는** (S5): 인자 목록에 `write_graph=True`가 있고, 화면에는 "dense_1 training … flatten in…" 같은 상자들이 보입니다.
# > 그런데 케라스 3의 문서는 이 인자를 "Not supported at this time"(지금은 지원하지 않음)이라고 설명합니다.
# >
# > 실제는 그 중간입니다. 화면에 보이는 연산 하나하나의 그래프는 이제 적히지 않습니다. 그래도 적히는 것이 있습니다. `keras`라는
# > 태그, 곧 모델의 층과 그 연결입니다. 위에서 `write_graph=False`로 하자 이것이 사라졌습니다. 텐서보드에서는 *Graphs*의
# > "Conceptual graph"에서 볼 수 있습니다.

# %% tags=["lecture"]
first = EventAccumulator(str(logs / "first" / "train")).Reload()
print("graph of operations:", first.Tags()["graph"])
print("the model:", "keras" in first.Tags()["tensors"])

# %% [markdown] lang="en" rows="S1-60 S5-70"
# **`profile_batch`** measures what the computer does during one batch, `profile_batch=5`, or from one to another,
# `(10, 20)`: which operation takes how long, and when the processor waits for data. That is the "profiling" (프로파일링) of the first lecture.
# What does it leave?

# %% [markdown] lang="ko" rows="S1-60 S5-70"
# **`profile_batch`**: 배치 하나(`profile_batch=5`) 또는 여러 배치(`(10, 20)`) 동안 컴퓨터가 하는 일을 잽니다. 어떤 연산이 얼마나
# 걸리는지, 언제 데이터를 기다리는지 알 수 있습니다. 첫 번째 강의에서 말하는 '프로파일링'이 이것입니다. 무엇이 남을까요?

# %%
compare_with_plain("profile", profile_batch=5)

# %% [markdown] lang="en"
# A file of its own kind. To look into it TensorBoard needs one more package, `pip install tensorboard-plugin-profile`; a tab *Profile* then
# appears. Never profile the first batch, in which TensorFlow builds the program, and never a whole training: the files grow
# to gigabytes.

# %% [markdown] lang="ko"
# 종류가 다른 파일이 하나 생겼습니다. 이것을 보려면 패키지가 하나 더 필요합니다. `pip install tensorboard-plugin-profile`를 하면 텐서보드에 *Profile*
# 탭이 생깁니다. 첫 배치는 재지 마세요. 텐서플로가 프로그램을 만드는 때라 보통 배치와 다릅니다. 훈련 전체를 재는 것도 안 됩니다. 파일이
# 기가바이트 단위로 커집니다.

# %% [markdown] lang="en" rows="S5-70"
# **`embeddings_freq`** and **`embeddings_metadata`** are for networks with an `Embedding` layer, which gives each of a list of
# things (words, mostly) a few numbers of its own. Here a small one: each pixel becomes one of four grey levels, and each
# level gets two numbers. The second argument names a file with a label for each level.

# %% [markdown] lang="ko" rows="S5-70"
# **`embeddings_freq`**, **`embeddings_metadata`**: `Embedding` 층이 있는 신경망을 위한 인자입니다. 임베딩 층은 목록에 있는 것(대개
# 단어) 하나하나에 몇 개의 수를 줍니다. 여기서는 작은 예를 만들어 봅시다. 픽셀을 네 단계의 밝기로 바꾸고, 단계마다 수를 두 개씩
# 줍니다. 두 번째 인자에는 단계의 이름을 적은 파일을 알려 줍니다.

# %%
levels = np.minimum((x_train * 4).astype(int), 3)
model = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Embedding(4, 2, name="grey_level"),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile("adam", loss="sparse_categorical_crossentropy")
folder = logs / "embedding"
folder.mkdir()
(folder / "levels.tsv").write_text("white\nlight\ndark\nblack\n")
callback = keras.callbacks.TensorBoard(
    folder, embeddings_freq=1, embeddings_metadata={"grey_level": "levels.tsv"}
)
model.fit(levels, y_train, epochs=2, verbose=0, callbacks=[callback])
print(*tensorboard.files(folder), sep="\n")
print((folder / "projector_config.pbtxt").read_text())

# %% [markdown] lang="en" rows="S5-70"
# The weights of every epoch and a note for the tab *Projector*, in which one can walk among the points. But the tab
# stays empty: it looks for a checkpoint of the old TensorFlow kind, and Keras 3 writes `.weights.h5` (lesson 07). The
# way round is to hand over the table as text. Then `tensorboard.serve(logs / "embedding")` has a Projector.

# %% [markdown] lang="ko" rows="S5-70"
# 에포크마다의 가중치와, 점들 사이를 돌아다니며 볼 수 있는 *Projector* 탭을 위한 안내 파일이 생겼습니다. 그런데 이 탭은 비어 있습니다.
# 탭은 옛 텐서플로 방식의 체크포인트를 찾는데, 케라스 3은 `.weights.h5`로 저장하기 때문입니다(레슨 07). 가중치 표를 텍스트로 넘겨주면
# 해결됩니다. 그러면 `tensorboard.serve(logs / "embedding")`에 Projector가 나타납니다.

# %%
table = model.get_layer("grey_level").get_weights()[0]
np.savetxt(folder / "vectors.tsv", table, delimiter="\t")
(folder / "projector_config.pbtxt").write_text(
    'embeddings { tensor_name: "grey_level" tensor_path: "vectors.tsv" '
    'metadata_path: "levels.tsv" }'
)
print("levels and numbers for each:", table.shape)

# %% [markdown] lang="en" rows="S1-59 S5-67"
# ## Histograms
#
# Now the use of it. The first lecture promises *"weight, bias 등의 히스토그램"*, histograms of weights and biases over time.
# What can one see in them that the loss does not show? Take one network twice, once with the default rate of Adam, 0.001, and
# once with 0.05. **Which of the two will have the wider weights after five epochs?**

# %% [markdown] lang="ko" rows="S1-59 S5-67"
# ## 히스토그램
#
# 이제 써먹을 차례입니다. 첫 번째 강의는 "시간의 경과에 따라 달라지는 weight, bias 등의 히스토그램 확인"을 주요 기능으로 꼽습니다.
# 손실에는 나타나지 않는 무엇이 보일까요? 같은 신경망을 두 번, 한 번은 Adam의 기본 학습률 0.001로, 한 번은 0.05로 훈련합니다.
# **5에포크 뒤에 가중치가 더 넓게 퍼지는 쪽은 어디일까요?**

# %%
predict("11.p2")

# %% tags=["nbval-ignore-output"]
for rate in (0.001, 0.05):
    keras.utils.set_random_seed(42)
    callback = keras.callbacks.TensorBoard(logs / "rates" / str(rate), histogram_freq=1)
    model = build_digits_model(learning_rate=rate)
    model.fit(x_train, y_train, epochs=5, verbose=0, callbacks=[callback])
tensorboard.show(logs / "rates", "histograms", ["hidden"])

# %% [markdown] lang="en"
# With 0.001 the distribution of the weights hardly moves: the network adjusts many weights a little. With 0.05 it flows
# apart within one epoch. Such a picture is worth knowing: weights that run away, or biases that never leave 0, tell of a
# rate that does not fit before the loss does. One seed, though. Is it so for ten?

# %% [markdown] lang="ko"
# 0.001에서는 가중치의 분포가 거의 움직이지 않습니다. 많은 가중치를 조금씩 고치기 때문입니다. 0.05에서는 한 에포크 만에 넓게
# 퍼집니다. 이런 그림은 알아 둘 만합니다. 가중치가 걷잡을 수 없이 퍼지거나 편향이 0에서 꼼짝하지 않으면, 손실보다 먼저 학습률이 맞지
# 않음을 알려 줍니다. 그런데 시드 하나의 결과입니다. 열 개에서도 그럴까요?


# %%
def spread(model):
    """Standard deviation of the weights of the hidden layer."""
    return float(np.std(model.get_layer("hidden").get_weights()[0]))


rate_runs = experiments.compare(
    {"0.001": build_digits_model, "0.05": lambda: build_digits_model(learning_rate=0.05)},
    (x_train, y_train, *validation),
    epochs=5,
    seeds=10,
    validation_batch_size=300,
    also={"spread": spread},
)
medians = np.median(rate_runs.measure("spread"), axis=1)
reveal("11.p2", "a" if medians[0] > 2 * medians[1] else "b" if medians[1] > 2 * medians[0] else "c")

# %%
rate_runs.claim(
    "the larger rate drives the weights apart",
    "spread",
    of="0.05",
    than="0.001",
    direction="higher",
    margin=0.05,
)

# %% [markdown] lang="en" rows="S5-62 S5-68 S5-69"
# ## Images and the graph
#
# The weights of a layer are a table of numbers, so they can be shown as a picture: `write_images=True`. The table of the
# hidden layer has 32 rows (units) and 784 columns (pixels). **About half of the weights are negative. How are they shown?**

# %% [markdown] lang="ko" rows="S5-62 S5-68 S5-69"
# ## 이미지와 그래프
#
# 한 층의 가중치는 숫자 표이므로 그림으로도 볼 수 있습니다. `write_images=True`입니다. 은닉층의 표는 행이 32개(유닛), 열이
# 784개(픽셀)입니다. **가중치의 절반쯤은 음수입니다. 음수는 어떻게 보일까요?**

# %% tags=["nbval-ignore-output"]
tensorboard.show(logs / "images", "images")

# %%
picture = tensorboard.read(logs / "images").runs["train"].images["digits/hidden/kernel/image"]
black = np.mean(picture.values[-1] < 1 / 255)
print("rows and columns:", picture.values[-1].shape[:2])
print("between 45 % and 65 % of the picture is black:", 0.45 < black < 0.65)

# %% [markdown] lang="en"
# All negative weights are black, as black as 0: a picture in TensorBoard goes from 0 to 1, and what lies outside is cut off. So
# read these pictures with care; the histogram of the same layer loses nothing.
#
# And the graph, from the tag `keras`. In the lecture's screenshot one can make out *"flatten"* and *"dense"*; here are ours.

# %% [markdown] lang="ko"
# 음수는 모두 0과 똑같이 검게 나옵니다. 텐서보드의 그림은 0에서 1까지이고, 벗어난 값은 잘립니다. 그러니 이 그림은 조심해서 읽어야
# 합니다. 같은 층의 히스토그램에서는 아무것도 잃지 않습니다.
#
# 이번에는 `keras` 태그에 적힌 그래프입니다. 강의 화면에서는 'flatten'과 'dense'를 알아볼 수 있습니다. 우리 모델은 이렇습니다.

# %%
tensorboard.show(logs / "first", "graph")

# %% [markdown] lang="en" rows="S1-55"
# ## Comparing settings: HParams
#
# What you choose before training, a rate, a number of units, is a **hyperparameter**. TensorBoard has a tab for
# them, *HParams*. The run has to be told its settings, by a second callback beside the first. Then try every combination, each
# in a folder of its own. Four small trainings:

# %% [markdown] lang="ko" rows="S1-55"
# ## 설정 비교: HParams
#
# 학습률이나 유닛 수처럼 훈련 전에 정하는 값을 **하이퍼파라미터**(hyperparameter)라고 합니다. 텐서보드에는 이를 위한 *HParams* 탭이
# 있습니다. 런마다 설정을 적어 주어야 하는데, 콜백을 하나 더 넣으면 됩니다. 그다음 모든 조합을 저마다의 폴더에 기록합니다. 짧은 훈련 네
# 번입니다.

# %%
for units in (48, 64):
    for rate in (0.0003, 0.003):
        folder = logs / "sweep" / f"{units} units, rate {rate}"
        keras.utils.set_random_seed(42)
        training.fit(
            build_digits_model(units, rate),
            x_train,
            y_train,
            epochs=8,
            validation_data=validation,
            verbose=0,
            callbacks=[
                keras.callbacks.TensorBoard(folder),
                hp.KerasCallback(str(folder), {"units": units, "rate": rate}),
            ],
        )
table = tensorboard.hparams(logs / "sweep")
print(table[["units", "rate"]].to_string(index=False))

# %% [markdown] lang="en"
# The tab shows a table like this one, with the last loss of each run. Sort by validation loss: **which row would you choose,
# and how sure are you?**

# %% [markdown] lang="ko"
# 탭에는 이런 표가 나옵니다. 런마다 마지막 손실이 함께 있습니다. 검증 손실로 정렬해 봅시다. **어느 줄을 고르겠습니까? 얼마나
# 자신 있나요?**

# %% tags=["nbval-ignore-output"]
table.sort_values("val_loss").round(4)

# %% [markdown] lang="en"
# Each row is **one** training. Before we believe the order of the rows, we repeat the two with the rate 0.003, and one of the
# others, with ten seeds.

# %% [markdown] lang="ko"
# 한 줄은 **한 번**의 훈련입니다. 줄의 순서를 믿기 전에, 학습률이 0.003인 두 줄과 나머지 가운데 한 줄을 시드 열 개로 되풀이해
# 봅시다.

# %%
sweep_runs = experiments.compare(
    {
        "48, 0.003": lambda: build_digits_model(48, 0.003),
        "64, 0.003": lambda: build_digits_model(64, 0.003),
        "64, 0.0003": lambda: build_digits_model(64, 0.0003),
    },
    (x_train, y_train, *validation),
    epochs=8,
    seeds=10,
    validation_batch_size=300,
)
sweep_runs.claim(
    "the larger of these two rates ends at a lower loss",
    "last_val_loss",
    of="64, 0.003",
    than="64, 0.0003",
    direction="lower",
    margin=0.2,
)

# %%
small, large, _ = sweep_runs.measure("last_val_loss")
wins = np.sum(large < small)
print("64 units beat 48 under every seed:", wins == 10)
print("48 units beat 64 under every seed:", wins == 0)

# %% [markdown] lang="en"
# The rate is decided: that difference is there under every seed. Between 48 and 64 units a table of single runs has
# nothing to say; the order of those rows is a matter of luck. TensorBoard shows what was recorded, not whether it would
# happen again.

# %% [markdown] lang="ko"
# 학습률은 결론이 났습니다. 어느 시드에서나 차이가 납니다. 그러나 48유닛과 64유닛 가운데 어느 쪽이 나은지, 한 번씩 훈련한 표로는 알 수
# 없습니다. 그 줄의 순서는 운입니다. 텐서보드는 기록된 것을 보여 줄 뿐, 다시 해도 그럴지는 말해 주지 않습니다.

# %% [markdown] lang="en" rows="S5-64"
# ## When there is nothing to see
#
# Nearly always it is one of three: the folder is misspelt, nothing has been written into it yet, or a file broke off, because
# the computer was switched off or the disk was full. The page then says *"No dashboards are active"* or shows half a curve, and
# gives no reason. `show` does. Below: a folder that does not exist, one that is empty, and a copy of our first log whose
# file lacks its last 40 bytes.

# %% [markdown] lang="ko" rows="S5-64"
# ## 아무것도 보이지 않을 때
#
# 거의 언제나 셋 중 하나입니다. 폴더 이름이 틀렸거나, 아직 아무것도 적히지 않았거나, 컴퓨터가 꺼지거나 디스크가 가득 차서 파일이
# 중간에 끊긴 것입니다. 그럴 때 페이지는 "No dashboards are active"라고만 하거나 반쪽 곡선을 보여 주고 까닭은 말하지 않습니다.
# `show`는 말해 줍니다. 아래는 없는 폴더, 빈 폴더, 그리고 첫 번째 기록을 복사하면서 파일 끝의 40바이트를 잘라 낸 폴더입니다.

# %%
(logs / "empty").mkdir()
for name in ("frist", "empty"):
    try:
        tensorboard.show(logs / name)
    except CourseError as error:
        print(error)

# %%
(whole,) = (logs / "first" / "train").iterdir()
cut = logs / "cut" / "train"
cut.mkdir(parents=True)
(cut / whole.name).write_bytes(whole.read_bytes()[:-40])
log = tensorboard.read(logs / "cut")
print(*log.faults)
print("tags that can still be read:", len(log.runs["train"].tags))

# %% [markdown] lang="en"
# ## Exercises
#
# **Exercise 1.** Write `logger(root, name)`: a `TensorBoard` callback that records into the folder `name` below `root`,
# histograms every second epoch and metrics every 50 batches. Replace the `...`.

# %% [markdown] lang="ko"
# ## 연습 문제
#
# **연습 1.** `root` 아래 `name` 폴더에 기록하는 `TensorBoard` 콜백을 돌려주는 `logger(root, name)`을 작성하세요. 히스토그램은 두
# 에포크마다, 지표는 배치 50개마다 기록합니다. `...` 자리를 채우세요.


# %% tags=["exercise"]
def logger(root, name):
    return ...


check("11.e1", logger)

# %% [markdown] lang="en"
# **Exercise 2.** Write `batch_points(rows, batch_size, epochs, update_freq)`: how many points of `batch_loss` does the
# callback write? `update_freq` is `"epoch"`, `"batch"` or a number. Batches are counted through all epochs.

# %% [markdown] lang="ko"
# **연습 2.** 콜백이 `batch_loss`를 몇 번 기록하는지 돌려주는 `batch_points(rows, batch_size, epochs, update_freq)`를 작성하세요.
# `update_freq`는 `"epoch"`, `"batch"` 또는 수입니다. 배치 번호는 에포크가 바뀌어도 이어서 셉니다.


# %% tags=["exercise"]
def batch_points(rows, batch_size, epochs, update_freq):
    return ...


check("11.e2", batch_points)

# %% [markdown] lang="en" rows="S1-61"
# **Exercise 3.** The first lecture ends this part with an exercise in Colab, *"Tensorboard를 활용하여 학습 과정 시각화 하기"*,
# make the course of a training visible with TensorBoard. Do it here with the breast cancer data: build a network, train it
# twice with different settings, each into a folder of its own below `my_logs`, and draw. Then say in one sentence what the
# curves tell you, and set `OPEN` to `True` above, with `my_logs`, to see the same on the real page.

# %% [markdown] lang="ko" rows="S1-61"
# **연습 3.** 첫 번째 강의의 이 부분은 코랩 실습 "Tensorboard를 활용하여 학습 과정 시각화 하기"로 끝납니다. 여기서는 유방암 데이터로
# 해 봅시다. 신경망을 만들어 설정을 바꾸어 가며 두 번 훈련하고, `my_logs` 아래 각각의 폴더에 기록한 다음 그리세요. 곡선에서 무엇을 알
# 수 있는지 한 문장으로 말해 보세요. 위에서 `OPEN`을 `True`로, 폴더를 `my_logs`로 바꾸면 진짜 페이지에서도 볼 수 있습니다.

# %% tags=["exercise"]
cancer = data.load("breast_cancer")
my_logs = Path(tempfile.mkdtemp())
# Your networks and your two trainings:
...
if any(my_logs.iterdir()):
    tensorboard.show(my_logs)
else:
    print(say(en="Nothing is recorded yet.", ko="아직 기록이 없습니다."))

# %% [markdown] lang="en"
# Stuck? Run `hint("11.e1")`, or `solution("11.e1")` once you have tried.

# %% [markdown] lang="ko"
# 막히면 `hint("11.e1")`을, 해 본 다음에는 `solution("11.e1")`을 실행하세요.

# %% [markdown] lang="en"
# ## Quiz

# %% [markdown] lang="ko"
# ## 퀴즈

# %%
quiz("11")

# %% [markdown] lang="en"
# ## Summary
#
# - The callback writes event files into `log_dir`; TensorBoard, or `tensorboard.show`, reads them. Nothing else joins the two.
# - TensorFlow 2.21 does not bring TensorBoard: `%pip install tensorboard`, or training ends with its first epoch.
# - A new folder for every training. In TensorBoard epochs count from 0.
# - `histogram_freq` records weights and biases; `write_images` works only together with it. `update_freq` and `profile_batch`
#   cost time and space.
# - `EventAccumulator` lists the values under `tensors`, not `scalars`.
# - `tensorboard.show` draws anywhere, `tensorboard.serve` opens the real page on your own computer.
# - A table of single runs shows what was recorded. Whether a difference is real is decided over seeds.

# %% [markdown] lang="ko"
# ## 정리
#
# - 콜백은 `log_dir`에 이벤트 파일을 쓰고, 텐서보드나 `tensorboard.show`는 그것을 읽습니다. 둘을 잇는 것은 파일뿐입니다.
# - 텐서플로 2.21에는 텐서보드가 들어 있지 않습니다. `%pip install tensorboard`를 하지 않으면 첫 에포크와 함께 훈련이 끝납니다.
# - 훈련마다 새 폴더를 씁니다. 텐서보드에서는 에포크를 0부터 셉니다.
# - `histogram_freq`는 가중치와 편향을 기록합니다. `write_images`는 그것과 함께 켜야 합니다. `update_freq`와 `profile_batch`에는
#   시간과 공간이 듭니다.
# - `EventAccumulator`는 값을 `scalars`가 아니라 `tensors`에 늘어놓습니다.
# - `tensorboard.show`는 어디서나 그려 주고, `tensorboard.serve`는 자기 컴퓨터에서 진짜 페이지를 엽니다.
# - 한 번씩 훈련한 표는 기록된 것을 보여 줄 뿐입니다. 차이가 진짜인지는 여러 시드로 판단합니다.
