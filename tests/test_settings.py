import pytest

from bot.errors import SettingError
from bot.model.entry import Series
from bot.settings import LanguageModelSettings, read_settings


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
        ("SEND_RATE", "31"),  # without PAID_BROADCAST
        ("PAID_BROADCAST", "perhaps"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("PUBLIC_URL", "collage.example.org"),
        ("PUBLIC_URL", "http://collage.example.org"),
        ("PUBLIC_URL", "https://ada:secret@collage.example.org"),
        ("PUBLIC_URL", "https://collage.example.org/?token=1"),
        ("EDITORS", "12345, ada"),
        ("EDITORS", "-100123"),
        ("FIGURES", "some"),
        ("COLLAGES_PER_DAY", "-1"),
        ("COLLAGES_PER_DAY", "many"),
        ("ARXIV_URL", "arxiv.org"),
        ("ARXIV_API_URL", "file:///etc/passwd"),
        ("LLM_URL", "http://127.0.0.1:1"),  # without LLM_MODEL
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_settings({name: value})


def test_who_pays_may_send_faster() -> None:
    settings = read_settings({"SEND_RATE": "1000", "PAID_BROADCAST": "on"})
    assert (settings.send_rate, settings.paid_broadcast) == (1000, True)
    with pytest.raises(SettingError, match="SEND_RATE"):
        read_settings({"SEND_RATE": "1001", "PAID_BROADCAST": "on"})


def test_the_environment_overrides_the_rhythm_of_every_series_that_has_one() -> None:
    settings = read_settings({"TIMEZONE": "Europe/Berlin", "WEEKLY_AT": "fri 18:00"})
    weekly = settings.applied_to(Series("a", "A", "", "UTC", "mon 09:00", "last 18:00"))
    assert (weekly.timezone, weekly.weekly_at, weekly.roundup_at) == ("Europe/Berlin", "fri 18:00", "last 18:00")
    assert settings.applied_to(Series("b", "B", "", "UTC", None, "last 18:00")).weekly_at is None


def test_editors_are_a_list_of_ids_however_they_are_parted() -> None:
    assert read_settings({"EDITORS": " 12, 34;56 78,12 "}).editors == {12, 34, 56, 78}
    assert read_settings({}).editors == frozenset()


def test_the_key_of_the_language_model_is_never_shown() -> None:
    given = {"LLM_URL": "http://127.0.0.1:9/v1/", "LLM_MODEL": "small", "LLM_API_KEY": "sk-secretsecret"}
    settings = read_settings(given)
    assert settings.language_model == LanguageModelSettings("http://127.0.0.1:9/v1", "small", "sk-secretsecret")
    assert "secretsecret" not in repr(settings)
    with pytest.raises(SettingError) as caught:
        read_settings({"LLM_URL": "http://me:secretsecret@127.0.0.1:9", "LLM_MODEL": "small"})
    assert "secretsecret" not in str(caught.value)


def test_without_an_address_there_is_no_language_model() -> None:
    assert read_settings({"LLM_MODEL": "small", "LLM_API_KEY": "sk"}).language_model is None


def test_updates_are_posted_where_there_is_an_address_and_a_bot() -> None:
    bot = {"TELEGRAM_BOT_TOKEN": "123:secretsecret"}
    address = {"PUBLIC_URL": "https://example.org/below/"}
    assert read_settings(bot | address).public_url == "https://example.org/below"
    assert read_settings(bot | address).is_posted_to
    assert not read_settings(bot).is_posted_to
    assert not read_settings(address).is_posted_to


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8443", "[::1]:8443"])
def test_on_this_machine_updates_may_be_posted_unencrypted(host: str) -> None:
    assert read_settings({"PUBLIC_URL": f"http://{host}"}).public_url == f"http://{host}"
