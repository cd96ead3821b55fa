"""Owns the question whether we are well, for whoever starts us anew when we are not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import CollagebotError

Look = Callable[[], Awaitable[Mapping[str, object]]]
"""What there is to say; a CollagebotError when we are not well."""

PATIENCE_S = 5.0
REMEMBERED_S = 1.0
"""However often somebody asks, we look no more often than that."""


@dataclass(frozen=True, slots=True)
class _Finding:
    status: int
    said: Mapping[str, object]


def health(look: Look) -> Callable[[Request], Awaitable[Response]]:
    """Build what answers: 200 when all is well, else 503; why not is for the log, not for everybody."""
    glance = _Glance(look)

    async def answer(_: Request) -> Response:
        found = await glance.find()
        return JSONResponse(found.said, found.status)

    return answer


class _Glance:
    """One look for all who ask at the same time, or soon after."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._looking: asyncio.Task[_Finding] | None = None
        self._stale_at = float("-inf")

    async def find(self) -> _Finding:
        if self._looking is None or (self._looking.done() and monotonic() >= self._stale_at):
            self._looking = asyncio.create_task(self._find())
        return await asyncio.shield(self._looking)

    async def _find(self) -> _Finding:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return _Finding(200, {"status": "ok", **await self._look()})
        except (CollagebotError, TimeoutError):
            return _Finding(503, {"status": "the database does not answer"})
        finally:
            self._stale_at = monotonic() + REMEMBERED_S
