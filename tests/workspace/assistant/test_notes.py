from __future__ import annotations

from dataclasses import replace

from egide.checks import AnswerChecks, check_answer
from egide.detection import Detector
from egide.ports import Delta
from egide.workspace.assistant.body import Body
from egide.workspace.assistant.notes import notes_of

ANSWER = "M. Gaspard Lemoine doit 250 €, voir [la loi](https://ailleurs.example/x). ![p](https://ailleurs.example/p)"


def checked(answer: str, *sent: str) -> AnswerChecks:
    return check_answer(answer, Detector().detect(answer), sent)


def test_notes_come_in_the_order_in_which_to_look_at_them() -> None:
    notes = notes_of(checked(ANSWER, "Que doit-il ?"), ANSWER)
    assert [note.group for note in notes] == ["unsent", "active", "verify", "verify"]
    assert (notes[0].kind, notes[0].text) == ("nom", "Gaspard Lemoine")
    assert notes[3].target == "https://ailleurs.example/x"
    assert all(note.why.endswith(".") for note in notes)


def test_characters_taken_out_are_told() -> None:
    (note,) = notes_of(AnswerChecks(removed=3), "")
    assert (note.group, note.text) == ("active", "3")


def test_a_value_nobody_sent_is_marked_beside_those_put_back() -> None:
    pieces = [Delta("Bonjour "), Delta("Zoé Lefèvre", "PERSON"), Delta(", demandez M. Gaspard Lemoine.")]
    text = "".join(piece.text for piece in pieces)
    body = Body.of_answer([*pieces, Delta("", checks=checked(text, "Je suis Zoé Lefèvre"))])
    assert [(piece.text, bool(piece.reason)) for piece in body.pieces() if piece.label] == [
        ("Zoé Lefèvre", False),
        ("Gaspard Lemoine", True),
    ]
    assert body.restored
    assert Body.from_json(body.to_json()) == body


def test_an_answer_kept_before_the_checks_is_still_read() -> None:
    body = Body.from_json({"text": "Bonjour Zoé", "marks": [[8, 11, "PERSON"]]})
    assert (body.notes, body.restored) == ((), True)


def test_values_taken_out_are_counted_first() -> None:
    checks = replace(checked(ANSWER, "Que doit-il ?"), withheld_counts={"IBAN": 2})
    first, *_ = notes_of(checks, ANSWER)
    assert (first.group, first.kind, first.text) == ("withheld", "IBAN", "2")
