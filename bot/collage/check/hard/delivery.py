"""Owns the file: small enough for Telegram, in a shape and in colours that every phone shows."""

import io

from PIL import Image, ImageCms

from bot.collage.check.bounds import MOST_BYTES, MOST_RATIO, MOST_SIDES, Range
from bot.collage.check.report import Finding, Measure


def file(picture: Image.Image, encoded: bytes | None) -> Finding:
    """H10: bytes, sides, ratio, mode and colour space.

    Args:
        encoded: The file that is sent; without it only the pixels are looked at.
    """
    sent = Image.open(io.BytesIO(encoded)) if encoded else picture
    width, height = sent.size
    faults = [fault for each in (picture, sent) for fault in _colour_faults(each)]
    measures = (
        *((Measure("megabytes", len(encoded) / 1e6, Range(high=MOST_BYTES / 1e6)),) if encoded else ()),
        Measure("width + height", width + height, Range(high=MOST_SIDES)),
        Measure("ratio", max(width, height) / min(width, height), Range(high=MOST_RATIO)),
        Measure("colour faults", len(faults), Range(high=0)),
    )
    return Finding("H10", measures, tuple(dict.fromkeys(faults)))


def _colour_faults(picture: Image.Image) -> list[str]:
    faults = [f"the mode is {picture.mode}, not RGB"] if picture.mode != "RGB" or picture.has_transparency_data else []
    profile = picture.info.get("icc_profile")
    if profile and "srgb" not in _profile_name(profile).lower():
        faults.append(f"the colours are {_profile_name(profile)}, not sRGB")
    return faults


def _profile_name(profile: bytes) -> str:
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip()
    except (ImageCms.PyCMSError, OSError):
        return "an unreadable profile"
