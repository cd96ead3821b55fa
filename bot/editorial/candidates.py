"""Owns the order of this week's papers: what people read, what others build on, what fits our series. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log1p

from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.model.entry import Entry, Topic

# What one step of each is worth. Counts are taken by their logarithm: the tenth upvote says less than the second.
_UPVOTES, _INFLUENCE, _STARS = 1.0, 1.5, 0.25
_HAS_CODE = 0.5
_FITS = 1.5  # times the share of our entries that have one of its topics


def ranked(
    candidates: Iterable[Candidate], *, covered: Mapping[ArxivId, str], popular: Mapping[Topic, float]
) -> list[Candidate]:
    """Order *candidates*, the most promising first; those that an entry speaks of already come last.

    Args:
        covered: The badge of the entry, by paper.
        popular: The share of our entries that have a topic, by topic.
    """
    scored = (
        replace(it, covered=covered.get(it.arxiv_id, ""), score=_score(it, popular)) for it in _each_once(candidates)
    )
    return sorted(scored, key=lambda it: (bool(it.covered), -it.score, it.arxiv_id))


def popularity(entries: Sequence[Entry]) -> dict[Topic, float]:
    """The share of *entries* that have each topic."""
    counts: dict[Topic, int] = {}
    for entry in entries:
        for topic in entry.topics:
            counts[topic] = counts.get(topic, 0) + 1
    return {topic: count / len(entries) for topic, count in counts.items()}


def _score(candidate: Candidate, popular: Mapping[Topic, float]) -> float:
    fit = max((popular.get(topic, 0.0) for topic in candidate.topics), default=0.0)
    return (
        _UPVOTES * log1p(max(0, candidate.upvotes))
        + _INFLUENCE * log1p(max(0, candidate.influential_citations))
        + _STARS * log1p(max(0, candidate.stars))
        + _HAS_CODE * bool(candidate.code)
        + _FITS * fit
    )


def _each_once(candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    """A paper listed on two days counts once, with what the later day says."""
    return {it.arxiv_id: it for it in candidates}.values()
