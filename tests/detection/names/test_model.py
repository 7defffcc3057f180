from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection import Detector, Finding
from egide.detection.names import NameModel, shipped
from egide.detection.names.model import arrays
from egide.detection.recogniser import discover
from egide.detection.view import View


def values(text: str, label: str) -> list[str]:
    return [text[f.start : f.end] for f in Detector().detect(text) if f.label == label]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("faut rappeler haddad avant ce soir, il attend son devis", "haddad"),
        ("tu peux dire a momo que la reunion est decalee a 15h", "momo"),
        ("faut rappeler claude avant ce soir, il attend son devis et la relance de julia", "claude"),
        ("Wenceslas Kowalczyk sera ton tuteur pendant deux semaines", "Wenceslas Kowalczyk"),
    ],
)
def test_people_no_rule_is_sure_of(text: str, name: str) -> None:
    assert any(name in value for value in values(text, "PERSON"))


@pytest.mark.parametrize(
    "text",
    [
        "Rédige une réponse courtoise et propose un rendez-vous la semaine prochaine.",
        "Corrige les fautes puis traduis en anglais, sans changer le ton.",
        "Quelles sont les obligations de l'employeur selon le Code du travail ?",
        "bonjour merci de me faire un tableau avec les etapes stp",
    ],
)
def test_texts_about_nobody_stay_whole(text: str) -> None:
    assert Detector().detect(text) == []


def test_what_a_check_digit_proves_is_never_taken_back() -> None:
    text = "fr76 1027 8093 4949 0932 9571 882"
    assert "IBAN" in {f.label for f in Detector().detect(text)}


def test_the_model_takes_back_only_what_lists_and_context_give() -> None:
    view = View("Le soleil brille sur la plage et la mer est calme.")
    told = [("person_alone", "PERSON"), ("iban", "IBAN"), ("secret_said", "SECRET"), ("email", "EMAIL")]
    strict = arrays()
    strict["vetoes"] = np.zeros_like(strict["vetoes"])
    kept = NameModel(strict).judge(view, [Finding(3, 9, label, 0.6, rule, "") for rule, label in told])
    assert [f.recogniser for f in kept] == ["iban", "secret_said", "email"]


@given(st.text(max_size=400))
def test_findings_are_inside_the_text(text: str) -> None:
    for finding in shipped().judge(View(text), []):
        assert 0 <= finding.start < finding.end <= len(text)


def test_threads_share_a_model() -> None:
    texts = [
        f"Appelle {name} Dupont au sujet du chantier de {town}"
        for name in ("Anne", "Luc", "Zoé")
        for town in ("Brest", "Sète")
    ]
    alone = [Detector(names=NameModel(arrays())).detect(text) for text in texts]
    detector = Detector(names=NameModel(arrays()))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(detector.detect, texts)) == alone


def test_rules_alone_need_no_model() -> None:
    assert Detector(discover()).detect("Écrivez à perrin@exemple.fr")


def test_a_doubtful_fact_of_the_special_categories_needs_a_surer_one_in_the_text() -> None:
    letter = (
        "Bonjour, je suis Yann Costa, joignable au 06 39 98 41 27. La réunion aura lieu en début de semaine."
    )
    assert not values(letter, "HEALTH")
    assert values(f"{letter} Je suis hospitalisé pour un cancer.", "HEALTH")
