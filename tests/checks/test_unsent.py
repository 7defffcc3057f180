from __future__ import annotations

import pytest

from egide.checks import Sent, unsent
from egide.detection import Finding

SENT = [
    "Bonjour, je suis Mme Solenne Le Garrec, tél. 06 39 98 41 27, IBAN FR76 3000 6000 0112 3456 7890 189."
]


def new(value: str, label: str) -> bool:
    text = f"Voici {value} dans la réponse."
    return bool(unsent(text, [Finding(6, 6 + len(value), label, 1.0, "test", "")], Sent(SENT)))


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("Solenne Le Garrec", "PERSON"),
        ("LE GARREC Solenne", "PERSON"),
        ("Mme Le Garrec", "PERSON"),
        ("solenne le-garrec", "PERSON"),
        ("Sôlenne", "PERSON"),
        ("0639984127", "PHONE"),
        ("+33 6 39 98 41 27", "PHONE"),
        ("06.39.98.41.27", "PHONE"),
        ("fr7630006000011234567890189", "IBAN"),
        ("3000 6000 0112 3456", "IBAN"),
    ],
)
def test_a_value_sent_is_known_whatever_its_form(value: str, label: str) -> None:
    assert not new(value, label)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("Garance Thébault", "PERSON"),
        ("Solenne Thébault", "PERSON"),
        ("06 39 98 41 28", "PHONE"),
        ("FR76 3000 6000 0112 3456 7890 188", "IBAN"),
        ("s.legarrec@exemple.fr", "EMAIL"),
        ("Kx7!pR2vQz", "SECRET"),
    ],
)
def test_a_value_that_nobody_sent_is_told(value: str, label: str) -> None:
    assert new(value, label)


def test_what_says_nothing_of_a_person_is_left_out() -> None:
    assert not new("12 000 €", "AMOUNT")
    assert not new("Lyon", "LOCATION")
    assert not new("Ed", "PERSON")
