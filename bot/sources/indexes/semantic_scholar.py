"""Owns reading what Semantic Scholar says of papers: how often they are cited, and what they are in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model.arxiv_id import ArxivId
from bot.sources.indexes.json_reading import count, read_json, text

FIELDS = "title,tldr,citationCount,influentialCitationCount,venue,externalIds"
MOST_IDS = 500
"""Papers in one request. Source: https://api.semanticscholar.org/api-docs/graph"""


@dataclass(frozen=True, slots=True)
class Reception:
    """How a paper was received.

    Attributes:
        tldr: One sentence by a language model; empty where there is none.
        venue: As Semantic Scholar calls it; empty where it knows none. Without a year, and not by the authors.
    """

    tldr: str = ""
    citations: int = 0
    influential_citations: int = 0
    venue: str = ""


def read_paper(content: bytes) -> Reception | None:
    """Read an answer of ``/graph/v1/paper/<id>``; None where it says nothing."""
    return _reception(read_json(content))


def read_batch(content: bytes, ids: Sequence[ArxivId]) -> dict[ArxivId, Reception]:
    """Read an answer of ``/graph/v1/paper/batch``: one row for each id, in their order; null for the unknown."""
    rows = read_json(content)
    if not isinstance(rows, list) or len(rows) != len(ids):
        return {}
    found = zip(ids, map(_reception, rows), strict=True)
    return {arxiv_id: reception for arxiv_id, reception in found if reception is not None}


def _reception(said: Any) -> Reception | None:
    if not isinstance(said, Mapping) or not ("citationCount" in said or "title" in said):
        return None
    tldr = said.get("tldr")
    return Reception(
        tldr=text(tldr, "text", longest=600) if isinstance(tldr, Mapping) else "",
        citations=count(said, "citationCount"),
        influential_citations=count(said, "influentialCitationCount"),
        venue=text(said, "venue", longest=200),
    )
