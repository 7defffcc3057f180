from __future__ import annotations

import pytest
from django.utils import translation

from egide.detection import LABELS
from egide.policy import Action, Trust
from egide.workspace.assistant.words import ACTIONS, NOUNS, TRUST, counted


def test_every_label_action_and_trust_has_words() -> None:
    assert set(NOUNS) == set(LABELS)
    assert set(ACTIONS) == set(Action)
    assert set(TRUST) == set(Trust)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([], ""),
        (["IBAN"], "1 IBAN"),
        (["IBAN", "PERSON", "PERSON"], "2 noms et 1 IBAN"),
        (["EMAIL", "PERSON", "EMAIL", "AMOUNT"], "2 adresses e-mail, 1 nom et 1 montant"),
    ],
)
def test_labels_are_counted_as_people_say_it(labels: list[str], said: str) -> None:
    assert counted(labels) == said


def test_labels_are_counted_in_english(workspace: None) -> None:
    with translation.override("en"):
        assert counted(["EMAIL", "PERSON", "EMAIL", "AMOUNT"]) == "2 email addresses, 1 name and 1 amount"
        assert counted(["IBAN", "IBAN"]) == "2 IBAN"
