"""Owns the entry file: front matter with the facts, text below."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.editorial.faults import Faults, nearest
from bot.editorial.fields import Fields
from bot.editorial.panels.numbers import read_number
from bot.editorial.sections import read_text
from bot.editorial.series_file import parse_month
from bot.editorial.text_file import read_lines
from bot.editorial.yaml_nodes import read_mapping
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.language import ENGLISH
from bot.model.licence import UNKNOWN_LICENCE, Licence
from bot.model.month import Month
from bot.model.paper import Link, LinkKind, Paper

ENTRY_FILE = "entry.md"
_TRANSLATION = re.compile(r"entry\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.md")
_FENCE = "---"
_MAX_AUTHORS = 6_000  # the longest list of authors so far has more than five thousand
_VERSION = re.compile(r"(?P<id>.+?)(?:v(?P<version>[1-9]\d{0,2}))?")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists an entry chooses from, by slug."""

    topics: Mapping[str, Topic]
    aliases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EntryFile:
    """An entry as its files say it, with what is needed to say where it clashes with another one.

    Attributes:
        paths: The files its panels show, by the sha256 of their bytes.
    """

    entry: Entry
    faults: Faults
    lines: Mapping[str, int]
    paths: Mapping[str, Path] = field(default_factory=dict)


def read_entry(folder: Path, series: Series, vocabulary: Vocabulary, faults: Faults) -> EntryFile | None:
    """Read the entry in *folder* without its translations; None when it is faulty."""
    lines = read_lines(folder / ENTRY_FILE, faults)
    if faults.found:
        return None
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if lines[:1] != [_FENCE] or not end:
        faults.add(1, f"The front matter is missing. Put the facts between two lines `{_FENCE}` at the top.")
        return None
    node = read_mapping("\n".join(["", *lines[1:end]]), faults)  # the empty line keeps the numbers of the lines
    text = read_text(lines[end + 1 :], end + 2, faults, insights=series.insights)
    if node is None:
        return None
    fields = Fields(node, faults)
    entry = _entry(fields, f"{series.slug}/{folder.name}", series, vocabulary, text)
    if faults.found or entry is None:
        return None
    return EntryFile(entry, faults, {name: fields.line(name) for name in ("number", "paper")})


def translations(folder: Path) -> dict[str, Path]:
    """The files of *folder* that say the entry in another language, by language code."""
    matches = ((_TRANSLATION.fullmatch(path.name), path) for path in sorted(folder.iterdir()))
    return {match[1]: path for match, path in matches if match and match[1] != ENGLISH}


def read_translation(path: Path, language: str, series: Series, faults: Faults) -> EntryText | None:
    """Read the text of an entry in another language; None when it is faulty."""
    lines = read_lines(path, faults)
    if faults.found:
        return None
    text = read_text(lines, 1, faults, insights=series.insights, language=language)
    return None if faults.found else text


_OUT = (EntryState.PUBLISHED, EntryState.RETRACTED)
"""The states of what readers have, or had."""


def _entry(fields: Fields, slug: str, series: Series, vocabulary: Vocabulary, text: EntryText) -> Entry | None:
    numbers = tuple(map(read_number, fields.mappings("numbers")))
    state = fields.choice("state", EntryState)
    fields.refuse("visuals", "The panels stand in a file of their own. Move them to collage.yaml, below `panels:`.")
    paper = _paper(fields)
    entry = Entry(
        slug=slug,
        series=series,
        number=_number(fields, series, state),
        month=_month(fields, state),
        state=state or EntryState.DRAFT,
        paper=paper or Paper(ArxivId(""), None, "", (), 0),
        links=_links(fields),
        topics=_topics(fields, vocabulary.topics),
        aliases=_aliases(fields, vocabulary.aliases),
        numbers=numbers,
        panels=(),
        texts={ENGLISH: text},
    )
    fields.finish()
    return entry if paper else None


