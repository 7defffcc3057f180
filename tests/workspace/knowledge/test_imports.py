from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.knowledge import drafts, imports, services
from egide.workspace.knowledge.columns import Layout, Role, guess
from egide.workspace.knowledge.models import Draft, Import, TermList

CLIENTS = "Raison sociale;Ville\nMenuiserie Talbourdet;Cholet\nMarchand;Rezé\n;Nantes\n".encode()
State = Import.State


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person()


def _ask(by: User, name: str = "Clients", data: bytes = CLIENTS) -> Import:
    draft = drafts.start(name, "client", "clients.csv", data, by)
    return imports.ask(draft, guess(list(drafts.rows_of(draft))), by)


def _run(going: Callable[[], bool] = lambda: True) -> None:
    one = imports.claim("essai")
    assert one is not None
    imports.run(one, going)


def _only() -> tuple[str, str]:
    return Import.objects.values_list("state", "problem").get()


def test_a_list_is_in_force_once_whole_and_nothing_else_stays(pilot: User) -> None:
    asked = _ask(pilot)
    assert (asked.state, asked.lines, TermList.objects.exists()) == (State.WAITING, 3, False)
    _run()
    kept = TermList.objects.get()
    assert (kept.name, kept.kind, kept.by, kept.count, kept.skipped) == ("Clients", "client", pilot, 2, 1)
    assert (Import.objects.exists(), Draft.objects.exists()) == (False, False)


def test_how_far_it_is_is_told(pilot: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _ask(pilot)
    monkeypatch.setattr(imports, "_AT_ONCE", 1)
    monkeypatch.setattr(imports, "_TELL_SECONDS", 0)
    seen = []
    _run(lambda: seen.append(Import.objects.get().percent) or True)  # type: ignore[func-returns-value]
    assert seen == [0, 0, 33]


def test_imports_follow_each_other(pilot: User) -> None:
    first, second = _ask(pilot, "Premiers"), _ask(pilot, "Seconds")
    assert imports.claim("un") == first
    assert imports.claim("deux") is None
    imports.run(first)
    assert imports.claim("deux") == second


def test_a_column_must_be_chosen(pilot: User) -> None:
    draft = drafts.start("Clients", "client", "clients.csv", CLIENTS, pilot)
    with pytest.raises(WorkspaceError, match="EG-6208"):
        imports.ask(draft, Layout(True, (Role.IGNORED, Role.GIVEN)), pilot)


def test_a_name_is_taken_once_also_by_what_waits(pilot: User) -> None:
    _ask(pilot)
    with pytest.raises(WorkspaceError, match="EG-6206"):
        _ask(pilot, "CLIENTS")
    _run()
    with pytest.raises(WorkspaceError, match="EG-6206"):
        imports.check_name("clients")


def test_a_draft_is_imported_once(pilot: User) -> None:
    asked = _ask(pilot)
    assert imports.ask(Draft.objects.get(), Layout(True, (Role.NAME,)), pilot) == asked
    assert Import.objects.count() == 1


def test_what_tells_nothing_stops_and_may_be_asked_again(pilot: User) -> None:
    asked = _ask(pilot, data=b"Client;Ville\n12;Nantes\nA;Cholet\n")
    _run()
    assert _only() == (State.STOPPED, "EG-6205")
    assert "Aucun nom" in Import.objects.get().told
    draft = Draft.objects.get()
    again = imports.ask(draft, Layout(True, (Role.IGNORED, Role.NAME)), pilot)
    assert again.pk != asked.pk
    _run()
    assert TermList.objects.get().count == 2


def test_what_goes_over_the_limit_stops_and_leaves_the_others(
    pilot: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_ENTRIES", 3)
    _ask(pilot)
    _run()
    _ask(pilot, "Autres", b"Kervadec\nMorvanec\n")
    _run()
    assert _only() == (State.STOPPED, "EG-6204")
    assert [kept.name for kept in TermList.objects.all()] == ["Clients"]


def test_a_failure_is_told_and_its_message_kept_out_of_the_log(
    pilot: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> TermList:
        raise RuntimeError("Talbourdet")

    monkeypatch.setattr(services, "compiled", broken)
    _ask(pilot)
    with caplog.at_level(logging.ERROR):
        _run()
    assert _only() == (State.STOPPED, "EG-6211")
    assert "Talbourdet" not in caplog.text
    assert not TermList.objects.exists()


def test_a_server_that_stops_interrupts(pilot: User) -> None:
    _ask(pilot)
    _run(going=lambda: False)
    assert _only() == (State.STOPPED, "EG-6210")
    assert not TermList.objects.exists()


def test_what_a_dead_process_was_reading_is_interrupted_when_it_comes_back(pilot: User) -> None:
    _ask(pilot)
    _ask(pilot, "Suivants")
    imports.claim("gateway-1")
    assert imports.interrupt("gateway-2") == 0
    assert imports.interrupt("gateway-1") == 1
    following = imports.claim("gateway-1")
    assert following is not None
    assert following.name == "Suivants"


def test_what_has_been_silent_is_dead_and_cannot_come_into_force(pilot: User) -> None:
    slow = _ask(pilot)
    slow = imports.claim("gateway-1") or slow
    _ask(pilot, "Suivants")
    Import.objects.filter(pk=slow.pk).update(beat=timezone.now() - timedelta(minutes=10))
    assert imports.claim("gateway-2") is not None
    imports.run(slow)
    assert Import.objects.get(pk=slow.pk).problem == "EG-6210"
    assert not TermList.objects.exists()


def test_an_import_taken_away_while_it_is_read_leaves_nothing(pilot: User) -> None:
    asked = _ask(pilot)
    claimed = imports.claim("essai")
    assert claimed is not None
    imports.drop(asked)
    imports.run(claimed)
    assert [model.objects.exists() for model in (Import, Draft, TermList)] == [False] * 3
