"""Owns the shapes and colour schemes a collage comes in."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Canvas(StrEnum):
    """The shape of a collage."""

    SLIDE = "slide"
    """16:9, for desktops, the archive and full screen."""
    PORTRAIT = "portrait"
    """4:5, readable in a chat on a phone."""
    SQUARE = "square"
    """1:1, for previews."""


class Theme(StrEnum):
    """The colours of a collage."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a collage looks to whoever did not say otherwise, or how somebody wants it."""

    canvas: Canvas = Canvas.PORTRAIT
    theme: Theme = Theme.LIGHT

    @property
    def turned(self) -> "Appearance":
        """The other shape in the same colours."""
        return replace(self, canvas=Canvas.SLIDE if self.canvas is Canvas.PORTRAIT else Canvas.PORTRAIT)
