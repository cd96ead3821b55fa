"""Owns the text of a paper: its title, its abstract and its sections with their paragraphs."""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.model.manuscript import Section, SectionKind
from bot.sources.headings import kind_of, without_number
from bot.sources.pdf.citations import has_numbered, without_citations
from bot.sources.pdf.hyphens import joined
from bot.sources.pdf.layout import Block, Layout
from bot.sources.pdf.order import in_order
from bot.sources.pdf.rows import Row
from bot.sources.pdf.typography import Typography
from bot.wording.plain import plain

_LONGEST_TITLE, _LONGEST_PARAGRAPH, _LONGEST_ABSTRACT = 300, 20_000, 6_000
_UPPER = 0.5  # of the first page, where the title stands
_SAME_SIZE = 0.6  # points
_FOOTNOTE = 0.85  # times the size of the body text
_INDENT = 0.6  # em: a row that begins so far to the right begins a paragraph
_ABSTRACT = re.compile(r"a\s?bstract\b\W*", re.IGNORECASE)
_REFERENCES = re.compile(r"(?:\W|\d)*(?:references|bibliography|literature cited)\W*", re.IGNORECASE)
_SUBSECTION = re.compile(r"(?:\d{1,2}|[A-Z])\.\d{1,2}")
_NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z]|[IVX]{1,5})\.?\s")
_LETTERED = re.compile(r"[A-Z]\.?\s+[A-Z]")
_LETTER = re.compile(r"^[A-Z]\.?\s+(?=[A-Z])")
_ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")
_FOOTNOTE_MARK = re.compile(r"(?:\d{1,2}|[*†‡§¶∗])\s?(?!\d)\S")
_LONGEST_LIKELY_ABSTRACT = 3_000
_SHORTEST_PREFACE = 1_500  # below it, what stands before the first heading is names and places
_LARGER = 1.0  # points, by which a title is larger than the text


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the paper: on a page, from its top."""

    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The text of a paper.

    Attributes:
        appendix: Where the appendix begins; None where there is none.
    """

    title: str
    abstract: str
    sections: tuple[Section, ...]
    appendix: Place | None


def outline_of(layouts: Sequence[Layout], typography: Typography) -> Outline:
    """Read the text of a paper in its order; references, captions and footnotes are left out."""
    title, rows = _title(layouts[0], typography.size) if layouts else ("", frozenset())
    writer = _Writer(typography, _top_size(layouts))
    for layout in layouts:
        for block in in_order(layout):
            if not rows.intersection(piece for row in block.rows for piece in row.pieces):
                writer.add(block, layout)
    return writer.outline(title)


@dataclass(slots=True)
class _Part:
    title: str
    kind: SectionKind
    paragraphs: list[str] = field(default_factory=list)

    def section(self, is_numbered: bool) -> Section:
        texts = (without_citations(text, numbered=is_numbered) for text in self.paragraphs)
        return Section(self.title, self.kind, tuple(texts))


