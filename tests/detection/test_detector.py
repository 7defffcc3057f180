from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.detection import Detector, Finding
from egide.detection.recogniser import discover
from egide.detection.view import View

LETTER = (
    "Bonjour,\nMme Renée Quillévéré (NIR 2 41 03 33 808 335 21) a payé la facture 2025-1187 avec la carte "
    "4973 5542 7575 6717. Son IBAN est FR76 1350 6013 9253 0488 5381 032, son téléphone le 06 39 98 10 57 et "
    "son adresse renee.q@exemple.fr. Le mot de passe du portail est Bidule#44.\n"
)
RULES = Detector(discover())


class Terms:
    def find(self, view: View) -> Iterable[Finding]:
        at = view.low.find("aurore")
        return (
            [Finding(at, at + 6, "COMPANY_TERM", 1.0, "terms", "Terme de l'entreprise.")] if at >= 0 else []
        )


def labels(text: str) -> dict[str, str]:
    return {finding.label: text[finding.start : finding.end] for finding in Detector().detect(text)}


def test_a_letter_is_read_whole() -> None:
    found = labels(LETTER)
    assert found["NIR"] == "2 41 03 33 808 335 21"
    assert found["CARD"] == "4973 5542 7575 6717"
    assert found["IBAN"] == "FR76 1350 6013 9253 0488 5381 032"
    assert found["PHONE"] == "06 39 98 10 57"
    assert found["EMAIL"] == "renee.q@exemple.fr"
    assert found["CONTRACT_REF"] == "2025-1187"
    assert found["SECRET"] == "Bidule#44"


def test_an_empty_text_has_nothing() -> None:
    assert Detector().detect("") == []


def test_extra_sources_add_to_the_shipped_ones() -> None:
    text = "Projet Aurore, tel 06 39 98 10 57"
    found = [finding.label for finding in Detector(extra=[Terms()]).detect(text)]
    assert "COMPANY_TERM" in found
    assert "PHONE" in found


def test_own_sources_replace_the_shipped_ones() -> None:
    found = Detector(sources=[Terms()]).detect("Aurore, tel 06 39 98 10 57")
    assert [finding.label for finding in found] == ["COMPANY_TERM"]


@pytest.mark.parametrize(
    "wrapped",
    [
        '{{"message": "{}"}}',
        "| colonne | {} |\n|---|---|",
        "> {}",
        "**{}**",
        "<p>{}</p>",
        "« {} »",
        "a;{};c",
        "\t{}\t",
        "`{}`",
        "({}).",
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "2 41 03 33 808 335 21",
        "FR76 1350 6013 9253 0488 5381 032",
        "renee.q@exemple.fr",
        "06 39 98 10 57",
        "DC-304-RB",
    ],
)
def test_marks_around_a_value_do_not_hide_it_from_us(wrapped: str, value: str) -> None:
    text = wrapped.format(value)
    start = text.index(value)
    assert any(f.start <= start and start + len(value) <= f.end for f in Detector().detect(text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_ordered_findings_inside_it(text: str) -> None:
    found = Detector().detect(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .-/+(),:;@#frFR°n\nabcO_=\"'", max_size=200))
def test_texts_of_signs_and_digits_never_break_it(text: str) -> None:
    found = Detector().detect(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)


def test_findings_do_not_depend_on_what_was_read_before() -> None:
    detector = Detector()
    first = detector.detect(LETTER)
    detector.detect("autre texte 0639981057")
    assert detector.detect(LETTER) == first


@pytest.mark.parametrize(
    "head", ["PASSWORD=", 'token: "', "le mot de passe est ", "la clé api est ", "bearer "]
)
def test_a_very_long_secret_is_hidden_to_its_end(head: str) -> None:
    text = head + "".join(sha256(bytes([i])).hexdigest() for i in range(32))
    covered = sum(f.end - f.start for f in Detector().detect(text) if f.label == "SECRET")
    assert covered >= 2048


@pytest.mark.parametrize(
    "piece",
    [
        "http://",
        "1 ",
        "a@",
        "password=a;",
        "facture n° ",
        "1,a\n",
        "::",
        "mdp : ",
        "(a) ",
        "+1",
        "M. ",
        "a=",
        "=1a",
        "Jean ",
        "nom: ",
        "\n1",
        "-Jean",
        "\\x41",
        "&#65;",
        "QQ==",
    ],
)
def test_repeated_signs_do_not_make_it_slow(piece: str) -> None:
    # The suite's time limit is the measure: a quadratic rule would need minutes here.
    text = piece * (40_000 // len(piece))
    assert all(f.end <= len(text) for f in Detector().detect(text))


SURE = ("iban", "nir", "card", "email", "url", "siret", "phone", "mac", "rpps")
EXAMPLES = [text for one in discover() for text in one.accepted if "⟦" in text]
VALUES = [text for one in discover() if one.id in SURE for text in one.accepted]


def unmarked(text: str) -> str:
    return text.replace("⟦", "").replace("⟧", "")


@settings(max_examples=300)
@given(
    st.sampled_from(VALUES),
    st.lists(
        st.sampled_from(["12 ", "de 2 ", "QA0 ", "FR ", "1a ", "n° ", "3,5 ", "(a) ", "= ", "a: "]),
        max_size=3,
    ),
    st.sampled_from(EXAMPLES),
    st.sampled_from(EXAMPLES),
)
def test_what_stands_on_other_lines_hides_no_value(
    example: str, odd: list[str], above: str, below: str
) -> None:
    before = f"{''.join(odd)}\n\n{unmarked(above)}\n\n"
    text = f"{before}{unmarked(example)}\n\n{unmarked(below)}"
    hidden = bytearray(len(text))
    for finding in RULES.detect(text):
        hidden[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
    at = len(before)
    for piece, marked in zip(re.split("[⟦⟧]", example), itertools.cycle((False, True))):
        assert not marked or all(hidden[at : at + len(piece)]), (before, piece)
        at += len(piece)


@pytest.mark.parametrize(
    "text", ['"X-Api-Key:}}}}}}}} hv-3e9c-77d1-b0aa"', "password=}}}}}", "token: ))))) fin"]
)
def test_no_finding_is_empty(text: str) -> None:
    assert all(finding.start < finding.end for finding in Detector().detect(text))
