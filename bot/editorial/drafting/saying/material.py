"""Owns the sentences a draft is made of: where each stands, what it does, and how it may be said."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from bot.editorial.drafting.saying.rhetoric import Move, move_of, moves
from bot.editorial.drafting.saying.soundness import is_sound, stands_alone
from bot.editorial.drafting.saying.trimming import forms
from bot.editorial.drafting.saying.voice import retold
from bot.editorial.phrasing import count_words
from bot.model.manuscript import Manuscript, SectionKind
from bot.model.paper import Paper
from bot.wording.plain import plain
from bot.wording.sentences import sentences

_MOST_SENTENCES = 60  # of the abstract; what claims to be one and is longer is not read to its end
_MOST_OF_A_SECTION = 40
_LONGEST = 40_000  # characters of a text
_MOST_CHARACTERS = 700  # of a sentence
_FEWEST_OF_A_QUESTION = 4  # words
_HEADING = re.compile(
    r"^(?:Abstract|Background|Introduction|Motivation|Objectives?|Purpose|Aims?|Methods?|Materials "
    r"and Methods|Methodology|"
    r"Approach|Results?|Findings|Conclusions?|Discussion|Significance|Main results?|Contributions?|"
    r"Problem|Solution|Summary|Context|Goals?)"
    r"(?:\s?(?:and|&|/)\s?(?:Objectives?|Aims?|Results?|Methods?|Purpose|Conclusions?|"
    r"Significance))?\s?[:.—–-]\s*(?=[A-Z])"
)
_QUOTED = re.compile(r"(?:``|(?<!\w)''|“|(?<!\w)\")([^`\"“”]{1,120}?)(?:''|\"|”)")
_INTRODUCES = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:paper|work|study|article)) (?:\w+ly |also |then )?(?:propose|present|"
    r"introduce|develop|design|devise|construct|release|describe)s?\b"
)
# What *this* points at once the authors have named their own.
_OWN = re.compile(
    r"^This\s(?=(?:\w+\s)?(?:approach|method|framework|model|system|platform|algorithm|architecture|"
    r"technique|dataset|benchmark|strategy|design|"
    r"pipeline|protocol|toolkit|estimator|procedure|formulation|mechanism|module|theory|analysis)\b)"
)
_BULLET = re.compile(r"\s[•▪►■◦‣]\s")
_ACRONYM = re.compile(r"\(([A-Z][\w+-]*[A-Z\d][\w+-]*)\)")
_NAMED_IN_TITLE = re.compile(
    r"([A-Z][\w.+-]*(?: [A-Z\d][\w.+-]*){0,2}): |(\w[\w-]+(?: [\w-]+){1,3}?) (?:for|of|with|via|in|by)\b"
)
_WORDS_OF_A_HEADING = 6
_LATE = 0.6


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a paper.

    Attributes:
        most: Sentences that are read of it.
        start, end: Where it stands in the course of what a paper says, from 0 (first) to 1 (last).
    """

    name: str
    most: int
    start: float = 0.0
    end: float = 1.0


