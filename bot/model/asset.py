"""Owns the stored picture, known by its content."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture in the database; its bytes are read only when somebody needs them.

    Attributes:
        sha256: Hex digest of the bytes.
        width, height: In pixels.
        alt: What it shows, in words; empty where nobody wrote it down.
    """

    sha256: str
    media_type: str
    width: int
    height: int
    alt: str = ""
