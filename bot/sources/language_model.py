"""Owns the language model: a question to an OpenAI-compatible endpoint, and a JSON object back or a clear error."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx

from bot.errors import ModelUnusable
from bot.sources.completions import Dialect, JsonObject, Question, Unclear, address, object_in, reason, request, said_in
from bot.sources.fetching.retry_after import retry_after

_DEADLINE_S = 60.0
_MOST_BYTES = 2_000_000
_TRIES = 3
_FIRST_PAUSE_S = 1.0
_SHORTEST_SECRET = 12  # characters; what is shorter may be a placeholder that stands in any text: ``ollama``, ``none``
_COMPLAINTS = frozenset({400, 404, 415, 422, 500, 501})  # with these endpoints say that they do not know a field


class _Busy(Exception):
    """The endpoint may answer later.

    Attributes:
        pause_s: How long it asks us to wait; None when it does not say.
    """

    def __init__(self, message: str, pause_s: float | None = None) -> None:
        super().__init__(message)
        self.pause_s = pause_s


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    retry_after: str | None
    body: bytes


class LanguageModel:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(self, url: str, name: str, *, api_key: str = "", deadline_s: float = _DEADLINE_S) -> None:
        """Get ready to ask; nothing is sent yet.

        Args:
            url: Of the endpoint, with or without ``/v1``, or in full with ``/chat/completions``.
            name: The model's name there.
            api_key: Never part of a message, a log or a representation of this object.
            deadline_s: For a whole question, repetitions included.

        Raises:
            ModelUnusable: The address or the key cannot be used.
        """
        self._name = name
        self._key = api_key.strip()
        if not (self._key.isascii() and self._key.isprintable()):
            raise ModelUnusable("LLM_API_KEY holds characters that no header may carry: copy it again.")
        self._url, login = address(url)
        self._deadline_s = deadline_s
        self._dialect = Dialect()
        # Nothing is unpacked, so that a small answer cannot become a large one.
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {self._key}"} if self._key else {})
        self._client = httpx.AsyncClient(headers=headers, auth=login, timeout=deadline_s, follow_redirects=False)

    def __repr__(self) -> str:
        return f"LanguageModel({self._name!r} at {self._url.host})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def ask(self, question: Question) -> JsonObject:
        """Ask once, and again while that may help.

        Returns:
            The JSON object of the answer, with at least one of the schema's names in it. More of the schema it need not
            follow: not every endpoint keeps to it.

        Raises:
            ModelUnusable: No usable answer came within the deadline.
        """
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._patiently(question)
        except TimeoutError:
            late = f"The language model did not answer within {self._deadline_s:g} s: try again later."
            raise ModelUnusable(late) from None

    async def _patiently(self, question: Question) -> JsonObject:
        problem = ""
        for tried in range(_TRIES):
            try:
                return await self._once(question)
            except Unclear as unclear:
                problem = str(unclear)
            except _Busy as busy:
                problem = str(busy)
                pause_s = _FIRST_PAUSE_S * 2**tried if busy.pause_s is None else busy.pause_s
                if tried + 1 == _TRIES or pause_s >= self._deadline_s:
                    break
                await asyncio.sleep(pause_s)
        raise ModelUnusable(problem)

    async def _once(self, question: Question) -> JsonObject:
        """One answer, in the best dialect that the endpoint understands."""
        while True:
            dialect = self._dialect
            reply = await self._post(request(question, self._name, dialect))
            if reply.status == HTTPStatus.OK:
                return self._read(reply.body, question)
            complaint = reply.body.decode(errors="replace") if reply.status in _COMPLAINTS else ""
            simpler = dialect.without(complaint)
            if simpler is None:
                raise _refusal(reply)
            self._dialect = simpler

    def _read(self, body: bytes, question: Question) -> JsonObject:
        text = said_in(body)
        if len(self._key) >= _SHORTEST_SECRET and self._key in text:
            raise ModelUnusable(
                "The language model repeated its key, so its answer was thrown away: change LLM_API_KEY."
            )
        return object_in(text, question.wanted)

    async def _post(self, question: JsonObject) -> _Reply:
        try:
            async with self._client.stream("POST", self._url, json=question) as response:
                return _Reply(response.status_code, response.headers.get("retry-after"), await _body(response))
        except httpx.TimeoutException:
            raise TimeoutError from None
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            cut = f"The language model at {self._url.host} cannot be reached: check LLM_URL, or try again later."
            raise _Busy(cut) from None
        except httpx.HTTPError:
            raise ModelUnusable(f"{self._url.host} is no place for a language model: check LLM_URL.") from None


def _refusal(reply: _Reply) -> Exception:
    """The error for a reply that is no answer."""
    why = reason(reply.status, reply.body)
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        pause = retry_after(reply.retry_after, now=datetime.now(UTC))
        busy = f"The language model is overloaded or out of order ({why}): try again later."
        return _Busy(busy, pause.total_seconds() if pause is not None else None)
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return ModelUnusable(f"The language model does not let us in ({why}): check LLM_API_KEY.")
    if reply.status == HTTPStatus.NOT_FOUND:
        return ModelUnusable("There is no such language model at that address: check LLM_URL and LLM_MODEL.")
    if HTTPStatus.MULTIPLE_CHOICES <= reply.status < HTTPStatus.BAD_REQUEST:
        return ModelUnusable("The language model has moved: set LLM_URL to its new address.")
    return ModelUnusable(f"The language model refuses the question ({why}): check LLM_MODEL.")


async def _body(response: httpx.Response) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ModelUnusable("The language model packs its answers although asked not to: check LLM_URL.")
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > _MOST_BYTES:
            raise ModelUnusable("The language model's answer is far too long: try another model.")
    return bytes(body)
