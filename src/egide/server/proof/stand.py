"""A gateway of its own for a run: on a free loopback port, with keys and a journal that last no longer."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import uvicorn

from egide.detection.knowledge.copies import Copies, Document
from egide.detection.knowledge.winnowing import fingerprint
from egide.detection.recogniser import Source
from egide.gateway import Gateway
from egide.gateway.dialects import dialects
from egide.gateway.loopback import Loopback
from egide.gateway.speech import TRANSCRIPTIONS
from egide.journal import MemoryJournal, Record
from egide.policy import Caller, Person, Policy, Provider, Trust, Usage
from egide.ports import Snapshot
from egide.pseudonymisation import Keyring, MemoryVaultStore, SealedEntry
from egide.server.local_model import free_port
from egide.server.proof.plants import Plant
from egide.server.run import Announcing
from egide.settings import Settings

_PROVIDERS: Final = {"openai": "verification", "anthropic": "verification-anthropic"}
_LOCAL: Final = "verification-locale"
MODELS: Final = {
    **{one.name: f"{_PROVIDERS[one.kind]}/echo" for one in dialects().values()},
    TRANSCRIPTIONS.name: f"{_LOCAL}/echo",
}


class _Store(MemoryJournal):
    """Journal and vault together, as in the product."""

    def __init__(self) -> None:
        super().__init__()
        self.sealed = MemoryVaultStore()

    def append(self, records: Sequence[Record], vault: Sequence[object] = ()) -> None:
        super().append(records, ())
        self.sealed.save([entry for entry in vault if isinstance(entry, SealedEntry)])


@dataclass(slots=True)
class Stand:
    """The gateway at ``url``; its policy may be changed between two requests."""

    url: str
    key: str = field(repr=False)
    provider: Loopback
    keyring: Keyring
    planted: Sequence[Plant] = field(repr=False)
    policy: Policy
    version: int = 1
    knowledge: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        key = self.keyring.derive("verification")
        texts = [plant.value for plant in self.planted if plant.document]
        self.knowledge = (Copies([Document("Vérification", fingerprint(text, key)) for text in texts], key),)

    def use(self, policy: Policy) -> None:
        """Put this policy in force."""
        self.policy, self.version = policy, self.version + 1

    def snapshot(self) -> Snapshot:
        """See ``ports.Directory``."""
        providers = (
            Provider("verification", "Vérification", "openai", self.provider.openai_url, Trust.PUBLIC),
            Provider(
                "verification-anthropic",
                "Vérification",
                "anthropic",
                self.provider.anthropic_url,
                Trust.PUBLIC,
            ),
            Provider(_LOCAL, "Vérification", "openai", self.provider.openai_url, Trust.LOCAL),
        )
        caller = Caller(Person("verification"), Usage("verification", "Vérification"), "verification")
        callers = {self.keyring.key_digest(self.key): caller}
        terms = tuple(plant.value for plant in self.planted if plant.company)
        return Snapshot(
            self.version,
            "verification",
            self.policy,
            providers,
            callers,
            terms=terms,
            knowledge=self.knowledge,
        )


@asynccontextmanager
async def stand(provider: Loopback, planted: Sequence[Plant]) -> AsyncIterator[Stand]:
    """A running gateway in front of ``provider``, of a company that declared what of ``planted`` it must."""
    port, key = free_port(), secrets.token_urlsafe(16)
    keyring, store = Keyring(os.urandom(32)), _Store()
    place = Stand(f"http://127.0.0.1:{port}/v1", key, provider, keyring, planted, Policy.default())
    gateway = Gateway(place, keyring, store.sealed, store, Settings())
    await gateway.start()
    config = uvicorn.Config(gateway, port=port, lifespan="off", log_level="warning", access_log=False)
    started = asyncio.Event()
    server = Announcing(config, started.set)
    serving = asyncio.create_task(server._serve())
    await started.wait()
    try:
        yield place
    finally:
        server.should_exit = server.force_exit = True
        await serving
        await gateway.stop()
