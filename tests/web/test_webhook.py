"""The door for updates, over real HTTP: who comes in, what is refused, and that "yes" means "written down"."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest

from bot.chat.books import Books
from bot.chat.updates import as_incoming, read_update
from bot.errors import StoreBusy
from bot.sandbox import serve
from bot.store import incoming, sqlite
from bot.store.database import Database
from bot.store.incoming import Incoming
from bot.store.location import locate
from bot.web import Ports, health, site, webhook
from tests.waiting import until

HOOK, SECRET = "/below/telegram/1000", "0123456789abcdef"
TRUE = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
JSON = {"Content-Type": "application/json"}
UPDATE = b'{"update_id": 7, "message": {"chat": {"id": 71}}}'


class Keeper:
    """Writes updates down for the door, as the bot does, and notes what it would handle."""

    def __init__(self, database: Database) -> None:
        self.begun: list[int] = []
        self.before_storing: Callable[[], None] = lambda: None
        self.books = Books(database, 1000, begin=self._begin)
        self._database = database

    async def receive(self, body: bytes) -> None:
        update = as_incoming(read_update(body))
        self.before_storing()
        await self.books.store([update])

    async def look(self) -> Mapping[str, object]:
        async with self._database.reading() as conn:
            return {"waiting": await incoming.count_waiting(conn, 1000)}

    def _begin(self, updates: Sequence[Incoming]) -> None:
        self.begun += [one.update_id for one in updates]


@pytest.fixture
async def keeper(database: Database) -> AsyncIterator[Keeper]:
    keeper = Keeper(database)
    keeping = asyncio.create_task(keeper.books.keep())
    yield keeper
    keeper.books.close()
    await keeping


@pytest.fixture
async def client(keeper: Keeper) -> AsyncIterator[httpx.AsyncClient]:
    app = site(Ports(keeper.receive, keeper.look), hook=HOOK, secret=SECRET)
    async with serve(app) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        yield client


async def post(client: httpx.AsyncClient, body: bytes = UPDATE, **headers: str) -> httpx.Response:
    return await client.post(HOOK, content=body, headers={**TRUE, **JSON, **headers})


async def speak(client: httpx.AsyncClient, *lines: str, body: bytes = b"") -> bytes:
    """Say something that no decent client says, and give the first line of the answer."""
    address = urlsplit(str(client.base_url))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write("\r\n".join([f"POST {HOOK} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode() + body)
    await writer.drain()
    status = await reader.readline()
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return status


async def stored(database: Database) -> int:
    async with database.reading() as conn:
        return await incoming.count_waiting(conn, 1000)


async def test_an_update_is_written_down_before_the_answer(client: httpx.AsyncClient, database: Database) -> None:
    assert (await post(client)).status_code == 200
    assert await stored(database) == 1


async def test_what_comes_again_is_taken_and_not_handled_again(client: httpx.AsyncClient, keeper: Keeper) -> None:
    answers = [await post(client) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    together = await asyncio.gather(*(post(client) for _ in range(20)))
    assert {answer.status_code for answer in together} == {200}
    assert keeper.begun == [7]


async def test_what_comes_again_after_it_was_handled_is_not_handled_again(
    client: httpx.AsyncClient, keeper: Keeper, database: Database
) -> None:
    await post(client)
    async with database.writing() as conn:
        await incoming.handled(conn, 1000, [7], datetime.now(UTC))
    assert (await post(client)).status_code == 200
    assert keeper.begun == [7]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Telegram-Bot-Api-Secret-Token": ""},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET + "0"},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET.upper()},
        {"X-Telegram-Bot-Api-Secret-Token": "\xe9" * 16},
        {"Authorization": SECRET},
    ],
)
async def test_a_stranger_is_sent_away_without_a_word(
    client: httpx.AsyncClient, keeper: Keeper, headers: dict[str, str]
) -> None:
    said = {name.encode(): value.encode("latin-1") for name, value in {**JSON, **headers}.items()}
    answer = await client.post(HOOK, content=UPDATE, headers=said)
    assert (answer.status_code, answer.content) == (403, b"")
    assert keeper.begun == []


async def test_two_secrets_are_none(client: httpx.AsyncClient) -> None:
    secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"
    assert b" 403 " in await speak(client, secret, secret, "Content-Type: application/json", "Content-Length: 0")


async def test_a_stranger_hears_the_same_whatever_else_is_wrong(client: httpx.AsyncClient) -> None:
    for headers in (JSON, {"Content-Type": "text/plain"}, {**JSON, "Content-Length": "99999999"}):
        lines = [f"{name}: {value}" for name, value in headers.items()]
        assert b" 403 " in await speak(client, *lines)


async def test_an_oversized_request_is_refused_unread(client: httpx.AsyncClient) -> None:
    lines = [f"{name}: {value}" for name, value in {**TRUE, **JSON}.items()]
    assert b" 413 " in await speak(client, *lines, f"Content-Length: {webhook.MOST_BYTES + 1}")
    assert b" 413 " in await speak(client, *lines, f"Content-Length: {'9' * 20}")


async def test_the_largest_that_is_allowed_is_taken(client: httpx.AsyncClient, keeper: Keeper) -> None:
    body = json.dumps({"update_id": 7, "message": {"text": ""}}).encode()
    padded = body.replace(b'""', b'"' + b"a" * (webhook.MOST_BYTES - len(body)) + b'"')
    assert len(padded) == webhook.MOST_BYTES
    assert (await post(client, padded)).status_code == 200
    assert keeper.begun == [7]


async def test_a_request_that_does_not_say_how_long_it_is_is_refused(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield UPDATE

    answer = await client.post(HOOK, content=pieces(), headers={**TRUE, **JSON})
    assert answer.status_code == 411


async def test_a_request_that_comes_in_pieces_is_refused_unread_whatever_length_it_names(
    client: httpx.AsyncClient, keeper: Keeper
) -> None:
    """Who goes by the pieces would read beyond every bound."""
    lines = [f"{name}: {value}" for name, value in {**TRUE, **JSON}.items()]
    for said in (["Content-Length: 49"], []):
        body = f"{len(UPDATE):x}\r\n".encode() + UPDATE  # and no end
        assert b" 411 " in await speak(client, *lines, *said, "Transfer-Encoding: chunked", body=body)
    assert keeper.begun == []


async def test_a_request_that_drips_is_cut_off(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READ_S", 0.05)
    lines = [f"{name}: {value}" for name, value in {**TRUE, **JSON}.items()]
    assert b" 408 " in await speak(client, *lines, f"Content-Length: {len(UPDATE)}", body=UPDATE[:5])


@pytest.mark.parametrize(
    "kind_of_content", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""]
)
async def test_what_is_not_called_json_is_refused(client: httpx.AsyncClient, kind_of_content: str) -> None:
    assert (await post(client, UPDATE, **{"Content-Type": kind_of_content})).status_code == 415


async def test_json_may_say_how_it_is_written(client: httpx.AsyncClient) -> None:
    assert (await post(client, UPDATE, **{"Content-Type": "Application/JSON; charset=utf-8"})).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b"7",
        b'{"message": {}}',
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.0}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 7',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, keeper: Keeper, body: bytes) -> None:
    assert (await post(client, body)).status_code == 400
    assert keeper.begun == []


async def test_only_posts_are_taken_and_only_at_the_right_place(client: httpx.AsyncClient) -> None:
    assert (await client.get(HOOK, headers=TRUE)).status_code == 405
    assert (await client.post("/telegram", content=UPDATE, headers={**TRUE, **JSON})).status_code == 404


async def test_while_the_database_is_locked_telegram_is_asked_to_come_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_EVERYWHERE", ("PRAGMA busy_timeout=20",))
    database = Database(database_url)
    keeper = Keeper(database)
    app = site(Ports(keeper.receive, keeper.look), hook=HOOK, secret=SECRET)
    keeping = asyncio.create_task(keeper.books.keep())
    holder = sqlite3.connect(str(locate(database_url).file), isolation_level=None)
    async with serve(app) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        holder.execute("BEGIN IMMEDIATE")
        answer = await post(client)
        assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (503, True)
        holder.execute("ROLLBACK")
        while (await post(client)).status_code != 200:
            pass
    holder.close()
    keeper.books.close()
    await keeping
    await database.close()
    assert keeper.begun == [7]


async def test_who_waits_too_long_for_the_database_is_asked_to_come_again(
    client: httpx.AsyncClient, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: Sequence[Incoming]) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(webhook, "STORE_S", 0.05)
    monkeypatch.setattr(keeper.books, "store", never)
    assert (await post(client)).status_code == 503


async def test_we_are_well_when_the_database_answers(client: httpx.AsyncClient, keeper: Keeper) -> None:
    await post(client)
    answer = await client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "waiting": 1})


async def test_all_who_ask_whether_we_are_well_share_one_look(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = list[bool]()
    gate = asyncio.Event()

    async def look() -> Mapping[str, object]:
        looks.append(True)
        await gate.wait()
        return {"waiting": len(looks)}

    app = site(Ports(keeper.receive, look), hook=HOOK, secret=SECRET)
    monkeypatch.setattr(health, "REMEMBERED_S", 3600.0)
    async with serve(app) as url, httpx.AsyncClient(trust_env=False) as client:
        together = [asyncio.create_task(client.get(f"{url}/health")) for _ in range(20)]
        await until(lambda: bool(looks))
        gate.set()
        answers = await asyncio.gather(*together) + [await client.get(f"{url}/health")]
        assert [answer.json() for answer in answers] == [{"status": "ok", "waiting": 1}] * 21
    monkeypatch.setattr(health, "REMEMBERED_S", 0.0)
    app = site(Ports(keeper.receive, look), hook=HOOK, secret=SECRET)
    async with serve(app) as url, httpx.AsyncClient(trust_env=False) as client:
        numbers = [(await client.get(f"{url}/health")).json()["waiting"] for _ in range(2)]
    assert numbers == [2, 3]


async def test_we_are_not_well_when_the_database_is_away(keeper: Keeper) -> None:
    async def look() -> Mapping[str, object]:
        raise StoreBusy("postgresql://secret@host is away")

    app = site(Ports(keeper.receive, look), hook=HOOK, secret=SECRET)
    async with serve(app) as url, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{url}/health")
    assert answer.status_code == 503
    assert "secret" not in answer.text
