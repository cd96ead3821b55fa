"""Owns what can go wrong with an answer, and how it looks when it does."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum, auto
from functools import cache

from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from tests.sources.answers import feed

ELSEWHERE = "http://example.invalid/somewhere/else"
DRIP_SECONDS = 0.05


class Fault(Enum):
    """What can go wrong with one answer."""

    BUSY = auto()
    """429 without a word on when."""
    BUSY_FOR_A_SECOND = auto()
    BUSY_UNTIL = auto()
    """429 with the date of a second from now."""
    BUSY_FOR_AN_HOUR = auto()
    UNAVAILABLE = auto()
    FORBIDDEN = auto()
    CUT = auto()
    """The connection ends in the middle of the body."""
    WRONG_TYPE = auto()
    DRIP = auto()
    """A byte now and then, without end."""
    BOMB = auto()
    """200 MB of nothing in a gzip content encoding of 200 kB."""
    ENDLESS = auto()
    """A body of any size, without a length said."""
    UNKNOWN_CODING = auto()
    DAMAGED = auto()
    """Not gzip, though it says so."""
    EMPTY = auto()
    """A feed without entries."""
    NOT_XML = auto()
    CIRCLE = auto()
    """A redirect to itself."""
    ELSEWHERE = auto()
    """A redirect to a server that nobody asked."""
    MISSING = auto()


def nothing() -> Response:
    """Say that it is not there."""
    return Response("<html><body>Nothing here</body></html>", 404, media_type="text/html")


class _Cut(Response):
    """Says that it is long, and stops."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"100000"), (b"content-type", b"")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"half of", "more_body": True})


@cache
def bomb() -> bytes:
    """Much out of little; made once."""
    return gzip.compress(bytes(200 << 20), 1)


async def _dripping() -> AsyncIterator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(DRIP_SECONDS)


def _endless() -> Iterator[bytes]:
    while True:
        yield bytes(1 << 20)


def wrong(fault: Fault, path: str) -> Response:
    """Answer a request for *path* as *fault* has it."""
    soon = datetime.now(UTC) + timedelta(seconds=2)  # a date has no parts of seconds: between one and two from now
    made: dict[Fault, Callable[[], Response]] = {
        Fault.BUSY: lambda: Response("Rate exceeded.", 429),
        Fault.BUSY_FOR_A_SECOND: lambda: Response("Rate exceeded.", 429, {"retry-after": "1"}),
        Fault.BUSY_UNTIL: lambda: Response("Rate exceeded.", 429, {"retry-after": format_datetime(soon, usegmt=True)}),
        Fault.BUSY_FOR_AN_HOUR: lambda: Response("Rate exceeded.", 503, {"retry-after": "3600"}),
        Fault.UNAVAILABLE: lambda: Response("<html>down</html>", 503, media_type="text/html"),
        Fault.FORBIDDEN: lambda: Response("<html>no robots</html>", 403, media_type="text/html"),
        Fault.CUT: lambda: _Cut(),
        Fault.WRONG_TYPE: lambda: Response("<html>Are you a robot?</html>", media_type="application/x-surprise"),
        Fault.DRIP: lambda: StreamingResponse(_dripping(), headers={"content-type": ""}),
        Fault.BOMB: lambda: Response(bomb(), headers={"content-encoding": "gzip", "content-type": ""}),
        Fault.ENDLESS: lambda: StreamingResponse(_endless(), headers={"content-type": ""}),
        Fault.UNKNOWN_CODING: lambda: Response(b"?", headers={"content-encoding": "br", "content-type": ""}),
        Fault.DAMAGED: lambda: Response(b"not gzip", headers={"content-encoding": "gzip", "content-type": ""}),
        Fault.EMPTY: lambda: Response(feed([]), media_type="application/atom+xml"),
        Fault.NOT_XML: lambda: Response(b"<feed><entry>", media_type="application/atom+xml"),
        Fault.CIRCLE: lambda: RedirectResponse(path),
        Fault.ELSEWHERE: lambda: RedirectResponse(ELSEWHERE),
        Fault.MISSING: nothing,
    }
    return made[fault]()
