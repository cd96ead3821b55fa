"""Owns how the bot introduces itself and says what it can do."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.markup import Rich, clipped, code, filled, joined, link, rich, sentences
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import SEARCH, SHOW_LATEST, elsewhere
from bot.chat.messages.settings import SETTINGS_BUTTON
from bot.chat.messages.wishes import SUBSCRIBE_BUTTON
from bot.chat.presses import ASK_SEARCH, LATEST, SETTINGS, SUBSCRIBE, THIS_MONTH
from bot.chat.typed import echo
from bot.model.entry import Entry, Series
from bot.wording.dates import moment_name
from bot.wording.lists import comma
from bot.wording.translation import N_, _

WELCOME = N_("Once a week I bring one machine-learning paper as one picture, short enough to read over a coffee.")
NEWEST = N_("Here is the newest, “{title}”.")
EMPTY_ARCHIVE = N_("The archive is still empty; the first paper is on its way.")
GROUP = N_("I bring one machine-learning paper a week as one picture. An admin can switch it on here.")
GROUP_SUBSCRIBED = N_("I bring this chat one machine-learning paper a week as one picture.")
BACK = N_("I am back.")
BACK_NEXT = N_("The next one comes {moment}.")
HELLO = N_("Hello. Type a word, a name or a year, and I look for papers; /help says what else there is.")
YOU_ARE_WELCOME = N_("You are welcome. There is more where that came from.")
UNKNOWN = N_("I do not know {command}. This is what there is:")
MAY_NOT_WRITE = N_("I may not write here. An admin of this chat can change that.")
TROUBLE = N_("I cannot reach my notes right now. Please try again in a minute.")
OLD_BUTTON = N_("That button is from an older version.")
OLD_PICTURE = N_("That button is from an older version. Here are the newest papers.")
IN_PRIVATE = N_("I answer in our private chat.")
ENTRY_GONE = N_("That paper is not in the archive any more.")
THIS_MONTH_BUTTON = N_("This month")

COMMANDS = (
    N_("/latest — the newest collage"),
    N_("/month — a month, like {month}"),
    N_("/random — a collage from the archive\n"),
    N_("/search — find papers, like {search}"),
    N_("/paper — one paper by number, arXiv id, link or name"),
    N_("/collage — a collage of any paper on arXiv, drawn by machine"),
    N_("/saved — the papers you kept"),
    N_("/topics — what the archive is about"),
    N_("/cite — a paper as BibTeX"),
    N_("\n/subscribe — one paper a week and the month's papers at its end; at a time of your own like {subscribe}"),
    N_("/unsubscribe — stop both"),
    N_("/settings — language, pictures, and what comes by itself"),
    N_("/why — what became of the last post, and when the next one comes"),
    N_("\n/about — what this is"),
    N_("/privacy — what is kept"),
    N_("/forget — delete all of it"),
)
"""One line each; a blank line after what belongs together."""
EDITORS_COMMANDS = (
    N_("\n/draft — draft a paper; its link alone does it, too"),
    N_("/drafts — what lies on the desk"),
    N_("/queue — who goes out when"),
    N_("/candidates — this week's papers"),
    N_("/status — what was sent, what waits, and how the bot is"),
    N_("/correct — change what is out, like /correct 41"),
    N_("/retract — withdraw an entry, like /retract 41"),
)
"""For editors only."""
EXAMPLES = {"month": N_("jan 2022"), "search": "vit 2021", "subscribe": N_("fri 18:00 Europe/Berlin")}
MENU = {
    "latest": N_("The newest collage"),
    "month": N_("The papers of a month, like /month 2022-01"),
    "search": N_("Find a paper, like /search transformers"),
    "paper": N_("One paper by number, arXiv id, link or name"),
    "random": N_("A collage from the archive"),
    "collage": N_("A collage of any paper on arXiv"),
    "saved": N_("The papers you kept"),
    "topics": N_("What the archive is about"),
    "cite": N_("A paper as BibTeX"),
    "subscribe": N_("One paper a week in this chat, and the month's papers"),
    "unsubscribe": N_("Stop both"),
    "settings": N_("Language, pictures, and what comes by itself"),
    "why": N_("What became of the last post, and when the next one comes"),
    "help": N_("What I can do"),
    "about": N_("What this is"),
    "privacy": N_("What is kept"),
    "forget": N_("Delete what is kept"),
}
EDITORS_MENU = {
    "draft": N_("Draft a paper by its link"),
    "drafts": N_("The drafts on the desk"),
    "queue": N_("Who goes out when"),
    "candidates": N_("This week's papers"),
    "status": N_("What was sent, what waits, and how the bot is"),
    "correct": N_("Change what is out, like /correct 41"),
    "retract": N_("Withdraw an entry, like /retract 41"),
}
"""For editors only, above everything else."""
PERSONAL = frozenset({"saved"})
"""Commands that are not offered in the menu of a group."""
ADMINS = frozenset({"subscribe", "unsubscribe", "settings", "forget"})
"""Commands that only its admins may use in a group."""

DESCRIPTION = N_(
    "One machine-learning paper a week, as one picture you can read on a phone. "
    "At the end of the month its papers in one message, and all of them to find again: by month, by word, by author."
)
SERIES = N_("{description} The series: {names}.")
_DESCRIPTION_CHARACTERS = 512
"""Source: Bot API 10.0, setMyDescription."""
SHORT_DESCRIPTION = N_("One machine-learning paper a week, as one picture.")

_TITLE_UNITS = 480


def description(series: Sequence[Series]) -> str:
    """Say what the bot does, for the empty chat before it is started."""
    if not series:
        return _(DESCRIPTION)
    names = comma().join(one.name for one in series)
    return clipped(_(SERIES).format(description=_(DESCRIPTION), names=names), _DESCRIPTION_CHARACTERS)


def welcome(newest: Entry, *, subscribed: bool = False) -> Message:
    """Write what stands under the first picture somebody sees."""
    title = link(newest.paper.url, clipped(newest.paper.title, _TITLE_UNITS))
    return Message(sentences([_(WELCOME), filled(_(NEWEST), title=title)]), (_first_steps(subscribed=subscribed),))


def empty_archive() -> Message:
    """Say that there is nothing to show yet."""
    return Message(sentences([_(WELCOME), _(EMPTY_ARCHIVE)]), ((Button(_(SUBSCRIBE_BUTTON), SUBSCRIBE),),))


def group_welcome(*, subscribed: bool = False) -> Message:
    """Introduce the bot in a group, in one line."""
    text = rich(_(GROUP_SUBSCRIBED if subscribed else GROUP))
    return Message(text, ((_standing_wish(subscribed=subscribed), Button(_(SHOW_LATEST), LATEST)),))


def back(next_at: datetime | None, timezone: str) -> Message:
    """Greet a chat that is still subscribed."""
    coming = filled(_(BACK_NEXT), moment=moment_name(next_at, timezone)) if next_at else Rich()
    return Message(sentences([rich(_(BACK)), coming]))


def hello(*, subscribed: bool = False) -> Message:
    """Answer a greeting."""
    return Message(rich(_(HELLO)), (_first_steps(subscribed=subscribed),))


def you_are_welcome() -> Message:
    """Answer thanks."""
    return Message(rich(_(YOU_ARE_WELCOME)), (elsewhere(),))


def trouble() -> Message:
    """Say that an answer failed, with what may work again by the time somebody presses it."""
    return Message(rich(_(TROUBLE)), (elsewhere(),))


def overview(*, private: bool, subscribed: bool = False, editor: bool = False) -> Message:
    """Say what this is and list what can be typed, with the first things to press."""
    text = joined([_(WELCOME), _commands(private=private, editor=editor)], "\n\n")
    return Message(text, (_first_steps(subscribed=subscribed),))


def unknown_command(command: str, *, private: bool, subscribed: bool = False, editor: bool = False) -> Message:
    """Answer a command that does not exist."""
    listed = _commands(private=private, editor=editor)
    text = joined([filled(_(UNKNOWN), command=echo(command)), listed], "\n\n")
    return Message(text, (_first_steps(subscribed=subscribed),))


def entry_gone() -> Message:
    """Say that what somebody points at is not there any more."""
    return Message(rich(_(ENTRY_GONE)), (elsewhere(),))


def _first_steps(*, subscribed: bool) -> tuple[Button, ...]:
    month, search = Button(_(THIS_MONTH_BUTTON), THIS_MONTH), Button(_(SEARCH), ASK_SEARCH)
    return (_standing_wish(subscribed=subscribed), month, search)


def _standing_wish(*, subscribed: bool) -> Button:
    return Button(_(SETTINGS_BUTTON), SETTINGS) if subscribed else Button(_(SUBSCRIBE_BUTTON), SUBSCRIBE)


def _commands(*, private: bool, editor: bool) -> Rich:
    examples = {name: code(_(example)) for name, example in EXAMPLES.items()}
    every = (*COMMANDS, *EDITORS_COMMANDS) if editor else COMMANDS
    lines = (line for line in every if private or line.split()[0].removeprefix("/") not in PERSONAL)
    return joined((filled(_(line), **examples) for line in lines), "\n")
