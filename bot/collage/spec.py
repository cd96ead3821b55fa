"""Owns what a collage shows, before anything has a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.collage import fonts
from bot.collage.frame import Raster
from bot.model.entry import ENGLISH, Entry, EntryText
from bot.model.panel import BigNumber, Chart, Diagram, Equation, Figure, Note, Panel, Quote, Steps, Table
from bot.model.paper import Paper

_NAMED_AUTHORS = 6
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_SPARE_NUMBERS = 2
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence set large, for an entry that has nothing to draw."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FigurePanel:
    """A figure together with its pixels."""

    figure: Figure
    raster: Raster

    @property
    def source(self) -> str:
        """What the credit line says of it."""
        return self.figure.source


Shown = BigNumber | Equation | Chart | FigurePanel | Diagram | Table | Note | Quote | Steps | Statement


@dataclass(frozen=True, slots=True)
class Spec:
    """What one collage shows.

    Attributes:
        slug: Of the entry, for whoever reads an error.
        meta: Venue, year and id; every way to say it, the longest first.
        authors: At most six, then ``et al.``; every way to say it, the longest first.
        panels: The most telling first; the first is the hero.
        spares: Numbers of the entry that may fill a place when the panels alone leave one empty.
        headline: Stands in when no panel can be shown.
        take_away: Every way to say it, the longest first.
    """

    slug: str
    badge: str
    title: str
    authors: tuple[str, ...]
    meta: tuple[str, ...]
    question: Note
    key_idea: Note
    panels: tuple[Shown, ...]
    spares: tuple[BigNumber, ...]
    headline: Statement
    take_away: tuple[str, ...]
    paper: str
    url: str


def spec_of(entry: Entry, language: str = ENGLISH, rasters: Mapping[Figure, Raster] = MappingProxyType({})) -> Spec:
    """Decide what the collage of *entry* shows.

    Args:
        rasters: The figures that can be shown; others are left out.
        language: Of the texts; English where the entry does not speak it or no font of ours can draw it.
    """
    text = _drawable_text(entry, language)
    return Spec(
        slug=entry.slug,
        badge=entry.badge,
        title=entry.paper.title,
        authors=_author_lines(entry.paper.authors),
        meta=_metas(entry.paper),
        question=Note("Question", text.question, shorter=text.shorter.get("question", ())),
        key_idea=Note("Key idea", text.key_idea, shorter=text.shorter.get("key_idea", ())),
        panels=_panels(entry, text, rasters),
        spares=_spares(entry),
        headline=Statement(text.headline or text.key_idea),
        take_away=(text.take_away, *text.shorter.get("take_away", ())),
        paper=f"Paper: {entry.paper.byline} ({entry.paper.year}), arXiv:{entry.paper.arxiv_id}",
        url=entry.paper.url,
    )


def credit_of(spec: Spec, shown: tuple[Shown, ...]) -> str:
    """Say where the paper and what is shown of it come from, and who drew it."""
    sources = "; ".join(dict.fromkeys(panel.source for panel in shown if panel.source))
    return f"{_NO_BREAK}· ".join(
        part for part in (spec.paper, sources and f"Source: {sources}", "Drawn by Collagebot") if part
    )


def _drawable_text(entry: Entry, language: str) -> EntryText:
    text = entry.text(language)
    return text if fonts.can_draw(text.key_idea + text.take_away) else entry.text(ENGLISH)


def _metas(paper: Paper) -> tuple[str, ...]:
    """Where and when it appeared, and its id; then the same with a venue of fewer and fewer words, and without."""
    venue, *others = _facts(paper)
    words = venue.split(" ")
    venues = [venue, *(" ".join(words[:count]) + " …" for count in range(len(words) - 1, 0, -1))]
    return (*(" · ".join((each, *others)) for each in venues), " · ".join(others))


def _facts(paper: Paper) -> tuple[str, ...]:
    arxiv = f"arXiv:{paper.arxiv_id}"
    if paper.venue and _YEAR.search(paper.venue):
        return (paper.venue, arxiv)
    return (paper.venue, str(paper.year), arxiv) if paper.venue else (str(paper.year), arxiv)


def _author_lines(authors: tuple[str, ...]) -> tuple[str, ...]:
    most = min(len(authors), _NAMED_AUTHORS)
    return tuple(_author_line(authors, count) for count in range(most, 0, -1)) or ("",)


def _author_line(authors: tuple[str, ...], count: int) -> str:
    named = ", ".join(author.replace(" ", _NO_BREAK) for author in authors[:count])
    return named + (f"{_NO_BREAK}et{_NO_BREAK}al." if count < len(authors) else "")


def _panels(entry: Entry, text: EntryText, rasters: Mapping[Figure, Raster]) -> tuple[Shown, ...]:
    shown = tuple(_shown(panel, rasters) for panel in entry.panels)
    if found := tuple(panel for panel in shown if panel):
        return found
    return tuple(BigNumber(number) for number in entry.numbers[:1]) or (Statement(text.headline or text.key_idea),)


def _shown(panel: Panel, rasters: Mapping[Figure, Raster]) -> Shown | None:
    if not isinstance(panel, Figure):
        return panel
    raster = rasters.get(panel)
    return FigurePanel(panel, raster) if raster else None


def _spares(entry: Entry) -> tuple[BigNumber, ...]:
    has_number = any(isinstance(panel, BigNumber) for panel in entry.panels)
    if has_number or not entry.panels:
        return ()
    return tuple(BigNumber(number) for number in entry.numbers[:_SPARE_NUMBERS])
