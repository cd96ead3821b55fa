"""Owns what the chat room is handed by whoever wires it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.editorial.commissions import Commissions, Judge
from bot.editorial.desk import Desk
from bot.editorial.library import Library
from bot.editorial.shelf import CollageShelf
from bot.model.candidate import Candidate
from bot.model.entry import Series
from bot.publishing.aftermath import Aftermath
from bot.publishing.queue import Queue, Readied
from bot.publishing.settling import Settling
from bot.store.database import Database


async def _nobody_answers() -> None:
    """Stand in for an index that is not asked."""


async def _nothing_goes_out(_: Readied) -> Sequence[str]:
    """Stand in for a publisher that is not there: the next tick sends what was readied."""
    return ()


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the chat room asks for answers.

    Attributes:
        series: Every series with its effective rhythm.
        clock: The present instant, aware.
        judge: Gives the verdict on a draft.
        editors: Telegram user ids of those who may use the desk.
        candidates: This week's papers, the most promising first; None where the index does not answer.
        send_now: Sends the entry that was made this week's; gives a sentence for everything that became of it.
        aftermath: What is held since the database came back from a backup; None where nobody publishes.
        wake: Says that something is to be sent.
        wake_corrections: Says that messages which are out have to be changed.
    """

    database: Database
    library: Library
    shelf: CollageShelf
    series: tuple[Series, ...]
    clock: Callable[[], datetime]
    desk: Desk
    queue: Queue
    commissions: Commissions
    judge: Judge
    editors: frozenset[int] = frozenset()
    candidates: Callable[[], Awaitable[Sequence[Candidate] | None]] = _nobody_answers
    send_now: Callable[[Readied], Awaitable[Sequence[str]]] = _nothing_goes_out
    aftermath: Aftermath | None = None
    wake: Callable[[], None] = lambda: None
    wake_corrections: Callable[[], None] = lambda: None

    @property
    def settling(self) -> Settling:
        """Takes down what editors decide about what was sent."""
        return Settling(self.database, self.clock, self.wake)

    @property
    def drafting_series(self) -> str:
        """The slug of the series that a paper is drafted for when nobody names one: the first with a weekly pick."""
        weekly = (series.slug for series in self.series if series.weekly_at)
        return next(weekly, self.series[0].slug if self.series else "")
