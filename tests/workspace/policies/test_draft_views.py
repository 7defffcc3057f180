from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workspace.policies.conftest import Read

from egide.detection.labels import DATA_CLASSES
from egide.policy import Action, Policy, Role, Trust
from egide.policy.editing import Target, with_line, with_professions
from egide.policy.professions import packs
from egide.workspace.policies import drafts, versions
from egide.workspace.usages import services as usages

MASKED = {trust.value: "mask" for trust in Trust}
BANKING = (
    "Les coordonnées bancaires sont masquées pour tous les services, sauf un service local, où elles sont"
    " lues en clair."
)


def _seen() -> int:
    draft = drafts.current()
    return draft.revision if draft else 0


def _post(client: Client, address: str, **told: object) -> str:
    from html import unescape

    answer = client.post(f"/politique/brouillon/{address}", {"seen": _seen(), **told}, follow=True)
    return " ".join(unescape(answer.content.decode()).split())


def test_before_the_first_change_the_rules_in_force_are_shown(read: Read) -> None:
    page = read("/politique/brouillon/")
    assert BANKING in page
    assert "Votre premier changement créera le brouillon" in page
    assert all(french.capitalize() in page for french in DATA_CLASSES.values())


def test_a_rule_is_changed_shown_with_what_it_replaces_and_taken_back(pilot: Client, read: Read) -> None:
    page = _post(pilot, "regle/", cible="class:banking", **MASKED)
    assert "Les coordonnées bancaires sont masquées pour tous les services." in page
    assert f"Le profil dit : {BANKING}" in page
    assert f'name="seen" value="{_seen()}"' in page
    assert "lues en clair jusqu'ici pour un service local, y sont désormais masquées." in page
    page = _post(pilot, "regle/retirer/", cible="class:banking", usage="", role="")
    assert "Le profil dit" not in page
    assert "Rien ne change dans ce qui arrive aux données" in page


def test_a_reason_or_an_approval_is_chosen_shown_and_carried_by_the_file(pilot: Client, read: Read) -> None:
    asked = dict.fromkeys(Trust, "justify") | {Trust.PUBLIC: "approve", Trust.LOCAL: "allow"}
    page = _post(pilot, "regle/", cible="class:banking", **asked)
    assert "où elles ne partent que masquées et avec l'accord d'un pilote" in page
    assert "y sont désormais à faire accepter par un pilote" in page
    made = drafts.document_of(drafts.current())
    form = read("/politique/brouillon/regle/", cible="class:banking")
    assert '<option value="approve" selected>Accord d\'un pilote demandé</option>' in form
    file = SimpleUploadedFile("p.yaml", Policy.of(made).to_yaml().encode())
    _post(pilot, "importer/", file=file)
    assert drafts.document_of(drafts.current()) == made


def test_a_rule_is_limited_to_a_usage_and_a_role(pilot: Client, read: Read) -> None:
    usages.add("Devis & chantiers", slug="devis")
    page = _post(pilot, "regle/", cible="label:IBAN", usage="devis", role="pilot", **MASKED)
    said = "Pour l'usage « Devis & chantiers » et les pilotes, les IBAN et les RIB sont masqués"
    assert said in page
    assert "entreprise" in read("/politique/brouillon/", usage="devis", role="pilot")
    form = read("/politique/brouillon/regle/", cible="label:IBAN", usage="devis", role="pilot")
    assert '<option value="devis" selected>' in form
    assert form.count('<option value="mask" selected>') == len(Trust)
    assert said not in _post(pilot, "regle/retirer/", cible="label:IBAN", usage="devis", role="pilot")


def test_each_cell_says_who_decides_it(pilot: Client, read: Read) -> None:
    _post(pilot, "regle/", cible="class:banking", **MASKED)
    page = _post(pilot, "metiers/", profession=["avocat"])
    assert 'Bloqué</span> <span class="eg-quiet small">métier : Avocat</span>' in page
    assert "profil : masqué" in page
    assert "entreprise : masqué" in page
    assert (
        "Métier : Avocat. Les coordonnées bancaires sont au moins bloquées pour un service grand public"
        in page
    )


def test_a_profile_and_professions_are_chosen(pilot: Client, read: Read) -> None:
    page = _post(pilot, "profil/", policy="strict")
    assert "Politique stricte" in page
    assert 'value="strict" checked' in page
    _post(pilot, "metiers/", profession=["medecin", "avocat"])
    assert drafts.document_of(drafts.current()).professions == ("avocat", "medecin")
    assert 'value="avocat" checked' in read("/politique/brouillon/metiers/")
    _post(pilot, "metiers/")
    assert drafts.document_of(drafts.current()).professions == ()


def test_what_the_form_does_not_offer_is_refused(pilot: Client) -> None:
    for address, told, said in (
        ("profil/", {"policy": "../strict"}, "n'existe pas"),
        ("metiers/", {"profession": ["astrologue"]}, "n'est pas dans la référence"),
        ("regle/retirer/", {"cible": "class:IBAN"}, "incomplète"),
        ("regle/retirer/", {"cible": "class:banking", "role": "roi"}, "incomplète"),
        ("regle/", {"cible": "class:IBAN", **MASKED}, "invalid"),
        ("regle/", {"cible": "class:banking", **MASKED, "public": "laisser"}, "invalid"),
        ("regle/", {"cible": "class:banking", "usage": "inconnu", **MASKED}, "invalid"),
        ("regle/", {"cible": "class:banking", "public": "mask"}, "invalid"),
    ):
        assert said in _post(pilot, address, **told)
        assert drafts.current() is None


