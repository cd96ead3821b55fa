"""Owns `/settings`: how a chat wants its pictures and what comes to it, changed in place."""

from dataclasses import replace

from bot.chat.handlers import subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import settings as messages
from bot.chat.messages.message import Message
from bot.chat.messages.wishes import Rhythm
from bot.chat.presses import ChooseCanvas, ChooseTheme, Stop, Want
from bot.model.edition import EditionKind
from bot.model.subscription import Subscription
from bot.store import preferences, subscriptions


async def settings(talk: Conversation, _words: str = "") -> None:
    """Show what is set for this chat (or topic), with buttons that change it."""
    await talk.say(await _state(talk))


async def change(talk: Conversation, press: ChooseCanvas | ChooseTheme | Want | Stop) -> str:
    """Set what was pressed and show it in the pressed message; a refusal where the asker may not decide."""
    if not await subscribe.may_decide(talk):
        return messages.ADMINS_ONLY
    await talk.remember_chat()
    match press:
        case ChooseCanvas() | ChooseTheme():
            await _look(talk, press)
        case Want() | Stop():
            await _want(talk, press)
    await talk.revise(await _state(talk))
    return ""


async def _look(talk: Conversation, press: ChooseCanvas | ChooseTheme) -> None:
    async with talk.services.database.writing() as conn:
        shown = await preferences.find(conn, talk.chat.id)
        match press:
            case ChooseCanvas(canvas):
                shown = replace(shown, canvas=canvas)
            case ChooseTheme(theme):
                shown = replace(shown, theme=theme)
        await preferences.keep(conn, talk.chat.id, shown)


async def _want(talk: Conversation, press: Want | Stop) -> None:
    """Write down what comes from now on; a chat that wants nothing any more is not subscribed."""
    now = talk.services.clock()
    async with talk.services.database.writing() as conn:
        before = await subscriptions.find(conn, talk.address)
        wish = _changed(before or Subscription(talk.address, now, weekly=False, roundup=False), press)
        if not (wish.weekly or wish.roundup):
            await subscriptions.unsubscribe(conn, talk.address, now)
            return
        if before is None:
            await subscriptions.subscribe(conn, talk.address, now)
            kept = await subscriptions.find(conn, talk.address)  # one that was ended comes back with its moment
            wish = replace(wish, moment=kept.moment if kept else None)
        await subscriptions.change(conn, wish)


def _changed(wish: Subscription, press: Want | Stop) -> Subscription:
    wanted = isinstance(press, Want)
    return replace(wish, weekly=wanted) if press.kind is EditionKind.WEEKLY else replace(wish, roundup=wanted)


async def _state(talk: Conversation) -> Message:
    wish = await subscribe.find(talk)
    rhythm = Rhythm(wish.moment if wish else None, subscribe.series_moment(talk))
    return messages.settings(await talk.appearance(), wish, next_at=await subscribe.coming(talk, wish), rhythm=rhythm)
