"""Lesson 02 in JupyterLab, as its readers use it: with the mouse, and again with the keyboard alone."""

import re

import notebook as nb
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOLUTION = """def standardize(x_train, x_test):
    mean, std = x_train.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / std, (x_test - mean) / std

check("02.e2", standardize)"""
EXERCISE = 'check("02.e2"'
ITEMS_IN_ORDER = ("Look at the order", "Split into three", "scaler.fit", "scaler.transform", "model.fit")


def card(cell: Locator) -> Locator:
    return cell.locator(".course-quiz")


def expect_feedback(quiz: Locator, *texts: str) -> None:
    alert = quiz.get_by_role("alert")
    for text in texts:
        expect(alert).to_contain_text(text)


def press(quiz: Locator, name: str) -> None:
    quiz.get_by_role("button", name=name).click()


def write(quiz: Locator, text: str) -> None:
    """Click into the text field and type over what it holds."""
    quiz.get_by_role("textbox").click()
    nb.type_over(quiz.page, text)


def letters_in_order(quiz: Locator, items: tuple[str, ...]) -> str:
    """Return the letters to type for the right order, read off the card: the items are shown shuffled."""
    shown = [text for text in quiz.locator(".widget-html-content").all_inner_texts() if re.match(r"[a-e]\. ", text)]
    return " ".join(next(text[0] for text in shown if item in text) for item in items)


def test_with_the_mouse(page: Page, lab, shot):
    address = lab.address("notebooks/en/02_sampling.ipynb")
    nb.open_notebook(page, address)
    nb.run_all(page)
    nb.no_errors(page)
    shot("02-en-top")

    prediction = card(nb.cell_with(page, 'predict("02.p1")'))
    prediction.get_by_role("radio", name="d. 0.9 or more").click()
    press(prediction, "Record my prediction")
    expect_feedback(prediction, "Recorded")
    shot("02-en-predict", prediction)
    revealed = nb.cell_with(page, 'reveal("02.p1"')
    nb.run_cell(page, revealed)
    expect(revealed.locator(".jp-OutputArea")).to_contain_text("almost only class 2")
    expect(revealed.locator(".jp-OutputArea")).to_contain_text("once the rows are shuffled")
    shot("02-en-reveal", revealed)

    quiz = card(nb.cell_with(page, 'quiz("02")'))
    quiz.get_by_role("radio", name="b. frac").click()  # single: wrong, a hint, then right
    press(quiz, "Check")
    expect_feedback(quiz, "Not yet", "shuffles the whole table")
    press(quiz, "Hint")
    expect(quiz).to_contain_text("another method")
    shot("02-en-single-wrong", quiz)
    quiz.get_by_role("radio", name="c. replace").click()
    press(quiz, "Check")
    expect_feedback(quiz, "Right", "more than once")

    press(quiz, "Next")
    expect(quiz).to_contain_text("Question 2 of 7")  # multiple: partly, then right
    quiz.get_by_role("checkbox", name="a. df.sample(frac=1)", exact=True).click()
    press(quiz, "Check")
    expect_feedback(quiz, "Partly")
    quiz.get_by_role("checkbox", name="d. df.sample").click()
    press(quiz, "Check")
    expect_feedback(quiz, "Right")
    shot("02-en-multiple", quiz)

    press(quiz, "Next")
    expect(quiz).to_contain_text("Question 3 of 7")  # number: a known mistake, then right
    write(quiz, "200")
    press(quiz, "Check")
    expect_feedback(quiz, "Not yet", "they are the last ones")
    write(quiz, "800")
    press(quiz, "Check")
    expect_feedback(quiz, "Right")
    shot("02-en-number", quiz)

    press(quiz, "Next")
    expect(quiz).to_contain_text("Question 4 of 7")  # order: with the buttons, the first item to the top
    for place, item in enumerate(ITEMS_IN_ORDER):
        for _ in range(10):
            rows = quiz.locator(".widget-hbox").filter(has=page.locator(".cq-move"))
            texts = rows.all_inner_texts()
            if item in texts[place]:
                break
            at = next(index for index, text in enumerate(texts) if item in text)
            rows.nth(at).get_by_role("button", name="up").click()
            expect(rows.nth(at - 1)).to_contain_text(item)
    press(quiz, "Check")
    expect_feedback(quiz, "Right", "before the split")
    shot("02-en-order", quiz)
    expect(quiz).to_contain_text("4 of 7 right")

    exercise = nb.cell_with(page, EXERCISE)  # code: not attempted, then right
    expect(exercise.locator(".jp-OutputArea")).to_contain_text("not attempted")
    press(exercise, "Hint")
    expect(exercise.locator(".jp-OutputArea")).to_contain_text("axis=0")
    nb.replace_code(page, exercise, SOLUTION)
    expect(nb.cell_with(page, EXERCISE).locator(".jp-OutputArea")).to_contain_text("Right")
    shot("02-en-code", nb.cell_with(page, EXERCISE))

    nb.open_notebook(page, address)  # reload: the kernel is another one, the score is kept
    nb.run_cell(page, nb.cell_with(page, 'start("02"'))
    nb.run_cell(page, nb.cell_with(page, 'predict("02.p1")'))
    nb.run_cell(page, nb.cell_with(page, 'quiz("02")'))
    quiz = card(nb.cell_with(page, 'quiz("02")'))
    expect(quiz).to_contain_text("4 of 7 right")
    expect(quiz.get_by_role("radio", name="c. replace")).to_be_checked()


