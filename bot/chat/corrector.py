"""Owns how one message that is out is changed, or taken away: the corrector that speaks to Telegram."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.chat import renditions
from bot.chat.albums import FEWEST_COVERED
from bot.chat.failures import classify, is_lost
from bot.chat.handlers.patience import patiently
from bot.chat.markup import Rich
from bot.chat.messages.desk import correcting
from bot.chat.messages.message import Message, without_picture
from bot.chat.outbox import Outbox
from bot.chat.pace import reserved
from bot.chat.place import Place
from bot.chat.posted import Content, CoverOf, ListOf, PickOf, PictureOf, Unknown, contents, touched
from bot.chat.services import Services
from bot.errors import CollagebotError, CollageError, DeliveryError
from bot.model.address import Address
from bot.model.asset import Asset
from bot.model.canvas import Appearance
from bot.model.correction import CorrectionKind, Notice, Obstacle, Posted, StepOutcome, StepState, Tally, Target
from bot.model.edition import Edition
from bot.model.entry import Entry
from bot.publishing.corrections import Revision
from bot.store import preferences, saved
from bot.wording.translation import language as spoken
from bot.wording.translation import speaking

log = logging.getLogger(__name__)

_DONE = StepOutcome(StepState.DONE)
_LOST = StepOutcome(StepState.FAILED, Obstacle.LOST)
_UNKNOWN = StepOutcome(StepState.FAILED, Obstacle.UNKNOWN)
_NOT_THERE = ("message to delete not found", "message_id_invalid", "message identifier is not specified")
_TOO_OLD = "message can't be deleted"
"""Telegram lets bots delete for 48 hours. Source: https://core.telegram.org/bots/api#deletemessage"""
_OF_ANOTHER_KIND = ("there is no text in the message", "there is no caption in the message")


