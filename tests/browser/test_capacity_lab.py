"""The lab of lesson 06 in JupyterLab: it trains while you wait, says so, and draws the map."""

import notebook as nb
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = """import sys; sys.path.insert(0, ".")
from helpers import data, labs
from helpers.i18n import set_language
from helpers.plots import use_course_style
use_course_style()
set_language("{language}")
digits = data.load("mnist")
dataset = (digits.x_train, digits.y_train, digits.x_val, digits.y_val)
labs.capacity(dataset)"""
WORDS = {
    "en": ("Width 64, 160 rows", "Computing", "Width 128, 160 rows"),
    "ko": ("너비 64, 160행", "계산 중", "너비 128, 160행"),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_move_trains_and_reset_goes_back(page: Page, lab, shot, language):
    opened, waiting, moved = WORDS[language]
    nb.write_notebook(lab.root / f"capacity_{language}.ipynb", CODE.format(language=language))
    nb.open_notebook(page, lab.address(f"capacity_{language}.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "labs.capacity"))
    view = page.locator(".course-lab")
    finding = view.get_by_role("status")
    expect(finding).to_contain_text(opened)
    first = view.locator("img").get_attribute("src")

    view.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    expect(finding).to_contain_text(waiting)
    expect(finding).to_contain_text(moved)
    expect(view.locator("img")).not_to_have_attribute("src", first)
    expect(view.locator("code")).to_contain_text("labs.capacity(dataset, width=128, rows=160)")
    shot(f"06-lab-{language}", view)

    view.get_by_role("button").click()
    expect(finding).to_contain_text(opened)
