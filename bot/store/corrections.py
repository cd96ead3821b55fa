"""Owns the corrections at rest: which messages that are out have to be changed or taken away, and which are."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.correction import (
    Correction,
    CorrectionKind,
    Obstacle,
    Posted,
    PostedPart,
    Step,
    StepOutcome,
    StepState,
    Tally,
    Target,
)
from bot.model.edition import DeliveryState, EditionState
from bot.store import preferences
from bot.store.deliveries import IS_PENDING, IS_SENDING
from bot.store.dialect import upsert
from bot.store.tables import chat, correction, correction_step, delivery, edition, edition_entry

_UNFINISHED = correction.c.finished_at.is_(None)


async def editions_of(conn: AsyncConnection, entry_id: int) -> list[int]:
    """The ids of the editions that hold an entry."""
    query = select(edition_entry.c.edition_id).where(edition_entry.c.entry_id == entry_id)
    return list((await conn.execute(query.distinct().order_by(edition_entry.c.edition_id))).scalars())


async def posted(conn: AsyncConnection, edition_id: int, address: Address | None = None) -> list[Posted]:
    """What every chat, or one of them, has of an edition; what is in doubt has no message that we know of."""
    query = select(
        delivery.c.id,
        delivery.c.chat_id,
        delivery.c.thread_id,
        delivery.c.part,
        delivery.c.message_ids,
        delivery.c.shows,
    ).where(delivery.c.edition_id == edition_id, delivery.c.state == DeliveryState.SENT)
    if address is not None:
        query = query.where(delivery.c.chat_id == address.chat_id, delivery.c.thread_id == address.thread_id)
    parts: dict[Address, dict[int, PostedPart]] = {}
    for row in await conn.execute(query.order_by(delivery.c.id)):
        of_chat = parts.setdefault(Address(row.chat_id, row.thread_id), {})
        of_chat[row.part] = PostedPart(row.id, tuple(row.message_ids), tuple(row.shows))
    return [Posted(where, of_chat) for where, of_chat in parts.items()]


async def begin(conn: AsyncConnection, entry_id: int, kind: CorrectionKind, *, editor: int, now: datetime) -> int:
    """Write down that an editor wants the messages of an entry changed; gives the id of the correction."""
    row = insert(correction).values(entry_id=entry_id, kind=kind, editor=editor, asked_at=now)
    return int((await conn.execute(row.returning(correction.c.id))).scalar_one())


async def begin_anew(conn: AsyncConnection, correction_id: int, now: datetime) -> None:
    """Let every step be done once more, but for messages that are gone for good."""
    mine = and_(correction_step.c.correction_id == correction_id, correction_step.c.state != StepState.DELETED)
    values = {"state": StepState.PENDING, "not_before": now, "attempts": 0, "error": None, "settled_at": None}
    await conn.execute(update(correction_step).where(mine).values(values))
    await conn.execute(update(correction).where(correction.c.id == correction_id).values(asked_at=now))


async def finish(conn: AsyncConnection, correction_id: int, now: datetime) -> None:
    """End a correction; what is left of it is not done any more."""
    left = and_(correction_step.c.correction_id == correction_id, correction_step.c.state == StepState.PENDING)
    await conn.execute(delete(correction_step).where(left))
    await conn.execute(update(correction).where(correction.c.id == correction_id).values(finished_at=now))


async def unfinished(conn: AsyncConnection) -> list[Correction]:
    """The corrections that are under way, the oldest first."""
    return [_read(row) for row in await conn.execute(_corrections().where(_UNFINISHED))]


async def find_unfinished(conn: AsyncConnection, entry_id: int) -> Correction | None:
    """The correction of an entry that is under way."""
    row = (await conn.execute(_corrections().where(_UNFINISHED, correction.c.entry_id == entry_id))).first()
    return _read(row) if row else None


async def get(conn: AsyncConnection, correction_id: int) -> Correction | None:
    """The correction with that id."""
    row = (await conn.execute(_corrections().where(correction.c.id == correction_id))).one_or_none()
    return _read(row) if row else None


async def deleted(conn: AsyncConnection, edition_ids: Collection[int]) -> set[Target]:
    """The messages of some editions that were taken away, by whatever correction."""
    query = select(correction_step.c.delivery_id, correction_step.c.position).join(delivery)
    query = query.where(delivery.c.edition_id.in_(edition_ids), correction_step.c.state == StepState.DELETED)
    return {Target(row.delivery_id, row.position) for row in await conn.execute(query)}


async def add_steps(conn: AsyncConnection, correction_id: int, targets: Iterable[Target], now: datetime) -> None:
    """Write down what has to be done; what is written down already stays as it is."""
    rows = [
        {
            "correction_id": correction_id,
            "delivery_id": target.delivery_id,
            "position": target.position,
            "state": StepState.PENDING,
            "not_before": now,
        }
        for target in targets
    ]
    if rows:
        await conn.execute(upsert(conn, correction_step).on_conflict_do_nothing(), rows)


async def due(conn: AsyncConnection, now: datetime, limit: int) -> list[Step]:
    """The steps that have waited longest, at most *limit*."""
    rows = await conn.execute(_DUE, {"now": now, "at_most": limit})
    return [
        Step(
            correction=_read(row),
            target=Target(row.delivery_id, row.position),
            edition_id=row.edition_id,
            address=Address(row.chat_id, row.thread_id),
            attempts=row.attempts,
            wanted=preferences.of_row(row),
        )
        for row in rows
    ]


async def next_due(conn: AsyncConnection) -> datetime | None:
    """The instant at which the next step may be done; None when none waits."""
    query = select(func.min(correction_step.c.not_before)).join(correction).where(_UNFINISHED, _PENDING)
    found: datetime | None = (await conn.execute(query)).scalar_one()
    return found


async def settle(conn: AsyncConnection, outcomes: Iterable[tuple[Step, StepOutcome]], now: datetime) -> None:
    """Write down what became of steps."""
    rows = [
        {
            "of": step.correction.id,
            "delivery": step.target.delivery_id,
            "place": step.target.position,
            "new_state": outcome.state,
            "why": outcome.obstacle,
            "later": outcome.not_before or now,
            "settled": None if outcome.state is StepState.PENDING else now,
            "tries": step.attempts + 1,
        }
        for step, outcome in outcomes
    ]
    if rows:
        await conn.execute(_SETTLE, rows)


async def put_off(conn: AsyncConnection, until: Mapping[Step, datetime]) -> None:
    """Let steps wait until an instant; that is no attempt."""
    for step, later in until.items():
        mine = and_(
            correction_step.c.correction_id == step.correction.id,
            correction_step.c.delivery_id == step.target.delivery_id,
            correction_step.c.position == step.target.position,
        )
        await conn.execute(update(correction_step).where(mine).values(not_before=later))


async def tally(conn: AsyncConnection, correction_id: int) -> Tally:
    """How far a correction is."""
    query = select(correction_step.c.state, correction_step.c.error, func.count())
    query = query.where(correction_step.c.correction_id == correction_id)
    states, obstacles = Counter[StepState](), Counter[Obstacle]()
    for state, error, number in await conn.execute(query.group_by(correction_step.c.state, correction_step.c.error)):
        states[StepState(state)] += number
        if error is not None and state != StepState.PENDING:
            obstacles[Obstacle(error)] += number
    return Tally(states, obstacles)


async def is_complete(conn: AsyncConnection, correction_id: int) -> bool:
    """Claim that no step of a correction waits."""
    query = select(correction_step.c.position).where(correction_step.c.correction_id == correction_id, _PENDING)
    return (await conn.execute(query.limit(1))).first() is None


async def is_still_going_out(conn: AsyncConnection, entry_id: int, now: datetime) -> bool:
    """Claim that an edition with the entry is being sent just now: what leaves may have been written before."""
    holds = exists().where(edition_entry.c.edition_id == delivery.c.edition_id, edition_entry.c.entry_id == entry_id)
    is_due = and_(
        IS_PENDING,
        delivery.c.not_before <= now,
        exists().where(edition.c.id == delivery.c.edition_id, edition.c.state == EditionState.OPEN),
    )
    query = select(delivery.c.id).where(holds, or_(IS_SENDING, is_due))
    return (await conn.execute(query.limit(1))).first() is not None


_PENDING = correction_step.c.state == StepState.PENDING
_HEAD = (
    correction.c.id.label("correction_id"),
    correction.c.entry_id,
    correction.c.kind,
    correction.c.editor,
    correction.c.asked_at,
    correction.c.finished_at,
)
_DUE = (
    select(
        *_HEAD,
        correction_step.c.delivery_id,
        correction_step.c.position,
        correction_step.c.attempts,
        delivery.c.edition_id,
        delivery.c.chat_id,
        delivery.c.thread_id,
        *preferences.COLUMNS,
    )
    .select_from(correction_step)
    .join(correction)
    .join(delivery)
    .outerjoin(chat, chat.c.id == delivery.c.chat_id)
    .where(_UNFINISHED, _PENDING, correction_step.c.not_before <= bindparam("now"))
    .order_by(correction_step.c.not_before, correction_step.c.correction_id, correction_step.c.delivery_id)
    .order_by(correction_step.c.position)
    .limit(bindparam("at_most"))
)
_SETTLE = (
    update(correction_step)
    .where(
        correction_step.c.correction_id == bindparam("of"),
        correction_step.c.delivery_id == bindparam("delivery"),
        correction_step.c.position == bindparam("place"),
    )
    .values(
        state=bindparam("new_state"),
        error=bindparam("why"),
        not_before=bindparam("later"),
        settled_at=bindparam("settled"),
        attempts=bindparam("tries"),
    )
)


def _corrections() -> Select[*tuple[Any, ...]]:
    return select(*_HEAD).order_by(correction.c.id)


def _read(row: Row[*tuple[Any, ...]]) -> Correction:
    kind = CorrectionKind(row.kind)
    return Correction(row.correction_id, row.entry_id, kind, row.editor, row.asked_at, row.finished_at)
