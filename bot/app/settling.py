"""Owns the deliveries by hand: what is in doubt, what became of an edition, and what a person says of it."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby

from bot.app.clock import Clock
from bot.app.rooms import open_rooms
from bot.errors import NotFound
from bot.model.address import Address
from bot.model.edition import Edition, EditionState
from bot.publishing.settling import OPERATOR, Settling, Verdict
from bot.settings import Settings
from bot.store import doubtful, history
from bot.store.doubtful import Doubt, Meant
from bot.wording.dates import count

_VERDICTS = {"settle": Verdict.ARRIVED, "resend": Verdict.AGAIN, "leave": Verdict.LEFT}
_DONE = {
    Verdict.ARRIVED: "{said} as arrived.",
    Verdict.AGAIN: "{said} to be sent again; the running bot does so at its next tick, within half a minute.",
    Verdict.LEFT: "{said} as not arrived; nothing more is sent.",
}
_ID = re.compile(r"[1-9]\d{0,17}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to the operator.

    Attributes:
        is_fine: What was asked for was done, in whole.
    """

    lines: Sequence[str]
    is_fine: bool = True


@dataclass(frozen=True, slots=True)
class SettlingDesk:
    """Shows and settles deliveries for the operator."""

    settling: Settling

    async def obey(self, change: str | None, what: Sequence[str], *, slot: str | None, is_all: bool) -> Said:
        """Do what was typed.

        Args:
            change: ``show``, ``settle``, ``resend`` or ``leave``; None lists what is in doubt.
            what: The ids of deliveries; for ``show`` the slot.
            slot: Only of the editions of that slot.
            is_all: All of what is in doubt.

        Raises:
            NotFound: It was not said whole, or there is no such edition.
        """
        match change, what, is_all:
            case None, [], False:
                return Said(await self._list(slot))
            case "show", [shown], False:
                return Said(await self._show(shown))
            case str(verb), [], True if verb in _VERDICTS:
                return await self._settle(_VERDICTS[verb], None, slot)
            case str(verb), [_, *_], False if verb in _VERDICTS and all(map(_ID.fullmatch, what)):
                return await self._settle(_VERDICTS[verb], [int(one) for one in what], slot)
        raise NotFound(
            "Say `show 2026-W47`; or `settle`, `resend` or `leave` with ids as the list shows them, or --all."
        )

    async def _list(self, slot: str | None) -> Sequence[str]:
        wanted = {edition.id for edition in await self._editions(slot)} if slot else None
        async with self.settling.database.reading() as conn:
            doubts = [it for it in await doubtful.listed(conn) if wanted is None or it.edition_id in wanted]
            by_edition = [
                (await history.find_edition(conn, edition_id), list(of_one))
                for edition_id, of_one in groupby(doubts, key=lambda it: it.edition_id)
            ]
        lines = [line for edition, of_one in by_edition if edition for line in _doubtful(edition, of_one)]
        return lines or ["Nothing is in doubt."]

    async def _show(self, slot: str) -> Sequence[str]:
        lines = list[str]()
        for edition in await self._editions(slot):
            async with self.settling.database.reading() as conn:
                outcomes = await history.outcomes(conn, edition.id)
            states = Counter(it.state for it in outcomes)
            counts = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
            lines.append(f"{_name(edition)}: {counts or 'no deliveries'}{_state(edition)}")
            lines += [
                f"{it.delivery_id:7}  {it.state:8}  {_chat(it.title, it.address, it.part)}"
                + (f"  {it.error}" if it.error else "")
                for it in outcomes
            ]
        return lines

    async def _settle(self, verdict: Verdict, ids: Sequence[int] | None, slot: str | None) -> Said:
        editions = [edition.id for edition in await self._editions(slot)] if slot else [None]
        meant = [Meant(edition_id=edition_id, delivery_ids=ids) for edition_id in editions]
        settled = sum([await self.settling.decide(verdict, each, by=OPERATOR) for each in meant])
        if not settled:
            return Said(["Nothing of that is in doubt." if ids else "Nothing is in doubt."], is_fine=ids is None)
        lines = [_DONE[verdict].format(said=f"{count(settled, 'delivery is', 'deliveries are')} written down")]
        missing = len(set(ids)) - settled if ids is not None else 0
        if missing:
            others = count(
                missing, "other is not in doubt and stays as it was", "others are not in doubt and stay as they were"
            )
            lines.append(f"{others}.")
        return Said(lines, is_fine=not missing)

    async def _editions(self, slot: str) -> Sequence[Edition]:
        async with self.settling.database.reading() as conn:
            found = await history.editions_of(conn, slot)
        if not found:
            raise NotFound(f"There is no edition {slot}; write it like 2026-W47 or 2026-11.")
        return found


@asynccontextmanager
async def open_settling(settings: Settings) -> AsyncIterator[SettlingDesk]:
    """Open the installation's deliveries.

    Raises:
        SettingError: Nobody said which installation is meant.
        StoreError: The database cannot be used, or `migrate` has to run first.
    """
    settings.require_installation()
    async with open_rooms(settings) as rooms:
        yield SettlingDesk(Settling(rooms.database, Clock()))


def _doubtful(edition: Edition, doubts: Sequence[Doubt]) -> list[str]:
    chats = len({it.address for it in doubts})
    heading = f"{_name(edition)}: {count(chats, 'chat', 'chats')} may or may not have received it"
    return [heading, *(f"{it.delivery_id:7}  {_line(it)}" for it in doubts)]


def _line(doubt: Doubt) -> str:
    missing = ", ".join(str(number + 1) for number in doubt.missing)
    lost = f"  (pictures that surely did not arrive: {missing})" if missing else ""
    chat = _chat(doubt.title, doubt.address, doubt.part)
    return f"{doubt.since:%Y-%m-%d %H:%M} UTC  {chat}  {doubt.error or ''}{lost}".rstrip()


def _name(edition: Edition) -> str:
    papers = count(len(edition.entries), "paper", "papers")
    what = f"“{edition.entries[0].paper.title}”" if len(edition.entries) == 1 else papers
    return f"{edition.series.name} {edition.slot}, {what}"


def _state(edition: Edition) -> str:
    reason = f": {edition.reason}" if edition.reason else ""
    return "" if edition.state is EditionState.OPEN else f" ({edition.state}{reason})"


def _chat(title: str, address: Address, part: int) -> str:
    topic = f", topic {address.thread_id}" if address.thread_id else ""
    message = f", message {part + 1}" if part else ""
    return f"{title or 'chat'} ({address.chat_id}{topic}{message})"
