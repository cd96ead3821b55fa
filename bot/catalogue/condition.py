"""Owns what a question demands of a hit beside its words: a topic, an author, a series, a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.catalogue.document import author_terms, month_term, series_term, topic_term, year_term
from bot.catalogue.word import Spelling

FIRST_YEAR, LAST_YEAR = 1990, 2099


class Demand(StrEnum):
    """What a condition is about; in the order in which conditions are given up."""

    MONTH = "month"
    YEAR = "year"
    SERIES = "series"
    TOPIC = "topic"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be known of a paper.

    Attributes:
        said: How it was put: ``2021``, ``bengio``, ``2019–2021``; fit to be shown.
        spellings: Any of them will do.
    """

    demand: Demand
    said: str
    spellings: tuple[Spelling, ...]


def topic(name: str) -> Condition | None:
    """Of a topic, by its slug, a name or an alias; None where *name* has no letter."""
    term = topic_term(name)
    return Condition(Demand.TOPIC, name, ((term,),)) if term != topic_term("") else None


def author(name: str) -> Condition | None:
    """By an author, of whom *name* gives all names or some; None where it has no letter."""
    terms = author_terms(name)
    return Condition(Demand.AUTHOR, name, (terms,)) if terms else None


def series(name: str) -> Condition | None:
    """In a series, by its slug or name; None where *name* has no letter."""
    term = series_term(name)
    return Condition(Demand.SERIES, name, ((term,),)) if term != series_term("") else None


def month(year: int, number: int) -> Condition:
    """Of the month that an entry bears."""
    return Condition(Demand.MONTH, f"{year:04d}-{number:02d}", ((month_term(year, number),),))


def years(first: int, last: int) -> Condition:
    """Cited with, or of a venue of, one of the years from *first* to *last*, whichever comes earlier."""
    first, last = sorted((first, last))
    said = str(first) if first == last else f"{first}–{last}"
    return Condition(Demand.YEAR, said, tuple((year_term(year),) for year in range(first, last + 1)))


def since(year: int) -> Condition:
    """Of *year* or later."""
    return Condition(Demand.YEAR, f"≥ {year}", years(year, LAST_YEAR).spellings)


def until(year: int) -> Condition:
    """Of *year* or earlier."""
    return Condition(Demand.YEAR, f"≤ {year}", years(FIRST_YEAR, year).spellings)


def giving_up(conditions: Sequence[Condition]) -> list[tuple[Condition, ...]]:
    """What may be given up when nothing fulfils all: one condition at a time, then more and more of them."""
    order = list(Demand)
    ordered = sorted(dict.fromkeys(conditions), key=lambda each: order.index(each.demand))
    alone = [(each,) for each in ordered]
    return alone + [tuple(ordered[: count + 1]) for count in range(1, len(ordered))]
