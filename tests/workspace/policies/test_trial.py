from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.workspace.policies.conftest import Read

from egide.detection import Finding
from egide.errors import WorkspaceError
from egide.policy import Action, Policy, Role, Trust
from egide.policy.editing import Target, with_line, with_professions
from egide.workspace import wiring
from egide.workspace.policies import drafts, trial
from egide.workspace.providers import services as providers

TEXT = "Mme Zoé Lefèvre paie avec l'IBAN FR76 3000 6000 0112 3456 7890 189.\nSon numéro : 06 12 34 56 78."
PRUDENT = Policy.default()
LAWYER = Policy.of(with_professions(PRUDENT.document, ["avocat"]))


def _attempt(trust: Trust = Trust.PUBLIC, text: str = TEXT, after: Policy = LAWYER) -> trial.Trial:
    return trial.attempt(text, "", trust, Role.COLLABORATOR, PRUDENT, after)


def test_both_sides_give_the_text_back_whole(detection: None) -> None:
    for trust in Trust:
        told = _attempt(trust)
        for side in (told.before, told.after):
            assert "".join(piece.text for piece in side.pieces) == TEXT


def test_the_decision_of_each_policy_and_what_differs_are_told(detection: None) -> None:
    told = _attempt()
    assert (told.before.verdict, told.after.verdict) == ("Envoyé, avec ce qui est masqué", "Envoi bloqué")
    assert {piece.mark for piece in told.before.pieces} == {"", "masked"}
    assert {piece.mark for piece in told.after.pieces} == {"", "blocked"}
    assert {(one.kind, one.before, one.after, one.by) for one in told.differences} == {
        ("nom de personne", "Masqué", "Bloqué", "métier : Avocat"),
        ("coordonnées bancaires (IBAN ou RIB)", "Masqué", "Bloqué", "métier : Avocat"),
        ("numéro de téléphone", "Masqué", "Bloqué", "métier : Avocat"),
    }
    inside = _attempt(Trust.LOCAL)
    assert inside.differences == ()
    assert {piece.mark for piece in inside.after.pieces} == {"", "left"}


def test_a_usage_and_a_role_count(detection: None) -> None:
    blocked = dict.fromkeys(Trust, Action.BLOCK)
    document = with_line(PRUDENT.document, Target("label", "IBAN"), blocked, ["devis"], [Role.PILOT])
    after = Policy.of(document)
    for usage, role, verdict in (
        ("devis", Role.PILOT, "Envoi bloqué"),
        ("devis", Role.COLLABORATOR, "Envoyé tel quel"),
        ("", Role.PILOT, "Envoyé tel quel"),
    ):
        told = trial.attempt(TEXT, usage, Trust.LOCAL, role, PRUDENT, after)
        assert told.after.verdict == verdict


def test_findings_inside_others_are_marked_once(monkeypatch: pytest.MonkeyPatch, detection: None) -> None:
    found = [Finding(0, 8, "PERSON", 1.0, "a", "r"), Finding(4, 6, "IBAN", 1.0, "b", "r")]
    monkeypatch.setattr(wiring.wired().exchanges, "recognise", lambda text: found, raising=False)
    told = _attempt(text="Zoé Lefèvre")
    assert "".join(piece.text for piece in told.after.pieces) == "Zoé Lefèvre"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (trial.LONGEST + 1)])
def test_an_empty_or_endless_text_is_refused(text: str, detection: None) -> None:
    with pytest.raises(WorkspaceError, match="EG-6137"):
        _attempt(text=text)


def _try(client: Client, **told: str) -> str:
    sent = {"texte": TEXT, "usage": "", "service": "public", "role": "collaborator", **told}
    answer = client.post("/politique/brouillon/essai/", sent)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return " ".join(answer.content.decode().split())


def test_a_trial_is_shown_beside_what_is_in_force(pilot: Client, detection: None) -> None:
    drafts.replace(LAWYER.document, 0, None)
    page = _try(pilot)
    assert "Envoi bloqué" in page
    assert "Envoyé, avec ce qui est masqué" in page
    assert '<mark class="blocked changed">' in page
    assert "métier : Avocat" in page
    draft = drafts.current()
    assert draft is not None
    assert "Lefèvre" not in repr(vars(draft))


def test_a_declared_service_counts_by_its_trust(pilot: Client, detection: None) -> None:
    drafts.replace(LAWYER.document, 0, None)
    maison = providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    page = _try(pilot, service=f"service:{maison.slug}")
    assert "pour ce texte, les deux font la même chose" in page
    assert "Maison" in page
    assert "is-invalid" in _try(pilot, service="service:autre")


def test_only_the_result_answers_htmx(pilot: Client, detection: None) -> None:
    answer = pilot.post(
        "/politique/brouillon/essai/",
        {"texte": TEXT, "usage": "", "service": "public", "role": "pilot"},
        headers={"hx-request": "true"},
    )
    assert "<html" not in answer.content.decode()
    assert "Ce qui diffère" in answer.content.decode()
    refused = pilot.post("/politique/brouillon/essai/", {"texte": ""}, headers={"hx-request": "true"})
    assert 'role="alert"' in refused.content.decode()


def test_hostile_text_is_shown_as_text(pilot: Client, detection: None) -> None:
    page = _try(pilot, texte="<script>alert(1)</script> Mme <b>Zoé Lefèvre</b>")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_without_a_draft_both_sides_are_what_is_in_force(
    pilot: Client, detection: None, browser: Callable[..., Client], read: Read
) -> None:
    assert "les deux colonnes sont la politique en vigueur" in _try(pilot)
    assert "Que se passerait-il" in read("/politique/brouillon/essai/")
    sent = {"texte": TEXT, "service": "public", "role": "pilot"}
    assert browser(Role.COLLABORATOR).post("/politique/brouillon/essai/", sent).status_code == 403
