"""Whose placeholders a request gets."""

from __future__ import annotations

import pytest
from tests.gateway.staging import KEYRING

from egide.gateway.dialects import dialects
from egide.gateway.preparing import Asked
from egide.policy import Caller, Person, Policy, Usage
from egide.ports import Snapshot

PERSONAL = [path for path, dialect in dialects().items() if not dialect.shared]


def scope(path: str, person: str, usage: str, conversation: str = "", company: str = "acme") -> str:
    snapshot = Snapshot(1, company, Policy.default())
    caller = Caller(Person(person), Usage(usage, usage))
    return KEYRING.scope_id(Asked(snapshot, caller, dialects()[path], {}, conversation).scope)


@pytest.mark.parametrize("path", PERSONAL)
def test_they_are_the_person_s_own(path: str) -> None:
    assert scope(path, "p-1", "rh") == scope(path, "p-1", "rh")
    assert scope(path, "p-1", "rh") != scope(path, "p-2", "rh")


def test_those_of_an_index_belong_to_the_usage() -> None:
    mine = scope("/embeddings", "p-1", "rh")
    assert mine == scope("/embeddings", "p-2", "rh")
    assert mine != scope("/embeddings", "p-1", "vente")
    assert mine != scope("/embeddings", "p-1", "rh", "index 2")
    assert mine != scope("/embeddings", "p-1", "rh", company="autre")
    assert mine not in {scope(path, "p-1", "rh") for path in PERSONAL}


def test_a_count_is_masked_as_the_message_would_be() -> None:
    assert scope("/messages/count_tokens", "p-1", "rh", "d") == scope("/messages", "p-1", "rh", "d")
