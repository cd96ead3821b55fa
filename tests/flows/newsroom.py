"""A bot over the sandbox whose editions are out in chats of every kind, and an editor who changes what they show."""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from PIL import Image
from sqlalchemy import select, update

from bot.chat import Services, TelegramCorrector
from bot.editorial.shelf import CollageShelf
from bot.model.address import Address
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.correction import StepState, Tally
from bot.model.edition import EditionKind
from bot.model.entry import Entry
from bot.model.language import CHINESE
from bot.model.month import Month
from bot.publishing.correcting import Corrections
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.sandbox import ADA, CHANNEL, FORUM, GROUP, NOOR, PAPERS, Message, Person, Toast
from bot.sandbox.faults import flooded
from bot.store import corrections, entries, preferences, subscriptions
from bot.store.tables import correction_step, delivery
from tests.chat.conftest import NOW, Sketch, Stage, on_stage
from tests.chat.desks import with_editors

ALL = (ADA, NOOR, GROUP, FORUM, CHANNEL)
"""Chats of every kind: English, Chinese with dark slides, a group, a topic, a channel."""
EARLIER = timedelta(days=3)
REST = timedelta(minutes=2)
"""So long nothing came to any chat: what comes at once is bounded."""


def _sketch(said: str, canvas: Canvas, theme: Theme) -> Sketch:
    """A plain picture, another one for everything that is said on it."""
    red, green, blue = hashlib.sha256(f"{said} {theme}".encode()).digest()[:3]
    return Sketch(Image.new("RGB", (96, 54) if canvas is Canvas.SLIDE else (80, 100), (red, green, blue)), said)


def _collage(entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]) -> Sketch:
    return _sketch(f"{entry.paper.title} {entry.text(language).headline}", canvas, theme)


def _cover(
    title: str,
    entries: Sequence[Entry],
    canvas: Canvas,
    *,
    theme: Theme,
    language: str,
    files: Mapping[str, bytes],
) -> Sketch:
    return _sketch(" ".join([title, *(entry.text(language).headline for entry in entries)]), canvas, theme)


