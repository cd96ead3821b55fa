"""Owns turning LaTeX into plain text: what a reader of the printed page reads, without citations and footnotes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

from bot.sources.eprint.tex.commands import ARGUMENTS, REWRITTEN, WORDS
from bot.sources.eprint.tex.scanning import argument, options, starred
from bot.wording.formulas import readable
from bot.wording.plain import unpiled

LONGEST = 20_000
"""Characters of LaTeX that are read at once: ten times a long paragraph."""

_DEEPEST = 40  # groups in each other; the parser calls itself for each
_FIRST_MARK = 0xF0000
_MOST_MARKS = 60_000
MARKS = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + _MOST_MARKS)}]")
"""Private characters that stand behind a reference while text is read; `decode` lets none in."""

_FIRST_FORMULA = 0x100000
FORMULAS = re.compile(f"[{chr(_FIRST_FORMULA)}-{chr(_FIRST_FORMULA + _MOST_MARKS)}]")
"""Private characters that stand for displayed formulas."""

_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_CITATION = re.compile(r"(?:[A-Za-z]?[a-z]*cit(?:e|ation|ing)[a-zA-Z]*|nocite)\Z")
_ACRONYM = re.compile(r"(?:[gG]ls|[aA]c[slfu]?|acr(?:short|long|full))(?P<many>pl?)?\Z")
_TEXTUAL = frozenset(("citet", "Citet", "textcite", "Textcite", "citeauthor", "Citeauthor", "citealt", "newcite"))

_NAMES = {"appendix": ("Appendix", "Appendices"), "corollary": ("Corollary", "Corollaries")}
_REFERENCES = frozenset((
    "ref", "eqref", "autoref", "cref", "Cref", "cpageref", "pageref", "vref", "nameref", "subref", "figref", "tabref",
    "secref", "labelcref", "fullref", "autopageref", "Vref", "fref", "Fref", "hyperref",
))  # fmt: skip
_NAMING = frozenset(("autoref", "cref", "Cref", "fullref", "vref", "Vref", "fref", "Fref"))
_BEGIN_END = re.compile(r"\\(?:begin|end)[ \t]*\{[^{}]{0,40}\}(?:\[[^\]\n]{0,80}\])?")
_LINE_BREAK = re.compile(
    r"\\\\\*?(?:[ \t]*\[[^\]\n]{0,20}\])?|\\newline(?![a-zA-Z])|\\linebreak(?![a-zA-Z])|\\par(?![a-zA-Z])"
)
_FONT_SWITCH = re.compile(
    r"\\(?:bf|it|em|rm|sf|tt|sc|cal|bfseries|itshape|scshape|ttfamily|rmfamily|sffamily|mdseries|upshape|slshape|boldmath"
    r"|normalfont|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|centering|raggedright|noindent"
    r"|indent|sl|displaystyle|textstyle|protect|selectfont|xspace|nobreak|allowbreak|ignorespaces|limits|nolimits"
    r"|hfill|hfil|vfill|smallskip|medskip|bigskip|newpage|clearpage|maketitle|null|strut|leavevmode|unskip|relax)"
    r"(?![a-zA-Z])[ \t]*"
)
_ODDITIES = re.compile(
    r"\\[vh]skip[ ]*-?[\d.]{1,8}[ ]*(?:\\[a-z]+|[a-z]{2})(?:[ ]*(?:plus|minus)[ ]*[\d.]{1,8}[ ]*[a-z]{2,4}){0,2}"
    r"|\\nobreakdash(?![a-zA-Z])[ \t]*|\\-|\\/|\\@|\\!"
)
_SPACES = re.compile(
    r"\\(?:[,;:> ]|quad(?![a-zA-Z])|qquad(?![a-zA-Z])|enspace(?![a-zA-Z])|thinspace(?![a-zA-Z]))|(?<!\\)~"
)
_MATHS = re.compile(r"\\\\|\\\$|\$|\\[()\[\]]")
_NO_MATHS = ("\\\\", "\\$")
_FIRST_MATHS = 0x10F000
_MOST_FORMULAS = 4_000
_IN_LINE = re.compile(f"[{chr(_FIRST_MATHS)}-{chr(_FIRST_MATHS + _MOST_FORMULAS)}]")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BLANK = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_EMPTY = re.compile(r"(?<!\w)[(\[][\s,;]*(?:(?:see|cf\.|e\.g\.|i\.e\.|also|in|and)[\s,;]*){0,6}[)\]]")
_DOUBLED = re.compile(r"([,;])(?:\s*[,;])+")
_LOOSE = re.compile(r"\s+(?=[.,;:!?)\]](?:\s|$|[)\].,;]))|(?<=[(\[])\s+")
# "et al." before a citation that ends the sentence, "Fig." before a number nobody knows.
_TWO_STOPS = re.compile(rf"(?<=\w)\. ?({MARKS.pattern}*) ?\.(?!\.)")
_LEFT = re.compile(r"\\[a-zA-Z]+\*?|[{}]")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def _converter() -> LatexNodes2Text:
    return LatexNodes2Text(latex_context=get_default_latex_context_db(), strict_latex_spaces=False, keep_comments=False)


_CONVERTER = _converter()


def formula_mark(index: int) -> str:
    """The private character that stands for displayed formula *index*."""
    return chr(_FIRST_FORMULA + min(index, _MOST_MARKS))


@dataclass(frozen=True, slots=True)
class Target:
    """What a label stands for.

    Attributes:
        kind: The counter: ``figure``, ``section``.
        number: As printed; empty where it has none.
    """

    kind: str
    number: str


@dataclass
class Plain:
    """Reads LaTeX as text, knowing what its references lead to.

    Attributes:
        targets: By label.
        names: How a citation is said where it is part of a sentence (``Smith et al.``), by key.
        acronyms: What stands for a key of the packages for acronyms.
    """

    targets: Mapping[str, Target] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    acronyms: Mapping[str, str] = field(default_factory=dict)
    _marks: dict[str, str] = field(default_factory=dict)

    def text(self, latex: str) -> str:
        """Read *latex* as one line of plain text."""
        return FORMULAS.sub("", MARKS.sub("", self.marked(latex)))

    def marked(self, latex: str) -> str:
        """Read *latex* like `text`, with the mark of its label behind each reference."""
        said = self._rewritten(latex[:LONGEST])
        said = _ODDITIES.sub("", _LINE_BREAK.sub(" ", _BEGIN_END.sub(" ", said)))
        said = _SPACES.sub(" ", _FONT_SWITCH.sub("", said))
        said, formulas = _without_formulas(_balanced(said))
        return _tidy(_IN_LINE.sub(lambda found: formulas[ord(found[0]) - _FIRST_MATHS], _quoted(_converted(said))))

    def mark_of(self, label: str) -> str:
        """The private character that stands for *label* in marked text."""
        if label not in self._marks:
            self._marks[label] = chr(_FIRST_MARK + 1 + min(len(self._marks), _MOST_MARKS - 2))
        return self._marks[label]

    def _rewritten(self, latex: str, depth: int = 0) -> str:
        """Resolve references and take out what is no text: arguments that say how, citations, footnotes."""
        if depth > 12:
            return ""
        kept: list[str] = []
        position = 0
        while found := _COMMAND.search(latex, position):
            kept.append(latex[position : found.start()])
            instead, position = self._instead(latex, found, depth)
            kept.append(instead)
        return "".join([*kept, latex[position:]])

    def _instead(self, latex: str, found: re.Match[str], depth: int) -> tuple[str, int]:
        name = found[1]
        if name in _REFERENCES:
            return self._reference(name, latex, found.end())
        if _CITATION.match(name):
            return self._citation(name, latex, found.end())
        if spoken := _ACRONYM.match(name):
            return self._acronym(latex, found.end(), ending="s" if spoken["many"] else "")
        if name in WORDS:
            return WORDS[name], found.end()
        if name in REWRITTEN:
            said, position = _arguments(latex, found.end(), REWRITTEN[name][0])
            is_whole = len(said) == REWRITTEN[name][0]
            return (self._rewritten(REWRITTEN[name][1](said), depth + 1) if is_whole else ""), position
        if name in ARGUMENTS:
            count, which = ARGUMENTS[name]
            said, position = _arguments(latex, found.end(), count)
            if len(said) < count:
                return "", found.end()
            kept = self._rewritten(said[which - 1], depth + 1) if which else ""
            return (f"{{{kept}}}" if which else ""), position
        return found[0], found.end()

    def _reference(self, name: str, latex: str, position: int) -> tuple[str, int]:
        if name == "hyperref":
            said, position = options(latex, position)
            return (self.mark_of(said[0].strip()) if said else ""), position
        _, position = starred(latex, position)
        if not (found := argument(latex, position)):
            return "", position
        labels = [label.strip() for label in found[0].split(",") if label.strip()][:12]
        if name in ("pageref", "cpageref", "nameref", "autopageref"):
            return "", found[1]
        return self._said(labels, is_named=name in _NAMING, is_equation=name == "eqref"), found[1]

    def _said(self, labels: Sequence[str], *, is_named: bool, is_equation: bool) -> str:
        """References as they are printed: ``Figures 2 and 3``."""
        targets = [self.targets.get(label, Target("", "")) for label in labels]
        numbers = [
            (f"({target.number})" if is_equation and target.number else target.number) + self.mark_of(label)
            for label, target in zip(labels, targets, strict=True)
        ]
        said = " and ".join([part for part in (", ".join(numbers[:-1]), *numbers[-1:]) if part])
        if not is_named or not targets or not targets[0].kind:
            return said
        kind = targets[0].kind
        one, several = _NAMES.get(kind, (kind.capitalize(), f"{kind.capitalize()}s"))
        return f"{several if len(labels) > 1 else one} {said}"

    def _acronym(self, latex: str, position: int, *, ending: str) -> tuple[str, int]:
        found = argument(latex, starred(latex, position)[1])
        return (self.acronyms.get(found[0].strip(), found[0]) + ending, found[1]) if found else ("", position)

    def _citation(self, name: str, latex: str, position: int) -> tuple[str, int]:
        _, position = starred(latex, position)
        _, position = options(latex, position)
        if not (found := argument(latex, position)):
            return "", position
        if name not in _TEXTUAL:
            return "", found[1]
        names = [self.names[key.strip()] for key in found[0].split(",")[:3] if key.strip() in self.names]
        return " and ".join(names), found[1]


def _arguments(latex: str, position: int, count: int) -> tuple[list[str], int]:
    """Up to *count* arguments, those in brackets passed over."""
    said: list[str] = []
    _, position = starred(latex, position)
    for _ in range(count):
        _, position = options(latex, position)
        if not (found := argument(latex, position)):
            break
        said.append(found[0])
        position = found[1]
    return said, position


def _without_formulas(latex: str) -> tuple[str, list[str]]:
    """Put a private character for each formula, and say what the formulas say."""
    parts: list[str] = []
    formulas: list[str] = []
    position, is_formula = 0, False
    for found in _MATHS.finditer(latex):
        if found[0] in _NO_MATHS:
            continue
        part = latex[position : found.start()]
        if is_formula and len(formulas) < _MOST_FORMULAS:
            formulas.append(readable(part))
            part = chr(_FIRST_MATHS + len(formulas) - 1)
        parts.append(part)
        position, is_formula = found.end(), not is_formula
    return "".join([*parts, latex[position:]]), formulas


def _balanced(latex: str) -> str:
    """Take out braces without a partner and those nested without end, and dollars where one opens nothing."""
    unpaired = _unpaired_braces(latex)
    said = "".join(c for place, c in enumerate(latex) if place not in unpaired) if unpaired else latex
    marks = [found[0] for found in _MATHS.finditer(said) if found[0] not in _NO_MATHS]
    is_paired = len(marks) % 2 == 0 and all(
        (opening, closing) in (("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))
        for opening, closing in zip(marks[::2], marks[1::2], strict=True)
    )
    return said if is_paired else _MATHS.sub(lambda found: found[0] if found[0] in _NO_MATHS else " ", said)


def _unpaired_braces(latex: str) -> set[int]:
    unpaired: set[int] = set()
    opened: list[int] = []
    for found in _BRACE.finditer(latex):
        if found[0] == "{":
            opened.append(found.start())
            if len(opened) > _DEEPEST:
                unpaired.add(found.start())
        elif found[0] == "}" and (not opened or opened.pop() in unpaired):
            unpaired.add(found.start())
    return unpaired | set(opened)


def _converted(latex: str) -> str:
    try:
        return str(_CONVERTER.latex_to_text(latex, tolerant_parsing=True))
    except (LatexWalkerError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return _LEFT.sub(" ", latex).replace("$", "")  # a parser of others on text of strangers: the words remain


def _quoted(said: str) -> str:
    """Set quotation marks and apostrophes as TeX does."""
    return said.replace("`", "‘").replace("'", "’")


def _tidy(said: str) -> str:
    """One line, without what citations leave behind and without characters nobody sees."""
    said = _BLANK.sub(" ", unicodedata.normalize("NFC", said))
    said = unpiled("".join(c for c in said if unicodedata.category(c) not in _HIDDEN or ord(c) >= _FIRST_MARK))
    said = _DOUBLED.sub(r"\1", _EMPTY.sub("", said))
    return _TWO_STOPS.sub(r".\1", " ".join(_LOOSE.sub("", said).split()))
