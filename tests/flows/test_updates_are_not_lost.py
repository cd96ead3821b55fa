"""Updates through real processes that are killed, stopped and run side by side: none is lost, none handled twice.

One that a killed process had under way is begun again, for nobody knows how far it got; it is the only exception.
"""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.databases import only_postgresql
from tests.flows.listening import READERS, Stage, balanced, free_port, staged
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
async def stage(catalogue: Database, tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(catalogue, tmp_path) as stage:
        yield stage


async def test_what_a_killed_process_had_under_way_is_handled_by_the_next_start(stage: Stage) -> None:
    first = await stage.start()
    stage.close_gate()
    stage.say(*READERS)
    stage.say(READERS[0])
    await until(lambda: len(stage.noted("began")) == len(READERS) and stage.sandbox.waiting_updates == 0)
    await stage.end(first, signal.SIGKILL)
    assert stage.noted("ended") == []
    stage.open_gate()
    await stage.start()
    stage.say(*READERS)
    await stage.all_handled()
    assert len(stage.noted("ended")) == len(stage.said)
    stage.check_order()


async def test_a_clean_stop_while_something_is_handled_loses_nothing_and_repeats_nothing(stage: Stage) -> None:
    first = await stage.start()
    stage.close_gate()
    stage.say(*READERS, *READERS, *READERS)
    await until(lambda: len(stage.noted("began")) == len(READERS))
    first.send_signal(signal.SIGTERM)
    await until(stage.nobody_asks)
    stage.say(*READERS)
    stage.open_gate()
    await first.wait()
    assert first.returncode == 0
    assert sorted(stage.noted("ended")) == sorted(stage.noted("began"))
    second = await stage.start()
    await stage.all_handled()
    assert len(stage.noted("began")) == len(stage.noted("ended")) == len(stage.said)
    assert stage.noted("began", pid=second.pid)
    stage.check_order()


async def test_of_two_processes_one_asks_and_when_it_is_killed_the_other_does(stage: Stage) -> None:
    first, second = await stage.start(), await stage.start()
    asked_by_first = 0
    for _ in range(10):
        stage.say(*READERS)
        await stage.all_handled()
        asked_by_first = len(stage.noted("ended", pid=first.pid))
    assert asked_by_first in (0, len(stage.said))
    asking, standing_by = (first, second) if asked_by_first else (second, first)
    stage.close_gate()
    stage.say(*READERS)
    await until(lambda: len(stage.noted("began", pid=asking.pid)) == len(stage.said))
    await stage.end(asking, signal.SIGKILL)
    stage.open_gate()
    stage.say(*READERS)
    await stage.all_handled()
    assert sorted(stage.noted("began", pid=standing_by.pid)) == sorted(stage.said[-2 * len(READERS) :])
    assert len(stage.noted("ended")) == len(stage.said)
    stage.check_order()


@only_postgresql
async def test_two_replicas_behind_one_address_handle_each_update_once_and_in_order(stage: Stage) -> None:
    async with balanced() as balancer:
        both = [await stage.start(PUBLIC_URL=balancer.url, PORT=str(port)) for port in balancer.ports]
        for _ in range(20):
            stage.say(*READERS)
        await stage.all_handled()
        assert len(stage.noted("began")) == len(stage.noted("ended")) == len(stage.said)
        assert all(stage.noted("ended", pid=process.pid) for process in both)
        stage.check_order()


@only_postgresql
async def test_when_one_of_two_replicas_is_killed_the_other_handles_what_it_had(stage: Stage) -> None:
    async with balanced() as balancer:
        both = [await stage.start(PUBLIC_URL=balancer.url, PORT=str(port)) for port in balancer.ports]
        stage.close_gate()
        stage.say(*READERS, *READERS)
        await until(lambda: all(stage.noted("began", pid=process.pid) for process in both))
        await stage.end(both[0], signal.SIGKILL)
        stage.open_gate()
        stage.say(*READERS)
        await stage.all_handled()
        assert len(stage.noted("ended")) == len(stage.said)
        stage.check_order()


async def test_who_is_posted_to_and_who_asks_may_follow_each_other(stage: Stage) -> None:
    port = free_port()
    posted = await stage.start(PUBLIC_URL=f"http://127.0.0.1:{port}/below", PORT=str(port))
    stage.say(*READERS)
    await stage.all_handled()
    await stage.end(posted, signal.SIGTERM)
    stage.say(*READERS)
    asking = await stage.start()
    await stage.all_handled()
    assert stage.noted("ended", pid=asking.pid) == stage.said[-len(READERS) :]
    assert len(stage.noted("ended")) == len(stage.said)
