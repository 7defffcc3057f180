from __future__ import annotations

import pytest
from hypothesis import given
from tests.policy.making import ACTIONS

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import Action, Role, Trust
from egide.policy.phrasing import NOUNS, TRUSTS, VERBS, least, outcome, sentence

BANKING = NOUNS["banking"]


def _actions(*words: str) -> dict[Trust, Action]:
    return dict(zip(Trust, map(Action, words), strict=True))


def test_every_class_and_label_has_a_noun() -> None:
    assert set(NOUNS) == {*DATA_CLASSES, *LABELS}


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        (
            _actions("mask", "mask", "mask", "allow"),
            "masquées pour tous les services, sauf un service local, où elles sont lues en clair.",
        ),
        (
            _actions("block", "block", "block", "block"),
            "bloquées pour tous les services.",
        ),
        (
            _actions("block", "mask", "mask", "allow"),
            (
                "masquées pour tous les services, sauf un service grand public, où elles sont bloquées, et un"
                " service local, où elles sont lues en clair."
            ),
        ),
    ],
)
def test_the_common_action_comes_first_then_the_exceptions(actions: dict[Trust, Action], said: str) -> None:
    assert sentence(BANKING, actions) == f"Les coordonnées bancaires sont {said}"


def test_a_reason_and_an_approval_are_told_apart() -> None:
    assert sentence(BANKING, _actions("approve", "justify", "justify", "allow")) == (
        "Les coordonnées bancaires ne partent que masquées et avec une raison écrite pour tous les services,"
        " sauf un service grand public, où elles ne partent que masquées et avec l'accord d'un pilote, et un"
        " service local, où elles sont lues en clair."
    )


def test_a_rule_says_for_whom_it_is() -> None:
    said = sentence(BANKING, _actions(*["mask"] * 4), ["Devis", "Voyages"], [Role.PILOT, Role.ADMIN])
    assert said == (
        "Pour les usages « Devis » et « Voyages » et les pilotes et les administrateurs, les coordonnées"
        " bancaires sont masquées pour tous les services."
    )


@given(actions=ACTIONS)
def test_every_exception_is_named_once(actions: dict[Trust, Action]) -> None:
    said = sentence(BANKING, actions)
    for action in set(actions.values()):
        assert BANKING.agreeing(VERBS[action]) in said
    assert sum(said.count(words) for words in TRUSTS.values()) < len(Trust)
    assert "(e)" not in said


def test_the_least_says_nothing_where_anything_may_happen() -> None:
    assert least(BANKING, _actions("block", "mask", "mask", "allow")) == (
        "les coordonnées bancaires sont au moins bloquées pour un service grand public et masquées pour un"
        " service sous contrat ou un service européen sous contrat."
    )
    assert least(BANKING, _actions(*["allow"] * 4)) == ""


def test_gender_follows_the_noun() -> None:
    assert outcome(NOUNS["SECRET"], Action.BLOCK) == "Les mots de passe, clés et codes sont bloqués."
    assert "masquées" in outcome(NOUNS["PLATE"], Action.MASK)
