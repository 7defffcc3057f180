from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from tests.workspace.justifications.conftest import KINDS, REASON

from egide.errors import PolicyError
from egide.policy import Role
from egide.ports import Accepted, Need
from egide.workspace import setup

setup.start()  # models may only be imported once Django is loaded

from django.utils import timezone  # noqa: E402

from egide.workspace.accounts.models import User  # noqa: E402
from egide.workspace.journalling import services as journal  # noqa: E402
from egide.workspace.justifications import codes, services  # noqa: E402
from egide.workspace.justifications.models import Justification, State  # noqa: E402
from egide.workspace.justifications.store import SqlJustifications  # noqa: E402

AT_ONCE = 8


@pytest.fixture
def zoe(committed_db: None) -> User:
    return User.objects.create_user("zoe@exemple.fr")


@pytest.fixture
def anne(committed_db: None) -> User:
    return User.objects.create_user("anne@exemple.fr", Role.PILOT)


@pytest.fixture
def need(zoe: User) -> Need:
    return Need(zoe.public_id, "redaction", "ailleurs", "prudent-1", "a" * 64, "api", False, KINDS)


@pytest.fixture
def together() -> Iterator[Callable[[Callable[[int], object]], list[object]]]:
    """Run the same thing in many threads that start as one; what each returned or raised."""
    pool = ThreadPoolExecutor(AT_ONCE)

    def run(what: Callable[[int], object]) -> list[object]:
        barrier = Barrier(AT_ONCE)

        def once(number: int) -> object:
            barrier.wait()
            try:
                return what(number)
            except Exception as problem:  # compared by the test
                return problem
            finally:
                connections.close_all()

        return list(pool.map(once, range(AT_ONCE)))

    yield run
    pool.shutdown()


Together = Callable[[Callable[[int], object]], list[object]]


def test_a_code_used_by_many_at_once_opens_for_one(need: Need, zoe: User, together: Together) -> None:
    store = SqlJustifications()
    pending = store.ask(need)
    assert pending.address == f"/demandes/{pending.id}/"
    services.explain(pending.id, zoe, REASON, timezone.now())
    code = codes.issue(pending.id, zoe, timezone.now())
    found = together(lambda number: store.redeem(need, code, f"ex-{number}"))
    (won,) = [one for one in found if isinstance(one, Accepted)]
    assert won.id == pending.id
    lost = [one.code for one in found if isinstance(one, PolicyError)]
    assert lost == ["EG-3028"] * (AT_ONCE - 1)
    row = Justification.objects.get()
    assert row.exchange == f"ex-{found.index(won)}"


def test_an_approval_of_a_message_sent_twice_at_once_opens_for_one(
    zoe: User, anne: User, together: Together
) -> None:
    need = Need(zoe.public_id, "redaction", "ailleurs", "prudent-1", "a" * 64, "assistant", True, KINDS)
    store = SqlJustifications()
    with pytest.raises(PolicyError):
        store.explain(need, REASON, "ex-0")
    row = Justification.objects.get()
    services.decide(row.public_id, anne, accepted=True, word="", now=timezone.now())
    found = together(lambda number: store.explain(need, REASON, f"ex-{number}"))
    assert len([one for one in found if isinstance(one, Accepted)]) == 1
    assert [one.code for one in found if isinstance(one, PolicyError)] == ["EG-3022"] * (AT_ONCE - 1)


def test_two_pilots_at_once_decide_once(zoe: User, anne: User, together: Together) -> None:
    need = Need(zoe.public_id, "redaction", "ailleurs", "prudent-1", "a" * 64, "api", True, KINDS)
    row = services.ask(need, timezone.now())
    services.explain(row.public_id, zoe, REASON, timezone.now())

    def decide(number: int) -> object:
        return services.decide(
            row.public_id, anne, accepted=number % 2 == 0, word="Décidé ainsi.", now=timezone.now()
        )

    found = together(decide)
    assert len([one for one in found if isinstance(one, Justification)]) == 1
    assert Justification.objects.get().state in (State.APPROVED, State.REFUSED)
    assert journal.check().records == 2  # one decision, and its checkpoint


def test_decisions_made_at_once_are_one_chain(zoe: User, together: Together) -> None:
    rows = [
        services.ask(
            Need(zoe.public_id, "redaction", "ailleurs", "p-1", f"{number:064d}", "api", False, KINDS),
            timezone.now(),
        )
        for number in range(AT_ONCE)
    ]
    found = together(
        lambda number: services.explain(rows[number].public_id, zoe, REASON, timezone.now()).state
    )
    assert found == [State.APPROVED] * AT_ONCE
    assert journal.check().records == 2 * AT_ONCE
