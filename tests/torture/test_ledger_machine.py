"""The ledger under whatever may happen, in any order: hypothesis looks for the order that breaks a promise.

Nothing comes twice, unless somebody lets it be sent again; and nothing is lost: all ends as sent, or in a state that
says why not.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.errors import NothingToPublish
from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind, EditionState
from bot.model.subscription import Moment, Subscription
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.publishing.settling import Settling, Verdict
from bot.store import entries, subscriptions
from bot.store.database import Database
from bot.store.doubtful import Meant
from bot.store.tables import edition
from tests.databases import Server
from tests.torture.oracle import Rows, rows_of
from tests.torture.telegram import TROUBLES, Crash, Had, Telegram

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # the pick of the week is due
PEOPLE = [Address(number) for number in range(1, 5)]
STEADY = Address(99)  # wants everything all the time
GROUPS = {-1: -1001, -2: -1002}
TOPICS = [Address(-2000, 11), Address(-2000, 12)]
ADDRESSES = [*PEOPLE, *map(Address, GROUPS), Address(-1001), Address(-2000), *TOPICS]
_FINAL = {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.IN_DOUBT, DeliveryState.SKIPPED}

Found = TypeVar("Found")


class Ledger(RuleBasedStateMachine):
    """Chats that come and go, a Telegram that fails, a program that dies, a clock that jumps; one real database.

    Args:
        url: Of a database with papers in it and nothing else.
        let_go: Called when it is not needed any more.
    """

    def __init__(self, url: str, let_go: Callable[[str], None]) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.database, self.let_go = Database(url), let_go
        self.telegram, self.now = Telegram(), START
        self.settling = Settling(self.database, lambda: self.now)
        self.decided = set[int]()  # deliveries a person settled: what they say, is so
        self.left_alone = True
        self.restart()

    def run(self, doing: Coroutine[Any, Any, Found]) -> Found:
        return self.loop.run(doing)

    @initialize()
    def begin(self) -> None:
        self.now = START - timedelta(days=1)
        for address in (STEADY, *PEOPLE[:2], *map(Address, GROUPS), TOPICS[0]):
            self.run(self._subscribe(address))
        self.tick()
        self.now = START
        self.tick()

    @rule(address=st.sampled_from(ADDRESSES))
    def subscribe(self, address: Address) -> None:
        if address.chat_id not in self.telegram.moved and address not in self.telegram.dead:
            self.telegram.heirs.discard(address)
            self.run(self._subscribe(address))

    async def _subscribe(self, address: Address) -> None:
        async with self.database.writing() as conn:
            await subscriptions.see_chat(conn, address.chat_id, kind="private", title="", now=self.now)
            await subscriptions.subscribe(conn, address, self.now)

    @rule(address=st.sampled_from(ADDRESSES))
    def unsubscribe(self, address: Address) -> None:
        async def unsubscribe() -> None:
            async with self.database.writing() as conn:
                await subscriptions.unsubscribe(conn, address, self.now)

        self.run(unsubscribe())

    @rule(address=st.sampled_from(ADDRESSES), days=st.integers(0, 9))
    def pause(self, address: Address, days: int) -> None:
        until = (self.now + timedelta(days=days)).date() if days else None
        self.run(self._change(address, lambda wish: replace(wish, paused_until=until)))

    @rule(address=st.sampled_from(ADDRESSES), weekday=st.integers(0, 6), hour=st.integers(0, 23))
    def choose_a_moment(self, address: Address, weekday: int, hour: int) -> None:
        moment = Moment(weekday, hour, 0, "Asia/Shanghai" if hour % 2 else "America/New_York")
        self.run(self._change(address, lambda wish: replace(wish, moment=moment)))

    async def _change(self, address: Address, changed: Callable[[Subscription], Subscription]) -> None:
        async with self.database.writing() as conn:
            wish = await subscriptions.find(conn, address)
            if wish is not None:
                await subscriptions.change(conn, changed(wish))

    @rule(names=st.lists(st.sampled_from([None, *TROUBLES]), min_size=1, max_size=6))
    def meet_trouble(self, names: list[str | None]) -> None:
        self.telegram.troubles = [TROUBLES[name] if name else None for name in names]
        self.tick()

    @rule()
    def tick(self) -> None:
        self._work(self.publisher.open_due())
        self._work(self.dispatcher.run())

    @rule(kind=st.sampled_from(list(EditionKind)))
    def publish_by_hand(self, kind: EditionKind) -> None:
        slot = "2022-01" if kind is EditionKind.ROUNDUP else None
        self._work(self.publisher.publish_now(kind, slot=slot))

    @rule(
        by=st.one_of(
            st.integers(1, 90).map(lambda minutes: timedelta(minutes=minutes)),
            st.integers(1, 60).map(lambda hours: timedelta(hours=hours)),
            st.integers(-120, -1).map(lambda minutes: timedelta(minutes=minutes)),
            st.just(timedelta(days=7)),
        )
    )
    def turn_the_clock(self, by: timedelta) -> None:
        self.now += by

    @rule()
    def restart(self) -> None:
        self.dispatcher = Dispatcher(self.database, self.telegram, self.clock, rate=0, patience=timedelta(0))
        self.publisher = Publisher(self.database, self.telegram, self.dispatcher, self.run(self._series()), self.clock)

    @rule(group=st.sampled_from(list(GROUPS)), is_told=st.booleans())
    def move(self, group: int, is_told: bool) -> None:
        if group in self.telegram.moved:
            return
        self.telegram.move(group, GROUPS[group])
        if is_told:
            self.run(self._migrate(group))

    async def _migrate(self, group: int) -> None:
        async with self.database.writing() as conn:
            await subscriptions.migrate_chat(conn, group, GROUPS[group])

    @rule(topic=st.sampled_from(TOPICS))
    def delete(self, topic: Address) -> None:
        self.telegram.dead.add(topic)

    @rule(verdict=st.sampled_from(list(Verdict)))
    def decide(self, verdict: Verdict) -> None:
        doubtful = [row for row in self.run(rows_of(self.database)) if row.state == DeliveryState.IN_DOUBT]
        self.decided |= {row.id for row in doubtful}
        if verdict is Verdict.AGAIN:
            for row in doubtful:
                self._allow_again((row.chat_id, row.thread_id, row.edition_id, row.part))
        self.run(self.settling.decide(verdict, Meant(), by=7))

    def _allow_again(self, place: Had) -> None:
        self.telegram.again[place] += 1
        chat, thread, *rest = place
        if chat in self.telegram.moved:
            self.telegram.again[(self.telegram.moved[chat], thread, rest[0], rest[1])] += 1

    @invariant()
    def nothing_came_twice(self) -> None:
        assert self.telegram.repeated == []

    def teardown(self) -> None:
        try:
            self._come_to_rest()
            self._judge(self.run(rows_of(self.database)))
        finally:
            self.run(self.database.close())
            self.loop.close()
            self.let_go(self.database.url)

    def _come_to_rest(self) -> None:
        """Let everything go well, and so much time pass that whatever waits is done."""
        self.telegram.troubles.clear()
        self.restart()
        for edition_id in self.run(self._held()):
            self.run(self.settling.try_again(edition_id))
        for step in [timedelta(minutes=10)] * 40 + [timedelta(hours=8)] * 40:
            self._work(self.dispatcher.run())
            if not any(row.state not in _FINAL for row in self.run(rows_of(self.database))):
                return
            self.now += step

    async def _held(self) -> list[int]:
        async with self.database.reading() as conn:
            found = await conn.execute(select(edition.c.id).where(edition.c.state == EditionState.HELD))
            return list(found.scalars())

    def _judge(self, rows: Rows) -> None:
        self.nothing_came_twice()
        for row in rows:
            place, what = (row.chat_id, row.thread_id, row.edition_id, row.part), f"{row}"
            assert row.state in _FINAL, what
            if row.id in self.decided:
                continue
            if row.state == DeliveryState.SENT:
                assert self._is_there(place), what
            elif row.state == DeliveryState.IN_DOUBT:
                assert row.error, what
            else:
                assert row.error or row.state == DeliveryState.SKIPPED, what
                assert place not in self.telegram.arrived or place[0] in GROUPS.values(), what
        has = {row.edition_id for row in rows if row.chat_id == STEADY.chat_id}
        assert {row.edition_id for row in rows} <= has, f"{STEADY} was forgotten"

    def _is_there(self, place: Had) -> bool:
        """Whether a message arrived; in a forum perhaps in a topic that is gone since."""
        chat, _, edition_id, part = place
        places = [place, *((chat, topic.thread_id, edition_id, part) for topic in self.telegram.dead)]
        return not self.telegram.arrived.isdisjoint(places)

    def clock(self) -> datetime:
        return self.now

    def _work(self, doing: Coroutine[Any, Any, object]) -> None:
        """Do something that may end in the death of the process; then another one begins."""
        try:
            self.run(doing)
        except Crash:
            self.restart()
        except NothingToPublish:
            pass

    async def _series(self) -> tuple[Any, ...]:
        async with self.database.reading() as conn:
            return tuple(await entries.all_series(conn))


def machine(new_database: Callable[[str], str], request: pytest.FixtureRequest) -> Callable[[], Ledger]:
    """Makes machines, each with a database of its own."""

    def let_go(url: str) -> None:
        if url.startswith("postgresql"):
            server: Server = request.getfixturevalue("server")
            server.drop(url)

    return lambda: Ledger(new_database("papers"), let_go)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("kind", "examples"),
    [
        pytest.param("sqlite", 30, marks=pytest.mark.slow),
        pytest.param("postgresql", 6, marks=pytest.mark.slow),
        pytest.param("sqlite", 1500, marks=pytest.mark.torture),
        pytest.param("postgresql", 300, marks=pytest.mark.torture),
    ],
)
def test_whatever_happens_nothing_comes_twice_and_nothing_is_lost(
    new_database: Callable[[str], str], request: pytest.FixtureRequest, examples: int, kind: str
) -> None:
    run_state_machine_as_test(
        machine(new_database, request),  # type: ignore[arg-type]  # whatever makes one will do
        settings=settings(
            phases=[Phase.generate, Phase.shrink],
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
