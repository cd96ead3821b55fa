"""Owns what a person decides: about deliveries in doubt, and about editions that are held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store import doubtful, held
from bot.store.database import Database
from bot.store.doubtful import Meant

OPERATOR = 0
"""Who decided, where it was somebody at the command line."""


class Verdict(StrEnum):
    """What a person says of a message that may or may not have arrived."""

    ARRIVED = "arrived"
    """It is there."""
    AGAIN = "again"
    """It is to be sent again, even if it may come twice."""
    LEFT = "left"
    """It is not there, and shall not come any more."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Writes down what a person decides, and lets what is to be sent be sent.

    Only what is still in doubt (or held) changes, so that whoever comes second does nothing.

    Args:
        wake: Says that something may be due.
    """

    database: Database
    clock: Callable[[], datetime]
    wake: Callable[[], None] = lambda: None

    async def decide(self, verdict: Verdict, meant: Meant, *, by: int) -> int:
        """Say what becomes of deliveries in doubt.

        Args:
            by: Telegram's id of the editor.

        Returns:
            For how many it was news.
        """
        async with self.database.writing() as conn:
            settled = await _WRITTEN_DOWN[verdict](conn, meant, by=by, now=self.clock())
        if verdict is Verdict.AGAIN and settled:
            self.wake()
        return settled

    async def try_again(self, edition_id: int) -> bool:
        """Send a held edition after all, however late it is; False when it is not held any more."""
        async with self.database.writing() as conn:
            is_open = await held.let_go(conn, edition_id, self.clock())
        if is_open:
            self.wake()
        return is_open

    async def leave(self, edition_id: int, *, by: int) -> bool:
        """Let nobody else get a held edition; False when it is not held any more, or somebody has left it."""
        async with self.database.writing() as conn:
            return await held.leave(conn, edition_id, by=by, now=self.clock())


_WRITTEN_DOWN = {
    Verdict.ARRIVED: doubtful.take_as_arrived,
    Verdict.AGAIN: doubtful.send_again,
    Verdict.LEFT: doubtful.take_as_lost,
}
