"""Owns what an edition is called in a sentence, and each of its messages."""

from bot.chat.albums import albums
from bot.chat.markup import Rich, clipped, filled, isolated, rich
from bot.chat.messages.desk.card import name
from bot.chat.messages.roundups import pages
from bot.model.edition import Edition, EditionKind
from bot.model.month import Month
from bot.wording.dates import month_name
from bot.wording.translation import N_, _

WEEKLY = "{name} · {title}"
ROUNDUP = "{series} · {month}"
PICTURES, LIST = N_("the pictures"), N_("the list")
ONE_OF = "{what} {number}/{all}"

_TITLE = 120


def edition_name(edition: Edition) -> Rich:
    """``ML-Collage 41 · ConViT …``; of a roundup ``ML-Collage · November 2026``."""
    if edition.kind is EditionKind.ROUNDUP:
        return filled(ROUNDUP, series=edition.series.name, month=month_name(Month.parse(edition.slot)))
    if not edition.entries:
        return rich(f"{edition.series.name} · {edition.slot}")
    entry = edition.entries[0]
    return filled(WEEKLY, name=name(entry), title=isolated(clipped(entry.paper.title, _TITLE)))


def part_name(edition: Edition, part: int) -> str:
    """What one message of an edition is: the pictures, or the list; empty where there is but one."""
    if edition.kind is EditionKind.WEEKLY or not edition.shown:
        return ""
    month = Month.parse(edition.slot)
    pictures, texts = len(albums(month, edition.shown)), len(pages(month, edition.shown))
    is_list = part >= pictures
    number, every = (part - pictures + 1, texts) if is_list else (part + 1, pictures)
    what = _(LIST if is_list else PICTURES)
    return what if every == 1 else ONE_OF.format(what=what, number=number, all=every)
