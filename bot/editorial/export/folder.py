"""Owns the folder an entry is written to: all of it or nothing, and only what `load` reads back as the same entry."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from bot.editorial.collage_file import COLLAGE_FILE
from bot.editorial.content import read_folder
from bot.editorial.entry_file import Vocabulary
from bot.editorial.export.entry import file_texts
from bot.editorial.export.panels import collage_text
from bot.editorial.faults import Faults
from bot.errors import ContentError, DraftError
from bot.model.entry import Entry
from bot.model.panel import Figure, Panel


def write_entry(
    root: Path, entry: Entry, files: Mapping[str, bytes], vocabulary: Vocabulary, *, replaces: bool = False
) -> Path:
    """Write *entry* to its folder below the content folder *root*.

    Args:
        files: The bytes of its figures, by sha256.
        replaces: True overwrites the folder of the same name.

    Returns:
        The folder.

    Raises:
        DraftError: The folder is there already.
        ContentError: What was written could not be loaded; nothing is left behind. One line per fault.
    """
    target = root / entry.slug
    if target.exists() and not replaces:
        raise DraftError(f"{target} is there already; edit it, take it away, or say --force.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".draft-", dir=target.parent) as scratch:
        made = Path(scratch) / target.name
        made.mkdir()
        _write(made, entry, files, vocabulary)
        _check(made, entry, vocabulary)
        if target.exists():
            shutil.rmtree(target)
        made.rename(target)
    return target


def _write(folder: Path, entry: Entry, files: Mapping[str, bytes], vocabulary: Vocabulary) -> None:
    for name, text in file_texts(entry, vocabulary.aliases):
        (folder / name).write_text(text, encoding="utf-8")
    if entry.panels:
        (folder / COLLAGE_FILE).write_text(collage_text(entry.panels, entry.accent), encoding="utf-8")
    for language, panels in entry.panels_in.items():
        (folder / f"collage.{language}.yaml").write_text(collage_text(panels), encoding="utf-8")
    for figure in _figures(entry):
        (folder / figure.file).write_bytes(files[figure.sha256])


def _figures(entry: Entry) -> list[Figure]:
    every: list[Panel] = [*entry.panels, *(panel for panels in entry.panels_in.values() for panel in panels)]
    return [panel for panel in every if isinstance(panel, Figure)]


def _check(folder: Path, entry: Entry, vocabulary: Vocabulary) -> None:
    """Read the folder as `load` would and compare; an export that says something else is worse than none."""
    faults = Faults(entry.slug)
    found = read_folder(folder, entry.series, vocabulary, faults)
    if found is None:
        raise ContentError("\n".join(map(str, faults.all())))
    read = replace(found.entry, slug=entry.slug, id=entry.id)
    if read != entry:
        changed = [part.name for part in fields(Entry) if getattr(read, part.name) != getattr(entry, part.name)]
        raise ContentError(f"{entry.slug}: {', '.join(changed)} would be read back as something else; simplify it.")
