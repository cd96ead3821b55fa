"""Owns the candidate: a paper of this week that could become an entry."""

from dataclasses import dataclass, field
from datetime import date

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Topic


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that people talk about, as far as the indexes tell.

    Attributes:
        code: Address of the authors' code; empty where nobody names one.
        stars: Of that code; 0 where unknown.
        influential_citations: By Semantic Scholar's count; 0 where unknown.
        topics: Of our closed list, by its title and abstract.
        covered: The badge of the entry that speaks of it already; empty where none does.
        score: The higher, the better; only good for comparing within one week.
    """

    arxiv_id: ArxivId
    title: str
    abstract: str
    listed: date | None = None
    upvotes: int = 0
    code: str = ""
    stars: int = 0
    influential_citations: int = 0
    topics: tuple[Topic, ...] = ()
    covered: str = ""
    score: float = field(default=0.0, compare=False)
