from __future__ import annotations

import pytest

from egide.pseudonymisation.forms import BARE, CODE, CONTEXT, LONGEST, OPENED, WHOLE

FORMS = [
    "[PERSONNE_7K4Q2M]",
    "[ personne – 7k4q2m ]",
    "PERSONNE7K4Q2M",
    "&lt;PERSONNE_7K4Q2M&gt;",
    "{{PERSONNE_7K4Q2M}}",
    "\\[PERSONNE\\_7K4Q2M\\]",
    "\\u005bT\\u00c9L\\u00c9PHONE\\u005f7K4Q2M\\u005d",
    "PERSONNE_**7K4Q2M**",
    "7K4Q2M",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found_whole(form: str) -> None:
    found = WHOLE.fullmatch(form)
    assert found is not None
    assert found["code"].upper() == "7K4Q2M"
    assert CODE.search(form)


@pytest.mark.parametrize("form", FORMS)
def test_each_strict_beginning_of_a_form_is_seen_to_have_begun(form: str) -> None:
    for size in range(1, len(form)):
        begun = OPENED.match(form[:size]) or BARE.match(form[:size])
        assert begun is not None, form[:size]


@pytest.mark.parametrize("text", ["12 K4Q2M", "X7K4Q2M8", "7K4Q2", "[7K4Q2MA]", "PERSONNE_77K4Q2M"])
def test_letters_around_a_code_make_it_another_word(text: str) -> None:
    found = WHOLE.search(text)
    assert found is None or found["code"] != "7K4Q2M"


def test_what_is_held_back_is_bounded() -> None:
    assert OPENED.match("[" + "PERSONNE" + " _" * 200) is None
    assert BARE.match("PERSONNE" * 100) is None
    assert LONGEST <= 136
    assert len("\\u00e9") == CONTEXT
