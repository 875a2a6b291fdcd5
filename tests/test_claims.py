"""Claims: what holds and what does not, the line that says so, and the evidence beside it."""

import base64
import re
from functools import partial

import numpy as np
import pytest
from IPython.utils.capture import capture_output

from helpers import i18n
from helpers.errors import CourseError
from helpers.experiments import Claim, ClaimNotSupported, Runs
from helpers.plots.runs import evidence

NAN, INF = float("nan"), float("inf")
LOW, HIGH = [1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 3.0, 4.0, 5.0, 6.0]


def made(**values):
    """Return runs whose measure `error` has the given values over the seeds, for each variant."""
    errors = np.array(list(values.values()), dtype=float)
    variants, seeds = errors.shape
    history = {name: np.ones((variants, seeds, 1)) for name in ("loss", "val_loss")}
    return Runs(tuple(values), tuple(range(seeds)), np.ones((variants, seeds), int), history, also={"error": errors})


def claimed(runs, **rule):
    return runs.claim("b errs more", "error", **{"of": "b", "direction": "higher", "than": "a", **rule})


# --- what holds ------------------------------------------------------------------------------------------------------

EACH, MEDIAN, SPREAD = ({"statistic": name} for name in ("each", "median", "spread"))
RULES = {
    "each seed": (LOW, HIGH, EACH, True),
    "each seed, the other way": (LOW, HIGH, {"direction": "lower"}, False),
    "lower": (HIGH, LOW, {"direction": "lower"}, True),
    "four of five are enough": (LOW, [2, 3, 4, 5, 0], {}, True),
    "three of five are not": (LOW, [2, 3, 4, 0, 0], {}, False),
    "three of five where three must agree": (LOW, [2, 3, 4, 0, 0], {"agree": 3}, True),
    "four of five where all must agree": (LOW, [2, 3, 4, 5, 0], {"agree": 5}, False),
    "equal without a margin": (LOW, LOW, {"agree": 1}, False),
    "just the margin": (LOW, HIGH, {"margin": 1}, True),
    "less than the margin": (LOW, HIGH, {"margin": 1.001}, False),
    "just the margin, lower": (HIGH, LOW, {"margin": 1, "direction": "lower"}, True),
    "the wrong way by the margin": (HIGH, LOW, {"margin": 1}, False),
    "NaN is no agreement": (LOW, [2, 3, 4, NAN, NAN], {}, False),
    "but the others may agree": (LOW, [2, 3, 4, 5, NAN], {}, True),
    "NaN on the other side": ([1, 2, 3, NAN, NAN], HIGH, {}, False),
    "beyond a number": (LOW, HIGH, {"than": 1.5}, True),
    "not all beyond a number": (LOW, HIGH, {"than": 3.5}, False),
    "a number as the margin's end": (LOW, HIGH, {"than": 1, "margin": 1}, True),
    "below a number": (LOW, HIGH, {"than": 6.5, "direction": "lower"}, True),
    "infinity is more": (LOW, [INF] * 5, {}, True),
    "two infinities are no difference": ([INF] * 5, [INF] * 5, {"agree": 1}, False),
    "median": (LOW, [0, 0, 3.5, 9, 9], MEDIAN, True),
    "median, equal": (LOW, [0, 0, 3, 9, 9], MEDIAN, False),
    "median by the margin": (LOW, [0, 0, 3.5, 9, 9], {**MEDIAN, "margin": 0.5}, True),
    "median by less": (LOW, [0, 0, 3.5, 9, 9], {**MEDIAN, "margin": 0.75}, False),
    "median over a number": (LOW, HIGH, {**MEDIAN, "than": 3.5}, True),
    "median under a number": (LOW, HIGH, {**MEDIAN, "than": 3.5, "direction": "lower"}, False),
    "median of NaN": (LOW, [9, 9, 9, 9, NAN], MEDIAN, False),
    "median against NaN": ([0, 0, 0, 0, NAN], HIGH, MEDIAN, False),
    "median, whatever the seeds agree on": (LOW, [0, 0, 9, 9, 9], {**MEDIAN, "agree": 5}, True),
    "spread": (LOW, [7, 7, 7, 7, 2], SPREAD, True),
    "spread, equal": (LOW, HIGH, SPREAD, False),
    "spread, lower": (LOW, [7, 7, 7, 7, 4], {**SPREAD, "direction": "lower"}, True),
    "spread by the margin": (LOW, [7, 7, 7, 7, 2], {**SPREAD, "margin": 1}, True),
    "spread by less": (LOW, [7, 7, 7, 7, 2], {**SPREAD, "margin": 1.5}, False),
    "spread under a number": (LOW, HIGH, {**SPREAD, "than": 4.5, "direction": "lower"}, True),
    "spread of NaN": (LOW, [0, 0, 0, 99, NAN], SPREAD, False),
    "spread of infinities": (LOW, [INF] * 5, SPREAD, False),
    "nothing but NaN": ([NAN] * 5, [NAN] * 5, {"agree": 1}, False),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("case", RULES)
def test_what_holds(case, capsys):
    a, b, rule, holds = RULES[case]
    if holds:
        claim = claimed(made(a=a, b=b), **rule)
        assert isinstance(claim, Claim)
        assert capsys.readouterr().out == claim.line + "\n"
        np.testing.assert_array_equal(claim.values, [b] if "than" in rule else [b, a])
        assert claim.bound == rule.get("than")
    else:
        with pytest.raises(ClaimNotSupported):
            claimed(made(a=a, b=b), **rule)
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("seeds", "enough"), [(1, 1), (2, 2), (3, 3), (5, 4), (10, 8), (15, 12), (20, 16), (35, 28)])
def test_four_in_five_must_agree_unless_told_otherwise(seeds, enough):
    def agreeing(count):
        return made(a=[1.0] * seeds, b=[2.0] * count + [0.0] * (seeds - count))

    claimed(agreeing(enough))
    with pytest.raises(ClaimNotSupported):
        claimed(agreeing(enough - 1))


