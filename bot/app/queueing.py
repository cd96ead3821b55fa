"""Owns the queue by hand: who goes out when, on the command line."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.app.clock import Clock
from bot.app.rooms import Rooms, open_rooms
from bot.editorial.desk import Desk
from bot.errors import DraftError
from bot.model.arxiv_id import ArxivId
from bot.model.draft import Draft
from bot.model.entry import Series
from bot.model.progress import Report
from bot.publishing.queue import Queue, QueuedEntry
from bot.settings import Settings
from bot.wording.dates import moment_name

AT_THE_LAPTOP = 0
"""The editor that the ledger names when it was nobody in a chat."""


@asynccontextmanager
async def open_queue(settings: Settings) -> AsyncIterator[tuple[Rooms, Queue]]:
    """Open the queue over the installation's database; raises what `open_rooms` raises."""
    async with open_rooms(settings) as rooms:
        yield rooms, Queue(rooms.database, rooms.series, Clock(), settings.empty_queue)


async def lines(rooms: Rooms, queue: Queue) -> Sequence[str]:
    """One line for every entry that waits, in the order in which they go out, by series."""
    waiting = [(series, await queue.listed(series.slug)) for series in rooms.series]
    return [_line(series, each) for series, of_series in waiting for each in of_series]


async def change(rooms: Rooms, queue: Queue, what: str, entry_id: int | None, to: str | None) -> None:
    """Change the queue as somebody typed it.

    Args:
        what: ``move`` by places, ``fix`` to a slot, ``free`` of its date, or ``remove``: it is a draft again.
        entry_id: As `lines` shows it.
        to: Places or a slot, where *what* needs them.

    Raises:
        DraftError: It cannot be done, or was not said whole.
        DraftChanged: The entry does not wait any more.
    """
    match what, entry_id, to:
        case "move", int(one), str(places) if re.fullmatch(r"[+-]?\d{1,4}", places):
            await queue.move(one, int(places))
        case "fix", int(one), str(slot):
            await queue.fix(one, slot)
        case "free", int(one), None:
            await queue.fix(one, None)
        case "remove", int(one), None:
            await Desk(rooms.database, _nobody, Clock()).reopen(one, editor=AT_THE_LAPTOP)
        case _:
            raise DraftError("Say `move ID PLACES` (like -1), `fix ID SLOT` (like 2026-W48), `free ID` or `remove ID`.")


def _line(series: Series, each: QueuedEntry) -> str:
    when = moment_name(each.goes_out_at, series.timezone) if each.goes_out_at else "no slot is left"
    fixed = f"fixed to {each.slot}" if each.is_fixed else each.slot or ""
    return f"{each.entry.id:5}  {when}  {fixed:18}  {each.entry.badge}  {each.entry.paper.title}"


async def _nobody(arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
    raise DraftError("Nothing is drafted here; say `collagebot draft` with the link.")
