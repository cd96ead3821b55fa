"""The message about progress: it follows, but not at every step, and the last word is the last."""

import asyncio
from dataclasses import dataclass, field
from typing import cast

from bot.chat.desk_presses import Ask
from bot.chat.handlers.bulletin import Bulletin
from bot.chat.handlers.conversation import Conversation
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

    @property
    def outbox(self) -> "Edits":
        return self

    async def edit_text(self, _place: Place, message: Message) -> None:
        await self.gate.wait()
        self.texts.append(message.text.plain.partition("\n")[2])


def bulletin_of(edits: Edits) -> Bulletin:
    """A bulletin whose edits are noted."""
    return Bulletin(cast(Conversation, edits), Place(1, 1), ASK)


def open_gate() -> asyncio.Event:
    """Nothing is held up."""
    gate = asyncio.Event()
    gate.set()
    return gate


async def test_of_many_reports_in_a_row_only_the_newest_is_told() -> None:
    edits = Edits(open_gate())
    async with bulletin_of(edits).telling() as report:
        for figures in range(100):
            report(Progress(Stage.CHOOSING, figures))
        await asyncio.sleep(0.05)
    assert edits.texts == ["99 figures found, choosing …"]


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
