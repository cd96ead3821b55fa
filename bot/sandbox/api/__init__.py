"""Owns the Bot API: reading calls, carrying them out, answering as Telegram does."""
