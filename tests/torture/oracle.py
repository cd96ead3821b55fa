"""Says what a broadcast came to: the ledger on one side, on the other what the sandbox saw arrive."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.sandbox import Delivered, Sandbox
from bot.store.database import Database
from bot.store.tables import delivery, edition

Rows = Sequence[Row[*tuple[Any, ...]]]
Place = tuple[int, int, str, int]
"""Chat, thread, kind of edition, part."""

KILLED = "the program stopped while sending"
_FINAL = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.IN_DOUBT, DeliveryState.SKIPPED})


@dataclass(slots=True)
class Verdict:
    """What was found.

    Attributes:
        states: How many deliveries are in each state.
        lost: What should have come and neither came nor has a reason not to; one line each.
        repeated: What came twice.
        doubts: In doubt, by the reason the ledger gives.
        came: How many of those in doubt had come.
    """

    states: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    came: int = 0

    @property
    def killed(self) -> int:
        """How many are in doubt because their process died."""
        return self.doubts[KILLED]

    @property
    def unanswered(self) -> int:
        """How many are in doubt because their answer was lost."""
        return self.doubts.total() - self.killed


async def rows_of(database: Database) -> Rows:
    """The whole ledger."""
    async with database.reading() as conn:
        query = select(delivery, edition.c.kind).join(edition, edition.c.id == delivery.c.edition_id)
        return (await conn.execute(query.order_by(delivery.c.id))).all()


def count(rows: Rows) -> Counter[str]:
    """How many deliveries are in each state."""
    return Counter(str(row.state) for row in rows)


def arrived(sandbox: Sandbox) -> dict[Place, list[list[Delivered]]]:
    """What came where: the messages of each copy. An album is one copy, half an album, too."""
    copies: dict[Place, dict[str, list[Delivered]]] = defaultdict(dict)
    for each in sandbox.journal():
        if (what := _part(each)) is not None:
            place = (_home(sandbox, each.chat_id), each.thread_id, *what)
            copies[place].setdefault(each.album or str(each.message_id), []).append(each)
    return {place: list(by_album.values()) for place, by_album in copies.items()}


def judge(rows: Rows, sandbox: Sandbox, *, reasons: Iterable[str], wanted: Iterable[tuple[Address, str]]) -> Verdict:
    """Compare the ledger with what arrived.

    Args:
        reasons: How what the ledger says of a message that was not delivered may begin, in small letters.
        wanted: Who wants which kind of edition.
    """
    verdict, there, refusals = Verdict(count(rows)), arrived(sandbox), _refusals(sandbox)
    refused = {row.chat_id for row in rows if row.state == DeliveryState.FAILED}
    verdict.repeated = [f"{place}: {len(copies)} copies" for place, copies in there.items() if len(copies) > 1]
    for row in rows:
        copies = there.pop((_home(sandbox, row.chat_id), row.thread_id, row.kind, row.part), [])
        follows = row.state == DeliveryState.SKIPPED and row.error is None and row.chat_id in refused
        if fault := "" if follows and not copies else _fault(row, copies, tuple(reasons)):
            verdict.lost.append(f"{row.chat_id}/{row.thread_id} {row.kind} {row.part} {row.state}: {fault}")
        if row.state == DeliveryState.FAILED and not _was_said(row, refusals[_home(sandbox, row.chat_id)]):
            verdict.lost.append(f"{row.chat_id}/{row.thread_id} {row.kind} {row.part}: nobody said {row.error!r} to it")
        if row.state == DeliveryState.IN_DOUBT:
            verdict.doubts[row.error] += 1
            verdict.came += bool(copies)
    verdict.lost += [f"{place} is not in the ledger" for place in there]
    verdict.lost += [f"{address} has no {kind} in the ledger" for address, kind in _forgotten(rows, sandbox, wanted)]
    return verdict


def _forgotten(rows: Rows, sandbox: Sandbox, wanted: Iterable[tuple[Address, str]]) -> Iterable[tuple[Address, str]]:
    """Who is not in the ledger; whoever had a topic that is gone may stand there as the chat itself."""
    there = {(_home(sandbox, row.chat_id), row.thread_id, row.kind) for row in rows}
    for address, kind in wanted:
        home = _home(sandbox, address.chat_id)
        if not there & {(home, thread_id, kind) for thread_id in (address.thread_id, 0)}:
            yield address, kind


def _fault(row: Row[*tuple[Any, ...]], copies: Sequence[Sequence[Delivered]], reasons: tuple[str, ...]) -> str:
    """What is wrong with a row; empty when nothing is."""
    if row.state not in _FINAL:
        return "never came to an end"
    if row.state == DeliveryState.SENT:
        ids = [[each.message_id for each in copy] for copy in copies]
        return "" if ids == [list(row.message_ids)] else f"the ledger has {row.message_ids}, the chat {ids}"
    if row.state == DeliveryState.IN_DOUBT:
        return "" if row.error else "in doubt without a reason"
    if copies:
        return "came all the same"
    return "" if (row.error or "").casefold().startswith(reasons) else f"no reason of ours: {row.error}"


def _refusals(sandbox: Sandbox) -> dict[int, list[str]]:
    """What the sandbox refused in which chat, in small letters."""
    said: dict[int, list[str]] = defaultdict(list)
    for strike in sandbox.faults.strikes:
        if strike.fault.status and strike.fault.status >= 400 and strike.chat_id:
            said[_home(sandbox, int(strike.chat_id))].append(json.loads(strike.fault.body)["description"].casefold())
    return said


def _was_said(row: Row[*tuple[Any, ...]], refusals: Sequence[str]) -> bool:
    """Tell whether the ledger's reason is one that this very chat gave: it is believed only as far as that."""
    reason = (row.error or "").casefold()
    return any(reason and reason in refusal for refusal in refusals)


def _part(each: Delivered) -> tuple[str, int] | None:
    """Which edition and part a message is: the sandbox is asked, not the bot."""
    match each.method:
        case "sendPhoto":
            return "weekly", 0
        case "sendMediaGroup":
            return "roundup", 0
        case "sendMessage" if "papers" in each.text.partition("\n")[0]:
            return "roundup", 1
    return None


def _home(sandbox: Sandbox, chat_id: int) -> int:
    """Where a chat is now, if it has moved."""
    follow: Callable[[int], int] = sandbox.moved_to
    return follow(chat_id) or chat_id
