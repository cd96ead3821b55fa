"""Owns what keeps apart: the safe area, the ring of paper, boxes that must not overlap, arrows and words."""

from collections.abc import Iterator
from itertools import combinations, pairwise, takewhile

from PIL import Image, ImageChops

from bot.collage.box import Box
from bot.collage.charts.labels import crosses
from bot.collage.check.bounds import OVERLAP, RING, SAFE
from bot.collage.check.reading import Reading, named, where
from bot.collage.check.report import Finding, count
from bot.collage.frame import Code, Curve, Formula, Item, Picture, Point, Role, Shape, Surface, Text
from bot.collage.themes import tokens_of

_SEEN = 3  # of 255: a difference from the paper that is more than rounding
_GRAZE = 2.0  # design units by which a curve may reach into the box of a text: there is air above its letters
_POINTING = frozenset({Role.ARROW, Role.ANNOTATION})
_LEAVES = (Text, Formula, Code, Picture, Point)


def safe_area(reading: Reading, picture: Image.Image | None) -> Finding:
    """H1: nothing reaches into the margin, and the outermost ring of the picture is paper."""
    frame = reading.frame
    safe = Box(0, 0, frame.width, frame.height).inset(tokens_of(frame.canvas).margin - SAFE)
    strays = [f"{named(item)} leaves the safe area" for item in frame.items if not safe.holds(item.box, slack=0.5)]
    return count("H1", "strays", [*strays, *(_stained(reading, picture) if picture else ())])


def overlaps(reading: Reading) -> Finding:
    """H2: boxes that cover each other without one holding the other, and curves that run through words."""
    pairs = (pair for pair in _near(_apart(reading)) if _collide(*pair))
    items = [f"{named(one)} and {named(other)} overlap" for one, other in pairs]
    panels = combinations((panel.box for panel in reading.frame.panels), 2)
    shared = [f"two panels overlap {where(one)} and {where(other)}" for one, other in panels if _share(one, other)]
    return count("H2", "overlaps", [*items, *shared, *_crossings(reading)])


def _stained(reading: Reading, picture: Image.Image) -> Iterator[str]:
    width, height = picture.size
    ring = round(RING * reading.frame.scale)
    strips = {
        "top": (0, 0, width, ring),
        "bottom": (0, height - ring, width, height),
        "left": (0, 0, ring, height),
        "right": (width - ring, 0, width, height),
    }
    for side, corners in strips.items():
        strip = picture.convert("RGB").crop(corners) if picture.mode != "RGB" else picture.crop(corners)
        off = ImageChops.difference(strip, Image.new("RGB", strip.size, reading.frame.paper)).getextrema()
        if max(int(high) for _, high in off) > _SEEN:  # type: ignore[misc]
            yield f"the ring at the {side} is not paper"


def _apart(reading: Reading) -> list[Item]:
    """What must not cover each other: letters, formulas, figures, the code, marks, and the cards they stand on."""
    surfaces = {Role.BAR, Role.RULE, Role.CARD}
    return [
        item
        for item in reading.frame.items
        if isinstance(item, _LEAVES) or (isinstance(item, Surface) and item.role in surfaces)
    ]


def _near(items: list[Item]) -> Iterator[tuple[Item, Item]]:
    """The pairs whose boxes share columns, so that not all pairs need a look."""
    boxed = sorted(((item.box, item) for item in items), key=lambda pair: pair[0].x)
    for i, (box, item) in enumerate(boxed):
        for other_box, other in boxed[i + 1 :]:
            if other_box.x >= box.right:
                break
            if other_box.y < box.bottom and box.y < other_box.bottom:
                yield item, other


def _collide(one: Item, other: Item) -> bool:
    if not _share(one.box, other.box):
        return False
    inner, outer = sorted((one, other), key=lambda item: item.box.area)
    return not (_may_hold(outer, inner) and outer.box.holds(inner.box, slack=0.5)) and not _may_touch(one, other)


def _share(one: Box, other: Box) -> bool:
    return one.overlap(other) > OVERLAP * min(one.area, other.area)


def _may_hold(outer: Item, inner: Item) -> bool:
    """True when *inner* may lie on *outer*: anything on a card, letters on a bar or a dot, annotations on a figure."""
    match outer:
        case Surface(role=Role.CARD):
            return True
        case Surface(role=Role.BAR) | Point():
            return isinstance(inner, Text | Point | Surface)
        case Picture():
            return inner.role is Role.ANNOTATION
        case _:
            return False


def _may_touch(one: Item, other: Item) -> bool:
    """True for pairs that are looked at elsewhere, or that belong together."""
    if isinstance(one, Text) and isinstance(other, Text):
        return one.style == other.style and abs(one.baseline - other.baseline) > 1.1 * one.style.size  # accents
    surfaces = [item for item in (one, other) if isinstance(item, Surface)]
    texts = [item for item in (one, other) if isinstance(item, Text)]
    if any(item.role is Role.CARD for item in surfaces):
        return len(surfaces) < 2  # a text half on a card is an overflowing text
    if any(item.role is Role.RULE for item in surfaces):
        return not texts or texts[0].halo > 0
    if any(isinstance(item, Point) and item.role is Role.NODE for item in (one, other)):
        return not texts or texts[0].halo > 0  # the dust of a drawn cloud, under a label with a rim
    return not texts and all(isinstance(item, Surface | Point) for item in (one, other)) and len(surfaces) < 2


def _crossings(reading: Reading) -> Iterator[str]:
    for depth, curve in enumerate(reading.frame.items):
        if isinstance(curve, Curve):
            struck = (text for text in _in_reach(reading, curve) if _runs_through(curve, text))
            found = next((text for text in struck if not _is_covered(reading, depth, text)), None)
            if found:
                yield f"{named(curve)} runs through {named(found)}"


def _is_covered(reading: Reading, depth: int, text: Text) -> bool:
    """True when something filled lies between what is drawn at *depth* and *text*: a disc with the number of a step."""
    above = reading.frame.items[depth + 1 :]
    return any(item.box.holds(text.box) for item in takewhile(lambda item: item is not text, above) if _is_filled(item))


def _is_filled(item: Item) -> bool:
    return isinstance(item, Point | Surface) or (isinstance(item, Shape) and item.fill is not None)


def _in_reach(reading: Reading, curve: Curve) -> Iterator[Text]:
    """The texts a curve must spare: an arrow all, another curve those that are not set to stand on lines."""
    bounds = curve.box
    for text in reading.texts:
        if text.box.overlap(bounds) and (curve.role in _POINTING or not text.halo):
            yield text


def _runs_through(curve: Curve, text: Text) -> bool:
    core = text.box.inset(min(_GRAZE, text.box.height / 4, text.box.width / 4))
    return any(crosses(segment, core) for segment in pairwise(curve.points))
