"""Owns putting a paper together from the files it inputs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sources.eprint.files import Files
from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.tex.scanning import argument, braced

_DEEPEST = 20
_INPUT = re.compile(
    r"\\(?P<plain>input|include|subfile|subfileinclude|InputIfFileExists|loadfigure)(?![a-zA-Z@])"
    r"|\\(?P<folder>import|subimport|inputfrom|subinputfrom|includefrom|subincludefrom)\*?(?![a-zA-Z@])"
)
_BARE_NAME = re.compile(r"[ \t]*([^\s{}\\%]{1,200})")
_DRAWING = (".tikz", ".pgf", ".pdf_tex", ".pstex_t", ".pdftex_t")
_DRAWN = "\\begin{tikzpicture}\\end{tikzpicture}"
_BODY = re.compile(r"\\begin[ \t]*\{document\}")
_END = re.compile(r"\\end[ \t]*\{document\}")
_CLASS = re.compile(r"\\document(?:class|style)\b")


def body_of(text: str) -> tuple[str, str]:
    """Part a document into what stands before ``\\begin{document}`` and what stands within."""
    if not (begin := _BODY.search(text)):
        return "", text
    end = _END.search(text, begin.end())
    return text[: begin.start()], text[begin.end() : end.start() if end else len(text)]


@dataclass
class Inclusion:
    """One paper being put together.

    Attributes:
        texts: Every file with TeX in it, without comments, by path.
        missing: What was to be read and is not there.
        is_cut: There was more than *most* characters.
    """

    files: Files
    texts: Mapping[str, str]
    deadline: Deadline
    most: int
    missing: list[str] = field(default_factory=list)
    is_cut: bool = False
    _open: list[str] = field(default_factory=list)

    def whole(self, path: str) -> str:
        """The text of *path* with everything it inputs in its place."""
        self.most -= len(self.texts[path])
        self._open.append(path)
        text = self.texts[path]
        kept: list[str] = []
        position = 0
        while found := _INPUT.search(text, position):
            self.deadline.check()
            kept.append(text[position : found.start()])
            instead, position = self._instead(text, found)
            kept.append(instead)
        self._open.pop()
        return "".join([*kept, text[position:]])

    def _instead(self, text: str, found: re.Match[str]) -> tuple[str, int]:
        name, end = self._name(text, found)
        path = self._path(name, is_folder=bool(found["folder"]))
        if name and path is None and not name.endswith((".sty", ".cls", ".def")) and "#" not in name:
            self.missing.append(name[-60:])
        return (self._included(path) if path else ""), end

    def _name(self, text: str, found: re.Match[str]) -> tuple[str, int]:
        """What is to be read, and where the command ends."""
        if found["folder"]:
            folder = argument(text, found.end())
            name = argument(text, folder[1]) if folder else None
            return (f"{folder[0]}/{name[0]}", name[1]) if folder and name else ("", found.end())
        if said := braced(text, found.end()):
            return said
        bare = _BARE_NAME.match(text, found.end())
        return (bare[1], bare.end()) if bare else ("", found.end())

    def _path(self, name: str, *, is_folder: bool) -> str | None:
        """LaTeX looks from where it was started; files that were imported, and wrong ones, look from where they lie."""
        here = self._open[-1].rpartition("/")[0]
        root = self._open[0].rpartition("/")[0]
        folders = dict.fromkeys((here, root, "") if is_folder else (root, here, ""))
        return self.files.find(name, extensions=(".tex", ".ltx", ".tikz"), folders=folders)

    def _included(self, path: str) -> str:
        if path.lower().endswith(_DRAWING):
            return _DRAWN
        text = self.texts.get(path)
        if text is None or path in self._open or len(self._open) > _DEEPEST:
            return ""
        if len(text) > self.most:
            self.is_cut = True
            return ""
        whole = self.whole(path)
        return body_of(whole)[1] if _CLASS.search(whole) else whole
