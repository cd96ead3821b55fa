"""Owns the course of a page: its sections, paragraphs and displayed formulas in reading order."""

from dataclasses import dataclass, field

from lxml import etree

from bot.model.manuscript import Section, SectionKind
from bot.sources.headings import kind_of, without_number
from bot.sources.page.equations import Display, displays, is_display
from bot.sources.page.prose import Prose, joined, prose, said_of
from bot.sources.page.tree import Element, classes, every, first

_SECTIONS = frozenset({"ltx_chapter", "ltx_section", "ltx_appendix", "ltx_part"})
_PARAGRAPHS = frozenset({"ltx_para", "ltx_item", "ltx_theorem", "ltx_proof", "ltx_quote"})
_ELSEWHERE = frozenset({
    "ltx_abstract", "ltx_authors", "ltx_dates", "ltx_bibliography", "ltx_title", "ltx_note", "ltx_figure", "ltx_table",
    "ltx_float", "ltx_tabular", "ltx_page_footer", "ltx_page_navbar", "ltx_page_header", "ltx_TOC", "ltx_keywords",
    "ltx_classification", "ltx_acknowledgements", "ltx_listing", "ltx_verbatim", "ltx_index", "ltx_glossary", "ltx_rdf",
    "ltx_caption",
})  # fmt: skip
_NEVER = frozenset(
    {"script", "style", "noscript", "template", "nav", "header", "footer", "svg", "figure", "form", "button"}
)
_MOST_PARAGRAPHS = 5000
_LONGEST_TITLE = 200
_SHARE_OF_LETTERS = 0.75


@dataclass(slots=True)
class Part:
    """A section while it is read."""

    title: str
    kind: SectionKind
    paragraphs: list[Prose] = field(default_factory=list)

    def section(self) -> Section:
        """The value of it."""
        return Section(self.title, self.kind, tuple(said for paragraph in self.paragraphs if (said := str(paragraph))))


@dataclass(slots=True)
class Shown:
    """A displayed formula while it is read.

    Attributes:
        after: None until the next words are read.
    """

    display: Display
    kind: SectionKind
    before: str
    after: str | None = None


@dataclass(slots=True)
class Body:
    """What was read so far.

    Attributes:
        parts: The first one is what stands before the first heading.
    """

    parts: list[Part] = field(default_factory=lambda: [Part("", SectionKind.OTHER)])
    shown: list[Shown] = field(default_factory=list)
    _open: list[Part] = field(default_factory=list)
    _pieces: list[Prose] = field(default_factory=list)
    _count: int = 0
    _in_appendix: bool = False

    @property
    def is_full(self) -> bool:
        """Tell that nothing more is read."""
        return self._count >= _MOST_PARAGRAPHS

    @property
    def _part(self) -> Part:
        return self._open[-1] if self._open else self.parts[0]

    def begin(self, section: Element) -> None:
        """Go into a section."""
        self.end_paragraph()
        title = without_number(_heading(section))[:_LONGEST_TITLE]
        kind = kind_of(title, in_appendix=self._in_appendix or "ltx_appendix" in classes(section))
        self._in_appendix = self._in_appendix or kind is SectionKind.APPENDIX
        part = Part(title, kind)
        self.parts.append(part)
        self._open.append(part)

    def end(self) -> None:
        """Leave it."""
        self.end_paragraph()
        for shown in self.shown:
            shown.after = shown.after or ""
        if self._open:
            self._open.pop()

    def say(self, said: Prose) -> None:
        """Add words to the paragraph."""
        self._pieces.append(said)
        for shown in reversed(self.shown):
            if shown.after is not None:
                break
            shown.after = next((text for text, _ in said.sentences()), "")

    def show(self, element: Element) -> None:
        """Add a displayed formula to the paragraph."""
        before = self._last_sentence()
        for display in displays(element):
            self.shown.append(Shown(display, self._part.kind, before))
            self._pieces.append(said_of(display.latex))

    def end_paragraph(self) -> None:
        """Let what comes next be a paragraph of its own."""
        said = joined(self._pieces)
        self._pieces = []
        is_wanted = bool(self._open) or _is_prose(str(said))
        if is_wanted and said.marked:
            self._part.paragraphs.append(said)
            self._count += 1

    def _last_sentence(self) -> str:
        words = self._pieces[-1:] or self._part.paragraphs[-1:]
        said = words[0].sentences() if words else ()
        return said[-1][0] if said else ""


def read_body(root: Element) -> Body:
    """Read the sections of a page with their paragraphs and formulas; a subsection belongs to its section."""
    body = Body()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        names = classes(node)
        if body.is_full:
            break
        if event == "end":
            _leave(body, names)
        elif node.tag in _NEVER or names & _ELSEWHERE or _is_front_matter(body, node):
            walk.skip_subtree()
        elif names & _SECTIONS:
            body.begin(node)
        elif is_display(node):
            body.show(node)
            walk.skip_subtree()
        elif node.tag == "p" or "ltx_p" in names:
            body.say(prose(node))
            walk.skip_subtree()
        elif names & _PARAGRAPHS:
            body.end_paragraph()
    body.end()
    return body


def _leave(body: Body, names: frozenset[str]) -> None:
    if names & _SECTIONS:
        body.end()
    elif names & _PARAGRAPHS:
        body.end_paragraph()


def _is_prose(said: str) -> bool:
    """Tell sentences from settings and addresses, which stand before the first heading too."""
    letters = sum(character.isalpha() or character.isspace() for character in said)
    return said[-1:] in set(".?!:。") and letters > _SHARE_OF_LETTERS * len(said) and "@" not in said


def _is_front_matter(body: Body, node: Element) -> bool:
    """Tell addresses and e-mails, which LaTeXML lets stand as a paragraph when it does not know their macros."""
    return len(body.parts) == 1 and (node.tag == "p") and any(True for _ in every(node, "ltx_ERROR"))


def _heading(section: Element) -> str:
    title = next((child for child in section if "ltx_title" in classes(child)), None)
    return "" if title is None else str(prose(title, leave_out=first(title, "ltx_tag")))
