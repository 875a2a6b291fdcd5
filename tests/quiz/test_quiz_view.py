"""The quiz and the predictions, pressed and typed into as a browser would."""

import json
from dataclasses import replace

import ipywidgets
import pytest
from IPython.core.formatters import DisplayFormatter

from helpers import i18n
from helpers.errors import CourseError
from helpers.quiz import bank, card, markup, prediction, progress, view
from helpers.quiz.controls import Multiple, Single, letters, shuffled
from helpers.quiz.model import Bank, Words
from helpers.quiz.prediction import PredictView, revealed
from helpers.quiz.view import QuizView

LANGUAGES = pytest.mark.parametrize("lang", ["en", "ko"])


def press(button):
    """Press a button as the browser does."""
    button._handle_custom_msg({"event": "click"}, [])


def type_in(text, value):
    """Type into a text field as the browser does."""
    text.set_state({"value": value})


@pytest.fixture
def quiz():
    made = QuizView(bank.load_bank("05"))
    yield made
    made.close()


def go_to(quiz, number):
    while quiz.index != number - 1:
        press(quiz.next_button)


@LANGUAGES
def test_a_whole_quiz_by_keyboard(lang):
    i18n.set_language(lang)
    quiz = QuizView(bank.load_bank("05"))
    order = " ".join(quiz_letter(quiz.questions[3], name) for name in ("build", "compile", "fit", "plot"))
    for typed in ("b", "a, c", "25", order):
        type_in(quiz.control.text, typed)
        press(quiz.check_button)
        assert 'role="alert"' in quiz.feedback.value and "✓" in quiz.feedback.value
        assert ("Right" if lang == "en" else "맞았습니다") in quiz.feedback.value
        press(quiz.next_button)
    assert ("4 of 4 right" if lang == "en" else "4문제 중 4문제 정답") in quiz.head.value
    assert ("Well done" if lang == "en" else "잘했습니다") in quiz.summary.value
    assert quiz.index == 0  # after the last question comes the first


def quiz_letter(question, name):
    return "abcdefgh"[[item.id for item in shuffled(question)].index(name)]


def test_radio_buttons_and_text_field_follow_each_other(quiz):
    control = quiz.control
    control.radio.set_state({"index": 1})
    assert control.answer == "b" and control.text.value == "b"
    type_in(control.text, "C")
    assert control.answer == "c"
    type_in(control.text, "z")
    assert control.answer is None
    type_in(control.text, "ab")
    assert control.answer is None


def test_checkboxes_and_text_field_follow_each_other(quiz):
    go_to(quiz, 2)
    control = quiz.control
    control.boxes["c"].set_state({"value": True})
    control.boxes["a"].set_state({"value": True})
    assert control.answer == ["a", "c"] and control.text.value == "a c"
    type_in(control.text, "b")
    assert control.answer == ["b"] and control.text.value == "b"
    type_in(control.text, "b, c")
    assert control.answer == ["b", "c"] and control.text.value == "b, c"
    type_in(control.text, "")
    assert control.answer is None


def test_order_by_buttons(quiz):
    go_to(quiz, 4)
    control = quiz.control
    assert control.answer is None
    press(control.rows[1].children[1])  # the second goes up
    assert control.text.value == "b a c d"
    press(control.rows[3].children[2])  # the last cannot go down
    assert control.text.value == "b a c d"
    type_in(control.text, "d c")  # not all letters yet: nothing moves
    assert control.answer is None and control.rows[0].children[0].value.startswith("<b>b.")
    type_in(control.text, "dcba")
    assert control.rows[0].children[0].value.startswith("<b>d.")
    assert sorted(control.answer) == ["build", "compile", "fit", "plot"]


