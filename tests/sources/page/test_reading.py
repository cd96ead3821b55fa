"""Reading LaTeXML pages made by us, and hostile ones."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceRefused
from bot.model.manuscript import Origin, SectionKind
from bot.model.paper import Link, LinkKind
from bot.sources.page.images import image_names
from bot.sources.page.reading import read_page
from tests.sources.page.pages import (
    PNG,
    cell,
    equation,
    figure,
    group,
    img,
    maths,
    p,
    page,
    para,
    ref,
    row,
    section,
    tabular,
)


def test_title_abstract_and_sections_are_read() -> None:
    content = page(
        '<h1 class="ltx_title ltx_title_document">On <em>cats</em></h1>'
        '<div class="ltx_authors">A. Smith, a@b.org</div>'
        '<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>'
        + p("We study cats.")
        + "</div>"
        + section("Introduction", para(p("Cats purr.")) + section("Dogs", para(p("Dogs bark.")), kind="subsection"))
        + section("Our method", para(p("We listen.")), number="2")
        + '<section class="ltx_bibliography"><h2 class="ltx_title">References</h2>'
        + p("Smith 2020.")
        + "</section>"
        + section("More cats", para(p("Many.")), number="Appendix A", kind="appendix")
    )
    reading = read_page(content, {})
    assert reading.title == "On cats"
    assert reading.abstract == "We study cats."
    assert [(part.title, part.kind, part.paragraphs) for part in reading.sections] == [
        ("Introduction", SectionKind.INTRODUCTION, ("Cats purr.", "Dogs bark.")),
        ("Our method", SectionKind.METHOD, ("We listen.",)),
        ("More cats", SectionKind.APPENDIX, ("Many.",)),
    ]


def test_a_formula_is_said_once_and_in_readable_characters() -> None:
    content = page(section("Method", para(p(f"The rate is {maths('10^{-5}', '10-5')} of {maths('x_{i}')}, always."))))
    assert read_page(content, {}).sections[0].paragraphs == ("The rate is 10⁻⁵ of xᵢ, always.",)


def test_citations_that_point_go_and_names_in_the_sentence_stay() -> None:
    pointing = '<cite class="ltx_cite ltx_citemacro_cite">[<a href="#bib.bib1" class="ltx_ref">1</a>]</cite>'
    textual = '<cite class="ltx_cite ltx_citemacro_citet">Smith et al. (2020)</cite>'
    added = '<cite class="ltx_cite ltx_citemacro_cite">Jones (2021)</cite>'
    said = p(
        f"It is known {pointing}. As {textual} say, graphs like MAG {added}, are large, see {added} (see {pointing})."
    )
    (paragraph,) = read_page(page(section("Intro", para(said))), {}).sections[0].paragraphs
    assert paragraph == "It is known. As Smith et al. (2020) say, graphs like MAG, are large, see Jones (2021)."


def test_footnotes_and_scripts_are_left_out() -> None:
    note = '<span class="ltx_note ltx_role_footnote"><span class="ltx_note_outer">1 A note.</span></span>'
    said = p(f"Cats{note} purr.<script>alert('1')</script><style>p {{}}</style>")
    assert read_page(page(section("Intro", para(said))), {}).sections[0].paragraphs == ("Cats purr.",)


def test_what_stands_around_the_first_heading_is_kept_only_if_it_is_prose() -> None:
    content = page(
        para(p('<span class="ltx_ERROR undefined">\\email</span>a@b.org of the University of Cats.'))
        + para(p("basicstyle=\\tt, numbers=left 1112131"))
        + para(p("We have studied cats for many years."))
    )
    assert [part.paragraphs for part in read_page(content, {}).sections] == [("We have studied cats for many years.",)]


def test_a_figure_has_its_number_caption_picture_and_citing_sentences() -> None:
    content = page(
        section(
            "Results",
            para(p(f"Cats purr. As Fig. {ref('S1.F1', '1')} shows, they do. So it is."))
            + figure(img("x1.png"), f"A <b>cat</b> of size {maths('n^{2}')}."),
        )
    )
    (found,) = read_page(content, {"x1.png": PNG}).figures
    assert (found.number, found.caption, found.position, found.is_appendix) == ("1", "A cat of size n².", 0, False)
    assert [(image.name, image.content, image.origin) for image in found.images] == [("x1.png", PNG, Origin.HTML)]
    assert found.citing == ("As Fig. 1 shows, they do.",)


def test_a_figure_that_nothing_links_to_is_cited_by_its_number() -> None:
    content = page(section("Results", para(p("See Figure 1. See Figure 12 too.")) + figure(img("x1.png"), "A cat.")))
    assert read_page(content, {}).figures[0].citing == ("See Figure 1.",)


def test_panels_are_parts_of_their_figure_and_say_how_many_stand_side_by_side() -> None:
    panel = '<div class="ltx_flex_cell ltx_flex_size_2">{}</div>'
    panels = [
        panel.format(figure(img(f"x{n}.png"), said, tag=f"({letter}) ", name=f"S1.F1.sf{n}"))
        for n, letter, said in ((1, "a", "Left"), (2, "b", "Right"), (3, "c", "Below"))
    ]
    inner = f'<div class="ltx_flex_figure">{panels[0]}{panels[1]}<div class="ltx_flex_break"></div>{panels[2]}</div>'
    content = page(section("R", para(p(f"See Fig. {ref('S1.F1.sf2', '1b')}.")) + figure(inner, "Three cats.")))
    (found,) = read_page(content, {f"x{n}.png": PNG for n in (1, 2, 3)}).figures
    assert found.caption == "Three cats."
    assert [(image.name, image.caption) for image in found.images] == [
        ("x1.png", "Left"),
        ("x2.png", "Right"),
        ("x3.png", "Below"),
    ]
    assert found.columns == 2
    assert found.citing == ("See Fig. 1b.",)


def test_figures_side_by_side_with_numbers_of_their_own_are_figures_of_their_own() -> None:
    inner = figure(img("x1.png"), "A cat.") + figure(img("x2.png"), "A dog.", tag="Figure 2: ", name="S1.F2")
    found = read_page(page(f'<figure class="ltx_figure">{inner}</figure>'), {}).figures
    assert [(one.number, one.caption) for one in found] == [("1", "A cat."), ("2", "A dog.")]


@pytest.mark.parametrize(
    ("tag", "number"),
    [
        ("Figure 3: ", "3"),
        ("Fig. 3. ", "3"),
        ("FIG. 3. ", "3"),
        ("Figure A.1: ", "A.1"),
        ("Figure S2: ", "S2"),
        ("Supplementary Figure 2: ", "S2"),
        ("Figure 2.4: ", "2.4"),
        ("图 4 ", "4"),
        ("Figure IV: ", "IV"),
        ("3", "3"),
        ("Figure: ", ""),
    ],
)
def test_the_number_of_a_figure_is_read_as_printed(tag: str, number: str) -> None:
    assert [one.number for one in read_page(page(figure(img("x1.png"), "A cat.", tag=tag)), {}).figures] == [number]


def test_a_caption_that_mentions_another_float_keeps_its_words() -> None:
    said = f"Bars of Table {ref('S1.T5', '5')}. They are long."
    assert read_page(page(figure(img("a.png"), said)), {}).figures[0].caption == "Bars of Table 5. They are long."


def test_algorithms_and_listings_are_neither_figures_nor_tables() -> None:
    content = page(
        figure("<div>for x</div>", "Sorting.", tag="Algorithm 1 ", kind="float")
        + figure("<div>print</div>", "Code.", tag="Listing 1: ", kind="float")
    )
    reading = read_page(content, {})
    assert (reading.figures, reading.tables) == ((), ())


def test_figures_without_a_picture_are_kept() -> None:
    content = page(
        figure('<svg class="ltx_picture"><g><text>box</text></g></svg>', "Drawn.")
        + figure('<img class="ltx_graphics ltx_missing ltx_missing_image" src="" alt=""/>', "Lost.", tag="Figure 2: ")
        + figure(img("icon.png", 'width="12" height="12"'), "Small.", tag="Figure 3: ")
    )
    reading = read_page(content, {"icon.png": PNG})
    assert [(one.number, one.caption, one.images) for one in reading.figures] == [
        ("1", "Drawn.", ()),
        ("2", "Lost.", ()),
        ("3", "Small.", ()),
    ]
    assert reading.notes == ()


def test_a_table_is_read_as_text_with_its_spans_spread() -> None:
    table = tabular(
        row(cell("A", 'rowspan="2"'), cell(maths("x^{2}"), 'colspan="2"')),
        row(cell("1"), cell("2")),
        head=row(cell("Name", kind="th"), cell("Left", kind="th"), cell("Right", kind="th")),
    )
    content = page(figure(table, "Numbers.", tag="Table 1: ", name="S1.T1", kind="table"))
    (found,) = read_page(content, {}).tables
    assert (found.number, found.caption, found.heads) == ("1", "Numbers.", 1)
    assert found.rows == (("Name", "Left", "Right"), ("A", "x²", "x²"), ("A", "1", "2"))


def test_rows_above_the_first_rule_are_heads() -> None:
    table = tabular(
        row(cell("a"), cell("b")), row(cell("c"), cell("d")), row(*(cell("1", 'class="x"') for _ in range(2)))
    ).replace('class="ltx_td" class="x"', 'class="ltx_td ltx_border_t"')
    content = page(figure(table, "Numbers.", tag="Table 1: ", kind="table"))
    assert read_page(content, {}).tables[0].heads == 2


def test_a_figure_of_the_supplement_is_cited_by_its_own_number() -> None:
    said = p("Cats purr, see Fig. 1. Dogs bark, see Supplementary Fig. 1.")
    floats = figure(img("x.png"), "A cat.") + figure(
        img("y.png"), "A dog.", tag="Supplementary Figure 1: ", name="S9.F1"
    )
    found = read_page(page(section("Intro", para(said) + floats)), {}).figures
    assert [(one.number, one.citing) for one in found] == [
        ("1", ("Cats purr, see Fig. 1.",)),
        ("S1", ("Dogs bark, see Supplementary Fig. 1.",)),
    ]


def test_a_table_that_spans_beyond_reason_is_kept_without_rows() -> None:
    rows = [row(cell("x", 'colspan="9999" rowspan="9999"')) for _ in range(400)]
    content = page(figure(tabular(*rows), "Large.", tag="Table 1: ", kind="table"))
    (found,) = read_page(content, {}).tables
    assert found.rows == ()


def test_an_equation_has_its_latex_number_sentences_and_references() -> None:
    content = page(
        section(
            "Method",
            para(
                p("Cats purr. The loss is"), equation("L=\\displaystyle x^{2}.", number="1"), p("where x is large. So.")
            ),
        )
        + section("Results", para(p(f"By Eq. ({ref('S1.E1', '1')}) and ({ref('S1.E1', '1')}) it holds.")), number="2")
    )
    reading = read_page(content, {})
    (found,) = reading.equations
    assert (found.latex, found.number, found.references, found.section) == ("L= x^{2}", "1", 2, SectionKind.METHOD)
    assert (found.before, found.after) == ("The loss is", "where x is large.")
    assert reading.sections[0].paragraphs == ("Cats purr. The loss is L = x² where x is large. So.",)


def test_lines_with_numbers_are_equations_and_lines_that_go_on_are_not() -> None:
    content = page(
        section(
            "Method",
            para(group(("E1", "1", "a=b"), ("Ex1", "", "=c,"), ("E2", "2", "d=e"), ("E3", "3", "\\leq f"))),
        )
    )
    found = read_page(content, {}).equations
    assert [(one.latex, one.number) for one in found] == [("a=b \\\\ =c", "1"), ("d=e \\\\ \\leq f", "2")]


def test_links_to_the_papers_own_code_are_read_from_abstract_and_footnotes() -> None:
    note = '<span class="ltx_note"><a href="https://github.com/cats/purr.git" class="ltx_ref">x</a></span>'
    foreign = '<span class="ltx_note"><a href="https://github.com/other/lib" class="ltx_ref">x</a></span>'
    content = page(
        '<div class="ltx_abstract">'
        + p("Code: https://github.com/Cats/purr")
        + "</div>"
        + section("Intro", para(p(f"Our code is available.{note} We use the library of others.{foreign}")))
        + section("Intro", para(p('The demo is <a href="https://cats.github.io/" class="ltx_ref">here</a>.')))
    )
    assert read_page(content, {}).links == (
        Link(LinkKind.CODE, "https://github.com/Cats/purr"),
        Link(LinkKind.DEMO, "https://cats.github.io/"),
    )


def test_places_that_could_not_be_converted_are_counted() -> None:
    content = page(section("Intro", para(p('The <span class="ltx_ERROR undefined">\\foo</span> cat purrs.'))))
    assert read_page(content, {}).notes == ("The web page has 1 place that could not be converted.",)


def test_picture_names_follow_the_base_of_the_page() -> None:
    figures = figure(img("x1.png") + img("figs/y.png") + img("/html/2/z.png"), "A cat.")
    assert image_names(page(figures)) == ("x1.png", "figs/y.png", "/html/2/z.png")
    based = page(figures, head='<base href="/html/2401.00001v1/">')
    assert image_names(based) == ("/html/2401.00001v1/x1.png", "/html/2401.00001v1/figs/y.png", "/html/2/z.png")
    (found,) = read_page(based, {"/html/2401.00001v1/x1.png": PNG}).figures
    assert [image.name for image in found.images] == ["x1.png"]


@pytest.mark.parametrize(
    "src",
    [
        "../secret.png",
        "a/../../b.png",
        "%2e%2e/secret.png",
        "%252e%252e/secret.png",
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "a\\b.png",
        "x\u202e.png",
        "x" * 400,
        "",
        "x1.png\x00.html",
    ],
)
def test_pictures_from_elsewhere_are_not_asked_for(src: str) -> None:
    names = image_names(page(figure(img(src), "A cat.")))
    assert names in {(), ("x1.png.html",)}


def test_at_most_150_pictures_are_asked_for() -> None:
    content = page("".join(figure(img(f"x{n}.png"), "A cat.", tag=f"Figure {n}: ") for n in range(400)))
    assert len(image_names(content)) == 150


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot be read"),
        (b"<html><body><p>Hello</p></body></html>", "no page of a paper"),
        (b"%PDF-1.7 \x00\xff\xfe", "no page of a paper"),
        (b"<html><body>No HTML for '2103.10697'. HTML is not available for the source.</body></html>", "no web page"),
        (b"<" * 100_000, "no page of a paper"),
        (b"\x00" * 1000, "cannot be read"),
    ],
)
def test_what_is_no_page_of_a_paper_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        read_page(content, {})


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    content = bomb.encode() + page(section("Intro", para(p("Cats &b; &c; purr &amp; sleep."))))
    (paragraph,) = read_page(content, {}).sections[0].paragraphs
    assert "aaaa" not in paragraph
    assert "root" not in paragraph
    assert paragraph.endswith("purr & sleep.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_page_in_another_encoding_is_read(encoding: str) -> None:
    content = page(section("Intro", para(p("Müßig.")))).decode().encode(encoding)
    assert read_page(content, {}).sections[0].paragraphs == ("Müßig.",)


def test_control_and_bidirectional_characters_are_taken_out() -> None:
    content = page(section("Intro\u202e", para(p("Cats\u202e \u200b\u0007pu\ue000rr."))))
    (found,) = read_page(content, {}).sections
    assert (found.title, found.paragraphs) == ("Intro", ("Cats purr.",))


@pytest.mark.slow
@pytest.mark.parametrize(
    "tag", ["div", "span", "figure", "section class='ltx_section'", "table class='ltx_tabular'", "math"]
)
def test_deep_pages_do_no_harm(tag: str) -> None:
    body = f"<{tag}>" * 20_000 + p("Cats purr.")
    assert read_page(page(body), {}).notes == ()


PIECES = [
    p("Cats purr. See Fig. 1."),
    "<figure class='ltx_figure'>",
    "</figure>",
    "<figcaption class='ltx_caption'>",
    "</figcaption>",
    "<span class='ltx_tag'>Figure 1: ",
    "<section class='ltx_section'>",
    "</section>",
    "<table class='ltx_equation'>",
    "<tr class='ltx_eqn_row'>",
    "<tr class='ltx_tr'><td class='ltx_td' rowspan='7' colspan='70'>",
    "<table class='ltx_tabular'>",
    "</table>",
    maths("x_{i"),
    "<math alttext='\\frac{'>",
    "<cite class='ltx_cite'>",
    "<a href='#S1.F1'>",
    "<img src='x1.png' width='x'>",
    "<div class='ltx_para'>",
    "</div>",
    "<div class='ltx_abstract'>",
    "<svg>",
    "<base href='http://[x'>",
    "&#0;&#xD800;&nosuch;",
    "<!--",
    "<![CDATA[",
    "</article>",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    content = page("".join(pieces))
    with suppress(SourceRefused):
        read_page(content, {"x1.png": PNG})
        image_names(content)


@settings(max_examples=100)
@given(st.binary(max_size=500), st.integers(0, 400))
def test_any_bytes_in_a_page_are_read_or_refused(noise: bytes, at: int) -> None:
    content = page(section("Intro", para(p("Cats purr.")) + figure(img("x1.png"), "A cat.")))
    with suppress(SourceRefused):
        read_page(content[:at] + noise + content[at:], {})
