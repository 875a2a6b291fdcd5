"""Diagrams of lesson 01: the steps of a training run, and how Keras, TensorFlow and PyTorch came to where they are."""

from matplotlib.patches import FancyBboxPatch

from helpers.i18n import say
from helpers.plots.base import BLUE, GREEN, GREY, ORANGE, PURPLE, Captioned, new_figure

STEPS = (
    ("1 declare", "Sequential([...])", "layers, units,\nactivations", BLUE),
    ("2 compile", "model.compile(...)", "loss, optimizer,\nmetrics", ORANGE),
    ("3 train", "model.fit(...)", "epochs,\nbatch size", GREEN),
    ("4 evaluate", "model.evaluate(...)", "on rows not\ntrained on", PURPLE),
)

# Releases as their projects announced them; what each changed for a reader of the lectures.
EVENTS = (
    (2015.2, "Keras", "an API over\nTheano"),
    (2015.9, "TensorFlow", "Google,\nsessions"),
    (2016.8, "PyTorch", "Facebook,\neager"),
    (2019.75, "TensorFlow 2.0", "tf.keras is\nthe official API"),
    (2021.85, "TensorFlow 2.7", "the lecture's\nversion"),
    (2023.9, "Keras 3", "backends: TensorFlow,\nJAX, PyTorch"),
)


def workflow() -> Captioned:
    """Draw the four steps from a declared model to an evaluated one, and what is decided at each."""
    figure = new_figure(8.6, 2.7)
    axes = figure.add_subplot()
    for place, (name, call, decided, color) in enumerate(STEPS):
        left = place * 2.6
        box = FancyBboxPatch(
            (left, 0), 2.1, 2, boxstyle="round,pad=0.03,rounding_size=0.12", facecolor="white", edgecolor=color, lw=2
        )
        axes.add_patch(box)
        axes.text(left + 1.05, 1.62, name, ha="center", fontsize=13, fontweight="bold", color=color)
        axes.text(left + 1.05, 1.2, call, ha="center", fontsize=9, family="monospace")
        axes.text(left + 1.05, 0.35, decided, ha="center", fontsize=10)
        if place < len(STEPS) - 1:
            axes.annotate(
                "", (left + 2.55, 1), (left + 2.15, 1), arrowprops={"arrowstyle": "-|>", "color": GREY, "lw": 2}
            )
    axes.set(xlim=(-0.1, 10.05), ylim=(-0.15, 2.2))
    axes.axis("off")
    return Captioned(
        figure,
        say(
            en="Four steps: declare (layers, units, activations), compile (loss, optimizer, metrics), train (epochs, "
            "batch size), evaluate (on rows not trained on).",
            ko="네 단계: 선언(층, 유닛 수, 활성화 함수) → 컴파일(손실 함수, 옵티마이저, 지표) "
            "→ 훈련(에포크, 배치 크기) → 평가(훈련에 쓰지 않은 데이터).",
        ),
    )


def timeline() -> Captioned:
    """Draw when Keras, TensorFlow and PyTorch appeared and joined."""
    figure = new_figure(8.6, 2.7)
    axes = figure.add_subplot()
    axes.axhline(0, color=GREY, lw=2)
    for place, (year, name, note) in enumerate(EVENTS):
        up = 1 if place % 2 == 0 else -1
        axes.plot([year, year], [0, 0.45 * up], color=GREY, lw=1)
        axes.plot(year, 0, "o", color=ORANGE if "Keras" in name else BLUE, markersize=8)
        label_at = 0.55 * up
        axes.text(
            year, label_at, f"{name} ({int(year)})\n{note}", ha="center", va="bottom" if up > 0 else "top", fontsize=9.5
        )
    axes.set(xlim=(2013.8, 2025.5), ylim=(-1.5, 1.5))
    axes.axis("off")
    return Captioned(
        figure,
        say(
            en="Keras began in 2015 as an API of its own, became TensorFlow's official API with TensorFlow 2.0 (2019) "
            "and is since Keras 3 (2023) a package of its own again, over TensorFlow, JAX or PyTorch.",
            ko="케라스는 2015년에 독립된 API로 시작해 텐서플로 2.0(2019년)에서 공식 API가 되었고, "
            "케라스 3(2023년)부터는 텐서플로, JAX, 파이토치 위에서 돌아가는 독립 패키지가 되었습니다.",
        ),
    )
