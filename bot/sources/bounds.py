"""Owns how large and how slow each thing that we fetch may be, and what kinds of it we can read."""

from bot.model.arxiv_id import ArxivId
from bot.sources.fetching.wanted import Wanted

MOST_IMAGES = 40
"""Of one page; at one request per three seconds that is two minutes."""
MOST_IMAGE_BYTES = 48 << 20

_XML = ("application/atom+xml", "application/xml", "text/xml")
_HTML = ("text/html", "application/xhtml+xml")
_PDF = ("application/pdf", "application/octet-stream")
_SOURCE = (
    "application/gzip", "application/x-gzip", "application/x-eprint", "application/x-tar", "application/x-tex",
    "application/postscript", "text/x-tex", "text/plain", "application/zip", *_PDF,
)  # fmt: skip


def metadata_of(arxiv_id: ArxivId) -> Wanted:
    """One entry of the API, or one OAI-PMH record. The longest have three thousand authors."""
    return Wanted(f"the record of {arxiv_id}", _XML, limit=2 << 20, seconds=20)


def abstract_page_of(arxiv_id: ArxivId) -> Wanted:
    """The page for people."""
    return Wanted(f"the abstract page of {arxiv_id}", _HTML, limit=4 << 20, seconds=20)


def eprint_of(arxiv_id: ArxivId) -> Wanted:
    """The authors' files. arXiv takes 50 MB, more on request; it serves them with the encoding of the file itself."""
    return Wanted(f"the source of {arxiv_id}", _SOURCE, limit=96 << 20, seconds=120, is_packed=True)


def page_of(arxiv_id: ArxivId) -> Wanted:
    """The paper as HTML; a survey with a thousand formulas has 10 MB."""
    return Wanted(f"the HTML page of {arxiv_id}", _HTML, limit=32 << 20, seconds=60)


def pdf_of(arxiv_id: ArxivId) -> Wanted:
    """The paper as PDF."""
    return Wanted(f"the PDF of {arxiv_id}", _PDF, limit=96 << 20, seconds=120)


def image_of(arxiv_id: ArxivId) -> Wanted:
    """One image of the page."""
    return Wanted(f"an image of {arxiv_id}", ("image/",), limit=16 << 20, seconds=30)


def opinion_of(what: str, *, seconds: float = 6, body: object = None) -> Wanted:
    """What another index says: nobody waits long for it."""
    return Wanted(what, ("application/json",), limit=8 << 20, seconds=seconds, body=body)
