"""Owns the fact guard: every number and name of a drafted sentence stands in the paper, or the sentence goes.

The guard knows no facts. It compares spellings, so it cannot tell a true sentence from a false one made of the paper's
own numbers and names; what it does see to is that nothing from outside the paper gets in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.editorial.drafting.guard.counting import counts_in, parts_in, vague_in
from bot.editorial.drafting.guard.lures import foreign_in, lure_in, order_in
from bot.editorial.drafting.guard.names import Vocabulary, unknown_name
from bot.editorial.drafting.guard.numbers import Kind, Numbers, Quantity, numbers_of, quantities
from bot.editorial.drafting.guard.spelling import spelled
from bot.model.language import ENGLISH
from bot.model.manuscript import Manuscript
from bot.wording.sentences import sentences

_LONGEST = 400_000  # characters of a paper that are compared
_NAME_BEFORE = re.compile(r"\b([^\W\d]*[A-Z]\w*)[\s-]$")
_FIGURES = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a paper says, ready for comparing."""

    vocabulary: Vocabulary
    numbers: Numbers
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A text after the guard.

    Attributes:
        text: The sentences that stay; may be empty.
        removed: Those that went, each with its culprit.
    """

    text: str
    removed: tuple[tuple[str, str], ...] = ()


def evidence_of(manuscript: Manuscript) -> Evidence:
    """Gather what *manuscript* says, title, authors, captions and tables included; not what others say of it."""
    prose = [spelled(text) for text in _bounded(_prose(manuscript))]
    cells = [spelled(text) for text in _bounded(_cells(manuscript))]
    vocabulary = Vocabulary.of([*prose, *cells])
    return Evidence(vocabulary, numbers_of(prose, cells, vocabulary.words), "\n".join(prose))


def judged(text: str, evidence: Evidence, *, language: str = ENGLISH) -> Judged:
    """Take out of *text* every sentence that says what the paper does not."""
    kept: list[str] = []
    removed: list[tuple[str, str]] = []
    for sentence in sentences(text):
        culprit = culprit_in(sentence, evidence, language=language)
        if culprit is None:
            kept.append(sentence)
        else:
            removed.append((sentence, culprit))
    return Judged((" " if language == ENGLISH else "").join(kept), tuple(removed))


def culprit_in(sentence: str, evidence: Evidence, *, language: str = ENGLISH) -> str | None:
    """Find the first thing in *sentence* that has no place in a text about the paper; None where all is well."""
    plain = spelled(sentence)
    is_english = language == ENGLISH
    return (
        lure_in(sentence)
        or order_in(plain)
        or (foreign_in(sentence, evidence.text) if is_english else None)
        or _unstated(plain, evidence)
        or unknown_name(plain, evidence.vocabulary, has_only_names=not is_english)
    )


def _unstated(plain: str, evidence: Evidence) -> str | None:
    """The first number in *plain* that the paper does not state."""
    numbers = evidence.numbers
    for quantity in quantities(plain):
        if not numbers.have(quantity) and not _is_named(quantity, plain, evidence):
            return quantity.text
    for said, value, is_multiple in counts_in(plain):
        if not numbers.count(value, Kind.FACTOR if is_multiple else Kind.PLAIN):
            return said
    for said, denominator in parts_in(plain):
        if not numbers.part(denominator):
            return said
    return next((said for said, words in vague_in(plain) if not numbers.words & words), None)


def _is_named(quantity: Quantity, plain: str, evidence: Evidence) -> bool:
    """True for a number behind a name that has it in the paper, too: *ResNet 50* for *ResNet-50*."""
    name = _NAME_BEFORE.search(plain[: quantity.start])
    figures = _FIGURES.match(quantity.text)
    return bool(name and figures and evidence.vocabulary.pairs(name[1], figures[0]))


def _bounded(texts: Iterator[str]) -> Iterator[str]:
    left = _LONGEST
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)


def _prose(manuscript: Manuscript) -> Iterator[str]:
    record, reading = manuscript.record, manuscript.reading
    paper = record.paper
    yield from (paper.title, record.abstract, reading.title, reading.abstract, record.comment, record.reference)
    yield from (*paper.authors, paper.byline, paper.venue or "", str(paper.year), str(paper.arxiv_id))
    for section in reading.sections:
        yield section.title
        yield from section.paragraphs
    for figure in reading.figures:
        yield figure.caption
        yield from (image.caption for image in figure.images)
        yield from figure.citing
    for equation in reading.equations:
        yield from (equation.before, equation.after)
    yield from (table.caption for table in reading.tables)


def _cells(manuscript: Manuscript) -> Iterator[str]:
    return (cell for table in manuscript.reading.tables for row in table.rows for cell in row)
