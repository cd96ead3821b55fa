"""Owns the files that were sent: checked like Telegram's, shared by content, forgotten oldest first."""

import hashlib
import io
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePath

from PIL import Image

from bot.sandbox.answers import bad_request
from bot.sandbox.world.messages import Document, Media, Photo, PhotoSize

# Source: core.telegram.org/bots/api#sendphoto and #sending-files.
PHOTO_BYTES_MAX = 10 * 1024 * 1024
PHOTO_SIDES_MAX = 10_000
PHOTO_RATIO_MAX = 20
# Longest sides in pixels. Source: core.telegram.org/api/files, the photo sizes m, x, y and w.
SIDES_PX = (320, 800, 1280, 2560)
KEPT_BYTES_MAX = 256 * 1024 * 1024
JPEG_QUALITY = 87


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as the server keeps it: recompressed, with its size in pixels."""

    digest: str
    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of a file: how messages name it, and the bytes that are handed out."""

    media: Media
    content: bytes


def develop(upload: Upload) -> Picture:
    """Turn an upload into the JPEG that is kept of it; slow, so keep it off the event loop.

    Raises:
        Refusal: Telegram would not take it as a photo.
    """
    if len(upload.content) > PHOTO_BYTES_MAX:
        raise bad_request(
            f"file of size {len(upload.content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_BYTES_MAX} bytes"
        )
    try:
        with Image.open(io.BytesIO(upload.content)) as image:
            _check_sides(*image.size)
            jpeg, width, height = _as_jpeg(image, upload.content)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    return Picture(hashlib.sha256(upload.content).hexdigest(), jpeg, width, height)


def scale(stored: Stored, name: str) -> bytes:
    """Draw the size of a photo that *name* names; slow, so keep it off the event loop. Other files stay as they are."""
    if isinstance(stored.media, Document):
        return stored.content
    size = next(size for size in stored.media.sizes if name in (size.file_id, size.unique_id))
    if size == stored.media.sizes[-1]:
        return stored.content
    with Image.open(io.BytesIO(stored.content)) as image:
        return _encode(image.resize((size.width, size.height), Image.Resampling.LANCZOS))


class Files:
    """Every file that can still be sent again or looked at.

    Args:
        owner: Whose ids these are; another bot's ids differ for the same content.
        kept_bytes_max: How much is kept before the file that was not used for longest is forgotten.
    """

    def __init__(self, owner: str, kept_bytes_max: int = KEPT_BYTES_MAX) -> None:
        self._owner = owner
        self._left = kept_bytes_max
        self._stored: OrderedDict[str, Stored] = OrderedDict()
        self._keys: dict[str, str] = {}
        self._generation = ""

    def add_photo(self, picture: Picture) -> Photo:
        """Keep a photo and name its sizes."""
        longest = max(picture.width, picture.height)
        sides = [side for side in SIDES_PX if side < longest] + [longest]
        sizes = tuple(self._size(picture, side) for side in sides)
        photo = Photo(picture.digest, sizes)
        self._keep(Stored(photo, picture.jpeg))
        return photo

    def add_document(self, upload: Upload) -> Document:
        """Keep a file as it is."""
        digest = hashlib.sha256(upload.content).hexdigest()
        name = PurePath(upload.name).name or "file"
        document = Document(digest, *self._ids(digest + name), name, upload.mime_type, len(upload.content))
        self._keep(Stored(document, upload.content))
        return document

    def find(self, name: str) -> Stored | None:
        """Find a file by file id or by unique id."""
        return self._stored.get(self._keys.get(name, ""))

    def find_photo(self, content: bytes) -> Photo | None:
        """Find the photo that was made of these very bytes."""
        stored = self._stored.get("photo" + hashlib.sha256(content).hexdigest())
        return stored.media if stored and isinstance(stored.media, Photo) else None

    def resend(self, file_id: str, *, kind: type[Photo] | type[Document]) -> Media:
        """Get a file that was sent before.

        Raises:
            Refusal: It is unknown, or of another kind.
        """
        stored = self.find(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if not isinstance(stored.media, kind):
            raise bad_request(f"can't use file of type {type(stored.media).__name__} as {kind.__name__}")
        self._stored.move_to_end(self._keys[file_id])
        return stored.media

    def forget_all(self) -> None:
        """Let no id be good any more; what is sent again gets a new one."""
        self._generation += "+"
        while self._stored:
            self._forget_oldest()

    def _size(self, picture: Picture, side: int) -> PhotoSize:
        ratio = side / max(picture.width, picture.height)
        width, height = max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))
        return PhotoSize(*self._ids(f"{picture.digest}{side}"), width, height)

    def _ids(self, seed: str) -> tuple[str, str]:
        unique = hashlib.sha256(seed.encode()).hexdigest()
        return "AgAD" + hashlib.sha256(
            f"{self._owner}{unique}{self._generation}".encode()
        ).hexdigest(), "AQAD" + unique[:16]

    def _keep(self, stored: Stored) -> None:
        key = _key(stored.media)
        if key not in self._stored:
            self._left -= len(stored.content)
        self._stored[key] = stored
        self._stored.move_to_end(key)
        self._keys |= dict.fromkeys(_names(stored.media), key)
        while self._left < 0 and len(self._stored) > 1:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        _, oldest = self._stored.popitem(last=False)
        self._left += len(oldest.content)
        for name in _names(oldest.media):
            self._keys.pop(name, None)


def _key(media: Media) -> str:
    return f"photo{media.digest}" if isinstance(media, Photo) else f"document{media.digest}{media.name}"


def _names(media: Media) -> list[str]:
    named = media.sizes if isinstance(media, Photo) else (media,)
    return [name for item in named for name in (item.file_id, item.unique_id)]


def _check_sides(width: int, height: int) -> None:
    if width + height > PHOTO_SIDES_MAX or max(width, height) > PHOTO_RATIO_MAX * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _as_jpeg(image: Image.Image, original: bytes) -> tuple[bytes, int, int]:
    """Recompress as the server does; a JPEG that is small enough is kept as it came."""
    image.load()
    if image.format == "JPEG" and image.mode in ("RGB", "L") and max(image.size) <= SIDES_PX[-1]:
        return original, *image.size
    flat = _on_white(image)
    flat.thumbnail((SIDES_PX[-1], SIDES_PX[-1]), Image.Resampling.LANCZOS)
    return _encode(flat), *flat.size


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    picture = image.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _encode(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()
