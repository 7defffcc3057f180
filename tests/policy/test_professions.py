from __future__ import annotations

import pytest

from egide.detection.labels import LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy.document import FLOOR_ACTIONS, PROFESSION
from egide.policy.editing import with_professions
from egide.policy.professions import packs
from egide.policy.table import build_table
from egide.reference.professions import professions

OUTSIDE = (Trust.PUBLIC, Trust.CONTRACT, Trust.EUROPEAN)


@pytest.mark.parametrize("name", list(packs()))
def test_a_pack_holds_every_class_that_the_reference_asks_to_block(name: str) -> None:
    pack = packs()[name]
    asked = next(one for one in professions().professions if one.id == name).extra_blocked_classes
    assert tuple(promise.blocked.id for promise in pack.promises) == asked
    for promise in pack.promises:
        assert (promise.floor is None) == (promise.reach.coverage == "none")
    for floor in pack.floors:
        assert floor.origin == f"{PROFESSION}{name}"
        assert floor.covers <= set(LABELS)
        assert floor.actions[Trust.PUBLIC] is Action.BLOCK
        assert set(floor.actions.values()) <= FLOOR_ACTIONS


def test_a_lawyers_clients_never_reach_a_public_service_and_are_masked_elsewhere() -> None:
    document = with_professions(Policy.load("open").document, ["avocat"])
    for label in ("PERSON", "ORGANISATION", "EMAIL", "IBAN", "CASE_REF", "CRIMINAL"):
        public, european = (
            build_table(document, "", Role.ADMIN, trust)[label] for trust in (Trust.PUBLIC, Trust.EUROPEAN)
        )
        assert public.action is Action.BLOCK
        assert european.action.severity >= Action.MASK.severity
    assert build_table(document, "", Role.ADMIN, Trust.PUBLIC)["LOCATION"].action is Action.MASK


def test_a_doctors_health_data_stays_in_the_company() -> None:
    document = with_professions(Policy.load("open").document, ["medecin"])
    for trust in OUTSIDE:
        cell = build_table(document, "", Role.COLLABORATOR, trust)["HEALTH"]
        assert cell.action is Action.BLOCK
        assert cell.sentence == (
            "Métier « Médecin » : ce qui relève de « Données de santé » n'est pas envoyé à ce service."
        )


def test_what_is_classified_goes_nowhere_even_inside() -> None:
    document = with_professions(Policy.default().document, ["defense"])
    assert build_table(document, "", Role.ADMIN, Trust.LOCAL)["CONFIDENTIAL_MARK"].action is Action.BLOCK


def test_an_unknown_profession_adds_nothing() -> None:
    assert with_professions(Policy.default().document, ["astrologue"]) == Policy.default().document
