"""Owns the list of methods the sandbox answers."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.sandbox.api import describing, editing, receiving, sending
from bot.sandbox.api.call import Call
from bot.sandbox.world.world import World

Method = Callable[[World, Call], Awaitable[Any]]

_METHODS: dict[str, Method] = {
    "getMe": describing.get_me,
    "logOut": receiving.leave_server,
    "close": receiving.leave_server,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "copyMessage": sending.copy_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": editing.answer_callback_query,
    "getChat": describing.get_chat,
    "getChatMember": describing.get_chat_member,
    "getChatAdministrators": describing.get_chat_administrators,
    "getChatMemberCount": describing.get_chat_member_count,
    "leaveChat": describing.leave_chat,
    "getFile": describing.get_file,
    "setMyCommands": describing.set_my_commands,
    "getMyCommands": describing.get_my_commands,
    "deleteMyCommands": describing.delete_my_commands,
    "setMyName": partial(describing.set_my_text, kind="name"),
    "getMyName": partial(describing.get_my_text, kind="name"),
    "setMyDescription": partial(describing.set_my_text, kind="description"),
    "getMyDescription": partial(describing.get_my_text, kind="description"),
    "setMyShortDescription": partial(describing.set_my_text, kind="short_description"),
    "getMyShortDescription": partial(describing.get_my_text, kind="short_description"),
    "setChatMenuButton": describing.set_chat_menu_button,
    "getChatMenuButton": describing.get_chat_menu_button,
}
# Telegram does not care about upper and lower case in method names.
METHODS = {name.lower(): method for name, method in _METHODS.items()}
