from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from egide.journal import Entry, chain
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import SqlJournal
from egide.workspace.overview.models import Tally
from egide.workspace.overview.series import series
from egide.workspace.overview.tally import SETTLED, catch_up, catch_up_wholly

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
Write = Callable[..., None]


@pytest.fixture
def write(db: None) -> Write:
    def written(
        action: str,
        labels: dict[str, int],
        at: datetime = NOON,
        kind: str = "opened",
        masked: dict[str, int] | None = None,
    ) -> None:
        store = SqlJournal()
        entry = Entry(
            kind,
            "ex",
            at.isoformat(),
            {"action": action, "labels": labels, "masked": labels if masked is None else masked},
        )  # type: ignore[arg-type]
        store.append(chain(store.tail("w"), "w", [entry]))

    return written


def tallied() -> dict[tuple[date, str, str], int]:
    return {(row.day, row.label, row.outcome): row.count for row in Tally.objects.all()}


def test_each_record_is_counted_once(write: Write) -> None:
    write("mask", {"PERSON": 2, "IBAN": 1})
    write("mask", {}, kind="closed")
    assert catch_up(LATER) == 2
    write("mask", {"PERSON": 3})
    write("block", {"NIR": 1}, kind="refused")
    assert (catch_up(LATER), catch_up(LATER)) == (2, 0)
    day = NOON.date()
    assert tallied() == {
        (day, "", "sent"): 2,
        (day, "PERSON", "sent"): 5,
        (day, "IBAN", "sent"): 1,
        (day, "", "stopped"): 1,
        (day, "NIR", "stopped"): 1,
    }


def test_what_is_recent_waits_and_what_comes_from_a_wrong_clock_does_not_stop_it(write: Write) -> None:
    write("mask", {"PERSON": 1})
    assert catch_up(NOON + SETTLED / 2) == 0
    write("mask", {"PERSON": 1}, NOON + timedelta(days=900))
    write("mask", {"PERSON": 1})
    assert catch_up(LATER) == 3


def test_many_records_are_counted_batch_by_batch(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        write("mask", {"EMAIL": 1})
    assert catch_up(LATER, most=2) == 2
    assert catch_up_wholly(LATER) == 3
    assert tallied()[NOON.date(), "EMAIL", "sent"] == 5


def test_weeks_and_classes_add_up(write: Write) -> None:
    write("mask", {"PERSON": 2, "LOCATION": 1, "IBAN": 1})
    write("block", {"IBAN": 4}, NOON - timedelta(weeks=1), kind="refused")
    write("mask", {"PERSON": 9}, NOON - timedelta(weeks=20))
    write("warn", {"AMOUNT": 7}, masked={})
    catch_up(LATER)
    found = series(NOON.date())
    assert (len(found.weeks), found.exchanges, found.masked, found.stopped) == (12, 3, 4, 4)
    assert [(week.masked, week.stopped) for week in found.weeks[-2:]] == [(0, 4), (4, 0)]
    assert found.classes == (("coordonnées bancaires", 1, 4), ("identité", 3, 0))
    assert max(bar.masked_height + bar.stopped_height for bar in found.bars) == 120


def test_what_was_let_through_is_not_masked_and_what_was_accepted_later_is_stopped_once(write: Write) -> None:
    write("warn", {"PERSON": 4}, masked={})
    write("mask", {"PERSON": 6, "IBAN": 1}, masked={"IBAN": 1})
    write("justify", {"NIR": 1}, kind="refused")
    write("justify", {"NIR": 1})
    catch_up(LATER)
    found = series(NOON.date())
    assert (found.exchanges, found.masked, found.stopped) == (4, 2, 1)


def test_an_altered_record_stops_nothing(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    write("mask", {"PERSON": 1})
    JournalRecord.objects.update(details='["M. Perrin"]')
    write("mask", {"IBAN": 1})
    assert catch_up(LATER) == 2
    assert (tallied()[NOON.date(), "IBAN", "sent"], tallied()[NOON.date(), "", "sent"]) == (1, 2)
    assert "Perrin" not in caplog.text
