"""People of each role, a browser logged in as one of them, and a gateway that is asked for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import translation

from egide.detection import Finding
from egide.errors import EgideError
from egide.policy import Caller, Role
from egide.ports import Adjustments, Delta, Health, Preview, Turn
from egide.workspace import setup, wiring

setup.start()  # models may only be imported once Django is loaded

from egide.workspace.accounts.models import User  # noqa: E402
from egide.workspace.notice import services as notice  # noqa: E402

PASSWORD = "quatre lampes vertes"


class NoExchange:
    """These tests send nothing: an exchange here is a mistake."""

    def preview(self, caller: Caller, provider: str, text: str, adjustments: Adjustments) -> Preview:
        raise AssertionError("no preview expected")

    def recognise(self, text: str) -> Sequence[Finding]:
        raise AssertionError("no text expected")

    def answer(
        self,
        caller: Caller,
        provider: str,
        turns: Sequence[Turn],
        *,
        model: str | None,
        conversation: str,
        adjustments: Adjustments,
    ) -> AsyncIterator[Delta]:
        raise AssertionError("no exchange expected")

    def models(self, provider: str) -> Collection[str]:
        return ()

    def warnings(self) -> Sequence[EgideError]:
        return ()

    def health(self) -> Mapping[str, Health]:
        return {}


@pytest.fixture(scope="session", autouse=True)
def wired(workspace: None) -> None:
    wiring.wire(NoExchange(), wiring.keyring())


@pytest.fixture(autouse=True)
def in_french(workspace: None) -> Iterator[None]:
    """A page in English leaves its language to the thread, as Django does: the next test begins in French."""
    yield
    translation.deactivate()


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes a person of this role, who has read the notice unless ``informed`` says otherwise."""

    def make(
        role: Role = Role.COLLABORATOR, email: str = "", *, informed: bool = True, **fields: object
    ) -> User:
        user = User.objects.create_user(email or f"{role}@entreprise.example", role, **fields)
        user.password = _hashed()
        user.save()
        if informed:
            notice.acknowledge(user, notice.version())
        return user

    return make


@pytest.fixture
def browser(person: Callable[..., User]) -> Callable[..., Client]:
    """A browser logged in as a person of this role (None: not logged in)."""

    def open_as(role: Role | None, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        if role is not None:
            user = User.objects.filter(email=f"{role}@entreprise.example").first() or person(role)
            client.force_login(user)
        return client

    return open_as
