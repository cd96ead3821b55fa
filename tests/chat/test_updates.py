"""What an update says before anybody understands it."""

import json

import pytest

from bot.chat.updates import as_incoming, chat_of, read_update
from bot.sandbox import ADA, GROUP

CHAT = {"id": GROUP, "type": "supergroup"}
PERSON = {"id": ADA, "first_name": "Ada"}


@pytest.mark.parametrize(
    ("happened", "chat_id"),
    [
        ({"message": {"chat": CHAT, "from": PERSON}}, GROUP),
        ({"channel_post": {"chat": CHAT}}, GROUP),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, GROUP),
        ({"callback_query": {"id": "1", "from": PERSON, "message": {"chat": CHAT}}}, GROUP),
        ({"callback_query": {"id": "1", "from": PERSON, "inline_message_id": "x"}}, None),
        ({"inline_query": {"id": "1", "from": PERSON}}, None),
        ({"something_new": 7}, None),
        ({"message": {"chat": {"id": "7"}}}, None),
        ({"message": {"chat": {"id": 2**63}}}, None),
        ({"message": None}, None),
        ({}, None),
    ],
)
def test_the_chat_is_the_one_in_which_it_happened(happened: dict[str, object], chat_id: int | None) -> None:
    assert chat_of({"update_id": 1, **happened}) == chat_id
    assert chat_of({**happened, "update_id": 1}) == chat_id


@pytest.mark.parametrize("text", ["plain", "强化学习 🎉", "\0", "half a pair \ud83d", "a number " + "9" * 400])
def test_what_is_written_down_says_what_was_said(text: str) -> None:
    said = {"update_id": 7, "message": {"chat": CHAT, "text": text, "edit_date": 2**80}}
    body = json.dumps(said)
    assert read_update(as_incoming(read_update(body)).body) == said
    as_incoming(read_update(body)).body.encode()


def test_what_is_nested_without_end_is_refused() -> None:
    deep: object = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="nested"):
        as_incoming({"update_id": 1, "message": deep})
