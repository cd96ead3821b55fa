"""Owns reading an e-print: from the bytes that came to what is in the paper."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.model.manuscript import FoundEquation, FoundFigure, FoundTable, Image, Reading
from bot.model.paper import Link
from bot.sources.eprint.archive import only_pdf, unpack
from bot.sources.eprint.files import Files
from bot.sources.eprint.limits import Deadline, Limits
from bot.sources.eprint.paper.blocks import blocks
from bot.sources.eprint.paper.graphics import folders_of, image_of
from bot.sources.eprint.paper.links import links_of
from bot.sources.eprint.paper.outline import Numbered, Outline, outline
from bot.sources.eprint.paper.prose import Prose, prose_of
from bot.sources.eprint.paper.tables import rows_of
from bot.sources.eprint.tex.acronyms import acronyms_of
from bot.sources.eprint.tex.plain import Plain
from bot.sources.eprint.tex.source import Source, citation_names, source_of
from bot.sources.headings import kind_of
from bot.wording.plain import plain

ORDINARY = Limits()

_CLASS = re.compile(r"\\document(?:class|style)[ \t\n]*(?:\[[^\]]{0,500}\])?[ \t\n]*\{([^{}]{1,60})\}")
_REFERENCE = re.compile(r"\\(?:eq|auto|c|C|v|label|labelc|full)?ref\*?(?![a-zA-Z])[ \t]*\{([^{}]{1,500})\}")
_INCLUDED_PDF = re.compile(r"\\includepdf(?![a-zA-Z])[ \t]*(?:\[[^\]]{0,200}\])?[ \t]*\{([^{}]{1,200})\}")
_WRAPPER = 1_500  # characters of a body that only wraps a PDF
_LONGEST_CAPTION = 4_000
_LONGEST_ABSTRACT = 8_000
_LONGEST_TITLE = 500
_LONGEST_LABEL = 120
_BEGINNING = 200_000  # characters of the text in which folders of pictures may be named
_MOST_NOTES = 20


def read_eprint(content: bytes, *, limits: Limits = ORDINARY) -> Reading:
    """Read an e-print: a tar or a single file, gzipped or not, with a paper in LaTeX.

    Nothing is written and nothing is run. It depends on the clock only where it stops.

    Args:
        content: As arXiv sends it.

    Returns:
        What is in the paper. A figure that TeX draws, or of which a picture is missing, has no images. A PDF without
        source gives a reading with a note and nothing else: see `pdf_inside`.

    Raises:
        SourceRefused: It is hostile, too large, takes too long, or is nothing that can be read.
    """
    deadline = Deadline(limits.seconds)
    files = unpack(content, limits=limits, deadline=deadline)
    source = source_of(files, limits=limits, deadline=deadline)
    if source is None or _wrapped_pdf(source, files):
        return Reading(notes=(*files.notes, "the authors sent a PDF without its source"))
    return _read(source, files, limits, deadline)


def pdf_inside(content: bytes, *, limits: Limits = ORDINARY) -> bytes | None:
    """The paper as a PDF, where the authors sent that and no source; None where there is a source.

    Raises:
        SourceRefused: Like `read_eprint`.
    """
    deadline = Deadline(limits.seconds)
    files = unpack(content, limits=limits, deadline=deadline)
    if found := only_pdf(files):
        return found
    source = source_of(files, limits=limits, deadline=deadline)
    return _wrapped_pdf(source, files) if source else None


def _read(source: Source, files: Files, limits: Limits, deadline: Deadline) -> Reading:
    declared = _CLASS.search(source.preamble)
    found = outline(
        blocks(source.preamble, deadline),
        blocks(source.body, deadline),
        document_class=declared[1].strip() if declared else "",
        theorems=source.preamble,
        deadline=deadline,
    )
    spoken = Plain(found.targets, citation_names(source.bibliography), acronyms_of(source.preamble + source.body))
    paper = _Paper(source, files, found, spoken, prose_of(found, spoken, deadline=deadline), deadline)
    figures = paper.figures()
    return Reading(
        sections=tuple(paper.prose.sections),
        figures=figures[: limits.found],
        equations=paper.equations()[: limits.found],
        tables=paper.tables()[: limits.found],
        abstract=spoken.text(found.abstracts[0])[:_LONGEST_ABSTRACT] if found.abstracts else "",
        title=spoken.text(found.titles[-1])[:_LONGEST_TITLE] if found.titles else "",
        links=paper.links(),
        notes=tuple(dict.fromkeys([*files.notes, *source.notes, *paper.notes]))[:_MOST_NOTES],
    )


@dataclass
class _Paper:
    """A paper that has been walked through, on its way to a reading.

    Attributes:
        notes: Of which figures words are missing.
    """

    source: Source
    files: Files
    outline: Outline
    spoken: Plain
    prose: Prose
    deadline: Deadline
    notes: list[str] = field(default_factory=list)

    def figures(self) -> tuple[FoundFigure, ...]:
        folders = folders_of(self.source.preamble + self.source.body[:_BEGINNING], self.source.folder)
        floats = [one for one in self.outline.floats if one.content.kind == "figure"]
        return tuple(self._figure(one, position, folders) for position, one in enumerate(floats))

    def tables(self) -> tuple[FoundTable, ...]:
        floats = [one for one in self.outline.floats if one.content.kind == "table"]
        return tuple(self._table(one, position) for position, one in enumerate(floats))

    def equations(self) -> tuple[FoundEquation, ...]:
        counted = Counter(
            label.strip() for found in _REFERENCE.finditer(self.source.body) for label in found[1].split(",")
        )
        kinds = [kind_of(part.title, in_appendix=part.is_appendix) for part in self.outline.parts]
        return tuple(
            FoundEquation(
                latex=formula.line.latex,
                position=position,
                number=self.spoken.text(formula.number),
                references=sum(counted[label] for label in formula.line.labels),
                before=self.prose.around.get(formula.display, ("", ""))[0],
                after=self.prose.around.get(formula.display, ("", ""))[1],
                section=kinds[formula.part],
                label=_label(formula.line.labels),
            )
            for position, formula in enumerate(self.outline.formulas)
        )

    def links(self) -> tuple[Link, ...]:
        return links_of(
            [*self.outline.titles, *self.outline.abstracts],
            [said for part in self.outline.parts if not part.is_appendix for said in part.paragraphs],
        )

    def _figure(self, one: Numbered, position: int, folders: Sequence[str]) -> FoundFigure:
        self.deadline.check()
        content = one.content
        labels = [*content.labels, *(label for said in content.part_labels.values() for label in said)]
        told = dict.fromkeys(sentence for label in labels for sentence in self.prose.citing.get(label, ()))
        return FoundFigure(
            number=one.number,
            caption=self.spoken.text(content.caption or "")[:_LONGEST_CAPTION],
            images=self._images(one, position, folders),
            position=position,
            citing=tuple(told),
            is_appendix=one.is_appendix,
            is_wide=one.is_wide,
            columns=content.columns,
            label=_label(content.labels),
        )

    def _images(self, one: Numbered, position: int, folders: Sequence[str]) -> tuple[Image, ...]:
        """All pictures of a figure, or none where TeX draws it or some of it would be missing."""
        called = f"figure {one.number}" if one.number else f"the figure at place {position + 1}"
        images: list[Image] = []
        if one.content.is_drawn:
            return ()
        for picture in one.content.pictures:
            image = image_of(picture, self.files, folders=folders)
            if image is None:
                return ()
            if picture.is_overlaid:
                name = self.spoken.text(picture.name)[-60:]
                self.notes.append(f"{called}: words that TeX writes over {name} are missing")
            said = one.content.part_captions.get(picture.part, "") if picture.part is not None else ""
            images.append(replace(image, caption=self.spoken.text(said)[:_LONGEST_CAPTION]))
        return tuple(images)

    def _table(self, one: Numbered, position: int) -> FoundTable:
        self.deadline.check()
        rows, heads = rows_of(one.content.tabulars, self.spoken)
        caption = self.spoken.text(one.content.caption or "")[:_LONGEST_CAPTION]
        return FoundTable(one.number, caption, position, rows, heads, one.is_appendix)


def _label(labels: Sequence[str]) -> str:
    return plain(labels[0], longest=_LONGEST_LABEL) if labels else ""


def _wrapped_pdf(source: Source, files: Files) -> bytes | None:
    """The PDF that a source shows page by page and adds nothing to."""
    said = _INCLUDED_PDF.search(source.body[:_WRAPPER])
    if not said or len(source.body) > _WRAPPER:
        return None
    path = files.find(said[1], extensions=(".pdf",), folders=(source.folder, ""))
    return files.contents[path] if path else None
