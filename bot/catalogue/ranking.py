"""Owns the order of hits. One pure function: every database gives the same page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from bot.catalogue.query import Query, Word

# Title before people and topics before text: a word in a title outweighs the same word in all that is below it.
_TITLE, _PEOPLE, _TEXT = 8.0, 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be a hit, with its columns of the index.

    Attributes:
        id: Of the entry.
        age: Sorts newer entries first: the smaller, the newer.
    """

    id: int
    age: tuple[int, int]
    title: str
    people: str
    text: str


def rank(query: Query, candidates: Iterable[Candidate]) -> list[int]:
    """Order the candidates that answer *query*.

    Title before people and topics before text, rare words before common ones, newer before older, then by id. How rare
    a word is, the candidates themselves say.

    Returns:
        The ids of the hits, best first: those with all words; when there is none, those with more than half as many as
        the best has, more words before fewer.
    """
    hits = [(-hit.words, -hit.score, hit.candidate.age, hit.candidate.id) for hit in _hits(query, candidates)]
    best = max((-hit[0] for hit in hits), default=0)
    least = best if best == len(query.words) else best // 2 + 1
    return [hit[-1] for hit in sorted(hits) if -hit[0] >= least]


def has_all_words(query: Query, candidate: Candidate) -> bool:
    """Tell whether every word of *query* stands somewhere in *candidate*."""
    return all(_weight(word, candidate) for word in query.words)


def is_named(query: Query, candidate: Candidate) -> bool:
    """Tell whether every word of *query* stands in the title of *candidate*."""
    return all(_stands_in(f" {candidate.title} ", word) for word in query.words)


def rank_alike(query: Query, candidates: Iterable[Candidate]) -> list[int]:
    """Order candidates by what they share with *query*; a few rare words count for more than many common ones."""
    hits = [(-hit.score, hit.candidate.age, hit.candidate.id) for hit in _hits(query, candidates)]
    return [hit[-1] for hit in sorted(hits)]


@dataclass(frozen=True, slots=True)
class _Hit:
    candidate: Candidate
    words: int
    score: float


def _hits(query: Query, candidates: Iterable[Candidate]) -> Iterator[_Hit]:
    rows = [(candidate, [_weight(word, candidate) for word in query.words]) for candidate in candidates]
    rarity = _rarity([weights for _, weights in rows], len(query.words))
    for candidate, weights in rows:
        if any(weights) or not query.words:
            yield _Hit(candidate, sum(map(bool, weights)), _score(weights, rarity))


def _weight(word: Word, candidate: Candidate) -> float:
    """How strongly one of the word's spellings stands in the entry; a title says it all, the rest adds up."""
    if _stands_in(f" {candidate.title} ", word):
        return _TITLE
    rest = ((candidate.people, _PEOPLE), (candidate.text, _TEXT))
    return sum(weight for field, weight in rest if _stands_in(f" {field} ", word))


def _stands_in(padded: str, word: Word) -> bool:
    return any(all(f" {term} " in padded for term in spelling) for spelling in word.spellings)


def _rarity(rows: Sequence[Sequence[float]], words: int) -> list[float]:
    """Inverse document frequency of each word among the candidates; never 0, so that every word counts."""
    found = [sum(1 for row in rows if row[word]) for word in range(words)]
    return [log(1 + len(rows) / max(count, 1)) for count in found]


def _score(weights: Sequence[float], rarity: Sequence[float]) -> float:
    return round(sum(weight * rare for weight, rare in zip(weights, rarity, strict=True)), 6)
