from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.feedback import services
from egide.workspace.feedback.models import Decision, Kind, Proposal, Voice
from egide.workspace.feedback.sealing import unseal
from egide.workspace.feedback.services import Outcome, decide, propose
from egide.workspace.policies import services as policies

SENTENCE = "Le devis de Transports Morvan est prêt."


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person()


@pytest.fixture
def luc(person: Callable[..., User]) -> User:
    return person(email="luc@entreprise.example")


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


def _refused(code: str, *given: object, **more: object) -> str:
    with pytest.raises(WorkspaceError) as refused:
        propose(*given, **more)  # type: ignore[arg-type]
    assert refused.value.code == code
    return str(refused.value)


def test_a_value_proposed_by_several_people_is_one_proposal(zoe: User, luc: User) -> None:
    assert propose(Kind.NOT_PERSONAL, "Transports Morvan", zoe, label="ORGANISATION") is Outcome.SENT
    propose(Kind.NOT_PERSONAL, " TRANSPORTS MORVAN ", luc, label="PERSON")
    propose(Kind.NOT_PERSONAL, "Transports Morvan", zoe)
    proposal = Proposal.objects.get()
    assert [voice.person for voice in proposal.voices.all()] == [zoe, luc]
    assert (proposal.label, services.waiting()) == ("ORGANISATION", 1)
    propose(Kind.HIDE, "Transports Morvan", zoe)
    assert services.waiting() == 2


