"""Owns random updates: every kind that Telegram sends, asked for or not, and kinds that do not exist yet."""

from typing import Any

from aiogram import types as api
from hypothesis import strategies as st

from bot.sandbox import ADA, CHANNEL, FORUM, NOOR, PAPERS, RANDOM
from bot.sandbox.answers import Json
from tests.flows.objects import (
    ANONYMOUS,
    BOT_ID,
    CHANNELS_BOT,
    CHATS,
    LANGUAGES,
    NOW_S,
    PEOPLE,
    SERVICE,
    USERS,
    chat,
    kinds_of_updates,
    objects,
    user,
)
from tests.flows.writings import NASTY, arguments, entities, junk, texts

KINDS = dict(kinds_of_updates())
_MESSAGES = sorted(name for name, kind in KINDS.items() if kind is api.Message)
_OTHERS = sorted(set(KINDS) - set(_MESSAGES))
_STATUSES = ["creator", "administrator", "member", "restricted", "left", "kicked", "unheard_of"]
_MEDIA = [
    *("animation", "audio", "document", "paid_media", "photo", "sticker", "story", "video", "video_note", "voice"),
    *("contact", "dice", "game", "poll", "venue", "location", "checklist", "live_photo"),
]


@st.composite
def _base(draw: st.DrawFn, chat_id: int) -> Json:
    """A message of somebody, somewhere, without anything in it."""
    made: Json = {"message_id": draw(st.integers(1, 2**31 - 1)), "date": NOW_S, "chat": chat(chat_id)}
    if chat_id == CHANNEL:
        return made | {"sender_chat": chat(CHANNEL)}
    author = draw(st.sampled_from(["person", "person", "person", "person", "group", "channel", "forward"]))
    if author == "person" or chat_id > 0:
        by = chat_id if chat_id > 0 else draw(PEOPLE)
        return made | {"from": user(by, draw(LANGUAGES))}
    if author == "group":
        return made | {"from": user(ANONYMOUS, None), "sender_chat": chat(chat_id), "author_signature": "boss"}
    if author == "channel":
        return made | {"from": user(CHANNELS_BOT, None), "sender_chat": chat(CHANNEL)}
    return made | {"from": user(SERVICE, None), "sender_chat": chat(CHANNEL), "is_automatic_forward": True}


def _said(text: str, where: str) -> Json:
    marks = list(entities(text))
    return {where: text} | ({"entities" if where == "text" else "caption_entities": marks} if marks else {})


_REPLIES = st.sampled_from(["missing", "ours", "prompt", "prompt of others", "old"])
_PROMPTS = ["1_headline_portrait_en_00000000_1_2", "1_summary_slide_zh_00000000_0_0", "x"]


def _answered(kind: str, chat_id: int, prompt: str) -> Json:
    """A message that is answered: one that was taken away, one of ours, a prompt of the desk."""
    by = user(NOOR if kind == "prompt of others" else BOT_ID, None)
    made: Json = {
        "message_id": 7,
        "date": 0 if kind == "old" else NOW_S,
        "chat": chat(chat_id),
        "from": by,
        "text": "Say",
    }
    if kind.startswith("prompt"):
        url = f"https://t.me/collage_bot?start=say_{prompt}"
        made["entities"] = [{"type": "text_link", "offset": 0, "length": 3, "url": url}]
    return made


_ODD: dict[str, st.SearchStrategy[Any]] = {
    "reply": st.tuples(_REPLIES, st.sampled_from(_PROMPTS)),
    "thread": st.sampled_from([1, PAPERS, RANDOM, 999]),
    "schema": st.just(None),
    "entities": st.sampled_from(["bold", "blink", "text_link", "custom_emoji", "bot_command"]),
}


@st.composite
def messages(draw: st.DrawFn) -> Json:
    """A message with a text, with media and a caption, with anything that a message may hold, or with nothing."""
    chat_id = draw(CHATS)
    made = draw(_base(chat_id))
    content = draw(st.sampled_from(["text", "text", "text", "text", "media", "object", "nothing"]))
    if content == "text":
        made |= _said(draw(texts()), "text")
    elif content == "media":
        made = draw(objects(api.Message, only=draw(st.sampled_from(_MEDIA)))) | made
        made |= draw(st.one_of(st.just({}), texts().map(lambda text: _said(text[:1024], "caption"))))
    elif content == "object":
        made = draw(objects(api.Message)) | made
    oddities = draw(st.lists(st.sampled_from(sorted(_ODD)), max_size=1))
    for odd in oddities:
        made |= (
            _oddity(odd, draw(_ODD[odd]), made) if odd != "schema" else draw(objects(api.Message, optional=2)) | made
        )
    return made


