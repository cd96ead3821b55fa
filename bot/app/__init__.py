"""Wiring: the only room that knows every other."""
