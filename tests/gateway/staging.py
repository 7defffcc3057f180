"""A real gateway on the loopback address, in front of a real provider, with a real journal in memory."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn

from egide.errors import PolicyError
from egide.gateway import Gateway
from egide.gateway.loopback import Loopback
from egide.journal import MemoryJournal, Record
from egide.policy import Caller, Fallback, Person, Policy, Provider, Trust, Usage
from egide.policy.limits import Limit, Price
from egide.ports import Accepted, Need, Pending, Snapshot
from egide.pseudonymisation import Keyring, MemoryVaultStore, SealedEntry
from egide.settings import Settings

KEY, OTHER_KEY = "egd_premier", "egd_second"
KEYRING = Keyring(b"clef de test " * 4)


class Store(MemoryJournal):
    """The journal and the vault together, as the workspace keeps them. ``broken``: every write fails;
    ``kept``: how many values were kept."""

    def __init__(self) -> None:
        super().__init__()
        self.sealed = MemoryVaultStore()
        self.broken = False
        self.kept = 0

    def append(self, records: Sequence[Record], vault: Sequence[object] = ()) -> None:
        if self.broken:
            raise OSError("disk full")
        super().append(records, vault)
        self.kept += len(vault)
        self.sealed.save([entry for entry in vault if isinstance(entry, SealedEntry)])


@dataclass
class Reasons:
    """``ports.Justifications`` in memory: a reason is enough, save where a pilot must decide and did not.
    ``codes``: what each opens, given by the test; ``alone``: who asks is the pilot; ``hung``: when it is
    cleared, nothing answers."""

    asked: list[Need] = field(default_factory=list)
    used: list[tuple[Need, str]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    alone: bool = False
    broken: bool = False
    hung: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.hung.set()

    def ask(self, need: Need) -> Pending:
        if self.broken:
            raise OSError("disk full")
        self.asked.append(need)
        self.hung.wait(30)
        return Pending(f"ju-{len(self.asked)}", f"/demandes/ju-{len(self.asked)}/")

    def redeem(self, need: Need, code: str, exchange: str) -> Accepted:
        if self.codes.get(code) != need.content:
            raise PolicyError("EG-3023")
        del self.codes[code]
        return self._use(need, code)

    def explain(self, need: Need, reason: str, exchange: str) -> Accepted:
        if need.approval and not self.alone:
            raise PolicyError("EG-3022", justification="ju-1")
        return self._use(need, reason)

    def _use(self, need: Need, given: str) -> Accepted:
        self.used.append((need, given))
        return Accepted("ju-1", "p-9" if need.approval else need.person, need.approval)


@dataclass
class Company:
    """A directory that a test may change."""

    providers: tuple[Provider, ...] = ()
    terms: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    policy: Policy = field(default_factory=Policy.default)
    limits: tuple[Limit, ...] = ()
    prices: dict[tuple[str, str], Price] = field(default_factory=dict)
    version: int = 1
    fallbacks: tuple[Fallback, ...] = ()

    def snapshot(self) -> Snapshot:
        usage = Usage("redaction", "Rédaction")
        callers = {
            KEYRING.key_digest(KEY): Caller(Person("p-1"), usage, "k-1"),
            KEYRING.key_digest(OTHER_KEY): Caller(Person("p-2"), usage, "k-2"),
        }
        return Snapshot(
            self.version,
            "acme",
            self.policy,
            self.providers,
            callers,
            self.allowed,
            self.terms,
            tools=self.tools,
            limits=self.limits,
            prices=self.prices,
            fallbacks=self.fallbacks,
        )


@dataclass
class Stage:
    """All that a test needs: the address, what the provider received, what the journal holds."""

    url: str
    gateway: Gateway
    provider: Loopback
    store: Store
    company: Company
    reasons: Reasons

    def entries(self, kind: str) -> list[dict[str, object]]:
        """Details of the journal's entries of a kind, in order."""
        return [dict(r.entry.details) for r in self.store.read() if r.entry.kind == kind]

    async def closed(self) -> dict[str, object]:
        """The details of the only closed entry, once it is written."""
        async with asyncio.timeout(20):
            while not self.entries("closed"):  # noqa: ASYNC110 - written by a thread that tells nobody
                await asyncio.sleep(0.005)
        (only,) = self.entries("closed")
        return only


def providers_of(provider: Loopback) -> tuple[Provider, ...]:
    """The loopback provider under each of its protocols."""
    return (
        Provider("ailleurs", "Ailleurs", "openai", provider.openai_url, Trust.PUBLIC, ("grand",), "secret-o"),
        Provider("libre", "Libre", "openai", provider.openai_url, Trust.PUBLIC),
        Provider("autre", "Autre", "anthropic", provider.anthropic_url, Trust.PUBLIC, ("fin",), "secret-a"),
    )


@asynccontextmanager
async def staged(settings: Settings | None = None, **options: object) -> AsyncIterator[Stage]:
    """The gateway served by uvicorn on a free port."""
    store = Store()
    async with Loopback() as provider:
        company = Company(providers_of(provider))
        reasons = Reasons()
        options.setdefault("justifications", reasons)
        gateway = Gateway(company, KEYRING, store.sealed, store, settings or Settings(), **options)  # type: ignore[arg-type]
        await gateway.start()
        config = uvicorn.Config(gateway, port=0, lifespan="off", log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield Stage(f"http://127.0.0.1:{port}/v1", gateway, provider, store, company, reasons)
        finally:
            server.should_exit = True
            server.force_exit = True
            await task
            await gateway.stop()
