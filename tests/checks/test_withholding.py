from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.checks import JsonReader, Span, Withholder, mark, plain
from egide.checks.withholding import AHEAD, WIDEST
from egide.detection import Detector
from egide.detection.labels import LABELS

VALUES = re.compile(r"Mme Garrigou|0[67](?: ?\d\d){4}|FR\d\d(?: ?[0-9A-Z]{4}){5} ?[0-9A-Z]{3}")
PHONE, IBAN, NAME = "06 39 98 41 27", "FR76 3000 6000 0112 3456 7890 189", "Mme Garrigou"
PROSE = "Voici, comme convenu hier, ce que dit le dossier au sujet de cette affaire. "
ANSWER = f"{PROSE}{NAME} répond au {PHONE}.\n{PROSE * 3}\n- {IBAN}\n- {PHONE}\n{PROSE} Fin : {PHONE}"


def find(window: str) -> list[Span]:
    return [Span(*match.span(), "PHONE") for match in VALUES.finditer(window)]


def through(pieces: Iterable[str], told: list[str] | None = None, *, document: bool = False) -> str:
    """What is given of a text that comes in these pieces."""
    kept = [] if told is None else told
    one, reader = Withholder(find, lambda label, value: kept.append(value)), JsonReader()
    out = []
    for piece in pieces:
        out += one.feed(reader.feed(piece) if document else plain(piece))
    out += one.feed(reader.close()) if document else []
    return "".join(piece.text for piece in [*out, *one.close()])


def cut(text: str, *places: int) -> list[str]:
    return [text[a:b] for a, b in pairwise([0, *sorted(places), len(text)])]


def test_values_are_replaced_by_what_they_were() -> None:
    told: list[str] = []
    out = through([f"Appelle le {PHONE}, merci."], told)
    assert out == "Appelle le [donnée retirée : numéro de téléphone], merci."
    assert told == [PHONE]


def test_every_cut_gives_what_the_whole_gives() -> None:
    whole = through([ANSWER])
    assert VALUES.search(whole) is None
    for at in range(len(ANSWER) + 1):
        assert through(cut(ANSWER, at)) == whole
    assert through(ANSWER) == whole


WORDS = st.sampled_from([PHONE, IBAN, NAME, "\n", " ", ". ", "mot", "ABC", "12", "0", "é", PROSE])


@given(st.lists(WORDS, max_size=60), st.lists(st.integers(0, 3000), max_size=12))
def test_any_text_cut_anyhow_gives_what_the_whole_gives(words: list[str], places: list[int]) -> None:
    text = "".join(words)
    whole = through([text])
    assert through(cut(text, *(min(at, len(text)) for at in places))) == whole
    assert not any(value in whole for value in (PHONE, IBAN, NAME))


@given(st.text(max_size=600))
def test_a_text_without_values_is_given_as_it_is(text: str) -> None:
    one = Withholder(lambda window: (), lambda label, value: None)
    given = [piece for char in text for piece in one.feed(plain(char))]
    assert "".join(piece.text for piece in [*given, *one.close()]) == text


def test_a_value_never_begins_to_be_given() -> None:
    """At any moment, what was given is the beginning of what the whole gives."""
    whole = through([ANSWER])
    one, given = Withholder(find, lambda label, value: None), ""
    for char in ANSWER:
        given += "".join(piece.text for piece in one.feed(plain(char)))
        assert whole.startswith(given)


def test_lines_are_given_as_they_come() -> None:
    one, given = Withholder(find, lambda label, value: None), ""
    for number in range(20):
        given += "".join(piece.text for piece in one.feed(plain(f"- point numéro {number} de la liste\n")))
        assert one.held < 100
    assert given.count("\n") >= 17


