"""Owns the content folder: topics, series and entries as values, or every fault there is."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.editorial.collage_file import read_collage
from bot.editorial.entry_file import ENTRY_FILE, EntryFile, Vocabulary, read_entry, read_translation, translations
from bot.editorial.faults import Faults
from bot.editorial.panels.material import Files, Material
from bot.editorial.series_file import read_aliases, read_series, read_topics
from bot.errors import ContentError
from bot.model.entry import Entry, Series, Topic
from bot.model.month import Month

_NEWEST = Month(9999, 12)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a content folder says; entries from the oldest to the newest.

    Attributes:
        files: The bytes of the figures, by sha256.
        faults: What kept entries from being read, one line each; empty unless it was asked to go on.
    """

    topics: tuple[Topic, ...]
    series: tuple[Series, ...]
    entries: tuple[Entry, ...]
    files: Mapping[str, bytes]
    faults: tuple[str, ...] = ()


def read_content(root: Path, *, goes_on: bool = False) -> Content:
    """Read the folder *root* and everything below it.

    Args:
        goes_on: Leave faulty entries out and name their faults in the content, instead of raising.

    Raises:
        ContentError: Something in it cannot be loaded; one line per fault, all of them.
    """
    faults = Faults(root.resolve().name)
    vocabulary = read_vocabulary(root, faults)
    series: list[Series] = []
    files: list[EntryFile] = []
    for folder in _folders(root):
        below = faults.below(folder.name)
        if found := read_series(folder, below.below("series.yaml")):
            series.append(found)
            files.extend(_entries(folder, found, vocabulary, below))
    if not any(map(_folders, _folders(root))):
        faults.add(1, "There are no entries here. Add a folder per series, and in it a folder per entry.")
    every = tuple(map(str, faults.all()))
    if every and not goes_on:
        raise ContentError("\n".join(every))
    return Content(
        tuple(vocabulary.topics.values()),
        tuple(series),
        tuple(sorted(_said(files), key=_age)),
        Files({digest: path for file in files for digest, path in file.paths.items()}),
        every,
    )


def read_vocabulary(root: Path, faults: Faults) -> Vocabulary:
    """Read the closed lists that entries choose from."""
    return Vocabulary(
        topics=read_topics(root / "topics.yaml", faults.below("topics.yaml")),
        aliases=read_aliases(root / "aliases.yaml", faults.below("aliases.yaml")),
    )


def _entries(folder: Path, series: Series, vocabulary: Vocabulary, faults: Faults) -> list[EntryFile]:
    found = (read_folder(place, series, vocabulary, faults.below(place.name)) for place in _folders(folder))
    files = [file for file in found if file]
    _note_clashes(files, "number", lambda entry: entry.number)
    _note_clashes(files, "paper", lambda entry: entry.paper.arxiv_id)
    _note_clashes(files, "folder", lambda entry: entry.slug.casefold())
    return files


def read_folder(place: Path, series: Series, vocabulary: Vocabulary, faults: Faults) -> EntryFile | None:
    """Read the folder of one entry, whole; None when it is faulty."""
    found = read_entry(place, series, vocabulary, faults.below(ENTRY_FILE))
    texts = {
        language: read_translation(path, language, series, faults.below(path.name))
        for language, path in translations(place).items()
    }
    material = Material(place, found.entry.numbers if found else None)
    shown = read_collage(material, faults)
    if found is None or faults.all():
        return None
    spoken = {**found.entry.texts, **{language: text for language, text in texts.items() if text}}
    entry = replace(found.entry, texts=spoken, panels=shown.panels, accent=shown.accent, panels_in=shown.panels_in)
    return replace(found, entry=entry, paths=material.paths)


def _note_clashes(files: Iterable[EntryFile], what: str, key: Callable[[Entry], Hashable]) -> None:
    """Note every entry that says the same as an earlier one of its series where each must say its own."""
    first: dict[Hashable, EntryFile] = {}
    for file in files:
        value = key(file.entry)
        other = first.setdefault(value, file)
        if value is not None and other is not file:
            message = f"{other.entry.slug} has the same {what}. Change one of them or take it away."
            file.faults.add(file.lines.get(what, 1), message)


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _said(files: Iterable[EntryFile]) -> Iterator[Entry]:
    return (file.entry for file in files)


def _age(entry: Entry) -> tuple[Month, str, int, str]:
    return (entry.month or _NEWEST, entry.series.slug, entry.number or 0, str(entry.paper.arxiv_id))
