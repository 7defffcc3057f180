from __future__ import annotations

import re

import pytest

from egide.detection import Detector
from egide.detection.recognisers import criminal, health, politics, religion, sex_life, union_membership
from egide.detection.recognisers._facts import heads


def labels(text: str) -> set[str]:
    return {finding.label for finding in Detector().detect(text)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Mme Hocquet a une hernie discale.", "HEALTH"),
        ("ma fille a la varicelle, je serai absent", "HEALTH"),
        ("Nassim fait le ramadan.", "RELIGION"),
        ("Josiane est déléguée CFDT.", "UNION"),
        ("Mehdi a un casier judiciaire.", "CRIMINAL"),
    ],
)
def test_a_fact_about_someone_is_found(text: str, label: str) -> None:
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Quels sont les symptômes du diabète ?",
        "Comment aménager un poste pour un handicap ?",
        "Quand commence le ramadan cette année ?",
        "Explique le rôle d'un délégué syndical.",
        "Combien de temps dure une garde à vue ?",
    ],
)
def test_a_general_question_is_left_alone(text: str) -> None:
    assert labels(text) == set()


def test_heads_begin_every_alternative() -> None:
    assert heads(
        "cancers?|(?:mi-)?temps partiel|gr(?:ippe|ossesse)|(?:mois|ans?) de|(?:a|en) (?:un|deux) an"
    ) == {
        "cancer",
        "mi-",
        "temps partiel",
        "grippe",
        "grossesse",
        "mois",
        "an",
        "a un an",
        "a deux an",
        "en un an",
        "en deux an",
    }


@pytest.mark.parametrize(
    "terms",
    [
        health._ALL,
        religion._TERMS,
        union_membership._TERMS,
        politics._TERMS,
        sex_life._TERMS,
        criminal._TERMS,
    ],
)
def test_no_term_begins_with_nothing(terms: str) -> None:
    assert all(re.match(r"[a-z]", head) for head in heads(terms))