class _Writer:
    """Writes down headings and paragraphs as they come."""

    def __init__(self, typography: Typography, top: float) -> None:
        self._typography, self._top = typography, top
        self._abstract = _Part("", SectionKind.OTHER)
        self._parts = [_Part("", SectionKind.OTHER)]
        self._open: _Part | None = self._parts[0]
        self._appendix: Place | None = None
        self._is_behind_references = False

    def add(self, block: Block, layout: Layout) -> None:
        if block in layout.headings:
            self._add_heading(block, layout)
        elif self._open is not None and not self._is_footnote(block, layout):
            for text in _paragraphs(block, self._typography):
                self._add_paragraph(text)

    def _add_heading(self, block: Block, layout: Layout) -> None:
        said = plain(joined(row.text for row in block.rows), longest=_LONGEST_TITLE)
        if _ABSTRACT.fullmatch(said):
            self._open = self._abstract
        elif _REFERENCES.fullmatch(said):
            self._open, self._is_behind_references = None, True
        elif self._is_top(said, block) or self._open is self._abstract:
            self._begin(said, Place(layout.page.number, block.box.y))

    def _begin(self, said: str, place: Place) -> None:
        in_appendix = self._appendix is not None or (self._is_behind_references and _LETTERED.match(said) is not None)
        kind = kind_of(said, in_appendix=in_appendix)
        if kind is SectionKind.APPENDIX and self._appendix is None:
            self._appendix = place
        in_appendix = kind is SectionKind.APPENDIX
        self._open = _Part(without_number(_LETTER.sub("", said) if in_appendix else said), kind)
        self._parts.append(self._open)

    def _add_paragraph(self, text: str) -> None:
        named = _ABSTRACT.match(text)
        if named and self._open is self._parts[0] and len(self._parts) == 1 and not self._abstract.paragraphs:
            self._open, text = self._abstract, text[named.end() :]
        assert self._open is not None
        paragraphs = self._open.paragraphs
        if paragraphs and not _ENDS.search(paragraphs[-1]) and (text[:1].islower() or paragraphs[-1].endswith("-")):
            paragraphs[-1] = joined((paragraphs[-1], text), self._typography.compounds)
        elif text:
            paragraphs.append(text)

    def _is_top(self, said: str, block: Block) -> bool:
        if _SUBSECTION.match(said):
            return False
        return block.rows[0].size >= self._top - _SAME_SIZE or (
            _NUMBERED.match(said) is not None and self._typography.size >= self._top - _SAME_SIZE
        )

    def _is_footnote(self, block: Block, layout: Layout) -> bool:
        if self._open is self._abstract:
            return False
        size, usual = block.rows[0].size, self._typography.size
        is_low = block.box.y > layout.page.height / 2
        is_marked = _FOOTNOTE_MARK.match(block.rows[0].text) is not None
        return size < _FOOTNOTE * usual or (is_low and is_marked and size < usual - _SAME_SIZE)

    def outline(self, title: str) -> Outline:
        """What was written."""
        preface, *parts = self._parts
        said = self._abstract.paragraphs
        if sum(map(len, said)) > _LONGEST_LIKELY_ABSTRACT:  # no heading follows: the paper goes on
            preface.paragraphs, said = said[1:], said[:1]
            parts = [preface, *parts]
        elif not parts or (not said and sum(map(len, preface.paragraphs)) >= _SHORTEST_PREFACE):
            parts = [preface, *parts]
        is_numbered = has_numbered(text for part in parts for text in part.paragraphs)
        sections = (
            Section(
                part.title, part.kind, tuple(without_citations(text, numbered=is_numbered) for text in part.paragraphs)
            )
            for part in parts
        )
        abstract = without_citations(" ".join(said), numbered=is_numbered)
        kept = tuple(section for section in sections if section.paragraphs)
        return Outline(title, plain(abstract, longest=_LONGEST_ABSTRACT), kept, self._appendix)


def _title(layout: Layout, size: float) -> tuple[str, frozenset[object]]:
    """The largest text in the upper half of the first page, and the lines it stands in."""
    page = layout.page
    upper = [line for line in page.lines if line.is_upright and not line.is_drawn and line.box.y < _UPPER * page.height]
    large = [line.size for line in upper if sum(letter.isalpha() for letter in line.text) >= 3]
    if not large or max(large) < size + _LARGER:
        return "", frozenset()
    lines = sorted(
        (line for line in upper if abs(line.size - max(large)) <= _SAME_SIZE), key=lambda line: line.baseline
    )
    return plain(joined(line.text for line in lines), longest=_LONGEST_TITLE), frozenset(lines)


def _top_size(layouts: Sequence[Layout]) -> float:
    """The size of the headings of sections, in points."""
    headings = [
        (joined(row.text for row in block.rows), block.rows[0].size) for each in layouts for block in each.headings
    ]
    numbered = [size for text, size in headings if _NUMBERED.match(text) and not _SUBSECTION.match(text)]
    sizes = numbered or [size for text, size in headings if len(text) > 3]
    if numbered:
        return statistics.median(numbered)
    often = [size for size in sizes if sizes.count(size) > 1]
    return max(often or sizes, default=0.0)


def _paragraphs(block: Block, typography: Typography) -> Iterator[str]:
    """The paragraphs of a block, which begin with an indent."""
    left = min(row.box.x for row in block.rows)
    begun: list[Row] = []
    for row in block.rows:
        is_indented = row.box.x - left > _INDENT * row.size
        was_indented = bool(begun) and begun[-1].box.x - left > _INDENT * row.size
        if begun and is_indented and not was_indented and _ENDS.search(begun[-1].text):
            yield _text(begun, typography)
            begun = []
        begun.append(row)
    yield _text(begun, typography)


def _text(rows: Sequence[Row], typography: Typography) -> str:
    return plain(joined((row.text for row in rows), typography.compounds), longest=_LONGEST_PARAGRAPH)
