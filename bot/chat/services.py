"""Owns what the chat room is handed by whoever wires it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.editorial.library import Library
from bot.editorial.shelf import CollageShelf
from bot.model.entry import Series
from bot.model.subscription import Moment
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the chat room asks for answers.

    Attributes:
        series: Every series with its effective rhythm.
        clock: The present instant, aware.
        upcoming: When the next weekly pick of a series comes to a chat with that own moment (or none) after an instant,
            the weeks left out that it has had.
    """

    database: Database
    library: Library
    shelf: CollageShelf
    series: tuple[Series, ...]
    clock: Callable[[], datetime]
    upcoming: Callable[[Series, Moment | None, datetime, Collection[str]], datetime | None]
