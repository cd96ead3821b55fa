"""Owns how a draft is shown: its picture as it will be posted, and the card that hangs on it, both changed in place."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.chat.desk_presses import Sight
from bot.chat.failures import is_lost
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.patience import patiently
from bot.chat.markup import Rich
from bot.chat.messages import picks
from bot.chat.messages.desk import card, verdict, words
from bot.chat.messages.message import Message
from bot.chat.place import Place
from bot.chat.shapes import SHAPES
from bot.collage.check.report import Finding, Report
from bot.errors import CollageError
from bot.model.asset import Asset
from bot.model.canvas import Appearance, Canvas
from bot.model.draft import DeskDraft
from bot.model.entry import Entry, EntryState
from bot.model.language import ENGLISH
from bot.store.figures import figure_bytes


@dataclass(frozen=True, slots=True)
class Board:
    """The two messages that show a draft; None where one is out of reach."""

    picture: Place | None
    card: Place | None

    @classmethod
    def pressed(cls, talk: Conversation) -> "Board":
        """The board whose card has the button that was pressed."""
        above = talk.received.reply_to_message if talk.received else None
        is_ours = above is not None and above.from_user is not None and above.from_user.id == talk.bot.id
        return cls(Place.of(above) if above and is_ours else None, talk.place)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A draft as it stands, with the number it will get.

    Attributes:
        goes_out_at: Of one that waits and has a date.
    """

    draft: DeskDraft
    goes_out_at: datetime | None = None

    @property
    def entry(self) -> Entry:
        return self.draft.entry


async def put_up(talk: Conversation, draft: DeskDraft, sight: Sight) -> None:
    """Send the picture of a draft, and its card as an answer to it."""
    async with talk.busy(ChatAction.UPLOAD_PHOTO):
        shown = await _as_it_stands(talk, draft)
        picture, below = await asyncio.gather(send_picture(talk, shown.entry, sight), _card(talk, shown, sight))
        await patiently(lambda: talk.outbox.text(talk.address, below, reply_to=picture.message_id))


async def renew(talk: Conversation, board: Board, draft: DeskDraft, sight: Sight, *, in_words: bool = False) -> None:
    """Change both messages to how the draft stands; where one of them is lost, put it up anew.

    Args:
        in_words: The card lists the words, so that the next field can be said anew.
    """
    async with talk.busy(ChatAction.UPLOAD_PHOTO):
        shown = await _as_it_stands(talk, draft)
        listed = in_words and draft.entry.state is not EntryState.QUEUED and draft.discarded_at is None
        below = _word_list(talk, shown, sight) if listed else _card(talk, shown, sight)
        asset, message = await asyncio.gather(_drawn(talk, shown.entry, sight), below)
    try:
        await _edit(talk, board, asset, caption=_caption(shown.entry, sight), card=message)
    except BadRequest as error:
        if not is_lost(error):
            raise
        await put_up(talk, draft, sight)
        await _clear(talk, board)


async def card_of(talk: Conversation, draft: DeskDraft, sight: Sight) -> Message:
    """The card of a draft as it stands."""
    async with talk.busy():
        return await _card(talk, await _as_it_stands(talk, draft), sight)


async def words_of(talk: Conversation, draft: DeskDraft, sight: Sight) -> Message:
    """The words of a draft, with the verdict above them."""
    async with talk.busy():
        return await _word_list(talk, await _as_it_stands(talk, draft), sight)


async def failures(talk: Conversation, entry: Entry) -> tuple[Canvas, Sequence[Finding]] | None:
    """The first shape in which a collage may not be posted, with the hard rules that fail; None where all is well.

    Raises:
        CollageError: It cannot be drawn.
    """
    async with talk.busy():
        reports = await asyncio.gather(*(_judge(talk, entry, Appearance(canvas), ENGLISH) for canvas in SHAPES))
    failing = ((canvas, report.failures) for canvas, report in zip(SHAPES, reports, strict=True) if report.failures)
    return next(failing, None)


async def send_picture(talk: Conversation, entry: Entry, sight: Sight) -> Place:
    """Send the collage of an entry with its caption, without the buttons that work only once it is posted."""
    caption, wanted = _caption(entry, sight), await _looks(talk, sight)
    try:
        return await patiently(
            lambda: talk.outbox.picture(talk.address, entry, caption, wanted=wanted, language=sight.language)
        )
    except CollageError:
        return await patiently(lambda: talk.outbox.text(talk.address, picks.undrawn(caption)))


async def first_sight(talk: Conversation) -> Sight:
    """How a draft is looked at to begin with: as the chat wants its pictures."""
    return Sight((await talk.appearance()).canvas)


async def _edit(talk: Conversation, board: Board, asset: Asset | None, *, caption: Message, card: Message) -> None:
    picture, below = board.picture, board.card
    if picture is None or below is None:
        raise BadRequest("message to edit not found")
    if asset is not None:  # else the picture stays, and the card says why
        await patiently(lambda: talk.outbox.edit_photo(picture, asset, caption))
    await patiently(lambda: talk.outbox.edit_text(below, card))


async def _clear(talk: Conversation, board: Board) -> None:
    """Take away what is left of a board that was put up anew, so that nobody presses its old buttons."""
    for place in (board.picture, board.card):
        if place is not None:
            with suppress(TelegramError):
                await talk.outbox.remove(place)


async def _as_it_stands(talk: Conversation, draft: DeskDraft) -> _Shown:
    if draft.entry.state is not EntryState.QUEUED:
        return _Shown(draft)
    listed = await talk.services.queue.listed(draft.entry.series.slug)
    found = next((each for each in listed if each.entry.id == draft.id), None)
    return _Shown(replace(draft, entry=found.entry), found.goes_out_at) if found else _Shown(draft)


async def _card(talk: Conversation, shown: _Shown, sight: Sight) -> Message:
    if shown.draft.discarded_at is not None:
        return card.discarded(shown.draft, sight)
    if shown.entry.state is EntryState.QUEUED:
        return card.queued(shown.draft, sight, goes_out_at=shown.goes_out_at)
    return card.card(shown.draft, sight, await _verdict(talk, shown.entry, sight))


async def _word_list(talk: Conversation, shown: _Shown, sight: Sight) -> Message:
    return words.words(shown.draft, sight, await _verdict(talk, shown.entry, sight))


async def _verdict(talk: Conversation, entry: Entry, sight: Sight) -> Rich:
    try:
        return verdict.verdict(await _judge(talk, entry, await _looks(talk, sight), sight.language))
    except CollageError as error:
        return verdict.undrawn(error)


async def _judge(talk: Conversation, entry: Entry, wanted: Appearance, language: str) -> Report:
    async with talk.services.database.reading() as conn:
        files = await figure_bytes(conn, entry.id)
    made = await talk.services.judge(entry, wanted.canvas, language=language, theme=wanted.theme, files=files)
    return made.report


async def _drawn(talk: Conversation, entry: Entry, sight: Sight) -> Asset | None:
    """The picture of a draft; None where it cannot be drawn."""
    wanted = await _looks(talk, sight)
    try:
        return await talk.services.shelf.get(entry, wanted.canvas, language=sight.language, theme=wanted.theme)
    except CollageError:
        return None


async def _looks(talk: Conversation, sight: Sight) -> Appearance:
    return replace(await talk.appearance(), canvas=sight.canvas)


def _caption(entry: Entry, sight: Sight) -> Message:
    return Message(picks.caption(entry, language=sight.language))
