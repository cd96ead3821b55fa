"""Owns the displayed formulas of a page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.sources.page.maths import is_formula, latex_of, without_end
from bot.sources.page.tree import Element, every, first, has, text_of
from bot.wording.plain import plain

_LONGEST = 4000
"""Characters of LaTeX; a longer formula is no picture."""
_CONTINUES = re.compile(
    r"\s*(?:[=+\-<>,.)\]}]|\\(?:leq?|geq?|approx|times|cdot|equiv|propto|sim|quad|q?quad|right)(?![A-Za-z]))"
)


@dataclass(frozen=True, slots=True)
class Display:
    """One displayed formula, maybe of several lines.

    Attributes:
        ids: By which the text refers to it.
    """

    latex: str
    number: str
    ids: frozenset[str]


def is_display(element: Element) -> bool:
    """Tell whether an element is a displayed formula or a group of them."""
    return has(element, "ltx_equation", "ltx_equationgroup")


def displays(element: Element) -> tuple[Display, ...]:
    """Read an equation, or the equations of a group: lines with numbers of their own are equations of their own."""
    found: list[Display] = []
    for line in _lines(element):
        if found and (not line.number or not found[-1].number or _CONTINUES.match(line.latex)):
            found[-1] = _together(found[-1], line)
        else:
            found.append(line)
    return tuple(display for display in found if display.latex and len(display.latex) <= _LONGEST)


def references(display: Display, counted: Mapping[str, int]) -> int:
    """How often the text refers to it."""
    return sum(counted.get(name, 0) for name in display.ids)


def _lines(element: Element) -> Iterator[Display]:
    rows = [row for row in every(element, "ltx_eqn_row") if not has(row, "ltx_equationgroup")] or [element]
    for row in rows:
        formulas = [latex_of(found) for found in _outermost(row)]
        latex = without_end(" ".join(formula for formula in formulas if formula))
        yield Display(latex, _number(row), _ids(row, element, is_only=len(rows) == 1))


def _outermost(row: Element) -> Iterator[Element]:
    """The formulas of a row, but not those inside others or in its number."""
    for found in row.iter("math", "span"):
        if is_formula(found) and not any(is_formula(above) or has(above, "ltx_tag") for above in found.iterancestors()):
            yield found


def _number(row: Element) -> str:
    tag = first(row, "ltx_tag_equation")
    return "" if tag is None else plain(text_of(tag), longest=20).strip("()[] ")


def _ids(row: Element, element: Element, *, is_only: bool) -> frozenset[str]:
    above = row.getparent()
    holders = [row, above if above is not None and above.tag == "tbody" else row, element if is_only else row]
    return frozenset(name for holder in holders if (name := holder.get("id")))


def _together(one: Display, other: Display) -> Display:
    latex = " \\\\ ".join(part for part in (one.latex, other.latex) if part)
    return Display(latex, one.number or other.number, one.ids | other.ids)
