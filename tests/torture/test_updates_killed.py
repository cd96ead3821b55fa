"""Two replicas that are killed, cut off from their database and set by clocks that differ: each update is handled.

Only what a process had in its hands when it was killed may be begun again.
"""

import asyncio
import json
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import incoming
from tests.flows.listening import READERS, Balancer, Process, Stage, balanced, staged
from tests.torture.test_replicas import Strait
from tests.waiting import until

pytestmark = [pytest.mark.timeout(300), pytest.mark.parametrize("kind", ["postgresql"])]

ROUNDS = 4
LEASE_S = 3.0
ENVIRONMENT = {"LEASE_S": f"{LEASE_S}", "HANDLER_S": "0.2"}
CLOCKS = ("0.2", "-0.2")


class Replicas:
    """Two processes behind one address, and what each that was killed may have left half done."""

    def __init__(self, stage: Stage, balancer: Balancer, strait: Strait, dice: random.Random) -> None:
        self.stage, self._balancer, self.strait, self._dice = stage, balancer, strait, dice
        self._alive: list[Process] = []
        self.may_repeat: Counter[str] = Counter()

    async def start(self, place: int) -> Process:
        return await self.stage.start(
            PUBLIC_URL=self._balancer.url,
            PORT=str(self._balancer.ports[place]),
            DATABASE_URL=self.strait.url,
            CLOCK_S=CLOCKS[place],
            **ENVIRONMENT,
        )

    async def start_both(self) -> None:
        self._alive = [await self.start(place) for place in range(2)]

    async def kill_one(self) -> None:
        """Kill one while it handles something; another takes its place."""
        place = self._dice.randrange(2)
        process = self._alive[place]
        begun = len(self.stage.noted("began", pid=process.pid))
        self.talk(10)
        await until(lambda: len(self.stage.noted("began", pid=process.pid)) > begun)
        await asyncio.sleep(self._dice.uniform(0, 0.1))
        await self.stage.end(process, signal.SIGKILL)
        unmarked = await self._unmarked()
        self.may_repeat.update(text for text in self.stage.noted("began", pid=process.pid) if text in unmarked)
        self.talk(3)
        self._alive[place] = await self.start(place)

    async def cut_off(self) -> None:
        """Let nobody reach the database for longer than a lease lasts, while both handle something."""
        self.talk(10)
        begun = len(self.stage.noted("began"))
        await until(lambda: len(self.stage.noted("began")) > begun)
        await self.strait.close()
        self.talk(3)
        await asyncio.sleep(LEASE_S * 1.5)
        await self.strait.open()

    def talk(self, messages: int) -> None:
        self.stage.say(*(self._dice.choice(READERS) for _ in range(messages)))

    async def _unmarked(self) -> set[str]:
        async with self.stage.database.reading() as conn:
            bodies = await conn.execute(select(incoming.c.body).where(incoming.c.handled_at.is_(None)))
            return {json.loads(body)["message"]["text"] for body in bodies.scalars()}


@pytest.fixture
async def stage(catalogue: Database, tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(catalogue, tmp_path) as stage:
        yield stage


@pytest.fixture
async def strait(catalogue_url: str) -> AsyncIterator[Strait]:
    strait = Strait(catalogue_url)
    await strait.open()
    yield strait
    await strait.close()
    strait.remove()


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=pytest.mark.slow if seed == 0 else pytest.mark.torture) for seed in range(8)]
)
async def test_each_update_is_handled_and_only_what_a_killed_process_had_in_hand_is_begun_again(
    stage: Stage, strait: Strait, seed: int, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(seed)
    async with balanced() as balancer:
        replicas = Replicas(stage, balancer, strait, dice)
        await replicas.start_both()
        outage = dice.randrange(ROUNDS)
        for number in range(ROUNDS):
            await replicas.kill_one()
            if number == outage:
                await stage.all_handled()
                await replicas.cut_off()
                await stage.all_handled()
        await stage.all_handled()
    repeated = Counter(stage.noted("began")) - Counter(stage.said)
    record_property(
        "torture",
        f"updates, seed {seed}: {len(stage.said)} said, {ROUNDS} kills with {replicas.may_repeat.total()} in hand, "
        f"an outage of {LEASE_S * 1.5} s at a lease of {LEASE_S} s: {repeated.total()} begun again, 0 lost",
    )
    assert replicas.may_repeat
    assert repeated - replicas.may_repeat == Counter()
    stage.check_order()
