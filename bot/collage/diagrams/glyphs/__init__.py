"""Owns the pictures a node can be: each fills a box with items."""
