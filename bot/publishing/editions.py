"""Owns how a slot is filled: which entries it gets, and one delivery per part for every chat that wants it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NothingToPublish
from bot.model.edition import LATEST, Edition, EditionKind, EditionState, EmptyQueue
from bot.model.entry import Series
from bot.model.month import Month
from bot.model.subscription import Moment, Objection, Subscription
from bot.publishing.calendar import Slot, roundup_instant, slot_instant
from bot.publishing.messenger import Messenger
from bot.publishing.timetable import filled_from_queue, taken_by
from bot.store import editions as shelf
from bot.store import ledger, subscriptions
from bot.store.ledger import NewDelivery
from bot.store.numbering import numbering
from bot.store.queue import waiting
from bot.wording.dates import month_name


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into an edition; no entries means that the slot is skipped for *reason*."""

    entry_ids: Sequence[int] = ()
    rerun: bool = False
    reason: str = ""


async def fill(conn: AsyncConnection, series: Series, slot: Slot, *, empty_queue: EmptyQueue, now: datetime) -> Filling:
    """Choose the entries of a slot. A queued entry that is chosen becomes published by it."""
    taken = await _take_from_queue(conn, series, slot, now)
    if slot.kind is EditionKind.ROUNDUP:
        month = Month.parse(slot.key)
        ids = await shelf.entries_of_month(conn, series, month)
        return Filling(ids, reason=f"{series.name} has no entries for {month_name(month)}")
    if taken:
        return Filling(taken)
    if empty_queue is EmptyQueue.SKIP:
        return Filling(reason=f"the queue of {series.name} is empty")
    rerun = await shelf.next_rerun(conn, series)
    return Filling([rerun] if rerun is not None else [], rerun=True, reason=f"{series.name} has no entries yet")


async def _take_from_queue(conn: AsyncConnection, series: Series, slot: Slot, now: datetime) -> list[int]:
    """Publish who goes out in *slot*; those without a number get theirs now."""
    if slot.kind is not filled_from_queue(series) or _is_long_past(slot, now):
        return []
    numbers, given = await numbering(conn, series.slug), 0
    taken = taken_by(slot, await waiting(conn, series.slug), numbers.room)
    is_roundup = slot.kind is EditionKind.ROUNDUP
    month = Month.parse(slot.key) if is_roundup else month_of_publication(series, now)
    for one in taken:
        number = None if one.is_numbered else numbers.after(given)
        await shelf.publish_entry(conn, one.entry_id, month=month, now=now, number=number)
        given += not one.is_numbered
    return [one.entry_id for one in taken]


def _is_long_past(slot: Slot, now: datetime) -> bool:
    """Claim that a roundup is of a month too old for what waits now; somebody sends it again by hand."""
    return slot.kind is EditionKind.ROUNDUP and Month.parse(slot.key) < Month.of(now.date()).shifted(-1)


def month_of_publication(series: Series, now: datetime) -> Month:
    """The label of an entry first published *now*: after a month's roundup it belongs to the next month."""
    month = Month.of(now.astimezone(ZoneInfo(series.timezone)).date())
    if series.roundup_at is not None and now >= roundup_instant(month, series):
        return month.shifted(1)
    return month


async def open_slot(
    conn: AsyncConnection,
    series: Series,
    slot: Slot,
    *,
    messenger: Messenger,
    empty_queue: EmptyQueue,
    now: datetime,
    by_hand: bool = False,
) -> Edition:
    """Open the edition of a slot unless it is open already, and write its deliveries down; all in one transaction.

    Args:
        by_hand: Somebody asked for it: every chat gets it now, an empty slot stays free instead of being skipped, and
            one that was skipped or held is opened again.

    Raises:
        NothingToPublish: By hand, and nothing is there to fill the slot.
    """
    edition = await shelf.find_edition(conn, series, slot.kind, slot.key)
    if edition is None or (by_hand and edition.state is EditionState.SKIPPED):
        filling = await fill(conn, series, slot, empty_queue=empty_queue, now=now)
        if not filling.entry_ids and by_hand:
            raise NothingToPublish(f"Nothing to send: {filling.reason}.")
        edition = await _write_edition(conn, series, slot, filling, edition, now)
    elif by_hand and edition.state is EditionState.HELD:
        ids = [entry.id for entry in edition.entries]
        edition = await shelf.reopen_edition(conn, edition.id, entry_ids=ids, rerun=edition.rerun, now=now)
    edition = replace(edition, series=series)  # its rhythm may be the operator's, not that of the database
    if edition.state is EditionState.OPEN:
        await write_deliveries(conn, edition, slot, messenger=messenger, now=now, by_hand=by_hand)
    return edition


async def _write_edition(
    conn: AsyncConnection, series: Series, slot: Slot, filling: Filling, skipped: Edition | None, now: datetime
) -> Edition:
    ids, kind, key = filling.entry_ids, slot.kind, slot.key
    if not ids:
        return await shelf.skip_edition(conn, series, kind=kind, slot=key, reason=filling.reason, now=now)
    if skipped is not None:
        return await shelf.reopen_edition(conn, skipped.id, entry_ids=ids, rerun=filling.rerun, now=now)
    return await shelf.open_edition(conn, series, kind=kind, slot=key, entry_ids=ids, rerun=filling.rerun, now=now)


async def write_deliveries(
    conn: AsyncConnection, edition: Edition, slot: Slot, *, messenger: Messenger, now: datetime, by_hand: bool = False
) -> int:
    """Write one delivery per part for every chat that wants the edition and was not tried; return how many are new.

    Those of chats that paused, or want other topics, are recorded as skipped.
    """
    parts = range(len(messenger.plan(edition)))
    offer = edition.series.slug, edition.kind
    due_at = _instants(edition.series, slot, now if by_hand else None)
    rows = [
        NewDelivery(wish.address, part, due, objection)
        for wish in await subscriptions.unserved(conn, edition.id)
        if by_hand or wish.waits_since(offer) < due_at(wish.moment)  # who came later waits for the next one
        if (objection := _objection(wish, edition, due := due_at(wish.moment), now)) is not Objection.DECLINED
        for part in parts
    ]
    return await ledger.write_down(conn, edition.id, rows, now=now)


def _objection(wish: Subscription, edition: Edition, due: datetime, now: datetime) -> Objection | None:
    objection = wish.objection(edition, due)
    if objection is None and now - due > LATEST[edition.kind]:
        return Objection.TOO_LATE
    return objection


def _instants(series: Series, slot: Slot, at: datetime | None) -> Callable[[Moment | None], datetime]:
    """When a chat with that moment gets a slot: then, or everybody *at* once; worked out once for all who share it."""

    @cache
    def due_at(moment: Moment | None) -> datetime:
        return at or slot_instant(slot, series, moment)

    return due_at


def oldest_interesting(first_seen_at: datetime, now: datetime) -> datetime:
    """The instant before which no slot is looked at: never before we knew the rhythm, never over two months back."""
    return max(first_seen_at, now - timedelta(days=62))
