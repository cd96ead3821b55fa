"""Owns the way into the database: one address, two kinds of transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store import sqlite
from bot.store.failures import store_errors
from bot.store.location import database_file, normalized_url

_READERS = 4


class Database:
    """The database of this installation.

    Readers and writers have connections of their own: a question never waits for somebody who writes. The writers of
    one process stand in line for the only writing connection, so `writing` inside `writing` waits in vain.
    """

    def __init__(self, url: str) -> None:
        """Take *url*; its folder is made, nothing is opened before it is needed.

        Raises:
            StoreError: *url* is none, or leads to a database that this version does not speak.
        """
        self.url = url
        self._path = database_file(url)
        self._readers = self._engine(_READERS)
        self._writer = self._engine(1)
        sqlite.set_up(self._readers.sync_engine, "read")
        sqlite.set_up(self._writer.sync_engine, "write")

    def _engine(self, connections: int) -> AsyncEngine:
        return create_async_engine(
            normalized_url(self.url), connect_args=sqlite.AUTOCOMMIT, pool_size=connections, max_overflow=0
        )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open one read-only transaction; all that is read in it is from the same instant.

        Raises:
            StoreError: The database cannot be used; the kind and the sentence say what to do.
        """
        with store_errors(self._path):
            async with self._readers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open one transaction that holds the write lock from the start; it commits at the end or leaves no trace.

        Raises:
            StoreError: The database cannot be used; the kind and the sentence say what to do.
        """
        with store_errors(self._path):
            async with self._writer.begin() as connection:
                yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writer.dispose()
