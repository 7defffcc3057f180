"""A limit that is reached, as an error: in French, with the exact time until one may send again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from egide.errors import EgideError, GatewayError
from egide.policy import Caller, Provider
from egide.policy.limit_words import seconds_left, told, when
from egide.policy.limits import WARNING, Measure, Share

_CODES: Final = {Measure.REQUESTS: "EG-4040", Measure.TOKENS: "EG-4041", Measure.COST: "EG-4042"}
# Clients that try again by themselves are told not to, when that would only hold a person up.
_WORTH_WAITING: Final = 60


def refusal(shares: Iterable[Share], caller: Caller, provider: Provider, now: float) -> GatewayError | None:
    """The error of the reached limit that ends last: waiting for another would only meet this one."""
    reached = [share for share in shares if share.reached]
    if not reached:
        return None
    last = max(reached, key=lambda share: share.ends)
    limit = told(last.limit, caller.usage.name, provider.name)
    limit = limit[0].lower() + limit[1:]
    seconds = seconds_left(last, now)
    return GatewayError(
        _CODES[last.limit.measure], limit=limit, when=when(last, now), share=last, wait=seconds
    )


def nearest(shares: Iterable[Share]) -> Share | None:
    """The limit of which the greatest part is used, from 80 % on."""
    share = max(shares, key=lambda share: share.ratio, default=None)
    return share if share is not None and share.ratio >= WARNING else None


def headers(problem: EgideError) -> list[tuple[bytes, bytes]]:
    """What a refusal by a limit tells programs; nothing for another error."""
    share, wait = problem.fields.get("share"), problem.fields.get("wait")
    if not isinstance(share, Share) or not isinstance(wait, int):
        return []
    told = [(b"retry-after", str(wait).encode()), warning_header(share)]
    return [*told, (b"x-should-retry", b"false")] if wait > _WORTH_WAITING else told


def warning_header(share: Share) -> tuple[bytes, bytes]:
    """``x-egide-limit: person; measure=requests; period=day; used=81%``: of whom no id is told."""
    limit, used = share.limit, int(100 * share.ratio)
    value = f"{limit.subject}; measure={limit.measure}; period={limit.period}; used={used}%"
    return b"x-egide-limit", value.encode()
