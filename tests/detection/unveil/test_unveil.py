from __future__ import annotations

import base64
import gzip
import itertools
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.detection import Detector, Finding
from egide.detection.recogniser import discover
from egide.detection.unveil import readings
from egide.detection.unveil.unveil import MOST
from egide.detection.view import View

from .hiding import ENCODED, LAID_OUT, VALUES

RULES = Detector(discover())
ENCODINGS = [pytest.param(hide, id=name) for name, hide in ENCODED.items()]
LAYOUTS = [pytest.param(hide, id=name) for name, hide in LAID_OUT.items()]


def hidden_part(text: str, found: list[Finding], start: int, end: int) -> str:
    """What of ``text[start:end]`` stays in clear, without blanks and marks that are not drawn."""
    left = set(range(start, end)) - {i for f in found for i in range(f.start, f.end)}
    return "".join(text[i] for i in sorted(left) if text[i].isprintable() and not text[i].isspace())


def covers(label: str, written: str, text: str, start: int, left: str = "") -> None:
    found = RULES.detect(text)
    assert hidden_part(text, found, start, start + len(written)) in (left, "")
    assert label in {f.label for f in found if f.start < start + len(written) and f.end > start}


@pytest.mark.parametrize("hide", ENCODINGS)
@pytest.mark.parametrize("label", [label for label in VALUES if label != "PERSON"])
def test_an_encoded_value_is_covered_whole(label: str, hide: Callable[[str], str]) -> None:
    written = hide(VALUES[label])
    covers(label, written, f"Voici la valeur : {written} merci.", len("Voici la valeur : "))


@pytest.mark.parametrize("hide", ENCODINGS)
def test_an_encoded_name_is_covered_after_its_title(hide: Callable[[str], str]) -> None:
    written = hide("Quillévéré")
    covers("PERSON", written, f"J'ai vu Mme {written} hier.", len("J'ai vu Mme "))


@pytest.mark.parametrize("hide", LAYOUTS)
@pytest.mark.parametrize("label", ["IBAN", "NIR", "PHONE"])
def test_a_number_laid_out_is_covered_whole(label: str, hide: Callable[[str], str]) -> None:
    written = hide(VALUES[label])
    left = "".join(c for c in written if c == "\u202c")
    covers(label, written, f"Voici la valeur : {written} merci.", len("Voici la valeur : "), left)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("PERSON", "Le dossier de Mme ⟦D U P O N T⟧ est prêt."),
        ("PERSON", "Nous avons vu Mme ⟦Kerv-\nadec⟧ hier."),
        ("EMAIL", "écrivez à ⟦jean.dupont@\norange.fr⟧ ou passez"),
        ("EMAIL", "écrivez à ⟦j e a n @ o r a n g e . f r⟧"),
        ("EMAIL", "⟦renee point roy arobase orange point fr⟧"),
        ("SECRET", "clé ⟦sk-ant-" + "a1B2c3D4e5F6g7H8\na1B2c3D4⟧\nmerci"),
        ("PHONE", "au ⟦zéro six douze trente-quatre cinquante-six soixante-dix-huit⟧, le soir"),
        ("PHONE", "au ⟦plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit⟧"),
        (
            "NIR",
            "⟦deux quarante et un zéro trois trente-trois huit cent huit trois cent trente-cinq vingt et un⟧",
        ),
        (
            "IBAN",
            (
                "compte ⟦FR soixante-seize treize cinquante soixante treize quatre-vingt-douze "
                "cinquante-trois zéro quatre quatre-vingt-huit "
                "cinquante-trois quatre-vingt-un zéro trente-deux⟧"
            ),
        ),
        (
            "IBAN",
            "| FR76 | 1350 | 6013 | 9253 | 0488 | 5381 | 032 |".replace("FR76", "⟦FR76").replace(
                "032", "032⟧"
            ),
        ),
        ("PERSON", "POST nom=⟦Ren%C3%A9e+Quill%C3%A9v%C3%A9r%C3%A9⟧&page=2"),
        ("PERSON", '{"texte": "Bonjour,\\nMme ⟦Kervadec⟧\\nMerci"}'),
        ("SECRET", "PASSWORD=⟦bid%C3%B9le%2344⟧"),
    ],
)
def test_a_value_is_covered_as_written(label: str, text: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    text = text.replace("⟦", "").replace("⟧", "")
    covers(label, text[start:end], text, start)


def test_the_reason_says_how_it_was_hidden() -> None:
    (found,) = RULES.detect("Tél. 06\u200b39\u200b98\u200b10\u200b57.")
    assert found.reason.endswith("Texte écrit avec des caractères invisibles.")
    assert "06" not in found.reason


def test_a_name_in_clear_is_known_again_where_it_is_hidden() -> None:
    text = "Mme Kervadec est venue. Puis K\u200bervadec est repartie."
    assert [text[f.start : f.end] for f in RULES.detect(text)] == ["Kervadec", "K\u200bervadec"]


def test_a_name_revealed_is_known_again_where_it_is_in_clear() -> None:
    text = "Mme D U P O N T est venue. Ensuite Dupont est repartie."
    assert [text[f.start : f.end] for f in RULES.detect(text)] == ["D U P O N T", "Dupont"]


def test_an_entity_is_never_cut() -> None:
    for text in ("M. Andr&eacute; L&eacute;ger", "Mme Kervadec&eacute;", r"Mme Ren\u00e9e Roy\u00e9"):
        for found in RULES.detect(text):
            for piece in ("&eacute;", r"\u00e9"):
                at = text.find(piece)
                while at >= 0:
                    assert not at < found.start < at + len(piece)
                    assert not at < found.end < at + len(piece)
                    at = text.find(piece, at + 1)


def test_nothing_is_read_deeper_than_two() -> None:
    value = base64.b64encode(base64.b64encode(base64.b64encode(b"06 39 98 10 57")))
    assert RULES.detect(value.decode()) == []


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(set(VALUES) - {"PERSON"})), st.sampled_from(list(ENCODED)), st.text(max_size=60)
)
def test_what_stands_around_does_not_hide_a_value(label: str, way: str, around: str) -> None:
    written, head = ENCODED[way](VALUES[label]), f"{around}\n\nValeur : "
    text = f"{head}{written} merci.\n\n{around}"
    assert not hidden_part(text, RULES.detect(text), len(head), len(head) + len(written))


