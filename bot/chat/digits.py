"""Owns how numbers are written where somebody may forge them: callback data, deep links."""

import re

ID = re.compile(r"[1-9]\d{0,8}")  # of our own rows: within the 32 bits PostgreSQL has for them
CHAT = re.compile(r"[1-9]\d{0,15}")  # chat ids have at most 52 bits, their sign left out
PAGE = re.compile(r"[1-9]\d{0,3}")
COUNT = re.compile(r"0|[1-9]\d{0,8}")
INSTANT = re.compile(r"[1-9]\d{8,10}")  # seconds since the epoch
ASKER = re.compile(r"0|[1-9]\d{0,15}")  # user ids have at most 52 bits


def number(pattern: re.Pattern[str], text: str) -> int:
    """Read a number that *pattern* allows.

    Raises:
        ValueError: It is written otherwise.
    """
    if not pattern.fullmatch(text) or not text.isascii():
        raise ValueError("not a number of ours")
    return int(text)
