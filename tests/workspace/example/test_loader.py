from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.utils import timezone

from egide.detection import Detector
from egide.policy import Role
from egide.reference.autodiagnostic import questionnaire
from egide.reference.prompts import prompts
from egide.reference.training import modules
from egide.workspace import configuration
from egide.workspace.accounts import links
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action
from egide.workspace.ai_act.models import Assessment
from egide.workspace.charter import signing
from egide.workspace.charter.models import CharterVersion
from egide.workspace.company import services as company
from egide.workspace.example.company import example
from egide.workspace.example.loader import ExampleProvider, load, remove
from egide.workspace.hygiene import services as hygiene
from egide.workspace.hygiene.models import Answer, Campaign
from egide.workspace.keys import services as keys
from egide.workspace.knowledge import services as knowledge
from egide.workspace.knowledge import sources
from egide.workspace.knowledge.models import Document, TermList
from egide.workspace.overview.models import Tally
from egide.workspace.policies import services as policies
from egide.workspace.programmes import directory
from egide.workspace.programmes import services as programmes
from egide.workspace.programmes.models import Follow
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Undeclared, Usage

FILLED = {
    "accounts": "User",
    "actions": "Action",
    "charter": "CharterVersion Signature CharterDraft",
    "diagnosis": "Diagnosis Answer",
    "hygiene": "Campaign Answer",
    "notice": "Reading Details",
    "overview": "Tally",
    "programmes": "Follow",
    "prompts": "Favourite Rating",
    "training": "Attempt Certificate Edition",
    "usages": "Usage Change Undeclared",
}


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


def _counts() -> dict[str, int]:
    # Not of the example: the version of the directory only grows, the key of the lists is made once for all.
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in ("directory.Version", "knowledge.KnowledgeKey")
    }


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_removing_leaves_no_trace_in_any_table_nor_file(db: None) -> None:
    usages.default()  # every start of the server makes these two
    company.current()
    folder = configuration.current().data_dir
    before, files = _counts(), _files(folder)
    load([_local(9001)])
    filled = _counts()
    grown = {label for label, count in filled.items() if count > before[label]}
    assert grown >= {f"{app}.{model}" for app, models in FILLED.items() for model in models.split()}
    load([_local(9001)])
    assert _counts() == filled
    remove()
    assert _counts() == before
    assert _files(folder) == files
    found = company.current()
    assert (found.name, found.staff, found.naf, found.region) == ("", None, "", "")
    assert found.representatives is None


def test_figures_of_real_exchanges_are_given_back(db: None) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Tally.objects.create(day=yesterday, label="IBAN", outcome="sent", count=7)
    Tally.objects.create(day=yesterday, label="NIR", outcome="stopped", count=1)
    load([])
    remove()
    assert sorted(Tally.objects.values_list("label", "count")) == [("IBAN", 7), ("NIR", 1)]


def test_the_charter_that_a_real_person_signed_stays(person: Callable[..., User]) -> None:
    real = person()
    load([_local(9001)])
    version = signing.newest()
    assert version is not None
    signing.sign(real, number=1, digest=version.digest, name="Vraie", agreed=True, address="", browser="")
    remove()
    kept = CharterVersion.objects.get()
    assert (kept.by, kept.intact, kept.signatures.get().person) == (None, True, real)
    assert signing.proof(kept.signatures.get()).valid


def test_what_a_real_pilot_took_over_stays(person: Callable[..., User]) -> None:
    real = person(Role.PILOT)
    load([])
    entry = directory.find("opco")
    programmes.follow(entry, programmes.Standing(), real)
    action = Action.objects.filter(origin="diagnosis").order_by("pk")[0]
    action.owner = real
    action.save()
    remove()
    assert [one.programme for one in Follow.objects.all()] == ["opco"]
    assert list(Action.objects.all()) == [action]


def test_its_people_are_fictional(db: None) -> None:
    assert all(one.email.endswith(".example") for one in example().people)
    assert example().contact.endswith(".example")
    assert not any(re.search(r"\d{4,}|@(?!atelier-morvan\.example)", one.name) for one in example().people)


def test_it_names_what_the_reference_holds(db: None) -> None:
    told = example()
    known = {one.id for one in prompts().prompts}
    assert {ref for one in told.people for ref in (*one.favourites, *one.stars)} <= known
    assert {name for one in told.people for name in (*one.passed, *one.failed)} <= set(modules())
    asked = {one.id for one in questionnaire().questions}
    assert {name for one in told.diagnoses for name in one.answers} <= asked
    assert {one.question for one in told.actions} <= asked
    assert {one.programme for one in told.follows} <= {one.id for one in directory.entries()}


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
    remove()
    assert list(User.objects.values_list("email", flat=True)) == ["vrai@entreprise.example"]
    assert [usage.id for usage in usages.available()] == ["assistance", "vrai-usage"]
    assert not Usage.objects.get(slug="devis").active, "a real key stands on it"
    assert (policies.terms(), policies.exemptions(), providers.in_force()) == ((), frozenset(), ())
    assert company.current().name == "Vraie entreprise"
    assert sources.sources() == ()
    remove()


def _assessed(usage: Usage, by: User) -> Assessment:
    return Assessment.objects.create(
        usage=usage, table="1", answered_by=by, confirmed_by=by, confirmed_at=timezone.now()
    )


def test_what_the_company_had_before_under_the_same_name_stays(person: Callable[..., User]) -> None:
    real = person(Role.PILOT)
    told = example()
    usages.default()
    usage = usages.add("Devis", slug="devis", by=real)
    _assessed(usage, real)
    policies.hide(told.terms[0], real)
    policies.hide(told.exemptions[0], real)
    knowledge.declare(told.document.name, "a.txt", told.document.text.encode(), real)
    undeclared = Undeclared.objects.create(tool=told.undeclared.tool, purpose=told.undeclared.purpose)
    providers.add_provider("Modèle local", "openai", "http://127.0.0.1:11434/v1", "local", "la-notre")
    company.rename(told.name)
    before = _content()
    load([_local(9001)])
    assert remove() == ()
    assert _content() == before
    assert Assessment.objects.get().usage == usage
    assert usage.changes.count() == 1
    assert Undeclared.objects.get() == undeclared


def test_what_real_people_did_with_the_example_stays_and_is_told(person: Callable[..., User]) -> None:
    real = person(Role.PILOT)
    load([])
    by_slug = {one.slug: one for one in Usage.objects.all()}
    _assessed(by_slug["devis"], real)
    usages.change(by_slug["recrutement"].pk, {"fallback": "Rien"}, real)
    declared = Usage.objects.filter(state="proposed").get()
    _assessed(declared, real)
    campaign = Campaign.objects.get(state="open")
    hygiene.answer(campaign.pk, campaign.checks[0], "yes", real)
    assert remove() == ("3 usages, désactivés", "1 campagne de bonnes pratiques, close")
    assert set(Usage.objects.values_list("slug", "active")) == {
        ("assistance", True),
        ("devis", False),
        ("recrutement", False),
        (declared.slug, False),
    }
    assert Assessment.objects.count() == 2
    kept = Campaign.objects.get()
    assert (kept.is_open, kept.by, kept.invited) == (False, None, 1)
    assert kept.counts == {campaign.checks[0]: {"yes": 1}}
    assert Answer.objects.get().person == real


def test_without_an_example_nothing_is_removed(db: None) -> None:
    usages.add("Devis", slug="devis")
    before = _counts()
    assert remove() is None
    assert _counts() == before
