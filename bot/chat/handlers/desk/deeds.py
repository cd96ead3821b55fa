"""Owns what the buttons of a card do: a draft is looked at, changed, approved, discarded."""

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.desk_presses import Deed, OnDraft, ShowDraft
from bot.chat.handlers import collages
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import board
from bot.chat.handlers.desk.board import Board
from bot.chat.handlers.toast import QUIET, Toast, alert
from bot.chat.messages.desk import card, verdict
from bot.editorial.desk import Desk
from bot.errors import CollageError, DraftChanged, DraftError
from bot.model.draft import DeskDraft
from bot.model.entry import EntryState
from bot.store import entries
from bot.wording.translation import _

_LOOKS = frozenset({Deed.LOOK, Deed.CARD, Deed.WORDS, Deed.ASK_RIGHT})
_ON_DESK = (EntryState.DRAFT, EntryState.PUBLISHED)
"""A published entry lies there while it is corrected."""
_CHANGES: Mapping[Deed, Callable[..., Awaitable[DeskDraft]]] = {
    Deed.DISCARD: Desk.discard,
    Deed.NEXT_FIGURE: Desk.next_figure,
    Deed.DROP_FIGURE: Desk.drop_figure,
    Deed.SWAP_HERO: Desk.swap_hero,
    Deed.RESET_WORDS: Desk.reset_words,
    Deed.RESET_FIGURES: Desk.reset_panels,
}
"""What the desk does by itself, once it is told which revision the editor saw."""


async def act(talk: Conversation, press: OnDraft) -> Toast:
    """Do what was pressed and show what became of it; what was pressed too late changes nothing."""
    try:
        draft = await _done(talk, press)
    except DraftChanged:
        return await show_changed(talk, press)
    except (DraftError, CollageError) as error:
        return alert(error)
    await _show(talk, press, draft)
    return QUIET


async def show_changed(talk: Conversation, press: OnDraft) -> Toast:
    """Show how a draft stands that somebody else has changed, and say so."""
    try:
        draft = await talk.services.desk.get(press.draft_id)
    except DraftChanged:
        await talk.revise(card.gone())
        return alert(_(card.GONE))
    await board.renew(talk, Board.pressed(talk), draft, press.sight)
    return Toast(_(card.CHANGED))


async def seen(talk: Conversation, press: OnDraft) -> DeskDraft:
    """The draft that a button speaks of.

    Raises:
        DraftChanged: It is not as it was when the button was made.
    """
    draft = await talk.services.desk.get(press.draft_id)
    on_desk = draft.entry.state in _ON_DESK and draft.discarded_at is None
    if not on_desk or draft.revision != press.revision:
        raise DraftChanged(_(card.CHANGED))
    return draft


async def show(talk: Conversation, press: ShowDraft) -> Toast:
    """Send the preview of a draft; of anything else that bears its id, the collage."""
    try:
        draft = await talk.services.desk.get(press.entry_id)
    except DraftChanged:
        return await _show_entry(talk, press.entry_id)
    await board.put_up(talk, draft, await board.first_sight(talk))
    return QUIET


async def _show_entry(talk: Conversation, entry_id: int) -> Toast:
    async with talk.services.database.reading() as conn:
        found = await entries.get_entries(conn, [entry_id])
    if not found:
        return alert(_(card.GONE))
    if found[0].state is EntryState.PUBLISHED:
        await collages.show(talk, found[0])
    else:
        await board.send_picture(talk, found[0], await board.first_sight(talk))
    return QUIET


async def _show(talk: Conversation, press: OnDraft, draft: DeskDraft) -> None:
    match press.deed:
        case Deed.CARD | Deed.DISCARD:
            await talk.revise(await board.card_of(talk, draft, press.sight))
        case Deed.WORDS:
            await talk.revise(await board.words_of(talk, draft, press.sight))
        case Deed.ASK_RIGHT:
            await talk.revise(card.ask_right(draft, press.sight))
        case _:
            in_words = press.deed is Deed.RESET_WORDS
            await board.renew(talk, Board.pressed(talk), draft, press.sight, in_words=in_words)


async def _done(talk: Conversation, press: OnDraft) -> DeskDraft:
    desk = talk.services.desk
    match press.deed:
        case deed if deed in _LOOKS:
            return await seen(talk, press)
        case deed if deed in _CHANGES:
            return await _CHANGES[deed](desk, press.draft_id, press.revision, editor=talk.asker)
        case Deed.APPROVE:
            return await _approve(talk, press)
        case Deed.REOPEN:
            return await desk.reopen(press.draft_id, editor=talk.asker)
        case Deed.RESTORE:
            return await desk.restore(press.draft_id, editor=talk.asker)
        case Deed.CONFIRM_RIGHT:
            return await _confirm_right(talk, press)
    raise TypeError(f"nothing is done for {press.deed}")


async def _approve(talk: Conversation, press: OnDraft) -> DeskDraft:
    draft = await seen(talk, press)
    if failing := await board.failures(talk, draft.entry):
        raise DraftError(verdict.refusal(*failing))
    return await talk.services.desk.approve(draft.id, draft.revision, editor=talk.asker)


async def _confirm_right(talk: Conversation, press: OnDraft) -> DeskDraft:
    """Write the right down, and show the best of the figures where none is shown."""
    desk = talk.services.desk
    draft = await desk.confirm_right(press.draft_id, press.revision, editor=talk.asker)
    if draft.shown:
        return draft
    return await desk.next_figure(draft.id, draft.revision, editor=talk.asker)
