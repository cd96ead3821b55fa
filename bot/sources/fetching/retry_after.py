"""Owns reading how long a server asks us to wait."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=1)  # nobody waits for longer, and no number overflows


def retry_after(value: str | None, *, now: datetime) -> timedelta | None:
    """Read a ``Retry-After`` header in both of its forms; None where it says nothing.

    Source: RFC 9110, section 10.2.3
    """
    said = (value or "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), _LONGEST)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(aware - now, timedelta()), _LONGEST)
