from __future__ import annotations

import pytest

from egide.detection import LABELS, Detector
from egide.detection.knowledge.copies import Copies, Document
from egide.detection.knowledge.winnowing import fingerprint
from egide.detection.view import View
from egide.server.proof.plants import Plant, plants

DETECTOR = Detector()


def test_every_label_has_a_plant_whose_value_is_in_its_sentence() -> None:
    assert [plant.label for plant in plants()] == list(LABELS)
    assert all(plant.value and plant.text.count(plant.value) == 1 for plant in plants())


@pytest.mark.parametrize(
    "plant", [p for p in plants() if not (p.company or p.document)], ids=lambda plant: plant.label
)
def test_the_rules_find_the_whole_value_or_the_file_says_why_not(plant: Plant) -> None:
    hidden = {i for f in DETECTOR.detect(plant.text) for i in range(f.start, f.end)}
    start = plant.text.index(plant.value)
    whole = {i for i in range(start, start + len(plant.value)) if plant.text[i].isalnum()} <= hidden
    assert whole is (plant.not_yet is None)


def test_the_document_is_found_whole_once_declared() -> None:
    (plant,) = [plant for plant in plants() if plant.document]
    source = Copies([Document("Note", fingerprint(plant.value, bytes(32)))], bytes(32))
    (found,) = source.find(View(plant.text))
    assert plant.text[found.start : found.end] == plant.value


def test_no_value_is_shown_by_a_repr() -> None:
    assert all(plant.value not in repr(plant) for plant in plants())
