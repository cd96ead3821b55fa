"""Owns how a content file becomes lines of text."""

from pathlib import Path

from bot.editorial.faults import Faults

_MAX_BYTES = 64 * 1024


def read_lines(path: Path, faults: Faults) -> list[str]:
    """Read a text file; empty when it is faulty, with the fault noted."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else None
    except OSError as error:
        faults.add(1, f"The file cannot be read ({error.strerror}). Add it, or make it readable.")
        return []
    if raw is None:
        faults.add(1, f"The file is larger than {_MAX_BYTES // 1024} KiB. Shorten it.")
        return []
    try:
        return raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        faults.add(raw.count(b"\n", 0, error.start) + 1, "The text is not UTF-8. Save the file as UTF-8.")
        return []
