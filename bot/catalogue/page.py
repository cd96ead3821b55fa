"""Owns the page of hits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Lack(StrEnum):
    """What of a question its hits do not fulfil."""

    WORDS = "words"
    """None of them has all the words."""
    YEAR = "year"
    """There is nothing of that year; they are of others."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the hits of a question.

    Attributes:
        number: From 1; a page that was asked for beyond the end is the last one.
        pages: At least 1, even when there is no hit.
        total: Hits on all pages.
        query: The question as it was typed, on one line.
        lacks: What the hits do not fulfil.
    """

    hits: tuple[T, ...]
    number: int
    pages: int
    total: int
    query: str
    lacks: frozenset[Lack] = frozenset()

    def with_hits(self, hits: Iterable[U]) -> "Page[U]":
        """The same page with other values in the places of its hits."""
        return Page(tuple(hits), self.number, self.pages, self.total, self.query, self.lacks)

    def lacking(self, lacks: Iterable[Lack]) -> "Page[T]":
        """The same page of hits that do not fulfil all that was asked."""
        return replace(self, lacks=frozenset(lacks))


def page_of(hits: Sequence[T], *, number: int, size: int, query: str = "") -> Page[T]:
    """Cut one page out of *hits*; *number* is moved to the nearest page there is."""
    pages = max(1, -(-len(hits) // size))
    shown = min(max(number, 1), pages)
    return Page(tuple(hits[(shown - 1) * size : shown * size]), shown, pages, len(hits), query)
