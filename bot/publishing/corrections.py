"""Owns what is asked for when messages that are out have to be changed, and the port to whatever changes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.correction import (
    Correction,
    CorrectionKind,
    Notice,
    Posted,
    Reach,
    Step,
    StepOutcome,
    Tally,
    Target,
)
from bot.model.edition import Edition, EditionKind
from bot.model.entry import Entry, EntryState
from bot.store import corrections, editions, retracting

Touched: TypeAlias = Callable[[Edition, Posted, int], Sequence[Target]]
"""Says which messages that a chat has of an edition show or name the entry with that id."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One message to change, with what has to be known for it.

    Attributes:
        send_at: The instant that is reserved for it.
    """

    step: Step
    edition: Edition
    posted: Posted
    send_at: datetime


class Corrector(Protocol):
    """Changes messages that are out, one at a time."""

    def touched(self, edition: Edition, posted: Posted, entry_id: int) -> Sequence[Target]:
        """Say which messages that a chat has of an edition show or name an entry."""

    async def carry_out(self, revision: Revision) -> StepOutcome:
        """Change one message, or take it away.

        Raises:
            DeliveryError: One of its kinds.
            CollageError: The picture cannot be drawn.
        """

    async def tell(self, notice: Notice, entry: Entry, tally: Tally) -> None:
        """Tell an editor how far a correction is; whatever goes wrong with that is logged.

        Raises:
            StoreError: The database cannot be used.
        """


async def survey(conn: AsyncConnection, entry_id: int, touched: Touched) -> Reach:
    """Count the messages that show or name an entry, and can still be changed."""
    found = await _targets(conn, entry_id, touched)
    waiting = await retracting.count_waiting(conn, entry_id)
    return Reach(len(found[EditionKind.WEEKLY]), len(found[EditionKind.ROUNDUP]), waiting)


async def begin(
    conn: AsyncConnection, entry: Entry, kind: CorrectionKind, *, editor: int, now: datetime, touched: Touched
) -> tuple[Correction, bool]:
    """Write down what has to be done for an entry; one that was withdrawn comes back when it is corrected.

    Returns:
        The correction, and whether it is a new one. One of the same kind that is under way begins anew; one of the
        other kind ends.
    """
    if kind is CorrectionKind.RETRACT:
        await retracting.retract(conn, entry.id, now)
    elif entry.state is EntryState.RETRACTED:
        await retracting.restore(conn, entry.id)
    running = await corrections.find_unfinished(conn, entry.id)
    if running is not None and running.kind is kind:
        await corrections.begin_anew(conn, running.id, now)
        await top_up(conn, running, touched, now)
        return running, False
    if running is not None:
        await corrections.finish(conn, running.id, now)
    begun = Correction(
        await corrections.begin(conn, entry.id, kind, editor=editor, now=now), entry.id, kind, editor, now
    )
    await top_up(conn, begun, touched, now)
    return begun, True


async def top_up(conn: AsyncConnection, it: Correction, touched: Touched, now: datetime) -> None:
    """Write down every message that has no step yet: some may have left while others were changed."""
    found = await _targets(conn, it.entry_id, touched)
    await corrections.add_steps(conn, it.id, [target for targets in found.values() for target in targets], now)


async def _targets(conn: AsyncConnection, entry_id: int, touched: Touched) -> dict[EditionKind, list[Target]]:
    ids = await corrections.editions_of(conn, entry_id)
    gone = await corrections.deleted(conn, ids)
    found: dict[EditionKind, list[Target]] = {kind: [] for kind in EditionKind}
    for edition_id in ids:
        edition = await editions.get_edition(conn, edition_id)
        for posted in await corrections.posted(conn, edition_id):
            found[edition.kind] += [it for it in touched(edition, posted, entry_id) if it not in gone]
    return found
