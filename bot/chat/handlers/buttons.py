"""Owns what every button does: one press in, at most one toast out."""

from telegram.error import BadRequest, Forbidden

from bot.chat.desk_presses import Anew, AskedFile, EditorsPress, TakeUp, TurnAsked
from bot.chat.failures import takes_no_files
from bot.chat.handlers import (
    about,
    channels,
    cite,
    collages,
    commission,
    month,
    saved,
    search,
    settings,
    subscribe,
    topics,
)
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import candidates, drafting, status
from bot.chat.handlers.desk import presses as desk
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages import greetings, results, troubles, wishes
from bot.chat.messages.desk.card import EDITORS_ONLY
from bot.chat.presses import (
    ASK_FORGET,
    ASK_SEARCH,
    CANDIDATES,
    COLLAGE,
    DRAFTS,
    EDITORIAL,
    FOLLOW,
    FORGET,
    KEEP,
    LATEST,
    PRIVACY,
    RANDOM,
    RESTORE,
    SETTINGS,
    STATUS,
    STILL,
    SUBSCRIBE,
    THIS_MONTH,
    TOPICS,
    UNSUBSCRIBE,
    Cite,
    DropListed,
    DropSaved,
    Find,
    FullSize,
    MoreLike,
    Plain,
    Press,
    PruneSaved,
    ReadOn,
    ShowEntry,
    ShowMonth,
    SubscribeChannel,
    ToggleSaved,
    TurnCanvas,
    TurnResults,
    TurnSaved,
    TurnTopics,
)
from bot.chat.settings_presses import SettingsPress
from bot.chat.spelling import UnknownPress, read
from bot.errors import CollageError, NotFound
from bot.model.canvas import Appearance, Canvas
from bot.wording.translation import _


async def pressed(talk: Conversation, data: str) -> Toast:
    """Do what the button carrying *data* stands for, whoever wrote it."""
    try:
        press = read(data)
    except UnknownPress:
        return await _start_afresh(talk)
    try:
        return await _obey(talk, press)
    except NotFound:
        return Toast(_(greetings.ENTRY_GONE), alert=True)
    except CollageError:
        return Toast(_(troubles.NO_PICTURE), alert=True)
    except (BadRequest, Forbidden) as error:
        if not takes_no_files(error):
            raise
        return Toast(_(troubles.NO_FILES), alert=True)


async def _start_afresh(talk: Conversation) -> Toast:
    if talk.in_channel:
        return Toast(_(greetings.OLD_BUTTON))
    opening = greetings.OLD_PICTURE if talk.received and talk.received.photo else results.OLD_LIST
    await talk.say(await search.fresh_list(talk, opening))
    return Toast(_(opening))


async def _obey(talk: Conversation, press: Press) -> Toast:
    if _is_editorial(press) and not talk.is_editors:
        return Toast(_(EDITORS_ONLY))
    if talk.in_channel and not _is_for_readers_of_channels(press):
        # Any reader may press there, and forge what a button says; nobody but its admins may make us post.
        return Toast(url=talk.private_chat(_payload(press)))
    if isinstance(press, EditorsPress):
        return await desk.pressed(talk, press)
    if isinstance(press, SettingsPress):
        if talk.lost_its_place:
            return Toast(_(greetings.OLD_BUTTON))
        refusal = await settings.change(talk, press)
        return Toast(refusal, alert=bool(refusal))
    match press:
        case Anew():
            if not any(button.target == press for row in talk.buttons for button in row):
                return await _start_afresh(talk)
            return await _try_again(talk, press)
        case TurnAsked():
            return commission.turn(talk, press)
        case AskedFile():
            return commission.hand_over(talk, press)
        case ToggleSaved(entry_id):
            return Toast(await saved.toggle(talk, entry_id))
        case DropSaved(entry_id):
            return Toast(await saved.drop(talk, entry_id))
        case SubscribeChannel(chat_id) if talk.private:
            await channels.subscribe_channel(talk, chat_id)
            return QUIET
        case SubscribeChannel():
            return Toast(_(greetings.OLD_BUTTON))
        case DropListed():
            return Toast(await saved.prune(talk, press))
        case Plain("subscribe" | "unsubscribe" | "follow" | "restore" | "forget" | "keep"):
            return await _decide(talk, press)
        case Plain("still"):
            return QUIET
        case TurnResults(asker=asker) | TurnTopics(asker=asker) if asker not in {0, talk.asker}:
            return Toast(_(results.NOT_YOURS))
    await _answer(talk, press)
    return QUIET


def _is_for_readers_of_channels(press: Press) -> bool:
    """True for what changes nothing there, and for what is asked of admins alone."""
    return isinstance(press, ToggleSaved | DropSaved | SettingsPress) or press in {*_DECIDED, STILL}


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
    if talk.lost_its_place:
        return Toast(_(greetings.OLD_BUTTON))
    if not await subscribe.may_decide(talk):
        return Toast(_(wishes.ADMINS_ONLY), alert=True)
    await _DECIDED[press](talk)
    return QUIET


async def _subscribe(talk: Conversation) -> None:
    await subscribe.subscribe_now(talk, None)


_DECIDED = {
    SUBSCRIBE: _subscribe,
    UNSUBSCRIBE: subscribe.unsubscribe_now,
    FOLLOW: subscribe.follow,
    RESTORE: subscribe.restore,
    FORGET: about.forget_now,
    KEEP: about.keep,
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
        case TurnSaved() | PruneSaved():
            await saved.turn(talk, press)
        case TurnTopics():
            await topics.turn(talk, press)
        case Cite(entry_id):
            await cite.show_of(talk, entry_id)
        case Plain("bibtex"):
            await cite.whole_list(talk)
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
    TOPICS: topics.topics,
    PRIVACY: about.privacy,
    ASK_FORGET: about.forget,
    COLLAGE: commission.commission,
    CANDIDATES: candidates.candidates,
    DRAFTS: drafting.list_drafts,
    STATUS: status.refresh,
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
        case Cite(entry_id):
            return f"cite_{entry_id}"
        case ShowMonth(asked):
            return f"month_{asked}"
        case Plain():
            return press.name
        case _:
            return "hello"
