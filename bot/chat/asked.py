"""Owns how a prompt remembers what it asks for: in the address of its first link, which a restart does not touch."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from telegram import Message as Received
from telegram import MessageEntity

from bot.chat.desk_presses import Sight
from bot.chat.digits import COUNT, ID, number
from bot.chat.shapes import shape
from bot.editorial.correction import Field

PLACE = "say"
"""The first part of the payload; the deep link opens the draft."""
_DIGEST = re.compile(r"[0-9a-f]{8}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a prompt asks for.

    Attributes:
        sight: How the draft is looked at; its language is that of the words.
        digest: Of what the field said when we asked; see `digest`.
        picture, card: The messages that show the draft, to be changed afterwards; 0 where one is out of reach.
    """

    draft_id: int
    field: Field
    sight: Sight
    digest: str
    picture: int = 0
    card: int = 0


def digest(present: str) -> str:
    """What stands for a text: whether somebody said it anew meanwhile can be seen by it."""
    return sha256(present.encode("utf-8", "replace")).hexdigest()[:8]


def address(asked: Asked, username: str) -> str:
    """Write *asked* as the address of a deep link into the chat with the bot called *username*."""
    field = asked.field.replace("_", "-")
    looks = (asked.sight.canvas.value, asked.sight.language)
    parts = (PLACE, asked.draft_id, field, *looks, asked.digest, asked.picture, asked.card)
    return f"https://t.me/{username}?start={'_'.join(map(str, parts))}"


def read_prompt(message: Received | None, bot_id: int, username: str) -> Asked | None:
    """Read what *message* asks for; None when it is no prompt of ours."""
    if message is None or message.from_user is None or message.from_user.id != bot_id:
        return None
    first = next(iter(message.entities), None)
    if first is None or first.type != MessageEntity.TEXT_LINK or first.offset or not first.url:
        return None
    return read_address(first.url, username)


def read_address(url: str, username: str) -> Asked | None:
    """Read an address that `address` wrote; None for any other."""
    parts = urlsplit(url)
    if (parts.netloc, parts.path) != ("t.me", f"/{username}") or not parts.query.startswith("start="):
        return None
    return read_payload(parts.query.removeprefix("start="))


def read_payload(payload: str) -> Asked | None:
    """Read the payload of a deep link; None where it says something else."""
    try:
        place, draft_id, field, canvas, language, seen, picture, card = payload.split("_")
        if place != PLACE or not _DIGEST.fullmatch(seen) or not _LANGUAGE.fullmatch(language):
            return None
        sight = Sight(shape(canvas), language)
        messages = number(COUNT, picture), number(COUNT, card)
        return Asked(number(ID, draft_id), Field(field.replace("-", "_")), sight, seen, *messages)
    except ValueError:
        return None
