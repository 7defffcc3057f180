"""Every page, for every role: who sees it, who is sent to log in, who is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from egide.policy import Policy, Role
from egide.workspace.accounts.models import User
from egide.workspace.keys import services as keys
from egide.workspace.policies import versions
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages

PILOTS = (
    "/entreprise/",
    "/entreprise/premiers-pas/",
    "/usages/",
    "/accueil/entreprise/",
    "/usages/ajouter/",
    "/usages/assistance/",
    "/usages/sans-nom/",
    "/usages/observes/",
    "/usages/inventaire.csv",
    "/usages/inventaire.xlsx",
    "/fournisseurs/",
    "/fournisseurs/ajouter/",
    "/fournisseurs/ajouter/?service=mistral-eu",
    "/fournisseurs/ajouter/?service=azure",
    "/fournisseurs/maison/",
    "/fournisseurs/maison/prix/",
    "/fournisseurs/remplacements/",
    "/personnes/",
    "/personnes/inviter/",
    "/personnes/importer/",
    "/cles/",
    "/cles/creer/",
    "/politique/",
    "/politique/export.yaml",
    "/politique/brouillon/",
    "/politique/brouillon/metiers/",
    "/politique/brouillon/regle/",
    "/politique/brouillon/export.yaml",
    "/politique/brouillon/essai/",
    "/politique/metiers/avocat/",
    "/politique/versions/",
    "/politique/versions/1/",
    "/politique/versions/1/export.yaml",
    "/limites/",
    "/limites/prix/maison/",
    "/listes/",
    "/listes/importer/",
    "/listes/imports/",
    "/listes/documents/declarer/",
    "/signalements/",
    "/signalements/cas-de-test.jsonl",
    "/demandes/accords/",
    "/demandes-types/a-approuver/",
    "/journal/",
    "/journal/export.jsonl",
    "/journal/export.csv",
    "/information/suivi/",
    "/formation/suivi/",
    "/formation/suivi/preuve.csv",
    "/formation/suivi/preuve.pdf",
    "/programmes/suivis/",
    "/programmes/echeances/",
    "/programmes/echeances.ics",
    "/programmes/ajouter/",
    "/programmes/mise-a-jour/",
    "/programmes/services-publics/",
    "/services-publics/",
    "/autodiagnostic/",
    "/reglement-ia/registre.csv",
    "/reglement-ia/registre.json",
    "/reglement-ia/usages/assistance/droits-fondamentaux/",
    "/bonnes-pratiques/campagnes/",
    "/charte/redaction/",
    "/charte/redaction/rapide/",
    "/charte/redaction/apercu/",
    "/bienvenue/",
    "/charte/redaction/versions/",
    "/charte/redaction/signatures/",
    "/charte/redaction/versions/comparer/",
    "/charte/redaction/procedure/",
    "/charte/redaction/relances/",
)
ADMINS = ("/connexion-entreprise/", "/courriel/")
EVERYBODY = (
    "/courriel/rappels/",
    "/accueil/",
    "/assistant/",
    "/demandes-types/",
    "/demandes-types/com-relance/",
    "/demandes-types/ecrire/",
    "/demandes-types/importer/",
    "/demandes-types/demandes-types.yaml",
    "/mes-regles/",
    "/charte/",
    "/demandes/",
    "/actions/",
    "/autodiagnostic/mon-avis/",
    "/reglement-ia/",
    "/reglement-ia/calendrier/",
    "/bonnes-pratiques/",
    "/usages/nos/",
    "/usages/nos/declarer/",
    "/usages/nos/sans-nom/",
    "/usages/nos/sans-nom/merci/",
    "/information/lire/",
    "/formation/",
    "/formation/question/",
    "/programmes/",
    "/programmes/fiche/osez-ia/",
    "/compte/mot-de-passe/",
    "/compte/double-authentification/",
)
OPEN = (
    "/formation/verifier/",
    "/connexion/",
    "/compte/nouveau-lien/",
    "/compte/inactif/",
    "/langue/en/textes.js",
)
# Addresses that only make something: asked with GET, they answer 405 to who may use them.
ACTIONS = (
    "/entreprise/chercher/",
    "/entreprise/remplir/",
    "/personnes/importer/creer/",
    "/personnes/courriels/",
    "/fournisseurs/maison/tester/",
    "/fournisseurs/maison/activer/",
    "/fournisseurs/maison/supprimer/",
    "/fournisseurs/maison/modeles/",
    "/fournisseurs/maison/monter/",
    "/fournisseurs/maison/descendre/",
    "/usages/assistance/valider/",
    "/usages/assistance/renvoyer/",
    "/politique/brouillon/profil/",
    "/politique/brouillon/regle/retirer/",
    "/politique/brouillon/abandonner/",
    "/politique/brouillon/importer/",
    "/politique/versions/1/reprendre/",
    "/politique/termes/",
    "/politique/exceptions/",
    "/journal/verifier/",
    "/information/suivi/precisions/",
    "/formation/suivi/m8/redemander/",
    "/services-publics/data-gouv/ouvrir/",
    "/services-publics/data-gouv/fermer/",
    "/autodiagnostic/commencer/",
    "/reglement-ia/usages/assistance/abandonner/",
    "/reglement-ia/usages/assistance/confirmer/",
    "/charte/redaction/publier/",
    "/bienvenue/remplir/",
    "/bienvenue/plus-tard/",
    "/bienvenue/annuler/",
    "/charte/redaction/relances/noter/",
    "/charte/redaction/signatures/reglage/",
)


@pytest.fixture(autouse=True)
def content(db: None) -> None:
    usages.default()
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")


@pytest.mark.parametrize("url", [*PILOTS, *ADMINS, *EVERYBODY])
def test_who_is_not_logged_in_is_sent_to_log_in(url: str, browser: Callable[..., Client]) -> None:
    response = browser(None).get(url)
    assert response.status_code == 302
    assert response.url.startswith("/connexion/")


@pytest.mark.parametrize("url", PILOTS)
def test_pilots_pages_are_refused_to_collaborators(url: str, browser: Callable[..., Client]) -> None:
    response = browser(Role.COLLABORATOR).get(url)
    assert response.status_code == 403
    assert "réservée" in response.content.decode()


@pytest.mark.parametrize("role", [Role.PILOT, Role.ADMIN])
@pytest.mark.parametrize("url", PILOTS)
def test_pilots_and_administrators_see_them(url: str, role: Role, browser: Callable[..., Client]) -> None:
    assert browser(role).get(url).status_code == 200


@pytest.mark.parametrize("url", ADMINS)
def test_administrators_pages_are_theirs_alone(url: str, browser: Callable[..., Client]) -> None:
    assert [browser(role).get(url).status_code for role in Role] == [403, 403, 200]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("url", EVERYBODY)
def test_everybody_sees_their_own_pages(url: str, role: Role, browser: Callable[..., Client]) -> None:
    assert browser(role).get(url).status_code == 200


@pytest.mark.parametrize("url", OPEN)
def test_pages_before_login_are_open(url: str, browser: Callable[..., Client]) -> None:
    assert browser(None).get(url).status_code == 200


@pytest.mark.parametrize("url", ACTIONS)
def test_actions_need_the_role_and_a_form(url: str, browser: Callable[..., Client]) -> None:
    assert browser(Role.COLLABORATOR).post(url).status_code == 403
    assert browser(Role.PILOT).get(url).status_code == 405


@pytest.mark.parametrize("url", [*ACTIONS, "/personnes/inviter/", "/cles/creer/", "/usages/ajouter/"])
def test_a_form_without_its_token_is_refused(url: str, browser: Callable[..., Client]) -> None:
    response = browser(Role.ADMIN, csrf=True).post(url, {"policy": "open", "value": "Durand"})
    assert response.status_code == 403
    assert "Formulaire expiré" in response.content.decode()


def test_every_address_of_the_workspace_is_known_here(person: Callable[..., User]) -> None:
    key = keys.create_key(person(Role.PILOT).email)
    assert key
    tested = {*PILOTS, *ADMINS, *EVERYBODY, *OPEN, *ACTIONS}
    elsewhere = (
        "assistant/",
        "demandes-types/<",
        "lien/",
        "compte/",
        "deconnexion/",
        "connexion-entreprise/",
        "personnes/<",
        "cles/<",
        "politique/",
        "actions/<",
        "autodiagnostic/<",
        "reglement-ia/usages/<",
        "autodiagnostic/mon-avis/<",
        "bonnes-pratiques/<",
        "bonnes-pratiques/campagnes/<",
        "langue/",
        "listes/<",
        "listes/importer/<",
        "listes/imports/<",
        "listes/documents/<",
        "signalements/<",
        "demandes/<",
        "demandes/accords/<",
        "information/suivi/<",
        "formation/modules/<",
        "formation/essais/<",
        "formation/certificats/<",
        "formation/verifier/<",
        "formation/suivi/<",
        "charte/signer/",
        "charte/versions/<",
        "charte/certificat/<",
        "charte/verifier/<",
        "limites/<",
        "fournisseurs/remplacements/<",
        "programmes/fiche/<",
        "services-publics/<",
        "programmes/ajouts/<",
        "programmes/mise-a-jour/<",
        "courriel/",
        "usages/nos/<",
        "usages/sans-nom/<",
        "bienvenue/proposition/",
    )
    for route in _routes(get_resolver().url_patterns):
        known = "/" + route.replace("<slug:slug>", "maison") in tested
        known = known or "/" + route.replace("<slug:slug>", "assistance") in tested
        assert known or route == "" or route.startswith(elsewhere), route


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_is_the_assistant(role: Role, browser: Callable[..., Client]) -> None:
    response = browser(role).get("/")
    assert (response.status_code, response.url) == (302, "/assistant/")


def test_collaborators_see_no_entry_that_they_may_not_open(browser: Callable[..., Client]) -> None:
    page = browser(Role.COLLABORATOR).get("/assistant/").content.decode()
    assert reverse("providers:list") not in page
    assert "Piloter" not in page
    assert 'aria-current="page"' in page


def test_an_unknown_address_says_so_in_french(browser: Callable[..., Client]) -> None:
    response = browser(Role.PILOT).get("/nulle-part/")
    assert response.status_code == 404
    assert "Page introuvable" in response.content.decode()
