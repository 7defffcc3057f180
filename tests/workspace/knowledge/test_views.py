from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.documents.files import docx, xlsx

from egide.policy import Role
from egide.workspace.example.loader import load
from egide.workspace.knowledge import imports, services
from egide.workspace.knowledge.limits import MOST_BYTES
from egide.workspace.knowledge.models import Document, Draft, Import, TermList

CLIENTS = "Nom du client;Ville\nMenuiserie Talbourdet;Cholet\nMarchand;Rezé\n".encode("cp1252")
NOTE = " ".join(f"mot{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(60))


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _file(data: bytes, name: str = "clients.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _give(client: Client, data: bytes = CLIENTS, name: str = "clients.csv", kind: str = "client") -> str:
    told = {"name": "Clients 2026", "kind": kind, "file": _file(data, name)}
    return unescape(client.post("/listes/importer/", told, follow=True).content.decode())


def _work() -> None:
    claimed = imports.claim("essai")
    assert claimed is not None
    imports.run(claimed)


def _asked(client: Client, column: str = "column_0") -> Import:
    _give(client)
    client.post(f"/listes/importer/{Draft.objects.get().pk}/", {"header": "on", column: "name"})
    return Import.objects.get()


def test_the_progress_is_told_until_the_list_is_there(client: Client, browser: Callable[..., Client]) -> None:
    asked = _asked(client)
    Import.objects.update(state="running", read=1)
    shown = unescape(client.get("/listes/imports/", {"live": asked.pk}).content.decode())
    assert "1 ligne lue sur 2." in shown
    assert '<progress max="100" value="50"' in shown
    assert f"?live={asked.pk}" in shown
    assert 'id="kept"' not in shown
    Import.objects.update(state="waiting")
    _work()
    other = unescape(browser(Role.ADMIN).get("/listes/imports/", {"live": asked.pk}).content.decode())
    shown = unescape(client.get("/listes/imports/", {"live": asked.pk}).content.decode())
    assert "hx-get" not in shown
    assert '<th scope="row">Clients 2026</th>' in shown
    assert '<th scope="row">Clients 2026</th>' in other
    assert "importée : 2 noms" in shown
    assert "importée : 2 noms" not in other, "told to who asked"


@pytest.mark.parametrize("read", ["lists", "under_way"])
def test_an_import_that_ends_while_the_page_is_made_is_told_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    asked = _asked(client)
    module = services if read == "lists" else imports
    plain = getattr(module, read)

    def ending() -> object:
        if Import.objects.exists():
            _work()
        return plain()

    monkeypatch.setattr(module, read, ending)
    page = unescape(client.get("/listes/").content.decode())
    later = unescape(client.get("/listes/imports/", {"live": asked.pk}).content.decode())
    assert "importée : 2 noms" in page or (f"?live={asked.pk}" in page and "importée : 2 noms" in later)


def test_an_interrupted_import_is_explained_and_tried_again(
    client: Client, browser: Callable[..., Client]
) -> None:
    asked = _asked(client)
    imports.claim("essai")
    imports.interrupt("essai")
    page = unescape(client.get("/listes/").content.decode())
    assert "L'import de « Clients 2026 » a été interrompu." in page
    assert "Égide s'est arrêté avant d'avoir lu toute la liste." in page
    assert "Import interrompu" in page
    again = f"/listes/importer/{Draft.objects.get().pk}/"
    assert again in page
    assert again not in browser(Role.ADMIN).get("/listes/").content.decode()
    client.post(again, {"header": "on", "column_0": "name"})
    _work()
    assert TermList.objects.get().count == 2
    assert not Import.objects.filter(pk=asked.pk).exists()


def test_an_import_is_taken_away(client: Client) -> None:
    asked = _asked(client)
    page = unescape(client.post(f"/listes/imports/{asked.pk}/retirer/", follow=True).content.decode())
    assert "Import de « Clients 2026 » abandonné : rien n'a été gardé." in page
    assert (Import.objects.exists(), Draft.objects.exists()) == (False, False)
    page = client.post(f"/listes/imports/{asked.pk}/retirer/", follow=True).content.decode()
    assert "Cet import était déjà terminé." in page


def test_a_list_is_imported_after_a_preview(client: Client) -> None:
    page = _give(client)
    assert "encodage Windows (cp1252), séparateur : point-virgule, 3 lignes" in page
    assert "Menuiserie Talbourdet" in page
    assert "Colonne 1 (Nom du client)" in page
    assert '<option value="name" selected>' in page
    assert not TermList.objects.exists()
    told = {"header": "on", "column_0": "name", "column_1": ""}
    page = client.post(f"/listes/importer/{Draft.objects.get().pk}/", told, follow=True).content.decode()
    assert "En attente" in page
    assert "2 lignes à lire" in unescape(page)
    assert not TermList.objects.exists()
    _work()
    page = client.get("/listes/").content.decode()
    assert "« Clients 2026 » importée : 2 noms reconnus dès maintenant. 1 est aussi un mot courant" in page
    assert "importée :" not in client.get("/listes/").content.decode(), "told once"
    kept = TermList.objects.get()
    assert (kept.count, kept.weak, kept.by.email) == (2, 1, "pilot@entreprise.example")
    assert "Talbourdet" not in unescape(client.get("/listes/").content.decode())


def test_staff_in_a_workbook_has_its_two_columns(client: Client) -> None:
    page = _give(client, xlsx(["Nom", "Prénom"], ["Garrigou", "Solenne"]), "equipe.xlsx", "staff")
    assert page.count(" selected>") == 2
    told = {"header": "on", "column_0": "surname", "column_1": "given"}
    client.post(f"/listes/importer/{Draft.objects.get().pk}/", told)
    _work()
    assert TermList.objects.get().kind == "staff"


def test_an_import_is_given_up(client: Client) -> None:
    _give(client)
    client.post(f"/listes/importer/{Draft.objects.get().pk}/abandonner/")
    assert not Draft.objects.exists()


def test_an_import_that_is_gone_is_told(client: Client) -> None:
    page = client.get("/listes/importer/00000000-0000-4000-8000-000000000000/", follow=True).content.decode()
    assert "oublié après une heure" in unescape(page)


def test_no_column_chosen_is_told_and_the_draft_stays(client: Client) -> None:
    _give(client)
    page = client.post(f"/listes/importer/{Draft.objects.get().pk}/", {"column_0": "", "column_1": ""})
    assert "Aucune colonne à lire" in unescape(page.content.decode())
    assert Draft.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"x", "clients.pages", "Ce format de fichier n'est pas lu"),
        (b"PK damaged", "clients.xlsx", "ne peut pas être lu"),
        (b"", "clients.csv", "Aucun nom n'a été trouvé"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(client: Client, data: bytes, name: str, said: str) -> None:
    page = _give(client, data, name)
    assert said in page
    assert "Rien n'a été gardé" in page


def test_a_file_too_big_is_explained(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egide.workspace.knowledge.uploads.MOST_REQUEST_BYTES", 100)
    assert "trop gros" in _give(client)
    told = {"name": "Offre", "file": _file(NOTE.encode(), "note.txt")}
    assert "trop gros" in unescape(client.post("/listes/documents/declarer/", told).content.decode())


def test_files_are_never_written_to_the_disk() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE > MOST_BYTES


def test_the_same_name_twice_is_explained(client: Client) -> None:
    TermList.objects.create(name="Clients 2026", kind="client", count=1, packed=b"")
    assert "déjà pris" in _give(client)


def test_a_document_is_declared_then_taken_away(client: Client) -> None:
    told = {"name": "Offre de reprise", "file": _file(docx(NOTE), "offre.docx")}
    page = client.post("/listes/documents/declarer/", told, follow=True).content.decode()
    assert "Offre de reprise" in page
    assert "Document déclaré" in unescape(page)
    client.post(f"/listes/documents/{Document.objects.get().pk}/supprimer/")
    assert not Document.objects.exists()


def test_a_document_without_text_is_explained(client: Client) -> None:
    told = {"name": "Offre", "file": _file(docx("Trop court"), "offre.docx")}
    page = unescape(client.post("/listes/documents/declarer/", told).content.decode())
    assert "trop peu de texte" in page


def test_a_list_is_taken_away(client: Client) -> None:
    kept = TermList.objects.create(name="Clients", kind="client", count=1, packed=b"")
    client.post(f"/listes/{kept.pk}/supprimer/")
    assert not TermList.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "/listes/1/supprimer/",
        "/listes/imports/00000000-0000-4000-8000-000000000000/retirer/",
        "/listes/documents/1/supprimer/",
    ],
)
def test_collaborators_take_nothing_away(browser: Callable[..., Client], url: str) -> None:
    assert browser(Role.COLLABORATOR).post(url).status_code == 403


def test_another_pilot_does_not_see_a_draft(client: Client, browser: Callable[..., Client]) -> None:
    _give(client)
    page = browser(Role.ADMIN).get(f"/listes/importer/{Draft.objects.get().pk}/", follow=True)
    assert "Talbourdet" not in page.content.decode()


def test_a_text_to_try_is_offered_with_the_example_only(client: Client) -> None:
    assert "Pour essayer" not in client.get("/listes/").content.decode()
    load([])
    assert "maison Lescoullier" in client.get("/listes/").content.decode()
