"""Owns reading the text of arXiv's metadata, which is TeX in places and plain in others: one clean line."""

import re
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

from bot.wording.formulas import readable
from bot.wording.plain import plain

LONGEST = 20_000
"""Characters. arXiv takes abstracts of up to 1,920; nothing that is said on one line is longer than this."""
_DEEPEST = 40
"""Nested groups; the library calls itself for each."""

_MATHS = re.compile(r"(?<!\\)(\$\$?)((?:[^$\\]|\\.){1,600}?)\1|\\\((.{1,600}?)\\\)", re.DOTALL)
_MONEY = re.compile(r"\d[\d.,]*\s?\w*\s+[^\W\d_]{2,}")
_SURELY_MATHS = re.compile(r"[\\_^]|^\W+$|^\s*\w{1,2}\s*$")
_HAS_TEX = re.compile(r"[\\{}]|--|``|''")
_SPECIAL = re.compile(r"(?<!\\)([%&#$])")  # nobody compiles an abstract: in running text these mean themselves
_TIE = re.compile(r"(?<=[A-Za-z.])~(?=[\w\\$])")
_TILDE = re.compile(r"(?<!\\)~")
_LEFT_OUT = re.compile(
    r"\\(?:[cC]ite[a-zA-Z]{0,8}|label|footnote|thanks|input|include|href)\*?\s{0,3}(?:\[[^\]]{0,80}\])?\{[^{}]{0,200}\}"
)
_COMMAND = re.compile(r"\\(?:[a-zA-Z]{1,40}\s{0,3}|.)|[{}]")


def read_text(text: str) -> str:
    """Reduce a title, a name or an abstract to plain characters. Never raises.

    Accents become letters, short maths becomes characters (``$10^{-3}$`` gives ``10⁻³``); macros that nobody knows go
    and leave their arguments.
    """
    bounded = text[:LONGEST]
    parts: list[str] = []
    end = at = 0
    while found := _MATHS.search(bounded, at):
        if _is_maths(found):
            parts += [_prose(bounded[end : found.start()]), readable(found[2] or found[3])]
            at = end = found.end()
        else:
            at = found.start() + len(found[1])
    return plain("".join([*parts, _prose(bounded[end:])]), longest=LONGEST)


def _is_maths(found: re.Match[str]) -> bool:
    """Tell maths from sums of money, of which two also stand between dollars.

    Source: https://pandoc.org/MANUAL.html#math (no blank inside the dollars, no digit behind them)
    """
    if found[1] is None:
        return True
    said = found[2]
    is_tight = said == said.strip() and not found.string[found.end() : found.end() + 1].isdigit()
    return not _MONEY.match(said) and (is_tight or _SURELY_MATHS.search(said) is not None)


def _prose(text: str) -> str:
    if not _HAS_TEX.search(text):
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]  # the library drops them
    kept = _TILDE.sub(r"\\textasciitilde{}", _LEFT_OUT.sub("", _TIE.sub(" ", text)))
    return before + _converted(_SPECIAL.sub(r"\\\1", kept)).strip() + after


def _converted(latex: str) -> str:
    if latex.count("{") <= _DEEPEST or _depth(latex) <= _DEEPEST:
        try:
            return str(_SPEAKER.latex_to_text(latex))
        except (LatexWalkerError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
            pass  # what the library cannot read is read below
    return _COMMAND.sub("", latex)


def _depth(latex: str) -> int:
    depth = deepest = 0
    for char in latex:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    return deepest


def _address(node: Any, l2tobj: Any) -> str:
    return str(l2tobj.nodelist_to_text(node.nodeargd.argnlist)) if node.nodeargd else ""


def _speaker() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    context.add_context_category("links", prepend=True, macros=[MacroTextSpec("url", simplify_repl=_address)])
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces="macros", keep_comments=True)


_SPEAKER = _speaker()
