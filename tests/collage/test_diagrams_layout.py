import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.box import Box
from bot.collage.charts.labels import crosses
from bot.collage.diagrams.laid import Laid
from bot.collage.diagrams.layout import laid_out, least_height
from bot.collage.frame import Curve, Point, Role, Surface, Text
from bot.collage.panels.block import Look
from bot.collage.panels.diagram import DiagramBlock
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.panel import Annotation, Diagram
from tests.collage.samples import CONVIT

TOKENS = tokens_of(Canvas.SLIDE)
PALETTE = palette_of(CONVIT)
WORDS = ("Gate", "Gated self-attention", "x", "注意力机制", "a rather long label that breaks", "Σ", "10 blocks")
SECONDS = ("", "32×32")
LABELS = ("", "", "yes", "is subtracted from", "损失")
KINDS = ("box", "pill", "image", "circle", "diamond", "stack", "database", "dot")


def lay(drawing: str, width: float = 860, height: float = 500) -> Laid:
    least = least_height(drawing, TOKENS, width)
    assert math.isfinite(least)
    return laid_out(drawing, TOKENS, PALETTE, Box(100, 50, width, max(height, least)))


def arrows(laid: Laid) -> list[Curve]:
    return [item for item in laid.items if isinstance(item, Curve) and item.role is Role.ARROW]


def texts(laid: Laid) -> list[Text]:
    return [item for item in laid.items if isinstance(item, Text)]


@st.composite
def drawings(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 9))
    lines = [
        f'n{i}: {draw(st.sampled_from(KINDS))} "{draw(st.sampled_from(WORDS))}" "{draw(st.sampled_from(SECONDS))}"'
        for i in range(count)
    ]
    ends = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=12, unique=True))
    for start, end in ends:
        arrow = draw(st.sampled_from(("->", "->", "..>", "--", "<->")))
        lines.append(f'n{start} {arrow} n{end} "{draw(st.sampled_from(LABELS))}"')
    if draw(st.booleans()):
        lines.append(draw(st.sampled_from(("right", "down"))))
    if count > 2 and draw(st.booleans()):
        lines.append('group "Together": n0 n1')
    return "\n".join(lines)


@pytest.mark.slow
@given(drawings())
@settings(max_examples=150)
def test_flows_keep_apart_what_they_show(drawing: str) -> None:
    width = 2400.0
    height = least_height(drawing, TOKENS, width)
    box = Box(0, 0, width, height * 1.2)
    laid = laid_out(drawing, TOKENS, PALETTE, box)
    overlapping = [(a, b) for a, b in combinations(laid.bodies, 2) if laid.bodies[a].overlap(laid.bodies[b]) > 0.5]
    assert not overlapping
    assert not [item for item in laid.items if not box.holds(item.box, slack=4)]
    pairs = combinations(texts(laid), 2)
    assert not [
        (a.text, b.text)
        for a, b in pairs
        if a.box.overlap(b.box) > 2 and a.baseline != b.baseline and abs(a.baseline - b.baseline) > 1.1 * a.style.size
    ]
    assert not [
        text.text
        for text in texts(laid)
        for arrow in arrows(laid)
        if any(crosses(piece, text.box.inset(1)) for piece in pairwise(arrow.points))
    ]


@given(drawings())
@settings(max_examples=40)
def test_arrows_of_flows_pass_no_node(drawing: str) -> None:
    width = 2400.0
    laid = laid_out(drawing, TOKENS, PALETTE, Box(0, 0, width, least_height(drawing, TOKENS, width)))
    for arrow in arrows(laid):
        for body in laid.nodes.values():
            assert not any(crosses(piece, body.inset(2)) for piece in pairwise(arrow.points))


@given(drawings())
@settings(max_examples=15)
def test_the_same_drawing_is_laid_out_alike(drawing: str) -> None:
    assert lay(drawing, 2400).items == lay(drawing + "\n# again", 2400).items