def test_the_only_variant_needs_no_name():
    runs = made(alone=LOW)
    assert runs.claim("it errs", "error", direction="higher", than=0.5).names == ("alone",)


def test_every_kind_of_measure():
    def first_loss(run):
        return run["loss"][0]

    runs = made(a=LOW, b=HIGH)
    assert claimed(runs, than="a", direction="higher").label == "error"
    assert runs.claim("it learns", "epochs", of="a", direction="higher", than=0).label == "epochs"
    assert "first_loss" in runs.claim("it learns", first_loss, of="a", direction="higher", than=0).line


# --- what is said ----------------------------------------------------------------------------------------------------

ODD = [0.73129, 0.81457, 0.91873]  # as no rule has them


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"than": "a"}, '(rule: error of "b" higher than "a", for all 3 seeds)'),
        ({"than": "a", "agree": 2}, '(rule: error of "b" higher than "a", for at least 2 of 3 seeds)'),
        ({"than": 0.25, "margin": 0.125}, '(rule: error of "b" higher than 0.25 by at least 0.125, for all 3 seeds)'),
        ({"than": "a", **MEDIAN}, '(rule: median error of "b" higher than "a")'),
        ({"than": 0.0625, **SPREAD}, '(rule: spread of error of "b" higher than 0.0625)'),
    ],
)
def test_the_line_is_the_verdict_with_its_rule_and_nothing_measured(rule, words, capsys):
    claim = claimed(made(a=[0.1, 0.11, 0.12], b=ODD), **rule)
    assert capsys.readouterr().out == f"✓ b errs more {words}\n"
    numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", claim.line)}
    assert numbers <= {2, 3, 0.0625, 0.125, 0.25}
    again = claimed(made(a=[0.2, 0.21, 0.22], b=[0.94, 0.81, 0.73]), **rule)  # another computer's rounding, say
    assert again.line == claim.line
    assert again.evidence != claim.evidence