class Newsroom:
    """The whole way: publisher, dispatcher and corrections over one running bot, with a clock that can be turned."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.now = stage, NOW
        database, messenger = stage.services.database, stage.messenger
        self.dispatcher = Dispatcher(database, messenger, self.clock, rate=0, patience=timedelta(0))
        self.publisher = Publisher(database, messenger, self.dispatcher, stage.services.series, self.clock)
        self.corrections = self.another_process()

    def clock(self) -> datetime:
        return self.now

    def another_process(self, *, rate: float = 0) -> Corrections:
        """What carries corrections out, as another process has it."""
        corrector = TelegramCorrector(self.stage.application.bot, self.stage.services)
        return Corrections(self.stage.services.database, corrector, self.clock, rate=rate, patience=timedelta(0))

    async def settle_in(self) -> None:
        """Let chats of every kind subscribe, each with wishes of its own."""
        self.stage.sandbox.mark_started(ADA, NOOR)
        async with self.stage.services.database.writing() as conn:
            for chat_id in ALL:
                kind = "private" if chat_id > 0 else "supergroup"
                await subscriptions.see_chat(conn, chat_id, kind=kind, title="", now=NOW)
                await subscriptions.subscribe(conn, Address(chat_id, PAPERS if chat_id == FORUM else 0), NOW)
            await preferences.keep(conn, NOOR, Appearance(Canvas.SLIDE, Theme.DARK))
            await preferences.choose_language(conn, NOOR, CHINESE)

    async def readers(self, number: int) -> list[int]:
        """Let people subscribe who want what everybody gets."""
        ids = list(range(8001, 8001 + number))
        async with self.stage.services.database.writing() as conn:
            for user_id in ids:
                self.stage.sandbox.add_person(Person(user_id, f"Reader {user_id}", f"reader_{user_id}"))
                self.stage.sandbox.mark_started(user_id)
                await subscriptions.see_chat(conn, user_id, kind="private", title="", now=NOW)
                await subscriptions.subscribe(conn, Address(user_id), NOW)
        return ids

    async def send_week(self) -> Entry:
        """Send the picture of the week; with nothing queued, one of the archive. Give what everybody got."""
        await self.publisher.publish_now(EditionKind.WEEKLY, series="ml-collage")
        async with self.stage.services.database.reading() as conn:
            edition_id = max(await corrections.editions_of(conn, 1) or [0])
        assert edition_id, "the first entry of the archive goes out first"
        return await self.entry(1)

    async def send_week_to_all_but(self, chat_id: int) -> Entry:
        """Send the picture of the week where one chat has to wait for an hour."""
        self.stage.sandbox.faults.add(flooded(3600), method="sendPhoto", chat_id=chat_id)
        return await self.send_week()

    async def send_month(self, slot: str = "2022-01") -> tuple[Entry, ...]:
        """Send the roundup of a month; give its entries."""
        await self.publisher.publish_now(EditionKind.ROUNDUP, slot=slot, series="ml-collage")
        for _part in range(3):
            self.now += timedelta(hours=1)
            await self.dispatcher.run()
        return await self.stage.services.library.month(Month.parse(slot))

    async def entry(self, entry_id: int) -> Entry:
        async with self.stage.services.database.reading() as conn:
            return (await entries.get_entries(conn, [entry_id]))[0]

    async def say_anew(self, entry_id: int, headline: str) -> Entry:
        """Change the headline in every language, as a load does; the picture changes with it."""
        said = await self.entry(entry_id)
        texts = {language: replace(text, headline=headline) for language, text in said.texts.items()}
        async with self.stage.services.database.writing() as conn:
            await entries.write_entry(conn, replace(said, texts=texts), origin="content", hashed=headline)
        return await self.entry(entry_id)

    async def press(self, label: str, *, user_id: int = ADA) -> Toast:
        """Press what an editor was offered last, in their private chat."""
        return await self.stage.press(label, chat_id=user_id, user_id=user_id)

    async def lengthen(self, slot: str) -> None:
        """Let every entry of a month say so much that its list needs two texts."""
        for entry in await self.stage.services.library.month(Month.parse(slot)):
            long = {"why": "so " * 200, "key_insights": ("much " * 130,)}
            texts = {language: replace(text, **long) for language, text in entry.texts.items()}  # type: ignore[arg-type]
            async with self.stage.services.database.writing() as conn:
                await entries.write_entry(conn, replace(entry, texts=texts), origin="content", hashed="long")

    async def forget_what_albums_show(self) -> None:
        """Let everything have been sent by a version that did not write it down."""
        async with self.stage.services.database.writing() as conn:
            await conn.execute(update(delivery).values(shows=[]))

    async def correct(self, entry: Entry) -> Message:
        """Have an entry corrected, and wait for the end; give what the editor is told then."""
        await self.stage.ask(f"/correct {entry.series.slug} {entry.number}", answers=2)
        question = self.stage.sent(ADA)[-1]
        await self.press(question.keyboard[0][0].text)
        await self.corrections.run()
        return self.now_says(question)

    async def retract(self, entry: Entry) -> Message:
        """Have an entry withdrawn, and wait for the end; give what the editor is told then."""
        await self.stage.ask(f"/retract {entry.series.slug} {entry.number}")
        question = self.stage.sent(ADA)[-1]
        await self.press("Withdraw it")
        await self.corrections.run()
        return self.now_says(question)

    def now_says(self, message: Message, *, chat_id: int = ADA) -> Message:
        """A message as it stands now."""
        return next(it for it in self.stage.sandbox.transcript(chat_id) if it.message_id == message.message_id)

    def out(self, chat_id: int) -> list[Message]:
        """The messages of editions that stand in a chat: what the bot sent before anybody asked for a correction."""
        sent = [it.message_id for it in self.stage.sandbox.delivered(chat_id)][: self._sent.get(chat_id)]
        return [it for it in self.stage.sandbox.transcript(chat_id) if it.message_id in sent]

    _sent: dict[int, int]

    def mark(self) -> None:
        """What every chat has now are its editions."""
        people = [*ALL, *range(8001, 8101)]
        rooms = {it: self.stage.sandbox.delivered(it) for it in people if self._is_there(it)}
        self._sent = {chat_id: len(delivered) for chat_id, delivered in rooms.items()}

    @property
    def everybody(self) -> list[int]:
        """Every chat that has something."""
        return [chat_id for chat_id, number in self._sent.items() if number]

    async def attempts(self) -> list[int]:
        """How often each step of any correction was tried."""
        async with self.stage.services.database.reading() as conn:
            return list((await conn.execute(select(correction_step.c.attempts))).scalars())

    def _is_there(self, chat_id: int) -> bool:
        try:
            self.stage.sandbox.transcript(chat_id)
        except Exception:
            return False
        return True

    def sent_since(self, chat_id: int) -> int:
        """How many messages came to a chat since `mark`."""
        return len(self.stage.sandbox.delivered(chat_id)) - self._sent[chat_id]

    def age(self, by: timedelta = EARLIER) -> None:
        """Let everything that is out have been sent a while ago."""
        rooms = self.stage.sandbox._world.rooms
        for chat_id in self._sent:
            for message in self.stage.sandbox.transcript(chat_id):
                rooms.change(replace(message, date=message.date - int(by.total_seconds())))

    async def tally(self) -> Tally:
        """How far the newest correction is."""
        async with self.stage.services.database.reading() as conn:
            number = 0
            while await corrections.get(conn, number + 1):
                number += 1
            return await corrections.tally(conn, number)

    async def states(self) -> dict[StepState, int]:
        """How many steps of the newest correction are in each state."""
        return dict((await self.tally()).states)


@asynccontextmanager
async def newsroom(services: Services, *editors: int) -> AsyncIterator[Newsroom]:
    """A bot that is running, with editors."""
    shelf = CollageShelf(services.database, _collage, _cover, fingerprint="sketched")
    async with on_stage(with_editors(replace(services, shelf=shelf), *editors)) as stage:
        room = Newsroom(stage)
        await room.settle_in()
        yield room
