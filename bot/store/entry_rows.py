"""Owns how an entry lies in its rows: values to columns, and back to the same values."""

from dataclasses import asdict
from operator import itemgetter
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.licence import Licence
from bot.model.month import Month
from bot.model.panel import Number, Panel
from bot.model.paper import Link, Paper
from bot.store.dialect import json_object, json_value
from bot.store.tables import entry_text, entry_topic, topic

_LINKS = TypeAdapter(tuple[Link, ...])
_NUMBERS = TypeAdapter(tuple[Number, ...])
_PANELS = TypeAdapter(tuple[Panel, ...])
_PANELS_IN = TypeAdapter(dict[str, tuple[Panel, ...]])

# Rows are read with the name of their table before that of the column: `entry_slug`, `paper_title`.


def series_columns(which: Series) -> dict[str, Any]:
    """The row of a series, without its id."""
    return {**asdict(which), "since": str(which.since) if which.since else None}


def paper_columns(which: Paper) -> dict[str, Any]:
    """The row of a paper, without its id."""
    texts = {"arxiv_id": str(which.arxiv_id), "authors": list(which.authors), "licence": which.licence.url}
    return {**asdict(which), **texts}


def entry_columns(said: Entry) -> dict[str, Any]:
    """The row of an entry, without its id and what it refers to."""
    return {
        "slug": said.slug,
        "number": said.number,
        "month": str(said.month) if said.month else None,
        "state": said.state,
        "links": _LINKS.dump_python(said.links, mode="json"),
        "aliases": list(said.aliases),
        "numbers": _NUMBERS.dump_python(said.numbers, mode="json"),
        "panels": _PANELS.dump_python(said.panels, mode="json"),
        "panels_in": _PANELS_IN.dump_python(dict(said.panels_in), mode="json"),
        "accent": said.accent,
    }


def read_series(row: Row[*tuple[Any, ...]]) -> Series:
    """The series in a row of `series`, joined or alone."""
    return Series(
        slug=row.series_slug,
        name=row.series_name,
        description=row.series_description,
        timezone=row.series_timezone,
        weekly_at=row.series_weekly_at,
        roundup_at=row.series_roundup_at,
        total=row.series_total,
        insights=row.series_insights,
        since=_month(row.series_since),
    )


def text_object() -> json_object:
    """The SQL that makes one JSON object of a row of `entry_text`."""
    names = ("language", "headline", "question", "key_idea", "summary", "take_away", "why")
    pairs = [part for name in names for part in (name, entry_text.c[name])]
    lists = [part for name in ("key_insights", "shorter") for part in (name, json_value(entry_text.c[name]))]
    return json_object(*pairs, *lists)


def topic_object() -> json_object:
    """The SQL that makes one JSON object of a row of `entry_topic` and its topic."""
    pairs = ("slug", topic.c.slug, "name", topic.c.name, "position", entry_topic.c.position)
    return json_object(*pairs, "aliases", json_value(topic.c.aliases), "names", json_value(topic.c.names))


def read_entry(row: Row[*tuple[Any, ...]]) -> Entry:
    """The entry in a row of `entry` joined with `paper` and `series`, its texts and topics beside it."""
    return Entry(
        slug=row.entry_slug,
        series=read_series(row),
        number=row.entry_number,
        month=_month(row.entry_month),
        state=EntryState(row.entry_state),
        paper=read_paper(row),
        links=_LINKS.validate_python(row.entry_links),
        topics=_topics(row.topics),
        aliases=tuple(row.entry_aliases),
        numbers=_NUMBERS.validate_python(row.entry_numbers),
        panels=_PANELS.validate_python(row.entry_panels),
        panels_in=_PANELS_IN.validate_python(row.entry_panels_in),
        accent=row.entry_accent,
        texts=dict(map(_text, row.texts)),
        id=row.entry_id,
    )


def read_paper(row: Row[*tuple[Any, ...]]) -> Paper:
    """The paper in a row of `paper`, joined or alone."""
    return Paper(
        arxiv_id=ArxivId(row.paper_arxiv_id),
        version=row.paper_version,
        title=row.paper_title,
        authors=tuple(row.paper_authors),
        year=row.paper_year,
        venue=row.paper_venue,
        licence=Licence(row.paper_licence),
    )


def _text(columns: dict[str, Any]) -> tuple[str, EntryText]:
    language, insights, shorter = (columns.pop(name) for name in ("language", "key_insights", "shorter"))
    said = {name: tuple(variants) for name, variants in shorter.items()}
    return language, EntryText(**columns, key_insights=tuple(insights), shorter=said)


def _topics(rows: list[dict[str, Any]]) -> tuple[Topic, ...]:
    ordered = sorted(rows, key=itemgetter("position"))
    return tuple(Topic(row["slug"], row["name"], tuple(row["aliases"]), row["names"]) for row in ordered)


def _month(label: str | None) -> Month | None:
    return Month.parse(label) if label else None
