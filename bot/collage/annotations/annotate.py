"""Owns annotations: words with a thin curved arrow that ends on what they speak of.

How a panel uses it. It lays its visual out, says where each annotation points (an `Aim`), what already stands there
(a `Ground`), and gets items back:

1. ``annotate(aims, look, ground_of(items, box, background))`` looks for empty places inside the
   visual. Enough for a chart or a diagram with white space.
2. Where something is dropped, or where words must not stand on the visual at all (a figure: it is one soft box), make
   room first: ``visual, strip = strips.split(box, texts, look, shape=width / height)``, lay the visual out in
   ``visual``, and call ``annotate`` with ``strip=strip``. `strips.height_below` and `strips.width_beside` tell
   ``least`` and ``most`` what a strip takes.
3. Better none than a wrong one: words that find no place from which an arrow reaches its target without touching
   letters are left out, and named in `Annotated.dropped`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from bot.collage.annotations.arrows import Obstacles, Path, paths
from bot.collage.annotations.strips import AIR, Side, Strip, abreast, style_of
from bot.collage.annotations.vacancy import Taken
from bot.collage.box import Box, cover
from bot.collage.charts.labels import Segment, spread
from bot.collage.frame import Code, Curve, Formula, Item, Role, Text, TextStyle
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.panels.block import Look

_WIDTHS = (8.0, 12.0, 17.0)  # em: how wide words inside a visual may run
_LINES = 3  # at most, inside a visual
_STEP = 1.0  # em between the places that are tried
_NEAREST = 2.0  # em between words inside a visual and their target
_FARTHEST = 14.0  # em
_KEPT = 10  # places of one annotation that are tried against those of the others
_ARROWS = 2  # of each place
_SHIFTS = (0.0, -1.0, 1.0, -2.0, 2.0, 3.5, -3.5)  # em along a strip
_DROPPED = 1e6  # what leaving an annotation out costs


@dataclass(frozen=True, slots=True)
class Aim:
    """Words and what they point at.

    Attributes:
        target: The box the arrow ends at; of no size for a single point.
        clear: How far before the target the tip stays, in design units.
    """

    text: str
    target: Box
    clear: float = 0.0

    @classmethod
    def point(cls, text: str, at: tuple[float, float], *, clear: float = 0.0) -> "Aim":
        """Aim at a single point."""
        return cls(text, Box(*at, 0.0, 0.0), clear)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where annotations may go, and what stands there already.

    Attributes:
        box: Words and arrows stay inside; it includes the strip.
        background: The colour they stand on.
        solid: Neither words nor arrows touch these: letters, the nodes of a diagram.
        soft: Words do not stand on these, arrows may pass: a figure, bars, points.
        lines: Words do not stand on these, arrows cross them unwillingly: the pieces of curves.
        strip: Room kept free for words; with one, words stand nowhere else.
    """

    box: Box
    background: str
    solid: tuple[Box, ...] = ()
    soft: tuple[Box, ...] = ()
    lines: tuple[Segment, ...] = ()
    strip: Strip | None = None


def ground_of(items: Iterable[Item], box: Box, background: str, *, strip: Strip | None = None) -> Ground:
    """The ground that *items* of a visual leave: letters and nodes are solid, other marks soft, curves are lines."""
    solid: list[Box] = []
    soft: list[Box] = []
    lines: list[Segment] = []
    for item in items:
        if isinstance(item, Curve):
            lines += pairwise(item.points)
        elif isinstance(item, Text | Formula | Code) or item.role is Role.NODE:
            solid.append(item.box)
        elif item.role not in {Role.RULE, Role.CARD}:
            soft.append(item.box)
    return Ground(box, background, tuple(solid), tuple(soft), tuple(lines), strip)


