from __future__ import annotations

from dataclasses import replace

import pytest
from tests.gateway.staging import Stage

from egide.errors import GatewayError
from egide.gateway.batches.owner import BATCH, FILE, RESULTS, Owner
from egide.policy import Person, Usage


@pytest.fixture
def owner(stage: Stage) -> Owner:
    snapshot = stage.company.snapshot()
    return Owner(stage.gateway._parts, snapshot, next(iter(snapshot.callers.values())))


def given(owner: Owner, kind: str = FILE, provider: str = "ailleurs") -> str:
    return owner.keys.threaded("ex-000000000001-0123456789ab", provider).give(kind, "file-abc")


async def test_what_was_given_is_opened_for_its_owner_only(owner: Owner) -> None:
    held = owner.open(given(owner), RESULTS, FILE)
    assert (held.kind, held.identifier, held.provider.id) == (FILE, "file-abc", "ailleurs")
    strangers = (
        replace(owner, conversation="autre"),
        replace(owner, caller=replace(owner.caller, person=Person("p-9"))),
        replace(owner, caller=replace(owner.caller, usage=Usage("autre", "Autre"))),
        replace(owner, snapshot=replace(owner.snapshot, company="autre")),
    )
    for one in (*strangers, replace(owner, snapshot=replace(owner.snapshot, providers=()))):
        with pytest.raises(GatewayError, match="EG-4065"):
            one.open(given(owner), FILE)


@pytest.mark.parametrize("name", ["", "file-abc", "file-egide", "é", "a" * 10_000])
async def test_what_was_never_given_opens_nothing(owner: Owner, name: str) -> None:
    with pytest.raises(GatewayError, match="EG-4065"):
        owner.open(name, FILE, RESULTS, BATCH)


async def test_one_kind_is_not_opened_as_another(owner: Owner) -> None:
    with pytest.raises(GatewayError, match="EG-4065"):
        owner.open(given(owner, BATCH), FILE, RESULTS)


async def test_another_key_of_the_same_person_opens_it(owner: Owner) -> None:
    assert replace(owner, caller=replace(owner.caller, key_id="k-9")).open(given(owner), FILE)


async def test_the_name_of_a_conversation_is_bounded(owner: Owner) -> None:
    with pytest.raises(GatewayError, match="EG-4003"):
        replace(owner, conversation="x" * 201)