def test_the_shown_order_is_stable_and_never_the_right_one(questions):
    question = questions["05.q4"]
    assert shuffled(question) == shuffled(question) != list(question.items)
    for number in range(200):
        other = replace(question, id=f"05.q{number}", items=question.items[:3])
        assert shuffled(other) != list(other.items)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("a", ["a"]), (" B ", ["b"]), ("a,c", ["a", "c"]), ("ca", ["c", "a"]), ("ａ", ["a"]), ("ㅁ", ["a"]),
     ("ㅊ ㅁ", ["c", "a"]), ("", []), ("aa", []), ("d", []), ("<b>", []), ("1", []), ("a → b", ["a", "b"])],
)  # fmt: skip
def test_letters_as_people_type_them(typed, found):
    assert letters(typed, "abc") == found


@LANGUAGES
def test_an_unanswered_question_says_what_to_do_and_is_not_recorded(quiz, lang):
    i18n.set_language(lang)
    for number in range(1, 5):
        go_to(quiz, number)
        press(quiz.check_button)
        assert "○" in quiz.feedback.value
    assert progress.summary("05") == {}
    type_in(quiz.control.text, "a a")
    go_to(quiz, 3)
    type_in(quiz.control.text, "many")
    press(quiz.check_button)
    assert "many" in quiz.feedback.value and progress.summary("05") == {}


def test_the_reasons_of_the_chosen_options_are_shown(quiz):
    go_to(quiz, 2)
    type_in(quiz.control.text, "ab")
    press(quiz.check_button)
    assert "harder to learn many samples" in quiz.feedback.value and "gap only grows" in quiz.feedback.value
    assert "rely on one another" not in quiz.feedback.value


def test_hints_come_one_by_one_and_are_counted(quiz):
    press(quiz.hint_button)
    assert "Hint 1 of 2" in quiz.hints.value and "Hint 2" not in quiz.hints.value
    press(quiz.hint_button)
    press(quiz.hint_button)
    assert "Hint 2 of 2" in quiz.hints.value
    type_in(quiz.control.text, "a")
    press(quiz.check_button)
    assert progress.latest("05.q1").hints == 2
    press(quiz.next_button)
    assert quiz.hints.value == ""
    press(quiz.previous_button)
    assert "Hint 2 of 2" in quiz.hints.value


def test_turning_keeps_what_was_typed_and_the_feedback(quiz):
    type_in(quiz.control.text, "a")
    press(quiz.check_button)
    press(quiz.previous_button)
    assert quiz.index == 3 and quiz.feedback.value == ""
    press(quiz.next_button)
    assert quiz.control.text.value == "a" and "✗" in quiz.feedback.value and "alert" not in quiz.feedback.value


def test_the_best_attempt_counts_and_retries_are_free(quiz):
    for typed in "abca":
        type_in(quiz.control.text, typed)
        press(quiz.check_button)
    assert "1 of 4 right" in quiz.head.value and "1 ✓" in quiz.head.value
    assert "✗" in quiz.feedback.value


def test_answers_and_score_come_back(quiz):
    order = None
    for number, typed in ((1, "b"), (2, "a"), (3, "32"), (4, "d c b a")):
        go_to(quiz, number)
        type_in(quiz.control.text, typed)
        press(quiz.check_button)
        order = quiz.control.answer
    again = QuizView(bank.load_bank("05"))
    assert again.control.answer == "b" and again.control.text.value == "b"
    assert "1 of 4 right" in again.head.value and "Read again" in again.summary.value
    assert "“Reading a curve”" in again.summary.value
    go_to(again, 2)
    assert again.control.answer == ["a"]
    go_to(again, 3)
    assert again.control.answer == "32"
    go_to(again, 4)
    assert again.control.answer == order


@pytest.mark.parametrize("answer", [None, "z", 7, ["z"], {"a": 1}, [["a"]], [None], ["build", 1, 2, 3]])
def test_an_earlier_answer_that_no_longer_fits_is_left_out(answer):
    for number in range(1, 5):
        progress.record(f"05.q{number}", answer, "wrong")
    quiz = QuizView(bank.load_bank("05"))
    for number in range(1, 5):
        go_to(quiz, number)