def test_what_is_held_is_bounded_and_the_time_linear() -> None:
    """One character at a time, where no place is good to stop at."""
    for text in ("x" * 200_000, "0" * 200_000, "\n" * 200_000, "Aa " * 66_000):
        one, most, began = Withholder(find, lambda label, value: None), 0, time.process_time()
        read = [0]
        one = Withholder(lambda window, read=read: read.append(len(window)) or (), lambda label, value: None)  # type: ignore[misc]
        size = 0
        for char in text:
            size += sum(len(piece.text) for piece in one.feed(plain(char)))
            most = max(most, one.held)
        size += sum(len(piece.text) for piece in one.close())
        assert size == len(text)
        assert most <= 2 * WIDEST
        assert sum(read) < 15 * len(text)
        assert time.process_time() - began < 20


def test_a_value_longer_than_any_window_is_taken_out_once() -> None:
    token = "eyJ" + "a" * 20_000

    def tokens(window: str) -> list[Span]:
        return [Span(*match.span(), "SECRET") for match in re.finditer(r"(?:eyJ)?a{50,}", window)]

    one = Withholder(tokens, lambda label, value: None)
    pieces = [piece for at in range(0, len(token), 7) for piece in one.feed(plain(token[at : at + 7]))]
    out = "".join(piece.text for piece in [*one.feed(plain(" fin")), *one.close()])
    assert "".join(piece.text for piece in pieces) + out == f"{mark('SECRET')} fin"


def test_values_side_by_side_have_a_mark_each() -> None:
    one = Withholder(lambda window: [Span(0, 3, "SIREN"), Span(3, 6, "PHONE")], lambda label, value: None)
    pieces = [*one.feed(plain("abcdef.")), *one.close()]
    assert "".join(piece.text for piece in pieces) == f"{mark('SIREN')}{mark('PHONE')}."


def test_a_value_put_back_keeps_its_label() -> None:
    one = Withholder(find, lambda label, value: None)
    pieces = one.feed([*plain("Bonjour "), *plain("Léa", "PERSON"), *plain(f", {PHONE}")])
    assert [(p.text, p.label) for p in [*pieces, *one.close()]] == [
        ("Bonjour ", None), ("Léa", "PERSON"), (", ", None), (mark("PHONE"), None),
    ]  # fmt: skip


DOCUMENTS: Sequence[object] = (
    {"nom": NAME, "numéros": [PHONE, 639984127], "note": f"é\n\"{PHONE}\" 😀", "vide": None},
    {"valeur": 612345678, "autre": -1.5e10, "oui": True, PHONE: {"x": [[], {}, ""]}},
    [PHONE, NAME, IBAN],
    PHONE,
    {"long": PROSE * 9 + PHONE, "liste": list(range(200))},
)  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("form", [{}, {"indent": 2}, {"separators": (",", ":")}, {"ensure_ascii": False}])
def test_a_document_stays_one_at_every_cut(document: object, form: dict[str, object]) -> None:
    source = json.dumps(document, **form)  # type: ignore[arg-type]
    whole = through([source], document=True)
    json.loads(whole)
    assert VALUES.search(whole) is None
    for at in range(len(source) + 1):
        assert through(cut(source, at), document=True) == whole
    assert through(source, document=True) == whole


def test_a_number_becomes_a_text() -> None:
    def digits(window: str) -> list[Span]:
        return [Span(*match.span(), "SIRET") for match in re.finditer(r"(?<=73282)\d+", window)]

    one, reader = Withholder(digits, lambda label, value: None), JsonReader()
    out = one.feed(reader.feed('{"siret": 73282932000074, "n": 4}'))
    text = "".join(piece.text for piece in [*out, *one.feed(reader.close()), *one.close()])
    assert json.loads(text) == {"siret": mark("SIRET"), "n": 4}


def test_a_mark_is_no_value() -> None:
    """An answer goes back in the history of the next turn."""
    detector = Detector()
    for label in LABELS:
        text = f"Voici {mark(label)} pour vous."
        assert [
            one for one in detector.detect(text) if "donnée retirée" in text[one.start : one.end]
        ] == [], label


def test_the_window_is_longer_than_identifiers() -> None:
    assert len("F R 7 6 3 0 0 0 6 0 0 0 0 1 1 2 3 4 5 6 7 8 9 0 1 8 9") < AHEAD
