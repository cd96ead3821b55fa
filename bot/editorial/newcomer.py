"""Owns what a paper becomes that comes to the desk for the first time. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model.arxiv_id import ArxivId
from bot.model.draft import Alternative, Draft
from bot.model.entry import Entry, EntryState, Series, Topic
from bot.store.figures import shown_figures
from bot.wording.translation import _

MOST_ALTERNATIVES = 20
MOST_BYTES = 32 * 1024**2
"""What the figures of one draft may take in the database; those on its collage are always kept."""


def newborn(made: Draft, series: Series, topics: Sequence[Topic]) -> Draft:
    """*made* as it is kept: with a name of its own, within bounds, and with no topic that nobody knows.

    Args:
        topics: The closed list.
    """
    return replace(made, entry=_born(made.entry, series, topics), alternatives=_bounded(made))


def slug_of(series: Series, arxiv_id: ArxivId) -> str:
    """The slug of an entry born in a chat: ``ml-collage/arxiv-2103-10697``; nobody calls a content folder so."""
    characters = (each if each.isascii() and each.isalnum() else "-" for each in str(arxiv_id).lower())
    return f"{series.slug}/arxiv-{''.join(characters)}"


def refusal(entry: Entry) -> str:
    """Why a paper is not drafted for a series that has *entry* about it, in one sentence."""
    if entry.state is EntryState.PUBLISHED:
        return _("{name} is about this paper already; choose another one, or another series.").format(name=entry.badge)
    if entry.state is EntryState.QUEUED:
        return _("This paper waits in the queue of {series} already; open it from there.").format(
            series=entry.series.name
        )
    if entry.state is EntryState.RETRACTED:
        return _("{name} is about this paper and was withdrawn; /correct brings it back.").format(name=entry.badge)
    return _("This paper is a draft in the content folder {slug}; edit it there.").format(slug=entry.slug)


def _born(said: Entry, series: Series, topics: Sequence[Topic]) -> Entry:
    """The entry of a new draft in *series*: with a name of its own, and no topic that nobody knows."""
    known = {topic.slug for topic in topics}
    return replace(
        said,
        slug=slug_of(series, said.paper.arxiv_id),
        series=series,
        state=EntryState.DRAFT,
        month=None,
        topics=tuple(topic for topic in said.topics if topic.slug in known),
        id=0,
    )


def _bounded(made: Draft) -> tuple[Alternative, ...]:
    """The alternatives of *made* without those that are too many or too large."""
    kept: list[Alternative] = []
    digests = set(shown_figures(made.entry))
    for each in made.alternatives:
        every = digests | {each.figure.sha256}
        size = sum(len(made.files.get(digest, b"")) for digest in every)
        if every == digests or (len(kept) < MOST_ALTERNATIVES and size <= MOST_BYTES):
            kept.append(each)
            digests = every
    return tuple(kept)
