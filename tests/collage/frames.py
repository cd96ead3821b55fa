"""What must hold for every frame, whatever it shows."""

from collections.abc import Iterator
from itertools import combinations

from PIL import Image, ImageDraw

from bot.collage.box import Box
from bot.collage.frame import Code, Formula, Frame, Item, Role, Surface, Text
from bot.collage.lettering import fonts


def leaves(frame: Frame) -> Iterator[Item]:
    """What holds nothing else: letters, formulas, the code, bars."""
    for item in frame.items:
        if isinstance(item, Text | Formula | Code) or (isinstance(item, Surface) and item.role is Role.BAR):
            yield item


def overlaps(frame: Frame) -> list[tuple[Item, Item]]:
    """The pairs of leaves that cover each other."""
    return [(one, other) for one, other in combinations(leaves(frame), 2) if _collide(one, other)]


def _collide(one: Item, other: Item) -> bool:
    """True when two leaves share room; accents may reach between the descenders of the line above."""
    if one.box.overlap(other.box) <= 0.5:
        return False
    if isinstance(one, Text) and isinstance(other, Text) and one.style == other.style:
        return abs(other.baseline - one.baseline) <= 1.1 * one.style.size
    return True


def strays(frame: Frame) -> list[Item]:
    """The items that stick out of the safe area."""
    safe = Box(0, 0, frame.width, frame.height).inset(frame.margin)
    return [item for item in frame.items if not safe.holds(item.box)]


def torn(frame: Frame) -> list[Item]:
    """The leaves and marks that lie partly inside a panel and partly outside."""
    return [
        item
        for item in leaves(frame)
        for panel in frame.panels
        if item.box.overlap(panel.box) and not panel.box.holds(item.box, slack=_overshoot(item))
    ]


def spilled(frame: Frame) -> list[Text]:
    """The texts whose ink leaves their boxes, each drawn alone."""
    return [item for item in frame.items if isinstance(item, Text) and not _holds_ink(item)]


def texts(frame: Frame, role: Role) -> str:
    """All that is said in *role*, in order."""
    return " ".join(item.text for item in frame.items if isinstance(item, Text) and item.role is role)


def _overshoot(item: Item) -> float:
    """A panel begins at the height of capitals: ascenders and accents rise above it, descenders fall below."""
    return 0.32 * item.style.size if isinstance(item, Text) else 0.5


def _holds_ink(item: Text) -> bool:
    scale, air = item.style.scale, 40
    size = round(item.box.width * scale) + 2 * air, round(item.box.height * scale) + 2 * air
    sheet = Image.new("L", size)
    for piece in fonts.shape(item.text, item.style).pieces:
        at = (air + piece.offset * scale, air + (item.baseline - item.box.y) * scale)
        ImageDraw.Draw(sheet).text(at, piece.text, 255, fonts.font(piece.family, item.style), "ls")
    ink = sheet.getbbox() or (air, air, air, air)
    slack = 1.5 + 0.08 * item.style.pixels  # side bearings of italics and of tracked letters
    return (
        ink[0] >= air - slack
        and ink[1] >= air - 1.5
        and ink[2] <= size[0] - air + slack
        and ink[3] <= size[1] - air + 1.5
    )
