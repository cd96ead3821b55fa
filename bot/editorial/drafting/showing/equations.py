"""Owns which formula of a paper a draft shows, and what is said of it."""

import re
from collections.abc import Iterator, Sequence

from bot.collage.faults import latex_fault
from bot.collage.formulas.equation import typeset
from bot.editorial.drafting.saying.grammar import has_main_verb
from bot.editorial.drafting.saying.soundness import stands_alone
from bot.editorial.drafting.showing.captions import caption_of, clean
from bot.editorial.phrasing import Phrasing, count_words
from bot.errors import CollageError
from bot.model.manuscript import FoundEquation, SectionKind
from bot.model.panel import Equation

_TRIED = 8  # formulas that are typeset; each costs a twentieth of a second
_LONGEST = 220  # characters of LaTeX
_MOST_SYMBOLS, _IDEAL_SYMBOLS, _FEWEST_SYMBOLS = 40, 16, 5
_WIDEST, _HIGHEST = 24.0, 4.5  # em
_NAME_WORDS = 10

_HOUSEKEEPING = re.compile(
    r"\\(?:label|tag\*?|ref|eqref|cite\w*)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|limits)(?![a-zA-Z])"
)
_RELATION = re.compile(
    r"=|\\(?:le|leq|ge|geq|approx|propto|sim|equiv|in|to|leftarrow|rightarrow|triangleq|coloneqq|ll|gg)(?![a-zA-Z])|<|>"
)
_UNFINISHED = re.compile(
    r"\\\\|\\begin|\\end|\\ref|\?\?|\\cite|\\hspace|\\intertext|\\hline|\\include|\\text\{[^{}]{25,}\}|\$"
)
_SYMBOL = re.compile(
    r"\\(?:mathcal|mathbb|mathbf|mathrm|bm|boldsymbol|text|operatorname)\*?\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z0-9]"
)
_SPACING = re.compile(r"\\(?:left|right|big|Big|bigg|Bigg|bigl|bigr|quad|qquad|,|;|:|!)(?![a-zA-Z])")
_TELLING = re.compile(r"\\mathcal\s*\{?[LJ]\}?|\\arg|\\min|\\max|loss|\\mathbb\s*\{?E\}?")

# "The attention is computed as": the formula says the rest, and its subject is the name of it.
_NAMED = re.compile(
    r"(?P<name>(?:The|An?|Our) [^,;:()]{3,80}?) (?:is|are|can be|may be)(?: then| thus| therefore| hence| simply"
    r"| formally| now)?"
    r"(?: (?:defined|given|computed|calculated|formulated|expressed|written|obtained|formali[sz]ed|represented"
    r"|denoted))?"
    r"(?: (?:as|by|by the|in))?(?: follows)?[:.,]?"
)
_DONE = re.compile(
    r"(?:^|, |thus |then |hence |therefore )[wW]e (?:then |thus |first |also |now |can |formally )?"
    r"(?:define|compute|calculate|formulate|express|write|model|formali[sz]e|obtain) "
    r"(?P<name>(?:the|an?|our) [^,;:()]{3,80}?) (?:as|by|using|with)(?: follows)?[:.,]?"
)
_BACK = re.compile(
    r"(?:However|Thus|Hence|Then|Therefore|Moreover|Furthermore|If|Since|Because|Similarly|Finally|Note|Also)\b"
)
_HOLE = re.compile(  # where the formula stood in the middle of its sentence
    r"\b(?:form|by|as|to|that|with|of|is|are|where|for|if|have|get|obtain|satisf(?:y|ies))[,:]? (?:is|are|was|where"
    r"|which|holds?|and|or|then)\b"
)
_VAGUE = re.compile(
    r"\b(?:following|above|below|this|these|those|it|they|former|latter|same|latter|such|which|that)\b", re.IGNORECASE
)


