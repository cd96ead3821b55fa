from dataclasses import replace
from hashlib import sha256

import pytest

from bot.collage.trial import tried
from bot.editorial.drafting.showing.plans import Lead, Plan, Stock, best_plan, plans
from bot.model.canvas import Canvas
from bot.model.entry import Entry, EntryState
from bot.model.panel import BigNumber, Equation, Figure, Quote
from tests.editorial.drafting.papers import NUMBER, SERIES, TEXT, drawing, paper

BARE = Entry("ml-collage/trees", SERIES, None, None, EntryState.DRAFT, paper(), (), (), (), (NUMBER,), (), {"en": TEXT})
PICTURE = drawing(1)
HERO = Figure(
    "fig-1.png", sha256(PICTURE).hexdigest(), "Every branch has a gate.", "Fig. 1 of Lee et al. (2021)", "CC BY 4.0"
)
EQUATION = Equation(r"g_i = \sigma(a\,x_i + b) \in (0, 1)", "The gate of a branch.", "Eq. 1")
QUOTE = Quote("Most branches can be cut without any loss of accuracy on any data set.", "Abstract")
BIG = BigNumber(NUMBER)
WORDY = replace(
    TEXT,
    question="Trees grow far more branches than they need, and nobody knows beforehand which of them will be useful.",
    key_idea="Every branch learns a gate while the tree grows, and a branch whose gate has closed is cut for good.",
)


def test_a_figure_leads_and_the_fullest_plan_comes_first() -> None:
    found = list(plans(Stock((Lead(HERO),), None, (EQUATION,), (BIG,), (QUOTE,))))
    assert found[0] == (HERO, BIG, EQUATION)
    assert len(found) == len(set(found))
    assert all(0 < len(plan) <= 4 for plan in found)


def test_without_a_figure_what_can_be_drawn_leads() -> None:
    assert next(plans(Stock(equations=(EQUATION,), numbers=(BIG,), quotes=(QUOTE,)))) == (BIG, EQUATION, QUOTE)


def test_nothing_to_show_is_no_plan() -> None:
    assert list(plans(Stock())) == []
    assert best_plan(Stock(), BARE, files={}) == ()


def test_the_first_plan_that_works_out_is_taken() -> None:
    stock = Stock((Lead(HERO),), None, (EQUATION,), (BIG,), (QUOTE,))
    files, bare = {HERO.sha256: PICTURE}, replace(BARE, texts={"en": WORDY})
    found = best_plan(stock, bare, files=files)
    assert found == (HERO, BIG, EQUATION)
    for canvas in (Canvas.SLIDE, Canvas.PORTRAIT):
        assert tried(replace(bare, panels=found), canvas, files=files, known={}).ships


@pytest.mark.slow
def test_a_figure_that_cannot_be_composed_gives_way() -> None:
    stock = Stock((Lead(HERO),), None, (EQUATION,), (BIG,), (QUOTE,))
    found: Plan = best_plan(stock, BARE, files={HERO.sha256: b"broken"})
    assert found
    assert HERO not in found
