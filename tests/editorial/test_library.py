from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.catalogue.highlighting import matched
from bot.catalogue.page import Lack
from bot.editorial.library import Library
from bot.errors import NotFound
from bot.model.arxiv_id import ArxivId
from bot.model.month import Month
from bot.store import entries
from bot.store.database import Database
from bot.store.tables import entry


@pytest.fixture
def library(catalogue: Database) -> Library:
    return Library(catalogue)


async def names(library: Library, question: str, *, size: int = 5) -> list[str]:
    return [hit.slug.partition("/")[2] for hit in (await library.search(question, size=size)).hits]


async def hide(database: Database, slug: str, state: str) -> None:
    async with database.writing() as conn:
        await conn.execute(update(entry).where(entry.c.slug == slug).values(state=state))


async def test_transformers_finds_the_three_papers_that_say_so_in_their_title_first(library: Library) -> None:
    assert await names(library, "transformers", size=3) == [
        "27-convit",
        "2021-03-transgan",
        "2021-03-position-information",
    ]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("optimizer benchmark", ["25-crowded-valley"]),
        ("optimiser benchmarking", ["25-crowded-valley"]),
        ("ViT", ["27-convit"]),
        ("lottery ticket", ["28-degrees-of-freedom"]),
        ("dall-e", ["2021-03-zero-shot-text-to-image"]),
        ("DALL·E", ["2021-03-zero-shot-text-to-image"]),
        ("dalle", ["2021-03-zero-shot-text-to-image"]),
        ("n beats", ["38-n-beats"]),
        ("nbeats", ["38-n-beats"]),
        ("βVAE", ["01-disentangled-neurons"]),
        ("beta vae", ["01-disentangled-neurons"]),
        ("gated positional self-attention", ["27-convit"]),
        ("GAN", ["2021-03-transgan"]),
        ("gan dissection", ["26-network-dissection"]),
        ("scholkopf", ["2021-03-causal-representation-learning"]),
        ("LeCun 2021", ["39-extrapolation"]),
        ("2103.10697", ["27-convit"]),
        ("transfo", ["27-convit"]),
        ("#vision_transformers", ["27-convit", "2021-03-transgan"]),
        ("#transgan", ["2021-03-transgan"]),
    ],
)
async def test_a_reader_finds_what_a_reader_expects(library: Library, question: str, first: list[str]) -> None:
    assert (await names(library, question))[: len(first)] == first


async def test_a_year_leaves_only_the_papers_of_that_year(library: Library) -> None:
    page = await library.search("optimization 2020", size=20)

    assert not page.lacks
    assert {hit.number for hit in page.hits} == {2, 40}


@pytest.mark.parametrize(("year", "number"), [("2020", 1), ("2021", 1), ("2022", 28), ("2019", 4)])
async def test_a_year_alone_lists_its_papers_by_paper_venue_and_label(library: Library, year: str, number: int) -> None:
    page = await library.search(year, size=50)

    assert number in {hit.number for hit in page.hits}
    for hit in page.hits:
        assert year in f"{hit.paper.year} {hit.paper.venue} {hit.month}"


async def test_the_beginning_of_an_arxiv_id_is_not_taken_for_a_year(library: Library) -> None:
    assert (await library.search("2011")).total == 0


async def test_a_year_without_such_papers_is_left_out_and_that_is_told(library: Library) -> None:
    page, without = await library.search("transformers 1999"), await library.search("transformers")

    assert page.lacks == {Lack.YEAR}
    assert page.hits == without.hits


async def test_papers_with_all_words_are_shown_alone(library: Library) -> None:
    page = await library.search("attention convolution", size=20)

    assert not page.lacks
    assert 0 < page.total < (await library.search("attention", size=20)).total


async def test_when_no_paper_has_all_words_that_is_told(library: Library) -> None:
    page = await library.search("transformers zebra")

    assert page.lacks == {Lack.WORDS}
    assert page.hits == (await library.search("transformers")).hits


@pytest.mark.parametrize(
    ("words", "number"), [("ConViT", 27), ("n-beats", 38), ("ridge rider", 40), ("spectral bias", 3)]
)
async def test_a_name_means_one_paper(library: Library, words: str, number: int) -> None:
    found = await library.named(words)

    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("words", ["transformers", "learning", "convit zebra", "xyzzy", ""])
async def test_words_that_mean_several_papers_or_none_name_nothing(library: Library, words: str) -> None:
    assert await library.named(words) is None


@pytest.mark.parametrize("reference", ["30", "#30", "ml-collage 30", "ML Collage #30", "9999", "9" * 60])
async def test_the_numbers_there_are_can_be_asked_for(library: Library, reference: str) -> None:
    numbers = await library.numbers(reference)

    assert {series: list(of) for series, of in numbers.items()} == {
        "ml-collage": [1, 2, 3, 4, 25, 26, 27, 28, 37, 38, 39, 40]
    }
    assert (await library.get(numbers["ml-collage"][27])).slug == "ml-collage/27-convit"


