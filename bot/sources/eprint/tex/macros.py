"""Owns the authors' own commands: reading their definitions, and putting in what they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.tex.scanning import argument, braced, bracketed, options, skip_blank, starred

_DEEPEST = 24
_MOST_MACROS = 5_000
_MOST_EXPANSIONS = 200_000
_ROOM = 400_000  # characters that all expansions together may add to a text, besides its own length
_LONGEST_BODY = 5_000
_COMMAND = re.compile(r"\\(?:([a-zA-Z]+)|[^a-zA-Z])", re.DOTALL)
_PARAMETER = re.compile(r"##|#([1-9])")
_DEF = re.compile(r"[ \t]*\\([a-zA-Z@]+|.)[ \t]*((?:#[1-9])*)[ \t]*(?=\{)")
_NAME = re.compile(r"[ \t\n]*(?:\{[ \t]*\\([a-zA-Z@]+|.)[ \t]*\}|\\([a-zA-Z@]+|.))")
_LET = re.compile(r"[ \t]*\\([a-zA-Z@]+|.)[ \t]*=?[ \t]*(\\(?:[a-zA-Z@]+|.)|[^\s\\])")
_LOW_LEVEL = re.compile(
    r"[a-zA-Z]@|@[a-zA-Z]|\\(?:csname|expandafter|catcode|afterassignment|futurelet|ifx|read|write)\b"
)
_ENDS_IN_COMMAND = re.compile(r"\\[a-zA-Z]+\Z")
_SPEC = re.compile(r"([oOm])[ ]*(\{[^{}]*\})?")

_DEFINING = frozenset(("newcommand", "renewcommand", "providecommand", "DeclareRobustCommand"))
_DOCUMENT = frozenset(
    ("NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand", "DeclareDocumentCommand")
)
_DEFS = frozenset(("def", "gdef", "edef", "xdef"))
_OPERATORS = frozenset(("DeclareMathOperator",))
_ENVIRONMENTS = frozenset(("newenvironment", "renewenvironment"))
_SPACING = ("\\xspace", "\\onedot")  # these look at what follows before they decide on a space
_PREFIXES = frozenset(("long", "global", "protected", "outer"))
_HANDLED = _DEFINING | _DOCUMENT | _DEFS | _OPERATORS | _ENVIRONMENTS | _PREFIXES | {"let", "DeclarePairedDelimiter"}
# What the readers of figures, sections and words know by itself keeps its meaning, whatever a paper makes of it.
_OURS = frozenset((
    "begin", "end", "caption", "captionof", "subcaption", "label", "ref", "eqref", "autoref", "cref", "Cref",
    "pageref", "nameref", "includegraphics", "includesvg", "epsfig", "psfig", "subfloat", "subfigure",
    "subcaptionbox", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "chapter", "part",
    "appendix", "title", "author", "date", "maketitle", "abstract", "thanks", "footnote", "url", "href", "cite",
    "citet", "citep", "citealp", "citeauthor", "citeyear", "textcite", "parencite", "item", "par", "input",
    "include", "documentclass", "usepackage", "text", "textbf", "textit", "emph", "textsc", "texttt", "textrm",
    "textsf", "bf", "it", "em", "rm", "sf", "tt", "sc", "bibitem", "tag", "nonumber", "notag", "multicolumn",
    "multirow", "hline", "toprule", "midrule", "bottomrule", "cmidrule", "graphicspath", "verb", "left", "right",
    "frac", "sqrt", "sum", "prod", "int", "mathbf", "mathrm", "mathcal", "mathbb", "newif", "fi", "else",
    "footnotemark", "footnotetext", "bibliography", "bibliographystyle", "thefootnote",
))  # fmt: skip
_COUNTED = re.compile(r"the[a-z]+\Z")


@dataclass(frozen=True, slots=True)
class Macro:
    """A command of the authors.

    Attributes:
        body: With ``#1`` … for its arguments.
        defaults: Of the arguments that come in brackets, the first of all.
        required: How many arguments follow.
        is_starred: A star behind it belongs to it.
        is_alias: It stands for a command that is not the authors' (``\\let``), whatever that is redefined to.
    """

    body: str
    defaults: tuple[str, ...] = ()
    required: int = 0
    is_starred: bool = False
    is_alias: bool = False


@dataclass
class Macros:
    """What a paper has defined so far.

    Attributes:
        commands: By name; None for one whose definition is beyond us, which is left as it stands.
        environments: What opens and closes each.
    """

    deadline: Deadline
    commands: dict[str, Macro | None] = field(default_factory=dict)
    environments: dict[str, tuple[Macro, str]] = field(default_factory=dict)
    is_full: bool = False
    _count: int = 0
    _room: int = 0

    def expand(self, text: str) -> str:
        """Put in what the authors' commands stand for, and take out their definitions; learn these on the way."""
        self._room += _ROOM + len(text)
        return self._expanded(text, 0)

    def learn(self, text: str) -> None:
        """Read the definitions in *text*, a style file, and nothing else."""
        self._room += len(text)
        position = 0
        while found := _COMMAND.search(text, position):
            self.deadline.check()
            position = found.end()
            if found[1] in _HANDLED:
                position = self._defined(found[1], text, position) or position

    def _expanded(self, text: str, depth: int) -> str:
        kept: list[str] = []
        position = 0
        while found := _COMMAND.search(text, position):
            self.deadline.check()
            kept.append(text[position : found.start()])
            instead, position = self._instead(text, found, depth)
            kept.append(instead)
        kept.append(text[position:])
        return "".join(kept)

    def _instead(self, text: str, found: re.Match[str], depth: int) -> tuple[str, int]:
        """What stands for a command, and where reading goes on."""
        name, end = found[1] or found[0][1:], found.end()
        if name in _HANDLED and (after := self._defined(name, text, end)) is not None:
            return "", after
        if name in ("begin", "end") and self.environments:
            return self._environment(text, found, depth)
        macro = self.commands.get(name)
        if macro is None or self._is_spent(depth):
            return found[0], end
        if macro.is_alias:
            return macro.body + _gap(macro.body, text[end : end + 1]), end
        return self._called(macro, text, end, depth)

    def _called(self, macro: Macro, text: str, position: int, depth: int) -> tuple[str, int]:
        arguments, end = _arguments(macro, text, position)
        if arguments is None:
            return "", position
        body = self._filled(macro.body, arguments)
        said = self._expanded(body, depth + 1)
        wants_space = said.rstrip().endswith(_SPACING)
        said = said.replace("\\xspace", "")
        if not (macro.required or macro.defaults or wants_space):
            end = _behind_blank(text, end)  # TeX swallows the spaces behind a command
        return said + _gap(said, text[end : end + 1]), end

    def _environment(self, text: str, found: re.Match[str], depth: int) -> tuple[str, int]:
        named = braced(text, found.end())
        if not named or named[0] not in self.environments or self._is_spent(depth):
            return found[0], found.end()
        opening, closing = self.environments[named[0]]
        if found[1] == "end":
            return self._expanded(closing, depth + 1), named[1]
        arguments, end = _arguments(opening, text, named[1])
        return self._expanded(self._filled(opening.body, arguments or ()), depth + 1), end

    def _filled(self, body: str, arguments: Sequence[str]) -> str:
        """*body* with its arguments in place."""
        kept: list[str] = []
        position = 0
        for found in _PARAMETER.finditer(body):
            kept.append(body[position : found.start()])
            number = int(found[1]) - 1 if found[1] else -1
            said = "#" if number < 0 else arguments[number] if number < len(arguments) else ""
            kept.append(_gap(kept[-1], said[:1]) + said)
            position = found.end()
        filled = "".join([*kept, body[position:]])
        self._count += 1
        self._room -= len(filled)
        return filled

    def _is_spent(self, depth: int) -> bool:
        if self._count >= _MOST_EXPANSIONS or self._room <= 0 or depth >= _DEEPEST:
            self.is_full = True
            return True
        return False

    def _defined(self, command: str, text: str, position: int) -> int | None:
        """Read a definition; where it ends, or None if it is none."""
        if command in _PREFIXES:
            return position
        if command in _DEFS:
            return self._def(text, position)
        if command == "let":
            return self._let(text, position)
        if command in _ENVIRONMENTS:
            return self._new_environment(text, position)
        return self._new_command(command, text, position)

    def _new_command(self, command: str, text: str, position: int) -> int | None:
        is_starred, position = starred(text, position)
        if not (named := _NAME.match(text, position)):
            return None
        name, position = named[1] or named[2], named.end()
        if command in _DOCUMENT:
            signature, after = _signature(text, position)
        elif command in _DEFINING:
            said, after = options(text, position)
            count = int(said[0]) if said and said[0].strip().isdecimal() and len(said[0]) < 3 else 0
            signature = (tuple(said[1:2]), max(0, count - len(said[1:2])))
        else:
            signature, after = ((), 0), position
        if not (body := argument(text, after)):
            return None
        if command in _OPERATORS:
            operator = f"\\operatorname{'*' if is_starred else ''}{{{body[0]}}}"
            return self._keep(name, Macro(operator), body[1])
        if command == "DeclarePairedDelimiter":
            closing = argument(text, body[1])
            if not closing:
                return None
            paired = Macro(f"{body[0]}#2{closing[0]}", ("",), 1, is_starred=True)
            return self._keep(name, paired, closing[1])
        return self._keep(name, Macro(body[0], signature[0], signature[1]), body[1])

    def _def(self, text: str, position: int) -> int | None:
        if not (named := _DEF.match(text, position)) or not (body := braced(text, named.end())):
            return self._delimited(text, position)
        return self._keep(named[1], Macro(body[0], (), named[2].count("#")), body[1])

    def _delimited(self, text: str, position: int) -> int | None:
        """A definition with delimited arguments: its command is left alone from now on."""
        named = _NAME.match(text, position)
        opening = text.find("{", named.end(), named.end() + 200) if named else -1
        body = braced(text, opening) if opening >= 0 else None
        if not named or not body:
            return None
        self.commands[named[2] or named[1]] = None
        return body[1]

    def _let(self, text: str, position: int) -> int | None:
        if not (found := _LET.match(text, position)):
            return None
        name, meaning = found[1], found[2]
        if meaning[1:] in self.commands:
            self.commands[name] = self.commands[meaning[1:]]
            return found.end()
        return self._keep(name, None if meaning[1:] == name else Macro(meaning, is_alias=True), found.end())

    def _new_environment(self, text: str, position: int) -> int | None:
        _, position = starred(text, position)
        if not (named := braced(text, position)):
            return None
        said, after = options(text, named[1])
        opening = argument(text, after)
        closing = argument(text, opening[1]) if opening else None
        if not opening or not closing:
            return None
        count = int(said[0]) if said and said[0].strip().isdecimal() and len(said[0]) < 3 else 0
        macro = Macro(opening[0], tuple(said[1:2]), max(0, count - len(said[1:2])))
        # Others (theorems, boxes) are as good as their text.
        if "\\begin" in opening[0] and not _LOW_LEVEL.search(opening[0] + closing[0]):
            self.environments[named[0]] = (macro, closing[0])
        return closing[1]

    def _keep(self, name: str, macro: Macro | None, end: int) -> int | None:
        """Remember a definition; None, which leaves it in the text, for the ones that say how counters are printed."""
        if _COUNTED.match(name):
            return None
        if name in _OURS or "@" in name or len(self.commands) >= _MOST_MACROS:
            return end
        is_known = macro is not None and len(macro.body) <= _LONGEST_BODY and not _LOW_LEVEL.search(macro.body)
        self.commands[name] = macro if is_known else None
        return end


