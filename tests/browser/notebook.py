"""What a reader does in JupyterLab: open, run all, find a cell, read."""

import contextlib
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, TimeoutError, expect

RUN_ALL_SECONDS = 180


def write_notebook(path: Path, code: str) -> None:
    """Write a notebook of one cell."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)], metadata=kernel), path)


def open_notebook(page: Page, address: str) -> None:
    """Open a notebook and wait until its kernel is ready and the keyboard is the notebook's."""
    page.goto(address)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    # The last thing JupyterLab does at its start: sooner, it would take the focus from what a key has opened.
    page.wait_for_function("() => document.activeElement.closest('.jp-Notebook')")
    everything_drawn(page)


def everything_drawn(page: Page) -> None:
    """Scroll through once: JupyterLab draws cells as they come into view."""
    page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 1e9)")
    page.wait_for_timeout(300)
    page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 0)")


def run_all(page: Page) -> None:
    """Choose Run › Run All Cells and wait until the kernel has nothing more to do."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    wait_idle(page)


def wait_idle(page: Page) -> None:
    """Wait until no cell waits or runs."""
    page.wait_for_timeout(500)
    page.wait_for_function(
        """() => document.querySelector(".jp-Notebook-ExecutionIndicator")?.dataset.status === "idle"
              && ![...document.querySelectorAll(".jp-InputPrompt")].some(p => p.textContent.includes("*"))""",
        timeout=RUN_ALL_SECONDS * 1000,
    )


def cell_with(page: Page, code: str) -> Locator:
    """Return the code cell whose code contains a text, scrolled into view."""
    cell = page.locator(".jp-CodeCell").filter(has=page.locator(".jp-InputArea", has_text=code)).first
    cell.scroll_into_view_if_needed()
    return cell


def run_cell(page: Page, cell: Locator) -> None:
    """Click into a cell's code and press Shift+Enter; again if a kernel that has only just started did not take it."""
    for _ in range(3):
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        with contextlib.suppress(AssertionError):
            expect(cell.locator(".jp-InputPrompt")).not_to_have_text("[ ]:", timeout=5_000)
            break
    else:
        raise AssertionError("the kernel did not take the cell")
    wait_idle(page)


def replace_code(page: Page, cell: Locator, code: str) -> None:
    """Write other code into a cell, as a student types it, and run it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    wait_idle(page)


def no_errors(page: Page) -> None:
    """Expect that no cell shows an error."""
    expect(page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
    expect(page.locator("[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)


def run_all_by_keyboard(page: Page) -> None:
    """Call Run All Cells from the command palette; again if a JupyterLab still starting took the focus from it."""
    running = page.locator(".jp-InputPrompt", has_text="*").first
    for _ in range(5):
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Shift+c")
        with contextlib.suppress(TimeoutError):
            page.locator("#modal-command-palette input:focus").wait_for(timeout=10_000)
            page.keyboard.insert_text("Run All Cells")  # no key presses: to a notebook they would be commands
            found = page.locator("#modal-command-palette li.lm-mod-active", has_text="Run All Cells")
            found.wait_for(timeout=10_000)
            page.keyboard.press("Enter")
            running.wait_for(timeout=10_000)
            break
    else:
        raise AssertionError("Run All Cells could not be called from the palette")
    wait_idle(page)


def walk_to(page: Page, text: str) -> Locator:
    """Walk with the arrow keys to the code cell that contains a text, and return that cell."""
    page.keyboard.press("Escape")
    active = page.locator(".jp-Cell.jp-mod-active")
    for key, most in (("ArrowUp", 100), ("ArrowDown", 100)):
        for _ in range(most):
            if active.locator(".jp-InputArea", has_text=text).count():
                return cell_with(page, text)
            page.keyboard.press(key)
            page.wait_for_timeout(30)
    raise AssertionError(f"no cell with {text!r} can be reached with the arrow keys")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab, or else Shift+Tab, until a control has the focus."""
    for key, most in (("Tab", 12), ("Shift+Tab", 30)):
        for _ in range(most):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached with Tab")


def type_over(page: Page, text: str) -> None:
    """Replace what stands in the text field that has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