@pytest.mark.parametrize("reference", ["best-of-arxiv 3", "convit", ""])
async def test_a_series_without_numbers_has_none(library: Library, reference: str) -> None:
    assert await library.numbers(reference) == {}


async def test_a_name_finds_the_papers_of_that_person(library: Library) -> None:
    page = await library.search("Bengio")

    assert page.total == 3
    assert all("Yoshua Bengio" in hit.paper.authors for hit in page.hits)


async def test_a_method_finds_the_papers_of_its_topic(library: Library) -> None:
    assert set(await names(library, "RL")) == {"37-bootstrapped-meta-learning", "40-ridge-rider"}


async def test_pages_are_clamped(library: Library) -> None:
    first, beyond = await library.search("2021", page=0), await library.search("2021", page=99)

    assert (first.number, beyond.number) == (1, beyond.pages)
    assert first.total == beyond.total
    assert beyond.hits


@pytest.mark.parametrize(
    ("question", "lacks", "found"),
    [
        ("author:bengio 1999", {Lack.YEAR}, 3),
        ("author:bengio jan 2020", {Lack.MONTH}, 3),
        ("author:hinton spectral", {Lack.AUTHOR}, 1),
        ("topic:xyzzy inferotemporal", {Lack.TOPIC}, 1),
        ("series:xyzzy inferotemporal", {Lack.SERIES}, 1),
        ("author:hinton inferotemporal 1999", {Lack.AUTHOR, Lack.YEAR}, 1),
        ("inferotemporal -neurons", {Lack.EXCLUDED}, 1),
        ('"bias spectral"', {Lack.PHRASE}, 1),
        ('"spectral bias"', set(), 1),
        ("author:bengio since 2020", set(), 2),
        ("bengio -causal -forecasting", set(), 1),
        ("作者：本吉奥 2019年", set(), 1),
        ("inferotemporal zebra 1999", {Lack.WORDS, Lack.YEAR}, 1),
    ],
)
async def test_conditions_are_given_up_one_by_one_and_that_is_told(
    library: Library, question: str, lacks: set[Lack], found: int
) -> None:
    page = await library.search(question, size=20)

    assert page.lacks == lacks
    assert page.total == found


async def test_nothing_by_somebody_is_nothing(library: Library) -> None:
    assert (await library.search("author:hinton")).total == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bootstraped meta-lerning", "bootstrapped meta-learning"),
        ("Transfomers, 2021!", "transformers, 2021!"),
        ("author:bengoi 2021", "author:bengio 2021"),
        ("deeplearning optimizers", "deep learning optimizers"),
        ("元学刁", "元学习"),
        ("主题：强化学刁", "主题：强化学习"),
    ],
)
async def test_a_mistyped_question_is_corrected_as_a_whole(library: Library, typed: str, meant: str) -> None:
    page = await library.search(typed)

    assert page.instead is not None
    assert page.instead.query == meant
    corrected = await library.search(meant)
    assert (corrected.total, corrected.lacks) == (page.instead.total, frozenset())


@pytest.mark.parametrize(
    "question", ["transformers", "vit 2021", "xyzzy", "元学习", '"bias of networks"', "", "vit 1999"]
)
async def test_what_is_typed_right_or_beyond_guessing_is_not_corrected(library: Library, question: str) -> None:
    assert (await library.search(question)).instead is None


async def test_a_page_tells_how_it_was_read_so_that_words_can_be_set_in_bold(library: Library) -> None:
    page = await library.search("vision transf 1999")

    assert page.lacks == {Lack.YEAR}
    assert page.reading is not None
    title = next(hit for hit in page.hits if hit.number == 27).paper.title
    assert [title[start:end] for start, end in matched(title, page.reading)] == ["Vision", "Transformers"]


async def test_a_question_copied_from_a_text_finds_that_text_first(library: Library) -> None:
    assert (await names(library, "a network begin as one and become the other"))[0] == "27-convit"


async def test_a_newly_published_word_is_soon_known(catalogue: Database, library: Library) -> None:
    await library.search("zzzz")
    (convit,) = await library.find("27")
    paper = replace(convit.paper, arxiv_id=ArxivId("2201.00001"))
    new = replace(
        convit, slug="ml-collage/52-new", number=52, paper=paper, aliases=("Quokkanet",), month=Month(2022, 2)
    )
    async with catalogue.writing() as conn:
        await entries.write_entry(conn, new, origin="content", hashed="")

    page = await library.search("quokanet")
    assert page.instead is not None
    assert page.instead.query == "quokkanet"


async def test_an_empty_question_finds_nothing(library: Library) -> None:
    assert (await library.search("  ")).total == 0


async def test_a_question_that_found_nothing_gets_words_that_do(library: Library) -> None:
    found = await library.suggest("transfomers helo")

    assert found.words == ("transformers",)
    assert len(found.topics) == 3
    for word in found.words:
        assert (await library.search(word)).total > 0


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("normalizaton", "normalization"), ("convitt", "ConViT"), ("haessian", "hessian"), ("optimzer", "optimizers")],
)
async def test_a_suggestion_is_spelled_as_a_title_or_topic_has_it(library: Library, typed: str, offered: str) -> None:
    assert (await library.suggest(typed)).words[0] == offered


