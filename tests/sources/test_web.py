"""Over real HTTP, against a server on this machine that does everything wrong."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.errors import SourceBusy, SourceRefused
from bot.sources.fetching.pace import LocalPace
from bot.sources.fetching.wanted import AT_ONCE, Patience, Wanted
from bot.sources.fetching.web import MAX_REDIRECTS, Web
from tests.sources.answers import sample_record
from tests.sources.faults import Fault, bomb
from tests.sources.server import PaperServer, Served, serving

PATIENCE = Patience(attempts=3, first=timedelta(milliseconds=5), longest=timedelta(seconds=3))
CONTENT = b"%PDF-1.5 made here"


@pytest.fixture
async def server() -> AsyncIterator[PaperServer]:
    async with serving({"2103.10697": Served(sample_record(), pdf=CONTENT)}) as running:
        yield running


@pytest.fixture
async def web(server: PaperServer) -> AsyncIterator[Web]:
    opened = Web("Collagebot/test", server.addresses.hosts, patience=PATIENCE)
    yield opened
    await opened.aclose()


def wanted(*, limit: int = 1 << 20, seconds: float = 10) -> Wanted:
    return Wanted("the PDF of 2103.10697", ("application/pdf",), limit=limit, seconds=seconds)


async def fetch(web: Web, server: PaperServer, what: Wanted, *, patience: Patience | None = None) -> bytes | None:
    return await web.get(f"{server.url}/pdf/2103.10697v2", what, pace=LocalPace(0), patience=patience)


async def test_what_is_there_comes(web: Web, server: PaperServer) -> None:
    assert await fetch(web, server, wanted()) == CONTENT
    assert server.asked[0].agent == "Collagebot/test"


async def test_what_is_not_there_is_none(web: Web, server: PaperServer) -> None:
    server.faults["pdf"] = [Fault.MISSING]
    assert await fetch(web, server, wanted()) is None
    assert server.times("pdf") == 1


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.UNAVAILABLE, Fault.CUT])
async def test_what_passes_is_tried_again(web: Web, server: PaperServer, fault: Fault) -> None:
    server.faults["pdf"] = [fault, fault]
    assert await fetch(web, server, wanted()) == CONTENT
    assert server.times("pdf") == 3


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.UNAVAILABLE, Fault.CUT])
async def test_what_does_not_pass_is_given_up_with_a_word(web: Web, server: PaperServer, fault: Fault) -> None:
    server.always["pdf"] = fault
    with pytest.raises(SourceBusy, match=r"did not send the PDF of 2103\.10697; try again"):
        await fetch(web, server, wanted())
    assert server.times("pdf") == PATIENCE.attempts


@pytest.mark.slow
@pytest.mark.parametrize("fault", [Fault.BUSY_FOR_A_SECOND, Fault.BUSY_UNTIL])
async def test_the_server_says_how_long_to_wait_in_either_form(web: Web, server: PaperServer, fault: Fault) -> None:
    server.faults["pdf"] = [fault]
    assert await fetch(web, server, wanted()) == CONTENT
    first, second = server.asked
    assert second.began - first.ended >= 0.9


async def test_nobody_waits_for_an_hour_and_nobody_asks_meanwhile(web: Web, server: PaperServer) -> None:
    server.faults["pdf"] = [Fault.BUSY_FOR_AN_HOUR]
    with pytest.raises(SourceBusy, match="try again in 60 minutes"):
        await fetch(web, server, wanted())
    with pytest.raises(SourceBusy, match="try again in 60 minutes"):
        await fetch(web, server, wanted())
    assert server.times("pdf") == 1


async def test_what_is_nice_to_have_is_tried_once(web: Web, server: PaperServer) -> None:
    server.always["pdf"] = Fault.UNAVAILABLE
    with pytest.raises(SourceBusy):
        await fetch(web, server, wanted(), patience=AT_ONCE)
    assert server.times("pdf") == 1


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault.WRONG_TYPE, "sent application/x-surprise instead of the PDF"),
        (Fault.FORBIDDEN, r"does not hand out the PDF of 2103\.10697 \(403\)"),
        (Fault.ELSEWHERE, "leads to another server, 'example.invalid'"),
        (Fault.BOMB, "larger than 1 MB"),
        (Fault.ENDLESS, "larger than 1 MB"),
        (Fault.UNKNOWN_CODING, "packed as 'br'"),
        (Fault.DAMAGED, "came damaged"),
    ],
)
async def test_what_cannot_be_used_is_refused_at_once(web: Web, server: PaperServer, fault: Fault, says: str) -> None:
    server.always["pdf"] = fault
    with pytest.raises(SourceRefused, match=says):
        await fetch(web, server, wanted())
    assert server.times("pdf") == 1


async def test_a_bomb_is_not_even_unpacked_in_part(web: Web, server: PaperServer) -> None:
    bomb()  # what the server needs to make it is not counted
    server.always["pdf"] = Fault.BOMB
    tracemalloc.start()
    try:
        with pytest.raises(SourceRefused):
            await fetch(web, server, wanted())
        assert tracemalloc.get_traced_memory()[1] < 10 << 20
    finally:
        tracemalloc.stop()


async def test_a_length_that_is_too_large_is_believed(web: Web, server: PaperServer) -> None:
    with pytest.raises(SourceRefused, match="larger than"):
        await fetch(web, server, wanted(limit=len(CONTENT) - 1))


async def test_a_body_as_large_as_the_limit_comes(web: Web, server: PaperServer) -> None:
    assert await fetch(web, server, wanted(limit=len(CONTENT))) == CONTENT


async def test_redirects_in_a_circle_end(web: Web, server: PaperServer) -> None:
    server.always["pdf"] = Fault.CIRCLE
    with pytest.raises(SourceRefused, match="leads in a circle"):
        await fetch(web, server, wanted())
    assert server.times("pdf") == 1 + MAX_REDIRECTS


async def test_a_redirect_within_the_house_is_followed(web: Web, server: PaperServer) -> None:
    server.faults["pdf"] = [Fault.CIRCLE]
    assert await fetch(web, server, wanted()) == CONTENT


async def test_a_slow_drip_ends_at_the_deadline_and_is_not_tried_again(web: Web, server: PaperServer) -> None:
    server.always["pdf"] = Fault.DRIP
    with pytest.raises(SourceBusy, match="is slow: the PDF"):
        await fetch(web, server, wanted(seconds=0.3))
    assert len(server.asked) <= 1  # it is noted when it ends, which may be later


async def test_nobody_there_is_busy(web: Web, server: PaperServer) -> None:
    lonely = Web("Collagebot/test", frozenset({"127.0.0.1:1"}), patience=PATIENCE)
    with pytest.raises(SourceBusy, match="out of reach"):
        await lonely.get("http://127.0.0.1:1/pdf/x", wanted(), pace=LocalPace(0))
    await lonely.aclose()


@pytest.mark.parametrize(
    "url", ["https://example.com/x", "file:///etc/passwd", "http://user@127.0.0.1:1/", "http://127.0.0.1.example.com/"]
)
async def test_no_other_host_is_ever_asked(web: Web, url: str) -> None:
    with pytest.raises(SourceRefused, match="another server"):
        await web.get(url, wanted(), pace=LocalPace(0))


async def test_every_request_has_its_turn_redirects_and_new_tries_too(web: Web, server: PaperServer) -> None:
    server.faults["pdf"] = [Fault.CIRCLE, Fault.BUSY]
    pace = LocalPace(0.1)
    url = f"{server.url}/pdf/2103.10697v2"
    await asyncio.gather(*(web.get(url, wanted(), pace=pace) for _ in range(2)))
    assert len(server.asked) == 4
    assert all(later.began >= earlier.ended for earlier, later in pairwise(server.asked))
    assert all(later.began - earlier.began >= 0.08 for earlier, later in pairwise(server.asked))