@dataclass(frozen=True, slots=True)
class Annotated:
    """What came of annotations.

    Attributes:
        items: Words and arrows, all in `Role.ANNOTATION`.
        dropped: The texts that found no place.
        strain: How long and bent the arrows are, and what they cross, in em: 3 is an easy arrow, 9 a forced one.
    """

    items: tuple[Item, ...]
    dropped: tuple[str, ...] = ()
    strain: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Seat:
    """One way to annotate one aim; told apart by identity, because many pairs are remembered."""

    words: tuple[Text, ...]
    path: Path

    @property
    def box(self) -> Box:
        return cover(text.box for text in self.words)

    @property
    def cost(self) -> float:
        return self.path.cost

    def suits(self, other: "_Seat") -> bool:
        """True when both can be drawn: nothing overlaps, no arrow touches the words or the arrow of the other."""
        air = AIR * self.words[0].style.size / 2
        return not (
            self.box.inset(-air).overlap(other.box.inset(-air))
            or any(self.path.touches(text.box, air) for text in other.words)
            or any(other.path.touches(text.box, air) for text in self.words)
            or self.path.crosses(other.path)
        )


def annotate(aims: Sequence[Aim], look: Look, ground: Ground) -> Annotated:
    """Set the words of *aims* into empty places of *ground*, each with an arrow to its target.

    As many as possible are shown; of the ways to do so the one with the shortest and calmest arrows.
    """
    style = style_of(look)
    rim = 2 * look.tokens.hairline  # where the hairlines of a chart run behind the letters
    ink = Ink(Role.ANNOTATION, look.palette.annotation, ground.background, rim)
    offered = [_seats(aim, blocks, ground, ink) for aim, blocks in zip(aims, _words(aims, look, ground), strict=True)]
    chosen = _best(offered)
    items: list[Item] = []
    for seat in chosen:
        if seat:
            items += [*seat.words, seat.path.curve(look.palette.annotation, style.size)]
    dropped = tuple(aim.text for aim, seat in zip(aims, chosen, strict=True) if seat is None)
    return Annotated(tuple(items), dropped, sum(seat.cost for seat in chosen if seat))


_Words = list[tuple[Paragraph, tuple[float, float], Align]]
"""The places words may take: lines, the anchor of their top, and on which side of it they stand."""


def _words(aims: Sequence[Aim], look: Look, ground: Ground) -> Iterator[_Words]:
    style = style_of(look)
    if ground.strip is None:
        for aim in aims:
            yield list(_inside(aim, style, ground))
    elif ground.strip.side.is_beside:
        yield from _beside(aims, style, ground.strip)
    else:
        yield from _along(aims, look, ground.strip)


def _inside(aim: Aim, style: TextStyle, ground: Ground) -> Iterator[tuple[Paragraph, tuple[float, float], Align]]:
    """Empty places around the target: the nearest of each direction and width."""
    nearest: dict[tuple[int, int, float], tuple[float, Paragraph, Box]] = {}
    taken = Taken.of((*ground.solid, *ground.soft), ground.lines)
    for block in _shapes(aim.text, style):
        for distance, _, y, x in _places(aim.target, block, ground.box, style.size):
            box = Box(x, y, block.width, block.height)
            key = (*_direction(aim.target, box), block.width)
            if key not in nearest and taken.leaves(box, AIR * style.size):
                nearest[key] = (distance, block, box)
    for _, block, box in sorted(nearest.values(), key=lambda found: (found[0], found[2].y, found[2].x))[:_KEPT]:
        align = _alignment(aim.target, box)
        yield block, (box.x + align.value * box.width, box.y), align


def _shapes(text: str, style: TextStyle) -> Iterator[Paragraph]:
    """The text broken to different widths, each number of lines once."""
    widest = longest_word(text, style) + 2
    seen: set[int] = set()
    for width in _WIDTHS:
        block = paragraph(text, style, max(widest, width * style.size), balanced=True)
        if len(block.lines) <= _LINES and len(block.lines) not in seen:
            seen.add(len(block.lines))
            yield block


def _places(target: Box, block: Paragraph, room: Box, em: float) -> list[tuple[float, float, float, float]]:
    """Places for *block* all over *room*, those near *target* first: distance, how far aside, y, x."""
    across = _steps(room.x, room.right - block.width, _STEP * em)
    down = _steps(room.y, room.bottom - block.height - 0.2 * em, _STEP * em)
    columns = [(x, *_off(x, block.width, target.x, target.width)) for x in across]
    rows = [(y, *_off(y, block.height, target.y, target.height)) for y in down]
    nearest, farthest = (_NEAREST * em) ** 2, (_FARTHEST * em) ** 2
    return sorted(
        (math.sqrt(square), aside + apart, y, x)
        for x, gap, aside in columns
        for y, rise, apart in rows
        if nearest <= (square := gap * gap + rise * rise) <= farthest
    )


