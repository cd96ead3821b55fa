"""Readers' collages: made once, paid for once, and free where they did not come about."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.collage.judged import Judged
from bot.editorial.commissions import MACHINE, Commissions
from bot.errors import CollageError, DraftError, NoSuchPaper, QuotaSpent, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.draft import Draft
from bot.model.entry import Entry, Series
from bot.model.paper import Paper
from bot.model.progress import Progress, Report, Stage
from bot.store import collages, quotas
from bot.store.collages import CollageKey, Picture, read_bytes, save_collage
from bot.store.database import Database
from bot.store.reader_collages import ReaderCollage
from bot.store.tables import asset, quota, reader_collage
from tests.chat.desks import GOOD, UNREADABLE
from tests.editorial.desks import ADA, BOB, Clock, draft_of, entry_about
from tests.store.samples import CONVIT
from tests.store.test_entries import store

PAPER, OTHER = ArxivId("2401.00001"), ArxivId("2401.00002")
PORTRAIT = Appearance(Canvas.PORTRAIT, Theme.LIGHT)
LOOKS = [Appearance(canvas, theme) for canvas in (Canvas.PORTRAIT, Canvas.SLIDE) for theme in Theme]


@dataclass
class Studio:
    """Sketches at once, as told; stands in for arXiv and the readers.

    Attributes:
        newest: The version that a paper has.
        wrong: Raised by the next sketches, one after the other.
        gate: Where sketches wait until somebody lets them on.
    """

    newest: int = 2
    wrong: list[BaseException] = field(default_factory=list)
    missing: Exception | None = None
    gate: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    sketched: list[tuple[str, int | None, str]] = field(default_factory=list)

    async def look_up(self, arxiv_id: ArxivId, version: int | None = None) -> Paper:
        await asyncio.sleep(0)
        if self.missing:
            raise self.missing
        return replace(entry_about(arxiv_id).paper, version=version or self.newest)

    async def sketch(self, arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
        self.sketched.append((str(arxiv_id), version, series.slug))
        self.begun.set()
        report(Progress(Stage.READING))
        if self.gate:
            await self.gate.wait()
        await asyncio.sleep(0)
        if self.wrong:
            raise self.wrong.pop(0)
        entry = entry_about(arxiv_id, series)
        return draft_of(replace(entry, paper=replace(entry.paper, version=version or self.newest)))


@dataclass
class Judge:
    """Draws what tells one collage from another, and judges as told."""

    unreadable: frozenset[Canvas] = frozenset()
    wrong: Exception | None = None
    salt: str = ""

    async def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> Judged:
        await asyncio.sleep(0)
        if self.wrong:
            raise self.wrong
        drawn = f"{entry.paper.arxiv_id} {canvas} {theme} {language} {self.salt}".encode()
        return Judged(drawn, 80, 100, entry.paper.title, UNREADABLE if canvas in self.unreadable else GOOD)


@dataclass
class Office:
    """Commissions with what stands behind them."""

    database: Database
    studio: Studio = field(default_factory=Studio)
    judge: Judge = field(default_factory=Judge)
    clock: Clock = field(default_factory=Clock)

    def open(self, *, per_day: int = 2, fingerprint: str = "as it is") -> Commissions:
        return Commissions(self.database, self.studio, self.judge, self.clock, per_day=per_day, fingerprint=fingerprint)

    async def used(self, reader: int = ADA) -> int:
        async with self.database.reading() as conn:
            found = await conn.execute(
                select(func.coalesce(func.sum(quota.c.used), 0)).where(quota.c.user_id == reader)
            )
            return int(found.scalar_one())

    async def kept(self) -> tuple[int, int]:
        """How many readers' collages and how many pictures there are."""
        async with self.database.reading() as conn:
            counts = [await conn.execute(select(func.count()).select_from(each)) for each in (reader_collage, asset)]
            return counts[0].scalar_one(), counts[1].scalar_one()

    async def bytes_of(self, made: ReaderCollage) -> bytes:
        async with self.database.reading() as conn:
            return await read_bytes(conn, made.asset.sha256)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


