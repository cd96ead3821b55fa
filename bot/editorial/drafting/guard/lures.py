"""Owns what no drafted text may hold: links, mentions, hashtags, commands, markup, and orders to the reader."""

import re

from bot.editorial.sections import MARKUP

_ENDINGS = "com|org|net|io|ru|cn|xyz|top|shop|me|ly|gg|info|site|link|click|app|dev|co|ai|edu|gov|de|uk|in|tv|to"
_HOST = r"[a-z0-9][\w-]{0,60}(?:\.[\w-]{1,60}){0,4}"
_LURES = (
    re.compile(r"\b(?:https?|ftp|tg|mailto)\s?:\s?/{0,2}\S+|\b(?:javascript|data):\S+", re.IGNORECASE),
    re.compile(rf"\b(?:www\.|{_HOST}\.(?:{_ENDINGS})/)\S*", re.IGNORECASE),
    re.compile(rf"\b{_HOST}\.(?:com|org|net|io|ru|cn|xyz|top|shop|me|ly|gg|link|click|app)\b"),
    re.compile(r"(?<![\w.])[@＠]\w{2,}|\b[\w.+-]{1,60}@[\w-]{1,60}\.\w+"),
    re.compile(r"(?<!\w)[#＃][^\W\d]\w+"),
    re.compile(r"(?<![\w/.)\]])/[a-z][a-z0-9_]{2,}\b"),
    re.compile(r"</?[a-zA-Z!][^>]*>?|&(?:[a-z]+|#\d+);|\\[A-Za-z]+\s?\{|\{\{|\[/?(?:INST|system)"),
    MARKUP,
)
_YOU = r"(?:us|me|our|my|this|the)"
_ORDERS = re.compile(
    r"\b(?:click|tap) (?:here|on|this|the|below|now)\b"
    r"|\b(?:subscribe|sign up|log in|register) (?:for|now|here|at|today)\b"
    rf"|\bsubscribe to {_YOU}\b|\b(?:follow|join|visit|contact|message) (?:us|me|our|my)\b|\blink in (?:the )?bio\b"
    r"|\b(?:visit|see|check out) (?:the|our|this) (?:website|site|page|link|channel|repository|repo|profile)\b"
    r"|^(?:please|click|tap|subscribe|download|buy|donate|forward|share|retweet|call|scan)\b"
    r"(?=.*\b(?:now|here|this|us|me|you|your|to)\b)"
    r"|\b(?:ignore|disregard|forget|override) (?:all |any |the |your |every )?(?:previous|prior|above|earlier|system)\b"
    r"|\b(?:your system prompt|previous instructions|as an ai(?: language)? model)\b"
    r"|\bi (?:cannot|can't|am unable to) (?:help|assist|comply|summari)"
    r"|\byou (?:must|should|need to|have to) (?:click|buy|visit|send|subscribe|join|follow|download|pay)\b"
    r"|\b(?:limited offer|discount code|promo code|free trial|telegram channel|whatsapp|bitcoin address)\b"
    r"|点击|点此|关注我|关注公众号|请订阅|订阅我|扫码|扫描二维码|转发|加群|加微信|微信号|私信|购买|优惠|忽略(?:之前|以上|上述|前面)|系统提示词",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]+")


def lure_in(sentence: str) -> str | None:
    """Find what would lead the reader of *sentence* elsewhere, or work as markup."""
    for lure in _LURES:
        if found := lure.search(sentence):
            return found[0]
    return None


def order_in(sentence: str) -> str | None:
    """Find what orders the reader, or a model, about."""
    found = _ORDERS.search(sentence)
    return found[0] if found else None


def foreign_in(sentence: str, paper: str) -> str | None:
    """Find Chinese in an English *sentence* that does not stand in *paper*."""
    return next((run for run in _HAN.findall(sentence) if run not in paper), None)
