import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app.checking import CHECKED, checked
from bot.app.drawing import Order, wanted
from bot.model.canvas import Canvas
from bot.model.entry import Entry

BOTH = Order(canvases=CHECKED)


@pytest.fixture
def first(content_root: Path) -> str:
    entries, _ = wanted(content_root, None)
    return entries[0].slug


def test_each_entry_is_checked_on_a_slide_and_on_a_portrait(content_root: Path, first: str) -> None:
    found = list(checked(*wanted(content_root, [first]), BOTH))
    assert [(each.name, each.canvas) for each in found] == [(first, Canvas.SLIDE), (first, Canvas.PORTRAIT)]
    assert all(len(each.report.hard) == 10 and len(each.report.soft) == 18 for each in found)


def test_the_report_is_written_beside_the_picture(content_root: Path, first: str, tmp_path: Path) -> None:
    list(checked(*wanted(content_root, [first]), BOTH, folder=tmp_path / "out"))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    stem = first.replace("/", "-")
    assert names == [f"{stem}-{canvas}.{end}" for canvas in ("portrait", "slide") for end in ("jpg", "json")]
    report = json.loads((tmp_path / "out" / f"{stem}-slide.json").read_text())
    assert [rule["rule"] for rule in report["rules"]][:2] == ["H1", "H2"]


def test_a_collage_that_cannot_be_composed_is_a_row_and_not_the_end(content_root: Path, first: str) -> None:
    entries, files = wanted(content_root, [first])
    [entry] = entries
    endless = _with_endless_title(entry)
    found = list(checked([endless, entry], files, Order(canvases=(Canvas.SLIDE,))))
    assert not found[0].is_sendable
    assert "cannot be composed: " in found[0].row()
    assert found[1].report.hard


def test_the_verb_prints_every_rule_of_one_entry(
    content_root: Path, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", first, "--canvas", "slide", "--content", str(content_root)])
    said = capsys.readouterr().out
    assert said.startswith(f"{first}, slide\nH1 ")
    assert "\nS18 " in said


def test_the_verb_fails_when_a_hard_rule_fails(
    content_root: Path, first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", first, "--canvas", "portrait", "--content", str(content_root)]
    assert main(words) == 0
    monkeypatch.setattr("bot.collage.check.hard.delivery.MOST_BYTES", 1000)
    assert main(words) == 1
    assert "H10 fail" in capsys.readouterr().out


def _with_endless_title(entry: Entry) -> Entry:
    return replace(entry, paper=replace(entry.paper, title="word " * 300))
