"""Owns the names of the parts of a formula: on one or two levels below it, or above what stands on a fraction line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from bot.collage.annotations.strips import style_of
from bot.collage.box import Box
from bot.collage.charts.labels import crosses, spread
from bot.collage.frame import Curve, Item, Role
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.panels.block import Look

_WRAPS = (13.0, 8.0, 5.5)  # em: how wide a name may run
_BRACKET = 0.45  # em between the formula and the bracket under a part
_LIP = 0.22  # em: the upright ends of a bracket
_LEADER = 0.62  # em between a bracket and a name on the first level
_BETWEEN_LEVELS = 0.5
_AIR = 0.9  # em between two names
_SLANT = 1.3  # em by which a leader may lean
_WIDE = 0.9  # em: a narrower part has no bracket, only a leader


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula with its name; *start* and *end* are the sides of its ink."""

    name: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class _Label:
    part: Part
    block: Paragraph
    centre: float
    level: int

    @property
    def foot(self) -> float:
        """The x at which its leader ends."""
        half = max(0.0, self.block.width / 2 - 0.3 * self.block.size)
        return min(max(self.part.middle, self.centre - half), self.centre + half)

    def shifted(self, by: float) -> "_Label":
        part = Part(self.part.name, self.part.start + by, self.part.end + by)
        return _Label(part, self.block, self.centre + by, self.level)


@dataclass(frozen=True, slots=True)
class Naming:
    """Names with their places along a formula.

    Attributes:
        height: From the edge of the formula to the far side of the names, in design units.
    """

    labels: tuple[_Label, ...]
    look: Look

    @property
    def height(self) -> float:
        return max(self._reach(label) + label.block.height for label in self.labels)

    def shifted(self, by: float) -> "Naming":
        """The same names, *by* further to the right."""
        return Naming(tuple(label.shifted(by) for label in self.labels), self.look)

    def items(self, edge: float, background: str, *, is_above: bool = False) -> Iterator[Item]:
        """Draw names, brackets and leaders beyond *edge*, the y at which the formula ends."""
        em, colour = self.look.tokens.caption, self.look.palette.annotation
        way = -1.0 if is_above else 1.0
        for label in self.labels:
            start, end = edge + way * _BRACKET * em, edge + way * (self._reach(label) - 0.22 * em)
            part = label.part
            if part.end - part.start > _WIDE * em:
                lip = start - way * _LIP * em
                sides = ((part.start, lip), (part.start, start), (part.end, start), (part.end, lip))
                yield Curve(sides, colour, em / 11, Role.ANNOTATION)
            yield Curve(((part.middle, start), (label.foot, end)), colour, em / 11, Role.ANNOTATION)
            top = edge + way * self._reach(label) - (label.block.height if is_above else 0.0)
            ink = Ink(Role.ANNOTATION, colour, background)
            yield from set_paragraph(label.block, (label.centre, top), ink, align=Align.CENTRE)

    def _reach(self, label: _Label) -> float:
        """How far from the formula a name begins."""
        em = self.look.tokens.caption
        first = max((each.block.height for each in self.labels if each.level == 0), default=0.0)
        return (_BRACKET + _LEADER) * em + (first + _BETWEEN_LEVELS * em if label.level else 0.0)

    @property
    def is_clear(self) -> bool:
        """True when no leader leans too far, and none runs through a name."""
        em = self.look.tokens.caption
        names = [
            Box(each.centre - each.block.width / 2, self._reach(each), each.block.width, each.block.height)
            for each in self.labels
        ]
        for label in self.labels:
            leader = ((label.part.middle, 0.0), (label.foot, self._reach(label) - 0.1 * em))
            if abs(label.foot - label.part.middle) > _SLANT * em:
                return False
            if any(
                crosses(leader, name.inset(-0.25 * em))
                for name, own in zip(names, self.labels, strict=True)
                if own != label
            ):
                return False
        return True

    @property
    def strain(self) -> float:
        """How far from ideal: many lines, second levels, leaning leaders."""
        em = self.look.tokens.caption
        return sum(
            len(each.block.lines) + 1.5 * each.level + 3 * abs(each.foot - each.part.middle) / em
            + 0.3 * abs(each.centre - each.part.middle) / em
            for each in self.labels
        )  # fmt: skip


@lru_cache(maxsize=512)
def naming(parts: tuple[Part, ...], look: Look, left: float, right: float) -> Naming | None:
    """Find places between *left* and *right* for the names of *parts*; None when there are none."""
    found = (
        Naming(labels, look)
        for wrap in _WRAPS
        for levels in product((0, 1), repeat=len(parts))
        if 0 in levels and (labels := _placed(parts, levels, _blocks(parts, look, wrap), (left, right)))
    )
    return min((each for each in found if each.is_clear), key=lambda each: each.strain, default=None)


def _blocks(parts: Sequence[Part], look: Look, wrap: float) -> list[Paragraph]:
    style = style_of(look)
    widths = [max(wrap * style.size, longest_word(part.name, style) + 2) for part in parts]
    return [paragraph(part.name, style, width, balanced=True) for part, width in zip(parts, widths, strict=True)]


def _placed(
    parts: Sequence[Part], levels: Sequence[int], blocks: Sequence[Paragraph], sides: tuple[float, float]
) -> tuple[_Label, ...]:
    """Each name as near to its part as the others of its level let it; nothing when a level is too full."""
    labels: list[_Label] = []
    for level in sorted(set(levels)):
        own = [i for i in range(len(parts)) if levels[i] == level]
        air = _AIR * blocks[0].size
        widths = [blocks[i].width + air for i in own]
        if sum(widths) - air > sides[1] - sides[0]:
            return ()
        centres = spread([parts[i].middle for i in own], widths, sides[0] - air / 2, sides[1] + air / 2)
        labels += [_Label(parts[i], blocks[i], centre, level) for i, centre in zip(own, centres, strict=True)]
    return tuple(labels)
