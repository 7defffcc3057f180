from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests.workspace.charter.conftest import Publish

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.charter import charter
from egide.workspace.charter import procedure
from egide.workspace.charter.models import CharterDraft, CharterVersion
from egide.workspace.company import services as company

Browse = Callable[..., Client]


def page(client: Client, query: str = "") -> str:
    return unescape(client.get(f"/charte/redaction/procedure/{query}").content.decode())


@pytest.mark.parametrize(
    ("filed", "made_public", "expected"),
    [
        ("2026-12-01", "2026-12-10", date(2027, 1, 10)),
        ("2026-12-10", "2026-12-01", date(2027, 1, 10)),
        ("2027-01-31", "2027-01-15", date(2027, 2, 28)),
        ("2026-12-01", "", None),
        ("", "2026-12-01", None),
    ],
)
def test_the_entry_into_force_comes_a_month_after_the_later(
    filed: str, made_public: str, expected: date | None
) -> None:
    assert procedure.earliest({"depot": filed, "publicite": made_public}) == expected


def test_every_formality_belongs_to_a_step() -> None:
    for _, _, step in procedure.FORMALITIES:
        assert charter().legal.step(step).sources


def test_the_articles_that_may_found_a_sanction_are_named() -> None:
    draft = CharterDraft(left_out={"outils": "Non"})
    assert [one.id for one in procedure.disciplinary(draft)] == [
        "usages-autorises",
        "donnees",
        "non-discrimination",
        "securite",
    ]


def test_dates_are_noted_and_a_charter_that_comes_too_early_is_told(
    browser: Browse, publish: Publish
) -> None:
    publish(date_entree_vigueur="2026-12-15")
    pilot = browser(Role.PILOT)
    address = "/charte/redaction/procedure/?version=1"
    assert "Notez le dépôt" in page(pilot, "?version=1")
    given = {"depot": "2026-12-01", "publicite": "2026-12-05", "cse_charte": "2026-12-03"}
    assert pilot.post(address, given).headers["Location"] == address
    shown = page(pilot, "?version=1")
    assert "Première date possible d'entrée en vigueur : <strong>05/01/2027" in shown
    assert "entre en vigueur le 15/12/2026" in shown
    assert "l'avis se demande d'abord" in shown
    assert 'value="2026-12-01"' in shown
    assert procedure.dates(2) == {}, "the next version has its own"


def test_a_date_that_is_none_keeps_the_others_on_the_page(browser: Browse) -> None:
    pilot = browser(Role.PILOT)
    answer = pilot.post("/charte/redaction/procedure/", {"depot": "bientôt", "publicite": "2026-12-05"})
    shown = answer.content.decode()
    assert 'value="bientôt"' in shown
    assert 'value="2026-12-05"' in shown
    assert procedure.dates(1) == {}


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        (None, "n'a pas dit son effectif"),
        (8, "Moins de 11 salariés"),
        (30, "11 à 49 salariés"),
        (80, "50 salariés et plus"),
    ],
)
def test_the_page_speaks_of_this_company(staff: int | None, said: str, browser: Browse) -> None:
    own = company.current()
    own.staff = staff
    own.save()
    shown = page(browser(Role.PILOT))
    assert said in shown
    required = shown.count("Obligatoire pour vous")
    assert required == (7 if staff == 80 else 4)


def test_sanctions_do_not_enter_into_force_before_the_procedure_allows(
    browser: Browse, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, today = timezone.localdate, date(2026, 9, 15)
    monkeypatch.setattr(timezone, "localdate", lambda value=None: real(value) if value else today)
    with_sanctions = {"sanctions": "A"}
    for entry, given in (
        ("2026-10-14", {}),
        ("2026-10-14", {"depot": "2026-08-01"}),
        ("2026-10-19", {"depot": "2026-08-01", "publicite": "2026-09-20"}),
        ("2026-12-01", {"depot": "2026-08-01", "publicite": "2026-08-01", "cse_charte": "2026-08-02"}),
    ):
        procedure.note(1, given)
        with pytest.raises(WorkspaceError, match="EG-6541"):
            publish(answers=with_sanctions, date_entree_vigueur=entry)
        shown = unescape(browser(Role.PILOT).get("/charte/redaction/apercu/").content.decode())
        assert "n'est pas permise" in shown
        assert "Publier la version" not in shown
    assert not CharterVersion.objects.exists()
    procedure.note(1, {"depot": "2026-08-01", "publicite": "2026-08-10", "cse_charte": "2026-07-01"})
    publish(answers=with_sanctions, date_entree_vigueur="2026-09-10")
    assert procedure.soonest({}, today) == date(2026, 10, 15)
    assert publish(answers=with_sanctions, date_entree_vigueur="2099-01-01").number == 2
    assert publish(date_entree_vigueur="2026-09-16").number == 3, "without sanctions, when they like"


def test_a_published_version_with_sanctions_waits_for_its_proofs(browser: Browse, publish: Publish) -> None:
    publish(answers={"sanctions": "A"}, date_entree_vigueur="2099-01-01")
    pilot = browser(Role.PILOT)

    def shown() -> str:
        return unescape(pilot.get("/charte/redaction/signatures/").content.decode())

    assert "Date à noter : dépôt au greffe" in shown()
    procedure.note(1, {"depot": "2098-12-15", "publicite": "2098-12-15"})
    assert "la première date possible est le 15/01/2099" in shown()
    procedure.note(1, {"depot": "2098-11-15", "publicite": "2098-11-15"})
    assert "n'est pas établie" not in shown()


def test_a_year_that_cannot_be_meant_is_refused(browser: Browse) -> None:
    pilot = browser(Role.PILOT)
    answer = pilot.post("/charte/redaction/procedure/", {"depot": "9999-12-31", "publicite": "9999-12-31"})
    assert "Vérifiez l'année" in unescape(answer.content.decode())
    assert procedure.dates(1) == {}
    assert pilot.get("/charte/redaction/apercu/").status_code == 200
