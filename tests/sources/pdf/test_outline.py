"""The text of papers made by hand: title, abstract, sections, in the order of reading."""

from bot.model.manuscript import Reading, SectionKind
from bot.model.paper import Link, LinkKind
from bot.sources.pdf import read_pdf
from tests.sources.pdf.made import NARROW, PROSE, Made, pdf


def one_column() -> Reading:
    first = Made()
    first.text(180, 90, "Rivers and Bridges: A Study", size=17, bold=True)
    first.text(250, 120, "Ada Lovelace", size=10)
    first.text(281, 150, "Abstract", size=12, bold=True)
    abstract = (
        "We study rivers that carry light over the bridges of",
        "towns. They are slow, and we measure by how much.",
    )
    for row, said in enumerate(abstract):
        first.text(180, 170 + 12 * row, said)
    first.text(160, 220, "1 Introduction", size=12, bold=True)
    first.paragraph(160, 240, 3, said=f"{PROSE}.")
    first.text(160, 276, "As Figure 1 shows, rivers are slow. They carry the light-")
    first.text(160, 288, "house of the town, and ships. See Figs. 1 and 2 for more.")
    first.text(160, 320, "1.1 Ships", size=10, bold=True)
    first.paragraph(160, 340, 2)
    second = Made()
    second.fill(200, 80, 200, 100)
    second.text(220, 200, "Figure 1: A river.")
    second.text(160, 240, "2 Method", size=12, bold=True)
    second.paragraph(160, 260, 3)
    second.text(160, 320, "Our code is available at https://github.com/ada/rivers for everyone.")
    second.text(160, 360, "References", size=12, bold=True)
    second.paragraph(160, 380, 6)
    second.text(160, 480, "A More Rivers", size=12, bold=True)
    second.paragraph(160, 500, 3)
    second.fill(200, 560, 200, 100)
    second.text(220, 680, "Figure 2: Another river.")
    return read_pdf(pdf(first, second))


def test_title_and_abstract_are_read() -> None:
    found = one_column()
    assert found.title == "Rivers and Bridges: A Study"
    assert found.abstract.startswith("We study rivers")
    assert found.abstract.endswith("by how much.")


def test_sections_have_kinds_and_subsections_belong_to_them() -> None:
    sections = one_column().sections
    assert [(section.title, section.kind) for section in sections] == [
        ("Introduction", SectionKind.INTRODUCTION),
        ("Method", SectionKind.METHOD),
        ("More Rivers", SectionKind.APPENDIX),
    ]
    assert "lighthouse of the town" in " ".join(sections[0].paragraphs)


def test_references_are_left_out() -> None:
    method = one_column().sections[1]
    assert len(method.paragraphs) == 2


def test_sentences_that_name_a_figure_are_kept_with_it() -> None:
    first, second = one_column().figures
    assert first.citing == ("As Figure 1 shows, rivers are slow.", "See Figs. 1 and 2 for more.")
    assert second.citing == ("See Figs. 1 and 2 for more.",)


def test_figures_behind_the_appendix_mark_are_marked() -> None:
    assert [figure.is_appendix for figure in one_column().figures] == [False, True]


def test_addresses_that_are_written_out_are_links() -> None:
    assert one_column().links == (Link(LinkKind.CODE, "https://github.com/ada/rivers"),)


def test_addresses_behind_words_are_links() -> None:
    page = Made()
    page.paragraph(160, 80, 4)
    page.text(160, 130, "Our code is available here.")
    page.link(250, 122, 40, 10, "https://github.com/ada/rivers")
    assert read_pdf(pdf(page)).links == (Link(LinkKind.CODE, "https://github.com/ada/rivers"),)


def test_two_columns_are_read_one_after_the_other_whatever_the_order_in_the_file() -> None:
    page = Made()
    page.text(60, 80, "1 Introduction", size=12, bold=True)
    for row in range(12):  # row by row, across both columns
        page.text(60, 100 + 12 * row, f"{NARROW} {row:02}")
        page.text(330, 100 + 12 * row, f"{NARROW} {row + 12:02}")
    said = " ".join(text for section in read_pdf(pdf(page)).sections for text in section.paragraphs)
    numbers = [word for word in said.split() if word.isdigit()]
    assert numbers == [f"{row:02}" for row in range(24)]


def test_hostile_text_is_cleaned() -> None:
    page = Made()
    page.fill(200, 80, 200, 100)
    page.text(220, 200, "Figure 1: A \x01\x02 river" + "!" * 9000, size=1)
    page.paragraph(160, 240, 5)
    caption = read_pdf(pdf(page)).figures[0].caption
    assert len(caption) <= 5000
    assert caption.isprintable()
