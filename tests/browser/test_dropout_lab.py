"""The lab of lesson 15 in JupyterLab: it trains while you wait, by mouse and by keyboard, and says so."""

import notebook as nb
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = """import sys; sys.path.insert(0, ".")
import numpy as np
from helpers import labs
from helpers.plots import use_course_style
use_course_style()
generator = np.random.default_rng(0)
y = generator.integers(0, 3, 160)
x = generator.normal(size=(160, 4)) + 2 * np.eye(4)[y]
labs.dropout((x[:100], y[:100], x[100:], y[100:]))"""
TRAINED = 90_000  # milliseconds: five networks, after the first time in seconds


def test_a_moved_rate_trains_and_reset_goes_back(page: Page, lab, shot):
    nb.write_notebook(lab.root / "dropout.ipynb", CODE)
    nb.open_notebook(page, lab.address("dropout.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.dropout"))
    view = page.locator(".course-lab")
    finding, code, picture = view.get_by_role("status"), view.locator("code"), view.locator("img")
    expect(finding).to_contain_text("Rates 0.2, 0.5, 0.5", timeout=TRAINED)
    opened = picture.get_attribute("src")

    track = view.locator(".noUi-target").first  # with the mouse, to the left end
    track.click(position={"x": 2, "y": track.bounding_box()["height"] / 2})
    expect(finding).to_contain_text("Rates 0, 0.5, 0.5", timeout=TRAINED)
    expect(code).to_contain_text("labs.dropout(dataset, after_input=0.0, after_hidden1=0.5, after_hidden2=0.5)")
    expect(picture).not_to_have_attribute("src", opened)
    moved = picture.get_attribute("src")

    view.locator(".noUi-handle").nth(2).focus()  # with the arrow keys
    page.keyboard.press("ArrowRight")
    expect(finding).to_contain_text("Rates 0, 0.5, 0.6", timeout=TRAINED)
    expect(picture).not_to_have_attribute("src", moved)
    shot("15-lab-moved", view)

    view.get_by_role("button", name="Reset").click()
    expect(finding).to_contain_text("Rates 0.2, 0.5, 0.5", timeout=TRAINED)
    expect(code).to_contain_text("after_input=0.2, after_hidden1=0.5, after_hidden2=0.5")
