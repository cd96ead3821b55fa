"""Owns displayed formulas: their lines, their numbers, and LaTeX that others than TeX can read."""

import re
from dataclasses import dataclass

from bot.sources.eprint.tex.rows import rows_and_cells
from bot.sources.eprint.tex.scanning import argument, braced

_MOST_ROWS = 60
LONGEST = 3_000
"""Characters of a formula; what is longer fits no picture."""

_LINED = ("align", "gather", "eqnarray", "flalign", "alignat")
_SINGLE = ("equation", "multline", "dmath")
_LABEL = re.compile(r"\\label[ \t]*\{([^{}]{1,200})\}")
_TAG = re.compile(r"\\tag\*?[ \t]*\{((?:[^{}]|\{[^{}]{0,40}\}){1,60})\}")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)(?![a-zA-Z])")
_DROPPED = re.compile(
    r"\\(?:nonumber|notag|displaystyle|textstyle|allowdisplaybreaks|noindent|centering|smallskip|medskip|bigskip|qedhere"
    r"|footnotesize|small|scriptsize|normalsize|xspace|protect|nobreak|hfill|null|strut)(?![a-zA-Z])"
    r"|\\(?:vspace|hspace|phantom|vphantom|hphantom|setlength|color|intertext|footnote|mkern|hskip)(?![a-zA-Z])\*?"
    r"(?:\[[^\]]{0,20}\])?(?:\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}|[ \t]*-?[\d.]{1,8}[ \t]*[a-z]{2})?"
    r"|\\mathstrut(?![a-zA-Z])|\\!"
)
_UNWRAPPED = frozenset((
    "ensuremath", "mathds", "mathbbm", "mbox", "hbox", "textnormal", "textcolor", "colorbox", "resizebox",
    "scalebox", "boxed", "fbox", "smash", "mathclap", "mathrlap", "mathllap", "textup", "bm", "pmb", "textsc",
    "textrm", "textit", "textbf", "texttt", "textsf", "emph",
))  # fmt: skip
_RENAMED = {
    "mathds": "\\mathbb",
    "mathbbm": "\\mathbb",
    "mbox": "\\text",
    "hbox": "\\text",
    "textnormal": "\\text",
    "textup": "\\text",
    "textsc": "\\text",
    "textrm": "\\text",
    "textsf": "\\text",
    "texttt": "\\text",
    "textit": "\\text",
    "textbf": "\\text",
    "emph": "\\text",
    "bm": "\\boldsymbol",
    "pmb": "\\boldsymbol",
}
_KEPT = {"textcolor": 2, "colorbox": 2, "resizebox": 3, "scalebox": 2}
_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_OLD_FONT = re.compile(r"\{[ \t]*\\(cal|rm|bf|it|sf|tt|frak)(?![a-zA-Z])[ \t]*((?:[^{}]|\{[^{}]{0,60}\}){1,120})\}")
_FONTS = {
    "cal": "mathcal",
    "rm": "mathrm",
    "bf": "mathbf",
    "it": "mathit",
    "sf": "mathsf",
    "tt": "mathtt",
    "frak": "mathfrak",
}
_SPLIT = re.compile(r"\\(begin|end)[ \t]*\{(?:split|aligned|alignedat|gathered|multlined)\}(?:\[[tcb]\])?")
_SYNONYMS = {"\\coloneqq": ":=", "\\vcentcolon": ":", "\\dotsc": "\\ldots", "\\dotsb": "\\cdots", "\\middle|": "\\mid "}
_TRAILING = re.compile(r"(?:[\s,.;~]|\\[,;:! ]|\\quad|\\qquad|\\\\)+\Z")
_ENDING = re.compile(r"([.,;])(?:\s|[~}]|\\\\|\\[ ,;:!]|\\end\{\w{1,20}\})*\Z")
_SPACE = re.compile(r"(?:\s|(?<!\\)~)+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a display, or all of it, as a formula of its own.

    Attributes:
        steps: How many numbers LaTeX gives it: more than one where every line of a long formula has its own.
        tag: What the authors print instead of a number.
        ending: The comma or full stop behind it.
    """

    latex: str
    labels: tuple[str, ...]
    steps: int
    tag: str = ""
    ending: str = ""


def lines_of(environment: str, latex: str) -> list[Line]:
    """Cut a display into formulas: a line with a number ends one, and what has no number stays together."""
    name = environment.rstrip("*")
    is_numbered = name in (*_LINED, *_SINGLE) and not environment.endswith("*")
    if name == "alignat" and (said := braced(latex, 0)):
        latex = latex[said[1] :]
    if name not in _LINED:
        return [_line([latex], is_numbered=is_numbered)]
    rows = [" & ".join(row) for row in rows_and_cells(latex)]
    groups: list[list[str]] = []
    is_complete = True
    for row in [row for row in rows if row.strip()][:_MOST_ROWS]:
        is_continued = bool(groups) and name != "gather" and row.lstrip().startswith("&")
        if is_complete and not is_continued:
            groups.append([])
        groups[-1].append(row)
        is_complete = name == "gather" or _has_number(row, is_numbered=is_numbered)
    return [_line(group, is_numbered=is_numbered) for group in groups]


def _has_number(row: str, *, is_numbered: bool) -> bool:
    return _TAG.search(row) is not None or (is_numbered and not _UNNUMBERED.search(row))


def _line(rows: list[str], *, is_numbered: bool) -> Line:
    latex = "\n".join(rows)
    tags = [found[1].strip() for found in _TAG.finditer(latex)]
    labels = tuple(found[1].strip() for found in _LABEL.finditer(latex))
    steps = sum(_has_number(row, is_numbered=is_numbered) and not _TAG.search(row) for row in rows)
    ending = _ENDING.search(_DROPPED.sub("", _TAG.sub("", _LABEL.sub("", rows[-1]))))
    return Line(_tidy(rows), labels, steps, tags[-1] if tags else "", ending[1] if ending else "")


def _tidy(rows: list[str]) -> str:
    """LaTeX in the words that typesetters of formulas know, on one line, several rows aligned; empty if too long."""
    said = [one for row in rows if (one := _single(row))]
    whole = "\\begin{aligned} " + " \\\\ ".join(said) + " \\end{aligned}" if len(said) > 1 else "".join(said)
    latex = whole if len(said) > 1 else _without_marks(whole)
    return latex if len(latex) <= LONGEST else ""


def _single(row: str) -> str:
    row = _TAG.sub("", _LABEL.sub("", row[: 2 * LONGEST]))
    row = _renamed(_DROPPED.sub(" ", row))
    row = _OLD_FONT.sub(lambda found: f"\\{_FONTS[found[1]]}{{{found[2]}}}", row)
    row = _SPLIT.sub(lambda found: f"\\{found[1]}{{aligned}}", row)
    for word, instead in _SYNONYMS.items():
        row = row.replace(word, instead)
    return _TRAILING.sub("", _SPACE.sub(" ", row)).strip()


def _without_marks(row: str) -> str:
    """A row that stands alone is aligned with nothing."""
    rows = rows_and_cells(row)
    if len(rows) == 1:
        return " ".join(" ".join(rows[0]).split())
    return f"\\begin{{aligned}} {row} \\end{{aligned}}"


def _renamed(latex: str, depth: int = 0) -> str:
    kept: list[str] = []
    position = 0
    while found := _COMMAND.search(latex, position):
        kept.append(latex[position : found.start()])
        position = found.end()
        name = found[1]
        if name not in _UNWRAPPED or depth > 6:
            kept.append(found[0])
            continue
        said, end = _last_argument(latex, position, _KEPT.get(name, 1))
        if said is None:
            kept.append(found[0])
            continue
        inner, position = _renamed(said, depth + 1), end
        kept.append(f"{_RENAMED[name]}{{{inner}}}" if name in _RENAMED else f"{{{inner}}}")
    return "".join([*kept, latex[position:]])


def _last_argument(latex: str, position: int, count: int) -> tuple[str | None, int]:
    said: str | None = None
    for _ in range(count):
        if not (found := argument(latex, position)):
            return None, position
        said, position = found
    return said, position