def _arguments(macro: Macro, text: str, position: int) -> tuple[tuple[str, ...] | None, int]:
    """The arguments of a call, and where it ends; None where one is missing."""
    if macro.is_starred:
        _, position = starred(text, position)
    said: list[str] = []
    for default in macro.defaults:
        given = bracketed(text, position)
        said.append(given[0] if given else default)
        position = given[1] if given else position
    for _ in range(macro.required):
        if not (found := argument(text, position)):
            return None, position
        said.append(found[0])
        position = found[1]
    return tuple(said), position


def _signature(text: str, position: int) -> tuple[tuple[tuple[str, ...], int], int]:
    """Read ``{O{x} m m}`` of the xparse package."""
    if not (spec := braced(text, position)):
        return ((), 0), position
    kinds = _SPEC.findall(spec[0])
    return (
        tuple(default[1:-1] for kind, default in kinds if kind != "m"),
        sum(kind == "m" for kind, _ in kinds),
    ), spec[1]


def _behind_blank(text: str, position: int) -> int:
    """Behind spaces, but not behind a blank line, which is a paragraph."""
    after = skip_blank(text, position)
    return position if text.startswith("\n", after) else after


def _gap(before: str, following: str) -> str:
    """A space where a command would run into a letter."""
    return " " if following.isalpha() and _ENDS_IN_COMMAND.search(before[-40:]) else ""
