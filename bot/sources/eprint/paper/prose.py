"""Owns the sentences of a paper: its sections, what they say of a figure, what stands around a formula."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.model.manuscript import Section
from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.paper.outline import Outline, Part
from bot.sources.eprint.tex.plain import FORMULAS, MARKS, Plain, formula_mark
from bot.sources.headings import kind_of
from bot.wording.sentences import sentences

_MOST_CITING = 12
_LONGEST_SENTENCE = 1_000
_LONGEST_INLINE = 80  # characters of a displayed formula that can be read as part of its sentence
_NEAR = 1_500  # characters before and behind a display in which its neighbours are looked for
_LEFT_OUT = "…"
_LONGEST_TEXT = 1_200_000  # characters of all paragraphs
_FRONT_MATTER_WORDS = 12  # a paragraph before the first heading with fewer is a name, an address, a footnote
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[.,;]|:(?!=))")


@dataclass
class Prose:
    """What a paper says, sentence by sentence.

    Attributes:
        citing: Sentences by the label they refer to.
        around: The sentence before and the one behind each display, by its number.
    """

    sections: list[Section] = field(default_factory=list)
    citing: dict[str, list[str]] = field(default_factory=dict)
    around: dict[int, tuple[str, str]] = field(default_factory=dict)


def prose_of(outline: Outline, plain: Plain, *, deadline: Deadline) -> Prose:
    """Read all sections of *outline* as plain text."""
    prose = Prose()
    inline = _inline_formulas(outline, plain)
    by_mark = {plain.mark_of(label): label for label in outline.targets}
    room = _LONGEST_TEXT
    for number, part in enumerate(outline.parts):
        marked = []
        for latex in part.paragraphs:
            deadline.check()
            if room > 0 and (said := plain.marked(latex)):
                marked.append(said)
                room -= len(said)
        _collect_citing(marked, by_mark, prose.citing, deadline)
        _collect_around(marked, prose.around, deadline)
        is_front = number == 0 and len(outline.parts) > 1
        paragraphs = () if is_front and outline.abstracts else _paragraphs(marked, inline, is_front=number == 0)
        if paragraphs or part.title:
            prose.sections.append(_section(part, plain, paragraphs))
    return prose


def _section(part: Part, plain: Plain, paragraphs: tuple[str, ...]) -> Section:
    title = plain.text(part.title)[:300]
    return Section(title, kind_of(title, in_appendix=part.is_appendix), paragraphs)


def _paragraphs(marked: Sequence[str], inline: Mapping[str, str], *, is_front: bool) -> tuple[str, ...]:
    said = [_SPACE_BEFORE_MARK.sub("", " ".join(_with_formulas(one, inline).split())) for one in marked]
    return tuple(
        one
        for one in said
        if any(character.isalpha() for character in one)
        and not (is_front and (len(one.split()) < _FRONT_MATTER_WORDS or not _ENDS.search(one)))
    )


def _with_formulas(marked: str, inline: Mapping[str, str]) -> str:
    return FORMULAS.sub(lambda found: inline.get(found[0], _LEFT_OUT), MARKS.sub("", marked))


def _inline_formulas(outline: Outline, plain: Plain) -> dict[str, str]:
    """How short formulas are said within their sentence, by mark."""
    said: dict[str, str] = {}
    several: set[str] = set()
    for formula in outline.formulas:
        mark = formula_mark(formula.display)
        if mark in said or "\\begin" in formula.line.latex or len(formula.line.latex) > 4 * _LONGEST_INLINE:
            several.add(mark)
            continue
        text = plain.text(f"${formula.line.latex}$")
        said[mark] = (text if len(text) <= _LONGEST_INLINE else _LEFT_OUT) + formula.line.ending
    return {mark: text for mark, text in said.items() if mark not in several}


def _collect_citing(
    marked: Sequence[str], by_mark: Mapping[str, str], citing: dict[str, list[str]], deadline: Deadline
) -> None:
    for paragraph in marked:
        deadline.check()
        if not MARKS.search(paragraph):
            continue
        for sentence in sentences(FORMULAS.sub(_LEFT_OUT, paragraph)):
            for mark in dict.fromkeys(MARKS.findall(sentence)):
                told = citing.setdefault(by_mark.get(mark, ""), [])
                if len(told) < _MOST_CITING:
                    told.append(MARKS.sub("", sentence)[:_LONGEST_SENTENCE])


def _collect_around(marked: Sequence[str], around: dict[int, tuple[str, str]], deadline: Deadline) -> None:
    """The last words before each display of a section, and the first behind it."""
    for place, paragraph in enumerate(marked):
        for found in FORMULAS.finditer(paragraph):
            deadline.check()
            before = paragraph[max(0, found.start() - _NEAR) : found.start()]
            behind = paragraph[found.end() : found.end() + _NEAR]
            if not FORMULAS.sub("", before).strip() and place:
                before = marked[place - 1][-_NEAR:]
            if not behind.strip(" .,;") and place + 1 < len(marked) and marked[place + 1][:1].islower():
                behind = marked[place + 1][:_NEAR]
            around[ord(found[0]) - ord(formula_mark(0))] = (_last(before), _first(behind))


def _last(text: str) -> str:
    said = sentences(_plain(text))
    return said[-1][-_LONGEST_SENTENCE:] if said else ""


def _first(text: str) -> str:
    said = [one for one in sentences(_plain(text.lstrip(" .,;"))) if any(c.isalpha() for c in one)]
    return said[0][:_LONGEST_SENTENCE] if said else ""


def _plain(marked: str) -> str:
    return " ".join(FORMULAS.sub(_LEFT_OUT, MARKS.sub("", marked)).split())
