"""An exported entry is a content folder that loads as the same entry, or it is not there at all."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from bot.editorial.content import read_content, read_vocabulary
from bot.editorial.entry_file import Vocabulary
from bot.editorial.export.folder import write_entry
from bot.editorial.faults import Faults
from bot.errors import ContentError, DraftError
from bot.model.entry import Entry, EntryState
from bot.model.licence import Licence
from bot.model.panel import (
    Annotation,
    BigNumber,
    Chart,
    ChartKind,
    ChartSeries,
    Crop,
    Diagram,
    Equation,
    Figure,
    Note,
    Panel,
    Quote,
    Step,
    Steps,
    Table,
    Term,
)

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(CONTENT, Faults("content"))


@pytest.fixture(scope="module")
def convit() -> Entry:
    return next(entry for entry in read_content(CONTENT).entries if entry.slug.endswith("convit"))


@pytest.fixture
def shown() -> tuple[Figure, bytes]:
    from tests.editorial.conftest import picture

    content = picture("navy")
    figure = Figure(
        file="figure-1.png",
        sha256=sha256(content).hexdigest(),
        caption="A long caption: with a colon, “quotes” and a # sign.",
        caption_shorter=("A medium caption # here.", "Short: yes."),
        credit="Fig. 1 of d'Ascoli et al. (2021)",
        licence="CC BY 4.0",
        title="Yes",
        crop=Crop(0.0, 0.125, 1.0, 0.5),
        annotations=(Annotation("look here", "0.4 0.5"),),
    )
    return figure, content


def _every_kind(entry: Entry, figure: Figure) -> list[tuple[Panel, ...]]:
    chart = Chart(
        kind=ChartKind.RANGE,
        title="null",
        caption="True.",
        source="Table 2",
        series=(ChartSeries("a", (1.0, None), low=(0.5, None), high=(2.0, 3.5), highlight=True),),
        categories=("5 %", "10 %"),
        log_y=True,
        lower_is_better=True,
    )
    diagram = Diagram('a: box "one"\nb: box "two"\na -> b', "How", "It flows.", "Fig. 1", caption_shorter=("Flows.",))
    equation = Equation("a=b", "One.", "eq. 1", terms=(Term("a", "left"),))
    table = Table("Who wins", ("", "yes"), (("no", "1.0"), ("on", "~")), "It does.", "Table 1", highlight="yes")
    steps = Steps("Three: steps", (Step("First: this, then that", ("First",)), Step("- then")), "sec. 3")
    return [
        (figure, BigNumber(entry.numbers[0], written=entry.numbers[0].value), equation, table),
        (diagram, chart, Note("A label", "A note."), Quote("Said.", "sec. 1")),
        (steps, Note("Another", "With a source.", source="sec. 2", shorter=("Shorter.",))),
    ]


def test_all_that_is_in_the_catalogue_is_written_as_it_was_read(tmp_path: Path) -> None:
    content = read_content(CONTENT)
    lists = read_vocabulary(CONTENT, Faults("content"))
    for entry in content.entries:
        write_entry(tmp_path, entry, content.files, lists)
    for path in [*CONTENT.glob("*/series.yaml"), *CONTENT.glob("*.yaml")]:
        (tmp_path / path.relative_to(CONTENT)).write_bytes(path.read_bytes())
    assert read_content(tmp_path).entries == content.entries


def test_every_kind_of_panel_survives(
    tmp_path: Path, convit: Entry, shown: tuple[Figure, bytes], vocabulary: Vocabulary
) -> None:
    figure, content = shown
    for panels in _every_kind(convit, figure):
        entry = replace(convit, panels=panels, panels_in={}, accent=None)
        write_entry(tmp_path, entry, {figure.sha256: content}, vocabulary, replaces=True)  # compares by itself


def test_another_language_and_a_licence_are_written_too(tmp_path: Path, convit: Entry, vocabulary: Vocabulary) -> None:
    paper = replace(convit.paper, licence=Licence.read("CC BY 4.0"))
    folder = write_entry(tmp_path, replace(convit, paper=paper), {}, vocabulary)
    assert sorted(path.name for path in folder.iterdir()) == [
        "collage.yaml", "collage.zh.yaml", "entry.md", "entry.zh.md",
    ]  # fmt: skip


def test_a_draft_needs_no_number_yet(tmp_path: Path, convit: Entry, vocabulary: Vocabulary) -> None:
    draft = replace(convit, state=EntryState.DRAFT, number=None, month=None)
    assert "number" not in (write_entry(tmp_path, draft, {}, vocabulary) / "entry.md").read_text().split("numbers:")[0]


def test_a_folder_that_is_there_is_not_overwritten_by_accident(
    tmp_path: Path, convit: Entry, vocabulary: Vocabulary
) -> None:
    folder = write_entry(tmp_path, convit, {}, vocabulary)
    (folder / "entry.md").write_text("edited by hand")
    with pytest.raises(DraftError, match="--force"):
        write_entry(tmp_path, convit, {}, vocabulary)
    assert (folder / "entry.md").read_text() == "edited by hand"
    write_entry(tmp_path, convit, {}, vocabulary, replaces=True)
    assert (folder / "entry.md").read_text() != "edited by hand"


@pytest.mark.parametrize("headline", ["# Two\n# Headlines", "One.\n\n## Question\n\nAnother.", "`code`", ""])
def test_words_that_would_be_read_as_something_else_leave_nothing_behind(
    tmp_path: Path, convit: Entry, vocabulary: Vocabulary, headline: str
) -> None:
    broken = replace(convit, texts={"en": replace(convit.text(), headline=headline)})
    with pytest.raises(ContentError):
        write_entry(tmp_path, broken, {}, vocabulary)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
