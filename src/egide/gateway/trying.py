"""When to ask again: only before any byte of an answer was read, only for a moment, and once."""

from __future__ import annotations

from typing import Final

import aiohttp

from egide.errors import GatewayError
from egide.ports import Trouble

# The provider says itself that it did not do the work, or that what stands before it has no answer.
UNAVAILABLE: Final = frozenset({502, 503, 504, 529})
TOO_MANY: Final = 429
_TROUBLES: Final[dict[str, Trouble]] = {"EG-4032": "certificate", "EG-4033": "proxy"}
PAUSE_SECONDS: Final = 0.3
LONGEST_PAUSE: Final = 2.0


class NoAnswerError(GatewayError):
    """The provider gave no answer at all. ``unsent``: the request certainly did not reach it."""

    def __init__(self, code: str, provider: str, *, unsent: bool) -> None:
        super().__init__(code, provider=provider)
        self.unsent = unsent


def no_answer(failure: Exception, provider: str) -> NoAnswerError:
    """What people read of a failed call. Never the failure's own words: they may repeat an address."""
    if isinstance(failure, aiohttp.ClientSSLError | aiohttp.ServerFingerprintMismatch):
        return NoAnswerError("EG-4032", provider, unsent=False)  # certain, but the same again
    if isinstance(failure, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return NoAnswerError("EG-4033", provider, unsent=True)
    return NoAnswerError("EG-4008", provider, unsent=isinstance(failure, aiohttp.ClientConnectorError))


def trouble(failure: NoAnswerError) -> Trouble:
    """What befell a provider that gave no answer."""
    return _TROUBLES.get(failure.code, "silent")


def trouble_of(response: aiohttp.ClientResponse) -> Trouble:
    """What befell a provider after whose answer another is asked."""
    return "busy" if response.status == TOO_MANY else "unavailable"


def elsewhere(response: aiohttp.ClientResponse) -> bool:
    """Whether another provider may be asked in place of this one, after this answer."""
    return response.status in UNAVAILABLE or response.status == TOO_MANY


def pause_before(response: aiohttp.ClientResponse) -> float | None:
    """The seconds to wait before the same provider is asked again; None: it is not."""
    if not elsewhere(response):
        return None
    asked = response.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return max(PAUSE_SECONDS, float(asked)) if float(asked) <= LONGEST_PAUSE else None
    return None if asked or response.status == TOO_MANY else PAUSE_SECONDS
