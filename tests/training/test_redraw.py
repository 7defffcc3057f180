from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def draws(tmp_path: Path) -> Any:
    import redraw

    def write(name: str, *rows: str) -> None:
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as out:
            out.write("\n".join(("head", *rows)) + "\n")

    write("prenoms_insee.tsv.gz", "ZÉLIE\tF\t900", "OSCAR\tM\t800")
    write("patronymes_sirene_ge5.tsv.gz", "KERGOAT\t90", "PETIT\t80")
    write("communes_etalab.tsv.gz", "29001\tArgol\t29\t29560\t900")
    write("voies_ban_5dep.tsv.gz", "Rue du Four")
    return redraw.Draws(tmp_path)


def carrier(text: str, *traits: str) -> Any:
    from markup import Carrier, _pieces

    return Carrier("X1", "", frozenset(traits), tuple(_pieces(text, random.Random(0))))


def test_mentions_of_one_person_stay_together(draws: Any) -> None:
    import redraw

    one = carrier("[[PERSON#1:Jean Dupont]] ; M. [[PERSON#1:Dupont]] ; [[PERSON#1:jean]]")
    full, last, first = (value.text for *_, value in redraw.redraw(one, draws, random.Random(1)).spans())
    assert full.split(" ", 1) == [full.split(" ", 1)[0], last]
    assert first == full.split(" ", 1)[0].lower()


def test_capitals_accents_and_offsets_stay(draws: Any) -> None:
    import redraw

    one = carrier("voir [[PERSON:DUPONT Marie]], [[PHONE:0612345678]] a [[LOCATION:brest]]", "noaccent")
    drawn = redraw.redraw(one, draws, random.Random(2))
    name, phone, _ = (value for *_, value in drawn.spans())
    assert name.text.split(" ")[0].isupper()
    assert drawn.text.isascii()
    assert len(phone.text) == 10
    assert all(drawn.text[a:b] == value.text for a, b, value in drawn.spans())
