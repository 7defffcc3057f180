from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.knowledge import drafts, imports
from egide.workspace.knowledge.columns import guess
from egide.workspace.knowledge.models import Draft

CLIENTS = "Raison sociale;Ville\nMenuiserie Talbourdet;Cholet\nMarchand;Rezé\n;Nantes\n".encode()


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person()


def test_a_draft_is_sealed_its_authors_alone_and_forgotten_within_the_hour(
    pilot: User, person: Callable[..., User]
) -> None:
    draft = drafts.start("Clients", "client", "clients.csv", CLIENTS, pilot)
    assert b"Talbourdet" not in bytes(Draft.objects.get().sealed)
    assert drafts.find(draft.pk, pilot) == draft
    assert list(drafts.rows_of(draft))[1] == ["Menuiserie Talbourdet", "Cholet"]
    assert draft.lines == 4
    with pytest.raises(WorkspaceError, match="EG-6207"):
        drafts.find(draft.pk, person(email="autre@entreprise.example"))
    Draft.objects.update(at=timezone.now() - timedelta(hours=2))
    with pytest.raises(WorkspaceError, match="EG-6207"):
        drafts.find(draft.pk, pilot)
    assert drafts.purge(timezone.now()) == 1


def test_a_draft_that_waits_for_its_import_is_kept(pilot: User) -> None:
    draft = drafts.start("Clients", "client", "clients.csv", CLIENTS, pilot)
    imports.ask(draft, guess(list(drafts.rows_of(draft))), pilot)
    Draft.objects.update(at=timezone.now() - timedelta(hours=2))
    assert drafts.purge(timezone.now()) == 0


def test_an_empty_file_is_refused(pilot: User) -> None:
    with pytest.raises(WorkspaceError, match="EG-6205"):
        drafts.start("Clients", "client", "clients.csv", b"", pilot)
