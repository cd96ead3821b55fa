"""Owns where the database lives: the address people write, the one SQLAlchemy reads, and what messages call it."""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError, StoreReadOnly

WRONG_VALUE = "An option in DATABASE_URL has a value that cannot be; correct what stands behind the ? in it."
_EXAMPLES = "sqlite:///var/collagebot.db or postgresql://user:password@host/database"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Location:
    """Where a database lives.

    Attributes:
        url: With the driver we use, and with the password: never shown.
        name: What messages call it: its file, or its name and its server.
        file: None for a database on a server.
    """

    url: URL
    name: str
    file: Path | None


def locate(url: str) -> Location:
    """Find out where *url* leads; nothing is opened or made.

    Raises:
        StoreError: It is no address, one of another kind, or has options that nobody knows.
    """
    address = normalized_url(url)
    if address.get_backend_name() == "sqlite":
        file = Path(address.database or "")
        return Location(address, str(file), file)
    return Location(address, f"{address.database} at {_server(address)}", None)


def normalized_url(url: str) -> URL:
    """Read a database address as people and hosting services write it.

    Args:
        url: ``sqlite:///relative/path``, ``sqlite:////absolute/path``, ``postgres://…`` or ``postgresql://…``.

    Returns:
        The same address with the driver we use.

    Raises:
        StoreError: It is no address, one of another kind, or has options that nobody knows.
    """
    try:
        address = make_url(url.strip())
    except (ArgumentError, ValueError):  # a port that is no number is the latter
        raise StoreError(f"DATABASE_URL is not an address; write it like {_EXAMPLES}.") from None
    kind = address.drivername.partition("+")[0]
    if kind not in _DRIVERS:
        raise StoreError(f"DATABASE_URL names a database we do not speak; write it like {_EXAMPLES}.")
    if kind == "sqlite" and address.database in {None, "", ":memory:"}:
        raise StoreError(f"DATABASE_URL must name a file; write it like {_EXAMPLES}.")
    if kind != "sqlite" and not address.database:
        raise StoreError(f"DATABASE_URL must name a database on the server; write it like {_EXAMPLES}.")
    address = address.set(drivername=_DRIVERS[kind])
    _refuse_options(address)
    return address


def make_folder(file: Path) -> None:
    """Make the folder of a database file.

    Raises:
        StoreReadOnly: It cannot be made.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"The folder {file.parent} cannot be made ({error.strerror}); choose another one in DATABASE_URL."
        ) from error


def _refuse_options(address: URL) -> None:
    """Refuse what the driver would refuse, in other words, when it connects."""
    if unknown := sorted(set(address.query) - _known_options(address)):
        raise StoreError(
            f"DATABASE_URL has options that PostgreSQL does not know ({', '.join(unknown)}); take them out of it."
        )
    try:
        address.get_dialect()().create_connect_args(address)
    except (ArgumentError, ValueError):
        raise StoreError(WRONG_VALUE) from None


def _known_options(address: URL) -> Set[str]:
    if address.get_backend_name() == "sqlite":
        return address.query.keys()  # all of them: the file is opened with none
    from psycopg.pq import Conninfo  # a bot on SQLite does not load it

    return {option.keyword.decode() for option in Conninfo.get_defaults()}


def _server(address: URL) -> str:
    host = address.host or address.query.get("host") or "localhost"
    host = host if isinstance(host, str) else ",".join(host)
    return f"{host}:{address.port}" if address.port else host
