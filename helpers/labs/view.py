"""The view that all labs share: controls, picture, finding in words, reset, and the line of code that rebuilds it."""

import html

import ipywidgets as widgets
from traitlets import link

from helpers.i18n import say
from helpers.labs.frame import Control, Lab, State


def view(lab: Lab) -> widgets.VBox:
    """Build the widgets of a lab: only calls that ipywidgets 7.7 and 8.1 share, no Output widget."""
    image = widgets.Image(format="png", layout=widgets.Layout(max_width="100%"))
    words, code = widgets.HTML(), widgets.HTML()
    sliders = {control.name: _slider(control) for control in lab.controls}
    reset = widgets.Button(description=say(en="Reset", ko="처음으로"), icon="undo")
    shown: list[State] = []

    def show(*_: object) -> None:
        state = {name: slider.value for name, slider in sliders.items()}
        picture = lab.draw(state, shown[-1] if shown else None)
        shown[:] = [state]
        image.value = picture.png
        style = "line-height:1.4;margin:0.2em 0;word-break:keep-all"  # Korean breaks between words
        words.value = f'<p role="status" style="{style}">{html.escape(picture.finding)}</p>'
        line = html.escape(lab.code.format(**state))
        code.value = say(en="This view as code: ", ko="이 화면을 다시 여는 코드: ") + f"<code>{line}</code>"

    def start_again(_: object) -> None:
        for control in lab.controls:
            sliders[control.name].value = control.value

    for slider in sliders.values():
        slider.observe(show, names="value")
    reset.on_click(start_again)
    show()
    title = say(en="Lab", ko="실습")
    head = widgets.HTML(f"<strong>{title}: {html.escape(lab.question)}</strong>")
    rows = [_row(control, sliders[control.name]) for control in lab.controls]
    box = widgets.VBox([head, *rows, image, words, widgets.HBox([reset, code])])
    box.add_class("course-lab")
    return box


def _slider(control: Control) -> widgets.IntSlider:
    return widgets.IntSlider(
        value=control.value,
        min=control.low,
        max=control.high,
        description=control.label,
        readout=False,
        layout=widgets.Layout(width="70%"),
    )


def _row(control: Control, slider: widgets.IntSlider) -> widgets.HBox:
    """Put a number field beside the slider: exact values, and a way without the mouse."""
    number = widgets.BoundedIntText(
        value=control.value, min=control.low, max=control.high, layout=widgets.Layout(width="6em")
    )
    link((slider, "value"), (number, "value"))
    return widgets.HBox([slider, number])