def equations_of(found: Sequence[FoundEquation]) -> tuple[Equation, ...]:
    """Choose the formulas that say most, the best first: short, often referred to, explained, and such as we can set.

    Takes CPU time: the most promising are typeset.
    """
    promising = sorted(_promising(found), key=_worth, reverse=True)[:_TRIED]
    shown = {panel.caption: panel for each in reversed(promising) if (panel := _panel(each))}
    return tuple(reversed(shown.values()))


def _promising(found: Sequence[FoundEquation]) -> Iterator[FoundEquation]:
    for each in found:
        latex = _tidy(each.latex)
        is_short = len(latex) <= _LONGEST and _FEWEST_SYMBOLS <= _symbols(latex) <= _MOST_SYMBOLS
        if is_short and _RELATION.search(latex) and not _UNFINISHED.search(latex) and _said(each).text:
            yield each


def _worth(equation: FoundEquation) -> float:
    latex = _tidy(equation.latex)
    place = {SectionKind.METHOD: 0.9, SectionKind.OTHER: 0.4, SectionKind.INTRODUCTION: 0.3, SectionKind.APPENDIX: -4.0}
    return (
        0.8 * min(equation.references, 4)
        + place.get(equation.section, 0.0)
        + (0.4 if equation.number else 0.0)
        + (0.6 if _TELLING.search(latex) else 0.0)
        - 0.06 * abs(_symbols(latex) - _IDEAL_SYMBOLS)
        - 0.04 * min(equation.position, 20)
    )


def _panel(equation: FoundEquation) -> Equation | None:
    latex, said = _tidy(equation.latex), _said(equation)
    if latex_fault(latex):
        return None
    try:
        drawn = typeset(latex, "#000000")
    except CollageError:
        return None
    if drawn.width > _WIDEST or drawn.height > _HIGHEST:
        return None
    return Equation(latex, said.text, _source(equation), caption_shorter=said.shorter)


def _source(equation: FoundEquation) -> str:
    return f"Eq. {equation.number[:8]}" if equation.number else "an equation of the paper"


def _tidy(latex: str) -> str:
    """Without what only counts and aligns, and without the full stop of the sentence it stands in."""
    bare = _HOUSEKEEPING.sub(" ", latex).replace(r"\&", "\0").replace("&", " ").replace("\0", r"\&")
    bare = re.sub(r"(?:\\\\|\\[,;:! ]|\\q?quad|\s)+$", "", bare.strip())
    while bare and bare[-1] in ".,;":
        bare = re.sub(r"(?:\\[,;:! ]|\\q?quad|\s)+$", "", bare[:-1])
    return " ".join(bare.split())


def _symbols(latex: str) -> int:
    return len(_SYMBOL.findall(_SPACING.sub(" ", latex)))


def _said(equation: FoundEquation) -> Phrasing:
    """What the sentence before it calls it, else that sentence where it leads to it and is whole; empty otherwise."""
    before = clean(equation.before)
    if name := _name(before):
        return Phrasing(name)
    leads = before.endswith((":", ",")) or before[-1:].isalnum()
    return caption_of([before] if _is_whole(before, leads=leads) else [], fallback="")


def _is_whole(sentence: str, *, leads: bool) -> bool:
    """True for a main clause; one that ends in the formula must be whole without it."""
    is_clear = sentence[:1].isupper() and not _HOLE.search(sentence) and stands_alone(sentence)
    return (
        is_clear and not _BACK.match(sentence) and (not leads or (sentence.endswith(":") and has_main_verb(sentence)))
    )


def _name(before: str) -> str:
    found = _NAMED.fullmatch(before) or _DONE.search(before)
    if not found or (found.end() < len(before)):
        return ""
    name = re.sub(r"^our\b", "the", found["name"].strip(), flags=re.IGNORECASE)
    if _VAGUE.search(name) or count_words(name) > _NAME_WORDS or re.search(r"[\\$_^{}\d]", name):
        return ""
    return f"{name[0].upper()}{name[1:]}."
