"""What an archive may hold, and what happens to one that is out to do harm."""

import gzip
import io
import tarfile
from random import Random

import pytest

from bot.errors import SourceRefused
from bot.sources.eprint import Limits, pdf_inside, read_eprint
from bot.sources.eprint.archive import unpack
from bot.sources.eprint.limits import Deadline
from tests.sources.eprint.making import packed, paper, pdf, png, tar

TEX = paper(r"\section{One} Words. \begin{figure}\includegraphics{a}\caption{Seen.}\end{figure}")
LONG = "".join(f"% {number**3} and on\n" for number in range(20_000))


def with_member(member: tarfile.TarInfo, content: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        good = tarfile.TarInfo("main.tex")
        good.size = len(TEX.encode())
        archive.addfile(good, io.BytesIO(TEX.encode()))
        member.size = len(content) if member.isreg() else 0
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def special(kind: bytes, name: str = "evil", target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(packed({"main.tex": TEX}), id="tar.gz"),
        pytest.param(tar({"main.tex": TEX}), id="tar"),
        pytest.param(gzip.compress(TEX.encode()), id="one gzipped file"),
        pytest.param(TEX.encode(), id="one file"),
        pytest.param(packed({"./main.tex": TEX}), id="with a dot"),
        pytest.param(packed({"paper/deep/main.tex": TEX}), id="in a folder"),
        pytest.param(packed({"main.tex": TEX, "broken.zip": b"PK\x03\x04"}), id="with something of no use"),
    ],
)
def test_a_paper_is_read_however_it_is_packed(content: bytes) -> None:
    assert [section.title for section in read_eprint(content).sections] == ["One"]


@pytest.mark.parametrize("place", [1, 700, 50_000, 150_000, 299_999])
def test_several_members_of_gzip_are_one_file(place: int) -> None:
    content = (TEX + LONG).encode()[:300_000]
    members = gzip.compress(content[:place]) + gzip.compress(content[place:])
    assert unpack(members, limits=Limits(), deadline=Deadline(10)).contents == {"main.tex": gzip.decompress(members)}


@pytest.mark.parametrize("place", [600, 5_000, 70_000])
def test_a_tar_in_several_members_of_gzip_is_whole(place: int) -> None:
    content = tar({"main.tex": TEX, "a.png": png(), "more.tex": LONG})
    members = gzip.compress(content[:place]) + gzip.compress(content[place:])
    found = unpack(members, limits=Limits(), deadline=Deadline(10))
    assert (found.contents["a.png"], found.contents["more.tex"].decode(), found.notes) == (png(), LONG, ())


def test_the_name_in_a_gzip_header_is_not_looked_at() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="../../etc/passwd", mode="wb", fileobj=buffer) as packer:
        packer.write(TEX.encode())
    assert read_eprint(buffer.getvalue()).figures[0].caption == "Seen."


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(pdf(), id="as it is"),
        pytest.param(gzip.compress(pdf()), id="gzipped"),
        pytest.param(packed({"paper.pdf": pdf()}), id="in a tar"),
        pytest.param(
            packed({"wrap.tex": paper(r"\includepdf[pages=-]{paper.pdf}"), "paper.pdf": pdf()}), id="wrapped in TeX"
        ),
    ],
)
def test_a_pdf_without_source_is_handed_back(content: bytes) -> None:
    assert pdf_inside(content) == pdf()
    reading = read_eprint(content)
    assert not reading.sections
    assert "PDF" in reading.notes[-1]


def test_there_is_no_pdf_inside_a_source() -> None:
    assert pdf_inside(packed({"main.tex": TEX, "a.pdf": pdf()})) is None


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../up.tex",
        "a/../../up.tex",
        "..\\up.tex",
        "C:\\up.tex",
        "a\nb.tex",
        "a\u202eb.tex",
        "d/" * 60 + "a",
    ],
)
def test_a_file_that_would_land_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(SourceRefused):
        read_eprint(with_member(tarfile.TarInfo(name), b"x"))


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_a_device_is_refused(kind: bytes) -> None:
    with pytest.raises(SourceRefused):
        read_eprint(with_member(special(kind)))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_a_link_is_left_out_and_said(kind: bytes) -> None:
    reading = read_eprint(with_member(special(kind, "a.png", "/etc/passwd")))
    assert reading.figures[0].images == ()
    assert any("links" in note for note in reading.notes)


