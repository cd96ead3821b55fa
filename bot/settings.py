"""Owns the environment: the only module that reads it, once, into one value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import SettingError
from bot.model.draft import FigurePolicy
from bot.model.edition import EmptyQueue
from bot.model.entry import Series
from bot.publishing.calendar import parse_roundup_at, parse_weekly_at

ROOT = Path(__file__).resolve().parent.parent
TELEGRAM = "https://api.telegram.org"
SANDBOX_DATABASE = f"sqlite:///{ROOT / 'var' / 'sandbox.db'}"
REAL_DATABASE = f"sqlite:///{ROOT / 'var' / 'collagebot.db'}"  # never the one that holds the sandbox's chats
LEAST_RATE = 0.1
USUAL_RATE, FREE_RATE, PAID_RATE = 28.0, 30, 1000
"""Messages a second that Telegram lets through. Source: https://core.telegram.org/bots/faq"""
_USER_ID = re.compile(r"[1-9]\d{0,15}")
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,100}")


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """Which language model drafts.

    Attributes:
        url: Root of an OpenAI-compatible endpoint.
        api_key: Never shown, hence outside the repr.
    """

    url: str
    model: str
    api_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, checked.

    Attributes:
        token: None runs against the embedded sandbox. Never shown, hence outside the repr.
        database_url: May hold a password, hence outside the repr.
        is_installation: The environment says which one this is, by its token or its database; else it is the sandbox.
        telegram_api_url: Base address of the Bot API server, without a trailing slash.
        public_url: Where the web server is reached from outside, no slash at its end; None: updates are asked for.
        send_rate: Messages a second over all processes; 0 for no limit.
        paid_broadcast: Editions may be paid for, beyond 30 messages a second.
        weekly_at, roundup_at, timezone: Override the rhythm of every series when set.
        editors: Telegram user ids that may use the editor's desk.
        collages_per_day: How many collages one reader may ask for.
        arxiv_url: Root of abstract pages, e-prints, HTML pages and PDFs; no trailing slash, like all addresses here.
        language_model: None drafts without one.
        cache: Folder for what was fetched; nothing in it matters.
    """

    token: str | None = field(default=None, repr=False)
    telegram_api_url: str = TELEGRAM
    public_url: str | None = None
    database_url: str = field(default=SANDBOX_DATABASE, repr=False)
    is_installation: bool = True
    host: str = "127.0.0.1"
    port: int = 8080
    timezone: str | None = None
    weekly_at: str | None = None
    roundup_at: str | None = None
    empty_queue: EmptyQueue = EmptyQueue.ARCHIVE
    send_rate: float = USUAL_RATE
    paid_broadcast: bool = False
    content: Path = ROOT / "content"
    editors: frozenset[int] = frozenset()
    figures: FigurePolicy = FigurePolicy.OPEN
    collages_per_day: int = 5
    arxiv_url: str = "https://arxiv.org"
    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    arxiv_oai_url: str = "https://oaipmh.arxiv.org/oai"
    huggingface_url: str = "https://huggingface.co"
    semantic_scholar_url: str = "https://api.semanticscholar.org"
    language_model: LanguageModelSettings | None = None
    cache: Path = ROOT / "var" / "cache"

    @property
    def is_posted_to(self) -> bool:
        """Whether updates come by webhook; those of the embedded sandbox never do."""
        return self.public_url is not None and self.token is not None

    def require_installation(self) -> None:
        """Make sure that somebody said which installation is meant, before a verb takes the sandbox for it.

        Raises:
            SettingError: Nobody did.
        """
        if not self.is_installation:
            raise SettingError(
                "Neither TELEGRAM_BOT_TOKEN nor DATABASE_URL is set, so this would be the sandbox's database. Run it"
                " with the bot's own environment (beside the systemd unit deploy/collagebot does), or set DATABASE_URL."
            )

    def applied_to(self, series: Series) -> Series:
        """*series* with the rhythm that the environment overrides; a series without a rhythm gets none."""
        return replace(
            series,
            timezone=self.timezone or series.timezone,
            weekly_at=(self.weekly_at or series.weekly_at) if series.weekly_at else None,
            roundup_at=(self.roundup_at or series.roundup_at) if series.roundup_at else None,
        )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check every variable; empty ones count as absent.

    Raises:
        SettingError: A variable cannot be used; the message names it and what it takes, never a secret.
    """
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    default = Settings()
    address = partial(_url, given)
    token = _token(given.get("TELEGRAM_BOT_TOKEN"))
    return Settings(
        token=token,
        telegram_api_url=address("TELEGRAM_API_URL", default.telegram_api_url),
        public_url=_public_url(given),
        database_url=given.get("DATABASE_URL", REAL_DATABASE if token else default.database_url),
        is_installation=token is not None or "DATABASE_URL" in given,
        host=given.get("HOST", default.host),
        port=_port(given.get("PORT", str(default.port))),
        timezone=_timezone(given.get("TIMEZONE")),
        weekly_at=_rhythm("WEEKLY_AT", given.get("WEEKLY_AT"), parse_weekly_at, "mon 09:00"),
        roundup_at=_rhythm("ROUNDUP_AT", given.get("ROUNDUP_AT"), parse_roundup_at, "last 18:00"),
        empty_queue=_empty_queue(given.get("EMPTY_QUEUE", default.empty_queue)),
        send_rate=_send_rate(given),
        paid_broadcast=_paid_broadcast(given),
        editors=_editors(given.get("EDITORS", "")),
        figures=_figures(given.get("FIGURES", default.figures)),
        collages_per_day=_collages_per_day(given.get("COLLAGES_PER_DAY", str(default.collages_per_day))),
        arxiv_url=address("ARXIV_URL", default.arxiv_url),
        arxiv_api_url=address("ARXIV_API_URL", default.arxiv_api_url),
        arxiv_oai_url=address("ARXIV_OAI_URL", default.arxiv_oai_url),
        huggingface_url=address("HUGGINGFACE_URL", default.huggingface_url),
        semantic_scholar_url=address("SEMANTIC_SCHOLAR_URL", default.semantic_scholar_url),
        language_model=_language_model(given),
        cache=Path(given.get("CACHE", default.cache)).absolute(),
    )


