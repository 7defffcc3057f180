from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from egide.workspace.company import services
from egide.workspace.company.models import Company


def test_its_id_is_opaque_and_never_changes(db: None) -> None:
    first = services.current().public_id
    services.rename("Atelier Essai")
    assert services.current().public_id == first
    assert "essai" not in str(services.current()).lower()


def test_an_empty_name_changes_nothing_unless_asked(db: None) -> None:
    services.rename(" Atelier Essai ")
    services.rename("  ")
    assert services.current().name == "Atelier Essai"
    services.rename("", force=True)
    assert services.current().name == ""


def test_there_is_one_company(db: None) -> None:
    services.current()
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.create(id=2)
