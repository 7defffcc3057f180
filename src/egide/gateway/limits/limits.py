"""Limits as the exchanges use them.

    limits.check(…)          # before any work: is one reached already?
    await limits.admit(…)    # just before the call: count the request, or refuse
    limits.spend(…)          # after it: count tokens and cost

A request is checked and counted in one step, so that no more start than allowed; tokens and cost are known
after the answer only: what goes beyond is at most what was in flight when the limit was reached.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from egide.errors import GatewayError
from egide.gateway.limits.applied import Applied, Applying
from egide.gateway.limits.counts import Counts
from egide.gateway.limits.keeping import Keeper
from egide.gateway.limits.refusing import nearest, refusal
from egide.gateway.limits.shared import SharedCounts, Unreachable
from egide.gateway.limits.spending import Spent
from egide.policy import Caller, Provider
from egide.policy.limits import Cell, Measure, Share, Subject
from egide.ports import Count, CountStore, Snapshot


class Limits:
    """``store`` keeps counts over a restart and between processes; ``shared`` counts for several servers.

    ``clock`` gives POSIX seconds.
    """

    def __init__(
        self,
        store: CountStore | None = None,
        shared: SharedCounts | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._counts, self._shared, self._clock = Counts(), shared, clock
        self._applying = Applying()
        self._keeper = Keeper(self._counts, store, clock=clock) if store is not None else None
        self._telling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Read what was counted before."""
        if self._keeper is not None:
            await self._keeper.start()

    async def stop(self) -> None:
        """Keep what is counted."""
        if self._telling:
            await asyncio.gather(*self._telling)
        if self._shared is not None:
            await self._shared.close()
        if self._keeper is not None:
            await self._keeper.stop()

    @property
    def problem(self) -> GatewayError | None:
        """EG-4043 while the shared counter does not answer."""
        return self._shared.problem if self._shared is not None else None

    def check(self, snapshot: Snapshot, caller: Caller, provider: Provider, *, again: bool = False) -> None:
        """Raise GatewayError EG-4040, EG-4041 or EG-4042 when a limit is known to be reached.

        ``again``: the same request, for another provider; it was counted for all but that provider.
        """
        if snapshot.limits:
            found = self._find(snapshot, caller, provider, again)
            self._refuse(self._shares(found), caller, provider)

    async def admit(
        self, snapshot: Snapshot, caller: Caller, provider: Provider, *, again: bool = False, count: int = 1
    ) -> Share | None:
        """Count so many requests: all of them, or none. The limit nearest to its end, from 80 % on. Raises as
        ``check``, and EG-4067 when there is room for some of them only."""
        if not snapshot.limits or not count:
            return None
        found = self._find(snapshot, caller, provider, again)
        added = [Count(a.cell, count, a.until) for a in found if a.limit.measure is Measure.REQUESTS]
        counted = {one.cell for one in added}
        # A counter that holds less than this takes all of them.
        mosts = [(a.cell, a.limit.most - (count - 1 if a.cell in counted else 0)) for a in found]
        free, held = await self._admit(mosts, added)
        if not free:
            self._refuse([a.share(used) for a, used in zip(found, held, strict=True)], caller, provider)
            asked = (a.limit.most - used for a, used in zip(found, held, strict=True) if a.cell in counted)
            room = min(asked, default=0)
            raise GatewayError("EG-4067", count=count, room=room)
        return nearest(
            a.share(used + count * (a.cell in counted)) for a, used in zip(found, held, strict=True)
        )

    def spend(self, snapshot: Snapshot, caller: Caller, provider: Provider, model: str, spent: Spent) -> None:
        """Count what an answer used. A model without a price costs nothing that is known."""
        if not snapshot.limits or not spent.tokens:
            return
        price = snapshot.prices.get((provider.id, model)) or snapshot.prices.get((provider.id, ""))
        cost = price.cost(spent.input_tokens, spent.output_tokens) if price is not None else 0
        added: list[Count] = []
        for one in self._applying.find(snapshot.limits, caller, provider, self._clock()):
            if one.limit.measure is Measure.TOKENS:
                added.append(Count(one.cell, spent.tokens, one.until))
                added += [Count(one.estimated, spent.estimated, one.until)] * bool(spent.estimated)
            elif one.limit.measure is Measure.COST and cost:
                added.append(Count(one.cell, cost, one.until))
        self._add(added)

    def nearest(self, snapshot: Snapshot, caller: Caller, provider: Provider) -> Share | None:
        """The limit nearest to its end, from 80 % on, as this server knows it. From any thread."""
        return nearest(self._shares(self._applying.find(snapshot.limits, caller, provider, self._clock())))

    def _find(self, snapshot: Snapshot, caller: Caller, provider: Provider, again: bool) -> list[Applied]:
        found = self._applying.find(snapshot.limits, caller, provider, self._clock())
        return [one for one in found if one.limit.subject is Subject.PROVIDER] if again else found

    def _shares(self, found: Sequence[Applied]) -> list[Share]:
        held = self._counts.get(a.cell for a in found)
        return [a.share(used) for a, used in zip(found, held, strict=True)]

    def _refuse(self, shares: Sequence[Share], caller: Caller, provider: Provider) -> None:
        problem = refusal(shares, caller, provider, self._clock())
        if problem is not None:
            raise problem

    async def _admit(
        self, mosts: Sequence[tuple[Cell, int]], added: Sequence[Count]
    ) -> tuple[bool, list[int]]:
        if self._shared is not None and mosts:
            known = self._counts.get(cell for cell, _ in mosts)
            try:
                free, held = await self._shared.admit(mosts, added, known)
            except Unreachable:
                return self._counts.admit(mosts, added)
            if free:
                self._counts.add(added)
            return free, held
        return self._counts.admit(mosts, added)

    def _add(self, added: Sequence[Count]) -> None:
        if self._shared is None or not added:
            self._counts.add(added)
            return
        telling = asyncio.get_running_loop().create_task(self._tell(self._shared, added))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _tell(self, shared: SharedCounts, added: Sequence[Count]) -> None:
        """The shared counter first: what this server knows is ahead of it only when it is away."""
        try:
            await shared.add(added, self._counts.get(count.cell for count in added))
        except Unreachable:
            pass
        finally:
            self._counts.add(added)
