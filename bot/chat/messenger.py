"""Owns how an edition becomes Telegram messages: its parts, and how one of them is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot

from bot.chat.failures import classify
from bot.chat.messages.message import Message
from bot.chat.messages.picks import pick
from bot.chat.messages.roundups import neighbours, pages, roundup
from bot.chat.outbox import ALBUM_LIMIT, Outbox
from bot.chat.pictures import Pictures
from bot.chat.services import Services
from bot.chat.shares import evenly
from bot.errors import CollagebotError, DeliveryError, NotSent
from bot.model.address import Address
from bot.model.canvas import Canvas
from bot.model.edition import Edition, EditionKind
from bot.model.entry import Entry
from bot.model.month import Month
from bot.publishing.messenger import Part, Receipt
from bot.wording.dates import month_name


@dataclass(frozen=True, slots=True)
class WeeklyPart:
    """The collage of the week with its caption."""

    entry: Entry
    rerun: bool
    cost: int = 1


@dataclass(frozen=True, slots=True)
class AlbumPart:
    """Some of a month's collages, at most ten."""

    month: Month
    entries: tuple[Entry, ...]

    @property
    def cost(self) -> int:
        """Telegram counts every picture of an album."""
        return len(self.entries)


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


class TelegramMessenger:
    """The messenger that speaks to Telegram.

    Args:
        bot: An initialised bot.
    """

    def __init__(self, bot: Bot, services: Services) -> None:
        self._services = services
        self._outbox = Outbox(bot, Pictures(bot, services.database, services.shelf), services.shelf)

    def plan(self, edition: Edition) -> Sequence[Part]:
        """Divide *edition*: a weekly one is one picture, a roundup its albums and then its texts."""
        if edition.kind is EditionKind.WEEKLY:
            return [WeeklyPart(entry, edition.rerun) for entry in edition.entries]
        month = Month.parse(edition.slot)
        albums = [AlbumPart(month, share) for share in evenly(edition.entries, ALBUM_LIMIT)]
        texts = range(len(pages(month, edition.entries)))
        return [*albums, *(ListPart(month, edition.entries, page) for page in texts)]

    async def prepare(self, edition: Edition) -> None:
        """Draw the collages of *edition*.

        Raises:
            CollageError: One of them cannot be drawn.
        """
        for entry in edition.entries:
            await self._services.shelf.get(entry, Canvas.PORTRAIT)

    async def send(self, part: Part, address: Address) -> Receipt:
        """Send one part to one address.

        Raises:
            DeliveryError: One of its kinds; which one says what may be done next.
        """
        try:
            return Receipt(await self._send(part, address))
        except DeliveryError:
            raise
        except CollagebotError as error:  # ours come from the database or the shelf, before the request leaves
            raise NotSent(str(error)) from error
        except Exception as error:
            raise classify(error) from error

    async def _send(self, part: Part, address: Address) -> tuple[int, ...]:
        match part:
            case WeeklyPart(entry, rerun):
                sent = await self._outbox.picture(address, entry, pick(entry, rerun=rerun))
                return (sent.message_id,)
            case AlbumPart(month, entries):
                album = await self._outbox.album(address, entries, month=month_name(month))
                return tuple(it.message_id for it in album)
            case ListPart(month, entries, page):
                text = await self._list_text(month, entries, page)
                return ((await self._outbox.text(address, text)).message_id,)
        raise TypeError(f"{type(part).__name__} is not a part of ours")

    async def _list_text(self, month: Month, entries: Sequence[Entry], page: int) -> Message:
        around = neighbours(month, await self._services.library.months())
        return roundup(month, entries, around)[page]
