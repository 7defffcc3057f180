"""An exchange with real detection and policy, whose answer the test leads: it repeats the question."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import AsyncClient

from egide.detection import Detector, Finding
from egide.detection.merge import merge
from egide.errors import PolicyError
from egide.policy import Action, Caller, Decision, Policy, Provider, Role, Trust
from egide.ports import Adjustments, Delta, Health, Preview, Turn
from egide.workspace import setup, wiring

setup.start()  # models may only be imported once Django is loaded

from egide.workspace.accounts.models import User  # noqa: E402
from egide.workspace.notice import services as notice  # noqa: E402
from egide.workspace.providers import services as providers  # noqa: E402
from egide.workspace.usages import services as usages  # noqa: E402

PROVIDERS = (
    Provider("maison", "Maison", "openai", "http://127.0.0.1:1/v1", Trust.LOCAL, ("petit",)),
    Provider("ailleurs", "Ailleurs", "openai", "http://127.0.0.1:1/v1", Trust.PUBLIC, ("a", "b")),
)


@dataclass
class Echo:
    """Answers with the last question, the masked values put back one by one.

    ``fail`` is raised after ``fail_after`` pieces; ``gate``, when given, holds the answer after its
    first piece. ``says`` replaces
    the answer. ``ended`` tells that the answer was stopped or ended.
    """

    detector: Detector = field(default_factory=Detector)
    policy: Policy = field(default_factory=Policy.default)
    fail: Exception | None = None
    fail_after: int = 0
    says: str = ""
    gate: asyncio.Event | None = None
    healths: dict[str, Health] = field(default_factory=dict)
    asked: list[tuple[Sequence[Turn], Adjustments]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def preview(self, caller: Caller, provider: str, text: str, adjustments: Adjustments) -> Preview:
        found = [f for f in self.detector.detect(text) if text[f.start : f.end] not in adjustments.keep]
        found = merge([*found, *_hidden(text, adjustments.hide)])
        decision = self.policy.decide(found, caller.usage, _provider(provider), caller.person)
        return Preview(decision, _masked(text, decision))

    async def answer(
        self,
        caller: Caller,
        provider: str,
        turns: Sequence[Turn],
        *,
        model: str | None,
        conversation: str,
        adjustments: Adjustments,
    ) -> AsyncIterator[Delta]:
        self.asked.append((turns, adjustments))
        text = turns[-1].text
        decision = self.preview(caller, provider, text, adjustments).decision
        if decision.action is Action.BLOCK:
            raise PolicyError("EG-3001", labels="test")
        try:
            pieces = [Delta(self.says)] if self.says else _pieces(text, decision)
            for number, piece in enumerate(pieces):
                if self.fail is not None and number >= self.fail_after:
                    raise self.fail
                if self.gate is not None and number == 1:
                    await self.gate.wait()
                yield piece
        finally:
            self.ended.set()

    def models(self, provider: str) -> Collection[str]:
        return _provider(provider).models

    def health(self) -> dict[str, Health]:
        return self.healths


def _provider(wanted: str) -> Provider:
    return next(p for p in PROVIDERS if p.id == wanted)


def _hidden(text: str, values: Collection[str]) -> Iterator[Finding]:
    for value in values:
        start = text.find(value)
        while start >= 0:
            yield Finding(start, start + len(value), "COMPANY_TERM", 1.0, "person", "Masqué à votre demande.")
            start = text.find(value, start + 1)


def _masked(text: str, decision: Decision) -> str:
    for number, finding in reversed(list(enumerate(decision.masked))):
        text = f"{text[: finding.start]}[{finding.label}_{number}]{text[finding.end :]}"
    return text


def _pieces(text: str, decision: Decision) -> Iterator[Delta]:
    position = 0
    for finding in decision.masked:
        yield Delta(text[position : finding.start])
        yield Delta(text[finding.start : finding.end], finding.label)
        position = finding.end
    yield Delta(text[position:])


@pytest.fixture
def echo(committed_db: None) -> Iterator[Echo]:
    """The gateway of the test, wired to the pages; the two providers and a usage are declared."""
    usages.add("Rédaction", slug="redaction")
    for provider in PROVIDERS:
        providers.add_provider(
            provider.name, provider.kind, provider.base_url, provider.trust, models=provider.models
        )
    led = Echo()
    before = wiring._wiring
    wiring.wire(led, wiring.keyring())
    yield led
    wiring._wiring = before


@pytest.fixture
def zoe(committed_db: None) -> User:
    """A collaborator."""
    return _informed(User.objects.create_user("zoe@exemple.fr"))


@pytest.fixture
def anne(committed_db: None) -> User:
    """A pilot."""
    return _informed(User.objects.create_user("anne@exemple.fr", Role.PILOT))


def _informed(person: User) -> User:
    notice.acknowledge(person, notice.version())
    return person


@pytest.fixture
def collaborator(echo: Echo, zoe: User) -> AsyncClient:
    return _signed_in(zoe)


@pytest.fixture
def pilot(echo: Echo, anne: User) -> AsyncClient:
    return _signed_in(anne)


@pytest.fixture
def stranger(echo: Echo) -> AsyncClient:
    return AsyncClient()


@pytest.fixture
def guarded(echo: Echo, zoe: User) -> AsyncClient:
    """A browser that shows the session but not the token of the page."""
    return _signed_in(zoe, enforce_csrf_checks=True)


def _signed_in(owner: User, *, enforce_csrf_checks: bool = False) -> AsyncClient:
    client = AsyncClient(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(owner)
    return client


async def post(client: AsyncClient, address: str, body: Any) -> Any:
    return await client.post(f"/assistant/{address}", data=json.dumps(body), content_type="application/json")


async def events(client: AsyncClient, draft: dict[str, Any]) -> list[dict[str, Any]]:
    """What the page is told, line by line, when this draft is looked at and sent."""
    seen = (await post(client, "apercu", draft)).json()["seen"]
    answer = await post(client, "envoyer", {**draft, "seen": seen})
    stream: AsyncIterator[bytes] = answer.streaming_content
    return [json.loads(line) for line in b"".join([part async for part in stream]).splitlines()]
