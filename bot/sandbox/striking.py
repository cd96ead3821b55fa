"""Owns which calls the faults strike: in turn, at random, or for as long as something lasts."""

import math
import random
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.faults import Fault, flooded

ALL = "*"
"""Every method, getUpdates included."""
_STRIKES_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that struck."""

    fault: Fault
    method: str
    chat_id: str


@dataclass(slots=True)
class _Rule:
    """Which calls a fault strikes.

    Attributes:
        fault: Given how many seconds the rule still holds.
        left: How many calls it still strikes; endless for rules that end otherwise.
        until: When it ends, by the monotonic clock.
        chance, seed: How likely it is to strike one call, and where the dice begin.
    """

    fault: Callable[[float], Fault]
    method: str
    chat_id: str
    skip: int = 0
    left: float = math.inf
    until: float = math.inf
    chance: float = 1.0
    seed: int = 0
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def strikes(self, method: str, chat_id: str) -> bool:
        """Tell whether it is this call's turn, and count it."""
        if not self._matches(method, chat_id) or not self._is_chosen(method, chat_id):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.left -= 1
        return True

    def _matches(self, method: str, chat_id: str) -> bool:
        is_method = self.method in (method, ALL) or (not self.method and method != "getupdates")
        return is_method and self.chat_id in ("", chat_id)

    def _is_chosen(self, method: str, chat_id: str) -> bool:
        """Throw the dice: the n-th call of a method in a chat falls alike at every run, whatever else is called."""
        self._seen[method, chat_id] += 1
        throw = random.Random(f"{self.seed} {method} {chat_id} {self._seen[method, chat_id]}")
        return self.chance >= 1 or throw.random() < self.chance


class Faults:
    """The faults that wait for their call, in the order they were added.

    Attributes:
        strikes: What struck, in order.
        upload_bytes_per_s: How fast files are taken in; 0 as fast as they come.
    """

    def __init__(self) -> None:
        self._rules: list[_Rule] = []
        self.strikes: deque[Strike] = deque(maxlen=_STRIKES_MAX)
        self.upload_bytes_per_s = 0.0

    def add(self, fault: Fault, *, method: str = "", chat_id: int | None = None, skip: int = 0, times: int = 1) -> None:
        """Let *fault* strike.

        Args:
            fault: What goes wrong.
            method: Only calls of this method, any but getUpdates when empty, any at all when `ALL`.
            chat_id: Only calls with this chat; None for all.
            skip: How many matching calls pass before.
            times: How many calls it strikes.
        """
        self._rules.append(_Rule(lambda _: fault, method.lower(), _name(chat_id), skip, times))

    def scatter(self, fault: Fault, *, chance: float, seed: int = 0, method: str = "") -> None:
        """Let *fault* strike at random until `clear`, alike at every run with the same *seed*.

        Args:
            chance: How likely it is to strike one call, from 0 to 1.
        """
        self._rules.append(_Rule(lambda _: fault, method.lower(), "", chance=chance, seed=seed))

    def last(self, fault: Fault, *, seconds: float, method: str = "", chat_id: int | None = None) -> None:
        """Let *fault* strike every matching call for so long."""
        until = time.monotonic() + seconds
        self._rules.append(_Rule(lambda _: fault, method.lower(), _name(chat_id), until=until))

    def flood(self, seconds: float, *, method: str = "", chat_id: int | None = None) -> None:
        """Answer 429 for so long, by default to every chat; each answer says how many seconds are left."""
        until = time.monotonic() + seconds
        rule = _Rule(lambda left: flooded(math.ceil(left)), method.lower(), _name(chat_id), until=until)
        self._rules.append(rule)

    def clear(self) -> None:
        """Let everything go well again."""
        self._rules.clear()
        self.upload_bytes_per_s = 0.0

    @property
    def waiting(self) -> int:
        """Count the calls that will still be struck by what strikes so many times."""
        return sum(int(rule.left) for rule in self._rules if rule.left < math.inf)

    def take(self, method: str, chat_id: str) -> Fault | None:
        """Find the fault that strikes this call, and count it."""
        now = time.monotonic()
        self._rules = [rule for rule in self._rules if rule.until > now]
        struck = next((rule for rule in self._rules if rule.strikes(method, chat_id)), None)
        if struck is None:
            return None
        self._rules = [rule for rule in self._rules if rule.left > 0]
        fault = struck.fault(struck.until - now)
        self.strikes.append(Strike(fault, method, chat_id))
        return fault


def _name(chat_id: int | None) -> str:
    return "" if chat_id is None else str(chat_id)
