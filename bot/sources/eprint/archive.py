"""Owns unpacking an e-print, in memory and never to disk.

A member that only an attack needs makes the whole archive refused: an absolute path, ``..``, control characters in a
name, a device, a sparse file, a giant header. Links are left out with a note: nothing follows them, and some packers
make them without harm.
"""

import io
import tarfile
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Protocol

from bot.errors import SourceRefused
from bot.sources.eprint.files import Files
from bot.sources.eprint.limits import Deadline, Limits
from bot.wording.plain import plain

_GZIP = b"\x1f\x8b"
_PDF = b"%PDF-"
_CHUNK = 1 << 16
_MOST_PADDING = 16  # chunks behind the end of a tar
_TAR_BLOCK = 512
# Only the parser of headers reads between two members; it may have this much, which is a hundred times what a long name
# takes. It also keeps its regular expressions short (CVE-2024-6232).
_LONGEST_HEADER = 40_000
_LONGEST_PATH = 500
_DEEPEST_PATH = 24
_TEX = frozenset(
    (
        "tex",
        "ltx",
        "latex",
        "bbl",
        "sty",
        "cls",
        "def",
        "txt",
        "json",
        "xxx",
        "pdf_tex",
        "pstex_t",
        "pdftex_t",
        "tikz",
        "pgf",
    )
)
_PICTURES = frozenset(("pdf", "png", "jpg", "jpeg", "gif", "svg", "eps", "ps", "epsi", "webp", "bmp", "tif", "tiff"))
_MOST_TEX = 20_000_000  # bytes of one file of text
_SINGLE = "main.tex"
_BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, IndexError, KeyError)  # what tarfile raises
_AUTOMATIC_GZIP = 31  # zlib's name for "with a header of gzip"
_BROKEN_OFF = "the source breaks off: its end is missing"


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Gunzip:
    """What gzip unpacks to; what is damaged ends where it is damaged, and nothing that came before is lost."""

    def __init__(self, content: bytes) -> None:
        self._packed = content
        self._place = 0
        self._waiting = b""
        self._unpacker = zlib.decompressobj(_AUTOMATIC_GZIP)
        self.is_whole = False

    def read(self, size: int, /) -> bytes:
        """Read up to *size* bytes, nothing at the end."""
        unpacked = b""
        while not unpacked and (packed := self._waiting or self._next()):
            try:
                unpacked = self._unpacker.decompress(packed, size)
            except zlib.error:
                self._place, self._waiting = len(self._packed), b""
                return b""
            self._waiting = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                self._begin_another(len(self._unpacker.unused_data))
        return unpacked

    def _next(self) -> bytes:
        chunk = self._packed[self._place : self._place + _CHUNK]
        self._place += len(chunk)
        return chunk

    def _begin_another(self, unread: int) -> None:
        """Several members are one file; what is none of them is padding."""
        self.is_whole = True
        self._place -= unread
        self._waiting = b""  # what zlib had not come to is unread, too
        if not self._packed.startswith(_GZIP, self._place):
            self._place = len(self._packed)
        self._unpacker = zlib.decompressobj(_AUTOMATIC_GZIP)


def unpack(content: bytes, *, limits: Limits, deadline: Deadline) -> Files:
    """Take an e-print apart: a tar, gzipped or not, one gzipped file, or one file as it is.

    Returns:
        The TeX and the pictures in it, and nothing else. A PDF without source is a file called ``main.pdf``.

    Raises:
        SourceRefused: It is too large, hostile, or nothing that can be unpacked.
    """
    if len(content) > limits.content:
        raise SourceRefused(f"the source has more than {limits.content // 1_000_000} MB; draft from the PDF")
    stream = _Stream(content, limits, deadline)
    head = stream.read(_TAR_BLOCK)
    stream.put_back(head)
    return _from_tar(stream, limits, deadline) if _is_tar(head) else _from_one(stream, head)


def only_pdf(files: Files) -> bytes | None:
    """The PDF of a paper that came without source; None where there is TeX."""
    if any(_suffix(path) in ("tex", "ltx", "latex") or "." not in path for path in files.contents):
        return None
    return max((body for body in files.contents.values() if _PDF in body[:1024]), key=len, default=None)


