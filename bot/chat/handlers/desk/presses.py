"""Owns which handler of the desk does what was pressed; only editors get there."""

from bot.chat.desk_presses import (
    EditField,
    EditorsPress,
    FixDate,
    ListQueue,
    OnDraft,
    OnHeld,
    OnOut,
    OnQueued,
    ShowDraft,
    ShowQueue,
    TakeUp,
    TurnCandidates,
)
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import (
    candidates,
    correcting,
    corrections,
    deeds,
    doubts,
    drafting,
    queueing,
    refused,
    restored,
)
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.sending_presses import AskSettleAll, OnRefused, PickDoubt, SettleAll, SettleDoubt, ShowDoubts


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
        case OnOut():
            return await correcting.act(talk, press)
        case OnHeld():
            return await restored.act(talk, press)
        case ShowDoubts() | PickDoubt() | SettleDoubt() | AskSettleAll() | SettleAll():
            return await doubts.act(talk, press)
        case OnRefused():
            return await refused.act(talk, press)
        case ShowQueue():
            await queueing.turn(talk, press)
        case ListQueue(series):
            await queueing.list_queue(talk, series)
        case TurnCandidates():
            await candidates.turn(talk, press)
    return QUIET
