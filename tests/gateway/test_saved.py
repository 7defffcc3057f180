from __future__ import annotations

from egide.gateway.saved import Saved
from egide.pseudonymisation import SealedEntry

ONE, TWO = SealedEntry("s", "a" * 32, "PERSON", b"x"), SealedEntry("s", "b" * 32, "PERSON", b"y")


def test_what_was_written_is_not_written_again() -> None:
    saved = Saved(lambda: 0.0)
    assert saved.missing([ONE, TWO]) == [ONE, TWO]
    saved.add([ONE])
    assert saved.missing([ONE, TWO]) == [TWO]


def test_until_a_while_has_gone_by() -> None:
    now = [0.0]
    saved = Saved(lambda: now[0])
    saved.add([ONE])
    now[0] = 901.0
    assert saved.missing([ONE]) == [ONE]


def test_the_same_value_of_another_scope_is_another() -> None:
    saved = Saved(lambda: 0.0)
    saved.add([ONE])
    other = SealedEntry("t", ONE.placeholder, "PERSON", b"x")
    assert saved.missing([other]) == [other]


def test_the_oldest_are_forgotten() -> None:
    saved = Saved(lambda: 0.0)
    saved.add([ONE])
    saved.add([SealedEntry("s", f"{n:032x}", "PERSON", b"") for n in range(50_000)])
    assert saved.missing([ONE]) == [ONE]
