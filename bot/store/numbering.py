"""Owns how the numbers of a series go on."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import entry, series


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers a series has given away.

    An entry born in a chat gets its number when it is published. Until then it has the one it would get, which nobody
    writes down: whatever happens in the queue, the numbers of what readers have go on without a gap.

    Attributes:
        last: The highest number that is taken; None in a series without numbers.
        total: How many there are; None when there is no end.
    """

    last: int | None
    total: int | None

    @property
    def room(self) -> int | None:
        """How many entries can still get one; None where there is no end."""
        return None if self.total is None else max(0, self.total - (self.last or 0))

    def after(self, waiting: int) -> int | None:
        """The number for whoever comes after *waiting* others; None where there are none, or no more."""
        if self.last is None or (self.room is not None and waiting >= self.room):
            return None
        return self.last + waiting + 1


async def numbering(conn: AsyncConnection, slug: str) -> Numbering:
    """How the numbers of the series with that slug stand: it has some if it says how many, or if an entry has one."""
    highest = select(func.max(entry.c.number)).join_from(entry, series).where(series.c.slug == slug)
    total = (await conn.execute(select(series.c.total).where(series.c.slug == slug))).scalar_one_or_none()
    last = (await conn.execute(highest)).scalar_one_or_none()
    return Numbering(last if last is not None or total is None else 0, total)
