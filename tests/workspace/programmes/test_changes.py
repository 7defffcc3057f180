from __future__ import annotations

from typing import Any

from egide.workspace import setup

setup.start()

from tests.workspace.programmes.conftest import newer  # noqa: E402

from egide.reference.programmes import programmes  # noqa: E402
from egide.workspace.programmes.changes import difference  # noqa: E402
from egide.workspace.programmes.receiving import received  # noqa: E402


def test_nothing_changes_but_the_day() -> None:
    assert difference(programmes(), received(newer())).is_empty


def test_every_change_is_told_in_words() -> None:
    def change(content: Any) -> None:
        first, second = content["programmes"][0], content["programmes"][1]
        first.update(status="closed", closes_on="2027-02-01", url="https://autre-site.exemple/aide")
        first["eligibility"]["min_staff"] = 10
        first["amount"]["max_eur"] = 5000
        first["other_sources"].pop()
        second["id"] = "tout-nouveau"
        content["help"]["stale_after_days"] = 3650

    found = difference(programmes(), received(newer(change)))
    assert [one.id for one in found.added] == ["tout-nouveau"]
    assert [one.id for one in found.removed] == ["diag-data-ia"]
    assert found.sites == ("autre-site.exemple",)
    assert [(one.before, one.after) for one in found.rules] == [("180", "3650")]
    assert len(found.changed) == 1
    told = {one.field: (one.before, one.after) for one in found.changed[0].changes}
    assert told["État"] == ("Ouvert", "Fermé")
    assert told["Date limite"] == ("(rien)", "2027-02-01")
    assert told["Effectif minimal"] == ("(rien)", "10")
    assert told["Chiffre du montant (max_eur)"] == ("(rien)", "5000.0")
    assert any(after == "(rien)" for _, after in told.values())
    assert len(told) == 6
