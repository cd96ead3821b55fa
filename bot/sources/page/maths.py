"""Owns the formulas of a page: the LaTeX behind them."""

import re

from lxml import etree

from bot.sources.page.tree import Element, has, text_of

_LINE_END = re.compile(r"%[ \t]*\r?\n[ \t]*")
_PADDING = re.compile(r"\\(?:displaystyle|leavevmode|nobreak)(?![A-Za-z])|\\label\s*\{[^{}]*\}")
_LONGEST = 4000
_END = re.compile(r"(?:[\s,;.]|\\[ ,;:!]|\\q?quad(?![A-Za-z]))+$")


def is_formula(element: Element) -> bool:
    """Tell whether an element is a formula, in a line or displayed."""
    return element.tag == "math" or has(element, "ltx_Math", "ltx_DisplayMath")


def latex_of(formula: Element) -> str:
    """The authors' LaTeX; empty where the page does not have it.

    LaTeXML keeps it in ``alttext`` and mostly in an annotation, MathJax (engrafo) in ``aria-label``.
    """
    said = formula.get("alttext") or _annotation(formula) or _label(formula)
    return " ".join(_PADDING.sub(" ", _LINE_END.sub("", said)).split())


def without_end(latex: str) -> str:
    """Take off the punctuation with which a formula ends its sentence."""
    return latex if len(latex) > _LONGEST else _END.sub("", latex)


def _annotation(formula: Element) -> str:
    for found in formula.iter("annotation"):
        if "tex" in (found.get("encoding") or ""):
            return text_of(found)
    return ""


def _label(formula: Element) -> str:
    return next((said for found in formula.iter(etree.Element) if (said := found.get("aria-label"))), "")
