"""Owns the lowest level of reading TeX: groups, arguments and environments. Nothing here goes on for ever."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_ARGUMENT = 60_000
"""Characters of an argument; what is longer was never closed."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKET = re.compile(r"\\.|[{}\]]", re.DOTALL)
_BLANK = re.compile(r"[ \t]*\n?[ \t]*")
_ENVIRONMENT = re.compile(r"\\(begin|end)[ \t]*\{([^{}\\]{1,60})\}")
_COMMAND = re.compile(r"\\[a-zA-Z]+|\\.", re.DOTALL)


def skip_blank(text: str, start: int) -> int:
    """Where the next argument begins: behind spaces and at most one end of line."""
    found = _BLANK.match(text, start)
    return found.end() if found else start


def group_end(text: str, start: int) -> int | None:
    """Where the group that opens at *start* ends, behind its brace; None where it never does."""
    depth = 0
    for found in _BRACE.finditer(text, start, min(len(text), start + LONGEST_ARGUMENT)):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth <= 0:
                return found.end()
    return None


def braced(text: str, start: int) -> tuple[str, int] | None:
    """Read ``{…}`` at *start* (blanks before it are skipped).

    Returns:
        What stands between the braces, and where it goes on; None where there is no such group.
    """
    opening = skip_blank(text, start)
    if not text.startswith("{", opening) or (end := group_end(text, opening)) is None:
        return None
    return text[opening + 1 : end - 1], end


def bracketed(text: str, start: int) -> tuple[str, int] | None:
    """Read ``[…]`` at *start* like `braced`; brackets within braces do not close it."""
    opening = skip_blank(text, start)
    if not text.startswith("[", opening):
        return None
    depth = 0
    for found in _BRACKET.finditer(text, opening + 1, min(len(text), opening + LONGEST_ARGUMENT)):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth < 0:
                return None
        elif found[0] == "]" and depth == 0:
            return text[opening + 1 : found.start()], found.end()
    return None


def argument(text: str, start: int) -> tuple[str, int] | None:
    """Read an argument as TeX does: a group, a command, or one character."""
    if found := braced(text, start):
        return found
    begin = skip_blank(text, start)
    if begin >= len(text) or text[begin] in "{}\n":
        return None
    command = _COMMAND.match(text, begin)
    end = command.end() if command else begin + 1
    return text[begin:end], end


def options(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """Read all of ``[…][…]`` at *start*."""
    said: list[str] = []
    while len(said) < 4 and (found := bracketed(text, start)):
        said.append(found[0])
        start = found[1]
    return tuple(said), start


def starred(text: str, start: int) -> tuple[bool, int]:
    """Read a star behind a command."""
    return (True, start + 1) if text.startswith("*", start) else (False, start)


@dataclass(frozen=True, slots=True)
class Environment:
    """Where an environment stands: ``\\begin`` at *start*, the body between *body* and *body_end*."""

    name: str
    start: int
    body: int
    body_end: int
    end: int


def environments(text: str) -> Mapping[int, Environment]:
    """Pair every ``\\begin`` with its ``\\end``, in one pass; what has no partner is left out.

    Returns:
        By where it begins, in order.
    """
    found: dict[int, Environment] = {}
    waiting: list[re.Match[str]] = []
    names: dict[str, int] = {}
    for mark in _ENVIRONMENT.finditer(text):
        name = mark[2].strip()
        if mark[1] == "begin":
            waiting.append(mark)
            names[name] = names.get(name, 0) + 1
        elif names.get(name):
            while True:
                begin = waiting.pop()
                names[begin[2].strip()] -= 1
                if begin[2].strip() == name:
                    break
            found[begin.start()] = Environment(name, begin.start(), begin.end(), mark.start(), mark.end())
    return dict(sorted(found.items()))


def key_values(said: str) -> dict[str, str]:
    """Read ``width=3cm, trim={0 0 1 0}, clip`` as keys and values; a key without value has an empty one."""
    pairs: dict[str, str] = {}
    for part in split_outside(said, ","):
        key, _, value = part.partition("=")
        value = value.strip()
        if value.startswith("{") and value.endswith("}"):
            value = value[1:-1]
        pairs[key.strip().lower()] = value.strip()
    return pairs


def split_outside(text: str, mark: str) -> Sequence[str]:
    """Split at *mark*, one character, where it stands outside braces and is not escaped."""
    parts: list[str] = []
    depth = begin = 0
    for found in re.finditer(rf"\\.|[{{}}]|{re.escape(mark)}", text, re.DOTALL):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif found[0] == mark and depth <= 0:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]
