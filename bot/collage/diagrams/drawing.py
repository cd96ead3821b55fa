"""Owns what a drawing says, before anything has a size or a place."""

from dataclasses import dataclass
from enum import StrEnum

Spot = tuple[float, float]
"""Column and row on the coarse grid of a drawing whose nodes have places."""


class Tone(StrEnum):
    """How loud a node, an arrow or a group is."""

    SOFT = "soft"
    TINT = "tint"
    ACCENT = "accent"
    GHOST = "ghost"
    WARN = "warn"


class Way(StrEnum):
    """Where the arrows of a drawing without places lead."""

    RIGHT = "right"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Node:
    """Something that is drawn, with its words.

    Attributes:
        kind: A name of `bot.collage.diagrams.kinds`.
        parameters: What else the kind wants to know: ``4x4``, ``lit``, ``5``.
        at: Its place for wide boxes; None lets the composer place it.
        at_tall: Its place for tall boxes, where that differs.
        size: Columns and rows it spans; None for its natural size.
    """

    name: str
    kind: str
    parameters: tuple[str, ...] = ()
    label: str = ""
    second: str = ""
    tone: Tone = Tone.SOFT
    at: Spot | None = None
    at_tall: Spot | None = None
    size: Spot | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes.

    Attributes:
        bend, is_straight: How far it bows to its left, as a share of its length, or that it does not; only where nodes
            have places.
    """

    start: str
    end: str
    label: str = ""
    tone: Tone = Tone.SOFT
    is_dashed: bool = False
    has_head: bool = True
    has_tail: bool = False
    bend: float = 0.0
    is_straight: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A tinted area around nodes."""

    title: str
    members: tuple[str, ...]
    tone: Tone = Tone.SOFT


@dataclass(frozen=True, slots=True)
class Path:
    """A smooth line through spots of the grid."""

    spots: tuple[Spot, ...]
    tone: Tone = Tone.SOFT
    is_dashed: bool = False
    has_head: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes, arrows, and what belongs together.

    Attributes:
        way: None lets the box decide.
        rows: Names that stand side by side, across the way.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    paths: tuple[Path, ...] = ()
    way: Way | None = None

    @property
    def has_places(self) -> bool:
        """True when the editor says where things stand."""
        return any(node.at for node in self.nodes)
