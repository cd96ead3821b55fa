"""Owns `/settings`: how a chat wants its pictures and what comes to it, changed in place."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from telegram.error import TelegramError

from bot.chat.days import TooFar, months_later
from bot.chat.handlers import subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.why import missing_right
from bot.chat.markup import Rich
from bot.chat.messages import settings as messages
from bot.chat.messages.message import Message
from bot.chat.messages.settings import State
from bot.chat.messages.settings_leaves import language_leaf, pause_leaf, topics_leaf
from bot.chat.profile import offer_menu, withdraw_menu
from bot.chat.settings_presses import (
    ChooseCanvas,
    ChooseLanguage,
    ChooseTheme,
    Leaf,
    Look,
    OpenSettings,
    PauseFor,
    PauseUntil,
    SettingsPress,
    Span,
    Stop,
    StopTopic,
    Switch,
    Turn,
    Want,
    WantTopic,
)
from bot.chat.switches import meant
from bot.chat.typed import Unreadable
from bot.model.entry import Topic
from bot.model.subscription import Offer, Subscription, offers
from bot.store import entries, preferences, subscriptions
from bot.wording.translation import _, speak

_ADJUSTMENTS = WantTopic | StopTopic | PauseFor | PauseUntil | Turn
"""What changes how a wish is fulfilled."""


async def settings(talk: Conversation, words: str = "") -> None:
    """Show what is set for this chat (or topic), with buttons that change it; or set what *words* name."""
    press, note = await _read(talk, words)
    if not isinstance(press, OpenSettings):
        if not await subscribe.may_decide(talk):
            await talk.say(messages.refusal())
            return
        await _obey(talk, press)
        if isinstance(press, _ADJUSTMENTS) and await subscribe.find(talk) is None:
            note = messages.nothing_to_change()
    await talk.say(await _leaf(talk, press, note))


async def change(talk: Conversation, press: SettingsPress) -> str:
    """Set what was pressed and show it in the pressed message; a refusal where the asker may not decide."""
    if not await subscribe.may_decide(talk):
        return _(messages.ADMINS_ONLY)
    if not isinstance(press, OpenSettings):
        await _obey(talk, press)
    await talk.revise(await _leaf(talk, press))
    return ""


async def _read(talk: Conversation, words: str) -> tuple[SettingsPress, Rich | None]:
    """What is asked for, and what to say where that cannot be read."""
    whole = OpenSettings(Leaf.ALL)
    if not words.strip():
        return whole, None
    try:
        press = meant(words, subscribe.today(talk, await subscribe.find(talk)))
    except Unreadable as error:
        return OpenSettings(Leaf.PAUSE), messages.no_day(error.part)
    except TooFar:
        return OpenSettings(Leaf.PAUSE), messages.not_ahead()
    return (press, None) if press else (whole, messages.unreadable(words))


async def _obey(talk: Conversation, press: SettingsPress) -> None:
    await talk.remember_chat()
    match press:
        case ChooseCanvas() | ChooseTheme() | ChooseLanguage():
            await _look(talk, press)
        case Want() | Stop():
            await _want(talk, press)
        case WantTopic() | StopTopic() | PauseFor() | PauseUntil() | Turn():
            await _adjust(talk, press)


async def _look(talk: Conversation, press: Look) -> None:
    async with talk.services.database.writing() as conn:
        chosen = await preferences.find(conn, talk.chat.id)
        match press:
            case ChooseCanvas(canvas):
                await preferences.keep(conn, talk.chat.id, replace(chosen.appearance, canvas=canvas))
            case ChooseTheme(theme):
                await preferences.keep(conn, talk.chat.id, replace(chosen.appearance, theme=theme))
            case ChooseLanguage(language):
                await preferences.choose_language(conn, talk.chat.id, language or None)
                speak(replace(chosen, chosen=language or None).language)
    talk.tongues.forget(talk.chat.id)
    if isinstance(press, ChooseLanguage) and not talk.in_channel:
        await _translate_menu(talk, chosen=bool(press.language))


async def _translate_menu(talk: Conversation, *, chosen: bool) -> None:
    """Say the commands in the language of this chat; Telegram itself goes by the language of whoever looks."""
    with suppress(TelegramError):  # the menu is the least of it
        if chosen:
            await offer_menu(talk.bot, talk.chat.id, private=talk.private, editor=talk.is_editors)
        else:
            await withdraw_menu(talk.bot, talk.chat.id, private=talk.private, editor=talk.is_editors)


async def _want(talk: Conversation, press: Want | Stop) -> None:
    """Write down what comes from now on; a chat that wants nothing any more is not subscribed."""
    now, offered = talk.services.clock(), frozenset(offers(talk.services.series))
    async with talk.services.database.writing() as conn:
        before = await subscriptions.find(conn, talk.address)
        declined = _declined(before.declined if before else offered, press, offered)
        if declined >= offered:
            await subscriptions.unsubscribe(conn, talk.address, now)
            return
        if before is None:
            await subscriptions.subscribe(conn, talk.address, now)  # one that was ended comes back with its moment
            before = await subscriptions.find(conn, talk.address) or Subscription(talk.address, now)
        await subscriptions.change(conn, before.declining(declined, now))


def _declined(before: frozenset[Offer], press: Want | Stop, offered: frozenset[Offer]) -> frozenset[Offer]:
    meant = {offer for offer in offered if offer[1] is press.kind and press.series in ("", offer[0])}
    return before - meant if isinstance(press, Want) else before | meant


async def _adjust(talk: Conversation, press: WantTopic | StopTopic | PauseFor | PauseUntil | Turn) -> None:
    """Change how a wish is fulfilled; where there is none, there is nothing to change."""
    async with talk.services.database.writing() as conn:
        wish = await subscriptions.find(conn, talk.address)
        if wish is not None:
            known = {topic.slug for topic in await entries.all_topics(conn)}
            changed = _adjusted(wish, press, subscribe.today(talk, wish), known)
            await subscriptions.change(conn, changed)


def _adjusted(
    wish: Subscription, press: WantTopic | StopTopic | PauseFor | PauseUntil | Turn, today: date, known: set[str]
) -> Subscription:
    match press:
        case WantTopic(slug):
            return replace(wish, topics=(*wish.topics, slug)) if slug in known - set(wish.topics) else wish
        case StopTopic(slug):
            return replace(wish, topics=tuple(kept for kept in wish.topics if kept != slug))
        case PauseFor(span):
            until = today + timedelta(weeks=1) if span is Span.WEEK else months_later(today, 1)
            return replace(wish, paused_until=until)
        case PauseUntil(day):  # an old button may name a day that is over
            return replace(wish, paused_until=day) if day > today else wish
        case Turn(Switch.RESUME):
            return replace(wish, paused_until=None)
        case Turn(Switch.ALL_TOPICS):
            return replace(wish, topics=())
        case Turn(switch):
            return replace(wish, quiet=switch is Switch.QUIET)


async def _leaf(talk: Conversation, press: SettingsPress, note: Rich | None = None) -> Message:
    """What the message shows after a press: the leaf that the button stands on, or the whole."""
    state = await _state(talk)
    match press:
        case OpenSettings(Leaf.TOPICS, page) | WantTopic(_, page) | StopTopic(_, page) if state.wish:
            return topics_leaf(state, page)
        case Turn(Switch.ALL_TOPICS) if state.wish:
            return topics_leaf(state, 1)
        case OpenSettings(Leaf.PAUSE) if state.wish:
            return pause_leaf(state, note)
        case OpenSettings(Leaf.LANGUAGE):
            return language_leaf(state)
        case OpenSettings(Leaf.SERIES) | Want() | Stop() if messages.is_crowded(state):
            return messages.series_leaf(state)
    return messages.settings(state, note or (await missing_right(talk) if state.wish else None))


async def _state(talk: Conversation) -> State:
    wish = await subscribe.find(talk)
    async with talk.services.database.reading() as conn:
        chosen = await preferences.find(conn, talk.chat.id)
    return State(
        chosen,
        wish,
        sorted(talk.services.series, key=lambda one: one.weekly_at is None),  # what comes more often comes first
        await subscribe.schedule(talk, wish),
        subscribe.rhythm_of(talk, wish),
        await _topics(talk),
        subscribe.today(talk, wish),
    )


async def _topics(talk: Conversation) -> list[Topic]:
    """Every topic, those with the most entries first."""
    used = [topic for topic, _number in await talk.services.library.topics()]
    async with talk.services.database.reading() as conn:
        known = await entries.all_topics(conn)
    slugs = {topic.slug for topic in used}
    return [*used, *(topic for topic in known if topic.slug not in slugs)]
