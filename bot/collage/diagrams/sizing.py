"""Owns how large the nodes of a drawing are, at a size of type and a growth."""

from dataclasses import dataclass
from functools import lru_cache

from bot.collage.box import Box
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Node, Tone
from bot.collage.diagrams.glyphs.boxes import lid_of
from bot.collage.diagrams.kinds import KINDS
from bot.collage.frame import Item, Role
from bot.collage.lettering import fonts
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.themes import Tokens

WORDS_BELOW = 0.42
"""Of the em: between a picture and the words below it."""

_MOST_LINES = 3
_WEIGHT = 600
_SECOND = 7.0  # em: second lines are not broken to less
_LINE_GAP = 0.5  # of the em: between a label and its second line


@dataclass(frozen=True, slots=True)
class Type:
    """The letters of a diagram.

    Attributes:
        em: Of labels, in design units.
        small: Of second lines, titles of groups and words at arrows.
        wrap: Lines break at this width, in em, if they can.
    """

    tokens: Tokens
    em: float
    small: float
    wrap: float


@dataclass(frozen=True, slots=True)
class Words:
    """The label of a node and its second line, broken into lines."""

    label: Paragraph | None
    second: Paragraph | None
    em: float

    @property
    def width(self) -> float:
        return max((part.width for part in (self.label, self.second) if part), default=0.0)

    @property
    def height(self) -> float:
        parts = [part.height for part in (self.label, self.second) if part]
        return sum(parts) + (len(parts) - 1) * _LINE_GAP * self.em if parts else 0.0

    @property
    def lines(self) -> int:
        """Of the longer of the two."""
        return max((len(part.lines) for part in (self.label, self.second) if part), default=0)

    def items(self, middle: float, top: float, colours: tuple[str, str], background: str) -> tuple[Item, ...]:
        """Set them centred on *middle*, below *top*."""
        items: tuple[Item, ...] = ()
        for part, colour in zip((self.label, self.second), colours, strict=True):
            if part:
                items += set_paragraph(part, (middle, top), Ink(Role.NODE, colour, background), align=Align.CENTRE)
                top += part.height + _LINE_GAP * self.em
        return items


@lru_cache(maxsize=2048)
def words_of(label: str, second: str, type_: Type) -> Words:
    """Break the words of a node into lines as even as can be."""
    return Words(_broken(label, type_, type_.em, _WEIGHT), _broken(second, type_, type_.small, 400), type_.em)


def small_words(text: str, type_: Type, *, wrap: float | None = None, weight: int = 500) -> Paragraph | None:
    """Words at an arrow, or the title of a group; None when there are none."""
    style = type_.tokens.style(type_.small, weight, leading=1.2)
    return paragraph(text, style, (wrap or type_.wrap) * type_.em, balanced=True) if text else None


def _broken(text: str, type_: Type, size: float, weight: int) -> Paragraph | None:
    """At most three lines: what is longer makes the lines wider."""
    if not text:
        return None
    style = type_.tokens.style(size, weight, leading=1.2)
    width = max(max(type_.wrap, _SECOND if weight < _WEIGHT else 0.0) * type_.em, longest_word(text, style) + 2)
    found = paragraph(text, style, width, balanced=True)
    while len(found.lines) > _MOST_LINES:
        width *= 1.15
        found = paragraph(text, style, width, balanced=True)
    return found


