"""A pilot says who the company is, follows the first steps, imports people, and erases one who left."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.workspace import company

FOUND = Path(company.__path__[0]) / "templates/company/_found.html"
PEOPLE = "courriel;nom;rôle;service\r\nzoe@entreprise.example;Zoé Lefèvre;;Élagage\r\nluc;Luc;;\r\n"


def test_the_first_steps_of_a_company(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/entreprise/premiers-pas/")
    look("1-steps")
    page.get_by_role("link", name="Dire qui vous êtes").click()
    page.get_by_label("SIREN").fill("732 829 321")
    page.get_by_label("Effectif").fill("12")
    page.get_by_label("Code NAF").fill("4332a")
    page.get_by_label("Région").select_option("Bretagne")
    page.get_by_label("Profession réglementée").select_option("avocat")
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("son dernier chiffre")).to_be_visible()
    look("2-refused")
    page.get_by_label("SIREN").fill("732 829 320")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Ce que change votre profession")).to_be_visible()
    look("3-company")

    _fill_from_the_directory(page, fresh)
    look("4-found")

    page.goto(f"{fresh.address}/personnes/importer/")
    look("5-import")
    table = {"name": "gens.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode("cp1252")}
    page.get_by_label("Tableau des personnes").set_input_files(table)  # type: ignore[arg-type]
    page.get_by_role("button", name="Lire le tableau").click()
    expect(page.get_by_text("Lignes prêtes : 1. Lignes à corriger : 1.")).to_be_visible()
    look("6-look")
    page.get_by_role("button", name="Créer les accès").click()
    expect(page.get_by_role("alert")).to_contain_text("Personne n'a été créé")
    page.get_by_label("Laisser de côté").check()
    page.get_by_role("button", name="Créer les accès").click()
    link = page.get_by_role("textbox", name="Lien de zoe@entreprise.example")
    expect(link).to_have_value(re.compile("/lien/"))
    look("7-links")

    page.goto(f"{fresh.address}/personnes/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Désactiver Zoé Lefèvre").click()
    look("8-people")
    page.get_by_role("link", name="Effacer Zoé Lefèvre").click()
    look("9-erase")
    page.get_by_role("button", name="Effacer pour de bon").click()
    expect(page.get_by_text("Zoé Lefèvre est effacé d'Égide.")).to_be_visible()


def _fill_from_the_directory(page: Page, fresh: Egide) -> None:
    """What the service would have answered is put in its place: nothing leaves this machine."""
    page.goto(f"{fresh.address}/services-publics/")
    page.get_by_role("button", name=re.compile("Ouvrir.*entreprises")).first.click()
    page.goto(f"{fresh.address}/entreprise/")
    page.get_by_label("Effectif").fill("34")
    part = FOUND.read_text("utf-8").partition("{% for one in found %}")[2].partition("{% endfor %}")[0]
    part = part.replace("{% url 'company:fill' %}", "/entreprise/remplir/")
    for name, value in {"name": "LA POSTE", "siren": "356000000", "naf": "5310Z", "region": "11"}.items():
        part = re.sub(rf"{{{{ (?:one\.)?{name} }}}}", value, part)
    part = f'<ul class="eg-rows">{re.sub(r"{%.*?%}|{{.*?}}", "", part)}</ul>'
    page.route("**/entreprise/chercher/", lambda route: route.fulfill(body=part, content_type="text/html"))
    page.get_by_label("SIREN ou nom").fill("la poste")
    page.get_by_role("button", name="Chercher mon entreprise").click()
    expect(page.get_by_role("button", name="Remplir le formulaire : LA POSTE")).to_be_visible()
    expect(page.locator("#found .htmx-added, #found.htmx-settling")).to_have_count(0)
    page.get_by_role("button", name="Remplir le formulaire : LA POSTE").press("Enter")
    expect(page.get_by_text("rien n'est enregistré")).to_be_visible()
    expect(page.get_by_label("Nom de l'entreprise")).to_have_value("LA POSTE")
    expect(page.locator("#profile [name=siren]")).to_have_value("356000000")
    expect(page.get_by_label("Effectif")).to_have_value("34")
    expect(page.get_by_label("Profession réglementée")).to_have_value("avocat")
    expect(page.get_by_label("Non", exact=True)).to_be_checked()
