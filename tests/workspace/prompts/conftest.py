"""A person's own prompt, written and shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from egide.policy import Role
from egide.workspace import setup

setup.start()  # models may only be imported once Django is loaded

from egide.workspace.accounts.models import User  # noqa: E402
from egide.workspace.prompts import own, sealing  # noqa: E402
from egide.workspace.prompts.content import Content  # noqa: E402
from egide.workspace.prompts.models import Prompt  # noqa: E402

WRITTEN: dict[str, Any] = {
    "title": "Résumer une visite de chantier",
    "department": "technique",
    "use_case": "Compte rendu d'une page",
    "template": "Notes de {{personne}} : {{notes}}\nFais un résumé en {{lignes}} lignes.",
    "allowed": ("interne",),
    "masked": ("personnel",),
    "checklist": ("noms", "complet"),
    "risk": "moyen",
    "review_by": "chef de chantier",
}


def content(**changes: Any) -> Content:
    return Content.model_validate({**WRITTEN, **changes})


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def anne(person: Callable[..., User]) -> User:
    return person(Role.PILOT, name="Anne Le Gall")


@pytest.fixture
def share(zoe: User, anne: User) -> Callable[..., Prompt]:
    """Has Zoé's text approved by Anne: a new prompt, or a new version of one."""

    def approved(ref: str = "", **changes: Any) -> Prompt:
        written = content(**changes)
        ref = str(own.write(zoe, written, timezone.now(), ref).pk)
        own.submit(zoe, ref, timezone.now())
        return own.decide(anne, ref, sealing.digest(written), timezone.now(), accepted=True)

    return approved
