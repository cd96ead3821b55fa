"""Owns cutting the body of a paper into what follows each other: headings, text, floats, displayed formulas."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.tex.scanning import Environment, argument, braced, bracketed, environments, starred

_LEVELS = {
    "part": -1,
    "chapter": 0,
    "section": 1,
    "subsection": 2,
    "subsubsection": 3,
    "paragraph": 4,
    "subparagraph": 5,
}
_COUNTING = (
    "setcounter",
    "addtocounter",
    "stepcounter",
    "refstepcounter",
    "counterwithin",
    "counterwithout",
    "numberwithin",
)
_MARK = re.compile(
    r"\\begin[ \t]*\{[^{}]{1,60}\}|\\end[ \t]*\{[^{}]{1,60}\}"
    r"|\\(?P<heading>part|chapter|section|subsection|subsubsection|paragraph|subparagraph)(?![a-zA-Z])"
    r"|\\(?P<appendix>appendix|appendices|beginappendix|appendixpage)(?![a-zA-Z])"
    rf"|\\(?P<counting>{'|'.join(_COUNTING)})(?![a-zA-Z])"
    r"|\\(?:renewcommand|def|gdef)\*?[ \t]*\{?\\the(?P<printed>[a-z]+)\}?"
    r"|\\(?P<title>(?:icml|paper|main)?title|Title)(?![a-zA-Z])"
    r"|\\(?P<abstract>abstract)(?![a-zA-Z])"
    r"|\\(?P<captionof>captionof)\*?[ \t]*\{(?P<kind>figure|table)\}"
    r"|\\(?P<label>label)(?![a-zA-Z])"
    r"|\\(?P<item>item|par|maketitle|newpage|clearpage)(?![a-zA-Z])"
    r"|(?P<blank>\n[ \t]*\n\s*)"
    r"|(?P<display>\$\$|\\\[)"
    r"|\\\\|\\[$]"
)
_FLOATS = re.compile(r"(?:teaser|wrap|floating|SC|sideways|side|margin|wide|long)?(?P<kind>figure|table)s?\*?\Z")
_OTHER_FLOATS = re.compile(r"(?P<kind>algorithm|listing)2?e?\*?\Z")
_DISPLAYS = frozenset(
    name + star
    for name in ("equation", "align", "gather", "multline", "eqnarray", "flalign", "alignat", "displaymath", "dmath")
    for star in ("", "*")
)
_SKIPPED = frozenset((
    "thebibliography", "tikzpicture", "verbatim", "lstlisting", "program", "code", "CCSXML", "tabular", "tabular*",
    "tabularx", "keywords", "keyword", "IEEEkeywords", "picture", "pspicture", "algorithmic", "filecontents",
    "filecontents*", "highlights", "references", "comment", "axis", "forest", "tcblisting", "acronym", "tabulary",
    "longtabu", "tabu", "tblr", "biography", "IEEEbiography", "IEEEbiographynophoto", "nomenclature",
))  # fmt: skip
_GROUPS = frozenset(("center", "minipage", "strip", "flushleft", "flushright", "textblock", "adjustwidth"))
_CAPTION_OF = re.compile(r"\\captionof\*?[ \t]*\{(?P<kind>figure|table)\}")
_LABEL = re.compile(r"[ \t]*\n?[ \t]*\\label[ \t]*\{[^{}]{1,200}\}")
_LONGEST_LOOSE = 2_000  # characters between a picture in running text and the end of its caption
_APPENDICES = frozenset(("appendix", "appendices", "subappendices"))


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section.

    Attributes:
        level: 1 for a section, 2 for a subsection; 4 and more stand in the line.
        is_numbered: It has no star.
    """

    level: int
    title: str
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a paragraph."""

    latex: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a paragraph."""


@dataclass(frozen=True, slots=True)
class Float:
    """A figure or a table with all that stands in it.

    Attributes:
        environment: ``figure*``; ``center`` and the like where a caption makes it one.
        kind: ``figure`` or ``table``.
    """

    environment: str
    kind: str
    latex: str

    @property
    def is_wide(self) -> bool:
        """It spans both columns of a two-column page."""
        return self.environment.endswith("*") or self.environment in ("teaserfigure", "widefigure", "strip")


@dataclass(frozen=True, slots=True)
class Display:
    """A displayed formula with its environment; that of ``\\[`` has no name."""

    environment: str
    latex: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """From here on it is the appendix."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A command that changes how things are numbered: its name and its arguments."""

    command: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A name for what was numbered last."""

    name: str


@dataclass(frozen=True, slots=True)
class Matter:
    """The title or the abstract."""

    kind: str
    latex: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Formulas from here on are parts of one number (``subequations``), or no longer."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of any other environment, which may be a theorem."""

    environment: str


Block = Opening | Heading | Text | Break | Float | Display | Appendix | Counting | Label | Matter | Scope


def blocks(text: str, deadline: Deadline) -> tuple[Block, ...]:
    """Cut *text*, expanded TeX, into blocks in the order in which they are printed."""
    return tuple(_Cutter(text, environments(text), deadline).blocks())