class _Stream:
    """The bytes of an e-print as they unpack: counted, timed, and never looked back at."""

    def __init__(self, content: bytes, limits: Limits, deadline: Deadline) -> None:
        self._gunzip = _Gunzip(content) if content.startswith(_GZIP) else None
        self._source: _Readable = self._gunzip or io.BytesIO(content)
        self._most = max(limits.unsuspicious, min(limits.unpacked, limits.ratio * len(content)))
        self._deadline = deadline
        self._ahead = b""
        self._count = 0
        self.allowance: int | None = None

    def put_back(self, head: bytes) -> None:
        """Have *head* read once more."""
        self._ahead = head

    def read(self, size: int, /) -> bytes:
        """Read up to *size* bytes; fewer at the end only.

        Raises:
            SourceRefused: It unpacks to far more than came, or the time is up.
        """
        self._deadline.check()
        if self.allowance is not None:
            self.allowance -= size
            if self.allowance < 0:
                raise SourceRefused("the source holds a header of giant size and was refused; draft from the PDF")
        self._count += size
        if self._count > self._most + _CHUNK:
            raise SourceRefused("the source unpacks to far more than a paper and was refused; draft from the PDF")
        said, self._ahead = self._ahead[:size], self._ahead[size:]
        while len(said) < size and (more := self._source.read(size - len(said))):
            said += more
        return said

    def ends_well(self) -> bool:
        """Read over the padding at the end, and say whether gzip misses anything there."""
        for _ in range(_MOST_PADDING):
            if not self.read(_CHUNK):
                break
        return self._gunzip is None or self._gunzip.is_whole


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _from_one(stream: _Stream, head: bytes) -> Files:
    body = b"".join(iter(lambda: stream.read(_CHUNK), b""))
    notes = () if stream.ends_well() else (_BROKEN_OFF,)
    if _PDF in body[:1024]:
        return Files({"main.pdf": body}, notes)
    if head.lstrip().lower().startswith((b"<!doctype", b"<html")):
        raise SourceRefused("what came is a web page and no source; try again later")
    if b"\\" not in body:
        raise SourceRefused("what came as source is neither TeX nor a PDF; draft from the PDF")
    return Files({_SINGLE: body}, notes)


def _from_tar(stream: _Stream, limits: Limits, deadline: Deadline) -> Files:
    contents: dict[str, bytes] = {}
    notes: dict[str, None] = {}
    kept = 0
    try:
        for member, body in _members(stream, limits, deadline):
            path = _path(member.name)
            if not member.isreg():
                notes["the source holds links, which were left out"] = None
            elif body is None or kept + len(body) > limits.kept:
                notes[f"{plain(path[-60:], longest=60)} is too large and was left out"] = None
            elif path:
                if path in contents:
                    notes[f"{plain(path[-60:], longest=60)} is there twice; the last one counts"] = None
                kept += len(body)
                contents[path] = body
    except _BROKEN:
        notes[_BROKEN_OFF] = None
    stream.allowance = None
    if not stream.ends_well():
        notes[_BROKEN_OFF] = None
    if not contents:
        raise SourceRefused("the source is empty or damaged; try again later, or draft from the PDF")
    return Files(contents, tuple(notes)[:20])


def _members(stream: _Stream, limits: Limits, deadline: Deadline) -> Iterator[tuple[tarfile.TarInfo, bytes | None]]:
    """The links and the files of use in an archive, a body of None for one that is too large.

    Raises:
        SourceRefused: There are too many, or one is hostile.
    """
    with tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape") as archive:  # type: ignore[call-overload]
        for _ in range(limits.members):
            deadline.check()
            stream.allowance = _LONGEST_HEADER
            if (member := archive.next()) is None:
                return
            archive.members.clear()  # it remembers every one otherwise
            stream.allowance = None
            _refuse_hostile(member)
            if member.isfile():
                yield from _body(archive, member, limits)
            elif not member.isdir():
                yield member, None
    raise SourceRefused(f"the source holds more than {limits.members:,} files and was refused; draft from the PDF")


def _body(
    archive: tarfile.TarFile, member: tarfile.TarInfo, limits: Limits
) -> Iterator[tuple[tarfile.TarInfo, bytes | None]]:
    """Read *member* to its end, so that nothing but a header is left before the next one."""
    suffix = _suffix(member.name)
    most = limits.file if suffix in _PICTURES else _MOST_TEX
    is_wanted = suffix in _TEX or suffix in _PICTURES or "." not in member.name.rsplit("/", 1)[-1]
    reader = archive.extractfile(member)
    assert reader is not None  # it is a file
    if is_wanted and member.size <= most:
        yield member, reader.read()
        return
    while reader.read(_CHUNK):
        pass
    if is_wanted:
        yield member, None


def _refuse_hostile(member: tarfile.TarInfo) -> None:
    name = member.name.replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or name[1:2] == ":":
        raise SourceRefused("the source holds a file that would land outside its folder and was refused")
    if any(unicodedata.category(character) in ("Cc", "Cf") for character in name):
        raise SourceRefused("the source holds a file whose name has control characters and was refused")
    if len(name) > _LONGEST_PATH or len(parts) > _DEEPEST_PATH:
        raise SourceRefused("the source holds folders nested without end and was refused; draft from the PDF")
    if member.issparse() or not (member.isfile() or member.isdir() or member.issym() or member.islnk()):
        raise SourceRefused("the source holds something that is no ordinary file and was refused; draft from the PDF")


def _path(name: str) -> str:
    """A tidy path; bytes that are no UTF-8 are read as old archives mean them."""
    said = name.encode("utf-8", "surrogateescape")
    try:
        text = said.decode()
    except UnicodeDecodeError:
        text = said.decode("cp1252", "replace")
    return "/".join(part for part in text.replace("\\", "/").split("/") if part not in ("", "."))


def _suffix(path: str) -> str:
    return path.rpartition(".")[2].lower()