async def test_a_topic_nobody_knows_gets_suggestions_too(library: Library) -> None:
    assert "transformers" in (await library.suggest("#tranformers")).words


async def test_the_newest_entry_is_the_last_of_the_newest_month(library: Library) -> None:
    assert (await library.latest()).number == 40


async def test_any_entry_will_do(library: Library) -> None:
    assert (await library.random()).id > 0


async def test_months_go_from_the_first_to_the_last(library: Library) -> None:
    assert await library.months() == (Month(2021, 2), Month(2021, 3), Month(2021, 8), Month(2022, 1))


async def test_a_month_tells_its_entries_in_order(library: Library) -> None:
    assert [found.number for found in await library.month(Month(2022, 1))] == [37, 38, 39, 40]
    papers = [str(found.paper.arxiv_id) for found in await library.month(Month(2021, 3))]
    assert papers == sorted(papers)
    assert len(papers) == 9
    assert await library.month(Month(1999, 3)) == ()


@pytest.mark.parametrize(
    "reference",
    ["27", "#27", "27/52", "ml-collage 27", "ML Collage #27", "2103.10697v1", "https://arxiv.org/pdf/2103.10697"],
)
async def test_an_entry_is_found_by_whatever_points_at_it(library: Library, reference: str) -> None:
    assert [found.slug for found in await library.find(reference)] == ["ml-collage/27-convit"]


@pytest.mark.parametrize("reference", ["", "99", "best-of-arxiv 27", "1234.56789", "no such thing", "x" * 4000])
async def test_what_points_at_nothing_finds_nothing(library: Library, reference: str) -> None:
    assert await library.find(reference) == ()


async def test_similar_entries_share_topics_and_leave_the_entry_itself_out(library: Library) -> None:
    (convit,) = await library.find("27")

    similar = await library.similar(convit, limit=4)

    assert similar[0].slug == "best-of-arxiv/2021-03-transgan"
    assert len(similar) == 4
    assert convit.id not in {found.id for found in similar}


async def test_every_topic_has_a_name_in_chinese(library: Library) -> None:
    named = {topic.slug: topic.name_in("zh") for topic, _ in await library.topics()}

    assert all(topic.names["zh"] == topic.name_in("zh") for topic, _ in await library.topics())
    assert (named["meta-learning"], named["transformers"]) == ("元学习", "Transformer")
    assert {topic.name_in("de") for topic, _ in await library.topics()} == {
        topic.name for topic, _ in await library.topics()
    }


async def test_every_entry_has_something_like_it_and_shared_topics_come_first(library: Library) -> None:
    for month in await library.months():
        for one in await library.month(month):
            similar = await library.similar(one)
            shared = [bool({it.slug for it in one.topics} & {it.slug for it in other.topics}) for other in similar]

            assert len({other.id for other in similar} - {one.id}) == 5
            assert shared[0] or not any(shared)


async def test_topics_are_those_with_entries_the_largest_first(library: Library) -> None:
    topics = await library.topics()

    sizes = [(await library.search(f"#{topic.slug}")).total for topic, _ in topics]
    assert sizes == [count for _, count in topics] == sorted(sizes, reverse=True)
    assert sizes[-1] > 0


@pytest.mark.parametrize("state", ["draft", "queued"])
async def test_what_is_not_published_is_nowhere_to_be_seen(catalogue: Database, library: Library, state: str) -> None:
    (convit,) = await library.find("27")
    (transgan,) = await library.find("2102.07074")
    await hide(catalogue, convit.slug, state)

    assert await library.find("27") == ()
    assert await library.find("2103.10697") == ()
    assert await names(library, "convit") == []
    assert convit.id not in {found.id for found in await library.month(Month(2021, 8))}
    assert convit.id not in {found.id for found in await library.similar(transgan, limit=20)}
    with pytest.raises(NotFound):
        await library.get(convit.id)


async def test_an_id_nobody_has_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="search"):
        await library.get(10**9)


async def test_an_empty_catalogue_says_that_nothing_is_published_yet(database: Database) -> None:
    library = Library(database)

    with pytest.raises(NotFound, match="Nothing is published yet"):
        await library.latest()
    with pytest.raises(NotFound, match="Nothing is published yet"):
        await library.random()
    assert await library.months() == ()
    assert (await library.search("anything")).total == 0
    assert (await library.suggest("anything")).topics == ()


# Shared by all examples of the law below, which only read.
@settings(max_examples=60)
@given(
    question=st.text(max_size=80)
    | st.lists(st.sampled_from(["#ViT", "gan", "%", '"', "NEAR(", "*", "2021", "元", "-", "#", "tranf"])).map(" ".join)
)
async def test_every_question_gets_a_page_and_suggestions(library: Library, question: str) -> None:
    page = await library.search(question)

    assert len(page.hits) == min(page.total, 5)
    await library.suggest(question)
    await library.find(question)
