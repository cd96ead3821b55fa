"""Owns the languages that are spoken, and how others name them."""

ENGLISH = "en"
CHINESE = "zh"
"""Simplified Chinese."""
LANGUAGES = (ENGLISH, CHINESE)


def language_of(tag: str | None) -> str:
    """The language of ours that a tag like ``zh-hans``, ``zh_CN`` or ``en-GB`` means; English for every other.

    Source: IETF language tags, as Telegram sends them (Bot API 10.0, User.language_code).
    """
    primary = (tag or "").replace("_", "-").split("-")[0].casefold()
    return primary if primary in LANGUAGES else ENGLISH
