"""Owns what becomes of the many ways to store a pixel: letters, ink and photographs all end as sRGB on white."""

import io

from PIL import Image, ImageCms

_DEEP = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")
_PLAIN = ("L", "RGB", "CMYK")
_DEPTHS = (255, 65535)  # the brightest value of 8 and of 16 bits


def eight_bits(image: Image.Image) -> Image.Image:
    """Bring pixels of 16 and 32 bits down to 8; others are left alone.

    Whole numbers keep their scale of 8 or 16 bits. What exceeds it, and fractions, are stretched between the smallest
    and the largest, because nobody says what white would be.
    """
    if image.mode not in _DEEP:
        return image
    low, high = _range(image)
    scale = 255 / ((high - low) or 1.0)
    return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _range(image: Image.Image) -> tuple[float, float]:
    low, high = (float(end) for end in image.getextrema())  # type: ignore[arg-type]  # one band: a pair of numbers
    if image.mode.startswith("I;16"):
        return 0.0, 65535.0
    depth = next((float(depth) for depth in _DEPTHS if high <= depth), high)
    return (0.0, depth) if image.mode == "I" and low >= 0 and high <= depth and depth in _DEPTHS else (low, high)


def flat(image: Image.Image) -> Image.Image:
    """Put *image* on white and return it as grey, RGB or CMYK, whichever is nearest."""
    if image.has_transparency_data:
        inked = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", inked.size, "white"), inked).convert("RGB")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in _PLAIN else image.convert("RGB")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Turn grey, RGB or CMYK into sRGB; a *profile* that does not fit the pixels is ignored."""
    if not profile:
        return _rgb(image)
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(found):
            return _rgb(image)
        target = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, found, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return _rgb(image)
    return turned or _rgb(image)


def _rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")
