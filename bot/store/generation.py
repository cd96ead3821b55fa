"""Owns which database this is: a name that it gets once, and a mark in every copy that a backup made of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import upsert
from bot.store.location import locate
from bot.store.tables import installation

KEY = "generation"
"""Under this the database keeps its name; whoever finds another one there talks to another database."""
MARK = "backup of"
"""Under this a copy keeps the instant it was taken at, until somebody has thought about what is not in it."""
RESTORED = "restored"
"""Under this stand the instants of the last backup that was brought back, and of its return."""


@dataclass(frozen=True, slots=True)
class Return:
    """A database came back from a backup.

    Attributes:
        taken_at: What happened later is not in it.
        returned_at: What happens from here on is.
        held: How many editions may have gone out in between.
    """

    taken_at: datetime
    returned_at: datetime
    held: int = 0


async def name_of(conn: AsyncConnection) -> str:
    """The name of this database; one that has none gets it now."""
    row = upsert(conn, installation).values(key=KEY, value=uuid4().hex).on_conflict_do_nothing()
    await conn.execute(row)
    found = await _value(conn, KEY)
    assert found is not None  # written a moment ago, in this transaction
    return found


async def find_name(conn: AsyncConnection) -> str | None:
    """The name of this database; None when it has none yet."""
    return await _value(conn, KEY)


async def taken_at(conn: AsyncConnection) -> datetime | None:
    """When this copy was made; None for a database that is no copy, or has settled in its new place."""
    found = await _value(conn, MARK)
    return datetime.fromisoformat(found) if found else None


async def settle_in(conn: AsyncConnection, back: Return) -> str:
    """Take the mark away, remember the return, and give the database a name of its own."""
    await conn.execute(delete(installation).where(installation.c.key == MARK))
    await _keep(conn, RESTORED, f"{back.taken_at.isoformat()} {back.returned_at.isoformat()} {back.held}")
    await _keep(conn, KEY, uuid4().hex)
    return await name_of(conn)


async def last_return(conn: AsyncConnection) -> Return | None:
    """When this database came back from a backup the last time; None if it never did."""
    found = await _value(conn, RESTORED)
    if not found:
        return None
    taken, returned, held = found.split()
    return Return(datetime.fromisoformat(taken), datetime.fromisoformat(returned), int(held))


def file_at(url: str) -> tuple[int, int] | None:
    """Which file lies where *url* leads, whatever it holds; None for a database on a server, or where none lies."""
    file = locate(url).file
    try:
        status = file.stat() if file else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None


async def _value(conn: AsyncConnection, key: str) -> str | None:
    query = select(installation.c.value).where(installation.c.key == key)
    return (await conn.execute(query)).scalar_one_or_none()


async def _keep(conn: AsyncConnection, key: str, value: str) -> None:
    row = upsert(conn, installation).values(key=key, value=value)
    await conn.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
