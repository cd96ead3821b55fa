"""Owns reading one call: a method and its parameters, however they were sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.answers import Json, bad_request, too_large
from bot.sandbox.world.files import Upload

BODY_BYTES_MAX = 50 * 1024 * 1024 + 64 * 1024  # source: core.telegram.org/bots/api#sending-files, and room for the rest
FIELD_BYTES_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method.

    Attributes:
        method: In lower case, as Telegram does not care.
        values: Parameters; form fields are strings, JSON bodies hold any type.
        uploads: Files by the name of their form field.
    """

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether a parameter was given, be it a value or a file."""
        return name in self.uploads or self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """Read a string.

        Raises:
            Refusal: It is something else.
        """
        value = self.values.get(name, default)
        if value is not None and not isinstance(value, str | int | float):
            raise bad_request(f'field "{name}" must be of type String')
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Read an integer, written as such or as a string.

        Raises:
            Refusal: It is no integer.
        """
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad_request(f'field "{name}" must be of type Number') from error

    def flag(self, name: str) -> bool:
        """Read a boolean; absent means no."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def chat(self, name: str = "chat_id") -> int | str:
        """Read a chat id or a ``@name``.

        Raises:
            Refusal: There is none.
        """
        value = self.text(name).strip()
        if not value:
            raise bad_request(f"{name} is empty")
        return value if value.startswith("@") else self.integer(name)

    def mapping(self, name: str) -> Json:
        """Read an object, as such or as JSON in a string; absent is an empty one.

        Raises:
            Refusal: It is something else.
        """
        value = self._decoded(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name}")
        return value or {}

    def items(self, name: str) -> list[Any]:
        """Read an array, as such or as JSON in a string; absent is an empty one.

        Raises:
            Refusal: It is something else.
        """
        value = self._decoded(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {name}")
        return value or []

    def _decoded(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        return _loads(value, name) if value.strip() else None


async def read_call(request: Request, method: str) -> Call:
    """Read a call from query string, form, multipart form or JSON body.

    Raises:
        Refusal: The body is too long or cannot be read.
    """
    if int(request.headers.get("content-length") or 0) > BODY_BYTES_MAX:
        raise too_large()
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        values |= await _json_body(request)
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form(max_part_size=FIELD_BYTES_MAX) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = await _upload(value)
                else:
                    values[name] = value
    return Call(method.lower(), values, uploads)


async def _json_body(request: Request) -> Json:
    body = _loads(await request.body() or b"{}", "body")
    if not isinstance(body, dict):
        raise bad_request("object expected as the body")
    return body


def _loads(raw: str | bytes, name: str) -> Any:
    try:
        value = json.loads(raw)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise bad_request(f"can't parse {name} JSON object") from error
    return value


async def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "file", file.content_type or "application/octet-stream", await file.read())
