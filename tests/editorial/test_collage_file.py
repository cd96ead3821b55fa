import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.content import read_content
from bot.errors import ContentError
from bot.model.entry import Entry
from bot.model.panel import (
    Annotation,
    Baseline,
    BigNumber,
    Chart,
    ChartKind,
    ChartSeries,
    Crop,
    Diagram,
    Equation,
    Figure,
    Note,
    Number,
    Panel,
    Quote,
    Step,
    Steps,
    Table,
    Term,
)
from tests.editorial.conftest import COLLAGE, ENTRY

DIAGRAM = """
- kind: diagram
  title: Two ways to look
  drawing: |
    a: box "patches"
    b: box "words"
    a -> b
  caption: {long: Every head mixes both of them., medium: Every head mixes both., short: Both are mixed.}
  source: sec. 3
  annotations:
  - {to: a, text: here it starts}
"""
DRAWING = 'a: box "patches"\nb: box "words"\na -> b'
RANGE = """
- kind: chart
  type: range
  title: Spread
  caption: They spread.
  source: Table 3
  categories: [a, b]
  series: [{name: s, values: [2, null], low: [1, null], high: [3, null]}]
  baseline: {value: 0.5, label: chance}
  annotations: [{to: s @ a, text: {long: the widest of all, short: the widest}}]
"""
EQUATION = r"""
- kind: equation
  latex: A=\sigma(\lambda)P
  caption: A gate.
  source: eq. 6
  terms: [{part: '\sigma(\lambda)', label: gate}]
"""
TABLE = """
- kind: table
  title: Accuracy
  columns: [model, top-1]
  rows: [[ConViT, 81.3 %], [DeiT, 79.8 %]]
  highlight: ConViT
  caption: It leads.
  source: Table 1
"""
NOTE = "\n- {kind: text, label: Why, text: Because it does.}\n"
QUOTE = "\n- kind: quote\n  text: Attention is all you need.\n  source: title\n"
STEPS = "\n- kind: steps\n  title: How\n  source: Algorithm 1\n  steps: [Start., {long: Then go on., short: Go on.}]\n"
FIGURE = """
- kind: figure
  file: fig3.png
  title: Maps
  caption: Where heads look.
  credit: Fig. 3 of A (2021)
  licence: CC BY 4.0
  page: 2
  crop: [0, 0.1, 0.5, 1]
  annotations: [{to: 0.4 0.7, text: a local head}]
"""
SCATTER = """
- kind: chart
  type: scatter
  title: Size
  caption: Larger is better.
  source: Fig. 1
  log_x: true
  series: [{name: ConViT, values: [1, 2.5], x: [10, 100], labels: [Ti, ""]}]
"""


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "weekly" / "01-convit"


def shown(root: Path, panels: str, *, name: str = "collage.yaml", accent: str = "") -> Entry:
    (root / "weekly" / "01-convit" / name).write_text(f"{accent}panels:{panels}")
    (entry,) = read_content(root).entries
    return entry


def faults(root: Path, panels: str, *, name: str = "collage.yaml", accent: str = "") -> list[str]:
    with pytest.raises(ContentError) as refused:
        shown(root, panels, name=name, accent=accent)
    return [line.removeprefix("content/weekly/01-convit/") for line in str(refused.value).splitlines()]


@pytest.mark.parametrize(
    ("said", "panel"),
    [
        (
            DIAGRAM,
            Diagram(
                DRAWING,
                "Two ways to look",
                "Every head mixes both of them.",
                "sec. 3",
                annotations=(Annotation("here it starts", "a"),),
                caption_shorter=("Every head mixes both.", "Both are mixed."),
            ),
        ),
        (
            RANGE,
            Chart(
                ChartKind.RANGE,
                "Spread",
                "They spread.",
                "Table 3",
                series=(ChartSeries("s", (2.0, None), low=(1.0, None), high=(3.0, None)),),
                categories=("a", "b"),
                baseline=Baseline(0.5, "chance"),
                annotations=(Annotation("the widest of all", "s @ a", ("the widest",)),),
            ),
        ),
        (
            SCATTER,
            Chart(
                ChartKind.SCATTER,
                "Size",
                "Larger is better.",
                "Fig. 1",
                series=(ChartSeries("ConViT", (1.0, 2.5), x=(10.0, 100.0), labels=("Ti", "")),),
                log_x=True,
            ),
        ),
        (EQUATION, Equation(r"A=\sigma(\lambda)P", "A gate.", "eq. 6", terms=(Term(r"\sigma(\lambda)", "gate"),))),
        (
            TABLE,
            Table(
                "Accuracy",
                ("model", "top-1"),
                (("ConViT", "81.3 %"), ("DeiT", "79.8 %")),
                "It leads.",
                "Table 1",
                highlight="ConViT",
            ),
        ),
        (NOTE, Note("Why", "Because it does.")),
        (QUOTE, Quote("Attention is all you need.", "title")),
        (STEPS, Steps("How", (Step("Start."), Step("Then go on.", ("Go on.",))), "Algorithm 1")),
    ],
    ids=["diagram", "range", "scatter", "equation", "table", "text", "quote", "steps"],
)
def test_every_kind_of_panel_is_read(root: Path, said: str, panel: Panel) -> None:
    assert shown(root, said).panels == (panel,)


