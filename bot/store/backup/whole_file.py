"""Owns files that are there whole or not at all, also after a power cut."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from bot.errors import StoreError
from bot.store.failures import store_errors
from bot.store.location import make_folder

_NO_ROOM = "{file} cannot be written ({why}); make room, or choose another place."
PART = ".part-"
COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite may lay beside a database."""


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """Hand out a name beside *file* for what is to become it; when the block ends well, it is *file*, on the disk.

    What an earlier attempt left that was killed is cleared away.

    Raises:
        StoreReadOnly: The folder cannot be made.
        StoreError: The file cannot be written there.
    """
    make_folder(file)
    for left in file.parent.glob(f"{file.name}{PART}*"):
        _remove(left)
    part = file.with_name(f"{file.name}{PART}{uuid4().hex[:8]}")
    try:
        with store_errors(str(file)):
            yield part
        keep(part)
        part.replace(file)
        keep(file.parent)
    except OSError as error:
        raise StoreError(_NO_ROOM.format(file=file, why=error.strerror)) from error
    except StoreError as error:
        if _is_of_writing(error.__cause__):
            raise StoreError(_NO_ROOM.format(file=file, why="the disk is full, or refuses")) from error
        raise
    finally:
        for name in (part, *companions(part)):
            _remove(name)


def _is_of_writing(error: BaseException | None) -> bool:
    """Tell whether SQLite says that it could not write: a quota and a limit do not look like a full disk to it."""
    code: str = getattr(getattr(error, "orig", error), "sqlite_errorname", "")
    return code.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE"))


def companions(file: Path) -> list[Path]:
    """Where SQLite keeps what belongs to a database file and is not in it yet."""
    return [file.with_name(f"{file.name}{suffix}") for suffix in COMPANIONS]


def keep(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
