"""Owns reading JSON whose fields come and go: what is not as expected is left out."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bot.wording.plain import plain

_LONGEST_ADDRESS = 300


def read_json(content: bytes) -> Any:
    """Parse *content*; None where it is no JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def text(said: Mapping[str, Any], name: str, *, longest: int) -> str:
    """A text on one line; empty where there is none."""
    value = said.get(name)
    return plain(value, longest=longest) if isinstance(value, str) else ""


def count(said: Mapping[str, Any], name: str) -> int:
    """A number of things, 0 where nobody counted."""
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else 0


def day(said: Mapping[str, Any], name: str) -> date | None:
    """The day of a moment."""
    value = said.get(name)
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def address(said: Mapping[str, Any], name: str) -> str:
    """A web address that can stand in a message; empty where there is none."""
    value = text(said, name, longest=_LONGEST_ADDRESS + 1)
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    is_plain = value.isascii() and not set(value) & set(" \"'<>\\^`{|}") and len(value) <= _LONGEST_ADDRESS
    is_web = parts.scheme in {"http", "https"} and "." in parts.netloc and "@" not in parts.netloc
    return value if is_plain and is_web else ""
