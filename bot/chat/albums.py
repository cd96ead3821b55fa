"""Owns how the pictures of a month are divided into albums."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.shares import evenly
from bot.model.correction import COVER
from bot.model.entry import Entry
from bot.model.month import Month

ALBUM_LIMIT = 10
"""Pictures in one album. Source: Bot API 10.0, sendMediaGroup: 2 to 10 items."""
FEWEST_COVERED = 2
"""A cover of one paper would say what the next picture says."""


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures that are sent together.

    Attributes:
        covered: All entries of the month, where this album opens with their cover; else empty.
        entries: Those whose collages are in this album.
    """

    month: Month
    covered: tuple[Entry, ...]
    entries: tuple[Entry, ...]

    @property
    def cost(self) -> int:
        """Telegram counts every picture of an album."""
        return len(self.entries) + bool(self.covered)

    def shows(self, *, has_cover: bool) -> tuple[int, ...]:
        """What its messages show, one after the other; not every cover can be drawn."""
        return (*((COVER,) if has_cover else ()), *(entry.id for entry in self.entries))


def albums(month: Month, entries: Sequence[Entry]) -> tuple[Album, ...]:
    """Divide the pictures of *month* into as few albums as possible; the first one opens with the cover."""
    covered = tuple(entries) if len(entries) >= FEWEST_COVERED else ()
    pictures: list[Entry | None] = [*([None] if covered else []), *entries]
    shares = evenly(pictures, ALBUM_LIMIT)
    return tuple(
        Album(month, () if place else covered, tuple(entry for entry in share if entry is not None))
        for place, share in enumerate(shares)
    )
