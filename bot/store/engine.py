"""Owns the engines: which driver carries them, how many connections they have, how their transactions begin."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store import catalogue_version, postgresql, sqlite, sqlite_connection
from bot.store.location import Location, make_folder


def async_engine(place: Location, purpose: sqlite.Purpose, *, connections: int) -> AsyncEngine:
    """An engine for the running bot; it opens connections when they are needed, and anew when one was lost.

    Raises:
        StoreReadOnly: The folder of the database file cannot be made.
    """
    options = _options(place)
    if place.file:
        options["connect_args"] = {**options["connect_args"], "async_creator_fn": sqlite_connection.connect}
    engine = create_async_engine(place.url, pool_size=connections, max_overflow=0, **options)
    _speech(place).set_up(engine.sync_engine, purpose)
    if purpose == "write":
        catalogue_version.set_up(engine.sync_engine)
    return engine


def sync_engine(place: Location, purpose: sqlite.Purpose) -> Engine:
    """An engine for one verb that looks at the schema or changes it.

    Raises:
        StoreReadOnly: The folder of the database file cannot be made.
    """
    engine = create_engine(place.url.set(drivername="sqlite") if place.file else place.url, **_options(place))
    _speech(place).set_up(engine, purpose)
    return engine


def _options(place: Location) -> dict[str, Any]:
    if place.file:
        make_folder(place.file)
        return {"connect_args": sqlite.CONNECT}
    said = {name: value for name, value in postgresql.CONNECT.items() if name not in place.url.query}
    return {"connect_args": said, "pool_pre_ping": True}


def _speech(place: Location) -> Any:
    return sqlite if place.file else postgresql
