"""Owns what a folder of drawn collages remembers: what each picture was drawn from."""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_FILE = ".drawn.json"


class DrawnFolder:
    """A folder of pictures that knows which of them still show what they were drawn from."""

    def __init__(self, folder: Path) -> None:
        """Open *folder*; it is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._sources = _read(folder / _FILE)

    def holds(self, name: str, source: str) -> bool:
        """True when the picture *name* is there as it was drawn from *source*."""
        path = self._folder / name
        return path.is_file() and self._sources.get(name) == _mark(source, path.read_bytes())

    def save(self, name: str, source: str, picture: bytes) -> Path:
        """Write the picture *name* and remember its *source*; a run that is broken off loses nothing before it."""
        path = self._folder / name
        path.write_bytes(picture)
        self._sources[name] = _mark(source, picture)
        (self._folder / _FILE).write_text(json.dumps(self._sources, indent=1, sort_keys=True))
        return path


def _read(path: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):  # none yet, or damaged: everything is drawn again
        found = json.loads(path.read_text())
        if isinstance(found, dict):
            return found
    return {}


def _mark(source: str, picture: bytes) -> str:
    return f"{source}-{sha256(picture).hexdigest()[:16]}"
