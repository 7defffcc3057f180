from __future__ import annotations

import pytest
from tests.detection.knowledge.making import lists, values

from egide.detection.knowledge.lists import Lists


@pytest.fixture(scope="module")
def terms() -> Lists:
    return lists("client", "Marchand", "Rose", "HP", "Cascade", "Bon Coin")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Il faut rappeler Marchand demain.", "Marchand"),
        ("Le contrat avec Rose est signé.", "Rose"),
        ("le client marchand attend", "marchand"),
        ("chez rose", "rose"),
        ("Dossier : Marchand", "Marchand"),
        ("Dossier « Marchand »", "Marchand"),
        ("M. Marchand", "Marchand"),
        ("mme rose", "rose"),
        ("La gamme « Rose » part.", "Rose"),
        ("Le projet HP avance.", "HP"),
        ("On livre Bon Coin lundi.", "Bon Coin"),
        ("on livre cascade lundi", "cascade"),
    ],
)
def test_what_stands_around_tells_that_the_term_is_meant(terms: Lists, text: str, value: str) -> None:
    assert value in values(terms, text)


@pytest.mark.parametrize(
    "text",
    [
        "un marchand de tapis",
        "Marchand de sable",
        "Les marchands sont partis. Marchands et clients discutent.",
        "une rose rouge",
        "chez le marchand du coin",
        "dossier du marchand",
        "Rose, bleu ou vert ?",
        "- Marchand de biens",
        "rue Marchand",
        "Anne-Rose",
        "un bon coin tranquille",
        "une cascade d'erreurs",
        "LES MARCHANDS DE ROSE DU NORD SONT LA",
    ],
)
def test_an_everyday_word_is_no_term(terms: Lists, text: str) -> None:
    assert values(terms, text) == set()


@pytest.mark.parametrize("text", ["boulangerie marchand", "Boulangerie Marchand", "BOULANGERIE MARCHAND"])
def test_beside_another_word_of_the_term_it_always_counts(text: str) -> None:
    assert values(lists("client", "Boulangerie Marchand"), f"la {text} livre") == {text}


def test_a_surname_that_is_a_word_counts_behind_its_given_name() -> None:
    staff = lists("staff", "Rose MARCHAND")
    assert "rose marchand" in values(staff, "vu avec rose marchand hier")
    assert values(staff, "le marchand vend une rose") == set()
