from __future__ import annotations

from egide.detection import Detector
from egide.workspace.accounts import links
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.example.company import example
from egide.workspace.example.loader import ExampleProvider, load, remove
from egide.workspace.keys import services as keys
from egide.workspace.knowledge import sources
from egide.workspace.knowledge.models import Document, TermList
from egide.workspace.policies import services as policies
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage


def _local(port: int) -> ExampleProvider:
    return ExampleProvider(
        "Modèle local", f"http://127.0.0.1:{port}/v1", models=("petit",), api_key="une-cle"
    )


def _content() -> tuple[object, ...]:
    return (
        sorted(User.objects.values_list("email", flat=True)),
        usages.available(),
        policies.terms(),
        policies.exemptions(),
        providers.in_force(),
        company.current().name,
        list(TermList.objects.values_list("name", "stamp")),
        list(Document.objects.values_list("name", "stamp")),
    )


def test_loading_fills_the_workspace_and_again_changes_nothing(db: None) -> None:
    load([_local(9001)])
    first = _content()
    assert len(User.objects.all()) == len(example().people)
    assert company.current().name == "Atelier Morvan"
    load([_local(9001)])
    assert _content() == first


def test_its_list_and_its_document_are_recognised_in_the_text_to_try(db: None) -> None:
    load([])
    found = Detector([], sources.sources()).detect(example().trial)
    assert [finding.label for finding in found] == ["COMPANY_TERM"] * 3 + ["CONFIDENTIAL_COPY"]
    assert all("(exemple)" in finding.reason for finding in found)


def test_the_local_model_is_followed_to_another_port(db: None) -> None:
    load([_local(9001)])
    load([_local(9002)])
    (provider,) = providers.in_force()
    assert (provider.base_url, provider.api_key) == ("http://127.0.0.1:9002/v1", "une-cle")


def test_the_first_administrator_may_still_come_in(db: None) -> None:
    load([])
    assert links.awaits_first()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_removing_leaves_what_real_people_made(db: None) -> None:
    User.objects.create_user("vrai@entreprise.example")
    usages.add("Vrai usage")
    company.rename("Vraie entreprise")
    load([_local(9001)])
    keys.create_key("vrai@entreprise.example", "devis")
    remove(["Modèle local"])
    assert list(User.objects.values_list("email", flat=True)) == ["vrai@entreprise.example"]
    assert [usage.id for usage in usages.available()] == ["assistance", "vrai-usage"]
    assert not Usage.objects.get(slug="devis").active, "a real key stands on it"
    assert (policies.terms(), policies.exemptions(), providers.in_force()) == ((), frozenset(), ())
    assert company.current().name == "Vraie entreprise"
    assert sources.sources() == ()
    remove(["Modèle local"])
