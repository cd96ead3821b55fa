"""Owns how papers are cited."""

from collections.abc import Sequence

from bot.chat.markup import TEXT_LIMIT, code, filled, preformatted, rich
from bot.chat.messages.message import Button, Message
from bot.chat.messages.picks import cited_year
from bot.chat.messages.results import elsewhere
from bot.chat.presses import Cite, ShowEntry
from bot.editorial.bibtex import bibtex
from bot.model.entry import Entry
from bot.wording.translation import N_, _, ngettext

HOW = N_(
    "Which paper shall I cite? Name it by number, arXiv id, link or title: {example}. Or answer a collage with /cite."
)
EXAMPLE = "/cite 27"
CHOICE = N_("Which of them?")
SHOW = N_("Show the collage")
LIST = N_("Your list as BibTeX: {papers}.")
FILE = "collages.bib"
"""What the file with somebody's whole list is called."""


def citation(entry: Entry) -> Message:
    """Write the BibTeX of one paper, so that a tap copies it."""
    record = preformatted(bibtex(entry.paper)[:TEXT_LIMIT], language="bibtex")
    return Message(record, ((Button(_(SHOW), ShowEntry(entry.id)),),))


def choice(entries: Sequence[Entry]) -> Message:
    """Let the reader choose which of several papers is meant."""
    labels = [(f"{entry.paper.byline} {cited_year(entry)}", Cite(entry.id)) for entry in entries]
    return Message(rich(_(CHOICE)), tuple((Button(label, press),) for label, press in labels))


def how() -> Message:
    """Say what `/cite` wants to be told."""
    return Message(filled(_(HOW), example=code(EXAMPLE)), (elsewhere(),))


def whole_list(papers: int) -> Message:
    """Write what stands under the file with somebody's whole list."""
    return Message(filled(_(LIST), papers=ngettext("{number} paper", "{number} papers", papers)))
