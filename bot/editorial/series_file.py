"""Owns the files that stand above the entries: series, topics, aliases."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.editorial.faults import Faults
from bot.editorial.fields import Fields
from bot.editorial.text_file import read_lines
from bot.editorial.yaml_nodes import read_mapping
from bot.model.entry import Series, Topic
from bot.model.language import ENGLISH, LANGUAGES
from bot.model.month import Month

_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_WEEKLY = re.compile(rf"(?:mon|tue|wed|thu|fri|sat|sun) {_TIME}")
_ROUNDUP = re.compile(rf"(?:last|[1-9]|1\d|2[0-8]) {_TIME}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_series(folder: Path, faults: Faults) -> Series | None:
    """Read ``series.yaml`` of one series; None when it is faulty."""
    if (fields := _read(folder / "series.yaml", faults)) is None:
        return None
    series = Series(
        slug=folder.name,
        name=fields.text("name"),
        description=fields.text("description"),
        timezone=fields.parsed("timezone", _zone) or "UTC",
        weekly_at=fields.parsed("weekly_at", _weekly),
        roundup_at=fields.parsed("roundup_at", _roundup),
        total=fields.whole("total"),
        insights=fields.flag("insights"),
        since=fields.parsed("since", parse_month),
    )
    fields.finish()
    return None if faults.found else series


def read_topics(path: Path, faults: Faults) -> dict[str, Topic]:
    """Read the closed list of topics, by slug."""
    fields = _read(path, faults)
    topics: dict[str, Topic] = {}
    for slug in _slugs(fields):
        if fields and (group := fields.mapping(slug)):
            topics[slug] = Topic(slug, group.text("name"), group.texts("aliases"), _names(group))
            group.finish()
    return topics


def read_aliases(path: Path, faults: Faults) -> dict[str, tuple[str, ...]]:
    """Read the closed list of aliases: every spelling, by slug."""
    fields = _read(path, faults)
    return {slug: fields.texts(slug, least=1) for slug in _slugs(fields)} if fields else {}


def parse_month(value: str) -> Month:
    """Read the label of a month.

    Raises:
        ValueError: There is no such month; the message says how to write one.
    """
    try:
        return Month.parse(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a month. Write it like 2022-01") from None


def _read(path: Path, faults: Faults) -> Fields | None:
    lines = read_lines(path, faults)
    node = read_mapping("\n".join(lines), faults) if not faults.found else None
    return Fields(node, faults) if node else None


def _names(topic: Fields) -> dict[str, str]:
    """What a topic is called in the other languages."""
    names = topic.mapping("names")
    if names is None:
        return {}
    found = {
        language: names.text(language) for language in LANGUAGES if language != ENGLISH and language in names.names
    }
    names.finish()
    return found


def _slugs(fields: Fields | None) -> list[str]:
    for name in fields.names if fields else ():
        if fields and not _SLUG.fullmatch(name):
            fields.fault(name, f"{name!r} is no slug. Write it in small letters and hyphens.")
    return fields.names if fields else []


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"There is no time zone {value!r}. Write it like UTC or Europe/Berlin") from None


def _weekly(value: str) -> str:
    if not _WEEKLY.fullmatch(value):
        raise ValueError(f"{value!r} is no weekly moment. Write it like mon 09:00")
    return value


def _roundup(value: str) -> str:
    if not _ROUNDUP.fullmatch(value):
        raise ValueError(f"{value!r} is no monthly moment. Write it like last 18:00 or 1 09:00")
    return value
