"""Owns how what several readers found in one paper becomes one manuscript."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from bot.model.manuscript import FoundEquation, FoundFigure, FoundTable, Manuscript, Reading, Record, Section
from bot.model.paper import Link, LinkKind
from bot.sources.indexes.huggingface import Mention
from bot.sources.indexes.semantic_scholar import Reception
from bot.sources.links import merged
from bot.sources.matching import likeness, matches
from bot.wording.plain import plain

_MOST_CITING = 12
_SAME_SENTENCE = 0.9
_MOST_NAMED = 8
"""Figures without pixels in one note."""
_CUT_OFF = 0.5
"""Share of the longest text; a page with less of it was cut off."""
_MACRO = re.compile(r"\\[A-Za-z@]+\*?|[{}$]|\?\?")
_LONGEST_CAPTION = 5000


@dataclass(frozen=True)
class Readings:
    """What each reader found; None where there was nothing to read, or it could not be read."""

    eprint: Reading | None = None
    page: Reading | None = None
    pdf: Reading | None = None

    @property
    def present(self) -> tuple[Reading, ...]:
        """Those that there are, the one with the best pixels first."""
        return tuple(reading for reading in (self.eprint, self.pdf, self.page) if reading is not None)

    @property
    def by_text(self) -> tuple[Reading, ...]:
        """Those that there are, the one with the cleanest words first."""
        return tuple(reading for reading in (self.page, self.eprint, self.pdf) if reading is not None)

    @cached_property
    def figures(self) -> tuple[FoundFigure, ...]:
        """Every figure once, in the order of the paper, with the best of what each reader knows of it."""
        found: list[_Same] = []
        for which, reading in (("eprint", self.eprint), ("page", self.page), ("pdf", self.pdf)):
            if reading is not None:
                found = _with(found, which, reading.figures)
        return tuple(replace(same.joined(), position=place) for place, same in enumerate(found))


def join(
    record: Record,
    readings: Readings,
    *,
    mention: Mention | None = None,
    reception: Reception | None = None,
    notes: Iterable[str] = (),
) -> Manuscript:
    """Make one manuscript of everything that is known of a paper.

    Pixels come from the e-print, else from the PDF, else from the page; captions and text from the page, else from the
    e-print, else from the PDF; formulas from the e-print, whose macros are expanded, else from the page.

    Args:
        mention: What Hugging Face says.
        reception: What Semantic Scholar says.
        notes: What could not be had.
    """
    links = _links(record, readings, mention)
    reading = Reading(
        sections=_sections(readings),
        figures=readings.figures,
        equations=_equations(readings),
        tables=_tables(readings),
        abstract=_first(readings.by_text, lambda found: found.abstract),
        title=_first(readings.by_text, lambda found: found.title),
        links=links,
        notes=tuple(dict.fromkeys(map(_sentence, chain(notes, _notes(readings))))),
    )
    return Manuscript(
        record=replace(record, links=links),
        reading=reading,
        tldr=(reception.tldr if reception else "") or (mention.summary if mention else ""),
        upvotes=mention.upvotes if mention else 0,
        citations=reception.citations if reception else 0,
        influential_citations=reception.influential_citations if reception else 0,
    )


@dataclass(frozen=True, slots=True)
class _Same:
    """One figure as each reader found it."""

    eprint: FoundFigure | None = None
    page: FoundFigure | None = None
    pdf: FoundFigure | None = None

    def joined(self) -> FoundFigure:
        """The figure with the best of each."""
        shown = self._shown()
        everywhere = [figure for figure in (self.page, self.eprint, self.pdf) if figure]
        return replace(
            self.told_apart(),
            images=shown.images,
            citing=_citing(figure.citing for figure in everywhere),
            is_appendix=everywhere[0].is_appendix,
            is_wide=any(figure.is_wide for figure in everywhere),
            columns=shown.columns,
        )

    def told_apart(self) -> FoundFigure:
        """What tells the figure from others, and nothing else of it."""
        everywhere = [figure for figure in (self.page, self.eprint, self.pdf) if figure]
        numbered = [figure.number for figure in (self.pdf, self.page, self.eprint) if figure and figure.number]
        return FoundFigure(
            number=numbered[0] if numbered else "",
            caption=_caption([figure.caption for figure in everywhere]),
            images=(),
            position=0,
            label=next((figure.label for figure in everywhere if figure.label), ""),
        )

    def _shown(self) -> FoundFigure:
        """The one whose pixels are taken.

        A figure of several pictures of which the e-print gave fewer than the page shows is taken whole from the PDF.
        """
        best = [figure for figure in (self.eprint, self.pdf, self.page) if figure and figure.images]
        if not best:
            return self.eprint or self.page or self.pdf or FoundFigure("", "", (), 0)
        is_partial = (
            self.eprint is best[0] and self.page is not None and 0 < len(best[0].images) < len(self.page.images)
        )
        return best[1] if is_partial and len(best) > 1 else best[0]


def _with(found: Sequence[_Same], which: str, figures: Sequence[FoundFigure]) -> list[_Same]:
    """Add what one reader found; what nobody found before stands behind the one it followed there."""
    pairs = matches([same.told_apart() for same in found], figures)
    ours = {its: mine for mine, its in pairs.items()}
    behind: dict[int, list[_Same]] = {}
    last = -1
    for place, figure in enumerate(figures):
        if place in ours:
            last = ours[place]
        else:
            behind.setdefault(last, []).append(_Same(**{which: figure}))
    result = list(behind.get(-1, ()))
    for place, same in enumerate(found):
        result.append(replace(same, **{which: figures[pairs[place]]}) if place in pairs else same)
        result += behind.get(place, ())
    return result


def _caption(captions: Sequence[str]) -> str:
    """The first whole one; where all are broken, the longest of what can be read of them."""
    whole = [caption for caption in captions if caption and not _MACRO.search(caption)]
    if whole:
        return whole[0]
    mended = (plain(_MACRO.sub("", caption), longest=_LONGEST_CAPTION) for caption in captions)
    return max(mended, key=len, default="")


def _citing(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    kept: list[str] = []
    for sentence in chain.from_iterable(groups):
        if len(kept) < _MOST_CITING and not any((likeness(sentence, other) or 0) >= _SAME_SENTENCE for other in kept):
            kept.append(sentence)
    return tuple(kept)


def _sections(readings: Readings) -> tuple[Section, ...]:
    """The text of the page, unless it was cut off."""
    texts = [found.sections for found in readings.by_text if found.sections]
    longest = max(map(_length, texts), default=0)
    return next((text for text in texts if _length(text) >= _CUT_OFF * longest), ())


def _length(sections: Sequence[Section]) -> int:
    return sum(len(paragraph) for section in sections for paragraph in section.paragraphs)


def _equations(readings: Readings) -> tuple[FoundEquation, ...]:
    found = (reading.equations for reading in (readings.eprint, readings.page, readings.pdf) if reading)
    return next((equations for equations in found if equations), ())


def _tables(readings: Readings) -> tuple[FoundTable, ...]:
    """The page's, with rows from the others where it has none."""
    groups = [found.tables for found in readings.by_text if found.tables]
    if not groups:
        return ()
    others = list(chain.from_iterable(groups[1:]))
    return tuple(_with_rows(table, others) for table in groups[0])


