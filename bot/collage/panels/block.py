"""Owns what every panel answers: how much height it needs and takes, and where its parts go in a box."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, runtime_checkable

from bot.collage.box import Box, cover
from bot.collage.frame import Item, Role, Surface
from bot.collage.labels import Labels, labels_of
from bot.collage.themes import Palette, Tokens
from bot.model.language import ENGLISH
from bot.model.panel import Shorter


@dataclass(frozen=True, slots=True)
class Look:
    """The sizes and colours a collage is made with.

    Attributes:
        body: Em of running text, in design units.
        brevity: 0 for the long texts, 1 and 2 for shorter ones where there are any.
        labels: The fixed words, in the language of the collage.
    """

    tokens: Tokens
    palette: Palette
    body: float
    brevity: int = 0
    labels: Labels = field(default_factory=partial(labels_of, ENGLISH))

    def say(self, text: str, shorter: Shorter) -> str:
        """*text*, or as short a form of it as wanted."""
        forms = (text, *shorter)
        return forms[min(self.brevity, len(forms) - 1)]


@dataclass(frozen=True, slots=True)
class Placed:
    """The items of a panel in its box.

    Attributes:
        visual: The area that carries the picture; None for text.
        about: What an annotation in it may speak of: its caption and its title.
    """

    items: tuple[Item, ...]
    visual: Box | None = None
    about: str = ""


class Block(Protocol):
    """A panel that has been measured.

    Attributes:
        kind: Of the panel: ``text``, ``number``, …
    """

    @property
    def kind(self) -> str: ...

    def least(self, width: float) -> float:
        """The smallest height at *width*; infinite when it cannot be that narrow."""
        ...

    def most(self, width: float) -> float:
        """The largest height at *width* that the panel fills without looking empty."""
        ...

    def filled(self, box: Box) -> float:
        """The part of *box*, in square design units, that would look filled."""
        ...

    def place(self, box: Box) -> Placed:
        """Lay the panel out in *box*, which is at least `least` high."""
        ...


@runtime_checkable
class Shaped(Protocol):
    """A block whose picture has a shape of its own, so that it cannot fill just any box."""

    def widest(self, height: float) -> float:
        """About the largest width at *height* that the panel fills without looking empty."""
        ...


def content_area(items: Iterable[Item], box: Box, padding: float) -> float:
    """How much of *box* its *items* fill with their *padding* around them."""
    boxes = [item.box for item in items]
    return cover(boxes).inset(-padding).overlap(box) if boxes else 0.0


def card(box: Box, look: Look) -> Surface:
    """A white card with a hairline."""
    return Surface(box, look.palette.card, Role.CARD, radius=look.tokens.radius, outline=look.palette.line)


def tinted(box: Box, fill: str, look: Look) -> Surface:
    """A card of one colour, without a hairline."""
    return Surface(box, fill, Role.CARD, radius=look.tokens.radius)
