"""The lab of lesson 12 in JupyterLab: a list by mouse, the slider of scales and the number of layers by keyboard."""

import notebook as nb
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = """import sys; sys.path.insert(0, ".")
from helpers import labs
from helpers.plots import use_course_style
use_course_style()
labs.activations()"""
SLOW = 30_000  # milliseconds that a busy machine may take for a picture


def test_scale_activation_and_depth_redraw_the_histograms(page: Page, lab, shot):
    nb.write_notebook(lab.root / "activations.ipynb", CODE)
    nb.open_notebook(page, lab.address("activations.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.activations"))
    view = page.locator(".course-lab")
    finding, picture, code = view.get_by_role("status"), view.locator("img"), view.locator("code")
    expect(finding).to_contain_text("too large for this activation", timeout=SLOW)
    opened = picture.get_attribute("src")
    shot("12-lab-opened", view)

    activation, _, norm = (view.get_by_role("combobox").nth(place) for place in range(3))
    activation.select_option("relu")  # a list
    expect(finding).to_contain_text("they explode", timeout=SLOW)
    expect(picture).not_to_have_attribute("src", opened, timeout=SLOW)

    scale = view.locator(".noUi-handle").first
    scale.focus()  # a scale, with the arrow keys: from 1 over 0.3 to He's
    for name in ("scale=0.3", "scale='he'"):
        page.keyboard.press("ArrowLeft")
        expect(code).to_contain_text(name, timeout=SLOW)
    expect(finding).to_contain_text("The scale suits this depth", timeout=SLOW)

    before = picture.get_attribute("src")
    depth = view.get_by_role("spinbutton")  # a field beside a slider
    depth.click()
    nb.type_over(page, "10")
    page.keyboard.press("Enter")
    expect(finding).to_contain_text("From layer 1 to layer 10", timeout=SLOW)
    expect(picture).not_to_have_attribute("src", before, timeout=SLOW)

    norm.select_option("True")
    expect(code).to_contain_text("depth=10, batch_norm=True", timeout=SLOW)
    shot("12-lab-moved", view)
    view.get_by_role("button", name="Reset").click()
    expect(finding).to_contain_text("too large for this activation", timeout=SLOW)
    expect(code).to_contain_text("scale=1, activation='sigmoid', depth=5, batch_norm=False", timeout=SLOW)