def _number(fields: Fields, series: Series, state: EntryState | None) -> int | None:
    number = fields.whole("number")
    if series.total is None:
        return number
    if number is None and "number" not in fields.names and state in _OUT:
        fields.fault("number", f"{series.name} is numbered. Add a field `number`.")
    elif number is not None and not 1 <= number <= series.total:
        fields.fault("number", f"{series.name} has the numbers 1 to {series.total}. Choose one of them.")
    return number


def _month(fields: Fields, state: EntryState | None) -> Month | None:
    month = fields.parsed("month", parse_month)
    if state in _OUT and "month" not in fields.names:
        fields.fault("state", "A published entry says in which month. Add a field `month`, like 2022-01.")
    if state is EntryState.QUEUED and month is not None:
        fields.fault("month", "A queued entry gets the month in which it is published. Take the field out.")
    return month


def _paper(fields: Fields) -> Paper | None:
    group = fields.mapping("paper")
    if group is None:
        if "paper" not in fields.names:
            fields.fault("paper", "The field 'paper' is missing. Add it with `arxiv`, `title`, `authors` and `year`.")
        return None
    arxiv = group.parsed("arxiv", _arxiv) if group.text("arxiv") else None
    year = group.whole("year")
    if "year" not in group.names or (year is not None and not 1990 <= year <= 2100):
        group.fault("year", "The paper needs the year it is cited with. Write it like 2021.")
    paper = Paper(
        arxiv_id=arxiv[0] if arxiv else ArxivId(""),
        version=arxiv[1] if arxiv else None,
        title=group.text("title"),
        authors=group.texts("authors", least=1, most=_MAX_AUTHORS),
        year=year or 0,
        venue=group.optional_text("venue"),
        licence=group.parsed("licence", _licence) or UNKNOWN_LICENCE,
    )
    group.finish()
    return paper


def _arxiv(value: str) -> tuple[ArxivId, int | None]:
    match = _VERSION.fullmatch(value)
    found = ArxivId.find(match["id"]) if match else None
    if match is None or found is None or found.value != match["id"]:
        raise ValueError(f"{value!r} is not an arXiv id. Write it like 2103.10697 or 2103.10697v2")
    return found, int(match["version"]) if match["version"] else None


def _licence(value: str) -> Licence:
    licence = Licence.read(value)
    if licence == UNKNOWN_LICENCE:
        raise ValueError(f"{value!r} is no licence that I know. Write its address, or a name like CC BY 4.0")
    return licence


def _links(fields: Fields) -> tuple[Link, ...]:
    group = fields.mapping("links")
    if group is None:
        return ()
    kinds = [kind for kind in LinkKind if kind is not LinkKind.PAPER]
    found = ((kind, group.parsed(kind, read_url)) for kind in kinds)
    links = tuple(Link(kind, url) for kind, url in found if url)
    group.finish()
    return links


def read_url(value: str) -> str:
    """Read the address of a page on the web.

    Raises:
        ValueError: It is none; the message says how to write one.
    """
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(char in value for char in " \"'<>\\"):
        raise ValueError(f"{value!r} is not a link. Write it in full, beginning with https://")
    return value


def _topics(fields: Fields, known: Mapping[str, Topic]) -> tuple[Topic, ...]:
    slugs = _listed(fields, "topics", known, "topics.yaml", least=1, most=4)
    return tuple(known[slug] for slug in slugs)


def _aliases(fields: Fields, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    slugs = _listed(fields, "aliases", known, "aliases.yaml", most=12)
    return tuple(spelling for slug in slugs for spelling in known[slug])


def _listed(
    fields: Fields, name: str, known: Mapping[str, object], file: str, *, least: int = 0, most: int
) -> list[str]:
    slugs = fields.texts(name, least=least, most=most)
    for slug, line in zip(slugs, fields.lines(name), strict=True):
        if slug and slug not in known:
            fields.faults.add(line, f"{slug!r} is not in {file}. {nearest(slug, known)}")
    return [slug for slug in dict.fromkeys(slugs) if slug in known]
