r"""Owns how a short formula is said in a line of text: ``\sqrt{d_k}`` as ``√(dₖ)``."""

import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

from bot.wording.plain import plain

_LONGEST = 1000
"""Characters of LaTeX that are looked at; nobody reads a longer formula in a sentence."""
_DEEPEST = 40
"""Nested groups; the library calls itself for each."""

_LINE_END = re.compile(r"%[ \t]*\r?\n[ \t]*")
_WITHOUT_MEANING = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|leavevmode|nobreak|limits|nolimits|nonumber|left|right|middle|[bB]igg?[lrm]?"
    r"|mathopen|mathclose|mathrel|mathbin|mathop|boldsymbol|mathstrut|ensuremath|protect)(?![A-Za-z])"
)
_LABEL = re.compile(r"\\(?:label|tag\*?|cite[a-z]*|input|include|hspace\*?|vspace\*?|color)\s*\{[^{}]*\}")
_PRIMED = re.compile(r"\^\s*\{\s*(?:\\prime(?![A-Za-z])|')\s*([^{}\s][^{}]*)\}")
_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_MAPPED = {
    "_": dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    "^": dict(zip("0123456789+-=()abcdegiklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᵍⁱᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
}
_NEEDS_READING = re.compile(r"[\\$&%#~`']")
_SPECIAL = {"\\circ": "°", "\\prime": "′", "\\dagger": "†", "*": "*", "'": "′"}
_FUNCTIONS = (
    "log", "ln", "exp", "sin", "cos", "tan", "tanh", "min", "max", "argmin", "argmax", "lim", "sup", "inf", "det", "Pr",
)  # fmt: skip
_FRACTION = re.compile(r"\\(?:[dtcs]|nice)frac(?![A-Za-z])")
_BINOMIAL = re.compile(r"\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_SIGNS = {"|": "‖", "Vert": "‖", "colon": ": ", "checkmark": "✓", "cmark": "✓", "xmark": "✗", "%": "%"}
_SIMPLE = re.compile(r"√?\w{1,8}|√\(\w{1,8}\)")
_BEFORE_BRACKET = re.compile(rf"\b({'|'.join(_FUNCTIONS)}) +(?=\()")
_RELATIONS = re.compile(r"\s*(:=|[=≈≤≥≪≫∈∉⊂⊆→←↦≠≡∝∼]|(?<![_^(,\d])[<>])\s*")


def readable(latex: str) -> str:
    r"""Say a formula with the characters of a text.

    Args:
        latex: Maths mode, without dollars: ``10^{-5}``. Unknown macros lose their name and keep their arguments.

    Returns:
        One line: ``10⁻⁵``; empty where nothing can be said. Never raises on what it is given.
    """
    return _readable(latex[:_LONGEST])


@lru_cache(maxsize=4096)
def _readable(latex: str) -> str:
    if _depth(latex) > _DEEPEST:
        return ""
    bare = _LABEL.sub("", _WITHOUT_MEANING.sub("", _LINE_END.sub("", latex)))
    bare = _BINOMIAL.sub(r"(\1 \\text{ choose } \2)", _FRACTION.sub(r"\\frac", bare))
    scripted = _with_scripts(bare)
    try:
        said = _SPEAKER.latex_to_text(scripted) if _NEEDS_READING.search(scripted) else _without_groups(scripted)
    except (LatexWalkerError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        said = re.sub(r"\\[A-Za-z]+|[{}$\\]", "", bare)
    return plain(_tidied(said), longest=_LONGEST)


def _without_groups(latex: str) -> str:
    """What the library would say of a formula without commands; most are such, and it is slow."""
    return latex.replace("{", "").replace("}", "")


def _speaker() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    own = [MacroTextSpec(name, simplify_repl=f" {name} ") for name in _FUNCTIONS]
    own += [MacroTextSpec(name, simplify_repl=said) for name, said in _SIGNS.items()]
    own += [MacroTextSpec("frac", simplify_repl=_fraction)]
    context.add_context_category("formulas", prepend=True, macros=own)
    return LatexNodes2Text(latex_context=context, math_mode="text", keep_comments=False)


def _parts(node: Any, l2tobj: Any) -> list[str]:
    given = node.nodeargd.argnlist if node.nodeargd else ()
    return [l2tobj.nodelist_to_text([part]).strip() for part in given if part is not None]


def _fraction(node: Any, l2tobj: Any) -> str:
    return "/".join(part if _SIMPLE.fullmatch(part) else f"({part})" for part in _parts(node, l2tobj))


def _with_scripts(latex: str) -> str:
    """Raise and lower what Unicode can; put brackets round what it cannot."""
    return _SCRIPT.sub(_script, _PRIMED.sub(r"′^{\1}", latex))


def _script(found: re.Match[str]) -> str:
    mark, said = found[1], (found[2] if found[2] is not None else found[3]).strip()
    if mark == "^" and said in _SPECIAL:
        return _SPECIAL[said]
    mapped = _MAPPED[mark]
    if said and all(character in mapped for character in said) and (len(said) <= 4):
        return f"{{{''.join(mapped[character] for character in said)}}}"  # a letter would join the macro before it
    bare = re.sub(r"\\(?:text|mathrm|textrm|mathit|operatorname|rm|it|bf)\b\s*", "", said)
    return f"{mark}{{{said}}}" if bare.isalnum() or re.fullmatch(r"\\[A-Za-z]+", said) else f"{mark}{{({said})}}"


def _tidied(said: str) -> str:
    spaced = _RELATIONS.sub(r" \1 ", said)
    bracketed = _BEFORE_BRACKET.sub(r"\1", spaced)
    return re.sub(r"\s+([,;.)\]]|:(?!=))", r"\1", re.sub(r"([(\[])\s+", r"\1", bracketed))


def _depth(latex: str) -> int:
    depth = deepest = 0
    for character in latex:
        depth += (character in "{[") - (character in "}]")
        deepest = max(deepest, depth)
    return max(deepest, latex.count("\\begin"))


_SPEAKER = _speaker()
