"""Papers as BibTeX."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.bibtex import bibliography, bibtex, citation_key
from bot.model.arxiv_id import ArxivId
from bot.model.paper import Paper


def paper(
    title: str = "ConViT: Improving Vision Transformers",
    authors: tuple[str, ...] = ("Stéphane d'Ascoli", "Hugo Touvron"),
    *,
    arxiv_id: str = "2103.10697",
    venue: str | None = "ICML 2021",
) -> Paper:
    return Paper(ArxivId(arxiv_id), 2, title, authors, 2021, venue)


def test_a_paper_is_cited_as_arxiv_does_and_names_its_venue() -> None:
    assert bibtex(paper()) == (
        "@misc{dascoli2021convit,\n"
        "  title = {{ConViT: Improving Vision Transformers}},\n"
        "  author = {St{\\'e}phane d'Ascoli and Hugo Touvron},\n"
        "  year = {2021},\n"
        "  eprint = {2103.10697},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2103.10697},\n"
        "  note = {ICML 2021}\n"
        "}"
    )


def test_a_preprint_has_no_note() -> None:
    assert "note" not in bibtex(paper(venue=None))


def test_the_key_is_made_of_the_family_name_the_year_and_the_first_telling_word() -> None:
    assert citation_key(paper("On the Spectral Bias of Networks", ("Hado van Hasselt",))) == "vanhasselt2021spectral"
    assert citation_key(paper("深度学习", ("李明",))) == "2021"


def test_papers_that_would_share_a_key_get_letters() -> None:
    both = bibliography([paper(), paper(arxiv_id="2103.10698"), paper()])
    assert re.findall(r"@misc\{(.*),", both) == ["dascoli2021convit", "dascoli2021convitb"]


def test_a_long_list_of_authors_ends_with_others() -> None:
    assert " and others}" in bibtex(paper(authors=tuple(f"Jane Doe{n}" for n in range(3_000))))


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=20), max_size=4))
def test_whatever_a_paper_is_called_the_braces_close(title: str, authors: list[str]) -> None:
    record = bibtex(paper(title, tuple(authors)))
    plain = re.sub(r"\\.", "", record)
    depth = 0
    for sign in plain:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
