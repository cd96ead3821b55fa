"""Owns how a drawing is read: one statement per line."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from bot.collage.diagrams.connections import ARROWS, edges_of
from bot.collage.diagrams.drawing import Drawing, Edge, Group, Node, Path, Tone, Way
from bot.collage.diagrams.statements import Fault, Word, after_colon, group, meant, node, path, words_of
from bot.errors import CollageError

_MOST_NODES = 40
_NAME = re.compile(r"[A-Za-z_][\w-]*\Z")
_RESERVED = frozenset({"group", "row", "path", "right", "down", "bend", "straight", *Tone})


@dataclass(slots=True)
class _Read:
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[int, Edge]] = field(default_factory=list)
    groups: list[tuple[int, Group]] = field(default_factory=list)
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    way: Way | None = None


@lru_cache(maxsize=256)
def parse(text: str) -> Drawing:
    """Read a drawing.

    Raises:
        CollageError: A line cannot be read; the message names it and says what to write.
    """
    read = _Read()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            _statement(number, line, read)
        except Fault as fault:
            raise CollageError(f"line {number} of the drawing: {fault}") from None
    _check(read)
    return Drawing(
        tuple(read.nodes.values()),
        tuple(edge for _, edge in read.edges),
        tuple(group for _, group in read.groups),
        tuple(row for _, row in read.rows),
        tuple(read.paths),
        read.way,
    )


def fault_of(text: str) -> str | None:
    """Say what is wrong with a drawing and what to do about it; None when it can be drawn."""
    try:
        parse(text)
    except CollageError as error:
        return str(error)
    return None


def _statement(number: int, line: str, read: _Read) -> None:
    words = list(words_of(line))
    if not words:
        return
    if any(not word.is_quoted and word.text in ARROWS for word in words):
        read.edges += [(number, edge) for edge in edges_of(words)]
        return
    first = words[0].text
    if first in (Way.RIGHT, Way.DOWN) and len(words) == 1:
        read.way = Way(first)
    elif first == "group":
        read.groups.append((number, group(words[1:])))
    elif first in ("row", "row:"):
        names = after_colon(words)
        if len(names) < 2:
            raise Fault("a row wants at least two names, as in `row: a b`")
        read.rows.append((number, tuple(word.text for word in names)))
    elif first == "path":
        read.paths.append(path(words[1:]))
    else:
        _add_node(words, read)


def _add_node(words: list[Word], read: _Read) -> None:
    name = words[0].text.removesuffix(":")
    rest = words[1:]
    if not words[0].text.endswith(":"):
        if not rest or rest[0].text != ":":
            raise Fault(
                f'{words[0].text!r} begins no statement; write `{name}: box "Words"` for a node, `a -> b` for an arrow'
            )
        rest = rest[1:]
    if not _NAME.match(name) or name in _RESERVED:
        raise Fault(f"{name!r} cannot be a name; begin with a letter, then letters, digits, - or _")
    if name in read.nodes:
        raise Fault(f"{name} is described twice; give the second node another name")
    read.nodes[name] = node(name, rest)


def _check(read: _Read) -> None:
    """What can be said only when every line is known."""
    named = [(number, name) for number, edge in read.edges for name in (edge.start, edge.end)]
    named += [(number, name) for number, group in read.groups for name in group.members]
    named += [(number, name) for number, row in read.rows for name in row]
    for number, name in named:
        if name not in read.nodes:
            raise CollageError(
                f"line {number} of the drawing: no line describes {name!r}{meant(name, *read.nodes)};"
                f' add `{name}: box "Words"`'
            )
    if not read.nodes:
        raise CollageError('the drawing shows nothing; write a line such as `a: box "Words"`')
    if len(read.nodes) > _MOST_NODES:
        raise CollageError(
            f"the drawing has {len(read.nodes)} nodes; nobody reads more than {_MOST_NODES}, leave some out"
        )
    homeless = [node.name for node in read.nodes.values() if node.at is None]
    has_places = len(homeless) < len(read.nodes)
    if has_places and homeless:
        raise CollageError(
            f"{homeless[0]} has no place and others have; give it one (`at 2,1`), or take away all places"
        )
    if not has_places and (read.paths or any(edge.bend or edge.is_straight for _, edge in read.edges)):
        raise CollageError("paths and bends want places; give every node one (`at 2,1`), or take them away")
