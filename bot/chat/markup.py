"""Owns formatted text: built from plain pieces, escaped once, measured as Telegram measures it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from html import escape
from itertools import count
from string import Formatter
from typing import NamedTuple, TypeAlias

from bot.wording.lists import gap

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
"""Telegram drops the formatting beyond these without a word. Source: https://limits.tginfo.me, Bot API 10.0."""

_UNSENDABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class Tag(StrEnum):
    """A kind of formatting, in the order in which it is given up when a message has too much of it."""

    ITALIC = "i"
    CODE = "code"
    PRE = "pre"
    BOLD = "b"
    QUOTE = "blockquote"
    LINK = "a"


class Element(NamedTuple):
    """Formatting around some text. `attribute` is what stands in the opening tag after its name."""

    tag: Tag
    children: tuple["Node", ...]
    attribute: str = ""


Node: TypeAlias = str | Element


@dataclass(frozen=True)  # without slots: its markup is written once
class Rich:
    """Formatted text. Its strings are plain: they are escaped when the markup is written, and only then."""

    nodes: tuple[Node, ...] = ()

    def __add__(self, other: "Rich | str") -> "Rich":
        return Rich(self.nodes + rich(other).nodes)

    def __bool__(self) -> bool:
        return _says_something(self.nodes)

    @property
    def plain(self) -> str:
        """What is left when the formatting is taken away."""
        return "".join(_strings(self.nodes))

    @property
    def length(self) -> int:
        """Length after the markup is parsed, in UTF-16 units."""
        return units(self.plain)

    @property
    def entities(self) -> int:
        """How many pieces of formatting it carries."""
        return sum(1 for _ in _elements(self.nodes))

    @cached_property
    def html(self) -> str:
        """Markup for Telegram's HTML mode with at most `ENTITY_LIMIT` entities; the text is always whole."""
        surplus = self.entities - ENTITY_LIMIT
        given_up = _given_up(self.nodes, surplus) if surplus > 0 else frozenset[int]()
        return "".join(_written(self.nodes, given_up))


def rich(content: Rich | str) -> Rich:
    """Take plain text as it is, without control characters."""
    return content if isinstance(content, Rich) else Rich((clean(content),) if content else ())


def bold(content: Rich | str) -> Rich:
    """Make *content* bold."""
    return _element(Tag.BOLD, content)


def italic(content: Rich | str) -> Rich:
    """Make *content* italic."""
    return _element(Tag.ITALIC, content)


def code(content: str) -> Rich:
    """Set *content* as something to type; a tap copies it."""
    return _element(Tag.CODE, content)


def preformatted(content: str, *, language: str) -> Rich:
    """Set *content* as a block of lines in a computer *language*; a tap copies it."""
    inner = _element(Tag.CODE, content, f' class="language-{language}"')
    return Rich((Element(Tag.PRE, inner.nodes),))


def link(url: str, content: Rich | str) -> Rich:
    """Make *content* lead to *url*."""
    return _element(Tag.LINK, content, f' href="{escape(clean(url))}"')


def quotation(content: Rich | str) -> Rich:
    """Put *content* into a quotation that opens when it is pressed."""
    return _element(Tag.QUOTE, content, " expandable")


def strung(parts: Iterable[Rich | str]) -> Rich:
    """Put *parts* behind each other as they are."""
    return Rich(tuple(node for part in parts for node in rich(part).nodes))


def joined(parts: Iterable[Rich | str], separator: str) -> Rich:
    """Join the parts that say something."""
    nodes: tuple[Node, ...] = ()
    for part in (piece for piece in map(rich, parts) if piece):
        nodes += ((separator,) if nodes else ()) + part.nodes
    return Rich(nodes)


def sentences(parts: Iterable[Rich | str]) -> Rich:
    """Put sentences behind each other, as the language that is spoken does it."""
    return joined(parts, gap())


def units(text: str) -> int:
    """Length of *text* in UTF-16 units, which is what Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Drop what must not be sent: control characters (line breaks stay, tabs become spaces) and lone surrogates."""
    return text if text.isprintable() else _UNSENDABLE.sub("", text.replace("\t", " "))


def isolated(text: str) -> str:
    """Fence off *text* where it is written from right to left, so that it does not turn the sentence around it."""
    kept = "".join(character for character in clean(text) if character not in _BIDI_CONTROLS)
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in kept):
        # The mark in front is for readers who take the first letter for the direction of the whole message.
        return f"\u200e\u2068{kept}\u2069"
    return kept


def clipped(text: str, limit: int, *, mark: str = "…") -> str:
    """Shorten *text* to at most *limit* UTF-16 units, at a word where there is one; *mark* shows that it was."""
    if units(text) <= limit:
        return text
    head = _first_units(text, limit - units(mark))
    word_end = max(head.rfind(" "), head.rfind("\n"))
    if word_end > len(head) // 2:
        head = head[:word_end]
    return head.rstrip(" \n,;:–—-") + mark


def filled(template: str, **slots: Rich | str) -> Rich:
    """Put *slots* into the places of *template*: ``filled("Nothing on {query}.", query=bold("vit"))``."""
    nodes: tuple[Node, ...] = ()
    for words, name, _, _ in Formatter().parse(template):
        nodes += ((words,) if words else ()) + (rich(slots[name]).nodes if name else ())
    return Rich(nodes)


def _first_units(text: str, limit: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += units(character)
        if used > limit:
            return text[:index]
    return text


def _element(tag: Tag, content: Rich | str, attribute: str = "") -> Rich:
    inner = rich(content)
    return Rich((Element(tag, inner.nodes, attribute),)) if inner else inner


def _says_something(nodes: tuple[Node, ...]) -> bool:
    for node in nodes:  # a loop, for this is asked of every piece
        if isinstance(node, str):
            if node and not node.isspace():
                return True
        elif _says_something(node.children):
            return True
    return False


def _strings(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from _strings(node.children)


def _elements(nodes: tuple[Node, ...]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from _elements(node.children)


def _given_up(nodes: tuple[Node, ...], surplus: int) -> frozenset[int]:
    """Positions of the elements to leave out: the least important kind first, and of one kind the last first."""
    order = list(Tag)
    ranked = sorted(enumerate(_elements(nodes)), key=lambda item: (order.index(item[1].tag), -item[0]))
    return frozenset(position for position, _ in ranked[:surplus])


def _written(nodes: tuple[Node, ...], given_up: frozenset[int]) -> list[str]:
    positions, written = count(), list[str]()

    def write(children: tuple[Node, ...]) -> None:
        for node in children:
            if isinstance(node, str):
                written.append(escape(node, quote=False))
            elif next(positions) in given_up:
                write(node.children)
            else:
                written.append(f"<{node.tag}{node.attribute}>")
                write(node.children)
                written.append(f"</{node.tag}>")

    write(nodes)
    return written
