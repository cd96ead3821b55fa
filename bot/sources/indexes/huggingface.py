"""Owns reading what Hugging Face says of papers: who liked them, where the code is, what a machine made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.model.arxiv_id import ArxivId
from bot.sources.indexes.json_reading import address, count, day, read_json, text

MOST_PAPERS = 500
_MOST_KEYWORDS = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper as Hugging Face shows it. Everything but the id and the title may be missing.

    Attributes:
        published: On arXiv.
        listed: The day it was listed there.
        code: Address of a repository; empty where none is named.
        summary: One sentence or two by a language model; never the paper's own words.
        stars: Of the repository.
    """

    arxiv_id: ArxivId
    title: str
    abstract: str = ""
    published: date | None = None
    listed: date | None = None
    upvotes: int = 0
    code: str = ""
    stars: int = 0
    project: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()


def read_paper(content: bytes) -> Mention | None:
    """Read an answer of ``/api/papers/<id>``; None where it says nothing."""
    return _mention(read_json(content))


def read_listing(content: bytes) -> tuple[Mention, ...]:
    """Read an answer of ``/api/daily_papers``; what cannot be read is left out, each paper stands once."""
    rows = read_json(content)
    if not isinstance(rows, list):
        return ()
    found = (_mention(row.get("paper", row)) for row in rows[:MOST_PAPERS] if isinstance(row, Mapping))
    return tuple({mention.arxiv_id: mention for mention in found if mention is not None}.values())


def _mention(said: Any) -> Mention | None:
    if not isinstance(said, Mapping):
        return None
    arxiv_id, title = ArxivId.find(text(said, "id", longest=50)), text(said, "title", longest=500)
    if arxiv_id is None or not title:
        return None
    return Mention(
        arxiv_id=arxiv_id,
        title=title,
        abstract=text(said, "summary", longest=20_000),
        published=day(said, "publishedAt"),
        listed=day(said, "submittedOnDailyAt"),
        upvotes=count(said, "upvotes"),
        code=address(said, "githubRepo"),
        stars=count(said, "githubStars"),
        project=address(said, "projectPage"),
        summary=text(said, "ai_summary", longest=1000),
        keywords=_keywords(said.get("ai_keywords")),
    )


def _keywords(said: Any) -> tuple[str, ...]:
    words = said[:_MOST_KEYWORDS] if isinstance(said, list) else []
    return tuple(filter(None, (text({"word": word}, "word", longest=80) for word in words)))
