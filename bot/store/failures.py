"""Owns the translation of the driver's errors into ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from sqlalchemy.exc import DBAPIError, TimeoutError

from bot.errors import StoreBusy, StoreError, StoreReadOnly, StoreVersionError
from bot.store.location import WRONG_VALUE

if TYPE_CHECKING:
    import psycopg


@contextmanager
def store_errors(name: str) -> Iterator[None]:
    """Raise our own errors for whatever the database called *name* refuses inside the block.

    Raises:
        StoreError: One of its kinds, in one sentence that says what to do.
    """
    try:
        yield
    except TimeoutError as error:
        raise StoreBusy(_BUSY.format(name=name)) from error
    except Exception as error:  # a bare one of the driver comes from connecting
        ours = translated(error.orig if isinstance(error, DBAPIError) else error, name)
        if ours is None:
            raise
        raise ours from error


def translated(error: BaseException | None, name: str) -> StoreError | None:
    """Our error for the driver's, by its code; None for a fault of this program (a constraint, a wrong statement).

    Source: https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    if _is_postgresql(error):
        found = _of_postgresql(error)
    else:
        code = getattr(error, "sqlite_errorname", "")
        lacks_tables = code == "SQLITE_ERROR" and "no such table" in str(error)
        found = _NO_TABLES if lacks_tables else _longest(_SQLITE, code)
    return found[0](found[1].format(name=name)) if found else None


_Kind: TypeAlias = tuple[type[StoreError], str]


def _is_postgresql(error: BaseException | None) -> "TypeGuard[psycopg.Error]":
    """Tell by the name: a bot on SQLite does not load the driver of PostgreSQL."""
    return any(kind.__module__ == "psycopg" and kind.__name__ == "Error" for kind in type(error).__mro__)


def _of_postgresql(error: "psycopg.Error") -> _Kind | None:
    from psycopg import InterfaceError, OperationalError, ProgrammingError

    if error.sqlstate:
        return _longest(_POSTGRESQL, error.sqlstate)
    if not isinstance(error, OperationalError | InterfaceError):
        return _WRONG_VALUE if isinstance(error, ProgrammingError) and "bad value for" in str(error) else None
    # Who is refused while connecting is told in words only.
    said = str(error)
    return next((kind for words, kind in _WHILE_CONNECTING.items() if words in said), _AWAY)


def _longest(kinds: Mapping[str, _Kind], code: str) -> _Kind | None:
    fitting = [prefix for prefix in kinds if code.startswith(prefix)]
    return kinds[max(fitting, key=len)] if fitting else None


_BUSY = "The database {name} is locked by another process; try again, or stop the other one."
_NO_TABLES: _Kind = (StoreVersionError, "The database {name} has no tables yet; run `collagebot migrate`.")
_FULL: _Kind = (StoreError, "The disk of the database {name} is full; make room and try again.")
_DAMAGED: _Kind = (StoreError, "The database {name} is damaged; stop the program and restore the last backup.")
_NO_ANSWER: _Kind = (StoreError, "The disk of the database {name} does not answer; check it and try again.")
_GAVE_UP: _Kind = (StoreBusy, "The database {name} gave a statement up; try again.")
_NO_MEMORY: _Kind = (StoreError, "There is no memory left for the database {name}; stop other programs and try again.")
_SQLITE: dict[str, _Kind] = {
    "SQLITE_BUSY": (StoreBusy, _BUSY),
    "SQLITE_LOCKED": (StoreBusy, _BUSY),
    "SQLITE_READONLY": (
        StoreReadOnly,
        "The database {name} may not be written; make it and its folder writable.",
    ),
    "SQLITE_CANTOPEN": (
        StoreReadOnly,
        "The database {name} cannot be opened; make it and its folder writable.",
    ),
    "SQLITE_NOTADB": (
        StoreError,
        "The file {name} is not a database; name another one in DATABASE_URL.",
    ),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _NO_ANSWER,
    "SQLITE_PROTOCOL": (StoreBusy, _BUSY),
    "SQLITE_INTERRUPT": _GAVE_UP,
    "SQLITE_NOMEM": _NO_MEMORY,
    "SQLITE_IOERR_NOMEM": _NO_MEMORY,
}

_AWAY: _Kind = (StoreError, "The server of the database {name} does not answer; start it, or correct DATABASE_URL.")
_STRANGER: _Kind = (
    StoreError,
    "The server of the database {name} refuses this user or password; correct them in DATABASE_URL.",
)
_MISSING: _Kind = (
    StoreError,
    "There is no database {name}; create it with `createdb`, or name another one in DATABASE_URL.",
)
_CROWDED: _Kind = (StoreBusy, "The server of the database {name} has no connection left; stop other programs.")
_STARTING: _Kind = (StoreBusy, "The server of the database {name} is starting or stopping; try again in a moment.")
_LOST: _Kind = (StoreError, "The connection to the database {name} was lost; try again, and see that its server runs.")
_POOLED: _Kind = (
    StoreError,
    "The pooler before the database {name} mixes up our statements; let it pool sessions, or connect past it.",
)
_POSTGRESQL: dict[str, _Kind] = {
    "08": _LOST,
    "0A000": (
        StoreBusy,
        "The tables of the database {name} were changed under way; try again, or start anew.",
    ),
    "25006": (StoreReadOnly, "The database {name} may not be written now; name the primary server in DATABASE_URL."),
    "25P03": _LOST,
    "26000": _POOLED,
    "28": _STRANGER,
    "3D": _MISSING,
    "40": (StoreBusy, _BUSY),
    "42501": (
        StoreReadOnly,
        "The user of the database {name} lacks a right; let it own the database, or grant it CREATE on its schema.",
    ),
    "42P01": _NO_TABLES,
    "42P05": _POOLED,
    "3F000": (StoreReadOnly, "The database {name} has no schema to make tables in; create the schema public in it."),
    "53": (StoreError, "The server of the database {name} is short of something; look into its log."),
    "53100": _FULL,
    "53300": _CROWDED,
    "55P03": (StoreBusy, _BUSY),
    "57": _LOST,
    "57014": (StoreBusy, "The server of the database {name} gave a statement up; try again, or raise its timeouts."),
    "57P03": _STARTING,
    "58": _NO_ANSWER,
    "XX": (StoreError, "The server of the database {name} has a fault of its own; look into its log."),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_WRONG_VALUE: _Kind = (StoreError, WRONG_VALUE)
_WHILE_CONNECTING: dict[str, _Kind] = {
    "for connection option": _WRONG_VALUE,
    ' value: "': _WRONG_VALUE,
    "the database system is": _STARTING,
    "too many clients": _CROWDED,
    "remaining connection slots": _CROWDED,
    "too many connections": _CROWDED,
    "authentication failed": _STRANGER,
    "no password supplied": _STRANGER,
    "no pg_hba.conf entry": _STRANGER,
    "permission denied for database": _STRANGER,
    "is not permitted to log in": _STRANGER,
    'role "': _STRANGER,
    'database "': _MISSING,
    "server closed the connection": _LOST,
    "terminating connection": _LOST,
    "the connection is lost": _LOST,
    "the connection is closed": _LOST,
    "consuming input failed": _LOST,
}