def test_the_value_and_the_sentence_are_sealed(zoe: User) -> None:
    propose(Kind.HIDE, "Transports Morvan", zoe, sentence=SENTENCE)
    with connection.cursor() as cursor:
        for table in ("feedback_proposal", "feedback_voice"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
            cells = [cell for row in cursor.fetchall() for cell in row]
            clear = b"".join(
                bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in cells
            )
            assert b"orvan" not in clear
            assert b"devis" not in clear
    content = unseal(Proposal.objects.get())
    assert (content.value, content.sentence) == ("Transports Morvan", SENTENCE)
    assert "orvan" not in repr(content)


def test_the_files_of_the_database_hold_no_value(committed_db: None) -> None:
    from pathlib import Path

    from egide.workspace import databases

    propose(
        Kind.HIDE, "Chanterelle", User.objects.create_user("zoe@exemple.fr"), sentence="Voici Chanterelle."
    )
    connections.close_all()
    for name in databases.files():
        for file in (Path(name), Path(f"{name}-wal")):
            assert not file.exists() or b"hanterelle" not in file.read_bytes()


def test_the_first_sentence_joined_is_kept(zoe: User, luc: User) -> None:
    propose(Kind.HIDE, "Morvan", zoe)
    propose(Kind.HIDE, "MORVAN", luc, sentence=SENTENCE)
    propose(Kind.HIDE, "Morvan", zoe, sentence="Morvan a appelé.")
    assert unseal(Proposal.objects.get()).sentence == SENTENCE


@pytest.mark.parametrize("value", ["", " a ", "x" * 201])
def test_a_value_too_short_or_long_is_refused(zoe: User, value: str) -> None:
    _refused("EG-6014", Kind.HIDE, value, zoe)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("sentence", ["Rien de tel ici.", "Morvan " * 200])
def test_a_sentence_that_does_not_fit_is_refused_without_being_repeated(zoe: User, sentence: str) -> None:
    said = _refused("EG-6301", Kind.HIDE, "Morvan", zoe, sentence=sentence)
    assert "Morvan" not in said
    assert "Rien de tel" not in said
    assert not Proposal.objects.exists()


def test_one_person_cannot_fill_the_page(zoe: User, luc: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_WAITING", 2)
    propose(Kind.HIDE, "un deux", zoe)
    propose(Kind.HIDE, "trois quatre", zoe)
    _refused("EG-6303", Kind.HIDE, "cinq six", zoe)
    assert propose(Kind.HIDE, "cinq six", luc) is Outcome.SENT


def test_accepting_makes_the_exemption_or_the_term(zoe: User, pilot: User) -> None:
    propose(Kind.NOT_PERSONAL, "Transports Morvan", zoe)
    propose(Kind.HIDE, "basalte bleu", zoe)
    for proposal in Proposal.objects.all():
        decide(proposal.pk, Decision.ACCEPTED, pilot)
    assert policies.exemptions() == {policies.digest("Transports Morvan")}
    assert [term.text for term in policies.terms()] == ["basalte bleu"]
    assert {(p.decision, p.by) for p in Proposal.objects.all()} == {(Decision.ACCEPTED, pilot)}
    assert propose(Kind.HIDE, "Basalte bleu", zoe) is Outcome.IN_FORCE
    assert services.waiting() == 0


def test_refusing_changes_nothing(zoe: User, pilot: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    decide(Proposal.objects.get().pk, Decision.REFUSED, pilot)
    assert policies.terms() == ()
    assert Proposal.objects.get().decision == Decision.REFUSED


def test_a_proposal_is_decided_once(zoe: User, pilot: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    pk = Proposal.objects.get().pk
    decide(pk, Decision.REFUSED, pilot)
    for gone in (pk, pk + 1):
        with pytest.raises(WorkspaceError, match="EG-6302"):
            decide(gone, Decision.ACCEPTED, pilot)
    assert policies.terms() == ()


def test_a_refusal_is_heard_once_by_each(zoe: User, luc: User, pilot: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    decide(Proposal.objects.get().pk, Decision.REFUSED, pilot)
    assert propose(Kind.HIDE, "basalte bleu", zoe) is Outcome.REFUSED
    assert services.waiting() == 0
    assert propose(Kind.HIDE, "basalte bleu", luc) is Outcome.SENT
    assert (services.waiting(), Voice.objects.count()) == (1, 2)


def test_what_was_accepted_then_taken_back_may_be_proposed_again(zoe: User, pilot: User) -> None:
    propose(Kind.NOT_PERSONAL, "Morvan", zoe)
    decide(Proposal.objects.get().pk, Decision.ACCEPTED, pilot)
    policies.forbid("Morvan")
    assert propose(Kind.NOT_PERSONAL, "Morvan", zoe) is Outcome.SENT
    assert (Proposal.objects.get().decision, Proposal.objects.get().by) == (Decision.OPEN, None)


def test_only_what_is_decided_is_removed(zoe: User, pilot: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    pk = Proposal.objects.get().pk
    with pytest.raises(WorkspaceError, match="EG-6302"):
        services.remove(pk)
    decide(pk, Decision.ACCEPTED, pilot)
    services.remove(pk)
    assert not Proposal.objects.exists()
    assert [term.text for term in policies.terms()] == ["basalte bleu"]


def test_a_person_who_leaves_still_counts(zoe: User, luc: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    propose(Kind.HIDE, "basalte bleu", luc)
    zoe.delete()
    luc.delete()
    assert Proposal.objects.get().voices.count() == 2


def test_what_is_too_old_is_forgotten(zoe: User, pilot: User) -> None:
    for value in ("ouvert ancien", "ouvert récent", "traité ancien"):
        propose(Kind.HIDE, value, zoe)
    fresh = next(p for p in Proposal.objects.all() if unseal(p).value == "ouvert récent")
    old = timezone.now() - timedelta(days=91)
    Proposal.objects.exclude(pk=fresh.pk).update(changed_at=old)
    assert services.purge(timezone.now()) == 2
    assert Proposal.objects.get() == fresh


@pytest.mark.parametrize("attempt", range(3))
def test_two_people_at_once_make_one_proposal(committed_db: None, attempt: int) -> None:
    people = [User.objects.create_user(f"personne-{n}@exemple.fr") for n in range(4)]
    together, failures = Barrier(len(people)), []

    def act(by: User) -> None:
        together.wait()
        try:
            propose(Kind.HIDE, "basalte bleu", by, sentence=f"{by.pk} dit basalte bleu.")
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=act, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Proposal.objects.get().voices.count() == len(people)


def test_of_two_pilots_at_once_one_decides(committed_db: None) -> None:
    zoe, anne = (User.objects.create_user(f"{name}@exemple.fr", Role.PILOT) for name in ("zoe", "anne"))
    propose(Kind.HIDE, "basalte bleu", zoe)
    pk, together, said = Proposal.objects.get().pk, Barrier(2), []

    def act(by: User, decision: Decision) -> None:
        together.wait()
        try:
            said.append(decide(pk, decision, by).decision)
        except WorkspaceError as refused:
            said.append(refused.code)
        finally:
            connections.close_all()

    chosen = ((zoe, Decision.ACCEPTED), (anne, Decision.REFUSED))
    threads = [Thread(target=act, args=one) for one in chosen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "EG-6302" in said
    accepted = Proposal.objects.get().decision == Decision.ACCEPTED
    assert [term.text for term in policies.terms()] == (["basalte bleu"] if accepted else [])
