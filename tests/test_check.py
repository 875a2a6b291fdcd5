"""Each rule of `python -m tools check`: what keeps it passes, what breaks it is named."""

import copy
import dataclasses

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import i18n
from helpers.errors import CourseError
from helpers.quiz import bank
from helpers.syllabus import Lesson, Syllabus, syllabus
from tools import check, source
from tools.notebook import assemble, badge
from tools.source import Cell

pytestmark = pytest.mark.one_lane

LESSON = syllabus().lesson("05")
ROWS = Lesson("99", "example", {"en": "Example", "ko": "보기"}, rows=("S1-01", "S1-02"), errata=("E-01",))
BOX = {"en": f"{check.BOX['en']}: wrong.", "ko": f"{check.BOX['ko']}: 틀렸습니다."}
TEXT = {"en": "Right.", "ko": "맞습니다."}


def notebook(*cells):
    return new_notebook(cells=list(cells))


def code(text="print(1)", *outputs, tags=(), count=None):
    cell = new_code_cell(text, outputs=list(outputs), execution_count=count)
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def printed(text="1"):
    return new_output("stream", text=text)


def picture():
    return new_output("display_data", {"image/png": "iVBOR"})


def words(kind="course-caption"):
    return new_output("display_data", {"text/html": f'<p class="{kind}">What it shows.</p>'})


# --- built notebooks -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def assembled():
    return assemble(LESSON, "en")


def change_source(cells):
    cells[4].source += "\n# more"


def drop_cell(cells):
    del cells[6]


def drop_last_cell(cells):
    del cells[-1]


def add_cell(cells):
    cells.append(new_markdown_cell("More."))


def change_tag(cells):
    cells[1].metadata["tags"] = ["setup"]


def change_id(cells):
    cells[3]["id"] = "other"


def swap(cells):
    cells[2], cells[3] = cells[3], cells[2]


def change_kind(cells):
    cells[2]["cell_type"] = "raw"


def test_fresh_notebook_is_not_stale(assembled):
    built = copy.deepcopy(assembled)
    built.cells[1].outputs = [printed()]
    built.cells[1].execution_count = 1
    assert check.stale(built, assembled) == []


@pytest.mark.parametrize(
    "change", [change_source, drop_cell, drop_last_cell, add_cell, change_tag, change_id, swap, change_kind]
)
def test_stale_notebook(assembled, change):
    built = copy.deepcopy(assembled)
    change(built.cells)
    (fault,) = check.stale(built, assembled)
    assert "build the lesson again" in fault


def test_stale_notebook_without_cells(assembled):
    assert check.stale(notebook(), assembled)


def test_stale_names_the_first_cell_that_differs(assembled):
    built = copy.deepcopy(assembled)
    built.cells[3].source = "import this\nprint(1)"
    (fault,) = check.stale(built, assembled)
    assert "'import this'" in fault


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_badge_points_at_this_very_file(lang):
    other = "ko" if lang == "en" else "en"
    built = assemble(LESSON, lang)
    assert check.wrong_badge(built, badge(LESSON, lang)) == []
    assert f"/blob/{syllabus().release}/notebooks/{lang}/05_learning_curves.ipynb)" in badge(LESSON, lang)
    assert check.wrong_badge(built, badge(LESSON, other))
    assert check.wrong_badge(built, badge(syllabus().lesson("01"), lang))
    built.cells[0].source = "# No badge"
    assert check.wrong_badge(built, badge(LESSON, lang))
    assert check.wrong_badge(notebook(), badge(LESSON, lang))


@pytest.mark.parametrize(
    ("counts", "finished"),
    [([1, 2, 3], True), ([], True), ([1, None, 3], False), ([1, 3, 2], False), ([2, 3, 4], False), ([1, 2, 2], False)],
)
def test_cells_are_run_in_order(counts, finished):
    built = notebook(new_markdown_cell("Text"), *(code(count=count) for count in counts))
    assert (check.unfinished(built) == []) is finished


def test_error_in_an_output():
    error = new_output("error", ename="ValueError", evalue="no", traceback=[])
    assert check.unfinished(notebook(code("print(1)", printed(), count=1))) == []
    assert check.unfinished(notebook(code("print(1)", printed(), error, count=1))) == [
        "the cell 'print(1)' shows an error."
    ]


@pytest.mark.parametrize(("lines", "faults"), [(25, 0), (26, 1)])
def test_long_cells(lines, faults):
    text = "\n".join(["x = 1"] * lines)
    assert len(check.long_cells(notebook(code(text)))) == faults
    assert check.long_cells(notebook(new_markdown_cell(text))) == []


