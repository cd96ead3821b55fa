"""Laws that tables, quotes, steps and notes keep in every box they are given."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.arranging.words import words_of
from bot.collage.box import Box
from bot.collage.colours import contrast
from bot.collage.frame import Frame, Item, Role, Text
from bot.collage.lettering.measure import width_of
from bot.collage.panels.block import Block, Look
from bot.collage.panels.blocks import block_of
from bot.collage.spec import Shown
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.panel import BigNumber, Note, Number, Quote, Step, Steps, Table
from tests.collage.frames import overlaps, spilled
from tests.collage.samples import CONVIT

TABLE = Table(
    title="ImageNet top-1 accuracy",
    columns=("Size", "DeiT", "ConViT", "parameters"),
    rows=(("Ti", "72.2", "73.1", "6 M"), ("S", "79.8", "81.3", "27 M"), ("B", "81.8", "82.4", "86.5 M")),
    caption="ConViT leads at every size.",
    source="Table 1",
    highlight="ConViT",
)
WORDY = Table(
    title="",
    columns=("Method", "what it needs"),
    rows=(("Adam", "nothing, its defaults do well on most problems"), ("Momentum", "a schedule")),
    caption="Nobody wins everywhere.",
    source="Table 2",
    highlight="Adam",
)
QUOTE = Quote("The clearest way to make progress is to understand why simple methods fail.", "Section 6")
STEPS = Steps(
    "How a gate learns",
    (
        Step("Start every head as a convolution over its neighbours", ("Start as a convolution",)),
        Step("Let a gate weigh position against content"),
        Step("Train: the data decide which gates open"),
    ),
    "Section 3",
)
NOTE = Note("Why it matters", "A prior that fades lets a model learn from a tenth of the data, and be free in the end.")
NUMBERS = [
    BigNumber(Number(value, "what it counts in a few words", "Table 1", formula=formula))
    for value, formula in [(">50,000", None), ("10 of 12", None), ("8.7×", None), ("8,192", "2 × 4,096")]
]
CARDS: dict[str, Shown] = {
    "a table of numbers": TABLE,
    "a table of words": WORDY,
    "a quote": QUOTE,
    "steps": STEPS,
    "steps without a title": replace(STEPS, title=""),
    "one step": replace(STEPS, steps=STEPS.steps[:1]),
    "a note": NOTE,
    **{panel.number.value: panel for panel in NUMBERS},
}
EVERY_CARD = pytest.mark.parametrize("name", CARDS)
LEAST_TYPE = {Canvas.SLIDE: 19, Canvas.PORTRAIT: 28, Canvas.SQUARE: 28}


def look_of(canvas: Canvas, theme: Theme = Theme.LIGHT, *, brevity: int = 0) -> Look:
    tokens = tokens_of(canvas)
    return Look(tokens, palette_of(CONVIT, theme), tokens.body_start, brevity)


def boxes(block: Block, canvas: Canvas) -> list[Box]:
    """The smallest and the largest box at every width of the grid at which the block can be placed."""
    tokens = tokens_of(canvas)
    widths = [tokens.span(columns) for columns in range(2, tokens.columns + 1)]
    sizes = [(width, height) for width in widths for height in (block.least(width), block.most(width))]
    return [Box(40, 40, width, height) for width, height in sizes if block.least(width) < float("inf")]


def framed(items: tuple[Item, ...], canvas: Canvas) -> Frame:
    scale = tokens_of(canvas).scale
    return Frame(canvas, 4000, 4000, 0, scale, "#ffffff", items, ())


def texts(items: tuple[Item, ...]) -> list[Text]:
    return [item for item in items if isinstance(item, Text)]


@EVERY_CARD
@pytest.mark.parametrize(("canvas", "theme"), list(product(Canvas, Theme)))
def test_everything_lies_inside_the_box_and_apart(name: str, canvas: Canvas, theme: Theme) -> None:
    block = block_of(CARDS[name], look_of(canvas, theme))
    found = boxes(block, canvas)
    assert found
    for box in found:
        items = block.place(box).items
        assert not [item for item in items if not box.holds(item.box, slack=0.6)], box
        assert not overlaps(framed(items, canvas))


@EVERY_CARD
@pytest.mark.parametrize("canvas", list(Canvas))
def test_no_letter_leaves_its_box(name: str, canvas: Canvas) -> None:
    block = block_of(CARDS[name], look_of(canvas))
    items = block.place(boxes(block, canvas)[-1]).items
    assert not [text for text in spilled(framed(items, canvas)) if text.text != "\u201c"]


@EVERY_CARD
@pytest.mark.parametrize("canvas", list(Canvas))
def test_what_looks_filled_is_no_more_than_the_box(name: str, canvas: Canvas) -> None:
    block = block_of(CARDS[name], look_of(canvas))
    for box in boxes(block, canvas):
        assert 0 < block.filled(box) <= box.area + 1e-6


@EVERY_CARD
@pytest.mark.parametrize(("canvas", "theme"), list(product(Canvas, Theme)))
def test_all_type_can_be_read(name: str, canvas: Canvas, theme: Theme) -> None:
    block = block_of(CARDS[name], look_of(canvas, theme))
    for box in boxes(block, canvas):
        for text in texts(block.place(box).items):
            assert text.style.size >= LEAST_TYPE[canvas]
            assert contrast(text.colour, text.background) >= 4.5, text


@EVERY_CARD
def test_more_width_never_needs_more_height_than_the_narrowest_box(name: str) -> None:
    block = block_of(CARDS[name], look_of(Canvas.SLIDE))
    heights = [block.least(box.width) for box in boxes(block, Canvas.SLIDE)]
    assert max(heights) == heights[0]


def test_the_sizes_of_type_are_few() -> None:
    for canvas in Canvas:
        sizes = {
            text.style.size
            for panel in (TABLE, WORDY, QUOTE, STEPS, NOTE)
            for box in boxes(block_of(panel, look_of(canvas)), canvas)
            for text in texts(block_of(panel, look_of(canvas)).place(box).items)
        }
        assert len(sizes) <= 7, sizes


@settings(max_examples=40)
@given(
    rows=st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3).map(tuple), min_size=1, max_size=6),
    canvas=st.sampled_from(Canvas),
)
def test_a_table_of_anything_stays_inside(rows: list[tuple[str, ...]], canvas: Canvas) -> None:
    block = block_of(replace(TABLE, columns=("a", "b", "c"), rows=tuple(rows)), look_of(canvas))
    for box in boxes(block, canvas):
        items = block.place(box).items
        assert all(box.holds(item.box, slack=0.4 * tokens_of(canvas).words[1]) for item in items)


def test_a_short_chinese_cell_is_a_word_and_is_not_broken() -> None:
    rows = (("统计模型", "✓", "–", "–"), ("结构因果模型", "✓", "✓", "✓"))
    table = replace(TABLE, columns=("模型", "预测", "干预", "反事实"), rows=rows, highlight="")
    for canvas in Canvas:
        block = block_of(table, look_of(canvas))
        for box in boxes(block, canvas):
            cells = {text.text for text in texts(block.place(box).items) if text.role is Role.CELL}
            assert {"反事实", "统计模型"} <= cells


def test_numbers_stand_with_their_decimal_points_in_line() -> None:
    table = replace(
        TABLE, columns=("", "value"), rows=(("a", "1"), ("b", "12.5"), ("c", "–"), ("d", "0.25")), highlight=""
    )
    block = block_of(table, look_of(Canvas.SLIDE))
    width = tokens_of(Canvas.SLIDE).span(6)
    cells = {text.text: text for text in texts(block.place(Box(0, 0, width, block.most(width))).items)}
    style = cells["1"].style
    assert cells["12.5"].box.right < cells["0.25"].box.right
    points = {_point(cells[value], value) for value in ("1", "12.5", "0.25")}
    assert max(points) - min(points) < 0.01
    assert style.size == tokens_of(Canvas.SLIDE).words[1]


def _point(text: Text, value: str) -> float:
    return text.box.x + width_of(value.partition(".")[0], text.style)


@pytest.mark.parametrize(
    ("highlight", "lit"), [("ConViT", {"ConViT", "73.1", "81.3", "82.4"}), ("S", {"S", "79.8", "81.3", "27 M"})]
)
def test_the_highlighted_column_or_row_is_bold_in_the_accent(highlight: str, lit: set[str]) -> None:
    look = look_of(Canvas.SLIDE)
    block = block_of(replace(TABLE, highlight=highlight), look)
    width = look.tokens.span(6)
    cells = [text for text in texts(block.place(Box(0, 0, width, block.most(width))).items) if text.role is Role.CELL]
    assert {cell.text for cell in cells if cell.colour == look.palette.accent} == lit
    assert {cell.text for cell in cells if cell.style.weight == 700} == lit


def test_steps_go_down_a_narrow_card_and_across_a_wide_one() -> None:
    look = look_of(Canvas.SLIDE)
    block = block_of(STEPS, look)

    def digits(columns: int) -> list[Text]:
        width = look.tokens.span(columns)
        placed = texts(block.place(Box(0, 0, width, block.most(width))).items)
        return [text for text in placed if text.role is Role.LABEL]

    assert len({round(digit.box.centre_x) for digit in digits(4)}) == 1
    assert len({round(digit.baseline) for digit in digits(12)}) == 1


def test_short_forms_are_said_where_brevity_is_wanted() -> None:
    brief = block_of(STEPS, look_of(Canvas.SLIDE, brevity=1))
    width = tokens_of(Canvas.SLIDE).span(4)
    said = " ".join(text.text for text in texts(brief.place(Box(0, 0, width, brief.most(width))).items))
    assert "Start as a convolution" in said
    assert "neighbours" not in said


def test_a_number_says_how_it_follows_from_others() -> None:
    look = look_of(Canvas.SLIDE)
    number = Number("+11.6", "points", "Table 2", against="48.0", formula="59.6 − 48.0")
    block = block_of(BigNumber(number), look)
    width = look.tokens.span(6)
    said = " ".join(text.text for text in texts(block.place(Box(0, 0, width, block.most(width))).items))
    assert "=\u00a059.6\u00a0−\u00a048.0 · vs\u00a048.0" in said


def test_both_ends_of_a_range_are_as_large() -> None:
    look = look_of(Canvas.SLIDE)
    block = block_of(BigNumber(Number("20 to 40 %", "slower", "Section 6")), look)
    width = look.tokens.span(6)
    placed = texts(block.place(Box(0, 0, width, block.most(width))).items)
    assert [text.text for text in placed if text.role is Role.NUMBER] == ["20 to 40 %"]


def test_a_chinese_myriad_is_a_unit_and_smaller_than_its_figures() -> None:
    number = BigNumber(Number("65 million", "个问答对", "摘要"), written="6500 万")
    block = block_of(number, look_of(Canvas.PORTRAIT))
    width = tokens_of(Canvas.PORTRAIT).span(3)
    placed = block.place(Box(0, 0, width, block.most(width)))
    sizes = {text.text: text.style.size for text in texts(placed.items) if text.role is Role.NUMBER}
    assert sizes["万"] < sizes["6500"]


def test_words_of_chinese_are_counted_in_pairs_of_characters() -> None:
    assert words_of(Note("原因", "因为先验只是起点。"), look_of(Canvas.SLIDE)) == 4
    assert words_of(Note("Why", "The prior is an offer."), look_of(Canvas.SLIDE)) == 5