async def test_a_collage_is_made_once_for_everybody_and_both_shapes_with_it(office: Office) -> None:
    commissions = office.open()
    first = await commissions.get(PAPER, PORTRAIT, reader=ADA)
    again = await commissions.get(PAPER, PORTRAIT, reader=BOB)
    slide = await commissions.get(PAPER, Appearance(Canvas.SLIDE, Theme.LIGHT), reader=BOB)

    assert again == first
    assert await office.bytes_of(first) == b"2401.00001 portrait light en "
    assert await office.bytes_of(slide) == b"2401.00001 slide light en "
    assert office.studio.sketched == [("2401.00001", None, MACHINE.slug)]
    assert (await office.used(ADA), await office.used(BOB)) == (1, 0)


async def test_the_newest_version_is_looked_up_and_drawn_when_there_is_a_newer_one(office: Office) -> None:
    commissions = office.open()
    await commissions.get(PAPER, PORTRAIT, reader=ADA)
    office.studio.newest = 3
    newer = await commissions.get(PAPER, PORTRAIT, reader=ADA)
    named = await commissions.get(PAPER, PORTRAIT, reader=ADA, version=2)  # is there already

    assert (newer.paper.version, named.paper.version) == (3, 2)
    assert len(office.studio.sketched) == 2
    assert await office.used() == 2


async def test_a_version_that_comes_out_while_it_is_made_is_kept_as_what_it_is(office: Office) -> None:
    commissions, office.studio.gate = office.open(), asyncio.Event()
    asked = asyncio.create_task(commissions.get(PAPER, PORTRAIT, reader=ADA))
    await office.studio.begun.wait()
    office.studio.newest = 3
    office.studio.gate.set()

    assert (await asked).paper.version == 3
    kept = await commissions.at_hand(PAPER, PORTRAIT, version=3)
    assert kept is not None
    assert await commissions.at_hand(PAPER, PORTRAIT, version=2) is None


async def test_other_shapes_and_colours_of_a_known_paper_cost_nothing(office: Office) -> None:
    commissions = office.open(per_day=1)
    for look in LOOKS:
        made = await commissions.get(PAPER, look, reader=ADA)
        assert f"{look.canvas} {look.theme}".encode() in await office.bytes_of(made)

    assert await office.used() == 1
    assert await office.kept() == (4, 4)


async def test_a_day_has_so_many_new_ones_and_the_next_begins_anew(office: Office) -> None:
    commissions = office.open(per_day=1)
    await commissions.get(PAPER, PORTRAIT, reader=ADA)
    with pytest.raises(QuotaSpent, match="your 1 collage of today"):
        await commissions.get(OTHER, PORTRAIT, reader=ADA)
    assert len(office.studio.sketched) == 1
    await commissions.get(PAPER, PORTRAIT, reader=ADA)  # what is there is shown whoever asks, however often
    office.clock.advance(timedelta(days=1))
    await commissions.get(OTHER, PORTRAIT, reader=ADA)


async def test_where_it_is_switched_off_nothing_is_made(office: Office) -> None:
    with pytest.raises(QuotaSpent):
        await office.open(per_day=0).get(PAPER, PORTRAIT, reader=ADA)
    assert office.studio.sketched == []


@pytest.mark.parametrize(
    "error", [SourceBusy("Busy; try again."), DraftError("No; try another."), RuntimeError("a fault of ours")]
)
async def test_what_fails_costs_nothing_keeps_nothing_and_holds_nobody_up(office: Office, error: Exception) -> None:
    office.studio.wrong = [error]
    commissions = office.open(per_day=1)
    with pytest.raises(type(error), match=str(error)):
        await commissions.get(PAPER, PORTRAIT, reader=ADA)
    assert (await office.used(), await office.kept()) == (0, (0, 0))

    await commissions.get(PAPER, PORTRAIT, reader=ADA)
    assert await office.used() == 1


async def test_a_paper_that_is_not_there_costs_nothing(office: Office) -> None:
    office.studio.missing = NoSuchPaper("arXiv has no paper 2401.00001; check the link.")
    with pytest.raises(NoSuchPaper):
        await office.open().get(PAPER, PORTRAIT, reader=ADA)
    assert (await office.used(), await office.kept()) == (0, (0, 0))


