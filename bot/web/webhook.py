"""Owns the door for updates: only Telegram comes in, and it hears "yes" only when an update is written down.

Everybody else learns as little as can be. Whatever is answered but 200 makes Telegram come again with the same update.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.errors import StoreError

log = logging.getLogger(__name__)

Receive = Callable[[bytes], Awaitable[None]]
"""Writes one update down. A ValueError when it is none, a StoreError when that is not possible now."""

SECRET_HEADER = b"x-telegram-bot-api-secret-token"
MOST_BYTES = 2**20
"""No update comes near it."""
READ_S = 10.0
STORE_S = 20.0
RETRY_AFTER_S = 5
_JSON = "application/json"


class _Refused(Exception):
    """A request is not what Telegram sends, or comes at the wrong time; it carries the status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def webhook(receive: Receive, secret: str) -> Callable[[Request], Awaitable[Response]]:
    """Build what answers the posts of Telegram."""

    async def answer(request: Request) -> Response:
        try:
            _check_head(request, secret)
            await _store(receive, await _read(request))
        except _Refused as refused:
            again = {"retry-after": str(RETRY_AFTER_S)} if refused.status == 503 else {}
            return Response(status_code=refused.status, headers=again)
        return Response(status_code=200)

    return answer


def _check_head(request: Request, secret: str) -> None:
    """Refuse what can be refused unread; a stranger first, so that strangers cannot tell one refusal from another."""
    if not _is_telegram(request, secret):
        raise _Refused(403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise _Refused(415)
    length = request.headers.get("content-length")
    if length is None or "transfer-encoding" in request.headers:  # where both are said, the length is not what comes
        raise _Refused(411)
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise _Refused(413 if length.isdecimal() else 400)


def _is_telegram(request: Request, secret: str) -> bool:
    said = [value for name, value in request.headers.raw if name == SECRET_HEADER]
    # Compared even where nothing was said: how long we take tells nothing.
    return hmac.compare_digest(said[0] if len(said) == 1 else b"", secret.encode())


async def _read(request: Request) -> bytes:
    try:
        async with asyncio.timeout(READ_S):
            return await request.body()
    except TimeoutError:
        raise _Refused(408) from None
    except ClientDisconnect:
        raise _Refused(400) from None


async def _store(receive: Receive, body: bytes) -> None:
    try:
        async with asyncio.timeout(STORE_S):
            await receive(body)
    except ValueError:
        raise _Refused(400) from None
    except (StoreError, TimeoutError):
        raise _Refused(503) from None
