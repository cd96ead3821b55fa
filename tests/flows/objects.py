"""Owns random objects of the Bot API, as aiogram describes them: it knows newer ones than the library we use."""

import types
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram import types as api
from aiogram.client.default import Default
from aiogram.types import TelegramObject
from hypothesis import strategies as st

from bot.sandbox import ADA, BASIC, CHANNEL, ELSEWHERE, EMIL, FORUM, GROUP, NOOR
from bot.sandbox.answers import Json
from tests.flows.writings import junk

BOT_ID = 123456
ANONYMOUS, CHANNELS_BOT, SERVICE = 1087968824, 136817688, 777000
STRANGER, NOWHERE = 5_000_000_001, -1009999999999
NOW_S = 1_795_176_000  # 2026-11-20T12:00Z
_DEEPEST = 3
_TITLES = {GROUP: "Reading group", CHANNEL: "Paper channel", FORUM: "Learning machines", BASIC: "Study circle"}


def user(user_id: int, language: str | None) -> Json:
    """A User."""
    made: Json = {
        "id": user_id,
        "is_bot": user_id in {BOT_ID, ANONYMOUS, CHANNELS_BOT},
        "first_name": f"Somebody {user_id}",
    }
    if user_id == BOT_ID:
        made |= {"username": "collage_bot"}
    return made if language is None else made | {"language_code": language}


def chat(chat_id: int) -> Json:
    """A Chat."""
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": f"Somebody {chat_id}"}
    kind = "channel" if chat_id == CHANNEL else "group" if chat_id in {BASIC, ELSEWHERE} else "supergroup"
    made: Json = {"id": chat_id, "type": kind, "title": _TITLES.get(chat_id, "<i>Some</i> \u202eplace")}
    return made | ({"is_forum": True} if chat_id == FORUM else {})


LANGUAGES = st.sampled_from(
    ["zh-hans", "zh-hans", "en", "de", None, "zh-CN", "zh-TW", "zh", "pt-br", "xx-nonsense", ""]
)
PEOPLE = st.sampled_from([ADA, NOOR, EMIL])
CHATS = st.sampled_from([ADA, NOOR, EMIL, GROUP, CHANNEL, FORUM, BASIC, ELSEWHERE, STRANGER, NOWHERE])
USERS = st.builds(user, st.sampled_from([ADA, NOOR, EMIL, ADA, NOOR, EMIL, STRANGER, BOT_ID, ANONYMOUS]), LANGUAGES)
_ANYTHING: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.sampled_from([0, 1, 2, 40, 2**31 - 1]),
    float: st.sampled_from([0.0, 1.5, -90.0]),
    str: st.one_of(st.sampled_from(["1", "abc", "en", "/latest", "变压器"]), junk().map(lambda text: text[:64])),
    datetime: st.sampled_from([NOW_S, 1, 2**31 - 1]),
    api.User: USERS,
    api.Chat: CHATS.map(chat),
}


def objects(
    kind: type[TelegramObject], *, optional: int = 3, only: str = "", depth: int = 0
) -> st.SearchStrategy[Json]:
    """Objects of *kind* with all that it must have.

    Args:
        optional: Up to so many of the fields are there that may be missing.
        only: The one of them that is there instead.
        depth: How deep it is inside of another object.
    """
    required, others = _fields(kind, depth)
    if only:
        return _with(required, others, st.just([only]))
    if not others or depth > _DEEPEST or optional == 0:
        return required
    return _with(required, others, st.lists(st.sampled_from(sorted(others)), max_size=optional, unique=True))


@st.composite
def _with(
    draw: st.DrawFn,
    required: st.SearchStrategy[Json],
    others: dict[str, st.SearchStrategy[Any]],
    names: st.SearchStrategy[list[str]],
) -> Json:
    return draw(required) | {name: draw(others[name]) for name in draw(names)}


@cache
def _fields(
    kind: type[TelegramObject], depth: int
) -> tuple[st.SearchStrategy[Json], dict[str, st.SearchStrategy[Any]]]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    others: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in kind.model_fields.items():
        said: Any = field.annotation
        is_there = field.is_required() or get_origin(said) is Literal
        (required if is_there else others)[field.alias or name] = _values(said, depth + 1)
    return st.fixed_dictionaries(required), others


@cache
def _values(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    if annotation in _ANYTHING:
        return _ANYTHING[annotation]
    # What a client of aiogram leaves to its own defaults is no value of the Bot API.
    parts = [it for it in get_args(annotation) if it not in {types.NoneType, Default}]
    origin = get_origin(annotation)
    if origin is Annotated:
        return _values(parts[0], depth)
    if origin is Literal:
        return st.sampled_from([it.value if isinstance(it, Enum) else it for it in parts])
    if origin in (Union, types.UnionType):
        return st.one_of(*(_later(it, depth) for it in parts))
    if origin is list:
        return st.lists(_values(parts[0], depth), min_size=1, max_size=1 if depth > _DEEPEST else 2)
    return _object(annotation, depth)


def _later(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: _values(annotation, depth))


def _object(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([it.value for it in annotation])
    if isinstance(annotation, type) and issubclass(annotation, TelegramObject):
        return st.deferred(lambda: objects(annotation, optional=0 if depth > 1 else 1, depth=depth))
    if hasattr(annotation, "__value__"):  # rich text, which may hold rich text: a plain one does
        return _ANYTHING[str]
    raise TypeError(f"nothing is known of {annotation!r}; say what it may be")


def kinds_of_updates() -> Iterator[tuple[str, type[TelegramObject]]]:
    """Every kind of update, and what it carries."""
    for name, field in api.Update.model_fields.items():
        carried = [it for it in get_args(field.annotation) if isinstance(it, type) and issubclass(it, TelegramObject)]
        if carried:
            yield name, carried[0]
