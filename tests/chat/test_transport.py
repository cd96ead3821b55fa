"""What leaves for the Bot API server, how often, and what is known when it goes wrong; against servers on sockets."""

import asyncio
import json
import logging
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.chat.failures import classify
from bot.chat.proxies import Proxy, proxy_for
from bot.chat.transport import Patience, Transport, Unsent
from bot.errors import ContentRejected, InDoubt, NotSent, SettingError

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz01234"
HASTY = Patience(pool=0.2, connect=0.3, write=0.3, upload=0.3, read=0.3)
SENT = b'{"ok": true, "result": {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}}}'
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(SENT) + SENT
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server on a socket that counts the whole requests it has read, and does with each what a test wants."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.heads: list[str] = []
        self.connections = 0
        self.has_read = asyncio.Event()
        self.script: list[Callable[[asyncio.StreamWriter], None]] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read requests and answer each as the script says; when it is over, as if all were well."""
        self.connections += 1
        try:
            while not writer.is_closing():
                await self._hear(reader)
                step = self.script.pop(0) if self.script else answer(OK)
                step(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(row.split(":")[1]) for row in head.splitlines() if row.lower().startswith("content-length"))
        self.bodies.append(await reader.readexactly(length))
        self.heads.append(head)
        self.has_read.set()


def answer(what: bytes) -> Callable[[asyncio.StreamWriter], None]:
    return lambda writer: writer.write(what)


def hang_up(*first: bytes) -> Callable[[asyncio.StreamWriter], None]:
    def step(writer: asyncio.StreamWriter) -> None:
        writer.writelines(first)
        writer.close()

    return step


def reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def say_nothing(writer: asyncio.StreamWriter) -> None:
    """Leave the client waiting."""


@asynccontextmanager
async def listening(talk: Conversation, *, encryption: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=encryption)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def speaking(root: str, *, patience: Patience = HASTY, connections: int = 4) -> AsyncIterator[Bot]:
    request = Transport(connections, patience)
    async with request:
        yield Bot(TOKEN, base_url=f"{root}/bot", request=request)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that nobody else trusts, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine; install it to run the tests over TLS")
    folder = tmp_path_factory.mktemp("tls")
    chain, key = folder / "chain.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", chain],
        check=True, capture_output=True,
    )  # fmt: skip
    return chain, key


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, Bot]]:
    """A server and a bot that speaks to it."""
    one = Server()
    async with listening(one.talk) as port, speaking(f"http://127.0.0.1:{port}") as bot:
        yield one, bot


async def _provoke(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(1, "hello")
    return caught.value


async def test_parameters_leave_as_json(server: tuple[Server, Bot]) -> None:
    one, bot = server
    await bot.send_message(-1001, "Grüße, 你好", disable_notification=True)
    assert json.loads(one.bodies[0]) == {"chat_id": -1001, "text": "Grüße, 你好", "disable_notification": True}
    assert "Content-Type: application/json" in one.heads[0]


async def test_files_leave_as_a_form_with_their_bytes() -> None:
    seen: dict[str, object] = {}

    async def take(request: web.Request) -> web.Response:
        for name, field in (await request.post()).items():
            seen[name] = field.file.read() if isinstance(field, web.FileField) else field
        return web.Response(body=SENT.replace(b'"result": {', b'"result": [{').replace(b"}}}", b"}}]}"))

    picture = bytes(range(256)) * 40_000  # ten times what a socket takes at once
    async with _app(take) as root, speaking(root, patience=Patience()) as bot:
        await bot.send_media_group(1, [InputMediaPhoto(BytesIO(picture), caption="ü"), InputMediaPhoto("a-file-id")])
    media = json.loads(str(seen.pop("media")))
    assert [item["media"].partition(":")[0] for item in media] == ["attach", "a-file-id"]
    assert seen.pop("chat_id") == "1"
    assert picture in seen.values()


async def test_a_connection_is_kept_for_the_next_request(server: tuple[Server, Bot]) -> None:
    one, bot = server
    for _ in range(3):
        await bot.send_message(1, "hello")
    assert (one.connections, len(one.bodies)) == (1, 3)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (hang_up(), NetworkError),
        (reset, NetworkError),
        (hang_up(OK[:60]), NetworkError),
        (hang_up(OK[:-20]), NetworkError),
        (hang_up(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ok"'), NetworkError),
        (answer(b"this is not HTTP\r\n\r\n"), NetworkError),
        (answer(OK[:-20]), TimedOut),
        (say_nothing, TimedOut),
        (hang_up(OK.replace(b'{"ok"', b'<"ok"')), TelegramError),
    ],
)
@pytest.mark.parametrize("kept", [False, True], ids=["a new connection", "a kept connection"])
async def test_what_was_read_and_not_answered_is_in_doubt_and_arrives_once(
    server: tuple[Server, Bot], step: Callable[[asyncio.StreamWriter], None], kind: type[TelegramError], kept: bool
) -> None:
    one, bot = server
    if kept:
        await bot.send_message(1, "before")
    before = len(one.bodies)
    one.script = [step]
    error = await _provoke(bot)
    await asyncio.sleep(0.05)
    assert type(error) is kind
    assert isinstance(classify(error), InDoubt)
    assert len(one.bodies) - before == 1


async def test_a_kept_connection_that_the_server_closed_is_not_used_again(server: tuple[Server, Bot]) -> None:
    one, bot = server
    one.script = [hang_up(OK)]
    await bot.send_message(1, "first")
    await asyncio.sleep(0.05)
    await bot.send_message(1, "second")
    assert (one.connections, len(one.bodies)) == (2, 2)


async def test_a_redirection_is_not_followed(server: tuple[Server, Bot]) -> None:
    one, bot = server
    one.script = [answer(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")]
    assert isinstance(classify(await _provoke(bot)), InDoubt)
    assert len(one.bodies) == 1


class Slow:
    """A server that stops reading after the first bytes, and reads on when it may; it counts the bytes of the body."""

    def __init__(self) -> None:
        self.has_first, self.may_read, self.is_over = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.body = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.has_first.set()
        await self.may_read.wait()
        try:
            while piece := await reader.read(2**20):
                self.body += len(piece)
        except OSError:
            pass
        writer.close()
        self.is_over.set()

    async def read_to_the_end(self) -> int:
        """What has arrived when nothing more will."""
        self.may_read.set()
        await asyncio.wait_for(self.is_over.wait(), 10)
        return self.body


UPLOAD = 20_000_000  # far more than all the buffers between us and the server


@pytest.fixture(params=["plain", "encrypted"])
async def slow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Slow, str]]:
    """A slow server and its address."""
    one, encryption = Slow(), None
    if request.param == "encrypted":
        chain, key = request.getfixturevalue("certificate")
        ours = ssl.create_default_context(cafile=chain)
        monkeypatch.setattr("bot.chat.transport._trust", lambda: ours)
        encryption = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        encryption.load_cert_chain(chain, key)
    async with listening(one.talk, encryption=encryption) as port:
        yield one, f"http{'s' if encryption else ''}://localhost:{port}"


async def test_an_upload_that_takes_too_long_is_given_up_and_does_not_arrive_later(slow: tuple[Slow, str]) -> None:
    one, root = slow
    async with speaking(root) as bot:
        with pytest.raises(Unsent) as caught:
            await bot.send_photo(1, InputFile(bytes(UPLOAD)))
        assert await one.read_to_the_end() < UPLOAD
    assert isinstance(classify(caught.value), NotSent)  # no server acts on half a request


async def test_an_upload_that_is_cancelled_does_not_arrive_later(slow: tuple[Slow, str]) -> None:
    one, root = slow
    async with speaking(root, patience=Patience()) as bot:
        sending = asyncio.create_task(bot.send_photo(1, InputFile(bytes(UPLOAD))))
        await one.has_first.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert await one.read_to_the_end() < UPLOAD


async def test_a_connection_that_breaks_during_an_upload_sent_nothing() -> None:
    async def hang_up_early(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()

    async with listening(hang_up_early) as port, speaking(f"http://127.0.0.1:{port}", patience=Patience()) as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.send_photo(1, InputFile(bytes(UPLOAD)))
    assert isinstance(classify(caught.value), NotSent)


async def test_a_refusal_before_the_upload_is_over_is_heard() -> None:
    said = b'{"ok": false, "error_code": 413, "description": "Request Entity Too Large"}'

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(said) + said)
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()

    async with listening(refuse) as port, speaking(f"http://127.0.0.1:{port}", patience=Patience()) as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.send_photo(1, InputFile(bytes(UPLOAD)))
    assert isinstance(classify(caught.value), ContentRejected)


async def test_a_file_keeps_its_name_as_far_as_a_name_can_be_said() -> None:
    names: list[object] = []

    async def take(request: web.Request) -> web.Response:
        field = (await request.post())["document"]
        names.append(field.filename if isinstance(field, web.FileField) else field)
        return web.Response(body=SENT)

    async with _app(take) as root, speaking(root, patience=Patience()) as bot:
        for name in ("变压器 list.bib", 'a "quoted"\r\nX-Evil: 1\\.bib', '"'):
            await bot.send_document(1, InputFile(b"x", filename=name))
    assert names == ["变压器 list.bib", "a quotedX-Evil: 1.bib", "file"]


async def test_a_refused_connection_and_an_unknown_host_sent_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        for root in (f"http://127.0.0.1:{free.getsockname()[1]}", "http://no-such-host.invalid", "http://"):
            async with speaking(root) as bot:
                assert isinstance(classify(await _provoke(bot)), NotSent)


async def test_a_server_that_does_not_accept_in_time_got_nothing() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        async with speaking(f"http://127.0.0.1:{address[1]}") as bot:
            assert isinstance(classify(await _provoke(bot)), NotSent)
        for one in waiting:
            one.close()


async def test_a_failed_handshake_sent_nothing() -> None:
    one = Server()
    async with listening(one.talk) as port, speaking(f"https://127.0.0.1:{port}") as bot:
        error = await _provoke(bot)  # it speaks no TLS
    assert isinstance(error, Unsent)
    assert isinstance(classify(error), NotSent)
    assert one.bodies == []


async def test_nothing_is_sent_after_the_end() -> None:
    one = Server()
    async with listening(one.talk) as port:
        async with speaking(f"http://127.0.0.1:{port}") as bot:
            pass
        assert isinstance(classify(await _provoke(bot)), NotSent)
    assert one.connections == 0


async def test_it_can_be_opened_again(server: tuple[Server, Bot]) -> None:
    one, bot = server
    await bot._request[1].shutdown()
    await bot._request[1].initialize()
    await bot.send_message(1, "hello")
    assert len(one.bodies) == 1


async def test_who_waits_for_a_connection_gets_it_when_it_is_free(server: tuple[Server, Bot]) -> None:
    one, bot = server
    await asyncio.gather(*(bot.send_message(1, str(number)) for number in range(40)))
    assert len(one.bodies) == 40
    assert one.connections <= 4


async def test_who_waits_for_a_connection_while_all_are_closed_sent_nothing() -> None:
    one = Server()
    one.script = [say_nothing]
    async with (
        listening(one.talk) as port,
        speaking(f"http://127.0.0.1:{port}", patience=Patience(), connections=1) as bot,
    ):
        first, second = [asyncio.create_task(bot.send_message(1, text)) for text in ("first", "second")]
        await asyncio.wait_for(one.has_read.wait(), 5)
        await bot._request[1].shutdown()
        for asking, kind in ((first, InDoubt), (second, NotSent)):
            with pytest.raises(TelegramError) as caught:
                await asking
            assert type(classify(caught.value)) is kind
    assert len(one.bodies) == 1


async def test_a_cancelled_request_frees_its_place(server: tuple[Server, Bot]) -> None:
    one, bot = server
    one.script = [say_nothing] * 4
    asking = [asyncio.create_task(bot.send_message(1, "hello")) for _ in range(4)]
    await asyncio.sleep(0.1)
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    await bot.send_message(1, "next")
    assert len(one.bodies) == 5


async def test_a_lone_surrogate_is_refused_before_it_leaves(server: tuple[Server, Bot]) -> None:
    one, bot = server
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(1, "\ud800")
    assert isinstance(classify(caught.value), ContentRejected)
    assert one.bodies == []


@pytest.mark.parametrize(("name", "caption"), [("a.txt", "secret \ud800"), ("secret \ud800.txt", "a")])
async def test_nor_does_one_with_a_file_leave(server: tuple[Server, Bot], name: str, caption: str) -> None:
    one, bot = server
    with pytest.raises(BadRequest) as caught:
        await bot.send_document(1, InputFile(b"x", filename=name), caption=caption)
    assert isinstance(classify(caught.value), ContentRejected)
    assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert one.bodies == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**52), 2**52) | st.text(),
        lambda it: st.lists(it) | st.dictionaries(st.text(), it),
    )
)
def test_answers_are_read_as_the_library_reads_them(value: object) -> None:
    said = json.dumps({"ok": True, "result": value}).encode()
    assert Transport.parse_json_payload(said) == {"ok": True, "result": value}


def test_odd_bytes_inside_a_text_are_forgiven() -> None:
    assert Transport.parse_json_payload(b'{"ok": true, "result": "a\xffb"}')["result"] == "a\ufffdb"


@pytest.mark.parametrize(
    "step", [hang_up(), say_nothing, answer(b"nonsense\r\n\r\n"), answer(b"HTTP/1.1 502 Bad\r\n\r\n<html>")]
)
async def test_no_token_in_errors_and_logs(
    server: tuple[Server, Bot], step: Callable[[asyncio.StreamWriter], None], caplog: pytest.LogCaptureFixture
) -> None:
    one, bot = server
    caplog.set_level(logging.DEBUG)
    logging.getLogger("telegram").setLevel(logging.INFO)  # which shows requests only to who asks for it
    one.script = [step]
    try:
        await bot.send_message(1, "hello")
    except TelegramError:
        logging.getLogger("anything").exception("it failed")
    for secret in (TOKEN, TOKEN.partition(":")[2]):
        assert secret not in caplog.text
    assert caplog.records


async def test_an_address_that_cannot_be_reached_hides_the_token() -> None:
    async with speaking("http://no-such-host.invalid") as bot:
        error = await _provoke(bot)
    assert TOKEN.partition(":")[2] not in f"{error!r} {error.__cause__!r}"


async def test_a_proxy_reads_what_is_not_encrypted_and_hears_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Server()
    async with listening(one.talk) as port:
        monkeypatch.setenv("http_proxy", f"http://ada:secret@127.0.0.1:{port}")
        request = Transport(1, HASTY, proxy=proxy_for("http://telegram.test"))
        async with request:
            await Bot(TOKEN, base_url="http://telegram.test/bot", request=request).send_message(1, "hello")
    assert one.heads[0].startswith(f"POST http://telegram.test/bot{TOKEN}/sendMessage")
    assert "Proxy-Authorization: Basic YWRhOnNlY3JldA==" in one.heads[0]


@pytest.mark.parametrize("said", [b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", b""])
async def test_a_proxy_that_opens_no_tunnel_lets_nothing_leave(said: bytes) -> None:
    heads: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(said)
        writer.close()

    async with listening(refuse) as port:
        request = Transport(1, HASTY, proxy=Proxy.read(f"http://ada:secret@127.0.0.1:{port}", tunnels=True))
        async with request:
            error = await _provoke(Bot(TOKEN, base_url="https://telegram.test/bot", request=request))
    assert isinstance(classify(error), NotSent)
    assert heads[0].startswith("CONNECT telegram.test:443")
    assert "Proxy-Authorization: Basic YWRhOnNlY3JldA==" in heads[0]
    assert TOKEN not in heads[0]


def test_a_server_in_this_machine_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "http://proxy.test:3128")
    monkeypatch.setenv("no_proxy", "inside.test")
    assert proxy_for("http://127.0.0.1:8081") is None
    assert proxy_for("http://[::1]:8081") is None
    assert proxy_for("http://localhost") is None
    assert proxy_for("https://api.inside.test") is None
    found = proxy_for(None)
    assert found is not None
    assert str(found.url) == "http://proxy.test:3128"


def test_no_password_of_a_proxy_is_shown() -> None:
    for address in ("http://ada:secret@proxy.test", "http://:secret@proxy.test"):
        proxy = Proxy.read(address, tunnels=True)
        assert "secret" not in f"{proxy!r} {proxy.url}"
        assert proxy.headers["Proxy-Authorization"].startswith("Basic ")
    assert Proxy.read("http://proxy.test", tunnels=True).headers == {}


@pytest.mark.parametrize(
    "address", ["socks5://proxy.test:1080", "http://", "http://[", "ftp://proxy.test", "http://a%3Ab:secret@proxy.test"]
)
def test_a_proxy_we_cannot_speak_to_is_a_setting_to_correct(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", address)
    with pytest.raises(SettingError, match="HTTPS_PROXY"):
        proxy_for(None)


@asynccontextmanager
async def _app(take: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    app = web.Application(client_max_size=2**26)
    app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("payload", [b"<html>the hotel's network</html>", b'{"ok": true, "res', b"[1]", b""])
def test_an_answer_that_cannot_be_read_is_not_written_into_the_log(
    payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError, match="Invalid server response"):
        Transport.parse_json_payload(payload)
    assert caplog.text == ""
