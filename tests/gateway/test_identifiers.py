from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gateway.staging import KEYRING

from egide.gateway.identifiers import ScopeKeys, exchange_id, is_given, opaque, part_of
from egide.journal.details import is_identifier
from egide.pseudonymisation import Keyring, Scope

MINE = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u"))
THEIRS = ScopeKeys.of(KEYRING, Scope("acme", "p-2", "u"))


def test_a_token_is_always_the_same_in_a_scope_and_links_no_two_scopes() -> None:
    assert MINE.token("call_dupont") == MINE.token("call_dupont")
    assert MINE.token("call_dupont") != THEIRS.token("call_dupont")
    assert re.fullmatch(r"[a-z2-7]{9}", MINE.token("call_dupont"))


def test_a_seal_is_of_the_text_and_of_the_scope() -> None:
    assert MINE.sign("a") == MINE.sign("a")
    assert len({MINE.sign("a"), MINE.sign("b"), THEIRS.sign("a"), MINE.token("a")}) == 4


def threaded(keys: ScopeKeys, provider: str = "ailleurs", number: int = 1) -> ScopeKeys:
    """The keys of one exchange, which knows nothing of the others."""
    return ScopeKeys(keys._key).threaded(f"ex-{number:012x}-0123456789ab", provider)


@pytest.mark.parametrize("name", ["resp_1", "rs_a_b", "call", "", "gAAAA/+==", "é\nü", "egide", "resp_"])
def test_what_is_given_out_is_taken_back_from_the_same_caller_only(name: str) -> None:
    given = threaded(MINE).give("item", name)
    assert is_given(given)
    assert name.split("_")[0] in given
    assert threaded(MINE, number=2).take("item", given) == name
    assert threaded(MINE).take("response", given) is None
    assert threaded(THEIRS).take("item", given) is None
    assert threaded(MINE).take("item", name) is None


@given(st.integers(0, 200), st.sampled_from("abcdef234567_X"))
def test_a_seal_that_was_touched_is_refused(at: int, letter: str) -> None:
    given = threaded(MINE).give("response", "resp_0123456789")
    changed = given[:at] + letter + given[at + 1 :]
    assert threaded(MINE).take("response", changed) in (("resp_0123456789",) if changed == given else (None,))


def test_a_seal_given_again_is_the_one_that_came_back() -> None:
    given = threaded(MINE).give("response", "resp_1")
    later = threaded(ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u")), number=2)
    assert later.take("response", given) == "resp_1"
    assert later.give("response", "resp_1") == given
    assert later.give("response", "resp_2") != given


def test_the_threads_of_what_came_back_are_of_one_provider() -> None:
    one, other = threaded(MINE).give("item", "a"), threaded(MINE, number=2).give("item", "b")
    later = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u"))
    assert later.threads("ailleurs") == set()
    later.take("item", one), later.take("item", other)
    assert later.threads("ailleurs") == {threaded(MINE).thread, threaded(MINE, number=2).thread}
    assert later.threads("autre") is None


def test_the_same_name_given_out_twice_is_of_both_threads() -> None:
    given = [threaded(MINE, number=number).give("item", "resp_twice") for number in (3, 4)]
    later = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u"))
    assert [later.take("item", one) for one in given] == ["resp_twice"] * 2
    assert later.threads("ailleurs") == {threaded(MINE, number=number).thread for number in (3, 4)}


def test_after_a_rotation_of_the_master_key_what_was_given_out_is_taken_back() -> None:
    scope = Scope("acme", "p-1", "u")
    given = threaded(ScopeKeys.of(Keyring(b"ancienne clef " * 4), scope)).give("item", "a")
    rotated = Keyring(b"nouvelle clef " * 4, previous=[b"ancienne clef " * 4])
    later = ScopeKeys.of(rotated, scope)
    assert later.take("item", given) == "a"
    assert later.threads("ailleurs")
    assert ScopeKeys.of(Keyring(b"nouvelle clef " * 4), scope).take("item", given) is None


def test_exchanges_have_names_of_their_own_that_the_journal_takes() -> None:
    names = [exchange_id() for _ in range(500)]
    assert len(set(names)) == 500
    assert all(map(is_identifier, names))


def test_a_name_that_the_journal_refuses_is_hashed() -> None:
    assert opaque("mistral") == "mistral"
    assert "Dupont" not in opaque("M. Dupont")
    assert is_identifier(opaque("M. Dupont"))
    assert opaque("M. Dupont") != opaque("M. Durand")


def test_the_thread_of_what_was_given_out_tells_its_provider_and_leaves_no_trace() -> None:
    keys = threaded(MINE)
    given = keys.give("file", "file-abc")
    assert given.startswith("file-egide")
    later = ScopeKeys(MINE._key)
    taken = later.taken("file", given)
    assert taken == ("file-abc", keys.thread)
    assert later.threads("ailleurs") == set()
    assert later.is_of(keys.thread, "ailleurs")
    assert not later.is_of(keys.thread, "autre")
    assert later.under(keys.thread).give("file", "file-abc") == given
    assert later.taken("batch", given) is None
    assert THEIRS.taken("file", given) is None


def test_parts_of_a_thread_are_threads_of_the_same_provider() -> None:
    keys = threaded(MINE)
    parts = {part_of(keys.thread, name) for name in ("a", "b", "a\x1fb", "")}
    assert len(parts) == 4
    assert {len(part) for part in parts} == {len(keys.thread)}
    assert all(MINE.is_of(part, "ailleurs") for part in parts)
    given = MINE.under(part_of(keys.thread, "a")).give("response", "resp_1")
    assert MINE.taken("response", given) == ("resp_1", part_of(keys.thread, "a"))
