"""No token in any log."""

import logging
from collections.abc import Iterator

import pytest

from bot.chat.redaction import redact_logs, redacted

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz01234"


@pytest.fixture(autouse=True)
def _redacting() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    levels = {name: logging.getLogger(name).level for name in ("aiohttp", "httpx", "httpcore")}
    redact_logs("sesame")
    yield
    logging.setLogRecordFactory(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        "https://api.telegram.org/bot" + TOKEN.replace(":", "%3A") + "/getMe",
        f"The token `{TOKEN}` was rejected by the server.",
    ],
)
def test_a_token_is_hidden_wherever_it_stands(text: str) -> None:
    assert TOKEN.split(":")[1] not in redacted(text)
    assert "<token>" in redacted(text)


def test_ordinary_numbers_and_times_stay() -> None:
    text = "chat -1001000000001 at 2026-11-20 09:00:00, arXiv:2103.10697"
    assert redacted(text) == text


def test_a_token_among_the_arguments_is_hidden(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("telegram.Bot").warning("calling %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert TOKEN not in caplog.text
    assert "<token>" in caplog.text


def test_a_token_in_a_traceback_is_hidden(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(f"no route to https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("anything").exception("it failed")
    assert TOKEN not in caplog.text
    assert "ValueError: no route to" in caplog.text


def test_a_secret_that_looks_like_none_is_hidden_when_it_is_named(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("anything").warning("open sesame")
    assert "sesame" not in caplog.text


def test_wrong_arguments_do_not_bring_the_token_back(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.getLogRecordFactory()("x", logging.ERROR, "f", 1, "%d for %s", (TOKEN,), None)
    assert TOKEN not in record.getMessage()


def test_the_ones_that_print_addresses_are_quiet() -> None:
    assert not logging.getLogger("aiohttp.client").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpcore.connection").isEnabledFor(logging.INFO)
