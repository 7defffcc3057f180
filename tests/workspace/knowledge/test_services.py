from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.detection import Detector
from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.knowledge import keys, services, sources
from egide.workspace.knowledge.columns import guess
from egide.workspace.knowledge.models import Document, KnowledgeKey, TermList
from egide.workspace.knowledge.readers import table_of

CLIENTS = "Raison sociale;Ville\nMenuiserie Talbourdet;Cholet\nMarchand;Rezé\n;Nantes\n".encode()
NOTE = " ".join(f"mot{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(60))


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person()


def _import(by: User, name: str = "Clients 2026", data: bytes = CLIENTS) -> TermList:
    rows = table_of("clients.csv", data).rows
    layout = guess(rows)
    found = services.compiled(rows[layout.header :], layout.roles, "client")
    found.name, found.by = name, by
    services.keep(found)
    return found


def _reasons(text: str) -> list[str]:
    return [finding.reason for finding in Detector([], sources.sources()).detect(text)]


def test_a_list_is_kept_without_its_text(pilot: User) -> None:
    kept = _import(pilot)
    assert (kept.count, kept.weak, kept.skipped) == (2, 1, 1)
    assert b"Talbourdet" not in bytes(TermList.objects.get().packed)
    assert _reasons("la menuiserie Talbourdat") == ["Client de l'entreprise (liste « Clients 2026 »)."]


def test_a_document_is_kept_without_its_text(pilot: User) -> None:
    services.declare("Offre", "note.txt", NOTE.encode(), pilot)
    kept = Document.objects.get()
    assert (kept.words, b"motaa" in bytes(kept.packed)) == (60, False)
    assert _reasons(" ".join(NOTE.split()[10:45])) == ["Extrait d'un document confidentiel (« Offre »)."]


def test_what_is_taken_away_is_no_longer_found(pilot: User) -> None:
    _import(pilot).delete()
    services.declare("Offre", "note.txt", NOTE.encode(), pilot).delete()
    assert sources.sources() == ()


def test_what_has_not_changed_is_not_built_again(pilot: User) -> None:
    _import(pilot)
    (lists,) = sources.sources()
    services.declare("Offre", "note.txt", NOTE.encode(), pilot)
    assert sources.sources()[0] is lists
    TermList.objects.update(name="Clients 2027")
    assert sources.sources()[0] is not lists


def test_a_list_that_cannot_be_read_stops_everything(pilot: User) -> None:
    import uuid

    _import(pilot)
    TermList.objects.update(packed=b"EGK9", stamp=uuid.uuid4())
    with pytest.raises(ValueError, match="packed"):
        sources.sources()


def test_a_name_is_taken_once(pilot: User) -> None:
    _import(pilot)
    with pytest.raises(WorkspaceError, match="EG-6206"):
        _import(pilot)
    services.declare("Offre", "note.txt", NOTE.encode(), pilot)
    with pytest.raises(WorkspaceError, match="EG-6206"):
        services.declare("OFFRE", "note.txt", NOTE.encode(), pilot)


def test_what_tells_nothing_is_refused(pilot: User) -> None:
    with pytest.raises(WorkspaceError, match="EG-6205"):
        _import(pilot, data=b"Client\n12\nA\n")
    with pytest.raises(WorkspaceError, match="EG-6209"):
        services.declare("Offre", "note.txt", b"Trop court.", pilot)
    assert not TermList.objects.exists()


def test_all_lists_together_are_limited(pilot: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_ENTRIES", 3)
    _import(pilot)
    with pytest.raises(WorkspaceError, match="EG-6204"):
        _import(pilot, "Autres", b"Kervadec\nMorvanec\n")


def test_the_key_is_sealed_and_stays_the_same(db: None) -> None:
    first = keys.key()
    assert keys.key() == first
    assert first not in bytes(KnowledgeKey.objects.get().sealed)


def test_a_rotation_of_the_master_key_keeps_the_lists(pilot: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from egide.pseudonymisation import Keyring
    from egide.workspace import configuration

    _import(pilot)
    old = configuration.current().master_key()
    monkeypatch.setattr(wiring, "_keyring", Keyring(b"une autre cle de trente-deux oct", previous=[old]))
    TermList.objects.update(name="Clients 2027")  # built anew
    assert _reasons("la menuiserie Talbourdet") == ["Client de l'entreprise (liste « Clients 2027 »)."]
