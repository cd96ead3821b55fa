"""Owns how the bot introduces itself and says what it can do."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.markup import Rich, clipped, code, filled, joined, link, rich
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import SEARCH, SHOW_LATEST
from bot.chat.messages.settings import SETTINGS_BUTTON
from bot.chat.messages.wishes import SUBSCRIBE_BUTTON
from bot.chat.presses import ASK_SEARCH, LATEST, SETTINGS, SUBSCRIBE, THIS_MONTH
from bot.chat.typed import echo
from bot.model.entry import Entry, Series
from bot.wording.dates import moment_name

WELCOME = "Once a week I bring one machine-learning paper as one picture, short enough to read over a coffee."
NEWEST = "Here is the newest, “{title}”."
EMPTY_ARCHIVE = "The archive is still empty; the first paper is on its way."
GROUP = "I bring one machine-learning paper a week as one picture. An admin can switch it on here."
GROUP_SUBSCRIBED = "I bring this chat one machine-learning paper a week as one picture."
BACK = "I am back."
BACK_IN_CHANNEL = "I am back in {channel}."
BACK_NEXT = "The next one comes {moment}."
HELLO = "Hello. Type a word, a name or a year, and I look for papers; /help says what else there is."
YOU_ARE_WELCOME = "You are welcome. There is more where that came from."
CHANNEL = "I am in {channel} now. Post /subscribe there and it gets one paper a week as one picture."
UNKNOWN = "I do not know {command}. This is what there is:"
TROUBLE = "I cannot reach my notes right now. Please try again in a minute."
OLD_BUTTON = "That button is from an older version."
OLD_PICTURE = "That button is from an older version. Here are the newest papers."
IN_PRIVATE = "I answer in our private chat."
ENTRY_GONE = "That paper is not in the archive any more."
THIS_MONTH_BUTTON = "This month"

COMMANDS = (
    "/latest — the newest collage",
    "/month — a month, like {month}",
    "/random — a collage from the archive\n",
    "/search — find papers, like {search}",
    "/paper — one paper by number, arXiv id, link or name",
    "/collage — a collage of any paper on arXiv, drawn by machine",
    "/saved — the papers you kept",
    "\n/subscribe — one paper a week and the month's papers at its end; at a time of your own like {subscribe}",
    "/unsubscribe — stop both",
    "/settings — how the pictures look, and what comes by itself",
)
"""One line each; a blank line after what belongs together."""
EDITORS_COMMANDS = (
    "\n/draft — draft a paper; its link alone does it, too",
    "/drafts — what lies on the desk",
    "/queue — who goes out when",
    "/candidates — this week's papers",
)
"""For editors only."""
EXAMPLES = {"month": "jan 2022", "search": "vit 2021", "subscribe": "fri 18:00 Europe/Berlin"}
MENU = {
    "latest": "The newest collage",
    "month": "The papers of a month, like /month 2022-01",
    "search": "Find a paper, like /search transformers",
    "paper": "One paper by number, arXiv id, link or name",
    "random": "A collage from the archive",
    "collage": "A collage of any paper on arXiv",
    "saved": "The papers you kept",
    "subscribe": "One paper a week in this chat, and the month's papers",
    "unsubscribe": "Stop both",
    "settings": "How the pictures look, and what comes by itself",
    "help": "What I can do",
}
EDITORS_MENU = {
    "draft": "Draft a paper by its link",
    "drafts": "The drafts on the desk",
    "queue": "Who goes out when",
    "candidates": "This week's papers",
}
"""For editors only, above everything else."""
PERSONAL = frozenset({"saved"})
"""Commands that are not offered in the menu of a group."""

DESCRIPTION = (
    "One machine-learning paper a week, as one picture you can read on a phone. "
    "At the end of the month its papers in one message, and all of them to find again: by month, by word, by author."
)
SERIES = "{description} The series: {names}."
_DESCRIPTION_CHARACTERS = 512
"""Source: Bot API 10.0, setMyDescription."""
SHORT_DESCRIPTION = "One machine-learning paper a week, as one picture."

_TITLE_UNITS = 480
_ELSEWHERE = (Button(SHOW_LATEST, LATEST), Button(SEARCH, ASK_SEARCH))


def description(series: Sequence[Series]) -> str:
    """Say what the bot does, for the empty chat before it is started."""
    if not series:
        return DESCRIPTION
    names = ", ".join(one.name for one in series)
    return clipped(SERIES.format(description=DESCRIPTION, names=names), _DESCRIPTION_CHARACTERS)


def welcome(newest: Entry, *, subscribed: bool = False) -> Message:
    """Write what stands under the first picture somebody sees."""
    title = link(newest.paper.url, clipped(newest.paper.title, _TITLE_UNITS))
    return Message(joined([WELCOME, filled(NEWEST, title=title)], " "), (_first_steps(subscribed=subscribed),))


def empty_archive() -> Message:
    """Say that there is nothing to show yet."""
    return Message(joined([WELCOME, EMPTY_ARCHIVE], " "), ((Button(SUBSCRIBE_BUTTON, SUBSCRIBE),),))


def group_welcome(*, subscribed: bool = False) -> Message:
    """Introduce the bot in a group, in one line."""
    text = rich(GROUP_SUBSCRIBED if subscribed else GROUP)
    return Message(text, ((_standing_wish(subscribed=subscribed), Button(SHOW_LATEST, LATEST)),))


def channel_note(title: str) -> Message:
    """Tell the admin who added the bot to a channel what to do there."""
    return Message(filled(CHANNEL, channel=echo(title)))


def back(next_at: datetime | None, timezone: str, *, channel: str = "") -> Message:
    """Greet a chat that is still subscribed; or tell the admin who let us into *channel* again."""
    opening = filled(BACK_IN_CHANNEL, channel=echo(channel)) if channel else rich(BACK)
    coming = filled(BACK_NEXT, moment=moment_name(next_at, timezone)) if next_at else Rich()
    return Message(joined([opening, coming], " "))


def hello(*, subscribed: bool = False) -> Message:
    """Answer a greeting."""
    return Message(rich(HELLO), (_first_steps(subscribed=subscribed),))


def you_are_welcome() -> Message:
    """Answer thanks."""
    return Message(rich(YOU_ARE_WELCOME), (_ELSEWHERE,))


def trouble() -> Message:
    """Say that an answer failed, with what may work again by the time somebody presses it."""
    return Message(rich(TROUBLE), (_ELSEWHERE,))


def overview(*, private: bool, subscribed: bool = False, editor: bool = False) -> Message:
    """Say what this is and list what can be typed, with the first things to press."""
    text = joined([WELCOME, _commands(private=private, editor=editor)], "\n\n")
    return Message(text, (_first_steps(subscribed=subscribed),))


def unknown_command(command: str, *, private: bool, subscribed: bool = False, editor: bool = False) -> Message:
    """Answer a command that does not exist."""
    listed = _commands(private=private, editor=editor)
    text = joined([filled(UNKNOWN, command=echo(command)), listed], "\n\n")
    return Message(text, (_first_steps(subscribed=subscribed),))


def entry_gone() -> Message:
    """Say that what somebody points at is not there any more."""
    return Message(rich(ENTRY_GONE), (_ELSEWHERE,))


def _first_steps(*, subscribed: bool) -> tuple[Button, ...]:
    month, search = Button(THIS_MONTH_BUTTON, THIS_MONTH), Button(SEARCH, ASK_SEARCH)
    return (_standing_wish(subscribed=subscribed), month, search)


def _standing_wish(*, subscribed: bool) -> Button:
    return Button(SETTINGS_BUTTON, SETTINGS) if subscribed else Button(SUBSCRIBE_BUTTON, SUBSCRIBE)


def _commands(*, private: bool, editor: bool) -> Rich:
    examples = {name: code(example) for name, example in EXAMPLES.items()}
    every = (*COMMANDS, *EDITORS_COMMANDS) if editor else COMMANDS
    lines = (line for line in every if private or line.split()[0].removeprefix("/") not in PERSONAL)
    return joined((filled(line, **examples) for line in lines), "\n")
