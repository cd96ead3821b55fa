"""Owns whether a call keeps to the schema: its method, its parameters, their types."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from bot.sandbox.answers import Json, Refusal, bad_request, method_not_found, stricter
from bot.sandbox.schema import phrases
from bot.sandbox.schema.objects import is_integer, misfits
from bot.sandbox.schema.schema import Field, Fields, read_schema

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")
_ADDRESSES = ("Integer", "String")  # chat_id: a number or a @name
_KEPT_EMPTY = ("setWebhook.url",)  # parameters whose empty value says something


def check_call(method: str, values: Mapping[str, Any], uploads: Collection[str]) -> Json:
    """Check a call and decode its parameters, which forms send as strings.

    Args:
        method: Its name, in any case.
        values: Parameters as they came.
        uploads: Names of the files that came with it.

    Returns:
        The parameters that say something, by name, each of a type the schema allows.

    Raises:
        Refusal: In Telegram's words where Telegram refuses, in the sandbox's own where Telegram looks away.
    """
    schema = read_schema()
    name = schema.names.get(method.lower())
    if name is None:
        raise method_not_found()
    if name not in schema.methods:
        raise stricter(f"it does not play {name}")
    fields = schema.methods[name]
    given = {key: value for key, value in values.items() if value not in (None, "") or f"{name}.{key}" in _KEPT_EMPTY}
    _check_names(name, fields, given, uploads)
    _check_required(name, fields, given.keys() | set(uploads))
    decoded = {key: _decoded(name, fields[key], value) for key, value in given.items()}
    for key, value in decoded.items():
        _check_value(name, fields[key], value)
    return decoded


def _check_names(method: str, fields: Fields, given: Json, uploads: Collection[str]) -> None:
    for unknown in sorted(given.keys() - fields.keys()):
        raise stricter(f"{method} has no parameter {unknown!r}, which would be ignored")
    text = json.dumps(list(given.values()), ensure_ascii=False).replace('\\"', '"')
    for upload in uploads:
        is_field = upload in fields and "InputFile" in fields[upload].types
        if not is_field and f'attach://{upload}"' not in text:
            raise stricter(f"nothing in {method} refers to the file {upload!r}, which would be ignored")


def _check_required(method: str, fields: Fields, given: Collection[str]) -> None:
    # Telegram reads what a message holds before it looks for the chat.
    for field in sorted(fields.values(), key=lambda field: field.name == "chat_id"):
        if field.is_required and field.name not in given:
            words = phrases.missing(method, field.name)
            raise bad_request(words) if words else stricter(f"{method} needs {field.name}")


def _decoded(method: str, field: Field, value: Any) -> Any:
    if not isinstance(value, str) or "String" in field.types:
        return value
    kind = field.types[0]
    if kind == "Integer":
        return int(value) if is_integer(value) else value
    if kind in ("Boolean", "True"):
        return {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(value.lower(), value)
    if kind == "Float":
        return value
    words = phrases.unreadable(method, field.name)
    return decode_json(value, bad_request(words) if words else stricter(f"{field.name} is no JSON"))


def decode_json(raw: str | bytes, refusal: Refusal) -> Any:
    """Decode JSON from outside.

    Raises:
        Refusal: The one given when it is none, another when it holds half a character.
    """
    try:
        value = json.loads(raw)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise bad_request("Strings must be encoded in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise refusal from error
    return value


def _check_value(method: str, field: Field, value: Any) -> None:
    if field.types == _ADDRESSES and isinstance(value, int | str) and not isinstance(value, bool):
        return  # whether there is such a chat is known further in
    for misfit in misfits(read_schema(), value, field.types, field.name):
        raise stricter(misfit.words) if misfit.is_ours else _refusal(method, field, misfit.words)


def _refusal(method: str, field: Field, words: str) -> Refusal:
    """Word what is wrong; where Telegram would take it for nothing or zero, the sandbox speaks for itself."""
    if field.name == "user_id":
        return bad_request(phrases.missing(method, field.name))
    is_plain = field.types[0] in ("Integer", "Boolean", "True", "Float", "String", "InputFile")
    is_ignored = field.name.endswith("entities") and words == phrases.no_array(field.name)
    return stricter(f"{words} in {method}") if is_plain or is_ignored else bad_request(words)
