"""The lab of lesson 13 in JupyterLab: lists, sliders by mouse and by keyboard, reset."""

import notebook as nb
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = """import sys; sys.path.insert(0, ".")
from helpers import labs
from helpers.plots import use_course_style
use_course_style()
labs.optimizer_race("two minima", "SGD + momentum")"""


def test_every_control_starts_another_race(page: Page, lab, shot):
    nb.write_notebook(lab.root / "race.ipynb", CODE)
    nb.open_notebook(page, lab.address("race.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.optimizer_race"))
    view = page.locator(".course-lab")
    finding, code, picture = view.get_by_role("status"), view.locator("code"), view.locator("img")
    expect(finding).to_contain_text("momentum has arrived", timeout=90_000)  # the first import takes its time
    expect(finding).to_contain_text("SGD stands on flat ground that is not the lowest")
    shot("13-lab-opened", view)

    def expect_another(source: str) -> str:
        expect(picture).not_to_have_attribute("src", source)
        return picture.get_attribute("src")

    source = picture.get_attribute("src")
    handles = view.locator(".noUi-handle")  # learning rate, momentum, weight 1, weight 2
    handles.nth(1).focus()  # with the arrow keys
    page.keyboard.press("Home")
    expect(code).to_contain_text("momentum=0.0")
    expect(finding).not_to_contain_text("has arrived")
    source = expect_another(source)

    track = view.locator(".noUi-target").nth(2)  # with the mouse, to the left end
    track.click(position={"x": 2, "y": track.bounding_box()["height"] / 2})
    expect(code).to_contain_text("start=(-2.5, 1.0)")
    expect(finding).to_contain_text("SGD has arrived")
    source = expect_another(source)

    surface, optimizers = (view.get_by_role("combobox").nth(place) for place in range(2))
    optimizers.select_option("Adam + AdamW")
    expect(finding).to_contain_text("AdamW")
    source = expect_another(source)
    surface.select_option("plateau")
    expect(code).to_contain_text("labs.optimizer_race('plateau', 'Adam + AdamW'")
    expect_another(source)
    shot("13-lab-moved", view)

    view.get_by_role("button", name="Reset").click()
    expect(finding).to_contain_text("SGD stands on flat ground that is not the lowest")
    expect(code).to_contain_text("'SGD + momentum', learning_rate=0.05, momentum=0.9, start=(2.0, 1.0)")
