"""Owns the refusals of the Bot API: a code, Telegram's own words, and parameters."""

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """A call that is answered with ``ok: false``.

    Attributes:
        code: HTTP status and ``error_code`` alike.
        description: Telegram's text, prefix included: ``Bad Request: chat not found``.
        parameters: ``retry_after`` or ``migrate_to_chat_id``, when there are any.
    """

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def as_json(self) -> Json:
        """Render the body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(text: str) -> Refusal:
    """Refuse a call that can never succeed as it is.

    The first letter is made small unless the text is a code like ``MESSAGE_ID_INVALID``, as Telegram does it.
    Source: tdlib/telegram-bot-api, Client.cpp, fail_query_with_error.
    """
    is_code = text[1:2].isupper() or text[1:2] == "_"
    return Refusal(400, f"Bad Request: {text if is_code else text[:1].lower() + text[1:]}")


def stricter(text: str) -> Refusal:
    """Refuse a call that Telegram would take, because it surely is a mistake."""
    return Refusal(400, f"Bad Request: the sandbox is stricter than Telegram: {text}")


def method_not_found() -> Refusal:
    """Refuse a method that does not exist."""
    return Refusal(404, "Not Found: method not found")


def forbidden(text: str) -> Refusal:
    """Refuse a call because the chat will not have the bot."""
    return Refusal(403, f"Forbidden: {text}")


def conflict(text: str) -> Refusal:
    """Refuse a call because another one is in its way."""
    return Refusal(409, f"Conflict: {text}")


def unauthorized() -> Refusal:
    """Refuse a token that looks like one, but is not ours."""
    return Refusal(401, "Unauthorized")


def not_found() -> Refusal:
    """Refuse a token, or a file, that cannot exist."""
    return Refusal(404, "Not Found")


def too_large() -> Refusal:
    """Refuse a body that is longer than any upload may be."""
    return Refusal(413, "Request Entity Too Large")