def test_words_stand_inside_the_boxes_that_hold_them() -> None:
    laid = lay(
        'a: box "Gated positional self-attention" "ten blocks"\nb: pill "注意力"\nc: diamond "is it so?"\na -> b -> c'
    )
    for text in texts(laid):
        assert any(node.holds(text.box, slack=1) for node in laid.nodes.values())


def test_an_arrow_back_goes_around_what_lies_between() -> None:
    laid = lay('right\na: box "A"\nb: box "B"\nc: box "C"\na -> b -> c\nc ..> a "again"')
    back = next(arrow for arrow in arrows(laid) if arrow.dash)
    assert max(y for _, y in back.points) > max(body.bottom for body in laid.bodies.values())
    assert back.points[-1][0] == pytest.approx(laid.nodes["a"].centre_x)


def test_a_loop_stands_on_its_node() -> None:
    laid = lay('a: box "A"\na -> a "repeat"')
    (loop,) = arrows(laid)
    assert loop.box.bottom <= laid.nodes["a"].y + 8
    assert laid.nodes["a"].x <= loop.box.x


def test_a_straight_flow_is_straight() -> None:
    laid = lay('right\na: image "In"\nb: box "B" "two lines"\nc: stack "C"\na -> b -> c')
    for arrow in arrows(laid):
        assert arrow.points[0][1] == pytest.approx(arrow.points[-1][1])


def test_narrow_boxes_turn_the_flow_downwards() -> None:
    drawing = 'a: box "First"\nb: box "Second"\nc: box "Third"\na -> b -> c'
    wide, narrow = lay(drawing, 800, 200), lay(drawing, 200, 500)
    assert wide.nodes["a"].right < wide.nodes["b"].x
    assert narrow.nodes["a"].bottom < narrow.nodes["b"].y


def test_parts_that_nothing_joins_stand_side_by_side() -> None:
    laid = lay('a: box "A"\nb: box "B"\nc: box "C"\nd: box "D"\na -> b\nc -> d')
    assert laid.nodes["a"].overlap(laid.nodes["c"]) == 0


def test_a_group_holds_its_members_and_nobody_else() -> None:
    laid = lay('right\na: box "A"\nb: box "B"\nc: box "C"\nd: box "D"\na -> b c\nb c -> d\ngroup "Inner": b')
    area = next(item for item in laid.items if isinstance(item, Surface) and item.box.holds(laid.bodies["b"]))
    assert not [name for name in "acd" if area.box.overlap(laid.bodies[name])]


def test_twenty_nodes_fit_on_a_slide() -> None:
    lines = [f'n{i}: box "Node {i}"' for i in range(20)] + [f"n{i} -> n{(i * 7 + 3) % 20}" for i in range(20)]
    assert least_height("\n".join(lines), TOKENS, 1700) < 900


def test_more_room_makes_larger_pictures() -> None:
    drawing = 'a: image "In"\nb: image "Out"\na -> b'
    assert lay(drawing, 800, 400).nodes["a"].area > 1.5 * lay(drawing, 400, 200).nodes["a"].area


def test_places_are_kept_and_may_differ_in_tall_boxes() -> None:
    drawing = 'a: box "A" at 0,0\nb: box "B" at 2,0 or 0,2\na -> b'
    wide, tall = lay(drawing, 800, 300), lay(drawing, 300, 500)
    assert wide.nodes["a"].centre_y == pytest.approx(wide.nodes["b"].centre_y)
    assert tall.nodes["a"].centre_x == pytest.approx(tall.nodes["b"].centre_x)


def test_arrows_between_places_bow_around_nodes() -> None:
    laid = lay('a: box "A" at 0,0\nb: box "B" at 1,0\nc: box "C" at 2,0\na -> c', 700, 300)
    (arrow,) = arrows(laid)
    assert not any(crosses(piece, laid.bodies["b"]) for piece in pairwise(arrow.points))


