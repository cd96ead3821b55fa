"""/search and /month at the handler: an update goes in, the requests it causes are answered at once and counted out."""

import itertools
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from telegram import Update

from bot.app.rooms import Post, Rooms, load_content, open_post, open_rooms
from bot.catalogue.terms import terms
from bot.chat import ChatApplication
from bot.chat.transport import Transport
from bot.model.canvas import Canvas
from bot.settings import Settings
from bot.store import entries
from bot.store.schema import migrate
from tests.bench.stopwatch import headline, line, ratio, timed_async

CALLS = 10_000
PLAIN = "CREATE VIRTUAL TABLE plain USING fts5(title, people, text, tokenize='unicode61 remove_diacritics 0')"
BM25 = text("SELECT rowid FROM plain WHERE plain MATCH :words ORDER BY rank LIMIT 5")
WORDS = ["transformers", "optimizer benchmark", "Bengio", "lottery ticket", "gan", "meta learning", "2021", "neuron"]
MONTHS = ["2021-02", "2021-03", "2021-08", "2022-01"]


@asynccontextmanager
async def answering_rooms(*, url: str) -> AsyncIterator[tuple[Rooms, Post]]:
    """A loaded database in a folder of its own, and a bot over it that speaks to *url*."""
    folder = tempfile.mkdtemp()
    settings = Settings(database_url=f"sqlite:///{folder}/bench.db", send_rate=0)
    try:
        migrate(settings.database_url)
        await load_content(settings)
        async with open_rooms(settings) as rooms, open_post(rooms, settings, token="1000:bench", api_url=url) as post:
            yield rooms, post
    finally:
        shutil.rmtree(folder)


async def measure() -> None:
    """Print how long the handlers take."""
    headline(f"Answering at the handler, {CALLS:,} calls each (the server's part taken out)")
    async with answering_rooms(url="http://127.0.0.1:9") as (rooms, post):
        answer_at_once(post.application)
        for month in await rooms.library.months():
            entries_of_month = await rooms.library.month(month)
            for entry in entries_of_month:
                await rooms.shelf.get(entry, Canvas.PORTRAIT)
            await rooms.shelf.find_cover(month, entries_of_month, Canvas.PORTRAIT)
        await post.application.initialize()
        for command, arguments in (("search", WORDS), ("month", MONTHS)):
            updates = itertools.cycle([command_update(post.application, f"/{command} {words}") for words in arguments])
            await post.application.process_update(next(updates))
            timing = await timed_async(lambda updates=updates: post.application.process_update(next(updates)), CALLS)  # type: ignore[misc]
            line(f"/{command}", timing)
        await _compare_search(rooms)
        await post.application.shutdown()


async def _compare_search(rooms: Rooms) -> None:
    """Our candidates and ranking beside what SQLite offers by itself: the five best by bm25, any word, no more."""
    words = itertools.cycle(WORDS)
    ours = await timed_async(lambda: rooms.library.search(next(words)), 2000)

    async with rooms.database.writing() as conn:
        await conn.execute(text(PLAIN))
        filled = (
            "INSERT INTO plain (rowid, title, people, text) SELECT entry_id, title, people, text FROM entry_document"
        )
        await conn.execute(text(filled))

    async def bm25() -> object:
        wanted = {"words": " OR ".join(f'"{word}"' for word in terms(next(words)))}
        async with rooms.database.reading() as conn:
            return await entries.get_entries(conn, list((await conn.execute(BM25, wanted)).scalars()))

    plain = await timed_async(bm25, 2000)
    line("the library's search: parse, rank, page, read", ours)
    line("SQLite's bm25, the first five, read", f"{plain}; ours is {ratio(ours.p50, plain.p50)} it")


def command_update(application: ChatApplication, said: str) -> Update:
    command = said.split()[0]
    message: dict[str, Any] = {
        "message_id": 1,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": {"id": 1001, "type": "private", "first_name": "Ada"},
        "from": {"id": 1001, "is_bot": False, "first_name": "Ada"},
        "text": said,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}],
    }
    update = Update.de_json({"update_id": 1, "message": message}, application.bot)
    assert update is not None
    return update


def answer_at_once(application: ChatApplication) -> None:
    for request in application.bot._request:
        request.__class__ = Echo


class Echo(Transport):
    """A server with no distance: takes every request as done."""

    _numbers = itertools.count(1)

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2].lower()
        result: Any = True
        if name == "getme":
            result = {"id": 1000, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        elif name == "sendmediagroup":
            result = [self._message() for _ in json.loads(request_data.json_parameters["media"])]
        elif name.startswith(("send", "edit")) and name != "sendchataction":
            result = self._message()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _message(self) -> dict[str, Any]:
        number = next(self._numbers)
        photo = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 1024, "height": 1280}
        return {"message_id": number, "date": 1, "chat": {"id": 1001, "type": "private"}, "photo": [photo]}
