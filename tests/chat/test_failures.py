"""What each of Telegram's errors means for a message: the table, with the very objects the library raises.

Every error is provoked over HTTP: python-telegram-bot builds it, not the test.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.chat.failures import classify, is_benign, is_stale_file, takes_no_files, takes_no_photos
from bot.chat.transport import Patience, Transport
from bot.errors import (
    ChatGone,
    ChatMigrated,
    ChatSuspended,
    ContentRejected,
    DeliveryError,
    Flooded,
    InDoubt,
    NotSent,
    TokenRejected,
    TopicGone,
)
from bot.sandbox import Sandbox, serve
from bot.sandbox.answers import Refusal
from bot.sandbox.faults import (
    Fault,
    bad_gateway,
    blocked,
    cut_album,
    dropped,
    flooded,
    migrated,
    nonsense,
    refused,
    rejected,
    stalled,
)
from bot.sandbox.world.people import ADA

TOKEN = "123456:sandbox-of-the-error-table"
Provoke = Callable[[Fault], Awaitable[Exception]]


@pytest.fixture
async def sandbox() -> AsyncIterator[tuple[Sandbox, str]]:
    """A sandbox and its address."""
    box = Sandbox(token=TOKEN, bot_name="Table", bot_username="table_bot")
    box.mark_started(ADA)
    async with serve(box.app, before_stop=box.close) as url:
        yield box, url


def client(url: str, *, read_timeout: float = 5.0, connections: int = 4, pool_timeout: float = 1.0) -> Bot:
    """A bot over our transport, with timeouts a test can wait for."""
    patience = Patience(pool=pool_timeout, connect=2.0, read=read_timeout)
    request = Transport(connections, patience)
    return Bot(TOKEN, base_url=f"{url}/bot", request=request)


@pytest.fixture
async def provoke(sandbox: tuple[Sandbox, str]) -> AsyncIterator[Provoke]:
    """Send a message into a fault and hand back the error."""
    box, url = sandbox
    async with client(url, read_timeout=0.5) as bot:

        async def provoke(fault: Fault) -> Exception:
            box.faults.add(fault, method="sendMessage")
            # Not only TelegramError: an answer without a result makes the library stumble over itself.
            with pytest.raises((TelegramError, KeyError)) as caught:
                await bot.send_message(ADA, "hello")
            return caught.value

        yield provoke


TABLE: list[tuple[Fault, type[DeliveryError]]] = [
    (stalled(1.5), InDoubt),
    (dropped("before"), InDoubt),
    (dropped("after"), InDoubt),
    (nonsense(), InDoubt),
    (bad_gateway("before"), InDoubt),
    (bad_gateway("after"), InDoubt),
    (Fault("before", status=503, body="<html>busy</html>"), InDoubt),
    (Fault("after", status=200, body='{"ok": true}'), InDoubt),
    (refused(Refusal(500, "Internal Server Error")), InDoubt),
    (refused(Refusal(504, "Gateway Timeout")), InDoubt),
    (refused(Refusal(500, "Internal Server Error: restart")), NotSent),
    (refused(Refusal(400, "Bad Request: Logged out")), NotSent),
    (refused(Refusal(409, "Conflict: terminated by other getUpdates request")), NotSent),
    (flooded(8), Flooded),
    (flooded(None), Flooded),
    (Fault("before", status=429, body="<html>slow down</html>"), Flooded),
    (refused(Refusal(413, "Request Entity Too Large")), ContentRejected),
    (Fault("before", status=413, body="<html>too large</html>"), ContentRejected),
    (refused(Refusal(401, "Unauthorized")), TokenRejected),
    (refused(Refusal(404, "Not Found")), TokenRejected),
    (migrated(-1009), ChatMigrated),
    *(
        (blocked(text), ChatGone)
        for text in (
            "bot was blocked by the user",
            "user is deactivated",
            "bot was kicked from the group chat",
            "bot was kicked from the supergroup chat",
            "bot was kicked from the channel chat",
            "bot is not a member of the channel chat",
            "the group chat was deleted",
            "bot can't initiate conversation with a user",
            "bots can't send messages to bots",
        )
    ),
    *(
        (rejected(text), ChatGone)
        for text in ("chat not found", "PEER_ID_INVALID", "group chat is deactivated", "CHANNEL_PRIVATE")
    ),
    *(
        (rejected(text), ChatSuspended)
        for text in (
            "not enough rights to send photos to the chat",
            "not enough rights to send text messages to the chat",
            "have no rights to send a message",
            "need administrator rights in the channel chat",
            "CHAT_WRITE_FORBIDDEN",
            "CHAT_RESTRICTED",
            "TOPIC_CLOSED",
            "CHAT_SEND_PHOTOS_FORBIDDEN",
        )
    ),
    (rejected("message thread not found"), TopicGone),
    (rejected("TOPIC_DELETED"), TopicGone),
    *(
        (rejected(text), ContentRejected)
        for text in (
            "can't parse entities: unexpected end tag at byte offset 7",
            "message is too long",
            "message caption is too long",
            "PHOTO_INVALID_DIMENSIONS",
            "wrong file identifier/HTTP URL specified",
            "wrong remote file identifier specified: wrong character in the string",
            "IMAGE_PROCESS_FAILED",
            "something nobody has seen before",
        )
    ),
]


def _row(row: tuple[Fault, type[DeliveryError]]) -> str:
    fault, kind = row
    return f"{fault.status} {fault.body[:90]} {fault.stage} is {kind.__name__}"


@pytest.mark.parametrize("row", TABLE, ids=_row)
async def test_the_table_of_errors(row: tuple[Fault, type[DeliveryError]], provoke: Provoke) -> None:
    fault, kind = row
    assert type(classify(await provoke(fault))) is kind


async def test_a_flood_says_how_long_to_wait(provoke: Provoke) -> None:
    error = classify(await provoke(flooded(10072)))
    assert isinstance(error, Flooded)
    assert error.retry_after == timedelta(seconds=10072)


async def test_a_flood_in_the_librarys_other_unit_means_the_same(
    provoke: Provoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    error = classify(await provoke(flooded(8)))
    assert isinstance(error, Flooded)
    assert error.retry_after == timedelta(seconds=8)


async def test_a_group_that_moved_says_where_to(provoke: Provoke) -> None:
    error = classify(await provoke(migrated(-1001000000009)))
    assert isinstance(error, ChatMigrated)
    assert error.new_chat_id == -1001000000009


async def test_half_an_album_is_in_doubt_although_the_text_speaks_of_a_flood(provoke: Provoke) -> None:
    assert isinstance(classify(await provoke(cut_album(2))), InDoubt)


async def test_a_server_that_cannot_be_reached_got_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bot = client(f"http://127.0.0.1:{free.getsockname()[1]}")
        await bot._request[1].initialize()
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(ADA, "hello")
        await bot._request[1].shutdown()
    assert type(classify(caught.value)) is NotSent


async def test_a_request_that_found_no_free_connection_got_nowhere(sandbox: tuple[Sandbox, str]) -> None:
    box, url = sandbox
    box.faults.add(stalled(1.0), method="sendMessage")
    async with client(url, connections=1, pool_timeout=0.1) as bot:
        first = asyncio.create_task(bot.send_message(ADA, "first"))
        await box.wait(lambda: not box.faults.waiting)
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(ADA, "second")
        await first
    assert type(classify(caught.value)) is NotSent


def test_what_nobody_foresaw_is_in_doubt() -> None:
    assert isinstance(classify(KeyError("result")), InDoubt)


def test_our_own_errors_pass_unchanged() -> None:
    ours = ChatGone("left")
    assert classify(ours) is ours


async def test_a_rejected_token_is_not_repeated(sandbox: tuple[Sandbox, str]) -> None:
    _, url = sandbox
    stranger = Bot("654321:another-token-of-somebody-else", base_url=f"{url}/bot")
    with pytest.raises(TelegramError) as caught:
        await stranger.initialize()
    error = classify(caught.value)
    assert isinstance(error, TokenRejected)
    assert "654321" not in str(error)


async def test_what_a_chat_without_photos_or_files_says_is_recognised(provoke: Provoke) -> None:
    for said in ("CHAT_SEND_PHOTOS_FORBIDDEN", "not enough rights to send photos to the chat"):
        assert takes_no_photos(await provoke(rejected(said)))
        assert not takes_no_files(await provoke(rejected(said)))
    for said in ("CHAT_SEND_DOCS_FORBIDDEN", "not enough rights to send documents to the chat"):
        assert takes_no_files(await provoke(rejected(said)))
        assert not takes_no_photos(await provoke(rejected(said)))
    for said in ("CHAT_RESTRICTED", "not enough rights to send text messages to the chat"):
        assert not takes_no_photos(await provoke(rejected(said)))
        assert not takes_no_files(await provoke(rejected(said)))


async def test_a_stale_file_is_recognised_unless_half_an_album_went_out(provoke: Provoke) -> None:
    assert is_stale_file(await provoke(rejected("wrong file identifier/HTTP URL specified")))
    assert not is_stale_file(await provoke(cut_album(1, "wrong file identifier")))


async def test_saying_the_same_again_is_nothing_bad(provoke: Provoke) -> None:
    assert is_benign(await provoke(rejected("message is not modified: specified new message content is the same")))
    assert is_benign(await provoke(rejected("query is too old and response timeout expired or query ID is invalid")))
    assert not is_benign(await provoke(rejected("message to edit not found")))