def test_a_figure_brings_its_bytes_along(root: Path, folder: Path, png: bytes) -> None:
    (folder / "fig3.png").write_bytes(png)

    (figure,) = shown(root, FIGURE).panels

    digest = sha256(png).hexdigest()
    assert figure == Figure(
        "fig3.png",
        digest,
        "Where heads look.",
        "Fig. 3 of A (2021)",
        "CC BY 4.0",
        title="Maps",
        page=2,
        crop=Crop(0.0, 0.1, 0.5, 1.0),
        annotations=(Annotation("a local head", "0.4 0.7"),),
    )
    assert read_content(root).files == {digest: png}


def test_an_accent_is_read(root: Path) -> None:
    assert shown(root, NOTE, accent='accent: "#0B6b63"\n').accent == "#0b6b63"


def test_an_entry_without_a_collage_file_declares_no_panels(root: Path, folder: Path) -> None:
    (folder / "collage.yaml").unlink()

    (entry,) = read_content(root).entries

    assert (entry.panels, entry.accent, dict(entry.panels_in)) == ((), None, {})


def test_panels_are_said_in_another_language_and_the_others_stay_in_english(root: Path) -> None:
    entry = shown(root, NOTE)
    chinese = "\n- {kind: text, label: 原因, text: 因为如此。}\n"

    entry = shown(root, chinese, name="collage.zh.yaml")

    assert entry.panels_for("zh") == (Note("原因", "因为如此。"),)
    assert entry.panels_for("de") == entry.panels_for("en") == entry.panels == (Note("Why", "Because it does."),)


def test_a_number_can_be_said_in_other_words_but_not_as_another_number(root: Path) -> None:
    (number,) = shown(root, "\n- {kind: number, value: 81.3 %, meaning: 准确率, against: 79.8 %}\n").panels

    assert number == BigNumber(Number("81.3 %", "准确率", "Table 1", against="79.8 %"))


def test_a_number_can_be_written_as_another_language_writes_it(root: Path, folder: Path) -> None:
    listed = "  - {value: 65 million, meaning: question-answer pairs, source: abstract}"
    (folder / "entry.md").write_text(ENTRY.replace("    source: Table 1\n", f"    source: Table 1\n{listed}\n", 1))
    panel = "\n- {kind: number, value: 65 million, written: 6500 万, meaning: 个问答对, source: 摘要}\n"

    (number,) = shown(root, panel).panels

    assert number == BigNumber(Number("65 million", "个问答对", "摘要"), written="6500 万")
    assert number.value == "6500 万"
    assert "'650 万' is not worth '65 million'. Write the same number." in "".join(
        faults(root, panel.replace("6500", "650"))
    )


def test_a_number_may_follow_from_others(root: Path, folder: Path) -> None:
    stated = "  - {value: 1.5, meaning: {long: the lead of it, short: the lead}, formula: 81.3 − 79.8, source: Table 1}"
    (folder / "entry.md").write_text(ENTRY.replace("    source: Table 1\n", f"    source: Table 1\n{stated}\n", 1))

    (entry,) = read_content(root).entries

    lead = Number("1.5", "the lead of it", "Table 1", formula="81.3 − 79.8", meaning_shorter=("the lead",))
    assert entry.numbers[1] == lead


