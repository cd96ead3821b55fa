"""Owns the short forms that packages for acronyms print for their keys."""

import re
from collections.abc import Mapping

_MOST = 500
_DEFINED = re.compile(
    r"\\(?:newacronym[ \t]*(?:\[[^\]]{0,200}\])?)[ \t]*\{(?P<glossary>[^{}]{1,60})\}[ \t]*\{(?P<said>[^{}]{1,60})\}"
    r"|\\(?:acro|acrodef|newacro)[ \t]*\{(?P<acronym>[^{}]{1,60})\}[ \t]*(?:\[(?P<short>[^\]]{1,60})\])?"
    r"|\\DeclareAcronym[ \t]*\{(?P<declared>[^{}]{1,60})\}[ \t\n]*"
    r"\{[^{}]{0,200}?short[ \t]*=[ \t]*\{?(?P<form>[^{},\n]{1,60})"
)


def acronyms_of(latex: str) -> Mapping[str, str]:
    """Read the definitions of the packages glossaries, acronym and acro, by key."""
    found: dict[str, str] = {}
    for one in _DEFINED.finditer(latex):
        key = (one["glossary"] or one["acronym"] or one["declared"]).strip()
        if len(found) < _MOST:
            found[key] = (one["said"] or one["short"] or one["form"] or key).strip()
    return found
