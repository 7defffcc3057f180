from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from egide.workspace import setup

setup.start()

from tests.workspace.programmes.conftest import STALE_AFTER, TODAY, programme  # noqa: E402

from egide.workspace.programmes.deadlines import Deadline, What, calendar, of_followed, of_others  # noqa: E402
from egide.workspace.programmes.entries import Entry  # noqa: E402
from egide.workspace.programmes.fitting import Fit, fit  # noqa: E402
from egide.workspace.programmes.models import Follow, State  # noqa: E402
from egide.workspace.programmes.profile import Profile  # noqa: E402

NOW = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)


def _fit(programme_id: str, closes_on: str | None, follow: Follow | None = None, **told: Any) -> Fit:
    made = programme(id=programme_id, closes_on=closes_on, **told)
    return fit(Entry(made, TODAY, STALE_AFTER, None, follow), Profile(14, "Bretagne"))


def test_closing_dates_and_next_dates_come_in_order() -> None:
    one = Follow(programme="un", name="Un", state=State.TO_LOOK, next_on=date(2027, 1, 4))
    two = Follow(programme="deux", name="Deux", state=State.APPLIED)
    found = of_followed([one, two], [_fit("un", "2027-02-01").entry, _fit("deux", "2026-12-24").entry])
    assert [(each.day, each.programme, each.what) for each in found] == [
        (date(2026, 12, 24), "deux", What.CLOSES),
        (date(2027, 1, 4), "un", What.NEXT),
        (date(2027, 2, 1), "un", What.CLOSES),
    ]


def test_what_is_obtained_or_dropped_no_longer_closes_but_keeps_its_next_date() -> None:
    one = Follow(programme="un", name="Un", state=State.OBTAINED, next_on=date(2027, 1, 4))
    assert [each.what for each in of_followed([one], [_fit("un", "2027-02-01").entry])] == [What.NEXT]


def test_a_programme_that_left_the_directory_keeps_its_next_date() -> None:
    one = Follow(programme="parti", name="Parti", state=State.TO_LOOK, next_on=date(2027, 1, 4))
    assert [each.name for each in of_followed([one], [])] == ["Parti"]


def test_other_closing_dates_are_those_that_may_suit_and_are_to_come() -> None:
    fits = [
        _fit("proche", "2026-12-01"),
        _fit("aujourdhui", "2026-11-29"),
        _fit("passe", "2026-11-28"),
        _fit("ailleurs", "2026-12-01", eligibility={"region": "Corse"}),
        _fit("suivi", "2026-12-01", Follow(programme="suivi", name="Suivi")),
        _fit("sans", None),
    ]
    assert [each.programme for each in of_others(fits, TODAY)] == ["aujourdhui", "proche"]


def test_the_file_is_well_formed_whatever_the_name() -> None:
    name = "Aide, « été » ; C:\\dossier\nEND:VEVENT " + "é" * 80
    written = calendar([Deadline(date(2026, 12, 31), What.CLOSES, "un", name)], NOW, "egide.exemple.fr")
    assert written.endswith("END:VCALENDAR\r\n")
    lines = written.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in written.replace("\r\n", "")
    whole = written.replace("\r\n ", "").split("\r\n")
    assert whole.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261231" in whole
    assert "DTEND;VALUE=DATE:20270101" in whole
    assert "UID:un-closes@egide.exemple.fr" in whole
    assert "DTSTAMP:20261129T080000Z" in whole
    summary = next(line for line in whole if line.startswith("SUMMARY:"))
    assert summary == ("SUMMARY:Aide\\, « été » \\; C:\\\\dossier END:VEVENT " + "é" * 80 + " : date limite")
