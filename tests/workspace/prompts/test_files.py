from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.workspace.prompts.conftest import content

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue, files, own, sealing
from egide.workspace.prompts.models import Prompt, State

HOME = "/demandes-types/"
TRICKY = (
    "Guillemets \"doubles\" et 'simples' : {{a}} # pas un commentaire\n\n  - retrait   \n\ttab é 🙂\nfin: oui"
)


def _file(reader: User) -> str:
    return files.write(files.exported(reader))


def _import(author: User, text: str) -> int:
    return files.apply(author, files.plan(author, files.read(text)), timezone.now())


def test_a_round_trip_is_identical(zoe: User) -> None:
    own.write(zoe, content(template=TRICKY, title="123", use_case="oui"), timezone.now())
    own.write(zoe, content(usage="devis"), timezone.now())
    before = _file(zoe)
    assert _import(zoe, before) == 0, "nothing to change"
    Prompt.objects.all().delete()
    assert _import(zoe, before) == 2
    assert _file(zoe) == before
    assert files.rewrite(files.read(before)) == before
    assert files.rewrite(files.read(before.replace("\n", "\r\n"))) == before


def test_what_is_imported_waits_for_approval_like_any_draft(
    zoe: User, anne: User, share: Callable[..., Prompt]
) -> None:
    ref = str(share().pk)
    changed = _file(zoe).replace("chef de chantier", "conducteur de travaux")
    (planned,) = [one for one in files.plan(zoe, files.read(changed)) if one.action != "same"]
    assert (planned.ref, planned.action, [one.name for one in planned.changes]) == (
        ref,
        "change",
        ["Relecture"],
    )
    _import(zoe, changed)
    assert Prompt.objects.get().state == State.DRAFT
    assert catalogue.find(anne, ref).content == content()


def test_what_is_not_ones_own_is_copied_never_changed(
    zoe: User, anne: User, share: Callable[..., Prompt]
) -> None:
    ref = str(share().pk)
    changed = _file(anne).replace("chef de chantier", "moi").replace("Relancer un devis", "Relancer")
    planned = [one for one in files.plan(anne, files.read(changed)) if one.action != "same"]
    assert {(one.ref, one.action) for one in planned} == {(ref, "copy"), ("com-relance", "copy")}
    assert _import(anne, changed) == 2
    assert sealing.open_draft(Prompt.objects.get(pk=ref)) == content()
    assert catalogue.find(anne, "com-relance").content.title == "Relancer un devis"
    assert {row.author for row in Prompt.objects.exclude(pk=ref)} == {anne}


def test_anothers_draft_of_the_same_name_is_neither_shown_nor_changed(zoe: User, anne: User) -> None:
    ref = str(own.write(zoe, content(title="Secret de Zoé"), timezone.now()).pk)
    text = files.write([catalogue.Entry(ref, content(title="Autre"))])
    (planned,) = files.plan(anne, files.read(text))
    assert (planned.action, "de Zoé" in repr(planned)) == ("new", False)
    assert _import(anne, text) == 1
    assert sealing.open_draft(Prompt.objects.get(pk=ref)).title == "Secret de Zoé"


def test_all_or_nothing(zoe: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST", 1)
    text = files.write([catalogue.Entry(f"p{number}", content()) for number in range(2)])
    with pytest.raises(WorkspaceError, match="EG-6475"):
        _import(zoe, text)
    assert not Prompt.objects.exists()


GOOD = files.write([catalogue.Entry("essai", content())])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "[]",
        "schema: egide/prompts/1\nprompts: []",
        GOOD.replace("prompts/1", "prompts/2"),
        GOOD.replace("- id: essai", "- id: ../essai"),
        GOOD.replace("title:", "titre:"),
        GOOD + "surprise: 1\n",
        GOOD + GOOD,
        GOOD.replace("title: Résumer", "title: !!python/object/apply:os.system [x] Résumer"),
        GOOD.replace("Résumer une visite de chantier", "2024-01-01"),
        GOOD.replace("Résumer une visite de chantier", "&a [*a]"),
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        GOOD.replace("risk: moyen", "risk: moyen\n  risk: faible"),
        GOOD.replace("- personnel", "- sensible"),
        GOOD.replace("- noms", "- inconnu"),
        GOOD.replace("Résumer", '"caché\\u200b" #'),
        "[" * 5_000,
        "x" * 200_001,
        "a: \x00",
    ],
)
def test_a_hostile_or_broken_file_is_refused_whole(text: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6476") as refused:
        files.read(text)
    assert "chantier" not in refused.value.message


@pytest.fixture
def client(browser: Callable[..., Client], zoe: User) -> Client:
    return browser(Role.COLLABORATOR)


def _given(client: Client, data: bytes) -> str:
    answer = client.post(f"{HOME}importer/", {"file": SimpleUploadedFile("f.yaml", data)})
    return unescape(answer.content.decode())


def test_the_difference_is_shown_and_only_what_was_shown_is_saved(client: Client, zoe: User) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    exported = client.get(f"{HOME}{ref}/demande-type.yaml").content.decode()
    changed = exported.replace("chef de chantier", "<script>alert(1)</script>")
    page = client.post(f"{HOME}importer/", {"file": SimpleUploadedFile("f.yaml", changed.encode())})
    assert "<script>alert(1)" not in page.content.decode()
    assert "Enregistrer 1 brouillon<" in page.content.decode()
    assert sealing.open_draft(Prompt.objects.get()) == content()
    told = {"confirm": "yes", "text": page.context["text"], "seen": page.context["seen"]}
    own.write(zoe, content(title="Changée entre-temps"), timezone.now(), ref)
    again = client.post(f"{HOME}importer/", told)
    assert again.status_code == 200
    told["seen"] = again.context["seen"]
    assert client.post(f"{HOME}importer/", told).status_code == 302
    assert sealing.open_draft(Prompt.objects.get()).review_by == "<script>alert(1)</script>"


def test_a_file_that_is_not_text_is_explained(client: Client) -> None:
    assert "n'est pas encodé en UTF-8" in _given(client, b"\xff\xfe\x00")
    assert "fichier trop long" in _given(client, b"x" * 800_001)
    assert "aucun fichier" in unescape(client.post(f"{HOME}importer/").content.decode())
    told = {"confirm": "yes", "text": "a: [", "seen": "x"}
    assert "illisible" in unescape(client.post(f"{HOME}importer/", told).content.decode())


def test_everybody_exports_what_they_may_use_and_nothing_else(
    client: Client, browser: Callable[..., Client], zoe: User
) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    assert ref in client.get(f"{HOME}demandes-types.yaml").content.decode()
    pilot = browser(Role.PILOT)
    text = pilot.get(f"{HOME}demandes-types.yaml").content.decode()
    assert (ref in text, text.count("- id: ")) == (False, 25)
    assert pilot.get(f"{HOME}{ref}/demande-type.yaml").status_code == 404
