"""Owns the list of methods the sandbox answers."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.sandbox.api import (
    albums,
    commands,
    describing,
    editing,
    fetching,
    inline,
    pressing,
    profile,
    receiving,
    removing,
    sending,
    webhooks,
)
from bot.sandbox.api.call import Call
from bot.sandbox.world.world import World

Method = Callable[[World, Call], Awaitable[Any]]

_METHODS: dict[str, Method] = {
    "getMe": describing.get_me,
    "logOut": receiving.leave_server,
    "close": receiving.leave_server,
    "getUpdates": receiving.get_updates,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": albums.send_media_group,
    "copyMessage": sending.copy_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": removing.delete_message,
    "deleteMessages": removing.delete_messages,
    "answerCallbackQuery": pressing.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "getChat": describing.get_chat,
    "getChatMember": describing.get_chat_member,
    "getChatAdministrators": describing.get_chat_administrators,
    "getChatMemberCount": describing.get_chat_member_count,
    "leaveChat": describing.leave_chat,
    "getFile": fetching.get_file,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setMyName": partial(profile.set_my_text, kind="name"),
    "getMyName": partial(profile.get_my_text, kind="name"),
    "setMyDescription": partial(profile.set_my_text, kind="description"),
    "getMyDescription": partial(profile.get_my_text, kind="description"),
    "setMyShortDescription": partial(profile.set_my_text, kind="short_description"),
    "getMyShortDescription": partial(profile.get_my_text, kind="short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}
PLAYED = tuple(_METHODS)
# Telegram does not care about upper and lower case in method names.
METHODS = {name.lower(): method for name, method in _METHODS.items()}
