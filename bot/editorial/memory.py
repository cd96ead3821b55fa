"""Owns what the library remembers: answers and entries, for as long as the catalogue stays as it is."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import Entry
from bot.store import entries
from bot.store.catalogue_version import find_version
from bot.store.database import Database
from bot.store.read_index import ReadIndex
from bot.store.recent import Recent

_ANSWERS, _ENTRIES = 500, 1_000
T = TypeVar("T")


class Recollection:
    """What is known of one version of the catalogue. Answers are values: whoever gets one must not change it.

    Attributes:
        index: What was read of the search index.
    """

    def __init__(self, database: Database, version: str | None) -> None:
        self.version = version
        self.index = ReadIndex()
        self._database = database
        self._answers: Recent[Hashable, Any] = Recent(_ANSWERS)
        self._entries: Recent[int, Entry] = Recent(_ENTRIES)

    async def answer(self, question: Hashable, ask: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """What was answered to *question*, or what *ask* finds; None is asked for anew every time."""
        known: T | None = self._answers.get(question)
        if known is not None:
            return known
        async with self._database.reading() as conn:
            found = await ask(conn)
        self._answers.keep(question, found)
        return found

    async def entries(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        """The entries with these ids, in this order; ids nobody has are left out."""
        found = {entry_id: known for entry_id in ids if (known := self._entries.get(entry_id)) is not None}
        if unknown := [entry_id for entry_id in ids if entry_id not in found]:
            async with self._database.reading() as conn:
                for entry in await entries.get_entries(conn, unknown):
                    self._entries.keep(entry.id, entry)
                    found[entry.id] = entry
        return tuple(found[entry_id] for entry_id in ids if entry_id in found)


class Memory:
    """Hands out recollections that are still true, whoever writes in whichever process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = Recollection(database, None)
        self._asking = asyncio.Lock()
        self._asked_at = -1.0

    async def current(self) -> Recollection:
        """What is known of the catalogue as it is now.

        The database is asked each time, but only once for everybody who came before it was asked.
        """
        came_at = time.monotonic()
        async with self._asking:
            if self._asked_at < came_at:
                await self._look()
            return self._known

    async def _look(self) -> None:
        began = time.monotonic()
        async with self._database.glancing() as conn:
            version = await find_version(conn)
        if version is None or version != self._known.version:
            self._known = Recollection(self._database, version)
        self._asked_at = began
