from __future__ import annotations

from collections.abc import Callable

import yaml
from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.reference.files import read


def test_a_pilot_finds_a_programme_follows_it_and_sees_its_date(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/programmes/")
    expect(page.get_by_role("heading", name="Aides et formations", level=1)).to_be_visible()
    expect(page.get_by_text("Sans l'effectif, la région, le code NAF")).to_be_visible()
    look("list")

    page.get_by_label("Mots").fill("innovation")
    page.get_by_label("Sorte").select_option(label="Aide financière")
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_role("link", name="Crédit d'impôt innovation (CII)").click()
    expect(page.get_by_text("À vérifier auprès de l'organisme").first).to_be_visible()
    page.get_by_text("2 sources").click()
    expect(page.get_by_text("Bpifrance Création, crédit d'impôt innovation")).to_be_visible()
    look("page")

    page.get_by_label("Où en êtes-vous ?").select_option(label="Demande déposée")
    page.get_by_label("Prochaine date").fill("2031-03-04")
    page.get_by_label("Montant en euros").fill("12 500,50")
    page.get_by_label("Note").fill("Dossier envoyé.")
    page.get_by_role("button", name="Suivre ce programme").click()
    expect(page.get_by_text("est suivi : demande déposée")).to_be_visible()
    page.get_by_role("button", name="J'ai relu la page aujourd'hui").click()
    expect(page.get_by_text("Relecture notée")).to_be_visible()
    expect(page.get_by_text("À vérifier auprès de l'organisme")).to_have_count(0)

    page.goto(f"{fresh.address}/programmes/suivis/")
    expect(page.get_by_text("Dossier envoyé.")).to_be_visible()
    look("followed")
    page.get_by_role("link", name="Échéances").click()
    expect(page.get_by_text("4 mars 2031")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Télécharger pour votre agenda (.ics)").click()
    assert "DTSTART;VALUE=DATE:20310304" in got.value.path().read_text("utf-8")
    look("deadlines")

    page.get_by_role("link", name="Mise à jour").click()
    newer = read("programmes.yaml") | {"prepared_on": "2026-11-24"}
    newer["programmes"] = [newer["programmes"][0] | {"gives": "Un plan prolongé."}, *newer["programmes"][2:]]
    told = yaml.safe_dump(newer, allow_unicode=True).encode()
    chosen = {"name": "programmes.yaml", "mimeType": "application/yaml", "buffer": told}
    page.get_by_label("Fichier du répertoire (.yaml)").set_input_files(chosen)  # type: ignore[arg-type]
    page.get_by_role("button", name="Vérifier et comparer").click()
    page.get_by_text("Plan « Osez l'IA » (1)").click()
    expect(page.get_by_text("Un plan prolongé.")).to_be_visible()
    look("difference")
    page.get_by_role("button", name="Mettre ce répertoire en vigueur").click()
    expect(page.get_by_text("Répertoire préparé le 24 novembre 2026")).to_be_visible()

    page.get_by_role("link", name="Services publics", exact=True).click()
    expect(page.get_by_text("Aucun service n'est ouvert")).to_be_visible()
    page.get_by_role("link", name="Ouvrir ou fermer un service").click()
    page.get_by_role("button", name="Ouvrir : API du catalogue data.gouv.fr").click()
    expect(page.get_by_text("peut maintenant être interrogé")).to_be_visible()
    look("services")
    page.goto(f"{fresh.address}/programmes/services-publics/")
    expect(page.get_by_role("button", name="Chercher")).to_be_visible()
    look("search")

    page.goto(f"{fresh.address}/programmes/ajouter/?name=Aide+de+ma+branche")
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Aide de ma branche")
    look("own")
