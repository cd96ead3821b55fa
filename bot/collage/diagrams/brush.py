"""Owns the colours and line widths a node is drawn with."""

from dataclasses import dataclass
from functools import cached_property

from bot.collage.box import Box
from bot.collage.colours import contrast, mix
from bot.collage.diagrams.drawing import Tone
from bot.collage.diagrams.shapes import Place, Places, rounded
from bot.collage.frame import Curve, Item, Point, Role, Shape, Surface
from bot.collage.themes import Palette, Tokens

_GREY = 0.16  # of the way from card to muted: neutral surfaces


@dataclass(frozen=True)
class Brush:
    """Colours of one tone, and the strokes of one canvas.

    Attributes:
        em: Of the words of the diagram, in design units; details scale with it.
    """

    palette: Palette
    tokens: Tokens
    tone: Tone
    em: float

    @cached_property
    def fill(self) -> str:
        """The surface of a node."""
        palette = self.palette
        return {
            Tone.SOFT: mix(palette.card, palette.muted, _GREY),
            Tone.TINT: mix(palette.card, palette.accent, 0.17),
            Tone.ACCENT: palette.accent,
            Tone.GHOST: palette.card,
            Tone.WARN: mix(palette.card, palette.annotation, 0.12),
        }[self.tone]

    @cached_property
    def words(self) -> str:
        """Letters on `fill`."""
        return self.palette.on_accent if self.tone is Tone.ACCENT else self.palette.ink

    @cached_property
    def quiet(self) -> str:
        """Lesser letters on `fill`."""
        if self.tone is Tone.ACCENT:
            return self.palette.on_accent
        return mix(self.palette.muted, self.palette.ink, 0.25)

    @cached_property
    def line(self) -> str:
        """Strokes on the card."""
        palette = self.palette
        return {
            Tone.SOFT: mix(palette.muted, palette.card, 0.12),
            Tone.TINT: palette.accent,
            Tone.ACCENT: palette.accent,
            Tone.GHOST: mix(palette.muted, palette.card, 0.2),
            Tone.WARN: palette.annotation,
        }[self.tone]

    @cached_property
    def strong(self) -> str:
        """The parts of a picture that matter."""
        return self.palette.annotation if self.tone is Tone.WARN else self.palette.accent

    @cached_property
    def main(self) -> str:
        """The parts of a picture that nothing singles out."""
        if self.tone in (Tone.ACCENT, Tone.WARN):
            return self.strong
        if self.tone is Tone.TINT:
            return mix(self.palette.card, self.palette.accent, 0.55)
        return mix(self.palette.card, self.palette.muted, 0.5 if self.tone is Tone.SOFT else 0.3)

    @cached_property
    def wash(self) -> str:
        """Large areas of a picture."""
        share = 0.14 if self.tone in (Tone.SOFT, Tone.GHOST) else 0.17
        hue = self.palette.muted if self.tone in (Tone.SOFT, Tone.GHOST) else self.strong
        return mix(self.palette.card, hue, share)

    @cached_property
    def light(self) -> str:
        """The lightest colour of the theme."""
        return max(self.palette.card, self.palette.ink, key=lambda colour: contrast(colour, "#000000"))

    @property
    def thin(self) -> float:
        return self.tokens.hairline * 1.2

    @property
    def thick(self) -> float:
        return self.tokens.hairline * 2.2

    def shade(self, level: float) -> str:
        """From almost nothing (0) to `strong` (1)."""
        return mix(mix(self.palette.card, self.palette.muted, 0.13), self.strong, level)

    def stroke(self, places: Places, *, width: float = 0.0, colour: str = "", dash: float = 0.0) -> Curve:
        """A line, in `line` colour unless said otherwise."""
        return Curve(places, colour or self.line, width or self.thick, Role.NODE, dash=dash)

    def area(self, places: Places, fill: str, *, outline: str = "") -> Shape:
        """A polygon."""
        return Shape(places, fill, Role.NODE, outline or None, self.thick if outline else 0.0)

    def dot(self, at: Place, radius: float, colour: str) -> Point:
        """A disc."""
        return Point(at[0], at[1], radius, colour, Role.NODE)

    def panel(self, box: Box, fill: str, radius: float) -> Surface:
        """A rectangle."""
        return Surface(box, fill, Role.NODE, radius=radius)

    def framed(self, places: Places) -> tuple[Item, ...]:
        """An outline filled as the tone says: ghosts are dashed, warnings have a rim."""
        if self.tone is Tone.GHOST:
            return (self.area(places, self.fill), self.stroke(places, dash=self.em * 0.32))
        if self.tone is Tone.WARN:
            return (self.area(places, self.fill, outline=self.line),)
        return (self.area(places, self.fill),)

    def plate(self, box: Box, radius: float) -> tuple[Item, ...]:
        """A filled rectangle with round corners, in its tone."""
        if self.tone in (Tone.GHOST, Tone.WARN):
            return self.framed(rounded(box, radius))
        return (self.panel(box, self.fill, radius),)