@dataclass
class _Cutter:
    text: str
    known: Mapping[int, Environment]
    deadline: Deadline
    _never_closed: set[str] = field(default_factory=set)

    def blocks(self) -> Iterator[Block]:
        position = 0
        while found := _MARK.search(self.text, position):
            self.deadline.check()
            if found.start() > position:
                yield Text(self.text[position : found.start()])
            position, parts = self._marked(found)
            yield from parts
        if position < len(self.text):
            yield Text(self.text[position:])

    def _marked(self, found: re.Match[str]) -> tuple[int, tuple[Block, ...]]:
        """What a mark opens, and where reading goes on."""
        if found[0].startswith("\\begin"):
            return self._environment(found)
        if found[0].startswith("\\end"):
            name = found[0].partition("{")[2][:-1].strip()
            return found.end(), (Scope(is_open=False),) if name == "subequations" else ()
        if found["heading"]:
            return self._heading(found["heading"], found.end())
        if found["counting"] or found["printed"]:
            return self._counting(found)
        if found["title"] or found["abstract"]:
            said = self._behind_options(found.end())
            kind = "abstract" if found["abstract"] else "title"
            return (said[1], (Matter(kind, said[0]),)) if said else (found.end(), ())
        if found["captionof"]:
            return self._loose(found)
        if found["label"]:
            named = braced(self.text, found.end())
            return (named[1], (Label(named[0].strip()),)) if named else (found.end(), ())
        if found["display"]:
            return self._display(found)
        if found["appendix"]:
            return found.end(), (Appendix(),)
        if found["item"] or found["blank"]:
            return self._after_item(found), (Break(),)
        return found.end(), (Text(found[0]),)

    def _environment(self, found: re.Match[str]) -> tuple[int, tuple[Block, ...]]:
        inside = self.known.get(found.start())
        name = found[0].partition("{")[2][:-1].strip()
        if name in _APPENDICES:
            return found.end(), (Appendix(),)
        if name == "subequations":
            return found.end(), (Scope(is_open=True),)
        if inside is None:
            return found.end(), ()
        body = self.text[inside.body : inside.body_end]
        if name in _DISPLAYS:
            return inside.end, (Display(name, body),)
        if kind := _float_kind(name, body):
            return inside.end, (Float(name, kind, body),)
        if name == "abstract":
            return inside.end, (Break(), Matter("abstract", body), Break())
        if other := _OTHER_FLOATS.match(name):
            return inside.end, (Float(name, other["kind"], body),)
        if name in _SKIPPED:
            return inside.end, ()
        return self._behind_arguments(name, found.end()), (Opening(name),)

    def _loose(self, found: re.Match[str]) -> tuple[int, tuple[Block, ...]]:
        """A caption in running text: the picture is the one right before it."""
        start = self.text.rfind("\\includegraphics", max(0, found.start() - _LONGEST_LOOSE), found.start())
        said = self._behind_options(found.end())
        if start < 0 or said is None:
            return said[1] if said else found.end(), ()
        label = _LABEL.match(self.text, said[1])
        end = label.end() if label else said[1]
        return end, (Float("captionof", found["kind"], self.text[start:end]),)

    def _behind_arguments(self, name: str, position: int) -> int:
        """Where the text of an environment begins: behind ``[t]{0.5\\textwidth}``."""
        if found := bracketed(self.text, position):
            position = found[1]
        if name in ("minipage", "multicols", "adjustwidth", "spacing", "textblock", "tabbing"):
            said = braced(self.text, position)
            position = said[1] if said else position
        return position

    def _heading(self, name: str, position: int) -> tuple[int, tuple[Block, ...]]:
        is_starred, position = starred(self.text, position)
        said = self._behind_options(position)
        if said is None:
            return position, ()
        return said[1], (Break(), Heading(_LEVELS[name], said[0], not is_starred))

    def _behind_options(self, position: int) -> tuple[str, int] | None:
        found = bracketed(self.text, position)
        return braced(self.text, found[1] if found else position)

    def _counting(self, found: re.Match[str]) -> tuple[int, tuple[Block, ...]]:
        said: list[str] = [found["printed"]] if found["printed"] else []
        position = starred(self.text, found.end())[1]
        if behind := bracketed(self.text, position):
            position = behind[1]
        most = 1 if found["counting"] in ("stepcounter", "refstepcounter") else 2
        while len(said) < most and (one := argument(self.text, position)):
            said.append(one[0])
            position = one[1]
        return position, (Counting(found["counting"] or "the", tuple(said)),)

    def _display(self, found: re.Match[str]) -> tuple[int, tuple[Block, ...]]:
        closing = "$$" if found[0] == "$$" else "\\]"
        end = -1 if closing in self._never_closed else self.text.find(closing, found.end())
        if end < 0:
            self._never_closed.add(closing)
            return found.end(), ()
        return end + 2, (Display("", self.text[found.end() : end]),)

    def _after_item(self, found: re.Match[str]) -> int:
        if found["item"] != "item":
            return found.end()
        said = bracketed(self.text, found.end())
        return said[1] if said and len(said[0]) < 12 else found.end()


def _float_kind(name: str, body: str) -> str:
    """``figure``, ``table``, or nothing."""
    if found := _FLOATS.match(name):
        return found["kind"]
    if name in _GROUPS and (said := _CAPTION_OF.search(body)):
        return said["kind"]
    return ""
