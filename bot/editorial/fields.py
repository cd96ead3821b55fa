"""Owns the typed reading of named fields; whatever does not fit becomes a fault with its line."""

import math
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

import yaml

from bot.editorial.faults import Faults, nearest
from bot.editorial.yaml_nodes import line_of

T = TypeVar("T")
Kind = TypeVar("Kind", bound=StrEnum)

_WHOLE = re.compile(r"\d{1,6}")
_EMPTY = frozenset({"", "null", "~"})


class Fields:
    """The fields of one mapping. A faulty field is noted and reads as empty; `finish` notes the unknown ones."""

    def __init__(self, node: yaml.MappingNode, faults: Faults) -> None:
        self.faults = faults
        self.start = line_of(node)
        self._nodes: dict[str, yaml.Node] = {}
        self._keys: dict[str, int] = {}
        self._asked: list[str] = []
        for key, value in node.value:
            self._take(key, value)

    def _take(self, key: yaml.Node, value: yaml.Node) -> None:
        name = str(key.value)
        if name in self._nodes:
            self.faults.add(line_of(key), f"The field {name!r} is there twice. Keep one.")
        self._nodes[name], self._keys[name] = value, line_of(key)

    @property
    def names(self) -> list[str]:
        """The names that are there, in order."""
        return list(self._nodes)

    def line(self, name: str) -> int:
        """Where the value of a field starts, or the mapping when it is missing."""
        return line_of(self._nodes[name]) if name in self._nodes else self.start

    def fault(self, name: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.faults.add(self.line(name), message)

    def refuse(self, name: str, message: str) -> None:
        """Note a field that does not belong here any more, if it is there, and go on without it."""
        if self._nodes.pop(name, None) is not None:
            self.faults.add(self._keys[name], message)

    def finish(self) -> None:
        """Note every field that nobody asked for."""
        for name in self._nodes.keys() - set(self._asked):
            self.faults.add(self._keys[name], f"There is no field {name!r} here. {nearest(name, self._asked)}")

    def text(self, name: str) -> str:
        """A text that must be there, on one line."""
        found = self.optional_text(name)
        if name not in self._nodes:
            self.faults.add(self.start, f"The field {name!r} is missing. Add it.")
        return found or ""

    def optional_text(self, name: str) -> str | None:
        """A text that may be missing, but not empty."""
        if (node := self.node(name)) is None:
            return None
        found = self.scalar(name, node)
        if found == "":
            self.fault(name, f"The field {name!r} is empty. Fill it or leave it out.")
        return found or None

    def block(self, name: str) -> str:
        """A text that must be there, over several lines, kept as it stands."""
        node = self.node(name)
        if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
            return str(node.value).strip("\n")
        return self.text(name)  # notes what is wrong

    def texts(self, name: str, *, least: int = 0, most: int = 100, blank: bool = False) -> tuple[str, ...]:
        """A list of texts; *blank* ones may be among them."""
        items = self.items(name)
        if items is None:
            return ()
        found = tuple(self.scalar(name, node) or "" for node in items)
        bounds = f"{least} to {most}" if least else f"at most {most}"
        if least and name not in self._nodes:
            self.faults.add(self.start, f"The field {name!r} is missing. Add it with {bounds} values.")
        elif not least <= len(found) <= most:
            self.fault(name, f"The field {name!r} has {len(found)} values. Give it {bounds}.")
        if "" in found and not blank:
            self.fault(name, f"A value of {name!r} is empty. Fill it or take it out.")
        return found

    def lines(self, name: str) -> list[int]:
        """The line of each value of a list."""
        node = self._nodes.get(name)
        return [line_of(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []

    def whole(self, name: str) -> int | None:
        """A whole number, if it is there."""
        found = self.optional_text(name)
        if found is not None and not _WHOLE.fullmatch(found):
            self.fault(name, f"{name!r} must be a whole number, not {found!r}. Write it in digits.")
            return None
        return int(found) if found is not None else None

    def flag(self, name: str) -> bool:
        """True or false; false when it is missing."""
        found = self.optional_text(name)
        if found not in {None, "true", "false"}:
            self.fault(name, f"{name!r} must be true or false, not {found!r}. Write one of them.")
        return found == "true"

    def choice(self, name: str, kinds: type[Kind]) -> Kind | None:
        """One of the values of *kinds*; it must be there."""
        found = self.text(name)
        if found and found not in set(kinds):
            self.fault(name, f"{found!r} is no {name}. {nearest(found, kinds)}")
            return None
        return kinds(found) if found else None

    def parsed(self, name: str, parse: Callable[[str], T]) -> T | None:
        """A text that *parse* understands, if it is there; its ValueError becomes the fault."""
        if (found := self.optional_text(name)) is None:
            return None
        try:
            return parse(found)
        except ValueError as error:
            self.fault(name, f"{error}.")
            return None

    def measures(self, name: str) -> tuple[float | None, ...]:
        """A list of numbers; ``null`` is a gap."""
        return tuple(self._measure(name, node) for node in self.items(name) or ())

    def measure(self, name: str) -> float | None:
        """One number, if it is there."""
        node = self.node(name)
        return self._measure(name, node) if node is not None else None

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts; blank ones may be among them."""
        rows = self.items(name) or ()
        for node in rows:
            if not isinstance(node, yaml.SequenceNode):
                self.faults.add(line_of(node), f"Each of {name!r} must be a list. Write it like [one, two].")
        lists = (node.value for node in rows if isinstance(node, yaml.SequenceNode))
        return tuple(tuple(self.scalar(name, cell) or "" for cell in cells) for cells in lists)

    def mapping(self, name: str) -> "Fields | None":
        """The fields below a field, if it is there."""
        if (node := self.node(name)) is None:
            return None
        return self.below(node, name)

    def mappings(self, name: str) -> list["Fields"]:
        """A list of groups of fields."""
        found = (self.below(node, name) for node in self.items(name) or ())
        return [fields for fields in found if fields is not None]

    def node(self, name: str) -> yaml.Node | None:
        """What a field holds, whatever it is, if it is there."""
        self._asked.append(name)
        return self._nodes.get(name)

    def items(self, name: str) -> Sequence[yaml.Node] | None:
        """The nodes of a list, none when it is missing; None when it is something else, which is noted."""
        node = self.node(name)
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.fault(name, f"{name!r} must be a list. Write it like [one, two].")
        return None

    def scalar(self, name: str, node: yaml.Node) -> str | None:
        """The text a node holds, on one line; None when it is no text, which is noted."""
        if isinstance(node, yaml.ScalarNode):
            return " ".join(str(node.value).split())
        self.faults.add(line_of(node), f"{name!r} must be a text. Put quotes around it.")
        return None

    def below(self, node: yaml.Node, name: str) -> "Fields | None":
        """The fields a node holds; None when it holds none, which is noted."""
        if isinstance(node, yaml.MappingNode):
            return Fields(node, self.faults)
        self.faults.add(line_of(node), f"{name!r} must hold fields. Write them as `name: value` below it.")
        return None

    def _measure(self, name: str, node: yaml.Node) -> float | None:
        found = self.scalar(name, node)
        if found is None or found in _EMPTY:
            return None
        try:
            value = float(found)
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        self.faults.add(line_of(node), f"{found!r} in {name!r} is not a number. Write it like 81.3, or null for a gap.")
        return None
