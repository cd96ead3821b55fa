"""Owns which addresses in a paper's text lead to its own code, demo or talk."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.model.paper import Link, LinkKind

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’{}|\\^`\[\]()]{4,300}", re.IGNORECASE)
_LONGEST = 300
_MOST = 8
_CODE = frozenset(
    {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "zenodo.org", "anonymous.4open.science"}
)
_DEMOS = frozenset({"colab.research.google.com", "replicate.com"})
_TALKS = frozenset({"youtube.com", "youtu.be", "vimeo.com", "slideslive.com", "bilibili.com"})
_PAGES = (".github.io", ".gitlab.io", "sites.google.com")
_OWN = re.compile(
    r"\b(?:our|ours|we (?:release|open|provide|publish|share)|available|open[- ]?sourc(?:ed?|ing)|releas(?:ed?|ing)"
    r"|project|website|web ?page|demo"
    r"|(?:code|implementation|repository|videos?|models?|checkpoints|weights|data(?:sets?)?)"
    r"(?:\s*:|\s+(?:at|is|are|can|and)\b|\W*$))",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:we|was|were|is|are|been) (?:use[ds]?|using|adopt\w*|adapt\w*|follow\w*|based)\b"
    r"|\b(?:original|provided by|taken from|built (?:on|upon)|third[- ]party|et al)\b",
    re.IGNORECASE,
)
_ORDER = (LinkKind.CODE, LinkKind.DEMO, LinkKind.TALK)


def own_link(url: str, *, said: str) -> Link | None:
    """Judge whether an address is the paper's own.

    Args:
        url: As it stands in the paper.
        said: The text around it; one that does not speak of code, a demo or a page makes a reference of it.

    Returns:
        The link with its kind; None where it leads elsewhere or belongs to somebody else.
    """
    tidy = url.strip().rstrip(".,;:!?)]}'\"")
    if len(tidy) > _LONGEST or not tidy.isascii() or not tidy.isprintable() or " " in tidy:
        return None
    kind = _kind(tidy)
    return Link(kind, tidy) if kind and _OWN.search(said) and not _FOREIGN.search(said) else None


def own_links(text: str) -> tuple[Link, ...]:
    """The paper's own links that *text* writes out."""
    found = (own_link(hit[0], said=text[max(0, hit.start() - 160) : hit.start()]) for hit in _ADDRESS.finditer(text))
    return merged(link for link in found if link)


def merged(links: Iterable[Link]) -> tuple[Link, ...]:
    """Say every place once, code first, at most eight.

    The same repository with and without ``.git``, ``www.``, a trailing slash or in other letters is one place.
    """
    places: dict[str, Link] = {}
    for link in links:
        places.setdefault(_place(link.url), link)
    return tuple(sorted(places.values(), key=lambda link: _ORDER.index(link.kind) if link.kind in _ORDER else 9))[
        :_MOST
    ]


def _kind(url: str) -> LinkKind | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    steps = [step for step in parts.path.split("/") if step]
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if host in _CODE:
        return LinkKind.CODE if len(steps) >= 2 else None
    if host in {"huggingface.co", "hf.co"}:
        return _hugging_face(steps)
    if host in _TALKS:
        return LinkKind.TALK if steps else None
    return LinkKind.DEMO if host in _DEMOS or host.endswith(_PAGES) else None


def _hugging_face(steps: list[str]) -> LinkKind | None:
    if not steps or steps[0] == "papers":
        return None
    return LinkKind.DEMO if steps[0] == "spaces" else LinkKind.CODE


def _place(url: str) -> str:
    bare = re.sub(r"^https?://(?:www\.)?", "", url.lower())
    return bare.partition("#")[0].rstrip("/").removesuffix(".git")
