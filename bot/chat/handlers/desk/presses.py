"""Owns which handler of the desk does what was pressed; only editors get there."""

from bot.chat.desk_presses import (
    EditField,
    EditorsPress,
    FixDate,
    ListQueue,
    OnDraft,
    OnQueued,
    ShowDraft,
    ShowQueue,
    TakeUp,
    TurnCandidates,
)
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import candidates, corrections, deeds, drafting, queueing
from bot.chat.handlers.toast import QUIET, Toast


async def pressed(talk: Conversation, press: EditorsPress) -> Toast:
    """Do what an editor pressed."""
    match press:
        case OnDraft():
            return await deeds.act(talk, press)
        case EditField():
            return await corrections.ask(talk, press)
        case ShowDraft():
            return await deeds.show(talk, press)
        case TakeUp():
            return Toast(await drafting.begin(talk, press))
        case OnQueued() | FixDate():
            return await queueing.act(talk, press)
        case ShowQueue():
            await queueing.turn(talk, press)
        case ListQueue(series):
            await queueing.list_queue(talk, series)
        case TurnCandidates():
            await candidates.turn(talk, press)
    return QUIET
