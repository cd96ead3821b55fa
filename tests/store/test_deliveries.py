"""What is kept of messages that are out."""

from datetime import UTC, datetime

from sqlalchemy import insert, select

from bot.model.address import Address
from bot.model.correction import COVER, Posted, PostedPart
from bot.model.edition import Delivery, DeliveryState
from bot.store import corrections, deliveries, entries, outcomes
from bot.store.database import Database
from bot.store.outcomes import Outcome
from bot.store.tables import delivery, edition
from tests.store.samples import SERIES

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
GROUP, LATER = Address(-200), Address(-100200)


async def sent(database: Database) -> list[Delivery]:
    """An album and a text that are under way to a group."""
    async with database.writing() as conn:
        await entries.write_series(conn, SERIES)
        month = {"series_id": 1, "kind": "roundup", "slot": "2026-10", "state": "open", "opened_at": NOON}
        edition_id = (await conn.execute(insert(edition).values(month).returning(edition.c.id))).scalar_one()
        values = {
            "edition_id": edition_id,
            "chat_id": GROUP.chat_id,
            "thread_id": 0,
            "due_at": NOON,
            "not_before": NOON,
        }
        for part in (0, 1):
            row = {**values, "part": part, "state": DeliveryState.SENDING, "message_ids": [], "lease_until": NOON}
            await conn.execute(insert(delivery).values(row))
        ids = (await conn.execute(select(delivery.c.id).order_by(delivery.c.part))).scalars().all()
    return [Delivery(key, edition_id, GROUP, part, NOON, 1, NOON) for part, key in enumerate(ids)]


async def test_what_each_message_of_an_album_shows_is_kept(database: Database) -> None:
    album, listed = await sent(database)
    became = [Outcome(DeliveryState.SENT, (6, 7, 8), shows=(COVER, 41, 43)), Outcome(DeliveryState.SENT, (9,))]
    async with database.writing() as conn:
        await outcomes.settle(conn, zip((album, listed), became, strict=True), NOON)
        (there,) = await corrections.posted(conn, album.edition_id)
    assert there == Posted(
        GROUP, {0: PostedPart(album.id, (6, 7, 8), (COVER, 41, 43)), 1: PostedPart(listed.id, (9,), ())}
    )


async def test_what_messages_show_is_forgotten_with_their_ids_when_a_group_moves(database: Database) -> None:
    album, _listed = await sent(database)
    async with database.writing() as conn:
        arrived = Outcome(DeliveryState.SENT, (6, 7), shows=(COVER, 41))
        await outcomes.settle(conn, [(album, arrived)], NOON)
        await deliveries.move_chat(conn, GROUP.chat_id, LATER.chat_id)
        (there,) = await corrections.posted(conn, album.edition_id)
    assert there == Posted(LATER, {0: PostedPart(album.id, (), ())})
