from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.content import read_content
from bot.errors import ContentError
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.language import CHINESE
from bot.model.month import Month
from bot.model.panel import BigNumber, Chart, ChartKind, ChartSeries, Equation, Number
from bot.model.paper import Link, LinkKind, Paper
from tests.editorial.conftest import ENTRY, SUMMARY

ACCURACY = Number("81.3 %", "accuracy", "Table 1", against="79.8 % for DeiT")
TEXT = EntryText("A headline of few words.", "What is asked?", "How it is answered.", SUMMARY, "What stays.")
CHINESE_SUMMARY = "摘要" * 59 + "用 Transformer。"  # 120 characters: the word is one of them, the mark is none
AddEntry = Callable[..., Path]


def faults(root: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        read_content(root)
    return str(refused.value).splitlines()


def entry_file(root: Path) -> Path:
    return root / "weekly" / "01-convit" / "entry.md"


def change(root: Path, old: str, new: str) -> None:
    assert old in ENTRY
    entry_file(root).write_text(ENTRY.replace(old, new, 1))


def translate(
    root: Path,
    *,
    language: str = "zh",
    headline: str = "标题",
    idea: str = "想法。",
    summary: str = CHINESE_SUMMARY,
    take_away: str = "结论。",
) -> None:
    sections = {"Question": "问题？", "Key idea": idea, "Summary": summary, "Take-away": take_away}
    said = "".join(f"\n## {name}\n\n{text}\n" for name, text in sections.items())
    (entry_file(root).parent / f"entry.{language}.md").write_text(f"# {headline}\n{said}")


def test_an_entry_file_becomes_an_entry(root: Path) -> None:
    (entry,) = read_content(root).entries

    assert entry == Entry(
        slug="weekly/01-convit",
        series=Series("weekly", "Weekly", "One a week.", "UTC", weekly_at="mon 09:00", roundup_at=None, total=52),
        number=1,
        month=Month(2021, 8),
        state=EntryState.PUBLISHED,
        paper=Paper(
            ArxivId("2103.10697"), 2, "ConViT: a title", ("Ada Lovelace", "Alan Turing"), 2021, venue="ICML 2021"
        ),
        links=(Link(LinkKind.CODE, "https://github.com/a/b"),),
        topics=(Topic("vision", "Vision"), Topic("graphs", "Graphs", ("network",))),
        aliases=("ConViT", "gated attention"),
        numbers=(ACCURACY,),
        panels=(
            BigNumber(ACCURACY),
            Equation("E = mc^2", "Energy.", "eq. 1"),
            Chart(
                ChartKind.BAR,
                "Accuracy",
                "The lead.",
                "Table 2",
                series=(ChartSeries("ConViT", (47.8, None), highlight=True),),
                categories=("5 %", "10 %"),
            ),
        ),
        texts={"en": TEXT},
    )


def test_the_content_of_this_repository_can_be_loaded(content_root: Path) -> None:
    content = read_content(content_root)

    assert {entry.series.slug for entry in content.entries} == {"ml-collage", "best-of-arxiv"}
    assert len(content.entries) >= 21


def test_every_published_entry_speaks_chinese_in_words_and_in_its_picture(content_root: Path) -> None:
    published = [entry for entry in read_content(content_root).entries if entry.state is EntryState.PUBLISHED]

    assert [entry.slug for entry in published if CHINESE not in entry.texts] == []
    assert [entry.slug for entry in published if entry.panels and CHINESE not in entry.panels_in] == []


def test_a_translation_is_read_under_its_language(root: Path) -> None:
    translate(root)

    (entry,) = read_content(root).entries

    assert entry.texts["zh"] == EntryText("标题", "问题？", "想法。", CHINESE_SUMMARY, "结论。")
    assert entry.texts["en"] == TEXT


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"headline": "标" * 25}, "1: The section 'Headline' has 25 characters. Make it at most 24."),
        ({"idea": "想" * 51}, "7: The section 'Key idea' has 51 characters. Make it at most 50."),
        ({"take_away": "结" * 33}, "15: The section 'Take-away' has 33 characters. Make it at most 32."),
        ({"summary": "要" * 119 + "。"}, "11: The section 'Summary' has 119 characters. Make it 120 to 220."),
        ({"summary": "要" * 221}, "11: The section 'Summary' has 221 characters. Make it 120 to 220."),
        ({"summary": "Transformer " * 120}, "11: The summary has 1439 characters. Cut it to 680."),
    ],
)
def test_a_section_in_chinese_is_bounded_in_characters(root: Path, changed: dict[str, str], fault: str) -> None:
    translate(root, **changed)

    assert faults(root) == [f"content/weekly/01-convit/entry.zh.md:{fault}"]


