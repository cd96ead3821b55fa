"""Owns truth: title and authors are the paper's, and every number printed is one that the entry lists."""

import unicodedata
from collections.abc import Iterator

from bot.collage.check.hard.numerals import Numeral, numerals_in
from bot.collage.check.hard.stated import Stated, formula_faults, stated_in, unsourced
from bot.collage.check.reading import Passage, Reading, named, quoted
from bot.collage.check.report import Finding, count
from bot.collage.frame import Role, Text
from bot.collage.lettering import fonts
from bot.model.entry import Entry
from bot.model.paper import Paper

_SAYING = frozenset(
    {
        Role.BODY,
        Role.CAPTION,
        Role.ANNOTATION,
        Role.TAKE_AWAY,
        Role.VALUE,
        Role.SERIES_NAME,
        Role.CELL,
        Role.NODE,
        Role.NUMBER,
        Role.LABEL,
    }
)
"""Roles whose numbers must have a source. Ticks follow from the chart; badge, meta and credit say where, not what."""

_ROUNDED = frozenset({Role.VALUE, Role.SERIES_NAME})  # a chart writes its values with few digits
_OTHERS = ("et al.", "等")
_COUNTED = "steps"  # a panel whose parts carry numbers of their own


def truth(reading: Reading, entry: Entry) -> Finding:
    """H8: title, authors and numbers."""
    faults = [*_title_faults(reading, entry.paper), *_author_faults(reading, entry.paper)]
    stated = stated_in(entry)
    faults += [*formula_faults(entry, stated), *unsourced(entry)]
    for passage in reading.passages:
        if passage.role in _SAYING:
            faults += _number_faults(passage, stated)
    return count("H8", "unstated", faults)


def _title_faults(reading: Reading, paper: Paper) -> Iterator[str]:
    shown = reading.all_text(Role.TITLE)
    if _plain(shown) != _plain(paper.title):
        yield f"the title is {quoted(shown)}, not {quoted(paper.title)}"


def _author_faults(reading: Reading, paper: Paper) -> Iterator[str]:
    shown = reading.all_text(Role.AUTHORS)
    if _plain(shown) not in {_plain(line) for line in _author_lines(paper.authors)}:
        yield f"the authors are {quoted(shown)}, not those of the paper"


def _author_lines(authors: tuple[str, ...]) -> Iterator[str]:
    yield ",".join(authors)
    for named_authors in range(1, len(authors)):
        yield from (",".join(authors[:named_authors]) + others for others in _OTHERS)


def _plain(text: str) -> str:
    """*text* as it can be drawn, normalised, without blanks and soft hyphens: lines may break anywhere."""
    normal = unicodedata.normalize("NFKC", fonts.drawable(unicodedata.normalize("NFKC", text)))
    return "".join(normal.replace("\u00ad", "").split()).casefold()


def _number_faults(passage: Passage, stated: Stated) -> Iterator[str]:
    for numeral in numerals_in(passage.text):
        if not _is_stated(numeral, passage, stated):
            text: Text = passage.lines[0].spans[0]
            yield f"{numeral.text} in {named(text)} is no number of the entry"


def _is_stated(numeral: Numeral, passage: Passage, stated: Stated) -> bool:
    if numeral.is_name or _is_counter(numeral, passage):
        return True
    return stated.has(numeral, is_rounded=passage.role in _ROUNDED)


def _is_counter(numeral: Numeral, passage: Passage) -> bool:
    """True for the number of a step, and for the 0 and 1 of a drawn matrix."""
    if passage.text.strip() != numeral.text:
        return False
    is_step = passage.panel is not None and passage.panel.kind == _COUNTED
    return is_step or (passage.role is Role.NODE and numeral.value in {0.0, 1.0})
