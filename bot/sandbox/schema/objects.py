"""Owns whether a value is of the type the schema names, and what is wrong with it if not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.schema import phrases
from bot.sandbox.schema.schema import Field, Fields, Schema, alternatives

_INTEGER_MAX = 2**63


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that is wrong with a value.

    Attributes:
        words: What is wrong, with a large first letter.
        is_ours: Telegram would take it, or silently drop it; the sandbox does not.
    """

    words: str
    is_ours: bool = False


def misfits(schema: Schema, value: Any, types: Sequence[str], name: str) -> list[Misfit]:
    """List what keeps *value* from being one of *types*; of several tries the one that came nearest speaks.

    Args:
        schema: What the types are.
        value: Decoded JSON.
        types: In the schema's notation.
        name: Of the parameter or field that holds the value.
    """
    members = tuple(member for kind in types for member in schema.unions.get(kind, (kind,)))
    fitting = _told(schema, value, members) if isinstance(value, dict) else members
    if not fitting:
        kind = types[0] if len(types) == 1 else members[0]
        return [Misfit(phrases.inside(kind, phrases.no_such_type(kind, value.get("type"))))]
    tries = [list(_against(schema, value, kind, name)) for kind in fitting]
    return min(tries, key=len)


def _told(schema: Schema, value: dict[str, Any], members: Sequence[str]) -> tuple[str, ...]:
    """Keep the types that the object itself says it is; all that do not ask, and all when it does not say."""
    return tuple(member for member in members if _may_be(schema.objects.get(member, {}), value))


def _may_be(fields: Fields, value: dict[str, Any]) -> bool:
    return all(value.get(field.name, field.fixed) == field.fixed for field in fields.values() if field.fixed)


def _against(schema: Schema, value: Any, kind: str, name: str) -> Iterator[Misfit]:
    if kind.startswith("["):
        yield from _against_array(schema, value, kind[1:-1], name)
    elif kind in schema.objects:
        for misfit in _against_object(schema, value, schema.objects[kind], kind, name):
            yield misfit if misfit.is_ours else Misfit(phrases.inside(kind, misfit.words))
    elif not _is_plain(value, kind):
        yield Misfit(phrases.wrong_plain(kind, name))


def _against_array(schema: Schema, value: Any, inner: str, name: str) -> Iterator[Misfit]:
    if not isinstance(value, list):
        yield Misfit(phrases.no_array(name))
        return
    for item in value:
        yield from misfits(schema, item, alternatives(inner), f"{name}[]" if inner.startswith("[") else name)


def _against_object(schema: Schema, value: Any, fields: Fields, kind: str, name: str) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield Misfit(phrases.no_object(kind, name))
        return
    for field in fields.values():
        yield from _against_field(schema, value, field)
    for unknown in sorted(value.keys() - fields.keys()):
        yield Misfit(f"{kind} has no field {unknown!r}, which would be ignored", is_ours=True)


def _against_field(schema: Schema, value: dict[str, Any], field: Field) -> Iterator[Misfit]:
    if field.name in value:
        yield from misfits(schema, value[field.name], field.types, field.name)
    elif field.is_required:
        yield Misfit(phrases.missing_field(field.name))


def _is_plain(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind in ("Boolean", "True")
    if isinstance(value, int):
        return kind in ("Integer", "Float", "String") and abs(value) < _INTEGER_MAX
    if isinstance(value, float):
        return kind in ("Float", "String")
    if isinstance(value, str):
        return kind in ("String", "InputFile") or (kind == "Integer" and is_integer(value))
    return False


def is_integer(text: str) -> bool:
    """Tell whether a string is a whole number that fits in 64 bits."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 20 and abs(int(text)) < _INTEGER_MAX
