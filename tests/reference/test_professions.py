from __future__ import annotations

import pytest
import yaml
from pydantic import ValidationError

from egide.reference.files import read
from egide.reference.professions import Professions, Reach, professions, reaches


def test_every_entry_keeps_its_source_and_says_whether_it_was_read() -> None:
    assert len(professions().professions) == 36
    for one in professions().professions:
        assert one.sources or not one.verified
        assert one.legal_refs
        assert all(source.date for source in one.sources)
    read = [ref.verified for one in professions().professions for ref in one.legal_refs]
    assert (len(read), sum(read)) == (94, 68)


def test_every_blocked_class_says_what_is_recognised_of_it() -> None:
    assert list(reaches()) == [one.id for one in professions().blocked_classes]
    assert {one.id for one in reaches().values() if one.coverage == "none"} == {
        "famille",
        "social",
        "animal",
        "correspondance",
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["professions"][0].update(extra_blocked_classes=["inconnue"]),
        lambda c: c["professions"].append(c["professions"][0]),
        lambda c: c["blocked_classes"].append(c["blocked_classes"][0]),
        lambda c: c["professions"][0].update(surprise=1),
        lambda c: c["professions"][0].pop("verified"),
    ],
)
def test_a_file_with_a_mistake_is_refused(change: object) -> None:
    content = yaml.safe_load(yaml.safe_dump(read("professions.yaml")))
    assert callable(change)
    change(content)
    with pytest.raises(ValidationError):
        Professions.model_validate(content)


@pytest.mark.parametrize(
    "told",
    [
        {"coverage": "none", "labels": ["NIR"], "actions": {"public": "block"}, "missing": "a"},
        {"coverage": "partial", "missing": "a"},
        {"coverage": "partial", "labels": ["NIR"], "missing": "a"},
        {"coverage": "partial", "labels": ["NIR"], "actions": {"public": "block"}},
        {"coverage": "full", "labels": ["NIR"], "actions": {"public": "block"}, "missing": "a"},
        {"coverage": "none"},
    ],
)
def test_what_is_missing_is_always_told(told: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Reach.model_validate({"id": "essai", "why": "Pourquoi.", **told})
