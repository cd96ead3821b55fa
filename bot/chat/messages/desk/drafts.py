"""Owns how the drafts on the desk are listed, and how one asks for a new one."""

from collections.abc import Sequence

from bot.chat.desk_presses import ListQueue, ShowDraft
from bot.chat.markup import Rich, bold, clipped, code, filled, isolated, joined, rich, sentences
from bot.chat.messages.desk.card import CANDIDATES_BUTTON, QUEUE, name
from bot.chat.messages.message import Button, Message
from bot.chat.presses import CANDIDATES
from bot.chat.shares import evenly
from bot.chat.typed import echo
from bot.model.draft import DeskDraft
from bot.model.entry import Series
from bot.wording.lists import comma
from bot.wording.translation import N_, _

HEADING = N_("On the desk")
NONE = N_("The desk is empty.")
ASK = N_("Send a link to a paper on arXiv, and I draft it for {series}; here or as {example}.")
OTHERS = N_("For another series: {examples}.")
COMMAND = "/draft {series}2103.10697"
NO_PAPER = N_("I cannot read “{text}” as a paper on arXiv. Its link works, or its id.")

MOST = 20
"""Drafts that are listed."""
_TITLE, _IN_A_ROW = 120, 5


def drafts(listed: Sequence[DeskDraft], series: Sequence[Series], drafting: str, queue: str) -> Message:
    """List the drafts on the desk, the one that was changed last first, and say how to get another.

    Args:
        drafting: The name of the series that a link is drafted for.
        queue: Its slug.
    """
    shown = list(enumerate(listed[:MOST], start=1))
    items = [_item(place, each) for place, each in shown]
    heading = bold(_(HEADING)) if items else rich(_(NONE))
    text = joined([joined([heading, *items], "\n"), _how(series, drafting, queue)], "\n\n")
    buttons = [Button(str(place), ShowDraft(each.id)) for place, each in shown]
    rows = evenly(buttons, _IN_A_ROW) if buttons else ()
    return Message(text, (*rows, (Button(_(CANDIDATES_BUTTON), CANDIDATES), Button(_(QUEUE), ListQueue(queue)))))


def no_paper(text: str, queue: str) -> Message:
    """Say that what was typed names no paper."""
    return Message(
        filled(_(NO_PAPER), text=echo(text)),
        ((Button(_(CANDIDATES_BUTTON), CANDIDATES), Button(_(QUEUE), ListQueue(queue))),),
    )


def _item(place: int, each: DeskDraft) -> Rich:
    title = isolated(clipped(each.entry.paper.title, _TITLE))
    return joined([bold(str(place)), f"{title} ({name(each.entry)})"], " ")


def _how(series: Sequence[Series], drafting: str, default: str) -> Rich:
    ask = filled(_(ASK), series=drafting, example=code(COMMAND.format(series="")))
    others = [code(COMMAND.format(series=f"{one.slug} ")) for one in series if one.slug != default]
    return sentences([ask, filled(_(OTHERS), examples=joined(others, comma())) if others else Rich()])
