"""Owns where the words of a question stand in a text that is shown, so that they can be set in bold."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.catalogue.document import topic_term
from bot.catalogue.query import Query
from bot.catalogue.terms import STOP_WORDS, compound_matches, compounds, fold, is_han, part_matches, parts_of, stem
from bot.catalogue.word import Word, any_of, words_of
from bot.model.entry import Entry

Span = tuple[int, int]
"""Start and end in code points, the end not included."""


def synonyms_of(entry: Entry) -> tuple[tuple[str, ...], ...]:
    """The names that mean the same for *entry*: those of each of its topics."""
    return tuple(topic.every_name for topic in entry.topics)


def matched(text: str, query: Query, *, synonyms: Iterable[Sequence[str]] = ()) -> tuple[Span, ...]:
    """Find what of *text* answers *query*: its words in any ending or spelling, and Chinese runs.

    Args:
        query: As it was read for these hits, `Page.reading`: with completions for a last word that was cut short.
        synonyms: Groups of names of one thing (`synonyms_of`). Where the question has all of one of them, the others
            count as found too: ``ViT`` is in ``Vision Transformers``.

    Returns:
        Spans in order, disjoint, not touching, inside the text.
    """
    units = _units(text)
    found = [*_words_found(units, query), *_pairs_found(units, query)]
    for name in _names_asked(query, synonyms):
        found += _in_a_row(units, _keys(name))
    return tuple(_merged(found))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A Chinese character, or a part of a word with what it stands for.

    Attributes:
        key: The stem of the part, or the character.
        whole: The stem of the word it is a part of, and where that stands.
    """

    span: Span
    key: str
    whole: tuple[str, Span] | None


@lru_cache(maxsize=1_500)  # the same titles and headlines answer many questions
def _units(text: str) -> tuple[_Unit, ...]:
    """Every unit of *text* in order."""
    return tuple(_found_units(text))


def _found_units(text: str) -> Iterator[_Unit]:
    """The units found in the folded form of *text*, placed in the text itself."""
    folded = list(fold(text)) if text.isascii() else [fold(char) for char in text]
    origin = [at for at, form in enumerate(folded) for _ in form]

    def span(start: int, end: int) -> Span:
        stop = origin[end - 1] + 1
        if text.isascii():
            return start, stop
        while stop < len(text) and unicodedata.category(text[stop]) == "Mn":  # the accent belongs to its letter
            stop += 1
        return origin[start], stop

    for found in compound_matches("".join(folded)):
        if is_han(found[0]):
            yield from (_Unit(span(at, at + 1), char, None) for at, char in enumerate(found[0], found.start()))
        else:
            whole = (stem("".join(parts_of(found[0]))), span(*found.span()))
            for part in part_matches(found[0]):
                place = span(found.start() + part.start(), found.start() + part.end())
                yield _Unit(place, stem(part[0]), whole)


def _words_found(units: Sequence[_Unit], query: Query) -> Iterator[Span]:
    """Words of an alphabet; a spelling of several terms counts where the text has all of them."""
    here = {unit.key for unit in units} | {unit.whole[0] for unit in units if unit.whole}
    wanted = {term for spelling in query.spellings if here.issuperset(spelling) for term in spelling}
    for unit in units:
        if unit.whole and unit.whole[0] in wanted:
            yield unit.whole[1]
        elif unit.key in wanted:
            yield unit.span


def _pairs_found(units: Sequence[_Unit], query: Query) -> list[Span]:
    """Runs of Chinese; where a longer run stands, single pairs elsewhere are chance."""
    wanted = set(query.terms)
    pairs = [
        (left.span[0], right.span[1])
        for left, right in pairwise(units)
        if left.span[1] == right.span[0] and left.key + right.key in wanted and is_han(left.key + right.key)
    ]
    runs = _merged(pairs)
    longest = max((end - start for start, end in runs), default=0)
    return [run for run in runs if longest == 2 or run[1] - run[0] > 2]


def _names_asked(query: Query, synonyms: Iterable[Sequence[str]]) -> Iterator[str]:
    asked, demanded = set(query.terms), query.demanded
    for group in synonyms:
        named = not (asked | demanded).isdisjoint(_every_term(tuple(group)))
        if named and any(topic_term(name) in demanded or _is_asked(name, asked) for name in group):
            yield from group


def _is_asked(name: str, asked: set[str]) -> bool:
    words = _telling(name)
    return bool(words) and all(any(map(asked.issuperset, word.spellings)) for word in words)


# The names of some hundred topics are held against every question.
@lru_cache(maxsize=5_000)
def _telling(name: str) -> tuple[Word, ...]:
    return words_of([word for word in compounds(name) if word not in STOP_WORDS])


@lru_cache(maxsize=1_000)
def _every_term(names: tuple[str, ...]) -> frozenset[str]:
    words = [word for name in names for word in _telling(name)]
    topics = [topic_term(name) for name in names]
    return frozenset([*topics, *(term for spelling in any_of(words) for term in spelling)])


def _keys(name: str) -> list[str]:
    keys: list[str] = []
    for compound in compounds(name):
        keys += list(compound) if is_han(compound) else [stem(part) for part in parts_of(compound)]
    return keys


def _in_a_row(units: Sequence[_Unit], keys: Sequence[str]) -> Iterator[Span]:
    for at in range(len(units) - len(keys) + 1 if keys else 0):
        run = units[at : at + len(keys)]
        if [unit.key for unit in run] == list(keys):
            yield run[0].span[0], run[-1].span[1]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same places without overlaps; what touches is one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
