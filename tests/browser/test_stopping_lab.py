"""The lab of lesson 09 in JupyterLab: slide, type, pick from a list, reset, by mouse and keyboard."""

import notebook as nb
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = """import sys; sys.path.insert(0, ".")
from helpers import labs
from helpers.plots import use_course_style
use_course_style()
first = {"loss": [0.9, 0.6, 0.5, 0.4, 0.3, 0.2], "val_loss": [0.9, 0.5, 0.6, 0.55, 0.4, 0.7]}
histories = {"first": first, "second": {"loss": [0.9, 0.8], "val_loss": [0.9, 0.8]}}
labs.early_stopping(histories, patience=2)"""


def test_every_kind_of_control_moves_the_stop(page: Page, lab, shot):
    nb.write_notebook(lab.root / "stopping.ipynb", CODE)
    nb.open_notebook(page, lab.address("stopping.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.early_stopping"))
    view = page.locator(".course-lab")
    finding = view.get_by_role("status")
    expect(finding).to_contain_text("stops after epoch 4 of 6")
    expect(finding).to_contain_text("keeps the weights of epoch 4")
    shot("09-lab-opened", view)
    picture = view.locator("img")
    first = picture.get_attribute("src")

    run, _, restore = (view.get_by_role("combobox").nth(place) for place in range(3))
    restore.select_option("True")  # a list
    expect(finding).to_contain_text("The weights of epoch 2 are put back")
    expect(picture).not_to_have_attribute("src", first)

    patience = view.get_by_role("spinbutton").first  # a field beside a slider
    patience.click()
    nb.type_over(page, "3")
    page.keyboard.press("Enter")
    expect(finding).to_contain_text("The weights of epoch 5 are put back")

    sliders = view.locator(".noUi-handle")  # patience, min_delta, baseline, start_from_epoch
    sliders.nth(2).focus()  # a scale, with the arrow keys
    page.keyboard.press("ArrowRight")
    expect(view.locator("code")).not_to_contain_text("baseline=None")
    sliders.nth(3).focus()
    page.keyboard.press("ArrowRight")
    expect(view.locator("code")).to_contain_text("start_from_epoch=1")
    shot("09-lab-moved", view)

    run.select_option("second")
    expect(finding).to_contain_text("epoch 2 (stopped_epoch = 0)")
    view.get_by_role("button", name="Reset").click()
    expect(finding).to_contain_text("keeps the weights of epoch 4")
    expect(view.locator("code")).to_contain_text("run='first', patience=2, min_delta=0, baseline=None")
