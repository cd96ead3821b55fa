"""Owns how a request reaches the Bot API server and how its answer comes back: aiohttp behind python-telegram-bot.

The library's own transport, httpx, sweeps every connection at each request and collapses with many in flight.
"""

import asyncio
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Any, TypeAlias, cast

import aiohttp
import certifi
import orjson
from aiohttp.abc import AbstractStreamWriter
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.chat.proxies import Proxy
from bot.chat.redaction import redacted

_KEPT_ALIVE_S = 15.0
"""Far below what servers keep (nginx 75 s, the Bot API server 500 s), so that hardly one hangs up while we write."""
_PIECE_BYTES = 64 * 1024  # what asyncio lets wait in a connection before it asks us to wait
_UNREADABLE = "Invalid server response"  # as the library says
_UNNAMEABLE = re.compile(r'[\x00-\x1f\x7f"\\]')  # in the name of a file: what would end it, or its line
_UNSET: ODVInput[float] = BaseRequest.DEFAULT_NONE
Seconds: TypeAlias = float | None


class Unsent(NetworkError):
    """Nothing that the server could act on has left: trying again is safe."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each step of a request may take, in seconds; None waits for ever.

    Attributes:
        pool: For a free connection.
        connect: For the handshakes of a new one.
        write: For the request to leave.
        upload: For the request to leave when it carries files.
        read: For the next bytes of the answer.
    """

    pool: Seconds = 1.0
    connect: Seconds = 5.0
    write: Seconds = 5.0
    upload: Seconds = 20.0
    read: Seconds = 5.0


class Transport(BaseRequest):
    """Speaks HTTP/1.1 over connections that are kept; parameters leave as JSON, as a form only where there are files.

    Args:
        connections: How many requests may be under way at a time.
        patience: How long they may take where a call does not say so itself.
        proxy: What stands between us and the server.
    """

    def __init__(self, connections: int, patience: Patience, *, proxy: Proxy | None = None) -> None:
        self._connections = connections
        self._patience = patience
        self._proxy = proxy
        self._free = asyncio.Semaphore(connections)
        self._tunnel_headers = proxy.headers if proxy and proxy.tunnels else None
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> Seconds:
        """How long an answer is waited for by default, in seconds; the library adds it to the length of a poll."""
        return self._patience.read

    async def initialize(self) -> None:
        """Get ready to connect; nothing is opened before it is needed."""
        if self._session is not None and not self._session.closed:
            return
        proxy = self._proxy
        self._free = asyncio.Semaphore(self._connections)
        connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEPT_ALIVE_S, ssl=_trust())
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT, **(proxy.headers if proxy and not proxy.tunnels else {})},
            proxy=proxy.url if proxy else None,
        )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _UNSET,
        write_timeout: ODVInput[float] = _UNSET,
        connect_timeout: ODVInput[float] = _UNSET,
        pool_timeout: ODVInput[float] = _UNSET,
    ) -> tuple[int, bytes]:
        """Make one request, once: nothing is sent again and no redirection is followed.

        Raises:
            Unsent: Nothing that the server could act on has left.
            TimedOut: The answer did not come in time; the server may have acted.
            NetworkError: The connection broke; the server may have acted.
            BadRequest: A parameter is no Unicode, which the server would refuse.
        """
        usual = self._patience
        limits = _limits(_chosen(connect_timeout, usual.connect), _chosen(read_timeout, usual.read))
        uploads = request_data is not None and request_data.contains_files
        writing = _chosen(write_timeout, usual.upload if uploads else usual.write)
        body = await _body(request_data, writing) if request_data else None
        free = await self._place(_chosen(pool_timeout, usual.pool))
        try:
            return await self._ask(self._opened(), method, url, body=body, limits=limits)
        finally:
            free.release()

    async def say(self, url: str, said: Mapping[str, object]) -> Any:
        """Post *said* as JSON, once, and give the server's result as it is on the wire.

        This is the short way for what goes to many: building the library's own values of a question and its answer
        takes longer than sending the one and reading the other.

        Raises:
            TelegramError: As `do_request` and the library have it.
        """
        code, payload = await self.do_request(url, "POST", cast(RequestData, _Said(said)))
        if code != HTTPStatus.OK:
            return await _Answered(code, payload).post(url)  # raises what the library makes of it
        answer = self.parse_json_payload(payload)
        if "result" not in answer:
            raise TelegramError(_UNREADABLE)
        return answer["result"]

    async def _place(self, patience_s: Seconds) -> asyncio.Semaphore:
        """Take one of the connections; aiohttp counts waiting for one as connecting, which may take longer."""
        self._opened()
        free = self._free
        if not free.locked():
            await free.acquire()
            return free
        try:
            async with asyncio.timeout(patience_s):
                await free.acquire()
        except TimeoutError:
            raise Unsent(f"all {self._connections} connections were busy; send it again later") from None
        return free

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            raise Unsent("the connections are closed; start the bot to send again")
        return self._session

    async def _ask(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        *,
        body: "_Body | None",
        limits: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        asking = session.request(
            method, url, data=body, timeout=limits, allow_redirects=False, proxy_headers=self._tunnel_headers
        )
        try:
            async with asking as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, OSError) as error:
            # What the client says may hold the address, and that holds the token; so it is no cause of what we raise.
            raise _translated(error, url, is_out=body is not None and body.is_out) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """Read what the server says.

        Raises:
            TelegramError: It is not JSON.
        """
        return _read(payload)