def test_evidence_holds_the_numbers():
    claim = claimed(made(a=LOW, b=[2, 3, 4, 5, 0]))
    assert claim.evidence.startswith("True for 4 of 5 seeds.")
    assert "b: median 3, quartiles 2 to 4." in claim.evidence
    assert "a: median 3, quartiles 2 to 4." in claim.evidence
    assert "3.5" in claimed(made(a=LOW, b=[0, 0, 3.5, 9, 9]), **MEDIAN).evidence.partition("b:")[0]
    assert "0.1874" in claimed(made(a=LOW, b=[*ODD, *ODD[:2]]), than=0.1, **SPREAD).evidence.partition("b:")[0]


def test_a_claim_that_fails_says_why_in_one_sentence_with_the_numbers():
    with pytest.raises(CourseError) as caught:  # so a notebook shows the sentence alone
        claimed(made(a=LOW, b=[2, 3, 4, 0, 0]))
    assert isinstance(caught.value, ClaimNotSupported)
    (line,) = caught.value._render_traceback_()
    assert line.startswith("✗ Not supported: b errs more (rule: error of")
    assert "True for 3 of 5 seeds. b: median 2, quartiles 0 to 3. a: median 3, quartiles 2 to 4." in line
    assert "\n" not in line


def test_a_notebook_shows_a_failed_claim_without_a_traceback(shell):
    shell.user_ns["runs"] = made(a=HIGH, b=LOW)
    with capture_output() as shown:
        result = shell.run_cell("runs.claim('b errs more', 'error', of='b', direction='higher', than='a')")
    assert isinstance(result.error_in_exec, ClaimNotSupported)
    output = shown.stdout + shown.stderr
    assert output.strip().startswith("✗ Not supported: b errs more") and output.strip().count("\n") == 0


CASES = {
    "each, variants": partial(claimed, made(a=LOW, b=HIGH)),
    "each, all agree": partial(claimed, made(a=LOW, b=HIGH), agree=5),
    "each, number, margin": partial(claimed, made(a=LOW, b=HIGH), than=0.5, margin=0.25),
    "lower": partial(claimed, made(a=HIGH, b=LOW), direction="lower", margin=0.5),
    "median, variants": partial(claimed, made(a=LOW, b=HIGH), **MEDIAN),
    "median, number": partial(claimed, made(a=LOW, b=HIGH), than=1.5, **MEDIAN),
    "spread, variants": partial(claimed, made(a=LOW, b=[0, 0, 0, 0, 9]), **SPREAD),
    "spread, number": partial(claimed, made(a=LOW, b=HIGH), than=1.5, **SPREAD),
    "not supported": partial(claimed, made(a=HIGH, b=LOW)),
    "not supported, median": partial(claimed, made(a=HIGH, b=LOW), than=9, margin=0.5, **MEDIAN),
}


def said(case):
    """Return everything a claim says, whether it holds or not."""
    try:
        claim = CASES[case]()
    except ClaimNotSupported as error:
        return str(error)
    return f"{claim.line} {claim.evidence}"


def numbers(text):
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))


@pytest.mark.parametrize("case", CASES)
def test_both_languages_say_the_same_numbers(case, monkeypatch):
    english = said(case)
    i18n.set_language("ko")
    korean = said(case)
    assert not re.search(r"[가-힣]", english)
    assert re.search(r"[가-힣]", korean)
    assert numbers(english) == numbers(korean)
    monkeypatch.setattr(i18n, "_language", "both")
    both = said(case)
    assert (i18n.pick(both, "en"), i18n.pick(both, "ko")) == (english, korean)


# --- what is shown ---------------------------------------------------------------------------------------------------


def shown(claim):
    with capture_output() as captured:
        claim._ipython_display_()
    picture, caption = captured.outputs
    return picture.data, caption.data


