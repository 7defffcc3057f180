from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone
from tests.workspace.training.conftest import answers

from egide.errors import WorkspaceError
from egide.reference.training import lessons, modules
from egide.workspace.accounts.models import User
from egide.workspace.notice import services as notice
from egide.workspace.training import services
from egide.workspace.training.models import Attempt, Certificate, Edition
from egide.workspace.training.plan import Reason, State
from egide.workspace.training.rules import note_editions

People = Callable[..., User]
Take = Callable[..., Attempt]
M1 = modules()["m1"]


def _states(person: User) -> dict[str, State]:
    return {one.module.id: one.state for one in services.mine(person)}


def test_a_newcomer_has_every_module_to_do(person: People) -> None:
    zoe = person()
    assert _states(zoe) == dict.fromkeys(modules(), State.TO_DO)
    assert services.waiting(zoe) == 0, "nobody is late on the first day"
    note_editions()
    Edition.objects.update(since=timezone.now() - timedelta(days=40))
    zoe.created_at = timezone.now() - timedelta(days=31)
    assert services.waiting(zoe) == len(modules())
    assert all(one.late for one in services.mine(zoe))


def test_passing_gives_a_certificate_and_failing_does_not(person: People, take: Take) -> None:
    zoe = person()
    failed = take(zoe, "m1", missing=2)
    assert (failed.passed, failed.score, failed.missed) == (False, 71, ["m1q1", "m1q2"])
    assert not Certificate.objects.exists()
    passed = take(zoe, "m1", missing=1)
    assert (passed.passed, passed.score) == (True, 85)
    kept = Certificate.objects.get()
    assert (kept.person, kept.module, kept.version) == (zoe, "m1", lessons()["m1"].version)
    assert _states(zoe)["m1"] is State.PASSED
    assert [attempt.score for attempt in services.attempts(zoe, M1)] == [85, 71]


def test_an_attempt_is_sent_once(person: People, take: Take) -> None:
    attempt = take(person(), "m1", missing=7)
    with pytest.raises(WorkspaceError, match="EG-6431"):
        services.send(attempt, answers("m1"))
    # Nor by a page that does not know yet.
    attempt.sent_at = None
    with pytest.raises(WorkspaceError, match="EG-6431"):
        services.send(attempt, answers("m1"))
    kept = Attempt.objects.get()
    assert (kept.score, kept.passed) == (0, False)
    assert not Certificate.objects.exists()


def test_of_two_answers_at_the_same_time_one_counts(committed_db: None) -> None:
    zoe = User.objects.create_user("zoe@entreprise.example")
    notice.acknowledge(zoe, notice.version())
    attempt = services.start(zoe, M1)
    together, refused = Barrier(6), []

    def send() -> None:
        together.wait()
        try:
            services.send(attempt, answers("m1"))
        except WorkspaceError as problem:
            refused.append(problem.code)
        finally:
            connections.close_all()

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["EG-6431"] * 5
    assert Certificate.objects.count() == 1


def test_an_attempt_begun_keeps_its_order_until_it_is_sent(person: People) -> None:
    zoe = person()
    first = services.start(zoe, M1)
    again = services.start(zoe, M1)
    assert (again.pk, again.order) == (first.pk, first.order)
    services.send(again, answers("m1"))
    orders = []
    for _ in range(10):
        attempt = services.start(zoe, M1)
        orders.append(str(attempt.order))
        services.send(attempt, answers("m1"))
    assert len(set(orders)) > 1


def test_nothing_is_recorded_before_the_notice_is_read(person: People) -> None:
    with pytest.raises(WorkspaceError, match="EG-6150"):
        services.start(person(informed=False), M1)
    assert not Attempt.objects.exists()


def test_a_new_content_is_asked_again_and_ends_what_was_begun(
    person: People, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = person()
    take(zoe, "m1")
    assert services.mine(zoe)[0].state is State.PASSED
    begun = services.start(zoe, M1)
    newer = {**lessons(), "m1": lessons()["m1"].model_copy(update={"version": "2027.1.1"})}
    monkeypatch.setattr("egide.reference.training.lessons", lambda: newer)
    found = services.mine(zoe)[0]
    assert (found.state, found.reason, found.late) == (State.TO_RENEW, Reason.CONTENT, False)
    note_editions()
    assert set(Edition.objects.filter(module="m1").values_list("version", flat=True)) == {
        "2027.1.1",
        Certificate.objects.get().version,
    }
    with pytest.raises(WorkspaceError, match="EG-6432"):
        services.send(begun, answers("m1"))
    assert services.start(zoe, M1).version == "2027.1.1"
    assert not Attempt.objects.filter(pk=begun.pk).exists()
    take(zoe, "m1")
    assert _states(zoe)["m1"] is State.PASSED


def test_the_certificate_stays_without_a_name_when_the_person_goes(person: People, take: Take) -> None:
    zoe = person()
    take(zoe, "m1")
    zoe.delete()
    assert not Attempt.objects.exists()
    assert Certificate.objects.get().person is None
