"""/month: the album, the list, the neighbours, and months that are not there."""

import pytest

from bot.sandbox import ADA, GROUP, Message
from bot.sandbox.faults import rejected
from tests.chat.conftest import Stage


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in message.keyboard for button in row]


@pytest.mark.parametrize(
    "words", [" 2022-01", " jan 22", " January 2022", " 2022年1月", " 2022", " january", " now", ""]
)
async def test_a_month_is_an_album_and_one_list(stage: Stage, words: str) -> None:
    *album, listed = await stage.ask(f"/month{words}", answers=6)
    assert len({picture.album for picture in album}) == 1
    assert len(album) == 1 + 4
    assert listed.text.startswith("January 2022 · four papers\n\n37 Bootstrapped Meta-Learning\nTrain")
    assert listed.text.endswith("Before this: August 2021.")
    assert labels(listed) == ["37", "38", "39", "40", "‹ Aug 2021"]


async def test_best_of_arxiv_says_why_and_what_to_take_home(stage: Stage) -> None:
    heard = await stage.ask("/month 2021-03", answers=12)
    album, texts = heard[:10], heard[10:]
    assert all(picture.media for picture in album)
    whole = "\n".join(text.text for text in texts)
    assert whole.count("🎖 Why") == 9
    assert whole.count("💡 Key insights") == 9
    assert labels(texts[-1]) == [str(number) for number in range(1, 10)] + ["‹ Feb 2021", "Aug 2021 ›"]
    assert not texts[0].keyboard


async def test_a_number_opens_its_collage_and_an_arrow_the_next_month(stage: Stage) -> None:
    await stage.ask("/month 2022-01", answers=6)
    await stage.press("38")
    assert stage.sent()[-1].text.startswith("ML-Collage 38 · N-BEATS")
    await stage.press("‹ Aug 2021")
    assert stage.sent()[-1].text.startswith("August 2021 · four papers")


async def test_a_year_with_several_months_offers_them(stage: Stage) -> None:
    (answer,) = await stage.ask("/month 2021")
    assert labels(answer) == ["Feb 2021", "Mar 2021", "Aug 2021"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("1999-01", "There is no roundup for January 1999. The archive begins in February 2021."),
        ("2021-12", "There is no roundup for December 2021. The archive holds February 2021,"),
        ("2030", "There is no roundup for 2030."),
        ("2022-13", "A year has twelve months, so there is no 2022-13."),
        ("june", "There is no roundup for any June. The archive holds February 2021,"),
        ("abc", "I cannot read “abc” as a month."),
        ("%_'\"*", "I cannot read “%_'\"*” as a month."),
        ("<b>مرحبا</b> 🎉", "I cannot read “\u200e\u2068<b>مرحبا</b> 🎉\u2069” as a month."),
    ],
)
async def test_a_month_that_is_not_there_is_named_with_a_next_step(stage: Stage, words: str, said: str) -> None:
    (answer,) = await stage.ask(f"/month {words}")
    assert answer.text.startswith(said)
    assert labels(answer)


async def test_pictures_that_are_not_allowed_leave_the_list(stage: Stage) -> None:
    stage.sandbox.restrict(GROUP, rights=frozenset({"can_send_messages"}))
    excuse, listed = await stage.ask("/month 2022-01", chat_id=GROUP, answers=2)
    assert excuse.text.startswith("The pictures of January 2022 cannot be shown here")
    assert listed.text.startswith("January 2022 · four papers")


async def test_the_second_album_is_sent_by_file_ids(stage: Stage) -> None:
    await stage.ask("/month 2022-01", answers=6)
    stage.sandbox.faults.add(rejected("wrong file identifier/HTTP URL specified"), method="sendMediaGroup", skip=1)
    await stage.ask("/month 2022-01", answers=6)
    digests = [delivered.digest for delivered in stage.sandbox.delivered(ADA) if delivered.album]
    assert digests[:5] == digests[5:]
