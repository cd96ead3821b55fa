"""Owns how an edition becomes Telegram messages: its parts, and how one of them is sent."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot

from bot.chat.albums import Album, albums
from bot.chat.failures import classify
from bot.chat.messages.message import Message
from bot.chat.messages.picks import pick
from bot.chat.messages.roundups import neighbours, pages, roundup
from bot.chat.outbox import Outbox
from bot.chat.services import Services
from bot.errors import CollagebotError, CollageError, DeliveryError, NotSent
from bot.model.address import Address
from bot.model.canvas import Appearance
from bot.model.edition import Edition, EditionKind
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.model.month import Month
from bot.model.preferences import Preferences
from bot.publishing.messenger import Part, Receipt
from bot.store import preferences, subscriptions
from bot.wording.translation import speaking

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WeeklyPart:
    """The collage of the week with its caption."""

    entry: Entry
    rerun: bool
    cost: int = 1


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


def _ways(wanted: Preferences) -> Sequence[tuple[Appearance, str]]:
    """How to try and send a picture, the best first: where it cannot be as wanted, the words stay as they are."""
    standard = Appearance()
    ways = ((wanted.appearance, wanted.language), (standard, wanted.language), (standard, ENGLISH))
    return tuple(dict.fromkeys(ways))


class TelegramMessenger:
    """The messenger that speaks to Telegram.

    Args:
        bot: An initialised bot.
    """

    def __init__(self, bot: Bot, services: Services) -> None:
        self._services = services
        self._aloud = Outbox(bot, services.database, services.shelf)
        self._quietly = Outbox(bot, services.database, services.shelf, quiet=True)

    def plan(self, edition: Edition) -> Sequence[Part]:
        """Divide *edition*: a weekly one is one picture, a roundup its albums and then its texts."""
        if edition.kind is EditionKind.WEEKLY:
            return [WeeklyPart(entry, edition.rerun) for entry in edition.entries]
        month = Month.parse(edition.slot)
        texts = range(len(pages(month, edition.entries)))
        return [*albums(month, edition.entries), *(ListPart(month, edition.entries, page) for page in texts)]

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
        for entry in edition.entries:
            await self._services.shelf.get(entry, canvas, language=entry.spoken_in(language), theme=theme)
        if edition.kind is EditionKind.ROUNDUP:
            month = Month.parse(edition.slot)
            await self._services.shelf.find_cover(month, edition.entries, canvas, language=language, theme=theme)

    async def send(self, part: Part, address: Address) -> Receipt:
        """Send one part to one address.

        Raises:
            DeliveryError: One of its kinds; which one says what may be done next.
        """
        try:
            return Receipt(await self._send_as_wanted(part, address))
        except DeliveryError:
            raise
        except CollagebotError as error:  # ours come from the database or the shelf, before the request leaves
            raise NotSent(str(error)) from error
        except Exception as error:
            raise classify(error) from error

    async def _send_as_wanted(self, part: Part, address: Address) -> tuple[int, ...]:
        async with self._services.database.reading() as conn:
            wanted = await preferences.find(conn, address.chat_id)
            outbox = self._quietly if await subscriptions.is_quiet(conn, address) else self._aloud
        for appearance, language in _ways(wanted):
            try:
                with speaking(language):
                    return await self._send(part, address, appearance, outbox)
            except CollageError as error:  # comes before the request leaves
                refused = error
        raise refused

    async def _send(self, part: Part, address: Address, wanted: Appearance, outbox: Outbox) -> tuple[int, ...]:
        match part:
            case WeeklyPart(entry, rerun):
                message = pick(entry, shown=wanted, rerun=rerun)
                return ((await outbox.picture(address, entry, message, wanted=wanted)).message_id,)
            case Album():
                return tuple(it.message_id for it in await outbox.album(address, part, wanted=wanted))
            case ListPart(month, entries, page):
                text = await self._list_text(month, entries, page)
                return ((await outbox.text(address, text)).message_id,)
        raise TypeError(f"{type(part).__name__} is not a part of ours")

    async def _list_text(self, month: Month, entries: Sequence[Entry], page: int) -> Message:
        around = neighbours(month, await self._services.library.months())
        return roundup(month, entries, around)[page]
