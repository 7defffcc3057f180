from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.detection.knowledge.making import KEY

from egide.detection.knowledge.cutting import cut
from egide.detection.knowledge.hashing import Namer
from egide.detection.knowledge.packing import unpack
from egide.detection.knowledge.winnowing import fingerprint, runs


def test_of_two_neighbouring_runs_one_is_kept() -> None:
    words = " ".join(f"mot{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(400))
    kept = unpack(fingerprint(words, KEY))["places"]
    assert np.diff(np.sort(kept)).max() <= 2
    assert len(kept) < 0.72 * 396


@given(st.lists(st.sampled_from(["un", "deux", "trois", "quatre"]), max_size=30))
def test_what_is_kept_are_runs_of_the_document(words: list[str]) -> None:
    text = " ".join(words)
    told = runs(Namer(KEY).of_words(cut(text)))
    kept = unpack(fingerprint(text, KEY))
    assert told[kept["places"]].tolist() == kept["runs"].tolist()
    assert kept["runs"].tolist() == sorted(kept["runs"].tolist())


def test_nothing_of_the_text_is_kept() -> None:
    packed = fingerprint("le rachat de l'atelier de Cholet est confidentiel", KEY)
    assert b"cholet" not in packed.lower()
    assert fingerprint("le rachat de l'atelier", bytes(32)) != fingerprint("le rachat de l'atelier", KEY)
