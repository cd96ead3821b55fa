"""Owns figures made of pixels: decoded once, within bounds, and no larger than any collage shows them."""

import io
import math
import warnings
from dataclasses import dataclass
from threading import Lock

from PIL import Image, UnidentifiedImageError

from bot.collage.figures.border import ink_edges
from bot.collage.figures.limits import LARGEST_SIDE_PX, MEGABYTE, MOST_MEMORY, FigureFault, shape_fault, size_fault
from bot.collage.figures.parts import edges_of, located, part_of
from bot.collage.figures.pixels import eight_bits, flat, to_srgb
from bot.model.panel import Crop

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_BAND = 2_000_000  # pixels that are flattened at a time
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}  # per pixel in memory; 4 in all other modes
_ORIENTATION = 0x0112  # the tag of EXIF
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[orientation] for orientation in (5, 6, 7, 8)}
_warnings = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Bitmap:
    """A figure of pixels.

    Attributes:
        picture: What is kept of it, RGB; no larger than the largest collage.
        width, height: Of what is shown, in pixels of the file.
        shown: The part of the cropped figure that is left without its white border.
    """

    picture: Image.Image
    width: int
    height: int
    shown: Crop

    @property
    def is_vector(self) -> bool:
        return False

    @property
    def label(self) -> float | None:
        return None

    def locate(self, x: float, y: float) -> tuple[float, float]:
        return located(self.shown, x, y)

    def render(self, width: int, height: int) -> Image.Image:
        if self.picture.size == (width, height):
            return self.picture
        return self.picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def read_bitmap(content: bytes, crop: Crop) -> Bitmap:
    """Decode *content*.

    Raises:
        FigureFault: It is no picture, is cut off, too large or too small.
    """
    try:
        kept, shrink = _decoded(content, crop)
    except FigureFault:
        raise
    except Image.DecompressionBombError as error:
        raise FigureFault("it has far too many pixels; save it smaller") from error
    except Exception as error:  # the decoders raise whatever they stumble over: SyntaxError, struct.error, IndexError
        raise FigureFault(_reason(error)) from error
    edges = ink_edges(kept)
    picture = kept.crop(edges) if edges != (0, 0, *kept.size) else kept
    width, height = (round(side * shrink) for side in picture.size)
    if fault := size_fault(width, height):
        raise FigureFault(fault)
    return Bitmap(_bounded(picture), width, height, part_of(edges, kept.size))


def _bounded(picture: Image.Image) -> Image.Image:
    """No larger than any collage: several of these are held at a time."""
    scale = LARGEST_SIDE_PX / max(picture.size)
    if scale >= 1:
        return picture
    width, height = (max(1, round(side * scale)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "it is no picture we can read; save it as PNG, JPEG, WebP, SVG or PDF"
    return f"it is damaged or cut off ({str(error).strip() or type(error).__name__}); save it again"


def _decoded(content: bytes, crop: Crop) -> tuple[Image.Image, float]:
    """The cropped figure in sRGB, and how many pixels of the file one of its pixels stands for."""
    with _opened(content) as source:
        natural = source.size
        wanted = min(1.0, LARGEST_SIDE_PX / _longest_shown(source, crop))
        source.draft(None, (math.ceil(natural[0] * wanted), math.ceil(natural[1] * wanted)))
        _bound(source, natural)
        source.load()
        turn = _turn(source)
        factor = max(1, math.floor(_longest_shown(source, crop) / LARGEST_SIDE_PX))
        shrink = natural[0] / source.width * factor
        profile = source.info.get("icc_profile")
        kept = _reduced(eight_bits(source), factor)
    upright = to_srgb(kept, profile)
    turned = upright.transpose(turn) if turn is not None else upright
    edges = edges_of(crop, turned.size)
    return (turned.crop(edges) if edges != (0, 0, *turned.size) else turned), shrink


def _opened(content: bytes) -> Image.Image:
    with _warnings, warnings.catch_warnings():  # of odd tags, and of many pixels: we have a bound of our own, in bytes
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(content), formats=_FORMATS)


def _bound(source: Image.Image, natural: tuple[int, int]) -> None:
    """Refuse what does not fit in memory; says so from the header, before anything is decoded."""
    if fault := shape_fault(*natural):
        raise FigureFault(fault)
    if _memory(source, natural) > MOST_MEMORY:
        pixels = natural[0] * natural[1] / MEGABYTE
        raise FigureFault(
            f"it has {pixels:.0f} million pixels, more than we can decode; save it with 10 million or less"
        )


def _memory(source: Image.Image, natural: tuple[int, int]) -> int:
    """The bytes that decoding takes at most; a JPEG may already be set to come smaller than its *natural* size."""
    if source.info.get("progressive"):
        return natural[0] * natural[1] * 6  # a JPEG of which all coefficients are held: three channels, 2 bytes each
    copies = 3 if source.format == "WEBP" else 1  # its decoder keeps some of its own
    return source.width * source.height * copies * _BYTES.get(source.mode, 4)


def _longest_shown(source: Image.Image, crop: Crop) -> float:
    """The longest side of the cropped part, in pixels."""
    width, height = source.size
    is_photograph = source.format in {"JPEG", "MPO"}  # others may have to be decoded before they tell
    if is_photograph and _turn(source) in _SIDEWAYS:
        width, height = height, width
    return max(1.0, width * (crop.right - crop.left), height * (crop.bottom - crop.top))


def _reduced(source: Image.Image, factor: int) -> Image.Image:
    """The picture on white, each side divided by *factor*; done in bands, so that no second copy is ever whole."""
    rows = max(1, _BAND // source.width // factor) * factor
    if rows >= source.height:
        whole = flat(source)
        return whole.reduce(factor) if factor > 1 else whole
    size = -(-source.width // factor), -(-source.height // factor)
    kept: Image.Image | None = None
    for top in range(0, source.height, rows):
        band = flat(source.crop((0, top, source.width, min(top + rows, source.height))))
        small = band.reduce(factor) if factor > 1 else band
        kept = kept or Image.new(small.mode, size)
        kept.paste(small, (0, top // factor))
    return kept or flat(source)


def _turn(source: Image.Image) -> Image.Transpose | None:
    """What to do so that the picture stands as its camera was held."""
    try:
        return _TURNS.get(source.getexif().get(_ORIENTATION, 1))
    except Exception:  # damaged EXIF: the picture is shown as it is stored
        return None
