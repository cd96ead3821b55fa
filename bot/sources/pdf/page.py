"""Owns the page as it is seen: lines of text and what is drawn, in points from its upper left corner."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.collage.box import Box


@dataclass(frozen=True, slots=True)
class Line:
    """Letters that stand side by side.

    Attributes:
        box: Of the ink of its letters.
        size: The em of most of its letters, in points.
        boldness: The share of its letters that are bold.
        has_bold_start: Its first letter is bold.
        is_upright: It reads from left to right; all others are labels of figures or stamps.
        turn: Quarters by which the page must be turned clockwise so that it can be read.
        is_drawn: It stands inside a form XObject, as the text of an included figure does.
    """

    text: str
    box: Box
    size: float
    baseline: float
    boldness: float = 0.0
    has_bold_start: bool = False
    is_upright: bool = True
    turn: int = 0
    is_drawn: bool = False


class Shape(Enum):
    """What a thing that is drawn consists of."""

    PATH = auto()
    IMAGE = auto()
    """A bitmap, or a shading."""


@dataclass(frozen=True, slots=True)
class Graphic:
    """Something drawn, as far as its clipping path lets it be seen."""

    shape: Shape
    box: Box

    @property
    def is_rule(self) -> bool:
        """A horizontal line such as tables and footnotes have."""
        return self.shape is Shape.PATH and self.box.height <= _THICKEST_RULE and self.box.width >= _SHORTEST_RULE


_THICKEST_RULE = 2.0
_SHORTEST_RULE = 40.0


@dataclass(frozen=True, slots=True)
class Address:
    """A link to the web, and where it can be clicked."""

    url: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        number: Counted from 1.
        lines: In the order in which they were written, which is mostly the order of reading.
        furniture: What stands on many pages at the same place: running heads, page numbers, logos.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    graphics: tuple[Graphic, ...] = ()
    furniture: tuple[Box, ...] = ()
    addresses: tuple[Address, ...] = ()
