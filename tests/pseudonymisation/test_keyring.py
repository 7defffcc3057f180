from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.errors import PseudonymisationError
from egide.pseudonymisation import Keyring

from .conftest import MASTER

shared = Keyring(MASTER)


@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_what_is_sealed_opens_in_its_own_context(plain: bytes, context: str) -> None:
    assert shared.open(shared.seal(plain, context), context) == plain


def test_a_blob_moved_elsewhere_does_not_open(keyring: Keyring) -> None:
    with pytest.raises(PseudonymisationError, match="EG-2001"):
        keyring.open(keyring.seal(b"valeur", "vault/a"), "vault/b")


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_any_changed_byte_is_refused(place: int, change: int) -> None:
    sealed = bytearray(shared.seal(b"valeur", "ici"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(PseudonymisationError):
        shared.open(bytes(sealed), "ici")


@pytest.mark.parametrize("blob", [b"", b"abc", bytes(16), bytes(40)])
def test_what_is_no_blob_is_refused(keyring: Keyring, blob: bytes) -> None:
    with pytest.raises(PseudonymisationError, match="EG-2001"):
        keyring.open(blob, "ici")


def test_after_a_rotation_old_blobs_open_and_new_ones_use_the_new_key(keyring: Keyring) -> None:
    old = keyring.seal(b"ancienne", "ici")
    rotated = Keyring(b"une autre cle maitresse, tout aussi longue", previous=[MASTER])
    assert rotated.open(old, "ici") == b"ancienne"
    new = rotated.seal(b"nouvelle", "ici")
    assert rotated.open(new, "ici") == b"nouvelle"
    with pytest.raises(PseudonymisationError):
        keyring.open(new, "ici")


def test_two_purposes_and_two_masters_give_unrelated_keys(keyring: Keyring) -> None:
    keys = {keyring.derive("a"), keyring.derive("b"), Keyring(b"x" * 40).derive("a")}
    assert len(keys) == 3
    assert keyring.derive("a") == Keyring(MASTER).derive("a")


def test_digests_of_keys_and_values_differ_and_hold_no_value(keyring: Keyring) -> None:
    assert keyring.key_digest("egd_abc") != keyring.value_digest("egd_abc")
    assert "egd" not in keyring.key_digest("egd_abc")


def test_nothing_secret_is_shown(keyring: Keyring) -> None:
    assert MASTER.decode() not in repr(keyring)
    assert keyring.derive("sealing").hex() not in repr(vars(keyring).keys())
