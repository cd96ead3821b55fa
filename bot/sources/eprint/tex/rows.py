"""Owns cutting tables and aligned formulas into rows and cells."""

import re

_MARK = re.compile(
    r"\\begin[ \t]*\{[^{}]{1,60}\}|\\end[ \t]*\{[^{}]{1,60}\}"
    r"|(?P<row>\\\\\*?(?:[ \t]*\[[^\]\n\\]{0,20}\])?|\\tabularnewline(?![a-zA-Z])|\\cr(?![a-zA-Z]))|\\.|[{}&]",
    re.DOTALL,
)


def rows_and_cells(latex: str) -> list[list[str]]:
    """Cut at ``\\\\`` and ``&``, where these are not in a group or an environment."""
    rows: list[list[str]] = [[]]
    depth = begin = 0
    for found in _MARK.finditer(latex):
        mark = found[0]
        if mark == "{" or mark.startswith("\\begin"):
            depth += 1
        elif mark == "}" or mark.startswith("\\end"):
            depth = max(0, depth - 1)
        elif depth == 0 and (mark == "&" or found["row"]):
            rows[-1].append(latex[begin : found.start()])
            begin = found.end()
            if found["row"]:
                rows.append([])
    rows[-1].append(latex[begin:])
    return rows
