from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.box import Box
from bot.collage.charts.labels import crosses
from bot.collage.formulas.term_labels import Part, naming
from bot.collage.frame import Curve, Formula, Role, Text
from bot.collage.panels.block import Look, Placed
from bot.collage.panels.equation import EquationBlock
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.panel import Equation, Term
from tests.collage.samples import CONVIT, EQUATION

TOKENS = tokens_of(Canvas.SLIDE)
LOOK = Look(TOKENS, palette_of(CONVIT), TOKENS.body_start)
NAMED = Equation(
    latex=r"D_T=k\,(D_F)^{\alpha}\,N^{\beta}",
    caption="Data saved by pre-training follows a power law.",
    source="eq. 1",
    terms=(Term("D_T", "data saved"), Term(r"(D_F)^{\alpha}", "fine-tuning data"), Term(r"N^{\beta}", "model size")),
)
LONG = replace(
    EQUATION,
    short=None,
    terms=(Term(r"\mathrm{softmax}(Q_iK_j^{\top})", "content"), Term(r"\mathrm{softmax}(v^{\top}r_{ij})", "position")),
)


def placed(equation: Equation, width: float, look: Look = LOOK) -> Placed:
    block = EquationBlock(equation, look)
    return block.place(Box(40, 40, width, block.least(width)))


def formulas(found: Placed) -> list[Formula]:
    return [item for item in found.items if isinstance(item, Formula)]


def names(found: Placed) -> list[Text]:
    return [item for item in found.items if isinstance(item, Text) and item.role is Role.ANNOTATION]


def leaders(found: Placed) -> list[Curve]:
    return [item for item in found.items if isinstance(item, Curve)]


@pytest.mark.parametrize("equation", [NAMED, LONG, EQUATION], ids=["named", "long", "plain"])
@pytest.mark.parametrize("canvas", [Canvas.SLIDE, Canvas.PORTRAIT])
@pytest.mark.parametrize("columns", [2, 3, 4, 6, 8])
def test_names_and_leaders_stay_inside_and_clear_of_each_other(
    equation: Equation, canvas: Canvas, columns: int
) -> None:
    tokens = tokens_of(canvas)
    look = Look(tokens, LOOK.palette, tokens.body_start)
    width = tokens.span(min(columns, tokens.columns))
    block = EquationBlock(equation, look)
    if block.least(width) == float("inf"):
        return
    box = Box(40, 40, width, block.least(width))
    found = block.place(box)
    assert all(box.holds(item.box, slack=0.3 * tokens.body_start) for item in found.items)
    texts = [item for item in found.items if isinstance(item, Text)]
    assert not [(one.text, other.text) for one, other in combinations(texts, 2) if one.box.overlap(other.box) > 0.5]
    assert not [text.text for text in texts for formula in formulas(found) if text.box.overlap(formula.box)]
    for leader in leaders(found):
        assert not [text.text for text in texts for piece in pairwise(leader.points) if crosses(piece, text.box)]


def test_each_name_stands_below_its_part_in_the_order_of_the_parts() -> None:
    found = placed(NAMED, 700)
    (formula,) = formulas(found)
    assert [text.text for text in names(found)] == ["data saved", "fine-tuning data", "model size"]
    assert all(text.box.y > formula.box.bottom for text in names(found))
    assert [text.box.x for text in names(found)] == sorted(text.box.x for text in names(found))


def test_names_and_their_parts_wear_the_colour_of_annotations_in_both_themes() -> None:
    for theme in Theme:
        look = Look(TOKENS, palette_of(CONVIT, theme), TOKENS.body_start)
        found = placed(NAMED, 700, look)
        assert {text.colour for text in names(found)} == {look.palette.annotation}
        assert {leader.colour for leader in leaders(found)} == {look.palette.annotation}
        assert look.palette.annotation in formulas(found)[0].latex
        assert formulas(found)[0].colour == look.palette.ink


def test_a_wide_formula_without_a_short_form_stands_on_two_lines() -> None:
    first, second = formulas(placed(LONG, 560))
    assert first.box.bottom < second.box.y
    assert first.box.x < second.box.x
    assert second.latex.startswith("{}+")
    assert len(formulas(placed(LONG, 1300))) == 1


def test_a_short_form_is_preferred_to_two_lines() -> None:
    (formula,) = formulas(placed(EQUATION, 460))
    assert formula.latex == EQUATION.short


def test_a_formula_too_wide_even_for_two_lines_is_refused() -> None:
    endless = replace(EQUATION, latex="+".join(f"x_{{{i}}}" for i in range(80)), short=None)
    assert EquationBlock(endless, LOOK).least(560) == float("inf")


def test_a_formula_whose_names_find_no_room_is_refused_unless_there_is_no_other_way() -> None:
    crowded = replace(
        NAMED, latex="a+b+c+d", terms=tuple(Term(part, "an extraordinarily incomprehensible name") for part in "abcd")
    )
    assert EquationBlock(crowded, LOOK).least(230) == float("inf")
    tight = EquationBlock(crowded, LOOK, is_tight=True)
    assert names(tight.place(Box(0, 0, 230, tight.least(230)))) == []


@given(
    st.lists(st.tuples(st.floats(0, 560), st.floats(4, 120)), min_size=1, max_size=4, unique_by=lambda part: part[0])
)
def test_names_never_overlap_and_never_leave_their_room(spans: list[tuple[float, float]]) -> None:
    words = ("data saved", "size", "fine-tuning data", "a learned gate")
    parts = tuple(Part(word, start, start + width) for word, (start, width) in zip(words, sorted(spans), strict=False))
    found = naming(parts, LOOK, 0.0, 700.0)
    if found is None:
        return
    items = list(found.items(100.0, "#ffffff"))
    texts = [item for item in items if isinstance(item, Text)]
    pieces = [piece for item in items if isinstance(item, Curve) for piece in pairwise(item.points)]
    assert not [text.text for text in texts for piece in pieces if crosses(piece, text.box)]
    assert all(text.box.x >= -0.5 and text.box.right <= 700.5 for text in texts)
    assert max(text.baseline for text in texts) <= 100.0 + found.height
    assert not [(one.text, other.text) for one, other in combinations(texts, 2) if one.box.overlap(other.box) > 0.5]
