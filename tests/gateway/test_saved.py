from __future__ import annotations

from egide.gateway.saved import Saved


def test_what_was_written_is_not_written_again() -> None:
    saved = Saved(lambda: 0.0)
    assert saved.missing("s", ["A", "B"]) == ["A", "B"]
    saved.add("s", ["A"])
    assert saved.missing("s", ["A", "B"]) == ["B"]


def test_until_a_while_has_gone_by() -> None:
    now = [0.0]
    saved = Saved(lambda: now[0])
    saved.add("s", ["A"])
    now[0] = 901.0
    assert saved.missing("s", ["A"]) == ["A"]


def test_the_same_value_of_another_scope_is_another() -> None:
    saved = Saved(lambda: 0.0)
    saved.add("s", ["A"])
    assert saved.missing("t", ["A"]) == ["A"]


def test_the_oldest_are_forgotten() -> None:
    saved = Saved(lambda: 0.0)
    saved.add("s", ["A"])
    saved.add("s", [str(n) for n in range(50_000)])
    assert saved.missing("s", ["A"]) == ["A"]