def _oddity(odd: str, value: Any, made: Json) -> Json:
    if odd == "reply":
        return {"reply_to_message": _answered(value[0], made["chat"]["id"], value[1])}
    if odd == "thread":
        is_topic = made["chat"]["id"] == FORUM and value != 1
        return {"message_thread_id": value} | ({"is_topic_message": True} if is_topic else {})
    mark: Json = {"type": value, "offset": 0, "length": 1, "url": "tg://user?id=1", "custom_emoji_id": "1"}
    return {"entities": [*made.get("entities", ()), mark]} if made.get("text") else {}


@st.composite
def _member(draw: st.DrawFn, status: str, who: Json) -> Json:
    made: Json = {"status": status, "user": who}
    rights = ("can_post_messages", "can_send_messages", "is_member", "can_be_edited", "is_anonymous")
    made |= {right: draw(st.booleans()) for right in rights}
    every = ("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members")
    more = ("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories")
    sending = ("audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls", "other_messages")
    made |= dict.fromkeys((*every, *more, "can_delete_stories", "can_pin_messages", "can_manage_topics"), False)
    made |= {f"can_send_{what}": False for what in sending}
    return made | {
        "can_add_web_page_previews": False,
        "can_edit_tag": False,
        "can_react_to_messages": False,
        "until_date": 0,
    }


@st.composite
def memberships(draw: st.DrawFn, of_us: bool) -> Json:
    """A change of our own place in a chat, or of somebody else's: from anything to anything."""
    who = user(BOT_ID, None) if of_us else user(draw(PEOPLE), "en")
    before, after = draw(st.sampled_from(_STATUSES)), draw(st.sampled_from(_STATUSES))
    by = draw(USERS)
    place = draw(CHATS)
    return {
        "chat": chat(place),
        "from": user(place, draw(LANGUAGES)) if place > 0 else by,
        "date": NOW_S,
        "old_chat_member": draw(_member(before, who)),
        "new_chat_member": draw(_member(after, who)),
    }


def queries() -> st.SearchStrategy[Json]:
    """Questions of inline mode; the id is filled in when it is asked."""
    asked = st.one_of(arguments(), st.sampled_from(NASTY), junk()).map(lambda text: text.strip()[:256])
    made: Json = {
        "from": USERS,
        "query": asked,
        "offset": st.sampled_from(["", "", "2", "9999", "-1", "x", "٣", "😀" * 16, "0"]),
        "chat_type": st.sampled_from(["sender", "private", "group", "supergroup", "channel", "planet"]),
    }
    return st.fixed_dictionaries({"id": st.just("0"), **made})


@st.composite
def updates(draw: st.DrawFn) -> Json:
    """One update of any kind, without its id."""
    kind = draw(
        st.sampled_from(["message", "message", "message", "post", "member", "members", "query", "other", "new"])
    )
    made: Json
    if kind == "message":
        body = draw(messages())
        posts = "channel_post" if body["chat"]["type"] == "channel" else "message"
        edited = draw(st.sampled_from(["", "", "", "edited_"]))
        made = {f"{edited}{posts}": body | ({"edit_date": NOW_S + 1} if edited else {})}
    elif kind == "post":
        made = {draw(st.sampled_from(_MESSAGES)): draw(messages())}
    elif kind in ("member", "members"):
        ours = kind == "member"
        made = {"my_chat_member" if ours else "chat_member": draw(memberships(ours))}
    elif kind == "query":
        made = {"inline_query": draw(queries())}
    elif kind == "other":
        name = draw(st.sampled_from(_OTHERS))
        made = {name: draw(objects(KINDS[name], optional=2))}
    else:
        made = {
            draw(st.sampled_from(["telepathy", "inline_telepathy"])): {"from": user(ADA, "en"), "thought": [1, None]}
        }
    return draw(_from_the_future(made))


@st.composite
def _from_the_future(draw: st.DrawFn, update: Json) -> Json:
    """Sometimes with a field that does not exist yet."""
    ((name, body),) = update.items()
    if draw(st.integers(0, 5)) or not isinstance(body, dict):
        return update
    return {name: body | {"unheard_of": draw(st.sampled_from([1, None, "x", [], {"type": "new", "chat": {"id": 1}}]))}}
