"""A draft that can be published, and what publishes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts, signing
from egide.workspace.charter.models import CharterVersion, Signature
from egide.workspace.company import services as company
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages

VALUES = {
    "date_entree_vigueur": "2026-12-01",
    "referent_securite": "Yann Le Goff",
    "contact_rgpd": "dpo@entreprise.example",
    "contact_incident": "02 98 00 00 00",
    "direction": "Anne Kervella, gérante",
    "usages_encadres": "les devis",
    "donnees_confidentielles_propres": "nos prix d'achat",
    "relecteurs": "le responsable du dossier",
}
ANSWERS = {"rh": "non", "transparence": "oui", "sanctions": "B"}
Publish = Callable[..., CharterVersion]


@pytest.fixture(autouse=True)
def told(db: None) -> None:
    """What the company told elsewhere."""
    company.rename("Menuiserie Kervella")
    usages.default()
    providers.add_provider("Mistral", "openai", "https://127.0.0.1:1/v1", "european", models=["small"])


@pytest.fixture
def publish(person: Callable[..., User]) -> Publish:
    """Publishes the draft with these values over the usual ones."""

    def make(
        summary: str = "",
        *,
        left_out: dict[str, str] | None = None,
        answers: dict[str, str] | None = None,
        **values: str,
    ) -> CharterVersion:
        by = User.objects.filter(role="pilot").first() or person("pilot")
        given = {**ANSWERS, **(answers or {})}
        kept = drafts.change(VALUES | values, left_out or {}, given, drafts.draft().revision, by)
        return drafts.publish(summary, kept.revision, by)

    return make


@pytest.fixture
def sign() -> Callable[..., Signature]:
    """Signs the version published last as a person."""

    def make(person: User, **given: object) -> Signature:
        version = signing.newest()
        assert version is not None
        told = {
            "number": version.number,
            "digest": version.digest,
            "name": "Julie Martin",
            "agreed": True,
            "address": "192.0.2.7",
            "browser": "Firefox",
        }
        return signing.sign(person, **{**told, **given})  # type: ignore[arg-type]

    return make