@dataclass(frozen=True, slots=True)
class Sized:
    """A node with its measures, seen from the middle of its shape, in design units.

    Attributes:
        width, height: Of the shape, without words below it.
        side: How far it reaches to the left and right, words included.
        up, down: How far it reaches above and below, words included.
    """

    node: Node
    words: Words
    width: float
    height: float
    side: float
    up: float
    down: float

    @property
    def words_height(self) -> float:
        """How far words reach below the shape."""
        return self.down - self.height / 2

    def body(self, x: float, y: float) -> Box:
        """The shape and its words, when the shape's middle is at *x*, *y*."""
        return Box(x - self.side, y - self.up, 2 * self.side, self.up + self.down)

    def shape(self, x: float, y: float) -> Box:
        """The shape alone."""
        return Box(x - self.width / 2, y - self.height / 2, self.width, self.height)

    def items(self, x: float, y: float, brush: Brush) -> tuple[Item, ...]:
        """Draw it with its shape's middle at *x*, *y*."""
        kind, place = KINDS[self.node.kind], self.shape(x, y)
        drawn = kind.draw(place, self.node, brush)
        if self.node.kind == "text":
            return self.words.items(x, y - self.words.height / 2, _alone(brush), brush.palette.card)
        if kind.holds_words:
            top = y - self.words.height / 2 + _optical(self.words)
            top += lid_of(place, brush) / 2 if self.node.kind == "database" else 0.0
            return (*drawn, *self.words.items(x, top, (brush.words, brush.quiet), brush.fill))
        top = place.bottom + WORDS_BELOW * self.words.em
        ink = brush.strong if brush.tone is brush.tone.WARN else brush.palette.ink
        return (*drawn, *self.words.items(x, top, (ink, brush.palette.muted), brush.palette.card))


def _alone(brush: Brush) -> tuple[str, str]:
    """The colours of words without a shape, and of their second line."""
    loud = {Tone.ACCENT: brush.strong, Tone.TINT: brush.strong, Tone.WARN: brush.strong, Tone.GHOST: brush.quiet}
    return loud.get(brush.tone, brush.palette.ink), brush.palette.muted


def _optical(words: Words) -> float:
    """Capitals sit in the middle: the room below the last baseline does not count."""
    return 0.06 * words.em if words.label or words.second else 0.0


Reach = tuple[float, float, float, float, float]
"""Width and height of a shape; how far it reaches with its words to either side, above and below its middle."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A node before it grows: what its measures depend on, looked up once.

    Attributes:
        air: At its least, around the words it holds; of a picture, its whole size. In design units.
        most: How many times that it may grow, in width and in height.
        size: What its words take of it; nothing where they stand below.
        below: How far words reach below the shape.
        least: The smallest diameter of a round shape; 0 for all others.
    """

    node: Node
    words: Words
    holds_words: bool
    air: tuple[float, float]
    most: tuple[float, float]
    size: tuple[float, float]
    below: float
    least: float

    def measured(self, across: float, down: float) -> Reach:
        """Its measures at a growth in width and in height; kinds grow only so far."""
        across, down = max(1.0, min(across, self.most[0])), max(1.0, min(down, self.most[1]))
        width, height = self.size[0] + self.air[0] * across, self.size[1] + self.air[1] * down
        if self.least:
            width = height = max(width, height, self.least)
        side = width / 2 if self.holds_words else max(width, self.words.width) / 2
        return width, height, side, height / 2, height / 2 + self.below

    def grown(self, across: float, down: float) -> Sized:
        """The node at a growth in width and in height."""
        return Sized(self.node, self.words, *self.measured(across, down))


def seed(node: Node, type_: Type) -> Seed:
    """Look up what the measures of *node* depend on."""
    kind, words, em = KINDS[node.kind], words_of(node.label, node.second, type_), type_.em
    natural = kind.least(node.parameters)
    air = em * natural[0], em * natural[1]
    if not kind.holds_words:
        below = words.height + WORDS_BELOW * em if words.height else 0.0
        return Seed(node, words, False, air, kind.reach, (0.0, 0.0), below, 0.0)
    share = 1.5 if node.kind == "diamond" else 1.0
    size = words.width * share, words.height * share
    return Seed(node, words, True, air, kind.reach, size, 0.0, 2.4 * em if node.kind == "circle" else 0.0)


def cap(em: float) -> float:
    """The height of capitals."""
    return em * fonts.CAP
