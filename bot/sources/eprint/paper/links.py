"""Owns the addresses in the source of a paper: of its code, a demo, a page of the project."""

import re
from collections.abc import Iterable, Iterator

from bot.model.paper import Link
from bot.sources.links import merged, own_link

_BEFORE = 160  # characters before an address that may say whose it is
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w/.@-])(?:www\.)?(?=(?:github|gitlab|huggingface)\.com?/))[^\s{}\\^\"'<>|`]{4,200}"
)
_ESCAPED = re.compile(r"\\([%_#&])|\\(?:textasciitilde|sim)(?![a-zA-Z])(?:\{\})?|\$\\sim\$|\\~(?:\{\})?")
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?|[{}~$\\]")
_OWN = "our code"


def links_of(own: Iterable[str], others: Iterable[str]) -> tuple[Link, ...]:
    """Collect addresses of code and demos.

    Args:
        own: LaTeX in which every address is the authors' own: title, abstract.
        others: LaTeX in which it is so where the words before it say it.
    """
    return merged([*_links(own, said=_OWN), *_links(others, said=None)])


def _links(texts: Iterable[str], *, said: str | None) -> Iterator[Link]:
    for latex in texts:
        text = _ESCAPED.sub(lambda mark: mark[1] or "~", latex)
        for found in _ADDRESS.finditer(text):
            before = _COMMAND.sub(" ", text[max(0, found.start() - _BEFORE) : found.start()])
            url = found[0] if "://" in found[0] else f"https://{found[0]}"
            if link := own_link(url, said=" ".join((said or before).split())):
                yield link
