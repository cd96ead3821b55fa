"""Formatted text: escaped once, measured as Telegram measures it, never too much of it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import (
    ENTITY_LIMIT,
    Rich,
    bold,
    clean,
    clipped,
    code,
    filled,
    isolated,
    italic,
    joined,
    link,
    quotation,
    rich,
    units,
)
from tests.chat.reading import read


def _styled(children: st.SearchStrategy[Rich]) -> st.SearchStrategy[Rich]:
    return st.one_of(
        children.map(bold),
        children.map(italic),
        children.map(quotation),
        st.text(max_size=9).map(code),
        st.builds(link, st.just('https://a.org/?q="x"&y=<z>'), children),
        st.lists(children, max_size=4).map(lambda parts: joined(parts, " & ")),
    )


any_rich = st.recursive(st.text(max_size=30).map(rich), _styled, max_leaves=20)


@given(any_rich)
def test_whatever_is_written_reads_back_as_the_same_text(content: Rich) -> None:
    assert read(content.html).text.replace("\r", "") == content.plain


@given(any_rich)
def test_the_length_counts_utf16_units_of_the_parsed_text(content: Rich) -> None:
    assert content.length == len(read(content.html).text.encode("utf-16-le")) // 2


def test_markup_in_a_title_stays_text() -> None:
    assert bold("<b>x</b> & <script>").html == "<b>&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;</b>"


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    assert link('https://a.org/"><b>', "x").html == '<a href="https://a.org/&quot;&gt;&lt;b&gt;">x</a>'


def test_too_much_formatting_is_dropped_but_no_text() -> None:
    many = joined([bold(link("https://a.org", f"paper {number}")) for number in range(80)], "\n")
    reader = read(many.html)
    assert reader.tags == ENTITY_LIMIT
    assert reader.text == many.plain


def test_italics_go_before_bold_and_bold_before_links() -> None:
    parts = [italic("i") for _ in range(40)] + [bold("b") for _ in range(40)]
    many = joined([*parts, *(link("https://a.org", "l") for _ in range(80))], " ")
    html = many.html
    assert (html.count("<i>"), html.count("<b>"), html.count("<a ")) == (0, 20, 80)


@given(st.text(max_size=200), st.integers(2, 60))
def test_a_clipped_text_is_within_its_limit(text: str, limit: int) -> None:
    assert units(clipped(text, limit)) <= limit


def test_a_text_is_clipped_between_words() -> None:
    assert clipped("Improving Vision Transformers", 20) == "Improving Vision…"


@given(st.text(max_size=100))
def test_nothing_that_must_not_be_sent_survives(text: str) -> None:
    kept = clean(text)
    assert "\x00" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept


def test_an_isolated_text_cannot_turn_the_sentence_around_it() -> None:
    assert isolated("\u202eabc\u2069\u2069") == "abc"
    assert isolated("\u2069سلام") == "\u200e\u2068سلام\u2069"


def test_a_template_takes_formatted_pieces() -> None:
    assert filled("Nothing on {query}.", query=bold("a<b")).html == "Nothing on <b>a&lt;b</b>."


def test_an_empty_piece_leaves_no_separator_behind() -> None:
    assert joined(["a", "", rich(""), bold(""), "b"], " · ").html == "a · b"
