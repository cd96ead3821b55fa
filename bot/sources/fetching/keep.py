"""Owns what was fetched before: files in one folder, whole or not there, the oldest thrown out first."""

import hashlib
import logging
import os
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.model.arxiv_id import ArxivId

ROOM = 2 << 30
"""Bytes: a few hundred papers with source, page and PDF."""

_LEFT_AFTER_CLEARING = 0.9  # not a clearing for every file
_SEAL = hashlib.sha256().digest_size
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """What a file is.

    Attributes:
        version: None for what is said of the paper's newest version.
        kind: A word of ours: ``eprint``, ``pdf``.
        name: Of one among several of a kind, as the paper calls it; its hash is what stands in the path.
    """

    arxiv_id: ArxivId
    version: int | None
    kind: str
    name: str = ""

    @property
    def path(self) -> Path:
        """Where it lies, below the folder."""
        paper = str(self.arxiv_id).replace("/", "_") + (f"v{self.version}" if self.version else "")
        digest = "-" + hashlib.sha256(self.name.encode(errors="replace")).hexdigest() if self.name else ""
        return Path(paper) / f"{self.kind}{digest}"


class Keep:
    """Files that need not be fetched again. Synchronous: call it from a thread.

    Args:
        folder: Its own; it may be deleted at any time.
        room: The most bytes it may hold.
    """

    def __init__(self, folder: Path, *, room: int = ROOM) -> None:
        self._folder = folder
        self._room = room

    def get(self, mark: Shelfmark, *, max_age: timedelta | None = None) -> bytes | None:
        """Take out a file; None where it is not there, too old, or not what was put in."""
        path = self._folder / mark.path
        try:
            if max_age is not None and time.time() - path.stat().st_mtime > max_age.total_seconds():
                return None
            sealed = path.read_bytes()
        except OSError:
            return None
        content = sealed[_SEAL:]
        return content if sealed[:_SEAL] == hashlib.sha256(content).digest() else None

    def put(self, mark: Shelfmark, content: bytes) -> None:
        """Put in a file. One that cannot be written is not kept: the next reader fetches it again."""
        path = self._folder / mark.path
        if len(content) > self._room:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, hashlib.sha256(content).digest() + content)
            self._clear()
        except OSError as error:
            _log.warning("The folder for fetched papers cannot be written: %s", error.strerror)

    def _clear(self) -> None:
        """Throw out the oldest files until the others have room."""
        files = sorted((stat.st_mtime, stat.st_size, path) for path, stat in _files(self._folder))
        held = sum(size for _, size, _ in files)
        if held <= self._room:
            return
        for _, size, path in files:
            path.unlink(missing_ok=True)
            held -= size
            if held <= self._room * _LEFT_AFTER_CLEARING:
                return


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    found = []
    for path in folder.rglob("*"):
        try:
            stat = path.lstat()
        except OSError:
            continue  # somebody else threw it out
        if not path.is_dir():
            found.append((path, stat))
    return found
