from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.workspace.justifications.conftest import NOW, REASON

from egide.errors import EgideError
from egide.policy import Role
from egide.ports import Accepted, Need
from egide.workspace.accounts.models import User
from egide.workspace.journalling import services as journal
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.justifications import codes, services
from egide.workspace.justifications.models import Justification, State

Change = Callable[..., Need]
SOON = NOW + timedelta(minutes=1)


def refused(what: Callable[[], object]) -> str:
    with pytest.raises(EgideError) as problem:
        what()
    return problem.value.code


def code_of(need: Need, zoe: User) -> str:
    """The code of a reason that was enough."""
    row = services.ask(need, NOW)
    services.explain(row.public_id, zoe, REASON, NOW)
    return codes.issue(row.public_id, zoe, NOW)


def decisions() -> list[dict[str, Any]]:
    return [json.loads(row.details) for row in JournalRecord.objects.filter(kind="decided").order_by("pk")]


def test_the_same_need_is_the_same_request_while_it_is_alive(need: Change) -> None:
    first = services.ask(need(), NOW)
    assert services.ask(need(), SOON).public_id == first.public_id
    others = [need(content="b" * 64), need(usage="autre"), need(policy="prudent-2"), need(door="assistant")]
    assert len({first.public_id, *(services.ask(other, NOW).public_id for other in others)}) == 5
    assert services.ask(need(), NOW + timedelta(hours=72)).public_id != first.public_id


def test_a_program_that_tries_again_and_again_fills_no_table(need: Change, zoe: User) -> None:
    for number in range(services.MOST_ASKED + 5):
        services.ask(need(content=f"{number:064d}"), NOW + timedelta(seconds=number))
    kept = Justification.objects.filter(person=zoe)
    assert kept.count() == services.MOST_ASKED
    assert not kept.filter(content=f"{0:064d}").exists()
    assert kept.filter(content=f"{services.MOST_ASKED + 4:064d}").exists()


def test_ones_own_reason_opens_exactly_one_exchange(need: Change, zoe: User) -> None:
    code = code_of(need(), zoe)
    accepted = services.redeem(need(), code, "ex-1", SOON)
    row = Justification.objects.get()
    assert accepted == Accepted(row.public_id, zoe.public_id, approved=False)
    assert (row.state, row.exchange, row.used_at) == (State.USED, "ex-1", SOON)
    assert refused(lambda: services.redeem(need(), code, "ex-2", SOON)) == "EG-3028"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content": "b" * 64}, "EG-3025"),
        ({"provider": "autre"}, "EG-3025"),
        ({"door": "assistant"}, "EG-3025"),
        ({"approval": True}, "EG-3025"),
        ({"usage": "autre"}, "EG-3026"),
        ({"policy": "prudent-2"}, "EG-3027"),
    ],
)
def test_a_code_opens_nothing_else_and_stays_good_for_its_own(
    need: Change, zoe: User, changes: dict[str, Any], code: str
) -> None:
    given = code_of(need(), zoe)
    assert refused(lambda: services.redeem(need(**changes), given, "ex-1", SOON)) == code
    services.redeem(need(), given, "ex-1", SOON)


def test_a_code_of_somebody_else_is_an_unknown_one(need: Change, zoe: User, anne: User) -> None:
    given = code_of(need(), zoe)
    stolen = services.redeem, need(person=anne.public_id)
    told = []
    for code in (given, "AAAAA-AAAAA-AAAAA-AAAAA", "", "x" * 5000, "é'; drop"):
        with pytest.raises(EgideError) as problem:
            stolen[0](stolen[1], code, "ex-1", SOON)
        told.append(str(problem.value))
    assert len(set(told)) == 1
    assert told[0].startswith("EG-3023")
    services.redeem(need(), f"  {given.lower().replace('-', ' ')} ", "ex-1", SOON)


def test_a_code_lives_some_minutes_and_another_may_be_given(need: Change, zoe: User) -> None:
    given, late = code_of(need(), zoe), NOW + timedelta(minutes=15)
    assert refused(lambda: services.redeem(need(), given, "ex-1", late)) == "EG-3024"
    row = Justification.objects.get()
    again = codes.issue(row.public_id, zoe, late)
    assert refused(lambda: services.redeem(need(), given, "ex-1", late)) == "EG-3023"
    services.redeem(need(), again, "ex-1", late + timedelta(minutes=14))
    assert refused(lambda: codes.issue(row.public_id, zoe, late)) == "EG-6162"


