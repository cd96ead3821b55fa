"""Every test of this room runs on both databases."""

from tests.databases import every_kind as kind  # noqa: F401  # a fixture
