"""Which commands are offered to whom: the narrowest scope wins, then the language."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeDefault,
)

from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Sandbox

# From the widest to the narrowest; what Ada, who runs the group, and Noor, who does not, see once each is set.
SCOPES: list[tuple[BotCommandScope, str, str]] = [
    (BotCommandScopeDefault(), "default", "default"),
    (BotCommandScopeAllGroupChats(), "groups", "groups"),
    (BotCommandScopeAllChatAdministrators(), "admins", "groups"),
    (BotCommandScopeChat(GROUP), "chat", "chat"),
    (BotCommandScopeChatAdministrators(GROUP), "chat_admins", "chat"),
    (BotCommandScopeChatMember(GROUP, NOOR), "chat_admins", "noor"),
]
NAMES = ("default", "groups", "admins", "chat", "chat_admins", "noor")


def names(sandbox: Sandbox, chat_id: int, user_id: int) -> list[str]:
    """Tell the names of the commands somebody is offered."""
    return [command.name for command in sandbox.menu(chat_id, user_id)]


async def test_the_narrowest_scope_wins(bot: Bot, sandbox: Sandbox) -> None:
    for name, (scope, ada, noor) in zip(NAMES, SCOPES, strict=True):
        await bot.set_my_commands([BotCommand(name, "x")], scope=scope)
        assert (names(sandbox, GROUP, ADA), names(sandbox, GROUP, NOOR)) == ([ada], [noor])


async def test_a_private_chat_has_its_own_scopes_and_a_channel_none(bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_my_commands([BotCommand("everywhere", "x")])
    await bot.set_my_commands([BotCommand("private", "x")], scope=BotCommandScopeAllPrivateChats())
    assert names(sandbox, ADA, ADA) == ["private"]
    assert names(sandbox, GROUP, ADA) == ["everywhere"]
    assert names(sandbox, CHANNEL, ADA) == []


@pytest.mark.parametrize(
    ("spoken", "seen"), [("zh-hans", "中文"), ("zh", "中文"), ("en", "English"), ("de", "English"), (None, "English")]
)
async def test_a_language_falls_back_within_its_scope(
    bot: Bot, sandbox: Sandbox, spoken: str | None, seen: str
) -> None:
    await bot.set_my_commands([BotCommand("a", "English")])
    await bot.set_my_commands([BotCommand("a", "中文")], language_code="zh")
    await bot.set_my_description("Words")
    await bot.set_my_description("文字", language_code="zh")
    sandbox.set_language(ADA, spoken)
    assert [command.description for command in sandbox.menu(ADA, ADA)] == [seen]
    assert sandbox.profile_text("description", ADA) == ("文字" if seen == "中文" else "Words")
