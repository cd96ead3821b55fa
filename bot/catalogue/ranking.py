"""Owns the order of hits. One pure function: every database gives the same page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple, TypeAlias

from bot.catalogue.query import Query
from bot.catalogue.word import Word

# Title before people and topics before text: a word in a title outweighs the same word in all that is below it.
_TITLE, _PEOPLE, _TEXT = 8.0, 3.0, 1.0
_Columns: TypeAlias = tuple[str, str, str]


class Candidate(NamedTuple):
    """An entry that may be a hit, with its columns of the index. Questions make hundreds of them: a tuple is quick.

    Attributes:
        id: Of the entry.
        age: Sorts newer entries first: the smaller, the newer.
    """

    id: int
    age: tuple[int, int]
    title: str
    people: str
    text: str

    @property
    def columns(self) -> _Columns:
        """What stands in the columns of the index."""
        return self[2:]


def rank(query: Query, candidates: Iterable[Candidate]) -> list[int]:
    """Order the candidates that answer *query*.

    Title before people and topics before text, rare words before common ones, newer before older, then by id. How rare
    a word is, the candidates themselves say.

    Returns:
        The ids of the hits, best first: those with all words; when there is none, those with more than half as many as
        the best has, more words before fewer.
    """
    found = list(candidates)
    worth = _worth(query, found)
    best = max((words for words, _ in worth.values()), default=0)
    least = best if best == len(query.words) else best // 2 + 1
    hits = [(-words, -score, one.age, one.id) for one in found for words, score in [worth[one[2:]]] if words >= least]
    return [hit[-1] for hit in sorted(hits)]


def has_all_words(query: Query, candidate: Candidate) -> bool:
    """Tell whether every word of *query* stands somewhere in *candidate*."""
    return all(_weight(word, candidate.columns) for word in query.words)


def is_named(query: Query, candidate: Candidate) -> bool:
    """Tell whether every word of *query* stands in the title of *candidate*."""
    return all(_stands_in(candidate.title, word) for word in query.words)


def rank_alike(query: Query, candidates: Iterable[Candidate]) -> list[int]:
    """Order candidates by what they share with *query*; a few rare words count for more than many common ones."""
    found = list(candidates)
    worth = _worth(query, found)
    least = min(1, len(query.words))
    hits = [(-score, one.age, one.id) for one in found for words, score in [worth[one[2:]]] if words >= least]
    return [hit[-1] for hit in sorted(hits)]


def _worth(query: Query, candidates: Sequence[Candidate]) -> dict[_Columns, tuple[int, float]]:
    """How many words candidates with such columns have, and their score.

    Hundreds of candidates have the same few sets of words in their columns; each set is weighed once.
    """
    counted = Counter(one[2:] for one in candidates)
    weights = {columns: [_weight(word, columns) for word in query.words] for columns in counted}
    rarity = _rarity(weights, counted, len(query.words))
    return {columns: (sum(map(bool, each)), _score(each, rarity, query.words)) for columns, each in weights.items()}


def _weight(word: Word, columns: _Columns) -> float:
    """How strongly one of the word's spellings stands in the entry; a title says it all, the rest adds up."""
    title, people, text = columns
    if _stands_in(title, word):
        return _TITLE
    rest = ((people, _PEOPLE), (text, _TEXT))
    return sum(weight for column, weight in rest if _stands_in(column, word))


def _stands_in(column: str, word: Word) -> bool:
    there = _terms_of(column)
    return any(map(there.issuperset, word.spellings))


@lru_cache(maxsize=1_000)
def _terms_of(column: str) -> frozenset[str]:
    return frozenset(column.split())


def _rarity(weights: Mapping[_Columns, Sequence[float]], counted: Mapping[_Columns, int], words: int) -> list[float]:
    """Inverse document frequency of each word among the candidates; never 0, so that every word counts."""
    every = sum(counted.values())
    found = [sum(counted[columns] for columns, each in weights.items() if each[word]) for word in range(words)]
    return [log(1 + every / max(count, 1)) for count in found]


def _score(weights: Sequence[float], rarity: Sequence[float], words: Sequence[Word]) -> float:
    parts = zip(weights, rarity, words, strict=True)
    return round(sum(weight * rare * word.weight for weight, rare, word in parts), 6)
