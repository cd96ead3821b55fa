"""Owns reading the answers of arXiv's API: Atom, in the layouts of 2025 and of 2026."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lxml import etree

from bot.errors import NoSuchPaper, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.manuscript import Record
from bot.model.paper import Paper
from bot.sources.arxiv.text import read_text
from bot.sources.arxiv.venue import read_venue, read_year
from bot.sources.arxiv.xml import parse, text_of
from bot.wording.plain import plain

MOST_AUTHORS = 4000
"""The longest list on arXiv has about 3,000 names."""

_API = "arXiv's API"
_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_LONGEST_NAME = 200
_LONGEST_TITLE = 500
_LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True)
class Feed:
    """An answer.

    Attributes:
        records: In the order of the answer; those that cannot be read are left out.
        error: What the API complains of; empty where it does not.
    """

    records: tuple[Record, ...] = ()
    error: str = ""


def read_feed(content: bytes) -> Feed:
    """Read an answer of the API.

    Raises:
        SourceBusy: It is no Atom.

    Source: https://info.arxiv.org/help/api/user-manual.html, section 3
    """
    root = parse(content, what=_API)
    if etree.QName(root).localname != "feed":
        raise SourceBusy(f"{_API} sent an answer of another kind; try again later.")
    entries = root.findall("atom:entry", _NAMES)
    error = next((plain(_said(entry, "summary"), longest=_LONGEST_NAME) for entry in entries if _is_error(entry)), "")
    records = (_record(entry) for entry in entries if not _is_error(entry))
    return Feed(tuple(record for record in records if record is not None), error)


def only(feed: Feed, arxiv_id: ArxivId, version: int | None) -> Record | None:
    """The one paper that was asked for; None where the answer is empty, which says nothing of the paper.

    Raises:
        NoSuchPaper: The API refuses the id.
    """
    if feed.error:
        raise NoSuchPaper(f"arXiv knows no paper {arxiv_id} ({feed.error}); check the link.")
    wanted = (record.paper for record in feed.records if record.paper.arxiv_id == arxiv_id)
    papers = [paper for paper in wanted if version in {None, paper.version}]
    return next((record for record in feed.records if record.paper in papers), None)


def _is_error(entry: etree._Element) -> bool:
    return "/api/errors" in _said(entry, "id") or _said(entry, "title").strip() == "Error"


def _record(entry: etree._Element) -> Record | None:
    found = ArxivId.find_versioned(_said(entry, "id"))
    published, updated = _day(_said(entry, "published")), _day(_said(entry, "updated"))
    title = plain(read_text(_said(entry, "title")), longest=_LONGEST_TITLE)
    authors = _authors(entry)
    if found is None or published is None or not title or not authors:
        return None
    comment = plain(read_text(_said(entry, "comment", "arxiv")), longest=_LONGEST_LINE)
    reference = plain(read_text(_said(entry, "journal_ref", "arxiv")), longest=_LONGEST_LINE)
    venue = read_venue(comment=comment, reference=reference, published=published.year)
    paper = Paper(
        arxiv_id=found[0],
        version=found[1] or 1,
        title=title,
        authors=authors,
        year=venue.year if venue else read_year(reference, published=published.year),
        venue=str(venue) if venue else None,
    )
    return Record(
        paper=paper,
        abstract=read_text(_said(entry, "summary")),
        categories=_categories(entry),
        published=published,
        updated=updated or published,
        comment=comment,
        reference=reference,
        doi=plain(_said(entry, "doi", "arxiv"), longest=_LONGEST_NAME),
    )


def _said(entry: etree._Element, name: str, space: str = "atom") -> str:
    return text_of(entry, f"{space}:{name}", _NAMES)


def _authors(entry: etree._Element) -> tuple[str, ...]:
    names = (text_of(author, "atom:name", _NAMES) for author in entry.findall("atom:author", _NAMES)[:MOST_AUTHORS])
    return _filled(plain(read_text(name), longest=_LONGEST_NAME) for name in names)


def _categories(entry: etree._Element) -> tuple[str, ...]:
    primary = entry.find("arxiv:primary_category", _NAMES)
    terms = [] if primary is None else [primary.get("term", "")]
    terms += [category.get("term", "") for category in entry.findall("atom:category", _NAMES)]
    return tuple(dict.fromkeys(_filled(plain(term, longest=40) for term in terms)))


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
