"""The prompt library: found, filled, told what it is not for, sent, and what to verify beside the answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.gateway.loopback import Loopback


def test_a_ready_prompt_is_found_filled_and_used(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/demandes-types/")
    look("1-library")
    page.get_by_label("Chercher").fill("RÉCLAMATION reponse")
    expect(page.locator("#search-count")).to_have_text("1 demande trouvée.")
    look("2-found")
    page.get_by_role("link", name="Répondre à une réclamation").click()
    page.get_by_role("button", name="Mettre en favori").click()
    expect(page.get_by_role("button", name="Retirer des favoris")).to_be_visible()
    page.get_by_label("La réclamation reçue").fill("Mme Zoé Lefèvre se plaint du retard. {{geste}}")
    page.get_by_label("Les faits établis").fill("Livraison avec deux jours de retard, elle est diabétique.")
    look("3-prompt")
    page.get_by_role("button", name="Utiliser dans l'Assistant").press("Enter")

    expect(page.get_by_role("heading", name="Assistant", level=1)).to_be_visible()
    assert re.fullmatch(r".*/assistant/demande/[0-9a-f-]{36}/", page.url)
    text = page.locator("#text")
    expect(text).to_have_value(re.compile(r"Mme Zoé Lefèvre se plaint du retard\. \{\{geste\}\}"))
    expect(text).to_have_value(re.compile("Geste autorisé : « à compléter »"))
    expect(page.locator("#warnings")).to_contain_text("n'est pas faite pour ces données")
    look("4-warned")
    text.fill(text.input_value().replace(", elle est diabétique", ""))
    expect(page.locator("#warnings")).to_be_hidden()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    verify = page.get_by_role("complementary", name="Demande type : Répondre à une réclamation")
    verify.get_by_label("Le ton convient à l'entreprise et au destinataire").check()
    expect(page.locator(".eg-from-assistant .eg-body")).to_contain_text("Zoé Lefèvre")
    look("5-answer")
    page.reload()
    expect(verify).to_contain_text("Aucune promesse, remise ou délai non autorisé")


def test_a_prompt_is_written_tried_approved_and_exported(
    page: Page,
    fresh: Egide,
    provider: Loopback,
    two_people: Callable[[str], None],
    look: Callable[[str], None],
) -> None:
    page.goto(f"{fresh.address}/demandes-types/ecrire/")
    page.get_by_label("Titre").fill("Résumer une visite")
    page.get_by_label("Pour quel service").select_option("Technique")
    page.get_by_label("À quoi elle sert").fill("Compte rendu d'une page")
    page.get_by_label("Le texte de la demande").fill("Résume ces notes de {{personne}} : {{notes}}")
    page.get_by_label("Données : Personnel").select_option("Oui, masquées")
    page.get_by_label("Données : Interne").select_option("Oui")
    page.get_by_label("Rien d'important n'a été oublié ou ajouté").check()
    look("1-writing")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    page.get_by_role("link", name="Essayer").click()
    page.get_by_label("Nom du cas").fill("Visite simple")
    page.get_by_label("La réponse doit contenir").fill("zoe lefevre\nchaudière")
    page.get_by_label("Personne").fill("Mme Zoé Lefèvre")
    page.get_by_label("Notes").fill("La chaudière est à changer.")
    page.get_by_role("button", name="Enregistrer le cas").click()
    page.get_by_role("button", name="Tout essayer").click()
    expect(page.get_by_text("réussi", exact=True)).to_be_visible()
    page.get_by_role("button", name="Essayer : Visite simple").press("Enter")
    expect(page.get_by_text("réussi", exact=True)).to_have_count(2)
    page.get_by_text("Voir la réponse").first.click()
    expect(page.locator("pre").first).to_contain_text("Mme Zoé Lefèvre")
    look("2-tried")
    page.get_by_label("Nom du cas").fill("Visite chiffrée")
    page.get_by_label("La réponse doit contenir").fill("devis")
    page.get_by_label("Notes").fill("Devis signé de 12 500 € HT.")
    page.get_by_role("button", name="Enregistrer le cas").click()
    sent = len(provider.received)
    alert = page.get_by_role("alert")
    page.get_by_role("button", name="Tout essayer").press("Enter")
    expect(alert).to_contain_text("n'est pas faite pour ces données")
    expect(alert).to_contain_text("Visite chiffrée")
    expect(alert).not_to_contain_text("12 500")
    expect(alert.get_by_role("link", name="Ne pas envoyer")).to_be_focused()
    look("2-warned")
    assert len(provider.received) == sent
    alert.get_by_role("button", name="J'ai lu, envoyer à Service d'essai").press("Enter")
    expect(page.get_by_text("réussi", exact=True)).to_have_count(4)
    expect(alert).to_be_hidden()
    assert len(provider.received) == sent + 2
    case = page.get_by_role("article", name="Visite chiffrée")
    case.get_by_role("button", name="Essayer : Visite chiffrée").press("Enter")
    expect(case.get_by_role("alert")).to_contain_text("Rien n'est encore parti")
    assert len(provider.received) == sent + 2
    alert.get_by_role("button", name="J'ai lu, envoyer à Service d'essai").click()
    expect(case.get_by_text("réussi", exact=True)).to_have_count(2)
    assert len(provider.received) == sent + 3
    page.get_by_role("link", name="Résumer une visite").click()
    page.get_by_role("link", name="Modifier, ou proposer aux collègues").click()
    page.get_by_role("button", name="Proposer à mes collègues").click()
    look("3-proposed")

    two_people("pilot")
    page.goto(f"{fresh.address}/demandes-types/a-approuver/")
    look("4-approving")
    page.get_by_role("button", name="Approuver : Résumer une visite").click()
    expect(page.get_by_text("Rien à approuver.")).to_be_visible()
    page.goto(f"{fresh.address}/demandes-types/")
    page.get_by_role("link", name="Résumer une visite").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Exporter (YAML)").click()
    file = downloading.value.path()
    page.goto(f"{fresh.address}/demandes-types/importer/")
    changed = file.read_text("utf-8").replace("Compte rendu d'une page", "Compte rendu court").encode()
    page.get_by_label("Fichier YAML").set_input_files(
        {"name": "demande.yaml", "mimeType": "application/yaml", "buffer": changed}
    )
    page.get_by_role("button", name="Voir ce qui change").click()
    expect(page.locator("ins")).to_contain_text("Compte rendu court")
    look("5-importing")
    page.get_by_role("button", name="Enregistrer 1 brouillon").click()
    expect(page.get_by_text("Brouillons enregistrés : 1.")).to_be_visible()
    look("6-library")
