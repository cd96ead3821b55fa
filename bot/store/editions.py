"""Owns the editions: what fills a slot, and what may fill the next one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import Edition, EditionKind, EditionState
from bot.model.entry import EntryState, Series
from bot.model.month import Month
from bot.store import drafts, entries, queue, search
from bot.store.deliveries import IS_PENDING, due_now
from bot.store.tables import delivery, edition, edition_entry, entry, series


async def find_edition(conn: AsyncConnection, which: Series, kind: EditionKind, slot: str) -> Edition | None:
    """The edition of a slot, skipped ones included."""
    query = _edition_query().where(series.c.slug == which.slug, edition.c.kind == kind, edition.c.slot == slot)
    row = (await conn.execute(query)).one_or_none()
    return await _edition(conn, row) if row else None


async def get_edition(conn: AsyncConnection, edition_id: int) -> Edition:
    """The edition with that id, which must exist."""
    row = (await conn.execute(_edition_query().where(edition.c.id == edition_id))).one()
    return await _edition(conn, row)


async def open_edition(
    conn: AsyncConnection,
    which: Series,
    *,
    kind: EditionKind,
    slot: str,
    entry_ids: Sequence[int],
    now: datetime,
    rerun: bool = False,
) -> Edition:
    """Write a new edition down with its entries."""
    edition_id = await _insert_edition(conn, which, kind, slot, EditionState.OPEN, now, rerun=rerun)
    await _insert_entries(conn, edition_id, entry_ids)
    return await get_edition(conn, edition_id)


async def reopen_edition(
    conn: AsyncConnection, edition_id: int, *, entry_ids: Sequence[int], now: datetime, rerun: bool = False
) -> Edition:
    """Open an edition that was skipped or held, with these entries in place of what it had; what waits is due now."""
    values = {"state": EditionState.OPEN, "reason": None, "rerun": rerun, "opened_at": now}
    await conn.execute(update(edition).where(edition.c.id == edition_id).values(values))
    waiting = update(delivery).where(delivery.c.edition_id == edition_id, IS_PENDING)
    await conn.execute(waiting.values(due_now(now)))
    await conn.execute(delete(edition_entry).where(edition_entry.c.edition_id == edition_id))
    await _insert_entries(conn, edition_id, entry_ids)
    return await get_edition(conn, edition_id)


async def skip_edition(
    conn: AsyncConnection, which: Series, *, kind: EditionKind, slot: str, reason: str, now: datetime
) -> Edition:
    """Write down that a slot came and nothing was sent, and why."""
    edition_id = await _insert_edition(conn, which, kind, slot, EditionState.SKIPPED, now, reason=reason)
    return await get_edition(conn, edition_id)


async def hold_edition(conn: AsyncConnection, edition_id: int, reason: str) -> None:
    """Stop sending an edition that the server refuses whoever gets it; what is pending stays pending."""
    await conn.execute(update(edition).where(edition.c.id == edition_id).values(state=EditionState.HELD, reason=reason))


async def opened_slots(conn: AsyncConnection, which: Series, kind: EditionKind) -> set[str]:
    """The slots of a series that were opened or skipped: nothing fills them by itself any more."""
    query = select(edition.c.slot).join(series).where(series.c.slug == which.slug, edition.c.kind == kind)
    return set((await conn.execute(query)).scalars())


async def next_rerun(conn: AsyncConnection, which: Series) -> int | None:
    """The id of the published entry that was sent the longest time ago (or never), then the lowest number."""
    sent = (
        select(edition_entry.c.entry_id, func.max(edition.c.opened_at).label("last"))
        .join(edition)
        .where(edition.c.kind == EditionKind.WEEKLY)
        .group_by(edition_entry.c.entry_id)
        .subquery()
    )
    query = (
        select(entry.c.id)
        .join(series)
        .outerjoin(sent, sent.c.entry_id == entry.c.id)
        .where(series.c.slug == which.slug, entry.c.state == EntryState.PUBLISHED)
        .order_by(sent.c.last.is_not(None), sent.c.last, entry.c.number.is_(None), entry.c.number, entry.c.id)
        .limit(1)
    )
    return (await conn.execute(query)).scalar_one_or_none()


async def entries_of_month(conn: AsyncConnection, which: Series, month: Month) -> list[int]:
    """The ids of the published entries that bear the label of *month*, in the order of the roundup."""
    query = (
        select(entry.c.id)
        .join(series)
        .where(series.c.slug == which.slug, entry.c.month == str(month), entry.c.state == EntryState.PUBLISHED)
        .order_by(entry.c.number.is_(None), entry.c.number, entry.c.id)
    )
    return list((await conn.execute(query)).scalars())


async def publish_entry(
    conn: AsyncConnection, entry_id: int, *, month: Month, now: datetime, number: int | None = None
) -> None:
    """Mark a queued entry as published; it gets *month* and *number* unless it has them, and can be found by them."""
    values = {
        "state": EntryState.PUBLISHED,
        "published_at": now,
        "month": func.coalesce(entry.c.month, literal(str(month))),
        "number": func.coalesce(entry.c.number, number),
    }
    await conn.execute(update(entry).where(entry.c.id == entry_id).values(values))
    await queue.drop_absent(conn)
    await drafts.let_go(conn, entry_id)
    for published in await entries.get_entries(conn, [entry_id]):
        await search.index(conn, published)


async def unfinished_editions(conn: AsyncConnection, now: datetime) -> list[int]:
    """The ids of open editions with a delivery that is due."""
    due = select(delivery.c.edition_id).where(IS_PENDING, delivery.c.not_before <= now).distinct()
    query = select(edition.c.id).where(edition.c.state == EditionState.OPEN, edition.c.id.in_(due))
    return list((await conn.execute(query.order_by(edition.c.id))).scalars())


async def _insert_entries(conn: AsyncConnection, edition_id: int, entry_ids: Sequence[int]) -> None:
    rows = [
        {"edition_id": edition_id, "position": position, "entry_id": entry_id}
        for position, entry_id in enumerate(entry_ids)
    ]
    await conn.execute(insert(edition_entry), rows)


def _edition_query() -> Select[*tuple[Any, ...]]:
    return select(edition, series.c.slug.label("series_slug")).join(series)


async def _edition(conn: AsyncConnection, row: Row[*tuple[Any, ...]]) -> Edition:
    ids = await conn.execute(
        select(edition_entry.c.entry_id).where(edition_entry.c.edition_id == row.id).order_by(edition_entry.c.position)
    )
    return Edition(
        id=row.id,
        series=await entries.get_series(conn, row.series_slug),
        kind=EditionKind(row.kind),
        slot=row.slot,
        state=EditionState(row.state),
        opened_at=row.opened_at,
        entries=tuple(await entries.get_entries(conn, list(ids.scalars()))),
        rerun=row.rerun,
        reason=row.reason,
    )


async def _insert_edition(
    conn: AsyncConnection,
    which: Series,
    kind: EditionKind,
    slot: str,
    state: EditionState,
    now: datetime,
    **more: object,
) -> int:
    series_id = select(series.c.id).where(series.c.slug == which.slug).scalar_subquery()
    values = {"series_id": series_id, "kind": kind, "slot": slot, "state": state, "opened_at": now, **more}
    edition_id: int = (await conn.execute(insert(edition).values(values).returning(edition.c.id))).scalar_one()
    return edition_id
