"""Owns what stands in each message that a chat has of an edition. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.albums import Album, albums
from bot.model.correction import Posted, PostedPart, Target
from bot.model.edition import Edition, EditionKind
from bot.model.entry import Entry
from bot.model.month import Month


@dataclass(frozen=True, slots=True)
class PickOf:
    """The picture of the week with its caption."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class PictureOf:
    """A picture of an album."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class CoverOf:
    """The picture that opens a month; its tiles show every entry."""

    month: Month


@dataclass(frozen=True, slots=True)
class ListOf:
    """A text of a month's list.

    Attributes:
        page: Which of them, from 0.
        sent: How many there are in the chat.
    """

    month: Month
    page: int
    sent: int


Content: TypeAlias = PickOf | PictureOf | CoverOf | ListOf


def contents(edition: Edition, posted: Posted) -> Iterator[tuple[Target, int, Content]]:
    """Go through the messages that a chat has of *edition*: which it is, its id in the chat, and what stands in it."""
    if edition.kind is EditionKind.ROUNDUP:
        yield from _of_roundup(edition, posted)
        return
    for part, got in posted.parts.items():
        if got.message_ids and part < len(edition.entries):
            yield Target(got.delivery_id, 0), got.message_ids[0], PickOf(edition.entries[part])


def touched(edition: Edition, posted: Posted, entry_id: int) -> list[Target]:
    """The messages that show or name an entry; of a list every text, for what is said of one moves the others."""
    return [target for target, _, content in contents(edition, posted) if _concerns(content, entry_id)]


def _concerns(content: Content, entry_id: int) -> bool:
    return not isinstance(content, PickOf | PictureOf) or content.entry.id == entry_id


def _of_roundup(edition: Edition, posted: Posted) -> Iterator[tuple[Target, int, Content]]:
    month = Month.parse(edition.slot)
    divided = _as_sent(edition, posted)
    texts = sum(part >= len(divided) for part in posted.parts)
    for part, got in posted.parts.items():
        if part < len(divided):
            yield from _of_album(divided[part], got)
        elif got.message_ids:
            yield Target(got.delivery_id, 0), got.message_ids[0], ListOf(month, part - len(divided), texts)


def _of_album(album: Album, got: PostedPart) -> Iterator[tuple[Target, int, Content]]:
    """What stands in an album; nothing where another number of messages came, as in chats that take no photos."""
    cover: list[Content] = [CoverOf(album.month)] if album.covered else []
    pictures: list[Content] = [*cover, *map(PictureOf, album.entries)]
    arrived = [each for place, each in enumerate(pictures) if place not in got.missing]
    if len(arrived) == len(got.message_ids):
        for position, (message_id, content) in enumerate(zip(got.message_ids, arrived, strict=True)):
            yield Target(got.delivery_id, position), message_id, content


def _as_sent(edition: Edition, posted: Posted) -> Sequence[Album]:
    """How the pictures were divided when they were sent: before an entry was withdrawn, or after."""
    month = Month.parse(edition.slot)
    whole, left = albums(month, edition.entries), albums(month, edition.shown) if edition.shown else ()
    return whole if _fits(whole, posted) or not _fits(left, posted) else left


def _fits(divided: Sequence[Album], posted: Posted) -> bool:
    sent = [posted.parts.get(part) for part in range(len(divided))]
    return bool(divided) and all(
        got is None or album.cost == len(got.message_ids) + len(got.missing)
        for album, got in zip(divided, sent, strict=True)
    )
