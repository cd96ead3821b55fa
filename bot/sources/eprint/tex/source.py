"""Owns a paper as one piece of TeX: put together, without comments, with the authors' commands put in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sources.eprint.files import Files
from bot.sources.eprint.limits import Deadline, Limits
from bot.sources.eprint.tex.comments import without_comments
from bot.sources.eprint.tex.conditionals import Switches
from bot.sources.eprint.tex.encoding import decode
from bot.sources.eprint.tex.inclusion import Inclusion, body_of
from bot.sources.eprint.tex.macros import Macros
from bot.sources.eprint.tex.main_file import main_file
from bot.sources.eprint.tex.teaser import with_teaser
from bot.wording.plain import plain

_READABLE = (".tex", ".ltx", ".latex", ".bbl", ".sty", ".tikz", ".pgf", ".pdf_tex", ".pstex_t", ".pdftex_t", ".txt")
_README = re.compile(r"(?:^|/)00readme(?:\.\w+)?$", re.IGNORECASE)
_PACKAGES = re.compile(r"\\(?:usepackage|RequirePackage)[ \t]*(?:\[[^\]]{0,300}\])?[ \t]*\{([^{}]{1,500})\}")
_LARGEST_STYLE = 60_000  # bytes; what authors write for one paper is small, what comes from a conference is not
_MOST_FILES = 2_000  # that are looked into
_ITEM = re.compile(r"\\bibitem[ \t\n]*\[(?P<name>(?:\{|\\protect\\citeauthoryear\{)?[^()\[\]]{1,300})\(")
_MOST_ITEMS = 5_000
_LONGEST_ITEM = 1_000  # characters
_KEY = re.compile(r"\]?[^\]{}]{0,200}\]?[ \t\n%]*\{([^{}]{1,100})\}")


@dataclass(frozen=True, slots=True)
class Source:
    """A paper as TeX.

    Attributes:
        preamble: Before ``\\begin{document}``, without the definitions.
        body: Within.
        folder: Where the main file lies.
        bibliography: What BibTeX made of the references; empty where it is not there.
        notes: What could not be read.
    """

    preamble: str
    body: str
    folder: str
    bibliography: str
    notes: tuple[str, ...]


def source_of(files: Files, *, limits: Limits, deadline: Deadline) -> Source | None:
    """Find the paper among *files* and put it together; None where there is no TeX.

    Raises:
        SourceRefused: The time is up.
    """
    texts = {path: _text(body, limits) for path, body in _texts(files).items()}
    main = main_file({path: text for path, text in texts.items() if not path.lower().endswith(".sty")})
    if main is None:
        return None
    for path in texts:
        deadline.check()
        if not _README.search(path):
            texts[path] = without_comments(texts[path], deadline)
    inclusion = Inclusion(files, texts, deadline, limits.tex)
    whole = inclusion.whole(main)
    folder = main.rpartition("/")[0]
    switches, macros = Switches(deadline), Macros(deadline)
    loaded = body_of(Switches(deadline).without_untrue(whole))[0]
    for path in _styles(loaded, files, folder):
        macros.learn(switches.without_untrue(texts[path]))
    preamble, body = body_of(with_teaser(switches.without_untrue(whole)))
    preamble = macros.expand(preamble)
    body = macros.expand(body)
    bibliography = files.find(main.rpartition(".")[0], extensions=(".bbl",))
    return Source(
        preamble=preamble,
        body=body,
        folder=folder,
        bibliography=texts.get(bibliography or "", "") or body,
        notes=_notes(inclusion, macros),
    )


def citation_names(bibliography: str) -> Mapping[str, str]:
    """How natbib says each reference in a sentence, as LaTeX: ``Smith et~al.``, by key."""
    names: dict[str, str] = {}
    for found in _ITEM.finditer(bibliography):
        end = found.end() + _LONGEST_ITEM
        key = _KEY.search(bibliography, max(found.end(), bibliography.find("]", found.end(), end)), end)
        if len(names) >= _MOST_ITEMS:
            break
        if key:
            names[key[1].strip()] = found["name"].strip().removeprefix("{")
    return names


def _texts(files: Files) -> dict[str, bytes]:
    found = {
        path: body
        for path, body in files.contents.items()
        if path.lower().endswith(_READABLE) or _README.search(path) or "." not in path.rsplit("/", 1)[-1]
    }
    return dict(list(found.items())[:_MOST_FILES])


def _text(body: bytes, limits: Limits) -> str:
    return decode(body[: 2 * limits.tex])[: limits.tex]


def _styles(preamble: str, files: Files, folder: str) -> list[str]:
    """The style files that the authors wrote for this paper, as far as one can tell."""
    names = [name.strip() for found in _PACKAGES.finditer(preamble) for name in found[1].split(",")]
    paths = [files.find(f"{name}.sty", folders=(folder, "")) for name in names[:200] if name]
    return [path for path in paths if path and len(files.contents[path]) <= _LARGEST_STYLE]


def _notes(inclusion: Inclusion, macros: Macros) -> tuple[str, ...]:
    notes = [
        f"{plain(name, longest=60)} is input by the source but is not in it"
        for name in dict.fromkeys(inclusion.missing)
    ][:5]
    if inclusion.is_cut:
        notes.append("the source is longer than any paper; its end was left out")
    if macros.is_full:
        notes.append("the source has commands that grow without end; they were left as they stand")
    return tuple(notes)
