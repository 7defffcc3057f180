from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import unescape

import pytest
from django.test import Client

from egide.detection import Detector, Finding
from egide.policy import Role
from egide.workspace import wiring

Read = Callable[..., str]


@pytest.fixture
def pilot(browser: Callable[..., Client]) -> Client:
    """A browser logged in as a pilot."""
    return browser(Role.PILOT)


@pytest.fixture
def read(pilot: Client) -> Read:
    """A page as a pilot reads it, entities and runs of spaces undone."""

    def page(url: str, **told: str) -> str:
        return " ".join(unescape(pilot.get(url, told, follow=True).content.decode()).split())

    return page


@pytest.fixture
def detection(db: None) -> Iterator[None]:
    """The pages given real detection: what a trial recognises."""
    detector, before = Detector(), wiring.wired()

    class Recognising(type(before.exchanges)):  # type: ignore[misc]
        def recognise(self, text: str) -> Sequence[Finding]:
            return detector.detect(text)

    wiring.wire(Recognising(), before.keyring)
    yield
    wiring.wire(before.exchanges, before.keyring)
