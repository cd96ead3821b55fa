"""Owns what a collage shows, before anything has a place."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from bot.collage.frame import Raster
from bot.collage.labels import Labels, labels_of
from bot.collage.lettering import fonts
from bot.model.entry import Entry, EntryText
from bot.model.language import ENGLISH
from bot.model.panel import BigNumber, Chart, Diagram, Equation, Figure, Note, Number, Panel, Quote, Steps, Table
from bot.model.paper import Paper

_Pointing = TypeVar("_Pointing", Chart, Diagram, Figure)

_NAMED_AUTHORS = 6
_ASKING = ("?", "？")
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_SPARE_NUMBERS = 2
_QUOTATION_MARKS = '“”" '
_NO_BREAK = "\u00a0"
_REMARK = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|[;；].*)")
_THING = re.compile(r"(?:Fig|Figure|Table)\S* [^\s()]+(?= of )")  # of a credit: what it is of its origin
_PART = re.compile(r"[,，、]")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence set large, for an entry that has nothing to draw."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FigurePanel:
    """A figure together with its pixels.

    Attributes:
        is_hero: It carries the collage, so it must not be enlarged.
    """

    figure: Figure
    raster: Raster
    is_hero: bool = False

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
        authors: At most six, then ``et al.`` or what the language says; every way to say it, the longest first.
        panels: The most telling first; the first is the hero.
        spares: Numbers of the entry that may fill a place when the panels alone leave one empty.
        headline: Stands in when no panel can be shown.
        take_away: Every way to say it, the longest first.
        paper: What the credit line says of it.
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
    labels: Labels


def spec_of(entry: Entry, language: str = ENGLISH, rasters: Mapping[Figure, Raster] = MappingProxyType({})) -> Spec:
    """Decide what the collage of *entry* shows.

    Args:
        rasters: The figures that can be shown; others are left out.
        language: Of the texts; English where the entry does not speak it or no font of ours can draw it.
    """
    spoken = _spoken(entry, language)
    text, labels = entry.text(spoken), labels_of(spoken)
    return Spec(
        slug=entry.slug,
        badge=entry.badge,
        title=entry.paper.title,
        authors=_author_lines(entry.paper.authors, labels.others),
        meta=_metas(entry.paper),
        question=_question(text, labels),
        key_idea=Note(labels.key_idea, text.key_idea, shorter=text.shorter.get("key_idea", ())),
        panels=_panels(entry, spoken, rasters),
        spares=_spares(entry, spoken),
        headline=_headline(text),
        take_away=(text.take_away, *text.shorter.get("take_away", ())),
        paper=labels.paper(entry.paper),
        url=entry.paper.url,
        labels=labels,
    )


def _question(text: EntryText, labels: Labels) -> Note:
    """What the paper asks; what only leads there is not called a question."""
    label = labels.question if text.question.rstrip().endswith(_ASKING) else labels.context
    return Note(label, text.question, shorter=text.shorter.get("question", ()))


def credit_of(spec: Spec, shown: tuple[Shown, ...]) -> tuple[str, ...]:
    """Say where the paper and what is shown of it come from, and who drew it; every way to say it, the fullest first.

    What a figure's credit and licence say is never shortened.
    """
    full, plain, brief = (_sources(shown, shorten) for shorten in (str, _without_remark, _first_part))
    drawn = spec.labels.drawn_by
    tried = ((full, drawn), (plain, drawn), (plain, ""), (brief, drawn), (brief, ""))
    return tuple(dict.fromkeys(_credit(spec, sources, by) for sources, by in tried))


def _credit(spec: Spec, sources: list[str], drawn_by: str) -> str:
    parts = (spec.paper, spec.labels.sources(sources), drawn_by)
    return f"{_NO_BREAK}· ".join(part for part in parts if part)


def _sources(shown: tuple[Shown, ...], shorten: Callable[[str], str]) -> list[str]:
    said = (panel.source if isinstance(panel, FigurePanel) else shorten(panel.source) for panel in shown)
    return _merged(dict.fromkeys(source for source in said if source))


def _merged(sources: Iterable[str]) -> list[str]:
    """Things of one origin together: ``Fig. 1, Fig. 3 of Lee (2021), CC BY 4.0``."""
    origins: dict[str, list[str]] = {}
    for source in sources:
        found = _THING.match(source)
        origins.setdefault(source[found.end() :] if found else source, []).append(found[0] if found else "")
    return [", ".join(things) + origin for origin, things in origins.items()]


def _without_remark(source: str) -> str:
    """``Table 1 (batch of 150); counted here`` as ``Table 1``."""
    return _REMARK.sub("", source).strip()


def _first_part(source: str) -> str:
    return _PART.split(_without_remark(source))[0]


def _spoken(entry: Entry, language: str) -> str:
    """*language*, or English where the entry does not speak it or no font of ours can draw it."""
    text = entry.text(language)
    said = text.question + text.key_idea + text.take_away
    return language if language in entry.texts and fonts.can_draw(said) else ENGLISH


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


def _author_lines(authors: tuple[str, ...], others: str) -> tuple[str, ...]:
    most = min(len(authors), _NAMED_AUTHORS)
    return tuple(_author_line(authors, count, others) for count in range(most, 0, -1)) or ("",)


def _author_line(authors: tuple[str, ...], count: int, others: str) -> str:
    named = ", ".join(author.replace(" ", _NO_BREAK) for author in authors[:count])
    return named + (others.replace(" ", _NO_BREAK) if count < len(authors) else "")


def _panels(entry: Entry, language: str, rasters: Mapping[Figure, Raster]) -> tuple[Shown, ...]:
    text = entry.text(language)
    shown = (_shown(panel, rasters) for panel in entry.panels_for(language))
    if found := tuple(panel for panel in shown if panel):
        hero = found[0]
        return (_leading(hero), *found[1:])
    numbers = _telling(entry)[:1] if language == ENGLISH else []
    return tuple(map(BigNumber, numbers)) or (_headline(text),)


def _leading(panel: Shown) -> Shown:
    """What carries the collage: a figure is not enlarged, and where a quote leads there is nothing to draw but it."""
    match panel:
        case FigurePanel():
            return replace(panel, is_hero=True)
        case Quote(text, source):
            return Statement(f"“{text.strip(_QUOTATION_MARKS)}”", source)
        case _:
            return panel


def _headline(text: EntryText) -> Statement:
    """The headline, or the key idea where no letter of it can be drawn."""
    return Statement(text.headline if fonts.drawable(text.headline) else text.key_idea)


def _shown(panel: Panel, rasters: Mapping[Figure, Raster]) -> Shown | None:
    match panel:
        case Chart():
            return _speaking(panel)
        case Diagram():
            return _speaking(panel)
        case Figure():
            raster = rasters.get(panel)
            return FigurePanel(_speaking(panel), raster) if raster else None
        case _:
            return panel


def _speaking(panel: _Pointing) -> _Pointing:
    """*panel* without the annotations of which no font of ours has a letter."""
    kept = (replace(each, shorter=tuple(filter(fonts.drawable, each.shorter))) for each in panel.annotations)
    return replace(panel, annotations=tuple(each for each in kept if fonts.drawable(each.text)))


def _spares(entry: Entry, language: str) -> tuple[BigNumber, ...]:
    """Numbers that may stand beside the panels; an entry lists them in English, so only beside panels in English."""
    has_number = any(isinstance(panel, BigNumber) for panel in entry.panels)
    if has_number or not entry.panels or language in entry.panels_in:
        return ()
    return tuple(BigNumber(number) for number in _telling(entry)[:_SPARE_NUMBERS])


def _telling(entry: Entry) -> list[Number]:
    """The numbers that may stand alone; others are listed for their source, repeat themselves or say too little."""
    return [number for number in entry.numbers if number.value not in number.meaning and _says_enough(number)]


def _says_enough(number: Number) -> bool:
    return bool(number.against or number.formula) or len(number.meaning.split()) > 1
