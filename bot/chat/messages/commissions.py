"""Owns what is said about collages that readers ask for."""

from datetime import datetime, timedelta

from bot.chat.desk_presses import Ask, AskedFile, TakeUp, TurnAsked
from bot.chat.markup import Rich, bold, clipped, code, filled, isolated, italic, joined, rich, sentences
from bot.chat.messages import progress
from bot.chat.messages.links import labelled
from bot.chat.messages.message import Button, Message
from bot.chat.messages.picks import FULL_SIZE, SHAPES, paper_byline
from bot.chat.messages.results import elsewhere
from bot.chat.typed import echo
from bot.errors import CollagebotError, QuotaSpent
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance
from bot.model.paper import Link, LinkKind, Paper
from bot.model.progress import Stage
from bot.wording.translation import N_, _, ngettext

HOW = N_("I draw a collage of any paper on arXiv: {example}. A link works, or the id of the paper.")
EXAMPLE = "/collage 2103.10697"
NO_PAPER = N_("I cannot read “{text}” as a paper on arXiv.")
BY_MACHINE = N_("Drawn by machine from the paper; no editor has looked at it.")
SPENT = N_("You have had your {collages} of today. It begins anew at 00:00 UTC, in {hours}.")
SWITCHED_OFF = N_("Collages on request are switched off here.")
AT_IT = N_("One at a time: I am still drawing the last one you asked for.")

_TITLE = 480


def how() -> Message:
    """Say how to ask for a collage."""
    return Message(_how(), (elsewhere(),))


def no_paper(text: str) -> Message:
    """Say that what was typed names no paper, and what would."""
    return Message(sentences([filled(_(NO_PAPER), text=echo(text)), _how()]), (elsewhere(),))


def collage(paper: Paper, shown: Appearance) -> Message:
    """Write what stands under a collage that nobody has looked at."""
    title = bold(isolated(clipped(paper.title, _TITLE)))
    head = joined([title, paper_byline(paper)], "\n")
    link = labelled([Link(LinkKind.PAPER, paper.arxiv_id.url(paper.version))])
    return Message(joined([head, italic(BY_MACHINE), link], "\n\n"), buttons(paper.arxiv_id, paper.version or 1, shown))


def buttons(arxiv_id: ArxivId, version: int, shown: Appearance) -> tuple[tuple[Button, ...], ...]:
    """The buttons under a collage that is *shown* like that."""
    turn = Button(_(SHAPES[shown.turned.canvas]), TurnAsked(arxiv_id, version, shown.turned))
    return ((turn, Button(_(FULL_SIZE), AskedFile(arxiv_id, version, shown))),)


def file_name(arxiv_id: ArxivId, version: int, shown: Appearance) -> str:
    """What the file of a collage is called: ``2103.10697v2-portrait.jpg``."""
    return f"{str(arxiv_id).replace('/', '-')}v{version}-{shown.canvas}.jpg"


def failed(attempt: Ask | TakeUp, stage: Stage, error: CollagebotError, *, now: datetime, per_day: int) -> Message:
    """Say why there is no collage; whose day is spent is told when it begins anew."""
    if isinstance(error, QuotaSpent):
        return Message(_spent(now, per_day), (elsewhere(),))
    return progress.failed(attempt, stage, error)


def at_it() -> Message:
    """Say that one is under way for this person."""
    return Message(rich(_(AT_IT)))


def full() -> Message:
    """Say that too many are under way."""
    return Message(rich(_(progress.FULL)), (elsewhere(),))


def _how() -> Rich:
    return filled(_(HOW), example=code(EXAMPLE))


def _spent(now: datetime, per_day: int) -> Rich:
    if per_day == 0:
        return rich(_(SWITCHED_OFF))
    midnight = datetime(now.year, now.month, now.day, tzinfo=now.tzinfo) + timedelta(days=1)
    hours = max(1, round((midnight - now) / timedelta(hours=1)))
    return filled(
        _(SPENT),
        collages=ngettext("{number} collage", "{number} collages", per_day),
        hours=ngettext("{number} hour", "{number} hours", hours),
    )
