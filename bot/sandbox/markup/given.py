"""Owns entities that a call gives directly: which there are, and that they lie on characters of the text."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.sandbox.answers import bad_request, stricter
from bot.sandbox.markup.entities import Entity, units

_PLAIN = ("bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote")
# What a call may give. The server finds the rest by itself, and passes over those that a call gives.
# Source: tdlib/telegram-bot-api, Client.cpp, get_text_entity_type.
_GIVEN = frozenset((*_PLAIN, "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"))
_FOUND_ONLY = frozenset(("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"))
_NOT_SHOWN = ("text_mention", "custom_emoji", "date_time")
_NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
_NO_TYPE = "Type is not specified"


def read_entities(raw: Iterable[Mapping[str, Any]], text: str) -> tuple[Entity, ...]:
    """Read entities that a call gives directly.

    Args:
        raw: MessageEntity objects that keep to the schema.
        text: What they format.

    Raises:
        Refusal: One is malformed, reaches beyond the text, or cuts a character in two.
    """
    bounds = _bounds(text)
    return tuple(_read(item, bounds) for item in raw if item["type"] not in _FOUND_ONLY)


def _read(raw: Mapping[str, Any], bounds: Mapping[int, int]) -> Entity:
    kind, offset, length = raw["type"], int(raw["offset"]), int(raw["length"])
    if kind not in _GIVEN:
        raise bad_request("can't parse MessageEntity: " + ("Unsupported type specified" if kind else _NO_TYPE))
    if kind in _NEEDED and _NEEDED[kind] not in raw:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{_NEEDED[kind]}\"")
    if offset < 0 or length <= 0:
        raise stricter(f"an entity of length {length} at offset {offset} would be dropped")
    _check_bounds(offset, offset + length, bounds)
    if kind in _NOT_SHOWN:
        raise stricter(f"it does not show entities of type {kind}")
    return Entity(kind, offset, length, url=raw.get("url"), language=raw.get("language"))


def _bounds(text: str) -> dict[int, int]:
    """Map every offset in UTF-16 units at which a character begins, and the end, to its offset in bytes."""
    bounds, at, byte = {0: 0}, 0, 0
    for character in text:
        at, byte = at + units(character), byte + len(character.encode("utf-8", "surrogatepass"))
        bounds[at] = byte
    return bounds


def _check_bounds(first: int, last: int, bounds: Mapping[int, int]) -> None:
    """Refuse an entity outside of the text; source: tdlib/td, MessageEntity.cpp, fix_entity_offsets."""
    end = max(bounds)
    if last > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {first} ends after the end of the text at UTF-16 offset {end}"
        )
    if first not in bounds:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {bounds[first - 1]}")
    if last not in bounds:
        raise bad_request(
            f"entity beginning at UTF-16 offset {first} ends in a middle of a UTF-16 symbol"
            f" at byte offset {bounds[last - 1]}"
        )
