"""The lab of lesson 05 in JupyterLab: move, type, reset, by mouse and keyboard."""

import notebook as nb
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = """import sys; sys.path.insert(0, ".")
from helpers import labs
from helpers.plots import use_course_style
use_course_style()
losses = [0.8, 0.5, 0.3, 0.2, 0.1]
labs.epochs({"loss": losses, "val_loss": [0.9, 0.6, 0.5, 0.6, 0.7]})"""


def test_the_lab_answers_the_hand(page: Page, lab, shot):
    nb.write_notebook(lab.root / "own.ipynb", CODE)
    nb.open_notebook(page, lab.address("own.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.epochs"))
    view = page.locator(".course-lab")
    finding = view.get_by_role("status")
    expect(finding).to_contain_text("Epoch 5")
    expect(finding).to_contain_text("Too late")
    expect(view.locator("code")).to_have_text("labs.epochs(history, epoch=5)")
    picture = view.locator("img")
    first = picture.get_attribute("src")

    view.locator(".noUi-handle").focus()  # the slider, with the arrow keys
    page.keyboard.press("ArrowLeft")
    expect(finding).to_contain_text("Epoch 4")
    expect(picture).not_to_have_attribute("src", first)
    shot("05-lab-moved", view)

    number = view.get_by_role("spinbutton")  # the field beside it
    number.click()
    nb.type_over(page, "3")
    page.keyboard.press("Enter")
    expect(finding).to_contain_text("the best epoch of the run")
    expect(view.locator("code")).to_have_text("labs.epochs(history, epoch=3)")

    view.get_by_role("button", name="Reset").click()
    expect(finding).to_contain_text("Epoch 5")
