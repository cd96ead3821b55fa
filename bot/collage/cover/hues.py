"""Owns the colours of a mosaic: every tile in its entry's accent, and no two alike while there are enough."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.collage.cover.poster import poster
from bot.collage.figures import hue_of
from bot.collage.frame import Raster
from bot.collage.themes import ACCENTS, Palette, palette_of
from bot.model.canvas import Theme
from bot.model.entry import Entry
from bot.model.panel import Figure


class Palettes(NamedTuple):
    """The colours of one tile.

    Attributes:
        card: Of its visual, in the theme of the cover.
        ground: Of the tile and its words; always the deep ones, since large areas of a light accent would glare.
        picture: Of what is drawn on the tile.
    """

    card: Palette
    ground: Palette
    picture: Palette


def distinct(entries: Sequence[Entry], theme: Theme, rasters: Mapping[Figure, Raster]) -> list[Palettes]:
    """The palettes of *entries*: where two would wear the same accent, the later one takes the least worn other."""
    chosen: list[Palettes] = []
    for entry in entries:
        worn = [palettes.ground.accent for palettes in chosen]
        hues = (_hue_of_hero(entry, rasters), *ACCENTS)
        hue = min(hues, key=lambda hue: (worn.count(palette_of(entry, Theme.LIGHT, hue).accent), hues.index(hue)))
        ground = palette_of(entry, Theme.LIGHT, hue)
        chosen.append(Palettes(palette_of(entry, theme, hue), ground, poster(ground)))
    return chosen


def _hue_of_hero(entry: Entry, rasters: Mapping[Figure, Raster]) -> str | None:
    """A colour of its hero, if that is a figure: the one its own collage wears."""
    hero = next(iter(entry.panels), None)
    raster = rasters.get(hero) if isinstance(hero, Figure) else None
    return hue_of(raster) if raster else None
