"""Owns the question whether we are well, for whoever starts us anew when we are not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import CollagebotError

Look = Callable[[], Awaitable[Mapping[str, object]]]
"""What there is to say; a CollagebotError when we are not well."""

PATIENCE_S = 5.0


def health(look: Look) -> Callable[[Request], Awaitable[Response]]:
    """Build what answers: 200 when all is well, else 503; why not is for the log, not for everybody."""

    async def answer(_: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE_S):
                found = await look()
        except (CollagebotError, TimeoutError):
            return JSONResponse({"status": "the database does not answer"}, 503)
        return JSONResponse({"status": "ok", **found})

    return answer
