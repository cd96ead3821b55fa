import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import drawing
from bot.app.drawing import Drawn, Order, draw, wanted
from bot.collage.encode import Format
from bot.errors import ContentError, NotFound
from bot.model.canvas import Canvas, Theme

SLIDES = Order(canvases=(Canvas.SLIDE,))


class Sketch:
    """Stands in for a collage."""

    def written(self, kind: Format) -> bytes:
        """Nothing that could be shown."""
        return kind.encode()


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The entries that were drawn, as they are drawn; nothing is really drawn."""
    slugs: list[str] = []

    def compose(entry: object, *_: object, **__: object) -> Sketch:
        slugs.append(getattr(entry, "slug", ""))
        return Sketch()

    monkeypatch.setattr(drawing, "compose", compose)
    return slugs


@pytest.fixture
def drawn(content_root: Path, tmp_path: Path, composed: list[str]) -> Callable[..., list[Drawn]]:
    def drawn(*references: str, order: Order = SLIDES) -> list[Drawn]:
        composed.clear()
        entries, files = wanted(content_root, references or None)
        return list(draw(entries, files, order, folder=tmp_path / "out"))

    return drawn


def test_what_has_not_changed_is_not_drawn_again(drawn: Callable[..., list[Drawn]], composed: list[str]) -> None:
    first = drawn()
    assert len(composed) == len(first) >= 21

    again = drawn()

    assert composed == []
    assert [each.path for each in again] == [each.path for each in first]
    assert not any(each.is_new for each in again)


def test_what_is_missing_damaged_or_forced_is_drawn_again(
    drawn: Callable[..., list[Drawn]], composed: list[str]
) -> None:
    missing, damaged, kept = drawn("27", "28", "39")
    missing.path.unlink()
    damaged.path.write_bytes(b"something else")

    assert [each.is_new for each in drawn("27", "28", "39")] == [True, True, False]
    assert kept.path.read_bytes() == b"jpeg"

    drawn("39", order=Order(canvases=(Canvas.SLIDE,), is_forced=True))
    assert composed == ["ml-collage/39-extrapolation"]


def test_new_drawing_code_draws_everything_again(
    drawn: Callable[..., list[Drawn]], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn("27")
    monkeypatch.setattr(drawing, "drawing_fingerprint", lambda: "another")

    assert [each.is_new for each in drawn("27")] == [True]


def test_a_damaged_memory_draws_everything_again(drawn: Callable[..., list[Drawn]]) -> None:
    (first,) = drawn("27")
    (first.path.parent / ".drawn.json").write_text("{")

    assert [each.is_new for each in drawn("27")] == [True]


def test_every_look_has_a_file_of_its_own(drawn: Callable[..., list[Drawn]]) -> None:
    orders = [Order(), Order(theme=Theme.DARK), Order(language="zh"), Order(theme=Theme.DARK, language="zh")]

    paths = {each.path.name for order in orders for each in drawn("27", order=order)}

    assert len(paths) == 4 * len(Canvas)
    assert "ml-collage-27-convit-slide.jpg" in paths
    assert "ml-collage-27-convit-square-dark-zh.jpg" in paths


def test_nothing_asked_for_says_what_to_name(content_root: Path) -> None:
    with pytest.raises(NotFound, match="--all"):
        wanted(content_root, [])


def test_a_fault_elsewhere_does_not_keep_an_editor_waiting(content_root: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(content_root, tmp_path / "content"))
    sound, faulty = sorted(path.parent for path in root.glob("*/*/entry.md"))[:2]
    (faulty / "collage.yaml").write_text("panels: pie\n")

    entries, _ = wanted(root, [sound.name])
    assert [entry.slug.rpartition("/")[2] for entry in entries] == [sound.name]
    with pytest.raises(ContentError, match=f"{faulty.name}/collage.yaml"):
        wanted(root, [faulty.name])
    with pytest.raises(ContentError, match=f"{faulty.name}/collage.yaml"):
        wanted(root, None)
