"""Owns what TeX never sees, or sees letter by letter: comments and verbatim text."""

import re

from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.tex.scanning import braced

_MARK = re.compile(
    r"\\begin[ \t]*\{(?P<block>verbatim\*?|Verbatim\*?|BVerbatim|lstlisting|minted|comment|filecontents\*?|alltt)\}"
    r"|\\(?:verb\*?|lstinline(?:\[[^\]\n]{0,100}\])?)(?P<fence>[^\sA-Za-z*{])"
    r"|\\(?:mintinline(?:\[[^\]\n]{0,100}\])?\{[^{}\n]{0,40}\}|lstinline(?:\[[^\]\n]{0,100}\])?)(?P<open>\{)"
    r"|\\(?:url|path|nolinkurl|href)[ \t]*(?P<address>\{)"
    r"|\\[^\n]"
    r"|(?P<percent>%[^\n]*(?:\n[ \t]*)?)"
)
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_ESCAPED_PERCENT = r"\\%"
_LISTING = "\\begin{verbatim}\\end{verbatim}"
_ESCAPES = str.maketrans(
    {
        "\\": "\\textbackslash{}",
        "{": "\\{",
        "}": "\\}",
        "%": "\\%",
        "$": "\\$",
        "_": "\\_",
        "#": "\\#",
        "&": "\\&",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


def without_comments(text: str, deadline: Deadline) -> str:
    """Take out comments, and make verbatim text harmless.

    Returns:
        TeX in which ``%`` is no comment any more, listings are empty, and what stands in ``\\verb`` is escaped.
    """
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while found := _MARK.search(text, position):
        deadline.check()
        kept.append(text[position : found.start()])
        instead, position = _instead(text, found, unclosed)
        kept.append(instead)
    return "".join([*kept, text[position:]])


def _instead(text: str, found: re.Match[str], unclosed: set[str]) -> tuple[str, int]:
    """What stands for the mark, and where reading goes on."""
    if found["percent"]:
        # The end of the line goes with the comment, unless a blank line, which is a paragraph, follows.
        return ("\n" if text.startswith("\n", found.end()) else ""), found.end()
    if block := found["block"]:
        end = -1 if block in unclosed else text.find(f"\\end{{{block}}}", found.end())
        if end < 0:
            unclosed.add(block)
            return "", found.end()
        return ("" if block == "comment" else _LISTING), end + len(f"\\end{{{block}}}")
    if fence := found["fence"]:
        line_end = text.find("\n", found.end())
        end = text.find(fence, found.end(), line_end if line_end >= 0 else len(text))
        if end < 0:
            return "", found.end()
        return _quoted(text[found.end() : end]), end + 1
    if found["open"] and (said := braced(text, found.end() - 1)):
        return _quoted(said[0]), said[1]
    if found["address"] and (said := braced(text, found.end() - 1)):
        return f"{found[0]}{_BARE_PERCENT.sub(_ESCAPED_PERCENT, said[0])}}}", said[1]
    return found[0], found.end()


def _quoted(said: str) -> str:
    return f"\\texttt{{{said.translate(_ESCAPES)}}}"
