"""Owns where the real answers lie that some tests read: beside the checkout, not in it."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[2].parent / "shared" / "data"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the recorded answers (../shared/data) are not here")


def recorded(pattern: str) -> list[Path]:
    """Every file of the data that fits *pattern*, in order."""
    return sorted(DATA.glob(pattern))
