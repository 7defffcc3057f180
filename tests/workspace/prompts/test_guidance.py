from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.detection import Finding
from egide.policy import Action, Treatment
from egide.workspace.accounts.models import User
from egide.workspace.prompts.catalogue import ready
from egide.workspace.prompts.guidance import Guidance, guidance


def _treated(label: str, action: Action = Action.MASK) -> Treatment:
    return Treatment(Finding(0, 4, label, 1.0, "test", ""), action, "r")


def _of(ref: str) -> Guidance:
    return Guidance(ref, ready()[ref].content)


def test_what_a_prompt_is_not_for_is_told_in_kinds_and_numbers_even_masked() -> None:
    found = [_treated("PERSON"), _treated("PERSON"), _treated("HEALTH"), _treated("LOCATION")]
    (said,) = _of("rh-grille-entretien").warnings(found, local=False)
    assert (
        "nom de personne (2), de la classe « Personnel » ; "
        "information de santé (1), de la classe « Sensible (RGPD, article 9) »."
    ) in said
    assert "n'est pas faite pour ces données" in said


def test_what_must_be_masked_is_told_when_it_would_leave_as_it_is() -> None:
    asked = _of("com-relance")
    assert asked.warnings([_treated("PERSON")], local=False) == ()
    assert asked.warnings([_treated("PERSON", Action.ALLOW)], local=True) == ()
    (said,) = asked.warnings([_treated("PERSON", Action.WARN)], local=False)
    assert "que masquées" in said


@pytest.mark.parametrize("ref", sorted(ready()))
def test_secrets_and_health_are_never_for_a_ready_prompt(ref: str) -> None:
    for label in ("SECRET", "HEALTH", "COMPANY_TERM"):
        assert len(_of(ref).warnings([_treated(label)], local=True)) == 1


def test_a_prompt_that_is_not_there_guides_nobody(person: Callable[..., User]) -> None:
    zoe = person()
    assert guidance(zoe, "") is None
    assert guidance(zoe, "inconnue") is None
    told = guidance(zoe, "com-relance")
    assert told is not None
    assert [check.id for check in told.to_verify] == ["noms", "promesse", "ton"]
