"""Owns what editors decide about an edition that Telegram refuses, changed in place."""

from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages.desk import refused as messages
from bot.chat.messages.desk.doubts import CHANGED
from bot.chat.messages.message import Message
from bot.chat.sending_presses import OnRefused, RefusedStep
from bot.model.edition import Edition
from bot.store import held, history, notices, tallies
from bot.wording.translation import _


def key_of(edition: Edition) -> str:
    """What editors were told of it is remembered by."""
    return f"refused {edition.id}"


async def act(talk: Conversation, press: OnRefused) -> Toast:
    """Show what is held, or do what was decided; the message says how it stands."""
    edition, waiting = await _find(talk, press.edition_id)
    if edition is None or not waiting:
        await talk.revise(messages.decided(messages.OVER, edition))
        return Toast(_(CHANGED))
    message, is_done = await _done(talk, press.step, edition, waiting)
    await talk.revise(message)
    return QUIET if is_done else Toast(_(CHANGED))


async def _done(talk: Conversation, step: RefusedStep, edition: Edition, waiting: int) -> tuple[Message, bool]:
    match step:
        case RefusedStep.RETRY:
            # Whoever was told is told anew if it is refused again.
            async with talk.services.database.writing() as conn:
                await notices.forget(conn, key_of(edition))
            is_done = await talk.services.settling.try_again(edition.id)
            return messages.decided(messages.RETRIED if is_done else messages.OVER, edition), is_done
        case RefusedStep.LEAVE:
            is_done = await talk.services.settling.leave(edition.id, by=talk.asker)
            return messages.decided(messages.LEFT if is_done else messages.OVER, edition), is_done
        case RefusedStep.ASK_LEAVE:
            return messages.ask_leave(edition), True
    return messages.held(edition, waiting), True


async def _find(talk: Conversation, edition_id: int) -> tuple[Edition | None, int]:
    """The edition, and how many of its messages wait for a decision; 0 where it is not held any more."""
    async with talk.services.database.reading() as conn:
        waiting = next((it for it in await held.waiting(conn) if it.id == edition_id), None)
        if waiting is None:
            return await history.find_edition(conn, edition_id), 0
        return waiting, await tallies.count_pending(conn, edition_id)
