from __future__ import annotations

import time
from dataclasses import replace

import pytest
from tests.gateway.staging import KEY, KEYRING, OTHER_KEY, Company

from egide.errors import GatewayError
from egide.gateway.access import caller_of
from egide.gateway.statuses import status_of

SNAPSHOT = Company().snapshot()


@pytest.mark.parametrize(
    ("headers", "person"),
    [
        ({b"authorization": f"Bearer {KEY}".encode()}, "p-1"),
        ({b"authorization": f"bearer   {KEY} ".encode()}, "p-1"),
        ({b"x-api-key": OTHER_KEY.encode()}, "p-2"),
        ({b"authorization": b"Bearer", b"x-api-key": OTHER_KEY.encode()}, "p-2"),
        ({b"authorization": b"Basic abc", b"x-api-key": KEY.encode()}, "p-1"),
    ],
)
def test_a_key_names_its_person(headers: dict[bytes, bytes], person: str) -> None:
    assert caller_of(headers, SNAPSHOT, KEYRING).person.id == person


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {b"authorization": b""},
        {b"authorization": b"Bearer "},
        {b"authorization": f"Basic {KEY}".encode()},
        {b"authorization": KEY.encode()},
        {b"x-api-key": b"\xff\xfe"},
        {b"x-api-key": KEYRING.key_digest(KEY).encode()},
        {b"authorization": b"Bearer faux", b"x-api-key": KEY.encode()},
    ],
)
def test_anything_else_is_nobody(headers: dict[bytes, bytes]) -> None:
    with pytest.raises(GatewayError) as refused:
        caller_of(headers, SNAPSHOT, KEYRING)
    assert refused.value.code == "EG-4001"


def test_who_must_sign_the_charter_is_refused_from_a_given_time_on() -> None:
    headers = {b"x-api-key": KEY.encode()}
    early = replace(SNAPSHOT, unsigned={"p-1": time.time() + 3600})
    assert caller_of(headers, early, KEYRING).person.id == "p-1"
    late = replace(SNAPSHOT, unsigned={"p-1": time.time() - 1})
    with pytest.raises(GatewayError) as refused:
        caller_of(headers, late, KEYRING)
    assert (refused.value.code, status_of(refused.value)) == ("EG-6419", 403)
    assert caller_of({b"x-api-key": OTHER_KEY.encode()}, late, KEYRING).person.id == "p-2"


@pytest.mark.parametrize("header", [(b"authorization", f"Bearer {KEY}"), (b"x-api-key", KEY)])
def test_who_was_not_told_what_is_recorded_sends_nothing(header: tuple[bytes, str]) -> None:
    headers, snapshot = {header[0]: header[1].encode()}, replace(SNAPSHOT, uninformed=frozenset({"p-1"}))
    with pytest.raises(GatewayError) as refused:
        caller_of(headers, snapshot, KEYRING)
    assert (refused.value.code, status_of(refused.value)) == ("EG-6151", 403)
    assert caller_of({b"x-api-key": OTHER_KEY.encode()}, snapshot, KEYRING).person.id == "p-2"
