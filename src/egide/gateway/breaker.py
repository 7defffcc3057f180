"""Circuit breakers: a provider that fails several times in a row is left alone for a while.

Passive: nothing is ever sent only to see. Once the rest is over one call is let through, and tells.

    attempt = breakers.admit(provider)    # None: leave it alone
    attempt.answered(); attempt.completed(); attempt.failed(); attempt.let_go()

Used from the event loop; ``health`` may be read from any thread.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from egide.policy import Network, Provider
from egide.ports import Health

FAILURES: Final = 5
REST_SECONDS: Final = 30.0
_MOST: Final = 512


class Breaker:
    """One provider's. Closed until ``FAILURES`` in a row; then open; then half-open."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._until: float | None = None  # while it is open
        self._probing = False

    def admit(self) -> Attempt | None:
        """A call may be made, or not."""
        if self._until is None:
            return Attempt(self)
        if self._probing or self._clock() < self._until:
            return None
        self._probing = True
        return Attempt(self, probe=True)

    def health(self) -> Health:
        """Its state now."""
        if self._until is None:
            return Health("closed", self._failures)
        wait = self._until - self._clock()
        return Health("open", self._failures, wait) if wait > 0 else Health("half-open", self._failures)

    def close(self) -> None:
        """It answers."""
        self._failures, self._until, self._probing = 0, None, False

    def count(self, *, probe: bool) -> None:
        """It failed once more."""
        self._failures += 1
        if probe or (self._until is None and self._failures >= FAILURES):
            self._until = self._clock() + REST_SECONDS
        if probe:
            self._probing = False

    def is_open(self) -> bool:
        """Whether it is open or half-open."""
        return self._until is not None

    def forget_probe(self) -> None:
        """The call that was to tell never told: another may."""
        self._probing = False


@dataclass(slots=True)
class Attempt:
    """One call that was let through. What is said first of its end counts."""

    breaker: Breaker
    probe: bool = False
    _ended: bool = False

    def answered(self) -> None:
        """The head of an answer came: a provider that was left alone is back."""
        if not self._ended and self.breaker.is_open():
            self.breaker.close()
            self.probe = False

    def completed(self) -> None:
        """The answer came whole."""
        if self._end():
            self.breaker.close()

    def failed(self) -> None:
        """It could not be reached, answered by an error of its own (5xx), fell silent or cut."""
        if self._end():
            self.breaker.count(probe=self.probe)

    def let_go(self) -> None:
        """The caller left, or nothing was sent: it tells nothing of the provider."""
        if self._end() and self.probe:
            self.breaker.forget_probe()

    def _end(self) -> bool:
        ended, self._ended = self._ended, True
        return not ended


class Breakers:
    """One per provider and way to reach it: a pilot who mends an address does not wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._breakers: OrderedDict[tuple[str, str, Network], Breaker] = OrderedDict()

    def admit(self, provider: Provider) -> Attempt | None:
        """A call to this provider may be made, or not."""
        key = _key(provider)
        breaker = self._breakers.get(key)
        if breaker is None:
            breaker = self._breakers[key] = Breaker(self._clock)
            while len(self._breakers) > _MOST:
                self._breakers.popitem(last=False)
        return breaker.admit()

    def health(self, provider: Provider) -> Health:
        """The state of this provider."""
        breaker = self._breakers.get(_key(provider))
        return breaker.health() if breaker is not None else Health("closed")


def _key(provider: Provider) -> tuple[str, str, Network]:
    return provider.id, provider.base_url, provider.network
