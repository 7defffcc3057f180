"""Lists of what a provider keeps: it has those of the whole company, the caller sees its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from egide.errors import GatewayError
from egide.gateway.batches import kept
from egide.gateway.batches.calling import called, content_of
from egide.gateway.batches.owner import Held, Owner
from egide.policy import Provider

LARGEST: Final = 100
_DEFAULT: Final = 20
# A list of the provider's is read this far for one of the caller's.
_MOST_PAGES: Final = 50
Show = Callable[[Held, dict[str, Any]], Awaitable[dict[str, Any]]]


def limit_of(query: Mapping[str, str], largest: int = LARGEST) -> int:
    """How many are asked for. Raises GatewayError EG-4003."""
    asked = query.get("limit", "")
    if not asked:
        return _DEFAULT
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:9]) <= largest:
        raise GatewayError("EG-4003", field="limit")
    return int(asked)


async def owned_things(
    owner: Owner,
    kinds: tuple[str, ...],
    providers: list[Provider],
    path: str,
    given: Mapping[bytes, bytes],
    *,
    limit: int,
    cursor: str,
    after: str = "",
    more: Mapping[str, str] | None = None,
    show: Show,
) -> tuple[list[dict[str, Any]], bool]:
    """The caller's things below ``path`` at these providers, at most ``limit``, from ``after`` on; and
    whether there may be others. ``cursor`` is the parameter that asks for the page after a thing."""
    found: list[dict[str, Any]] = []
    start: Held | None = owner.open(after, *kinds) if after else None
    used = await kept.used(owner, [one.id for one in providers])
    wanted = [one for one in providers if one.id in used]
    if start is not None:
        names = [one.id for one in wanted]
        wanted = wanted[names.index(start.provider.id) :] if start.provider.id in names else []
    for provider in wanted:
        place = start.identifier if start is not None and start.provider.id == provider.id else ""
        for _ in range(_MOST_PAGES):
            query = {**(more or {}), "limit": str(LARGEST)} | ({cursor: place} if place else {})
            async with called(owner.parts, provider, "GET", path, given, query) as response:
                page = await content_of(provider, response)
            things = _things(provider, page)
            own = await kept.owned(owner, provider.id, kinds, list(things))
            for name, thing in things.items():
                if name in own:
                    if len(found) == limit:
                        return found, True
                    kind, thread = own[name]
                    found.append(await show(Held(kind, name, thread, provider), thing))
            last = list(things)[-1] if things else ""
            if page.get("has_more") is not True or not last or last == place:
                break
            place = last
    return found, False


def _things(provider: Provider, page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    things = page.get("data")
    if type(things) is not list or any(
        type(one) is not dict or type(one.get("id")) is not str for one in things
    ):
        raise GatewayError("EG-4010", provider=provider.name)
    return {one["id"]: one for one in things}
