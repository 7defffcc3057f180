from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from egide.reference.charter import Charter, charter
from egide.reference.files import read


def test_every_clause_says_why_it_is_there_and_from_where() -> None:
    found = charter()
    assert (len(found.clauses), len(found.articles), len(found.variables)) == (22, 21, 26)
    assert all(one.status_reason and one.sources for one in found.clauses)
    assert found.consent.id == "signature"
    conditional = {one.id for one in found.clauses if one.question}
    assert conditional == {"rh", "transparence", "sanctions"}


def test_a_clause_with_variants_gives_each_as_a_sentence() -> None:
    sanctions = next(one for one in charter().clauses if one.id == "sanctions")
    assert [(one.key, one.label) for one in sanctions.variants] == [
        ("A", "charte annexée au règlement intérieur"),
        ("B", "pas de règlement intérieur"),
    ]
    assert sanctions.variants[0].text.startswith("Un manquement peut donner lieu aux sanctions")
    assert [one.id for one in charter().clauses if one.variants] == ["sanctions"]


@pytest.mark.parametrize(
    ("staff", "asked"),
    [
        (1, {"information_individuelle"}),
        (10, {"information_individuelle"}),
        (49, {"information_individuelle"}),
        (
            50,
            {
                "information_individuelle",
                "consultation_cse_technologie",
                "consultation_cse_controle",
                "procedure_reglement_interieur",
            },
        ),
    ],
)
def test_the_size_of_the_company_decides_the_procedure(staff: int, asked: set[str]) -> None:
    assert set(charter().legal.case_of(staff).required) == asked


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["clauses"][0].update(surprise=1),
        lambda c: c["clauses"][0].update(text="Chez {{inconnue}}."),
        lambda c: c["clauses"][0].update(question="Pourquoi ?"),
        lambda c: c["clauses"].append(c["clauses"][0]),
        lambda c: c["clauses"].reverse(),
        lambda c: c["variables"].append({"name": "seule", "label": "Seule", "required": False}),
        lambda c: c["legal"]["decision_table"][0].update(required=["inconnue"]),
        lambda c: c["legal"]["decision_table"][0].update(to_staff=9),
        lambda c: c["legal"]["steps"].append(c["legal"]["steps"][0]),
        lambda c: c["clauses"][0]["sources"][0].update(url="http://francenum.example"),
    ],
)
def test_a_file_with_a_mistake_is_refused(change: Callable[[Any], object]) -> None:
    content = yaml.safe_load(yaml.safe_dump(read("charter.yaml")))
    change(content)
    with pytest.raises(ValidationError):
        Charter.model_validate(content)