def test_a_second_run_closes_the_former_widgets(monkeypatch):
    seen = []
    monkeypatch.setattr(card, "display", seen.append)
    view.quiz("05")
    first = seen[0].widget
    inner = first.children[3].children[0].children[0]
    view.quiz("05")
    assert first.comm is None and inner.comm is None and first.layout.comm is None
    assert seen[1].widget.comm is not None


def test_nothing_but_core_widgets_and_no_output(quiz):
    for number in range(1, 5):
        go_to(quiz, number)
        for widget in tree(quiz.widget):
            assert type(widget).__module__.startswith("ipywidgets.") and not isinstance(widget, ipywidgets.Output)
            assert not getattr(widget, "disabled", False)
    assert "course-quiz" in quiz.widget._dom_classes


def tree(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from tree(child)


def test_a_control_in_use_is_not_rebuilt(quiz):
    control, area = quiz.control, quiz.area.children
    type_in(control.text, "a")
    press(quiz.check_button)
    press(quiz.hint_button)
    assert quiz.area.children == area and quiz.control is control


@LANGUAGES
def test_the_static_quiz_is_readable_stable_and_without_answers(lang):
    i18n.set_language(lang)
    first = QuizView(bank.load_bank("05"))
    type_in(first.control.text, "b")
    press(first.check_button)
    again = QuizView(bank.load_bank("05"))
    assert first.shown.html == again.shown.html and repr(first.shown) == repr(again.shown)
    assert repr(again.shown) == ("Quiz 05: 4 questions" if lang == "en" else "퀴즈 05: 문제 4개")
    assert ("Run this cell to answer" if lang == "en" else "이 셀을 실행하면") in again.shown.html
    for question in again.questions:
        assert question.prompt.html in again.shown.html
    assert "gap only grows" not in again.shown.html and "✓" not in again.shown.html


def test_both_languages_while_notebooks_are_built(monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    shown = QuizView(bank.load_bank("05")).shown
    for lang, there, elsewhere in (("en", "Run this cell", "이 셀을"), ("ko", "이 셀을", "Run this cell")):
        text = i18n.pick(shown.html + repr(shown), lang)
        assert there in text and elsewhere not in text and not i18n.is_marked(text)
    text = revealed("05.p1", 5).html
    assert "no prediction" in i18n.pick(text, "en") and "예측을 남기지" in i18n.pick(text, "ko")


def test_what_a_cell_shows_has_widget_html_and_text(monkeypatch, quiz):
    seen = []
    monkeypatch.setattr(card, "display", lambda bundle, raw: seen.append(bundle))
    formatter = DisplayFormatter()
    formatter.ipython_display_formatter(quiz.shown)
    assert set(seen[0]) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert seen[0]["application/vnd.jupyter.widget-view+json"]["model_id"] == quiz.widget.model_id
    json.dumps(seen[0])


def test_outside_a_notebook_one_line_is_printed(capsys, monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.setattr(InteractiveShell, "initialized", classmethod(lambda cls: False))
    view.quiz("05")
    assert capsys.readouterr().out.strip() == "Quiz 05: 4 questions"


EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def evil(question):
    """Return a question whose every text is an attack."""
    words = Words(EVIL, EVIL)
    changed = {"prompt": words, "hints": (words,), "section": words}
    for name in ("options", "items", "wrong"):
        parts = getattr(question, name, ())
        if parts:
            field = {"options": ("text", "reason"), "items": ("text",), "wrong": ("reason",)}[name]
            changed[name] = tuple(replace(part, **dict.fromkeys(field, words)) for part in parts)
    for name in ("reason", "unit"):
        if hasattr(question, name):
            changed[name] = words
    return replace(question, **changed)


@LANGUAGES
def test_html_in_texts_and_answers_is_shown_as_text(lang):
    i18n.set_language(lang)
    quiz = QuizView(Bank("05", tuple(evil(question) for question in bank.load_bank("05").quiz)))
    texts = [quiz.shown.html]
    for number, typed in ((1, "a"), (2, "ab"), (3, "32"), (3, EVIL), (4, "dcba"), (4, "b c a d"), (1, "b")):
        go_to(quiz, number)
        type_in(quiz.control.text, typed)
        press(quiz.check_button)
        press(quiz.hint_button)
        texts += [w.value for w in tree(quiz.widget) if isinstance(w, ipywidgets.HTML)]
    everything = "".join(texts)
    assert "<script" not in everything and "<img" not in everything and "&lt;script&gt;" in everything


def test_checkbox_labels_show_html_as_text(questions):
    (label, *_) = [box.description for box in Multiple(evil(questions["05.q2"]).options).boxes.values()]
    seven = int(ipywidgets.__version__.split(".")[0]) < 8  # 7 shows the description as HTML, 8 as text
    assert ("&lt;script" in label) if seven else ("<script" in label)


def test_radio_labels_differ_and_are_not_cut(questions):
    labels = [label for label, _ in Single(questions["05.q1"].options).radio.options]
    assert len(set(labels)) == 3 and max(map(len, labels)) > 100
    assert "white-space: normal" in card.STYLE


def test_markup():
    assert markup.to_html("a `x < 1` **b** <i>\nc") == "a <code>x &lt; 1</code> <b>b</b> &lt;i&gt;<br>c"
    assert markup.to_html("`a\n  b`").endswith(">a\n  b</code>") and "pre-wrap" in markup.to_html("`a\nb`")
    assert markup.to_plain("a `x` **b**\n c") == "a x b c"
    assert markup.to_html("`**x**`") == "<code>**x**</code>"


@LANGUAGES
def test_a_prediction_is_kept_and_compared(lang):
    i18n.set_language(lang)
    question = bank.find("05.p1")
    asked = PredictView(question)
    press(asked.keep_button)
    assert "○" in asked.feedback.value and progress.latest("05.p1") is None
    type_in(asked.control.text, "b")
    press(asked.keep_button)
    assert ("Recorded" if lang == "en" else "기록했습니다") in asked.feedback.value
    assert PredictView(question).control.answer == "b"
    right, wrong = revealed("05.p1", 10), revealed("05.p1", 50.0)
    assert "✓" in repr(right) and "✗" in repr(wrong)
    assert question.options[1].reason.html in wrong.html and question.options[2].reason.html in wrong.html
    assert question.options[0].reason.html not in right.html


def test_without_a_prediction_it_says_so_kindly():
    assert "You have made no prediction" in repr(revealed("05.p2", "b"))
    assert "New data are harder" in revealed("05.p2", "b").html


@pytest.mark.parametrize("value", [0, -1, float("nan"), None, "z", "", [1], object()])
def test_a_value_of_no_option_is_refused(value):
    with pytest.raises(CourseError, match=r"05\.p1"):
        revealed("05.p1", value)


def test_hints_of_a_prediction():
    asked = PredictView(bank.find("05.p2"))
    press(asked.hint_button)
    assert "Hint 1 of 1" in asked.hints.value
    with pytest.raises(CourseError):
        prediction.predict("05.q1")


def test_a_damaged_progress_file_is_told_on_the_card(course_home):
    (course_home / progress.FILE).write_bytes(b"no database at all" * 50)
    assert "progress.damaged-" in QuizView(bank.load_bank("05")).note.value


def contrast(first, second):
    """Return the contrast ratio of two colours after WCAG 2.2."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_at_least_four_and_a_half():
    papers = ("#ffffff", "#eaf7ee", "#fdf6e0", "#fdeeef", "#f3f5f8", "#eff5fd", "#eef1f5", "#e6eaf0")
    pairs = [("#1f2733", paper) for paper in papers]
    pairs += [("#4a5564", "#ffffff"), ("#1f4e9e", "#ffffff"), ("#ffffff", "#173c7b"), ("#3d4856", "#f7f9fb")]
    pairs += [("#14532d", "#eaf7ee"), ("#6b4a05", "#fdf6e0"), ("#8a1c26", "#fdeeef"), ("#6b7684", "#ffffff")]
    for ink, paper in pairs:
        assert ink in card.STYLE and paper in card.STYLE
        assert contrast(ink, paper) >= 4.5, (ink, paper)
