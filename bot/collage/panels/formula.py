"""Owns the lines of a formula at one size: where each begins, its named parts in their colour, and their names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.formulas.equation import typeset
from bot.collage.formulas.term_labels import Naming, Part, naming
from bot.collage.formulas.terms import coloured, is_upper, part_boxes, terms_in
from bot.collage.frame import Item
from bot.collage.panels.block import Look
from bot.model.panel import Term


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a formula with the names of its parts, measured from the left edge of its room.

    Attributes:
        ink: Height of the formula alone, in design units.
    """

    latex: str
    x: float
    ink: float
    above: Naming | None
    below: Naming | None

    @property
    def rise(self) -> float:
        """From the top of the line to the top of the formula."""
        return self.above.height if self.above else 0.0

    @property
    def height(self) -> float:
        return self.rise + self.ink + (self.below.height if self.below else 0.0)

    def names(self, left: float, formula: Box, background: str) -> Iterator[Item]:
        """The names around *formula*, which stands in a room that begins at *left*."""
        for found, edge in ((self.above, formula.y), (self.below, formula.bottom)):
            if found:
                yield from found.shifted(left).items(edge, background, is_above=found is self.above)


def lines_of(form: Sequence[str], terms: Sequence[Term], look: Look, *, em: float, width: float) -> tuple[Line, ...]:
    """Set the lines of *form*: one in the middle, of two the first at the left and the second at the right.

    Returns:
        The lines; none where the names of the parts find no room.
    """
    left = list(terms)
    lines: list[Line] = []
    for number, latex in enumerate(form):
        own = terms_in(latex, left)
        left = [term for term in left if term not in own]
        x = _start(number, [typeset(each, look.palette.ink).width * em for each in form], width)
        line = _line(latex, own, look, (x, em, width))
        if line is None:
            return ()
        lines.append(line)
    return tuple(lines)


def _start(number: int, widths: Sequence[float], width: float) -> float:
    block = min(width, max(widths) * (1.0 if len(widths) == 1 else 1.08))
    left = (width - block) / 2
    return left + (block - widths[number] if number else 0.0) + ((block - widths[0]) / 2 if len(widths) == 1 else 0.0)


def _line(latex: str, terms: Sequence[Term], look: Look, at: tuple[float, float, float]) -> Line | None:
    x, em, width = at
    lit = coloured(latex, terms, [look.palette.annotation] * len(terms))
    sides: dict[bool, list[Part]] = {True: [], False: []}
    for number, (term, box) in enumerate(zip(terms, part_boxes(latex, terms), strict=True)):
        if box:
            side = is_upper(latex, terms, number)
            sides[side].append(Part(term.label, x + box.x * em, x + box.right * em))
    above, below = (naming(tuple(parts), look, 0.0, width) if parts else None for parts in (sides[True], sides[False]))
    if (sides[True] and above is None) or (sides[False] and below is None):
        return None
    return Line(lit, x, typeset(lit, look.palette.ink).height * em, above, below)
