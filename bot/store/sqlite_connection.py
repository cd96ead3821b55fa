"""Owns a connection to SQLite that goes to its thread once per statement; aiosqlite goes four times.

The thread makes a cursor, executes, fetches and closes in one go: what SQLAlchemy asks for anyway, one after the other.
The ``BEGIN`` goes along with the first statement: nothing is read or written before. What has not begun is not ended.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import aiosqlite

_Outcome = tuple[list[Any], Any, int, int | None]


class Cursor:
    """Executes one statement and holds all of its rows."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "Cursor":
        """Execute *statement* and fetch what it finds."""
        return await self._run(lambda cursor: cursor.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> "Cursor":
        """Execute *statement* once for each of *parameters*."""
        return await self._run(lambda cursor: cursor.executemany(statement, parameters))

    async def fetchall(self) -> list[Any]:
        """Hand out the rows."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    async def _run(self, execute: Callable[[sqlite3.Cursor], object]) -> "Cursor":
        self._rows, self.description, self.rowcount, self.lastrowid = await self._connection.run(execute)
        return self


class Connection(aiosqlite.Connection):
    """A connection whose statements are whole errands of its thread."""

    _begin: str | None = None
    _has_begun = False  # as far as was ordered: the thread may not have come to it yet

    def begin_with_the_next(self, begin: str) -> None:
        """Begin a transaction together with the next statement, by the words *begin*."""
        self._begin = begin

    async def commit(self) -> None:
        """Commit what has begun."""
        if self._ends():
            await super().commit()

    async def rollback(self) -> None:
        """Take back what has begun."""
        if self._ends():
            await super().rollback()

    def _ends(self) -> bool:
        had_begun, self._has_begun, self._begin = self._has_begun, False, None
        return had_begun

    def cursor(self) -> Any:
        """Make a cursor; that needs no thread yet."""
        return Cursor(self)

    async def run(self, execute: Callable[[sqlite3.Cursor], object]) -> _Outcome:
        """Execute in the thread and bring back the rows, what they are called, their count, and the last id."""
        begin, self._begin = self._begin, None
        if begin:
            self._has_begun = True

        def errand() -> _Outcome:
            cursor = self._conn.cursor()
            try:
                if begin:
                    cursor.execute(begin)
                execute(cursor)
                rows = cursor.fetchall() if cursor.description else []
                return rows, cursor.description, cursor.rowcount, cursor.lastrowid
            finally:
                cursor.close()

        outcome: _Outcome = await self._execute(errand)  # type: ignore[no-untyped-call]  # as SQLAlchemy does
        return outcome


def connect(database: str | Path, **options: Any) -> Connection:
    """Make a connection that opens when it is awaited, as `aiosqlite.connect` does."""
    connection = Connection(lambda: sqlite3.connect(database, **options), 64)
    connection._thread.daemon = True  # a program that ends does not wait for it
    return connection