@pytest.mark.parametrize(("characters", "faults"), [(100, 0), (101, 1)])
def test_wide_lines(characters, faults):
    text = "x = 1\n" + "y" * characters
    assert len(check.long_cells(notebook(code(text)))) == faults
    assert check.long_cells(notebook(new_markdown_cell(text))) == []


@pytest.mark.parametrize(
    ("outputs", "faults"),
    [
        ([picture(), words()], 0),
        ([printed(), picture(), words(), picture(), words()], 0),
        ([printed()], 0),
        ([picture()], 1),
        ([words(), picture()], 1),
        ([picture(), printed(), words()], 1),
        ([picture(), words("other")], 1),
        ([picture(), picture(), words()], 1),
        ([new_output("execute_result", {"image/svg+xml": "<svg/>"}, execution_count=1)], 1),
    ],
)
def test_wordless_pictures(outputs, faults):
    assert len(check.wordless_pictures(notebook(code("plot()", *outputs)))) == faults


def test_caption_in_the_next_cell_does_not_count():
    assert check.wordless_pictures(notebook(code("plot()", picture()), code("say()", words())))


LEGACY = [
    "tf.keras.Sequential()",
    "import tensorflow.keras as keras",
    "from tensorflow.keras.layers import Dense",
    "from tensorflow import keras",
    "from keras.src.callbacks import History",
    "from tensorflow.python.framework import ops",
    "tf.random.set_seed(777)",
    "Dense(4, input_dim=30)",
    "Dense(4, input_shape=(30,))",
    "Dense(\n    4,\n    input_shape = (30,),\n)",
    "Adam(lr=0.01)",
    "SGD(momentum=0.9, lr = 0.01)",
    "Adam(\n    lr=0.01,\n)",
    "model.compile(loss='mse', metrics='accuracy')",
    'model.compile(loss="mse", metrics="accuracy")',
    "model.save('x.h5')",
    'model.save("x.hdf5")',
    "ModelCheckpoint('x.ckpt')",
    "keras.models.load_model('x.h5')",
    "model.fit_generator(rows)",
    "model.evaluate_generator(rows)",
    "model.predict_generator(rows)",
    "keras.optimizers.legacy.Adam()",
    "model.fit(rows, workers=2)",
    "model.fit(rows, use_multiprocessing=True)",
    "model.fit(rows, max_queue_size=2)",
]
MODERN = [
    "import keras",
    "import tensorflow as tf",
    "keras.utils.set_random_seed(42)",
    "keras.Input((30,))",
    "Adam(learning_rate=0.01)",
    "Adam(0.01)",
    "lr = 0.1",
    "lr=0.1",
    "if lr == 0.1:\n    print(lr)",
    "if (lr == 0.1):\n    print(lr)",
    'print(f"lr={rate}")',
    "input_shape = x_train.shape[1:]",
    "workers = 2",
    "model.compile(loss='mse', metrics=['accuracy'])",
    'model.save("x.keras")',
    "model.save_weights('x.weights.h5')",
    'model.load_weights(folder / "x.weights.h5")',
    "history = model.fit(x, y)",
]


@pytest.mark.parametrize("call", LEGACY)
def test_keras_2_stands_in_the_lectures_own_code_only(call):
    assert check.keras_2_calls(notebook(code(call)))
    assert check.keras_2_calls(notebook(code(call, tags=["exercise"])))
    assert check.keras_2_calls(notebook(new_markdown_cell(f"Write:\n```python\n{call}\n```\n")))
    assert check.keras_2_calls(notebook(code(call, tags=["lecture"]))) == []
    assert check.keras_2_calls(notebook(new_markdown_cell(f"{BOX['en']}\n```python\n{call}\n```"))) == []
    assert check.keras_2_calls(notebook(new_markdown_cell(f"{BOX['ko']}\n```python\n{call}\n```"))) == []
    assert check.keras_2_calls(notebook(new_markdown_cell(f"In prose one may speak of `{call}`."))) == []


@pytest.mark.parametrize("call", MODERN)
def test_keras_3_stands_anywhere(call):
    assert check.keras_2_calls(notebook(code(call), new_markdown_cell(f"```python\n{call}\n```"))) == []


def test_weights_file_hides_no_other_call():
    assert check.keras_2_calls(notebook(code('model.save_weights("x.weights.h5"); model.save("x.h5")')))


