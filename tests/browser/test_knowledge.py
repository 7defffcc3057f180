"""What only the company knows, as a pilot tells it: a list of clients, a confidential document, at work."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

CLIENTS = (
    "Code client;Raison sociale;Ville;Courriel\r\n"
    "C001;SARL Menuiserie Talbourdet;Cholet;contact@talbourdet.example\r\n"
    "C002;Étoile du Nord;Rezé;bonjour@etoile-du-nord.example\r\n"
    "C003;Marchand;Nantes;accueil@marchand.example\r\n"
    ";;;\r\n"
    "C004;—;Angers;\r\n"
).encode("cp1252", "replace")
LONG = "Fournisseur\n" + "".join(f"Garage Kervadec {i}\n" for i in range(199_000))
PASSAGE = (
    "Nous proposons de reprendre l'activité de menuiserie au premier trimestre, avec ses onze salariés et "
    "ses deux ateliers, pour un prix qui tient compte des commandes signées et des machines récentes."
)
OFFER = f"Offre de reprise. Document de travail.\n\n{PASSAGE}\n\nLe vendeur resterait six mois avec nous."


def test_a_list_then_a_document_are_declared_and_recognised(
    page: Page, newcomer: None, fresh: Egide, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/listes/")
    expect(page.get_by_text("Aucune liste pour le moment.")).to_be_visible()
    look("1-empty")

    give(page, "Clients 2026", "Clients", "clients.csv", CLIENTS)
    look("2-columns")
    expect(page.get_by_label("Colonne 2 (Raison sociale)")).to_have_value("name")
    expect(page.get_by_role("cell", name="SARL Menuiserie Talbourdet")).to_be_visible()
    page.get_by_role("button", name="Importer la liste").click()
    expect(page.get_by_text("« Clients 2026 » importée : 3 noms reconnus dès maintenant.")).to_be_visible()
    expect(page.get_by_role("row", name="Clients 2026")).to_contain_text("dont 2 mots courants")
    look("3-in-force")

    page.get_by_role("link", name="Déclarer un document").click()
    page.get_by_label("Nom du document").fill("Offre de reprise")
    page.get_by_label("Fichier").set_input_files(as_file("offre.txt", OFFER.encode()))
    look("4-document")
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_role("row", name="Offre de reprise")).to_be_visible()
    look("5-declared")

    page.goto(f"{fresh.address}/assistant/")
    page.locator("#text").fill(f"Résume pour la menuiserie Talbourdet :\n\n{PASSAGE}")
    marks = page.locator("#mirror mark.masked")
    expect(marks.filter(has_text="menuiserie Talbourdet")).to_have_count(1)
    expect(page.get_by_text("Client de l'entreprise (liste « Clients 2026 »).").first).to_be_visible()
    expect(
        page.get_by_text("Extrait d'un document confidentiel (« Offre de reprise »).").first
    ).to_be_visible()
    look("6-recognised")


def test_a_long_import_is_followed_and_one_that_stops_is_explained(
    page: Page, newcomer: None, fresh: Egide, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/listes/")
    give(page, "Fournisseurs", "Fournisseurs", "fournisseurs.csv", LONG.encode())
    page.get_by_role("button", name="Importer la liste").click()
    expect(page.get_by_text("Import en cours")).to_be_visible()
    page.evaluate("() => { window.loaded = 'once'; }")
    progress = page.get_by_role("progressbar", name="Lecture de Fournisseurs")
    before = float(progress.get_attribute("value") or 0)
    expect(progress).not_to_have_attribute("value", str(int(before)))
    expect(page.get_by_text("lignes lues sur 199")).to_be_visible()
    assert page.evaluate("() => window.loaded") == "once"
    look("1-under-way")

    give(page, "Codes", "Produits", "codes.csv", b"Libelle;Ville\n12;Nantes\n45;Cholet\n")
    page.get_by_role("button", name="Importer la liste").click()
    expect(page.get_by_text("« Fournisseurs » importée : 199")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("row", name="Fournisseurs")).to_be_visible()
    expect(page.get_by_text("Import interrompu")).to_be_visible()
    expect(page.get_by_text("Aucun nom n'a été trouvé").first).to_be_visible()
    look("2-interrupted")
    page.get_by_role("link", name="Relancer l'import de Codes").click()
    page.get_by_label("Colonne 2 (Ville)").select_option("Nom à reconnaître")
    page.get_by_role("button", name="Importer la liste").click()
    expect(page.get_by_role("row", name="Codes")).to_be_visible()
    expect(page.get_by_text("Import interrompu")).to_have_count(0)


def give(page: Page, name: str, kind: str, file_name: str, data: bytes) -> None:
    """Give a file; the next page asks what its columns hold."""
    page.get_by_role("link", name="Importer une liste").click()
    page.get_by_label("Nom de la liste").fill(name)
    page.get_by_label("Ce que contient la liste").select_option(kind)
    page.get_by_label("Fichier").set_input_files(as_file(file_name, data))
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name=f"Colonnes de « {name} »")).to_be_visible()


def as_file(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}
