"""Both databases hold the same documents; whatever is asked, they give the same candidates, so the same page."""

import random
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.catalogue.query import Query, parse_query
from bot.catalogue.ranking import Candidate, rank
from bot.store import search
from bot.store.database import Database
from bot.store.schema import migrate
from tests.databases import Server, url_of
from tests.generated import Generated, Language, entries, fill

pytestmark = pytest.mark.slow
ENTRIES, QUESTIONS = 3_000, 300
APART = 97  # so that they fill many blocks of the index


@pytest.fixture(scope="module")
def language() -> Language:
    return Language(6_000)


@pytest.fixture(scope="module")
def made(language: Language) -> list[Generated]:
    return list(entries(ENTRIES, language, apart=APART))


@pytest.fixture(scope="module")
def urls(made: list[Generated], server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    both = [url_of(tmp_path_factory.mktemp("same") / "same.db"), server.create()]
    for url in both:
        migrate(url)
        fill(url, iter(made))
    yield both
    server.drop(both[1])


@pytest.fixture
async def both(urls: list[str]) -> AsyncIterator[list[Database]]:
    databases = [Database(url) for url in urls]
    yield databases
    for database in databases:
        await database.close()


def questions(language: Language) -> Iterator[tuple[Query, int]]:
    """Questions of one to five words, common and rare, with conditions and without."""
    chance = random.Random(7)
    for _ in range(QUESTIONS):
        words = [*language.say(chance, chance.randint(0, 4)), *language.say_in_chinese(chance, chance.randint(0, 1))]
        words += chance.choices(["", "2011", "since 2020", f"-{language.words[chance.randint(0, 9)]}"], k=1)
        words += [f"#{language.words[chance.randint(0, 40)]}"] if chance.random() < 0.2 else []
        query = parse_query(" ".join(words))
        yield query, chance.randint(0, max(0, len(query.words) - 1))


@pytest.fixture(scope="module")
def sets(made: list[Generated]) -> list[tuple[int, set[str], set[str], set[str]]]:
    """The id of each entry, the newest first, with the terms of its title, of its people, and all of them."""
    found = [(one.id, one.document) for one in reversed(made)]
    columns = [(number, set(it.title.split()), set(it.people.split()), set(it.text.split())) for number, it in found]
    return [(number, title, people, title | people | said) for number, title, people, said in columns]


def expected(sets: list[tuple[int, set[str], set[str], set[str]]], query: Query, missing: int) -> set[int]:
    """What ought to be found, by nothing but sets; the newest of it."""
    titles: list[int] = []
    others: list[int] = []
    for entry_id, title, people, everything in sets:
        clauses = all(any(everything.issuperset(it) for it in clause) for clause in query.clauses(missing))
        conditions = all(any(people.issuperset(it) for it in each.spellings) for each in query.conditions)
        excluded = any(everything.issuperset(it) for word in query.excluded for it in word.spellings)
        if clauses and conditions and not excluded:
            telling = [it for word in query.words for it in word.spellings] or query.conditions[0].spellings
            (titles if any(title.issuperset(it) for it in telling) else others).append(entry_id)
    return {*titles[:300], *others[:500]}


def in_order(found: list[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda candidate: candidate.id)


@pytest.mark.timeout(300)
async def test_the_candidates_and_the_pages_are_the_same(
    both: list[Database], sets: list[tuple[int, set[str], set[str], set[str]]], language: Language
) -> None:
    asked = found_something = 0
    for query, missing in questions(language):
        answers = []
        for database in both:
            async with database.reading() as conn:
                answers.append(await search.candidates(conn, query, missing=missing))
        first, second = answers
        assert in_order(first) == in_order(second), query
        assert rank(query, first) == rank(query, second), query
        if query and asked % 5 == 0:
            assert {candidate.id for candidate in first} == expected(sets, query, missing), query
        asked, found_something = asked + 1, found_something + bool(first)
    assert found_something > QUESTIONS / 2


async def test_the_words_are_the_same(both: list[Database], language: Language) -> None:
    for prefix in ("", "b", language.words[0][:2], language.words[500][:3], language.words[0], "中", "zzzzz"):
        answers = []
        for database in both:
            async with database.reading() as conn:
                answers.append(await search.words_starting(conn, prefix, limit=50))
        assert answers[0] == answers[1], prefix
