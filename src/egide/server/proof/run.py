"""The whole run of ``egide verify``: what is planted where, under which policy, and the control."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp

from egide.gateway.dialects import dialects
from egide.gateway.loopback import Loopback
from egide.server.proof.altering import Altering, telling
from egide.server.proof.asking import Asker
from egide.server.proof.judge import Verdict, judge
from egide.server.proof.lots import lot_positions
from egide.server.proof.plants import Plant, plants
from egide.server.proof.policies import Mode, policy
from egide.server.proof.positions import Position, closed_addresses, heard, positions
from egide.server.proof.report import Outcome
from egide.server.proof.stand import MODELS, stand

Case = tuple[Plant, Position, bool]
Progress = Callable[[str], None]
# One plain value is enough to show that a field takes no text, is never sent, or that a file is read: its
# text is then a text as another.
_ONE = "PHONE"


@dataclass(frozen=True, slots=True)
class Proof:
    """``outcomes`` of the planted values; ``control``: the same with masking off, where all must leak."""

    outcomes: Sequence[Outcome]
    control: Sequence[Outcome]

    @property
    def control_works(self) -> bool:
        """Whether the run sees a leak when there is one: at every position, for every label."""
        return bool(self.control) and all(
            o.verdict in (Verdict.LEAK, Verdict.NOT_FOUND_YET) for o in self.control
        )

    @property
    def bad(self) -> list[Outcome]:
        """Outcomes that prove nothing, or the contrary."""
        return [o for o in self.outcomes if not o.verdict.proved and o.verdict is not Verdict.NOT_FOUND_YET]

    @property
    def proved(self) -> bool:
        """Everything is masked and restored, or refused; and the control failed as it must."""
        return not self.bad and self.control_works


def all_positions() -> list[Position]:
    """The positions of every dialect and of batches, and the addresses that stay closed."""
    read = [position for dialect in dialects().values() for position in positions(dialect)]
    return [*read, *lot_positions(), *closed_addresses()]


def cases() -> Iterator[Case]:
    """Every label at every position, streamed and not; one label where the field is not read."""
    for position in all_positions():
        for plant in plants():
            if (position.carried or position.kind in ("closed", "withheld")) and plant.label != _ONE:
                continue
            for streamed in (False, True) if position.read and position.streams else (False,):
                yield plant, position, streamed


def heard_cases() -> Iterator[Case]:
    """The same for what goes with a recording, under a policy that lets it be heard."""
    for position in heard():
        for plant in plants():
            if position.read or plant.label == _ONE:
                for streamed in (False, True) if position.read else (False,):
                    yield plant, position, streamed


def control_cases() -> Iterator[Case]:
    """Every label at one position of each dialect, and one label at every position."""
    first: set[str] = set()
    for position in (*all_positions(), *heard()):
        if position.kind not in ("masked", "hidden", "file"):
            continue
        for plant in plants():
            if plant.label == _ONE or not (position.carried or position.dialect in first):
                yield plant, position, False
        if not position.carried:
            first.add(position.dialect)


async def prove(progress: Progress) -> Proof:
    """Run on a gateway of our own."""
    async with (
        Loopback(longest_piece=24, longest_write=300) as provider,
        _session() as session,
        stand(provider, plants()) as place,
    ):
        asker = Asker(session, place.url, place.key, MODELS, provider)

        async def under(mode: Mode, chosen: Iterable[Case]) -> list[Outcome]:
            progress(mode)
            place.use(policy(mode))
            return [outcome async for outcome in _outcomes(asker, mode, chosen)]

        outcomes = await under("default", cases())
        refused = {(o.label, o.position) for o in outcomes if o.verdict is Verdict.REFUSED}
        again = [c for c in cases() if c[1].read and (c[0].label, c[1].name) in refused]
        outcomes += await under("mask_all", [*again, *heard_cases()])
        return Proof(outcomes, await under("off", control_cases()))


async def prove_remote(url: str, key: str, port: int, models: dict[str, str], progress: Progress) -> Proof:
    """Run on another gateway, whose providers point at our loopback provider on ``port``."""
    local = await prove_control(progress)
    provider = Loopback(longest_piece=24, longest_write=300)
    await provider.start(port)
    try:
        async with _session() as session:
            progress("default")
            asker = Asker(session, f"{url.rstrip('/').removesuffix('/v1')}/v1", key, models, provider)
            return Proof([o async for o in _outcomes(asker, "default", _undeclared())], local)
    finally:
        await provider.stop()


async def prove_control(progress: Progress) -> list[Outcome]:
    """The control alone, on a gateway of our own: another company's masking is not ours to switch off."""
    async with Loopback() as provider, _session() as session, stand(provider, ()) as place:
        progress("off")
        place.use(policy("off"))
        asker = Asker(session, place.url, place.key, MODELS, provider)
        return [outcome async for outcome in _outcomes(asker, "off", control_cases())]


def _undeclared() -> Iterator[Case]:
    """The other company has declared neither our term nor our document: they are shown, and not counted."""
    for plant, position, streamed in cases():
        missing = "terme à déclarer" if plant.company else "document à déclarer" if plant.document else None
        yield (replace(plant, not_yet=missing) if missing else plant), position, streamed


async def _outcomes(asker: Asker, mode: Mode, chosen: Iterable[Case]) -> AsyncIterator[Outcome]:
    asker.provider.alter, asker.provider.echo = Altering(), telling
    for plant, position, streamed in chosen:
        seen = await asker.ask(position, plant.text, streamed=streamed)
        verdict = judge(plant, seen, position.kind)
        detail = seen.refusal or seen.failure or ""
        yield Outcome(plant.label, position.name, streamed, mode, verdict, detail, position.kind)


@asynccontextmanager
async def _session() -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        yield session