def test_the_shown_sections_may_be_said_shorter(root: Path, folder: Path) -> None:
    said = "What is asked?\n\nMedium: Asked what?\nShort: What?\n\n## Key idea\n\nHow it\nis answered.\n\nShort: How."
    (folder / "entry.md").write_text(ENTRY.replace("What is asked?\n\n## Key idea\n\nHow it\nis answered.", said))

    text = read_content(root).entries[0].text()

    assert (text.question, text.key_idea) == ("What is asked?", "How it is answered.")
    assert text.shorter == {"question": ("Asked what?", "What?"), "key_idea": ("How.",)}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Short: What is asked? Long.", "26: `Short:` of 'Question' is not shorter than what stands above it. "),
        ("Medium:", "26: `Medium:` of 'Question' is not shorter than what stands above it. "),
        ("Short: What?\n\nMedium: Why?", "24: The section 'Question' has its shorter forms mixed up. "),
        ("Short: $x^2$?", "26: `Short:` of 'Question' holds markup ('$x^2$'). "),
    ],
)
def test_a_shorter_form_that_is_none_is_named(root: Path, folder: Path, said: str, fault: str) -> None:
    (folder / "entry.md").write_text(ENTRY.replace("What is asked?", f"What is asked?\n\n{said}"))

    with pytest.raises(ContentError, match=re.escape(fault[4:])):
        read_content(root)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("81.3 %", "81.4 %", "3: '81.4 %' is not among the numbers of the entry. Did you mean '81.3 %'?"),
        ("kind: equation", "kind: equations", "4: 'equations' is no kind. Did you mean 'equation'?"),
        ("latex: E", "latx: E", "5: There is no field 'latx' here. Did you mean 'latex'?"),
        ("type: bar", "type: pie", "9: 'pie' is no type. Choose from: bar, line, range, scatter."),
        ("[47.8, null]", "[47.8]", "17: 'ConViT' has 1 values for 2 categories. Make them as many."),
        (
            "[47.8, null]",
            "[47.8, high]",
            "17: 'high' in 'values' is not a number. Write it like 81.3, or null for a gap.",
        ),
        (
            "[47.8, null]",
            "[.inf, 1]",
            "17: '.inf' in 'values' is not a number. Write it like 81.3, or null for a gap.",
        ),
        ("[47.8, null]", "[null, null]", "17: 'ConViT' has no values. Fill them or take it out."),
        ("highlight: true", "highlight: yes", "16: 'highlight' must be true or false, not 'yes'. Write one of them."),
        ("    title: Accuracy", "    title: [a, b]", "10: 'title' must be a text. Put quotes around it."),
        ("caption: Energy.", "caption: {short: E.}", "6: The field 'long' is missing. Add it."),
        ("caption: Energy.", "caption: ", "6: The field 'caption' is empty. Fill it or leave it out."),
        ("caption: Energy.", "caption: " + "word " * 26, "6: The field 'caption' has 26 words. Make it at most 25."),
        (
            "caption: Energy.",
            "caption: {long: Energy., short: Energetic.}",
            "6: The short form of 'caption' is not shorter than the one above it. Shorten it.",
        ),
        (
            "caption: Energy.",
            "caption: {long: Energy., brief: E.}",
            "6: There is no field 'brief' here. Choose from: long, medium, short.",
        ),
        (
            "panels:\n",
            "accent: green\npanels:\n",
            "1: 'green' is no colour. Write it like \"#0b6b63\", with the quotes.",
        ),
        ("panels:\n", "panel:\n", "1: There is no field 'panel' here. Did you mean 'panels'?"),
    ],
)
def test_a_fault_is_named_with_its_line_and_its_remedy(root: Path, old: str, new: str, fault: str) -> None:
    assert old in COLLAGE
    (root / "weekly" / "01-convit" / "collage.yaml").write_text(COLLAGE.replace(old, new, 1))

    with pytest.raises(ContentError) as refused:
        read_content(root)
    assert f"content/weekly/01-convit/collage.yaml:{fault}" in str(refused.value).splitlines()