class TelegramCorrector:
    """The corrector that speaks to Telegram.

    Args:
        bot: An initialised bot.
    """

    def __init__(self, bot: Bot, services: Services) -> None:
        self._services = services
        self._outbox = Outbox(bot, services.database, services.shelf)

    def touched(self, edition: Edition, posted: Posted, entry_id: int) -> Sequence[Target]:
        """Say which messages that a chat has of an edition show or name an entry."""
        return touched(edition, posted, entry_id)

    async def carry_out(self, revision: Revision) -> StepOutcome:
        """Change one message as the chat wants it now, or take it away.

        Raises:
            DeliveryError: One of its kinds.
            CollageError: The picture cannot be drawn.
            StoreError: The database cannot be used.
        """
        found = next((it for it in contents(revision.edition, revision.posted) if it[0] == revision.step.target), None)
        if found is None:
            return _LOST
        _target, message_id, content = found
        try:
            with reserved(revision.send_at):
                return await self._carry_out(revision, content, Place(revision.posted.address.chat_id, message_id))
        except (CollagebotError, DeliveryError):
            raise
        except Exception as error:
            if is_lost(error):
                return _LOST
            raise classify(error) from error

    async def tell(self, notice: Notice, entry: Entry, tally: Tally) -> None:
        """Tell an editor how far a correction is, in the message that they know, or else in a new one at the end."""
        async with self._services.database.reading() as conn:
            wanted = await preferences.find(conn, notice.correction.editor)
        with speaking(wanted.language):
            message = correcting.progress(notice.correction, entry, tally)
        place = Place(notice.chat_id, notice.message_id)
        try:
            await patiently(lambda: self._outbox.edit_text(place, message))
        except TelegramError as error:
            log.warning("how far correction %d is could not be told: %s", notice.correction.id, classify(error))
            if is_lost(error) and notice.correction.finished_at is not None:
                await self._tell_anew(notice, message)

    async def _tell_anew(self, notice: Notice, message: Message) -> None:
        try:
            await patiently(lambda: self._outbox.text(Address(notice.chat_id), message))
        except TelegramError as error:
            log.warning("the end of correction %d could not be told: %s", notice.correction.id, classify(error))

    async def _carry_out(self, revision: Revision, content: Content, place: Place) -> StepOutcome:
        retracts = revision.step.correction.kind is CorrectionKind.RETRACT
        match content:
            case Unknown():
                return _UNKNOWN
            case ListOf():
                return await self._rewrite(revision, content, place)
            case PickOf(entry) | PictureOf(entry) if retracts:
                return await self._take_away(revision, place, lambda: correcting.withdrawn(entry))
            case CoverOf(month) if len(revision.edition.shown) < FEWEST_COVERED:
                return await self._take_away(revision, place, lambda: correcting.without_cover(month))
            case CoverOf(month) if retracts:
                try:
                    return await self._redraw(revision, content, place)
                except CollageError as error:
                    log.warning("there is no other cover of %s, so the old one goes: %s", month, error)
                    return await self._take_away(revision, place, lambda: correcting.without_cover(month))
        return await self._redraw(revision, content, place)

    async def _redraw(self, revision: Revision, content: Content, place: Place) -> StepOutcome:
        refused: CollageError | None = None
        for appearance, language in renditions.ways(revision.step.wanted):
            try:
                with speaking(language):
                    await self._redraw_so(revision, content, place, appearance)
                return _DONE
            except CollageError as error:  # comes before the request leaves
                refused = error
        raise refused or CollageError("there is no way to draw it")

    async def _redraw_so(self, revision: Revision, content: Content, place: Place, wanted: Appearance) -> None:
        shelf = self._services.shelf
        match content:
            case PickOf(entry):
                is_saved = await self._is_saved(place.chat_id, entry.id)
                rerun = revision.edition.rerun
                message, asset = await renditions.weekly(shelf, entry, wanted, rerun=rerun, is_saved=is_saved)
                await self._show(place, asset, message)
            case PictureOf(entry):
                await self._show(place, await renditions.drawn(shelf, entry, wanted), Message(Rich()))
            case CoverOf(month):
                cover = await renditions.cover(shelf, month, revision.edition.shown, wanted)
                await self._show(place, cover, Message(Rich()))

    async def _show(self, place: Place, asset: Asset, message: Message) -> None:
        """Change a picture with its words; where the chat takes no photos any more, only the words."""
        try:
            await self._outbox.edit_photo(place, asset, message)
        except BadRequest as error:
            if not _says(error, *_OF_ANOTHER_KIND):
                raise
            await self._outbox.edit_caption(place, without_picture(message))

    async def _rewrite(self, revision: Revision, text: ListOf, place: Place) -> StepOutcome:
        shown = revision.edition.shown
        with speaking(revision.step.wanted.language):
            if not shown:
                return await self._take_away_text(place, correcting.emptied(text.month), StepState.INSTEAD)
            texts = await renditions.texts(self._services.library, text.month, shown)
            if text.page >= len(texts):
                return await self._take_away_text(place, correcting.left_over(), StepState.DONE)
            is_cut = text.page == text.sent - 1 < len(texts) - 1
            message = texts[text.page]
            if is_cut:  # what leads on stands in the text that was never sent
                message = replace(message, buttons=texts[-1].buttons)
            await self._outbox.edit_text(place, message)
        return StepOutcome(StepState.DONE, Obstacle.SHORT if is_cut else None)

    async def _take_away_text(self, place: Place, message: Message, otherwise: StepState) -> StepOutcome:
        if await self._is_removed(place):
            return StepOutcome(StepState.DELETED)
        await self._outbox.edit_text(place, message)
        return StepOutcome(otherwise)

    async def _take_away(self, revision: Revision, place: Place, say: Callable[[], Message]) -> StepOutcome:
        if await self._is_removed(place):
            return StepOutcome(StepState.DELETED)
        wanted = revision.step.wanted
        with speaking(wanted.language):
            message = say()
            try:
                await self._outbox.edit_photo(place, await self._withdrawn(wanted.appearance), message)
                return StepOutcome(StepState.INSTEAD)
            except (BadRequest, CollageError) as error:
                log.warning("a picture in chat %d stays, only its words change: %s", place.chat_id, error)
                return await self._reword(place, message)

    async def _withdrawn(self, wanted: Appearance) -> Asset:
        return await self._services.shelf.withdrawn(wanted.canvas, language=spoken(), theme=wanted.theme)

    async def _reword(self, place: Place, message: Message) -> StepOutcome:
        try:
            await self._outbox.edit_caption(place, message)
        except BadRequest as error:
            if not _says(error, *_OF_ANOTHER_KIND):
                raise
            await self._outbox.edit_text(place, message)
            return StepOutcome(StepState.INSTEAD)
        return StepOutcome(StepState.INSTEAD, Obstacle.STILL_SHOWN)

    async def _is_removed(self, place: Place) -> bool:
        """Take a message away, if it is not gone already; False where Telegram does not let us any more."""
        try:
            await self._outbox.remove(place)
        except BadRequest as error:
            if _says(error, _TOO_OLD):
                return False
            if not _says(error, *_NOT_THERE):
                raise
        return True

    async def _is_saved(self, chat_id: int, entry_id: int) -> bool:
        """Whether the reader of a private chat has the entry on their list: its button says so."""
        if chat_id < 0:
            return False
        async with self._services.database.reading() as conn:
            return entry_id in await saved.entries_of(conn, chat_id)


def _says(error: TelegramError, *texts: str) -> bool:
    said = str(error).casefold()
    return any(text in said for text in texts)
