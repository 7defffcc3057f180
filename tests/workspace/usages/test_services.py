from __future__ import annotations

import pytest

from egide.errors import WorkspaceError
from egide.workspace.usages import services


def test_the_default_usage_comes_first(db: None) -> None:
    services.add("Annonces")
    services.default()
    assert [usage.id for usage in services.available()] == ["assistance", "annonces"]


def test_an_identifier_is_made_from_the_name_and_is_unique(db: None) -> None:
    assert services.add("Réponses aux clients").slug == "reponses-aux-clients"
    with pytest.raises(WorkspaceError, match="EG-6012"):
        services.add("Réponses aux clients")


def test_a_usage_switched_off_is_not_offered(db: None) -> None:
    usage = services.add("Annonces")
    usage.active = False
    usage.save()
    assert services.available() == ()
    with pytest.raises(WorkspaceError, match="EG-6003"):
        services.find("annonces")
