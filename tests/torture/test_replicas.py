"""Two programs on one PostgreSQL: one dies, is cut off, or has its connections closed; the other goes on."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.model.edition import DeliveryState
from bot.publishing.delivery import in_flight_at
from bot.sandbox.floods import busiest
from bot.store.database import Database
from tests.databases import Server
from tests.torture.lives import Nursery
from tests.torture.oracle import Verdict, judge, rows_of
from tests.torture.torment import Torment, torment

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.parametrize("kind", ["postgresql"]),
]

CHATS, RATE = 200, 40


@pytest.fixture
async def scene(drawn: Database, bots: Nursery, due_papers: Path, tmp_path: Path) -> AsyncIterator[Torment]:
    async with torment(drawn, bots, folder=tmp_path, size=CHATS, content=due_papers, rate=RATE) as opened:
        yield opened


async def verdict_of(scene: Torment, record: Callable[[str, object], None], what: str) -> Verdict:
    verdict = judge(await rows_of(scene.database), scene.sandbox, reasons=(), wanted=scene.town.wishes)
    record(
        "torture",
        f"{what}: {len(scene.town.houses)} chats, {verdict.states[DeliveryState.SENT]} sent, "
        f"{verdict.doubts.total()} in doubt, {len(verdict.lost)} lost, {len(verdict.repeated)} repeated; "
        f"at {RATE} a second, at most {busiest(scene.sandbox.floods.arrivals)} came within one",
    )
    assert verdict.repeated == []
    assert verdict.lost == []
    return verdict


@pytest.mark.slow
async def test_one_is_killed_and_the_other_goes_on(
    scene: Torment, record_property: Callable[[str, object], None]
) -> None:
    first, second = await scene.bear(), await scene.bear()
    assert await scene.arrive(CHATS // 3, first, timeout_s=120)
    await scene.kill(first)
    await scene.until_quiet()
    assert scene.arrivals > CHATS * 9 // 10  # nobody waited for the dead one
    assert await second.stop() == 0
    await scene.rest()
    verdict = await verdict_of(scene, record_property, "one of two killed")
    assert verdict.doubts.total() <= in_flight_at(RATE)


class Strait:
    """The only way to a database, which can be closed."""

    def __init__(self, url: str) -> None:
        self._there = str(Path(str(make_url(url).query["host"])) / ".s.PGSQL.5432")
        self._folder = Path(tempfile.mkdtemp(prefix="strait-", dir="/tmp"))  # the name of a socket is short
        self.url = url.replace(str(Path(self._there).parent), str(self._folder))
        self._crossing: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_unix_server(self._cross, str(self._folder / ".s.PGSQL.5432"))

    async def close(self) -> None:
        """Let nobody through any more, nor those who are on their way."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._crossing):
            writer.transport.abort()
        await asyncio.sleep(0)

    def remove(self) -> None:
        shutil.rmtree(self._folder)

    async def _cross(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_unix_connection(self._there)
        both = {writer, far_writer}
        self._crossing |= both
        with contextlib.suppress(OSError):
            await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))
        for each in both:
            each.close()
        self._crossing -= both


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()
    writer.close()


@pytest.fixture
async def strait(scene: Torment) -> AsyncIterator[Strait]:
    made = Strait(scene.database.url)
    await made.open()
    yield made
    await made.close()
    made.remove()


@pytest.mark.parametrize(
    "is_healed",
    [
        pytest.param(True, marks=pytest.mark.slow, id="for a while"),
        pytest.param(False, marks=pytest.mark.torture, id="for good"),
    ],
)
async def test_one_is_cut_off_from_the_database_and_sends_nothing_that_the_other_sends(
    scene: Torment, strait: Strait, is_healed: bool, record_property: Callable[[str, object], None]
) -> None:
    near, far = await scene.bear(), await scene.bear(DATABASE_URL=strait.url)
    assert await scene.arrive(CHATS // 3, near, timeout_s=120)
    await strait.close()
    await scene.until_quiet()
    assert scene.arrivals > CHATS * 9 // 10
    if is_healed:
        await strait.open()
        await scene.until_done(far)
    else:
        await far.kill()
    assert await near.stop() == 0
    if is_healed:
        assert await far.stop() == 0
        await strait.close()
    await strait.open()  # for the fixture
    await scene.rest()
    verdict = await verdict_of(
        scene, record_property, f"one of two cut off {'for a while' if is_healed else 'for good'}"
    )
    assert verdict.doubts.total() <= (0 if is_healed else in_flight_at(RATE))


@pytest.mark.torture
async def test_connections_that_are_closed_again_and_again(
    scene: Torment, server: Server, record_property: Callable[[str, object], None]
) -> None:
    both = [await scene.bear(), await scene.bear()]
    assert await scene.arrive(1, both[0], timeout_s=120)
    times = 0
    while scene.arrivals < CHATS * 3 // 4 and times < 40:
        await scene.sandbox.wait(lambda: False, timeout_s=0.4)
        server.close_connections(scene.database.url)
        times += 1
    await scene.database.close()  # ours were closed, too
    for life in both:
        await scene.until_idle(life, patience_s=6)
        assert await life.stop() == 0
    await scene.rest()
    verdict = await verdict_of(scene, record_property, f"connections closed {times} times")
    # When a commit is not answered, nobody knows whether something is claimed.
    assert verdict.doubts.total() <= times * in_flight_at(RATE)


@pytest.mark.torture
async def test_a_clean_stop_of_one_leaves_everything_to_the_other(
    scene: Torment, record_property: Callable[[str, object], None]
) -> None:
    first, second = await scene.bear(), await scene.bear()
    assert await scene.arrive(CHATS // 3, first, timeout_s=120)
    assert await first.stop() == 0
    await scene.until_done(second)
    assert await second.stop() == 0
    verdict = await verdict_of(scene, record_property, "one of two stopped")
    assert verdict.states == {DeliveryState.SENT: len(scene.town.houses)}
