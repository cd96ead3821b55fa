"""Owns the real papers of the shared data as a server would give them away: e-print, page and PDF of each."""

from collections.abc import Iterator

from bot.model.manuscript import Reading
from bot.sources.eprint import read_eprint
from bot.sources.pdf import read_pdf
from tests.drafts import DATA, SOURCES, Source, manuscript_of
from tests.sources.server import Served


def real_papers() -> dict[str, Served]:
    """Every paper on which there is an e-print or a PDF with a text, by its id; none where the data is not here."""
    return {name: _served(of_paper) for name, of_paper in _by_paper() if _has_text(of_paper)}


def _by_paper() -> Iterator[tuple[str, dict[str, Source]]]:
    found: dict[str, dict[str, Source]] = {}
    for source in SOURCES if DATA.is_dir() else ():
        if not source.name.startswith("engrafo"):
            found.setdefault(source.facts.arxiv, {})[source.kind] = source
    yield from found.items()


def _has_text(of_paper: dict[str, Source]) -> bool:
    return "e-print" in of_paper or bool(_reading(of_paper).abstract)


def _served(of_paper: dict[str, Source]) -> Served:
    record = manuscript_of(next(iter(of_paper.values())), _reading(of_paper)).record
    page = (DATA / of_paper["page"].path) if "page" in of_paper else None
    return Served(
        record,
        eprint=_content(of_paper, "e-print"),
        page=(
            page.read_text("utf-8"),
            {str(path.relative_to(page.parent)): path.read_bytes() for path in page.parent.rglob("*.png")},
        )
        if page
        else None,
        pdf=_content(of_paper, "PDF"),
    )


def _content(of_paper: dict[str, Source], kind: str) -> bytes | None:
    return (DATA / of_paper[kind].path).read_bytes() if kind in of_paper else None


def _reading(of_paper: dict[str, Source]) -> Reading:
    eprint = _content(of_paper, "e-print")
    return read_eprint(eprint) if eprint else read_pdf(_content(of_paper, "PDF") or b"")
