"""Owns what was read of a paper: its record, its sentences, its figures, formulas and tables."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.model.panel import Crop
from bot.model.paper import Link, Paper


@dataclass(frozen=True, slots=True)
class Record:
    """What the index says of a paper. Plain text throughout: no TeX, no markup, one line.

    Attributes:
        paper: With the version that was read, and its licence.
        categories: arXiv's, the primary one first.
        comment: What the authors say of it (``8 pages, ICML 2021``); empty where they say nothing.
        reference: Of the journal, as the authors give it; empty where there is none.
        links: Code, demo and the like, as far as the indexes and the paper name them.
    """

    paper: Paper
    abstract: str
    categories: tuple[str, ...]
    published: date
    updated: date
    comment: str = ""
    reference: str = ""
    doi: str = ""
    links: tuple[Link, ...] = ()


class SectionKind(StrEnum):
    """What a section is for, as far as its heading tells."""

    INTRODUCTION = "introduction"
    RELATED = "related"
    METHOD = "method"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    APPENDIX = "appendix"
    """Everything behind the appendix mark, whatever it is called."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper's text.

    Attributes:
        title: Without its number; empty for what stands before the first heading.
        paragraphs: Plain text, formulas in it reduced to readable characters, citations left out.
    """

    title: str
    kind: SectionKind
    paragraphs: tuple[str, ...]


class Origin(StrEnum):
    """Where pixels come from, the best first."""

    EPRINT = "eprint"
    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as it was found: a bitmap, an SVG, or a page of a PDF.

    Attributes:
        name: As the paper calls it; for messages only, never for a path.
        page: Of a PDF, counted from 1.
        crop: The part that the paper shows, as shares; None for all of it.
        caption: Of this part of a figure alone; empty where the figure has one caption.
    """

    name: str
    content: bytes
    origin: Origin
    page: int = 1
    crop: Crop | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A numbered figure of the paper.

    Attributes:
        number: As printed: ``3``, ``A.1``; empty where it has none.
        caption: Without ``Figure 3:``; plain text.
        images: What it is made of, in reading order; empty where no pixels were found (TikZ without a PDF, say).
        columns: How many of *images* stand side by side in its first row, as far as is known.
        citing: The sentences of the paper that refer to it.
        position: 0 for the first figure of the paper, then 1, 2, …
        is_wide: It spans both columns of a two-column page.
        label: The authors' name for it; joins what several readers found. May be empty.
    """

    number: str
    caption: str
    images: tuple[Image, ...]
    position: int
    citing: tuple[str, ...] = ()
    is_appendix: bool = False
    is_wide: bool = False
    columns: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class FoundEquation:
    """A displayed formula.

    Attributes:
        latex: Maths mode, the authors' own macros expanded, without label and number; may be several lines.
        number: As printed, without parentheses; empty where it has none.
        references: How often the text refers to it.
        before, after: The sentences around it; empty where there are none.
    """

    latex: str
    position: int
    number: str = ""
    references: int = 0
    before: str = ""
    after: str = ""
    section: SectionKind = SectionKind.OTHER
    label: str = ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as text.

    Attributes:
        rows: The cells, heads included; all rows have as many. Empty where it could not be read.
        heads: How many of the rows are heads.
    """

    number: str
    caption: str
    position: int
    rows: tuple[tuple[str, ...], ...] = ()
    heads: int = 1
    is_appendix: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader got out of one file.

    Attributes:
        abstract: As the file says it; empty where it was not found.
        notes: What could not be read, one sentence each, for the editor.
    """

    sections: tuple[Section, ...] = ()
    figures: tuple[FoundFigure, ...] = ()
    equations: tuple[FoundEquation, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    abstract: str = ""
    title: str = ""
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A paper as it was read: the record from the index, everything else joined from source, page and PDF.

    Attributes:
        tldr: One sentence by somebody else (Semantic Scholar, Hugging Face); empty where nobody wrote one. Never shown
            as the paper's own words.
    """

    record: Record
    reading: Reading
    tldr: str = ""
    upvotes: int = 0
    citations: int = 0
    influential_citations: int = 0
