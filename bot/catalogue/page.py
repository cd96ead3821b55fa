"""Owns the page of hits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from bot.catalogue.condition import Demand
from bot.catalogue.query import Query

T = TypeVar("T")
U = TypeVar("U")


class Lack(StrEnum):
    """What of a question its hits do not fulfil."""

    WORDS = "words"
    """None of them has all the words."""
    PHRASE = "phrase"
    """None of them says what stood in quotation marks just so; they have its words."""
    YEAR = Demand.YEAR.value
    """There is nothing of that year, or of those years; they are of others."""
    MONTH = Demand.MONTH.value
    """There is nothing of that month; they are of others."""
    SERIES = Demand.SERIES.value
    """There is nothing in that series; they are in others."""
    TOPIC = Demand.TOPIC.value
    """There is nothing on that topic; they are on others."""
    AUTHOR = Demand.AUTHOR.value
    """There is nothing by that author; they are by others."""
    EXCLUDED = "excluded"
    """There is nothing without the excluded words; they have some of them."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody may have meant to type.

    Attributes:
        query: The whole question, corrected.
        total: How many entries have all of it; at least 1.
    """

    query: str
    total: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the hits of a question.

    Attributes:
        number: From 1; a page that was asked for beyond the end is the last one.
        pages: At least 1, even when there is no hit.
        total: Hits on all pages.
        query: The question as it was typed, on one line.
        lacks: What the hits do not fulfil.
        reading: The question as it was read for these hits: completed, with what was given up taken out. Where words
            stand in bold, it says (`highlighting.matched`).
        instead: What may have been meant, when the hits lack something or there is none.
    """

    hits: tuple[T, ...]
    number: int
    pages: int
    total: int
    query: str
    lacks: frozenset[Lack] = frozenset()
    reading: Query | None = None
    instead: Correction | None = None

    def with_hits(self, hits: Iterable[U]) -> "Page[U]":
        """The same page with other values in the places of its hits."""
        shown = tuple(hits)
        return Page(shown, self.number, self.pages, self.total, self.query, self.lacks, self.reading, self.instead)

    def lacking(self, lacks: Iterable[Lack]) -> "Page[T]":
        """The same page of hits that do not fulfil all that was asked."""
        return replace(self, lacks=frozenset(lacks))


def page_of(hits: Sequence[T], *, number: int, size: int, query: str = "") -> Page[T]:
    """Cut one page out of *hits*; *number* is moved to the nearest page there is."""
    pages = max(1, -(-len(hits) // size))
    shown = min(max(number, 1), pages)
    return Page(tuple(hits[(shown - 1) * size : shown * size]), shown, pages, len(hits), query)
