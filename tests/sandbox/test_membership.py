"""Who comes and goes: what the bot is told when it is let in, promoted, restricted, thrown out, or its group grows."""

import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberUpdated, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox import (
    ADA,
    BASIC,
    CHANNEL,
    ELSEWHERE,
    EMIL,
    FORUM,
    GROUP,
    NOOR,
    Chat,
    Person,
    Sandbox,
    Standing,
    administrator,
)


async def heard(bot: Bot) -> tuple[Update, ...]:
    """Fetch and confirm everything that waits."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


def change_of(update: Update) -> ChatMemberUpdated:
    """Take the bot's change of membership out of an update."""
    assert update.my_chat_member is not None
    return update.my_chat_member


async def test_being_added_to_a_group_comes_twice_with_the_person_who_did_it(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(ELSEWHERE, "x")
    sandbox.place_bot(ELSEWHERE, Standing("member"), user_id=NOOR)
    first, second = await heard(bot)
    change = change_of(first)
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("left", "member")
    assert (change.from_user.id, change.from_user.language_code) == (NOOR, "zh-hans")
    assert second.message is not None
    assert [user.id for user in second.message.new_chat_members] == [bot.id]
    assert await bot.send_message(ELSEWHERE, "x")


async def test_nobody_is_written_to_before_they_write(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.add_person(Person(2001, "Grace", "grace"))
    assert (await bot.get_chat(2001)).first_name == "Grace"
    for refused in (bot.send_message(2001, "x"), bot.send_chat_action(2001, "typing")):
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await refused
    sandbox.say("/start", chat_id=2001)
    assert await bot.send_message(2001, "x")
    (update,) = await heard(bot)
    assert update.message is not None
    assert update.message.text == "/start"


async def test_who_never_started_the_bot_can_block_it(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.add_person(Person(2001, "Grace", "grace"))
    sandbox.set_membership(chat_id=2001, is_member=False)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(2001, "x")
    sandbox.mark_started(2001)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(2001, "x")
    change = change_of((await heard(bot))[0])
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")


async def test_rights_come_and_go(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.promote(GROUP, rights=frozenset({"can_manage_chat", "can_delete_messages"}))
    member = await bot.get_chat_member(GROUP, bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert (member.can_delete_messages, member.can_pin_messages) == (True, False)
    sandbox.demote(GROUP)
    statuses = [
        (change_of(update).old_chat_member.status, change_of(update).new_chat_member.status)
        for update in await heard(bot)
    ]
    assert statuses == [("member", "administrator"), ("administrator", "member")]


async def test_nothing_is_told_when_nothing_changes(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.demote(GROUP)
    sandbox.promote(CHANNEL)
    assert await heard(bot) == ()


async def test_a_channel_without_the_right_to_post_refuses(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.promote(CHANNEL, rights=frozenset({"can_manage_chat"}))
    with pytest.raises(BadRequest, match=r"(?i)need administrator rights in the channel chat"):
        await bot.send_message(CHANNEL, "x")
    sandbox.demote(CHANNEL)
    assert change_of((await heard(bot))[-1]).new_chat_member.status == "left"
    with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
        await bot.send_message(CHANNEL, "x")


async def test_a_restricted_bot_may_still_write_what_is_left_to_it(bot: Bot, sandbox: Sandbox, png: object) -> None:
    sandbox.restrict(GROUP, rights=frozenset({"can_send_messages"}))
    assert change_of((await heard(bot))[-1]).new_chat_member.status == "restricted"
    assert await bot.send_message(GROUP, "x")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send photos to the chat"):
        await bot.send_photo(GROUP, png())  # type: ignore[operator]
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send documents to the chat"):
        await bot.send_document(GROUP, b"x", filename="x.txt")
    with pytest.raises(ValueError, match="no permissions"):
        sandbox.restrict(GROUP, rights=frozenset({"can_fly"}))


async def test_leaving_and_being_thrown_out_are_told_apart(bot: Bot, sandbox: Sandbox) -> None:
    await bot.leave_chat(GROUP)
    change = change_of((await heard(bot))[0])
    assert (change.new_chat_member.status, change.from_user.id) == ("left", bot.id)
    sandbox.set_membership(chat_id=FORUM, is_member=False, user_id=EMIL)
    change = change_of((await heard(bot))[0])
    assert (change.new_chat_member.status, change.from_user.id) == ("kicked", EMIL)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(FORUM, "x")


async def test_an_upgraded_group_is_told_of_from_both_ends(bot: Bot, sandbox: Sandbox) -> None:
    new_id = sandbox.migrate(BASIC)
    joined, to, since = await heard(bot)
    assert change_of(joined).chat.id == new_id
    assert to.message is not None
    assert (to.message.chat.id, to.message.chat.type, to.message.migrate_to_chat_id) == (BASIC, "group", new_id)
    assert since.message is not None
    assert (since.message.chat.id, since.message.migrate_from_chat_id) == (new_id, BASIC)
    assert (await bot.get_chat_member(new_id, ADA)).status == "creator"
    assert await bot.send_message(new_id, "x")


async def test_a_silent_upgrade_is_only_learnt_by_the_refusal(bot: Bot, sandbox: Sandbox) -> None:
    new_id = sandbox.migrate(BASIC, is_silent=True)
    assert await heard(bot) == ()
    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(BASIC, "x")
    assert refused.value.new_chat_id == new_id
    assert sandbox.delivered(BASIC) == ()
    with pytest.raises(ChatMigrated):
        await bot.leave_chat(BASIC)
    assert (await bot.get_chat(BASIC)).title == "Study circle"
    assert (await bot.get_chat_member(BASIC, ADA)).status == "creator"
    assert [member.user.id for member in await bot.get_chat_administrators(BASIC)] == [ADA]
    with pytest.raises(ValueError, match="has become a supergroup"):
        sandbox.say("x", chat_id=BASIC)
    with pytest.raises(ValueError, match="only a basic group"):
        sandbox.migrate(BASIC)


async def test_people_are_told_of_only_where_the_bot_runs_the_chat_and_asked_for_it(bot: Bot, sandbox: Sandbox) -> None:
    await bot.get_updates(allowed_updates=["chat_member"])
    sandbox.stand(GROUP, NOOR, administrator("supergroup"))
    assert await heard(bot) == ()
    sandbox.promote(GROUP)
    sandbox.stand(GROUP, EMIL, Standing("member"))
    (update,) = await heard(bot)
    assert update.chat_member is not None
    assert (update.chat_member.new_chat_member.user.id, update.chat_member.new_chat_member.status) == (EMIL, "member")
    administrators = await bot.get_chat_administrators(GROUP)
    assert {member.user.id for member in administrators} == {ADA, NOOR, bot.id}


async def test_who_may_not_write_does_not(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="Emil only reads this channel"):
        sandbox.say("x", chat_id=CHANNEL, user_id=EMIL)
    sandbox.stand(GROUP, NOOR, Standing("restricted"))
    with pytest.raises(ValueError, match="Noor may not write"):
        sandbox.say("x", chat_id=GROUP, user_id=NOOR)
    sandbox.stand(GROUP, NOOR, Standing("left"))
    with pytest.raises(ValueError, match="user 1002 is not in chat"):
        sandbox.say("x", chat_id=GROUP, user_id=NOOR)


async def test_a_chat_can_be_opened_without_the_bot(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.add_chat(Chat(-4100, "group", "Secret", (NOOR, ADA)), bot=Standing("left"))
    assert sandbox.standing(-4100, NOOR).status == "creator"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(-4100)
    sandbox.set_membership(chat_id=-4100, is_member=True)
    assert (await bot.get_chat(-4100)).title == "Secret"
