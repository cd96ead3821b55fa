"""Owns finding what stands in a float: captions, pictures, tables, and in which box each of them is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sources.eprint.limits import Deadline
from bot.sources.eprint.paper.lengths import share_of_width
from bot.sources.eprint.tex.scanning import (
    Environment,
    argument,
    braced,
    bracketed,
    environments,
    key_values,
    options,
    starred,
)

_DEEPEST = 8
_MOST_PICTURES = 60
_PARTS = ("subfigure", "subfigure*", "subtable", "subcaptionblock", "subcaptiongroup")
_CELLS = (*_PARTS, "minipage", "parbox")
_DRAWINGS = frozenset((
    "tikzpicture", "pgfpicture", "picture", "pspicture", "axis", "circuitikz", "forest", "tikzcd", "pspicture*",
    "psmatrix", "algorithmic", "algorithm", "algorithm2e", "verbatim", "lstlisting", "minted", "tcolorbox",
    "mdframed", "tcblisting", "feynmandiagram", "dot2tex", "xy", "prooftree", "mathpar", "equation", "equation*",
    "align", "align*", "quantikz",
))  # fmt: skip
_TABULARS = frozenset(
    (
        "tabular",
        "tabular*",
        "tabularx",
        "tabulary",
        "longtable",
        "longtable*",
        "longtabu",
        "tabu",
        "tblr",
        "array",
        "NiceTabular",
    )
)
_MARK = re.compile(
    r"\\begin[ \t]*\{(?P<begin>[^{}]{1,60})\}|\\end[ \t]*\{(?P<end>[^{}]{1,60})\}"
    r"|\\(?P<part>subfloat|subcaptionbox|subfigure|subtable|ffigbox|ttabbox)(?![a-zA-Z])"
    r"|\\(?P<captionof>captionof)(?![a-zA-Z])"
    r"|\\(?P<caption>caption|subcaption|bicaption|figcaption|tabcaption)(?![a-zA-Z])"
    r"|\\(?P<label>label)(?![a-zA-Z])"
    r"|\\(?P<picture>includegraphics|includesvg|adjincludegraphics|includestandalone|includepdf|epsfig|psfig|epsfbox"
    r"|epsffile|plotone|plottwo|adjustimage)(?![a-zA-Z])"
    r"|\\(?P<clipbox>clipbox)(?![a-zA-Z])"
    r"|\\(?P<drawing>tikz|input|xymatrix|chemfig|Qcircuit|psset|pscircle|feynmandiagram|smartdiagram)(?![a-zA-Z])"
    r"|\\(?P<continued>ContinuedFloat)(?![a-zA-Z])"
    r"|(?P<break>\\\\|\\(?:newline|linebreak|par|tabularnewline)(?![a-zA-Z])|\n[ \t]*\n)"
)
_ALMOST_ALL = 0.9  # of the width: a box of that width is no cell beside others
_FILE_KEYS = ("file", "figure")


_LABEL = re.compile(r"\\label[ \t]*\{([^{}]{1,200})\}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the source names it.

    Attributes:
        options: Of ``\\includegraphics``: width, trim, page.
        row: Pictures of one row stand side by side.
        share: Of the width of the text; 0 where it is not known.
        part: The subfigure it is in.
        boxes: The boxes it stands in, from outside inwards.
        place: Counts what stands in the float.
        is_overlaid: Words are written over it.
    """

    name: str
    command: str
    options: tuple[tuple[str, str], ...]
    row: int
    share: float
    part: int | None
    boxes: tuple[int, ...]
    place: int
    is_overlaid: bool = False


