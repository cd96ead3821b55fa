"""Owns the collage shelf: every picture is drawn once, and again only when what it shows has changed."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

import bot
from bot.editorial.composing import Away, Compose, ComposeCover, Composed, withdrawn
from bot.errors import CollageError, StoreError
from bot.model.asset import Asset
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry, EntryState
from bot.model.language import ENGLISH
from bot.model.month import Month
from bot.store import collages
from bot.store.collages import CollageKey, CoverKey, Key, Picture
from bot.store.database import Database
from bot.store.entries import content_hash
from bot.store.figures import figure_bytes
from bot.wording.dates import month_name

log = logging.getLogger(__name__)

_AT_ONCE = 2  # drawing takes a core each
_DRAWING_ROOMS = ("collage", "wording")
_NO_MONTH = ""


class CollageShelf:
    """The collages and covers of this installation, kept in the database."""

    def __init__(
        self,
        database: Database,
        compose: Compose,
        compose_cover: ComposeCover,
        *,
        fingerprint: str | None = None,
        away: Away = asyncio.to_thread,
    ) -> None:
        """Take what draws.

        Args:
            fingerprint: Another one means that everything is drawn again; by default that of the drawing code.
            away: Runs what takes CPU time away from the event loop.
        """
        self._database = database
        self._compose = compose
        self._compose_cover = compose_cover
        self._away = away
        self._fingerprint = fingerprint
        self._drawing = asyncio.Semaphore(_AT_ONCE)
        self._alone: defaultdict[Key, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._at_hand: dict[Key, tuple[str, Asset]] = {}  # with its source: a broadcast asks for the same one
        self._hopeless: dict[Key, str] = {}  # with its source: a broadcast does not try it for every chat

    async def get(self, entry: Entry, canvas: Canvas, *, language: str = ENGLISH, theme: Theme = Theme.LIGHT) -> Asset:
        """The collage of a stored entry, drawn now if it is not on the shelf as the entry stands.

        Raises:
            CollageError: The entry cannot be shown on that canvas.
        """
        key = CollageKey(entry.id, language, canvas, theme)
        return await self._shelved(key, self._source([entry]), partial(self._collage, entry, key))

    async def find_cover(
        self,
        month: Month,
        entries: Sequence[Entry],
        canvas: Canvas,
        *,
        language: str = ENGLISH,
        theme: Theme = Theme.LIGHT,
    ) -> Asset | None:
        """The picture that opens a month with these *entries*; None when it cannot be drawn, which is tried once."""
        series = {entry.series.slug for entry in entries}
        key = CoverKey(str(month), series.pop() if len(series) == 1 else "", language, canvas, theme)
        source = self._source(entries)
        if self._hopeless.get(key) == source:
            return None
        try:
            return await self._shelved(key, source, partial(self._cover, month, entries, key))
        except StoreError:
            raise
        except Exception:  # whatever it is, a cover is an ornament: the roundup goes out without it
            log.exception("the cover of %s cannot be drawn", month)
            self._hopeless[key] = source
            return None

    async def withdrawn(self, canvas: Canvas, *, language: str = ENGLISH, theme: Theme = Theme.LIGHT) -> Asset:
        """The picture that stands where one was that has been withdrawn.

        Raises:
            CollageError: It cannot be drawn.
        """
        key = CoverKey(_NO_MONTH, "", language, canvas, theme)
        return await self._shelved(key, self._source([]), partial(self._empty, key))

    async def full_size(
        self, entry: Entry, canvas: Canvas, *, language: str = ENGLISH, theme: Theme = Theme.LIGHT
    ) -> bytes:
        """The collage of a stored entry as PNG, without loss; composed anew, for few ask for it.

        Raises:
            CollageError: The entry cannot be shown on that canvas.
        """
        composed = await self._collage(entry, CollageKey(entry.id, language, canvas, theme))
        async with self._drawing:
            return await self._away(composed.png)

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

    async def _shelved(self, key: Key, source: str, draw: Callable[[], Awaitable[Composed]]) -> Asset:
        known, asset = self._at_hand.get(key, ("", None))
        if asset is None or known != source:
            asset = await self._find(key, source) or await self._draw(key, source, draw)
            self._at_hand[key] = (source, asset)
        return asset

    async def _find(self, key: Key, source: str) -> Asset | None:
        async with self._database.reading() as conn:
            return await collages.find_collage(conn, key, source_hash=source)

    async def _draw(self, key: Key, source: str, draw: Callable[[], Awaitable[Composed]]) -> Asset:
        async with self._alone[key]:
            if found := await self._find(key, source):  # somebody else drew it while we waited
                return found
            composed = await draw()
            picture = Picture(composed.jpeg, composed.width, composed.height, composed.alt)
            async with self._database.writing() as conn:
                return await collages.save_collage(conn, key, picture, source_hash=source)

    async def _collage(self, entry: Entry, key: CollageKey) -> Composed:
        files = await self._figures([entry])
        async with self._drawing:
            return await self._away(
                partial(self._compose, entry, key.canvas, language=key.language, theme=key.theme, files=files)
            )

    async def _cover(self, month: Month, entries: Sequence[Entry], key: CoverKey) -> Composed:
        files, title = await self._figures(entries), month_name(month, key.language)
        async with self._drawing:
            draw = partial(
                self._compose_cover, title, entries, key.canvas, theme=key.theme, language=key.language, files=files
            )
            return await self._away(draw)

    async def _empty(self, key: CoverKey) -> Composed:
        async with self._drawing:
            return await self._away(partial(withdrawn, key.canvas, language=key.language, theme=key.theme))

    async def _figures(self, entries: Sequence[Entry]) -> Mapping[str, bytes]:
        async with self._database.reading() as conn:
            found = [await figure_bytes(conn, entry.id) for entry in entries]
        return {digest: content for of_entry in found for digest, content in of_entry.items()}

    def _source(self, entries: Sequence[Entry]) -> str:
        shown = (replace(entry, state=EntryState.PUBLISHED) for entry in entries)  # the state is not on the picture
        hashes = [content_hash(entry) for entry in shown]
        content = hashes[0] if len(hashes) == 1 else sha256("".join(hashes).encode()).hexdigest()
        return f"{content}-{self._fingerprint or drawing_fingerprint()}"


@lru_cache(maxsize=2)
def drawing_fingerprint(*also: str) -> str:
    """The fingerprint of the code and the fonts that draw.

    Args:
        also: Other folders below ``bot`` that have a say: ``editorial/drafting``.
    """
    rooms = Path(bot.__file__).parent
    files = sorted(path for room in (*_DRAWING_ROOMS, *also) for path in (rooms / room).rglob("*"))
    digest = sha256()
    for path in (path for path in files if path.suffix != ".pyc" and path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
