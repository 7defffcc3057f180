from __future__ import annotations

import pytest

from egide.pseudonymisation.forms import Matcher, NeedMore

matcher = Matcher({"7K4Q2M"}, {"PERSONNE"})


def test_the_end_of_the_text_decides_only_when_it_is_the_end() -> None:
    with pytest.raises(NeedMore):
        matcher.match("[PERSONNE_7K4Q2M", 0, final=False)
    assert matcher.match("[PERSONNE_7K4Q2M", 0, final=True) == (16, "7K4Q2M")
    assert matcher.match("[PERSONNE_7K4Q2M]", 0, final=True) == (17, "7K4Q2M")


@pytest.mark.parametrize(
    "text",
    [
        "[PERSONNE_7K4Q2N]",
        "[PERSONNE]",
        "[]",
        "PERSONNE_7K4Q2MX",
        "PERSONNES 7K4Q2M",
        "XPERSONNE_7K4Q2M",
        "7K4Q2M",
    ],
)
def test_what_was_not_issued_is_left_alone(text: str) -> None:
    found = matcher.starts.search(text)
    assert found is None or matcher.match(text, found.start(), final=True) is None


@pytest.mark.parametrize("text", ["un chantier", "il a perdu", "la pause", "100 €.", "perdu"])
def test_plain_prose_waits_for_nothing(text: str) -> None:
    for start in range(len(text)):
        found = matcher.starts.match(text, start)
        assert found is None or matcher.match(text, start, final=False) is None


def test_a_long_run_of_letters_never_makes_the_stream_wait() -> None:
    assert matcher.match("PERSONNE" + "E" * 100, 0, final=False) is None
    assert matcher.match("[" + "x" * 100, 0, final=False) is None
