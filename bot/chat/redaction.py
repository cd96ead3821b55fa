"""Owns that no bot token reaches a log: not in a message, not in its arguments, not in a traceback."""

import logging
import re
import traceback

# A token is the bot's id, a colon and a secret; in a URL the colon may be written %3A.
_TOKEN = re.compile(r"\d{3,20}(?::|%3A)[A-Za-z0-9_-]{16,}", re.IGNORECASE)
_HIDDEN = "<token>"
_TALKATIVE = ("aiohttp", "httpx", "httpcore")
"""These may write whole addresses, with a token or a key in them, at INFO and DEBUG."""


def redacted(text: str, *secrets: str) -> str:
    """Hide whatever looks like a token in *text*, and every one of *secrets*."""
    for secret in filter(None, secrets):
        text = text.replace(secret, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, text)


def redact_logs(*secrets: str) -> None:
    """See to it that every record made from now on is written without tokens, whoever writes it.

    Args:
        secrets: Tokens that may not look like one.
    """
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    made = logging.getLogRecordFactory()

    def make(*args: object, **kwargs: object) -> logging.LogRecord:
        return _redact(made(*args, **kwargs), secrets)

    logging.setLogRecordFactory(make)


def _redact(record: logging.LogRecord, secrets: tuple[str, ...]) -> logging.LogRecord:
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # wrong arguments: logging itself will say so, but not with our token
        message = f"{record.msg} {record.args}"
    hidden = redacted(message, *secrets)
    if hidden != message:
        record.msg, record.args = hidden, None
    if record.exc_info and record.exc_info[0] is not None:
        told = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        hidden = redacted(told, *secrets)
        if hidden != told:
            record.exc_text, record.exc_info = hidden, None
    if record.stack_info:
        record.stack_info = redacted(record.stack_info, *secrets)
    return record
