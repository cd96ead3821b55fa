"""Owns how a wish lies in its row."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, Text, cast

from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.subscription import Moment, Offer, Subscription
from bot.store.tables import subscription

MOMENT = (subscription.c.weekday, subscription.c.hour, subscription.c.minute, subscription.c.timezone)
WISH = (
    subscription.c.since,
    cast(subscription.c.declined, Text).label("declined"),
    cast(subscription.c.begun, Text).label("begun"),
    subscription.c.quiet,
    subscription.c.paused_until,
    cast(subscription.c.topics, Text).label("topics"),
    *MOMENT,
)
"""Everything about a wish but whose it is. JSON comes as it is written: most wishes say the same, and are read once."""
_NO_MOMENT = dict.fromkeys(column.name for column in MOMENT)


def wish_of(row: Row[*tuple[Any, ...]]) -> Subscription:
    """The wish in a row that holds `WISH` and an address."""
    return Subscription(
        address=Address(row.chat_id, row.thread_id),
        since=row.since,
        moment=moment_of(row),
        declined=_offers(row.declined),
        begun=_instants(row.begun),
        quiet=row.quiet,
        paused_until=row.paused_until,
        topics=_slugs(row.topics),
    )


def is_plain(row: Row[*tuple[Any, ...]]) -> bool:
    """Claim that a wish in such a row objects to nothing, as most do: looking closer at each would take long."""
    return row.declined == "[]" and row.topics == "[]" and row.paused_until is None


def moment_of(row: Row[*tuple[Any, ...]]) -> Moment | None:
    """The moment in a row that holds `MOMENT`."""
    if row.weekday is None:
        return None
    return Moment(weekday=row.weekday, hour=row.hour, minute=row.minute, timezone=row.timezone)


def row_of(wish: Subscription) -> dict[str, Any]:
    """What to write for a wish, its address left out."""
    return {
        "since": wish.since,
        "declined": sorted(map(written, wish.declined)),
        "begun": {written(offer): since.isoformat() for offer, since in sorted(wish.begun.items())},
        "quiet": wish.quiet,
        "paused_until": wish.paused_until,
        "topics": list(wish.topics),
        **(asdict(wish.moment) if wish.moment else _NO_MOMENT),
    }


def written(offer: Offer) -> str:
    """How an offer is written in a row: ``ml-collage weekly``."""
    slug, kind = offer
    return f"{slug} {kind}"


@lru_cache
def _offers(said: str) -> frozenset[Offer]:
    return frozenset(map(_offer, json.loads(said)))


@lru_cache
def _instants(said: str) -> Mapping[Offer, datetime]:
    return MappingProxyType({_offer(offer): datetime.fromisoformat(at) for offer, at in json.loads(said).items()})


@lru_cache(maxsize=4096)
def _slugs(said: str) -> tuple[str, ...]:
    return tuple(json.loads(said))


def _offer(said: str) -> Offer:
    slug, _, kind = said.rpartition(" ")
    return slug, EditionKind(kind)
