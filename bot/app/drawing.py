"""Owns drawing by hand: content files in, pictures out, no database between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app.drawn import DrawnFolder
from bot.collage.compose import compose
from bot.collage.encode import Format
from bot.editorial.content import read_content
from bot.editorial.shelf import drawing_fingerprint
from bot.errors import ContentError, NotFound
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.store.entries import content_hash


@dataclass(frozen=True, slots=True)
class Order:
    """What is drawn of an entry.

    Attributes:
        is_forced: True draws again what is there already.
    """

    canvases: tuple[Canvas, ...] = tuple(Canvas)
    theme: Theme = Theme.LIGHT
    language: str = ENGLISH
    kind: Format = Format.JPEG
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in the folder; not *is_new* when it was there already and shows what it would show again."""

    path: Path
    is_new: bool


def draw(entries: Sequence[Entry], files: Mapping[str, bytes], order: Order, *, folder: Path) -> Iterator[Drawn]:
    """Draw *entries* and write ``<entry>-<canvas>.jpg`` or the like, yielding each as soon as it is there.

    Args:
        files: The bytes of their figures, by sha256.

    Raises:
        CollageError: An entry cannot be shown.
    """
    drawn = DrawnFolder(folder)
    for entry in entries:
        for canvas in order.canvases:
            name = picture_name(entry, canvas, order)
            source = f"{content_hash(entry)}-{order.language}-{drawing_fingerprint()}"
            if not order.is_forced and drawn.holds(name, source):
                yield Drawn(folder / name, is_new=False)
                continue
            collage = compose(entry, canvas, language=order.language, theme=order.theme, files=files)
            yield Drawn(drawn.save(name, source, collage.written(order.kind)), is_new=True)


def wanted(content: Path, references: Sequence[str] | None) -> tuple[Sequence[Entry], Mapping[str, bytes]]:
    """Read the entries that *references* name, with the bytes of all figures.

    Args:
        references: Numbers, arXiv ids or links, or entry folders; None means every entry.

    Raises:
        NotFound: A reference names no entry, or there is none.
        ContentError: The content cannot be read.
    """
    found = read_content(content, goes_on=references is not None)  # a fault elsewhere does not keep an editor waiting
    if references is None:
        return found.entries, found.files
    if not references:
        raise NotFound("Name an entry (a number, an arXiv id, a folder) or say --all.")
    try:
        return [_find(found.entries, reference) for reference in references], found.files
    except NotFound:
        if found.faults:
            raise ContentError("\n".join(found.faults)) from None
        raise


def picture_name(entry: Entry, canvas: Canvas, order: Order) -> str:
    """What the file of a collage is called."""
    language = "" if order.language == ENGLISH else f"-{order.language}"
    theme = "" if order.theme is Theme.LIGHT else f"-{order.theme}"
    return f"{entry.slug.replace('/', '-')}-{canvas}{theme}{language}{order.kind.suffix}"


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
