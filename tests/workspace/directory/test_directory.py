from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from egide.policy import Policy, Role
from egide.ports import Snapshot
from egide.workspace import wiring
from egide.workspace.accounts import services as accounts
from egide.workspace.accounts.models import User
from egide.workspace.directory import build
from egide.workspace.directory import directory as directories
from egide.workspace.directory.directory import WorkspaceDirectory
from egide.workspace.directory.models import Version
from egide.workspace.keys import services as keys
from egide.workspace.keys.models import AccessKey
from egide.workspace.knowledge import services as knowledge
from egide.workspace.knowledge.columns import Role as Column
from egide.workspace.knowledge.models import TermList
from egide.workspace.notice import services as notice
from egide.workspace.policies import services as policies
from egide.workspace.policies import versions as policy_versions
from egide.workspace.policies.models import PolicyVersion
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages


@pytest.fixture
def directory(committed_db: None) -> Iterator[WorkspaceDirectory]:
    """Started, with a watch too slow to matter: a change must be seen without it."""
    started = WorkspaceDirectory(period=3600)
    started.start()
    yield started
    started.stop()


def _key(email: str = "julie@entreprise.example") -> str:
    accounts.add_user(email, "collaborator")
    return wiring.keyring().key_digest(keys.create_key(email))


def test_a_key_finds_its_person_and_usage(directory: WorkspaceDirectory) -> None:
    digest = _key()
    caller = directory.snapshot().callers[digest]
    assert caller.person.id == User.objects.get().public_id
    assert (caller.person.role, caller.usage.id) == (Role.COLLABORATOR, "assistance")
    assert caller.key_id == AccessKey.objects.get().public_id


def test_who_has_not_read_the_notice_is_known_until_they_do(directory: WorkspaceDirectory) -> None:
    _key()
    julie = User.objects.get()
    assert directory.snapshot().uninformed == {julie.public_id}
    notice.acknowledge(julie, notice.version())
    assert directory.snapshot().uninformed == frozenset()


def _person() -> User:
    return User.objects.first() or User.objects.create_user("julie@entreprise.example", "pilot")


@pytest.mark.parametrize(
    "end",
    [
        lambda: keys.revoke(AccessKey.objects.get()),
        lambda: accounts.set_active(User.objects.get(), False),
        lambda: User.objects.get().delete(),
    ],
)
def test_a_key_dies_at_once(end: Callable[[], object], directory: WorkspaceDirectory) -> None:
    digest = _key()
    assert digest in directory.snapshot().callers
    end()
    assert digest not in directory.snapshot().callers


def test_every_kind_of_change_is_seen_at_once(directory: WorkspaceDirectory) -> None:
    versions = [directory.snapshot().version]

    def grew() -> bool:
        versions.append(directory.snapshot().version)
        return versions[-1] > versions[-2]

    provider = providers.add_provider("Maison", "openai", "http://127.0.0.1:1", "local", "une-cle")
    assert grew()
    assert directory.snapshot().providers[0].api_key == "une-cle"
    policy_versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    assert grew()
    assert directory.snapshot().policy.name == "strict"
    policies.hide("Projet Chanterelle", None)
    assert grew()
    assert directory.snapshot().terms == ("Projet Chanterelle",)
    policies.allow("Atelier Morvan", None)
    assert grew()
    assert len(directory.snapshot().allowed) == 1
    clients = knowledge.compiled([["Talbourdet"]], [Column.NAME], "client")
    clients.name = "Clients"
    knowledge.keep(clients)
    assert grew()
    (lists,) = directory.snapshot().knowledge
    provider.delete()
    assert grew()
    assert directory.snapshot().knowledge == (lists,), "not built again"
    TermList.objects.get().delete()
    assert grew()
    assert directory.snapshot().knowledge == ()
    assert directory.snapshot().providers == ()


def test_many_changes_at_once_are_read_once(
    directory: WorkspaceDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[Snapshot] = []
    read = build.snapshot

    def reading() -> Snapshot:
        readings.append(read())
        return readings[-1]

    monkeypatch.setattr(build, "snapshot", reading)
    with transaction.atomic():
        for number in range(30):
            accounts.add_user(f"p{number}@entreprise.example", "collaborator")
        assert readings == [], "nothing is read before the end"
    (seen,) = readings
    assert len(seen.uninformed) == 30
    assert directory.snapshot() is seen
    usages.add("Devis")
    assert len(readings) == 2


def test_a_change_given_up_is_not_seen(directory: WorkspaceDirectory) -> None:
    before = directory.snapshot()
    with transaction.atomic():
        usages.add("Devis")
        transaction.set_rollback(True)
    assert directory.snapshot() == before
    assert build.version() == before.version


def test_asking_for_the_snapshot_never_touches_a_database(directory: WorkspaceDirectory) -> None:
    _key()
    with CaptureQueriesContext(connection) as asked:
        directory.snapshot()
    assert len(asked) == 0


def test_a_change_by_another_process_is_seen_by_the_watch(committed_db: None) -> None:
    seen = Event()

    class Watched(WorkspaceDirectory):
        def refresh(self) -> None:
            super().refresh()
            if self.snapshot().version == 42:
                seen.set()

    watched = Watched(period=0.01)
    watched.start()
    try:
        # As another process would: without the signals of this one.
        Version.objects.update_or_create(id=1, defaults={"number": 42})
        assert seen.wait(30)
        assert watched.snapshot().version == 42
    finally:
        watched.stop()


def test_a_database_that_fails_leaves_the_last_snapshot(
    directory: WorkspaceDirectory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = directory.snapshot()

    def broken() -> int:
        raise OSError("a message that could hold a value")

    monkeypatch.setattr(build, "version", broken)
    directory._look()
    assert directory.snapshot() is before
    assert "OSError" in caplog.text
    assert "could hold" not in caplog.text


def test_a_directory_that_cannot_read_does_not_start(committed_db: None) -> None:
    PolicyVersion.objects.create(number=1, text="name: [", reason="Abîmée.")
    with pytest.raises(Exception, match="EG-6134"):
        WorkspaceDirectory().start()


def test_not_started_is_a_mistake_told_at_once(db: None) -> None:
    with pytest.raises(RuntimeError):
        WorkspaceDirectory().snapshot()


def test_a_stopped_directory_is_forgotten(committed_db: None) -> None:
    stopped = WorkspaceDirectory()
    stopped.start()
    stopped.stop()
    assert stopped not in directories._running
