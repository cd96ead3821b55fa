"""Owns what a collage shows, before anything has a place."""

import re
from dataclasses import dataclass

from bot.collage import fonts
from bot.model.entry import ENGLISH, Entry, EntryText
from bot.model.paper import Paper
from bot.model.visual import BigNumber, Chart, Equation, Number, Visual

_NAMED_AUTHORS = 6
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_SPARE_NUMBERS = 2
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class TextPanel:
    """Words under a label.

    Attributes:
        label: In capitals above the text on a slide; `lead` runs in before it where space is dear.
    """

    label: str
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementPanel:
    """One sentence set large, for an entry that has nothing to draw."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class NumberPanel:
    """One huge number."""

    number: Number

    @property
    def source(self) -> str:
        return self.number.source


@dataclass(frozen=True, slots=True)
class EquationPanel:
    """One formula with what it says."""

    equation: Equation

    @property
    def source(self) -> str:
        return self.equation.source


@dataclass(frozen=True, slots=True)
class ChartPanel:
    """A chart of numbers from the paper."""

    chart: Chart

    @property
    def source(self) -> str:
        return self.chart.source


VisualPanel = NumberPanel | EquationPanel | ChartPanel | StatementPanel


@dataclass(frozen=True, slots=True)
class Spec:
    """What one collage shows.

    Attributes:
        slug: Of the entry, for whoever reads an error.
        meta: Venue, year and id; every way to say it, the longest first.
        authors: At most six, then ``et al.``; every way to say it, the longest first.
        visuals: The most telling first.
        spares: Numbers of the entry that may fill a place when the visuals alone leave one empty.
        headline: Stands in when no visual can be shown.
    """

    slug: str
    badge: str
    title: str
    authors: tuple[str, ...]
    meta: tuple[str, ...]
    question: TextPanel
    key_idea: TextPanel
    visuals: tuple[VisualPanel, ...]
    spares: tuple[NumberPanel, ...]
    headline: StatementPanel
    take_away: str
    paper: str
    url: str


def spec_of(entry: Entry, language: str = ENGLISH) -> Spec:
    """Decide what the collage of *entry* shows.

    Args:
        language: Of the texts; English where the entry does not speak it or no font of ours can draw it.
    """
    text = _drawable_text(entry, language)
    return Spec(
        slug=entry.slug,
        badge=entry.badge,
        title=entry.paper.title,
        authors=_author_lines(entry.paper.authors),
        meta=_metas(entry.paper),
        question=TextPanel("Question", "Question.", text.question),
        key_idea=TextPanel("Key idea", "Idea.", text.key_idea),
        visuals=_visuals(entry, text),
        spares=_spares(entry),
        headline=StatementPanel(text.headline or text.key_idea),
        take_away=text.take_away,
        paper=f"Paper: {entry.paper.byline} ({entry.paper.year}), arXiv:{entry.paper.arxiv_id}",
        url=entry.paper.url,
    )


def credit_of(spec: Spec, shown: tuple[VisualPanel, ...]) -> str:
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


def _visuals(entry: Entry, text: EntryText) -> tuple[VisualPanel, ...]:
    declared = tuple(_panel(visual) for visual in entry.visuals)
    if declared:
        return declared
    return tuple(NumberPanel(number) for number in entry.numbers[:1]) or (
        StatementPanel(text.headline or text.key_idea),
    )


def _panel(visual: Visual) -> VisualPanel:
    match visual:
        case BigNumber(number):
            return NumberPanel(number)
        case Equation():
            return EquationPanel(visual)
        case Chart():
            return ChartPanel(visual)


def _spares(entry: Entry) -> tuple[NumberPanel, ...]:
    shown = {visual.number for visual in entry.visuals if isinstance(visual, BigNumber)}
    if shown or not entry.visuals:
        return ()
    return tuple(NumberPanel(number) for number in entry.numbers[:_SPARE_NUMBERS])
