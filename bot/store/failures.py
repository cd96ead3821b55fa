"""Owns the translation of the driver's errors into ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, TimeoutError

from bot.errors import StoreBusy, StoreError, StoreReadOnly, StoreVersionError


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Raise our own errors for whatever the database at *path* refuses inside the block.

    Raises:
        StoreError: One of its kinds, in one sentence that says what to do.
    """
    try:
        yield
    except TimeoutError as error:
        raise StoreBusy(_BUSY.format(path=path)) from error
    except DBAPIError as error:
        ours = translated(error.orig, path)
        if ours is None:
            raise
        raise ours from error


def translated(error: BaseException | None, path: Path) -> StoreError | None:
    """Our error for SQLite's, by its error code; None for a fault of this program (a constraint, a wrong statement).

    Source: https://www.sqlite.org/rescode.html
    """
    code = getattr(error, "sqlite_errorname", "")
    if code == "SQLITE_ERROR" and "no such table" in str(error):
        return StoreVersionError(f"The database {path} has no tables yet; run `collagebot migrate`.")
    for prefix, (kind, sentence) in _BY_CODE.items():
        if code.startswith(prefix):
            return kind(sentence.format(path=path))
    return None


_BUSY = "The database {path} is locked by another process; try again, or stop the other one."
_BY_CODE: dict[str, tuple[type[StoreError], str]] = {
    "SQLITE_BUSY": (StoreBusy, _BUSY),
    "SQLITE_LOCKED": (StoreBusy, _BUSY),
    "SQLITE_READONLY": (
        StoreReadOnly,
        "The database {path} may not be written; make it and its folder writable.",
    ),
    "SQLITE_CANTOPEN": (
        StoreReadOnly,
        "The database {path} cannot be opened; make it and its folder writable.",
    ),
    "SQLITE_NOTADB": (
        StoreError,
        "The file {path} is not a database; name another one in DATABASE_URL.",
    ),
    "SQLITE_CORRUPT": (StoreError, "The database {path} is damaged; stop the program and restore the last backup."),
    "SQLITE_FULL": (StoreError, "The disk of the database {path} is full; make room and try again."),
    "SQLITE_IOERR": (StoreError, "The disk of the database {path} does not answer; check it and try again."),
}