def test_an_approval_has_an_end(need: Change, zoe: User) -> None:
    code_of(need(), zoe)
    row, end = Justification.objects.get(), NOW + timedelta(hours=72)
    assert refused(lambda: codes.issue(row.public_id, zoe, end)) == "EG-6162"
    given = codes.issue(row.public_id, zoe, end - timedelta(minutes=1))
    assert refused(lambda: services.redeem(need(), given, "ex-1", end)) == "EG-3024"


def test_a_pilot_decides_where_the_policy_says_so(need: Change, zoe: User, anne: User) -> None:
    wanted = need(approval=True)
    row = services.ask(wanted, NOW)
    assert services.explain(row.public_id, zoe, REASON, NOW).state == State.WAITING
    assert refused(lambda: codes.issue(row.public_id, zoe, NOW)) == "EG-6162"
    assert decisions() == []
    services.decide(row.public_id, anne, accepted=True, word="", now=SOON)
    given = codes.issue(row.public_id, zoe, SOON)
    assert services.redeem(wanted, given, "ex-1", SOON) == Accepted(row.public_id, anne.public_id, True)
    (told,) = decisions()
    assert (told["person"], told["decided_by_id"]) == (zoe.public_id, anne.public_id)
    assert (told["outcome"], told["justification_id"]) == ("approved", row.public_id)
    assert told["labels"] == {"HEALTH": 2, "PERSON": 1}
    assert told["content_digest"] == "a" * 64


def test_a_refusal_says_why_and_opens_nothing(need: Change, zoe: User, anne: User) -> None:
    wanted = need(approval=True)
    row = services.ask(wanted, NOW)
    services.explain(row.public_id, zoe, REASON, NOW)
    decide = services.decide
    assert refused(lambda: decide(row.public_id, anne, accepted=False, word=" ", now=NOW)) == "EG-6164"
    decided = decide(row.public_id, anne, accepted=False, word="Le service local suffit.", now=NOW)
    assert decided.state == State.REFUSED
    assert refused(lambda: codes.issue(row.public_id, zoe, NOW)) == "EG-6162"
    assert refused(lambda: decide(row.public_id, anne, accepted=True, word="", now=NOW)) == "EG-6162"
    assert decisions()[0]["outcome"] == "refused"
    # One may ask again, with another reason.
    assert services.ask(wanted, SOON).public_id != row.public_id


def test_nobody_decides_for_themselves_while_another_can(
    need: Change, anne: User, person: Callable[..., User]
) -> None:
    wanted = need(person=anne.public_id, approval=True)
    luc = person(Role.ADMIN, email="luc@entreprise.example")
    row = services.ask(wanted, NOW)
    assert services.explain(row.public_id, anne, REASON, NOW).state == State.WAITING
    assert refused(lambda: services.decide(row.public_id, anne, accepted=True, word="", now=NOW)) == "EG-6163"
    luc.is_active = False
    luc.save()
    # Invited, and never came in.
    User.objects.create_user("eva@entreprise.example", Role.ADMIN)
    services.decide(row.public_id, anne, accepted=True, word="", now=NOW)
    alone = services.ask(need(person=anne.public_id, approval=True, content="c" * 64), NOW)
    assert services.explain(alone.public_id, anne, REASON, NOW).state == State.APPROVED


@pytest.mark.parametrize("reason", ["", "   ", "trop court", "a" * 40, "x " * 1100])
def test_a_reason_says_something(need: Change, zoe: User, reason: str) -> None:
    row = services.ask(need(), NOW)
    assert refused(lambda: services.explain(row.public_id, zoe, reason, NOW)) == "EG-6161"
    assert refused(lambda: services.settle(need(), reason, "ex-1", NOW)) == "EG-6161"
    assert Justification.objects.get().state == State.ASKED


def test_a_reason_is_only_the_persons_own_to_give(need: Change, anne: User) -> None:
    row = services.ask(need(), NOW)
    assert refused(lambda: services.explain(row.public_id, anne, REASON, NOW)) == "EG-6162"


