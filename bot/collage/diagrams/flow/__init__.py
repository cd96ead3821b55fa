"""Owns drawings without places: the composer finds a place for every node."""
