"""Owns what `/settings` shows first: how pictures look and what comes by itself, with buttons that change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.markup import Rich, bold, code, filled, joined, rich
from bot.chat.messages import wishes
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.picks import SHAPES
from bot.chat.presses import LATEST, Press
from bot.chat.settings_presses import (
    ChooseCanvas,
    ChooseTheme,
    Leaf,
    OpenSettings,
    Stop,
    Switch,
    Turn,
    Want,
)
from bot.chat.typed import echo
from bot.model.canvas import Canvas, Theme
from bot.model.edition import EditionKind
from bot.model.entry import Series, Topic
from bot.model.language import CHINESE, ENGLISH
from bot.model.preferences import Preferences
from bot.model.subscription import Subscription, offers
from bot.wording.dates import day_name
from bot.wording.lists import listed
from bot.wording.translation import N_, _, language, ngettext

SETTINGS_BUTTON = N_("Settings")
TITLE = N_("Settings of this chat")
LOOKS = {
    (Canvas.PORTRAIT, Theme.LIGHT): N_("Pictures come upright, to be read on a phone, in light colours."),
    (Canvas.PORTRAIT, Theme.DARK): N_("Pictures come upright, to be read on a phone, in dark colours."),
    (Canvas.SLIDE, Theme.LIGHT): N_("Pictures come as slides, for wide screens, in light colours."),
    (Canvas.SLIDE, Theme.DARK): N_("Pictures come as slides, for wide screens, in dark colours."),
    (Canvas.SQUARE, Theme.LIGHT): N_("Pictures come square, in light colours."),
    (Canvas.SQUARE, Theme.DARK): N_("Pictures come square, in dark colours."),
}
ANOTHER_TIME = N_("Another time: {example}")
WITHOUT_A_SOUND = N_("Everything comes without a sound.")
ONLY_ON = N_("Of the weekly papers only those on {topics}.")
ADMINS_ONLY = N_("Only the admins of this chat can change its settings.")
UNREADABLE = N_("I cannot read “{words}” as a setting; the buttons show what there is.")
NOTHING_TO_CHANGE = N_("Nothing comes to this chat by itself, so there is nothing to change about it.")
NO_DAY = N_("I cannot read “{words}” as a day. Like this: {example}")
NOT_AHEAD = N_("A pause ends within a year. Like this: {example}")
PAUSE_EXAMPLE = N_("/settings pause 2 weeks")
WEEKLY, ROUNDUP = N_("Weekly"), N_("Roundup")
WEEKLY_OF, ROUNDUP_OF = N_("{series} weekly"), N_("{series} roundup")
CHOSEN = "{label} ✓"
QUIET = N_("Quiet")
SERIES_BUTTON = N_("Series: {wanted} of {all}")
ALL_TOPICS_BUTTON, TOPICS_BUTTON = N_("Topics: all"), N_("Topics: {number}")
PAUSE_BUTTON, PAUSED_BUTTON = N_("Pause"), N_("Paused until {day}")
LANGUAGE_BUTTON = N_("Language: {language}")
LANGUAGE_NAMES = {ENGLISH: "English", CHINESE: "中文"}
"""As who speaks them calls them."""

_OFFERED = (Canvas.PORTRAIT, Canvas.SLIDE)
_COLOURS = {Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark")}
_ALONE = {EditionKind.WEEKLY: WEEKLY, EditionKind.ROUNDUP: ROUNDUP}
_NAMED = {EditionKind.WEEKLY: WEEKLY_OF, EditionKind.ROUNDUP: ROUNDUP_OF}
_SERIES_AT_ONCE = 2  # more of them get a leaf of their own
_TOPICS_BY_NAME = 3


@dataclass(frozen=True, slots=True)
class State:
    """What is set for a chat.

    Attributes:
        wish: None where nothing comes by itself.
        coming: What comes next, the soonest first.
        topics: Every topic, those with the most entries first.
        today: As the chat's clocks have it.
    """

    preferences: Preferences
    wish: Subscription | None
    series: Sequence[Series]
    coming: Sequence[wishes.Coming]
    rhythm: wishes.Rhythm
    topics: Sequence[Topic]
    today: date

    @property
    def paused_until(self) -> date | None:
        """The first day on which something comes again; None where there is no pause, or it is over."""
        until = self.wish.paused_until if self.wish else None
        return until if until and until > self.today else None

    @property
    def gets_picks(self) -> bool:
        """Claim that weekly papers come to the chat."""
        return any(
            kind is EditionKind.WEEKLY and self.wish is not None and self.wish.wants((slug, kind))
            for slug, kind in offers(self.series)
        )


def settings(state: State, note: Rich | None = None) -> Message:
    """Say how pictures come to a chat, what comes by itself and when; every button shows its state.

    Args:
        note: What is said before everything else.
    """
    look = state.preferences.appearance
    parts: list[Rich | str] = [note or Rich(), bold(_(TITLE)), _(LOOKS[look.canvas, look.theme]), _what_comes(state)]
    return Message(joined(parts, "\n\n"), _buttons(state))


def series_leaf(state: State) -> Message:
    """Offer every kind of edition of every series."""
    return Message(joined([bold(_(TITLE)), _what_comes(state)], "\n\n"), (*_offers(state), (back(),)))


def is_crowded(state: State) -> bool:
    """Claim that the series need a leaf of their own."""
    return len(state.series) > _SERIES_AT_ONCE


def refusal() -> Message:
    """Say who may change the settings of a group."""
    return Message(rich(_(ADMINS_ONLY)))


def unreadable(words: str) -> Rich:
    """Say that *words* are no setting."""
    return filled(_(UNREADABLE), words=echo(words))


def nothing_to_change() -> Rich:
    """Say that nothing comes that could be paused or made quiet."""
    return rich(_(NOTHING_TO_CHANGE))


def no_day(words: str) -> Rich:
    """Say that *words* are no day until which to pause."""
    return filled(_(NO_DAY), words=echo(words), example=code(_(PAUSE_EXAMPLE)))


def not_ahead() -> Rich:
    """Say how long a pause may be."""
    return filled(_(NOT_AHEAD), example=code(_(PAUSE_EXAMPLE)))


def toggle(label: str, press: Press, *, chosen: bool) -> Button:
    """A button that shows whether what it stands for is chosen."""
    return Button(CHOSEN.format(label=label) if chosen else label, press)


def back() -> Button:
    """The way from a leaf to the whole."""
    return Button(_("‹ Back"), OpenSettings(Leaf.ALL))


def _what_comes(state: State) -> Rich:
    """What comes by itself, and below it when."""
    wish = state.wish
    what = [rich(_(wishes.gets(wish, offers(state.series)))), _topics(state)]
    if wish is None:
        return joined(what, "\n")
    what.append(rich(_(WITHOUT_A_SOUND)) if wish.quiet else Rich())
    own = [wishes.own_time(state.rhythm)] if state.gets_picks else []
    other = [filled(_(ANOTHER_TIME), example=code(_(wishes.EXAMPLE)))] if state.gets_picks else []
    when = [wishes.pause(state.paused_until), *own, *wishes.schedule(state.coming), *other]
    return joined([joined(what, "\n"), joined(when, "\n")], "\n\n")


def _topics(state: State) -> Rich:
    wanted = state.wish.topics if state.wish and state.gets_picks else ()
    if not wanted:
        return Rich()
    names = [topic.name_in(language()) for topic in state.topics if topic.slug in wanted]
    if 0 < len(names) <= _TOPICS_BY_NAME:
        return filled(_(ONLY_ON), topics=listed(names))
    said = ngettext(
        "Of the weekly papers only those on {number} topic.",
        "Of the weekly papers only those on {number} topics.",
        len(wanted),
    )
    return rich(said)


def _buttons(state: State) -> Rows:
    look, wish = state.preferences.appearance, state.wish
    quiet = wish is not None and wish.quiet
    sound = toggle(_(QUIET), Turn(Switch.ALOUD if quiet else Switch.QUIET), chosen=quiet)
    topics = (Button(_topics_label(state), OpenSettings(Leaf.TOPICS)),) if state.gets_picks else ()
    pause = (Button(_pause_label(state), OpenSettings(Leaf.PAUSE)),) if wish else ()
    spoken = _(LANGUAGE_BUTTON).format(language=LANGUAGE_NAMES[language()])
    return (
        tuple(toggle(_(SHAPES[it]), ChooseCanvas(it), chosen=it is look.canvas) for it in _OFFERED),
        tuple(toggle(_(label), ChooseTheme(it), chosen=it is look.theme) for it, label in _COLOURS.items()),
        *(((_series_button(state),),) if is_crowded(state) else _offers(state)),
        (*topics, sound) if wish else (),
        (*pause, Button(spoken, OpenSettings(Leaf.LANGUAGE))),
        (Button(_(wishes.NEWEST_NOW), LATEST),),
    )


def _offers(state: State) -> Rows:
    """A row for each series."""
    labels = _ALONE if len(state.series) == 1 else _NAMED
    return tuple(
        tuple(_offer(state, kind, slug, _(labels[kind]).format(series=one.name)) for slug, kind in offers([one]))
        for one in state.series
    )


def _offer(state: State, kind: EditionKind, slug: str, label: str) -> Button:
    wanted = state.wish is not None and state.wish.wants((slug, kind))
    return toggle(label, (Stop if wanted else Want)(kind, slug), chosen=wanted)


def _series_button(state: State) -> Button:
    offered = offers(state.series)
    wanted = [offer for offer in offered if state.wish is not None and state.wish.wants(offer)]
    label = _(SERIES_BUTTON).format(wanted=len(wanted), all=len(offered))
    return Button(label, OpenSettings(Leaf.SERIES))


def _topics_label(state: State) -> str:
    number = len(state.wish.topics) if state.wish else 0
    return _(TOPICS_BUTTON).format(number=number) if number else _(ALL_TOPICS_BUTTON)


def _pause_label(state: State) -> str:
    until = state.paused_until
    return _(PAUSED_BUTTON).format(day=day_name(until)) if until else _(PAUSE_BUTTON)
