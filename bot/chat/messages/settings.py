"""Owns what `/settings` shows: how a chat wants its pictures and what comes to it, with buttons that change it."""

from datetime import datetime

from bot.chat.markup import bold, code, filled, joined, rich
from bot.chat.messages import wishes
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.picks import SHAPES
from bot.chat.presses import LATEST, ChooseCanvas, ChooseTheme, Press, Stop, Want
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.edition import EditionKind
from bot.model.subscription import Subscription

SETTINGS_BUTTON = "Settings"
TITLE = "Settings of this chat"
PICTURES = "Pictures come {shape}, {colours}."
IN_SHAPE = {
    Canvas.PORTRAIT: "upright, to be read on a phone",
    Canvas.SLIDE: "as slides, for wide screens",
    Canvas.SQUARE: "square",
}
IN_COLOURS = {Theme.LIGHT: "in light colours", Theme.DARK: "in dark colours"}
ANOTHER_TIME = "Another time: {example}"
ADMINS_ONLY = "Only the admins of this chat can change its settings."
WEEKLY, ROUNDUP = "Weekly", "Roundup"
CHOSEN = "{label} ✓"

_OFFERED = (Canvas.PORTRAIT, Canvas.SLIDE)
_COLOURS = {Theme.LIGHT: "Light", Theme.DARK: "Dark"}
_KINDS = {EditionKind.WEEKLY: WEEKLY, EditionKind.ROUNDUP: ROUNDUP}


def settings(
    shown: Appearance, wish: Subscription | None, *, next_at: datetime | None, rhythm: wishes.Rhythm
) -> Message:
    """Say how pictures come to a chat, what comes by itself and when; every button shows its state."""
    look = PICTURES.format(shape=IN_SHAPE[shown.canvas], colours=IN_COLOURS[shown.theme])
    example = filled(ANOTHER_TIME, example=code(wishes.EXAMPLE))
    times = [wishes.schedule(next_at, rhythm), example] if wish and wish.weekly else []
    comes = joined([wishes.gets(wish), *times], "\n")
    return Message(joined([bold(TITLE), rich(look), comes], "\n\n"), _buttons(shown, wish))


def _buttons(shown: Appearance, wish: Subscription | None) -> Rows:
    wanted = {
        EditionKind.WEEKLY: wish is not None and wish.weekly,
        EditionKind.ROUNDUP: wish is not None and wish.roundup,
    }
    return (
        tuple(_button(SHAPES[it], ChooseCanvas(it), chosen=it is shown.canvas) for it in _OFFERED),
        tuple(_button(label, ChooseTheme(it), chosen=it is shown.theme) for it, label in _COLOURS.items()),
        tuple(_button(_KINDS[it], (Stop if on else Want)(it), chosen=on) for it, on in wanted.items()),
        (Button(wishes.NEWEST_NOW, LATEST),),
    )


def _button(label: str, press: Press, *, chosen: bool) -> Button:
    return Button(CHOSEN.format(label=label) if chosen else label, press)
