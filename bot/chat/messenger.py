"""Owns how an edition becomes Telegram messages: its parts, and how one of them is sent."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram import Bot

from bot.chat import renditions
from bot.chat.albums import Album, albums
from bot.chat.failures import classify
from bot.chat.messages.roundups import pages
from bot.chat.outbox import Outbox, Written
from bot.chat.pace import reserved
from bot.chat.services import Services
from bot.errors import CollagebotError, CollageError, DeliveryError, NotSent
from bot.model.canvas import Appearance
from bot.model.edition import Edition, EditionKind
from bot.model.entry import Entry
from bot.model.month import Month
from bot.model.preferences import Preferences
from bot.publishing.messenger import Part, Receipt, Recipient
from bot.store import preferences
from bot.wording.translation import speaking

log = logging.getLogger(__name__)


Copies: TypeAlias = dict[tuple[Preferences, bool], Written]
"""What was written for all who want it that way, loud or quiet."""


@dataclass(frozen=True, slots=True)
class WeeklyPart:
    """The collage of the week with its caption."""

    entry: Entry
    rerun: bool
    cost: int = 1
    copies: Copies = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ListPart:
    """One text of a month's list.

    Attributes:
        entries: All of the month, so that every text is divided the same way.
        page: Which of the texts, from 0.
    """

    month: Month
    entries: tuple[Entry, ...]
    page: int
    cost: int = 1
    copies: Copies = field(default_factory=dict, compare=False, repr=False)


class TelegramMessenger:
    """The messenger that speaks to Telegram.

    Args:
        bot: An initialised bot.
        paid: True lets editions be paid for, beyond 30 messages a second.
    """

    def __init__(self, bot: Bot, services: Services, *, paid: bool = False) -> None:
        self._services = services
        self._aloud = Outbox(bot, services.database, services.shelf, paid=paid)
        self._quietly = Outbox(bot, services.database, services.shelf, quiet=True, paid=paid)

    def plan(self, edition: Edition) -> Sequence[Part]:
        """Divide *edition*: a weekly one is one picture, a roundup its albums and then its texts.

        What was withdrawn is in none of them.
        """
        entries = edition.shown
        if edition.kind is EditionKind.WEEKLY or not entries:
            return [WeeklyPart(entry, edition.rerun) for entry in entries]
        month = Month.parse(edition.slot)
        texts = range(len(pages(month, entries)))
        return [*albums(month, entries), *(ListPart(month, entries, page) for page in texts)]

    async def prepare(self, edition: Edition) -> None:
        """Draw the collages of *edition*, as everybody gets them and as some chats want them, in their languages.

        Raises:
            CollageError: One of them cannot be drawn as everybody gets it.
        """
        standard = Preferences()
        await self._draw(edition, standard)
        async with self._services.database.reading() as conn:
            chosen = await preferences.chosen(conn)
        for wanted in sorted(chosen - {standard}, key=str):
            try:
                await self._draw(edition, wanted)
            except CollageError as error:
                log.warning("who wants %s gets the standard: %s", wanted, error)

    async def _draw(self, edition: Edition, wanted: Preferences) -> None:
        canvas, theme, language = wanted.appearance.canvas, wanted.appearance.theme, wanted.language
        for entry in edition.shown:
            await self._services.shelf.get(entry, canvas, language=entry.spoken_in(language), theme=theme)
        if edition.kind is EditionKind.ROUNDUP and edition.shown:
            month = Month.parse(edition.slot)
            await self._services.shelf.find_cover(month, edition.shown, canvas, language=language, theme=theme)

    async def send(self, part: Part, recipient: Recipient) -> Receipt:
        """Send one part to one chat, when it is its turn.

        Raises:
            DeliveryError: One of its kinds; which one says what may be done next.
        """
        try:
            with reserved(recipient.send_at):
                return await self._send(part, recipient)
        except DeliveryError:
            raise
        except CollagebotError as error:  # ours come from the database or the shelf, before the request leaves
            raise NotSent(str(error)) from error
        except Exception as error:
            raise classify(error) from error

    async def _send(self, part: Part, to: Recipient) -> Receipt:
        outbox = self._quietly if to.quiet else self._aloud
        match part:
            case WeeklyPart() | ListPart():
                copy = part.copies.get((to.wanted, to.quiet)) or await self._written(part, to, outbox)
                return Receipt(((await outbox.send(to.address, copy)).message_id,))
            case Album():
                return await self._send_album(part, to, outbox)
        raise TypeError(f"{type(part).__name__} is not a part of ours")

    async def _written(self, part: "WeeklyPart | ListPart", to: Recipient, outbox: Outbox) -> Written:
        """Write a part as a chat wants it; that serves all who want it so."""
        for appearance, language in renditions.ways(to.wanted):
            try:
                with speaking(language):
                    written = await self._write(part, appearance, outbox)
                part.copies[to.wanted, to.quiet] = written
                return written
            except CollageError as error:
                refused = error
        raise refused

    async def _write(self, part: "WeeklyPart | ListPart", wanted: Appearance, outbox: Outbox) -> Written:
        if isinstance(part, ListPart):
            texts = await renditions.texts(self._services.library, part.month, part.entries)
            return outbox.written(texts[part.page])
        written = await renditions.weekly(self._services.shelf, part.entry, wanted, rerun=part.rerun)
        return outbox.written(*written)

    async def _send_album(self, album: Album, to: Recipient, outbox: Outbox) -> Receipt:
        for appearance, language in renditions.ways(to.wanted):
            try:
                with speaking(language):
                    sent = await outbox.album(to.address, album, wanted=appearance)
                return Receipt(tuple(place.message_id for place in sent.places), sent.shows)
            except CollageError as error:  # comes before the request leaves
                refused = error
        raise refused
