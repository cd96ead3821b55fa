"""Owns the shapes and colour schemes a collage comes in."""

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
