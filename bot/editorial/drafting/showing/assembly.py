"""Owns the assembly of a draft: which of a paper's figures, formulas, tables and sentences its collage shows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.editorial.drafting.saying.words import Words
from bot.editorial.drafting.showing.credit import licence_note, may_show
from bot.editorial.drafting.showing.equations import equations_of
from bot.editorial.drafting.showing.figures import Candidate, candidates
from bot.editorial.drafting.showing.listing import listed, printed_in
from bot.editorial.drafting.showing.plans import Lead, Stock, best_plan, plans
from bot.editorial.drafting.showing.results import result_of
from bot.editorial.drafting.showing.sayings import quotes_of
from bot.editorial.phrasing import count_words
from bot.model.draft import Draft, FigurePolicy, Role
from bot.model.entry import Entry, EntryState, EntryText, Series
from bot.model.language import ENGLISH
from bot.model.manuscript import Manuscript
from bot.model.panel import Annotation, BigNumber, Equation, Figure, Number
from bot.model.paper import Link, LinkKind

_MOST_HEROES = 3
_MOST_SUPPORTS = 2
_RESULT_WORTH, _KIN_COST = 1.0, 1.5
_MOST_ALTERNATIVES = 8
_FEWEST_WORDS = 2  # of what a huge number means
_SHOWING = (Role.OVERVIEW, Role.METHOD)
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Commission:
    """What a draft is made for.

    Attributes:
        policy: Which figures may be shown.
    """

    series: Series
    policy: FigurePolicy = FigurePolicy.OPEN


def assemble(manuscript: Manuscript, words: Words, commission: Commission) -> Draft:
    """Choose what the collage of a paper shows, and put it together with its words.

    Pure, but takes seconds of CPU time: figures are looked at, and plans are tried until one works out.
    """
    paper = manuscript.record.paper
    is_allowed = may_show(paper.licence, commission.policy)
    ranked = candidates(manuscript.reading.figures, paper)[:_MOST_ALTERNATIVES]
    found = tuple(_annotated(each, words.annotations) for each in ranked)
    files = {each.figure.sha256: each.content for each in found}
    stock = _stock(manuscript, words, found if is_allowed else ())
    bare = _entry(manuscript, words, commission)
    panels = best_plan(stock, replace(bare, numbers=_all_numbers(stock, words, manuscript)), files=files)
    entry = replace(
        bare, panels=panels, numbers=listed(words.numbers, panels, words.texts, partial(printed_in, manuscript))
    )
    notes = (*manuscript.reading.notes, *words.all_notes, *_notes(manuscript, found, entry, commission))
    return Draft(
        entry=entry,
        alternatives=tuple(each.alternative(may_show=is_allowed) for each in found),
        files=files,
        removed=words.removed,
        notes=tuple(dict.fromkeys(notes)),
    )


def _annotated(each: Candidate, said: Mapping[str, tuple[Annotation, ...]]) -> Candidate:
    """*each* with what was said of places in it; the places are shares of the whole figure, so only that has them."""
    is_whole = len(each.found.images) == 1 and each.figure.crop is None
    pointers = said.get(each.found.number, ()) if is_whole else ()
    return replace(each, figure=replace(each.figure, annotations=pointers)) if pointers else each


def _entry(manuscript: Manuscript, words: Words, commission: Commission) -> Entry:
    return Entry(
        slug=slug_of(manuscript, commission.series),
        series=commission.series,
        number=None,
        month=None,
        state=EntryState.DRAFT,
        paper=manuscript.record.paper,
        links=_links(manuscript),
        topics=words.topics,
        aliases=(),
        numbers=words.numbers,
        panels=(),
        texts=words.texts,
    )


def slug_of(manuscript: Manuscript, series: Series) -> str:
    """Name the folder of a draft after its paper: ``ml-collage/2103-10697``."""
    return f"{series.slug}/{_SLUG.sub('-', str(manuscript.record.paper.arxiv_id).lower()).strip('-')}"


def _stock(manuscript: Manuscript, words: Words, found: Sequence[Candidate]) -> Stock:
    heroes = [each for each in found if each.may_lead][:_MOST_HEROES]
    return Stock(
        leads=tuple(_lead(hero, found) for hero in heroes),
        result=result_of(manuscript.reading.tables, manuscript.record),
        equations=equations_of(manuscript.reading.equations),
        numbers=tuple(BigNumber(number) for number in words.numbers if _speaks(number)),
        quotes=quotes_of(manuscript, said=_said(words.texts[ENGLISH])),
    )


def _speaks(number: Number) -> bool:
    """True when it may stand alone and huge: *accuracy* or *samples* says too little below it."""
    return bool(number.against or number.formula) or count_words(number.meaning) >= _FEWEST_WORDS


def _all_numbers(stock: Stock, words: Words, manuscript: Manuscript) -> tuple[Number, ...]:
    """Those of every plan, so that none fails for a number that it would list."""
    every = tuple(panel for plan in plans(stock) for panel in plan)
    return listed(words.numbers, every, words.texts, partial(printed_in, manuscript))


def _lead(hero: Candidate, found: Sequence[Candidate]) -> Lead:
    """What came out stands beside how it works, rather than another one of the same kind."""
    others = [each for each in found if each is not hero and each.may_support and _says_else(each, hero)]
    ranked = sorted(others, key=lambda each: _worth_beside(each, hero), reverse=True)
    return Lead(
        hero.figure,
        tuple(each.figure for each in ranked if each.is_explained)[:_MOST_SUPPORTS],
        tuple(each.figure for each in ranked if not each.is_explained)[:1],
    )


def _worth_beside(each: Candidate, hero: Candidate) -> float:
    return each.score + _RESULT_WORTH * (each.role is Role.RESULT) - _KIN_COST * _is_kin(each, hero)


def _is_kin(one: Candidate, other: Candidate) -> bool:
    return one.role is other.role or {one.role, other.role} <= set(_SHOWING)


def _says_else(one: Candidate, other: Candidate) -> bool:
    return one.figure.caption != other.figure.caption


def _said(text: EntryText) -> tuple[str, ...]:
    return (text.question, text.key_idea, text.take_away)


def _links(manuscript: Manuscript) -> tuple[Link, ...]:
    """One of each kind; the paper's own link is made from its id."""
    found = (*manuscript.record.links, *manuscript.reading.links)
    kinds = {link.kind: link for link in reversed(found) if link.kind is not LinkKind.PAPER}
    return tuple(kinds[kind] for kind in LinkKind if kind in kinds)


def _notes(manuscript: Manuscript, found: Sequence[Candidate], entry: Entry, commission: Commission) -> Iterator[str]:
    if found and (note := licence_note(manuscript.record.paper.licence, commission.policy)):
        yield note
    is_pictured = any(isinstance(panel, Figure) for panel in entry.panels)
    if not manuscript.reading.figures and not manuscript.reading.sections:
        yield "Neither source, page nor PDF could be read; everything here rests on the abstract alone."
    elif not manuscript.reading.figures:
        yield "No figure was found in the paper."
    elif not found:
        yield "None of the paper's figures could be read; choose one by hand, or leave the drawn collage."
    elif not is_pictured and may_show(manuscript.record.paper.licence, commission.policy):
        yield "No figure is large and clear enough to lead the collage; look through them and choose one by hand."
    if not entry.numbers:
        yield "No number with its meaning was found; add the paper's main result if it has one."
    if not any(isinstance(panel, Equation) for panel in entry.panels) and manuscript.reading.equations:
        yield "None of the paper's formulas is short and explained enough to be shown."
