"""The lab of lesson 14 in JupyterLab: it trains while you wait, says so, and draws weights and curves."""

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
x = generator.normal(size=(160, 4)) + np.eye(4)[y]
dataset = (x[:100], y[:100], x[100:], y[100:])
labs.penalties(dataset)"""
SLOW = 60_000  # milliseconds that a busy machine may take to train and draw


def test_kind_and_strength_train_anew(page: Page, lab, shot):
    nb.write_notebook(lab.root / "penalties.ipynb", CODE)
    nb.open_notebook(page, lab.address("penalties.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.penalties"))
    view = page.locator(".course-lab")
    finding, picture, code = view.get_by_role("status"), view.locator("img"), view.locator("code")
    expect(finding).to_contain_text("L2 0.001: without the penalty", timeout=SLOW)
    opened = picture.get_attribute("src")
    shot("14-lab-opened", view)

    view.get_by_role("combobox").select_option("MaxNorm")  # by mouse or touch
    expect(finding).to_contain_text("MaxNorm 2: without the penalty", timeout=SLOW)
    expect(picture).not_to_have_attribute("src", opened, timeout=SLOW)
    expect(code).to_contain_text("kind='MaxNorm', strength=0.001, bound=2.0", timeout=SLOW)

    before = picture.get_attribute("src")
    bound = view.locator(".noUi-handle").nth(1)
    bound.focus()
    page.keyboard.press("ArrowLeft")
    expect(finding).to_contain_text("Computing", timeout=SLOW)
    expect(finding).to_contain_text("MaxNorm 1.5: without the penalty", timeout=SLOW)
    expect(picture).not_to_have_attribute("src", before, timeout=SLOW)
    shot("14-lab-moved", view)

    view.get_by_role("button", name="Reset").click()
    expect(finding).to_contain_text("L2 0.001: without the penalty", timeout=SLOW)
    expect(code).to_contain_text("labs.penalties(dataset, kind='L2', strength=0.001, bound=2.0)", timeout=SLOW)
