"""Owns asking a server for one thing: paced, bounded, patient, and never led astray."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from bot.errors import SourceBusy, SourceRefused
from bot.sources.fetching.body import CutOff, read_body
from bot.sources.fetching.pace import Pace
from bot.sources.fetching.retry_after import retry_after
from bot.sources.fetching.wanted import Patience, Wanted

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
"""The longest that a server may send nothing at all."""
MAX_REDIRECTS = 4

_GONE = frozenset({404, 410})
_SAYS_SOMETHING = frozenset({200, 400})  # arXiv's API explains itself with a 400
_PASSING = frozenset({408, 425, 429})


class _Passing(SourceBusy):
    """It may work in a moment.

    Attributes:
        wait: What the server asked for; None where it did not say.
    """

    def __init__(self, message: str, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Web:
    """Fetches from a closed list of hosts.

    Args:
        agent: The User-Agent, with an address where we can be reached.
        hosts: Those that may be asked, and that an answer may send us on to; with their port where it is not usual.
    """

    def __init__(self, agent: str, hosts: frozenset[str], *, patience: Patience | None = None) -> None:
        self._hosts = hosts
        self._patience = patience or Patience()
        self._quiet_until: dict[str, float] = {}
        self._client = httpx.AsyncClient(
            headers={"User-Agent": agent},
            timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS, pool=None),
            limits=httpx.Limits(
                max_keepalive_connections=0
            ),  # an idle connection is one that another process may not open
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._client.aclose()

    async def get(self, url: str, wanted: Wanted, *, pace: Pace, patience: Patience | None = None) -> bytes | None:
        """Fetch *wanted* from *url*; None where the server has nothing there.

        Raises:
            SourceBusy: The server is slow, overloaded or out of reach, now and after some tries.
            SourceRefused: What came is too large, of the wrong kind, or leads somewhere else.
        """
        patience = patience or self._patience
        tries = AsyncRetrying(
            retry=retry_if_exception(lambda error: _is_worth_waiting(error, patience)),
            wait=lambda state: _pause(state, patience),
            stop=stop_after_attempt(patience.attempts),
            reraise=True,
        )
        return await tries(self._follow, url, wanted, pace)

    async def _follow(self, url: str, wanted: Wanted, pace: Pace) -> bytes | None:
        for _ in range(1 + MAX_REDIRECTS):
            self._check(url, wanted)
            self._check_quiet(url, wanted)
            async with pace.turn():
                answer = await self._ask(url, wanted)
            if not isinstance(answer, httpx.URL):
                return answer
            if url.startswith("https:") and answer.scheme != "https":
                raise SourceRefused(
                    f"{_host(url)} leads from https to http for {wanted.what}; open its page in a browser."
                )
            url = str(answer)
        raise SourceRefused(f"{_host(url)} leads in a circle for {wanted.what}; open its page in a browser.")

    def _check(self, url: str, wanted: Wanted) -> None:
        if urlsplit(url).scheme not in {"http", "https"} or _host(url) not in self._hosts:
            raise SourceRefused(
                f"The way to {wanted.what} leads to another server, {_host(url)[:60]!r}; it was not taken."
            )

    def _check_quiet(self, url: str, wanted: Wanted) -> None:
        left = self._quiet_until.get(_host(url), 0) - asyncio.get_running_loop().time()
        if left > 0:
            raise _Passing(_busy(url, wanted, timedelta(seconds=left)), timedelta(seconds=left))

    async def _ask(self, url: str, wanted: Wanted) -> bytes | httpx.URL | None:
        try:
            async with asyncio.timeout(wanted.seconds):
                return await self._answer(url, wanted)
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout) as error:
            raise SourceBusy(
                f"{_host(url)} is slow: {wanted.what} did not come within {wanted.seconds:.0f} s; try again later."
            ) from error
        except (httpx.TransportError, CutOff) as error:
            raise _Passing(_busy(url, wanted)) from error
        except (httpx.InvalidURL, httpx.HTTPError) as error:
            raise SourceRefused(
                f"{_host(url)} answers for {wanted.what} in a way nobody can follow; try later."
            ) from error

    async def _answer(self, url: str, wanted: Wanted) -> bytes | httpx.URL | None:
        method = "GET" if wanted.body is None else "POST"
        headers = {"Accept-Encoding": "identity" if wanted.is_packed else "gzip"}
        async with self._client.stream(method, url, json=wanted.body, headers=headers) as response:
            if response.next_request is not None:
                return response.next_request.url
            if response.status_code in _GONE:
                return None
            self._judge(url, response, wanted)
            return await read_body(response, wanted)

    def _judge(self, url: str, response: httpx.Response, wanted: Wanted) -> None:
        status = response.status_code
        if status in _PASSING or status >= 500:
            wait = retry_after(response.headers.get("retry-after"), now=datetime.now(UTC))
            if wait:
                self._quiet_until[_host(url)] = asyncio.get_running_loop().time() + wait.total_seconds()
            raise _Passing(_busy(url, wanted, wait), wait)
        if status not in _SAYS_SOMETHING:
            raise SourceRefused(f"{_host(url)} does not hand out {wanted.what} ({status}); open its page in a browser.")
        kind = response.headers.get("content-type", "")
        if not wanted.takes(kind):
            shown = kind.partition(";")[0].strip()[:40]
            raise SourceRefused(f"{_host(url)} sent {shown} instead of {wanted.what}; open its page in a browser.")


def _is_worth_waiting(error: BaseException, patience: Patience) -> bool:
    return isinstance(error, _Passing) and (error.wait or timedelta()) <= patience.longest


def _pause(state: RetryCallState, patience: Patience) -> float:
    grown: timedelta = patience.first * 2 ** (state.attempt_number - 1) * random.uniform(1, 1.5)
    error = state.outcome.exception() if state.outcome else None
    asked = (error.wait if isinstance(error, _Passing) else None) or timedelta()
    return max(min(grown, patience.longest), asked).total_seconds()


def _busy(url: str, wanted: Wanted, wait: timedelta | None = None) -> str:
    minutes = -(-(wait or timedelta()) // timedelta(minutes=1))
    when = f"in {minutes} minutes" if minutes > 1 else "in a minute" if minutes else "in a few minutes"
    return f"{_host(url)} is busy or out of reach and did not send {wanted.what}; try again {when}."


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