def test_the_assistant_gives_the_reason_with_the_exchange(need: Change, zoe: User) -> None:
    wanted = need(door="assistant")
    accepted = services.settle(wanted, REASON, "ex-1", NOW)
    row = Justification.objects.get()
    assert accepted == Accepted(row.public_id, zoe.public_id, approved=False)
    assert (row.state, row.exchange, services.reason_of(row)) == (State.USED, "ex-1", REASON)
    services.settle(wanted, REASON, "ex-2", NOW)
    assert Justification.objects.count() == 2


def test_the_assistant_waits_for_the_pilot_then_sends_once(need: Change, zoe: User, anne: User) -> None:
    wanted = need(door="assistant", approval=True)
    with pytest.raises(EgideError) as waits:
        services.settle(wanted, REASON, "ex-1", NOW)
    assert waits.value.code == "EG-3022"
    assert refused(lambda: services.settle(wanted, REASON, "ex-2", NOW)) == "EG-3022"
    row = Justification.objects.get()
    assert waits.value.fields["justification"] == row.public_id
    services.decide(row.public_id, anne, accepted=True, word="", now=NOW)
    other = need(door="assistant", approval=True, content="b" * 64)
    assert refused(lambda: services.settle(other, REASON, "ex-3", NOW)) == "EG-3022"
    assert services.settle(wanted, "", "ex-4", NOW) == Accepted(row.public_id, anne.public_id, True)
    assert refused(lambda: services.settle(wanted, REASON, "ex-5", NOW)) == "EG-3022"


def test_nobody_fills_the_pilots_page(need: Change, zoe: User, anne: User) -> None:
    for number in range(services.MOST_WAITING):
        wanted = need(door="assistant", approval=True, content=f"{number:064d}")
        assert refused(lambda: services.settle(wanted, REASON, "ex-1", NOW)) == "EG-3022"  # noqa: B023
    last = need(door="assistant", approval=True, content="f" * 64)
    assert refused(lambda: services.settle(last, REASON, "ex-1", NOW)) == "EG-6166"
    row = services.ask(need(approval=True), NOW)
    assert refused(lambda: services.explain(row.public_id, zoe, REASON, NOW)) == "EG-6166"


def test_what_is_kept_is_sealed_and_the_journal_has_no_reason(need: Change, zoe: User, anne: User) -> None:
    wanted = need(approval=True)
    row = services.ask(wanted, NOW)
    services.explain(row.public_id, zoe, REASON, NOW)
    services.decide(row.public_id, anne, accepted=True, word="Entendu, une fois.", now=NOW)
    given = codes.issue(row.public_id, zoe, NOW)
    stored = repr(list(Justification.objects.values())) + repr(list(JournalRecord.objects.values()))
    for secret in (REASON, "CPAM", "Entendu", given, given.replace("-", "")):
        assert secret not in stored
    assert journal.check().records == 2  # the decision, and its checkpoint


def test_a_sealed_reason_opens_nowhere_else(need: Change) -> None:
    services.settle(need(door="assistant"), REASON, "ex-1", NOW)
    row = Justification.objects.get()
    row.public_id = "ju-elsewhere"
    assert refused(lambda: services.reason_of(row)) == "EG-2001"


def test_a_decision_that_the_journal_refuses_is_not_made(
    need: Change, zoe: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from egide.errors import JournalError
    from egide.workspace.journalling.store import SqlJournal

    def fail(*_: object) -> None:
        raise JournalError("EG-5001")

    row = services.ask(need(), NOW)
    monkeypatch.setattr(SqlJournal, "append", fail)
    assert refused(lambda: services.explain(row.public_id, zoe, REASON, NOW)) == "EG-6165"
    kept = Justification.objects.get()
    assert (kept.state, bytes(kept.sealed_reason)) == (State.ASKED, b"")


def test_reasons_are_forgotten_in_time(need: Change) -> None:
    services.settle(need(door="assistant"), REASON, "ex-1", NOW)
    assert services.purge(NOW + timedelta(days=90)) == 0
    assert services.purge(NOW + timedelta(days=90, seconds=1)) == 1


def test_the_address_is_whole_when_the_public_one_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    from egide.workspace import configuration

    assert services.address("ju-1") == "/demandes/ju-1/"
    known = configuration.current().model_copy(update={"public_url": "https://egide.entreprise.example/"})
    monkeypatch.setattr(configuration, "current", lambda: known)
    assert services.address("ju-1") == "https://egide.entreprise.example/demandes/ju-1/"
