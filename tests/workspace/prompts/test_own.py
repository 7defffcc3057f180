from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.workspace.prompts.conftest import content

from egide.errors import PseudonymisationError, WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue, marks, own, sealing
from egide.workspace.prompts.models import Prompt, Rating, State, Version


def test_a_draft_is_its_authors_alone_and_sealed(zoe: User, anne: User, person: Callable[..., User]) -> None:
    ref = str(own.write(zoe, content(title="Relance de Mme Kervella"), timezone.now()).pk)
    assert catalogue.find(zoe, ref).content.title == "Relance de Mme Kervella"
    assert b"Kervella" not in bytes(Prompt.objects.get().sealed_draft)
    for other in (anne, person(Role.ADMIN), person(email="luc@entreprise.example")):
        with pytest.raises(WorkspaceError, match="EG-6471"):
            catalogue.find(other, ref)
        assert ref not in {entry.ref for entry in catalogue.entries(other)}
        for asked in (
            lambda other=other: own.write(other, content(), timezone.now(), ref),
            lambda other=other: own.submit(other, ref, timezone.now()),
            lambda other=other: own.take_back(other, ref),
            lambda other=other: own.withdraw(other, ref),
            lambda other=other: own.remove(other, ref),
        ):
            with pytest.raises(WorkspaceError, match="EG-6471"):
                asked()
    assert Prompt.objects.get().state == State.DRAFT


def test_an_approved_prompt_that_changes_needs_approval_again(
    zoe: User, anne: User, share: Callable[..., Prompt], person: Callable[..., User]
) -> None:
    luc = person(email="luc@entreprise.example")
    ref = str(share().pk)
    assert catalogue.find(luc, ref).version == 1
    own.write(zoe, content(title="Autre titre"), timezone.now(), ref)
    assert Prompt.objects.get().state == State.DRAFT
    assert catalogue.find(luc, ref).content.title == content().title
    share(ref, title="Autre titre")
    assert (catalogue.find(luc, ref).content.title, catalogue.find(luc, ref).version) == ("Autre titre", 2)
    own.write(zoe, content(title="Autre titre"), timezone.now(), ref)
    assert Prompt.objects.get().state == State.SHARED, "nothing changed"


def test_a_pilot_approves_the_very_text_that_was_read(zoe: User, anne: User) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    seen = sealing.digest(content())
    with pytest.raises(WorkspaceError, match="EG-6473"):
        own.decide(anne, ref, seen, timezone.now(), accepted=True)
    own.submit(zoe, ref, timezone.now())
    own.write(zoe, content(template="Tout autre chose."), timezone.now(), ref)
    own.submit(zoe, ref, timezone.now())
    with pytest.raises(WorkspaceError, match="EG-6473"):
        own.decide(anne, ref, seen, timezone.now(), accepted=True)
    assert (own.waiting(), Version.objects.count()) == (1, 0)


def test_a_refusal_goes_back_to_the_author_with_a_word(zoe: User, anne: User) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    own.submit(zoe, ref, timezone.now())
    own.decide(anne, ref, sealing.digest(content()), timezone.now(), accepted=False, word="Trop long")
    row = own.draft(zoe, ref)
    assert (row.state, row.current, sealing.open_word(row)) == (State.REFUSED, None, "Trop long")
    assert b"Trop" not in bytes(row.sealed_word)
    own.submit(zoe, ref, timezone.now())
    assert own.waiting() == 1
    own.take_back(zoe, ref)
    assert own.waiting() == 0


def test_nobody_approves_their_own_unless_alone(anne: User, person: Callable[..., User]) -> None:
    ref = str(own.write(anne, content(), timezone.now()).pk)
    own.submit(anne, ref, timezone.now())
    other = person(Role.ADMIN)
    with pytest.raises(WorkspaceError, match="EG-6474"):
        own.decide(anne, ref, sealing.digest(content()), timezone.now(), accepted=True)
    other.delete()
    assert own.decide(anne, ref, sealing.digest(content()), timezone.now(), accepted=True).current == 1


def test_a_version_does_not_open_in_the_place_of_another(share: Callable[..., Prompt]) -> None:
    ref = str(share().pk)
    share(ref, title="Autre titre")
    first, second = Version.objects.order_by("number")
    Version.objects.filter(pk=second.pk).update(sealed_content=first.sealed_content)
    with pytest.raises(PseudonymisationError):
        sealing.open_version(Version.objects.select_related("prompt").get(pk=second.pk))


def test_withdrawn_it_is_offered_to_nobody_and_its_author_keeps_the_text(
    zoe: User, anne: User, share: Callable[..., Prompt]
) -> None:
    ref = str(share().pk)
    own.withdraw(anne, ref)
    with pytest.raises(WorkspaceError, match="EG-6471"):
        catalogue.find(anne, ref)
    assert catalogue.find(zoe, ref).state == State.DRAFT
    share(ref)
    assert catalogue.find(anne, ref).version == 2
    marks.rate(anne, ref, 4)
    own.remove(zoe, ref)
    assert (Prompt.objects.count(), Version.objects.count(), Rating.objects.count()) == (0, 0, 0)


def test_when_a_person_leaves_what_others_use_stays_and_the_rest_goes(
    zoe: User, anne: User, share: Callable[..., Prompt]
) -> None:
    ref = str(share().pk)
    own.write(zoe, content(title="Un changement privé"), timezone.now(), ref)
    own.write(zoe, content(title="Un brouillon privé"), timezone.now())
    zoe.delete()
    left = Prompt.objects.get()
    assert (str(left.pk), left.author, left.state) == (ref, None, State.SHARED)
    assert sealing.open_draft(left) == content()
    assert catalogue.find(anne, ref).author == ""
    own.withdraw(anne, ref)
    assert not Prompt.objects.exists()


def test_a_script_cannot_fill_the_library(zoe: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST", 2)
    for _ in range(2):
        own.write(zoe, content(), timezone.now())
    with pytest.raises(WorkspaceError, match="EG-6475"):
        own.write(zoe, content(), timezone.now())


@pytest.mark.parametrize("ref", ["x", "{ref}", "urn:uuid:{ref}", "{hex}", "{upper}", "../{ref}", ""])
def test_a_prompt_has_one_name_only(zoe: User, ref: str) -> None:
    row = own.write(zoe, content(), timezone.now())
    name = ref.format(ref=row.pk, hex=row.pk.hex, upper=str(row.pk).upper())
    if name == str(row.pk):
        assert catalogue.find(zoe, name).ref == name
        return
    with pytest.raises(WorkspaceError, match="EG-6471"):
        catalogue.find(zoe, name)
