"""Owns what stands in each message that a chat has of an edition. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.albums import Album, albums
from bot.model.correction import COVER, Posted, PostedPart, Target
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


@dataclass(frozen=True, slots=True)
class Unknown:
    """A picture of an album, and nobody knows which: it was sent before that was written down."""


Content: TypeAlias = PickOf | PictureOf | CoverOf | ListOf | Unknown


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
    whole = albums(month, edition.entries)
    first_text = _first_text(whole, posted)
    texts = sum(part >= first_text for part in posted.parts)
    pictures: dict[int, Content] = {COVER: CoverOf(month), **{each.id: PictureOf(each) for each in edition.entries}}
    for part, got in posted.parts.items():
        if part < first_text:
            yield from _of_album(got.shows or _guessed(whole, posted, part), pictures, got)
        elif got.message_ids:
            yield Target(got.delivery_id, 0), got.message_ids[0], ListOf(month, part - first_text, texts)


def _of_album(
    shows: Sequence[int], pictures: Mapping[int, Content], got: PostedPart
) -> Iterator[tuple[Target, int, Content]]:
    if got.message_ids and not shows:
        yield Target(got.delivery_id, 0), got.message_ids[0], Unknown()
    for position, (message_id, shown) in enumerate(zip(got.message_ids, shows, strict=False)):
        if shown in pictures:
            yield Target(got.delivery_id, position), message_id, pictures[shown]


def _first_text(whole: Sequence[Album], posted: Posted) -> int:
    """How many albums come before the list: fewer than now, where entries were withdrawn when it was sent."""
    lone = [part for part, got in posted.parts.items() if part and not got.shows and len(got.message_ids) == 1]
    return min([len(whole), *lone])


def _guessed(whole: Sequence[Album], posted: Posted, part: int) -> Sequence[int]:
    """What an album shows of which that was not written down: only a whole month has as many pictures as it has."""
    sent = [len(posted.parts[each].message_ids) if each in posted.parts else 0 for each in range(len(whole))]
    is_whole = sent == [album.cost for album in whole]
    return whole[part].shows(has_cover=bool(whole[part].covered)) if is_whole else ()
