"""The message about progress: it follows, but not at every step, and the last word is the last."""

import asyncio
from dataclasses import dataclass, field
from typing import cast

import pytest
from telegram.error import RetryAfter

from bot.chat.desk_presses import Ask
from bot.chat.handlers.bulletin import Bulletin
from bot.chat.handlers.conversation import Conversation
from bot.chat.markup import rich
from bot.chat.messages.message import Message
from bot.chat.place import Place
from bot.model.arxiv_id import ArxivId
from bot.model.progress import Progress, Stage

ASK = Ask(ArxivId("2401.00001"), None)


@dataclass
class Edits:
    """Stands for the conversation and its outbox; an edit takes as long as the gate is closed."""

    gate: asyncio.Event
    texts: list[str] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)
    calls: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    @property
    def outbox(self) -> "Edits":
        return self

    async def edit_text(self, _place: Place, message: Message) -> None:
        await self.gate.wait()
        self.calls.put_nowait(None)
        if self.refusals:
            raise self.refusals.pop(0)
        self.texts.append(message.text.plain.partition("\n")[2])


def bulletin_of(edits: Edits) -> Bulletin:
    """A bulletin whose edits are noted."""
    return Bulletin(cast(Conversation, edits), Place(1, 1), ASK)


def open_gate() -> asyncio.Event:
    """Nothing is held up."""
    gate = asyncio.Event()
    gate.set()
    return gate


async def test_of_many_reports_in_a_row_only_the_first_and_the_newest_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.handlers.bulletin._EDIT_EVERY_S", 0.5)
    edits = Edits(open_gate())
    async with bulletin_of(edits).telling() as report:
        for figures in range(100):
            report(Progress(Stage.CHOOSING, figures))
            await asyncio.sleep(0)
        for _ in range(2):
            await edits.calls.get()
    assert edits.texts == ["No figures found, choosing the words …", "99 figures found, choosing …"]


async def test_who_is_told_to_wait_waits_as_long_and_then_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.handlers.bulletin._EDIT_EVERY_S", 0.0)
    edits = Edits(open_gate(), refusals=[RetryAfter(1)])
    async with bulletin_of(edits).telling() as report:
        report(Progress(Stage.READING))
        await edits.calls.get()
        report(Progress(Stage.DRAWING))
        await asyncio.sleep(0.1)
        assert edits.texts == []
        await edits.calls.get()
    assert edits.texts == ["Drawing …"]


async def test_the_last_word_is_said_once_more_where_telegram_asks_to_wait() -> None:
    edits = Edits(open_gate(), refusals=[RetryAfter(0)])
    await bulletin_of(edits).end(Message(rich("paper\nIt is done.")))
    assert edits.texts == ["It is done."]


async def test_an_edit_that_has_left_is_waited_for_before_the_last_word() -> None:
    edits = Edits(gate := asyncio.Event())
    bulletin = bulletin_of(edits)

    async def work() -> None:
        async with bulletin.telling() as report:
            report(Progress(Stage.DRAWING))
            await asyncio.sleep(0.05)

    working = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    assert not working.done()
    gate.set()
    await working
    assert edits.texts == ["Drawing …"]
    assert bulletin.stage is Stage.DRAWING
