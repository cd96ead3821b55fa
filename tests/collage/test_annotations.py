from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.annotations.annotate import Aim, Annotated, Ground, annotate, ground_of
from bot.collage.annotations.strips import Side, split
from bot.collage.box import Box
from bot.collage.charts.labels import crosses
from bot.collage.frame import Curve, Role, Surface, Text
from bot.collage.panels.block import Look
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas
from tests.collage.samples import CONVIT

TOKENS = tokens_of(Canvas.SLIDE)
LOOK = Look(TOKENS, palette_of(CONVIT), TOKENS.body_start)
FIELD = Box(100, 100, 900, 500)
CARD = "#ffffff"
WORDS = ("early layers keep the prior", "late layers drop it within 100 epochs", "the gate opens")

shares = st.floats(0.02, 0.98)
places = st.lists(st.tuples(shares, shares), min_size=1, max_size=3)
taken = st.lists(
    st.builds(
        lambda x, y, w, h: Box(FIELD.x + x * 800, FIELD.y + y * 430, 20 + w * 200, 15 + h * 80),
        shares,
        shares,
        shares,
        shares,
    ),
    max_size=8,
)


def words(found: Annotated) -> list[Text]:
    return [item for item in found.items if isinstance(item, Text)]


def arrows(found: Annotated) -> list[Curve]:
    return [item for item in found.items if isinstance(item, Curve)]


def touched(arrow: Curve, box: Box) -> bool:
    return any(crosses(piece, box) for piece in pairwise(arrow.points))


def targets(at: list[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    return [(box.x + x * box.width, box.y + y * box.height) for x, y in at]


def assert_calm(found: Annotated, ground: Ground) -> None:
    """No words overlap, no arrow touches letters or solid boxes, nothing leaves the ground."""
    assert not [pair for pair in combinations(words(found), 2) if _collide(*pair)]
    for item in found.items:
        assert ground.box.holds(item.box, slack=0.4 * TOKENS.caption)
    for arrow in arrows(found):
        assert not [text.text for text in words(found) if touched(arrow, text.box)]
        assert not [box for box in ground.solid if touched(arrow, box)]
    for text in words(found):
        assert not [box for box in ground.solid if text.box.overlap(box)]


def _collide(one: Text, other: Text) -> bool:
    return one.box.overlap(other.box) > 0 and abs(one.baseline - other.baseline) < one.style.pitch - 0.1


def test_words_and_arrow_wear_the_colour_of_annotations_and_the_arrow_has_a_head() -> None:
    found = annotate([Aim.point("look here", (500, 300))], LOOK, Ground(FIELD, CARD))
    assert (
        {text.colour for text in words(found)} == {arrow.colour for arrow in arrows(found)} == {LOOK.palette.annotation}
    )
    assert {item.role for item in found.items} == {Role.ANNOTATION}
    assert all(arrow.head > 0 for arrow in arrows(found))


@settings(max_examples=40)
@given(places, taken)
def test_arrows_end_on_their_points_and_touch_no_letters(at: list[tuple[float, float]], boxes: list[Box]) -> None:
    ground = Ground(FIELD, CARD, solid=tuple(boxes))
    goals = targets(at, FIELD)
    aims = [Aim.point(text, goal) for text, goal in zip(WORDS, goals, strict=False)]
    found = annotate(aims, LOOK, ground)
    assert_calm(found, ground)
    assert len(arrows(found)) == len(aims) - len(found.dropped)
    tips = {(round(x, 3), round(y, 3)) for x, y in (arrow.points[-1] for arrow in arrows(found))}
    assert tips <= {(round(x, 3), round(y, 3)) for x, y in goals}


@settings(max_examples=40)
@given(places, st.sampled_from(Side), st.floats(0.4, 4.0))
def test_beside_a_figure_words_stand_in_the_strip_and_arrows_end_in_the_figure(
    at: list[tuple[float, float]], side: Side, shape: float
) -> None:
    texts = WORDS[: len(at)]
    visual, strip = split(FIELD, texts, LOOK, shape=shape, sides=(side,))
    assert strip is not None
    ground = Ground(FIELD, CARD, soft=(visual,), strip=strip)
    found = annotate(
        [Aim.point(text, goal) for text, goal in zip(texts, targets(at, visual), strict=True)], LOOK, ground
    )
    assert_calm(found, ground)
    assert all(not text.box.overlap(visual) for text in words(found))
    assert all(visual.holds(Box(*arrow.points[-1], 0, 0)) for arrow in arrows(found))


@settings(max_examples=40)
@given(taken)
def test_equal_input_gives_equal_annotations(boxes: list[Box]) -> None:
    aims = [Aim.point(text, at) for text, at in zip(WORDS, ((300, 200), (700, 400), (500, 550)), strict=True)]
    ground = Ground(FIELD, CARD, solid=tuple(boxes))
    assert annotate(aims, LOOK, ground) == annotate(aims, LOOK, ground)


def test_an_arrow_stops_short_of_its_target_by_what_is_asked() -> None:
    node = Box(450, 300, 140, 70)
    found = annotate([Aim("a node", node, clear=8)], LOOK, Ground(FIELD, CARD, solid=(node,)))
    x, y = arrows(found)[0].points[-1]
    assert node.inset(-8.01).holds(Box(x, y, 0, 0))
    assert not node.inset(-1).holds(Box(x, y, 0, 0))


def test_words_without_a_place_are_dropped_and_named() -> None:
    full = Ground(FIELD, CARD, solid=(FIELD,))
    found = annotate([Aim.point("nowhere to stand", (500, 300))], LOOK, full)
    assert found == Annotated((), ("nowhere to stand",))


def test_one_that_finds_no_place_leaves_the_others_theirs() -> None:
    wall = Box(FIELD.x, FIELD.y, 300, FIELD.height)
    aims = [Aim.point("behind letters", (250, 300)), Aim.point("in the open", (700, 300))]
    found = annotate(aims, LOOK, Ground(FIELD, CARD, solid=(wall,)))
    assert found.dropped == ("behind letters",)
    assert len(arrows(found)) == 1


def test_a_forced_arrow_is_told_from_an_easy_one() -> None:
    at = Aim.point("look here", (500, 300))
    bars = tuple(Box(100, y, 900, 20) for y in (160, 220, 380, 440))
    easy = annotate([at], LOOK, Ground(FIELD, CARD))
    forced = annotate(
        [at], LOOK, Ground(FIELD, CARD, solid=(Box(100, 240, 380, 120), Box(520, 240, 480, 120)), soft=bars)
    )
    assert forced.dropped or forced.strain > easy.strain


def test_letters_are_solid_marks_are_soft_and_curves_are_lines() -> None:
    palette = LOOK.palette
    text = words(annotate([Aim.point("label", (500, 300))], LOOK, Ground(FIELD, CARD)))[0]
    bar = Surface(Box(200, 200, 50, 20), palette.accent, Role.BAR)
    card = Surface(FIELD, palette.card, Role.CARD)
    curve = Curve(((300, 300), (400, 310), (500, 330)), palette.accent, 3)
    ground = ground_of([card, text, bar, curve], FIELD, CARD)
    assert (ground.solid, ground.soft, len(ground.lines)) == ((text.box,), (bar.box,), 2)
