from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.gateway.staging import KEYRING

from egide.errors import GatewayError
from egide.gateway.dialects.anthropic_messages.thinking import Sealed, Trusted, seal, unseal
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.slots import Kind, Walk
from egide.pseudonymisation import Scope, Segment

MINE = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u"))
THEIRS = ScopeKeys.of(KEYRING, Scope("acme", "p-2", "u"))


def block() -> dict[str, Any]:
    return {"type": "thinking", "thinking": "Pour [PERSONNE_7K4Q2M]…", "signature": "sig=="}


def read(value: Any) -> tuple[Any, Walk]:
    walk = Walk(lambda identifier: identifier)
    return Sealed().read(value, "f", walk, lambda masked: None), walk


def test_what_comes_back_unchanged_goes_on_as_the_provider_gave_it() -> None:
    sealed = block()
    seal(sealed, MINE)
    assert sealed["signature"] != "sig=="
    unseal(sealed, MINE)
    assert sealed == block()
    value, walk = read(sealed["thinking"])
    assert type(value) is str
    assert not walk.passages


def test_a_redacted_block_too() -> None:
    sealed = {"type": "redacted_thinking", "data": "abc.def"}
    seal(sealed, MINE)
    unseal(sealed, MINE)
    assert sealed["data"] == "abc.def"
    assert type(sealed["data"]) is Trusted


@pytest.mark.parametrize("field", ["thinking", "signature"])
def test_a_change_is_refused(field: str) -> None:
    sealed = block()
    seal(sealed, MINE)
    sealed[field] += "x"
    with pytest.raises(GatewayError):
        unseal(sealed, MINE)


def test_what_another_provider_signed_is_read() -> None:
    sealed = block()
    seal(sealed, MINE.towards("premier"))
    unseal(sealed, MINE.towards("second"))
    assert sealed == block()
    assert not any(type(value) is Trusted for value in sealed.values())
    _, walk = read(sealed["thinking"])
    assert len(walk.passages) == 1


def test_another_provider_does_not_get_what_was_taken_out() -> None:
    class Hiding:
        def feed(self, segments: Sequence[Segment]) -> list[Segment]:
            return [Segment(piece.text.replace("Dupont", "[…]")) for piece in segments]

        def close(self) -> list[Segment]:
            return []

    mine = MINE.towards("premier")
    sealed = {"type": "thinking", "thinking": "Jean Dupont dit…", "signature": "sig=="}
    seal(sealed, mine, Hiding())
    assert "Dupont" not in str(sealed)
    back, elsewhere = dict(sealed), dict(sealed)
    unseal(back, mine)
    unseal(elsewhere, MINE.towards("second"))
    assert back["thinking"] == "Jean Dupont dit…"
    assert elsewhere == {"type": "thinking", "thinking": "Jean […] dit…", "signature": "sig=="}


def test_the_seal_of_another_caller_is_refused() -> None:
    sealed = block()
    seal(sealed, THEIRS)
    with pytest.raises(GatewayError):
        unseal(sealed, MINE)


def test_a_block_without_a_seal_is_analysed_and_cannot_be_masked() -> None:
    given = block()
    unseal(given, MINE)
    value, walk = read(given["thinking"])
    assert value == given["thinking"]
    assert [slot.kind for passage in walk.passages for slot in passage.slots] == [Kind.NAME]


@pytest.mark.parametrize("odd", [{"type": "text"}, {"type": "thinking", "signature": 3}, {"type": ["x"]}])
def test_other_blocks_are_left(odd: dict[str, Any]) -> None:
    before = dict(odd)
    unseal(odd, MINE)
    assert odd == before
