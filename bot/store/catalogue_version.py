"""Owns the version of the catalogue: another one whenever somebody has written entries, their topics or the index.

What was read of the catalogue may be remembered as long as its version stays. Nobody has to think of it: the first
statement of a transaction that writes one of the tables gives it a new version, which is seen with what was written.
"""

from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, Executable, event, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase

from bot.store.dialect import upsert
from bot.store.tables import (
    entry,
    entry_document,
    entry_text,
    entry_topic,
    installation,
    paper,
    posting,
    series,
    topic,
    vocabulary,
)

KEY = "catalogue version"  # what the installation remembers of it
CATALOGUE = frozenset({entry, entry_document, entry_text, entry_topic, paper, posting, series, topic, vocabulary})
_FIND = select(installation.c.value).where(installation.c.key == KEY)
_RENEWED = "catalogue version renewed"


async def find_version(conn: AsyncConnection) -> str | None:
    """The version of the catalogue; None when nobody has written anything yet."""
    found: str | None = (await conn.execute(_FIND)).scalar_one_or_none()
    return found


def set_up(engine: Engine) -> None:
    """Let everybody who writes through *engine* give the catalogue a new version."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.info.pop(_RENEWED, None)

    @event.listens_for(engine, "after_execute")
    def renew(connection: Connection, statement: Executable, *_rest: Any) -> None:
        writes = isinstance(statement, UpdateBase) and statement.table in CATALOGUE
        if writes and not connection.info.get(_RENEWED):
            connection.info[_RENEWED] = True
            version = token_hex(8)  # a counter would come back to an old number when a backup is restored
            row = upsert(connection, installation).values(key=KEY, value=version)
            connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": version}))
