"""Owns what we know of a paper, and the links that lead to it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.arxiv_id import ArxivId
from bot.model.licence import UNKNOWN_LICENCE, Licence


class LinkKind(StrEnum):
    """What a link leads to, in the order in which links are shown."""

    PAPER = "paper"
    TALK = "talk"
    CODE = "code"
    DEMO = "demo"
    BLOG = "blog"
    PODCAST = "podcast"


@dataclass(frozen=True, slots=True)
class Link:
    """One place to read, watch or run more."""

    kind: LinkKind
    url: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A work on arXiv.

    Attributes:
        version: The version our write-up speaks of; None where it was not established.
        authors: Full names in the paper's order.
        year: The year the work is cited with.
        venue: Where it was published, with its year (``ICML 2021``); None for a preprint.
        licence: Of the version our write-up speaks of.
    """

    arxiv_id: ArxivId
    version: int | None
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str | None = None
    licence: Licence = UNKNOWN_LICENCE

    @property
    def url(self) -> str:
        """The abstract page of the paper."""
        return self.arxiv_id.url()

    @property
    def byline(self) -> str:
        """Authors as a reader says them: ``d'Ascoli et al.``, ``Larsen & Fort``."""
        names = [surname(author) for author in self.authors]
        return " & ".join(names) if len(names) <= 2 else f"{names[0]} et al."


_PARTICLES = frozenset({"van", "von", "de", "der", "den", "di", "da", "del", "la", "le", "ter", "ten", "dos", "du"})


def surname(author: str) -> str:
    """The family name in *author* with its particles: ``Hado van Hasselt`` gives ``van Hasselt``."""
    words = author.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
