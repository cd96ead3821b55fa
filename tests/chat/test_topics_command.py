"""/topics: what the archive is about, a press away from its papers."""

from bot.chat.messages.results import NOT_YOURS
from bot.sandbox import ADA, GROUP, NOOR
from tests.chat.conftest import Stage
from tests.chat.desks import labels


async def test_topics_are_listed_with_how_many_papers_each_has_the_largest_first(stage: Stage) -> None:
    (listed,) = await stage.ask("/topics")
    numbers = [int(label.rpartition(" · ")[2]) for label in labels(listed) if " · " in label]
    assert len(numbers) == 12
    assert numbers == sorted(numbers, reverse=True)


async def test_a_topic_opens_exactly_its_papers(stage: Stage) -> None:
    (listed,) = await stage.ask("/topics")
    label = labels(listed)[0]
    await stage.press(label)
    assert f" · {label.rpartition(' · ')[2]} papers" in stage.sent()[-1].text


async def test_the_list_is_turned_in_place_and_in_a_group_by_who_asked(stage: Stage) -> None:
    stage.sandbox.set_language(NOOR, "en")
    (first,) = await stage.ask("/topics", chat_id=GROUP, user_id=ADA)
    assert (await stage.press("›", chat_id=GROUP, user_id=NOOR)).text == NOT_YOURS
    await stage.press("›", chat_id=GROUP, user_id=ADA)
    (second,) = stage.sent(GROUP)
    assert (second.message_id, labels(second)[0] != labels(first)[0]) == (first.message_id, True)