@dataclass(frozen=True, slots=True)
class _Said:
    """The parameters of a request without files, in the form of the library's `RequestData`."""

    parameters: Mapping[str, object]
    contains_files: bool = False


def _read(payload: bytes) -> dict[str, object]:
    """Read an answer; the library would write what it cannot read into the log, with whatever it says of chats."""
    try:
        said = orjson.loads(payload)
    except orjson.JSONDecodeError:
        try:
            said = json.loads(payload.decode(errors="replace"))  # odd bytes inside of a text are forgiven
        except ValueError:
            raise TelegramError(_UNREADABLE) from None
    if not isinstance(said, dict):
        raise TelegramError(_UNREADABLE)
    return said


class _Answered(BaseRequest):
    """An answer that has come already, for the library to say what it means."""

    parse_json_payload = staticmethod(_read)

    def __init__(self, code: int, payload: bytes) -> None:
        self._answer = code, payload

    @property
    def read_timeout(self) -> Seconds:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_args: Any, **_kwargs: Any) -> tuple[int, bytes]:
        return self._answer


class _Body(aiohttp.Payload):
    """The whole of a request's body, which knows whether all of it may have left.

    The server acts on no request before it has all of it; whatever goes wrong before that, happens to nobody.

    Attributes:
        is_out: Its last byte may have left.
    """

    _value: bytes

    def __init__(self, content: bytes, *, content_type: str, patience_s: Seconds) -> None:
        super().__init__(content, content_type=content_type)
        self._size = len(content)
        self._patience_s = patience_s
        self.is_out = False

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Show it as a text."""
        return self._value.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Write it, headers included, or give up when the other side takes it too slowly."""
        connection = getattr(writer, "transport", None)
        if len(self._value) <= _PIECE_BYTES and connection is not None and not connection.get_write_buffer_size():
            self.is_out = not connection.is_closing()  # it fits into what may wait: nobody keeps us waiting
            await writer.write(self._value)
            return
        try:
            async with asyncio.timeout(self._patience_s):
                await self._write_pieces(writer, connection)
        except BaseException:
            if connection is not None:
                # Closed, the connection would first deliver what waits in it; aborted, it drops that.
                self.is_out = self.is_out and not connection.get_write_buffer_size()
                connection.abort()
            raise

    async def _write_pieces(self, writer: AbstractStreamWriter, connection: asyncio.WriteTransport | None) -> None:
        # In one piece, TLS would take all of it at once and never let us wait for the other side.
        content = memoryview(self._value)
        for start in range(0, len(content), _PIECE_BYTES):
            is_last = start + _PIECE_BYTES >= len(content)
            self.is_out = is_last and connection is not None and not connection.is_closing()
            await writer.write(content[start : start + _PIECE_BYTES])
        await writer.drain()

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write it; the length is always that of all of it."""
        await self.write(writer)


async def _body(asked: RequestData, patience_s: Seconds) -> _Body:
    if not asked.contains_files:
        return _Body(_encoded(asked.parameters), content_type="application/json", patience_s=patience_s)
    files = asked.multipart_data or {}
    _check_unicode(*asked.json_parameters.values(), *(name for name, _, _ in files.values()))
    form = aiohttp.FormData(asked.json_parameters, quote_fields=False)  # the server shows names as they come
    for part, (name, content, content_type) in files.items():
        form.add_field(part, content, filename=_UNNAMEABLE.sub("", name) or "file", content_type=content_type)
    written = form()
    return _Body(await written.as_bytes(), content_type=written.content_type, patience_s=patience_s)


def _check_unicode(*texts: str) -> None:
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None  # whatever it says of the text is not for logs


@lru_cache(maxsize=16)
def _limits(connecting: Seconds, reading: Seconds) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=connecting, sock_connect=connecting, sock_read=reading)


def _encoded(said: Mapping[str, object]) -> bytes:
    try:
        return orjson.dumps(said)
    except orjson.JSONEncodeError as error:
        raise BadRequest(f"strings must be encoded in UTF-8 ({error})") from None


def _translated(error: aiohttp.ClientError | OSError, url: str, *, is_out: bool) -> TelegramError:
    kind = type(error).__name__
    said = redacted(str(error).replace(url, "the server")) or "no more is known"
    if not is_out:
        return Unsent(f"{kind}: {said}")
    if isinstance(error, TimeoutError):
        return TimedOut(f"Timed out: {said}")
    return NetworkError(f"{kind}: {said}")


def _chosen(asked: ODVInput[float], usual: Seconds) -> Seconds:
    return usual if isinstance(asked, DefaultValue) else asked


@cache
def _trust() -> ssl.SSLContext:
    """Whom we believe: the system's authorities, and Mozilla's, for slim images have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