SIGNS = "\u200b\u00ad\u202e\u0301\u0430\U0001d400&#;x%=\\u0 |;\t\r\n@-.aé6AZ9+"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=200) | st.text(max_size=200))
def test_any_text_gives_ordered_findings_inside_it(text: str) -> None:
    found = RULES.detect(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=300))
def test_each_character_of_a_reading_has_a_place(text: str) -> None:
    for reading in readings(text):
        assert len(reading.starts) == len(reading.ends) == len(reading.hidden) == len(reading.view.text)
        places = zip(reading.starts, reading.ends, strict=True)
        assert all(0 <= start <= end <= len(text) for start, end in places)


@pytest.mark.parametrize(
    "text",
    [
        "data:image/png;base64," + base64.b64encode(gzip.compress(bytes(range(256)) * 4)).decode(),
        "commit da39a3ee5e6b4b0d3255bfef95601890afd80709 et " + sha256(b"egide").hexdigest(),
        "id 550e8400-e29b-41d4-a716-446655440000",
        '{"a":1,"b":[1,2,3],"c":{"d":"e\\nf","g":"\\u00e9t\\u00e9"},"h":null,"i":"%d %s"}',
        "def f(x):\n    return x % 2 == 0 and x | 3 or a[b] & c\n\nfor i in range(10):\n    y = x =\\\n  5\n",
        "https://exemple.com/recherche?q=caf%C3%A9+cr%C3%A8me&page=2".replace("exemple.com", "github.com"),
        "Titre\n=====\n\n- un\n- deux\n\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n",
        "👨‍👩‍👧 ✅ → 1️⃣ premier, 2️⃣ deuxième 🇫🇷",
        "Привет, мир. Καλημέρα κόσμε.",
        "deux mille vingt-quatre, trois cent quarante-cinq, un, deux, trois, quatre, cinq, six, sept, huit",
        "| 01 | 02 | 03 | 04 | 05 |\n| 12 | 7 | 340 | 5 | 9 |",
        r"C:\Users\Public\notes.txt et \\serveur\partage",
    ],
)
def test_ordinary_signs_give_nothing_new(text: str) -> None:
    plain = {(f.start, f.end) for source in discover() for f in source.find(View(text))}
    assert {(f.start, f.end) for f in RULES.detect(text)} <= plain


@pytest.mark.parametrize(
    "text",
    [
        "\u200b" * 20_000,
        "a\u200b" * 10_000,
        "%25" * 7_000,
        "&amp;" * 4_000,
        "\\\\" * 10_000,
        base64.b64encode(base64.b64encode(base64.b64encode(b"06 39 98 10 57 " * 600))).decode(),
        "=\n" * 8_000,
        "a=\n" * 6_000,
        "а" * 20_000,
        "0 " * 10_000,
        "1|" * 10_000,
        "@\r\n" * 6_000,
        "zéro un deux trois " * 1_000,
        "ﬁ" * 10_000,
        "\u202e" + "a" * 20_000,
        "e\u0301" * 10_000,
        "QUJDRA==\n" * 2_000,
        "A" * 20_000,
        "0x41," * 4_000,
    ],
    ids=range(19),
)
def test_readings_stay_within_a_few_times_the_text(text: str) -> None:
    # The work is that of reading the readings; the suite's time limit guards what comes before.
    assert sum(len(reading.view.text) for reading in readings(text)) <= MOST * len(text) + 400
