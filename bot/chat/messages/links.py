"""Owns how the places a paper leads to are shown."""

from collections.abc import Iterable

from bot.chat.markup import Rich, joined, link
from bot.model.entry import Entry
from bot.model.paper import Link, LinkKind
from bot.wording.translation import N_, _

ICONS = {
    LinkKind.PAPER: "📝",
    LinkKind.TALK: "🗣",
    LinkKind.CODE: "🤖",
    LinkKind.DEMO: "🕹",
    LinkKind.BLOG: "✍️",
    LinkKind.PODCAST: "🎧",
}
LABELS = {
    LinkKind.PAPER: N_("Paper"),
    LinkKind.TALK: N_("Talk"),
    LinkKind.CODE: N_("Code"),
    LinkKind.DEMO: N_("Demo"),
    LinkKind.BLOG: N_("Blog"),
    LinkKind.PODCAST: N_("Podcast"),
}
HEARD = frozenset({LinkKind.TALK, LinkKind.PODCAST})
"""What one watches or listens to: these get buttons of their own under a collage."""


def labelled(links: Iterable[Link]) -> Rich:
    """``📝 Paper · 🤖 Code``, each word a link."""
    return joined((Rich((f"{ICONS[it.kind]} ",)) + link(it.url, _(LABELS[it.kind])) for it in links), " · ")


def icons(entry: Entry) -> Rich:
    """``📝 🗣 🤖``, each icon a link; for lists."""
    return joined((link(it.url, ICONS[it.kind]) for it in entry.all_links), " ")
