"""Owns the way into the database: one address, two kinds of transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from sqlalchemy.exc import TimeoutError as WaitedTooLong
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import async_engine
from bot.store.failures import store_errors
from bot.store.location import locate
from bot.store.sqlite import AT_ONCE

_READERS = 4
_PATIENCE_S = 30.0


class Database:
    """The database of this installation.

    Readers and writers have connections of their own: a question never waits for somebody who writes. The writers of
    one process stand in line for the only writing connection, so `writing` inside `writing` waits in vain. Before
    whoever is in a hurry stands at most one who is not.
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
        self._leisurely = asyncio.Lock()

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
    async def writing(self, *, urgent: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open one transaction that nobody else writes beside; it commits at the end or leaves no trace.

        What is read in it is still true when it commits, whatever other processes do.

        Args:
            urgent: Somebody waits for an answer; those for whom nobody does come one by one after it.

        Raises:
            StoreError: The database cannot be used; the kind and the sentence say what to do.
        """
        with store_errors(self._name):
            async with nullcontext() if urgent else self._at_leisure(), self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def _at_leisure(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._leisurely.acquire()
        except TimeoutError as error:
            raise WaitedTooLong("the line of writers does not move") from error
        try:
            yield
        finally:
            self._leisurely.release()

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writer.dispose()
