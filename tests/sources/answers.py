"""Owns answers in the forms of arXiv's API, OAI-PMH and pages, made of records that nobody wrote."""

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from bot.model.arxiv_id import ArxivId
from bot.model.licence import Licence
from bot.model.manuscript import Record
from bot.model.paper import Paper


def sample_record(name: str = "2103.10697", *, version: int = 2, **said: object) -> Record:
    """A record that nobody wrote, with what a test needs changed: fields of the paper or of the record."""
    paper = {
        "arxiv_id": ArxivId(name),
        "version": version,
        "title": "Soft Priors for Sharper Maps",
        "authors": ("Ada Example", "Björn Beispiel"),
        "year": 2021,
        "licence": Licence("https://creativecommons.org/licenses/by/4.0/"),
    }
    record: dict[str, object] = {
        "abstract": "We draw maps. They are sharp.",
        "categories": ("cs.CV", "cs.LG"),
        "published": date(2021, 3, 19),
        "updated": date(2021, 6, 10),
    }
    paper |= {key: value for key, value in said.items() if key in paper or key == "venue"}
    record |= {key: value for key, value in said.items() if key not in paper}
    return Record(paper=Paper(**paper), **record)  # type: ignore[arg-type]


def feed(records: list[tuple[Record, int]]) -> bytes:
    """The API's answer in the layout of 2026."""
    entries = "".join(_entry(record, version) for record, version in records)
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n  <id>https://arxiv.org/api/made-here</id>\n  <title>arXiv Query</title>'
        f"  <opensearch:totalResults>{len(records)}</opensearch:totalResults>\n{entries}</feed>\n"
    ).encode()


def error_feed(message: str) -> bytes:
    """The API's complaint."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/</id><entry>'
        f"<id>https://arxiv.org/api/errors#made_here</id><title>Error</title><summary>{escape(message)}</summary>"
        "<author><name>arXiv api core</name></author></entry></feed>"
    ).encode()


def _entry(record: Record, version: int) -> str:
    paper = record.paper
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    categories = "".join(f"<category term={quoteattr(term)}/>" for term in record.categories)
    more = {"comment": record.comment, "journal_ref": record.reference, "doi": record.doi}
    said = "".join(f"<arxiv:{name}>{escape(text)}</arxiv:{name}>" for name, text in more.items() if text)
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv_id}v{version}</id><title>{escape(paper.title)}</title>"
        f"<updated>{record.updated}T17:59:59Z</updated><published>{record.published}T17:59:59Z</published>"
        f"<summary>{escape(record.abstract)}</summary>{categories}{said}"
        f"<arxiv:primary_category term={quoteattr(record.categories[0])}/>{authors}</entry>\n"
    )


def oai_record(record: Record) -> bytes:
    """The OAI-PMH server's answer."""
    paper = record.paper
    licence = f"<license>{escape(paper.licence.url)}</license>" if paper.licence.url else ""
    return _oai(
        f"<GetRecord><record><header><identifier>oai:arXiv.org:{paper.arxiv_id}</identifier></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{paper.arxiv_id}</id><created>{record.published}</created>'
        f"<title>{escape(paper.title)}</title>{licence}</arXiv></metadata></record></GetRecord>"
    )


def oai_deleted(name: str) -> bytes:
    """The OAI-PMH server's answer for a paper that arXiv took away."""
    header = f'<header status="deleted"><identifier>oai:arXiv.org:{name}</identifier></header>'
    return _oai(f"<GetRecord><record>{header}</record></GetRecord>")


def oai_error(code: str) -> bytes:
    """The OAI-PMH server's complaint."""
    return _oai(f"<error code='{code}'>made here</error>")


def _oai(inside: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-11-20T00:00:00Z</responseDate>{inside}</OAI-PMH>"
    ).encode()


def abstract_page(licence: Licence) -> str:
    """As much of the abstract page as names the licence."""
    link = (
        f'<div class="abs-license"><a href="{licence.url}" title="Rights">view license</a></div>' if licence.url else ""
    )
    return f"<!DOCTYPE html><html><body><h1>A paper</h1>{link}</body></html>"