def _with_rows(table: FoundTable, others: Sequence[FoundTable]) -> FoundTable:
    if table.rows:
        return table
    same = (other for other in others if other.rows and _is_same_table(table, other))
    found = next(same, None)
    return replace(table, rows=found.rows, heads=found.heads) if found else table


def _is_same_table(one: FoundTable, other: FoundTable) -> bool:
    alike = likeness(one.caption, other.caption)
    return (one.number == other.number and alike is None) or (alike or 0) >= _CUT_OFF


def _links(record: Record, readings: Readings, mention: Mention | None) -> tuple[Link, ...]:
    listed = [Link(kind, url) for kind, url in _listed(mention) if url]
    return merged(chain(listed, record.links, *(found.links for found in readings.by_text)))


def _listed(mention: Mention | None) -> tuple[tuple[LinkKind, str], ...]:
    return ((LinkKind.CODE, mention.code), (LinkKind.DEMO, mention.project)) if mention else ()


def _notes(readings: Readings) -> Iterator[str]:
    """What the readers could not read, and the figures of which none of them has pixels."""
    yield from chain.from_iterable(found.notes for found in readings.present)
    missing = [_called(figure) for figure in readings.figures if not figure.images]
    if missing:
        rest = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        named = ", ".join(missing[:_MOST_NAMED])
        yield f"No picture was found of {named}{rest}: add what is wanted of it by hand."


def _called(figure: FoundFigure) -> str:
    return f"figure {figure.number}" if figure.number else f"the figure at place {figure.position + 1}"


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:].removesuffix('.')}."


def _first(readings: Sequence[Reading], said: Callable[[Reading], str]) -> str:
    return next((text for found in readings if (text := said(found))), "")