@pytest.mark.parametrize(
    ("said", "old", "new", "fault"),
    [
        (DIAGRAM, "here it starts", "word " * 13, "The field 'text' has 13 words. Make it at most 12."),
        (DIAGRAM, "  - {to: a, text: here it starts}", "  - {text: x}", "The field 'to' is missing. Add it."),
        (
            DIAGRAM,
            '  drawing: |\n    a: box "patches"\n    b: box "words"\n    a -> b\n',
            "",
            "The field 'drawing' is missing.",
        ),
        (DIAGRAM, "  - {to: a, text: here it starts}\n", "  - {to: a, text: x}\n" * 4, "There are 4 annotations."),
        (DIAGRAM, "a -> b", "a -> c", "This diagram cannot be drawn: line 3 of the drawing: "),
        (DIAGRAM, "to: a", "to: c", "This annotation points at nothing: "),
        (RANGE, "low: [1, null]", "low: [1]", "'s' has 1 low ends for 2 values. Make them as many."),
        (RANGE, "low: [1, null]", "low: [2.5, null]", "Range 1 of 's' does not go up from low over value to high."),
        (RANGE, "type: range", "type: line", "Only a range chart has `low` and `high`. Take them out."),
        (RANGE, "{value: 0.5, label", "{label", "The baseline needs a `value`. Write a number."),
        (RANGE, "  source: Table 3\n", "  source: Table 3\n  emphasis: [c]\n", "'c' is not a category."),
        (RANGE, "to: s @ a", "to: s @ c", "This annotation points at nothing: "),
        (RANGE, "value: 0.5", "value: 0", None),
        (RANGE, "  source: Table 3\n", "  source: x\n  log_y: true\n", None),
        (
            RANGE.replace("value: 0.5", "value: 0"),
            "  source: Table 3\n",
            "  source: x\n  log_y: true\n",
            "The baseline is",
        ),
        (SCATTER, "x: [10, 100]", "x: [0, 100]", "'ConViT' has x values of 0 or less."),
        (SCATTER, 'labels: [Ti, ""]', "labels: [Ti]", "'ConViT' has 1 labels, 2 points. Name each."),
        (SCATTER, "type: scatter", "type: bar", "Only a scatter chart has `x` and `labels`. Take them out."),
        (EQUATION, "part: '\\sigma(\\lambda)'", "part: '\\rho'", "A part of this formula cannot be named: the part"),
        (TABLE, "highlight: ConViT", "highlight: ConVit", "'ConVit' is no column and no row. Did you mean 'ConViT'?"),
        (TABLE, "highlight: ConViT", "highlight: model", "'model' is no column and no row."),
        (TABLE, "highlight: ConViT", "highlight: top-1", None),
        (TABLE, "[DeiT, 79.8 %]", "[DeiT]", "This row has 1 cells for 2 columns. Make them as many."),
        (TABLE, "[DeiT, 79.8 %]", "DeiT", "Each of 'rows' must be a list. Write it like [one, two]."),
        (TABLE, "[DeiT, 79.8 %]", "[DeiT, " + "x" * 25 + "]", "has 25 characters. Cut it to 24."),
        (TABLE, "[model, top-1]", "[model]", "The field 'columns' has 1 values. Give it 2 to 5."),
        (
            TABLE,
            "[[ConViT, 81.3 %], [DeiT, 79.8 %]]",
            f"[{'[ConViT, 1],' * 7}]",
            "The table has 7 rows. Give it 1 to 6.",
        ),
        (NOTE, "Because it does.", "word " * 31, "The field 'text' has 31 words. Make it at most 30."),
        (NOTE, "Because it does.", "词" * 61, "The field 'text' has 31 words. Make it at most 30."),
        (NOTE, "Because it does.", "词" * 60, None),
        (QUOTE, "Attention is all you need.", "word " * 31, "The field 'text' has 31 words. Make it at most 30."),
        (QUOTE, "  source: title\n", "", "The field 'source' is missing. Add it."),
        (STEPS, "[Start., {", "[{", "There are 1 steps. Give 2 to 5."),
        (STEPS, "Start.", "word " * 13, "The field 'steps' has 13 words. Make it at most 12."),
        (STEPS, "Start.", "''", "The field 'steps' is empty. Fill it or leave it out."),
        (NOTE, NOTE, NOTE * 5, "There are 5 panels. Give 1 to 4; the texts of the entry add two more."),
        (NOTE, NOTE, " []\n", "There are 0 panels. Give 1 to 4; the texts of the entry add two more."),
    ],
)
def test_each_kind_keeps_its_bounds(root: Path, said: str, old: str, new: str, fault: str | None) -> None:
    assert old in said
    if fault is None:
        assert shown(root, said.replace(old, new)).panels
    else:
        assert any(fault in line for line in faults(root, said.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("fig3.png", "fig4.png", "There is no file 'fig4.png' in the folder of the entry. Did you mean 'fig3.png'?"),
        (
            "fig3.png",
            "../01-convit/fig3.png",
            "does not stand in the folder of the entry. Put it there; name it alone.",
        ),
        ("fig3.png", "/etc/passwd", "does not stand in the folder of the entry. Put it there; name it alone."),
        ("fig3.png", ".fig3.png", "does not stand in the folder of the entry. Put it there; name it alone."),
        ("fig3.png", "link.png", "There is no file 'link.png' in the folder of the entry."),
        ("0.4 0.7", "0.4 1.7", "This annotation points at nothing: '0.4 1.7' is no pair of shares such as `0.4 0.7`."),
        ("page: 2", "page: 0", "Pages are counted from 1. Write it like 3."),
        ("[0, 0.1, 0.5, 1]", "[0, 0.1, 0.5]", "This crop leaves nothing to see."),
        ("[0, 0.1, 0.5, 1]", "[0.5, 0.1, 0.5, 1]", "This crop leaves nothing to see."),
        ("[0, 0.1, 0.5, 1]", "[0, 0.1, 0.5, 1.5]", "This crop leaves nothing to see."),
        ("  licence: CC BY 4.0\n", "", "The field 'licence' is missing. Add it."),
        ("  credit: Fig. 3 of A (2021)\n", "", "The field 'credit' is missing. Add it."),
    ],
)
def test_a_faulty_figure_is_named(root: Path, folder: Path, png: bytes, old: str, new: str, fault: str) -> None:
    (folder / "fig3.png").write_bytes(png)
    (folder / "link.png").symlink_to(folder / "fig3.png")
    assert old in FIGURE

    assert any(fault in line for line in faults(root, FIGURE.replace(old, new)))


