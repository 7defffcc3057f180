from __future__ import annotations

import re

from tests.gateway.staging import KEYRING

from egide.gateway.identifiers import ScopeKeys, exchange_id, opaque
from egide.journal.details import is_identifier
from egide.pseudonymisation import Scope

MINE = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u"))
THEIRS = ScopeKeys.of(KEYRING, Scope("acme", "p-2", "u"))


def test_a_token_is_always_the_same_in_a_scope_and_links_no_two_scopes() -> None:
    assert MINE.token("call_dupont") == MINE.token("call_dupont")
    assert MINE.token("call_dupont") != THEIRS.token("call_dupont")
    assert re.fullmatch(r"[a-z2-7]{9}", MINE.token("call_dupont"))


def test_a_seal_is_of_the_text_and_of_the_scope() -> None:
    assert MINE.sign("a") == MINE.sign("a")
    assert len({MINE.sign("a"), MINE.sign("b"), THEIRS.sign("a"), MINE.token("a")}) == 4


def test_exchanges_have_names_of_their_own_that_the_journal_takes() -> None:
    names = [exchange_id() for _ in range(500)]
    assert len(set(names)) == 500
    assert all(map(is_identifier, names))


def test_a_name_that_the_journal_refuses_is_hashed() -> None:
    assert opaque("mistral") == "mistral"
    assert "Dupont" not in opaque("M. Dupont")
    assert is_identifier(opaque("M. Dupont"))
    assert opaque("M. Dupont") != opaque("M. Durand")
