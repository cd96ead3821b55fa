"""Owns the place where updates are played: the whole application against the sandbox, and a record of what it did."""

import asyncio
import json
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from starlette.types import Receive, Scope, Send
from telegram import Update
from telegram.request import RequestData

from bot.chat import ALLOWED_UPDATES, Services, build_application
from bot.chat.application import ChatApplication, Chatting
from bot.chat.handlers import once
from bot.chat.order import ChatByChat
from bot.chat.transport import Transport
from bot.chat.updates import chat_of
from bot.sandbox import ADA, EMIL, NOOR, Button, Message, Sandbox
from bot.sandbox.answers import Json
from bot.sandbox.world.acting import press
from bot.sandbox.world.inlines import InlineQuery
from bot.sandbox.world.room import Room
from bot.store.database import Database
from tests.chat.conftest import TOKEN, services_over
from tests.chat.desks import with_editors
from tests.databases import url_of


class Playground(Sandbox):
    """A sandbox whose updates are handed over one by one, and that lets us ask what nobody asked there."""

    def __init__(self) -> None:
        super().__init__(token=TOKEN, bot_name="Collagebot", bot_username="collage_bot")
        self._world.updates.allow(ALLOWED_UPDATES)
        self.mark_started(ADA, NOOR, EMIL)

    def take_updates(self) -> list[Json]:
        """Everything that happened since."""
        waiting = list(self._world.updates.all())
        self._world.updates.drop()
        return waiting

    def open_press(self) -> str:
        """The id of a press that waits for an answer."""
        return self._world.queries.open()

    def open_question(self, asked: Json) -> str:
        """The id of an inline query that waits for an answer."""
        return self._world.inlines.open(InlineQuery(asked["from"]["id"], asked["query"], asked["offset"]))

    def push_press(self, button: Button, message: Message, *, user_id: int) -> None:
        """Press a button and do not wait."""
        press(self._world, button, message, user_id=user_id)

    def room(self, chat: int | str) -> Room | None:
        """A chat, be it known to the bot or not."""
        return self._world.rooms.find(int(chat))

    def render(self, message: Message) -> Json:
        """A message as the Bot API shows it."""
        return self._world.render(message)

    def keyboards(self, chat_id: int) -> list[tuple[Message, Button]]:
        """Every button of ours in a chat that can be pressed, the newest first."""
        messages = [message for message in reversed(self.transcript(chat_id)) if message.keyboard]
        keys = [(message, key) for message in messages for row in message.keyboard for key in row]
        return [(message, key) for message, key in keys if key.kind == "callback_data"]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of ours, and what came back."""

    method: str
    values: Json
    status: int
    description: str

    @property
    def is_refused(self) -> bool:
        """True where the sandbox would not have it."""
        return self.status != 200

    @property
    def chat_id(self) -> int:
        """Where it goes; 0 where it goes to no chat."""
        return int(self.values.get("chat_id", 0))

    @property
    def text(self) -> str:
        """What it says there."""
        return str(self.values.get("text", self.values.get("caption", "")))


@dataclass(slots=True)
class Record:
    """What happened since somebody looked last."""

    calls: list[Call] = field(default_factory=list)
    lines: list[logging.LogRecord] = field(default_factory=list)

    def take(self) -> "Record":
        """All of it; then it is empty."""
        taken = Record(self.calls[:], self.lines[:])
        self.calls.clear()
        self.lines.clear()
        return taken


@dataclass(frozen=True, slots=True)
class Stage:
    """The application, ready to take updates in."""

    playground: Playground
    application: ChatApplication
    services: Services
    record: Record

    async def receive(self, update: Json) -> None:
        """Take an update in, and wait until all that follows from it is done."""
        read = json.loads(json.dumps({"update_id": 1, **update}))
        await self.application.process_update(Update.de_json(read, self.application.bot))
        await self._errands()

    async def receive_at_once(self, updates: list[Json]) -> None:
        """Take several in as the intake does: those of one chat in order, the others side by side."""
        order = ChatByChat(len(updates))
        read = [json.loads(json.dumps({"update_id": 1, **it})) for it in updates]
        await asyncio.gather(*(self._in_order(order, it) for it in read))
        await self._errands()

    async def _in_order(self, order: ChatByChat, said: Json) -> None:
        async with order.turn(chat_of(said)):
            await self.application.process_update(Update.de_json(said, self.application.bot))

    async def _errands(self) -> None:
        assert isinstance(self.application, Chatting)
        while under_way := list(self.application._errands._under_way.values()):
            await asyncio.wait(under_way)


class Stand:
    """An address that stays while what is behind it changes: a server takes long to start and to stop."""

    def __init__(self) -> None:
        self.sandbox: Sandbox | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the sandbox does that is behind it now."""
        if self.sandbox is not None:
            await self.sandbox.app(scope, receive, send)


@asynccontextmanager
async def on_stage(loaded: Path, folder: Path, stand: Stand, url: str) -> AsyncIterator[Stage]:
    """Build the application anew inside the block, over a fresh copy of the database *loaded*; Ada is an editor."""
    database, playground = Database(url_of(_copied(loaded, folder))), Playground()
    stand.sandbox = playground
    services = with_editors(await services_over(database), ADA)
    application = build_application(TOKEN, api_url=url, services=services)
    try:
        # What is pressed twice within a second counts once; here a second holds a hundred updates.
        with _recorded() as record, mock.patch.object(once, "_AFTERTHOUGHT_S", 0.0):
            async with application:
                record.take()
                yield Stage(playground, application, services, record)
    finally:
        playground.close()
        await database.close()


def _copied(loaded: Path, folder: Path) -> Path:
    for old in folder.glob("collagebot.db*"):
        old.unlink()
    return Path(shutil.copy(loaded, folder / "collagebot.db"))


@contextmanager
def _recorded() -> Iterator[Record]:
    record, asked = Record(), Transport.do_request

    async def ask(
        self: Transport, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        status, answer = await asked(self, url, method, request_data, *args, **kwargs)
        values = dict(request_data.parameters) if request_data else {}
        said = "" if status == 200 else str(json.loads(answer).get("description", answer))
        record.calls.append(Call(url.rpartition("/")[2], values, status, said))
        return status, answer

    with mock.patch.object(Transport, "do_request", ask), _listening(record):
        yield record


@contextmanager
def _listening(record: Record) -> Iterator[None]:
    class Listener(logging.Handler):
        def emit(self, line: logging.LogRecord) -> None:
            record.lines.append(line)

    listener, root = Listener(logging.WARNING), logging.getLogger()
    root.addHandler(listener)
    try:
        yield
    finally:
        root.removeHandler(listener)