def test_a_change_on_an_older_draft_is_refused(pilot: Client) -> None:
    _post(pilot, "profil/", policy="strict")
    for seen in ("0", "", "-1", "abc", "9" * 40):
        page = _post(pilot, "profil/", policy="open", seen=seen)
        assert "a changé entre-temps" in page
        assert drafts.document_of(drafts.current()).name == "strict"


def test_a_file_becomes_a_draft_with_its_preview(pilot: Client) -> None:
    document = with_line(
        Policy.default().document, Target("class", "banking"), dict.fromkeys(Trust, Action.BLOCK)
    )
    file = SimpleUploadedFile("politique.yaml", Policy.of(document).to_yaml().encode())
    page = _post(pilot, "importer/", file=file)
    assert "Rien n'est encore en vigueur" in page
    assert "Les coordonnées bancaires, masquées jusqu'ici" in page
    assert drafts.document_of(drafts.current()) == document
    assert versions.in_force() == Policy.default()


def test_a_mistake_in_a_file_is_told_with_its_place_and_keeps_the_draft(pilot: Client) -> None:
    _post(pilot, "profil/", policy="strict")
    text = Policy.default().to_yaml().replace("public: block", "public: laisser", 1)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "laisser" in one)
    page = _post(pilot, "importer/", file=SimpleUploadedFile("politique.yaml", text.encode()))
    assert f"rules.0.actions.public, ligne {line}" in page
    assert drafts.document_of(drafts.current()).name == "strict"
    assert "ne peut pas être lu" in _post(pilot, "importer/")


def test_the_draft_is_put_aside(pilot: Client) -> None:
    _post(pilot, "profil/", policy="strict")
    assert "Brouillon abandonné" in _post(pilot, "abandonner/")
    assert drafts.current() is None


@pytest.mark.parametrize("name", ["avocat", "notaire", "presse", "medecin"])
def test_a_profession_shows_what_is_recognised_what_is_not_and_its_sources(name: str, read: Read) -> None:
    page, one = read(f"/politique/metiers/{name}/"), packs()[name].profession
    assert one.obligation in page
    assert all(source.title in page for source in one.sources)
    assert ("À vérifier avant usage" in page) == (not one.verified)
    for promise in packs()[name].promises:
        assert promise.blocked.label in page
        assert promise.reach.missing in page
    unmapped = [promise for promise in packs()[name].promises if promise.floor is None]
    assert page.count("Non reconnu") == len(unmapped)


def test_an_unknown_profession_is_not_found(pilot: Client) -> None:
    assert pilot.get("/politique/metiers/astrologue/").status_code == 404


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "profil/"),
        ("post", "metiers/"),
        ("post", "regle/"),
        ("post", "regle/retirer/"),
        ("post", "abandonner/"),
        ("post", "importer/"),
        ("post", "essai/"),
        ("post", "publier/"),
        ("get", "publier/"),
        ("get", ""),
    ],
)
def test_collaborators_change_nothing(method: str, address: str, browser: Callable[..., Client]) -> None:
    drafts.change(lambda one: with_professions(one, ["notaire"]), 0, None)
    seen = _seen()
    url = f"/politique/brouillon/{address}"
    told = {"seen": seen, "policy": "open", "over": 0, "reason": "Pour voir"}
    assert getattr(browser(Role.COLLABORATOR), method)(url, told).status_code == 403
    assert _seen() == seen
    assert versions.latest() is None
    assert getattr(browser(Role.ADMIN), method)(url, told).status_code in (200, 302)


def test_the_page_asks_as_much_of_the_database_however_many_rules(pilot: Client) -> None:
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert pilot.get("/politique/brouillon/").status_code == 200
        return len(queries)

    _post(pilot, "regle/", cible="class:banking", **MASKED)
    before = asked()
    for number in range(6):
        usages.add(f"Usage {number}", slug=f"usage-{number}")
        _post(pilot, "regle/", cible="class:banking", usage=f"usage-{number}", **MASKED)
    assert asked() == before


def test_a_rule_for_several_usages_is_shown_and_removed_but_not_taken_for_another(pilot: Client) -> None:
    blocked = dict.fromkeys(Trust, Action.BLOCK)
    target = Target("class", "banking")
    document = with_line(Policy.default().document, target, blocked, ["devis", "voyages"])
    page = _post(
        pilot, "importer/", file=SimpleUploadedFile("p.yaml", Policy.of(document).to_yaml().encode())
    )
    assert "Pour les usages « devis » et « voyages », les coordonnées bancaires" in page
    assert 'Modifier<span class="visually-hidden"> : Pour les usages' not in page
    page = _post(pilot, "regle/retirer/", cible="class:banking", usage="devis voyages", role="")
    assert "Pour les usages" not in page
    assert drafts.document_of(drafts.current()) == Policy.default().document


def test_the_checks_are_shown_changed_and_told(pilot: Client, read: Read) -> None:
    kept = {"documents": "refuse", "people": "warn", "answers": "asked", "fields": "refuse", "note": "system"}
    assert "elle est signalée, si la réponse est relue" in read("/politique/")
    form = read("/politique/brouillon/verifications/")
    assert '<option value="flag" selected>' in form
    page = _post(pilot, "verifications/", unsent="mask", **kept)
    assert "elle est retirée avant que quiconque la voie (avant : elle est signalée" in page
    assert drafts.document_of(drafts.current()).checks.unsent == "mask"
    page = _post(pilot, "verifications/", unsent="n'importe quoi", **kept)
    assert "Sélectionnez un choix valide" in page


def test_the_checks_are_for_pilots(browser: Callable[..., Client]) -> None:
    collaborator = browser(Role.COLLABORATOR)
    assert collaborator.get("/politique/brouillon/verifications/").status_code == 403
    assert collaborator.post("/politique/brouillon/verifications/", {"unsent": "flag"}).status_code == 403
