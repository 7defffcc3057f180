from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.pseudonymisation import Keyring, Scope

parts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
keyring = Keyring(b"0123456789012345678901234567890123456789")


@given(st.tuples(parts, parts, parts, parts), st.tuples(parts, parts, parts, parts))
def test_two_scopes_share_nothing(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    same = one == other
    assert (keyring.scope_id(Scope(*one)) == keyring.scope_id(Scope(*other))) == same
    assert (keyring.placeholder_key(Scope(*one)) == keyring.placeholder_key(Scope(*other))) == same


def test_the_stored_name_of_a_scope_tells_nothing_of_its_parts(keyring: Keyring, scope: Scope) -> None:
    name = keyring.scope_id(scope)
    assert len(name) == 32
    assert int(name, 16) >= 0
    assert not any(part in name for part in scope.parts)


def test_no_separator_can_move_a_part_into_the_next() -> None:
    scopes = {
        Scope("a", "b", "c"),
        Scope("a\x1fb", "c", ""),
        Scope("a1:b", "c", ""),
        Scope("ab", "", "c"),
        Scope("a", "", "bc"),
    }
    assert len({scope.key() for scope in scopes}) == len(scopes)
