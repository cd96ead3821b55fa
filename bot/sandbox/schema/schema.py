"""Owns the schema: which methods there are, which parameters they take, and what the objects in them hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("bot_api.json")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method, or one field of an object.

    Attributes:
        types: Names of the types it may have; a name in brackets is an array: ``("[InputMedia]",)``.
        fixed: The only value it may have, for fields that say what an object is; else empty.
    """

    name: str
    types: tuple[str, ...]
    is_required: bool
    fixed: str = ""


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Schema:
    """What the Bot API says of itself.

    Attributes:
        names: Every method there is, by its name in lower case, as Telegram spells it.
        methods: Parameters of the methods the sandbox plays, by method.
        objects: Fields by type.
        unions: The types that a name may stand for.
        updates: Kinds of updates.
    """

    names: Mapping[str, str]
    methods: Mapping[str, Fields]
    objects: Mapping[str, Fields]
    unions: Mapping[str, tuple[str, ...]]
    updates: frozenset[str]


@cache
def read_schema() -> Schema:
    """Read the schema that lies beside this module; `tests/distil_bot_api.py` writes it."""
    raw = json.loads(PATH.read_text(encoding="utf-8"))
    return Schema(
        names={name.lower(): name for name in (*raw["methods"], *raw["not_played"])},
        methods={name: _fields(described) for name, described in raw["methods"].items()},
        objects={name: _fields(described) for name, described in raw["types"].items()},
        unions={name: tuple(members) for name, members in raw["unions"].items()},
        updates=frozenset(raw["updates"]),
    )


def alternatives(notation: str) -> tuple[str, ...]:
    """Split ``A|B``; what stands in brackets stays together."""
    return (notation,) if notation.startswith("[") else tuple(notation.split("|"))


def _fields(described: Mapping[str, str]) -> Fields:
    return {name: _field(name, notation) for name, notation in described.items()}


def _field(name: str, notation: str) -> Field:
    types = notation.removesuffix("!")
    is_required = types != notation
    if types.startswith("="):
        return Field(name, ("String",), is_required, fixed=types[1:])
    return Field(name, alternatives(types), is_required)
