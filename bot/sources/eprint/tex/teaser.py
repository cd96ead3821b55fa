"""Owns the figure above a paper's text, which many authors put where the title is made instead of into a float."""

import re

from bot.sources.eprint.tex.scanning import braced, skip_blank

_HOOK = re.compile(
    r"\\(?:re|provide)?newcommand\*?[ \t]*\{?\\@maketitle\}?|\\(?:g@addto@macro|apptocmd|appto)[ \t]*\{?\\@maketitle\}?"
    r"|\\def[ \t]*\\@maketitle|\\teaser(?![a-zA-Z])"
)
_CAPTION = re.compile(r"\\caption(?:of)?(?![a-zA-Z])")
_FLOAT = re.compile(r"\\begin[ \t]*\{(?:teaser)?figure\*?\}")
_BEGIN = re.compile(r"\\begin[ \t]*\{document\}")


def with_teaser(text: str) -> str:
    """Move a captioned picture out of ``\\@maketitle`` or ``\\teaser`` to the beginning of the document."""
    for found in _HOOK.finditer(text):
        said = braced(text, skip_blank(text, found.end()))
        begin = _BEGIN.search(text)
        if not said or not begin or not _CAPTION.search(said[0]):
            continue
        figure = said[0] if _FLOAT.search(said[0]) else f"\\begin{{figure*}}{said[0]}\\end{{figure*}}"
        rest = text[: found.start()] + text[said[1] :]
        place = begin.end() if begin.end() <= found.start() else begin.end() - (said[1] - found.start())
        return rest[:place] + figure + rest[place:]
    return text
