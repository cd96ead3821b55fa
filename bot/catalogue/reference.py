"""Owns how people point at one entry: a number, a series with a number, an arXiv id or link, our own slug."""

import re
from dataclasses import dataclass

from bot.catalogue.terms import fold, parts_of
from bot.model.arxiv_id import ArxivId

_NUMBER = re.compile(r"(?P<series>.*?)[\s#№:-]*(?P<number>\d{1,4})(?:\s*/\s*\d{1,4})?", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """What somebody pointed at; at most one of paper, number and slug.

    Attributes:
        series: Letters of the series before the number, as `series_key` gives them; empty for any series.
    """

    paper: ArxivId | None = None
    number: int | None = None
    series: str = ""
    slug: str | None = None


def parse_reference(text: str) -> Reference:
    """Read ``27``, ``#27``, ``27/52``, ``ml-collage 27``, an arXiv id or link, or a slug; never fails."""
    text = text.strip()[:200]
    if (paper := ArxivId.find(text)) is not None:
        return Reference(paper=paper)
    if match := _NUMBER.fullmatch(text):
        return Reference(number=int(match["number"]), series=series_key(match["series"]))
    return Reference(slug=text) if _SLUG.fullmatch(text) else Reference()


def series_key(name: str) -> str:
    """The letters and digits of a series' name or slug, so that every spelling is the same."""
    return "".join(parts_of(fold(name)))
