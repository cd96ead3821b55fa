import pytest

from bot.store.backup import progress
from bot.store.backup.progress import EVERY_S, Progress


def test_what_is_done_soon_says_nothing_and_what_takes_long_says_so_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, said = 0.0, list[str]()
    monkeypatch.setattr(progress, "monotonic", lambda: now)
    tell = Progress(said.append)
    for step in range(10):
        now = step * EVERY_S / 2
        tell(step * 1000, 8000, "rows")
    assert said == ["2,000 of 8,000 rows …", "4,000 of 8,000 rows …", "6,000 of 8,000 rows …", "8,000 of 8,000 rows …"]