def test_a_language_that_nobody_counts_in_is_bounded_by_its_length_alone(root: Path) -> None:
    translate(root, language="de", summary="Kurz.", headline="Ein Titel")

    (entry,) = read_content(root).entries

    assert entry.texts["de"].summary == "Kurz."


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(root: Path) -> None:
    before = read_content(root)
    entry_file(root).write_bytes(b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode())

    assert read_content(root) == before


def test_a_series_with_insights_reads_why_and_what_to_take_home(root: Path) -> None:
    (root / "weekly" / "series.yaml").write_text("name: M\ndescription: D.\ntimezone: UTC\ninsights: true\n")
    insights = "\n## Why\n\nIt matters.\n\n## Key insights\n\n- First, which\n  goes on.\n- Second.\n"
    entry_file(root).write_text(ENTRY + insights)

    (entry,) = read_content(root).entries

    assert entry.text() == replace(TEXT, why="It matters.", key_insights=("First, which goes on.", "Second."))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("number: 1\n", "", "2: Weekly is numbered. Add a field `number`."),
        ("number: 1\n", "number: 53\n", "2: Weekly has the numbers 1 to 52. Choose one of them."),
        ("number: 1\n", "number: one\n", "2: 'number' must be a whole number, not 'one'. Write it in digits."),
        ("number: 1\n", "number: 1\nnumber: 2\n", "3: The field 'number' is there twice. Keep one."),
        ("number: 1\n", "number: 1\ntopic: x\n", "3: There is no field 'topic' here. Did you mean 'topics'?"),
        ("month: 2021-08\n", "", "3: A published entry says in which month. Add a field `month`, like 2022-01."),
        ("month: 2021-08", "month: 2021-13", "3: '2021-13' is not a month. Write it like 2022-01."),
        ("month: 2021-08", "month: Aug 2021", "3: 'Aug 2021' is not a month. Write it like 2022-01."),
        ("state: published", "state: publish", "4: 'publish' is no state. Did you mean 'published'?"),
        ("state: published\n", "", "2: The field 'state' is missing. Add it."),
        (
            "arxiv: 2103.10697v2",
            "arxiv: 2103.106",
            "6: '2103.106' is not an arXiv id. Write it like 2103.10697 or 2103.10697v2.",
        ),
        (
            "arxiv: 2103.10697v2",
            "arxiv: https://arxiv.org/abs/2103.10697",
            "6: 'https://arxiv.org/abs/2103.10697' is not an arXiv id. Write it like 2103.10697 or 2103.10697v2.",
        ),
        ("  venue: ICML 2021", "  venue:", "10: The field 'venue' is empty. Fill it or leave it out."),
        (
            "authors: [Ada Lovelace, Alan Turing]",
            "authors: Ada Lovelace",
            "8: 'authors' must be a list. Write it like [one, two].",
        ),
        (
            "authors: [Ada Lovelace, Alan Turing]",
            "authors: []",
            "8: The field 'authors' has 0 values. Give it 1 to 6000.",
        ),
        ("  year: 2021\n", "", "6: The paper needs the year it is cited with. Write it like 2021."),
        (
            "code: https://github.com/a/b",
            "code: javascript:alert(1)",
            "12: 'javascript:alert(1)' is not a link. Write it in full, beginning with https://.",
        ),
        (
            "code: https://github.com/a/b",
            "code: github.com/a/b",
            "12: 'github.com/a/b' is not a link. Write it in full, beginning with https://.",
        ),
        (
            "  code: https://github.com/a/b",
            "  cod: https://a.example",
            "12: There is no field 'cod' here. Did you mean 'code'?",
        ),
        ("topics: [vision, graphs]", "topics: [visoin]", "13: 'visoin' is not in topics.yaml. Did you mean 'vision'?"),
        ("topics: [vision, graphs]\n", "", "2: The field 'topics' is missing. Add it with 1 to 4 values."),
        ("aliases: [convit]", "aliases: [conv]", "14: 'conv' is not in aliases.yaml. Did you mean 'convit'?"),
        ("    source: Table 1\n", "", "16: The field 'source' is missing. Add it."),
        (
            "    source: Table 1\n---",
            "    source: Table 1\nvisuals: []\n---",
            "20: The panels stand in a file of their own. Move them to collage.yaml, below `panels:`.",
        ),
        (
            'title: "ConViT: a title"',
            "title: ConViT: a title",
            "7: This is not YAML: mapping values are not allowed in this context. "
            "Check the indentation and put quotes around the value.",
        ),
        ("number: 1", "number: &x 1\nmore: *x", "3: References (`*name`) are not read. Write the value out."),
        ("number: 1", "number: " + "[" * 9000, "2: The brackets are nested too deep. Close them."),
        (
            "# A headline of few words.",
            "# " + "word " * 13,
            "22: The section 'Headline' has 13 words. Make it at most 12.",
        ),
        ("How it\nis answered.", "word " * 26, "28: The section 'Key idea' has 26 words. Make it at most 25."),
        ("What stays.", "word " * 17, "37: The section 'Take-away' has 17 words. Make it at most 16."),
        (SUMMARY, "word " * 79, "33: The section 'Summary' has 79 words. Make it 80 to 105."),
        (SUMMARY, "long-word " * 80, "33: The summary has 799 characters. Cut it to 680."),
        ("What stays.", "**What** stays.", "37: The section 'Take-away' holds markup ('**'). Write plain text."),
        ("What stays.", "$x^2$ stays.", "37: The section 'Take-away' holds markup ('$x^2$'). Write plain text."),
        ("What stays.", "", "37: The section 'Take-away' is empty. Fill it."),
        ("## Key idea", "## Keyidea", "28: There is no section 'Keyidea' in this series. Did you mean 'Key idea'?"),
        (
            "## Take-away",
            "## Why",
            "37: There is no section 'Why' in this series. Choose from: Key idea, Question, Summary, Take-away.",
        ),
        ("## Take-away", "## Question", "37: The section 'Question' is there twice. Keep one."),
        (
            "# A headline of few words.",
            "A headline.",
            "22: Text before the headline. Begin with `# ` and the headline.",
        ),
        ("---\nnumber", "number", "1: The front matter is missing. Put the facts between two lines `---` at the top."),
    ],
)
def test_a_fault_is_named_with_its_line_and_its_remedy(root: Path, old: str, new: str, fault: str) -> None:
    change(root, old, new)

    assert f"content/weekly/01-convit/entry.md:{fault}" in faults(root)


