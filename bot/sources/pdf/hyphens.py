"""Owns joining rows of text, with or without the hyphen at the end of one."""

import re
from collections.abc import Iterable, Set

_BROKEN = re.compile(r"(?:^|[\s(])([^\W\d_]{2,40})-$")  # one hyphen only: "state-of-the-" keeps it
_FIRST = re.compile(r"[^\W\d_]{1,40}")
_COMPOUND = re.compile(r"\b[^\W\d_]{2,40}-[^\W\d_]{2,40}\b")


def compounds_in(lines: Iterable[str]) -> frozenset[str]:
    """The words that lines write with a hyphen, in small letters."""
    return frozenset(found.lower() for line in lines for found in _COMPOUND.findall(line))


def joined(rows: Iterable[str], compounds: Set[str] = frozenset()) -> str:
    """Join rows to one text; a hyphen at the end of a row goes where a word goes on.

    Args:
        compounds: Words that keep their hyphen.
    """
    text = ""
    for row in rows:
        if not text:
            text = row
        elif _is_broken(text, row, compounds):
            text = text[:-1] + row
        elif text.endswith(("/", "-")) or (text.endswith(":") and row.startswith("//")):
            text += row
        else:
            text += " " + row
    return text


def _is_broken(text: str, row: str, compounds: Set[str]) -> bool:
    start, rest = _BROKEN.search(text[-60:]), _FIRST.match(row)
    if start is None or rest is None or not row[0].islower():
        return False
    return f"{start[1]}-{rest[0]}".lower() not in compounds
