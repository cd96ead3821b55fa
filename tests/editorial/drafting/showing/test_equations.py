from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.faults import latex_fault
from bot.editorial.drafting.showing.equations import equations_of
from bot.model.manuscript import FoundEquation, SectionKind
from bot.model.panel import Equation
from tests.editorial.drafting.papers import EQUATION


def shown_of(*found: FoundEquation) -> Equation | None:
    return next(iter(equations_of(found)), None)


def test_a_formula_is_named_by_the_sentence_that_leads_to_it() -> None:
    shown = shown_of(EQUATION)
    assert shown
    assert (shown.caption, shown.source) == ("The training objective.", "Eq. 3")
    assert shown.latex == r"\mathcal{L} = \sum_i \ell(y_i, \hat y_i) + \lambda \|g\|_1"


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("Our loss is given by", "The loss."),
        ("Formally, we define the gate as follows:", "The gate."),
        ("Every branch has a gate of its own.", "Every branch has a gate of its own."),
    ],
)
def test_what_is_said_of_a_formula_is_whole(before: str, caption: str) -> None:
    shown = shown_of(replace(EQUATION, before=before, after=""))
    assert shown
    assert shown.caption == caption


@pytest.mark.parametrize(
    "before",
    [
        "",
        "where",
        "This is defined as",
        "If this holds then we have:",
        "A decomposition of the form is akin to another.",
    ],
)
def test_a_formula_that_nothing_explains_is_not_shown(before: str) -> None:
    assert shown_of(replace(EQUATION, before=before, after="where g is a gate.")) is None


@pytest.mark.parametrize(
    "latex",
    [
        "",
        "x",
        r"a \\ b",
        r"y = \unknowncommand{x} + a + b",
        r"\begin{cases} a & b \\ c & d \end{cases}",
        r"y = \frac{a}{b",
        "+".join(f"x_{{{place}}}" for place in range(60)) + "= y",
        r"a = \ref{eq:other} + b + c",
    ],
)
def test_what_cannot_be_set_or_read_is_not_shown(latex: str) -> None:
    assert shown_of(replace(EQUATION, latex=latex)) is None


def test_the_one_referred_to_most_in_the_method_is_shown() -> None:
    lesser = replace(EQUATION, latex=r"z = W x + b_0 + c_1", number="1", references=0, section=SectionKind.INTRODUCTION)
    shown = shown_of(lesser, EQUATION)
    assert shown
    assert shown.source == "Eq. 3"


@given(st.text(alphabet=r"\abcxyz{}_^=+-&$% 123(),.", max_size=80))
@settings(max_examples=60)
def test_whatever_is_shown_can_be_set(latex: str) -> None:
    shown = shown_of(FoundEquation(latex, 0, before="The loss is given by"))
    assert shown is None or latex_fault(shown.latex) is None