@pytest.mark.parametrize("case", [case for case in CASES if "not" not in case])
def test_a_claim_is_shown_with_picture_and_numbers(case, shell):
    claim = CASES[case]()
    picture, caption = shown(claim)
    assert base64.b64decode(picture["image/png"]).startswith(b"\x89PNG")
    assert claim.text in caption["text/plain"]  # and no numbers: nbval compares all text
    labels = [label.get_text() for label in evidence(claim).axes[0].get_yticklabels()]
    for label, name, row in zip(labels, claim.names, claim.values, strict=True):
        assert label.startswith(f"{name}\n{np.nanmedian(row):.4g} (")


def test_a_claim_is_shown_as_a_cells_last_expression(shell):
    shell.user_ns["runs"] = made(a=LOW, b=HIGH)
    with capture_output() as captured:
        shell.run_cell("runs.claim('b errs more', 'error', of='b', direction='higher', than='a')")
    printed, *_ = captured.stdout.splitlines()  # a terminal's "Out[0]:" follows
    assert printed.startswith("✓ b errs more (rule:")
    assert [*captured.outputs[0].data] == ["image/png", "text/plain"]
    assert "b errs more" in captured.outputs[1].data["text/plain"]


def test_a_claim_can_be_shown_in_both_languages(shell, monkeypatch):
    monkeypatch.setattr(i18n, "_language", "both")
    _, caption = shown(CASES["each, variants"]())
    text = caption["text/plain"]
    english, korean = i18n.pick(text, "en"), i18n.pick(text, "ko")
    assert not i18n.is_marked(english + korean)
    assert not re.search(r"[가-힣]", english) and re.search(r"[가-힣]", korean)


# --- bad input -------------------------------------------------------------------------------------------------------

REFUSED = {
    "no variant named": ({"of": None}, "Which variant is the claim about"),
    "an unknown variant": ({"of": "c"}, "no variant 'c': choose one of 'a', 'b'"),
    "an unknown other variant": ({"than": "c"}, "no variant 'c'"),
    "nothing to compare with": ({"than": None}, "than=None: give the name of a variant or a number"),
    "an unknown direction": ({"direction": "better"}, "direction='better' is not known: choose one of 'lower'"),
    "an unknown statistic": ({"statistic": "mean"}, "statistic='mean' is not known: choose one of 'each', 'median'"),
    "an unknown measure": ({"measure": "best_auc"}, "no measure 'best_auc': there are epochs"),
    "a lambda": ({"measure": lambda run: 1}, "write it as a function with a name"),
    "a partial function": ({"measure": partial(max)}, "write it as a function with a name"),
    "no measure": ({"measure": 3}, "write it as a function with a name"),
    "nobody agrees": ({"agree": 0}, "agree=0, but there are 5 seeds: choose a number from 1 to 5"),
    "more than all agree": ({"agree": 6}, "agree=6, but there are 5 seeds"),
    "a share agrees": ({"agree": 0.8}, r"agree=0\.8, but there are 5 seeds"),
    "a word agrees": ({"agree": "all"}, "agree='all', but there are 5 seeds"),
    "a negative margin": ({"margin": -0.1}, r"margin=-0\.1: say by how much at least"),
    "no margin": ({"margin": None}, "margin=None: say by how much"),
    "NaN as margin": ({"margin": NAN}, "margin=nan: say by how much"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_gets_one_sentence_in_both_languages(case):
    change, words = REFUSED[case]
    arguments = {"measure": "error", "of": "b", "direction": "higher", "than": "a", **change}
    with pytest.raises(CourseError, match=words) as caught:
        made(a=LOW, b=HIGH).claim("b errs more", **arguments)
    assert not isinstance(caught.value, ClaimNotSupported)
    i18n.set_language("ko")
    with pytest.raises(CourseError, match=r"[가-힣]") as caught:
        made(a=LOW, b=HIGH).claim("b errs more", **arguments)
    assert "\n" not in str(caught.value)
