import pytest

from bot.errors import SettingError
from bot.model.entry import Series
from bot.settings import read_settings


def test_without_a_token_there_is_none() -> None:
    assert read_settings({}).token is None
    assert read_settings({"TELEGRAM_BOT_TOKEN": "  "}).token is None


def test_a_token_is_never_shown() -> None:
    assert "secretsecret" not in repr(read_settings({"TELEGRAM_BOT_TOKEN": "123:secretsecret"}))
    with pytest.raises(SettingError) as caught:
        read_settings({"TELEGRAM_BOT_TOKEN": "secret secret"})
    assert "secret secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "65536"),
        ("TIMEZONE", "Mars/Olympus"),
        ("TIMEZONE", "../../etc/passwd"),
        ("WEEKLY_AT", "someday"),
        ("WEEKLY_AT", "mon 24:00"),
        ("ROUNDUP_AT", "31 09:00"),
        ("EMPTY_QUEUE", "panic"),
        ("SEND_RATE", "fast"),
        ("SEND_RATE", "nan"),
        ("SEND_RATE", "-1"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_settings({name: value})


def test_the_environment_overrides_the_rhythm_of_every_series_that_has_one() -> None:
    settings = read_settings({"TIMEZONE": "Europe/Berlin", "WEEKLY_AT": "fri 18:00"})
    weekly = settings.applied_to(Series("a", "A", "", "UTC", "mon 09:00", "last 18:00"))
    assert (weekly.timezone, weekly.weekly_at, weekly.roundup_at) == ("Europe/Berlin", "fri 18:00", "last 18:00")
    assert settings.applied_to(Series("b", "B", "", "UTC", None, "last 18:00")).weekly_at is None
