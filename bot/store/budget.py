"""Owns the send budget: how fast messages may leave, over all processes and whatever they are for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import greatest, upsert
from bot.store.tables import send_budget

FARTHEST = timedelta(minutes=5)  # no pause and no album reserves more
MOST = 30
"""Messages in any second that are not paid for. Source: https://core.telegram.org/bots/faq"""
_SECOND = 1 + 1.5 / 28
"""A second, and what the first of its messages may leave too late."""

_Left: TypeAlias = Sequence[Sequence[float]]
"""What has left: ``[[1795255200.0, 1], …]``, seconds since the epoch and messages, the oldest first."""


ENDS = (
    send_budget.c.arrival.label("line_ends"),
    send_budget.c.paused_until.label("pause_ends"),
    send_budget.c.held_until.label("hold_ends"),
)
"""Until when nothing, or no edition, may leave; in seconds since the epoch."""


@dataclass(slots=True)
class _Line:
    """What all processes share.

    Attributes:
        arrival: When the next message may leave, in seconds since the epoch.
        lately: What left, or will, within a second before that; not kept beyond `MOST` messages a second.
    """

    arrival: float
    lately: _Left = ()

    def take(self, cost: int, rate: float) -> float:
        """Take the next instant at which *cost* messages may leave.

        One by one messages keep their distance. An album leaves at once, so it is counted with what left before it.
        """
        at = self.arrival
        if rate <= MOST:
            at = self._allows_at(cost, at)
            self.lately = [*self.lately, (at, cost)]
        self.arrival = at + cost / rate
        return at

    def _allows_at(self, cost: int, at: float) -> float:
        self.lately = lately = [each for each in self.lately if at - _SECOND < each[0] <= at]
        had = sum(number for _, number in lately)
        for left_at, number in lately if cost > 1 else ():
            if had + cost <= MOST:
                break
            had, at = had - number, max(at, left_at + _SECOND)
        return at


async def reserve(conn: AsyncConnection, costs: Sequence[int], *, rate: float, now: datetime) -> list[datetime]:
    """Reserve the next free instants, one per request.

    Args:
        costs: How many messages the server counts for each request, in the order in which they will leave.
        rate: Messages a second; 0 for no limit.

    Returns:
        When each request may leave, not before *now*.

    Source: the generic cell rate algorithm without burst, and a sliding log for what leaves at once.
    """
    if not (costs and rate):
        return [now] * len(costs)
    start = now.timestamp()
    row = (await conn.execute(_FIND)).one_or_none()
    ends, _hold = _believable(row, start)
    line = _Line(max(ends, start), row.lately if row else ())
    instants = [line.take(cost, rate) for cost in costs]
    values = {"arrival": line.arrival, "lately": line.lately}
    kept = upsert(conn, send_budget).values(id=1, **values)
    await conn.execute(kept.on_conflict_do_update(index_elements=["id"], set_=values))
    return [now + timedelta(seconds=at - start) for at in instants]


async def free_at(conn: AsyncConnection, now: datetime) -> datetime:
    """The instant from which an edition may leave, at least *now*."""
    return free_by((await conn.execute(_FIND)).one_or_none(), now)


def free_by(row: Row[*tuple[Any, ...]] | None, now: datetime) -> datetime:
    """The instant from which an edition may leave, by a row that holds `ENDS`; at least *now*."""
    return max(now, datetime.fromtimestamp(max(_believable(row, now.timestamp())), tz=UTC))


async def pause(conn: AsyncConnection, until: datetime) -> None:
    """Let nothing leave before *until*, in any process: Telegram asked for it."""
    await _put_off(conn, "paused_until", until)


async def hold(conn: AsyncConnection, until: datetime) -> None:
    """Let no edition leave before *until*, in any process; who asks is answered all the same."""
    await _put_off(conn, "held_until", until)


_FIND = select(*ENDS, send_budget.c.lately)


def _believable(row: Row[*tuple[Any, ...]] | None, now: float) -> tuple[float, float]:
    """Until when nothing, and no edition, may leave; what lies so far ahead that a clock was wrong does not count."""
    if row is None or row.line_ends is None:
        return 0.0, 0.0
    latest = now + FARTHEST.total_seconds()
    line, pause, hold = (end if end <= latest else 0.0 for end in (row.line_ends, row.pause_ends, row.hold_ends))
    return max(line, pause), hold


async def _put_off(conn: AsyncConnection, name: str, until: datetime) -> None:
    latest: dict[str, Any] = {name: until.timestamp()}
    row = upsert(conn, send_budget).values(id=1, arrival=0.0, **latest)
    later = {name: greatest(send_budget.c[name], until.timestamp())}
    await conn.execute(row.on_conflict_do_update(index_elements=["id"], set_=later))