def test_a_sparse_file_is_refused() -> None:
    member = tarfile.TarInfo("a.png")
    member.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(10**12)}
    with pytest.raises(SourceRefused):
        read_eprint(with_member(member, b"1\n0\n5\n" + b"\0" * 512))


def test_a_bomb_is_stopped_early() -> None:
    bomb = packed({"main.tex": TEX, "zeros.png": b"\0" * 120_000_000})
    assert len(bomb) < 1_000_000
    with pytest.raises(SourceRefused, match="far more"):
        read_eprint(bomb)


def test_one_gzipped_file_of_zeros_is_a_bomb_too() -> None:
    with pytest.raises(SourceRefused, match="far more"):
        read_eprint(gzip.compress(b"\0" * 120_000_000))


@pytest.mark.slow
def test_a_hundred_thousand_files_are_refused() -> None:
    with pytest.raises(SourceRefused, match="files"):
        read_eprint(packed({f"{number}.tex": b"" for number in range(100_000)}))


def test_a_header_of_giant_size_is_refused() -> None:
    member = tarfile.TarInfo("a.png")
    member.pax_headers = {"comment": "9" * 200_000}
    with pytest.raises(SourceRefused, match="header"):
        read_eprint(with_member(member, b"x"))


def test_a_size_that_is_a_lie_only_breaks_off() -> None:
    whole = tar({"main.tex": TEX, "a.png": png()})
    header = bytearray(whole)
    place = whole.index(b"a.png")
    header[place + 124 : place + 136] = b"77777777777\0"
    header[place + 148 : place + 156] = b" " * 8
    checksum = sum(header[place : place + 512])
    header[place + 148 : place + 156] = b"%06o\0 " % checksum
    reading = read_eprint(bytes(header))
    assert reading.figures[0].caption == "Seen."
    assert reading.notes


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_an_archive_that_breaks_off_is_read_as_far_as_it_goes(share: float) -> None:
    noise = Random(1).randbytes(60_000)
    whole = packed({"main.tex": TEX, "noise.png": noise})
    reading = read_eprint(whole[: int(len(whole) * share)])
    assert reading.sections
    assert any("breaks off" in note for note in reading.notes)


def test_of_two_files_of_one_name_the_last_counts() -> None:
    member = tarfile.TarInfo("main.tex")
    reading = read_eprint(with_member(member, paper(r"\section{Two} More.").encode()))
    assert reading.sections[0].title == "Two"
    assert any("twice" in note for note in reading.notes)


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b", b"\x1f\x8b\x08junk", b"hello", b"<!DOCTYPE html><p>\\a", packed({})]
)
def test_what_is_no_source_is_refused(content: bytes) -> None:
    with pytest.raises(SourceRefused):
        read_eprint(content)


def test_what_is_too_large_is_refused_at_once() -> None:
    with pytest.raises(SourceRefused, match="MB"):
        read_eprint(packed({"main.tex": TEX}), limits=Limits(content=10))


def test_a_picture_that_is_too_large_is_missing_and_said() -> None:
    reading = read_eprint(packed({"main.tex": TEX, "a.png": png(200, 200)}), limits=Limits(file=50))
    assert reading.figures[0].images == ()
    assert any("too large" in note for note in reading.notes)


def test_reading_stops_when_the_time_is_up() -> None:
    macros = "".join(
        f"\\newcommand{{\\m{'abcdefghij'[n]}}}{{\\m{'abcdefghij'[n + 1]}\\m{'abcdefghij'[n + 1]}}}" for n in range(9)
    )
    with pytest.raises(SourceRefused, match="seconds"):
        read_eprint(packed({"main.tex": paper(r"\ma " * 100_000, macros)}), limits=Limits(seconds=0.2))


def test_names_in_latin_1_are_found_from_latin_1() -> None:
    buffer = io.BytesIO()
    tex = paper(r"\begin{figure}\includegraphics{größe.png}\caption{Seen.}\end{figure}").encode("latin-1")
    with tarfile.open(fileobj=buffer, mode="w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        for name, body in (("main.tex", tex), ("größe.png", png())):
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    assert read_eprint(buffer.getvalue()).figures[0].images[0].name == "größe.png"
