"""Owns what an update says before anybody understands it: its number, its chat, how it is written down."""

import json
from typing import Any, TypeAlias

import orjson

from bot.store.incoming import Incoming

Json: TypeAlias = dict[str, Any]

_IDS = range(-(2**63), 2**63)


def read_update(body: bytes | str) -> Json:
    """Read one update.

    Raises:
        ValueError: It is none; the sentence repeats nothing of it.
    """
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        said = _read_leniently(body)
    if not isinstance(said, dict) or not _is_id(said.get("update_id")):
        raise ValueError("there is no update in it")
    return said


def as_incoming(said: Json) -> Incoming:
    """An update as it is written down.

    Raises:
        ValueError: It is nested too deeply.
    """
    return Incoming(said["update_id"], chat_of(said), _written(said))


def chat_of(said: Json) -> int | None:
    """The chat in which an update happened; None for one of no chat, like an inline query."""
    happened = next((it for name, it in said.items() if name != "update_id"), None)
    around = happened if _get(happened, "chat") else _get(happened, "message")
    found = _get(_get(around, "chat"), "id")
    return found if _is_id(found) else None


def _get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in _IDS


def _read_leniently(body: bytes | str) -> Any:
    """Half of a pair of surrogates is no Unicode, and yet comes in JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON that can be read") from None


def _written(said: Json) -> str:
    try:
        return orjson.dumps(said).decode()
    except TypeError:  # half of a pair of surrogates again, or a number beyond 64 bits
        return _written_slowly(said)


def _written_slowly(said: Json) -> str:
    try:
        return json.dumps(said)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