def test_with_the_keyboard_alone(page: Page, lab, shot):
    nb.open_notebook(page, lab.address("notebooks/ko/02_sampling.ipynb"))
    nb.run_all_by_keyboard(page)
    nb.no_errors(page)
    shot("02-ko-after-run-all")

    def answer(quiz: Locator, text: str, button: str) -> None:
        nb.tab_to(page, quiz.get_by_role("textbox"))
        nb.type_over(page, text)
        nb.tab_to(page, quiz.get_by_role("button", name=button))
        page.keyboard.press("Enter")

    def onward(quiz: Locator, heading: str) -> None:
        nb.tab_to(page, quiz.get_by_role("button", name="다음"))
        page.keyboard.press("Enter")
        expect(quiz).to_contain_text(heading)

    quiz = card(nb.walk_to(page, 'quiz("02")'))
    answer(quiz, "a", "확인")
    expect_feedback(quiz, "아직 아닙니다", "옳은 설명입니다")
    answer(quiz, "c", "확인")
    expect_feedback(quiz, "맞았습니다", "복원 추출")
    onward(quiz, "문제 2 / 7")
    answer(quiz, "a d", "확인")
    expect_feedback(quiz, "맞았습니다")
    shot("02-ko-multiple", quiz)
    onward(quiz, "문제 3 / 7")
    answer(quiz, "800", "확인")
    expect_feedback(quiz, "맞았습니다")
    onward(quiz, "문제 4 / 7")
    items = ("행의 순서", "세 조각으로", *ITEMS_IN_ORDER[2:])
    answer(quiz, letters_in_order(quiz, items), "확인")
    expect_feedback(quiz, "맞았습니다")
    shot("02-ko-order", quiz)
    assert page.locator(".jp-Cell").count() == 58, "a key pressed in the quiz has changed the notebook"

    prediction = card(nb.walk_to(page, 'predict("02.p1")'))
    answer(prediction, "a", "예측")
    expect_feedback(prediction, "기록")

    exercise = nb.walk_to(page, EXERCISE)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    page.keyboard.press("Control+Enter")
    nb.wait_idle(page)
    expect(exercise.locator(".jp-OutputArea")).to_contain_text("맞았습니다")
    shot("02-ko-code", exercise)
