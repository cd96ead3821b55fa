"""The papers of this week, over a server of this machine that plays the indexes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.week import Week
from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.sources.fetching.pace import NoPace
from bot.sources.sources import Sources
from bot.store.database import Database
from tests.editorial.desks import ADA, GRAPHS, NOW, WEEKLY, Clock, desk_of, store_from_file, store_series
from tests.sources.answers import sample_record
from tests.sources.faults import Fault
from tests.sources.recorded import needs_data, recorded
from tests.sources.server import PaperServer, Served, serving

FRIDAY, MONDAY = NOW, NOW + timedelta(days=3)
TREES, GNN, DULL = "2611.00001", "2611.00002", "2611.00003"
HUGGING_FACE = "D-other-apis/huggingface/daily_papers_*.json"


def listed(name: str, title: str = "On trees", **said: object) -> Served:
    return Served(sample_record(name, title=title, abstract="We study them."), mention=said)


def papers() -> dict[str, Served]:
    return {
        DULL: listed(DULL),
        TREES: listed(TREES, upvotes=9, githubRepo="https://github.com/example/trees", githubStars=40),
        GNN: listed(GNN, "A GNN for graphs", upvotes=9),
    }


@asynccontextmanager
async def indexes(listing: dict[str, Served]) -> AsyncIterator[tuple[PaperServer, Sources]]:
    async with (
        serving(listing) as server,
        Sources(server.addresses, pace=NoPace(), folder=None, agent="tests") as sources,
    ):
        yield server, sources


def periods(server: PaperServer) -> list[str]:
    targets = (asked.target for asked in server.asked if asked.endpoint == "daily")
    return [target.partition("week=")[2].partition("&")[0] for target in targets]


async def this_week(sources: Sources, database: Database, now: datetime) -> Sequence[Candidate] | None:
    return await Week(sources, database, lambda: now).candidates()


async def test_the_most_promising_come_first(database: Database) -> None:
    await store_series(database)
    async with indexes(papers()) as (server, sources):
        found = await this_week(sources, database, FRIDAY)
    assert found is not None
    assert [str(each.arxiv_id) for each in found] == [TREES, GNN, DULL]
    assert (found[0].code, found[0].stars) == ("https://github.com/example/trees", 40)
    assert found[1].topics == (GRAPHS,)
    assert periods(server) == ["2026-W47"]


async def test_what_others_build_on_counts(database: Database) -> None:
    listing = papers()
    listing[DULL] = Served(
        listing[DULL].record, mention={}, reception={"citationCount": 90, "influentialCitationCount": 50}
    )
    async with indexes(listing) as (_, sources):
        found = await this_week(sources, database, FRIDAY)
    assert found is not None
    assert (str(found[0].arxiv_id), found[0].influential_citations) == (DULL, 50)


@pytest.mark.parametrize(
    ("now", "weeks"),
    [
        (FRIDAY, ["2026-W47"]),
        (MONDAY, ["2026-W47", "2026-W48"]),
        (MONDAY + timedelta(days=1), ["2026-W47", "2026-W48"]),
        (MONDAY + timedelta(days=2), ["2026-W48"]),
        (datetime(2027, 1, 1, tzinfo=UTC), ["2026-W53"]),
        (datetime(2027, 1, 4, tzinfo=UTC), ["2026-W53", "2027-W01"]),
    ],
)
async def test_at_the_beginning_of_a_week_the_last_one_counts_too(
    database: Database, now: datetime, weeks: list[str]
) -> None:
    async with indexes(papers()) as (server, sources):
        found = await this_week(sources, database, now)
    assert periods(server) == weeks
    assert found is not None
    assert len(found) == 3  # each once


async def test_one_week_of_two_is_better_than_none(database: Database) -> None:
    async with indexes(papers()) as (server, sources):
        server.faults["daily"] = [Fault.UNAVAILABLE]
        found = await this_week(sources, database, MONDAY)
    assert found is not None
    assert len(found) == 3


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.WRONG_TYPE, Fault.CUT, Fault.MISSING])
async def test_an_index_that_does_not_answer_is_told_from_a_week_without_papers(
    database: Database, fault: Fault
) -> None:
    async with indexes({}) as (server, sources):
        assert await this_week(sources, database, FRIDAY) == []
        server.always["daily"] = fault
        assert await this_week(sources, database, FRIDAY) is None


@pytest.mark.parametrize("body", [b"{}", b"[]", b'["x", 1, null, {"paper": 5}]', b"[" * 100_000, b"\xff\xfe"])
async def test_an_answer_of_another_shape_lists_nothing(database: Database, body: bytes) -> None:
    async with indexes(papers()) as (server, sources):
        server.answers["daily"] = body
        assert await this_week(sources, database, FRIDAY) == []


async def test_without_citations_the_list_comes_all_the_same(database: Database) -> None:
    async with indexes(papers()) as (server, sources):
        server.always["scholar"] = Fault.UNAVAILABLE
        found = await this_week(sources, database, FRIDAY)
    assert found is not None
    assert len(found) == 3


async def test_covered_ones_are_marked_and_come_last_and_discarded_ones_are_free(database: Database) -> None:
    await store_series(database)
    await store_from_file(database, 1)
    desk = desk_of(database)
    await desk.take_up(ArxivId(TREES), series=WEEKLY.slug, editor=ADA)
    thrown = await desk.take_up(ArxivId(GNN), series=WEEKLY.slug, editor=ADA)
    await desk.discard(thrown.id, thrown.revision, editor=ADA)
    listing = {**papers(), "2001.00001": listed("2001.00001", upvotes=500)}
    async with indexes(listing) as (_, sources):
        found = await this_week(sources, database, FRIDAY)
    assert found is not None
    covered = {str(each.arxiv_id): each.covered for each in found}
    assert [name for name, badge in covered.items() if badge] == ["2001.00001", TREES]
    assert covered["2001.00001"] == "Weekly, queued"
    assert covered[TREES] == "Weekly, draft"
    assert list(covered)[-2:] == ["2001.00001", TREES]


async def test_who_turns_pages_asks_the_index_once_and_sees_at_once_what_was_drafted(database: Database) -> None:
    await store_series(database)
    desk, clock = desk_of(database), Clock(FRIDAY)
    async with indexes(papers()) as (server, sources):
        week = Week(sources, database, clock)
        assert await covered(week) == []

        draft = await desk.take_up(ArxivId(TREES), series=WEEKLY.slug, editor=ADA)
        assert await covered(week) == [TREES]
        assert len(server.asked) == 2  # the list, and what others say of it

        await desk.discard(draft.id, draft.revision, editor=ADA)
        clock.advance(timedelta(minutes=9))
        assert await covered(week) == []
        assert len(server.asked) == 2

        clock.advance(timedelta(minutes=1))
        assert await covered(week) == []
        assert periods(server) == ["2026-W47"] * 2


async def test_an_index_that_did_not_answer_is_asked_again_at_once(database: Database) -> None:
    async with indexes(papers()) as (server, sources):
        server.always["daily"] = Fault.UNAVAILABLE
        week = Week(sources, database, Clock(FRIDAY))
        assert await week.candidates() is None
        server.always.clear()
        assert len(await week.candidates() or ()) == 3


async def covered(week: Week) -> list[str]:
    """The papers that we have already, as the list marks them."""
    return [str(each.arxiv_id) for each in await week.candidates() or () if each.covered]


@needs_data
async def test_a_recorded_list_is_ranked(database: Database) -> None:
    (recording,) = recorded(HUGGING_FACE)
    await store_series(database)
    async with indexes({}) as (server, sources):
        server.answers["daily"] = recording.read_bytes()
        found = await this_week(sources, database, datetime(2026, 6, 12, tzinfo=UTC))
    assert found is not None
    assert len(found) == len({each.arxiv_id for each in found}) == 30
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert sum(bool(each.code) for each in found) >= 10
    assert all(each.topics for each in found)
