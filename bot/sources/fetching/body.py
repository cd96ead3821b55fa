"""Owns reading the body of an answer: never more of it than wanted, unpacked or not."""

import zlib

import httpx

from bot.errors import SourceRefused
from bot.sources.fetching.wanted import Wanted

_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_EITHER_HEADER = zlib.MAX_WBITS | 32  # gzip or zlib, whichever it is


class CutOff(Exception):
    """The packed body ends before its end."""


async def read_body(response: httpx.Response, wanted: Wanted) -> bytes:
    """Read what *response* brings.

    Raises:
        SourceRefused: It is too large, before or after unpacking, or packed in a way we did not ask for.
        CutOff: It ends too early.
    """
    if int(response.headers.get("content-length", "0")) > wanted.limit:
        raise too_large(wanted)
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in _PLAIN or wanted.is_packed:
        return await _plain(response, wanted)
    if coding not in _PACKED:
        raise SourceRefused(f"{_capital(wanted.what)} came packed as {coding[:20]!r}; try another paper.")
    try:
        return await _unpacked(response, wanted)
    except zlib.error as error:
        raise SourceRefused(f"{_capital(wanted.what)} came damaged; try another paper.") from error


def too_large(wanted: Wanted) -> SourceRefused:
    """Say that *wanted* is larger than we take."""
    return SourceRefused(f"{_capital(wanted.what)} is larger than {wanted.limit >> 20} MB; send another paper.")


async def _plain(response: httpx.Response, wanted: Wanted) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_raw():
        content += chunk
        if len(content) > wanted.limit:
            raise too_large(wanted)
    return bytes(content)


async def _unpacked(response: httpx.Response, wanted: Wanted) -> bytes:
    content = bytearray()
    unpacking = zlib.decompressobj(_EITHER_HEADER)
    async for chunk in response.aiter_raw():
        content += unpacking.decompress(chunk, wanted.limit - len(content) + 1)
        if len(content) > wanted.limit:
            raise too_large(wanted)
    if not unpacking.eof:
        raise CutOff
    return bytes(content)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
