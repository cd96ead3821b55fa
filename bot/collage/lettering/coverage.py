"""Owns which font has which character, as the index beside the font files says, so that none is opened to find out."""

import zlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "fonts"
INDEX = FOLDER / "characters.idx"

TEXT = "Inter-roman.var.ttf"
"""Inter, for everything it has."""
SYMBOL = "STIXTwoMath-Regular.ttf"
"""STIX Two Math, for the mathematical characters Inter lacks; the package ziamath brings it along."""
HAN = "noto-sans-sc"
"""The folder of Noto Sans SC in slices, for Chinese."""

_SQUARE = 0x80
_NUMBER = 0x7F


@dataclass(frozen=True, slots=True)
class Index:
    """What every font has.

    Attributes:
        names: Of the font files, in the order in which they are asked.
        table: A byte per code point: 0 where no font has it, else one more than the place of its font among the names;
            plus 128 where the glyph is as wide as the em.
    """

    names: tuple[str, ...]
    table: bytes

    def pack(self) -> bytes:
        """The index as it lies on disk."""
        return zlib.compress("\n".join(self.names).encode() + b"\0" + self.table, 9)

    @classmethod
    def unpack(cls, packed: bytes) -> "Index":
        """Read what `pack` wrote."""
        names, _, table = zlib.decompress(packed).partition(b"\0")
        return cls(tuple(names.decode().split("\n")), table)

    @classmethod
    def of(cls, fonts: dict[str, dict[int, bool]]) -> "Index":
        """Make an index.

        Args:
            fonts: By name, the first asked first: the code points it has, and whether each is as wide as the em.
        """
        names = tuple(fonts)
        table = bytearray(1 + max(max(characters, default=0) for characters in fonts.values()))
        for number, name in reversed(list(enumerate(names, 1))):
            for point, is_square in fonts[name].items():
                table[point] = number | (_SQUARE if is_square else 0)
        return cls(names, bytes(table))


@cache
def _index() -> Index:
    return Index.unpack(INDEX.read_bytes())


def font_of(character: str) -> str | None:
    """The name of the first font that has *character*; None when none has."""
    index, point = _index(), ord(character)
    number = index.table[point] & _NUMBER if point < len(index.table) else 0
    return index.names[number - 1] if number else None


def is_square(character: str) -> bool:
    """True for a Chinese character and its like: as wide as the em in every weight, one glyph for itself."""
    index, point = _index(), ord(character)
    return point < len(index.table) and index.table[point] >= _SQUARE


def path_of(name: str) -> Path:
    """Where the file of the font *name* lies."""
    return _beside_ziamath() / name if name == SYMBOL else FOLDER / name


@cache
def _beside_ziamath() -> Path:
    """Where ziamath keeps its fonts; the package itself is not imported, which would be dear."""
    found = find_spec("ziamath")
    assert found, "ziamath is a dependency"
    assert found.origin
    return Path(found.origin).parent / "fonts"
