from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

import pytest

from egide.workspace.accounts.models import User
from egide.workspace.knowledge import drafts, imports
from egide.workspace.knowledge.background import Importer, wake_all
from egide.workspace.knowledge.columns import guess
from egide.workspace.knowledge.models import Import, TermList


@pytest.fixture
def pilot(committed_db: None) -> User:
    return User.objects.create_user("pilote@entreprise.example", "pilot")


@pytest.fixture
def importer(committed_db: None) -> Iterator[Importer]:
    made = Importer("gateway-1", period=60)
    yield made
    made.stop()


def _ask(by: User, name: str, lines: int = 2) -> Import:
    data = "Client\n" + "".join(f"Talbour{chr(97 + i % 26)}det {i}\n" for i in range(lines))
    draft = drafts.start(name, "client", "clients.csv", data.encode(), by)
    return imports.ask(draft, guess(list(drafts.rows_of(draft))), by)


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_waits_is_imported_in_its_order_without_being_waited_for(
    pilot: User, importer: Importer
) -> None:
    _ask(pilot, "Avant")
    importer.start()
    _wait(lambda: TermList.objects.count() == 1)
    _ask(pilot, "Un", 3000)
    _ask(pilot, "Deux")
    wake_all()
    _wait(lambda: TermList.objects.count() == 3)
    assert list(TermList.objects.order_by("at").values_list("name", flat=True)) == ["Avant", "Un", "Deux"]


def test_a_stop_in_the_middle_is_told_and_the_rest_waits_for_the_next_start(
    pilot: User, importer: Importer
) -> None:
    _ask(pilot, "Long", 50_000)
    _ask(pilot, "Suivant")
    importer.start()
    _wait(lambda: Import.objects.filter(state="running").exists())
    importer.stop()
    assert list(Import.objects.values_list("name", "state", "problem")) == [
        ("Long", "stopped", "EG-6210"),
        ("Suivant", "waiting", ""),
    ]
    assert not TermList.objects.exists()
    again = Importer("gateway-1")
    again.start()
    _wait(lambda: TermList.objects.filter(name="Suivant").exists())
    again.stop()


def test_the_thread_outlives_a_database_that_is_away(
    pilot: User, importer: Importer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_: object) -> int:
        raise RuntimeError("Talbourdet")

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(drafts, "purge", away)
        importer.start()
        _wait(lambda: "imports failed: RuntimeError" in caplog.text)
    assert "Talbourdet" not in caplog.text
    _ask(pilot, "Clients")
    wake_all()
    _wait(lambda: TermList.objects.exists())
