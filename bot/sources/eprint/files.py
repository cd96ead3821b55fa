"""Owns the files of an e-print, and how TeX finds them: without extension, in several folders, in any case."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_SPECIAL = re.compile(r"\\([_#&% ])")
_LONGEST_NAME = 300


@dataclass(frozen=True)
class Files:
    """What an e-print holds.

    Attributes:
        contents: By path, with ``/`` between folders.
        notes: What was left out, one sentence each.
    """

    contents: Mapping[str, bytes]
    notes: tuple[str, ...] = ()

    @cached_property
    def _by_lower_case(self) -> dict[str, str]:
        return {path.lower(): path for path in reversed(tuple(self.contents))}

    def find(self, name: str, *, extensions: Iterable[str] = (), folders: Iterable[str] = ("",)) -> str | None:
        """Name the file that TeX means.

        Args:
            name: As the source writes it.
            extensions: Tried one after the other where nothing is called *name* itself: ``.pdf``.
            folders: Tried in order, as ``\\graphicspath`` gives them.

        Returns:
            A key of *contents*; None where there is none.
        """
        if len(name) > _LONGEST_NAME:
            return None
        wanted = _SPECIAL.sub(r"\1", name).replace('"', "").replace("\\string", "").strip()
        for folder in folders:
            for extension in ("", *extensions):
                if (path := _joined(folder, wanted + extension)) and (hit := self._named(path)):
                    return hit
        return None

    def find_anywhere(self, name: str, *, extensions: Iterable[str] = ()) -> str | None:
        """Name the one file of that name, in whatever folder; None where there is none, or several."""
        wanted = {f"{name.rpartition('/')[2]}{extension}".lower() for extension in ("", *extensions)}
        found = [path for path in self.contents if path.rpartition("/")[2].lower() in wanted]
        return found[0] if len(found) == 1 else None

    def _named(self, path: str) -> str | None:
        return path if path in self.contents else self._by_lower_case.get(path.lower())


def _joined(folder: str, name: str) -> str | None:
    """*name* seen from *folder*; None where it leads out of the archive."""
    parts: list[str] = []
    for part in f"{folder.strip()}/{name}".replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part.strip() not in ("", "."):
            parts.append(part.strip())
    return "/".join(parts)
