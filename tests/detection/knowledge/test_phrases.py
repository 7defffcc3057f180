from __future__ import annotations

import pytest

from egide.detection.knowledge.phrases import of_full_name, of_person, of_term


def _words(phrases: list) -> list[str]:  # type: ignore[type-arg]
    return [" ".join(phrase.words) for phrase in phrases]


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("SARL Le Comptoir de l'Ouest", ["comptoir ouest", "comptoirdelouest"]),
        ("TALBOURDET SAS", ["talbourdet"]),
        ("Mme Sophie Dupont", ["sophie dupont", "sophiedupont"]),
        ("Calypso (nom provisoire)", ["calypso"]),
        ("Projet Éclipse", ["projet eclipse", "projeteclipse", "eclipse"]),
        ("Projet A", ["projet a", "projeta"]),
        ("X-200", ["x 200"]),
        ("SA", ["sa"]),
    ],
)
def test_a_term_is_sought_without_what_people_leave_out(entry: str, written: list[str]) -> None:
    assert _words(of_term(entry)) == written


@pytest.mark.parametrize("entry", ["", "A", "42", "2026", "— / —", "  "])
def test_what_cannot_be_told_from_anything_else_is_left_out(entry: str) -> None:
    assert of_term(entry) == []


@pytest.mark.parametrize(
    ("entry", "weak"),
    [
        ("Marchand", True),
        ("Rose", True),
        ("La Rose", True),
        ("Marchands", True),
        ("HP", True),
        ("Bon Coin", True),
        ("C'est Bon", True),
        ("Talbourdet", False),
        ("Boulangerie Marchand", False),
    ],
)
def test_an_everyday_word_is_weak(entry: str, weak: bool) -> None:
    assert of_term(entry)[0].weak is weak


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        ("DUPONT Sophie", "dupont"),
        ("Sophie Dupont", "dupont"),
        ("Dupont, Sophie", "dupont"),
        ("M. Jean-Pierre LE GOFF", "goff"),
        ("Talbourdet", "talbourdet"),
    ],
)
def test_the_surname_is_told_from_the_given_name(written: str, surname: str) -> None:
    assert of_full_name(written)[0].words == (surname,)


def test_a_person_is_sought_in_both_orders_and_by_initial() -> None:
    assert _words(of_person("Rose", "Marchand")) == [
        "marchand", "rose marchand", "marchand rose", "r marchand", "marchand r",
    ]  # fmt: skip
    assert of_person("Rose", "Marchand")[0].weak
    assert of_person("Rose", "") == []
