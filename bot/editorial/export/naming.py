"""Owns what the folder of an entry is called: its number or month, and a word or three of its title."""

import re
import unicodedata

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry

_MOST_WORDS, _MOST_CHARACTERS = 3, 40
_SMALL = frozenset({
    "a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "with", "via", "by", "from", "at", "is", "are", "as",
    "be", "do", "does", "can", "how", "what", "why", "when",
})  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")


def folder_name(entry: Entry) -> str:
    """``41-convit``, ``2026-11-spectral-bias-deep``; never empty, and safe as the name of a folder."""
    # A name before a colon is what people call the paper.
    name, _, rest = entry.paper.title.partition(":")
    words = _words(name) if rest and len(_words(name)) <= _MOST_WORDS else _words(entry.paper.title)
    place = f"{entry.number:02}" if entry.number is not None else str(entry.month or "")
    said = "-".join(filter(None, [place, *words[:_MOST_WORDS]]))[:_MOST_CHARACTERS].strip("-")
    return said if words else f"{said}-{id_name(entry.paper.arxiv_id)}".strip("-")


def id_name(arxiv_id: ArxivId) -> str:
    """``2103-10697``, for when the words of a title do not do."""
    return "-".join(_WORD.findall(str(arxiv_id).lower()))


def _words(title: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return [word for word in _WORD.findall(plain.replace("-", "")) if word not in _SMALL]
