from __future__ import annotations

import random
from pathlib import Path

import pytest

from egide.detection import Detector
from egide.detection.recogniser import discover

CARRIERS = Path(__file__).parents[2] / "training" / "carriers"


def test_values_links_and_options_are_read(tmp_path: Path) -> None:
    import markup

    path = tmp_path / "one.txt"
    path.write_text(
        "=== X001 | essai | lowercase, chat\n"
        "dis a [[PERSON#1:nico]] que [[?ORGANISATION:la poste]] ferme\n\n=== X002 | vide | empty\nRien.\n"
    )
    first, second = markup.carriers(path, random.Random(0))
    assert first.text == "dis a nico que la poste ferme"
    assert [(first.text[a:b], v.entity, v.optional) for a, b, v in first.spans()] == [
        ("nico", "1", False),
        ("la poste", "", True),
    ]
    assert first.traits == {"lowercase", "chat"}
    assert list(second.spans()) == []


def test_brackets_left_over_are_refused(tmp_path: Path) -> None:
    import markup

    path = tmp_path / "one.txt"
    path.write_text("=== X001 | essai | plain\nvoir [[PERSON:Anne\n")
    with pytest.raises(ValueError, match="X001"):
        markup.carriers(path, random.Random(0))


@pytest.mark.parametrize("label", ["NIR", "SIREN", "SIRET", "TVA", "IBAN", "CARD"])
@pytest.mark.parametrize("form", ["spaced", "compact"])
def test_numbers_drawn_pass_their_check_digit(label: str, form: str) -> None:
    import numbers_fr

    rng, rules = random.Random(3), Detector(discover())
    for _ in range(20):
        number = numbers_fr.draw(label, form, rng)
        assert label in {f.label for f in rules.detect(f"{label} : {number} merci")}, number


def test_every_carrier_is_well_formed_and_named_once() -> None:
    import markup
    from corpora import TAGGED, label_of

    rng = random.Random(0)
    found = [carrier for path in sorted(CARRIERS.glob("*.txt")) for carrier in markup.carriers(path, rng)]
    assert len(found) > 1_400
    assert len({carrier.id for carrier in found}) == len(found)
    assert {label_of(value.label) for carrier in found for *_, value in carrier.spans()} <= set(TAGGED)
