"""Owns the leaves of the settings: topics, pause, language. Each leads back to the whole."""

from datetime import date, timedelta

from bot.chat.markup import Rich, bold, code, filled, joined, rich
from bot.chat.messages.message import Button, Message
from bot.chat.messages.settings import LANGUAGE_NAMES, PAUSE_EXAMPLE, State, back, toggle
from bot.chat.messages.wishes import RESUME, pause
from bot.chat.presses import STILL
from bot.chat.settings_presses import (
    ChooseLanguage,
    Leaf,
    OpenSettings,
    PauseFor,
    PauseUntil,
    Span,
    StopTopic,
    Switch,
    Turn,
    WantTopic,
)
from bot.chat.spelling import fits
from bot.model.entry import Topic
from bot.wording.dates import day_name
from bot.wording.translation import N_, _, language

TOPICS_TITLE = N_("Topics")
TOPICS_SAID = N_("A weekly paper comes when it is on one of the topics you choose; roundups come whole.")
ALL = N_("All")
PAUSE_TITLE = N_("Pause")
PAUSE_SAID = N_("What would have come meanwhile is not sent later; /latest and /month always show it.")
ANOTHER_DAY = N_("Another day: {example}")
SPANS = {Span.WEEK: N_("1 week"), Span.MONTH: N_("1 month")}
UNTIL = N_("Until {day}")
LANGUAGE_TITLE = N_("Language")
LANGUAGE_SAID = N_("What shall I speak in this chat?")
LIKE_TELEGRAM = N_("Like Telegram")

_TOPICS_A_PAGE, _TOPICS_A_ROW = 10, 2
_LAST_MONTHS = 11  # from November on, people pause until the new year
_SHORTEST = timedelta(days=8)  # what is nearer is the week's business


def topics_leaf(state: State, page: int) -> Message:
    """Offer the topics, ten at a time.

    Args:
        page: From 1; one that is not there becomes the last.
    """
    chosen = state.wish.topics if state.wish else ()
    pages = max(1, -(-len(state.topics) // _TOPICS_A_PAGE))
    page = min(page, pages)
    shown = state.topics[(page - 1) * _TOPICS_A_PAGE :][:_TOPICS_A_PAGE]
    buttons = [_topic(topic, page, chosen=topic.slug in chosen) for topic in shown]
    rows = tuple(tuple(buttons[at : at + _TOPICS_A_ROW]) for at in range(0, len(buttons), _TOPICS_A_ROW))
    whole = toggle(_(ALL), Turn(Switch.ALL_TOPICS), chosen=not chosen)
    text = joined([bold(_(TOPICS_TITLE)), _(TOPICS_SAID)], "\n\n")
    return Message(text, ((whole,), *rows, _turning(page, pages), (back(),)))


def pause_leaf(state: State, note: Rich | None = None) -> Message:
    """Offer some days until which nothing comes; or to go on, where there is a pause.

    Args:
        note: What is said before everything else.
    """
    lasts = [Button(_(label), PauseFor(span)) for span, label in SPANS.items()]
    day = next_first(state.today)
    until = Button(_(UNTIL).format(day=day_name(day)), PauseUntil(day))
    wake = (Button(_(RESUME), Turn(Switch.RESUME)),) if state.paused_until else ()
    example = filled(_(ANOTHER_DAY), example=code(_(PAUSE_EXAMPLE)))
    said = joined([pause(state.paused_until), _(PAUSE_SAID), example], "\n")
    return Message(
        joined([note or Rich(), bold(_(PAUSE_TITLE)), said], "\n\n"), (tuple(lasts), (until,), wake, (back(),))
    )


def language_leaf(state: State) -> Message:
    """Offer our languages, and to follow Telegram."""
    chosen = state.preferences.chosen
    follow = toggle(_(LIKE_TELEGRAM), ChooseLanguage(""), chosen=chosen is None)
    ours = tuple(toggle(name, ChooseLanguage(code), chosen=code == chosen) for code, name in LANGUAGE_NAMES.items())
    text = joined([bold(_(LANGUAGE_TITLE)), rich(_(LANGUAGE_SAID))], "\n\n")
    return Message(text, ((follow,), ours, (back(),)))


def next_first(today: date) -> date:
    """The first day of a month, more than a week ahead; towards the end of a year that of the new one."""
    if today.month >= _LAST_MONTHS:
        new_year = date(today.year + 1, 1, 1)
        if new_year - today >= _SHORTEST:
            return new_year
    first = (today + _SHORTEST).replace(day=1)
    return first if first >= today + _SHORTEST else (first + timedelta(days=31)).replace(day=1)


def _topic(topic: Topic, page: int, *, chosen: bool) -> Button:
    press = (StopTopic if chosen else WantTopic)(topic.slug, page)
    return toggle(topic.name_in(language()), press if fits(press) else STILL, chosen=chosen)


def _turning(page: int, pages: int) -> tuple[Button, ...]:
    if pages == 1:
        return ()
    before = (Button("‹", OpenSettings(Leaf.TOPICS, page - 1)),) if page > 1 else ()
    after = (Button("›", OpenSettings(Leaf.TOPICS, page + 1)),) if page < pages else ()
    return (*before, Button(f"{page}/{pages}", STILL), *after)
