"""Reads which characters the fonts have, and writes the index: ``python -m tests.collage.font_index``."""

from fontTools.ttLib import TTFont

from bot.collage.lettering.coverage import FOLDER, HAN, INDEX, SYMBOL, TEXT, Index, path_of


def read_fonts() -> Index:
    """The index as the font files themselves say it."""
    slices = sorted((path.stem for path in (FOLDER / HAN).glob("*.woff2")), key=int, reverse=True)
    names = [TEXT, SYMBOL, *(f"{HAN}/{stem}.woff2" for stem in slices)]
    return Index.of({name: _characters(name) for name in names})


def _characters(name: str) -> dict[int, bool]:
    with TTFont(path_of(name), lazy=True) as opened:
        em, advances = opened["head"].unitsPerEm, opened["hmtx"]
        found: dict[int, str] = opened.getBestCmap()
        return {point: name.startswith(HAN) and advances[glyph][0] == em for point, glyph in found.items()}


if __name__ == "__main__":
    INDEX.write_bytes(read_fonts().pack())
