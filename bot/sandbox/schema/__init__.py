"""Owns the Bot API's own description of its methods, and whether a call keeps to it."""
