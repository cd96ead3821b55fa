"""Owns the parse mode HTML, with the words the server uses when it cannot read it."""

import re
from dataclasses import dataclass, field

from bot.sandbox.answers import Refusal, bad_request, stricter
from bot.sandbox.markup.entities import Entity, Formatted, units

# Source: core.telegram.org/bots/api#html-style; the errors are those of tdlib's MessageEntity.cpp, parse_html.
_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
}  # fmt: skip
_NOT_SHOWN = ("tg-emoji", "tg-time")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#(?P<decimal>\d{1,8})|#x(?P<hex>[0-9a-fA-F]{1,8})|(?P<name>lt|gt|amp|quot));?")
# Possessive throughout: a tag that never ends must fail at once, not after trying every way to cut it.
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\s>]*+)(?P<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(
    r"\s*(?P<name>[^\s=>/\"']+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+)(?=\s|$)))?"
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    parts: int


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Entity] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)


def parse_html(source: str) -> Formatted:
    """Parse the Bot API's HTML into text and entities.

    Raises:
        Refusal: The markup is broken or unknown; the description says where, in bytes.
    """
    reading = _Reading(source)
    position = 0
    while position < len(source):
        position = _step(reading, position)
    if reading.open:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].name}"')
    return Formatted("".join(reading.parts), tuple(_without_nested_verbatim(reading.entities)))


def _step(reading: _Reading, position: int) -> int:
    source = reading.source
    if source[position] == "&":
        return _character(reading, position)
    if source[position] != "<":
        stop = re.compile("[<&]").search(source, position)
        end = stop.start() if stop else len(source)
        reading.write(source[position:end])
        return end
    tag = _TAG.match(source, position)
    if tag is None:
        side = "end" if source.startswith("</", position) else "start"
        raise _cannot(f"Unclosed {side} tag", at=_bytes(source, position))
    (_end if tag["end"] else _start)(reading, tag)
    return tag.end()


def _character(reading: _Reading, position: int) -> int:
    match = _CHARACTER.match(reading.source, position)
    decoded = _decoded(match) if match else None
    if match is None or decoded is None:
        reading.write("&")
        return position + 1
    reading.write(decoded)
    return match.end()


def _decoded(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED[match["name"]]
    code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else None


def _start(reading: _Reading, tag: re.Match[str]) -> None:
    name, at = tag["name"].lower(), _bytes(reading.source, tag.start())
    if name in _NOT_SHOWN:
        raise stricter(f"it does not show <{name}>")
    if name not in _KINDS:
        raise _cannot(f'Unsupported start tag "{name}"', at=at)
    attributes = _attributes(reading.source, tag)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _cannot('Tag "span" must have class "tg-spoiler"', at=at)
    reading.open.append(_Open(name, attributes, reading.length, len(reading.parts)))


def _attributes(source: str, tag: re.Match[str]) -> dict[str, str]:
    attributes: dict[str, str] = {}
    position, end = tag.span("attributes")
    while source[position:end].strip():
        match = _ATTRIBUTE.match(source, position, end)
        if match is None:
            raise _unreadable_attribute(source, tag, position)
        value = match["double"] or match["single"] or match["bare"] or ""
        attributes[match["name"].lower()] = _CHARACTER.sub(lambda found: _decoded(found) or found.group(), value)
        position = match.end()
    return attributes


def _unreadable_attribute(source: str, tag: re.Match[str], position: int) -> Refusal:
    token = re.compile(r"\s*=\s*").match(source, position)
    if token and token.end() > position and position > tag.start("attributes"):
        return _cannot("Unexpected end of name token", at=_bytes(source, token.end()))
    return _cannot(f'Empty attribute name in the tag "{tag["name"].lower()}"', at=_bytes(source, tag.start()))


def _end(reading: _Reading, tag: re.Match[str]) -> None:
    name, at = tag["name"].lower(), _bytes(reading.source, tag.start())
    if not reading.open:
        raise _cannot("Unexpected end tag", at=at)
    if tag["attributes"].strip():
        raise _cannot("Unclosed end tag", at=at)
    opened = reading.open.pop()
    if name and name != opened.name:
        raise _cannot("Unmatched end tag", at=at, expected=f', expected "</{opened.name}>", found "</{name}>"')
    if reading.length > opened.offset:
        reading.entities.extend(_entities(reading, opened))


def _entities(reading: _Reading, opened: _Open) -> list[Entity]:
    kind, length = _KINDS[opened.name], reading.length - opened.offset
    if opened.name == "a":
        url = opened.attributes.get("href") or "".join(reading.parts[opened.parts :])
        return [Entity(kind, opened.offset, length, url=url)] if _is_link(url) else []
    if opened.name == "blockquote" and "expandable" in opened.attributes:
        kind = "expandable_blockquote"
    language = opened.attributes.get("class", "").removeprefix("language-") if opened.name == "code" else ""
    if language and reading.open and reading.open[-1].name == "pre":
        return [Entity("pre", opened.offset, length, language=language)]
    return [Entity(kind, opened.offset, length)]


def _is_link(url: str) -> bool:
    return bool(re.match(r"(?i)(https?|tg|ton|mailto|tel):\S+$|[\w-]+(\.[\w-]+)+(/\S*)?$", url))


def _without_nested_verbatim(entities: list[Entity]) -> list[Entity]:
    """Drop what stands inside code; of two blocks in one place the one with a language stays."""
    kept: list[Entity] = []
    code_ends = 0
    for entity in sorted(entities, key=_outermost_first):
        if entity.offset < code_ends:
            continue
        kept.append(entity)
        if entity.kind in ("code", "pre"):
            code_ends = entity.end
    return kept


def _outermost_first(entity: Entity) -> tuple[int, int, bool, bool]:
    return entity.offset, -entity.length, entity.kind != "pre", entity.language is None


def _bytes(source: str, position: int) -> int:
    return len(source[:position].encode("utf-8", "surrogatepass"))


def _cannot(what: str, *, at: int | None = None, expected: str = "") -> Refusal:
    place = f" at byte offset {at}" if at is not None else ""
    return bad_request(f"can't parse entities: {what}{place}{expected}")
