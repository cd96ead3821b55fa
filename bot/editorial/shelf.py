"""Owns the collage shelf: every collage is drawn once, and again only when what it shows has changed."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import bot
from bot.errors import CollageError
from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.model.entry import ENGLISH, Entry, EntryState
from bot.store import collages
from bot.store.collages import CollageKey, Picture
from bot.store.database import Database
from bot.store.entries import content_hash

log = logging.getLogger(__name__)

_AT_ONCE = 2  # drawing takes a core each
_DRAWING_ROOMS = ("collage", "wording")


class Composed(Protocol):
    """What a composer hands back."""

    @property
    def jpeg(self) -> bytes:
        """The picture."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""


class Compose(Protocol):
    """Draws the collage of an entry. It takes CPU time, so it is called in a thread of its own."""

    def __call__(self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme) -> Composed:
        """Compose, or raise CollageError."""


class CollageShelf:
    """The collages of this installation, kept in the database."""

    def __init__(self, database: Database, compose: Compose, *, fingerprint: str | None = None) -> None:
        """Take what draws.

        Args:
            fingerprint: Another one means that everything is drawn again; by default that of the drawing code.
        """
        self._database = database
        self._compose = compose
        self._fingerprint = fingerprint
        self._drawing = asyncio.Semaphore(_AT_ONCE)
        self._alone: defaultdict[CollageKey, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._at_hand: dict[CollageKey, tuple[str, Asset]] = {}  # with its source: a broadcast asks for the same one

    async def get(self, entry: Entry, canvas: Canvas, *, language: str = ENGLISH, theme: Theme = Theme.LIGHT) -> Asset:
        """The collage of a stored entry, drawn now if it is not on the shelf as the entry stands.

        Raises:
            CollageError: The entry cannot be shown on that canvas.
        """
        key = CollageKey(entry.id, language, canvas, theme)
        source = self._source(entry)
        known, asset = self._at_hand.get(key, ("", None))
        if asset is None or known != source:
            asset = await self._find(key, source) or await self._draw(entry, key, source)
            self._at_hand[key] = (source, asset)
        return asset

    async def read(self, asset: Asset) -> bytes:
        """The bytes of a picture.

        Raises:
            NotFound: It was replaced meanwhile.
        """
        async with self._database.reading() as conn:
            return await collages.read_bytes(conn, asset.sha256)

    async def warm(self, entries: Iterable[Entry]) -> None:
        """Draw what is missing, in the order given, every canvas of one entry before the next; in English.

        An entry that cannot be drawn is logged and does not keep the others waiting.
        """
        for entry in entries:
            for canvas in (Canvas.PORTRAIT, Canvas.SLIDE):
                try:
                    await self.get(entry, canvas)
                except CollageError as error:
                    log.warning("%s has no %s collage: %s", entry.slug, canvas, error)

    async def _find(self, key: CollageKey, source: str) -> Asset | None:
        async with self._database.reading() as conn:
            return await collages.find_collage(conn, key, source_hash=source)

    async def _draw(self, entry: Entry, key: CollageKey, source: str) -> Asset:
        async with self._alone[key]:
            if found := await self._find(key, source):  # somebody else drew it while we waited
                return found
            async with self._drawing:
                composed = await asyncio.to_thread(
                    self._compose, entry, key.canvas, language=key.language, theme=key.theme
                )
            picture = Picture(composed.jpeg, composed.width, composed.height)
            async with self._database.writing() as conn:
                return await collages.save_collage(conn, key, picture, source_hash=source)

    def _source(self, entry: Entry) -> str:
        shown = replace(entry, state=EntryState.PUBLISHED)  # the state is not on the picture
        return f"{content_hash(shown)}-{self._fingerprint or drawing_fingerprint()}"


@lru_cache(maxsize=1)
def drawing_fingerprint() -> str:
    """The fingerprint of the code and the fonts that draw."""
    rooms = Path(bot.__file__).parent
    files = sorted(path for room in _DRAWING_ROOMS for path in (rooms / room).rglob("*") if path.suffix != ".pyc")
    digest = sha256()
    for path in filter(Path.is_file, files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
