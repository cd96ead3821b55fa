"""Owns the tree of a LaTeXML page: how it is parsed, and what its elements are."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree, html

from bot.errors import SourceRefused

Element: TypeAlias = etree._Element

_LARGEST = 60_000_000
"""Bytes. The largest pages are all formulas and have some 20 MB."""
_NOT_TEXT = dict.fromkeys([*range(9), *range(0x0B, 0x0D), *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF])
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_NO_PAGE = re.compile(
    r"no html (?:for|version)|html is not available|conversion to html had a fatal error", re.IGNORECASE
)


def parse(content: bytes) -> Element:
    """Read a page.

    Args:
        content: HTML in whatever encoding; entities are not declared, nothing is fetched.

    Returns:
        The root of its tree.

    Raises:
        SourceRefused: It is too large, no HTML, or no LaTeXML.
    """
    if len(content) > _LARGEST:
        raise SourceRefused(f"the web page has {len(content) // 1_000_000} MB; draft from the source or the PDF")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(_text_of(content).encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceRefused("the web page cannot be read as HTML; draft from the source or the PDF") from error
    if first(root, "ltx_document") is None and first(root, "ltx_page_main") is None:
        reason = (
            "arXiv has no web page of this paper" if _NO_PAGE.search(_opening(root)) else "this is no page of a paper"
        )
        raise SourceRefused(f"{reason}; draft from the source or the PDF")
    return root


def classes(element: Element) -> frozenset[str]:
    """The classes of an element; empty for what is no element."""
    return frozenset((element.get("class") or "").split())


def has(element: Element, *names: str) -> bool:
    """Tell whether an element has one of the classes."""
    said = element.get("class")
    return said is not None and not classes(element).isdisjoint(names)


def every(element: Element, name: str) -> Iterator[Element]:
    """The descendants with a class, in document order; *element* may be the first."""
    return (found for found in element.iter(etree.Element) if has(found, name))


def first(element: Element, name: str) -> Element | None:
    """The first of these."""
    return next(every(element, name), None)


def within(element: Element, name: str) -> bool:
    """Tell whether an element stands in one with that class."""
    return any(has(above, name) for above in element.iterancestors())


def text_of(element: Element) -> str:
    """Everything that is written in an element, as it stands."""
    return "".join(str(part) for part in element.itertext())


def fragment(link: Element) -> str:
    """The id that a link points at; empty for a link that leads elsewhere."""
    return (link.get("href") or "").partition("#")[2]


def _text_of(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        said = content.decode("utf-16", "replace")
    else:
        try:
            said = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            said = content.decode("cp1252", "replace")
    return _DECLARATION.sub("", said.translate(_NOT_TEXT), count=1) or " "


def _opening(root: Element) -> str:
    return text_of(root)[:20_000]
