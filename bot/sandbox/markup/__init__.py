"""Owns formatted text: parse modes, entities, and what the server finds by itself."""
