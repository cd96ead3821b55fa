"""The menus of commands: for each kind of chat, for members and admins, in each language."""

import re

from bot.chat.messages.greetings import ADMINS, EDITORS_MENU, MENU, PERSONAL
from bot.sandbox import ADA, GROUP, NOOR
from tests.chat.conftest import Stage

HAN = re.compile(r"[\u4e00-\u9fff]")


def names(stage: Stage, chat_id: int, user_id: int) -> list[str]:
    """The commands that somebody is offered."""
    return [command.name for command in stage.sandbox.menu(chat_id, user_id)]


def is_chinese(stage: Stage, chat_id: int, user_id: int) -> bool:
    """Whether they are said in Chinese, all or none of them."""
    said = {bool(HAN.search(command.description)) for command in stage.sandbox.menu(chat_id, user_id)}
    assert len(said) == 1
    return said.pop()


async def test_everybody_sees_the_commands_they_may_use_in_their_own_language(stage: Stage) -> None:
    assert names(stage, ADA, ADA) == list(MENU)
    assert names(stage, GROUP, NOOR) == [name for name in MENU if name not in PERSONAL | ADMINS]
    assert names(stage, GROUP, ADA) == [name for name in MENU if name not in PERSONAL]
    assert [is_chinese(stage, *who) for who in ((ADA, ADA), (NOOR, NOOR), (GROUP, ADA), (GROUP, NOOR))] == [
        False,
        True,
        False,
        True,
    ]


async def test_a_language_that_was_chosen_is_that_of_the_menu_until_it_is_given_up(stage: Stage) -> None:
    await stage.ask("/settings 中文")
    assert is_chinese(stage, ADA, ADA)
    await stage.ask("/settings english")
    assert not is_chinese(stage, ADA, ADA)
    await stage.ask("/settings 中文", chat_id=GROUP, user_id=ADA)
    assert is_chinese(stage, GROUP, ADA)
    assert names(stage, GROUP, NOOR) == [name for name in MENU if name not in PERSONAL | ADMINS]


async def test_an_editors_menu_stays_an_editors_in_any_language(desk: Stage) -> None:
    assert names(desk, ADA, ADA) == [*EDITORS_MENU, *MENU]
    await desk.ask("/settings 中文")
    assert names(desk, ADA, ADA) == [*EDITORS_MENU, *MENU]
    assert is_chinese(desk, ADA, ADA)


async def test_who_is_forgotten_has_everybodys_menu_again(stage: Stage) -> None:
    await stage.ask("/settings 中文")
    await stage.ask("/forget")
    await stage.press(stage.sent()[-1].keyboard[0][0].text)
    assert not is_chinese(stage, ADA, ADA)


async def test_the_description_is_read_in_the_language_of_who_looks(stage: Stage) -> None:
    assert not HAN.search(stage.sandbox.profile_text("description", ADA))
    assert HAN.search(stage.sandbox.profile_text("description", NOOR))
    assert HAN.search(stage.sandbox.profile_text("short_description", NOOR))
