"""Owns entities: the formatting of a text, in offsets of UTF-16 units."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.sandbox.answers import Json

ENTITIES_MAX = 100  # the rest is dropped in silence; source: core.telegram.org/bots/api, limits of a message

_VERBATIM = ("code", "pre", "text_link", "url", "mention", "bot_command", "hashtag")
_FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]])"
    r"|(?<![\w/@])(?P<bot_command>/[a-z0-9_]{1,32}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[a-z]\w{3,31})\b"
    r"|(?<![\w#])(?P<hashtag>#(?=\w*[^\W\d_])\w{1,256})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch of formatting.

    Attributes:
        kind: The Bot API's ``type``.
        offset: Where it starts, in UTF-16 units.
        length: How long it is, in UTF-16 units.
        url: Where a ``text_link`` leads.
        language: Of a ``pre`` block.
    """

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    @property
    def end(self) -> int:
        """Tell the offset just behind the entity, in UTF-16 units."""
        return self.offset + self.length

    def as_json(self) -> Json:
        """Render a MessageEntity."""
        plain = {"type": self.kind, "offset": self.offset, "length": self.length}
        return plain | ({"url": self.url} if self.url else {}) | ({"language": self.language} if self.language else {})


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def clean(text: str) -> str:
    """Drop the characters that no message keeps; before parsing, so that offsets count what remains."""
    return text.replace("\r", "").replace("\0", "")


def units(text: str) -> int:
    """Count the UTF-16 units of *text*."""
    return len(text) + sum(character > "\uffff" for character in text)


def finish(given: Formatted) -> Formatted:
    """Trim the text, add what the server finds by itself, and keep the first hundred entities.

    Args:
        given: A text as parsed.

    Returns:
        What a message would hold: entities inside the text, sorted, none empty.
    """
    dropped = units(given.text) - units(given.text.lstrip())
    text = given.text.strip()
    moved = _clip(given.entities, -dropped, units(text))
    found = (entity for entity in find_entities(text) if not any(_collide(entity, other) for other in moved))
    ordered = sorted((*moved, *found), key=lambda entity: (entity.offset, -entity.length))
    return Formatted(text, tuple(ordered[:ENTITIES_MAX]))


def find_entities(text: str) -> Iterator[Entity]:
    """Find links, commands, mentions and hashtags in plain text."""
    for match in _FOUND.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            yield Entity(kind, units(text[: match.start()]), units(match.group()))


def _clip(entities: Iterable[Entity], shift: int, end: int) -> tuple[Entity, ...]:
    clipped = []
    for entity in entities:
        first, last = max(0, entity.offset + shift), min(end, entity.end + shift)
        if last > first:
            clipped.append(replace(entity, offset=first, length=last - first))
    return tuple(clipped)


def _collide(found: Entity, given: Entity) -> bool:
    return given.kind in _VERBATIM and found.offset < given.end and given.offset < found.end
