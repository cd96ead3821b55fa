"""The one door to all sources, over real HTTP against a server on this machine."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import NoSuchPaper, SourceBusy, SourceRefused
from bot.model.arxiv_id import ArxivId
from bot.model.licence import UNKNOWN_LICENCE, Licence
from bot.sources.fetching.keep import Shelfmark
from bot.sources.fetching.pace import LocalPace
from bot.sources.fetching.wanted import Patience
from bot.sources.sources import Sources
from tests.sources.answers import oai_error, oai_record, sample_record
from tests.sources.faults import Fault
from tests.sources.recorded import needs_data, recorded
from tests.sources.server import PaperServer, Served, serving

PATIENCE = Patience(attempts=2, first=timedelta(milliseconds=5), longest=timedelta(milliseconds=50))
PAPER = ArxivId("2103.10697")
OLD = ArxivId("hep-th/9901001")
CC_BY = Licence("https://creativecommons.org/licenses/by/4.0/")
ND = Licence("https://creativecommons.org/licenses/by-nc-nd/4.0/")
EPRINT = b"\x1f\x8b" + bytes(range(256)) * 20  # not gzip at all: nobody may unpack it on the way
PNG = b"\x89PNG made here"
PAGES = ("<html><img src='x1.png'></html>", {"x1.png": PNG, "figures/y 2.png": PNG + b"2"})
SAID = {"upvotes": 12, "githubRepo": "https://github.com/example/maps"}


@pytest.fixture
async def server() -> AsyncIterator[PaperServer]:
    papers = {
        str(PAPER): Served(
            sample_record(),
            eprint=EPRINT,
            page=PAGES,
            pdf=b"%PDF-1.5",
            oldest_licence=ND,
            mention=SAID,
            reception={"citationCount": 5, "tldr": {"text": "Maps."}},
        ),
        str(OLD): Served(sample_record(str(OLD), version=1), pdf=b"%PDF-1.2"),
    }
    async with serving(papers) as running:
        yield running


def opened(server: PaperServer, folder: Path | None) -> Sources:
    return Sources(
        server.addresses,
        pace=LocalPace(0),
        folder=folder,
        agent="Collagebot/test (+https://x.example)",
        patience=PATIENCE,
    )


@pytest.fixture
async def sources(server: PaperServer, tmp_path: Path) -> AsyncIterator[Sources]:
    async with opened(server, tmp_path) as running:
        yield running


async def test_a_record_comes_with_its_licence(sources: Sources, server: PaperServer) -> None:
    record = await sources.record(PAPER)
    assert record == sample_record(licence=CC_BY)
    assert [asked.endpoint for asked in server.asked] == ["api", "oai"]
    assert {asked.agent for asked in server.asked} == {"Collagebot/test (+https://x.example)"}


async def test_a_paper_from_before_2007_comes_too(sources: Sources) -> None:
    record = await sources.record(OLD)
    assert record.paper.arxiv_id == OLD
    assert await sources.pdf(record) == b"%PDF-1.2"


async def test_an_older_version_has_the_licence_of_its_own_page(sources: Sources, server: PaperServer) -> None:
    record = await sources.record(PAPER, 1)
    assert (record.paper.version, record.paper.licence) == (1, ND)
    assert [asked.target for asked in server.asked][1:] == ["/abs/2103.10697v1"]


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.NOT_XML, Fault.MISSING])
async def test_the_abstract_page_helps_out_where_oai_does_not_answer(
    sources: Sources, server: PaperServer, fault: Fault
) -> None:
    server.always["oai"] = fault
    assert (await sources.record(PAPER)).paper.licence == CC_BY


async def test_a_licence_that_nobody_tells_is_unknown_and_asked_for_again(
    sources: Sources, server: PaperServer
) -> None:
    server.always |= {"oai": Fault.UNAVAILABLE, "abs": Fault.UNAVAILABLE}
    assert (await sources.record(PAPER)).paper.licence == UNKNOWN_LICENCE
    server.always.clear()
    assert (await sources.record(PAPER)).paper.licence == CC_BY


async def test_an_empty_answer_is_asked_for_again(sources: Sources, server: PaperServer) -> None:
    server.faults["api"] = [Fault.EMPTY]
    assert (await sources.record(PAPER)).paper.title == sample_record().paper.title


async def test_an_answer_that_stays_empty_is_not_called_withdrawn(sources: Sources, server: PaperServer) -> None:
    server.always["api"] = Fault.EMPTY
    with pytest.raises(SourceBusy, match=r"empty list for 2103\.10697; try again later"):
        await sources.record(PAPER)
    assert server.times("api") == 2


async def test_a_version_that_does_not_exist_is_doubted(sources: Sources) -> None:
    with pytest.raises(SourceBusy, match=r"empty list for 2103\.10697v9; check the version, or try again later"):
        await sources.record(PAPER, 9)


async def test_a_paper_that_does_not_exist_is_named(sources: Sources) -> None:
    with pytest.raises(NoSuchPaper, match=r"no paper 2103\.99999"):
        await sources.record(ArxivId("2103.99999"))


@pytest.mark.parametrize("fault", [Fault.NOT_XML, Fault.BUSY, Fault.CUT])
async def test_an_api_that_does_not_answer_is_busy(sources: Sources, server: PaperServer, fault: Fault) -> None:
    server.always["api"] = fault
    with pytest.raises(SourceBusy, match="try again"):
        await sources.record(PAPER)


async def test_a_withdrawn_paper_is_refused(sources: Sources, server: PaperServer) -> None:
    server.papers[str(PAPER)] = Served(sample_record(comment="This paper has been withdrawn by the authors"))
    with pytest.raises(SourceRefused, match="has been withdrawn"):
        await sources.record(PAPER)


async def test_source_page_and_pdf_come_as_they_are(sources: Sources, server: PaperServer) -> None:
    record = await sources.record(PAPER)
    assert await sources.eprint(record) == EPRINT
    assert await sources.page(record) == PAGES[0].encode()
    assert await sources.pdf(record) == b"%PDF-1.5"
    assert {asked.target for asked in server.asked} >= {"/src/2103.10697v2", "/html/2103.10697v2", "/pdf/2103.10697v2"}


async def test_what_a_paper_does_not_have_is_none_and_not_asked_for_twice(
    sources: Sources, server: PaperServer
) -> None:
    record = await sources.record(OLD)
    for _ in range(2):
        assert await sources.page(record) is None
        assert await sources.eprint(record) is None
    assert (server.times("html"), server.times("src")) == (1, 1)


async def test_a_page_instead_of_an_archive_is_refused_with_a_word(sources: Sources, server: PaperServer) -> None:
    record = await sources.record(PAPER)
    server.faults["src"] = [Fault.WRONG_TYPE]
    with pytest.raises(SourceRefused, match=r"instead of the source of 2103\.10697"):
        await sources.eprint(record)
    assert await sources.eprint(record) == EPRINT


async def test_images_come_by_the_names_that_the_page_uses(sources: Sources) -> None:
    record = await sources.record(PAPER)
    names = ["2103.10697v2/x1.png", "figures/y 2.png", "missing.png", "../../x.png", "https://example.com/x.png"]
    assert await sources.images(record, names) == {names[0]: PNG, names[1]: PNG + b"2"}


async def test_an_image_that_does_not_come_stops_the_others(sources: Sources, server: PaperServer) -> None:
    record = await sources.record(PAPER)
    server.faults["image"] = [Fault.WRONG_TYPE, Fault.BUSY, Fault.BUSY]
    assert await sources.images(record, ["x1.png", "figures/y 2.png", "x1.png"]) == {}


async def test_what_was_fetched_is_not_fetched_again(sources: Sources, server: PaperServer, tmp_path: Path) -> None:
    record = await sources.record(PAPER)
    await sources.eprint(record)
    asked = len(server.asked)
    async with opened(server, tmp_path) as later:
        assert await later.record(PAPER) == record
        assert await later.eprint(record) == EPRINT
    assert len(server.asked) == asked


async def test_what_was_said_days_ago_is_asked_for_again_and_serves_while_arxiv_is_away(
    sources: Sources, server: PaperServer, tmp_path: Path
) -> None:
    record = await sources.record(PAPER)
    long_ago = time.time() - timedelta(days=3).total_seconds()
    os.utime(tmp_path / Shelfmark(PAPER, None, "record").path, (long_ago, long_ago))
    server.always["api"] = Fault.UNAVAILABLE
    assert await sources.record(PAPER) == record
    assert server.times("api") == 1 + PATIENCE.attempts
    server.always.clear()
    server.papers[str(PAPER)] = Served(sample_record(version=3))
    assert (await sources.record(PAPER)).paper.version == 3


async def test_without_a_folder_everything_works_and_nothing_is_kept(server: PaperServer) -> None:
    async with opened(server, None) as sources:
        record = await sources.record(PAPER)
        assert await sources.eprint(record) == await sources.eprint(record) == EPRINT
    assert server.times("src") == 2


async def test_two_who_want_the_same_thing_wait_for_one_request(sources: Sources, server: PaperServer) -> None:
    first, second = await asyncio.gather(sources.record(PAPER), sources.record(PAPER))
    assert first == second
    assert server.times("api") == 1


async def test_other_indexes_say_what_they_know(sources: Sources) -> None:
    standing = await sources.standing(PAPER)
    assert standing.mention is not None
    assert (standing.mention.upvotes, standing.mention.code) == (12, SAID["githubRepo"])
    assert standing.reception is not None
    assert (standing.reception.citations, standing.reception.tldr) == (5, "Maps.")


@pytest.mark.parametrize(
    "fault", [Fault.UNAVAILABLE, Fault.CUT, Fault.BUSY_FOR_AN_HOUR, Fault.WRONG_TYPE, Fault.MISSING]
)
async def test_other_indexes_are_never_required(sources: Sources, server: PaperServer, fault: Fault) -> None:
    server.always |= {"mention": fault, "scholar": fault, "daily": fault}
    standing = await sources.standing(PAPER)
    assert (standing.mention, standing.reception) == (None, None)
    assert await sources.daily("2026-W24") is None
    assert server.times("mention") <= 1


async def test_many_papers_are_asked_for_at_once(sources: Sources, server: PaperServer) -> None:
    receptions = await sources.receptions([OLD, PAPER, ArxivId("2103.99999")])
    assert {name: reception.citations for name, reception in receptions.items()} == {PAPER: 5}
    assert server.times("scholar") == 1
    assert await sources.receptions([]) == {}


async def test_the_list_of_a_week_is_read(sources: Sources, server: PaperServer) -> None:
    mentions = await sources.daily("2026-W24")
    assert mentions is not None
    assert [mention.arxiv_id for mention in mentions] == [PAPER]
    assert server.asked[-1].target == "/api/daily_papers?week=2026-W24&limit=100"


async def test_a_period_is_a_day_a_week_or_a_month(sources: Sources) -> None:
    with pytest.raises(ValueError, match="no day"):
        await sources.daily("2026&x=1")


async def test_a_complaint_of_oai_is_no_licence(sources: Sources, server: PaperServer) -> None:
    server.answers["oai"] = oai_error("cannotDisseminateFormat")
    server.always["abs"] = Fault.MISSING
    assert (await sources.record(PAPER)).paper.licence == UNKNOWN_LICENCE


@needs_data
async def test_recorded_answers_make_a_record(sources: Sources, server: PaperServer) -> None:
    (path,) = recorded("A-arxiv-api/2026/id_1605.08386*.xml")
    server.answers["api"] = path.read_bytes()
    server.answers["oai"] = oai_record(sample_record("1605.08386", licence=CC_BY))
    record = await sources.record(ArxivId("1605.08386"))
    assert (record.paper.version, record.paper.year, record.paper.licence) == (1, 2016, CC_BY)
    assert len(record.paper.authors) == 2
    assert record.categories == ("math.CO", "math.ST")
