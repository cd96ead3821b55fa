"""Owns what a cover is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.collage.frame import Raster
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.model.panel import Figure


@dataclass(frozen=True, slots=True)
class Edition:
    """What a cover is about.

    Attributes:
        title: The month, as it is said in *language*.
        rasters: The figures that can be shown.
    """

    title: str
    entries: tuple[Entry, ...]
    language: str = ENGLISH
    rasters: Mapping[Figure, Raster] = field(default_factory=dict)

    def place_of(self, entry: Entry) -> str:
        """Its number in the series, ``27/52``, else its place in the album, ``3``."""
        if entry.number is None:
            return str(self.entries.index(entry) + 1)
        return f"{entry.number}/{entry.series.total}" if entry.series.total else str(entry.number)
