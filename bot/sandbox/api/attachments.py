"""Owns reading the files of a call: sent along, or sent before and named by their id."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.answers import bad_request, stricter
from bot.sandbox.api.call import Call
from bot.sandbox.world.files import Files, Upload, develop
from bot.sandbox.world.messages import Document, Media, Photo

_FILE_ID = re.compile(r"[\w-]+", re.ASCII)  # base64url
_KINDS: Mapping[str, type[Photo] | type[Document]] = {"photo": Photo, "document": Document}


async def read_photo(call: Call, files: Files) -> Media:
    """Read ``photo``: a file, or the id of one.

    Raises:
        Refusal: It is missing, unknown, or not what Telegram takes as a photo.
    """
    return await _read(call, files, "photo", source=call.text("photo"))


async def read_document(call: Call, files: Files) -> Media:
    """Read ``document``: a file, or the id of one.

    Raises:
        Refusal: It is missing or unknown.
    """
    if call.has("thumbnail"):
        raise stricter("it shows documents without thumbnail")
    return await _read(call, files, "document", source=call.text("document"))


async def read_media(call: Call, files: Files, item: Mapping[str, Any]) -> Media:
    """Read the file of one InputMedia: ``attach://field``, or a file id.

    Raises:
        Refusal: As for `read_photo`, or the type of the item is none that the sandbox knows.
    """
    kind, source = item["type"], item["media"]
    if kind not in _KINDS:
        raise stricter(f"it knows photos and documents, not {kind}")
    if not source or (source.startswith("attach://") and source.removeprefix("attach://") not in call.uploads):
        raise bad_request("can't parse InputMedia: media not found")
    return await _read(call, files, kind, source=source)


def read_file_id(files: Files, file_id: str, kind: type[Photo] | type[Document]) -> Media:
    """Find a file that was sent before.

    Raises:
        Refusal: The id is malformed, of another bot, forgotten, or of another kind of file.

    Source: tdlib/td, FileManager.cpp, from_persistent_id; Base64.cpp.
    """
    if "." in file_id or "/" in file_id:  # an address; the sandbox fetches nothing from anywhere
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not _FILE_ID.fullmatch(file_id):
        raise bad_request("wrong remote file identifier specified: Wrong character in the string")
    if len(file_id) % 4 == 1:
        raise bad_request("wrong remote file identifier specified: Wrong padding length")
    return files.resend(file_id, kind=kind)


async def _read(call: Call, files: Files, kind: str, *, source: str) -> Media:
    upload = _upload(call, kind, source)
    if upload is None:
        return read_file_id(files, source, _KINDS[kind])
    return await _keep_photo(upload, files) if kind == "photo" else files.add_document(upload)


def _upload(call: Call, kind: str, source: str) -> Upload | None:
    """Find the file meant by an attach:// address, or by the field itself; None when *source* names a file id."""
    if source and not source.startswith("attach://"):
        return None
    upload = call.uploads.get(source.removeprefix("attach://") or kind)
    if upload is None:
        raise bad_request(f"there is no {kind} in the request")
    if not upload.content:
        raise bad_request("file must be non-empty")
    return upload


async def _keep_photo(upload: Upload, files: Files) -> Photo:
    known = files.find_photo(upload.content)
    return known or files.add_photo(await asyncio.to_thread(develop, upload))
