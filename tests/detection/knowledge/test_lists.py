from __future__ import annotations

import tracemalloc
from itertools import islice, product

import numpy as np
import pytest
from tests.detection.knowledge.making import KEY, found, lists, one_list, values

from egide.detection import Detector
from egide.detection.knowledge.compiling import compile_terms
from egide.detection.knowledge.hashing import Names
from egide.detection.knowledge.lists import KINDS, Lists, TermList
from egide.detection.knowledge.phrases import Phrase
from egide.detection.knowledge.sorted_names import SortedNames

TERMS = (
    "SARL Le Comptoir de l'Ouest",
    "Talbourdet",
    "Calypso-Nord",
    "X200",
    "Projet Éclipse",
    "Rose",
    "Marchand",
)


@pytest.fixture(scope="module")
def terms() -> Lists:
    return lists("client", *TERMS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("le projet avec talbourdet", "talbourdet"),
        ("LE PROJET AVEC TALBOURDET", "TALBOURDET"),
        ("les Talbourdets", "Talbourdets"),
        ("l’éclipse : le projet ÉCLIPSE", "projet ÉCLIPSE"),
        ("projet d'éclipse", "projet d'éclipse"),
        ("facture du comptoir de l’ouest", "comptoir de l’ouest"),
        ("le Comptoir d'Ouest", "Comptoir d'Ouest"),
        ("comptoir   de l'ouest", "comptoir   de l'ouest"),
        ("calypso nord", "calypso nord"),
        ("Calypso\u00a0—\u00a0Nord", "Calypso\u00a0—\u00a0Nord"),
        ("calypso_nord", "calypso_nord"),
        ("CalypsoNord", "CalypsoNord"),
        ("Calipso Nord", "Calipso Nord"),
        ("Talbour det", "Talbour det"),
        ("talbour-det", "talbour-det"),
        ("le X 200", "X 200"),
        ("x-200", "x-200"),
        ("Tablourdet", "Tablourdet"),
        ("talbourde", "talbourde"),
        ("contact@talbourdet.fr", "talbourdet"),
    ],
)
def test_a_term_is_found_however_it_is_written(terms: Lists, text: str, value: str) -> None:
    assert value in values(terms, text)


@pytest.mark.parametrize(
    "text",
    [
        "calypso, puis nord",
        "comptoir",
        "X2000",
        "ouest du comptoir",
        "",
        "…",
        "Éclipse totale",
    ],
)
def test_what_only_looks_like_a_term_is_left(terms: Lists, text: str) -> None:
    assert values(terms, text) == set()


def test_the_reason_names_the_list_and_never_the_value() -> None:
    (one,) = found(Lists([one_list("client", "Talbourdet", name="Clients 2026")], KEY), "chez Talbourdet")
    assert (one.label, one.reason) == ("COMPANY_TERM", "Client de l'entreprise (liste « Clients 2026 »).")


@pytest.mark.parametrize("text", ["Garrigou", "Solenne Garrigou", "GARRIGOU Solenne", "S. Garrigou"])
def test_staff_are_people(text: str) -> None:
    staff = lists("staff", "Solenne GARRIGOU")
    assert text in values(staff, f"Voir avec {text} demain.")
    assert {finding.label for finding in found(staff, text)} == {"PERSON"}


def test_several_lists_are_searched_as_one() -> None:
    clients = one_list("client", "Talbourdet", "Kervadec", name="A")
    both = Lists([clients, one_list("staff", "Kervadec Yann", name="B")], KEY)
    told = {(f.label, f.reason[-7:]) for f in found(both, "Talbourdat a vu Yann Kervadec")}
    assert told == {("COMPANY_TERM", "« A »)."), ("PERSON", "« B »).")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_list_is_told_in_french(kind: str) -> None:
    (one, *_) = found(lists(kind, "Talbourdet"), "Talbourdet")
    assert one.reason.endswith("(liste « Liste »).")


def test_an_empty_list_finds_nothing() -> None:
    assert values(lists("client"), "Talbourdet") == set()
    assert values(Lists([], KEY), "Talbourdet") == set()


def test_a_list_that_cannot_be_read_is_never_left_out() -> None:
    with pytest.raises(ValueError, match="packed"):
        Lists([TermList("A", "client", b"EGK9")], KEY)


def test_nothing_of_the_text_is_in_what_is_kept() -> None:
    assert b"talbourdet" not in one_list("client", "Talbourdet").packed.lower()


def test_the_detector_hides_every_mention(terms: Lists) -> None:
    text = "Voir Talbourdat. Et encore TALBOURDAT."
    spans = Detector(sources=[], extra=[terms]).detect(text)
    assert [text[f.start : f.end] for f in spans] == ["Talbourdat", "TALBOURDAT"]


SYLLABLES = "bal cor del fan gri jol kem lus mor nav pol quin rid sov tal ver zan bri clo dru"


def _many(count: int) -> bytes:
    syllables = SYLLABLES.split()
    words = ("".join(row) for row in product(syllables, repeat=5))
    return compile_terms((Phrase(("menuiserie", word)) for word in islice(words, count)), KEY)


TEXT = "La menuiserie balbalbaldelgri rappelle Balbalbaldelgrr, puis relance la menuiserie Dupont. " * 20


def _sought(packed: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many names are compared with those of the list, one by one."""
    counted: list[int] = []

    class Counted(SortedNames):
        def perhaps(self, names: Names) -> np.ndarray:  # type: ignore[type-arg]
            counted.append(len(names))
            return super().perhaps(names)

    monkeypatch.setattr("egide.detection.knowledge.index.SortedNames", Counted)
    assert found(Lists([TermList("A", "client", packed)], KEY), TEXT)
    return sum(counted)


def test_two_hundred_thousand_entries_cost_the_memory_and_the_work_that_they_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = _many(200_000)
    tracemalloc.start()
    Lists([TermList("A", "client", packed)], KEY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(packed) + most < 60e6
    many, few = _sought(packed, monkeypatch), _sought(_many(200), monkeypatch)
    assert many <= 1.1 * few
    assert many < 2 * len(TEXT)