def test_every_fault_is_named_and_not_just_the_first(root: Path, add: AddEntry) -> None:
    change(root, "state: published", "state: gone")
    second = add("02-other", number=2, arxiv="2107.05802")
    second.write_text(second.read_text().replace("year: 2021", "year: soon"))
    (root / "topics.yaml").write_text("Graphs: {name: Graphs}\n")

    found = faults(root)

    assert [line.split(" ")[0] for line in found] == [
        "content/topics.yaml:1:",
        "content/weekly/01-convit/entry.md:4:",
        "content/weekly/01-convit/entry.md:13:",
        "content/weekly/01-convit/entry.md:13:",
        "content/weekly/02-other/entry.md:9:",
        "content/weekly/02-other/entry.md:13:",
        "content/weekly/02-other/entry.md:13:",
    ]


def test_a_queued_entry_may_wait_for_its_number(root: Path, add: AddEntry) -> None:
    path = add("other", number=2, arxiv="2107.05802", state="queued")
    path.write_text(path.read_text().replace("number: 2\n", ""))

    assert [entry.number for entry in read_content(root).entries] == [1, None]


def test_two_entries_with_one_number_or_paper_are_named(root: Path, add: AddEntry) -> None:
    add("02-number", number=1, arxiv="2107.05802")
    add("03-paper", number=3, arxiv="2103.10697")

    assert faults(root) == [
        f"content/weekly/{place}: weekly/01-convit has the same {what}. Change one of them or take it away."
        for place, what in (("02-number/entry.md:2", "number"), ("03-paper/entry.md:6", "paper"))
    ]


