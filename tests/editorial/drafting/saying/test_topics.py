"""Topics come from the closed list, and there is always one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.drafting.saying.topics import MOST, topics_of
from bot.model.entry import Topic

TOPICS = (
    Topic("vision-transformers", "Vision transformers", ("ViT",)),
    Topic("reinforcement-learning", "Reinforcement learning", ("RL", "Atari")),
    Topic("optimization", "Optimization", ("optimizer", "SGD")),
    Topic("computer-vision", "Computer vision", ("image classification",)),
    Topic("theory", "Theory", ("theorem",)),
)


def _slugs(title: str, abstract: str = "", categories: tuple[str, ...] = ("cs.LG",)) -> list[str]:
    return [topic.slug for topic in topics_of(title, abstract, categories, TOPICS)]


def test_the_title_tells_most() -> None:
    found = _slugs("A ViT for Robots", "We use reinforcement learning. Reinforcement learning is slow.")
    assert found == ["vision-transformers", "reinforcement-learning"]


def test_endings_and_hyphens_do_not_matter() -> None:
    assert _slugs("Vision-Transformer pruning") == ["vision-transformers"]


def test_a_word_of_every_paper_tells_little() -> None:
    assert _slugs("Image classification at scale", "We use an optimizer.", ("cs.CV",)) == ["computer-vision"]


def test_without_any_word_the_category_decides() -> None:
    assert _slugs("Gates", "Nothing to see.", ("math.ST", "cs.LG")) == ["theory"]
    assert _slugs("Gates", "Nothing to see.", ("astro-ph.CO",)) != []


@given(st.text(max_size=80), st.text(max_size=200), st.lists(st.text(max_size=8), max_size=3))
def test_there_are_always_one_to_four(title: str, abstract: str, categories: list[str]) -> None:
    found = topics_of(title, abstract, tuple(categories), TOPICS)
    assert 1 <= len(found) <= MOST
    assert len(set(found)) == len(found)


def test_a_paper_without_categories_still_gets_a_topic() -> None:
    assert len(_slugs("On shoes", categories=())) == 1