@pytest.mark.parametrize("canvas", [Canvas.PORTRAIT, Canvas.SLIDE])
async def test_a_collage_that_breaks_a_hard_rule_is_not_shown(office: Office, canvas: Canvas) -> None:
    office.judge.unreadable = frozenset({canvas})
    with pytest.raises(DraftError, match=r"meets our own rules \(H5, H3\); try another"):
        await office.open().get(PAPER, PORTRAIT, reader=ADA)
    assert (await office.used(), await office.kept()) == (0, (0, 0))


async def test_a_collage_that_cannot_be_composed_is_said_so_in_words_for_readers(office: Office) -> None:
    office.judge.wrong = CollageError("machine/2401-00001: the title does not fit a slide; shorten it")
    with pytest.raises(DraftError, match=r"^This paper cannot be drawn as a collage; try another one\.$"):
        await office.open().get(PAPER, PORTRAIT, reader=ADA)
    assert await office.used() == 0


async def test_another_fingerprint_makes_it_anew_and_throws_the_old_pictures_away(office: Office) -> None:
    old = await office.open(fingerprint="old").get(PAPER, PORTRAIT, reader=ADA)
    office.judge.salt = "drawn better"
    new = await office.open(fingerprint="new").get(PAPER, PORTRAIT, reader=BOB)

    assert old.asset.sha256 != new.asset.sha256
    assert (await office.used(BOB), await office.kept()) == (1, (2, 2))


async def test_the_pictures_survive_when_an_entry_that_shows_the_same_is_drawn_anew(office: Office) -> None:
    made = await office.open().get(PAPER, PORTRAIT, reader=ADA)
    drawn = await office.bytes_of(made)
    (entry_id,) = await store(office.database, CONVIT)
    key = CollageKey(entry_id, "en", Canvas.PORTRAIT, Theme.LIGHT)
    async with office.database.writing() as conn:
        await save_collage(conn, key, Picture(drawn, 80, 100), source_hash="x")
        await save_collage(conn, key, Picture(b"newer", 80, 100), source_hash="y")
        await collages.throw_away(conn, [made.asset.sha256])

    assert await office.bytes_of(made) == drawn


async def test_two_readers_at_once_make_one_collage_and_one_of_them_pays(office: Office) -> None:
    commissions, office.studio.gate = office.open(), asyncio.Event()
    said: list[Progress] = []
    first = asyncio.create_task(commissions.get(PAPER, PORTRAIT, reader=ADA))
    await office.studio.begun.wait()
    second = asyncio.create_task(commissions.get(PAPER, PORTRAIT, reader=BOB, report=said.append))
    await asyncio.sleep(0.01)
    assert said == [Progress(Stage.ASKING), Progress(Stage.WAITING)]
    office.studio.gate.set()

    assert await first == await second
    assert len(office.studio.sketched) == 1
    assert (await office.used(ADA), await office.used(BOB)) == (1, 0)


async def test_whoever_waits_takes_over_when_the_first_one_goes_away(office: Office) -> None:
    commissions, office.studio.gate = office.open(), asyncio.Event()
    first = asyncio.create_task(commissions.get(PAPER, PORTRAIT, reader=ADA))
    await office.studio.begun.wait()
    second = asyncio.create_task(commissions.get(PAPER, PORTRAIT, reader=BOB))
    await asyncio.sleep(0.01)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    office.studio.gate.set()

    await second
    assert (await office.used(ADA), await office.used(BOB)) == (0, 1)


async def test_one_reader_asking_twice_at_once_for_two_papers_pays_for_both_and_not_for_a_third(
    office: Office,
) -> None:
    commissions = office.open(per_day=2)
    asked = [commissions.get(ArxivId(f"2401.0000{number}"), PORTRAIT, reader=ADA) for number in range(1, 6)]
    done = await asyncio.gather(*asked, return_exceptions=True)

    assert sorted(type(each).__name__ for each in done) == ["QuotaSpent"] * 3 + ["ReaderCollage"] * 2
    assert await office.used() == 2


async def test_whenever_it_is_stopped_nobody_has_paid_for_nothing(office: Office) -> None:
    """It is stopped a little later each time, until it ends by itself."""
    commissions, delays = office.open(per_day=10_000), 0
    while not await _is_done_after(delays, commissions.get(ArxivId(f"2401.{delays:05d}"), PORTRAIT, reader=ADA)):
        collages_kept, _ = await office.kept()
        assert await office.used() <= collages_kept / 2, f"stopped after {delays} delays"
        delays += 1
    assert delays > 5


