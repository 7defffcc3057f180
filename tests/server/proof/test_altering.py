from __future__ import annotations

import pytest

from egide.detection import Finding
from egide.pseudonymisation import NOTE, Keyring, Pseudonymiser, Scope
from egide.server.proof.altering import ALTERATIONS, Altering, telling

TEXT = "Appelez le 06 39 98 41 27 demain."


@pytest.mark.parametrize("way", range(len(ALTERATIONS)))
def test_every_alteration_is_one_that_restoration_undoes(way: int) -> None:
    session = Pseudonymiser(Keyring(bytes(32))).session(Scope("a", "b", "c"))
    masked = session.mask(TEXT, [Finding(11, 25, "PHONE", 1.0, "phone", "")])
    altering = Altering()
    for _ in range(way):
        altering(masked)
    altered = altering(masked)
    assert (altered == masked) is (way == 0)
    assert "06 39 98 41 27" in session.restore(altered)


def test_the_echo_keeps_what_holds_a_placeholder_and_leaves_our_note() -> None:
    body = {
        "system": f"{NOTE}\n\nAide [PERSONNE_7K4Q2M].",
        "messages": [{"role": "user", "content": "Bonjour."}],
    }
    assert telling(body).strip() == "Aide [PERSONNE_7K4Q2M]."
    assert "Bonjour." in telling({"messages": [{"content": "Bonjour."}]})
