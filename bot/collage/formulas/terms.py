"""Owns the named parts of a formula: where they stand in its LaTeX and in its drawing, and their colour."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.collage.box import Box, cover
from bot.collage.formulas.equation import fault_of, glyphs, typeset
from bot.errors import CollageError
from bot.model.panel import Equation, Term

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_INK = "#000000"
_SLACK = 0.03  # of the size: more means that colour changes how the formula is set
_TOUCH = 0.05  # em by which ink above or below may reach into a part

Span = tuple[int, int]


def term_fault(equation: Equation) -> str | None:
    """Say which named part of *equation* cannot be named, and why; None when all can."""
    forms = [form for form in (equation.latex, equation.short) if form]
    for term in equation.terms:
        if not any(span_of(form, term.latex) for form in forms):
            return f"the part {term.latex!r} does not stand in the formula; copy it from there letter by letter"
    return next((fault for form in forms if (fault := _form_fault(form, equation.terms))), None)


def _form_fault(latex: str, terms: Sequence[Term]) -> str | None:
    present = terms_in(latex, terms)
    spans = sorted(span for term in present if (span := span_of(latex, term.latex)))
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        return "two of its named parts overlap; name one of them only"
    for term in present:
        if not _can_colour(latex, term):
            return f"the part {term.latex!r} cannot be told from the rest; name a larger part, or put it in braces"
    return None


def _can_colour(latex: str, term: Term) -> bool:
    marked = coloured(latex, [term], ["#000001"])
    try:
        plain, lit = typeset(latex, _INK), typeset(marked, _INK)
    except CollageError:
        return False
    is_same = abs(plain.width - lit.width) <= _SLACK * plain.width and abs(plain.height - lit.height) <= _SLACK
    return is_same and fault_of(marked) is None and part_boxes(latex, [term])[0] is not None


def terms_in(latex: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Those of *terms* that stand in *latex*."""
    return tuple(term for term in terms if span_of(latex, term.latex))


def span_of(latex: str, part: str) -> Span | None:
    """Where *part* first stands in *latex* without cutting a command in two; None when it does not."""
    edges = {0, *(match.end() for match in _TOKEN.finditer(latex))}
    start = latex.find(part) if part else -1
    while start >= 0:
        if start in edges and start + len(part) in edges:
            return start, start + len(part)
        start = latex.find(part, start + 1)
    return None


def coloured(latex: str, terms: Sequence[Term], colours: Sequence[str]) -> str:
    """*latex* with each of *terms* that stands in it in its colour."""
    pairs = [
        (span, colour) for term, colour in zip(terms, colours, strict=True) if (span := span_of(latex, term.latex))
    ]
    for (start, end), colour in sorted(pairs, reverse=True):
        lit = rf"\textcolor{{{colour}}}{{{latex[start:end]}}}"
        is_script = latex[:start].rstrip()[-1:] in {"_", "^"}
        latex = latex[:start] + (f"{{{lit}}}" if is_script else lit) + latex[end:]
    return latex


def part_boxes(latex: str, terms: Sequence[Term]) -> tuple[Box | None, ...]:
    """The ink of each of *terms* in *latex*, in em from its top left corner; None for one that is not there."""
    colours = [f"#{number:06x}" for number in range(1, len(terms) + 1)]
    found = glyphs(coloured(latex, terms, colours), _INK)
    inks = ([glyph.box for glyph in found if glyph.colour == colour] for colour in colours)
    return tuple(cover(boxes) if boxes else None for boxes in inks)


def is_upper(latex: str, terms: Sequence[Term], number: int) -> bool:
    """True when the part *number* stands above other ink with nothing above itself: then its name goes above, too."""
    part = part_boxes(latex, terms)[number]
    if part is None:
        return False
    beside = [glyph.box for glyph in glyphs(latex, _INK) if glyph.box.x < part.right and part.x < glyph.box.right]
    return any(box.y > part.bottom - _TOUCH for box in beside) and not any(
        box.bottom < part.y + _TOUCH for box in beside
    )


_RELATIONS = frozenset(
    {"=", r"\le", r"\leq", r"\ge", r"\geq", r"\approx", r"\propto", r"\to", r"\sim", r"\iff", r"\equiv"}
)
_SUMS = frozenset({"+", "-"})
_GAPS = frozenset({r"\quad", r"\qquad"})
_SPACE_AT_END = re.compile(r"(?:\\[ ,;:]|\\q?quad|\s)+\Z")
_OPENING = frozenset({"{", "(", "[", r"\left", r"\{", r"\begin"})
_CLOSING = frozenset({"}", ")", "]", r"\right", r"\}", r"\end"})
_TRIED = 4  # breaks nearest to the middle of the LaTeX
_UNBALANCED = 0.72  # of the whole: a longer line after a break makes the break useless


@lru_cache(maxsize=256)
def broken(latex: str) -> tuple[str, str] | None:
    """Break *latex* in two at a wide gap, or before a relation or a sign, in no bracket and as evenly as can be."""
    whole = typeset(latex, _INK).width
    found: list[tuple[float, tuple[str, str]]] = []
    middling = sorted(_breakable(latex), key=lambda found: abs(found[0] - len(latex) / 2))
    for place, token in middling[:_TRIED]:
        lines = _lines(latex, place, token)
        try:
            widest = max(typeset(line, _INK).width for line in lines)
        except CollageError:
            continue
        if widest <= _UNBALANCED * whole and not any(fault_of(line) for line in lines):
            found.append((widest * (1.1 if token in _SUMS else 0.8 if token in _GAPS else 1.0), lines))
    return min(found)[1] if found else None


def _lines(latex: str, place: int, token: str) -> tuple[str, str]:
    """Both sides of a break: a gap is left out, a relation or sign keeps the space before it."""
    first, second = _SPACE_AT_END.sub("", latex[:place]), latex[place:]
    return first, second.removeprefix(token).lstrip() if token in _GAPS else "{}" + second


def _breakable(latex: str) -> Iterator[tuple[int, str]]:
    depth, before = 0, ""
    for match in _TOKEN.finditer(latex):
        token = match[0]
        depth += (token in _OPENING) - (token in _CLOSING)
        is_sign = token in _SUMS and before not in _RELATIONS
        if depth == 0 and before and (token in _RELATIONS | _GAPS or is_sign):
            yield match.start(), token
        before = token if token.strip() else before
