"""Editions whose messages went wrong, written straight into the ledger: nobody had to send them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from bot.chat import Services
from bot.model.address import Address
from bot.model.edition import DeliveryState, Edition, EditionKind
from bot.store import editions, entries, subscriptions
from bot.store.tables import delivery, edition, entry
from tests.chat.conftest import NOW

DUE = datetime.fromisoformat("2026-11-16T09:00:00+00:00")
LOST = "the answer was lost (Timed out); look into the chat, then settle it"


async def out(
    services: Services,
    addresses: Sequence[Address],
    *,
    state: DeliveryState = DeliveryState.IN_DOUBT,
    error: str | None = LOST,
    slot: str = "2026-W47",
    parts: int = 1,
    missing: Sequence[int] = (),
    subscribed: bool = True,
) -> Edition:
    """An edition that went to some chats, each of whose messages is in *state* since ten minutes ago."""
    kind = EditionKind.WEEKLY if "W" in slot else EditionKind.ROUNDUP
    async with services.database.writing() as conn:
        for address in addresses:
            if subscribed:
                await subscriptions.see_chat(
                    conn, address.chat_id, kind="group", title=f"Chat {address.chat_id}", now=DUE
                )
                await subscriptions.subscribe(conn, address, DUE - timedelta(days=1))
        series = await entries.get_series(conn, "ml-collage")
        numbers = [27] if kind is EditionKind.WEEKLY else [25, 26, 27]
        found = select(entry.c.id).where(entry.c.number.in_(numbers)).order_by(entry.c.number)
        ids = (await conn.execute(found)).scalars().all()
        opened = await editions.open_edition(conn, series, kind=kind, slot=slot, entry_ids=ids, now=DUE)
        rows = [
            {
                "edition_id": opened.id,
                "chat_id": address.chat_id,
                "thread_id": address.thread_id,
                "part": part,
                "state": state,
                "due_at": DUE,
                "not_before": DUE,
                "attempts": 1,
                "message_ids": [],
                "missing": list(missing),
                "error": error,
                "settled_at": None if state is DeliveryState.PENDING else NOW - timedelta(minutes=10),
            }
            for address in addresses
            for part in range(parts)
        ]
        if rows:
            await conn.execute(insert(delivery), rows)
    return opened


async def states(services: Services) -> list[str]:
    """The states of all deliveries, in order."""
    async with services.database.reading() as conn:
        return list((await conn.execute(select(delivery.c.state).order_by(delivery.c.id))).scalars())


async def let(services: Services, edition_id: int, **values: object) -> None:
    """Change an edition behind everybody's back."""
    async with services.database.writing() as conn:
        await conn.execute(update(edition).where(edition.c.id == edition_id).values(values))


async def let_all(services: Services, **values: object) -> None:
    """Change every delivery behind everybody's back."""
    async with services.database.writing() as conn:
        await conn.execute(update(delivery).values(values))