def _shown(value: str) -> str:
    """*value* for a message, unless it could be the token, put into the wrong variable."""
    return "something like a token" if ":" in value and len(value) > 20 and "//" not in value else repr(value[:60])


def _token(value: str | None) -> str | None:
    if value is not None and not _TOKEN.fullmatch(value):
        raise SettingError("TELEGRAM_BOT_TOKEN does not look like a bot token; copy it again from @BotFather.")
    return value


def _url(given: Mapping[str, str], name: str, default: str) -> str:
    value = given.get(name, default)
    parts = urlsplit(value)
    if parts.username is not None:
        raise SettingError(f"{name} holds a user name or a password; it takes an address without them.")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise SettingError(f"{name} is {_shown(value)}; it takes an address like {default}.")
    return value.rstrip("/")


def _public_url(given: Mapping[str, str]) -> str | None:
    if "PUBLIC_URL" not in given:
        return None
    url = _url(given, "PUBLIC_URL", "https://collage.example.org")
    parts = urlsplit(url)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise SettingError(f"PUBLIC_URL is {_shown(url)}; Telegram posts updates to https addresses only.")
    if parts.query or parts.fragment:
        raise SettingError(f"PUBLIC_URL is {_shown(url)}; it takes an address without ? and #.")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 <= int(value) <= 65535:
        raise SettingError(f"PORT is {_shown(value)}; it takes a number from 0 to 65535 (0 picks a free one).")
    return int(value)


def _timezone(value: str | None) -> str | None:
    try:
        return ZoneInfo(value).key if value is not None else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(f"TIMEZONE is {_shown(str(value))}; it takes a zone like Europe/Berlin or UTC.") from error


def _rhythm(name: str, value: str | None, parse: Callable[[str], object], example: str) -> str | None:
    try:
        if value is not None:
            parse(value)
    except ValueError as error:
        raise SettingError(f"{name} is {_shown(str(value))}; it takes a moment like '{example}'.") from error
    return value


def _empty_queue(value: str) -> EmptyQueue:
    try:
        return EmptyQueue(value.lower())
    except ValueError as error:
        raise SettingError(f"EMPTY_QUEUE is {_shown(value)}; it takes 'archive' or 'skip'.") from error


def _send_rate(given: Mapping[str, str]) -> float:
    value, most = given.get("SEND_RATE", str(USUAL_RATE)), PAID_RATE if _paid_broadcast(given) else FREE_RATE
    try:
        rate = float(value)
    except ValueError:
        rate = -1.0
    if not (rate == 0 or LEAST_RATE <= rate <= most):  # also refuses nan
        more = "" if most == PAID_RATE else f" (to {PAID_RATE} with PAID_BROADCAST=on)"
        raise SettingError(
            f"SEND_RATE is {_shown(value)}; it takes messages a second from {LEAST_RATE} to {most}{more}, "
            "or 0 for no limit."
        )
    return rate


def _paid_broadcast(given: Mapping[str, str]) -> bool:
    value = given.get("PAID_BROADCAST", "off")
    if value.lower() not in ("on", "off"):
        raise SettingError(f"PAID_BROADCAST is {_shown(value)}; it takes 'on' or 'off'.")
    return value.lower() == "on"


def _editors(value: str) -> frozenset[int]:
    ids = re.split(r"[\s,;]+", value.strip()) if value else []
    if wrong := next((one for one in ids if not _USER_ID.fullmatch(one)), None):
        raise SettingError(f"EDITORS has {_shown(wrong)}; it takes Telegram user ids like 12345678, 23456789.")
    return frozenset(map(int, ids))


def _figures(value: str) -> FigurePolicy:
    try:
        return FigurePolicy(value.lower())
    except ValueError as error:
        raise SettingError(f"FIGURES is {_shown(value)}; it takes 'open', 'any' or 'none'.") from error


def _collages_per_day(value: str) -> int:
    if not value.isdecimal() or int(value) > 1000:
        raise SettingError(f"COLLAGES_PER_DAY is {_shown(value)}; it takes a number from 0 (nobody) to 1000.")
    return int(value)


def _language_model(given: Mapping[str, str]) -> LanguageModelSettings | None:
    if "LLM_URL" not in given:
        return None
    if "LLM_MODEL" not in given:
        raise SettingError("LLM_URL is set, but LLM_MODEL is not; it takes the name of a model that the endpoint has.")
    url = _url(given, "LLM_URL", "https://api.openai.com/v1")
    return LanguageModelSettings(url, given["LLM_MODEL"], given.get("LLM_API_KEY"))
