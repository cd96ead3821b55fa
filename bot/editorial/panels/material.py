"""Owns what the panels of an entry are made of: its numbers, and the files in its folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bot.editorial.faults import nearest
from bot.editorial.fields import Fields
from bot.model.panel import Number

_MAX_BYTES = 20 * 1024 * 1024
_TEXTS = frozenset({".md", ".yaml"})


class Files(Mapping[str, bytes]):
    """Files by the sha256 of their bytes; they are read when they are asked for, so that few are in memory at once."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        """Take where each file is."""
        self._paths = paths

    def __getitem__(self, digest: str) -> bytes:
        return self._paths[digest].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@dataclass(frozen=True, slots=True)
class Material:
    """What the panels of one entry may refer to.

    Attributes:
        numbers: Those the entry lists; None when its file is so faulty that nobody knows them.
        paths: The files that panels named so far, by the sha256 of their bytes.
    """

    folder: Path
    numbers: tuple[Number, ...] | None
    paths: dict[str, Path] = field(default_factory=dict)

    @property
    def files(self) -> Files:
        """The bytes of the files that panels named so far."""
        return Files(self.paths)

    def read_file(self, fields: Fields, name: str) -> tuple[str, str]:
        """Read the file that the field *name* names.

        Returns:
            Its name and its digest; the digest is empty when it cannot be read, which is noted.
        """
        file = fields.text(name)
        if not file or (content := self._content(fields, name, file)) is None:
            return file, ""
        digest = sha256(content).hexdigest()
        self.paths[digest] = self.folder / file
        return file, digest

    def _content(self, fields: Fields, name: str, file: str) -> bytes | None:
        if Path(file).name != file or file.startswith("."):
            fields.fault(name, f"{file!r} does not stand in the folder of the entry. Put it there; name it alone.")
            return None
        path = self.folder / file
        if not path.is_file() or path.is_symlink():
            others = (each.name for each in self.folder.iterdir() if each.suffix not in _TEXTS)
            fields.fault(name, f"There is no file {file!r} in the folder of the entry. {nearest(file, others)}")
            return None
        if path.stat().st_size > _MAX_BYTES:
            fields.fault(name, f"{file!r} is larger than {_MAX_BYTES // 1024**2} MiB. Make it smaller.")
            return None
        try:
            return path.read_bytes()
        except OSError as error:
            fields.fault(name, f"{file!r} cannot be read ({error.strerror}). Make it readable.")
            return None
