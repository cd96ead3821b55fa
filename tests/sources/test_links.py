"""Which addresses are the paper's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.paper import Link, LinkKind
from bot.sources.links import merged, own_link, own_links


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/cats/purr", LinkKind.CODE),
        ("https://github.com/cats/purr).", LinkKind.CODE),
        ("https://gitlab.com/cats/purr", LinkKind.CODE),
        ("https://huggingface.co/cats/purr-7b", LinkKind.CODE),
        ("https://huggingface.co/spaces/cats/purr", LinkKind.DEMO),
        ("https://cats.github.io/purr", LinkKind.DEMO),
        ("https://www.youtube.com/watch?v=x", LinkKind.TALK),
        ("https://github.com/cats", None),
        ("https://huggingface.co/papers/2103.10697", None),
        ("https://example.org/purr", None),
        ("javascript:alert(1)", None),
        ("https://[x", None),
        ("https://github.com/cats/p\u202eurr", None),
        (f"https://github.com/cats/{'x' * 400}", None),
    ],
)
def test_the_kind_of_a_link_is_told_by_where_it_leads(url: str, kind: LinkKind | None) -> None:
    found = own_link(url, said="Our code is available at")
    assert (found.kind if found else None) is kind


@pytest.mark.parametrize(
    ("said", "is_own"),
    [
        ("Our code is available at", True),
        ("Code:", True),
        ("The code is publicly available at", True),
        ("Project page:", True),
        ("We release models at", True),
        ("We use the implementation at", False),
        ("The data is taken from", False),
        ("as in the original code at", False),
        ("see", False),
    ],
)
def test_links_to_the_work_of_others_are_left_out(said: str, is_own: bool) -> None:
    assert (own_link("https://github.com/cats/purr", said=said) is not None) is is_own


def test_links_written_out_in_a_text_are_found() -> None:
    said = "We study cats. Our code is available at https://github.com/cats/purr. It purrs (https://example.org)."
    assert own_links(said) == (Link(LinkKind.CODE, "https://github.com/cats/purr"),)


@given(st.text(max_size=300))
def test_any_text_has_links_or_none(text: str) -> None:
    assert all(link.url in text for link in own_links(f"our code {text}"))


def test_at_most_eight_places_are_said() -> None:
    assert len(merged(Link(LinkKind.CODE, f"https://github.com/cats/{n}") for n in range(20))) == 8
