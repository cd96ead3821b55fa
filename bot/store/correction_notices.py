"""Owns where it is told how far a correction is, until its end is told there.

What this installation remembers of it ends with the editor's id, so that forgetting a person finds it.
"""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.correction import Correction, Notice
from bot.store import corrections
from bot.store.dialect import upsert
from bot.store.tables import installation

_PREFIX = "correction "


async def keep(conn: AsyncConnection, notice: Notice) -> None:
    """Tell of a correction at that place from now on."""
    value = f"{notice.chat_id} {notice.message_id}"
    row = upsert(conn, installation).values(key=_key(notice.correction), value=value)
    await conn.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


async def all_notices(conn: AsyncConnection) -> list[Notice]:
    """The places at which something is still to be told, the oldest correction first."""
    rows = await conn.execute(select(installation).where(installation.c.key.startswith(_PREFIX)))
    found = [(int(row.key.split()[1]), *map(int, row.value.split())) for row in rows]
    told = [(await corrections.get(conn, key), chat_id, message_id) for key, chat_id, message_id in sorted(found)]
    return [Notice(each, chat_id, message_id) for each, chat_id, message_id in told if each is not None]


async def drop(conn: AsyncConnection, told: Correction) -> None:
    """Everything is told."""
    await conn.execute(delete(installation).where(installation.c.key == _key(told)))


def _key(told: Correction) -> str:
    return f"{_PREFIX}{told.id} to {told.editor}"