def test_keras_2_fault_says_what_to_use():
    (fault,) = check.keras_2_calls(notebook(code("optimizer = Adam(lr=0.01)")))
    assert "'optimizer = Adam(lr=0.01)'" in fault and "use learning_rate=" in fault


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("It is **the best** epoch, *not* the last.", False),
        ("**검증 손실**은 *낮을수록* 좋습니다.", False),
        ("`2 ** 3` and `*args`, 2 * 3, a list:\n\n* one\n* two", False),
        ("```python\nf(*args)\n```", False),
        ('**"검증 손실"**은 낮을수록 좋습니다.', True),
        ("**검증 손실(loss)**은 낮을수록 좋습니다.", True),
        ("It is **the best epoch.", True),
        ("> **강의에서는**: \n>\n> *val_loss!*는 틀립니다.", True),
        ("| a |\n|---|\n| **(a)**는 |", True),
    ],
)
def test_emphasis_is_rendered(text, broken):
    found = check.broken_emphasis(notebook(new_markdown_cell(text), code("f(*args)")))
    assert bool(found) is broken


@pytest.mark.parametrize("third", [1, 2, 5, 7, 13, 33])
def test_a_third_may_vary(third):
    def built(varying, compared):
        silent = [code("x = 1", tags=[check.IGNORE]) for _ in range(3)]  # without output, so not counted
        cells = [code("f()", printed(), tags=[check.IGNORE]) for _ in range(varying)]
        return notebook(*cells, *silent, *(code("g()", printed()) for _ in range(compared)))

    assert check.too_many_varying(built(third, 2 * third)) == []
    (fault,) = check.too_many_varying(built(third + 1, 2 * third - 1))
    assert fault.startswith(f"{third + 1} of {3 * third} ")


def test_nothing_varies_in_an_empty_notebook():
    assert check.too_many_varying(notebook()) == []


# --- sources ---------------------------------------------------------------------------------------------------------


def test_coverage():
    first = Cell("a", prose=TEXT, rows=("S1-01",))
    both = [first, Cell("b", prose=BOX, rows=("S1-02", "S1-01"), errata=("E-01",))]
    assert check.coverage(ROWS, both) == []
    missing = check.coverage(ROWS, [first])
    assert ["rows S1-02" in missing[0], "errata E-01" in missing[1], len(missing)] == [True, True, 2]
    extra = check.coverage(ROWS, [*both, Cell("c", code="x", rows=("S9-99",))])
    assert extra == ["lessons/99_example.py: S9-99 is not among its rows in course.yml."]


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ([Cell("a", prose=BOX, errata=("E-01",)), Cell("b", code="x", tags=("lecture",))], []),
        ([Cell("a", prose=BOX), Cell("b", code="x"), Cell("c", code="y", tags=("lecture",))], []),
        ([Cell("a", prose=TEXT), Cell("b", code="x")], []),
        ([Cell("a", prose=BOX | {"ko": "맞습니다."})], ["in both languages"]),
        ([Cell("a", prose=TEXT | {"ko": BOX["ko"]})], ["in both languages"]),
        ([Cell("a", prose=TEXT, errata=("E-01",))], ["E-01 stands outside"]),
        ([Cell("a", code="x = 1", tags=("lecture",))], ["'x = 1' follows no box"]),
        ([Cell("a", prose=BOX), Cell("b", prose=TEXT), Cell("c", code="y", tags=("lecture",))], ["follows no box"]),
    ],
)
def test_lecture_boxes(cells, faults):
    found = check.lecture_boxes("99_example", cells)
    assert len(found) == len(faults)
    assert all(fault in sentence for fault, sentence in zip(faults, found, strict=True))


ASKED = ['predict("99.p1")', 'reveal("99.p1", x)', 'check("99.e1", x)', 'check("99.e2", x)', 'quiz("99")']


def test_lesson_that_asks():
    assert check.predictions(ROWS, [Cell(str(place), code=text) for place, text in enumerate(ASKED)]) == []


@pytest.mark.parametrize(
    ("instead", "named"),
    [
        ({0: "x = model.predict(x_test)"}, "predict("),
        ({0: 'model.predict("rows")'}, "predict("),
        ({1: "x = 1"}, "reveal("),
        ({2: "x = 1"}, "two exercises"),
        ({2: "data.check(x)"}, "two exercises"),
        ({2: 'table.check("x")'}, "two exercises"),
        ({4: 'quiz("98")'}, 'quiz("99")'),
    ],
)
def test_lesson_that_does_not_ask(instead, named):
    texts = [instead.get(place, text) for place, text in enumerate(ASKED)]
    (fault,) = check.predictions(ROWS, [Cell(text, code=text) for text in texts])
    assert named in fault


def test_source_without_its_other_language_is_a_fault(tmp_path, monkeypatch):
    text = source.source_path(LESSON).read_text(encoding="utf-8")
    monkeypatch.setattr(source, "LESSONS", tmp_path)
    path = tmp_path / f"{LESSON.name}.py"
    path.write_text(text, encoding="utf-8")
    assert not check.check_lesson(LESSON)
    path.write_text(text.replace('lang="ko"', 'lang="en"', 1), encoding="utf-8")
    (fault,) = check.check_lesson(LESSON)
    assert fault.startswith("lessons/05_learning_curves.py:") and "has no Korean cell after it" in fault
    path.unlink()
    (fault,) = check.check_lesson(LESSON)
    assert fault.startswith("lessons/05_learning_curves.py:")


