"""Owns when a lease is over: it ran out, or it ends so late that only a wrong clock can have written that."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_

_SLACK = timedelta(minutes=5)
"""Clocks are this much apart before one of them is disbelieved: a lease from a clock a little ahead is a lease."""


def is_over(until: datetime | None, *, now: datetime, lease: timedelta) -> bool:
    """Whether nobody holds any more what was held *until* then.

    Args:
        lease: No lease is longer.
    """
    return until is None or not now < until <= now + lease + _SLACK


def over(until: ColumnElement[Any], *, now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """The same as a condition."""
    return or_(until.is_(None), until <= now, until > now + lease + _SLACK)
