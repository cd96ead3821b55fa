"""Owns the formats in which a picture leaves: JPEG for chats, PNG without loss, WebP for the web."""

import io
from collections.abc import Callable, Mapping
from enum import StrEnum

from PIL import Image

_JPEG_QUALITY = 91
_PNG_LEVEL = 4  # measured on a slide: 84 ms and 348 kB; 3 takes 66 and 401, 6 takes 86 and 343, 9 takes 346 and 333
_WEBP_QUALITY = 90
_WEBP_METHOD = 2  # measured on a slide: 145 ms, 264 kB; 1 takes 138 and 293, 4 takes 204 and 255, 6 takes 326 and 252


class Format(StrEnum):
    """How a picture is written down."""

    JPEG = "jpeg"
    """For chats."""
    PNG = "png"
    """Without loss, for the full size."""
    WEBP = "webp"
    """For the web."""

    @property
    def suffix(self) -> str:
        """What a file of this kind is called, with the dot."""
        return ".jpg" if self is Format.JPEG else f".{self}"


def jpeg(picture: Image.Image) -> bytes:
    """Encode *picture* as it is sent: full colour resolution, so that coloured type stays sharp.

    Not optimised: that makes the file an eighth smaller, but takes twice as long and holds the picture once more.
    """
    return _encoded(picture, "JPEG", quality=_JPEG_QUALITY, subsampling=0)


def png(picture: Image.Image) -> bytes:
    """Encode *picture* without loss, for whoever asks for the full size."""
    return _encoded(picture, "PNG", compress_level=_PNG_LEVEL)


def webp(picture: Image.Image) -> bytes:
    """Encode *picture* for the web, where every kilobyte is waited for."""
    return _encoded(picture, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_METHOD)


def _encoded(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def encode(picture: Image.Image, kind: Format) -> bytes:
    """Encode *picture* as *kind*; equal pictures give equal bytes."""
    return _ENCODERS[kind](picture)


_ENCODERS: Mapping[Format, Callable[[Image.Image], bytes]] = {Format.JPEG: jpeg, Format.PNG: png, Format.WEBP: webp}