def test_missing_notebook_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "COURSE", tmp_path)
    (fault,) = check.check_built(LESSON, "ko")
    assert fault == "notebooks/ko/05_learning_curves.ipynb is not there: run `python -m tools build 05`."


def test_check_built_applies_the_rules_on_notebooks(tmp_path, monkeypatch, assembled):
    built = copy.deepcopy(assembled)
    built.cells[0].source = "# No badge"
    built.cells[1].source = "\n".join(["Adam(lr=0.1)"] * 26)
    built.cells[1].outputs = [picture()]
    path = tmp_path / "notebooks" / "en" / f"{LESSON.name}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(built, path)
    monkeypatch.setattr(check, "COURSE", tmp_path)
    found = " ".join(check.check_built(LESSON, "en"))
    for words_of_a_rule in ("source says", "badge", "in order", "26 lines", "caption", "'(lr='", "a third at most"):
        assert words_of_a_rule in found


def test_orphans(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "COURSE", tmp_path)
    for folder, ending in (
        ("lessons", "py"),
        ("notebooks/en", "ipynb"),
        ("notebooks/ko", "ipynb"),
        ("quizzes", "yaml"),
    ):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / f"05_learning_curves.{ending}").touch()
    (tmp_path / "quizzes" / "README.md").touch()
    assert check.orphans() == []
    (tmp_path / "notebooks" / "ko" / "98_old.ipynb").touch()
    (tmp_path / "quizzes" / "97_no_lesson.yaml").touch()
    assert check.orphans() == [
        "notebooks/ko/98_old.ipynb belongs to no written lesson of course.yml.",
        "quizzes/97_no_lesson.yaml belongs to no written lesson of course.yml.",
    ]


def test_quiz_bank_tells_what_the_bank_refuses(monkeypatch):
    monkeypatch.setattr(
        bank, "rules", lambda banks: [f"{each.lesson} is odd." for each in banks if each.lesson == "05"]
    )
    assert check.quiz_bank() == ["05 is odd."]

    def refuse(lesson):
        raise CourseError(f"quizzes/{lesson}.yaml line 3: write it otherwise.")

    monkeypatch.setattr(bank, "load_bank", refuse)
    assert check.quiz_bank() == ["quizzes/01.yaml line 3: write it otherwise."]


@pytest.mark.parametrize(
    ("left_out", "fault"),
    [
        ("predict", "there are 0 predictions, 1 at least"),
        ("code", "there are 0 code exercises, 2 at least"),
        ("single", "quiz questions, 6 at least"),
        (None, ""),
    ],
)
def test_a_lesson_has_enough_questions(left_out, fault):
    whole = bank.load_bank("05")
    rest = tuple(question for question in whole.questions if question.kind != left_out)
    found = check.too_few_questions(dataclasses.replace(whole, questions=rest))
    assert len(found) == bool(fault) and fault in "".join(found)


# --- main ------------------------------------------------------------------------------------------------------------


def test_faults_gathers_every_rule(monkeypatch):
    for rule in ("coverage", "lecture_boxes", "predictions", "check_built"):
        monkeypatch.setattr(check, rule, lambda first, second, rule=rule: [rule])
    for module, rule in ((check, "orphans"), (check, "quiz_bank"), (check.readme, "stale")):
        monkeypatch.setattr(module, rule, lambda rule=rule: [rule])
    found = check.faults()
    written = len(syllabus().written)
    assert {rule: found.count(rule) for rule in found} == {
        "coverage": written,
        "lecture_boxes": written,
        "predictions": written,
        "check_built": 2 * written,
        "orphans": 1,
        "quiz_bank": 1,
        "stale": 1,
    }


@pytest.mark.parametrize(("owner", "notice"), [("OWNER", True), ("somebody", False)])
@pytest.mark.parametrize("found", [[], ["A fault."]])
def test_main_prints_faults_and_the_placeholder(monkeypatch, capsys, owner, notice, found):
    course = Syllabus(f"https://github.com/{owner}/course", "v1.0.0", {"en": "", "ko": ""}, ())
    monkeypatch.setattr(check, "syllabus", lambda: course)
    monkeypatch.setattr(check, "faults", lambda: found)
    assert check.main([]) == bool(found)
    out = capsys.readouterr().out
    assert ("still the placeholder" in out) is notice
    assert ("✗ A fault.\n" in out and "1 fault(s)." in out) is bool(found)
    assert ("✓" in out) is (not found)
