"""Owns how a field of a draft is said anew: we ask, the editor replies, and the reply tells us what was asked."""

from contextlib import suppress
from dataclasses import replace

from telegram.error import TelegramError

from bot.chat.asked import Asked, digest
from bot.chat.desk_presses import Deed, EditField, OnDraft
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import board, deeds
from bot.chat.handlers.desk.board import Board
from bot.chat.handlers.patience import patiently
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages.desk import words
from bot.chat.place import Place
from bot.editorial.correction import Correction, Field
from bot.errors import DraftChanged, DraftError
from bot.model.draft import DeskDraft
from bot.store import entries
from bot.wording.translation import _

_TRIES = 3
"""Somebody may change another field at the very moment; then ours is looked at again."""


async def ask(talk: Conversation, press: EditField) -> Toast:
    """Ask for a field anew, and show what it says now."""
    looked = OnDraft(Deed.WORDS, press.draft_id, press.revision, press.sight)
    try:
        draft = await deeds.seen(talk, looked)
    except DraftChanged:
        return await deeds.show_changed(talk, looked)
    shown = Board.pressed(talk)
    asked = Asked(
        press.draft_id,
        press.field,
        press.sight,
        digest(_present(draft, press)),
        picture=shown.picture.message_id if shown.picture else 0,
        card=shown.card.message_id if shown.card else 0,
    )
    await _prompt(talk, asked, draft)
    return QUIET


async def take(talk: Conversation, asked: Asked, typed: str) -> None:
    """Take what an editor replied to a prompt; what cannot be taken is asked for again."""
    try:
        draft = await _said(talk, asked, typed)
    except DraftChanged as error:
        await talk.reply(words.too_late(error, asked.draft_id))
    except DraftError as error:
        await _ask_again(talk, asked, str(error))
    else:
        await _remove_prompt(talk)
        await _show(talk, asked, draft)


async def _said(talk: Conversation, asked: Asked, typed: str) -> DeskDraft:
    """The draft with the field said anew.

    Raises:
        DraftChanged: It cannot be changed any more.
        DraftError: The text breaks a rule, or somebody else said the field anew since we asked.
    """
    said = Correction(asked.field, typed, asked.sight.language)
    for _try in range(_TRIES):
        draft = await talk.services.desk.get(asked.draft_id)
        if digest(_present(draft, asked)) != asked.digest:
            raise DraftError(_(words.CHANGED))
        try:
            return await talk.services.desk.say(draft.id, draft.revision, editor=talk.asker, said=said)
        except DraftChanged as error:
            changed = error
    raise changed


async def _ask_again(talk: Conversation, asked: Asked, complaint: str) -> None:
    draft = await talk.services.desk.get(asked.draft_id)
    await _remove_prompt(talk)
    await _prompt(talk, replace(asked, digest=digest(_present(draft, asked))), draft, complaint=complaint)


async def _prompt(talk: Conversation, asked: Asked, draft: DeskDraft, *, complaint: str = "") -> None:
    async with talk.services.database.reading() as conn:
        topics = await entries.all_topics(conn) if asked.field is Field.TOPICS else ()
    message = words.prompt(asked, draft, talk.bot.username, topics=topics, complaint=complaint)
    reply_to = asked.card or None
    if talk.private:
        placeholder = words.label_of(asked.field)
        await patiently(lambda: talk.outbox.prompt(talk.address, message, placeholder=placeholder, reply_to=reply_to))
    else:  # where many read, the field is not opened for all of them; who means it replies by hand
        await patiently(lambda: talk.outbox.text(talk.address, message, reply_to=reply_to))


async def _remove_prompt(talk: Conversation) -> None:
    prompt = talk.received.reply_to_message if talk.received else None
    if prompt is not None:
        with suppress(TelegramError):  # too old to be taken away, and nothing hangs on it
            await talk.outbox.remove(Place.of(prompt))


async def _show(talk: Conversation, asked: Asked, draft: DeskDraft) -> None:
    if not (asked.picture and asked.card):
        await board.put_up(talk, draft, asked.sight)
        return
    shown = Board(Place(talk.chat.id, asked.picture), Place(talk.chat.id, asked.card))
    await board.renew(talk, shown, draft, asked.sight, in_words=True)
    await talk.reply(words.kept(asked.field, draft))


def _present(draft: DeskDraft, of: Asked | EditField) -> str:
    return words.present_text(draft.entry, of.field, of.sight.language)
