"""What tests of backups hold against one another: every row of a database, and databases with something in them."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.store import subscriptions
from bot.store.database import Database
from bot.store.generation import KEY, MARK
from bot.store.schema import connected
from bot.store.tables import asset, delivery, edition, metadata, series

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LATER = NOW + timedelta(hours=30)
OURS = {KEY, MARK}


def every_row(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that a database holds, but for its name and its mark."""
    with connected(url, "read") as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    found["installation"] = [row for row in found["installation"] if row[0] not in OURS]
    return found


def remembered(url: str, key: str) -> str | None:
    """What the installation remembers under *key*."""
    table = metadata.tables["installation"]
    with connected(url, "read") as connection:
        value: str | None = connection.execute(select(table.c.value).where(table.c.key == key)).scalar_one_or_none()
    return value


async def fill(database: Database, *, chats: int = 3, per_state: int = 1) -> None:
    """Write chats, an edition with deliveries in every state, and a picture."""
    async with database.writing() as conn:
        for chat_id in range(1, chats + 1):
            await subscriptions.see_chat(conn, chat_id, kind="private", title=f"Ada “{chat_id}” 数", now=NOW)
            await subscriptions.subscribe(conn, Address(chat_id), NOW)
        which = (await conn.execute(select(series.c.id).limit(1))).scalar_one()
        values = {"series_id": which, "kind": "weekly", "slot": "2026-W47", "state": "open", "opened_at": NOW}
        edition_id = (await conn.execute(insert(edition).values(values).returning(edition.c.id))).scalar_one()
        rows = [
            {
                "edition_id": edition_id,
                "chat_id": number,
                "part": part,
                "state": state,
                "due_at": NOW,
                "not_before": NOW,
                "lease_until": LATER if state is DeliveryState.SENDING else None,
                "message_ids": [number, 7] if state is DeliveryState.SENT else [],
                "error": "it said “no”" if state is DeliveryState.FAILED else None,
                "settled_at": NOW if state is DeliveryState.SENT else None,
            }
            for number in range(1, per_state + 1)
            for part, state in enumerate(DeliveryState)
        ]
        await conn.execute(insert(delivery), rows)
        await conn.execute(
            insert(asset).values(sha256="0" * 64, media_type="image/jpeg", width=2, height=1, bytes=b"\0\xff\x80")
        )


def filled(url: str, **sizes: int) -> str:
    """The same from outside of an event loop."""

    async def write() -> None:
        database = Database(url)
        try:
            await fill(database, **sizes)
        finally:
            await database.close()

    asyncio.run(write())
    return url


def address(file: Path) -> str:
    return f"sqlite:///{file}"
