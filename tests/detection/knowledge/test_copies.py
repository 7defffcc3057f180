from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.detection.knowledge.making import KEY, copies, found, values

from egide.detection.knowledge.boilerplate import texts
from egide.detection.knowledge.copies import Copies, Document

NOTE = """Réunion du comité de direction du 12 mars.
Le rachat de l'atelier de Cholet est envisagé pour la fin de l'été, à condition que la banque accepte de
financer les deux tiers du prix et que le bail des locaux soit prolongé de neuf ans sans hausse de loyer.
Les salariés ne seront informés qu'après la signature de la lettre d'intention, prévue au début du mois de
juin. La marge visée sur les menuiseries extérieures passe de dix-huit à vingt-trois pour cent, grâce à un
nouvel accord avec le fournisseur de vitrages dont les tarifs baissent de moitié au-delà de mille unités.
Le poste de directeur de production sera proposé à une personne de l'extérieur, en accord avec le conseil."""

SAME_TRADE = """Compte rendu de la réunion de chantier du 14 mars.
La pose des menuiseries extérieures est prévue pour le début du mois de juin, sous réserve que les vitrages
soient livrés à temps par le fournisseur. Le bail des locaux de l'atelier arrive à son terme en septembre et
la direction demande à la banque un prêt pour financer une partie des travaux. Les salariés seront informés
du nouvel horaire après la réunion du comité. Le directeur de production rappelle que la marge sur ce
chantier reste faible et que les tarifs du fournisseur de vitrages sont en hausse depuis le mois de mai."""

WORDS = NOTE.split()


@pytest.fixture(scope="module")
def note() -> Copies:
    return copies(NOTE)


def _covered(source: Copies, text: str) -> str:
    return " ".join(text[finding.start : finding.end] for finding in found(source, text))


def test_a_passage_pasted_as_it_stands_is_found_whole(note: Copies) -> None:
    passage = NOTE.splitlines()[1] + " " + NOTE.splitlines()[2]
    text = f"Peux-tu reformuler ceci ?\n\n{passage}\n\nMerci beaucoup, et bonne journée."
    (one,) = found(note, text)
    assert text[one.start : one.end] == passage.removesuffix(".")
    assert one.label == "CONFIDENTIAL_COPY"
    assert one.reason == "Extrait d'un document confidentiel (« Note 1 »)."


def test_capitals_accents_and_line_breaks_change_nothing(note: Copies) -> None:
    passage = " ".join(WORDS[20:60]).upper().replace("É", "E").replace(" ", "\n", 10)
    assert found(note, passage)


@settings(deadline=None)  # the first one reads the formulas
@given(st.integers(0, len(WORDS) - 30), st.integers(0, 9), st.sampled_from(["changé", "", "mot ajouté"]))
def test_one_word_in_ten_changed_is_forgiven(at: int, first: int, other: str) -> None:
    passage = WORDS[at : at + 30]
    passage[first::10] = [other] * len(passage[first::10])
    assert found(copies(NOTE), "Voici : " + " ".join(passage))


def test_three_words_changed_anywhere_are_forgiven(note: Copies) -> None:
    draw, missed = random.Random(5), 0
    for _ in range(400):
        at = draw.randrange(len(WORDS) - 30)
        passage = WORDS[at : at + 30]
        for place in draw.sample(range(30), 3):
            passage[place] = "autrement"
        missed += not found(note, " ".join(passage))
    assert missed <= 2


def test_the_changed_words_are_hidden_too(note: Copies) -> None:
    sentence = NOTE.splitlines()[5].split()
    sentence[0], sentence[9], sentence[-1] = "récent", "verres", "pièces"
    text = "Que penses-tu de cela ? " + " ".join([*NOTE.splitlines()[4].split()[4:], *sentence]) + ". Merci."
    hidden = _covered(note, text)
    assert "récent" in hidden
    assert "pièces" in hidden
    assert "Merci" not in hidden


@pytest.mark.parametrize(
    "text",
    [
        SAME_TRADE,
        "Le rachat de l'atelier de Cholet est envisagé.",
        " ".join(reversed(WORDS)),
        "",
    ],
)
def test_another_text_of_the_same_trade_or_a_sentence_is_no_copy(note: Copies, text: str) -> None:
    assert values(note, text) == set()


@pytest.mark.parametrize("formula", texts(), ids=range(len(texts())))
def test_formulas_are_no_copy_of_a_document_that_holds_them(formula: str) -> None:
    source = copies(f"{NOTE}\n{formula}\n{SAME_TRADE}")
    assert values(source, f"Bonjour,\n{formula}\nBien à vous") == set()


def test_a_clause_of_three_documents_is_ordinary_and_a_version_of_one_is_not() -> None:
    clause = (
        "Chaque livraison fait l'objet d'un bon signé par le chef de chantier, qui vérifie le nombre de "
        "colis, l'état des emballages et la présence des fiches techniques avant tout déchargement."
    )
    others = [" ".join(random.Random(seed).sample(WORDS, 100)) for seed in range(3)]
    assert values(copies(*(f"{other}. {clause}" for other in others)), clause) == set()
    versions = [f"{NOTE} {clause}", f"{NOTE} Version deux. {clause}", f"Version trois. {NOTE} {clause}"]
    assert found(copies(*versions), clause)


def test_one_word_repeated_is_no_copy() -> None:
    assert values(copies("mot " * 500), "mot " * 5_000) == set()


def test_each_document_is_named() -> None:
    both = copies(NOTE, SAME_TRADE)
    assert {finding.reason[-6:] for finding in found(both, SAME_TRADE)} == {" 2 »)."}


def test_a_document_that_cannot_be_read_is_never_left_out() -> None:
    with pytest.raises(ValueError, match="packed"):
        Copies([Document("A", b"EGK9")], KEY)


@pytest.mark.parametrize("text", ["", "Trop court.", "mot " * 500])
def test_any_document_can_be_declared(text: str) -> None:
    # Whatever else is declared, the note declared beside it is still known, and inside its own text.
    spans = found(copies(text, NOTE), NOTE)
    assert spans
    assert all(0 <= finding.start < finding.end <= len(NOTE) for finding in spans)