def test_a_file_that_holds_no_picture_is_named(root: Path, folder: Path, png: bytes) -> None:
    (folder / "fig3.png").write_bytes(png[: len(png) // 2])

    assert any(line.startswith("collage.yaml:3: This figure cannot be shown: ") for line in faults(root, FIGURE))


def test_a_figure_that_is_too_large_is_named(root: Path, folder: Path) -> None:
    with (folder / "fig3.png").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)

    assert any("'fig3.png' is larger than 20 MiB. Make it smaller." in line for line in faults(root, FIGURE))


@pytest.mark.parametrize("latex", [r"A_{ij=(1-x", r"\foo A_{ij}", r"\frac{a}{b}}", r"\left( x"])
def test_latex_that_would_not_be_set_as_meant_is_named(root: Path, latex: str) -> None:
    panel = f"\n- kind: equation\n  latex: '{latex}'\n  caption: c\n  source: s\n"

    assert any("This LaTeX would not be set as meant" in line for line in faults(root, panel))


def test_a_translation_with_other_panels_is_named(root: Path) -> None:
    shown(root, NOTE)

    assert faults(root, QUOTE, name="collage.zh.yaml") == [
        "collage.zh.yaml:1: The panels are not those of collage.yaml. Give the same kinds in the same order."
    ]


def test_a_translation_alone_is_named(root: Path, folder: Path) -> None:
    (folder / "collage.yaml").unlink()

    assert faults(root, NOTE, name="collage.zh.yaml") == [
        "collage.zh.yaml:1: There is no collage.yaml beside it. Add it with the panels in English."
    ]


def test_a_translation_has_no_accent_of_its_own(root: Path) -> None:
    shown(root, NOTE)

    found = faults(root, NOTE, name="collage.zh.yaml", accent='accent: "#0b6b63"\n')

    assert found == ["collage.zh.yaml:1: There is no field 'accent' here. Choose from: panels."]


def test_faults_of_both_files_are_named_and_numbers_are_not_missed_when_nobody_knows_them(
    root: Path, folder: Path
) -> None:
    (folder / "entry.md").write_text(ENTRY.replace("state: published", "state: gone"))

    found = faults(root, "\n- {kind: number, value: 1}\n- {kind: quotes}\n")

    assert found == [
        "collage.yaml:3: 'quotes' is no kind. Did you mean 'quote'?",
        "entry.md:4: 'gone' is no state. Choose from: draft, published, queued, retracted.",
    ]


EVERYTHING = "panels:" + DIAGRAM + RANGE + TABLE + STEPS


@settings(max_examples=80)
@given(at=st.integers(0, len(EVERYTHING)), length=st.integers(0, 40), junk=st.text(max_size=12))
def test_a_damaged_file_is_loaded_or_named_but_never_breaks_the_load(
    root: Path, at: int, length: int, junk: str
) -> None:
    damaged = EVERYTHING[:at] + junk + EVERYTHING[at + length :]
    (root / "weekly" / "01-convit" / "collage.yaml").write_bytes(damaged.encode(errors="surrogatepass"))

    with suppress(ContentError):
        assert read_content(root).entries
