"""Owns reading one call: a method and its parameters, however they were sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.answers import Json, bad_request, too_large
from bot.sandbox.schema.parameters import check_call, decode_json
from bot.sandbox.world.files import Upload

BODY_BYTES_MAX = 50 * 1024 * 1024 + 64 * 1024  # source: core.telegram.org/bots/api#sending-files, and room for the rest
FIELD_BYTES_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method, checked against the Bot API's schema: what is there has the right type.

    Attributes:
        method: In lower case, as Telegram does not care.
        values: Parameters, decoded; none of them empty.
        uploads: Files by the name of their form field.
    """

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether a parameter was given, be it a value or a file."""
        return name in self.uploads or name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Read a string."""
        return str(self.values.get(name, default))

    def integer(self, name: str, default: int = 0) -> int:
        """Read an integer."""
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        """Read a boolean; absent means no."""
        return self.values.get(name) is True

    def chat(self, name: str = "chat_id") -> int | str:
        """Read a chat id or a ``@name``.

        Raises:
            Refusal: There is none, or it is neither.
        """
        if name not in self.values:
            raise bad_request(f"{name} is empty")
        return read_address(self.values[name])

    def mapping(self, name: str) -> Json:
        """Read an object; absent is an empty one."""
        return dict(self.values.get(name, {}))

    def items(self, name: str) -> list[Any]:
        """Read an array; absent is an empty one."""
        return list(self.values.get(name, ()))


def read_address(value: int | str) -> int | str:
    """Read a chat id, which may be written as a string, or a ``@name``.

    Raises:
        Refusal: It is neither, so there is no such chat.
    """
    text = str(value).strip()
    if text.startswith("@"):
        return text
    if not re.fullmatch(r"-?\d{1,19}", text, re.ASCII):
        raise bad_request("chat not found")
    return int(text)


async def read_call(request: Request, method: str) -> Call:
    """Read a call from query string, form, multipart form or JSON body, and check it.

    Raises:
        Refusal: The body is too long or cannot be read, or the call does not keep to the schema.
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
    return Call(method.lower(), check_call(method, values, uploads), uploads)


async def _json_body(request: Request) -> Json:
    body = decode_json(await request.body() or b"{}", bad_request("can't parse body JSON object"))
    if not isinstance(body, dict):
        raise bad_request("object expected as the body")
    return body


async def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "file", file.content_type or "application/octet-stream", await file.read())