def test_what_is_as_large_as_asked_for_lies_below_the_rest() -> None:
    laid = lay("v: valley at 2,1 size 4x2\na: dot at 1,1 accent\nb: dot at 3,1\na -> b")
    assert laid.pictures == {"v"}
    assert laid.nodes["v"].holds(laid.nodes["a"])
    assert laid.nodes["v"].holds(laid.nodes["b"])


PANEL = Diagram(
    'x: image "Image"\ng: box "Gated attention" "10 blocks" accent\ny: pill "Class"\nx -> g -> y',
    "How it works",
    "Gates decide how far a head looks.",
    "Fig. 1",
    (Annotation("starts as a convolution", "g"),),
)


@pytest.mark.parametrize("canvas", Canvas)
@pytest.mark.parametrize("theme", Theme)
def test_a_panel_fits_at_its_least_height(canvas: Canvas, theme: Theme) -> None:
    tokens = tokens_of(canvas)
    block = DiagramBlock(PANEL, Look(tokens, palette_of(CONVIT, theme), tokens.body_start))
    for width in (tokens.span(tokens.columns // 2), tokens.content_width):
        box = Box(0, 0, width, block.least(width))
        placed = block.place(box)
        assert all(box.holds(item.box, slack=1) for item in placed.items)
        assert placed.visual is not None
        assert 0 < block.filled(box) <= box.area


def test_annotations_point_at_the_nodes_they_name() -> None:
    block = DiagramBlock(PANEL, Look(TOKENS, PALETTE, TOKENS.body_start))
    placed = block.place(Box(0, 0, 900, 500))
    said = " ".join(item.text for item in placed.items if item.role is Role.ANNOTATION and isinstance(item, Text))
    assert said == "starts as a convolution"
    (arrow,) = (item for item in placed.items if item.role is Role.ANNOTATION and isinstance(item, Curve))
    (gate,) = (item for item in placed.items if isinstance(item, Surface) and item.fill == PALETTE.accent)
    assert gate.box.inset(-14).holds(Box(*arrow.points[-1], 0, 0))


def test_a_panel_that_is_too_narrow_says_so() -> None:
    block = DiagramBlock(PANEL, Look(TOKENS, PALETTE, TOKENS.body_start))
    assert block.least(90) == math.inf


def test_letters_know_the_area_they_stand_on() -> None:
    laid = lay('a: image "In a group"\nb: image "Alone"\na -> b\ngroup "Area": a')
    area = next(item for item in laid.items if isinstance(item, Surface))
    grounds = {text.text: text.background for text in texts(laid)}
    assert grounds["In a group"] == grounds["Area"] == area.fill
    assert grounds["Alone"] == PALETTE.card


def test_words_on_a_landscape_have_a_plate() -> None:
    laid = lay('v: valley at 1,1 size 4x2\na: text "low loss" at 1,1')
    (plate,) = (item for item in laid.items if isinstance(item, Surface))
    (words,) = texts(laid)
    assert plate.box.holds(words.box)
    assert plate.fill == PALETTE.card


def test_no_point_of_a_cloud_lies_below_words() -> None:
    laid = lay('s: scatter 5 at 1,1 size 3x3\na: text "a neighbour" at 1,1')
    (words,) = texts(laid)
    assert not [item for item in laid.items if isinstance(item, Point) and item.box.overlap(words.box)]


def test_pictures_of_a_given_size_keep_off_the_others() -> None:
    laid = lay('g: grid 4x4 "Grid" at 0,0 size 1x1\na: image "Image" at 1.2,0\ng -> a')
    assert laid.bodies["g"].overlap(laid.bodies["a"]) == 0


def test_a_drawing_with_places_is_never_smaller_than_its_words() -> None:
    drawing = 'a: box "Gated positional self-attention" at 0,0\nb: box "Feed-forward network" at 1,0\na -> b'
    assert least_height(drawing, TOKENS, 150) == math.inf
