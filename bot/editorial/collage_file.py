"""Owns the collage file: what the collage of an entry shows, in English and in other languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.editorial.faults import Faults
from bot.editorial.fields import Fields
from bot.editorial.panels.material import Material
from bot.editorial.panels.reading import read_panel
from bot.editorial.text_file import read_lines
from bot.editorial.yaml_nodes import read_mapping
from bot.model.language import ENGLISH
from bot.model.panel import Panel

COLLAGE_FILE = "collage.yaml"
_TRANSLATION = re.compile(r"collage\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.yaml")
_HUE = re.compile(r"#[0-9a-fA-F]{6}")
MOST_PANELS = 4


@dataclass(frozen=True, slots=True)
class CollageFile:
    """What the collage of an entry shows, as its files say it; nothing where there is no file."""

    panels: tuple[Panel, ...] = ()
    accent: str | None = None
    panels_in: Mapping[str, tuple[Panel, ...]] = field(default_factory=dict)


def read_collage(material: Material, faults: Faults) -> CollageFile:
    """Read what the collage shows from the folder of an entry.

    Args:
        faults: Of that folder.
    """
    path = material.folder / COLLAGE_FILE
    if not path.exists():
        _refuse_orphans(material.folder, faults)
        return CollageFile()
    panels, accent = _read(path, material, faults.below(COLLAGE_FILE), has_accent=True)
    spoken: dict[str, tuple[Panel, ...]] = {}
    for language, other in _translations(material.folder).items():
        below = faults.below(other.name)
        spoken[language], _ = _read(other, material, below, has_accent=False)
        if not below.found and list(map(type, spoken[language])) != list(map(type, panels)):
            below.add(1, f"The panels are not those of {COLLAGE_FILE}. Give the same kinds in the same order.")
    return CollageFile(panels, accent, spoken)


def _translations(folder: Path) -> dict[str, Path]:
    matches = ((_TRANSLATION.fullmatch(path.name), path) for path in sorted(folder.iterdir()))
    return {match[1]: path for match, path in matches if match and match[1] != ENGLISH}


def _refuse_orphans(folder: Path, faults: Faults) -> None:
    for path in _translations(folder).values() if folder.is_dir() else ():
        faults.below(path.name).add(1, f"There is no {COLLAGE_FILE} beside it. Add it with the panels in English.")


def _read(path: Path, material: Material, faults: Faults, *, has_accent: bool) -> tuple[tuple[Panel, ...], str | None]:
    lines = read_lines(path, faults)
    node = None if faults.found else read_mapping("\n".join(lines), faults)
    if node is None:
        return (), None
    fields = Fields(node, faults)
    accent = fields.parsed("accent", _hue) if has_accent else None
    groups = fields.mappings("panels")
    if not 1 <= len(groups) <= MOST_PANELS:
        said = f"There are {len(groups)} panels. Give 1 to {MOST_PANELS}"
        fields.fault("panels", f"{said}; the texts of the entry add two more.")
    found = (read_panel(group, material) for group in groups)
    panels = tuple(panel for panel in found if panel)
    fields.finish()
    return panels, accent


def _hue(text: str) -> str:
    if not _HUE.fullmatch(text):
        raise ValueError(f'{text!r} is no colour. Write it like "#0b6b63", with the quotes')
    return text.lower()
