"""Owns drawing by hand: content files in, JPEG files out, no database between."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.collage import compose
from bot.editorial.content import read_content
from bot.errors import NotFound
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas
from bot.model.entry import Entry


def draw(
    content: Path, references: Sequence[str], *, canvases: Sequence[str] | None, folder: Path, everything: bool = False
) -> Iterator[Path]:
    """Draw entries of a content folder and write ``<entry>-<canvas>.jpg``, yielding each path as soon as it is there.

    Args:
        references: Numbers, arXiv ids or links, or entry folders.
        canvases: Names of canvases; None draws both.
        everything: Draw every entry, whatever *references* say.

    Raises:
        NotFound: A reference names no entry.
        ContentError: The content cannot be read.
    """
    entries = read_content(content).entries
    wanted = entries if everything else [_find(entries, reference) for reference in references]
    if not wanted:
        raise NotFound("Name an entry (a number, an arXiv id, a folder) or say --all.")
    folder.mkdir(parents=True, exist_ok=True)
    for entry in wanted:
        for canvas in canvases or list(Canvas):
            path = folder / f"{entry.slug.replace('/', '-')}-{canvas}.jpg"
            path.write_bytes(compose(entry, Canvas(canvas)).jpeg)
            yield path


def _find(entries: Sequence[Entry], reference: str) -> Entry:
    arxiv_id = ArxivId.find(reference)
    folder = Path(reference).name
    for entry in entries:
        if (
            entry.paper.arxiv_id == arxiv_id
            or str(entry.number) == reference
            or entry.slug.rpartition("/")[2] == folder
        ):
            return entry
    raise NotFound(f"No entry is called {reference!r}; try a number, an arXiv id or a folder below content/.")