_TITLE = "Title"
_ABSTRACT = _Part("Abstract", _MOST_SENTENCES)
_CAPTIONS = _Part("Captions", 4, start=_LATE)
_MOST_CAPTIONS = 12
_MOST_OF_THE_REST = 120  # sentences
_PARTS: Mapping[SectionKind, _Part | None] = {
    SectionKind.INTRODUCTION: _Part("Introduction", _MOST_OF_A_SECTION, end=0.5),
    SectionKind.CONCLUSION: _Part("Conclusion", _MOST_OF_A_SECTION, start=_LATE),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the paper.

    Attributes:
        source: Where it stands: ``Abstract``, ``Conclusion``, or the heading of its section.
        scores: How much it does each move.
        full: Told of the authors, nothing taken away; empty where it cannot be shown as it stands.
        forms: The same in fewer and fewer words, the longest first; may be empty.
    """

    text: str
    source: str
    scores: Mapping[Move, float]
    full: str
    forms: tuple[str, ...]

    @property
    def move(self) -> Move:
        """What it does above all."""
        return move_of(self.scores)

    @property
    def is_of_abstract(self) -> bool:
        """True for what the authors chose to say first."""
        return self.source in {_TITLE, _ABSTRACT.name}

    def alone(self, most: int) -> tuple[str, ...]:
        """Its forms of at most *most* words that are clear without the sentence before."""
        return tuple(form for form in self.forms if count_words(form) <= most and stands_alone(form))


def tidied(text: str) -> str:
    """*text* on one line, bounded, without what is not seen, and with typographic quotes."""
    return _QUOTED.sub(r"“\1”", plain(text, longest=_LONGEST)).replace("---", "—").replace(" -- ", " – ")


def read_title(manuscript: Manuscript) -> tuple[Said, ...]:
    """The question that the title asks, if it asks one."""
    asked = next((part for part in sentences(tidied(manuscript.record.paper.title)) if part.endswith("?")), "")
    asked = asked.rsplit(": ", 1)[-1]
    if count_words(asked) < _FEWEST_OF_A_QUESTION or not is_sound(asked):
        return ()
    return (Said(asked, _TITLE, moves(asked, place=0.5), "", (asked,)),)


def read_abstract(manuscript: Manuscript) -> tuple[Said, ...]:
    """The sentences of the abstract in order."""
    record = manuscript.record
    abstract = tidied(record.abstract) or tidied(manuscript.reading.abstract)
    return tuple(_read(abstract, _ABSTRACT, record.paper))


def read_sections(manuscript: Manuscript) -> tuple[Said, ...]:
    """The sentences of introduction and conclusion in order."""
    return tuple(_read_kinds(manuscript, _PARTS))


def read_results(manuscript: Manuscript) -> tuple[Said, ...]:
    """The sentences of the sections that tell results, with the heading of each as their source."""
    return tuple(_read_kinds(manuscript, {SectionKind.RESULTS: None}))


def read_rest(manuscript: Manuscript) -> Iterator[Said]:
    """The sentences of all other sections about the paper's own work, then those of the captions."""
    reading, paper = manuscript.reading, manuscript.record.paper
    sections = _read_kinds(manuscript, dict.fromkeys((SectionKind.OTHER, SectionKind.METHOD)))
    yield from islice(sections, _MOST_OF_THE_REST)
    figures = (figure.caption for figure in reading.figures if not figure.is_appendix)
    shown = chain(figures, (table.caption for table in reading.tables if not table.is_appendix))
    for caption in islice(shown, _MOST_CAPTIONS):
        yield from _read(tidied(caption), _CAPTIONS, paper)


def _read_kinds(manuscript: Manuscript, parts: Mapping[SectionKind, _Part | None]) -> Iterator[Said]:
    for section in manuscript.reading.sections:
        if section.kind in parts:
            heading = " ".join(tidied(section.title).split()[:_WORDS_OF_A_HEADING]) or "Results"
            part = parts[section.kind] or _Part(heading, _MOST_OF_A_SECTION, start=_LATE)
            yield from _read(tidied(" ".join(section.paragraphs)), part, manuscript.record.paper)


def _read(text: str, part: _Part, paper: Paper) -> Iterator[Said]:
    authors = len(paper.authors)
    split = sentences(_BULLET.sub("\n\n", text))[: part.most]
    found = [_HEADING.sub("", each) for each in split if len(each) <= _MOST_CHARACTERS]
    introducing = next((at for at, sentence in enumerate(found) if _INTRODUCES.search(sentence)), None)
    names = _own_names(paper.title, "" if introducing is None else found[introducing])
    for at, sentence in enumerate(found):
        place = part.start + (part.end - part.start) * at / max(1, len(found) - 1)
        behind = 0 if introducing is None else at - introducing
        alone = _OWN.sub("The ", sentence) if behind > 0 else sentence
        yield Said(
            text=sentence,
            source=part.name,
            scores=moves(sentence, place=place, behind=behind, names=names),
            full=_full(sentence, authors),
            forms=tuple(dict.fromkeys(told for form in forms(alone) if (told := retold(form, authors=authors)))),
        )


def _own_names(title: str, introduction: str) -> tuple[str, ...]:
    """What the authors call their own: before the colon of the title, in brackets where they introduce it."""
    named = _NAMED_IN_TITLE.match(tidied(title))
    return (*((named[1] or named[2],) if named else ()), *_ACRONYM.findall(introduction))


def _full(sentence: str, authors: int) -> str:
    told = retold(sentence, authors=authors)
    return told if told and is_sound(told) else ""
