"""Laws and examples of the parse mode HTML."""

import contextlib
import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.answers import Refusal
from bot.sandbox.markup.entities import Entity, units
from bot.sandbox.markup.html import parse_html

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>bold</b> and <i>it</i>", "bold and it", (Entity("bold", 0, 4), Entity("italic", 9, 2))),
        ("<strong>a<em>b</em></strong>", "ab", (Entity("bold", 0, 2), Entity("italic", 1, 1))),
        ("<ins>u</ins><del>s</del>", "us", (Entity("underline", 0, 1), Entity("strikethrough", 1, 1))),
        ("🎉<b>x</b>", "🎉x", (Entity("bold", 2, 1),)),
        ('<a href="https://x.org/?a=1&amp;b=2">x</a>', "x", (Entity("text_link", 0, 1, url="https://x.org/?a=1&b=2"),)),
        ("<a>https://x.org</a>", "https://x.org", (Entity("text_link", 0, 13, url="https://x.org"),)),
        ("<a href='javascript:alert(1)'>x</a>", "x", ()),
        ("<blockquote>q</blockquote>", "q", (Entity("blockquote", 0, 1),)),
        ("<blockquote expandable>q</blockquote>", "q", (Entity("expandable_blockquote", 0, 1),)),
        ("<tg-spoiler>a</tg-spoiler>", "a", (Entity("spoiler", 0, 1),)),
        ('<span class="tg-spoiler">a</span>', "a", (Entity("spoiler", 0, 1),)),
        ("<pre>a</pre>", "a", (Entity("pre", 0, 1),)),
        (
            '<pre><code class="language-python">a</code></pre>',
            "a",
            (Entity("pre", 0, 1, language="python"),),
        ),
        ("<code>a <b>b</b></code>", "a b", (Entity("code", 0, 3),)),
        ("<B>x</B>", "x", (Entity("bold", 0, 1),)),
        ("&lt;b&gt; &amp; &quot;&#960;&#x3c0;&nbsp;", '<b> & "ππ&nbsp;', ()),
        ("a & b", "a & b", ()),
        ("<b></b>x", "x", ()),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: tuple[Entity, ...]) -> None:
    parsed = parse_html(source)
    assert (parsed.text, parsed.entities) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<x>y</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>y", 'Can\'t find end tag corresponding to start tag "b"'),
        ("y</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>y</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a </b", "Unclosed end tag at byte offset 2"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>y</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_the_words_of_telegram(source: str, complaint: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@given(_TEXT)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)).text == text


@given(st.text("<>/&;=\"' abipre#x1\n🎉é", max_size=60))
@example("<a href=")
@example("<b x='")
@example("&#0;&#xD800;&#99999999;")
def test_any_text_is_parsed_or_refused(source: str) -> None:
    with contextlib.suppress(Refusal):
        parsed = parse_html(source)
        assert all(0 <= entity.offset < entity.end <= units(parsed.text) for entity in parsed.entities)


@given(st.lists(st.tuples(st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote"]), _TEXT), max_size=6))
def test_markup_adds_nothing_to_the_text(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in parts)
    parsed = parse_html(source.replace("&#x27;", "'"))
    assert parsed.text == "".join(text for _, text in parts)
    assert sum(entity.length for entity in parsed.entities) == units(parsed.text)


@pytest.mark.parametrize("source", ["<" + "a" * 32_000, "<a " + "x='" * 10_000, "<b>x</b>" * 4_000, "&" * 32_000])
def test_long_nonsense_is_read_in_one_go(source: str) -> None:
    test_any_text_is_parsed_or_refused.hypothesis.inner_test(source)  # type: ignore[attr-defined]
