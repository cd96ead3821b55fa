"""Owns walking through a paper once, as LaTeX does: everything gets its number, its section and its neighbours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model.manuscript import SectionKind
from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.paper.blocks import (
    Appendix,
    Block,
    Break,
    Counting,
    Display,
    Float,
    Heading,
    Label,
    Matter,
    Opening,
    Scope,
    Text,
)
from bot.sources.eprint.paper.counters import Counters, numeral
from bot.sources.eprint.paper.floats import Captioned, captioned
from bot.sources.eprint.paper.formulas import Line, lines_of
from bot.sources.eprint.tex.plain import Target, formula_mark
from bot.sources.headings import kind_of

_LONG_TABLES = ("longtable", "longtable*")
_THEOREM = re.compile(
    r"\\newtheorem\*?[ \t]*\{([a-zA-Z*]{1,40})\}[ \t]*(?:\[([a-z]{1,40})\])?"
    r"[ \t]*\{([^{}]{1,80})\}[ \t]*(?:\[([a-z]{1,20})\])?"
)
_CAPTION = re.compile(r"\\caption(?:of)?(?![a-zA-Z])")
_LABEL = re.compile(r"\\label[ \t]*\{([^{}]{1,200})\}")
NOTHING = Target("", "")
_MOST = 2_000  # of anything


@dataclass
class Part:
    """A section as it is read: paragraphs as LaTeX, displayed formulas as marks in them."""

    title: str
    is_appendix: bool
    paragraphs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A figure or table with its number."""

    content: Captioned
    number: str
    is_wide: bool
    is_appendix: bool


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with its number, the display it stands in (counted from 0), and its section (likewise)."""

    line: Line
    number: str
    display: int
    part: int


@dataclass
class Outline:
    """What a paper is made of, in order."""

    parts: list[Part] = field(default_factory=lambda: [Part("", is_appendix=False)])
    floats: list[Numbered] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)


def outline(
    preamble: Iterable[Block], body: Iterable[Block], *, document_class: str, theorems: str, deadline: Deadline
) -> Outline:
    """Walk through a paper.

    Args:
        theorems: The LaTeX in which theorems are declared.
    """
    walk = _Walk(Counters.of_class(document_class), deadline)
    walk.declare(theorems)
    for block in preamble:
        if isinstance(block, Counting | Matter):
            walk.take(block)
    for block in body:
        deadline.check()
        walk.take(block)
    walk.take(Break())
    return walk.outline


@dataclass
class _Walk:
    counters: Counters
    deadline: Deadline
    outline: Outline = field(default_factory=Outline)
    _paragraph: list[str] = field(default_factory=list)
    _is_appendix: bool = False
    _last: Target = NOTHING
    _displays: int = 0
    _parent_equation: str | None = None
    _theorems: dict[str, tuple[str, str]] = field(default_factory=dict)

    def declare(self, latex: str) -> None:
        """Take in ``\\newtheorem``."""
        for found in list(_THEOREM.finditer(latex))[:100]:
            self._theorems[found[1]] = (found[2] or found[1], found[3])
            if found[4]:
                self.counters.count_within(found[1], found[4])

    def take(self, block: Block) -> None:
        """Go one step on."""
        match block:
            case Text(latex):
                self._paragraph.append(latex)
            case Break():
                self._end_paragraph()
            case Heading():
                self._heading(block)
            case Float():
                self._float(block)
            case Display():
                self._display(block)
            case Appendix():
                self._begin_appendix()
            case Counting(command, arguments):
                self.counters.obey(command, arguments)
            case Label(name):
                self.outline.targets.setdefault(name, self._last)
            case Opening(environment):
                self._theorem(environment)
            case Scope(is_open):
                self._subequations(is_open=is_open)
            case Matter(kind, latex):
                (self.outline.titles if kind == "title" else self.outline.abstracts).append(latex)

    def _end_paragraph(self) -> None:
        said = "".join(self._paragraph).strip()
        self._paragraph.clear()
        if said and len(self.outline.parts[-1].paragraphs) < _MOST:
            self.outline.parts[-1].paragraphs.append(said)

    def _heading(self, heading: Heading) -> None:
        self._end_paragraph()
        for name in (found[1].strip() for found in _LABEL.finditer(heading.title)):
            self.outline.targets.setdefault(name, self._number_section(heading))
            break
        else:
            self._number_section(heading)
        if heading.level <= 1 and len(self.outline.parts) < _MOST:
            self._is_appendix |= kind_of(heading.title, in_appendix=self._is_appendix) is SectionKind.APPENDIX
            self.outline.parts.append(Part(heading.title, self._is_appendix))

    def _number_section(self, heading: Heading) -> Target:
        name = {0: "chapter", 1: "section", 2: "subsection", 3: "subsubsection"}.get(heading.level, "")
        number = self.counters.step(name) if name and heading.is_numbered else ""
        if number or heading.level <= 1:
            self._last = Target("appendix" if self._is_appendix else "section", number)
        return self._last

    def _begin_appendix(self) -> None:
        self._end_paragraph()
        if not self._is_appendix:
            self._is_appendix = True
            self.counters.begin_appendix()

    def _float(self, block: Float) -> None:
        if block.kind not in ("figure", "table"):
            self._other_float(block)
            return
        latex = block.latex
        if block.environment in _LONG_TABLES:
            latex = f"\\begin{{longtable}}{latex}\\end{{longtable}}"
        for content in captioned(latex, block.kind, deadline=self.deadline):
            kind = content.kind if content.kind in ("figure", "table") else block.kind
            self._name(content, kind, number := self._float_number(content, kind))
            if len(self.outline.floats) < _MOST:
                content.kind = kind
                self.outline.floats.append(Numbered(content, number, block.is_wide, self._is_appendix))

    def _float_number(self, content: Captioned, kind: str) -> str:
        if content.is_continued:
            return self.counters.printed(kind)
        return self.counters.step(kind) if content.is_numbered and content.caption is not None else ""

    def _name(self, content: Captioned, kind: str, number: str) -> None:
        for label in content.labels:
            self.outline.targets.setdefault(label, Target(kind, number))
        for place, part in enumerate(sorted(set(content.part_labels) | set(content.part_captions)), start=1):
            for label in content.part_labels.get(part, ()):
                self.outline.targets.setdefault(label, Target(kind, f"{number}{numeral('alph', place)}"))

    def _other_float(self, block: Float) -> None:
        if _CAPTION.search(block.latex):
            number = self.counters.step(block.kind)
            for found in _LABEL.finditer(block.latex):
                self.outline.targets.setdefault(found[1].strip(), Target(block.kind, number))

    def _display(self, block: Display) -> None:
        if self._displays >= _MOST:
            return
        self._paragraph.append(f" {formula_mark(self._displays)} ")
        for line in lines_of(block.environment, block.latex):
            number = line.tag
            for _ in range(line.steps):
                number = self._equation_number()
            self._last = Target("equation", number) if number else self._last
            for label in line.labels:
                self.outline.targets.setdefault(label, Target("equation", number))
            if line.latex:
                self.outline.formulas.append(Formula(line, number, self._displays, len(self.outline.parts) - 1))
        self._displays += 1

    def _equation_number(self) -> str:
        if self._parent_equation is None:
            return self.counters.step("equation")
        self.counters.put("sub", self.counters.value("sub") + 1)
        return f"{self._parent_equation}{numeral('alph', self.counters.value('sub'))}"

    def _subequations(self, *, is_open: bool) -> None:
        self._parent_equation = self.counters.step("equation") if is_open else None
        self._last = Target("equation", self._parent_equation or "")
        self.counters.put("sub", 0)

    def _theorem(self, environment: str) -> None:
        if declared := self._theorems.get(environment):
            counter, title = declared
            self._last = Target(title.lower(), "" if environment.endswith("*") else self.counters.step(counter))