def _off(start: float, length: float, target: float, size: float) -> tuple[float, float]:
    """How far a stretch is from that of the target, and its middle from the target's."""
    gap = max(0.0, start - target - size, target - start - length)
    return gap, abs(start + length / 2 - target - size / 2)


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + i * step for i in range(int((end - start) / step) + 1)] if end >= start else []


def _direction(target: Box, box: Box) -> tuple[int, int]:
    """In which of eight directions *box* lies as seen from *target*."""
    across = (box.x > target.right) - (box.right < target.x)
    down = (box.y > target.bottom) - (box.bottom < target.y)
    return across, down


def _alignment(target: Box, box: Box) -> Align:
    return {-1: Align.RIGHT, 0: Align.CENTRE, 1: Align.LEFT}[_direction(target, box)[0]]


def _beside(aims: Sequence[Aim], style: TextStyle, strip: Strip) -> Iterator[_Words]:
    """Each beside its target where possible, in the order of the targets, and a little higher or lower."""
    box = strip.box
    blocks = [paragraph(aim.text, style, box.width + 1, balanced=True) for aim in aims]
    heights = [block.height + AIR * style.size for block in blocks]
    centres = spread([aim.target.centre_y for aim in aims], heights, box.y, box.bottom + AIR * style.size)
    align = Align.RIGHT if strip.side is Side.LEFT else Align.LEFT
    x = box.right if strip.side is Side.LEFT else box.x
    for block, centre in zip(blocks, centres, strict=True):
        tops = (centre - block.height / 2 + shift * style.size for shift in _SHIFTS)
        yield [(block, (x, top), align) for top in tops if box.y <= top <= box.bottom - block.height]


def _along(aims: Sequence[Aim], look: Look, strip: Strip) -> Iterator[_Words]:
    """Each below (or above) its target where possible, in the order of the targets, and a little aside."""
    box, em = strip.box, look.tokens.caption
    blocks = abreast([aim.text for aim in aims], look, box.width)
    widths = [block.width + 2 * AIR * em for block in blocks]
    centres = spread([aim.target.centre_x for aim in aims], widths, box.x - AIR * em, box.right + AIR * em)
    for block, centre in zip(blocks, centres, strict=True):
        half = block.width / 2
        at = (centre + shift * em for shift in (*_SHIFTS, 6.0, -6.0, 9.0, -9.0))
        top = box.y if strip.side is Side.BOTTOM else box.bottom - block.height
        yield [(block, (x, top), Align.CENTRE) for x in at if box.x - 1 <= x - half and x + half <= box.right + 1]


def _seats(aim: Aim, places: _Words, ground: Ground, ink: Ink) -> list[_Seat]:
    """What can be drawn for one aim, the calmest first."""
    obstacles = Obstacles(ground.box, ground.solid, ground.soft, ground.lines)
    seats: list[_Seat] = []
    for block, at, align in places:
        words = set_paragraph(block, at, ink, align=align)
        found = paths(words, aim.target, obstacles, clear=aim.clear, most=_ARROWS)
        offset = 0.1 * places.index((block, at, align))
        seats += [_Seat(words, replace(path, cost=path.cost + offset)) for path in found]
    return sorted(seats, key=lambda seat: (seat.cost, seat.path.points))


def _best(offered: Sequence[list[_Seat]]) -> tuple[_Seat | None, ...]:
    """One seat of each, or None, all of which suit each other, at the least cost."""
    best: tuple[float, tuple[_Seat | None, ...]] = (float("inf"), ())
    least = [min((seat.cost for seat in seats), default=_DROPPED) for seats in offered]
    suits = cache(_Seat.suits)

    def extend(chosen: tuple[_Seat | None, ...], cost: float) -> None:
        nonlocal best
        if cost + sum(least[len(chosen) :]) >= best[0]:
            return
        if len(chosen) == len(offered):
            best = (cost, chosen)
            return
        for seat in offered[len(chosen)]:
            if all(other is None or suits(other, seat) for other in chosen):
                extend((*chosen, seat), cost + seat.cost)
        extend((*chosen, None), cost + _DROPPED)

    extend((), 0.0)
    return best[1]
