"""Owns the plane of a chart with two axes: where values fall, the hairlines, and the ticks around it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.collage.box import Box
from bot.collage.charts.axes import Axis
from bot.collage.charts.values import ChartLook
from bot.collage.frame import Item, Role, Surface, Text
from bot.collage.lettering.measure import width_of
from bot.collage.lettering.typeset import Align, Ink, set_line

_TICK_ROW = 1.85  # em: the height of a row of ticks below the plane
_LABEL_ROW = 1.5
_TICK_PITCH = 1.7  # em between ticks along an upright axis


@dataclass(frozen=True, slots=True)
class Plane:
    """The box between the axes, and the scales laid on its sides.

    Attributes:
        outer: All that the chart may use.
    """

    outer: Box
    box: Box
    x: Axis
    y: Axis
    style: ChartLook

    def place(self, x: float, y: float | None) -> tuple[float, float] | None:
        """Where a pair of values falls; None for a gap."""
        return None if y is None else (self.x.at(x), self.y.at(y))

    @property
    def floor(self) -> Box:
        """Where labels may stand: above the ticks of the x axis, and hardly over those of the y axis."""
        left = self.box.x - 0.8 * self.style.gap
        return Box(left, self.outer.y, self.outer.right - left, self.box.bottom - self.outer.y)

    def furniture(self, x_names: Sequence[str], x_label: str) -> Iterator[Item]:
        """Hairlines, ticks and the label of the x axis."""
        tick, palette = self.style.tick, self.style.look.palette
        ink = Ink(Role.TICK, palette.muted, palette.card)
        for value, label in zip(self.y.ticks, self.y.labels(), strict=True):
            y = self.y.at(value)
            if y < self.box.bottom - 1:
                yield self._hairline(y, palette.line)
            at = (self.box.x - self.style.gap, y + 0.36 * tick.size)
            yield set_line(label, at, tick, ink, align=Align.RIGHT)
        yield self._hairline(self.box.bottom, palette.grey)
        baseline = self.box.bottom + 1.35 * tick.size
        yield from self._x_ticks(x_names, baseline, ink)
        if x_label:
            at = (self.box.centre_x, baseline + _LABEL_ROW * tick.size)
            yield _inside(set_line(x_label, at, tick, ink, align=Align.CENTRE), self.outer)

    def _hairline(self, y: float, colour: str) -> Surface:
        thickness = self.style.look.tokens.hairline
        return Surface(Box(self.box.x, y - thickness / 2, self.box.width, thickness), colour, Role.RULE)

    def _x_ticks(self, names: Sequence[str], baseline: float, ink: Ink) -> Iterator[Text]:
        """All tick labels, or every second, third … where they would touch."""
        style = self.style.tick
        for stride in range(1, len(names) + 1):
            texts = [
                _inside(
                    set_line(names[i], (self.x.at(self.x.ticks[i]), baseline), style, ink, align=Align.CENTRE),
                    self.outer,
                )
                for i in range(0, len(names), stride)
            ]
            gaps = [after.box.x - before.box.right for before, after in pairwise(texts)]
            if min(gaps, default=style.size) >= 0.4 * style.size:
                yield from texts
                return


def upright(axis: Axis, style: ChartLook, start: float, end: float) -> Axis:
    """*axis* laid from *start* up to *end*, with as many of its ticks as there is room for."""
    room = max(1.0, (start - end) / (_TICK_PITCH * style.tick.size))
    stride = math.ceil((len(axis.ticks) - 1) / room) or 1
    return Axis(axis.low, axis.high, axis.ticks[::stride], axis.log, start, end)


def air_of(style: ChartLook) -> float:
    """What labels inside a plane keep between each other, in design units."""
    return 0.3 * style.tick.size


def foot_height(style: ChartLook, x_label: str) -> float:
    """The height of ticks and label below a plane."""
    return style.tick.size * (_TICK_ROW + (_LABEL_ROW if x_label else 0.0))


def widest_below(style: ChartLook, names: Sequence[str], x_label: str) -> float:
    """The width of the widest of the words below a plane."""
    return max(width_of(words, style.tick) for words in (*names, x_label))


def plane_box(outer: Box, y: Axis, style: ChartLook, *, head: float, foot: float, right: float) -> Box:
    """The box between the axes: *outer* without the tick labels and the room for names."""
    left = max(width_of(label, style.tick) for label in y.labels()) + style.gap
    return Box(outer.x + left, outer.y + head, outer.width - left - right, outer.height - head - foot)


def _inside(text: Text, box: Box) -> Text:
    """Shift *text* sideways into *box*."""
    shift = max(0.0, box.x - text.box.x) - max(0.0, text.box.right - box.right)
    moved = Box(text.box.x + shift, text.box.y, text.box.width, text.box.height)
    return Text(text.text, moved, text.baseline, text.style, text.colour, text.background, text.role)
