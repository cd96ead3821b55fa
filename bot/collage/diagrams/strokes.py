"""Owns how arrows, their words, and groups are drawn."""

from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.colours import mix
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Edge, Group, Tone
from bot.collage.diagrams.shapes import Places, along, length_of
from bot.collage.frame import Curve, Item, Role, Surface
from bot.collage.lettering.measure import Paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.themes import Palette, Tokens

HEAD = 0.62
"""Length of an arrow head, in em."""


@dataclass(frozen=True, slots=True)
class Style:
    """The colours and sizes of a diagram.

    Attributes:
        em: Of its labels, in design units.
    """

    palette: Palette
    tokens: Tokens
    em: float

    def brush(self, tone: Tone) -> Brush:
        """What nodes of *tone* are drawn with."""
        return Brush(self.palette, self.tokens, tone, self.em)

    def arrow(self, edge: Edge, places: Places) -> tuple[Curve, ...]:
        """Draw an arrow along *places*."""
        dash = 0.34 * self.em if edge.is_dashed else 0.0
        head = min(HEAD * self.em, 0.6 * length_of(places))
        line = Curve(places, self.arrow_colour(edge.tone), self._width, Role.ARROW, dash=dash)
        if edge.has_tail:
            there, back = _halves(places)
            return tuple(
                Curve(half, line.colour, line.width, Role.ARROW, min(head, 0.6 * length_of(half)), dash)
                for half in (there, back)
            )
        return (Curve(places, line.colour, line.width, Role.ARROW, head if edge.has_head else 0.0, dash),)

    @property
    def _width(self) -> float:
        return 2 * self.tokens.hairline

    def arrow_colour(self, tone: Tone) -> str:
        """Of arrows and of the words at them."""
        palette = self.palette
        if tone in (Tone.ACCENT, Tone.TINT):
            return palette.accent
        return palette.annotation if tone is Tone.WARN else mix(palette.muted, palette.card, 0.08)

    def label(self, words: Paragraph, at: tuple[float, float], tone: Tone, *, align: Align) -> tuple[Item, ...]:
        """Set the words of an arrow below *at*."""
        colour = self.palette.muted if tone in (Tone.SOFT, Tone.GHOST) else self.arrow_colour(tone)
        return set_paragraph(words, at, Ink(Role.NODE, colour, self.palette.card), align=align)

    def group(self, group: Group, box: Box) -> Surface:
        """The area of a group."""
        return Surface(box, self.group_fill(group), Role.NODE, radius=0.6 * self.em, outline=None)

    def group_fill(self, group: Group) -> str:
        """The colour of a group's area."""
        palette = self.palette
        hue = {Tone.WARN: palette.annotation, Tone.ACCENT: palette.accent, Tone.TINT: palette.accent}.get(group.tone)
        return mix(palette.card, hue, 0.08) if hue else mix(palette.card, palette.muted, 0.075)

    def group_title(self, group: Group, words: Paragraph, at: tuple[float, float]) -> tuple[Item, ...]:
        """Set the title of a group below *at*."""
        palette = self.palette
        colour = {Tone.WARN: palette.annotation, Tone.ACCENT: palette.accent, Tone.TINT: palette.accent}.get(group.tone)
        return set_paragraph(words, at, Ink(Role.NODE, colour or palette.muted, self.group_fill(group)))


def _halves(places: Places) -> tuple[Places, Places]:
    """The line from its middle to its end, and from its middle to its start."""
    middle, _ = along(places, 0.5)
    total = length_of(places)
    run, cut = 0.0, len(places) - 1
    for i in range(1, len(places)):
        run += length_of(places[i - 1 : i + 1])
        if run >= total / 2:
            cut = i
            break
    return (middle, *places[cut:]), (middle, *reversed(places[:cut]))
