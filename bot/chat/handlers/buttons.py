"""Owns what every button does: one press in, at most one toast out."""

from telegram.error import BadRequest, Forbidden

from bot.chat.desk_presses import Anew, AskedFile, EditorsPress, TakeUp, TurnAsked
from bot.chat.failures import takes_no_files
from bot.chat.handlers import collages, commission, month, saved, search, settings, subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import candidates, drafting
from bot.chat.handlers.desk import presses as desk
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages import greetings, results, troubles, wishes
from bot.chat.messages.desk.card import EDITORS_ONLY
from bot.chat.presses import (
    ASK_SEARCH,
    CANDIDATES,
    COLLAGE,
    DRAFTS,
    EDITORIAL,
    FOLLOW,
    LATEST,
    RANDOM,
    RESTORE,
    SETTINGS,
    SUBSCRIBE,
    THIS_MONTH,
    UNSUBSCRIBE,
    ChooseCanvas,
    ChooseTheme,
    DropSaved,
    Find,
    FullSize,
    MoreLike,
    Plain,
    Press,
    ReadOn,
    ShowEntry,
    ShowMonth,
    Stop,
    ToggleSaved,
    TurnCanvas,
    TurnResults,
    TurnSaved,
    Want,
)
from bot.chat.spelling import UnknownPress, read
from bot.errors import CollageError, NotFound
from bot.model.canvas import Appearance, Canvas


async def pressed(talk: Conversation, data: str) -> Toast:
    """Do what the button carrying *data* stands for, whoever wrote it."""
    try:
        press = read(data)
    except UnknownPress:
        return await _start_afresh(talk)
    try:
        return await _obey(talk, press)
    except NotFound:
        return Toast(greetings.ENTRY_GONE, alert=True)
    except CollageError:
        return Toast(troubles.NO_PICTURE, alert=True)
    except (BadRequest, Forbidden) as error:
        if not takes_no_files(error):
            raise
        return Toast(troubles.NO_FILES, alert=True)


async def _start_afresh(talk: Conversation) -> Toast:
    if talk.in_channel:
        return Toast(greetings.OLD_BUTTON)
    opening = greetings.OLD_PICTURE if talk.received and talk.received.photo else results.OLD_LIST
    await talk.say(await search.fresh_list(talk, opening))
    return Toast(opening)


async def _obey(talk: Conversation, press: Press) -> Toast:
    if _is_editorial(press) and not talk.is_editors:
        return Toast(EDITORS_ONLY)
    if isinstance(press, EditorsPress):
        return await desk.pressed(talk, press)
    match press:
        case Anew():
            return await _try_again(talk, press)
        case TurnAsked():
            return commission.turn(talk, press)
        case AskedFile():
            return commission.hand_over(talk, press)
        case ToggleSaved(entry_id):
            return Toast(await saved.toggle(talk, entry_id))
        case DropSaved(entry_id):
            return Toast(await saved.drop(talk, entry_id))
        case Plain("subscribe" | "unsubscribe" | "follow" | "restore"):
            return await _decide(talk, press)
        case ChooseCanvas() | ChooseTheme() | Want() | Stop():
            refusal = await settings.change(talk, press)
            return Toast(refusal, alert=bool(refusal))
        case Plain("still"):
            return QUIET
        case TurnResults(asker=asker) if asker not in {0, talk.asker}:
            return Toast(results.NOT_YOURS)
    if talk.in_channel:  # any reader may press there, and nobody but its admins may make us post
        return Toast(url=talk.private_chat(_payload(press)))
    await _answer(talk, press)
    return QUIET


def _is_editorial(press: Press) -> bool:
    match press:
        case Anew(attempt):
            return isinstance(attempt, EditorsPress)
        case Plain():
            return press in EDITORIAL
    return isinstance(press, EditorsPress)


async def _try_again(talk: Conversation, press: Anew) -> Toast:
    if isinstance(press.attempt, TakeUp):
        return Toast(await drafting.begin(talk, press.attempt, talk.place))
    refused = commission.begin(talk, press.attempt, talk.place)
    return Toast(refused.text.plain if refused else "")


async def _decide(talk: Conversation, press: Plain) -> Toast:
    if not await subscribe.may_decide(talk):
        return Toast(wishes.ADMINS_ONLY, alert=True)
    await _DECIDED[press](talk)
    return QUIET


async def _subscribe(talk: Conversation) -> None:
    await subscribe.subscribe_now(talk, None)


_DECIDED = {
    SUBSCRIBE: _subscribe,
    UNSUBSCRIBE: subscribe.unsubscribe_now,
    FOLLOW: subscribe.follow,
    RESTORE: subscribe.restore,
}


async def _answer(talk: Conversation, press: Press) -> None:
    match press:
        case ShowEntry(entry_id):
            await collages.show(talk, await talk.services.library.get(entry_id))
        case TurnCanvas():
            await collages.turn(talk, press)
        case FullSize():
            await collages.full_size(talk, press)
        case MoreLike(entry_id):
            await collages.more_like(talk, entry_id)
        case ReadOn(entry_id):
            await collages.read_on(talk, entry_id)
        case ShowMonth(asked):
            await month.show(talk, asked)
        case TurnResults():
            await search.turn(talk, press)
        case TurnSaved():
            await saved.turn(talk, press)
        case Find(query):
            await search.search(talk, query)
        case Plain():
            await _PLAIN[press](talk, "")


_PLAIN = {
    LATEST: collages.latest,
    RANDOM: collages.random,
    THIS_MONTH: month.month,
    ASK_SEARCH: search.search,
    SETTINGS: settings.settings,
    COLLAGE: commission.commission,
    CANDIDATES: candidates.candidates,
    DRAFTS: drafting.list_drafts,
}


def _payload(press: Press) -> str:
    """What a deep link into our private chat carries."""
    match press:
        case ShowEntry(entry_id) | TurnCanvas(entry_id, Appearance(canvas=Canvas.PORTRAIT)):
            return f"entry_{entry_id}"
        case TurnCanvas(entry_id):
            return f"slide_{entry_id}"
        case FullSize(entry_id):
            return f"full_{entry_id}"
        case MoreLike(entry_id):
            return f"like_{entry_id}"
        case ReadOn(entry_id):
            return f"read_{entry_id}"
        case ShowMonth(asked):
            return f"month_{asked}"
        case Plain():
            return press.name
        case _:
            return "hello"