async def test_a_payment_that_is_cut_short_is_given_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = asyncio.create_task(office.open().get(PAPER, PORTRAIT, reader=ADA))

    async def spend(*said: Any) -> int:
        stopped.cancel()  # comes while the transaction is still open
        return await quotas.spend(*said)

    monkeypatch.setattr("bot.editorial.commissions.quotas.spend", spend)
    with pytest.raises(asyncio.CancelledError):
        await stopped
    assert (await office.used(), office.studio.sketched) == (0, [])


async def _is_done_after(delays: int, work: Any) -> bool:
    """Cancel *work* after so many short delays; True when it was done before."""
    task = asyncio.ensure_future(work)
    for _ in range(delays):
        await asyncio.sleep(0.0005)
    task.cancel()
    done = await asyncio.gather(task, return_exceptions=True)
    return isinstance(done[0], ReaderCollage)


async def test_what_was_drawn_today_is_at_hand_without_asking_anybody(office: Office) -> None:
    commissions = office.open()
    assert await commissions.at_hand(PAPER, PORTRAIT) is None
    made = await commissions.get(PAPER, PORTRAIT, reader=ADA)
    office.studio.missing = SourceBusy("arXiv is away; try again later.")

    assert await commissions.at_hand(PAPER, PORTRAIT) == made
    assert await commissions.at_hand(OTHER, PORTRAIT) is None
    assert await office.open(fingerprint="another").at_hand(PAPER, PORTRAIT) is None
    office.clock.now += timedelta(days=2)
    assert await commissions.at_hand(PAPER, PORTRAIT) is None
    assert await commissions.at_hand(PAPER, PORTRAIT, version=2) == made


async def test_an_old_version_that_somebody_asked_for_is_not_shown_as_the_newest(office: Office) -> None:
    commissions = office.open()
    await commissions.get(PAPER, PORTRAIT, reader=ADA, version=1)
    assert await commissions.at_hand(PAPER, PORTRAIT) is None

    newest = await commissions.get(PAPER, PORTRAIT, reader=ADA)
    office.clock.advance(timedelta(hours=1))
    await commissions.get(PAPER, Appearance(Canvas.PORTRAIT, Theme.DARK), reader=ADA, version=1)

    assert newest.paper.version == 2
    assert await commissions.at_hand(PAPER, PORTRAIT) == newest


@pytest.mark.parametrize("look", LOOKS)
async def test_what_was_found_to_be_the_newest_still_is_at_hand_for_another_day(
    office: Office, look: Appearance
) -> None:
    commissions = office.open()
    for drawn in LOOKS:
        await commissions.get(PAPER, drawn, reader=ADA)
    office.clock.advance(timedelta(days=2))
    assert await commissions.at_hand(PAPER, look) is None

    made = await commissions.get(PAPER, PORTRAIT, reader=ADA)  # somebody asks for one look; it is true of all

    assert made == await commissions.at_hand(PAPER, PORTRAIT)
    assert await commissions.at_hand(PAPER, look) is not None
    assert len(office.studio.sketched) == 2  # in light and in dark, on the first day


async def test_the_newest_version_is_the_one_that_was_drafted_where_it_came_out_meanwhile(office: Office) -> None:
    commissions, office.studio.gate = office.open(), asyncio.Event()
    asked = asyncio.create_task(commissions.get(PAPER, PORTRAIT, reader=ADA))
    await office.studio.begun.wait()
    office.studio.newest = 3
    office.studio.gate.set()

    assert await commissions.at_hand(PAPER, PORTRAIT) is None
    assert await asked == await commissions.at_hand(PAPER, PORTRAIT)


async def test_a_version_that_was_the_newest_gives_way_to_a_newer_one(office: Office) -> None:
    commissions = office.open()
    await commissions.get(PAPER, PORTRAIT, reader=ADA)
    office.studio.newest = 3

    newer = await commissions.get(PAPER, PORTRAIT, reader=ADA)

    assert newer.paper.version == 3
    assert await commissions.at_hand(PAPER, PORTRAIT) == newer