@dataclass
class Caption:
    """A caption that is not of a part; *place* counts what stands in the float."""

    kind: str
    latex: str
    is_numbered: bool
    boxes: tuple[int, ...]
    place: int
    labels: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table in a float: its environment and what stands in it."""

    environment: str
    latex: str
    boxes: tuple[int, ...]
    place: int


@dataclass
class Scan:
    """Reads a float from front to back.

    Attributes:
        kind: ``figure`` or ``table``, for captions that do not say it.
        early_labels: Before any caption.
        part_captions: Of subfigures, by their number, counted from 0; *part_labels* likewise.
        is_drawn: TeX draws some of it.
    """

    kind: str
    deadline: Deadline
    captions: list[Caption] = field(default_factory=list)
    early_labels: list[str] = field(default_factory=list)
    part_labels: dict[int, list[str]] = field(default_factory=dict)
    part_captions: dict[int, str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    tabulars: list[Tabular] = field(default_factory=list)
    is_continued: bool = False
    is_drawn: bool = False
    _row: int = 0
    _part: int | None = None
    _parts: int = 0
    _boxes: tuple[int, ...] = ()
    _box_count: int = 0
    _share: float = 1.0
    _is_cell: bool = False
    _place: int = 0
    _clip: str = ""

    def read(self, latex: str, depth: int = 0) -> None:
        """Take in what stands in *latex*."""
        known = environments(latex)
        position = 0
        while found := _MARK.search(latex, position):
            self.deadline.check()
            self._place += 1
            position = self._take(latex, found, known, depth)

    def _take(self, latex: str, found: re.Match[str], known: Mapping[int, Environment], depth: int) -> int:
        end = found.end()
        if found["begin"]:
            return self._begin(latex, known.get(found.start()), end, depth)
        if found["part"]:
            return self._command_part(latex, found["part"], end, depth)
        if found["captionof"]:
            kind = argument(latex, starred(latex, end)[1])
            return self._caption(latex, kind[1], kind[0].strip()) if kind else end
        if found["caption"]:
            return self._caption(latex, end, {"figcaption": "figure", "tabcaption": "table"}.get(found["caption"], ""))
        if found["label"]:
            return self._label(latex, end)
        if found["picture"]:
            return self._picture(latex, found["picture"], end)
        if found["clipbox"]:
            said = braced(latex, end)
            self._clip = said[0] if said else ""
            return said[1] if said else end
        self.is_drawn |= bool(found["drawing"])
        self.is_continued |= bool(found["continued"])
        if found["break"] and not self._is_cell:
            self._row += 1
        return end

    def _begin(self, latex: str, inside: Environment | None, end: int, depth: int) -> int:
        if inside is None or depth > _DEEPEST:
            return end
        body = latex[inside.body : inside.body_end]
        name = inside.name
        if name == "overpic":
            said = braced(body, options(body, 0)[1])
            if said:
                given = options(body, 0)[0]
                self._add(said[0], "overpic", given[-1] if given else "", is_overlaid="\\put" in body)
        elif name in _DRAWINGS:
            self.is_drawn = True
        elif name in _CELLS:
            self._box(body, depth, is_part=name in _PARTS or "\\subcaption{" in body)
        else:
            if name in _TABULARS:
                self.tabulars.append(Tabular(name, body, self._boxes, self._place))
            if name not in _TABULARS or "\\includegraphics" in body or "\\caption" in body:
                self.read(body, depth + 1)
        return inside.end

    def _box(self, body: str, depth: int, *, is_part: bool, caption: str | None = None, width: str = "") -> None:
        """Read what stands in a box beside others; a part has a caption of its own."""
        _, start = options(body, 0)
        if not width and (found := braced(body, start)):
            width, start = found
        before = (self._boxes, self._share, self._part, self._is_cell)
        share = share_of_width(width)
        self._box_count += 1
        self._boxes = (*self._boxes, self._box_count)
        self._share *= share or 1.0
        self._is_cell = self._share < _ALMOST_ALL if share else is_part
        if is_part:
            self._part = self._parts
            self._parts += 1
            if caption is not None:
                self._part_caption(caption)
        self.read(body[start:], depth + 1)
        self._boxes, self._share, self._part, self._is_cell = before

    def _command_part(self, latex: str, name: str, end: int, depth: int) -> int:
        """Read ``\\subfloat[caption]{…}``, ``\\subcaptionbox{caption}[width]{…}`` and their like."""
        _, position = starred(latex, end)
        if name in ("ffigbox", "ttabbox"):
            position = options(latex, position)[1]
            body = braced(latex, position)
            below = braced(latex, body[1]) if body else None
            if not body or not below or depth > _DEEPEST:
                return end
            self.read(body[0], depth + 1)
            self.read(below[0], depth + 1)
            return below[1]
        caption, width = "", ""
        if name == "subcaptionbox":
            if not (said := braced(latex, position)):
                return end
            caption, position = said
            given, position = options(latex, position)
            width = given[0] if given else ""
        else:
            given, position = options(latex, position)
            caption = given[-1] if given else ""
        body = braced(latex, position)
        if not body or depth > _DEEPEST:
            return end
        self._box(f"{{}}{body[0]}", depth, is_part=True, caption=caption, width=width or "0")
        return body[1]

    def _caption(self, latex: str, position: int, kind: str) -> int:
        is_starred, position = starred(latex, position)
        if short := bracketed(latex, position):
            position = short[1]
        if not (said := braced(latex, position)):
            return position
        if self._part is not None and not kind:
            self._part_caption(said[0])
            return said[1]
        caption = Caption(kind or self.kind, said[0], not is_starred, self._boxes, self._place)
        caption.labels += [*(self.early_labels if not self.captions else []), *_labels(said[0])]
        self.captions.append(caption)
        return said[1]

    def _part_caption(self, latex: str) -> None:
        assert self._part is not None
        self.part_captions.setdefault(self._part, latex)
        self.part_labels.setdefault(self._part, []).extend(_labels(latex))

    def _label(self, latex: str, position: int) -> int:
        if not (said := braced(latex, position)):
            return position
        name = said[0].strip()
        if self._part is not None:
            self.part_labels.setdefault(self._part, []).append(name)
        elif self.captions:
            self.captions[-1].labels.append(name)
        else:
            self.early_labels.append(name)
        return said[1]

    def _picture(self, latex: str, command: str, position: int) -> int:
        _, position = starred(latex, position)
        given, position = options(latex, position)
        if command == "adjustimage":
            keys = braced(latex, position)
            given, position = ((keys[0],), keys[1]) if keys else (given, position)
        if len(given) == 2 and "=" not in "".join(given):
            given = ("viewport=" + " ".join(",".join(given).split(",")),)  # the old form: [llx,lly][urx,ury]
        if not (name := braced(latex, position)):
            return position
        if command in ("epsfig", "psfig"):
            keys_of = key_values(name[0])
            file = next((keys_of[key] for key in _FILE_KEYS if key in keys_of), "")
            self._add(file, command, name[0])
            return name[1]
        self._add(name[0], command, given[0] if given else "")
        if command == "plottwo" and (second := braced(latex, name[1])):
            self._add(second[0], command, "")
            return second[1]
        return name[1]

    def _add(self, name: str, command: str, said: str, *, is_overlaid: bool = False) -> None:
        if len(self.pictures) >= _MOST_PICTURES or not name.strip():
            return
        keys = key_values(said)
        if self._clip:
            keys |= {"trim": self._clip, "clip": ""}
            self._clip = ""
        own = share_of_width(keys.get("width", ""))
        share = self._share * (own or 1.0) if own or self._share < 1 else 0.0
        self.pictures.append(
            Picture(
                name=name.strip(),
                command=command,
                options=tuple(keys.items()),
                row=self._row,
                share=share,
                part=self._part,
                boxes=self._boxes,
                place=self._place,
                is_overlaid=is_overlaid,
            )
        )


def _labels(latex: str) -> list[str]:
    return [found[1].strip() for found in _LABEL.finditer(latex)]
