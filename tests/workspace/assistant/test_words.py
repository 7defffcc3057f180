from __future__ import annotations

import pytest
from django.utils import translation

from egide.detection import LABELS
from egide.policy import Action, Trust
from egide.workspace.assistant.words import ACTIONS, NOUNS, TRUST, counted, reason


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


@pytest.mark.parametrize(
    ("told", "english"),
    [
        ("IBAN : longueur du pays et clé exactes.", "Its form and its check digits are exact."),
        ("IBAN d'après le contexte ; sa clé est fausse.", "The context says so; its check digits are wrong."),
        ("Information de santé rattachée à une personne.", "The text ties it to a person."),
        ("Clients (liste « Clients 2026 »).", "Name from one of your company's lists."),
        ("Adresse électronique.", ""),
    ],
)
def test_a_reason_tells_in_english_what_it_rests_on(told: str, english: str, workspace: None) -> None:
    assert reason(told) == told
    with translation.override("en"):
        assert reason(told) == english
