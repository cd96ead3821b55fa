"""Owns formulas: from LaTeX to a measured drawing."""

import re
import threading
from dataclasses import dataclass
from functools import lru_cache

from ziamath.tex import tex2mml
from ziamath.zmath import Latex

from bot.errors import CollageError

_EM = 100.0  # formulas are set once at this size and scaled from there
_ESCAPED = re.compile(r"\\.")
_COMMAND = re.compile(r"\\[A-Za-z]+")  # what the parser does not know it leaves as it stands
_lock = threading.Lock()  # ziamath keeps global state


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula as SVG, with its size in em."""

    svg: str
    width: float
    height: float


def fault_of(latex: str) -> str | None:
    """Say what is wrong with *latex*, where the typesetter itself would draw something else without a word."""
    bare = _ESCAPED.sub("", latex)
    if bare.count("{") != bare.count("}"):
        return "its braces do not pair"
    try:
        with _lock:
            mathml = tex2mml(latex)
    except Exception as error:  # the parser raises whatever it stumbles over
        return f"it cannot be read ({error or type(error).__name__})"
    unknown = _COMMAND.search(mathml)
    return f"{unknown[0]} is no command we know" if unknown else None


@lru_cache(maxsize=256)
def typeset(latex: str, colour: str) -> Typeset:
    """Set *latex* (maths mode, no dollar signs) in *colour*.

    Raises:
        CollageError: It is no LaTeX we can set.
    """
    try:
        with _lock:
            formula = Latex(latex, size=_EM, color=colour, margin=1.0)
            element = formula.svgxml()
            svg = formula.svg()
    except Exception as error:  # the parser raises whatever it stumbles over: KeyError, IndexError, its own classes
        raise CollageError(f"the formula {latex!r} cannot be typeset ({error}); correct its LaTeX") from error
    width, height = float(element.attrib["width"]), float(element.attrib["height"])
    return Typeset(svg, width / _EM, height / _EM)