def test_folders_that_differ_in_case_only_are_named(root: Path, add: AddEntry) -> None:
    add("01-ConViT", number=2, arxiv="2107.05802")

    assert "has the same folder" in "".join(faults(root))


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"---\nnumber: 1\n\xff\n", "3: The text is not UTF-8. Save the file as UTF-8."),
        (b"x" * 70_000, "1: The file is larger than 64 KiB. Shorten it."),
        (b"", "1: The front matter is missing. Put the facts between two lines `---` at the top."),
        (b"---\n\x00\n---\n", "1: This is not YAML: "),
        (b"---\n- a\n---\n", "1: There are no fields here. Write them as `name: value`, one per line."),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_named(root: Path, raw: bytes, fault: str) -> None:
    entry_file(root).write_bytes(raw)

    assert any(line.startswith(f"content/weekly/01-convit/entry.md:{fault}") for line in faults(root))


def test_a_folder_without_an_entry_is_named(root: Path) -> None:
    (root / "weekly" / "02-empty").mkdir()

    assert faults(root) == [
        "content/weekly/02-empty/entry.md:1: The file cannot be read (No such file or directory). "
        "Add it, or make it readable."
    ]


def test_a_broken_translation_is_named(root: Path) -> None:
    (entry_file(root).parent / "entry.zh.md").write_text("# 标题\n")

    assert len([line for line in faults(root) if "entry.zh.md:1: The section" in line]) == 4


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("timezone: Mars/Olympus", "4: There is no time zone 'Mars/Olympus'. Write it like UTC or Europe/Berlin."),
        ("timezone: UTC\nweekly_at: monday 9", "5: 'monday 9' is no weekly moment. Write it like mon 09:00."),
        (
            "timezone: UTC\nroundup_at: 31 09:00",
            "5: '31 09:00' is no monthly moment. Write it like last 18:00 or 1 09:00.",
        ),
        ("timezone: UTC\ntotl: 5", "5: There is no field 'totl' here. Did you mean 'total'?"),
    ],
)
def test_a_faulty_series_is_named(root: Path, line: str, fault: str) -> None:
    (root / "weekly" / "series.yaml").write_text(f"name: W\ndescription: D.\ntotal: 52\n{line}\n")

    assert f"content/weekly/series.yaml:{fault}" in faults(root)


def test_an_empty_or_missing_folder_says_what_belongs_there(tmp_path: Path) -> None:
    assert "There are no entries here. Add a folder per series" in "".join(faults(tmp_path / "nowhere"))


def test_entries_come_from_the_oldest_to_the_newest(root: Path, add: AddEntry) -> None:
    first = add("02-older", number=2, arxiv="2107.05802")
    first.write_text(first.read_text().replace("2021-08", "2020-01"))
    add("03-new", number=3, arxiv="2107.05803", state="queued")

    assert [entry.number for entry in read_content(root).entries] == [2, 1, 3]


@settings(max_examples=80)
@given(at=st.integers(0, len(ENTRY)), length=st.integers(0, 40), junk=st.text(max_size=12))
def test_a_damaged_file_is_loaded_or_named_but_never_breaks_the_load(
    root: Path, at: int, length: int, junk: str
) -> None:
    damaged = ENTRY[:at] + junk + ENTRY[at + length :]
    entry_file(root).write_bytes(damaged.encode(errors="surrogatepass"))

    with suppress(ContentError):
        assert read_content(root).entries


def test_a_queued_entry_that_bears_a_month_is_named(root: Path, add: AddEntry) -> None:
    path = add("02-new", number=2, arxiv="2107.05802", state="queued")
    path.write_text(path.read_text().replace("state: queued", "month: 2021-08\nstate: queued"))
    assert "A queued entry gets the month in which it is published." in "".join(faults(root))
