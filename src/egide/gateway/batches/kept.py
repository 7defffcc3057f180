"""What the vault remembers of a batch, sealed for its caller, as long as it keeps their values.

The beginning is written before any value of the batch, and the rest after all of them: when both are still
there, so is everything between.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Final

from egide.errors import GatewayError
from egide.gateway.batches.owner import Held, Owner
from egide.pseudonymisation import Session

_DAY: Final = 24 * 3600.0
# How long a provider may take to answer a batch, and the caller to fetch it.
_ROOM: Final = 2 * _DAY
_GONE: Final = "Rien n'a été demandé au fournisseur."
_SOON: Final = "Rien n'a été transmis : la conservation finirait avant que les réponses arrivent."


@dataclass(frozen=True, slots=True)
class Lot:
    """Requests that left together: the path of their dialect, how many, their bytes, and since when."""

    path: str
    model: str
    lines: int
    size: int
    began: float


def begin(owner: Owner, thread: str) -> None:
    """Before the first value of what has this thread."""
    _note(owner, f"begun/{thread}", "")


def keep(owner: Owner, thread: str, lot: Lot) -> None:
    """After the last one."""
    _note(owner, f"lot/{thread}", json.dumps(asdict(lot)))


def keep_values(owner: Owner, part: str, session: Session, clear: Collection[str]) -> None:
    """Of one request: those that were masked, to be put back, and those that were not, to know that they were
    sent."""
    keep = owner.parts.journal.keep
    if session.note:
        keep(partial(session.whole, part))
    if clear:
        keep(lambda: [session.note_down(f"clear/{part}", json.dumps(sorted(clear)))])


def sent_in(session: Session, part: str) -> list[str]:
    """The values of one request, those that ``session`` recalled and those left in clear. Reads the vault."""
    clear = session.noted([f"clear/{part}"])
    return [*session.issued.values(), *(value for text in clear.values() for value in json.loads(text))]


async def lot_of(owner: Owner, thread: str, *, ahead: bool = False) -> Lot:
    """Raises GatewayError EG-4066 when the values are forgotten; with ``ahead``, also when they would be
    before a batch that starts now is read."""
    names = [f"begun/{thread}", f"lot/{thread}"]
    found = await _noted(owner, names)
    days = owner.parts.settings.vault_days
    if not all(name in found for name in names):
        raise GatewayError("EG-4066", days=days, kept=_GONE)
    lot = Lot(**json.loads(found[names[1]]))
    left = lot.began + days * _DAY - time.time()
    if left <= 0:
        raise GatewayError("EG-4066", days=days, kept=_GONE)
    if ahead and left < min(_ROOM, days * _DAY / 2):
        raise GatewayError("EG-4066", days=days, kept=_SOON)
    return lot


def own(owner: Owner, held: Iterable[Held]) -> None:
    """These are the caller's: lists of the provider's may show them."""
    for one in held:
        name = f"own/{one.kind}/{one.provider.id}/{one.identifier}"
        saved, scope = owner.parts.saved, owner.parts.keyring.scope_id(owner.scope)
        if saved.missing(scope, [name]):
            saved.add(scope, [name])
            _note(owner, name, one.thread)
            _note(owner, f"uses/{one.provider.id}", "")


async def owned(
    owner: Owner, provider: str, kinds: Sequence[str], identifiers: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """Of these things of a provider's, the caller's own: (kind, thread) of each."""
    names = {f"own/{kind}/{provider}/{one}": (kind, one) for kind in kinds for one in identifiers}
    found = await _noted(owner, list(names))
    return {names[name][1]: (names[name][0], thread) for name, thread in found.items()}


async def used(owner: Owner, providers: Sequence[str]) -> set[str]:
    """Of these providers, those that keep something of the caller's."""
    names = {f"uses/{one}": one for one in providers}
    return {names[name] for name in await _noted(owner, list(names))}


async def was_read(owner: Owner, held: Held) -> bool:
    """Whether these results were read to their end before."""
    return bool(await _noted(owner, [_reading(held)]))


def read(owner: Owner, held: Held) -> None:
    """They are now."""
    _note(owner, _reading(held), "")


def _reading(held: Held) -> str:
    return f"read/{held.provider.id}/{held.identifier}"


def _note(owner: Owner, name: str, text: str) -> None:
    session = owner.session()
    owner.parts.journal.keep(lambda: [session.note_down(name, text)])


async def _noted(owner: Owner, names: Sequence[str]) -> dict[str, str]:
    await owner.parts.journal.flush()
    return await asyncio.to_thread(partial(owner.session().noted, names))
