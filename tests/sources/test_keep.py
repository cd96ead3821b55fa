import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.arxiv_id import ArxivId
from bot.sources.fetching.keep import Keep, Shelfmark

MARK = Shelfmark(ArxivId("2103.10697"), 2, "eprint")


def only_file(folder: Path) -> Path:
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    return path


def test_what_is_put_in_comes_out(tmp_path: Path) -> None:
    Keep(tmp_path).put(MARK, b"bytes")
    assert Keep(tmp_path).get(MARK) == b"bytes"


def test_what_was_never_put_in_is_not_there(tmp_path: Path) -> None:
    assert Keep(tmp_path / "nowhere").get(MARK) is None


def test_each_version_and_kind_has_its_own_place(tmp_path: Path) -> None:
    keep = Keep(tmp_path)
    marks = [MARK, Shelfmark(MARK.arxiv_id, 1, "eprint"), Shelfmark(MARK.arxiv_id, 2, "pdf")]
    for number, mark in enumerate(marks):
        keep.put(mark, bytes([number]))
    assert [keep.get(mark) for mark in marks] == [b"\x00", b"\x01", b"\x02"]


def test_old_metadata_are_asked_for_again(tmp_path: Path) -> None:
    keep = Keep(tmp_path)
    keep.put(MARK, b"said yesterday")
    long_ago = time.time() - timedelta(days=2).total_seconds()
    os.utime(only_file(tmp_path), (long_ago, long_ago))
    assert keep.get(MARK, max_age=timedelta(days=1)) is None
    assert keep.get(MARK) == b"said yesterday"


@pytest.mark.parametrize(
    "change", [lambda said: said[:-1], lambda said: said[:10], lambda said: b"", lambda said: said + b"x"]
)
def test_a_file_that_is_not_what_was_put_in_is_never_served(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    keep = Keep(tmp_path)
    keep.put(MARK, b"whole")
    path = only_file(tmp_path)
    path.write_bytes(change(path.read_bytes()))
    assert keep.get(MARK) is None


def test_the_oldest_files_make_room(tmp_path: Path) -> None:
    keep = Keep(tmp_path, room=1000)
    for number in range(1, 5):
        mark = Shelfmark(MARK.arxiv_id, number, "pdf")
        keep.put(mark, bytes(300))
        os.utime(tmp_path / mark.path, (number, number))
    keep.put(MARK, bytes(300))
    assert keep.get(MARK) is not None
    assert keep.get(Shelfmark(MARK.arxiv_id, 1, "pdf")) is None
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 1000


def test_what_is_larger_than_the_whole_room_is_not_kept_and_throws_nothing_out(tmp_path: Path) -> None:
    keep = Keep(tmp_path, room=100)
    keep.put(MARK, b"small")
    keep.put(Shelfmark(MARK.arxiv_id, 3, "pdf"), bytes(200))
    assert keep.get(MARK) == b"small"


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    keep = Keep(tmp_path / "file")
    keep.put(MARK, b"bytes")
    assert keep.get(MARK) is None


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    Keep(tmp_path).put(MARK, b"bytes")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["eprint"]


@given(st.text())
def test_no_name_of_a_paper_becomes_part_of_a_path(name: str) -> None:
    path = Shelfmark(ArxivId("hep-th/9901001"), 1, "image", name).path
    assert path.parent == Path("hep-th_9901001v1")
    assert path.name.removeprefix("image").strip("-0123456789abcdef") == ""
