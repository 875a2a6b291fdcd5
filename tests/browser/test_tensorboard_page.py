"""The real TensorBoard in a real browser: by its address, and below a cell of JupyterLab."""

import time

import notebook as nb
import pytest
import tensorflow as tf
from playwright.sync_api import Page, expect

from helpers import tensorboard

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000  # milliseconds: the page loads, asks the server for tags, and the server has to have read the files

CODE = """import sys; sys.path.insert(0, ".")
from helpers import tensorboard
server = tensorboard.serve({folder!r}, port=0)"""


@pytest.fixture
def folder(tmp_path):
    with tf.summary.create_file_writer(str(tmp_path / "train")).as_default():
        for step, value in enumerate([0.9, 0.5, 0.25]):
            tf.summary.scalar("epoch_loss", value, step=step)
    return tmp_path


def test_a_scalar_card_is_on_the_page(page: Page, folder, shot):
    running = tensorboard.serve(folder, port=0)
    page.goto(f"{running.url}#timeseries")
    card = page.locator("card-view scalar-card").first
    expect(card).to_be_visible(timeout=PATIENCE)
    expect(card.locator(".tag").first).to_contain_text("epoch_loss")
    expect(card.locator("line-chart")).to_be_visible(timeout=PATIENCE)
    shot("11-tensorboard")


def test_it_opens_below_a_cell_of_jupyterlab(page: Page, lab, folder, shot):
    nb.write_notebook(lab.root / "board.ipynb", CODE.format(folder=str(folder)))
    nb.open_notebook(page, lab.address("board.ipynb"))
    nb.run_cell(page, nb.cell_with(page, "tensorboard.serve"))
    nb.no_errors(page)
    expect(page.get_by_role("link", name="Open TensorBoard in a window of its own")).to_be_visible(timeout=PATIENCE)
    end = time.monotonic() + PATIENCE / 1000
    while not any("#timeseries" in frame.url for frame in page.frames) and time.monotonic() < end:
        page.wait_for_timeout(200)  # the frame is sent to its address twice: take the page that has come to stay
    (board,) = (frame for frame in page.frames if "#timeseries" in frame.url)
    expect(board.locator("card-view scalar-card").first).to_be_visible(timeout=PATIENCE)
    shot("11-tensorboard-below-a-cell")
