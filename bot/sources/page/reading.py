"""Owns the reading of a whole page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from lxml import etree

from bot.model.manuscript import FoundEquation, FoundFigure, FoundTable, Reading
from bot.model.paper import Link
from bot.sources.links import merged, own_link, own_links
from bot.sources.page.body import Body, read_body
from bot.sources.page.captions import MOST, Caption, broken_parts, figures_of, is_of_appendix, tables_of
from bot.sources.page.equations import references
from bot.sources.page.figures import Pictured, read_figure
from bot.sources.page.images import base_of
from bot.sources.page.prose import prose
from bot.sources.page.tables import read_table
from bot.sources.page.tree import Element, every, first, fragment, has, parse, text_of, within
from bot.sources.supplements import SUPPLEMENT, number_in_paper
from bot.wording.dates import count
from bot.wording.plain import plain

_MOST_CITING = 12
_MOST_LINKS = 60
_OURS = "our code"
_NAMED = re.compile(
    rf"\b(?P<before>(?:{SUPPLEMENT})?)fig(?:ures?|s)?\.?\s*(?P<number>[A-Z]{{0,2}}\.?\d{{1,3}}(?:\.\d{{1,3}})?)",
    re.IGNORECASE,
)
_LONGEST_SENTENCE = 600
_LONGEST_ABSTRACT = 8000
_DAMAGED = re.compile(r"conversion to html had a fatal error", re.IGNORECASE)

_Places: TypeAlias = dict[str, list[tuple[int, str]]]


def read_page(html: bytes, images: Mapping[str, bytes]) -> Reading:
    """Read a paper's web page.

    Args:
        html: LaTeXML's, of arxiv.org/html, ar5iv or Arxiv Vanity.
        images: The pixels of its pictures, by the names that ``image_names`` gives; those not there are left out.

    Returns:
        What was found. Figures have no labels: LaTeXML does not keep the authors' names for them.

    Raises:
        SourceRefused: This is no page of a paper.
    """
    root = parse(html)
    body = read_body(root)
    pictured = _figures(figures_of(root), base=base_of(root), images=images)
    return Reading(
        sections=tuple(section for part in body.parts if (section := part.section()).paragraphs),
        figures=_cited(pictured, body),
        equations=_equations(root, body),
        tables=_tables(tables_of(root)),
        abstract=_abstract(root),
        title=_title(root),
        links=_links(root),
        notes=tuple(_notes(root)),
    )


def _figures(frames: Sequence[tuple[Element, Caption]], *, base: str, images: Mapping[str, bytes]) -> list[Pictured]:
    return [
        read_figure(frame, said, position=place, base=base, images=images) for place, (frame, said) in enumerate(frames)
    ]


def _tables(frames: Sequence[tuple[Element, Caption]]) -> tuple[FoundTable, ...]:
    found = []
    for place, (frame, said) in enumerate(frames):
        rows, heads = read_table(frame)
        is_appendix = within(frame, "ltx_appendix") or is_of_appendix(said.number)
        found.append(FoundTable(said.number, said.words, place, rows, heads, is_appendix))
    return tuple(found)


def _cited(pictured: Sequence[Pictured], body: Body) -> tuple[FoundFigure, ...]:
    """The figures with the sentences that refer to them, by link or, where nothing links, by number."""
    linking, naming = _referring(body)
    return tuple(replace(one.figure, citing=_citing(one, linking, naming)) for one in pictured)


def _referring(body: Body) -> tuple[_Places, _Places]:
    """The sentences of the page, with their places: by the ids they link to, by the figures they name."""
    linking: _Places = defaultdict(list)
    naming: _Places = defaultdict(list)
    said = (pair for part in body.parts for paragraph in part.paragraphs for pair in paragraph.sentences())
    for place, (sentence, targets) in enumerate(said):
        for target in targets:
            linking[target].append((place, sentence))
        for named in _NAMED.finditer(sentence):
            naming[number_in_paper(named["number"], named["before"])].append((place, sentence))
    return linking, naming


def _citing(one: Pictured, linking: _Places, naming: _Places) -> tuple[str, ...]:
    linked = {pair for name in one.ids for pair in linking.get(name, ())}
    said = sorted(linked) or naming.get(one.figure.number, [])
    return tuple(dict.fromkeys(sentence[:_LONGEST_SENTENCE] for _, sentence in said))[:_MOST_CITING]


def _equations(root: Element, body: Body) -> tuple[FoundEquation, ...]:
    counted = Counter(fragment(link) for link in root.iter("a"))
    return tuple(
        FoundEquation(
            latex=shown.display.latex,
            position=place,
            number=shown.display.number,
            references=references(shown.display, counted),
            before=shown.before[:_LONGEST_SENTENCE],
            after=(shown.after or "")[:_LONGEST_SENTENCE],
            section=shown.kind,
        )
        for place, shown in enumerate(body.shown[:MOST])
    )


def _abstract(root: Element) -> str:
    found = first(root, "ltx_abstract")
    if found is None:
        return ""
    said = " ".join(str(prose(part)) for part in found if not has(part, "ltx_title"))
    return plain(said, longest=_LONGEST_ABSTRACT)


def _title(root: Element) -> str:
    found = first(root, "ltx_title_document")
    return "" if found is None else plain(str(prose(found)), longest=500)


def _links(root: Element) -> tuple[Link, ...]:
    """The paper's own links, those of the abstract first."""
    abstract = first(root, "ltx_abstract")
    return merged([*_links_in(abstract, in_abstract=True), *_links_in(root, in_abstract=False)])


def _links_in(element: Element | None, *, in_abstract: bool) -> Iterator[Link]:
    if element is None:
        return
    for anchor in islice(filter(_may_be_own, element.iter("a")), _MOST_LINKS):
        link = own_link(anchor.get("href") or "", said=_OURS if in_abstract else _around(anchor))
        if link:
            yield link
    if in_abstract:
        yield from own_links(text_of(element))


def _may_be_own(anchor: Element) -> bool:
    return own_link(anchor.get("href") or "", said=_OURS) is not None and not within(anchor, "ltx_bibliography")


def _around(anchor: Element) -> str:
    """The words before a link in its paragraph, the paragraph of its footnote included."""
    block = anchor
    for above in anchor.iterancestors():
        block = above
        if above.tag == "p" or has(above, "ltx_p", "ltx_para", "ltx_contact", "ltx_personname"):
            break
    words: list[str] = []
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element is anchor:
            break
        words.append((element.text if event == "start" else element.tail) or "")
    return " ".join("".join(words).split())[-200:]


def _notes(root: Element) -> Iterator[str]:
    if broken := broken_parts(root):
        yield f"The web page has {count(broken, 'place', 'places')} that could not be converted."
    if any(_DAMAGED.search(text_of(found)) for found in every(root, "ltx_page_content") if broken > 50):
        yield "The web page may be cut off."
