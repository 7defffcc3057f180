from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from egide.errors import PseudonymisationError, WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.prompts import prepared
from egide.workspace.prompts.models import Prepared


def test_a_prepared_text_is_sealed_for_its_owner_alone(person: Callable[..., User]) -> None:
    zoe, luc = person(email="zoe@entreprise.example"), person(email="luc@entreprise.example")
    made = prepared.prepare(zoe, "com-relance", "Relance Mme Kervella", timezone.now())
    assert prepared.open_mine(zoe, made).text == "Relance Mme Kervella"
    assert b"Kervella" not in bytes(Prepared.objects.get().sealed_text)
    with pytest.raises(WorkspaceError, match="EG-6472"):
        prepared.open_mine(luc, made)
    Prepared.objects.update(owner=luc)
    with pytest.raises(PseudonymisationError):
        prepared.open_mine(luc, made)


def test_the_latest_of_each_prompt_is_kept_and_goes_with_the_person(person: Callable[..., User]) -> None:
    zoe = person()
    first = prepared.prepare(zoe, "com-relance", "un", timezone.now())
    second = prepared.prepare(zoe, "com-relance", "deux", timezone.now())
    prepared.prepare(zoe, "sav-reponse", "trois", timezone.now())
    with pytest.raises(WorkspaceError, match="EG-6472"):
        prepared.open_mine(zoe, first)
    assert prepared.open_mine(zoe, second).text == "deux"
    assert prepared.purge(timezone.now() + timedelta(days=10_000)) == 2
    prepared.prepare(zoe, "com-relance", "quatre", timezone.now())
    zoe.delete()
    assert not Prepared.objects.exists()
