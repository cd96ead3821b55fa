"""Owns where the database lives: the address people write, and the one SQLAlchemy reads."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError, StoreReadOnly

_EXAMPLE = "sqlite:///var/collagebot.db"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


def normalized_url(url: str) -> URL:
    """Read a database address as people and hosting services write it.

    Args:
        url: ``sqlite:///relative/path``, ``sqlite:////absolute/path``, ``postgres://…`` or ``postgresql://…``.

    Returns:
        The same address with the driver we use.

    Raises:
        StoreError: It is no address, or one of another kind.
    """
    try:
        address = make_url(url.strip())
    except ArgumentError:
        raise StoreError(f"DATABASE_URL is not an address; write it like {_EXAMPLE}.") from None
    kind = address.drivername.partition("+")[0]
    if kind not in _DRIVERS:
        raise StoreError(f"DATABASE_URL names a database we do not speak; write it like {_EXAMPLE}.")
    if kind == "sqlite" and address.database in {None, "", ":memory:"}:
        raise StoreError(f"DATABASE_URL must name a file; write it like {_EXAMPLE}.")
    return address.set(drivername=_DRIVERS[kind])


def database_file(url: str) -> Path:
    """The file behind *url*, in a folder that exists from now on.

    Raises:
        StoreError: *url* does not lead to a file.
        StoreReadOnly: The folder cannot be made.
    """
    address = normalized_url(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError(f"This version keeps its data in SQLite only; set DATABASE_URL like {_EXAMPLE}.")
    path = Path(address.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"The folder {path.parent} cannot be made ({error.strerror}); choose another one in DATABASE_URL."
        ) from error
    return path
