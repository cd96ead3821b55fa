"""Owns the way into the database: one address, two kinds of transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import async_engine
from bot.store.failures import store_errors
from bot.store.location import locate
from bot.store.sqlite import AT_ONCE

_READERS = 4


class Database:
    """The database of this installation.

    Readers and writers have connections of their own: a question never waits for somebody who writes. The writers of
    one process stand in line for the only writing connection, so `writing` inside `writing` waits in vain.
    """

    def __init__(self, url: str) -> None:
        """Take *url*; the folder of a file is made, nothing is opened before it is needed.

        Raises:
            StoreError: *url* is none, or leads to a database that this version does not speak.
        """
        self.url = url
        place = locate(url)
        self._name = place.name
        self._readers = async_engine(place, "read", connections=_READERS)
        self._glancers = self._readers.execution_options(**{AT_ONCE: True})
        self._writer = async_engine(place, "write", connections=1)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open one read-only transaction; all that is read in it is from the same instant.

        Raises:
            StoreError: The database cannot be used; the kind and the sentence say what to do.
        """
        with store_errors(self._name):
            async with self._readers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection for one statement, which is a transaction by itself: that spares the trips around it.

        Raises:
            StoreError: The database cannot be used; the kind and the sentence say what to do.
        """
        with store_errors(self._name):
            async with self._glancers.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open one transaction that nobody else writes beside; it commits at the end or leaves no trace.

        What is read in it is still true when it commits, whatever other processes do.

        Raises:
            StoreError: The database cannot be used; the kind and the sentence say what to do.
        """
        with store_errors(self._name):
            async with self._writer.begin() as connection:
                yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writer.dispose()
