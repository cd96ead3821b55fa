"""Owns which entries of a block answer a question, the newest first, and which of its terms stand where in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress, islice
from operator import and_, attrgetter, or_
from typing import TypeAlias

from bot.catalogue.query import Query
from bot.catalogue.word import Spelling, any_of
from bot.store.postings import BLOCK, Posting

TITLE_MATCHES = 300
OTHER_MATCHES = 500

_NOWHERE = Posting()
_Column = Callable[[Posting], int]
_TITLE: _Column = attrgetter("title")
_PEOPLE: _Column = attrgetter("people")
_TEXT: _Column = attrgetter("text")
_ANYWHERE: _Column = attrgetter("anywhere")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks of an entry.

    Attributes:
        clauses: One spelling of each must stand somewhere.
        conditions: One spelling of each must be among what is known about the paper.
        excluded: None of these may stand anywhere.
        telling: Entries with one of these in their titles come first.
    """

    clauses: tuple[tuple[Spelling, ...], ...]
    conditions: tuple[tuple[Spelling, ...], ...]
    excluded: tuple[Spelling, ...]
    telling: tuple[Spelling, ...]

    @property
    def terms(self) -> list[str]:
        """Every term of it, each once."""
        spellings = (*(it for each in (*self.clauses, *self.conditions) for it in each), *self.excluded, *self.telling)
        return list(dict.fromkeys(term for spelling in spellings for term in spelling))


Match: TypeAlias = tuple[int, str, str, str]
"""The id of an entry that answers, and those of the asked terms that stand in its title, its people, its text."""


def wanted(query: Query, *, missing: int) -> Wanted:
    """What *query* asks when an entry may be without *missing* of its words.

    Conditions stand in for words when there are none.
    """
    conditions = tuple(each.spellings for each in query.conditions)
    telling = any_of(query.words) or conditions[0]
    return Wanted(query.clauses(missing), conditions, any_of(query.excluded), telling)


def matching(asked: Wanted, found: Mapping[str, Posting]) -> tuple[int, int]:
    """The bits of the entries of a block that answer: those with a telling word in their titles, and all others."""
    bits = -1
    for spellings, column in _demands(asked):
        bits &= _any(spellings, found, column)
        if not bits:
            return 0, 0
    bits &= ~_any(asked.excluded, found, _ANYWHERE)
    telling = _any(asked.telling, found, _TITLE)
    return bits & telling, bits & ~telling


def newest(bits: int, most: int) -> list[int]:
    """The places of the highest *most* bits that are set, from the highest on."""
    return list(islice(_places(bits), most))


def matches(block: int, places: Sequence[int], terms: Sequence[str], found: Mapping[str, Posting]) -> Iterator[Match]:
    """The entries at *places* of a block, with the *terms* that stand in them."""
    standing = [(term, found[term]) for term in terms if term in found]
    columns = (_shown(places, [(term, column(it)) for term, it in standing]) for column in (_TITLE, _PEOPLE, _TEXT))
    return zip([block * BLOCK + at for at in places], *columns, strict=True)


def _demands(asked: Wanted) -> Iterator[tuple[Sequence[Spelling], _Column]]:
    for clause in asked.clauses:
        yield clause, _ANYWHERE
    for condition in asked.conditions:
        yield condition, _PEOPLE


def _any(spellings: Iterable[Spelling], found: Mapping[str, Posting], column: _Column) -> int:
    return reduce(or_, (_all(spelling, found, column) for spelling in spellings), 0)


def _all(spelling: Spelling, found: Mapping[str, Posting], column: _Column) -> int:
    return reduce(and_, (column(found.get(term, _NOWHERE)) for term in spelling)) if spelling else 0


def _places(bits: int) -> Iterator[int]:
    digits = f"{bits:b}"
    highest, at = len(digits) - 1, digits.find("1")
    while at >= 0:
        yield highest - at
        at = digits.find("1", at + 1)


def _shown(places: Sequence[int], columns: Sequence[tuple[str, int]]) -> list[str]:
    """For each place the terms whose bits are set there; hundreds of places share a few sets of terms."""
    there = [(term, bits.to_bytes(BLOCK // 8, "little")) for term, bits in columns if bits]
    if not there:
        return [""] * len(places)
    terms = [term for term, _ in there]
    sets = list(zip(*([raw[at >> 3] >> (at & 7) & 1 for at in places] for _, raw in there), strict=True))
    said = {each: " ".join(compress(terms, each)) for each in set(sets)}
    return [said[each] for each in sets]
