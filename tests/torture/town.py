"""The chats a broadcast goes to: people, groups, topics of forums and channels, in a sandbox and in a database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.sandbox import Chat, Person, Sandbox
from bot.store import subscriptions
from bot.store.database import Database

SERIES = "ml-collage"
ROUNDUP = (SERIES, EditionKind.ROUNDUP)
OWNER = 900_001
_PEOPLE, _GROUPS, _SUPERGROUPS, _CHANNELS = 100_001, -200_001, -1_000_000_300_001, -1_000_000_400_001
_FORUMS = -1_000_000_500_001
_TOPICS = 3  # and the General one


@dataclass(frozen=True, slots=True)
class House:
    """One place that has subscribed."""

    address: Address
    kind: str
    wants_roundup: bool


@dataclass(frozen=True, slots=True)
class Town:
    """All who have subscribed."""

    houses: tuple[House, ...]

    def of_kind(self, kind: str) -> list[int]:
        """The ids of the chats of one kind."""
        return list(dict.fromkeys(house.address.chat_id for house in self.houses if house.kind == kind))

    @property
    def wishes(self) -> list[tuple[Address, str]]:
        """Who wants which kind of edition."""
        roundups = [(house.address, str(EditionKind.ROUNDUP)) for house in self.houses if house.wants_roundup]
        return [(house.address, str(EditionKind.WEEKLY)) for house in self.houses] + roundups

    @property
    def topics(self) -> list[Address]:
        """The addresses that are topics."""
        return [house.address for house in self.houses if house.address.thread_id]


def build(sandbox: Sandbox, size: int, *, roundups: int = 0) -> Town:
    """Let that many addresses be there, seven of ten of them people; the bot is everywhere.

    Args:
        roundups: How many of them want roundups, too.
    """
    sandbox.add_person(Person(OWNER, "Owner", "owner"))
    sandbox.mark_started(OWNER)
    people = size * 7 // 10
    addresses: list[tuple[str, Address]] = [("private", Address(_PEOPLE + number)) for number in range(people)]
    for number in range(people):
        sandbox.add_person(Person(_PEOPLE + number, f"Reader {number}", f"reader_{number}"))
        sandbox.mark_started(_PEOPLE + number)
    addresses += list(_elsewhere(sandbox, size - people))
    every = max(1, size // roundups) if roundups else 0
    return Town(tuple(House(at, kind, bool(every) and not n % every) for n, (kind, at) in enumerate(addresses)))


def _elsewhere(sandbox: Sandbox, size: int) -> Iterator[tuple[str, Address]]:
    number = 0
    while size > 0:
        kind, first = (("group", _GROUPS), ("supergroup", _SUPERGROUPS), ("channel", _CHANNELS))[number % 3]
        sandbox.add_chat(Chat(first - number, kind, f"{kind} {number}", (OWNER,)))  # type: ignore[arg-type]
        yield kind, Address(first - number)
        size -= 1
        number += 1
        if number % 6 == 0 and size > _TOPICS:
            sandbox.add_chat(Chat(_FORUMS - number, "supergroup", f"forum {number}", (OWNER,)))
            threads = [sandbox.open_topic(_FORUMS - number, f"topic {n}") for n in range(_TOPICS)]
            yield from (("forum", Address(_FORUMS - number, thread)) for thread in (0, *threads))
            size -= 1 + _TOPICS


async def subscribe(database: Database, town: Town, at: datetime) -> None:
    """Write down that all of them subscribed at that instant."""
    async with database.writing() as conn:
        for house in town.houses:
            kind = "supergroup" if house.kind == "forum" else house.kind
            await subscriptions.see_chat(conn, house.address.chat_id, kind=kind, title="", now=at)
            await subscriptions.subscribe(conn, house.address, at)
            if not house.wants_roundup:
                wish = await subscriptions.find(conn, house.address)
                assert wish is not None
                await subscriptions.change(conn, replace(wish, declined=frozenset({ROUNDUP})))


def a_while_ago(now: datetime) -> datetime:
    """When they subscribed: long before anything that is due."""
    return now - timedelta(days=20)
