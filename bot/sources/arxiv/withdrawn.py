"""Owns telling that a paper was withdrawn, from what its record says."""

import re

from bot.model.manuscript import Record

_WITHDRAWN = re.compile(
    r"(?:^|\b(?:this|it|papers?|article|submission|manuscript|preprint|work|version|authors?)\W{1,3})"
    r"(?:(?:is|was|has|have|had|been|being|now|temporarily|hereby)\W{1,3}){0,4}"
    r"withdrawn\b(?!\W{1,3}(?:from (?!arxiv)|before|without))",
    re.IGNORECASE,
)
_BEGINNING = 80
"""Characters. An abstract that is a notice says so at once; later on, "withdrawn" is a word of the subject."""


def is_withdrawn(record: Record) -> bool:
    """Tell whether the authors, or arXiv, took the paper back. An empty answer never says so."""
    return bool(_WITHDRAWN.search(record.comment) or _WITHDRAWN.search(record.abstract[:_BEGINNING]))
