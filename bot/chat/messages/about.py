"""Owns what is said about ourselves: who we are, what we keep, and how to have it forgotten."""

from collections.abc import Sequence

from bot.chat.markup import Rich, bold, filled, joined, rich
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import elsewhere
from bot.chat.messages.wishes import SUBSCRIBE_BUTTON
from bot.chat.presses import ASK_FORGET, FORGET, KEEP, PRIVACY, SUBSCRIBE, TOPICS
from bot.model.entry import Series
from bot.wording.translation import N_, _, ngettext

TITLE = N_("About this bot")
WHAT = N_("One machine-learning paper a week as one picture: a collage, short enough to read over a coffee.")
HOLDS = N_("The archive holds {papers} in {months}. The series: {series}.")
TRUE = N_(
    "Every number and name on a collage stands in the paper. Figures are shown where their licence allows it, "
    "and each bears its source."
)
THANKS = N_("Thank you to arXiv for use of its open access interoperability.")

PRIVACY_TITLE = N_("What is kept")
OF_CHAT = N_(
    "Of this chat: its number, its kind and its name, when it last talked to me and whether it shut me out, "
    "the language, how pictures look here, what comes to it and when, and which posts it was sent, so that nothing "
    "comes twice."
)
OF_PERSON = N_(
    "Of a person: the papers on their list and when they were saved, and how many collages they asked for "
    "on the last day on which they asked for any."
)
NOT_KEPT = N_("Not kept: what you type and search for, and who reads what. Nothing is passed on to anybody.")
EDITORS = N_(
    "Of editors: which drafts they changed and approved, what they corrected and withdrew, what they were told "
    "and decided about posts that went wrong, and which rights to figures they confirmed; "
    "the last stays, for the record."
)
HOW = N_("/forget deletes it; of today only the number of collages stays, until the day is over.")

ASK = N_("Shall I forget this chat? Its subscription, its settings and the record of what it was sent go for good.")
ASK_PERSON = N_(
    "Shall I forget you? Your list, your subscription, your settings and the record of what you were sent go for good."
)
FORGOTTEN = N_("Forgotten. Nothing more comes by itself, until somebody asks for it again.")
KEPT = N_("Everything stays as it is.")
ADMINS_ONLY = N_("Only the admins of this chat can have it forgotten. In our private chat you decide about yourself.")
FORGET_BUTTON, KEEP_BUTTON = N_("Forget everything"), N_("Keep it")
PRIVACY_BUTTON, TOPICS_BUTTON, FORGET_ME = N_("What is kept"), N_("Topics"), N_("Forget …")


def about(series: Sequence[Series], *, papers: int, months: int) -> Message:
    """Say what this is, what stands in it, and where it comes from."""
    holds = filled(
        _(HOLDS),
        papers=ngettext("{number} paper", "{number} papers", papers),
        months=ngettext("{number} month", "{number} months", months),
        series=joined((one.name for one in series), " · "),
    )
    paragraphs: list[Rich | str] = [bold(_(TITLE)), _(WHAT), holds, _(TRUE), _(THANKS)]
    buttons = (Button(_(TOPICS_BUTTON), TOPICS), Button(_(PRIVACY_BUTTON), PRIVACY))
    return Message(joined(paragraphs, "\n\n"), (buttons,))


def privacy(*, editor: bool = False) -> Message:
    """Say what is stored, and how to have it deleted."""
    told = (OF_CHAT, OF_PERSON, EDITORS if editor else "", NOT_KEPT, HOW)
    text = joined([bold(_(PRIVACY_TITLE)), *map(_, told)], "\n\n")
    return Message(text, ((Button(_(FORGET_ME), ASK_FORGET),),))


def ask_forget(*, private: bool) -> Message:
    """Ask once before everything goes."""
    text = rich(_(ASK_PERSON if private else ASK))
    return Message(text, ((Button(_(FORGET_BUTTON), FORGET), Button(_(KEEP_BUTTON), KEEP)),))


def forgotten() -> Message:
    """Say that everything is gone."""
    return Message(rich(_(FORGOTTEN)), ((Button(_(SUBSCRIBE_BUTTON), SUBSCRIBE),),))


def kept() -> Message:
    """Say that nothing was deleted."""
    return Message(rich(_(KEPT)), (elsewhere(),))


def admins_only() -> Message:
    """Say who may have a group forgotten."""
    return Message(rich(_(ADMINS_ONLY)))
