"""Owns what the sandbox remembers: people, chats, messages, pictures, updates."""
