from __future__ import annotations

import pytest

from egide.detection import Detector
from egide.detection.names.languages import borne, unlearned

LETTERS = {
    "it": "Gentili signori, grazie mille per la vostra risposta. Purtroppo non possiamo venire alla fiera.",
    "nl": "Beste mensen, hartelijk dank voor uw antwoord. Wij kunnen helaas niet naar de beurs komen.",
    "pl": "Szanowni Państwo, dziękujemy za odpowiedź. Niestety nie możemy wziąć udziału w targach.",
    "pt": "Prezados senhores, muito obrigado pela resposta. Infelizmente não podemos participar da feira.",
    "es": "Estimados señores, muchas gracias por su respuesta. No podemos asistir porque no tenemos tiempo.",
    "de": "Vielen Dank für das Angebot, wir melden uns und bitten um Geduld, wenn es nicht sofort geht.",
}
NAMED = {
    "Sehr geehrte Frau Müller, Klaus Brandauer kann leider nicht kommen, bitte warten Sie.": [
        "Müller",
        "Klaus Brandauer",
    ],
    "Geachte heer De Vries, hartelijk dank voor uw antwoord. Joost van den Berg kan niet komen.": [
        "De Vries",
        "Joost van den Berg",
    ],
    "Szanowny Panie Kowalski, dziękujemy za odpowiedź. Anna Nowak nie może przyjść.": [
        "Kowalski",
        "Anna Nowak",
    ],
}


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_about_nobody_in_another_language_is_left_alone(language: str) -> None:
    assert Detector().detect(LETTERS[language]) == []


@pytest.mark.parametrize("text", NAMED)
def test_the_people_of_such_a_letter_are_hidden(text: str) -> None:
    hidden = {i for one in Detector().detect(text) for i in range(one.start, one.end)}
    for name in NAMED[text]:
        start = text.index(name)
        assert hidden.issuperset(range(start, start + len(name)))


def test_french_is_not_another_language() -> None:
    text = "bonjour merci de dire a la cliente que le colis est parti pour une livraison mardi"
    assert not unlearned(text.split())


def test_a_run_with_a_number_stays_whole() -> None:
    own = ["nie", "konto", "4711", "dla"]
    assert borne(own, 1, 3, []) == (1, 3)
    assert borne(own, 0, 2, []) == (0, 0)
